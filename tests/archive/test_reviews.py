"""What a reviewer says is one more row: it counts when asked for, is signed, and can be taken back."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.adding import telling
from archive.builders import coded, event, figure, report, visit
from detente.archive import Archive
from detente.errors import ArchiveError, NotInArchive, ReviewError

SIGNED = {"by": "Ane Vik", "reason": "read the report"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(telling(0))
        archive.add(visit("The French minister came to Oslo on Tuesday to speak of fish.", outlet="NTB"))
        archive.add(visit("Paris's top diplomat was received in the capital.", outlet="AFP"))
    return tmp_path / "a"


def told_by(archive: Archive, outlet: str) -> dict:
    return next(r for r in archive.records("event") if r["outlet"] == outlet)


def test_a_rejected_record_is_left_out_and_its_act_is_told_by_the_others(folder):
    with Archive(folder) as archive:
        row = told_by(archive, "AFP")
        before = archive.act(row["act"])["n_reports"]
        archive.review(row["id"], "reject", **SIGNED)
        assert row["id"] not in {r["id"] for r in archive.records()}
        assert archive.act(row["act"])["n_reports"] == before - 1
        assert archive.table("event").num_rows == archive.counts()["event"] == 4
    with Archive(folder, reviews="ignore") as archive:
        assert archive.record(row["id"])[0]["quote"] == row["quote"]
        assert archive.table("event").num_rows == 5


def test_who_asks_for_a_rejected_record_is_told_by_whom_and_why(folder):
    with Archive(folder) as archive:
        row = told_by(archive, "AFP")
        archive.review(row["id"], "reject", by="Ane Vik", reason="no visit")
        with pytest.raises(NotInArchive, match=r"rejected by Ane Vik \(no visit\).*--reviews ignore"):
            archive.record(row["id"])


def test_a_corrected_record_bears_the_correction_everywhere_and_its_evidence_stays(folder):
    with Archive(folder) as archive:
        row = told_by(archive, "AFP")
        archive.review(row["id"], "correct", ["type=AGREE", "date=2021-03-05"], **SIGNED)
        now, told = archive.record(row["id"])
        assert (now["type"], now["quad"], now["date_start"], now["date_end"]) == (
            "AGREE", 1, "2021-03-05", "2021-03-05",
        )  # fmt: skip
        assert now["quote"] == told.words("text", now["start"], now["end"]) == row["quote"]
        assert now["act"] != row["act"]
        flat = next(r for r in archive.table("event").to_pylist() if r["id"] == row["id"])
        assert (flat["type"], flat["act"]) == ("AGREE", now["act"])
        assert now["review"]["verdict"] == "correct"


def test_a_correction_that_makes_two_tellings_alike_joins_them(folder):
    with Archive(folder) as archive:
        far = visit("The minister was back in Oslo in June.", "2021-06-12", start="2021-06-10")
        archive.add(far)
        row = next(r for r in archive.records("event") if r["date_start"] == "2021-06-10")
        archive.review(row["id"], "correct", ["date=2021-03-09"], **SIGNED)
        assert archive.record(row["id"])[0]["act"] == told_by(archive, "AFP")["act"]


def test_corrected_parties_are_found_by_their_codes(folder):
    with Archive(folder) as archive:
        row = told_by(archive, "AFP")
        archive.review(row["id"], "correct", ["sources=Germany"], **SIGNED)
        assert [r["id"] for r in archive.records(codes=("DEU",))] == [row["id"]]
        assert ("DEU", "NOR") in {(a, b) for a, b, _ in archive.pairs()}


def test_undo_is_another_row_and_the_record_is_as_it_was(folder):
    with Archive(folder) as archive:
        row = told_by(archive, "AFP")
        archive.review(row["id"], "correct", ["status=denied"], **SIGNED)
        archive.review(row["id"][:8], "undo", by="Jon Dahl", reason="it was said")
        assert archive.record(row["id"])[0]["status"] == "happened"
        first, second = archive.reviews()
        assert (first.undone_by, second.undoes, second.by) == (second.id, first.id, "Jon Dahl")


def test_an_undo_can_be_undone(folder):
    with Archive(folder) as archive:
        row = told_by(archive, "AFP")
        archive.review(row["id"], "reject", **SIGNED)
        undo = archive.review(row["id"], "undo", **SIGNED)
        archive.review(undo.id, "undo", **SIGNED)
        assert row["id"] not in {r["id"] for r in archive.records()}


def test_corrections_of_two_reviewers_add_up_and_the_later_word_stands(folder):
    with Archive(folder) as archive:
        id = told_by(archive, "AFP")["id"]
        archive.review(id, "correct", ["status=planned", "place=Bergen"], by="Ane", reason="so it says")
        archive.review(id, "correct", ["status=claimed"], by="Jon", reason="only AFP says so")
        row = archive.record(id)[0]
        assert (row["status"], row["place"]["name"], row["review"]["by"]) == (
            "claimed",
            "Bergen",
            ["Ane", "Jon"],
        )


def test_a_rejected_act_goes_with_all_its_tellings(folder):
    with Archive(folder) as archive:
        act = told_by(archive, "AFP")["act"]
        archive.review(act, "reject", **SIGNED)
        assert act not in {a["act"] for a in archive.acts()}
        assert not list(archive.records(act=act))
        assert archive.table("act").num_rows == archive.counts()["acts"]


def test_a_corrected_act_bears_its_own_row_while_its_tellings_keep_theirs(folder):
    with Archive(folder) as archive:
        row = told_by(archive, "AFP")
        archive.review(row["act"], "correct", ["date=2021-03-08"], **SIGNED)
        assert archive.act(row["act"])["day"] == "2021-03-08"
        assert archive.record(row["id"])[0]["date_start"] == "2021-03-09"
        days = {a["act"]: str(a["day"]) for a in archive.table("act").to_pylist()}
        assert days[row["act"]] == "2021-03-08"


def test_accepting_and_commenting_change_no_answer(folder):
    with Archive(folder) as archive:
        before = list(archive.records())
        for verdict in ("accept", "comment"):
            archive.review(before[0]["id"], verdict, **SIGNED)
        assert [{k: v for k, v in r.items() if k != "review"} for r in archive.records()] == before


def test_a_figure_can_be_corrected(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        told = report("Trade came to 24 million dollars.")
        archive.add(coded(told, figure(told, "FRA NOR", 24, "USD", "trade")))
        id = next(archive.records())["id"]
        archive.review(id, "correct", ["value=24000000"], **SIGNED)
        assert archive.record(id)[0]["figure"]["value"] == 24_000_000
        assert archive.table("figure").to_pylist()[0]["value"] == 24_000_000


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("quote=He never came.", "evidence"), ("type=VISIT", "no PLOVER type"), ("mode=picnic", "no mode"),
        ("status=maybe", "no status"), ("date=09.03.2021", "no day"), ("sources=Atlantis", "names no state"),
        ("issue=nothing-known", "no issue"), ("stance=support", "has no «stance»"), ("status", "FIELD=VALUE"),
        ("status=happened", "says that already"),
    ],
)  # fmt: skip
def test_a_value_outside_the_codebook_is_refused_in_words(folder, change, said):
    with Archive(folder) as archive:
        with pytest.raises(ReviewError, match=said):
            archive.review(told_by(archive, "AFP")["id"], "correct", [change], **SIGNED)
        assert archive.reviews() == ()


@pytest.mark.parametrize("missing", ["by", "reason"])
def test_a_review_without_name_or_reason_is_refused(folder, missing):
    with Archive(folder) as archive, pytest.raises(ReviewError, match=f"--{missing}"):
        archive.review(told_by(archive, "AFP")["id"], "accept", **{**SIGNED, missing: " "})


def test_reviews_survive_new_reports_and_new_tellings_join_what_is_left(folder):
    with Archive(folder) as archive:
        row = told_by(archive, "AFP")
        archive.review(row["id"], "reject", **SIGNED)
        archive.add(visit("France's foreign minister visited Norway's capital that day.", "2021-03-11"))
        assert row["id"] not in {r["id"] for r in archive.records()}
        assert archive.act(row["act"])["n_reports"] == 3
        assert {r["act"] for r in archive.records("event")} == {a["act"] for a in archive.acts()}


def test_an_archive_opened_as_of_a_day_cannot_be_reviewed(folder):
    from datetime import date

    with (
        Archive(folder, as_of=date(2020, 1, 1)) as archive,
        pytest.raises(ArchiveError, match="only be read"),
    ):
        archive.review("x", "accept", **SIGNED)


def test_an_event_with_two_reviews_of_one_act_tells_both(folder):
    with Archive(folder) as archive:
        told = report("The two praised each other.", "2021-04-01")
        archive.add(coded(told, event(told, "SUPPORT", "FRA", "NOR"), event(told, "SUPPORT", "NOR", "FRA")))
        ids = [r["id"] for r in archive.records("event") if r["report"] == told.id]
        for id in ids:
            archive.review(id, "accept", **SIGNED)
        assert len(archive.reviews()) == 2
        assert [r.target for r in archive.reviews(ids[0])] == [ids[0]]
