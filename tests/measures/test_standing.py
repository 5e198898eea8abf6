"""Where actors stand: the newest day counts, every telling is kept, a change shows both quotes."""

from datetime import date

import pytest

from archive.builders import coded, position, report
from detente.archive import Archive
from detente.errors import NotInArchive
from detente.measures.standing import find_standings, has_changed
from detente.records import Actor, Attribution


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        yield opened


def hold(archive, text, code, issue, stance, published="2021-03-10", **fields):
    told = report(text, published)
    archive.add(coded(told, position(told, code, issue, stance, **fields)))


def test_a_change_of_side_keeps_both_quotes_and_their_days(archive):
    hold(archive, "Oslo backs the cod quota.", "NOR", "cod-quota", "support", "2021-03-10")
    hold(archive, "Oslo stands by the cod quota.", "NOR", "cod-quota", "demand", "2021-04-10")
    hold(archive, "Oslo rejects the cod quota.", "NOR", "cod-quota", "refuse", "2021-06-01")
    (stand,) = find_standings(archive)
    assert (stand.code, stand.stance, stand.date) == ("NOR", "refuse", date(2021, 6, 1))
    assert [t.stance for t in stand.tellings] == ["refuse", "demand", "support"]
    (change,) = stand.changes
    assert change.before.quote.quote == "Oslo stands by the cod quota."
    assert change.after.quote.quote == "Oslo rejects the cod quota."
    assert archive.record(change.before.quote.record)[0]["quote"] == change.before.quote.quote


def test_two_words_for_one_day_are_no_change_but_say_so(archive):
    hold(archive, "Oslo backs the quota.", "NOR", "cod-quota", "support")
    hold(archive, "Oslo supports the quota, too.", "NOR", "cod-quota", "support")
    hold(archive, "Oslo is against the quota.", "NOR", "cod-quota", "oppose")
    (stand,) = find_standings(archive)
    assert (stand.stance, stand.changes, stand.unsettled) == ("support", (), True)


def test_an_actors_own_words_outweigh_what_a_rival_says_of_him(archive):
    rival = Attribution("indirect", Actor("RUS", "Ivan Petrov"))
    hold(archive, "Oslo backs the quota.", "NOR", "cod-quota", "support")
    hold(archive, "Oslo is against it, Petrov said.", "NOR", "cod-quota", "oppose", status="claimed",
         attribution=rival)  # fmt: skip
    (stand,) = find_standings(archive)
    assert stand.stance == "support"


@pytest.mark.parametrize("status", ["denied", "hypothetical"])
def test_a_stance_not_held_is_no_stance(archive, status):
    hold(archive, "Oslo backs the quota.", "NOR", "cod-quota", "support", status=status)
    assert find_standings(archive) == ()


def test_an_issue_is_found_by_id_by_name_by_words_and_through_narrower_ones(archive):
    hold(archive, "China opposes the THAAD deployment.", "CHN", "thaad-south-korea", "oppose")
    hold(archive, "Oslo backs the quota.", "NOR", "cod-quota", "support")
    for words in ("thaad-south-korea", "THAAD", "the deployment of THAAD in South Korea"):
        assert [s.code for s in find_standings(archive, issue=words)] == ["CHN"]
    assert [s.code for s in find_standings(archive, issue="cod quota")] == ["NOR"]


def test_narrower_issues_count_for_a_wider_one(archive):
    hold(archive, "London rejects a no-deal exit.", "GBR", "no-deal-brexit", "refuse")
    assert [s.issue for s in find_standings(archive, issue="brexit")] == ["no-deal-brexit"]


def test_an_unknown_issue_names_the_nearest(archive):
    hold(archive, "Oslo backs the quota.", "NOR", "cod-quota", "support")
    with pytest.raises(NotInArchive, match="nearest are cod-quota"):
        find_standings(archive, issue="cot quotas")


def test_an_actor_without_positions_is_told_from_whom_there_are(archive):
    hold(archive, "Oslo backs the quota.", "NOR", "cod-quota", "support")
    with pytest.raises(NotInArchive, match=r"NOR \(1\)"):
        find_standings(archive, actor="BRA")
    assert [s.code for s in find_standings(archive, actor="NOR")] == ["NOR"]


def test_a_window_cuts_and_an_empty_one_is_an_answer(archive):
    hold(archive, "Oslo backs the quota.", "NOR", "cod-quota", "support", "2021-03-10")
    hold(archive, "Oslo rejects the quota.", "NOR", "cod-quota", "refuse", "2021-06-01")
    (stand,) = find_standings(archive, until=date(2021, 4, 1))
    assert (stand.stance, stand.changes) == ("support", ())
    assert find_standings(archive, actor="NOR", since=date(2022, 1, 1)) == ()


@pytest.mark.parametrize(
    ("before", "after", "changed"),
    [
        ("support", "oppose", True), ("support", "demand", False), ("oppose", "refuse", False),
        ("neutral", "support", True), ("claim", "claim", False), ("neutral", "neutral", False),
    ],
)  # fmt: skip
def test_for_and_against_part_and_shades_of_one_side_do_not(before, after, changed):
    assert has_changed(before, after) is changed
