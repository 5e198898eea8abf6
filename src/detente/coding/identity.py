"""Records of one real act within a report share an act id.

Two events are one act when type, mode and parties agree and their dates do not exclude each other:
the headline's «Oslo and Bonn sign pact» and the body's «the two countries signed the pact on Monday».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from detente.records import Event, Record, hash_words


def tie_acts(records: Iterable[Record]) -> list[Record]:
    """Return the records with `act` set on every event; the first telling names the act."""
    firsts: list[Event] = []
    out: list[Record] = []
    for record in records:
        if not isinstance(record, Event):
            out.append(record)
            continue
        twin = next((f for f in firsts if is_same_act(f, record)), None)
        if twin is None:
            firsts.append(record)
        out.append(replace(record, act=act_id(twin or record)))
    return out


def is_same_act(a: Event, b: Event) -> bool:
    """Whether two events of one report can be one act."""
    return (
        a.type == b.type
        and (a.mode == b.mode or not a.mode or not b.mode)
        and parties(a) == parties(b)
        and a.status == b.status
        and _dates_meet(a, b)
        and (a.issue == b.issue or not a.issue or not b.issue)
    )


def parties(event: Event) -> tuple[frozenset[str | None], ...]:
    """Return sides as sets of codes; cooperative acts have one, for who is listed where is convention."""
    sources = frozenset(a.code for a in event.sources)
    recipients = frozenset(a.code for a in event.recipients)
    return (sources | recipients,) if event.quad in (1, 2) else (sources, recipients)


def act_id(event: Event) -> str:
    """Return a stable id for the act an event tells first."""
    sides = ["+".join(sorted(str(code) for code in side)) for side in parties(event)]
    return hash_words("act", event.evidence.report, event.type, *sides, str(event.evidence.start))


def _dates_meet(a: Event, b: Event) -> bool:
    a0, a1 = a.date_start or date.min, a.date_end or date.max
    b0, b1 = b.date_start or date.min, b.date_end or date.max
    return a0 <= b1 and b0 <= a1
