"""A web of states in, its picture out: friendly ties blue, hostile ones red and dashed, busy ones wide."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import need
from detente.views.picture import INK, QUAD_COLOURS, altair, save_picture
from detente.views.wording import say_count

if TYPE_CHECKING:
    from detente.measures.web import Tie, Web

SIDE = 640
STATES = 40  # drawn at most, the busiest; more cannot be read
COLOURS = {"friendly": QUAD_COLOURS[1], "hostile": QUAD_COLOURS[3], "neither": "#b5b5b5"}
NAMES = {1: "friendly", 0: "neither", -1: "hostile"}
SEED = 4  # of the layout, so that one web gives one picture

Places = Mapping[str, tuple[float, float]]


def draw_web(web: Web, path: str | Path) -> Path:
    """Draw the busiest states of a web and the ties between them."""
    shown = {node.code for node in web.nodes[:STATES]}
    ties = [tie for tie in web.ties if {tie.a, tie.b} <= shown]
    tied = {code for tie in ties for code in (tie.a, tie.b)}
    places = lay_out(ties)
    chart = (_draw_ties(ties, places) + _draw_states(web, places)).properties(width=SIDE, height=SIDE)
    left_out = len(web.nodes) - len(tied)
    size = f"{say_count(len(tied), 'state')}, {say_count(len(ties), 'tie')}"
    caption = f"{size}; a line is wider with more acts, a dot larger with more on its ties"
    if left_out:
        caption += f"\n{say_count(left_out, 'state')} with less on record are not drawn"
    window = "".join(f", {word} {day}" for word, day in (("from", web.since), ("to", web.until)) if day)
    return save_picture(chart, path, title=f"The web of states{window}", caption=caption)


def lay_out(ties: list[Tie]) -> Places:
    """Return a place for each state of ties, 0 to 1 each way: states with much between them stand near.

    Springs pull along ties and all states push each other off (Fruchterman and Reingold, by networkx). A weak
    tie of each state to the middle keeps those that have nothing to do with the rest on the sheet.
    """
    networkx = need("networkx", "stats")
    graph = networkx.Graph()
    for tie in sorted(ties, key=lambda tie: (tie.a, tie.b)):
        graph.add_edge(tie.a, tie.b, pull=1 + tie.n**0.5 / 4)
    for code in sorted(graph):
        graph.add_edge(code, "", pull=0.35)
    found = networkx.spring_layout(graph, weight="pull", seed=SEED, iterations=400, k=1.5 / len(graph) ** 0.5)
    del found[""]
    lows = [min(place[axis] for place in found.values()) for axis in (0, 1)]
    spans = [max(place[axis] for place in found.values()) - lows[axis] or 1.0 for axis in (0, 1)]
    return {
        code: (float((x - lows[0]) / spans[0]), float((y - lows[1]) / spans[1]))
        for code, (x, y) in found.items()
    }


def _draw_ties(ties: list[Tie], places: Places) -> Any:
    alt = altair()
    rows = [
        {"x": places[tie.a][0], "y": places[tie.a][1], "x2": places[tie.b][0], "y2": places[tie.b][1],
         "n": tie.n, "sign": NAMES[tie.sign]}
        for tie in sorted(ties, key=lambda tie: tie.n)
    ]  # fmt: skip
    signs = alt.Scale(domain=list(COLOURS), range=list(COLOURS.values()))
    dashes = alt.Scale(domain=list(COLOURS), range=[[1, 0], [5, 3], [1, 0]])
    legend = alt.Legend(title=None, orient="bottom", symbolType="stroke", symbolStrokeWidth=3)
    widths = alt.Scale(type="sqrt", domain=[1, max(10, *(tie.n for tie in ties))], range=[1.2, 8])
    return (
        alt.Chart(alt.Data(values=rows))
        .mark_rule(opacity=0.8)
        .encode(
            x=_axis(alt.X, "x:Q"), y=_axis(alt.Y, "y:Q"), x2="x2:Q", y2="y2:Q",
            color=alt.Color("sign:N", scale=signs, legend=legend),
            strokeDash=alt.StrokeDash("sign:N", scale=dashes, legend=legend),
            strokeWidth=alt.StrokeWidth("n:Q", scale=widths, legend=None),
        )
    )  # fmt: skip


def _draw_states(web: Web, places: Places) -> Any:
    alt = altair()
    rows = [
        {"x": places[node.code][0], "y": places[node.code][1], "name": node.name,
         "size": node.cooperation + node.conflict}
        for node in web.nodes if node.code in places
    ]  # fmt: skip
    base = alt.Chart(alt.Data(values=rows)).encode(x=_axis(alt.X, "x:Q"), y=_axis(alt.Y, "y:Q"))
    sizes = alt.Scale(type="sqrt", range=[25, 320], zero=True)
    dots = base.mark_circle(color=INK, opacity=1, stroke="white").encode(
        size=alt.Size("size:Q", scale=sizes, legend=None)
    )
    halo = base.mark_text(dy=-11, fontSize=11, color="white", stroke="white", strokeWidth=3.5)
    words = base.mark_text(dy=-11, fontSize=11, color=INK)
    return dots + halo.encode(text="name:N") + words.encode(text="name:N")


def _axis(channel: Any, field: str) -> Any:
    return channel(field, axis=None, scale=altair().Scale(domain=[-0.06, 1.06]))
