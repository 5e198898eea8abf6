"""A pair's course as one inline SVG: acts as marks on the scale, the level as a line, counts as bars.

Upper panel: each counted act at its day and PLOVER intensity; its shape says verbal or material,
cooperation or conflict, so nothing hangs on colour; the line is the running level. Lower panel:
acts a month, cooperation up, conflict down, material hatched. Pure geometry: every number drawn
comes from `measures.pair`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from markupsafe import Markup

from detente.views.lines import anchor, as_day, describe_act, say_score
from detente.views.wording import MONTHS, QUADS

if TYPE_CHECKING:
    from detente.measures.pair import ActLine, Pair, Point

SCALE = 10.0  # PLOVER intensities lie in -10..10, the running level in -9..9


@dataclass(frozen=True, slots=True)
class Frame:
    """The drawing's measures in user units; the narrow one is drawn for a telephone."""

    width: int
    upper: int  # height of the panel of acts and level
    lower: int  # height of the panel of counts
    left: int = 40
    right: int = 38
    top: int = 28
    gap: int = 36
    foot: int = 24

    @property
    def height(self) -> int:
        return self.top + self.upper + self.gap + self.lower + self.foot

    @property
    def floor(self) -> int:
        """The y of the lower panel's upper edge."""
        return self.top + self.upper + self.gap


WIDE = Frame(width=920, upper=230, lower=96)
NARROW = Frame(width=340, upper=210, lower=84, left=30, right=34)


@dataclass(frozen=True, slots=True)
class Axes:
    """Days and values to x and y, for one frame and one course."""

    frame: Frame
    first: date
    last: date

    def x(self, day: date) -> float:
        span = max(1, (self.last - self.first).days + 1)
        inside = self.frame.width - self.frame.left - self.frame.right
        return self.frame.left + inside * ((day - self.first).days + 0.5) / span

    def edge(self, day: date) -> float:
        """The x where a day begins."""
        span = max(1, (self.last - self.first).days + 1)
        inside = self.frame.width - self.frame.left - self.frame.right
        return self.frame.left + inside * (day - self.first).days / span

    def y(self, value: float) -> float:
        return self.frame.top + self.frame.upper * (SCALE - max(-SCALE, min(SCALE, value))) / (2 * SCALE)


def draw_course(pair: Pair, frame: Frame, *, label: str) -> Markup:
    """Return the course as an SVG element; "" where there is no month to draw.

    Each mark links to its act's place on the page; `pair.acts` are the acts that have one.
    """
    points = pair.course
    if not points:
        return Markup("")
    axes = Axes(frame, as_day(points[0].start), as_day(points[-1].end))
    parts = (
        _name_panels(frame),
        *_draw_grid(axes),
        *_draw_time(axes, points),
        _draw_level(axes, points),
        *_draw_bars(axes, points),
        *_draw_acts(axes, pair),
    )
    return Markup(
        '<svg class="course" viewBox="0 0 {w} {h}" role="group" aria-label="{label}">{body}</svg>'
    ).format(w=frame.width, h=frame.height, label=label, body=Markup("").join(parts))


def _draw_grid(axes: Axes) -> Iterator[Markup]:
    frame = axes.frame
    for value in (10, 5, 0, -5, -10):
        y = axes.y(value)
        yield Markup('<line class="{c}" x1="{a}" x2="{b}" y1="{y}" y2="{y}"/>').format(
            c="zero" if value == 0 else "rule", a=frame.left, b=frame.width - frame.right, y=_n(y)
        )
        yield Markup('<text class="tick" x="{x}" y="{y}" text-anchor="end">{v}</text>').format(
            x=frame.left - 7, y=_n(y + 4), v=f"+{value}" if value > 0 else str(value).replace("-", "−")
        )


def _name_panels(frame: Frame) -> Markup:
    return Markup(
        '<text class="panel" x="{x}" y="{y}">intensity of acts, and the level</text>'
        '<text class="panel" x="{x}" y="{z}">acts a month</text>'
    ).format(x=frame.left + 2, y=frame.top - 11, z=frame.floor - 8)


def _draw_time(axes: Axes, points: Sequence[Point]) -> Iterator[Markup]:
    """Name months or years under the bars, as many as fit."""
    frame = axes.frame
    room = max(2, (frame.width - frame.left - frame.right) // 58)
    starts = [as_day(p.start) for p in points]
    step = next((s for s in (1, 2, 3, 6, 12, 24, 60, 120) if len(starts) / s <= room), 240)
    y = frame.floor + frame.lower + 17
    shown_year = None
    for day in starts:
        if (day.year * 12 + day.month - 1) % step:
            continue
        x = axes.edge(day)
        words = str(day.year) if step >= 12 else MONTHS[day.month - 1]
        if step < 12 and day.year != shown_year:
            words = f"{words} {day.year}"
            shown_year = day.year
        if x > frame.width - frame.right - 22:
            continue
        yield Markup('<line class="rule" x1="{x}" x2="{x}" y1="{a}" y2="{b}"/>').format(
            x=_n(x), a=frame.floor + frame.lower, b=frame.floor + frame.lower + 5
        )
        yield Markup('<text class="tick" x="{x}" y="{y}">{w}</text>').format(x=_n(x), y=y, w=words)


def _draw_level(axes: Axes, points: Sequence[Point]) -> Markup:
    """The running level, a step a month: it stands at a month's end, so it is drawn there."""
    corners = [(axes.x(as_day(p.end)), axes.y(p.level)) for p in points]
    path = "M" + "L".join(f"{_n(x)} {_n(y)}" for x, y in corners)
    if len(corners) == 1:
        path += "h0.01"
    zero = _n(axes.y(0))
    area = f"M{_n(corners[0][0])} {zero}L" + path[1:] + f"L{_n(corners[-1][0])} {zero}Z"
    x, y = corners[-1]
    return Markup(
        '<path class="level-area" d="{a}"/><path class="level" d="{p}"/>'
        '<text class="end" x="{x}" y="{y}">{v}</text>'
    ).format(a=area, p=path, x=_n(x + 5), y=_n(y + 4), v=say_score(points[-1].level))


def _draw_bars(axes: Axes, points: Sequence[Point]) -> Iterator[Markup]:
    """Acts a month by quad: cooperation above the line, conflict below, on one scale."""
    frame = axes.frame
    up = max((p.by_quad[0] + p.by_quad[1] for p in points), default=0)
    down = max((p.by_quad[2] + p.by_quad[3] for p in points), default=0)
    unit = frame.lower / max(1, up + down)
    base = frame.floor + unit * up if up + down else frame.floor + frame.lower / 2
    yield Markup('<line class="zero" x1="{a}" x2="{b}" y1="{y}" y2="{y}"/>').format(
        a=frame.left, b=frame.width - frame.right, y=_n(base)
    )
    for value, y in ((up, frame.floor), (down, frame.floor + frame.lower)):
        if value:
            yield Markup('<text class="tick" x="{x}" y="{y}" text-anchor="end">{v}</text>').format(
                x=frame.left - 7, y=_n(y + 4), v=value
            )
    for point in points:
        yield from _draw_month(axes, point, base, unit)


def _draw_month(axes: Axes, point: Point, base: float, unit: float) -> Iterator[Markup]:
    left, right = axes.edge(as_day(point.start)), axes.x(as_day(point.end))
    pad = min(3.0, (right - left) * 0.14)
    above = below = base
    title = f"{point.period}: " + ", ".join(f"{n} {QUADS[q]}" for q, n in enumerate(point.by_quad, 1) if n)
    for quad, n in enumerate(point.by_quad, 1):
        if not n:
            continue
        size = n * unit
        if quad <= 2:
            above -= size
            y = above
        else:
            y = below
            below += size
        yield Markup(
            '<rect class="q{q}" x="{x}" y="{y}" width="{w}" height="{h}"><title>{t}</title></rect>'
        ).format(
            q=quad, x=_n(left + pad), y=_n(y), w=_n(max(0.8, right - left - 2 * pad)), h=_n(size), t=title
        )


def _draw_acts(axes: Axes, pair: Pair) -> Iterator[Markup]:
    """One mark an act, oldest first, so that the tab key walks through time."""
    spots = sorted(place_acts(pair), key=lambda spot: (spot.middle, spot.act.act))
    size = 5.0 if len(spots) * 4 < axes.frame.width else 3.2
    taken: dict[tuple[int, int], int] = {}
    for spot in spots:
        x, y = axes.x(spot.middle), axes.y(spot.act.intensity)
        place = (round(x / 4), round(y / 4))
        nth = taken[place] = taken.get(place, -1) + 1
        yield _draw_spot(axes, spot, x + 3 * nth * (-1) ** nth, y, size)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an act stands in the drawing: the middle of its days, within the month that counts it."""

    act: ActLine
    first: date
    last: date

    @property
    def middle(self) -> date:
        return self.first + (self.last - self.first) // 2

    @property
    def is_vague(self) -> bool:
        """Whether its day is known no more exactly than to the week."""
        return (self.last - self.first).days > 7


def place_acts(pair: Pair) -> tuple[Spot, ...]:
    """Return a spot for each act the course counts; one without a date has its month to stand in."""
    months = {act: point for point in pair.course for act in point.acts}
    spots = []
    for act in pair.acts:
        if act.act not in months:
            continue
        month = months[act.act]
        start, end = as_day(month.start), as_day(month.end)
        first = as_day(act.date_start) if act.date_start and act.precision != "before" else start
        last = as_day(act.date_end) if act.date_end else end if first == start else first
        spots.append(Spot(act, min(max(first, start), end), min(max(last, start), end)))
    return tuple(spots)


def _draw_spot(axes: Axes, spot: Spot, x: float, y: float, size: float) -> Markup:
    """A mark that leads to its act; days not known exactly look it: a whisker over them, a broken outline."""
    act = spot.act
    whisker = Markup("")
    if spot.last > spot.first:
        whisker = Markup('<line class="days q{q}" x1="{a}" x2="{b}" y1="{y}" y2="{y}"/>').format(
            q=act.quad, a=_n(axes.x(spot.first)), b=_n(axes.x(spot.last)), y=_n(y)
        )
    return Markup('<a href="#{id}" class="act{v}"><title>{words}</title>{w}{m}</a>').format(
        id=anchor(act.act), v=" vague" if spot.is_vague else "", words=describe_act(act), w=whisker,
        m=draw_mark(act.quad, x, y, size),
    )  # fmt: skip


def draw_mark(quad: int, x: float, y: float, size: float = 5.0) -> Markup:
    """Return a mark by quad: circle for cooperation, diamond for conflict; hollow verbal, full material."""
    if quad in (1, 2):
        return Markup('<circle class="m{q}" cx="{x}" cy="{y}" r="{r}"/>').format(
            q=quad, x=_n(x), y=_n(y), r=_n(size)
        )
    r = size * 1.2
    corners = " ".join(f"{_n(x + dx * r)},{_n(y + dy * r)}" for dx, dy in ((0, -1), (1, 0), (0, 1), (-1, 0)))
    return Markup('<polygon class="m{q}" points="{c}"/>').format(q=quad, c=corners)


def _n(value: float) -> str:
    """A coordinate to a tenth of a unit, without a trailing zero."""
    return f"{value:.1f}".removesuffix(".0")
