"""A pair on the terminal: every part in its place, every line with its quote."""

import pytest
from making import make_empty_pair, make_pair, make_quote, make_rows

from detente.measures.pair import PromiseLine
from detente.views.dyads import print_pair

PARTS = (
    "Norway and Russia", "Course", "Acts, newest first", "Positions: shared", "Positions: parted",
    "Positions: one on record", "Figures", "Promises as of 30 Jun 2025", "What is said of the two",
)  # fmt: skip


def test_every_part_stands_in_its_place_with_its_quotes(capsys: pytest.CaptureFixture[str]) -> None:
    pair = make_pair()
    print_pair(pair, make_rows(pair))
    out = capsys.readouterr().out
    places = [out.index(part) for part in PARTS]
    assert places == sorted(places)
    flowing = " ".join(out.split())
    quotes = [act.quotes[0].quote for act in pair.acts]
    quotes += [stance.quote for issue in pair.issues for stance in issue.stances]
    quotes += [figure.quote.quote for figure in pair.figures]
    quotes += [promise.planned.quote for promise in pair.promises]
    quotes += [statement.quote.quote for statement in pair.statements]
    assert all(f"«{quote}»" in flowing for quote in quotes)


def test_tellings_beyond_two_are_counted(capsys: pytest.CaptureFixture[str]) -> None:
    print_pair(make_pair())
    assert "and 1 more telling" in capsys.readouterr().out


def test_a_promise_says_what_became_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    from dataclasses import replace

    off = PromiseLine(
        "x", "lapsed", make_quote("They will meet."), called_off=make_quote("The talks are off.")
    )
    print_pair(replace(make_pair(), promises=(*make_pair().promises, off)))
    out = " ".join(capsys.readouterr().out.split())
    assert "and then «Larsen opened the consulate in Murmansk on Friday.»" in out
    assert "called off «The talks are off.»" in out


def test_a_pair_with_nothing_is_two_lines(capsys: pytest.CaptureFixture[str]) -> None:
    print_pair(make_empty_pair())
    assert capsys.readouterr().out.splitlines() == [
        "Norway and Russia", "0 acts (0 counted) · 0 reports · 0 outlets",
    ]  # fmt: skip
