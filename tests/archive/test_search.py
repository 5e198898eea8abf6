"""Words find passages, with filters and snippets; what a reviewer took out is not found."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archive.builders import coded, event, report
from archive.older import make_older
from detente.archive import Archive
from detente.archive.search import cut_snippet, read_terms
from detente.errors import ArchiveError

TOLD = (
    ("France's minister spoke of fish quotas in Oslo.", "2021-03-10", "CONSULT", "FRA", "NOR",
     {"start": "2021-03-09"}),
    ("Norway praised the joint statement on fishing.", "2021-04-02", "SUPPORT", "NOR", "FRA",
     {"status": "denied"}),
    ("Söder's visit to Malmö was called off; a joint visit statement is awaited.", "2021-05-20", "REJECT",
     "DEU", "SWE", {"issue": "fisheries"}),
)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path):
    with Archive(tmp_path / "a", create=True) as opened:
        for text, published, type_, a, b, fields in TOLD:
            told = report(f"{text} The harbour master of Bodø said nothing.", published, title="Dispatch")
            opened.add(coded(told, event(told, type_, a, b, quote=text, **fields)))
        yield opened


@pytest.mark.parametrize(
    ("words", "filters", "found"),
    [
        ("fish*", {}, ["CONSULT", "SUPPORT"]),
        ("fish", {}, ["CONSULT"]),
        ('"joint statement"', {}, ["SUPPORT"]),
        ("joint statement", {}, ["REJECT", "SUPPORT"]),
        ("statement -visit", {}, ["SUPPORT"]),
        ("SODER malmo", {}, ["REJECT"]),
        ("statement", {"actors": ("FRA",)}, ["SUPPORT"]),
        ("statement", {"actors": ("FRA", "SWE")}, []),
        ("fish*", {"type": "CONSULT"}, ["CONSULT"]),
        ("statement", {"status": "denied"}, ["SUPPORT"]),
        ("statement", {"issue": "fisheries"}, ["REJECT"]),
        ("fish*", {"since": date(2021, 3, 9), "until": date(2021, 3, 9)}, ["CONSULT"]),
        ("fish*", {"since": date(2021, 3, 10), "until": date(2021, 3, 31)}, []),
        ("fish*", {"since": date(2021, 4, 1)}, ["SUPPORT"]),
        ("fish*", {"until": date(2021, 3, 31)}, ["CONSULT"]),
    ],
)
def test_words_and_filters_find_the_records_they_mean(archive, words, filters, found):
    hits = archive.search(words, **filters)
    assert sorted(h.row["type"] for h in hits if h.kind == "record") == found


def test_words_outside_every_quote_are_found_in_the_report(archive):
    hits = archive.search("harbour master", limit=2)
    assert [h.kind for h in hits] == ["report", "report"]
    assert [hits[0].snippet[a:b] for a, b in hits[0].marks] == ["harbour", "master"]


def test_what_a_reviewer_rejected_is_not_found(archive):
    hit = archive.search("quotas")[0]
    archive.review(hit.id, "reject", by="Ane", reason="misread")
    assert [h.kind for h in archive.search("quotas")] == ["report"]


def test_a_corrected_record_is_found_by_what_it_says_now(archive):
    hit = archive.search("quotas")[0]
    archive.review(hit.id, "correct", ["type=AGREE", "recipients=Sweden"], by="Ane", reason="misread")
    assert [h.id for h in archive.search("quotas", type="AGREE", actors=("SWE",))] == [hit.id]
    assert archive.search("quotas", type="CONSULT") == []


def test_what_came_later_is_not_found_in_the_past(archive, tmp_path):
    archive.refresh()
    with Archive(archive.path, as_of=date(2020, 1, 1)) as past:
        assert past.search("fish*") == []


@pytest.mark.parametrize("words", ["", "  ", "-", '"', "*", "-fish"])
def test_words_that_ask_for_nothing_are_refused(archive, words):
    with pytest.raises(ArchiveError, match="asks for no word"):
        archive.search(words)


@pytest.mark.parametrize("words", ['fish" OR', "fish) AND (", "quote:fish", "NEAR(fish", "fish^2", "fish's"])
def test_marks_of_the_index_are_plain_words_to_the_searcher(archive, words):
    assert isinstance(archive.search(words), list)


def test_a_snippet_cuts_long_text_around_the_first_word_found():
    text = "one two " * 100 + "the Söder visit " + "three four " * 100
    snippet, marks = cut_snippet(text, read_terms("soder"))
    assert len(snippet) < 320
    assert snippet[0] == snippet[-1] == "…"
    assert [snippet[a:b] for a, b in marks] == ["Söder"]


def test_an_older_archive_is_searched_after_it_was_brought_up_to_date(archive):
    archive.close()
    make_older(archive.path, 2)
    with Archive(archive.path) as migrated:
        assert [h.row["type"] for h in migrated.search("fish*", type="CONSULT")] == ["CONSULT"]
