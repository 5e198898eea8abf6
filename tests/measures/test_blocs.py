"""Blocs are found where states part in blocs, and none are named where they do not."""

from __future__ import annotations

import numpy as np
import pytest

from archive.builders import coded, position, report
from detente.archive import Archive
from detente.errors import NotInArchive
from detente.measures.blocs import PRIOR, find_blocs
from detente.measures.clustering import choose, fill_unknown, silhouettes

pytest.importorskip("scipy")
EAST, WEST = ("CHN", "RUS", "BLR"), ("FRA", "DEU", "ITA")
ISSUES = ("whaling", "arctic", "tariffs", "tibet", "brexit")


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        yield opened


def hold(archive, code, issue, stance):
    told = report(f"{code} on {issue}: {stance}.")
    archive.add(coded(told, position(told, code, issue, stance)))


def part(archive):
    for issue in ISSUES:
        for code in EAST:
            hold(archive, code, issue, "support")
        for code in WEST:
            hold(archive, code, issue, "oppose")


def test_two_camps_are_two_blocs(archive):
    part(archive)
    found = find_blocs(archive)
    blocs = {frozenset(m.code for m in found.members if m.bloc == n) for n in (1, 2)}
    assert blocs == {frozenset(EAST), frozenset(WEST)}
    assert found.silhouette > 0.5
    assert not found.is_weak
    assert all(m.stability > 0.9 for m in found.members)


def test_where_all_agree_no_bloc_is_named_or_it_is_called_weak(archive):
    for issue in ISSUES:
        for code in (*EAST, *WEST):
            hold(archive, code, issue, "support")
    found = find_blocs(archive)
    assert found.count == 1 or found.is_weak


def test_a_state_with_few_shared_issues_is_left_out_and_named(archive):
    part(archive)
    hold(archive, "CHL", "whaling", "support")
    found = find_blocs(archive)
    assert found.left_out == ("CHL",)
    assert len(found.members) == 6


def test_a_cell_with_too_few_issues_is_not_known(archive):
    part(archive)
    for issue in ISSUES[:3]:
        hold(archive, "CHL", issue, "support")
    for issue in (*ISSUES[2:], "abortion"):
        hold(archive, "PER", issue, "support")
    found = find_blocs(archive)
    assert found.cell("CHL", "PER") is None
    assert found.cell("PER", "CHN").n == 3


def test_a_silhouette_can_be_reckoned_from_the_records_it_opens_to(archive):
    part(archive)
    hold(archive, "ITA", "abortion", "support")
    hold(archive, "FRA", "abortion", "oppose")
    found = find_blocs(archive)
    sides = {
        m.code: {(row := archive.record(id)[0])["issue"]: row["stance"] for id in m.records}
        for m in found.members
    }
    codes = [m.code for m in found.members]
    shared = {(a, b): sides[a].keys() & sides[b].keys() for a in codes for b in codes if a < b}
    agreed = {
        pair: sum(sides[pair[0]][i] == sides[pair[1]][i] for i in both) for pair, both in shared.items()
    }
    mean = sum(agreed.values()) / sum(map(len, shared.values()))
    assert found.mean == pytest.approx(mean, abs=1e-9)

    def distance(a, b):
        pair = (min(a, b), max(a, b))
        return 1 - (agreed[pair] + PRIOR * mean) / (len(shared[pair]) + PRIOR)

    bloc = {m.code: m.bloc for m in found.members}
    for m in found.members:
        near = np.mean([distance(m.code, c) for c in codes if c != m.code and bloc[c] == m.bloc])
        far = np.mean([distance(m.code, c) for c in codes if bloc[c] != m.bloc])
        assert m.silhouette == pytest.approx((far - near) / max(near, far), abs=1e-9)


def test_so_many_blocs_as_asked_for_are_cut(archive):
    part(archive)
    hold(archive, "ITA", "abortion", "support")
    hold(archive, "FRA", "abortion", "oppose")
    assert find_blocs(archive, number=3).count == 3


def test_too_few_states_are_refused_with_what_would_mend_it(archive):
    hold(archive, "NOR", "whaling", "support")
    hold(archive, "FRA", "whaling", "support")
    with pytest.raises(NotInArchive, match=r"positions of 2 states .* \(the most two share is 1\); widen"):
        find_blocs(archive)


def test_an_unknown_distance_is_filled_with_the_mean_of_its_rows():
    distances = np.array([[0, 0.2, np.nan], [0.2, 0, 0.6], [np.nan, 0.6, 0]])
    assert fill_unknown(distances)[0, 2] == pytest.approx((0.2 + 0.6) / 2)


def test_a_row_alone_is_no_bloc():
    far = np.full((4, 4), 0.1)
    far[3, :] = far[:, 3] = 0.9
    np.fill_diagonal(far, 0)
    labels, tried = choose(far, 3)
    assert labels == (0, 0, 0, 0)
    assert tried == {1: 0.0}


def test_silhouettes_are_those_of_the_definition():
    distances = np.array([[0, 0.1, 0.7, 0.9], [0.1, 0, 0.8, 0.6], [0.7, 0.8, 0, 0.2], [0.9, 0.6, 0.2, 0]])
    assert silhouettes(distances, (0, 0, 1, 1))[0] == pytest.approx((0.8 - 0.1) / 0.8)
