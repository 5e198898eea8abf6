"""The pairs of states that moved most, as a list on the terminal and as a folder of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import InputError
from detente.views.answering import print_flat
from detente.views.blocks import ID_DIGITS, Beside, set_quote
from detente.views.lines import find_rows, say_score, state_name
from detente.views.terminal import say, stdout_console, watch
from detente.views.wording import Row, say_count, say_days

if TYPE_CHECKING:
    from detente.archive import Archive
    from detente.measures.movers import Mover

MARGIN = 4
INDEX = "index.html"


def find_evidence(archive: Archive, movers: Iterable[Mover]) -> dict[str, Row]:
    """Return the records that moved the pairs most, by id."""
    return {mover.record: archive.record(mover.record)[0] for mover in movers if mover.record}


def print_movers(movers: Sequence[Mover], rows: Mapping[str, Row]) -> None:
    """Print each pair with how much it moved, its level, and the words of the act that moved it most."""
    from rich.text import Text

    console = stdout_console()
    if not movers:
        say("No pair of states has a counted act in this window.")
    for n, mover in enumerate(movers, 1):
        row = rows.get(mover.record, {})
        facts = (
            f"moved {mover.change:.1f}, sum {say_score(mover.total)}, level {say_score(mover.level)}; "
            f"{say_count(mover.n_acts, 'act')} in {say_count(mover.n_reports, 'report')}"
        )
        about = (say_days(row), mover.type, mover.outlet, mover.record[:ID_DIGITS])
        source = Text(" · ".join(part for part in about if part), style="dim")
        head = (Text(name_pair(mover), style="bold"), Text(facts))
        if n > 1:
            console.print()
        quote = set_quote(mover.quote, row.get("why") or ())
        console.print(Beside((Text(f"{n:>3}"),), (*head, quote, source), MARGIN))


COLUMNS = (
    "a", "b", "change", "total", "level", "n_acts", "n_reports", "acts", "quote", "date", "type", "outlet",
    "record",
)  # fmt: skip


def print_flat_movers(movers: Sequence[Mover], shape: str) -> None:
    """Print the pairs as CSV or JSON lines; `acts` are the acts that the sums are of."""
    print_flat(({name: getattr(mover, name) for name in COLUMNS} for mover in movers), COLUMNS, shape)


def name_pair(mover: Mover) -> str:
    """Return the pair by name and code: «China (CHN) and Russia (RUS)»."""
    names = (mover.name_a or state_name(mover.a), mover.name_b or state_name(mover.b))
    return f"{names[0]} ({mover.a}) and {names[1]} ({mover.b})"


def write_pages(
    archive: Archive,
    movers: Sequence[Mover],
    rows: Mapping[str, Row],
    folder: str,
    *,
    since: date | None,
    until: date | None,
) -> None:
    """Write a page for each pair into a folder, and an index.html that leads to them."""
    from detente.measures.pair import describe_pair
    from detente.views.page import write_index, write_page

    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"The folder {folder} could not be made: {error.strerror}; name one you may write to.",
            stage="page",
        ) from error
    names = {f"{mover.a}-{mover.b}": page_name(mover) for mover in movers}
    for mover in watch(movers, "Setting pages", unit="pages"):
        pair = describe_pair(archive, mover.a, mover.b, since=since, until=until)
        write_page(pair, place / page_name(mover), find_rows(archive, pair), home=INDEX)
    write_index(movers, names, place / INDEX, rows)
    say(f"Wrote {say_count(len(movers), 'page')} and {INDEX} to {folder}.")


def page_name(mover: Mover) -> str:
    """Return the file name of a pair's page: «CHN-RUS.html»."""
    return f"{mover.a}-{mover.b}.html"
