"""The next periods of a series on the terminal, as data and as a picture, beside no change and history."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.measures.forecasts import FEW_ORIGINS
from detente.views.answering import print_flat, set_told
from detente.views.blocks import set_flush
from detente.views.picture import HEIGHT, INK, QUAD_COLOURS, WIDTH, altair, save_picture
from detente.views.terminal import stdout_console
from detente.views.wording import say_count

if TYPE_CHECKING:
    from rich.console import Console

    from detente.measures.forecasts import Band, Forecast
    from detente.measures.lines import Quote

SHOWN = 72  # periods of the past in a picture, the latest
MOSTLY = 0.6  # share of values that are one: the bands then say little
COLUMNS = (
    "ahead", "period", "middle", "low", "high", "no_change", "no_change_low", "no_change_high", "history",
    "history_low", "history_high", "band", "origins", "crps", "crps_no_change", "crps_history", "ratio",
    "held", "held_no_change", "held_history", "all_ratio", "beats_no_change", "acts",
)  # fmt: skip


def print_data(found: Forecast, shape: str) -> None:
    """Print a line a period ahead, with the score of forecasts so far ahead."""
    print_flat(flatten(found), COLUMNS, shape)


def flatten(found: Forecast) -> Iterable[dict[str, Any]]:
    """Return the periods ahead as flat columns; `acts` are those of the whole series, which all rest on."""
    scores = {score.ahead: score for score in found.scores}
    acts = tuple(act for period in found.series.acts for act in period)
    for step in found.steps:
        score = scores.get(step.ahead)
        told = ("crps", "crps_no_change", "crps_history", "ratio", "held", "held_no_change", "held_history")
        yield {
            "ahead": step.ahead, "period": step.period.name, "band": found.band,
            "middle": step.forecast.middle, "low": step.forecast.low, "high": step.forecast.high,
            "no_change": step.no_change.middle, "no_change_low": step.no_change.low,
            "no_change_high": step.no_change.high, "history": step.history.middle,
            "history_low": step.history.low, "history_high": step.history.high,
            "origins": score.n if score else 0, "all_ratio": found.ratio,
            "beats_no_change": found.beats_no_change, "acts": acts,
        } | {name: getattr(score, name, None) for name in told}  # fmt: skip


def print_forecast(found: Forecast, quote: Quote | None = None) -> None:
    """Print the periods ahead, the scores, and in one sentence whether the forecast is worth having.

    `quote` is of the newest act that the series rests on.
    """
    from rich.text import Text

    console = stdout_console()
    series = found.series
    span = f"{series.periods[0].name} to {series.periods[-1].name}"
    rests = f"{say_count(series.n, 'value')}, {span}, {series.unit}"
    console.print(set_flush(Text(series.name, style="bold"), Text(rests, style="dim")))
    console.print()
    _print_steps(console, found)
    console.print()
    _print_scores(console, found)
    console.print(set_flush(*map(Text, say_verdict(found))))
    if quote:
        console.print()
        console.print(set_flush(Text("The newest act it rests on", style="dim italic"), *set_told(quote)))


def say_verdict(found: Forecast) -> list[str]:
    """Return whether the forecast beat no change on the past, and what to make of it."""
    if same := _say_sameness(found):
        return [same, *_say_scores(found)]
    return _say_scores(found)


def _say_sameness(found: Forecast) -> str:
    """Return a warning where most values are one and the same: a band may then hold that one alone."""
    known = [value for value in found.series.values if value is not None]
    value, n = Counter(known).most_common(1)[0]
    if n / len(known) < MOSTLY:
        return ""
    return (
        f"{n} of {say_count(len(known), 'value')} are {_say(value)}: a band may hold that alone, and tells "
        "of no other; take longer periods."
    )


def _say_scores(found: Forecast) -> list[str]:
    if found.ratio is None:
        return ["No forecast of the past could be scored: the series is short. Take the bands with care."]
    better = f"{found.ratio:.2f} of no change's, smaller at {100 * (found.better or 0):.0f} % of origins"
    lines = [f"It beats no change: its CRPS is {better}."]
    if found.ratio >= 1:
        lines = [f"It does not beat no change: its CRPS is {better}. Take no change instead."]
    if found.ratio_history is not None:
        verdict = "better" if found.ratio_history < 1 else "history alone does as well or better"
        lines.append(f"Against resampled history its CRPS is {found.ratio_history:.2f}: {verdict}.")
    if found.origins < FEW_ORIGINS:
        lines.append(f"Scored on {say_count(found.origins, 'origin')} only: that says little.")
    return lines


def draw_forecast(found: Forecast, path: str | Path) -> Path:
    """Draw the series, the forecast with its band, and no change beside it."""
    alt = altair()
    series = found.series
    past = [
        {"day": period.start.isoformat(), "value": value}
        for period, value in list(zip(series.periods, series.values, strict=True))[-SHOWN:]
    ]
    ahead = [
        {"day": step.period.start.isoformat(), "middle": step.forecast.middle, "low": step.forecast.low,
         "high": step.forecast.high, "same": step.no_change.middle, "same_low": step.no_change.low,
         "same_high": step.no_change.high}
        for step in found.steps
    ]  # fmt: skip
    x = alt.X("day:T", title=None, axis=alt.Axis(grid=False))
    value = alt.Y("value:Q", title=series.unit)
    line = alt.Chart(alt.Data(values=past)).mark_line(
        color=INK, strokeWidth=1.4, point={"color": INK, "size": 14}
    )
    then = alt.Chart(alt.Data(values=ahead)).encode(x=x)
    layers = [
        line.encode(x=x, y=value),
        then.mark_area(color=QUAD_COLOURS[0], opacity=0.55).encode(y="low:Q", y2="high:Q"),
        then.mark_line(color=QUAD_COLOURS[1], strokeWidth=2.5).encode(y="middle:Q"),
        *(
            then.mark_line(color=QUAD_COLOURS[3], strokeDash=[4, 3], strokeWidth=1.2).encode(y=f"{end}:Q")
            for end in ("same", "same_low", "same_high")
        ),
    ]
    bands = f"blue: the forecast and its {100 * found.band:.0f} % band; red, dashed: no change and its band"
    return save_picture(
        alt.layer(*layers).properties(width=WIDTH, height=HEIGHT), path, title=series.name,
        caption=f"{bands}\n{_say_scores(found)[0]}",
    )  # fmt: skip


def _print_steps(console: Console, found: Forecast) -> None:
    from rich.text import Text

    band = f"{100 * found.band:.0f} % band"
    console.print(Text(f"{'':10}{'forecast':>10}{band:>19}{'no change':>12}{band:>19}", style="dim"))
    for step in found.steps:
        mine, same = step.forecast, step.no_change
        row = f"{step.period.name:<11}{_say(mine.middle):>9}{_say_band(mine):>19}"
        console.print(Text(f"{row}{_say(same.middle):>12}{_say_band(same):>19}"))


def _print_scores(console: Console, found: Forecast) -> None:
    from rich.text import Text

    if not found.scores:
        return
    head = (
        f"{'ahead':<7}{'origins':>8}{'CRPS':>9}{'no change':>11}{'history':>9}{'ratio':>7}{'band held':>11}"
    )
    console.print(Text(head, style="dim"))
    for score in found.scores:
        ratio = f"{score.ratio:.2f}" if score.ratio is not None else ""
        console.print(
            Text(
                f"{score.ahead:<7}{score.n:>8}{score.crps:>9.2f}{score.crps_no_change:>11.2f}"
                f"{score.crps_history:>9.2f}{ratio:>7}{100 * score.held:>9.0f} %"
            )
        )


def _say(value: float) -> str:
    return f"{value:.1f}".replace("-", "−")


def _say_band(band: Band) -> str:
    return f"{_say(band.low)} to {_say(band.high)}"
