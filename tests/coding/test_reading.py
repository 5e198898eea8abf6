"""A reading gives back what stands in a sentence, and a changed reading gives what it holds now."""

import pickle
from dataclasses import replace

from detente.coding.reading import Mention, Reading, by_sentence
from detente.language.analysis import Analysis, Span
from detente.records import Actor, Report


def mention(sentence: int, code: str) -> Mention:
    return Mention(Span(sentence, 0, 1, 0), (Actor(code, None, None, "GOV"),), "name")


def reading(*mentions: Mention) -> Reading:
    return Reading(Report("Oslo left. Rome stayed."), Analysis(()), mentions)


def test_mentions_come_by_sentence_in_their_order() -> None:
    first, second, third = mention(0, "NOR"), mention(1, "ITA"), mention(0, "SWE")
    one = reading(first, second, third)
    assert one.mentions_in(0) == (first, third)
    assert one.mentions_in(1) == (second,)
    assert one.mentions_in(7) == ()


def test_a_changed_reading_is_indexed_anew() -> None:
    one = reading(mention(0, "NOR"))
    assert len(one.mentions_in(0)) == 1
    assert replace(one, mentions=()).mentions_in(0) == ()


def test_an_index_changes_neither_equality_nor_what_is_sent_to_another_process() -> None:
    asked, fresh = reading(mention(0, "NOR")), reading(mention(0, "NOR"))
    asked.mentions_in(0)
    assert asked == fresh
    assert pickle.loads(pickle.dumps(asked)).mentions_in(0) == fresh.mentions_in(0)


def test_findings_without_any_give_an_empty_index() -> None:
    assert by_sentence(()) == {}
