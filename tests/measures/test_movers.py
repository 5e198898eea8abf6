"""The pairs that moved most come first, each with the line that moved it most."""

from __future__ import annotations

from datetime import date

import pytest

from archive.builders import coded, event, report, visit
from detente.archive import Archive
from detente.measures import describe_pair, rank_movers


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        opened.add(visit("The minister came to Oslo.", outlet="NTB"))
        opened.add(visit("Paris's envoy was in Oslo.", outlet="AFP"))
        for text, published, type, sources, recipients, fields in (
            ("Chad shelled a Niger post.", "2021-04-02", "ASSAULT", "TCD", "NER", {"start": "2021-04-01"}),
            ("Niger condemned the shelling.", "2021-06-03", "ACCUSE", "NER", "TCD", {}),
            ("The UN condemned Chad.", "2021-04-03", "ACCUSE", "UNO", "TCD", {}),
            ("France may sanction Chad.", "2021-04-04", "SANCTION", "FRA", "TCD", {"status": "hypothetical"}),
            ("France urged Chad to vote.", "2021-04-04", "REQUEST", "FRA", "TCD", {}),
        ):
            told = report(text, published)
            opened.add(coded(told, event(told, type, sources, recipients, **fields)))
        yield opened


def test_pairs_rank_by_the_sum_of_absolute_weights_of_acts_counted_once(archive):
    ranked = rank_movers(archive)
    assert [(m.a, m.b, m.change, m.total, m.n_acts, m.n_reports) for m in ranked] == [
        ("NER", "TCD", 12.0, -12.0, 2, 2), ("FRA", "NOR", 2.5, 2.5, 1, 2),
    ]  # fmt: skip


def test_the_evidence_is_the_weightiest_act(archive):
    first = rank_movers(archive, limit=1)[0]
    assert (first.quote, first.date, first.type) == (
        "Chad shelled a Niger post.",
        date(2021, 4, 1),
        "ASSAULT",
    )
    assert archive.record(first.record)[0]["act"] == first.act
    assert (first.name_a, first.name_b) == ("Niger", "Chad")


def test_an_act_the_text_does_not_date_is_given_no_date(archive):
    assert rank_movers(archive, since=date(2021, 6, 1))[0].date is None


def test_a_window_counts_only_what_lies_in_it(archive):
    assert [(m.a, m.change) for m in rank_movers(archive, until=date(2021, 3, 31))] == [("FRA", 2.5)]


def test_the_level_is_that_of_the_pairs_course(archive):
    for mover in rank_movers(archive):
        assert mover.level == describe_pair(archive, mover.a, mover.b).course[-1].level


def test_an_empty_archive_has_no_movers(tmp_path):
    with Archive(tmp_path / "none", create=True) as archive:
        assert rank_movers(archive) == ()
