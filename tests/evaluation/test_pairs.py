"""Given pairs are read as plain text and scored over the classes of their gold."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.errors import InputError
from detente.evaluation.pairs import read_pairs, score_pairs, to_binary

HEADER = "sentence\tsource\ttarget\tgold_root\tgold_penta\tmarked_sentence\n"


def table(tmp_path: Path, *rows: str, header: str = HEADER) -> Path:
    file = tmp_path / "pairs.tsv"
    file.write_text(header + "".join(f"{row}\n" for row in rows), "utf-8")
    return file


def test_words_are_found_and_the_gold_is_read(tmp_path: Path) -> None:
    pairs, faults = read_pairs(table(tmp_path, "Oslo aided Rome.\tOslo\tRome\taid\t2\t"))
    assert faults == []
    assert (pairs[0].sources, pairs[0].targets) == (((0, 4),), ((11, 15),))
    assert (pairs[0].root, pairs[0].quad) == ("AID", 2)


def test_marks_say_which_occurrence_is_meant(tmp_path: Path) -> None:
    row = "Oslo and Oslo aided Rome.\tOslo\tRome\t\t\tOslo and <s>Oslo</s> aided <t>Rome</t>."
    pairs, _ = read_pairs(table(tmp_path, row))
    assert pairs[0].sources == ((9, 13),)


def test_marks_of_another_sentence_are_passed_over(tmp_path: Path) -> None:
    row = "Oslo aided Rome.\tOslo\tRome\t\t\t<s>Bonn</s> left <t>Rome</t>."
    pairs, _ = read_pairs(table(tmp_path, row))
    assert pairs[0].sources == ((0, 4),)


def test_one_word_as_source_and_target_is_two_places(tmp_path: Path) -> None:
    pairs, _ = read_pairs(table(tmp_path, "Oslo told Oslo.\tOslo\tOslo\t\t\t"))
    assert (pairs[0].sources, pairs[0].targets) == (((0, 4),), ((10, 14),))


def test_a_word_like_na_is_text(tmp_path: Path) -> None:
    pairs, faults = read_pairs(table(tmp_path, "NA aided None.\tNA\tNone\t\t\t"))
    assert faults == []
    assert pairs[0].source == "NA"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ('"Oslo said ""no"" to Rome."\tOslo\tRome\t\t\t', 'Oslo said "no" to Rome.'),
        ('Oslo said "no" to Rome.\tOslo\tRome\t\t\t', 'Oslo said "no" to Rome.'),
        ('"Oslo" left "Rome"\tOslo\tRome\t\t\t', '"Oslo" left "Rome"'),
        ('"Oslo left\tRome."\tOslo\tRome\t\t\t', "Oslo left\tRome."),
    ],
)
def test_fields_may_be_quoted_or_not(tmp_path: Path, row: str, sentence: str) -> None:
    pairs, _ = read_pairs(table(tmp_path, row))
    assert [pair.sentence for pair in pairs] == [sentence]


def test_every_row_comes_out_and_what_is_wrong_is_told(tmp_path: Path) -> None:
    rows = ("\tOslo\tRome\t\t\t", "Oslo left.\tOslo\tRome\t\t\t", "Oslo left Rome.\tOslo\tRome\tBLAME\t9\t")
    pairs, faults = read_pairs(table(tmp_path, *rows))
    assert [pair.line for pair in pairs] == [2, 3, 4]
    assert [(fault.line, fault.reason.split(";")[0]) for fault in faults] == [
        (2, "the sentence is empty"),
        (3, "the target «Rome» does not stand in the sentence"),
        (4, "«gold_penta» is 9"),
        (4, "«gold_root» is BLAME"),
    ]


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no column target"):
        read_pairs(table(tmp_path, "x\ty", header="sentence\tsource\n"))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("any") / "pairs.tsv"
    file.write_bytes(HEADER.encode() + content)
    try:
        read_pairs(file)
    except InputError:
        pass


def test_macro_f1_is_the_mean_over_the_golds_classes() -> None:
    scores = score_pairs(["AID", "AID", "ACCUSE"], ["AID", "ACCUSE", "ACCUSE"])
    assert scores.classes["AID"].f1 == pytest.approx(2 / 3)
    assert scores.classes["ACCUSE"].f1 == pytest.approx(2 / 3)
    assert scores.macro_f1 == pytest.approx(2 / 3)
    assert scores.accuracy == pytest.approx(2 / 3)


def test_an_answer_outside_the_golds_classes_is_only_a_miss() -> None:
    assert list(score_pairs(["AID"], ["REJECT"]).classes) == ["AID"]


def test_quads_fall_into_cooperation_and_conflict() -> None:
    assert to_binary([1, 2, 3, 4]) == ["cooperation", "cooperation", "conflict", "conflict"]
