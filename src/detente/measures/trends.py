"""Two states and a window in; out comes whether they come closer, how surely, since when, by which acts, on
whose word.

The direction is that of the level beneath the monthly means (`levels`), its probability that of a rise from
the window's first month to its last. Nothing here says what caused what.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from detente.errors import NotInArchive
from detente.measures.contributions import Contribution, Part, name_doers, split_by, split_shift
from detente.measures.counting import CountedAct, counted_acts, say_nothing_counted, tellings_of
from detente.measures.courses import Point, draw_course
from detente.measures.left_out import StateMedia, measure_state_media
from detente.measures.levels import BAND, Level, Levels, Shift, measure_shift
from detente.measures.lines import Quote
from detente.measures.naming import state_name
from detente.measures.pair_course import estimate_course
from detente.measures.periods import Every
from detente.measures.quoting import quotes_by_id
from detente.measures.turns import Turn, find_turns
from detente.measures.variants import COUNTINGS, Variant, Window, vary
from detente.measures.weights import PLOVER, Scale
from detente.records import COUNTED

if TYPE_CHECKING:
    from detente.archive import Archive

LIKELY = 0.9  # from here on a direction is called likely, and its counterpart at 0.1
QUOTED = 12  # acts whose quotes are fetched


@dataclass(frozen=True, slots=True)
class Trend:
    """Whether a pair rose or fell over a window, and all that this rests on.

    `points` are the window's periods, `inside` the acts in it; `acts` are all that the level rests on, those
    before the window included. `shift` is from the level of the first period to that of the last; None, as
    are `levels`, where fewer than four periods have acts. `contributions`, `by_type` and `by_doer` each add
    up to `shift.change`.
    """

    a: str
    b: str
    name_a: str
    name_b: str
    every: Every
    scale: Scale
    statuses: tuple[str, ...]
    points: tuple[Point, ...]
    inside: tuple[CountedAct, ...]
    acts: tuple[CountedAct, ...]
    levels: Levels | None
    shift: Shift | None
    contributions: tuple[Contribution, ...]
    by_type: tuple[Part, ...]
    by_doer: tuple[Part, ...]
    turns: tuple[Turn, ...]
    state_media: StateMedia
    variants: tuple[Variant, ...]
    quotes: Mapping[str, Quote]

    @property
    def ends(self) -> tuple[Level, Level] | None:
        """The levels of the window's first and last period, None where there are too few to tell."""
        if self.levels is None:
            return None
        levels = self.levels.levels
        return levels[-len(self.points)], levels[-1]

    @property
    def says(self) -> str:
        """The direction in a word: rising, falling, no clear direction, too few months."""
        if self.shift is None:
            return "too few months"
        if self.shift.rising >= LIKELY:
            return "rising"
        return "falling" if self.shift.rising <= 1 - LIKELY else "no clear direction"


def describe_trend(
    archive: Archive,
    a: str,
    b: str,
    *,
    every: Every = "month",
    scale: Scale = PLOVER,
    since: date | None = None,
    until: date | None = None,
    statuses: Collection[str] = COUNTED,
    band: float = BAND,
) -> Trend:
    """Return the direction of a pair over a window, its turns, what moved it, and on whose word it rests.

    Acts before the window count for the level it opens on. Raises NotInArchive where the window holds no
    counted act, or lies in one period; MissingExtra without the libraries of the extra `stats`.
    """
    told = counted_acts(archive, a, b, until=until, statuses=sorted({*COUNTINGS[-1], *statuses}))
    acts = tuple(act for act in told if act.status in statuses)
    inside = tuple(act for act in acts if since is None or act.day >= since)
    if not inside:
        raise NotInArchive(say_nothing_counted(archive, a, b, since, until, statuses))
    tellings = tellings_of(archive, acts)
    points = draw_course(acts, every=every, scale=scale)
    start = next(n for n, point in enumerate(points) if since is None or point.end >= since)
    _require_two(points[start:], inside)
    moved = _Moved()
    levels = estimate_course(points, band=band)
    if levels:
        moved = _measure(points, acts, start, levels, scale=scale, every=every)
    shown = {act.act for act in inside}
    variants: tuple[Variant, ...] = ()
    if levels and moved.shift:
        window = Window(points[start].start, points[-1].start, every)
        variants = vary(
            told, tuple(statuses), tellings, window=window, levels=levels,
            shift=moved.shift, scale=scale,
        )  # fmt: skip
    return Trend(
        a=a, b=b, name_a=state_name(a), name_b=state_name(b), every=every, scale=scale,
        statuses=tuple(statuses),
        points=points[start:], inside=inside, acts=acts, levels=levels, shift=moved.shift,
        contributions=moved.parts, by_type=split_by(moved.parts, lambda act: act.type),
        by_doer=split_by(moved.parts, name_doers(a, b)), turns=moved.turns,
        state_media=measure_state_media([t for t in tellings if t.act in shown]), variants=variants,
        quotes=_quote(archive, inside, moved, scale),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Moved:
    """What a level tells of a window: the shift, the part of each act, the turns."""

    shift: Shift | None = None
    parts: tuple[Contribution, ...] = ()
    turns: tuple[Turn, ...] = ()


def _measure(
    points: Sequence[Point],
    acts: Sequence[CountedAct],
    start: int,
    levels: Levels,
    *,
    scale: Scale,
    every: Every,
) -> _Moved:
    means, counts = [point.mean for point in points], [point.n for point in points]
    shift = measure_shift(means, counts, start, len(points) - 1, levels=levels)
    level = levels.levels[start].value
    parts = split_shift(acts, points, shift, level=level, scale=scale, every=every)
    turns = find_turns(points, acts, levels, scale=scale, every=every)
    return _Moved(shift, parts, tuple(turn for turn in turns if turn.index > start))


def _require_two(points: Sequence[Point], inside: Sequence[CountedAct]) -> None:
    if len(points) < 2:
        raise NotInArchive(
            f"All {len(inside)} acts of the window lie in {points[0].period}, and a direction needs two "
            "periods: open the window, or take shorter periods, as --by week."
        )


def _quote(
    archive: Archive, inside: Sequence[CountedAct], moved: _Moved, scale: Scale
) -> Mapping[str, Quote]:
    """Return the quotes, by record, of the acts that weigh most and of those that made turns."""
    heaviest = sorted(inside, key=lambda act: -abs(scale.weigh(act)))
    acts = [*heaviest[:QUOTED], *(part.act for part in moved.parts[:QUOTED])]
    acts += [act for turn in moved.turns for act in turn.acts]
    kinds = {act.type: act for act in reversed([part.act for part in moved.parts])}
    return quotes_by_id(archive, [act.record for act in (*acts, *kinds.values())])
