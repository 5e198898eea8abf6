"""A pair's course as rows of block characters: conflict left of the line, cooperation right, sum and level.

             conflict│cooperation    acts      sum   level
    2024-03  ▒▒▒▒▒▒██│▒▒▒               4     −8.5    −1.4
    2024-04 to 2024-06 quiet            0      0.0    −1.3

Solid blocks are material acts, shaded ones verbal; the numbers beside say the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING

from detente.views.blocks import QUAD_STYLES
from detente.views.lines import say_score

if TYPE_CHECKING:
    from rich.text import Text

    from detente.measures.pair import Point

MONTH = 9  # columns of a month's name
SIDES = (12, 4, 3)  # columns of bars on each side of the line, the first for which the terminal has room
NARROW_SIDE = 4
NUMBERS = 7 + 9 + 8  # columns of acts, sum and level


def set_course(points: Sequence[Point], *, width: int) -> Iterator[Text]:
    """Yield the course line by line: a heading, a row a month, a row for each run of quiet months."""
    from rich.text import Text

    side = next((side for side in SIDES if width >= MONTH + 2 * side + 1 + NUMBERS), SIDES[-1])
    words = f"{'conflict'[:side]:>{side}}│{'cooperation'[:side]:<{side}}"
    yield Text(f"{'':{MONTH}}{words}{'acts':>7}{'sum':>9}{'level':>8}", style="dim")
    most = max((max(sum(p.by_quad[:2]), sum(p.by_quad[2:])) for p in points), default=1)
    quiet: list[Point] = []
    for point in points:
        if not point.n:
            quiet.append(point)
            continue
        yield from _set_quiet(quiet, side)
        quiet.clear()
        yield _set_month(point, most, side)
    yield from _set_quiet(quiet, side)


def _set_month(point: Point, most: int, side: int) -> Text:
    from rich.text import Text

    verbal, material = fill_side(point.by_quad[0], point.by_quad[1], most, side)
    accused, struck = fill_side(point.by_quad[2], point.by_quad[3], most, side)
    text = Text(f"{point.period:<{MONTH}}" + " " * (side - accused - struck))
    text.append("▒" * accused, QUAD_STYLES[3]).append("█" * struck, QUAD_STYLES[4]).append("│", "dim")
    text.append("█" * material, QUAD_STYLES[2]).append("▒" * verbal, QUAD_STYLES[1])
    text.append(" " * (side - verbal - material))
    return text.append(_set_numbers(point.n, point.total, point.level))


def fill_side(verbal: int, material: int, most: int, width: int) -> tuple[int, int]:
    """Return how many blocks of a side are verbal and how many material: each kind there is shows."""
    if not verbal + material:
        return 0, 0
    kinds = (verbal > 0) + (material > 0)
    total = max(kinds, ceil((verbal + material) * width / max(1, most)))
    solid = round(total * material / (verbal + material))
    solid = min(max(solid, int(material > 0)), total - int(verbal > 0))
    return total - solid, solid


def _set_quiet(points: Sequence[Point], side: int) -> Iterator[Text]:
    """Months without a counted act, said once however many they are."""
    from rich.text import Text

    if not points:
        return
    span = points[0].period if len(points) == 1 else f"{points[0].period} to {points[-1].period}"
    words = f"{span} quiet"
    if side <= NARROW_SIDE:
        words = f"{points[0].period} …" if len(points) > 1 else points[0].period
    room = MONTH + 2 * side + 1
    yield Text(f"{words:<{room}}" + _set_numbers(0, 0.0, points[-1].level), style="dim")


def _set_numbers(n: int, total: float, level: float) -> str:
    return f"{n:>7}{say_score(total):>9}{say_score(level):>8}"
