"""Tellings of one act become one act, whatever the order they come in; different acts stay apart."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.builders import coded, event, report, visit
from detente.archive import Archive
from detente.archive.merging import block_key, course_day, find_spots, merge, pairs_of, reach
from detente.archive.rows import contract_rows
from detente.archive.tellings import Telling
from detente.records import Coded


def acts_of(folder: Path, reports: Sequence[Coded]) -> list[dict[str, Any]]:
    with Archive(folder, create=True) as archive:
        for told in reports:
            archive.add(told)
        return list(archive.acts())


def tell(
    text: str, type: str, sources: str, recipients: str = "", *, published: str = "2021-03-10", **fields: Any
):
    told = report(text, published)
    return coded(told, event(told, type, sources, recipients, **fields))


def test_one_visit_told_three_ways_is_one_act(tmp_path):
    (act,) = acts_of(
        tmp_path / "a",
        [
            visit("The French minister came to Oslo on Tuesday."),
            visit("Paris's envoy was received in Norway.", start="2021-03-10", place=None),
            visit("Norway played host to the minister.", start=None, published="2021-03-11"),
        ],
    )
    assert (act["n_records"], act["n_reports"]) == (3, 3)
    assert act["reason"] == "same parties, 2021-03-09, all CONSULT/visit, Oslo, told by 3 reports"


@pytest.mark.parametrize(
    ("why", "one", "other"),
    [
        ("a fortnight apart", {}, {"start": "2021-03-24", "published": "2021-03-25"}),
        ("another capital", {}, {"place": "Bergen", "country": "FRA"}),
        ("a call is no visit", {}, {"mode": "phone"}),
        ("another topic", {"issue": "whaling"}, {"issue": "fishing-quotas"}),
        ("a plan is not its deed", {}, {"status": "planned"}),
        ("a denial tells no deed", {}, {"status": "denied"}),
    ],
)
def test_acts_that_differ_in_what_counts_stay_apart(tmp_path, why, one, other):
    told = [visit("The minister came to Oslo.", **one), visit("The minister was in Oslo.", **other)]
    assert len(acts_of(tmp_path / "a", told)) == 2, why


def test_an_attack_whose_doer_nobody_names_is_found_again_in_the_next_report(tmp_path):
    attack = {"type": "ASSAULT", "sources": "", "recipients": "SOM", "start": "2021-03-09", "place": "Baidoa",
              "mode": "heavy-weapons"}  # fmt: skip
    first = tell("Shells fell on a market in Baidoa on Tuesday.", **attack)
    second = tell("The market in Baidoa was shelled.", **attack, published="2021-03-11")
    elsewhere = tell("Shells fell on Kismayo on Tuesday.", **attack | {"place": "Kismayo"})
    acts = acts_of(tmp_path / "a", [first, second, elsewhere])
    assert sorted((act["n_reports"], act["place"]["name"]) for act in acts) == [(1, "Kismayo"), (2, "Baidoa")]


def test_blame_is_directed_and_a_visit_is_not(tmp_path):
    blame = [tell("A blamed B over fish.", "ACCUSE", a, b) for a, b in (("FRA", "NOR"),)]
    back = [tell("B blamed A over fish.", "ACCUSE", "NOR", "FRA")]
    assert len(acts_of(tmp_path / "a", blame + back)) == 2
    talks = [tell("They met.", "CONSULT", "FRA NOR", start="2021-03-09", mode="visit"),
             tell("He met her.", "CONSULT", "NOR", "FRA", start="2021-03-09", mode="visit")]  # fmt: skip
    assert len(acts_of(tmp_path / "b", talks)) == 1


def test_blame_of_two_and_blame_between_the_two_are_two_whichever_comes_first(tmp_path):
    words = "France and Norway will speak of whales hunted under the quota rules."
    joint, between = tell(words, "ACCUSE", "FRA NOR", ""), tell(f"{words} Again.", "ACCUSE", "FRA", "NOR")
    assert len(acts_of(tmp_path / "a", [joint, between])) == 2
    assert len(acts_of(tmp_path / "b", [between, joint])) == 2


def test_two_rebukes_of_one_day_are_one_act_only_if_they_are_about_one_thing(tmp_path):
    day = {"start": "2021-03-09"}
    fish = "Paris condemned the seizure of trawlers near Jan Mayen"
    whales = "Paris criticised the killing of minke whales"
    again = "The seizure of trawlers off Jan Mayen was condemned by France"
    told = [tell(words, "ACCUSE", "FRA", "NOR", **day) for words in (fish, whales, again)]
    assert sorted(a["n_records"] for a in acts_of(tmp_path / "a", told)) == [1, 2]


def test_tellings_in_one_report_are_one_act_where_the_coder_says_so(tmp_path):
    told = report("He came on Tuesday. The visit ended late.")
    first = event(told, "CONSULT", "FRA", "NOR", start="2021-03-09", quote="He came on Tuesday.", act="v1")
    same = event(told, "CONSULT", "FRA NOR", quote="The visit ended late.", act="v1")
    other = event(told, "CONSULT", "FRA NOR", start="2021-03-09", act="v2")
    assert sorted(a["n_records"] for a in acts_of(tmp_path / "a", [coded(told, first, same, other)])) == [
        1,
        2,
    ]


def test_what_the_coder_joined_stays_joined_even_if_the_types_differ(tmp_path):
    told = report("He came on Tuesday. The talks were praised.")
    first = event(told, "CONSULT", "FRA", "NOR", start="2021-03-09", quote="He came on Tuesday.", act="v1")
    same = event(told, "SUPPORT", "FRA", "NOR", quote="The talks were praised.", act="v1")
    (act,) = acts_of(tmp_path / "a", [coded(told, first, same)])
    assert (act["type"], act["n_records"], act["reason"].split(", ")[-1]) == (
        "CONSULT",
        2,
        "joined by the coder",
    )


def test_most_reports_decide_the_status_and_of_equals_the_one_that_vouches(tmp_path):
    told = [visit("One.", status="claimed"), visit("Two.", status="happened")]
    assert [a["status"] for a in acts_of(tmp_path / "a", told)] == ["happened"]
    told += [visit("Three.", status="claimed")]
    assert [a["status"] for a in acts_of(tmp_path / "b", told)] == ["claimed"]


def test_an_id_taken_over_by_another_act_still_leads_to_it(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(visit("The minister was in town.", start=None, place=None, published="2021-03-11"))
        (vague,) = archive.acts()
        archive.add(visit("The French minister came to Oslo on Tuesday."))
        (exact,) = archive.acts()
        assert vague["act"] != exact["act"]
        assert archive.act(vague["act"])["act"] == exact["act"]
        assert archive.counts()["acts"] == 1


def test_asking_and_blaming_side_by_side_makes_no_pair_of_the_two():
    row = {"sources": [{"code": "CHN"}, {"code": "RUS"}], "recipients": [{"code": "KOR"}], "quad": 3}
    assert pairs_of(row) == (("CHN", "KOR"), ("KOR", "RUS"))
    assert pairs_of(row | {"quad": 2, "recipients": []}) == (("CHN", "RUS"),)
    assert pairs_of(row | {"sources": [{"code": None}, {"code": "KOR"}]}) == ()


def row(**fields: Any) -> dict[str, Any]:
    blank = {"date_start": None, "date_end": None, "status": "happened", "status_detail": None,
             "type": "CONSULT", "sources": [{"code": "FRA"}], "recipients": [{"code": "NOR"}]}  # fmt: skip
    return blank | fields


@pytest.mark.parametrize(
    ("why", "fields", "day", "by_report"),
    [
        ("its own last day", {"date_start": "2021-03-08", "date_end": "2021-03-09"}, "2021-03-09", False),
        (
            "not after it was told",
            {"date_start": "2021-01-01", "date_end": "2021-12-31"},
            "2021-03-10",
            False,
        ),
        (
            "a plan stands on its own day",
            {"date_end": "2021-12-31", "status": "planned"},
            "2021-12-31",
            False,
        ),
        ("still going on when told", {"date_start": "2014-03-01"}, "2021-03-10", True),
        ("a plan with a beginning", {"date_start": "2021-05-01", "status": "planned"}, "2021-05-01", False),
        ("its report's day, and said to be", {}, "2021-03-10", True),
        ("a habit has no day", {"status_detail": "habitual"}, None, False),
        ("nor has undated background", {"status_detail": "historical"}, None, False),
    ],
)
def test_the_day_an_act_stands_on(why, fields, day, by_report):
    expected = (date.fromisoformat(day) if day else None, by_report)
    assert course_day(row(**fields), date(2021, 3, 10)) == expected, why


def test_an_undated_act_is_sought_near_its_report_and_never_given_its_date():
    assert reach(row(), date(2021, 3, 10)) == (date(2021, 3, 7), date(2021, 3, 10))
    assert reach(row(), None) == (None, None)
    assert reach(row(date_end="0001-01-02"), None) == (date.min, date(1, 1, 2))


def test_an_event_without_parties_or_time_is_told_again_only_in_its_own_report():
    assert block_key(row(), "r1", date(2021, 3, 10)) == "deed CONSULT FRA+NOR"
    assert block_key(row(), "r1", None).endswith(" in r1")
    assert block_key(row(sources=[], recipients=[]), "r1", date(2021, 3, 10)).endswith(" in r1")


FIRST = date(2021, 3, 1)
days = st.integers(0, 12).map(lambda n: (FIRST + timedelta(n)).isoformat())
telling = st.fixed_dictionaries(
    {
        "type": st.sampled_from(["CONSULT", "ACCUSE", "ASSAULT"]),
        "sources": st.sampled_from(["FRA", "NOR", "FRA NOR"]),
        "recipients": st.sampled_from(["", "NOR"]),
        "mode": st.sampled_from([None, "visit", "phone"]),
        "start": st.none() | days,
        "place": st.sampled_from([None, "Oslo", "Bergen"]),
        "issue": st.sampled_from([None, "whaling", "fishing-quotas"]),
        "status": st.sampled_from(["happened", "claimed", "planned"]),
        "act": st.sampled_from([None, None, "x1"]),
        "words": st.sampled_from(
            ["trawlers seized near the island coast", "whales hunted under quota rules", "brief"]
        ),
    }
)  # fmt: skip
many_reports = st.lists(st.tuples(days, st.lists(telling, min_size=1, max_size=2)), min_size=2, max_size=6)


def build(number: int, published: str, tellings: Sequence[dict[str, Any]]) -> Coded:
    told = report(f"Report {number}. " + " ".join(t["words"] for t in tellings), published)
    events = [
        event(told, t["type"], t["sources"], t["recipients"], quote=t["words"],
              **{k: t[k] for k in ("mode", "start", "place", "issue", "status", "act")})
        for t in tellings
    ]  # fmt: skip
    return coded(told, *events)


def groups_of(reports: Sequence[Coded]) -> tuple[Any, ...]:
    """Return the acts, and for each record the act it tells, of an archive filled in this order."""
    with tempfile.TemporaryDirectory() as folder, Archive(Path(folder) / "a", create=True) as archive:
        for told in reports:
            archive.add(told)
        acts = {a["act"]: a for a in archive.acts()}
        return acts, {r["id"]: r["act"] for r in archive.records()}


@settings(max_examples=15, deadline=None)
@given(many_reports, st.randoms())
def test_acts_and_their_ids_are_the_same_in_any_order_of_arrival(contents, random):
    reports = [build(n, *content) for n, content in enumerate(contents)]
    shuffled = list(reports)
    random.shuffle(shuffled)
    acts, told = groups_of(reports)
    assert (acts, told) == groups_of(shuffled)
    assert set(told.values()) == set(acts)
    assert sum(a["n_records"] for a in acts.values()) == len(told)


@settings(max_examples=8, deadline=None)
@given(many_reports)
def test_adding_all_of_it_twice_changes_nothing(contents):
    reports = [build(n, *content) for n, content in enumerate(contents)]
    assert groups_of(reports) == groups_of([*reports, *reports])


def tellings_of(reports: Sequence[Coded]) -> list[Telling]:
    """Return what merging sees of these reports, all blocks together."""
    found = []
    for told in reports:
        rows = contract_rows(told)
        spots = find_spots(rows, told.report.id, told.report.published)
        for seq, (row, spot) in enumerate(zip(rows, spots, strict=True)):
            assert spot
            block, first, last = spot
            n = len(found)
            found.append(Telling(n, row["id"], told.report.id, seq, block, first, last, told.report.published,
                                 row, row["act"]))  # fmt: skip
    return found


@settings(max_examples=200, deadline=None)
@given(many_reports, st.randoms())
def test_merging_one_block_looks_at_the_set_and_not_at_the_order(contents, random):
    everything = tellings_of([build(n, *content) for n, content in enumerate(contents)])
    for block in {t.block for t in everything}:
        mine = [t for t in everything if t.block == block]
        shuffled = list(mine)
        random.shuffle(shuffled)
        one, other = ({a.id: [t.record for t in a.tellings] for a in merge(x)} for x in (mine, shuffled))
        assert one == other
        assert sorted(r for records in one.values() for r in records) == sorted(t.record for t in mine)
