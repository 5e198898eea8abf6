"""Comparisons on the terminal, as data and as pictures: two sides, or the archive beside a series."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.views.answering import print_blocks, print_flat
from detente.views.lines import say_score
from detente.views.picture import FAINT, INK, WIDTH, altair, save_picture
from detente.views.terminal import say
from detente.views.wording import say_count

if TYPE_CHECKING:
    from detente.measures.comparing import Difference, Lagged, Side
    from detente.measures.series import Series

SIDE_COLUMNS = (
    "what", "name", "first", "last", "n", "value", "low", "high", "first_n", "second_n", "reports", "acts",
)  # fmt: skip
LAG_COLUMNS = ("lag", "n", "pearson", "spearman", "low", "high", "highest", "acts")
SHOWN_TYPES = 5
COLOURS = ("#1d5c8f", "#b23a1e")


def print_difference(found: Difference, shape: str) -> None:
    """Print two sides, the difference of their means, and the types whose shares differ most."""
    if shape != "table":
        print_flat(flatten(found), SIDE_COLUMNS, shape)
        return
    from rich.text import Text

    blocks = [(mark, _set_side(side)) for mark, side in (("first", found.first), ("second", found.second))]
    lines = [Text(_say_change(found), style="bold")]
    lines += [Text(_say_shift(s)) for s in found.types[:SHOWN_TYPES] if s.change]
    print_blocks([*blocks, ("difference", lines)])
    say("A difference of two means of acts, which are not independent draws: it says nothing of causes.")


def flatten(found: Difference) -> list[dict[str, Any]]:
    """Return a comparison as flat rows: each side's mean, the change, the change of each type's share."""
    blank = dict.fromkeys(SIDE_COLUMNS)
    rows = []
    for what, side in (("first", found.first), ("second", found.second)):
        rows.append(blank | {
            "what": what, "name": side.name, "first": side.first, "last": side.last, "n": side.n,
            "value": side.mean, "reports": side.reports, "acts": side.acts,
        })  # fmt: skip
    both = (*found.first.acts, *found.second.acts)
    sizes = {"first_n": found.first.n, "second_n": found.second.n}
    rows.append(
        blank | {"what": "change", "name": "mean", "n": found.first.n + found.second.n, "value": found.change,
                 "low": found.low, "high": found.high, "acts": both} | sizes
    )  # fmt: skip
    for s in found.types:
        rows.append(blank | {
            "what": "share", "name": s.type, "n": s.first_n + s.second_n, "value": s.change, "low": s.low,
            "high": s.high, "first_n": s.first_n, "second_n": s.second_n, "acts": s.acts,
        })  # fmt: skip
    return rows


def print_lags(ours: Series, lines: Sequence[Lagged], shape: str, *, name: str) -> None:
    """Print how the archive goes with a series at each lag; the highest is said with its caveat."""
    if shape != "table":
        acts = tuple(dict.fromkeys(act for ids in ours.acts for act in ids))
        names = LAG_COLUMNS[:-1]
        print_flat(
            ({n: getattr(line, n) for n in names} | {"acts": acts} for line in lines), LAG_COLUMNS, shape
        )
        return
    from rich.text import Text

    print_blocks((f"lag {line.lag:+d}", [Text(_say_lag(line), style="bold" if line.highest else "")])
                 for line in lines)  # fmt: skip
    best = next((line for line in lines if line.highest), None)
    if best is None:
        say("One of the two never varies, so nothing can go together.")
        return
    within = best.low is not None and best.high is not None and best.low <= 0 <= best.high
    verdict = "no lag is told apart from none" if within else "more than the best of as many by chance"
    say(
        f"Highest at lag {best.lag:+d} of {len(lines)} looked at; intervals are widened for that, not for "
        f"periods that hang together: {verdict}. Lag +1: «{name}» a period after the archive."
    )


def _set_side(side: Side) -> list[Any]:
    from rich.text import Text

    window = f", {side.first or 'first'} to {side.last or 'last'}" if side.first or side.last else ""
    mean = f"mean {say_score(side.mean)}, sum {say_score(side.total)}" if side.mean is not None else "no mean"
    counts = f"{say_count(side.n, 'act')} in {say_count(side.reports, 'report')}; {mean}"
    return [Text(f"{side.name}{window}", style="bold"), Text(counts)]


def _say_change(found: Difference) -> str:
    if found.change is None:
        return "no difference: one side has no act in its window"
    band = ""
    if found.low is not None and found.high is not None:
        band = f" (95 % interval {say_score(found.low)} to {say_score(found.high)})"
        band += "; 0 lies within" if found.low <= 0 <= found.high else ""
    return f"mean of the second less that of the first: {say_score(found.change)} points{band}"


def _say_shift(s: Any) -> str:
    return (
        f"{s.type}: {100 * s.first_share:.0f} % ({s.first_n}) and {100 * s.second_share:.0f} % "
        f"({s.second_n}), {_signed(s.change)} points ({_signed(s.low)} to {_signed(s.high)})"
    )


def _signed(share: float) -> str:
    """Return a difference of shares in points with the sign that other numbers bear: −13."""
    return f"{100 * share:+.0f}".replace("-", "−")


def _say_lag(line: Lagged) -> str:
    if line.spearman is None or line.low is None or line.high is None:
        return f"not defined: one of the two does not vary over {say_count(line.n, 'period')}"
    return (
        f"rho {line.spearman:+.2f} ({line.low:+.2f} to {line.high:+.2f}), r {line.pearson:+.2f}, n {line.n}"
    ).replace("-", "−")


def draw_difference(found: Difference, path: str | Path) -> Path:
    """Draw the share of each type on both sides, as bars side by side, the most different on top."""
    alt = altair()
    names = (_label(found.first, found, "first"), _label(found.second, found, "second"))
    rows = [
        {"type": s.type, "side": name, "share": share, "acts": n}
        for s in found.types
        for name, share, n in zip(
            names, (s.first_share, s.second_share), (s.first_n, s.second_n), strict=True
        )
    ]
    order = [s.type for s in found.types]
    side = alt.Scale(domain=list(names), range=list(COLOURS))
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("type:N", sort=order, title=None, axis=alt.Axis(ticks=False, domain=False)),
        yOffset=alt.YOffset("side:N", sort=list(names)),
        x=alt.X("share:Q", title="share of acts", axis=alt.Axis(format="%", tickCount=5)),
    )
    bars = base.mark_bar(height={"band": 0.8}).encode(
        color=alt.Color("side:N", scale=side, legend=alt.Legend(title=None, orient="top", labelLimit=0)),
    )
    words = base.mark_text(align="left", dx=4, color=INK, fontSize=10).encode(text="acts:Q")
    chart = (bars + words).properties(width=WIDTH, height=alt.Step(12))
    return save_picture(
        chart, path, title="Of which acts each side is made",
        caption=f"{_say_change(found)}\nnumbers at the bars: acts",
    )  # fmt: skip


def _label(side: Side, found: Difference, mark: str) -> str:
    window = f", {side.first or 'first'} to {side.last or 'last'}" if side.first or side.last else ""
    same = found.first.name == found.second.name and not window
    return f"{side.name}{window}" + (f" ({mark})" if same else "")


def draw_lags(ours: Series, lines: Sequence[Lagged], path: str | Path, *, name: str) -> Path:
    """Draw the correlation at each lag with its widened interval, the farthest from 0 in red."""
    alt = altair()
    rows = [
        {"lag": x.lag, "rho": x.spearman, "low": x.low, "high": x.high, "best": x.highest}
        for x in lines if x.spearman is not None
    ]  # fmt: skip
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("lag:O", title=f"periods by which «{name}» comes later", axis=alt.Axis(labelAngle=0)),
        color=alt.Color("best:N", scale=alt.Scale(domain=[False, True], range=list(COLOURS)), legend=None),
    )
    scale = alt.Scale(domain=[-1, 1])
    y = alt.Y("rho:Q", title="Spearman's rho", scale=scale)
    zero = alt.Chart(alt.Data(values=[{"rho": 0}])).mark_rule(color=FAINT).encode(y=y)
    bands = base.mark_rule(strokeWidth=2).encode(y=alt.Y("low:Q", scale=scale), y2="high:Q")
    chart = (zero + bands + base.mark_point(filled=True, size=55, opacity=1).encode(y=y)).properties(
        width=WIDTH, height=220
    )
    n = max((x.n for x in lines), default=0)
    return save_picture(
        chart, path, title=f"{ours.name}, beside «{name}»",
        caption=f"{say_count(n, 'period')} in common at most; 95 % intervals, widened for all lags looked at",
    )  # fmt: skip
