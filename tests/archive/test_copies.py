"""The same words told again are linked to their first telling; other news in like words is not."""

from __future__ import annotations

import pytest

from archive.builders import coded, event, report, visit
from detente.archive import Archive
from detente.archive.copies import compare, sketch, split_words

TELLING = """The foreign ministers of Chile and Peru met in Arica on Thursday to settle how many
trucks may pass the border in a day.

They agreed on 180 trucks, thirty more than before, and on a common office for plant inspection
that is to open by the end of June.

Growers on both sides had complained for months that fruit was rotting at the crossing. A new
scanner bought last year stood idle for want of staff.

The next meeting is to be held in Tacna, a spokeswoman for the Peruvian ministry said, once the
office has been furnished and its eleven inspectors sworn in."""
FIRST, SECOND, THIRD, FOURTH = TELLING.split("\n\n")


def test_the_first_telling_of_a_copy_is_named_and_its_records_are_not_kept_twice(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        told = report(TELLING, given_id="first")
        archive.add(coded(told, event(told, "CONSULT", "CHL", "PER", quote=FIRST)))
        again = report(f"{FIRST}\n\n{SECOND}", given_id="second", outlet="The Arica Post")
        added = archive.add(coded(again, event(again, "CONSULT", "CHL", "PER", quote=FIRST)))
        assert (added.outcome, added.report, added.records) == ("copy", "first", 0)
        assert added.why == "100% of its runs of 4 words, cut to 48% of it"
        assert archive.counts() | {"reports": 1, "records": 1, "copies": 1} == archive.counts()
        assert archive.add(coded(again)).outcome == "copy"
        assert archive.counts()["copies"] == 1
        (copy,) = archive.copies()
        assert (copy.report, copy.given_id, copy.outlet) == ("first", "second", "The Arica Post")


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("a dateline and a credit", f"LIMA, April 9 (Andina) — {TELLING}\n\nReporting by our staff."),
        ("paragraphs in another order", "\n\n".join((FIRST, THIRD, SECOND, FOURTH))),
        ("one left out", "\n\n".join((FIRST, SECOND, FOURTH))),
        ("a new heading", f"Trucks: an accord\n\n{TELLING}"),
        ("a word changed beside a number", TELLING.replace("180 trucks", "180 lorries")),
    ],
)
def test_a_copy_says_nothing_that_its_first_telling_lacks(why, text):
    assert compare(text, split_words(text), 1, "first", TELLING), why


@pytest.mark.parametrize(
    ("why", "text"),
    [
        ("other numbers", TELLING.replace("180", "210").replace("thirty", "sixty")),
        ("another day", TELLING.replace("Thursday", "Monday")),
        ("a denial", TELLING.replace("They agreed", "They had not agreed")),
        (
            "news before what is quoted from the first",
            "Peru closed the crossing at Arica on Sunday after inspectors from Chile were turned away at "
            "the new office with their papers in hand, and trucks stood in line as far as the airport.\n\n"
            + THIRD,
        ),
    ],
)
def test_other_news_in_like_words_is_no_copy(why, text):
    assert compare(text, split_words(text), 1, "first", TELLING) is None, why


def test_a_longer_version_is_no_copy_since_it_tells_more():
    assert compare(TELLING, split_words(TELLING), 1, "first", FIRST) is None


def test_short_texts_are_copies_only_in_the_very_same_words(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(visit("The French minister came to Oslo on Tuesday evening."))
        other = visit("The French minister came to Oslo on Wednesday evening.", start="2021-03-10")
        assert archive.add(other).outcome == "new"
        again = visit("The French minister came to Oslo, on Tuesday evening")
        assert archive.add(again).outcome == "copy"


def test_a_sketch_is_the_same_for_good_since_ledgers_hold_it():
    assert sketch(split_words("The two ministers met in Oslo on Tuesday."), 3) == [
        4435367675634,
        18730782975986,
        65804487990227,
    ]


def test_an_id_given_to_a_copy_cannot_name_other_words(tmp_path):
    from detente.errors import ArchiveError

    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(coded(report(TELLING, given_id="first")))
        archive.add(coded(report(f"{FIRST}\n\n{SECOND}", given_id="second")))
        with pytest.raises(ArchiveError, match="second"):
            archive.add(coded(report("Something else was told under this name.", given_id="second")))
