"""The built-in reader: what it understands, and that nothing breaks it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from detente.errors import ModelError
from detente.language.analysis import Sentence
from detente.language.builtin import MODEL, BuiltinReader, default_reader
from detente.records import Report

pytestmark = pytest.mark.skipif(
    not (MODEL / "reader.onnx").exists(), reason="the reader's weights are not in the package folder"
)


def read_one(text: str) -> Sentence:
    sentences = default_reader().analyze(Report(text)).sentences
    assert len(sentences) == 1
    return sentences[0]


def relation(sentence: Sentence, word: str) -> tuple[str, str]:
    token = next(t for t in sentence.tokens if t.text == word)
    return token.deprel, sentence.tokens[token.head].text if token.head >= 0 else ""


def test_subject_verb_and_object_are_found() -> None:
    s = read_one("Ruritania condemned the attack on the embassy.")
    assert relation(s, "Ruritania") == ("nsubj", "condemned")
    assert relation(s, "attack") == ("obj", "condemned")
    assert s.tokens[s.root()].lemma == "condemn"
    assert s.tokens[s.root()].has("Tense=Past")


def test_a_passive_has_a_passive_subject() -> None:
    s = read_one("Two diplomats were expelled by the government on Friday.")
    assert relation(s, "diplomats") == ("nsubj:pass", "expelled")


def test_a_negation_hangs_on_what_it_denies() -> None:
    s = read_one("The minister did not meet the envoy.")
    assert relation(s, "not") == ("advmod", "meet")


def test_a_title_in_title_case_is_read_as_a_sentence() -> None:
    report = Report("Nothing.", title="France Recalls Ambassador From Algeria")
    s = default_reader().analyze(report).sentences[0]
    assert relation(s, "France") == ("nsubj", "Recalls")
    assert relation(s, "Ambassador")[0] == "obj"


def test_people_places_and_peoples_are_named() -> None:
    s = read_one("French President Emmanuel Macron flew to Cairo on Monday.")
    found = {(s.tokens[n.start].text, s.tokens[n.end - 1].text, n.kind) for n in s.names}
    assert ("Emmanuel", "Macron", "PER") in found or ("President", "Macron", "PER") in found
    assert ("Cairo", "Cairo", "LOC") in found
    assert ("French", "French", "NORP") in found


def test_a_sentence_does_not_change_with_what_is_read_before_or_in_another_paragraph() -> None:
    text = "The two leaders signed a treaty in Vienna on Tuesday."
    alone = read_one(text)
    after = default_reader().analyze(Report("Rain fell. " * 40 + "\n\n" + text)).sentences[-1]
    assert [(t.upos, t.head, t.deprel) for t in alone.tokens] == [
        (t.upos, t.head, t.deprel) for t in after.tokens
    ]


def test_threads_do_not_change_the_analysis(tmp_path: Path) -> None:
    text = "Ruritania summoned Graustark's envoy and demanded that its troops leave. They refused to go."
    script = (
        "from detente.language.builtin import default_reader\nfrom detente.records import Report\n"
        "import hashlib\n"
        f"print(hashlib.sha256(repr(default_reader().analyze(Report({text!r}))).encode()).hexdigest())\n"
    )
    digests = set()
    for threads in ("1", "4"):
        env = os.environ | {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads}
        done = subprocess.run(
            [sys.executable, "-c", script], env=env, capture_output=True, text=True, check=True
        )
        digests.add(done.stdout)
    assert len(digests) == 1


def check_offsets(text: str) -> None:
    for s in default_reader().analyze(Report(text)).sentences:
        assert text[s.start : s.end] == s.text
        assert sum(t.head < 0 for t in s.tokens) == 1
        for t in s.tokens:
            assert text[t.start : t.end] == t.text
            assert t.text


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
@example("\x00\x01\x02")
@example("🤝🏽 met 🇫🇷. \u200bZero\u200dwidth \ufeff")
@example("\u202eقال الوزير\u202c إن المحادثات فشلت. The end.")
@example("\ud800 lone surrogate")
def test_offsets_are_exact_for_any_text(text: str) -> None:
    check_offsets(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 10_000,
        "no end " * 3_000,
        "x" * 50_000,
        "\u200b" * 5_000,
        "a\n" * 2_000,
        "." * 9_000,
        "🤝" * 3_000,
    ],
    ids=["brackets", "one sentence", "one word", "zero width", "lines", "stops", "emoji"],
)
def test_hostile_text_is_read_in_bounded_time(text: str) -> None:
    began = time.process_time()
    check_offsets(text)
    assert time.process_time() - began < 60


@pytest.mark.slow
def test_a_sentence_of_a_megabyte_is_read_in_time_that_grows_with_its_length() -> None:
    check_offsets("and the ministers of both states agreed " * 26_000)


def test_a_gated_reader_parses_what_may_hold_a_record_and_only_that() -> None:
    reader = BuiltinReader(gate=True)
    sentences = reader.analyze(
        Report("The rain fell during the night.\n\nThe two leaders will meet again.")
    ).sentences
    assert {t.upos for t in sentences[0].tokens} == {"X"}
    assert sentences[1].tokens[sentences[1].root()].lemma == "meet"


def test_missing_weights_are_a_model_error_that_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="reinstall the package"):
        BuiltinReader(tmp_path)
