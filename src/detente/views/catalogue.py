"""The catalogue of measures for people and as data: what each number means and where it comes from."""

from __future__ import annotations

from dataclasses import asdict, fields
from typing import Any

from detente.errors import InputError
from detente.measures.catalogue import MEASURES, Measure
from detente.measures.naming import name_near
from detente.views.answering import print_flat
from detente.views.blocks import Beside, set_flush
from detente.views.terminal import say, stdout_console

TOLD = ("unit", "range", "formula", "source", "example", "limits")
MARGIN = 10


def print_catalogue(name: str | None, shape: str) -> None:
    """Print the measures of this name, or whose name starts or ends so; of all, a line each."""
    from rich.text import Text

    found = find_measures(name)
    if shape != "table":
        print_flat(map(asdict, found), tuple(f.name for f in fields(Measure)), shape)
        return
    console = stdout_console()
    if name is None:
        width = max(len(m.name) for m in found) + 2
        for m in found:
            console.print(
                Beside((Text(m.name),), (Text.assemble(m.title, (f" · {m.command}", "dim")),), width)
            )
        say(f"{len(found)} measures: `detente measures NAME` tells each in full.")
        return
    for n, m in enumerate(found):
        if n:
            console.print()
        console.print(set_flush(Text.assemble((m.name, "bold"), f": {m.title[0].lower()}{m.title[1:]}")))
        for label in TOLD:
            if getattr(m, label):
                console.print(Beside((Text(label, "dim"),), (Text(getattr(m, label)),), MARGIN))
        console.print(
            Beside((Text("printed", "dim"),), (Text(f"by detente {m.command}; {_say_opening(m)}"),), MARGIN)
        )


def find_measures(name: str | None) -> list[Measure]:
    """Return the measures a name means; raises InputError, naming the nearest, for one that means none."""
    wanted = (name or "").strip().casefold()
    found = [m for m in MEASURES.values() if m.name.startswith(wanted) or m.name.endswith(f".{wanted}")]
    exact = [m for m in found if m.name == wanted]
    if not found:
        near = name_near(wanted, {m.name: f"{m.name.replace('.', ' ')} {m.title}" for m in MEASURES.values()})
        raise InputError(f"«{name}» is no measure; nearest are {', '.join(near)}.", stage="measures")
    return exact or found


def _say_opening(m: Any) -> str:
    if m.opens == "series":
        return "each value rests on rows of the series given"
    return f"each value opens to its {m.opens}: detente show ARCHIVE ID"
