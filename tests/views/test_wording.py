"""Rows as words: days no more exact than known, amounts as a newspaper sets them."""

from typing import Any

import pytest

from detente.views.lines import say_list
from detente.views.wording import (
    say_actors,
    say_amount,
    say_count,
    say_days,
    say_parties,
    say_period,
    say_speaker,
    say_type,
    trigger_spans,
)


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        ("2024-05-13", "2024-05-13", "day", "2024-05-13"),
        ("2024-05-13", "2024-05-14", "day", "2024-05-13…14"),
        ("2024-05-30", "2024-06-02", "day", "2024-05-30…06-02"),
        ("2024-12-31", "2025-01-02", "day", "2024-12-31…2025-01-02"),
        ("2024-05-01", "2024-05-31", "month", "2024-05"),
        ("2024-01-01", "2024-12-31", "year", "2024"),
        (None, "2024-05-13", "before", "by 2024-05-13"),
        ("2024-05-13", None, "day", "from 2024-05-13"),
        (None, None, None, "undated"),
    ],
)
def test_a_day_is_said_no_more_exactly_than_it_is_known(
    start: str | None, end: str | None, precision: str | None, words: str
) -> None:
    row = {"date_start": start, "date_end": end, "date_precision": precision}
    assert say_days(row) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2017-01-01", "2017-12-31", "2017"),
        ("2014-01-01", "2016-12-31", "2014–2016"),
        ("2017-01-01", "2017-04-30", "Jan–Apr 2017"),
        ("2017-02-01", "2017-02-28", "Feb 2017"),
        ("2016-11-01", "2017-02-28", "Nov 2016 – Feb 2017"),
        ("2017-07-03", "2017-07-03", "3 Jul 2017"),
        ("2017-07-03", "2017-07-09", "3 Jul 2017 – 9 Jul 2017"),
        ("2017-07-03", None, "from 3 Jul 2017"),
        (None, None, ""),
    ],
)
def test_a_period_reads_as_a_caption(start: str | None, end: str | None, words: str) -> None:
    assert say_period(start, end) == words


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        ({"value": 24.5e9, "unit": "USD", "op": "="}, "24.5 billion USD"),
        ({"value": 1e10, "unit": "USD", "op": ">"}, "over 10 billion USD"),
        ({"value": 1741, "unit": "km", "op": "~"}, "about 1,741 km"),
        ({"value": 1, "unit": "agreement", "op": "="}, "1 agreement"),
        ({"value": 3, "unit": "head of state", "op": "="}, "3 heads of state"),
        ({"value": 2, "unit": "city", "op": ">="}, "at least 2 cities"),
        ({"value": [10, 12], "unit": "ship", "op": "="}, "10 to 12 ships"),
        ({"value": 56.2, "unit": "percent", "op": "=", "of": "exports"}, "56.2 percent of exports"),
        ({"value": 400e6, "unit": "cubic metre", "op": "~"}, "about 400 million cubic metres"),
        ({"value": 0, "unit": "vessel", "op": "="}, "0 vessels"),
    ],
)
def test_an_amount_reads_as_in_a_newspaper(figure: dict[str, Any], words: str) -> None:
    assert say_amount(figure) == words


def test_what_is_counted_is_not_said_twice() -> None:
    figure = {
        "value": 11,
        "unit": "violation",
        "op": "=",
        "what": "violations",
        "period_start": None,
        "period_end": None,
    }
    assert say_type({"record": "figure", "figure": figure}) == "11 violations"
    assert say_type({"record": "figure", "figure": figure | {"what": "flights"}}) == "11 violations flights"


def test_a_joint_act_has_no_arrow() -> None:
    both = [{"code": "NOR"}, {"code": "RUS"}]
    assert say_parties({"sources": both, "recipients": []}) == "NOR, RUS"
    assert say_parties({"sources": both[:1], "recipients": both[1:]}) == "NOR → RUS"


def test_an_actor_nobody_can_place_says_so() -> None:
    assert say_actors([{"code": None, "name": "Berg"}]) == "Berg (unresolved)"


def test_a_speaker_for_others_is_told_apart_from_the_others() -> None:
    attribution = {"speaker": {"code": "NOR", "name": "Larsen"}, "via": ["NTB"], "speaks_for": ["NOR", "SWE"]}
    assert say_speaker(attribution) == "Larsen (NOR) for SWE, via NTB"
    assert say_speaker({"kind": "narrator", "speaker": None, "via": []}) == "the report"


def test_triggers_are_found_as_whole_words_and_never_overlap() -> None:
    why = [{"words": "met"}, {"words": "met the minister"}, {"words": "absent"}, {"words": ""}]
    assert trigger_spans("Metal workers met the minister", why) == ((14, 17),)


def test_one_is_singular_and_thousands_have_a_comma() -> None:
    assert [say_count(n, "report") for n in (0, 1, 1200)] == ["0 reports", "1 report", "1,200 reports"]


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ((), ""),
        (("China",), "China"),
        (("China", "Russia"), "China and Russia"),
        (("Egypt", "Ethiopia", "Sudan"), "Egypt, Ethiopia and Sudan"),
    ],
)
def test_names_in_a_row_have_one_and(names: tuple[str, ...], words: str) -> None:
    assert say_list(names) == words
