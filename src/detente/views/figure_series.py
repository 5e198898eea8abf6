"""Figures over time on the terminal, as data and as a picture: a block a series, a line a period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.views import lines
from detente.views.answering import print_flat, set_told
from detente.views.blocks import Beside, set_flush
from detente.views.figures import flatten as flatten_figure
from detente.views.terminal import say, stdout_console
from detente.views.wording import say_amount, say_count, say_date

if TYPE_CHECKING:
    from rich.text import Text

    from detente.measures.figure_series import FigurePoint, FigureSeries
    from detente.measures.lines import FigureLine
    from detente.measures.rates import Converted

COLUMNS = (
    "series", "what", "parties", "unit", "period_start", "period_end", "by_report_date", "value",
    "value_high", "op", "status", "conflict", "differ_in", "converted", "converted_high", "to", "rate",
    "rate_date", "change", "quote", "speaker", "report", "outlet", "published", "record", "records",
)  # fmt: skip
FACETS = 4  # series in one picture
SAID = "replace(replace(replace(format(datum.value, '~s'), 'G', ' bn'), 'M', ' m'), 'T', ' tn')"
DAY_MS = 86_400_000  # the least between two ticks of the axis
PERIOD = 18  # columns of a period's name


def print_series(found: Sequence[FigureSeries], shape: str) -> None:
    """Print each series, the longest first: each period with every telling; as data a row a telling."""
    if shape != "table":
        print_flat(flatten(found), COLUMNS, shape)
        return
    from rich.text import Text

    console = stdout_console()
    for n, series in enumerate(found):
        if n:
            console.print()
        console.print(set_flush(Text(say_series(series), style="bold")))
        for point in series.points:
            console.print(Beside((Text(_say_when(point)),), tuple(_set_point(point)), PERIOD))
    if not found:
        say("No figure is told for two periods in this window; without --over-time all figures are shown.")


def flatten(found: Sequence[FigureSeries]) -> Iterator[dict[str, Any]]:
    """Yield a row a telling; `records` are its own, and those of the point before where there is a change."""
    for n, series in enumerate(found, 1):
        for point in series.points:
            for line, told in zip(point.lines, point.converted, strict=True):
                own = flatten_figure(line) | _flatten_converted(told)
                own |= {"series": n, "period_start": point.start, "period_end": point.end}
                own |= {"by_report_date": point.by_report_date, "change": point.change}
                yield own | {"records": (*(x.quote.record for x in point.lines), *point.before)}


def say_series(series: FigureSeries) -> str:
    """Return what a series is of: «trade · RUS, CHN · USD»."""
    of = f"{series.unit} of {series.of}" if series.of else series.unit
    return " · ".join(part for part in (series.what, ", ".join(series.parties), of) if part)


def _say_when(point: FigurePoint) -> str:
    if point.by_report_date:
        return f"told {say_date(point.day)}"
    return lines.say_span(point.start, point.end)


def _set_point(point: FigurePoint) -> Iterator[Text]:
    from rich.text import Text

    told: dict[str, list[FigureLine]] = {}
    for line, converted in zip(point.lines, point.converted, strict=True):
        told.setdefault(_say_amount(line, converted), []).append(line)
    change = "" if point.change is None else f"  {lines.say_score(100 * point.change)} %"
    for n, (amount, same) in enumerate(told.items()):
        head = Text.assemble((amount, "bold green"), change if n == 0 else "")
        status = "" if same[0].status == "happened" else f" · {same[0].status}"
        more = f" · {say_count(len(same), 'telling')}" if len(same) > 1 else ""
        head.append(status + more, "dim")
        if len(told) > 1 and n == 0 and point.is_disputed:
            head.append(f"  ≠ {len(told)} values disagree", "bold yellow")
        yield head
        yield from set_told(same[0].quote)


def _say_amount(line: FigureLine, converted: Converted | None) -> str:
    own = lines.say_figure(line)
    if converted is None or converted.to == line.unit:
        return own
    value: Any = converted.low if converted.high is None else (converted.low, converted.high)
    amount = say_amount({"value": value, "unit": converted.to, "op": line.op, "of": line.of})
    return f"{amount} ({own} at {converted.rate:.4g} of {say_date(converted.rate_date)})"


def _flatten_converted(told: Converted | None) -> dict[str, Any]:
    return {
        "converted": told.low if told else None, "converted_high": told.high if told else None,
        "to": told.to if told else None, "rate": told.rate if told else None,
        "rate_date": told.rate_date if told else None,
    }  # fmt: skip


def draw_series(found: Sequence[FigureSeries], path: str) -> None:
    """Draw the longest series, one under the other: a dot a telling, those at odds in red, ranges as bars."""
    from detente.views.picture import HEIGHT, INK, QUAD_COLOURS, WIDTH, altair, save_picture

    if not found:
        raise InputError(
            "There is no figure told for two periods to draw: widen the window.", stage="picture"
        )
    alt = altair()
    panels = []
    for series in found[:FACETS]:
        base = alt.Chart(alt.Data(values=list(_dots(series)))).encode(
            x=alt.X("day:T", title=None, axis=alt.Axis(tickMinStep=DAY_MS, grid=False)),
            y=alt.Y("low:Q", title=series.unit, axis=alt.Axis(labelExpr=SAID)),
        )
        told = alt.Scale(domain=["agree", "disagree"], range=[QUAD_COLOURS[1], QUAD_COLOURS[3]])
        legend = alt.Legend(symbolOpacity=1)
        colour = alt.Color("told:N", title="tellings", scale=told, legend=legend)
        dots = base.mark_point(filled=True, size=70, opacity=1).encode(color=colour, shape=_shape(alt))
        bars = base.mark_rule(strokeWidth=3, opacity=0.5).encode(color=colour, y2="high:Q")
        line = (
            base.transform_filter("datum.run != null")
            .mark_line(color=INK, strokeWidth=0.7, opacity=0.6)
            .encode(detail="run:N")
        )
        height = HEIGHT if len(found) == 1 else HEIGHT // 2
        panels.append(
            alt.layer(line, bars, dots).properties(
                width=WIDTH,
                height=height,
                title=alt.TitleParams(say_series(series), anchor="start", fontSize=12),
            )
        )
    caption = "A point a telling, on the last day of its period; lines break where tellings part."
    if len(found) > FACETS:
        caption += f"\nThe {FACETS} longest of {len(found)} series."
    save_picture(alt.vconcat(*panels), path, title="Figures over time", caption=caption)


def _shape(alt: Any) -> Any:
    scale = alt.Scale(domain=["the number", "a bound or range", "planned or imagined"],
                      range=["circle", "triangle-up", "diamond"])  # fmt: skip
    return alt.Shape("kind:N", title="told as", scale=scale)


def _dots(series: FigureSeries) -> Iterator[dict[str, Any]]:
    from detente.measures.figure_series import TOLD_AS_SO

    run = 0
    for point in series.points:
        plain = point.value is not None
        run += not plain
        for line, told in zip(point.lines, point.converted, strict=True):
            low, high = line.value if isinstance(line.value, tuple) else (line.value, None)
            if told:
                low, high = told.low, told.high
            kind = "the number" if line.op in ("=", "~") and high is None else "a bound or range"
            if line.status not in TOLD_AS_SO:
                kind = "planned or imagined"
            yield {
                "day": point.day.isoformat(), "low": low, "high": low if high is None else high,
                "told": "disagree" if point.is_disputed else "agree", "kind": kind,
                "run": run if plain else None,
            }  # fmt: skip
