"""A pair's page says what happened, who stands where and what became of plans, each with its words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archive.builders import coded, event, figure, position, report, statement, visit
from detente.archive import Archive
from detente.errors import NotInArchive
from detente.measures.pair import describe_pair
from detente.measures.stances import do_they_agree
from detente.records import Actor, Attribution


@pytest.fixture
def archive(tmp_path: Path):
    with Archive(tmp_path / "a", create=True) as opened:
        yield opened


def add(archive, text, *records_of, published="2021-03-10", **fields):
    """Add one report whose records are made by functions of it."""
    told = report(text, published, **fields)
    archive.add(coded(told, *(make(told) for make in records_of)))


def test_an_act_told_twice_is_one_line_with_both_quotes_the_best_first(archive):
    archive.add(visit("Paris's envoy was in Norway.", place=None, outlet="AFP"))
    archive.add(visit("The French minister came to Oslo on Tuesday.", outlet="NTB"))
    (act,) = describe_pair(archive, "NOR", "FRA").acts
    assert [q.outlet for q in act.quotes] == ["NTB", "AFP"]
    assert (act.place, act.counted, act.n_reports) == ("Oslo", True, 2)
    assert archive.record(act.quotes[0].record)[0]["quote"] == act.quotes[0].quote


def test_acts_come_newest_first_and_the_course_counts_each_once(archive):
    archive.add(visit("The minister came to Oslo."))
    archive.add(visit("Paris's envoy was in Oslo."))
    add(
        archive,
        "Paris condemned the seizure.",
        lambda r: event(r, "ACCUSE", "FRA", "NOR"),
        published="2021-05-02",
    )
    pair = describe_pair(archive, "FRA", "NOR")
    assert [a.type for a in pair.acts] == ["ACCUSE", "CONSULT"]
    assert [(p.period, p.n, p.total) for p in pair.course] == [
        ("2021-03", 1, 2.5), ("2021-04", 0, 0), ("2021-05", 1, -3),
    ]  # fmt: skip
    assert {a.act for a in pair.acts} == {id for p in pair.course for id in p.acts}


def test_a_demand_on_a_third_party_leaves_the_pair_alone(archive):
    add(
        archive,
        "France and Norway urged Chad to hold a vote.",
        lambda r: event(r, "REQUEST", "FRA NOR", "TCD"),
    )
    add(archive, "France and Norway held a drill.", lambda r: event(r, "COOPERATE", "FRA NOR"))
    assert [a.type for a in describe_pair(archive, "FRA", "NOR").acts] == ["COOPERATE"]
    assert [a.type for a in describe_pair(archive, "FRA", "TCD").acts] == ["REQUEST"]


def test_a_window_cuts_acts_course_and_promises_alike(archive):
    archive.add(visit("The minister came to Oslo."))
    archive.add(visit("He came again.", "2021-06-10", start="2021-06-09"))
    pair = describe_pair(archive, "FRA", "NOR", since=date(2021, 6, 1))
    assert [a.date_start for a in pair.acts] == [date(2021, 6, 9)]
    assert [p.period for p in pair.course] == ["2021-06"]
    assert describe_pair(archive, "FRA", "NOR", until=date(2021, 2, 1)).acts == ()


def plan(archive, *, published="2021-04-02", start="2021-05-01", end="2021-05-31", type="AGREE", **fields):
    def planned(r):
        fields.setdefault("date_precision", "month")
        return event(r, type, "FRA NOR", status="planned", start=start, end=end, **fields)

    add(archive, f"They will meet, it was said on {published}.", planned, published=published)


def later(archive, published: str):
    add(archive, f"Nothing new on {published}.", published=published)


def test_a_plan_with_its_deed_is_kept_and_both_quotes_stand_together(archive):
    plan(archive)
    archive.add(visit("The minister came to Oslo on 4 May.", "2021-05-05", start="2021-05-04"))
    pair = describe_pair(archive, "FRA", "NOR")
    (promise,) = pair.promises
    assert (promise.state, promise.due) == ("kept", date(2021, 5, 31))
    assert promise.kept
    assert "came to Oslo" in promise.kept.quote
    assert "will meet" in promise.planned.quote
    kept, planned = sorted(pair.acts, key=lambda a: a.status)
    assert (kept.keeps, planned.promise, planned.counted) == (planned.act, "kept", False)
    assert promise.kept_by == kept.act


def test_a_plan_is_open_until_a_month_after_its_last_day_and_then_lapsed(archive):
    plan(archive)
    later(archive, "2021-07-01")
    assert [p.state for p in describe_pair(archive, "FRA", "NOR").promises] == ["open"]
    later(archive, "2021-07-02")
    (promise,) = describe_pair(archive, "FRA", "NOR").promises
    assert (promise.state, promise.kept, promise.kept_by) == ("lapsed", None, None)
    assert [p.state for p in describe_pair(archive, "FRA", "NOR", as_of=date(2021, 6, 1)).promises] == [
        "open"
    ]


def test_a_meeting_called_off_lapses_at_once_and_says_by_which_words(archive):
    plan(archive)
    add(archive, "Oslo called the meeting off.", lambda r: event(r, "REJECT", "NOR", "FRA", mode="meet"),
        published="2021-04-20")  # fmt: skip
    (promise,) = describe_pair(archive, "FRA", "NOR").promises
    assert promise.state == "lapsed"
    assert promise.called_off
    assert promise.called_off.quote == "Oslo called the meeting off."


@pytest.mark.parametrize(
    ("why", "planned", "told"),
    [
        ("another month", {}, {"start": "2021-08-01", "published": "2021-08-02"}),
        ("a call is no visit", {"type": "CONSULT", "mode": "visit"}, {"mode": "phone"}),
        ("only habit", {}, {"status_detail": "habitual"}),
        ("only planned again", {}, {"status": "planned", "type": "CONSULT"}),
    ],
)
def test_what_is_not_the_deed_does_not_keep_the_plan(archive, why, planned, told):
    plan(archive, **planned)
    told = {"start": "2021-05-04", "mode": "visit", "type": "CONSULT"} | told
    published = told.pop("published", "2021-05-05")
    add(archive, "They met.", lambda r: event(r, told.pop("type"), "FRA", "NOR", **told), published=published)
    assert describe_pair(archive, "FRA", "NOR", as_of=date(2021, 6, 1)).promises[-1].state == "open", why


def test_a_bridge_planned_by_2029_is_not_kept_by_a_visit_but_by_its_building(archive):
    add(archive, "The two will build a railway bridge over the sound by 2029.",
        lambda r: event(r, "AGREE", "FRA NOR", status="planned", end="2029-12-31"),
        published="2021-01-02")  # fmt: skip
    archive.add(visit("The minister came to Oslo."))
    assert [p.state for p in describe_pair(archive, "FRA", "NOR").promises] == ["open"]
    add(archive, "The railway bridge was built and opened by both.",
        lambda r: event(r, "COOPERATE", "FRA NOR", start="2028-06-01"), published="2028-06-02")  # fmt: skip
    (promise,) = describe_pair(archive, "FRA", "NOR").promises
    assert (promise.state, promise.kept and promise.kept.published) == ("kept", date(2028, 6, 2))


def test_the_headline_that_tells_a_plan_does_not_keep_it(archive):
    add(archive, "The two agree on a bridge. They will build the bridge in 2021.",
        lambda r: event(r, "AGREE", "FRA NOR", quote="The two agree on a bridge."),
        lambda r: event(r, "AGREE", "FRA NOR", status="planned", start="2021-01-01", end="2021-12-31",
                        quote="They will build the bridge in 2021."))  # fmt: skip
    assert [p.state for p in describe_pair(archive, "FRA", "NOR").promises] == ["open"]


def test_a_crossing_to_be_opened_by_a_day_is_kept_by_its_opening(archive):
    add(archive, "Oslo will reopen the crossing by the end of January.",
        lambda r: event(r, "CONCEDE", "NOR", "FRA", status="planned", end="2021-01-31"),
        published="2020-11-20")  # fmt: skip
    add(archive, "Cars rolled again on 30 January.",
        lambda r: event(r, "RETREAT", "NOR", "FRA", mode="access", start="2021-01-30"),
        published="2021-01-31")  # fmt: skip
    (promise,) = describe_pair(archive, "FRA", "NOR").promises
    assert (promise.state, promise.reason) == ("kept", "RETREAT/access on 2021-01-30")


def test_one_deed_keeps_one_plan(archive):
    plan(archive)
    plan(archive, published="2021-04-09", start="2021-05-15", end="2021-06-15")
    archive.add(visit("They met on 20 May.", "2021-05-21", start="2021-05-20"))
    assert sorted(p.state for p in describe_pair(archive, "FRA", "NOR").promises) == ["kept", "open"]


def test_issues_are_parted_or_shared_by_the_newest_stances(archive):
    add(archive, "Old days.", lambda r: position(r, "FRA", "whaling", "support"),
        lambda r: position(r, "NOR", "whaling", "support"), published="2020-01-01")  # fmt: skip
    add(archive, "New days.", lambda r: position(r, "FRA", "whaling", "oppose"))
    add(archive, "Both like it.", lambda r: position(r, "FRA NOR", "nato-enlargement", "support"))
    add(archive, "One alone.", lambda r: position(r, "NOR", "offshore-drilling", "support"))
    pair = describe_pair(archive, "FRA", "NOR")
    assert [(i.issue, i.agree) for i in pair.issues] == [
        ("whaling", False), ("nato-enlargement", True), ("offshore-drilling", None),
    ]  # fmt: skip
    assert [i.issue for i in pair.shared] == ["nato-enlargement"]
    assert [i.issue for i in pair.parted] == ["whaling"]
    assert next((s.code, s.stance) for s in pair.parted[0].stances) == ("FRA", "oppose")


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("support", "demand", True), ("oppose", "refuse", True), ("support", "oppose", False),
        ("demand", "refuse", False), ("claim", "claim", False), ("claim", "support", True),
        ("claim", "oppose", False), ("neutral", "support", None),
    ],
)  # fmt: skip
def test_stances_go_together_or_part(one, other, agree):
    assert do_they_agree(one, other) is agree
    assert do_they_agree(other, one) is agree


def test_figures_that_disagree_are_both_kept_as_one_conflict_set(archive):
    for value in (10e9, 12e9, 10.01e9):
        add(archive, f"Trade was {value}.", lambda r, v=value: figure(r, "FRA NOR", v, "EUR", "trade"))
    add(archive, "Fish was a tenth of it.", lambda r: figure(r, "NOR FRA", 10, "percent", "fish"))
    lines = describe_pair(archive, "FRA", "NOR").figures
    assert sorted(x.value for x in lines if x.conflict) == [10e9, 10.01e9, 12e9]
    assert len({x.conflict for x in lines if x.conflict}) == 1
    assert [x.conflict for x in lines if x.unit == "percent"] == [None]


def test_figures_that_round_to_each_other_do_not_disagree(archive):
    for value in (24.5e9, 24.52e9):
        add(archive, f"Trade was {value}.", lambda r, v=value: figure(r, "FRA NOR", v, "EUR", "trade"))
    assert [x.conflict for x in describe_pair(archive, "FRA", "NOR").figures] == [None, None]


def test_statements_about_the_pair_say_who_and_which_way(archive):
    dupont = Actor("FRA", "Jean Dupont")
    add(
        archive,
        "«Our ties with Norway are better than ever.»",
        lambda r: statement(r, dupont, "NOR", "rising"),
    )
    add(archive, "«Chad is far.»", lambda r: statement(r, dupont, "TCD"))
    (line,) = describe_pair(archive, "FRA", "NOR").statements
    assert (line.direction, line.speaker, line.speaker_code, line.about) == (
        "rising",
        "Jean Dupont",
        "FRA",
        ("NOR",),
    )


def test_a_quote_says_who_speaks_and_is_silent_where_the_reporter_does(archive):
    said = Attribution("indirect", Actor(None, None, "the ambassador", None))
    add(archive, "A visit took place, the ambassador said.",
        lambda r: event(r, "CONSULT", "FRA", "NOR", start="2021-03-09", attribution=said))  # fmt: skip
    archive.add(visit("The minister came to Bergen.", start="2021-01-09", published="2021-01-10"))
    speakers = [a.quotes[0].speaker for a in describe_pair(archive, "FRA", "NOR").acts]
    assert speakers == ["the ambassador", None]


def test_coverage_counts_reports_outlets_and_the_share_of_state_media(archive):
    archive.add(visit("The minister came to Oslo.", outlet="TASS"))
    archive.add(visit("Paris's envoy was in Oslo.", outlet="Reuters"))
    archive.add(visit("A guest came to Oslo.", outlet="The Fjord Gazette"))
    coverage = describe_pair(archive, "FRA", "NOR").coverage
    assert (coverage.n_reports, coverage.n_outlets, coverage.n_acts, coverage.n_records) == (3, 3, 1, 3)
    assert coverage.state_owned == 0.5  # nobody knows who owns the Gazette
    assert (coverage.first, coverage.last) == (date(2021, 3, 10), date(2021, 3, 10))


def test_a_pair_nobody_wrote_of_is_empty_and_says_its_names(archive):
    archive.add(visit("The minister came to Oslo."))
    pair = describe_pair(archive, "CHN", "RUS")
    assert (pair.course, pair.acts, pair.issues, pair.figures, pair.promises) == ((), (), (), (), ())
    assert (pair.name_a, pair.name_b) == ("China", "Russia")
    assert pair.coverage.state_owned is None


def test_a_state_and_itself_are_no_pair(archive):
    with pytest.raises(NotInArchive, match="two"):
        describe_pair(archive, "FRA", "FRA")


def test_an_act_that_two_reports_date_differently_is_disputed_with_both_days(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(visit("The minister came to Oslo on Tuesday.", "2021-03-10", outlet="NTB"))
        archive.add(
            visit("The minister came to Oslo on Monday.", "2021-03-11", outlet="AFP", start="2021-03-08")
        )
        (act,) = describe_pair(archive, "FRA", "NOR").disputed
    (conflict,) = act.conflicts
    assert (conflict.aspect, {v.says for v in conflict.values}) == ("when", {"2021-03-08", "2021-03-09"})
