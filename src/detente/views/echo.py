"""What followed a third party's acts, as words, as data, as a picture: before, after, and by chance."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.views.answering import print_flat, set_told
from detente.views.blocks import Beside, set_flush
from detente.views.lines import say_score, state_name
from detente.views.picture import FAINT, HEIGHT, INK, QUAD_COLOURS, WIDTH, altair, save_picture
from detente.views.terminal import say, stdout_console
from detente.views.wording import say_count

if TYPE_CHECKING:
    from rich.text import Text

    from detente.measures.echoes import Echo, Occasion
    from detente.measures.lines import Quote

Quotes = Mapping[str, "Quote"]

COLUMNS = (
    "line", "day", "change", "before", "after", "low", "high", "placebo", "placebo_low", "placebo_high",
    "effect", "p", "n", "placebo_days", "is_clear", "overlapping", "cut", "first", "last", "by_report_date",
    "quote", "record", "by_acts", "acts",
)  # fmt: skip
BINS = 30  # of the picture
NO_CLAIM = "Before and after, not cause: what else happened in these days is not held apart."


def print_data(echo: Echo, quotes: Quotes, shape: str) -> None:
    """Print a line for all occasions, then one an occasion."""
    rows = [flatten(echo), *(flatten_occasion(o, quotes) for o in echo.occasions)]
    empty = dict.fromkeys(COLUMNS)
    print_flat((empty | row for row in rows), COLUMNS, shape)


def flatten(echo: Echo) -> dict[str, Any]:
    """Return the comparison as flat columns; its acts are all that it rests on."""
    found = echo.compared
    names = (
        "change", "low", "high", "placebo", "placebo_low", "placebo_high", "effect", "p", "placebo_days",
        "is_clear",
    )  # fmt: skip
    return {name: getattr(found, name) for name in names} | {
        "line": "all", "n": len(echo.occasions), "overlapping": echo.overlapping, "cut": echo.cut,
        "first": echo.first, "last": echo.last, "acts": echo.acts,
        "by_acts": tuple(act for o in echo.occasions for act in o.acts),
    }  # fmt: skip


def flatten_occasion(o: Occasion, quotes: Quotes) -> dict[str, Any]:
    """Return one occasion as flat columns; `by_acts` are the third party's, `acts` the pair's."""
    quote = quotes.get(o.record)
    return {
        "line": "occasion", "day": o.day, "change": o.change, "before": o.before, "after": o.after,
        "by_report_date": o.by_report_date, "quote": quote.quote if quote else None, "record": o.record,
        "by_acts": o.acts, "acts": (*o.acts_before, *o.acts_after),
    }  # fmt: skip


def print_echo(echo: Echo, quotes: Quotes, *, limit: int) -> None:
    """Print the comparison in sentences, then each occasion with its quote, the newest first."""
    from rich.text import Text

    console = stdout_console()
    console.print(set_flush(Text(_say_question(echo), style="bold"), *map(Text, say_answer(echo))))
    console.print(set_flush(Text(NO_CLAIM, style="italic")))
    for occasion in echo.occasions[::-1][:limit]:
        console.print()
        console.print(
            Beside((Text(occasion.day.isoformat(), style="bold"),), tuple(_set(echo, occasion, quotes)))
        )
    if len(echo.occasions) > limit:
        more = say_count(len(echo.occasions) - limit, "more occasion")
        say(f"and {more}; --limit shows more, --format csv all.")


def say_answer(echo: Echo) -> list[str]:
    """Return what was found in sentences: the change, chance, and what limits the answer."""
    found, n = echo.compared, len(echo.occasions)
    lines = [f"{say_count(n, 'occasion')}; mean change {_say(echo, found.change)} {_unit(echo)}."]
    if found.low is not None and found.high is not None:
        lines[0] = f"{lines[0][:-1]} (95 % interval {_say(echo, found.low)} to {_say(echo, found.high)})."
    else:
        lines.append("Fewer than five occasions: too few for an interval.")
    if found.p is None or found.placebo is None:
        lines.append("No days are left to compare with: take a longer window or fewer --days.")
    else:
        ends = f"{_say(echo, found.placebo_low or 0.0)} to {_say(echo, found.placebo_high or 0.0)}"
        lines.append(
            f"After as many days drawn at random it is {_say(echo, found.placebo)} ({ends} in 95 of 100 "
            f"draws); a change as far from that has p = {found.p:.3f}."
        )
        if not found.is_clear:
            lines.append("Acts are so frequent that the days drawn lie near some: the comparison is blunt.")
    if echo.overlapping:
        lines.append(
            f"On {say_count(echo.overlapping, 'occasion')} the days overlap with those of the one before."
        )
    if echo.cut:
        lines.append(
            f"Left out: {say_count(echo.cut, 'day')} too near the ends of {echo.first} to {echo.last}."
        )
    return lines


def draw_echo(echo: Echo, path: str | Path) -> Path:
    """Draw the changes after days drawn at random as a heap, and the change found as a line."""
    found = echo.compared
    if not found.draws:
        raise InputError("There are no days to compare with: nothing to draw.", stage="picture")
    alt = altair()
    rows = [{"change": change} for change in found.draws]
    heap = (
        alt.Chart(alt.Data(values=rows))
        .mark_bar(color="#c9c9c9")
        .encode(
            x=alt.X("change:Q", bin=alt.Bin(maxbins=BINS), title=f"mean change, {_unit(echo)}"),
            y=alt.Y("count()", title="draws"),
        )
    )
    colour = QUAD_COLOURS[1] if found.change >= (found.placebo or 0.0) else QUAD_COLOURS[3]
    base = alt.Chart(alt.Data(values=[{"at": found.change, "words": f"found: {_say(echo, found.change)}"}]))
    line = base.mark_rule(color=colour, strokeWidth=3).encode(x="at:Q")
    words = base.mark_text(align="left", dx=6, dy=-HEIGHT / 2 + 10, color=INK).encode(
        x="at:Q", text="words:N"
    )
    zero = alt.Chart(alt.Data(values=[{"at": 0}])).mark_rule(color=FAINT, strokeDash=[3, 3]).encode(x="at:Q")
    chart = alt.layer(heap, zero, line, words).properties(width=WIDTH, height=HEIGHT)
    return save_picture(
        chart, path, title=_say_question(echo),
        caption=f"grey: {len(found.draws):,} draws of {say_count(len(echo.occasions), 'other day')}; "
        f"p = {found.p:.3f}. {NO_CLAIM}",
    )  # fmt: skip


def _say_question(echo: Echo) -> str:
    """Return what was asked: «Egypt and Ethiopia in 30 days after acts of United States, less 30 before»."""
    acts = " or ".join(echo.types) or "acts"
    target = f" on {state_name(echo.on)}" if echo.on else ""
    return (
        f"{state_name(echo.a)} and {state_name(echo.b)}, {echo.days} days after {acts} by "
        f"{state_name(echo.by)}{target}, less {echo.days} days before"
    )


def _set(echo: Echo, o: Occasion, quotes: Quotes) -> list[Text]:
    from rich.text import Text

    acts = f"{len(o.acts_before)} and {say_count(len(o.acts_after), 'act')}"
    facts = f"before {_say(echo, o.before)}, after {_say(echo, o.after)}: {_say(echo, o.change)} ({acts})"
    dated = " · by the day of its report" if o.by_report_date else ""
    body = [Text.assemble((facts, "bold"), (dated, "dim"))]
    return body + (list(set_told(quotes[o.record])) if o.record in quotes else [])


def _say(echo: Echo, value: float) -> str:
    return say_score(value) if echo.measure == "total" else f"{value:+.1f}".replace("-", "−")


def _unit(echo: Echo) -> str:
    return "PLOVER points" if echo.measure == "total" else "acts"
