"""A course in, its picture out: acts as marks at their day and weight, the level with its band, turns
labelled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.views.lines import say_score
from detente.views.picture import FAINT, INK, QUAD_COLOURS, WIDTH, altair, save_picture
from detente.views.wording import QUADS, say_count

if TYPE_CHECKING:
    from detente.measures.counting import CountedAct
    from detente.measures.courses import Point
    from detente.measures.levels import Level
    from detente.measures.pair_course import Course
    from detente.measures.trends import Trend
    from detente.measures.turns import Turn
    from detente.measures.weights import Scale

LEVEL = "#3f3f3f"
UPPER, LOWER = 250, 70  # pixels
KINDS = tuple(QUADS[quad] for quad in (1, 2, 3, 4))


def draw_course(course: Course, path: str | Path) -> Path:
    """Draw a course: acts, running level or estimated level with its bands, and acts a period below."""
    points, levels = course.points, course.levels
    counted = say_count(sum(point.n for point in points), "act")
    band = f"{100 * course.estimate.band:.0f}" if course.estimate else ""
    line = (
        f"line: the level beneath the means, with its {band} % band; pale: where {band} % of the means fall"
        if levels
        else "line: the running level"
    )
    return save_picture(
        stack(points, course.acts, levels, course.scale),
        path,
        title=f"{course.name}, {points[0].period} to {points[-1].period}",
        caption=f"{counted} counted, each a mark at its day and weight ({course.scale.unit})\n{line}",
    )


def draw_trend(trend: Trend, path: str | Path) -> Path:
    """Draw a trend: the course of its window, the level with its bands, and its turns labelled."""
    levels = trend.levels.levels[-len(trend.points) :] if trend.levels else ()
    named = {point.period: level for point, level in zip(trend.points, levels, strict=False)}
    said = "too few periods to tell a direction"
    if trend.shift and trend.levels:
        said = f"{trend.says}: probability that it rose {trend.shift.rising:.2f}"
    lines = "line: the level with its band; dashed: turns of the mean" if named else "line: the running level"
    return save_picture(
        stack(trend.points, trend.inside, named, trend.scale, trend.turns),
        path,
        title=f"{trend.name_a} and {trend.name_b}, {trend.points[0].period} to {trend.points[-1].period}",
        caption=f"{said}; {say_count(len(trend.inside), 'act')} counted ({trend.scale.unit})\n{lines}",
    )


def stack(
    points: Sequence[Point],
    acts: Sequence[CountedAct],
    levels: Mapping[str, Level],
    scale: Scale,
    turns: Sequence[Turn] = (),
) -> Any:
    """Return the chart: the level and the acts above, how many acts a period below, on one axis of time."""
    alt = altair()
    domain = [points[0].start.isoformat(), (points[-1].end + timedelta(1)).isoformat()]
    days = alt.X("day:T", title=None, scale=alt.Scale(domain=domain), axis=alt.Axis(grid=False))
    weights = [scale.weigh(act) for act in acts]
    edge = alt.Scale(
        domain=[min([-1.0, *weights]) - 1, max([1.0, *weights]) + (3 if turns else 1)], nice=False, zero=False
    )
    zero = alt.Y("zero:Q", title=scale.unit, scale=edge)
    layers = [alt.Chart(alt.Data(values=[{"zero": 0}])).mark_rule(color=FAINT).encode(y=zero)]
    layers += _draw_levels(points, levels, days)
    layers += [_draw_turns(turns, points, days)] if turns else []
    layers.append(_draw_acts(acts, scale, days))
    upper = alt.layer(*layers).properties(width=WIDTH, height=UPPER)
    return alt.vconcat(upper, _draw_counts(points, days), spacing=8).resolve_scale(color="shared")


def _colours(alt: Any) -> Any:
    shown = alt.Legend(title=None, orient="bottom", symbolType="square", columns=4)
    return alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS), range=list(QUAD_COLOURS)), legend=shown)


def _draw_levels(points: Sequence[Point], levels: Mapping[str, Level], days: Any) -> list[Any]:
    alt = altair()
    y = alt.Y("value:Q", title=None)
    if not levels:
        rows = [{"day": point.end.isoformat(), "value": point.level} for point in points]
        return [alt.Chart(alt.Data(values=rows)).mark_line(color=LEVEL, strokeWidth=2).encode(x=days, y=y)]
    rows = []
    for point in points:
        level = levels[point.period]
        bands = {name: getattr(level, name) for name in ("value", "low", "high", "mean_low", "mean_high")}
        rows.append({"day": middle_of(point).isoformat()} | bands)
    base = alt.Chart(alt.Data(values=rows)).encode(x=days)
    return [
        base.mark_area(color="#ececec").encode(y=alt.Y("mean_low:Q", title=None), y2="mean_high:Q"),
        base.mark_area(color="#bdbdbd", opacity=0.8).encode(y=alt.Y("low:Q", title=None), y2="high:Q"),
        base.mark_line(color=LEVEL, strokeWidth=2).encode(y=y),
    ]


def _draw_acts(acts: Sequence[CountedAct], scale: Scale, days: Any) -> Any:
    """Marks for acts; those of one day and weight are one mark, the larger the more they are."""
    alt = altair()
    seen: dict[tuple[date, float, int], int] = {}
    for act in acts:
        spot = (act.day, scale.weigh(act), act.quad)
        seen[spot] = seen.get(spot, 0) + 1
    rows = [
        {"day": day.isoformat(), "value": weight, "kind": QUADS[quad], "n": n}
        for (day, weight, quad), n in seen.items()
    ]
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_point(filled=True, opacity=0.85, stroke="white", strokeWidth=0.5)
        .encode(
            x=days,
            y=alt.Y("value:Q", title=None),
            color=_colours(alt),
            shape=alt.Shape(
                "kind:N", legend=None,
                scale=alt.Scale(domain=list(KINDS), range=["circle", "circle", "diamond", "diamond"]),
            ),
            size=alt.Size("n:Q", legend=None, scale=alt.Scale(domain=[1, 10], range=[45, 220], clamp=True)),
        )
    )  # fmt: skip


def _draw_turns(turns: Sequence[Turn], points: Sequence[Point], days: Any) -> Any:
    """A dashed line where the mean turns, with the period and both means above it."""
    alt = altair()
    starts = {point.period: point.start for point in points}
    middle = points[0].start + (points[-1].end - points[0].start) / 2
    rows = [
        {"day": starts[turn.period].isoformat(), "late": starts[turn.period] > middle,
         "words": f"{turn.period}: {say_score(turn.before)} to {say_score(turn.after)}"}
        for turn in turns
    ]  # fmt: skip
    base = alt.Chart(alt.Data(values=rows)).encode(x=days)
    labels = [
        base.transform_filter(f"{'!' if side == 'left' else ''}datum.late")
        .mark_text(align=side, dx=4 if side == "left" else -4, dy=-UPPER / 2 + 8, fontSize=11, color=INK)
        .encode(text="words:N")
        for side in ("left", "right")
    ]
    return alt.layer(base.mark_rule(strokeDash=[4, 3], color=INK), *labels)


def _draw_counts(points: Sequence[Point], days: Any) -> Any:
    """Acts a period by quad: cooperation above the line, conflict below."""
    alt = altair()
    rows = [
        {"day": point.start.isoformat(), "until": (point.end + timedelta(1)).isoformat(),
         "from": low, "to": high, "kind": QUADS[quad]}
        for point in points
        for quad, low, high in _pile(point)
    ]  # fmt: skip
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(stroke="white", strokeWidth=0.5)
        .encode(
            x=days,
            x2="until:T",
            y=alt.Y("from:Q", title="acts", axis=alt.Axis(tickCount=3, labelExpr="abs(datum.value)")),
            y2="to:Q",
            color=_colours(alt),
        )
        .properties(width=WIDTH, height=LOWER)
    )


def _pile(point: Point) -> Iterator[tuple[int, int, int]]:
    """Yield quad, lower and upper end of each bar: material acts at the line, verbal ones beyond."""
    for inner, outer, sign in ((2, 1, 1), (4, 3, -1)):
        near, far = (sign * point.by_quad[quad - 1] for quad in (inner, outer))
        if near:
            yield inner, 0, near
        if far:
            yield outer, near, near + far


def middle_of(point: Point) -> date:
    """Return the day in the middle of a period."""
    return point.start + (point.end - point.start) // 2
