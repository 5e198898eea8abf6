"""Records of one real act within a report share an act id.

Two events are one act when type, mode and parties agree and their dates do not exclude each other:
the headline's «Oslo and Bonn sign pact» and the body's «the two countries signed the pact on Monday».
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from detente.records import Event, Record, hash_words

SAME = " (the same occasion)"
NEAR = 600  # characters in which an occasion still holds


def tie_acts(records: Iterable[Record]) -> list[Record]:
    """Return the records with `act` set on every event; the first telling names the act.

    A telling without a date takes that of the most exact other telling: the headline's «premier visits
    Oslo» is dated by the body's «on June 3». Its basis then says that the words stand elsewhere.
    """
    firsts: list[Event] = []
    tied: list[Record] = []
    for record in records:
        if not isinstance(record, Event):
            tied.append(record)
            continue
        twin = next((f for f in firsts if is_same_act(f, record)), None)
        if twin is None:
            firsts.append(record)
        tied.append(replace(record, act=act_id(twin or record)))
    dated = _dated_tellings(tied)
    return _date_by_occasion([_date_from(record, dated) for record in tied])


def _dated_tellings(records: Iterable[Record]) -> dict[str, Event]:
    """Return for each act its telling with the narrowest dates."""
    best: dict[str, Event] = {}
    for event in records:
        if isinstance(event, Event) and event.act and event.date_start and event.date_end:
            known = best.get(event.act)
            if known is None or _width(event) < _width(known):
                best[event.act] = event
    return best


def _date_from(record: Record, dated: dict[str, Event]) -> Record:
    if not isinstance(record, Event) or record.date_start or record.date_end:
        return record
    told = dated.get(record.act or "")
    if told is None:
        return record
    return replace(
        record,
        date_start=told.date_start,
        date_end=told.date_end,
        date_basis=f"{told.date_basis} (elsewhere in the report)",
        date_precision=told.date_precision,
    )


def _date_by_occasion(records: Iterable[Record]) -> list[Record]:
    """Return the records with what is said in passing dated by the occasion told just before.

    «In a call on Monday the premier thanked Bonn. He also criticised Rome.»: both on Monday. Only spoken acts
    of one source, told within a few sentences, share a day.
    """
    out: list[Record] = []
    last: Event | None = None
    for record in sorted(records, key=lambda r: (r.evidence.field == "text", r.evidence.start)):
        if isinstance(record, Event) and record.status == "happened":
            if last and _is_same_occasion(last, record):
                record = replace(
                    record,
                    date_start=last.date_start,
                    date_end=last.date_end,
                    date_basis=f"{last.date_basis}".removesuffix(SAME) + SAME,
                    date_precision=last.date_precision,
                )
            if record.date_start and record.date_start == record.date_end:
                last = record
        out.append(record)
    return out


def _is_same_occasion(before: Event, event: Event) -> bool:
    undated = event.date_start is None and event.date_end is None
    near = before.evidence.field == event.evidence.field and event.evidence.start - before.evidence.end < NEAR
    spoken = before.quad in (1, 3) and event.quad in (1, 3)
    shared = {a.code for a in event.sources} & {a.code for a in (*before.sources, *before.recipients)}
    return undated and near and spoken and bool(shared)


def _width(event: Event) -> int:
    return (event.date_end - event.date_start).days if event.date_start and event.date_end else 10**6


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
