"""What `detente agreement` answers: a pair, many pairs, or many pairs beside a series, in every shape."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.views.agreement import (
    flatten,
    print_data,
    print_issues,
    print_pair,
    print_pairs,
    say_interval,
    shown_records,
)
from detente.views.answering import print_flat
from detente.views.blocks import set_flush
from detente.views.lines import state_name
from detente.views.terminal import say, stdout_console
from detente.views.wording import say_count

if TYPE_CHECKING:
    from detente.archive import Archive
    from detente.measures.agreement import Agreement
    from detente.measures.beside import Compared, Comparison

BESIDE_COLUMNS = (
    "a", "b", "agreed", "n", "share", "beside", "beside_kind", "beside_n", "years", "rho", "rho_low",
    "rho_high", "p", "pairs", "states", "records",
)  # fmt: skip


def answer(
    archive: Archive,
    found: Sequence[Agreement],
    *,
    pair: bool,
    shape: str,
    issues: bool,
    limit: int,
    beside: str | None,
    picture: str | None,
    since: date | None,
    until: date | None,
    **_: Any,
) -> None:
    """Print what was found, as asked, and draw it where a picture is asked for."""
    from detente.measures.agreement import draw_drift
    from detente.measures.quoting import quotes_by_id

    if beside:
        _answer_beside(found, beside, shape, picture, since=since, until=until)
        return
    if issues or shape != "table":
        if issues:
            print_issues(found, quotes_by_id(archive, shown_records(found)), shape)
        else:
            print_data(found, shape)
    elif pair:
        print_pair(found, draw_drift(found), quotes_by_id(archive, shown_records(found)))
    else:
        print_pairs(found, quotes_by_id(archive, shown_records(found[:limit], first=True)), limit=limit)
    if not found and pair:
        say(
            "The two are on record on no issue together in this window; without --by it says who is on which."
        )
    if picture:
        from detente.views.agreement_pictures import draw_periods

        draw_periods(found, picture)


def _answer_beside(
    found: Sequence[Agreement],
    file: str,
    shape: str,
    picture: str | None,
    *,
    since: date | None,
    until: date | None,
) -> None:
    from detente.measures.beside import compare, read_pair_series

    comparison = compare(found, read_pair_series(file), since=since, until=until)
    if shape != "table":
        print_flat((_flatten(x, comparison) for x in comparison.pairs), BESIDE_COLUMNS, shape)
    else:
        _print_comparison(comparison)
    if picture:
        from detente.views.agreement_pictures import draw_comparison

        draw_comparison(comparison, picture)


def _flatten(x: Compared, comparison: Comparison) -> dict[str, Any]:
    low, high = comparison.interval or (None, None)
    return flatten(x.agreement) | {
        "beside": x.value, "beside_kind": comparison.kind, "beside_n": x.n, "years": x.years,
        "rho": comparison.rho, "rho_low": low, "rho_high": high, "p": comparison.p,
        "pairs": len(comparison.pairs), "states": comparison.states,
    }  # fmt: skip


def say_comparison(c: Comparison) -> str:
    """Return how the two go together in a sentence: «rho 0.21 (95 % interval 0.05 to 0.36)»."""
    basis = f"{say_count(len(c.pairs), 'pair')} of {say_count(c.states, 'state')}"
    if c.rho is None or c.interval is None or c.p is None:
        return f"{basis}: too few, or too much alike, for a correlation."
    low, high = c.interval
    inside = low <= 0 <= high
    tells = "the two cannot be told from unrelated" if inside else "the two go together"
    if not inside and (c.rho < 0) != (c.kind == "distance"):
        tells = "the two go against one another"
    return (
        f"{basis}: Spearman's rho {c.rho:.2f} with the file's {c.kind} (95 % interval {low:.2f} to "
        f"{high:.2f} over draws of states; p {c.p:.3f} with states shuffled): {tells}."
    )


def _print_comparison(comparison: Comparison) -> None:
    from rich.text import Text

    console = stdout_console()
    console.print(set_flush(Text(say_comparison(comparison), style="bold")))
    if not comparison.pairs:
        say("No pair of states has both issues in the archive and rows in the file for these years.")
        return
    console.print()
    apart = sorted(comparison.pairs, key=lambda x: _rank_gap(x, comparison), reverse=True)
    console.print(Text("Furthest apart in rank, the archive's share and the file's value:", style="dim"))
    for x in apart[:10]:
        a = x.agreement
        words = f"{state_name(a.a)} and {state_name(a.b)}"
        console.print(
            Text(
                f"  {words[:44]:<44} {a.agreed:>3} of {a.n:<3} {say_interval(a.interval):>9} {x.value:>7.2f}"
            )
        )


def _rank_gap(x: Compared, comparison: Comparison) -> float:
    """Return how far a pair's place by agreement lies from its place by the file's value, 0 to 1."""
    turn = -1 if comparison.kind == "distance" else 1
    n = len(comparison.pairs)
    ours = sum((y.agreement.share or 0) < (x.agreement.share or 0) for y in comparison.pairs)
    theirs = sum(turn * y.value < turn * x.value for y in comparison.pairs)
    return abs(ours - theirs) / n
