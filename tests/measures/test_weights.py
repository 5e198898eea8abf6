"""A scale weighs acts by their kind or their code; a user's own is checked to the cell."""

from __future__ import annotations

from datetime import date

import pytest

from detente.errors import KnowledgeError
from detente.measures.counting import CountedAct
from detente.measures.weights import GOLDSTEIN, PLOVER, read_scale, scale_of

VISIT = CountedAct(
    "a", "r", date(2021, 3, 1), "CONSULT", "visit", "042", 1, 2.5, 1.9, "happened", ("NOR",), ("RUS",)
)
DRILL = CountedAct(
    "b", "s", date(2021, 3, 2), "COOPERATE", None, "0621", 2, 9.5, None, "happened", ("NOR",), ("RUS",)
)


def test_two_scales_come_with_the_package():
    assert (scale_of("PLOVER"), scale_of("goldstein")) == (PLOVER, GOLDSTEIN)
    assert (PLOVER.weigh(VISIT), GOLDSTEIN.weigh(VISIT)) == (2.5, 1.9)
    assert (GOLDSTEIN.find_weight(DRILL), GOLDSTEIN.weigh(DRILL)) == (None, 0.0)


def test_a_mode_of_its_own_goes_before_its_type(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("type,mode,weight\nCONSULT,,1\nconsult,visit,4\n")
    scale = scale_of(str(file))
    assert scale.weigh(VISIT) == 4
    assert scale.find_weight(DRILL) is None


def test_a_code_has_the_weight_of_the_longest_code_it_begins_with(tmp_path):
    file = tmp_path / "mine.csv"
    file.write_text("# a note\ncameo,weight\n04,1\n042,3\n062,7\n")
    assert (read_scale(file).weigh(VISIT), read_scale(file).weigh(DRILL)) == (3, 7)


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("type,mode,weight\nVISIT,,1", "line 2: «VISIT» is no PLOVER type"),
        ("type,mode,weight\nCONSULT,,1\nCONSULT,lunch,1", "line 3: CONSULT has no mode «lunch»; it has "),
        ("cameo,weight\n42,1", "did you mean 042"),
        ("cameo,weight\n042,much", "line 2: the weight «much» is no number"),
        ("cameo,weight\n042,nan", "beyond ±1000"),
        ("cameo,weight\n042,1\n042,2", "line 3: its act has a weight already"),
        ("code,weight\n042,1", "write type,mode,weight or cameo,weight"),
        ("type,mode,weight\n", "no weight was read"),
    ],
)
def test_a_table_of_weights_that_is_wrong_says_where_and_what_would_mend_it(tmp_path, rows, told):
    file = tmp_path / "mine.csv"
    file.write_text(rows)
    with pytest.raises(KnowledgeError) as caught:
        read_scale(file)
    assert told in str(caught.value)


def test_a_name_that_is_no_scale_and_no_file_says_so():
    with pytest.raises(KnowledgeError, match="neither plover nor goldstein"):
        scale_of("goldstien")
