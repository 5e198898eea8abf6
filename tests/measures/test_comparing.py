"""Two sides differ by what their acts differ by; a series goes with ours at the lag it was made with."""

from __future__ import annotations

import random
from datetime import date, timedelta
from statistics import fmean

import pytest

from archive.builders import coded, event, report
from detente.archive import Archive
from detente.errors import InputError, NotInArchive
from detente.measures.comparing import compare_series, compare_sides, draw_side
from detente.measures.periods import periods_between
from detente.measures.series import Series

pytest.importorskip("scipy")


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        day = date(2021, 1, 5)
        for n in range(12):
            kind = "ACCUSE" if n % 4 == 0 else "CONSULT"
            for pair in ("FRA NOR", "NER TCD"):
                a, b = pair.split()
                kind = "ACCUSE" if pair == "NER TCD" and n > 5 else kind
                text = f"Dispatch {n} on what {a} did to {b}: {kind}."
                told = report(text, (day + timedelta(30 * n)).isoformat())
                opened.add(coded(told, event(told, kind, a, b, start=(day + timedelta(30 * n)).isoformat())))
        yield opened


def test_two_pairs_differ_by_the_difference_of_their_means(archive):
    found = compare_sides(draw_side(archive, "FRA", "NOR"), draw_side(archive, "NER", "TCD"))
    means = [fmean(archive.act(id)["intensity"] for id in side.acts) for side in (found.first, found.second)]
    assert found.change == pytest.approx(means[1] - means[0])
    assert found.low < found.change < found.high
    accuse = next(s for s in found.types if s.type == "ACCUSE")
    assert (accuse.first_n, accuse.second_n) == (3, 8)
    assert accuse.change == pytest.approx(8 / 12 - 3 / 12)
    assert len(accuse.acts) == 11


def test_welch_agrees_with_the_library(archive):
    from scipy.stats import ttest_ind

    sides = draw_side(archive, "FRA", "NOR"), draw_side(archive, "NER", "TCD")
    weights = [[act.intensity for act in acts] for _, acts in sides]
    interval = ttest_ind(weights[1], weights[0], equal_var=False).confidence_interval(0.95)
    found = compare_sides(*sides)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))


def test_one_pair_in_two_windows(archive):
    june = date(2021, 6, 30)
    found = compare_sides(
        draw_side(archive, "NER", "TCD", until=june), draw_side(archive, "NER", "TCD", since=june)
    )
    assert found.first.n + found.second.n == 12
    assert found.change < 0


def test_a_side_without_acts_has_no_difference_and_a_pair_without_any_is_said(archive):
    none = draw_side(archive, "FRA", "NOR", since=date(2030, 1, 1))
    found = compare_sides(draw_side(archive, "FRA", "NOR"), none)
    assert (found.change, found.low, found.types) == (None, None, ())
    with pytest.raises(NotInArchive, match="pairs with acts are"):
        draw_side(archive, "FRA", "TCD")


def series(name, values, first=date(2020, 1, 1)):
    periods = tuple(periods_between(first, date(2040, 1, 1), "month"))[: len(values)]
    return Series(name, "points", "month", periods, tuple(values))


def test_a_series_that_follows_two_months_later_is_highest_at_lag_two():
    draw = random.Random(3)
    ours = [draw.gauss(0, 1) for _ in range(48)]
    theirs = [0.0, 0.0, *(x + draw.gauss(0, 0.2) for x in ours)]
    lines = compare_series(series("ours", ours), series("theirs", theirs))
    assert len(lines) == 13
    (best,) = [line for line in lines if line.highest]
    assert (best.lag, best.n) == (2, 48)
    assert 0 < best.low < best.spearman < best.high <= 1


def test_noise_is_told_apart_from_nothing_at_most_once_in_twenty_times():
    draw, found = random.Random(5), 0
    for _ in range(60):
        one, two = ([draw.gauss(0, 1) for _ in range(40)] for _ in range(2))
        best = next(x for x in compare_series(series("a", one), series("b", two)) if x.highest)
        found += not best.low <= 0 <= best.high
    assert found <= 7  # of 60, where 3 are expected


def test_gaps_and_months_of_one_alone_are_left_out():
    ours = series("ours", [1, None, 2, 5, 3, 8, 2, 9, 4, 7, 1, 6])
    theirs = series("theirs", [2, 3, 2, 6, None, 8, 1, 9, 5, 7, 2], first=date(2020, 1, 1))
    (line,) = compare_series(ours, theirs, lags=0)
    assert line.n == 9


def test_lengths_that_differ_and_too_few_periods_are_refused():
    short = series("short", [1, 2, 3])
    with pytest.raises(InputError, match="fewer than 8 periods"):
        compare_series(short, short)
    years = Series(
        "y", "points", "year", tuple(periods_between(date(2000, 1, 1), date(2020, 1, 1), "year")), (1.0,) * 21
    )
    with pytest.raises(InputError, match="ask for --by year"):
        compare_series(short, years)
