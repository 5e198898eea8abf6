"""How well our records agree with the gold: rows of both in, one Evaluation out.

Precision, recall and F1 by kind and type, accuracy by field, who confuses what, Krippendorff's alpha, and
intervals from resampling whole reports (a report's records stand or fall together).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from detente.evaluation import matching as match
from detente.evaluation.agreement import nominal_alpha
from detente.evaluation.matching import Coded, assign, normalise, overlap, same_parties

NOTHING = "nothing"  # where one of the two coded no act
OPTIONAL_WEIGHT, DEMANDED_WEIGHT = 1.0, 2.0
RESAMPLES = 1000
SEED = 20170704
LEVEL = 0.95
VIOLATING = frozenset({"happened", "ongoing", "planned"})  # what may not be coded in a negative passage
EDGE = 5  # characters by which a record may reach over the edge of a negative passage

# What is scored by matching: name -> (kind, what it means), in the order printed.
MATCHES: Mapping[str, tuple[str, str]] = {
    "event.found": ("event", "an event of the same quad class on an overlapping passage"),
    "event.type": ("event", "… and of the same PLOVER type"),
    "event.who": ("event", "… and between the same parties"),
    "event.full": ("event", "… and of the same status and date"),
    "position": ("position", "the same side of an actor in common, on an overlapping passage"),
    "figure": ("figure", "the same number in the same unit, on an overlapping passage"),
}
# What is scored among the events whose type matched.
FIELDS: Mapping[str, str] = {
    "sources": "the same source codes",
    "recipients": "the same recipient codes",
    "status": "the same status",
    "date": "intervals that meet, ours not much wider",
    "mode": "the same mode, where the gold has one",
    "cameo_root": "the same first two digits of the CAMEO code",
    "statement": "the speaker the gold names, on an overlapping passage",
}


@dataclass(frozen=True, slots=True)
class Tally:
    """Records matched, demanded by the gold, and coded by us, with the three usual figures."""

    matched: int = 0
    gold: int = 0
    predicted: int = 0

    @property
    def precision(self) -> float | None:
        """The share of ours that holds; None where we coded nothing."""
        return self.matched / self.predicted if self.predicted else None

    @property
    def recall(self) -> float | None:
        """The share of the gold that we found; None where it demands nothing."""
        return self.matched / self.gold if self.gold else None

    @property
    def f1(self) -> float | None:
        """The harmonic mean of both; None where neither coded anything."""
        return 2 * self.matched / (self.gold + self.predicted) if self.gold + self.predicted else None

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.matched + other.matched, self.gold + other.gold, self.predicted + other.predicted)


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many are right."""

    right: int = 0
    count: int = 0

    @property
    def value(self) -> float | None:
        """The share, None of nothing."""
        return self.right / self.count if self.count else None

    def __add__(self, other: Share) -> Share:
        return Share(self.right + other.right, self.count + other.count)


@dataclass(frozen=True, slots=True)
class ReportScores:
    """The figures of one report."""

    matches: Mapping[str, Tally]
    fields: Mapping[str, Share]
    types: Mapping[str, Tally]
    asked: Mapping[str, Tally]
    confusion: Mapping[tuple[str, str], int]
    statuses: tuple[tuple[str, str], ...]
    missed: tuple[Coded, ...] = ()
    extra: tuple[Coded, ...] = ()
    violated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All figures over all reports; `intervals` hold the middle 95 % of 1,000 draws of whole reports.

    `fields` asks each field of the events whose type matched; `asked` counts an event as found only if its
    type and that one field are right. `confusion` counts (gold type, our type) of events on one passage,
    «nothing» where one has none.
    `alpha` is Krippendorff's, nominal: «type» among events that both coded, «type or nothing» with those that
    only one did, «status» among events of one type. `negatives` is how many passages from which nothing may
    be coded were coded, None where none were given.
    """

    reports: Mapping[str, ReportScores]
    matches: Mapping[str, Tally]
    fields: Mapping[str, Share]
    types: Mapping[str, Tally]
    asked: Mapping[str, Tally]
    confusion: Mapping[tuple[str, str], int]
    alpha: Mapping[str, float | None]
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    negatives: int | None = None

    @property
    def missed(self) -> tuple[Coded, ...]:
        """Gold records that we lack, report by report."""
        return tuple(record for scores in self.reports.values() for record in scores.missed)

    @property
    def extra(self) -> tuple[Coded, ...]:
        """Records of ours that the gold lacks, report by report."""
        return tuple(record for scores in self.reports.values() for record in scores.extra)


def score_records(
    gold: Iterable[Mapping[str, Any]],
    predicted: Iterable[Mapping[str, Any]],
    *,
    negatives: Iterable[Mapping[str, Any]] | None = None,
    seed: int = SEED,
    resamples: int = RESAMPLES,
) -> Evaluation:
    """Return how predicted rows agree with gold rows, both as docs/records.md prints records.

    Rows are matched within a report, by `report`; where both sides hold one report, its ids need not agree.
    Gold rows of tier «optional» are not demanded. `negatives` are passages from which no event may be coded.
    """
    by_gold, by_ours = _by_report(gold), _by_report(predicted)
    if len(by_gold) == 1 and len(by_ours) == 1:
        by_ours = {next(iter(by_gold)): next(iter(by_ours.values()))}
    forbidden = _by_report(negatives or ())
    if len(by_ours) == 1 and len(forbidden) == 1:
        forbidden = {next(iter(by_ours)): next(iter(forbidden.values()))}
    names = [*by_gold, *(name for name in by_ours if name not in by_gold)]
    reports = {
        name: _score_report(by_gold.get(name, []), by_ours.get(name, []), forbidden.get(name, []))
        for name in names
    }
    return _sum_up(reports, seed, resamples, with_negatives=negatives is not None)


def _by_report(rows: Iterable[Mapping[str, Any]]) -> dict[str, list[Coded]]:
    grouped: dict[str, list[Coded]] = defaultdict(list)
    for row in rows:
        record = normalise(row)
        grouped[record.report].append(record)
    return dict(grouped)


def _score_report(gold: list[Coded], ours: list[Coded], negatives: list[Coded]) -> ReportScores:
    matches: dict[str, Tally] = {}
    missed: list[Coded] = []
    extra: list[Coded] = []
    matched_types: list[tuple[Coded, Coded]] = []
    for name, (kind, _) in MATCHES.items():
        wanted = [g for g in gold if g.kind == kind]
        coded = [o for o in ours if o.kind == kind]
        pairs = assign(wanted, coded, _demanded_first(WEIGHTS[name]))
        hits = {i for i, _ in pairs}
        free = sum(not wanted[i].is_demanded for i, _ in pairs)
        matches[name] = Tally(
            matched=sum(wanted[i].is_demanded for i in hits),
            gold=sum(g.is_demanded for g in wanted),
            predicted=len(coded) - free,
        )
        if name in ("event.type", "position", "figure"):
            taken = {j for _, j in pairs}
            missed += [g for i, g in enumerate(wanted) if i not in hits and g.is_demanded]
            extra += [o for j, o in enumerate(coded) if j not in taken]
        if name == "event.type":
            matched_types = [(wanted[i], coded[j]) for i, j in pairs]
    return ReportScores(
        matches=matches,
        fields=_score_fields(matched_types) | {"statement": _score_speakers(gold, ours)},
        types=_score_types(gold, ours),
        asked=_ask_fields(gold, ours),
        confusion=_confuse(gold, ours),
        statuses=tuple((g.status, o.status) for g, o in matched_types),
        missed=tuple(missed),
        extra=tuple(extra),
        violated=tuple(_violated(negatives, ours)),
    )


Weigh = Callable[[Coded, Coded], float]


def _same_quad(gold: Coded, ours: Coded) -> float:
    return overlap(gold, ours) * (gold.quad == ours.quad)


def _same_type(gold: Coded, ours: Coded) -> float:
    more = 1 + same_parties(gold, ours) + 0.5 * (gold.status == ours.status)
    return overlap(gold, ours) * (gold.type == ours.type) * more


def _same_side(gold: Coded, ours: Coded) -> float:
    return overlap(gold, ours) * bool(gold.sources & ours.sources) * (gold.side == ours.side)


def _same_figure(gold: Coded, ours: Coded) -> float:
    return float(overlap(gold, ours) > 0 and match.same_amount(gold, ours))


def _any_act(gold: Coded, ours: Coded) -> float:
    """Weigh two events by passage, with those that agree in more before those that agree in less."""
    more = 1 + 2 * (gold.type == ours.type) + same_parties(gold, ours) + 0.5 * (gold.quad == ours.quad)
    return overlap(gold, ours) * more


def _same_act(gold: Coded, ours: Coded) -> float:
    return _same_type(gold, ours) * same_parties(gold, ours)


def _same_in_full(gold: Coded, ours: Coded) -> float:
    return _same_act(gold, ours) * (gold.status == ours.status) * match.same_date(gold, ours)


WEIGHTS: Mapping[str, Weigh] = {
    "event.found": _same_quad,
    "event.type": _same_type,
    "event.who": _same_act,
    "event.full": _same_in_full,
    "position": _same_side,
    "figure": _same_figure,
}
SAME_FIELD: Mapping[str, Callable[[Coded, Coded], bool]] = {
    "sources": lambda g, o: g.sources == o.sources,
    "recipients": lambda g, o: g.recipients == o.recipients,
    "status": lambda g, o: g.status == o.status,
    "date": match.same_date,
    "mode": lambda g, o: g.mode == o.mode,
    "cameo_root": lambda g, o: g.cameo_root == o.cameo_root,
}


def _demanded_first(weigh: Weigh) -> Weigh:
    return lambda g, o: weigh(g, o) * (DEMANDED_WEIGHT if g.is_demanded else OPTIONAL_WEIGHT)


def _score_fields(pairs: Sequence[tuple[Coded, Coded]]) -> dict[str, Share]:
    shares = {}
    for name, same in SAME_FIELD.items():
        asked = [(g, o) for g, o in pairs if name != "mode" or g.mode]
        shares[name] = Share(sum(same(g, o) for g, o in asked), len(asked))
    return shares


def _ask_fields(gold: list[Coded], ours: list[Coded]) -> dict[str, Tally]:
    """Return event.type asked of one field more; of mode only where the gold, or we, have one."""
    wanted = [g for g in gold if g.kind == "event"]
    coded = [o for o in ours if o.kind == "event"]
    pairs = assign(wanted, coded, _demanded_first(_same_type))
    free = {j for i, j in pairs if not wanted[i].is_demanded}
    tallies = {}
    for name, same in SAME_FIELD.items():
        asked = {i for i, g in enumerate(wanted) if g.is_demanded and (name != "mode" or g.mode)}
        given = {j for j, o in enumerate(coded) if j not in free and (name != "mode" or o.mode)}
        hits = [i for i, j in pairs if i in asked and same(wanted[i], coded[j])]
        tallies[name] = Tally(len(hits), len(asked), len(given))
    return tallies


def _score_speakers(gold: list[Coded], ours: list[Coded]) -> Share:
    right = count = 0
    for g in gold:
        over = [o for o in ours if overlap(g, o) > 0]
        if g.speaker and g.is_demanded and over:
            count += 1
            right += any(match.same_speaker(g, o) for o in over)
    return Share(right, count)


def _score_types(gold: list[Coded], ours: list[Coded]) -> dict[str, Tally]:
    """Return event.type taken apart by type."""
    wanted = [g for g in gold if g.kind == "event"]
    coded = [o for o in ours if o.kind == "event"]
    pairs = assign(wanted, coded, _demanded_first(_same_type))
    free = {j for i, j in pairs if not wanted[i].is_demanded}
    hits = Counter(wanted[i].type for i, _ in pairs if wanted[i].is_demanded)
    demanded = Counter(g.type for g in wanted if g.is_demanded)
    predicted = Counter(o.type for j, o in enumerate(coded) if j not in free)
    return {t: Tally(hits[t], demanded[t], predicted[t]) for t in {*demanded, *predicted} if t}


def _confuse(gold: list[Coded], ours: list[Coded]) -> Counter[tuple[str, str]]:
    """Count what stands for what: events on one passage paired whatever their type, like with like first."""
    wanted = [g for g in gold if g.kind == "event"]
    coded = [o for o in ours if o.kind == "event"]
    pairs = assign(wanted, coded, _demanded_first(_any_act))
    table: Counter[tuple[str, str]] = Counter()
    for i, j in pairs:
        if wanted[i].is_demanded:
            table[str(wanted[i].type), str(coded[j].type)] += 1
    found, used = {i for i, _ in pairs}, {j for _, j in pairs}
    table.update((str(g.type), NOTHING) for i, g in enumerate(wanted) if i not in found and g.is_demanded)
    table.update((NOTHING, str(o.type)) for j, o in enumerate(coded) if j not in used)
    return table


def _violated(negatives: list[Coded], ours: list[Coded]) -> Iterable[str]:
    for passage in negatives:
        for o in ours:
            inside = (
                o.start >= passage.start - EDGE and o.end <= passage.end + EDGE and overlap(passage, o) > 0
            )
            if o.kind == "event" and o.status in VIOLATING and inside:
                yield str(passage.row.get("quote") or passage.row.get("id") or passage.start)
                break


def _sum_up(
    reports: dict[str, ReportScores], seed: int, resamples: int, *, with_negatives: bool
) -> Evaluation:
    matches = _total([scores.matches for scores in reports.values()], Tally())
    types = _total([scores.types for scores in reports.values()], Tally())
    confusion: Counter[tuple[str, str]] = Counter()
    for scores in reports.values():
        confusion.update(scores.confusion)
    return Evaluation(
        reports=reports,
        matches={name: matches.get(name, Tally()) for name in MATCHES},
        fields=_total([scores.fields for scores in reports.values()], Share()),
        types=dict(sorted(types.items())),
        asked=_total([scores.asked for scores in reports.values()], Tally()),
        confusion=dict(sorted(confusion.items())),
        alpha=_alphas(confusion, [pair for scores in reports.values() for pair in scores.statuses]),
        intervals=_intervals(list(reports.values()), seed, resamples),
        negatives=sum(len(s.violated) for s in reports.values()) if with_negatives else None,
    )


Sum = TypeVar("Sum", Tally, Share)


def _total(parts: Iterable[Mapping[str, Sum]], nothing: Sum) -> dict[str, Sum]:
    total: dict[str, Sum] = {}
    for part in parts:
        for name, value in part.items():
            total[name] = total.get(name, nothing) + value
    return total


def _alphas(
    confusion: Mapping[tuple[str, str], int], statuses: list[tuple[str, str]]
) -> dict[str, float | None]:
    units = [pair for pair, count in confusion.items() for _ in range(count)]
    return {
        "type": nominal_alpha(pair for pair in units if NOTHING not in pair),
        "type or nothing": nominal_alpha(units),
        "status": nominal_alpha(statuses),
    }


def _intervals(reports: list[ReportScores], seed: int, resamples: int) -> dict[str, tuple[float, float]]:
    """Return the middle 95 % of each F1 and each accuracy when reports are drawn anew with replacement."""
    if len(reports) < 2:
        return {}
    draw = random.Random(seed)
    drawn: dict[str, list[float]] = defaultdict(list)
    for _ in range(resamples):
        sample = draw.choices(reports, k=len(reports))
        for name, tally in _total([scores.matches for scores in sample], Tally()).items():
            if tally.f1 is not None:
                drawn[name].append(tally.f1)
        for name, share in _total([scores.fields for scores in sample], Share()).items():
            if share.value is not None:
                drawn[name].append(share.value)
    return {name: _middle(values) for name, values in drawn.items()}


def _middle(values: list[float]) -> tuple[float, float]:
    ordered = sorted(values)
    cut = (1 - LEVEL) / 2
    return ordered[round(cut * (len(ordered) - 1))], ordered[round((1 - cut) * (len(ordered) - 1))]
