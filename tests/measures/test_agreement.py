"""Two states agree on issues both are on record on by their own word; a share opens to its records."""

from __future__ import annotations

from datetime import date

import pytest

from archive.builders import actors, coded, evidence, position, report
from detente.archive import Archive
from detente.errors import NotInArchive
from detente.measures.agreement import draw_drift, find_agreements
from detente.measures.intervals import change_interval, share_interval
from detente.measures.pair import describe_pair
from detente.measures.stances import do_they_agree
from detente.records import Actor, Attribution, Position


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        yield opened


def hold(archive, code, issue, stance, day="2021-03-10", **fields):
    told = report(f"{code} on {issue}: {stance}, {day}, {fields.pop('n', 1)}.", day)
    record = position(told, code, issue, stance, **fields)
    archive.add(coded(told, record))
    return record.id


def test_the_share_is_of_issues_both_take_a_side_on(archive):
    for issue, one, other in [("whaling", "support", "demand"), ("arctic", "oppose", "support"),
                              ("tariffs", "refuse", "oppose"), ("tibet", "neutral", "support")]:  # fmt: skip
        hold(archive, "NOR", issue, one)
        hold(archive, "FRA", issue, other)
    hold(archive, "NOR", "brexit", "oppose")
    (found,) = find_agreements(archive, "NOR", "FRA")
    assert (found.agreed, found.n, found.neutral) == (2, 3, 1)
    assert found.share == pytest.approx(2 / 3)
    assert found.interval == pytest.approx((0.20766, 0.93851), abs=1e-5)
    assert [line.issue for line in found.issues] == ["arctic", "tariffs", "whaling", "tibet"]


def test_a_share_can_be_reckoned_from_the_records_it_opens_to(archive):
    for issue, one, other in [("whaling", "support", "support"), ("arctic", "oppose", "support")]:
        hold(archive, "NOR", issue, one)
        hold(archive, "FRA", issue, other)
    (found,) = find_agreements(archive, "NOR", "FRA")
    rows = [archive.record(id)[0] for id in found.records]
    verdicts = [do_they_agree(a["stance"], b["stance"]) for a, b in zip(rows[::2], rows[1::2], strict=True)]
    assert sum(verdicts) / len(verdicts) == pytest.approx(found.share, abs=1e-9)
    assert {row["sources"][0]["code"] for row in rows[::2]} == {"NOR"}


def test_an_issue_and_a_change_can_be_reckoned_from_the_records_they_open_to(archive):
    for day, other in (("2019-05-01", "support"), ("2021-05-01", "oppose")):
        hold(archive, "NOR", "whaling", "support", day)
        hold(archive, "FRA", "whaling", other, day)
        hold(archive, "NOR", "arctic", "oppose", day)
        hold(archive, "FRA", "arctic", "oppose", day)
    years = [year for year in find_agreements(archive, "NOR", "FRA", by="year") if year.n]
    shares = []
    for year in years:
        for line in year.issues:
            one, other = (archive.record(id)[0]["stance"] for id in line.records)
            assert line.agree is do_they_agree(one, other)
        rows = [archive.record(id)[0]["stance"] for id in year.records]
        verdicts = [do_they_agree(one, other) for one, other in zip(rows[::2], rows[1::2], strict=True)]
        shares.append(sum(map(bool, verdicts)) / len(verdicts))
    assert draw_drift(years).change == pytest.approx(shares[1] - shares[0], abs=1e-9) == -0.5


def test_the_newest_day_counts_and_of_one_day_the_most_frequent_stance(archive):
    hold(archive, "NOR", "whaling", "oppose", "2020-01-01")
    hold(archive, "NOR", "whaling", "support", "2021-01-01")
    hold(archive, "FRA", "whaling", "oppose", "2021-01-01", n=1)
    hold(archive, "FRA", "whaling", "support", "2021-01-01", n=2)
    hold(archive, "FRA", "whaling", "support", "2021-01-01", n=3)
    (found,) = find_agreements(archive, "NOR", "FRA")
    assert (found.agreed, found.n) == (1, 1)
    assert describe_pair(archive, "NOR", "FRA").issues[0].agree is True


def test_what_others_say_of_a_state_is_kept_apart_and_counted(archive):
    rival = Attribution("indirect", Actor("FRA"), (), ("FRA",))
    hold(archive, "FRA", "whaling", "oppose")
    hold(archive, "NOR", "whaling", "support", status="claimed", attribution=rival)
    hold(archive, "FRA", "arctic", "oppose")
    hold(archive, "NOR", "arctic", "oppose", attribution=rival)
    (apart,) = find_agreements(archive, "NOR", "FRA")
    assert (apart.n, apart.share, apart.apart) == (0, None, 2)
    (used,) = find_agreements(archive, "NOR", "FRA", spoken_for="include")
    assert (used.agreed, used.n, used.apart) == (1, 2, 0)


def test_a_joint_position_is_counted_beside(archive):
    told = report("Both support the use of frozen assets.")
    both = Position(evidence=evidence(told), sources=actors("DEU POL"), issue="whaling", stance="support")
    archive.add(coded(told, both))
    (found,) = find_agreements(archive, "POL", "DEU")
    assert (found.agreed, found.n, found.joint) == (1, 1, (both.id,))
    (opened,) = (archive.record(id)[0] for id in found.joint)
    assert {actor["code"] for actor in opened["sources"]} == {"DEU", "POL"}


def test_two_who_claim_one_thing_part(archive):
    hold(archive, "ARG", "falklands", "claim")
    hold(archive, "GBR", "falklands", "claim")
    assert find_agreements(archive, "ARG", "GBR")[0].share == 0


def test_denied_and_imagined_stances_and_bodies_are_in_no_share(archive):
    hold(archive, "NOR", "whaling", "support", status="denied")
    hold(archive, "FRA", "whaling", "support")
    hold(archive, "EUR", "whaling", "support")
    assert find_agreements(archive) == ()


def test_drift_names_the_issues_that_turned_and_shows_empty_periods(archive):
    hold(archive, "NOR", "whaling", "support", "2019-05-01")
    hold(archive, "FRA", "whaling", "support", "2019-06-01")
    hold(archive, "NOR", "whaling", "support", "2021-05-01")
    hold(archive, "FRA", "whaling", "oppose", "2021-06-01")
    years = find_agreements(archive, "NOR", "FRA", by="year")
    assert [(x.period, x.agreed, x.n) for x in years] == [("2019", 1, 1), ("2020", 0, 0), ("2021", 0, 1)]
    drift = draw_drift(years)
    assert drift.change == -1
    assert drift.interval == pytest.approx(change_interval((1, 1), (0, 1)))
    assert [(t.issue, t.before.period, t.after.period, t.agree) for t in drift.turns] == [
        ("whaling", "2019", "2021", False)
    ]
    halves = find_agreements(archive, "NOR", "FRA", by="half")
    assert [(x.period, x.n) for x in halves][:2] == [("2019-H1", 1), ("2019-H2", 0)]


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("half", ["2019-H2", "2020-H1"]),
        ("quarter", ["2019-Q4", "2020-Q1"]),
        ("month", ["2019-12", "2020-01"]),
    ],
)
def test_periods_are_named_as_people_write_them(archive, by, names):
    for day in ("2019-12-30", "2020-01-02"):
        hold(archive, "NOR", "whaling", "support", day)
        hold(archive, "FRA", "whaling", "support", day)
    assert [x.period for x in find_agreements(archive, "NOR", "FRA", by=by)] == names


def test_a_window_cuts_on_the_day_of_the_stance(archive):
    hold(archive, "NOR", "whaling", "support", date_end=date(2018, 1, 1))
    hold(archive, "FRA", "whaling", "oppose")
    assert find_agreements(archive, "NOR", "FRA")[0].n == 1
    assert find_agreements(archive, "NOR", "FRA", since=date(2020, 1, 1))[0].n == 0


def test_pairs_come_by_the_issues_they_share(archive):
    for code in ("NOR", "FRA", "ITA"):
        hold(archive, code, "whaling", "support")
    hold(archive, "NOR", "arctic", "support")
    hold(archive, "ITA", "arctic", "support")
    assert [(x.a, x.b, x.n) for x in find_agreements(archive)] == [
        ("ITA", "NOR", 2), ("FRA", "ITA", 1), ("FRA", "NOR", 1),
    ]  # fmt: skip
    assert [(x.a, x.b) for x in find_agreements(archive, "NOR", least=2)] == [("NOR", "ITA")]


def test_a_state_without_a_position_is_refused_by_name(archive):
    hold(archive, "NOR", "whaling", "support")
    with pytest.raises(NotInArchive, match=r"no position of Chad \(TCD\); most positions are of NOR"):
        find_agreements(archive, "NOR", "TCD")


@pytest.mark.parametrize(
    ("hits", "n", "interval"),
    [(4, 5, (0.37553, 0.96379)), (0, 4, (0.0, 0.48989)), (10, 10, (0.72247, 1.0))],
)
def test_wilsons_interval_is_that_of_the_tables(hits, n, interval):
    assert share_interval(hits, n) == pytest.approx(interval, abs=1e-4)


def test_wilsons_interval_is_that_of_statsmodels():
    proportion = pytest.importorskip("statsmodels.stats.proportion")
    for hits, n in [(1, 3), (7, 9), (0, 1), (45, 60)]:
        assert share_interval(hits, n) == pytest.approx(
            proportion.proportion_confint(hits, n, method="wilson"), abs=1e-9
        )
    assert share_interval(0, 0) is None


def test_the_interval_of_a_change_is_newcombes():
    # Newcombe (1998), table II, example (a): 56/70 less 48/80 is 0.0524 to 0.3339
    assert change_interval((48, 80), (56, 70)) == pytest.approx((0.0524, 0.3339), abs=1e-4)
    assert change_interval((0, 0), (1, 2)) is None
