"""Every measure by name: unit, range, formula, source, example. Help, captions and docs are made of these.

A file a family of measures («course.toml»), a table a measure. All of it is text for people: what reckons a
measure is a function of this folder's neighbours, and tests hold the two together.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

HERE = Path(__file__).parent
Opens = Literal["acts", "records", "reports", "series"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure as a reader needs it: what it says, in which unit, how it is reckoned, from where.

    `command` prints it («course»). `opens` says what the ids beside each value name: acts, records or
    reports, which `detente show` opens to their sentences, or rows of a series that was brought from outside.
    """

    name: str
    family: str
    title: str
    unit: str
    range: str
    formula: str
    source: str
    example: str
    command: str
    opens: Opens
    limits: str = ""


def _read() -> Iterator[Measure]:
    for file in sorted(HERE.glob("*.toml")):
        for name, told in tomllib.loads(file.read_text("utf-8")).items():
            yield Measure(name=name, family=file.stem, **told)


MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _read()}


def to_markdown(family: str) -> str:
    """Return a family of the catalogue as a section of its page in docs/measures, one heading a measure."""
    return "\n\n".join(_section(m) for m in MEASURES.values() if m.family == family)


def _section(m: Measure) -> str:
    limits = f"\n- limits: {m.limits}" if m.limits else ""
    return (
        f"### `{m.name}`: {m.title[0].lower()}{m.title[1:]}\n\n"
        f"- unit: {m.unit}; range: {m.range}\n- formula: {m.formula}\n"
        f"- source: {m.source}\n- example: {m.example}{limits}\n"
        f"- printed by `detente {m.command}`; each value opens to its {m.opens}"
    )
