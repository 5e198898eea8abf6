"""Agreement of states on the terminal and as data: a pair issue by issue, or pair by pair, with quotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from detente.views.answering import print_blocks, print_flat, set_told
from detente.views.blocks import Beside, set_flush
from detente.views.lines import say_share, state_name
from detente.views.terminal import say, stdout_console
from detente.views.wording import say_count, say_date

if TYPE_CHECKING:
    from rich.text import Text

    from detente.measures.agreement import Agreement, Drift, SharedIssue
    from detente.measures.held import Held
    from detente.measures.lines import Quote

Quotes = Mapping[str, "Quote"]

COLUMNS = (
    "a", "b", "name_a", "name_b", "period", "agreed", "n", "share", "low", "high", "change", "change_low",
    "change_high", "neutral", "joint", "apart", "parted", "shared", "records", "joint_records",
)  # fmt: skip
_SIDE = ("stance", "date", "own", "quote", "speaker", "outlet", "published", "report", "record")
ISSUE_COLUMNS = (
    "a", "b", "period", "issue", "name", "agree",
    *(f"{name}_{side}" for side in "ab" for name in _SIDE), "records",
)  # fmt: skip
VERDICTS = {False: "part", True: "agree", None: "neutral"}
BAR = 10  # cells of a share's bar
RANK = 4  # columns of a pair's number in a list


def flatten(x: Agreement, drift: Drift | None = None) -> dict[str, Any]:
    """Return an agreement as flat columns; `drift` is how it changed since the pair's first period."""
    low, high = x.interval or (None, None)
    change_low, change_high = drift.interval if drift else (None, None)
    sides = {v: tuple(line.issue for line in x.issues if line.agree is v) for v in (True, False)}
    return {
        "a": x.a, "b": x.b, "name_a": state_name(x.a), "name_b": state_name(x.b), "period": x.period,
        "agreed": x.agreed, "n": x.n, "share": x.share, "low": low, "high": high,
        "change": drift.change if drift else None, "change_low": change_low, "change_high": change_high,
        "neutral": x.neutral, "joint": len(x.joint), "apart": x.apart,
        "parted": sides[False], "shared": sides[True], "records": x.records, "joint_records": x.joint,
    }  # fmt: skip


def flatten_issue(x: Agreement, line: SharedIssue, quotes: Quotes) -> dict[str, Any]:
    """Return one issue of an agreement as flat columns, both stances with their words."""
    row: dict[str, Any] = {
        "a": x.a, "b": x.b, "period": x.period, "issue": line.issue, "name": line.name, "agree": line.agree,
        "records": line.records,
    }  # fmt: skip
    for side, held in (("a", line.a), ("b", line.b)):
        quote = quotes.get(held.record)
        row |= {f"stance_{side}": held.stance, f"date_{side}": held.day, f"own_{side}": held.own}
        row |= {f"{name}_{side}": getattr(quote, name, None) for name in _SIDE[3:]}
    return row


def print_issues(found: Sequence[Agreement], quotes: Quotes, shape: str) -> None:
    """Print each issue of each pair as data."""
    print_flat((flatten_issue(x, line, quotes) for x in found for line in x.issues), ISSUE_COLUMNS, shape)


def print_data(found: Sequence[Agreement], shape: str) -> None:
    """Print pairs, or the periods of one, as data; `change` is since the first period on record."""
    from detente.measures.agreement import draw_drift

    one_pair = bool(found) and all((x.a, x.b) == (found[0].a, found[0].b) for x in found)
    drifts = [draw_drift(found[: k + 1]) if one_pair and x.n else None for k, x in enumerate(found)]
    print_flat(map(flatten, found, drifts), COLUMNS, shape)


def print_pair(found: Sequence[Agreement], drift: Drift | None, quotes: Quotes) -> None:
    """Print one pair: the share, its periods where asked for, then each issue with both stances."""
    from rich.text import Text

    console = stdout_console()
    names = f"{state_name(found[0].a)} and {state_name(found[0].b)}" if found else ""
    for n, x in enumerate(found):
        if not x.period:
            facts = Text(_say_facts(x))
            console.print(set_flush(Text(names, style="bold"), facts))
        elif n == 0:
            console.print(set_flush(Text(names, style="bold")))
        if x.period:
            console.print(_set_period(x))
    if drift:
        console.print(set_flush(Text(_say_drift(drift)), *map(Text, _say_turns(drift))))
    lines = [(x, line) for x in found for line in x.issues]
    if lines:
        console.print()
    print_blocks((_margin(x, line), _set_issue(line, quotes)) for x, line in lines)


def print_pairs(found: Sequence[Agreement], quotes: Quotes, *, limit: int) -> None:
    """Print pairs, those that share the most issues first, each with one issue in both their words."""
    from rich.text import Text

    console = stdout_console()
    for n, x in enumerate(found[:limit], 1):
        if n > 1:
            console.print()
        head = Text(f"{state_name(x.a)} ({x.a}) and {state_name(x.b)} ({x.b})", style="bold")
        telling = _set_issue(x.issues[0], quotes, verdict=True) if x.issues else []
        console.print(Beside((Text(f"{n:>3}"),), (head, Text(_say_facts(x)), *telling), RANK))
    if not found:
        say("No two states are on record on one issue in this window.")
    elif len(found) > limit:
        say(f"and {say_count(len(found) - limit, 'more pair')}; --limit shows more, --format csv all.")


def shown_records(found: Iterable[Agreement], *, first: bool = False) -> list[str]:
    """Return the records whose quotes a table shows: of all issues, or of each pair's first."""
    return [id for x in found for line in (x.issues[:1] if first else x.issues) for id in line.records]


def say_interval(interval: tuple[float, float] | None) -> str:
    """Return an interval of a share for people: «38 to 96 %»."""
    return f"{100 * interval[0]:.0f} to {100 * interval[1]:.0f} %" if interval else ""


def _say_facts(x: Agreement) -> str:
    facts = ["on record on no issue together"]
    if x.n:
        facts = [f"{x.agreed} of {say_count(x.n, 'issue')} agreed"]
        facts.append(f"{say_share(x.share or 0.0)} (95 % interval {say_interval(x.interval)})")
    if x.neutral:
        facts.append(f"{x.neutral} with one neutral")
    if x.joint:
        facts.append(say_count(len(x.joint), "joint position"))
    if x.apart:
        facts.append(f"{say_count(x.apart, 'more issue')} only in what others say of them")
    return " · ".join(facts)


def _set_period(x: Agreement) -> Text:
    from rich.text import Text

    if x.share is None:
        return Text(f"  {x.period:<8} no issue on record together", style="dim")
    full = round(BAR * x.share)
    text = Text(f"  {x.period:<8} ").append("█" * full, "cyan").append("░" * (BAR - full), "yellow")
    return text.append(f" {say_share(x.share):>6}  {x.agreed:>3} of {x.n:<3} ({say_interval(x.interval)})")


def _say_drift(drift: Drift) -> str:
    low, high = (round(100 * end) for end in drift.interval)
    return (
        f"{drift.first.period} to {drift.last.period}: {_signed(round(100 * drift.change))} points "
        f"(95 % interval {_signed(low)} to {_signed(high)})"
    )


def _say_turns(drift: Drift) -> Iterator[str]:
    for turn in drift.turns:
        before, after = ("parted", "agreed") if turn.agree else ("agreed", "parted")
        yield f"{turn.name}: {before} in {turn.before.period}, {after} in {turn.after.period}"
    if not drift.turns:
        why = ": what changed is which issues they were on record on" if drift.change else ""
        yield f"On no issue did the two turn{why}."


def _signed(points: int) -> str:
    return f"{'+' if points > 0 else '−' if points < 0 else ''}{abs(points)}"


def _margin(x: Agreement, line: SharedIssue) -> str:
    return f"{x.period} {VERDICTS[line.agree]}".strip()


def _set_issue(line: SharedIssue, quotes: Quotes, *, verdict: bool = False) -> list[Text]:
    from rich.text import Text

    words = {False: "part on ", True: "agree on ", None: "one neutral on "}[line.agree] if verdict else ""
    body = [Text.assemble(words, (line.name, "bold"), ("" if verdict else f"  {line.issue}", "dim"))]
    for held in (line.a, line.b)[: 1 if line.a.record == line.b.record else 2]:
        body.append(_set_side(line, held))
        if held.record in quotes:
            body.extend(set_told(quotes[held.record]))
    return body


def _set_side(line: SharedIssue, held: Held) -> Text:
    from rich.text import Text

    both = line.a.record == line.b.record
    who = f"{line.a.code} and {line.b.code}" if both else held.code
    told = "" if held.own else " (so others say)"
    day = f" · {say_date(held.day)}" if held.day else ""
    return Text.assemble(f"{who}: ", (held.stance, "bold magenta"), told, (day, "dim"))
