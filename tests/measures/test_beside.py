"""Agreement beside a series: correlation over pairs, intervals over states, files checked to the line."""

from __future__ import annotations

from itertools import combinations

import pytest

from archive.builders import coded, position, report
from detente.archive import Archive
from detente.errors import InputError
from detente.measures.agreement import find_agreements
from detente.measures.beside import compare, read_pair_series

STATES = ("CHN", "RUS", "BLR", "FRA", "DEU", "ITA")


@pytest.fixture
def agreements(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        for k, code in enumerate(STATES):
            for n, issue in enumerate(("whaling", "arctic", "tariffs", "tibet", "brexit")):
                told = report(f"{code} on {issue}.", "2020-05-01")
                archive.add(coded(told, position(told, code, issue, "support" if k > n else "oppose")))
        yield find_agreements(archive)


def write(path, kind, value):
    rows = [f"{a},{b},2020,{value(i, j)},10" for (i, a), (j, b) in combinations(enumerate(STATES), 2)]
    path.write_text("\n".join([f"a,b,year,{kind},n", *rows]), "utf-8")
    return read_pair_series(path)


def test_pairs_in_one_order_correlate_fully(agreements, tmp_path):
    pytest.importorskip("scipy")
    found = compare(agreements, write(tmp_path / "s.csv", "distance", lambda i, j: j - i))
    assert found.rho == pytest.approx(-1)
    assert found.interval == pytest.approx((-1, -1))
    assert found.p < 0.05
    assert (len(found.pairs), found.states) == (15, 6)


def test_a_series_without_order_cannot_be_told_from_chance(agreements, tmp_path):
    pytest.importorskip("scipy")
    found = compare(agreements, write(tmp_path / "s.csv", "agreement", lambda i, j: (7 * i * j + 3 * j) % 5))
    assert found.p > 0.05


def test_the_correlation_can_be_reckoned_from_the_records_it_opens_to(agreements, tmp_path):
    stats = pytest.importorskip("scipy.stats")

    def value(i, j):
        return (7 * i * j + 3 * j) % 5

    found = compare(agreements, write(tmp_path / "s.csv", "agreement", value))
    ours, theirs = [], []
    with Archive(tmp_path / "a") as archive:
        for pair in (one.agreement for one in found.pairs):
            stances = [archive.record(id)[0]["stance"] for id in pair.records]
            alike = [one == other for one, other in zip(stances[::2], stances[1::2], strict=True)]
            ours.append(sum(alike) / len(alike))
            theirs.append(value(*sorted((STATES.index(pair.a), STATES.index(pair.b)))))
    assert found.rho == pytest.approx(stats.spearmanr(ours, theirs).statistic, abs=1e-9)


def test_only_years_of_the_stances_count_and_rows_are_weighed(agreements, tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("a,b,year,agreement,n\nRussia,CHN,2020,0.5,1\nRUS,CHN,2020,0.8,3\nRUS,CHN,1999,0,9\n")
    (pair,) = compare(agreements, read_pair_series(path)).pairs
    assert pair.value == pytest.approx((0.5 + 3 * 0.8) / 4)
    assert (pair.years, pair.n) == ((2020,), 4)


def test_fewer_than_ten_pairs_give_no_correlation(agreements, tmp_path):
    path = tmp_path / "s.csv"
    path.write_text("a,b,year,agreement\nRUS,CHN,2020,0.5\n")
    assert compare(agreements, read_pair_series(path)).rho is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("x,y\n1,2\n", "needs a, b, year and agreement"),
        ("a,b,year,agreement\nRUS,Ruritania,2020,1\n", "line 2: «RUS» and «Ruritania» are not two states"),
        ("a,b,year,agreement\nRUS,CHN,2020,much\n", "line 2: year «2020», agreement «much»"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_line(tmp_path, text, told):
    path = tmp_path / "s.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=told):
        read_pair_series(path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match=r"none\.csv could not be read"):
        read_pair_series(tmp_path / "none.csv")
