"""A pair of states on the terminal: its course as bars, then acts, positions, figures, promises, statements.

The same lines as the page (`views.lines`), set for 80 columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from detente.views import lines
from detente.views.bars import set_course
from detente.views.blocks import ID_DIGITS, QUAD_STYLES, STATUS_STYLES, Beside, set_flush, set_quote
from detente.views.terminal import stdout_console
from detente.views.wording import STATUS_MARKS, say_count, say_date

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from detente.measures.pair import ActLine, IssueLine, Pair, Quote, StanceLine

Row = Mapping[str, Any]

ISSUES = 12  # of each kind: shared, parted, one on record; the page has more
QUOTES = 2  # tellings of an act printed in full; the rest are counted


def print_pair(pair: Pair, rows: Mapping[str, Row] | None = None) -> None:
    """Print all that is on record between two states, newest first, each line with its quote."""
    console = stdout_console()
    rows = rows or {}
    _print_head(console, pair)
    if pair.course:
        _head(console, "Course")
        for line in set_course(pair.course, width=console.width):
            console.print(line)
    if pair.acts:
        _head(console, "Acts, newest first")
        for act in pair.acts:
            _print_act(console, act, rows)
    for title, caption, issues in lines.group_positions(pair, limit=ISSUES):
        _head(console, f"Positions: {title.lower()}{''.join(caption.partition(';')[1:])}")
        for issue in issues:
            _print_issue(console, pair, issue, rows)
    _print_figures(console, pair, rows)
    _print_promises(console, pair, rows)
    _print_statements(console, pair, rows)


def _print_head(console: Console, pair: Pair) -> None:
    from rich.text import Text

    seen = pair.coverage
    counted = sum(act.counted for act in pair.acts)
    facts = [f"{say_count(len(pair.acts), 'act')} ({counted} counted)", say_count(seen.n_reports, "report")]
    facts.append(say_count(seen.n_outlets, "outlet"))
    if seen.state_owned is not None:
        facts.append(f"{lines.say_share(seen.state_owned)} from state media")
    if pair.course:
        facts.append(f"level {lines.say_weight(pair.course[-1].level)}")
    head = Text(f"{pair.name_a} and {pair.name_b}", style="bold")
    console.print(set_flush(head, Text(" · ".join(facts), style="dim")))


def _print_act(console: Console, act: ActLine, rows: Mapping[str, Row]) -> None:
    from rich.text import Text

    facts = Text(lines.say_sides(act))
    facts.append(" · ", "dim").append(
        f"{act.type}/{act.mode}" if act.mode else act.type, QUAD_STYLES.get(act.quad, "")
    )
    facts.append(f" {lines.say_weight(act.intensity)}")
    detail = f" ({act.status_detail})" if act.status_detail else ""
    status = f"{STATUS_MARKS.get(act.status, ' ')} {act.status}{detail}"
    facts.append(" · ", "dim").append(status, STATUS_STYLES.get(act.status, ""))
    if act.promise:
        facts.append(" · ", "dim").append(f"promise {act.promise}", "bold")
    if not act.counted:
        facts.append(" · not counted", "dim")
    body = [facts]
    people = lines.say_people((*act.sources, *act.recipients))
    if people:
        body.append(Text(people))
    body.extend(_set_conflicts(act))
    for quote in act.quotes[:QUOTES]:
        body.extend(_set_told(quote, rows))
    if len(act.quotes) > QUOTES:
        body.append(Text(f"and {say_count(len(act.quotes) - QUOTES, 'more telling')}", style="dim italic"))
    _block(console, Text(lines.say_when(act), style="bold"), body)


def _set_conflicts(act: ActLine) -> Iterator[Text]:
    """Yield «told differently, how many killed: 2 (AFP, 1 May 2023), 3 (NINA, 2 May 2023)», by aspect."""
    from rich.text import Text

    for conflict in act.conflicts:
        values = (f"{value.says} ({lines.say_tellers(act, value)})" for value in conflict.values)
        yield Text(f"told differently, {conflict.aspect}: {', '.join(values)}", style="yellow")


def _set_told(quote: Quote, rows: Mapping[str, Row]) -> tuple[Text, Text]:
    from rich.text import Text

    why = rows[quote.record].get("why") or () if quote.record in rows else ()
    speaker = lines.say_speaker(quote.speaker) if quote.speaker else None
    parts = (speaker, quote.outlet or "outlet not named", say_date(quote.published))
    source = ", ".join(part for part in parts if part)
    return set_quote(quote.quote, why), Text(f"{source} · {quote.record[:ID_DIGITS]}", style="dim")


def _print_issue(console: Console, pair: Pair, issue: IssueLine, rows: Mapping[str, Row]) -> None:
    from rich.text import Text

    body: list[Text] = [Text(issue.name, style="bold")]
    for code, name in ((pair.a, pair.name_a), (pair.b, pair.name_b)):
        for stance in lines.stances_of(issue, code)[:QUOTES]:
            body.extend(_set_stance(name, stance, rows))
    _block(console, Text(""), body)


def _set_stance(name: str, stance: StanceLine, rows: Mapping[str, Row]) -> tuple[Text, Text]:
    from rich.text import Text

    why = rows[stance.record].get("why") or () if stance.record in rows else ()
    head = Text.assemble(f"{name}: ", (stance.stance, "bold"))
    tail = ", ".join(
        part for part in (say_date(stance.date), stance.speaker and lines.say_speaker(stance.speaker)) if part
    )
    head.append(
        f"  {tail} · {stance.record[:ID_DIGITS]}" if tail else f"  {stance.record[:ID_DIGITS]}", "dim"
    )
    return head, set_quote(stance.quote, why)


def _print_figures(console: Console, pair: Pair, rows: Mapping[str, Row]) -> None:
    from rich.text import Text

    groups = lines.group_conflicts(pair.figures)
    if groups:
        _head(console, "Figures")
    for group in groups:
        first = group[0]
        what = " · ".join(
            part
            for part in (
                first.what or "unnamed figure",
                ", ".join(first.parties),
                lines.say_span(first.period_start, first.period_end),
            )
            if part
        )
        head = Text(what)
        if len(group) > 1:
            head.append(f"  ≠ {len(group)} tellings disagree", "bold yellow")
        body = [head]
        for line in group:
            body.append(Text(lines.say_figure(line), style="bold green"))
            body.extend(_set_told(line.quote, rows))
        _block(console, Text(""), body)


def _print_promises(console: Console, pair: Pair, rows: Mapping[str, Row]) -> None:
    from rich.text import Text

    if pair.promises:
        _head(console, f"Promises as of {say_date(pair.as_of)}" if pair.as_of else "Promises")
    for promise in pair.promises:
        body: list[Text] = []
        due = f", due {say_date(promise.due)}" if promise.due else ""
        body.append(Text(f"{promise.type}/{promise.mode}{due}" if promise.mode else f"{promise.type}{due}"))
        body.extend(_set_told(promise.planned, rows))
        if promise.kept:
            body.append(Text("and then", style="italic"))
            body.extend(_set_told(promise.kept, rows))
        if promise.changed:
            body.append(Text("changed", style="italic"))
            body.extend(_set_told(promise.changed, rows))
        if promise.called_off:
            body.append(Text("called off", style="italic"))
            body.extend(_set_told(promise.called_off, rows))
        _block(console, Text(promise.state, style="bold"), body)


def _print_statements(console: Console, pair: Pair, rows: Mapping[str, Row]) -> None:
    from rich.text import Text

    groups = lines.group_by_direction(pair.statements)
    if groups:
        _head(console, "What is said of the two")
    for name, sign, group in groups:
        for n, line in enumerate(group):
            _block(console, Text(f"{sign} {name}" if n == 0 else ""), list(_set_told(line.quote, rows)))


def _head(console: Console, words: str) -> None:
    from rich.text import Text

    console.print()
    console.print(Text(words, style="bold underline"))


def _block(console: Console, margin: Text, body: Iterable[Text]) -> None:
    """Print lines with something in their margin, a blank line before."""
    console.print()
    console.print(Beside((margin,), tuple(body)))
