"""The course of a pair on the terminal and as data: a row a period, with sums, level and, if asked for, its
band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from detente.views.answering import flat_quote, print_flat, set_told
from detente.views.bars import fill_side
from detente.views.blocks import QUAD_STYLES, Beside, set_flush
from detente.views.lines import say_score, say_weight
from detente.views.terminal import stdout_console
from detente.views.wording import say_count

if TYPE_CHECKING:
    from rich.text import Text

    from detente.measures.counting import CountedAct
    from detente.measures.courses import Point
    from detente.measures.levels import Level
    from detente.measures.pair_course import Course

QUADS = ("verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict")
COLUMNS = (
    "period", "start", "end", "n", *QUADS, "total", *(f"{quad}_total" for quad in QUADS), "mean", "goldstein",
    "level", "estimate", "low", "high", "mean_low", "mean_high", "n_by_report_date", "n_unweighed", "acts",
    "quote", "speaker", "report", "outlet", "published", "record",
)  # fmt: skip
SIDES = (12, 8, 4)  # columns of bars on each side of the line, the first for which there is room
TELLING = 3  # acts shown with their quotes, those that weigh most
MARGIN = 12


def print_course(course: Course, shape: str) -> None:
    """Print a row a period (runs of quiet ones as one line in a table), then the acts that weigh most."""
    if shape != "table":
        print_flat(flatten(course), COLUMNS, shape)
        return
    from rich.text import Text

    console = stdout_console()
    console.print(set_flush(Text(course.name, style="bold"), Text(_say_head(course), style="dim")))
    console.print()
    for line in set_rows(course, width=console.width):
        console.print(line)
    console.print()
    for act in heaviest(course.acts, course)[:TELLING]:
        console.print(set_act(act, course))
        console.print()
    for note in say_notes(course):
        console.print(Text(note, style="dim"))


def flatten(course: Course) -> Iterator[dict[str, Any]]:
    """Yield each period as flat columns; estimate and bands are empty unless asked for."""
    for point in course.points:
        level = course.levels.get(point.period)
        own = {name: getattr(point, name) for name in COLUMNS if hasattr(point, name)}
        own |= dict(zip(QUADS, point.by_quad, strict=True))
        own |= dict(zip((f"{quad}_total" for quad in QUADS), point.quad_totals, strict=True))
        own |= {name: getattr(level, name, None) for name in ("low", "high", "mean_low", "mean_high")}
        own["estimate"] = level.value if level else None
        yield own | flat_quote(course.quotes.get(point.record or ""))


def heaviest(acts: Sequence[CountedAct], course: Course) -> list[CountedAct]:
    """Return acts by what they weigh, the newest of equals first, where a quote of theirs is at hand."""
    told = [act for act in acts if act.record in course.quotes]
    return sorted(told, key=lambda act: (-abs(course.scale.weigh(act)), -act.day.toordinal(), act.act))


def set_rows(course: Course, *, width: int) -> Iterator[Text]:
    """Yield the heading, a row a period with acts, and a row for each run without."""
    from rich.text import Text

    name = max(len(point.period) for point in course.points) + 2
    numbers = 28 + (22 if course.levels else 0)
    side = next((side for side in SIDES if width > name + 2 * side + 1 + numbers), SIDES[-1])
    friendly = "cooperation" if side >= len("cooperation") else "cooper."
    words = f"{'conflict'[:side]:>{side}}│{friendly[:side]:<{side}}"
    band = f"{'estimate':>9}{'band':>13}" if course.levels else ""
    yield Text(f"{'':{name}}{words}{'acts':>6}{'sum':>8}{'mean':>7}{'level':>7}{band}", style="dim")
    most = max(max(sum(p.by_quad[:2]), sum(p.by_quad[2:])) for p in course.points)
    quiet: list[Point] = []
    for point in course.points:
        if not point.n:
            quiet.append(point)
            continue
        yield from _set_quiet(quiet, course, name + 2 * side + 1)
        quiet.clear()
        yield _set_point(point, course, name, side, most)
    yield from _set_quiet(quiet, course, name + 2 * side + 1)


def _set_point(point: Point, course: Course, name: int, side: int, most: int) -> Text:
    from rich.text import Text

    verbal, material = fill_side(point.by_quad[0], point.by_quad[1], most, side)
    accused, struck = fill_side(point.by_quad[2], point.by_quad[3], most, side)
    text = Text(f"{point.period:<{name}}" + " " * (side - accused - struck))
    text.append("▒" * accused, QUAD_STYLES[3]).append("█" * struck, QUAD_STYLES[4]).append("│", "dim")
    text.append("█" * material, QUAD_STYLES[2]).append("▒" * verbal, QUAD_STYLES[1])
    text.append(" " * (side - verbal - material))
    mean = "" if point.mean is None else say_score(point.mean)
    text.append(f"{point.n:>6}{say_score(point.total):>8}{mean:>7}{say_score(point.level):>7}")
    return text.append(_say_band(course.levels.get(point.period)))


def _set_quiet(points: Sequence[Point], course: Course, room: int) -> Iterator[Text]:
    """Periods without a counted act, said once however many they are; the numbers are of the last."""
    from rich.text import Text

    if not points:
        return
    last = points[-1]
    span = last.period if len(points) == 1 else f"{points[0].period} to {last.period}"
    words = f"{span} quiet" if len(span) + 6 <= room else span
    band = _say_band(course.levels.get(last.period))
    yield Text(
        f"{words:<{room}}{0:>6}{say_score(0.0):>8}{'':>7}{say_score(last.level):>7}{band}", style="dim"
    )


def _say_band(level: Level | None) -> str:
    if level is None:
        return ""
    band = f"{say_score(level.low)} {say_score(level.high)}"
    return f"{say_score(level.value):>9}{band:>13}"


def set_act(act: CountedAct, course: Course) -> Beside:
    """Return an act in lines: its day in the margin, who did what, its quote and where it stands."""
    from rich.text import Text

    who = " and ".join(act.sources) + (f" → {' and '.join(act.recipients)}" if act.recipients else "")
    kind = f"{act.type}/{act.mode}" if act.mode else act.type
    head = Text.assemble(who, (" · ", "dim"), (kind, QUAD_STYLES.get(act.quad, "")))
    head.append(f" {say_weight(course.scale.weigh(act))}")
    day = f"by {act.day}" if act.by_report_date else f"{act.day}"
    return Beside((Text(day, style="bold"),), (head, *set_told(course.quotes[act.record])), MARGIN + 2)


def say_notes(course: Course) -> Iterator[str]:
    """Yield what a reader must know beside the numbers: constants, the band, what weighs nothing."""
    yield "bars: acts, ▒ in words, █ in deeds."
    rule = course.rule
    fades = f"half-life {rule.half_life_months:g} months"
    yield f"level: −{rule.bound:g} to {rule.bound:g}, gain {rule.gain:g}, {fades}."
    if course.estimate:
        yield (
            f"estimate: the level beneath the means, with a band of {100 * course.estimate.band:.0f} % "
            f"({course.estimate.n} periods with acts)."
        )
    unweighed = sum(point.n_unweighed for point in course.points)
    if unweighed:
        yield f"{say_count(unweighed, 'act')} have no weight in {course.scale.name} and count 0."


def _say_head(course: Course) -> str:
    counted = say_count(sum(point.n for point in course.points), "act")
    return f"by {course.every} · {course.scale.unit} · {counted} counted ({', '.join(course.statuses)})"
