"""An analysis as CoNLL-U and as an outline."""

from __future__ import annotations

from detente.language.analysis import Analysis, Name, Sentence, Span, Token
from detente.language.conllu import to_conllu, to_text

TEXT = "They didn't meet Dane."


def build() -> Analysis:
    rows = [
        (0, 4, "they", "PRON", 3, "nsubj"), (5, 8, "do", "AUX", 3, "aux"),
        (8, 11, "not", "PART", 3, "advmod"), (12, 16, "meet", "VERB", -1, "root"),
        (17, 21, "Dane", "PROPN", 3, "obj"), (21, 22, ".", "PUNCT", 3, "punct"),
    ]  # fmt: skip
    tokens = tuple(
        Token(a, b, TEXT[a:b], lemma, upos, "", head, rel) for a, b, lemma, upos, head, rel in rows
    )
    sentence = Sentence("text", 0, 22, TEXT, tokens, (Name(4, 5, "PER"),))
    return Analysis((sentence,), ((Span(0, 0, 1, 0), Span(0, 4, 5, 4)),))


def test_words_carry_offsets_names_and_chains() -> None:
    lines = to_conllu(build()).splitlines()
    row = next(line for line in lines if line.startswith("5\tDane"))
    assert row.split("\t")[6:8] == ["4", "obj"]
    assert row.split("\t")[9] == "SpaceAfter=No|start_char=17|end_char=21|NE=B-PER|Chain=1"


def test_a_contraction_is_one_written_word() -> None:
    lines = to_conllu(build()).splitlines()
    assert "2-3\tdidn't" + "\t_" * 8 in lines


def test_every_block_ends_in_a_blank_line_and_every_row_has_ten_columns() -> None:
    text = to_conllu(build())
    assert text.endswith("\n\n")
    assert all(line.count("\t") == 9 for line in text.splitlines() if line and not line.startswith("#"))


def test_the_outline_indents_by_depth() -> None:
    lines = to_text(build()).splitlines()
    assert "  names: Dane (PER)" in lines
    assert any(line.startswith("  meet  root VERB") for line in lines)
    assert any(line.startswith("    Dane  obj PROPN") for line in lines)
