"""Agreement as pictures: a pair's share over time, all pairs beside a series, the matrix with its blocs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.views.agreeing import say_comparison
from detente.views.blocs import say_structure
from detente.views.lines import state_name
from detente.views.picture import FAINT, HEIGHT, INK, QUAD_COLOURS, WIDTH, altair, save_picture

if TYPE_CHECKING:
    from detente.measures.agreement import Agreement
    from detente.measures.beside import Comparison
    from detente.measures.blocs import Blocs

SIDE = 900  # pixels of a matrix at most, unless its cells would be smaller than SMALLEST
SMALLEST, LARGEST = 16, 34


def draw_periods(found: Sequence[Agreement], path: str) -> None:
    """Draw the share agreed by period: a dot with its interval and n, a gap where nothing is shared."""
    if not any(x.n for x in found):
        raise InputError("There is no issue on record together to draw: widen the window.", stage="picture")
    alt = altair()
    rows = [
        {"period": x.period, "share": x.share, "low": x.interval[0], "high": x.interval[1],
         "n": f"{x.agreed} of {x.n}"}
        for x in found if x.interval
    ]  # fmt: skip
    order = [x.period for x in found]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X(
            "period:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=alt.Axis(labelAngle=0)
        )
    )
    scale = alt.Scale(domain=[0, 1])
    title = "share of issues agreed"
    bars = base.mark_rule(color=FAINT, strokeWidth=2).encode(
        y=alt.Y("low:Q", scale=scale, title=title, axis=alt.Axis(format=".0%")), y2="high:Q"
    )
    dots = base.mark_circle(size=90, color=QUAD_COLOURS[1], opacity=1).encode(y=alt.Y("share:Q", scale=scale))
    words = base.mark_text(dx=9, align="left", color=INK).encode(y=alt.Y("share:Q", scale=scale), text="n:N")
    names = f"{state_name(found[0].a)} and {state_name(found[0].b)}"
    chart = alt.layer(bars, dots, words).properties(width=WIDTH, height=HEIGHT)
    caption = "Share of the issues on which both took a side in the period; bars are 95 % intervals (Wilson)."
    save_picture(chart, path, title=f"{names}: how far they agree", caption=caption)


def draw_comparison(comparison: Comparison, path: str) -> None:
    """Draw each pair as a dot: the archive's share against the file's value, larger with more issues."""
    if not comparison.pairs:
        raise InputError("No pair stands in both the archive and the file: nothing to draw.", stage="picture")
    alt = altair()
    rows = [
        {"share": x.agreement.share, "value": x.value, "n": x.agreement.n,
         "pair": f"{x.agreement.a}-{x.agreement.b}"}
        for x in comparison.pairs
    ]  # fmt: skip
    chart = (
        alt.Chart(alt.Data(values=rows))
        .mark_circle(color=QUAD_COLOURS[1], opacity=0.45)
        .encode(
            x=alt.X("value:Q", title=f"{comparison.kind} in the file", scale=alt.Scale(zero=False)),
            y=alt.Y("share:Q", title="share of issues agreed", axis=alt.Axis(format=".0%")),
            size=alt.Size("n:Q", title="issues", scale=alt.Scale(range=[15, 260])),
        )
        .properties(width=WIDTH, height=HEIGHT)
    )
    words = say_comparison(comparison).split(": ", 1)
    save_picture(chart, path, title="Agreement, and the series beside it", caption="\n".join(words))


def draw_matrix(found: Blocs, path: str) -> None:
    """Draw the ordered matrix: colour the share agreed, the number of issues in each cell, blocs framed."""
    alt = altair()
    order = [m.code for m in found.members]
    size = max(SMALLEST, min(LARGEST, SIDE // len(order)))
    upright = 0 if size == LARGEST else -90
    base = alt.Chart(alt.Data(values=list(_cells(found)))).encode(
        x=alt.X("b:N", sort=order, title=None, axis=alt.Axis(orient="top", labelAngle=upright)),
        y=alt.Y("a:N", sort=order, title=None),
    )
    scale = alt.Scale(
        domain=[0, 0.5, 1], range=[QUAD_COLOURS[3], "#f4f1ec", QUAD_COLOURS[1]], interpolate="rgb"
    )
    legend = alt.Legend(title="share agreed", format=".0%")
    squares = base.mark_rect(stroke="white").encode(color=alt.Color("share:Q", scale=scale, legend=legend))
    words = base.mark_text(fontSize=max(7, size // 3)).encode(
        text="n:Q",
        color=alt.condition("abs(datum.share - 0.5) > 0.3", alt.value("white"), alt.value(INK)),
    )
    chart = alt.layer(squares, words)
    if found.count > 1:
        chart = alt.layer(chart, _frame(found)).resolve_scale(x="independent", y="independent")
    caption = (
        f"{say_structure(found)}\nThe number in a cell: issues on which both take a side; "
        f"empty where fewer than {found.least}."
    )
    side = size * len(order)
    save_picture(
        chart.properties(width=side, height=side), path, title="Who agrees with whom", caption=caption
    )


def _cells(found: Blocs) -> Iterator[dict[str, Any]]:
    for (a, b), cell in found.cells.items():
        for one, other in ((a, b), (b, a)):
            yield {"a": one, "b": other, "share": cell.share, "n": cell.n}


def _frame(found: Blocs) -> Any:
    """Return a frame around each bloc on the diagonal."""
    alt = altair()
    frames, start = [], 0
    for _, group in groupby(found.members, lambda m: m.bloc):
        end = start + len(list(group))
        frames.append({"start": start, "end": end})
        start = end
    across = alt.Scale(domain=[0, start], nice=False)
    down = alt.Scale(domain=[0, start], nice=False, reverse=True)
    return (
        alt.Chart(alt.Data(values=frames))
        .mark_rect(fill=None, stroke=INK, strokeWidth=1.5)
        .encode(x=alt.X("start:Q", scale=across, axis=None), x2="end:Q",
                y=alt.Y("start:Q", scale=down, axis=None), y2="end:Q")
    )  # fmt: skip
