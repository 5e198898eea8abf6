"""The sample reports are readable and dated, and the gold on them stands where it says, in our words."""

import re
from datetime import date
from pathlib import Path

import pytest
from quality.quotes import FILES, Row, find_misplaced, load_reports, load_rows, mend

from detente.intake import read_reports
from detente.knowledge.tables import read_table
from detente.records import STATUSES, Report

REPORTS = Path(__file__).parents[2] / "examples" / "reports"
STEMS = sorted(path.stem for path in REPORTS.glob("*.txt"))
GOLD = load_rows(FILES[0])
NEGATIVES = load_rows(FILES[1])
EVENTS = [r for r in GOLD if r["record"] == "event"]
STANCES = {"support", "oppose", "demand", "refuse", "claim", "neutral"}
SECTORS = set("GOV MIL LEG JUD SPY COP PTY OPP REB SEP BUS JRN MED CVL EDU LAB REL IGO NGO".split())
CODE = re.compile(r"[A-Z]{3}|NATO")


def test_there_are_enough_reports_over_enough_time() -> None:
    assert len(STEMS) >= 18
    days = [date.fromisoformat(stem[:10]) for stem in STEMS]
    assert (max(days) - min(days)).days > 540


@pytest.mark.parametrize("stem", STEMS)
def test_a_sample_is_read_with_its_fields_and_is_of_a_reports_length(stem: str) -> None:
    (report,) = read_reports([str(REPORTS / f"{stem}.txt")])
    assert isinstance(report, Report)
    assert report.id == stem
    assert report.published == date.fromisoformat(stem[:10])
    assert report.published_basis == "front matter"
    assert report.title
    assert report.outlet
    assert 150 <= len(report.text.split()) <= 600


def test_the_folder_is_read_without_its_readme() -> None:
    items = list(read_reports([str(REPORTS)]))
    assert [r.id for r in items if isinstance(r, Report)] == STEMS
    assert len(items) == len(STEMS)


def test_every_gold_quote_stands_at_its_offsets() -> None:
    reports = load_reports()
    assert find_misplaced(GOLD + NEGATIVES, reports) == []
    assert {r["report"] for r in GOLD} == set(STEMS)


def test_a_shifted_row_is_found_and_mended() -> None:
    reports = load_reports()
    row: Row = {**GOLD[3], "start": GOLD[3]["start"] + 1, "end": GOLD[3]["end"] + 1}
    assert find_misplaced([row], reports) == [row]
    assert mend(row, reports)
    assert row == GOLD[3]
    assert not mend({**row, "quote": "words that stand nowhere"}, reports)


def test_every_report_has_its_rows_and_ids_are_unique() -> None:
    for stem in STEMS:
        assert sum(r["report"] == stem for r in GOLD) >= 10
    for rows in (GOLD, NEGATIVES):
        ids = [r["id"] for r in rows]
        assert len(set(ids)) == len(ids)


def test_event_types_modes_and_codes_are_those_of_the_codebook() -> None:
    known = {(row["type"], row["mode"]) for row in read_table("plover.tsv")}
    cameo = {row["code"] for row in read_table("cameo.tsv")}
    for row in EVENTS:
        assert (row["type"], row["mode"] or "") in known, row["id"]
        assert row["cameo"] in cameo, row["id"]
        assert row["sources"] or row["recipients"], row["id"]


def test_statuses_stances_sectors_and_actor_codes_are_those_of_the_codebook() -> None:
    for row in GOLD:
        assert row["status"] in STATUSES, row["id"]
        assert row["tier"] in ("core", "optional"), row["id"]
        speaker = row["attribution"]["speaker"]
        for actor in [*row["sources"], *row["recipients"], *([speaker] if speaker else [])]:
            assert CODE.fullmatch(actor["code"]), row["id"]
            assert actor["sector"] in SECTORS, row["id"]
        if row["record"] == "position":
            assert row["stance"] in STANCES, row["id"]
            assert row["issue"], row["id"]


def test_dates_are_days_in_order_and_nothing_that_happened_lies_after_its_report() -> None:
    for row in GOLD:
        start, end = (row[k] and date.fromisoformat(row[k]) for k in ("date_start", "date_end"))
        assert not (start and end) or start <= end, row["id"]
        if (
            row["record"] == "event"
            and row["status"] in ("happened", "ongoing")
            and row["type"] not in ("AGREE", "CONCEDE")
        ):
            assert not end or end <= date.fromisoformat(row["report"][:10]), row["id"]


def test_figures_hold_a_number_a_unit_and_what_is_counted() -> None:
    for row in GOLD:
        if row["record"] == "figure":
            figure = row["figure"]
            assert isinstance(figure["value"], (int, float)), row["id"]
            assert figure["unit"], row["id"]
            assert figure["what"], row["id"]
            assert figure["op"] in ("=", ">", "<", "~", ">=", "<="), row["id"]
