"""Issues: found by name and by words together, named readably where unknown."""

from __future__ import annotations

import pytest

from detente.errors import KnowledgeError
from detente.knowledge.issues import (
    best_issue,
    find_hits,
    find_issues,
    issue,
    issues,
    name_of,
    narrow,
    propose_issue,
    read_issues,
    wider,
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the deployment of THAAD to South Korea", "thaad-south-korea"),
        ("Seoul agreed to host the missile system in South Korea", "thaad-south-korea"),
        ("North Korea's nuclear programme", "north-korea-nuclear-programme"),
        ("a freeze on missile tests and military drills in Korea", "freeze-for-freeze"),
        ("the “One China” principle", "one-china"),
        ("arms worth a billion dollars were sold to Taiwan: an arms sale to Taiwan", "arms-sales-taiwan"),
        ("the Paris climate accord", "paris-climate-agreement"),
        ("sanctions against Russia over its war", "sanctions-on-russia"),
        ("the Iran nuclear deal", "iran-nuclear-deal"),
        ("the two-state solution", "two-state-solution"),
        ("Ukraine's membership in NATO", "ukraine-nato-membership"),
        ("the Grand Ethiopian Renaissance Dam", "nile-dam"),
        ("grain exports through the Black Sea", "black-sea-grain"),
        ("the Golan Heights", "golan-heights"),
        ("tariffs on Chinese goods", "us-china-tariffs"),
        ("a permanent seat on the Security Council", "security-council-reform"),
        ("the weather in Oslo", None),
        ("inf and quad are small words", None),
    ],
)
def test_words_lead_to_their_issue(text: str, expected: str | None) -> None:
    assert best_issue(text) == expected


def test_offsets_give_the_words_back() -> None:
    text = "He spoke of the Minsk accords. Later the JCPOA came up."
    assert [(i, text[a:b]) for i, a, b in find_issues(text)] == [
        ("minsk-agreements", "Minsk accords"),
        ("iran-nuclear-deal", "JCPOA"),
    ]


def test_keywords_must_stand_in_one_sentence() -> None:
    assert find_issues("Seoul will host a summit. The missile system stays in South Korea's depots.") == ()


def test_the_narrower_issue_wins() -> None:
    assert [hit.id for hit in narrow(find_hits("a no-deal Brexit"))] == ["no-deal-brexit"]
    assert "brexit" in wider("no-deal-brexit")


def test_words_for_the_opposite_say_so() -> None:
    (hit,) = find_hits("counter-terrorism")
    assert (hit.id, hit.opposite) == ("terrorism", True)


def test_the_table_is_whole() -> None:
    assert len(issues()) >= 150
    assert all(row.name and row.source and row.checked for row in issues())
    assert len({row.name for row in issues()}) == len(issues())


def test_every_name_finds_its_own_issue() -> None:
    for row in issues():
        for alias in row.aliases:
            assert row.id in {i for i, _, _ in find_issues(alias.removeprefix("-"))}, f"{row.id}: {alias}"


def test_an_unknown_issue_gets_a_readable_id() -> None:
    assert propose_issue("the new tariff on ferries") == "tariff-ferries"
    assert propose_issue("its Émigré tax") == "emigre-tax"
    assert propose_issue("it") == ""
    assert name_of("tariff-ferries") == "tariff ferries"
    assert issue("tariff-ferries") is None


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ("issues = [{id = 'a', name = 'A'}, {id = 'a', name = 'B'}]", "twice"),
        ("issues = [{id = 'a', name = 'A', parents = ['b']}]", "unknown parent"),
        ("issues = [{id = 'a'}]", "name"),
        ("issues = [", "TOML"),
    ],
)
def test_a_bad_table_is_refused(table: str, words: str) -> None:
    with pytest.raises(KnowledgeError, match=words):
        read_issues(table)
