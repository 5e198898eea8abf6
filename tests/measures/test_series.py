"""A course or a file becomes a series without gaps; what is unknown is not 0."""

from __future__ import annotations

from datetime import date

import pytest

from archive.builders import coded, event, report
from detente.archive import Archive
from detente.errors import InputError, NotInArchive
from detente.measures import draw_series, read_series
from detente.measures.series import length_of, periods_after, read_period


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with Archive(tmp_path_factory.mktemp("series") / "a", create=True) as opened:
        for text, day, type, sources, recipients in (
            ("A Norwegian envoy came to Paris.", "2021-01-20", "CONSULT", "NOR", "FRA"),
            ("Paris rebuked Oslo.", "2021-03-05", "ACCUSE", "FRA", "NOR"),
            ("Oslo sent firefighters to France.", "2021-03-06", "AID", "NOR", "FRA"),
            ("Sweden's envoy came to Oslo.", "2021-06-15", "CONSULT", "SWE", "NOR"),
        ):
            told = report(text, day)
            opened.add(coded(told, event(told, type, sources, recipients, start=day)))
        yield opened


def test_a_series_runs_to_the_last_month_the_reports_cover_in_full(archive):
    series = draw_series(archive, "FRA", "NOR")
    assert [p.name for p in series.periods] == ["2021-01", "2021-02", "2021-03", "2021-04", "2021-05"]
    assert series.values == (2.5, 0.0, 7.0, 0.0, 0.0)
    assert [len(acts) for acts in series.acts] == [1, 0, 2, 0, 0]


def test_a_mean_is_unknown_where_nothing_was_done_and_a_number_is_0(archive):
    assert draw_series(archive, "FRA", "NOR", reading="mean").values == (2.5, None, 3.5, None, None)
    assert draw_series(archive, "FRA", "NOR", reading="n").values == (1.0, 0.0, 2.0, 0.0, 0.0)


def test_a_level_fades_on_after_the_last_act(archive):
    values = draw_series(archive, "FRA", "NOR", reading="level").values
    assert values[0] == pytest.approx(0.25)
    assert values[3] == pytest.approx(values[2] * 0.5 ** (1 / 24))
    assert values[4] == pytest.approx(values[2] * 0.5 ** (2 / 24))


def test_a_window_and_directions_are_heeded(archive):
    assert draw_series(archive, "FRA", "NOR", since=date(2021, 3, 1)).values == (7.0, 0.0, 0.0)
    assert draw_series(archive, "FRA", "NOR", directed=True).values[0] == -3.0


def test_a_pair_without_acts_and_a_window_without_a_month_say_so(archive):
    with pytest.raises(NotInArchive, match=r"no act of France \(FRA\) and Sweden \(SWE\) that counts"):
        draw_series(archive, "FRA", "SWE")
    with pytest.raises(NotInArchive, match="covers no year in full"):
        draw_series(archive, "FRA", "NOR", every="year")


def test_a_file_is_read_in_any_order_and_its_gaps_are_gaps(tmp_path):
    file = tmp_path / "trips.csv"
    file.write_text("period,value,note\n2021-Q4,3,x\n2021-Q1,1.5,\n2021-Q3,,unknown\n")
    series = read_series(file)
    assert (series.name, series.every, series.n) == ("trips", "quarter", 2)
    assert series.values == (1.5, None, None, 3.0)
    assert [p.name for p in periods_after(series, 2)] == ["2022-Q1", "2022-Q2"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("month,value\n2021-01,2\n", "month,value; a series has the columns period,value"),
        ("", "no row"),
        ("period,value\n2021-13,2\n", "line 2: «2021-13» is not a month"),
        ("period,value\nspring,2\n", "line 2: «spring» is not a day, week"),
        ("period,value\n2021-01,2\n2021-Q2,2\n", "line 3: «2021-Q2» is not a month like the first"),
        ("period,value\n2021-01,2\n2021-01,3\n", "line 3: 2021-01 stands twice"),
        ("period,value\n2021-01,many\n", "line 2: the value «many» is no number"),
        ("period,value\n2021-01,inf\n", "line 2: the value «inf» has no size"),
    ],
)
def test_a_file_that_is_no_series_says_where_and_what_mends_it(tmp_path, text, says):
    file = tmp_path / "s.csv"
    file.write_text(text)
    with pytest.raises(InputError) as raised:
        read_series(file)
    assert says in str(raised.value)


def test_a_file_that_is_not_there_says_so(tmp_path):
    with pytest.raises(InputError, match="could not be read"):
        read_series(tmp_path / "none.csv")


@pytest.mark.parametrize(
    ("written", "every", "first"),
    [("2021", "year", (2021, 1, 1)), ("2021-H2", "half", (2021, 7, 1)),
     ("2021-Q3", "quarter", (2021, 7, 1)), ("2021-02", "month", (2021, 2, 1)),
     ("2021-W07", "week", (2021, 2, 15)), ("2021-02-17", "day", (2021, 2, 17))],
)  # fmt: skip
def test_a_period_is_read_as_it_is_written(written, every, first):
    assert length_of(written) == every
    period = read_period(written, every)
    assert (period.name, period.start) == (written, date(*first))
