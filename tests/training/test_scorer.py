"""The scores of an analysis against gold, aligned by character."""

from __future__ import annotations

import pytest

from detente.language.analysis import Sentence, Token

scorer = pytest.importorskip("training.scorer", reason="run from the repository root: python -m pytest")
data = pytest.importorskip("training.data", reason="run from the repository root: python -m pytest")


def gold() -> list:
    return [
        data.Sample(
            ("They", "did", "n't", "sign", "."), (True, True, False, True, False), "x", True,
            ("PRON|", "AUX|", "PART|", "VERB|", "PUNCT|"), ("they", "do", "not", "sign", "."),
            (3, 3, 3, -1, 3), ("nsubj", "aux", "advmod", "root", "punct"),
        ),
        data.Sample(
            ("Talks", "failed", "."), (True, True, False), "x", False, ("NOUN|", "VERB|", "PUNCT|"),
            ("talk", "fail", "."), (1, -1, 1), ("nsubj", "root", "punct"),
        ),
    ]  # fmt: skip


def sentence(text: str, start: int, rows: list[tuple[str, str, int, str]]) -> Sentence:
    tokens, at = [], start
    for form, upos, head, rel in rows:
        at = text.index(form, at)
        tokens.append(Token(at, at + len(form), form, form.lower(), upos, "", head, rel))
        at += len(form)
    return Sentence("text", start, at, text[start:at], tuple(tokens))


def test_running_text_is_put_back_with_its_spaces() -> None:
    assert scorer.raw_text(gold()) == "They didn't sign. Talks failed."


def test_a_perfect_analysis_scores_a_hundred_and_a_wrong_word_costs_only_itself() -> None:
    samples = gold()
    text = scorer.raw_text(samples)
    found = [
        sentence(text, 0, [("They", "PRON", 2, "nsubj"), ("didn't", "AUX", 2, "aux"),
                           ("sign", "VERB", -1, "root"),
                           (".", "PUNCT", 2, "punct")]),
        sentence(text, 18, [("Talks", "NOUN", 1, "nsubj"), ("failed", "VERB", -1, "root"),
                            (".", "PUNCT", 1, "punct")]),
    ]  # fmt: skip
    tally = scorer.Tally()
    scorer.add_trees(tally, scorer.gold_words(samples), scorer.found_words(found, text))
    assert tally.f1("sentences") == 100.0
    assert tally.right["words"] == 6  # of 8 in gold and 7 found
    assert tally.f1("las") == pytest.approx(200 * 6 / 15)


def test_a_subtype_does_not_count_but_a_relation_does() -> None:
    samples = gold()[1:]
    text = scorer.raw_text(samples)
    rows = [("Talks", "NOUN", 1, "nsubj:pass"), ("failed", "VERB", -1, "root"), (".", "PUNCT", 1, "dep")]
    tally = scorer.Tally()
    scorer.add_trees(tally, scorer.gold_words(samples), scorer.found_words([sentence(text, 0, rows)], text))
    assert tally.right["uas"] == 3
    assert tally.right["las"] == 2


def test_names_count_by_exact_span_and_kind() -> None:
    tally = scorer.Tally()
    scorer.add_names(tally, {(0, 4, "PER"), (5, 9, "LOC")}, {(0, 4, "PER"), (5, 8, "LOC")})
    assert tally.f1("names") == 50.0
    assert tally.f1("PER") == 100.0
    assert tally.f1("LOC") == 0.0


def test_allowed_labels_keep_what_a_source_does_not_say_open() -> None:
    peoples = frozenset({"Syrian"})
    kinds = {"ORG": ("ORG",), "MISC": ()}
    allowed = data.allow(("Syrian", "Acme", "won"), [(1, 2, "ORG")], kinds, data.bits("O"), peoples)
    assert allowed == (data.bits("B-NORP"), data.bits("B-ORG"), data.bits("O"))
