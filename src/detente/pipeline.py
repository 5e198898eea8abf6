"""A report in, its records out. `STEPS` is the whole way, in order; nothing is coded any other way.

>>> from detente.records import Report
>>> coded = code_report(Report("Norway condemned Sweden on Monday."))
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files

from detente.coding.acts.acts import code_events
from detente.coding.acts.given import GivenPair, Spans, code_given_pair, find_words
from detente.coding.acts.identity import tie_acts
from detente.coding.acts.tracing import SentenceTrace, trace_report
from detente.coding.howmuch.checks import check_report as check_report
from detente.coding.howmuch.figures import code_figures
from detente.coding.howmuch.numbers import find_quantities
from detente.coding.positions import code_positions
from detente.coding.reading import Reading
from detente.coding.said.speech import attribution_at, find_speech
from detente.coding.said.statements import code_statements
from detente.coding.when.times import find_times
from detente.coding.who.actors import find_mentions
from detente.errors import DetenteError, InputError
from detente.knowledge.layers import Knowledge, active, layered, using
from detente.language import read_analysis
from detente.records import NARRATOR, Coded, Record, Rejected, Report

# Each takes a Reading and returns it with one more finding.
STEPS: tuple[Callable[[Reading], Reading], ...] = (find_mentions, find_times, find_quantities, find_speech)

# Each takes a finished Reading and returns records.
CODERS: tuple[Callable[[Reading], tuple[Record, ...]], ...] = (
    code_events,
    code_positions,
    code_figures,
    code_statements,
)


def read_report(report: Report) -> Reading:
    """Return the finished Reading of a report: its analysis and everything found in it."""
    reading = Reading(report, read_analysis(report))
    for step in STEPS:
        reading = step(reading)
    return reading


def code_report(report: Report, *, knowledge: Knowledge | None = None) -> Coded:
    """Return all records of one report, in the order of its text.

    `knowledge` is what a user adds to our tables, by default what is active.
    """
    with using(knowledge):
        return _code(read_report(report))


def _code(reading: Reading) -> Coded:
    records = [record for code in CODERS for record in code(reading)]
    records = [_attribute(reading, record) for record in records]
    records = _once(tie_acts(records))
    return Coded(reading.report, tuple(sorted(records, key=_place_in_text)), coder())


@dataclass(frozen=True, slots=True)
class Explained:
    """A coded report with what was read in it and every decision of the coder of acts, by sentence."""

    coded: Coded
    reading: Reading
    sentences: tuple[SentenceTrace, ...]


def explain_report(report: Report, *, knowledge: Knowledge | None = None) -> Explained:
    """Return the records of a report as `code_report` gives them, and why they are so."""
    with using(knowledge):
        reading = read_report(report)
        return Explained(_code(reading), reading, trace_report(reading))


def code_pair(sentence: str, source: str, target: str) -> GivenPair:
    """Return what the words `source` do to the words `target` in a sentence, the first place of each.

    Raises InputError where the words do not stand in the sentence.
    """
    sources = find_words(sentence, source)
    targets = find_words(sentence, target, apart_from=sources)
    for name, words, places in (("source", source, sources), ("target", target, targets)):
        if not places:
            raise InputError(
                f"the {name} «{words}» does not stand in «{sentence[:80]}»; give words as they are written.",
                stage="pair",
            )
    return code_marked(sentence, sources, targets)


def code_marked(sentence: str, sources: Spans, targets: Spans) -> GivenPair:
    """Return what a source does to a target, each given by half-open offsets; any pair gets an answer."""
    return code_given_pair(read_report(Report(sentence)), sources, targets)


def code_reports(
    items: Iterable[Report | Rejected], *, knowledge: Knowledge | None = None
) -> Iterator[Coded | Rejected]:
    """Yield each report coded; what could not be read or coded comes out as Rejected, the rest goes on."""
    for item in items:
        if isinstance(item, Rejected):
            yield item
            continue
        try:
            yield code_report(item, knowledge=knowledge)
        except InputError as error:
            yield Rejected(item.origin or item.id, error.stage, error.reason)
        except DetenteError:
            raise
        except Exception as error:  # one bad report never stops a corpus
            yield Rejected(item.origin or item.id, "coding", f"{type(error).__name__}: {error}")


@layered
def coder() -> dict[str, str]:
    """Return who codes: name, version, hashes of rules and model; every record carries it.

    Where users add to our tables, `knowledge` is the hash of what they add.
    """
    ours = _our_coder()
    digest = active().digest
    return {**ours, "knowledge": f"sha256:{digest[:16]}"} if digest else ours


@cache
def _our_coder() -> dict[str, str]:
    data = files("detente.knowledge") / "data"
    rules = hashlib.sha256()
    for table in sorted(data.iterdir(), key=lambda t: t.name):
        if table.is_file():
            rules.update(table.read_bytes())
    weights = files("detente.language") / "model" / "reader.onnx"
    model = hashlib.sha256(weights.read_bytes()).hexdigest()[:16] if weights.is_file() else "none"
    return {
        "name": "detente",
        "version": version("detente"),
        "rules": f"sha256:{rules.hexdigest()[:16]}",
        "model": f"sha256:{model}",
    }


def _attribute(reading: Reading, record: Record) -> Record:
    """Return the record with who says so, where its coder left that to us."""
    if record.attribution is not NARRATOR or record.kind != "figure":
        return record
    sentence = next(
        (
            i
            for i, s in enumerate(reading.analysis.sentences)
            if s.field == record.evidence.field and s.start <= record.evidence.start < s.end
        ),
        None,
    )
    if sentence is None:
        return record
    return replace(record, attribution=attribution_at(reading, sentence, record.evidence.start))


def _once(records: Iterable[Record]) -> list[Record]:
    """Return the records without repeats of one id."""
    return list({record.id: record for record in records}.values())


def _place_in_text(record: Record) -> tuple[int, int, int, str]:
    e = record.evidence
    return (0 if e.field == "title" else 1, e.start, e.end, record.kind)
