"""The trend of a pair on the terminal and as data: direction, turns, what moved it, on whose word, counted
otherwise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from detente.views.answering import flat_quote, print_flat, set_told
from detente.views.blocks import QUAD_STYLES, Beside, set_flush
from detente.views.lines import say_score, say_share, say_weight, state_name
from detente.views.terminal import stdout_console
from detente.views.wording import say_count

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from detente.measures.contributions import Contribution, Part
    from detente.measures.counting import CountedAct
    from detente.measures.trends import Trend
    from detente.measures.turns import Turn
    from detente.measures.variants import Variant

COLUMNS = (
    "part", "name", "start", "end", "value", "before", "after", "low", "high", "rising", "holds", "n",
    "weight", "pull", "level", "acts", "records", "quote", "speaker", "report", "outlet", "published",
    "record",
)  # fmt: skip
MARGIN = 14
SHOWN = 4  # acts with their quotes
LISTED = 6  # outlets or voices in a table; data has all
KINDS = (("outlet", "without"), ("voice", "without what only"), ("owner", "without"))


def print_trend(trend: Trend, shape: str) -> None:
    """Print whether the pair rose or fell, and beneath it everything that this rests on."""
    if shape != "table":
        print_flat(flatten(trend), COLUMNS, shape)
        return
    console = stdout_console()
    _print_head(console, trend)
    if trend.turns:
        _head(console, "Turns")
        for turn in trend.turns:
            _print_turn(console, trend, turn)
    if trend.shift:
        _head(console, f"What moved it: parts add up to {_signed(trend.shift.change)}")
        _print_parts(console, trend.by_type, "by type")
        _print_parts(console, trend.by_doer, "by who acts")
        for one in trend.contributions[:SHOWN]:
            console.print()
            console.print(_set_contribution(one, trend))
    _print_word(console, trend)
    _print_countings(console, trend)


def say_direction(trend: Trend) -> str:
    """Return the direction as a sentence: «falling: from +4.0 to +0.8, by −3.2 (80 % band −5.5 to −0.9)»."""
    ends = trend.ends
    if trend.shift is None or ends is None or trend.levels is None:
        told = [f"{p.period} {_signed(p.mean or 0)} ({p.n})" for p in trend.points if p.n]
        return (
            f"too few {trend.every}s to tell a direction: {len(told)} with acts, and it takes four. The "
            f"plain means (acts) are {', '.join(told)}."
        )
    shift = trend.shift
    band = f"{100 * trend.levels.band:.0f} % band {_signed(shift.low)} to {_signed(shift.high)}"
    return (
        f"{trend.says}: level from {_signed(ends[0].value)} to {_signed(ends[1].value)}, by "
        f"{_signed(shift.change)} ({band}); probability that it rose {shift.rising:.2f}"
    )


def _print_head(console: Console, trend: Trend) -> None:
    from rich.text import Text

    months = sum(point.n > 0 for point in trend.points)
    facts = (
        f"{trend.points[0].period} to {trend.points[-1].period} · {trend.scale.unit} · "
        f"{say_count(len(trend.inside), 'act')} in {months} of {say_count(len(trend.points), trend.every)} "
        f"({', '.join(trend.statuses)})"
    )
    title = Text(f"{trend.name_a} and {trend.name_b}", style="bold")
    console.print(set_flush(title, Text(facts, style="dim"), Text(say_direction(trend))))


def _print_turn(console: Console, trend: Trend, turn: Turn) -> None:
    from rich.text import Text

    head = Text(f"mean from {_signed(turn.before)} to {_signed(turn.after)}")
    body: list[RenderableType] = [head]
    for act in turn.acts:
        body += [_say_act(act, trend), *set_told(trend.quotes[act.record])]
    console.print()
    console.print(Beside((Text(turn.period, style="bold"),), tuple(body), MARGIN))  # type: ignore[arg-type]


def _print_parts(console: Console, parts: Sequence[Part], title: str) -> None:
    from rich.text import Text

    for n, part in enumerate(parts):
        margin = Text(title if n == 0 else "", style="bold")
        name = _say_doer(part.name)
        console.print(
            Beside(
                (margin,),
                (Text(f"{name:<28}{_signed(part.value):>7}  {say_count(len(part.acts), 'act')}"),),
                MARGIN,
            )
        )


def _set_contribution(one: Contribution, trend: Trend) -> Beside:
    from rich.text import Text

    head = _say_act(one.act, trend)
    head.append(f"  {_signed(one.value)}", "bold")
    return Beside(
        (Text(f"{one.act.day}", style="bold"),), (head, *set_told(trend.quotes[one.act.record])), MARGIN
    )


def _print_word(console: Console, trend: Trend) -> None:
    """On whose word it rests: the share of state media, and the direction without each teller."""
    media = trend.state_media
    _head(console, "On whose word")
    if media.share is None:
        known = f"no outlet's owner is known ({say_count(media.n_tellings, 'telling')})"
    else:
        known = f"{say_share(media.share)} of the {media.n} tellings whose outlet's owner is known"
        known += f" (of {media.n_tellings})"
    _line(console, "state media", known)
    for kind, words in KINDS:
        found = [variant for variant in trend.variants if variant.kind == kind]
        for variant in found[:LISTED]:
            alone = say_count(len(variant.acts), "act")
            name = state_name(variant.name) if kind == "voice" else variant.name
            tells = "tells" if kind == "voice" else f"({alone} nobody else tells)"
            about = f"{words} {name} {tells}" + (f" ({alone})" if kind == "voice" else "")
            _line(console, "", f"{about}: {_say_variant(variant)}")
        if len(found) > LISTED:
            _line(console, "", f"and {len(found) - LISTED} more in --format csv")


def _print_countings(console: Console, trend: Trend) -> None:
    found = [variant for variant in trend.variants if variant.kind in ("counting", "scale")]
    if found:
        _head(console, "Counted otherwise")
    for variant in found:
        acts = say_count(len(variant.acts), "act")
        _line(console, variant.kind, f"{variant.name} ({acts}): {_say_variant(variant)}")


def _say_variant(variant: Variant) -> str:
    if variant.shift is None:
        return "too few periods are left to tell"
    holds = "the direction holds" if variant.holds else "the direction does not hold"
    return f"{_signed(variant.shift.change)}, rose {variant.shift.rising:.2f}; {holds}"


def _say_act(act: CountedAct, trend: Trend) -> Any:
    from rich.text import Text

    who = " and ".join(act.sources) + (f" → {' and '.join(act.recipients)}" if act.recipients else "")
    kind = f"{act.type}/{act.mode}" if act.mode else act.type
    return Text.assemble(
        who, (" · ", "dim"), (kind, QUAD_STYLES.get(act.quad, "")), f" {say_weight(trend.scale.weigh(act))}"
    )


def _say_doer(name: str) -> str:
    """Return a part's name for people: «NOR to RUS» is «Norway to Russia»."""
    one, to, other = name.partition(" to ")
    return f"{state_name(one)} to {state_name(other)}" if to else name


def _signed(value: float) -> str:
    return say_score(value)


def _head(console: Console, words: str) -> None:
    from rich.text import Text

    console.print()
    console.print(Text(words, style="bold underline"))


def _line(console: Console, margin: str, words: str) -> None:
    from rich.text import Text

    console.print(Beside((Text(margin, style="bold"),), (Text(words),), MARGIN))


def flatten(trend: Trend) -> Iterator[dict[str, Any]]:
    """Yield the parts of a trend as flat rows, `part` saying which: direction, turn, type, doer, act,
    outlet…"""
    yield from map(_full, (*_flat_direction(trend), *_flat_moved(trend), *_flat_word(trend)))


def _full(row: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(COLUMNS) | row


def _flat_direction(trend: Trend) -> Iterator[dict[str, Any]]:
    start, end, ends = trend.points[0].period, trend.points[-1].period, trend.ends
    acts = tuple(act.act for act in trend.acts)
    row: dict[str, Any] = {
        "part": "direction",
        "name": trend.says,
        "start": start,
        "end": end,
        "acts": acts,
        "n": len(trend.inside),
    }
    if trend.shift and ends:
        row |= {"value": trend.shift.change, "low": trend.shift.low, "high": trend.shift.high,
                "rising": trend.shift.rising, "before": ends[0].value, "after": ends[1].value}  # fmt: skip
    yield row
    for turn in trend.turns:
        yield {"part": "turn", "name": turn.period, "start": turn.period, "value": turn.after - turn.before,
               "before": turn.before, "after": turn.after, "n": len(turn.acts_after),
               "acts": (*turn.acts_before, *turn.acts_after),
               } | flat_quote(trend.quotes[turn.acts[0].record] if turn.acts else None)  # fmt: skip


def _flat_moved(trend: Trend) -> Iterator[dict[str, Any]]:
    for kind, parts in (("type", trend.by_type), ("doer", trend.by_doer)):
        for part in parts:
            yield {"part": kind, "name": part.name, "value": part.value, "n": len(part.acts),
                   "acts": part.acts} | flat_quote(trend.quotes.get(part.record))  # fmt: skip
    for one in trend.contributions:
        yield {"part": "act", "name": one.act.type, "start": one.act.day, "value": one.value, "n": one.n,
               "weight": one.weight, "pull": one.pull, "level": one.level, "acts": (one.act.act,),
               } | flat_quote(trend.quotes.get(one.act.record)) | {"record": one.act.record}  # fmt: skip


def _flat_word(trend: Trend) -> Iterable[dict[str, Any]]:
    media = trend.state_media
    yield {
        "part": "state_media",
        "name": "state media",
        "value": media.share,
        "n": media.n,
        "records": media.records,
    }
    for variant in trend.variants:
        shift = variant.shift
        moved = (
            {}
            if shift is None
            else {"value": shift.change, "low": shift.low, "high": shift.high, "rising": shift.rising}
        )
        yield {"part": variant.kind, "name": variant.name, "n": len(variant.acts), "holds": variant.holds,
               "acts": variant.acts} | moved  # fmt: skip
