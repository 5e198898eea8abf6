"""The course on a terminal: aligned, no month lost, no kind of act hidden by a larger one."""

import pytest
from making import make_pair

from detente.views.bars import fill_side, set_course


@pytest.mark.parametrize(
    ("verbal", "material", "most", "filled"),
    [(0, 0, 9, (0, 0)), (9, 0, 9, (12, 0)), (0, 9, 9, (0, 12)), (99, 1, 100, (11, 1)), (1, 99, 100, (1, 11)),
     (1, 1, 100, (1, 1)), (3, 3, 6, (6, 6))],
)  # fmt: skip
def test_each_kind_there_is_shows(verbal: int, material: int, most: int, filled: tuple[int, int]) -> None:
    assert fill_side(verbal, material, most, 12) == filled


@pytest.mark.parametrize("width", [80, 44, 40])
def test_rows_are_aligned_and_quiet_months_are_said_once(width: int) -> None:
    course = make_pair(12).course
    lines = [line.plain for line in set_course(course, width=width)]
    assert len({len(line) for line in lines}) == 1
    assert len(lines[0]) <= width
    busy = [p.period for p in course if p.n]
    assert [line[:7] for line in lines if "▒" in line or "█" in line] == busy
    assert any("to" in line or "…" in line for line in lines)


def test_no_course_is_a_heading_alone() -> None:
    assert len(list(set_course((), width=80))) == 1
