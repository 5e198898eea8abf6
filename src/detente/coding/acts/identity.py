"""Records of one real act within a report share an act id.

Two events are one act when type, mode and parties agree, their dates do not exclude each other, and their
words speak of one thing: the headline's «Oslo and Bonn sign pact» and the body's «the two countries signed
the pact on Monday». «Lund criticised the tariff» and, further down, «Lund criticised the flights» are two.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from detente.knowledge.matters import content_words, is_one_matter, matter_words, share_of
from detente.records import Event, Record, hash_words

SAME = " (the same occasion)"
NEAR = 600  # characters in which an occasion still holds
LEDE = 600  # characters of the text that a headline sums up
SHARED_WORDS, MIN_SHARED = 0.4, 3  # as tellings of two reports are judged (archive/tellings.py)
SPOKEN = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE", "AGREE"})
SINGLE = frozenset({"visit", "phone"})  # two states have one of these at a time


def tie_acts(records: Iterable[Record]) -> list[Record]:
    """Return the records with `act` set on every event; the first telling names the act.

    A telling without a date takes that of the most exact other telling: the headline's «premier visits
    Oslo» is dated by the body's «on June 3». Its basis then says that the words stand elsewhere.
    """
    given = sorted(records, key=_place_in_text)
    likes = _tie(given, is_like)  # a day is taken from a like act, about one thing or not
    dated = _dated_tellings(likes)
    days = _date_by_occasion([_date_from(record, dated) for record in likes])
    return [_with_act(day, tied) for day, tied in zip(days, _tie(given, is_same_act), strict=True)]


def _tie(records: Iterable[Record], are_one: Callable[[Event, Event], bool]) -> list[Record]:
    """Return the records, each event with the act of the first that `are_one` with it."""
    firsts: list[Event] = []
    tied: list[Record] = []
    for record in records:
        if not isinstance(record, Event):
            tied.append(record)
            continue
        twin = next((f for f in firsts if are_one(f, record)), None)
        if twin is None:
            firsts.append(record)
        tied.append(replace(record, act=act_id(twin or record)))
    return tied


def _with_act(record: Record, tied: Record) -> Record:
    return replace(record, act=tied.act) if isinstance(record, Event) else record


def _place_in_text(record: Record) -> tuple[bool, int]:
    return (record.evidence.field == "text", record.evidence.start)


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
    for record in sorted(records, key=_place_in_text):
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
    """Whether two events of one report are one act: alike, and about one thing."""
    return is_like(a, b) and _is_one_thing(a, b)


def is_like(a: Event, b: Event) -> bool:
    """Whether two events of one report are alike in kind, sides, days and issue, whatever their words."""
    return (
        a.type == b.type
        and (a.mode == b.mode or not a.mode or not b.mode)
        and parties(a) == parties(b)
        and a.status == b.status
        and _dates_meet(a, b)
        and (a.issue == b.issue or not a.issue or not b.issue)
    )


def _is_one_thing(a: Event, b: Event) -> bool:
    """Whether the words of two like events are about one thing, or leave no room for two.

    The same words, a headline and what it sums up, the same issue, a visit or a call, or deeds of one mode on
    one day need no more; everything else has to name one matter.
    """
    if _overlap(a, b) or _is_headline_of(a, b) or (a.issue and a.issue == b.issue):
        return True
    if a.mode == b.mode and a.mode in SINGLE and a.status_detail == b.status_detail:
        return True
    if a.mode and a.mode == b.mode and a.type not in SPOKEN and a.date_start and a.date_start == b.date_start:
        return a.date_end == b.date_end == a.date_start
    return _share_matter(a, b)


def _overlap(a: Event, b: Event) -> bool:
    x, y = a.evidence, b.evidence
    return x.field == y.field and x.start < y.end and y.start < x.end


def _is_headline_of(a: Event, b: Event) -> bool:
    """True where one stands in the title, one in the lede: «Lund visits Bonn», «arrived on Monday»."""
    title, text = (a, b) if a.evidence.field == "title" else (b, a)
    return (title.evidence.field, text.evidence.field) == ("title", "text") and text.evidence.start < LEDE


def _share_matter(a: Event, b: Event) -> bool:
    actors = [actor for e in (a, b) for actor in (*e.sources, *e.recipients)]
    codes = {actor.code for actor in actors if actor.code}
    names = content_words(" ".join(actor.name for actor in actors if actor.name))
    words, others = (matter_words(e.evidence.quote, codes) - names for e in (a, b))
    if is_one_matter(words, others, (a.type, b.type)):
        return True
    return share_of(words, others, least=MIN_SHARED) >= SHARED_WORDS


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
