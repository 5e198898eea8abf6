"""One name for what a figure counts, whatever words a report has for it."""

import pytest

from detente.knowledge.subjects import acts_counted, subject_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("contracts", "deals"),
        ("total value of deals", "several contracts"),
        ("Trade turnover", "volume of trade"),
        ("people killed", "deaths"),
    ],
)
def test_words_for_one_thing_are_one_subject(one, other):
    assert subject_of(one) == subject_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trade", "share of trade"),
        ("trade", "growth of trade"),
        ("arms", "arms exports"),
        ("killed", "injured"),
    ],
)
def test_a_part_or_a_change_of_a_thing_is_another_subject(one, other):
    assert subject_of(one) != subject_of(other)


def test_words_no_table_knows_name_themselves():
    assert subject_of("the Total of Cod Quotas") == "cod quotas"


def test_a_counted_noun_stands_for_acts():
    assert acts_counted("visit") == (("CONSULT", "visit"),)
    assert ("MOBILIZE", None) in acts_counted("drill")
    assert acts_counted("herring") == ()
