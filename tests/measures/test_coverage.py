"""What numbers rest on is counted, with n and interval; what a chronology has and we lack is said."""

from __future__ import annotations

import re
from datetime import date

import pytest

from archive.builders import coded, event, report, visit
from detente.archive import Archive
from detente.errors import InputError, NotInArchive
from detente.measures.coverage import measure_coverage
from detente.measures.intervals import share_interval
from detente.measures.naming import is_state_owned
from detente.measures.references import compare_with, read_references

HEAD = "start,end,a,b,kind,what\n"


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        opened.add(visit("The minister came to Oslo.", "2021-03-10", outlet="TASS"))
        opened.add(visit("Paris's envoy was in Oslo.", "2021-03-12", outlet="TASS"))
        opened.add(visit("The French minister was in Oslo.", "2021-03-12", outlet="Reuters"))
        told = report("Oslo will expel a French diplomat.", "2021-03-19", outlet="Reuters", language="en")
        opened.add(coded(told, event(told, "SANCTION", "NOR", "FRA", start="2021-03-22", status="planned")))
        told = report("Oslo condemned Paris.", "2021-03-20", language="en")
        opened.add(coded(told, event(told, "ACCUSE", "NOR", "FRA")))
        yield opened


def test_reports_outlets_languages_and_quiet_days_are_counted(archive):
    lines = {line.name.split(".")[1]: line for line in measure_coverage(archive, "FRA", "NOR")}
    assert (lines["reports"].value, lines["outlets"].value, lines["languages"].value) == (4, 2, 1)
    assert (lines["outlets"].n, lines["languages"].n) == (3, 1)
    assert lines["outlets"].note == "TASS 2, Reuters 1"
    quiet = lines["days_without"]
    assert (quiet.value, quiet.n) == (8 / 11, 11)
    assert quiet.note == "longest silence 7 days from 2021-03-13"


def test_every_share_has_its_n_and_interval_and_the_ids_it_rests_on(archive):
    lines = {line.name.split(".")[1]: line for line in measure_coverage(archive)}
    for name, hits, n in (("largest_outlet", 2, 3), ("state_owned", 2, 3), ("by_report_date", 1, 2)):
        line = lines[name]
        assert (line.value, line.n, (line.low, line.high)) == (hits / n, n, share_interval(hits, n))
        assert len(line.records or line.acts) == n


def test_a_window_without_an_act_is_said(archive):
    with pytest.raises(NotInArchive, match="open the window"):
        measure_coverage(archive, "FRA", "NOR", since=date(2022, 1, 1))
    assert measure_coverage(archive, statuses=("planned",))[0].value == 1


def test_an_outlet_no_table_knows_is_the_states_where_its_report_says_so():
    named = ("Highland Voice (state-owned)", "Highland Voice (state media)", "Highland Voice", "TASS")
    assert [is_state_owned(outlet) for outlet in named] == [True, True, None, True]


def test_the_share_of_state_media_says_what_it_could_be_of_all_tellings(archive):
    line = next(x for x in measure_coverage(archive, "FRA", "NOR") if x.name == "coverage.state_owned")
    told = re.search(r"behind (\d+) of (\d+) tellings: of all, (\d+) to (\d+) %", line.note)
    known, all_told, least, most = map(int, told.groups())
    assert known == line.n
    owned = round((line.value or 0) * known)
    assert (least, most) == tuple(round(100 * n / all_told) for n in (owned, owned + all_told - known))


def test_a_chronology_is_held_missed_or_told_with_another_status(archive, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(
        HEAD + "2021-03-07,,Norway,France,visit,the minister\n"
        "2021-03-22,2021-03-23,NOR,FRA,expulsion,a diplomat\n2021-03-22,,NOR,FRA,SANCTION,the same\n"
        "2021-03-12,,NOR,SWE,visit,the king\n1990-01-01,,NOR,FRA,visit,long ago\n",
        "utf-8",
    )
    found = compare_with(archive, read_references(file), since=date(2021, 3, 1), until=date(2021, 3, 31))
    assert [m.state for m in found.matches] == ["held", "missing", "missing", "other_status"]
    assert (found.share, found.n, found.outside) == (1 / 4, 4, 1)
    assert (found.low, found.high) == share_interval(1, 4)
    assert [archive.act(id)["type"] for id in found.acts] == ["CONSULT"]
    assert compare_with(archive, read_references(file), days=1).share == 0


def test_only_rows_of_a_pair_are_looked_for_where_one_is_named(archive, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text(HEAD + "2021-03-12,,NOR,SWE,visit,a\n2021-03-12,,NOR,FRA,visit,b\n", "utf-8")
    assert compare_with(archive, read_references(file), a="FRA", b="NOR").n == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("start,end\n", "has no column a, b, kind, what"),
        (HEAD + "yesterday,,NOR,FRA,visit,x\n", "line 2: .* no days"),
        (HEAD + "2021-03-12,,NOR,NOR,visit,x\n", "line 2: .* not two states"),
        (HEAD + "2021-03-12,,NOR,FRA,feast,x\n", "line 2: «feast» is no kind"),
    ],
)
def test_a_chronology_that_cannot_be_read_says_where(tmp_path, text, says):
    (tmp_path / "list.csv").write_text(text, "utf-8")
    with pytest.raises(InputError, match=says):
        read_references(tmp_path / "list.csv")


def test_outlets_of_one_count_come_by_the_alphabet(tmp_path):
    with Archive(tmp_path / "b", create=True) as opened:
        for n, outlet in enumerate(("Wire", "Gazette", "Courier", "Agency")):
            opened.add(visit(f"The minister came to Oslo, train {n}.", "2021-03-10", outlet=outlet))
        (line,) = [line for line in measure_coverage(opened) if line.name == "coverage.outlets"]
    assert line.note == "Agency 1, Courier 1, Gazette 1, Wire 1"
