"""Which of our records is meant by which of the gold: records of two coders in, one-to-one pairs out.

Two records may be paired only if their passages overlap; of all ways to pair them the one with the largest
total weight is taken (the assignment problem, solved exactly).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeGuard

from detente.knowledge.ontology import kinds

FOR_AGAINST = {
    "support": "for", "favour": "for", "favor": "for", "accept": "for",
    "oppose": "against", "refuse": "against", "reject": "against", "condemn": "against",
}  # fmt: skip
UNIT_NAMES = {
    "%": "percent", "per cent": "percent", "kilometers": "km", "kilometres": "km", "kilometer": "km",
    "minutes": "minute", "us$": "usd", "$": "usd", "dollars": "usd", "days": "day",
    "nautical miles": "nautical mile",
}  # fmt: skip
MEASURED_UNITS = frozenset(
    "percent km mi mile m day week month year hour minute second rank tonne barrel usd eur gbp cny rub jpy "
    "krw inr try uah chf cad aud".split()
) | {"nautical mile"}
DATE_SLACK_DAYS = 31  # a predicted interval may be this much wider than the gold's
VALUE_TOLERANCE = 1e-6  # relative


@dataclass(frozen=True, slots=True)
class Coded:
    """One record as it is compared, whoever coded it."""

    kind: str
    report: str
    field: str
    start: int
    end: int
    sources: frozenset[str]
    recipients: frozenset[str]
    type: str | None
    mode: str | None
    cameo_root: str | None
    status: str
    date_start: date | None
    date_end: date | None
    side: str  # of a position: for, against, other
    values: tuple[float, ...]  # of a figure: one, or the two ends of a range
    unit: str
    speaker: str | None
    is_demanded: bool  # an optional record is neither rewarded nor punished
    row: Mapping[str, Any]

    @property
    def quad(self) -> int:
        """The quad class of the type, 0 where it has none."""
        kind = kinds().get((self.type or "", None))
        return kind.quad if kind else 0


def normalise(row: Mapping[str, Any]) -> Coded:
    """Return a row of docs/records.md as what is compared; absent parts are empty."""
    quote = row.get("quote") or ""
    start = row.get("start") or 0
    end = row.get("end")
    stance = str(row.get("stance") or "").lower()
    figure = row.get("figure") or {}
    value = figure.get("value")
    cameo = row.get("cameo")
    status = row.get("status") or "happened"
    return Coded(
        kind=str(row.get("record")),
        report=str(row.get("report") or ""),
        field=row.get("field") or "text",
        start=start,
        end=start + len(quote) if end is None else end,
        sources=_codes(row.get("sources")),
        recipients=_codes(row.get("recipients")),
        type=row.get("type") or None,
        mode=row.get("mode") or None,
        cameo_root=str(cameo)[:2] if cameo else None,
        status="ongoing" if row.get("status_detail") == "ongoing" else status,
        date_start=_day(row.get("date_start")),
        date_end=_day(row.get("date_end")),
        side=next((side for word, side in FOR_AGAINST.items() if stance.startswith(word)), "other"),
        values=tuple(
            float(v) for v in (value if isinstance(value, list | tuple) else [value]) if _is_number(v)
        ),
        unit=_unit(figure.get("unit")),
        speaker=_speaker(row),
        is_demanded=(row.get("tier") or "core") == "core",
        row=row,
    )


def _codes(actors: Any) -> frozenset[str]:
    return frozenset(actor["code"] for actor in actors or () if actor.get("code"))


def _day(words: Any) -> date | None:
    return date.fromisoformat(words[:10]) if words else None


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unit(words: Any) -> str:
    """Return a measured unit by name; whatever is counted is «count», for nouns vary between coders."""
    unit = str(words or "").strip().lower()
    unit = UNIT_NAMES.get(unit, unit)
    if unit in MEASURED_UNITS:
        return unit
    return unit[:-1] if unit.endswith("s") and unit[:-1] in MEASURED_UNITS else "count"


def _speaker(row: Mapping[str, Any]) -> str | None:
    attribution = row.get("attribution") or {}
    speaker = row.get("speaker") or attribution.get("speaker")
    if isinstance(speaker, dict):
        speaker = speaker.get("name") or speaker.get("code")
    return str(speaker) if speaker else None


def overlap(gold: Coded, ours: Coded) -> float:
    """Return the shared characters over the shorter passage, 0 to 1; 0 in another field."""
    if gold.field != ours.field:
        return 0.0
    shared = min(gold.end, ours.end) - max(gold.start, ours.start)
    return max(0.0, shared / max(1, min(gold.end - gold.start, ours.end - ours.start)))


def same_parties(gold: Coded, ours: Coded) -> bool:
    """Whether both name the same parties; who of a joint act stands on which side is convention."""
    if gold.sources == ours.sources and gold.recipients == ours.recipients:
        return True
    joint = gold.sources | gold.recipients == ours.sources | ours.recipients
    return gold.quad in (1, 2) and joint


def same_date(gold: Coded, ours: Coded) -> bool:
    """Whether the intervals meet and ours is not much wider; a gold record without a date forgives any."""
    if gold.date_start is None and gold.date_end is None:
        return True
    first, last = ours.date_start or ours.date_end, ours.date_end or ours.date_start
    if first is None or last is None:
        return False
    g_last = gold.date_end or gold.date_start
    assert g_last is not None
    if gold.date_start is None:  # «on or before»
        return first <= g_last
    width = (g_last - gold.date_start).days + DATE_SLACK_DAYS
    return first <= g_last and gold.date_start <= last and (last - first).days <= width


def same_amount(gold: Coded, ours: Coded) -> bool:
    """Whether both give the same number, or the same two ends, in the same unit."""
    close = all(
        abs(a - b) <= VALUE_TOLERANCE * max(1.0, abs(a))
        for a, b in zip(gold.values, ours.values, strict=False)
    )
    return bool(gold.values) and len(gold.values) == len(ours.values) and close and gold.unit == ours.unit


def same_speaker(gold: Coded, ours: Coded) -> bool:
    """Whether ours names the speaker the gold names, by the last of the name."""
    if not gold.speaker or not gold.speaker.split() or not ours.speaker:
        return False
    return gold.speaker.split()[-1].lower() in ours.speaker.lower()


def assign(
    gold: Sequence[Coded], ours: Sequence[Coded], weigh: Callable[[Coded, Coded], float]
) -> list[tuple[int, int]]:
    """Return one-to-one pairs of positions with positive weight, the largest total weight."""
    weights = {
        (i, j): weight for i, g in enumerate(gold) for j, o in enumerate(ours) if (weight := weigh(g, o)) > 0
    }
    pairs: list[tuple[int, int]] = []
    for group in _connected(weights):
        left, right = sorted({i for i, _ in group}), sorted({j for _, j in group})
        cost = [[-weights.get((i, j), 0.0) for j in right] for i in left]
        pairs += [(left[a], right[b]) for a, b in _hungarian(cost)]
    return sorted(pair for pair in pairs if pair in weights)


def _connected(edges: Iterable[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Return the edges in groups that share no end, so that each can be assigned alone."""
    group_of: dict[tuple[str, int], list[tuple[int, int]]] = {}
    groups: list[list[tuple[int, int]]] = []
    for edge in edges:
        ends = (("gold", edge[0]), ("ours", edge[1]))
        known = [group_of[end] for end in ends if end in group_of]
        group = known[0] if known else []
        if not known:
            groups.append(group)
        group.append(edge)
        if len(known) == 2 and known[0] is not known[1]:
            group += known[1]
            groups = [other for other in groups if other is not known[1]]
        for i, j in group if len(known) == 2 else [edge]:
            group_of["gold", i] = group_of["ours", j] = group
    return groups


def _hungarian(cost: list[list[float]]) -> list[tuple[int, int]]:
    """Return the assignment of least cost, by shortest augmenting paths (Jonker and Volgenant 1987)."""
    if not cost or not cost[0]:
        return []
    if len(cost) > len(cost[0]):
        turned = [list(column) for column in zip(*cost, strict=True)]
        return sorted((i, j) for j, i in _hungarian(turned))
    rows, columns = len(cost), len(cost[0])
    row_price, column_price = [0.0] * (rows + 1), [0.0] * (columns + 1)
    taken_by = [0] * (columns + 1)  # 1-based row of each column, 0 for free
    for row in range(1, rows + 1):
        taken_by[0] = row
        column = 0
        least = [float("inf")] * (columns + 1)
        came_from = [0] * (columns + 1)
        seen = [False] * (columns + 1)
        while taken_by[column]:
            seen[column] = True
            here, step, next_column = taken_by[column], float("inf"), 0
            for j in range(1, columns + 1):
                if seen[j]:
                    continue
                reduced = cost[here - 1][j - 1] - row_price[here] - column_price[j]
                if reduced < least[j]:
                    least[j], came_from[j] = reduced, column
                if least[j] < step:
                    step, next_column = least[j], j
            for j in range(columns + 1):
                if seen[j]:
                    row_price[taken_by[j]] += step
                    column_price[j] -= step
                else:
                    least[j] -= step
            column = next_column
        while column:
            taken_by[column] = taken_by[came_from[column]]
            column = came_from[column]
    return sorted((taken_by[j] - 1, j - 1) for j in range(1, columns + 1) if taken_by[j])
