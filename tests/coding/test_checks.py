"""A report is held against itself: conversions, weekdays, shares; both sides stand in the finding."""

from datetime import date

import pytest

from detente.coding.howmuch.checks import check_report
from detente.records import Report

DAY = date(2023, 5, 10)  # a Wednesday


def found(text, published=DAY, title=None):
    return [(f.check, f.verdict) for f in check_report(Report(text, title, published))]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The missile flew 50 km (31 miles) on Sunday.", "agrees"),
        ("The missile flew 50 km (about 31 miles) on Sunday.", "agrees"),
        ("The missile flew 50 km (80 miles) on Sunday.", "disagrees"),
        ("The statue is about fourteen feet (four metres) tall.", "agrees"),
        ("The storm moved at 30 miles per hour (45 kilometres per hour).", "disagrees"),
        ("A surge of three to six feet (one to two metres) is expected.", "agrees"),
        ("The pipeline carries 10 tonnes (2,204 pounds) an hour.", None),
        ("The wall is 700 miles, or 1,126 kilometres, long.", "agrees"),
        ("It flew 50 km (the port is 80 miles away).", None),
        ("The loan of $50 million (€46 million) was signed.", None),
        ("The ship sailed 300 km in 12 hours.", None),
    ],
)
def test_an_amount_said_again_in_another_unit_is_reckoned_over(text, verdict):
    assert found(text) == ([("conversion", verdict)] if verdict else [])


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("They met on Monday, May 8, in Oslo.", "agrees"),
        ("They met on Monday, May 9, in Oslo.", "disagrees"),
        ("They met on Monday (May 8) in Oslo.", "agrees"),
        ("They met on Wednesday 5 April 2017 in Oslo.", "agrees"),
        ("They met on Thursday, the 5th of April 2017.", "disagrees"),
        ("They met on 5 April 2017 (Wednesday).", "agrees"),
        ("They met on Saturday, October 8, and again in May.", None),  # so it was in 2022
        ("They meet on Monday, and May 9 is a holiday.", None),
        ("They met on Monday at 8:30.", None),
    ],
)
def test_a_weekday_is_held_against_its_date(text, verdict):
    assert found(text) == ([("weekday", verdict)] if verdict else [])


def test_a_date_without_a_year_in_a_report_without_a_day_is_left_alone():
    assert found("They met on Monday, May 9, in Oslo.", published=None) == []
    assert found("They met on Monday, May 9, 2023, in Oslo.", published=None) == [("weekday", "disagrees")]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The president won 58 percent of the vote and his rival 47 percent.", "disagrees"),
        ("The president won 52.6 percent of the vote and his rival 47.4 percent.", "agrees"),
        ("The president won 45 percent of the vote and his rival 30 percent.", None),
        ("The poll found 52 percent back the pact and 51 percent oppose it.", "disagrees"),
        ("Exports rose by 70 percent and imports by 60 percent.", None),
        ("On a turnout of 80 percent she won 60 percent of the vote.", None),
        ("Some 70 percent trust the army and 60 percent the courts.", None),
    ],
)
def test_shares_of_one_vote_come_to_no_more_than_all(text, verdict):
    assert found(text) == ([("shares", verdict)] if verdict else [])


def test_a_finding_bears_both_sides_as_they_stand_in_the_text():
    report = Report("They met. The missile flew 50 km (80 miles) on Sunday.", "Monday, May 9: talks", DAY)
    weekday, conversion = check_report(report)
    assert [e.quote for e in weekday.sides] == ["Monday", "May 9"]
    assert [e.quote for e in conversion.sides] == ["50 km", "80 miles"]
    for side in (*weekday.sides, *conversion.sides):
        assert report.words(side.field, side.start, side.end) == side.quote
    assert "31.07" in conversion.says
    assert "Tuesday" in weekday.says
    assert conversion.to_json()["record"] == "finding"
    assert conversion.id == check_report(report)[1].id != weekday.id
