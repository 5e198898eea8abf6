"""One suite that every reader passes: the built-in one, and any spaCy pipeline with UD labels."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from detente.language.analysis import Analysis, Reader
from detente.language.builtin import MODEL, default_reader
from detente.records import Report

REPORT = Report(
    title="Ruritania summons envoy",
    text=(
        "STRELSAU, May 4 (News Agency) - Ruritania summoned Graustark's ambassador on Monday and "
        "demanded that its troops leave the valley. “We didn't cross the border,” "
        "Gen. Otto Dane told reporters.\n\n"
        "What comes next\n\n- The two foreign ministers will meet in Geneva.\n"
        "- Trade worth $3.5 million was suspended."
    ),
)


def build_spacy() -> Reader:
    """Return a reader over a blank pipeline with rules for sentences: enough for offsets and shape."""
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed: pip install detente[spacy]")
    from detente.language.spacy_reader import SpacyReader

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return SpacyReader(nlp)


@pytest.fixture(params=["detente", "spacy"])
def reader(request: pytest.FixtureRequest) -> Iterator[Reader]:
    if request.param == "spacy":
        yield build_spacy()
    elif not (MODEL / "reader.onnx").exists():
        pytest.skip("the reader's weights are not in the package folder")
    else:
        yield default_reader()


@pytest.fixture
def analysis(reader: Reader) -> Analysis:
    return reader.analyze(REPORT)


def test_words_stand_where_their_offsets_say(analysis: Analysis) -> None:
    for sentence in analysis.sentences:
        whole = REPORT.words(sentence.field, 0, 10_000)
        assert whole[sentence.start : sentence.end] == sentence.text
        for token in sentence.tokens:
            assert whole[token.start : token.end] == token.text


def test_the_title_comes_first_and_sentences_follow_the_text(analysis: Analysis) -> None:
    assert analysis.sentences[0].field == "title"
    starts = [s.start for s in analysis.sentences if s.field == "text"]
    assert starts == sorted(starts)


def test_each_sentence_is_one_tree(analysis: Analysis) -> None:
    for sentence in analysis.sentences:
        roots = [i for i, t in enumerate(sentence.tokens) if t.head < 0]
        assert len(roots) == 1
        assert sentence.tokens[roots[0]].deprel == "root"
        assert set(sentence.subtree(roots[0])) == set(range(len(sentence.tokens)))


def test_headings_and_items_are_told_from_prose(analysis: Analysis) -> None:
    by_kind = {s.text: s.kind for s in analysis.sentences}
    assert by_kind["What comes next"] == "heading"
    assert by_kind["- The two foreign ministers will meet in Geneva."] == "item"


def test_names_lie_inside_their_sentence(analysis: Analysis) -> None:
    for sentence in analysis.sentences:
        for name in sentence.names:
            assert 0 <= name.start < name.end <= len(sentence.tokens)


def test_the_same_report_gets_the_same_analysis(reader: Reader) -> None:
    assert reader.analyze(REPORT) == reader.analyze(REPORT)


def test_nothing_to_read_gives_no_sentences(reader: Reader) -> None:
    assert reader.analyze(Report(" \n\n\t ")).sentences == ()
