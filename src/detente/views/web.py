"""The web of states on the terminal and as data: its states, its ties, its triads, and how they balance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from detente.views.answering import print_flat, set_told
from detente.views.blocks import Beside, set_flush
from detente.views.lines import say_score, say_share
from detente.views.terminal import say, stdout_console
from detente.views.wording import say_count, say_date

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from detente.measures.balance import Balance, Triad
    from detente.measures.lines import Quote
    from detente.measures.web import Node, Tie, Web

Quotes = Mapping[str, "Quote"]

STATE_COLUMNS = (
    "code", "name", "n", "ties", "friends", "foes", "cooperation", "conflict", "centrality",
    "cooperation_centrality", "community", "acts",
)  # fmt: skip
TIE_COLUMNS = (
    "a", "b", "name_a", "name_b", "n", "total", "mean", "sign", "cooperation", "conflict", "record", "acts",
)  # fmt: skip
TRIAD_COLUMNS = ("a", "b", "c", "kind", "balanced", "between", "sign_ab", "sign_ac", "sign_bc", "acts")
BALANCE_COLUMNS = (
    "friends_3", "friends_2", "friends_1", "friends_0", "n", "share", "expected", "low", "high", "p",
    "shuffles", "acts",
)  # fmt: skip
SIGNS = {1: "friendly", 0: "neither", -1: "hostile"}
STYLES = {1: "cyan", 0: "", -1: "red"}
TELLING = 3  # friendly ties shown to people, and hostile ones
RANK = 4  # columns of a line's number


def print_data(web: Web, balance: Balance | None, show: str, shape: str) -> None:
    """Print the web's states, ties, triads or balance as CSV or JSON lines."""
    if show == "states":
        print_flat(map(flatten_state, web.nodes), STATE_COLUMNS, shape)
    elif show == "ties":
        print_flat((flatten_tie(web, tie) for tie in web.ties), TIE_COLUMNS, shape)
    elif balance and show == "triads":
        print_flat(map(flatten_triad, balance.triads), TRIAD_COLUMNS, shape)
    elif balance:
        print_flat([flatten_balance(web, balance)], BALANCE_COLUMNS, shape)


def flatten_state(node: Node) -> dict[str, Any]:
    """Return a state of the web as flat columns."""
    return {column: getattr(node, column) for column in STATE_COLUMNS}


def flatten_tie(web: Web, tie: Tie) -> dict[str, Any]:
    """Return a tie as flat columns."""
    names = {"name_a": web.name_of(tie.a), "name_b": web.name_of(tie.b)}
    return names | {column: getattr(tie, column) for column in TIE_COLUMNS if column not in names}


def flatten_triad(triad: Triad) -> dict[str, Any]:
    """Return a triad as flat columns, with the sign of each tie."""
    a, b, c = triad.states
    signs = {(tie.a, tie.b): tie.sign for tie in triad.ties}
    return {
        "a": a, "b": b, "c": c, "kind": triad.kind, "balanced": triad.is_balanced, "between": triad.between,
        "sign_ab": signs[a, b], "sign_ac": signs[a, c], "sign_bc": signs[b, c], "acts": triad.acts,
    }  # fmt: skip


def flatten_balance(web: Web, balance: Balance) -> dict[str, Any]:
    """Return the balance as one row; its acts are those of all ties, whose signs the shuffles deal."""
    counts = dict(zip(BALANCE_COLUMNS[:4], balance.counts, strict=True))
    numbers = {column: getattr(balance, column) for column in BALANCE_COLUMNS[4:-1]}
    return counts | numbers | {"acts": web.acts}


def shown_records(web: Web, balance: Balance, *, limit: int) -> list[str]:
    """Return the records whose quotes the table for people shows."""
    ties = [tie for group in _telling(web) for tie in group]
    ties += [tie for triad in _odd(balance)[:limit] for tie in triad.ties]
    return [tie.record for tie in ties]


def print_web(web: Web, balance: Balance, quotes: Quotes, *, limit: int) -> None:
    """Print the web for people: its size, its busiest states, its most telling ties, its triads."""
    from rich.text import Text

    console = stdout_console()
    console.print(set_flush(Text(_say_size(web), style="bold"), Text(_say_window(web), style="dim")))
    _head(console, "States, by what passed on their ties")
    for line in _set_states(web.nodes[:limit]):
        console.print(line)
    if len(web.nodes) > limit:
        say(f"and {say_count(len(web.nodes) - limit, 'more state')}; --limit shows more, --format csv all.")
    for title, ties in zip(("Friends", "Foes"), _telling(web), strict=True):
        if ties:
            _head(console, title)
        for n, tie in enumerate(ties, 1):
            console.print(Beside((Text(f"{n:>3}"),), _set_tie(web, tie, quotes), RANK))
    _head(console, "Triads")
    console.print(set_flush(*map(Text, say_balance(balance))))
    for triad in _odd(balance)[:limit]:
        console.print()
        console.print(Beside((Text("  ≠"),), tuple(_set_odd(web, triad, quotes)), RANK))


def say_balance(balance: Balance) -> list[str]:
    """Return the triads and their balance in sentences: «3 of 5 triads are balanced …»."""
    if not balance.n or balance.share is None:
        return ["No three states are all tied with a sign: there is nothing to balance."]
    kinds = ", ".join(
        f"{n} {kind.replace('-', '−')}"
        for n, kind in zip(balance.counts, ("+++", "++-", "+--", "---"), strict=True)
    )
    ends = f"{say_share(balance.low or 0)} to {say_share(balance.high or 0)}"
    by_chance = (
        f"With the same signs dealt anew over the same ties, {say_share(balance.expected or 0)} would be "
        f"({ends} in 95 of 100 deals); as many or more in a share of deals, p = {balance.p:.3f}."
    )
    held = sum(triad.is_balanced for triad in balance.triads)
    are = "is" if balance.n == 1 else "are"
    return [
        f"{held} of {say_count(balance.n, 'triad')} {are} balanced, {say_share(balance.share)}: {kinds}.",
        by_chance,
    ]


def _say_size(web: Web) -> str:
    by_sign = ", ".join(
        f"{sum(tie.sign == sign for tie in web.ties)} {word}"
        for sign, word in ((1, "friendly"), (-1, "hostile"), (0, "neither"))
    )
    return f"{say_count(len(web.nodes), 'state')}, {say_count(len(web.ties), 'tie')} ({by_sign})"


def _say_window(web: Web) -> str:
    window = f"{say_count(len(web.acts), 'act')} counted"
    if web.since:
        window += f" from {say_date(web.since)}"
    if web.until:
        window += f" to {say_date(web.until)}"
    window += f"; friendly is a mean weight above {web.neutral:g}, hostile one below −{web.neutral:g}"
    if web.modularity is not None:
        groups = len({node.community for node in web.nodes})
        window += f"; {say_count(groups, 'group')} by cooperation, modularity {web.modularity:.2f}"
    return window


def _set_states(nodes: Sequence[Node]) -> Iterable[Text]:
    from rich.text import Text

    yield Text(
        f"{'':26}{'acts':>5}{'friends':>8}{'foes':>5}{'coop.':>8}{'confl.':>8}{'central':>9}{'group':>6}",
        "dim",
    )
    for node in nodes:
        central = say_share(node.centrality) if node.centrality is not None else ""
        name = f"{node.name[:19]} ({node.code})"
        yield Text(
            f"{name:<26}{node.n:>5}{node.friends:>8}{node.foes:>5}{node.cooperation:>8.1f}{node.conflict:>8.1f}"
            f"{central:>9}{node.community or '':>6}"
        )


def _telling(web: Web) -> tuple[list[Tie], list[Tie]]:
    """Return the friendly ties on which most was done, and the hostile ones, the most first."""
    friends = sorted((tie for tie in web.ties if tie.sign > 0), key=lambda tie: -tie.total)
    foes = sorted((tie for tie in web.ties if tie.sign < 0), key=lambda tie: tie.total)
    return friends[:TELLING], foes[:TELLING]


def _set_tie(web: Web, tie: Tie, quotes: Quotes) -> tuple[Text, ...]:
    from rich.text import Text

    names = f"{web.name_of(tie.a)} ({tie.a}) and {web.name_of(tie.b)} ({tie.b})"
    facts = f"{say_count(tie.n, 'act')}, sum {say_score(tie.total)}, mean {say_score(tie.mean)}"
    told = set_told(quotes[tie.record]) if tie.record in quotes else ()
    return Text(names, style="bold"), Text(facts, style=STYLES[tie.sign]), *told


def _odd(balance: Balance) -> list[Triad]:
    """Return the triads out of balance in which one state is the friend of two foes."""
    return [triad for triad in balance.triads if triad.kind == "++-"]


def _set_odd(web: Web, triad: Triad, quotes: Quotes) -> Iterable[Text]:
    from rich.text import Text

    foes = triad.ties[2]
    friend = web.name_of(triad.between or "")
    names = f"{web.name_of(foes.a)} and {web.name_of(foes.b)}"
    yield Text(f"{friend} ({triad.between}) is a friend of both {names}, who are foes", style="bold")
    for tie in triad.ties:
        yield Text(
            f"{tie.a}-{tie.b}: {say_count(tie.n, 'act')}, mean {say_score(tie.mean)}", style=STYLES[tie.sign]
        )
        if tie.record in quotes:
            yield from set_told(quotes[tie.record])


def _head(console: Console, words: str) -> None:
    from rich.text import Text

    console.print()
    console.print(Text(words, style="bold underline"))
