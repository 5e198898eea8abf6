"""Which records of one report tell one act: by sides, kind, days, and what the words are about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from archive.builders import event, report
from detente.coding.acts.identity import is_same_act, tie_acts
from detente.records import Event, Evidence


def tell(*sentences: str, title: str | None = None, type: str = "ACCUSE", **fields: object) -> list[Event]:
    """Return one event a sentence, by Norway of Russia, in the order of the text; the title's first."""
    told = report(" ".join(sentences), title=title)
    events = [event(told, type, "NOR", "RUS", quote=s, **fields) for s in sentences]  # type: ignore[arg-type]
    if title:
        head = Evidence(told.id, "title", 0, len(title), title)
        events.insert(0, replace(events[0], evidence=head))
    return events


def are_one(*sentences: str, **fields: object) -> bool:
    one, other = tell(*sentences, **fields)  # type: ignore[arg-type]
    return is_same_act(one, other)


def test_two_rebukes_about_two_things_are_two_acts():
    assert not are_one(
        "Oslo criticised the seizure of a trawler.", "Oslo blamed Moscow for the forged passports."
    )


def test_two_rebukes_about_one_thing_are_one_act():
    assert are_one(
        "Oslo criticised the seizure of a trawler.", "The trawler's seizure was condemned by Oslo."
    )


def test_one_issue_is_one_thing_whatever_the_words():
    words = ("Oslo criticised the quotas.", "Moscow was blamed for what happens to the fish.")
    assert are_one(*words, issue="barents-fishery")
    assert not are_one(*words)


@pytest.mark.parametrize(("mode", "one"), [("visit", True), ("multilateral", False)])
def test_a_visit_leaves_no_room_for_another_and_a_meeting_does(mode, one):
    words = ("Larsen arrived in Moscow.", "She stayed at the Kremlin as a guest.")
    assert are_one(*words, type="CONSULT", mode=mode) is one


def test_deeds_of_one_mode_on_one_day_are_one_and_on_no_known_day_two():
    words = ("Shells fell on the harbour.", "A fishing village came under fire.")
    assert are_one(*words, type="ASSAULT", mode="heavy-weapons", start="2021-03-09")
    assert not are_one(*words, type="ASSAULT", mode="heavy-weapons")


def test_a_headline_is_the_act_of_its_lede():
    head, lede = tell("Oslo on Monday criticised the flights.", title="Norway rebukes Russia")
    assert is_same_act(head, lede)


def test_two_acts_alike_are_dated_by_each_other_and_stay_two():
    one, other = tell(
        "Oslo criticised the flights.", "Oslo blamed Moscow for forged passports.", type="ASSAULT"
    )
    day = date(2021, 3, 9)
    first, second = tie_acts([replace(one, date_start=day, date_end=day, date_basis="on 9 March"), other])
    assert isinstance(first, Event)
    assert isinstance(second, Event)
    assert first.act != second.act
    assert second.date_start == day


def test_two_plans_to_meet_at_summits_share_no_matter_by_the_word_summit_alone():
    words = ("They met before the summit in Bonn.", "They had met on the sidelines of a summit in Astana.")
    assert not are_one(*words, type="CONSULT", mode="multilateral")
