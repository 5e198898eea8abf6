"""An archive keeps what it is given, finds it again, and says clearly what it cannot do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from archive.builders import actors, coded, event, figure, position, report, statement, visit
from detente.archive import Added, Archive
from detente.errors import ArchiveError, NotInArchive
from detente.records import Actor, Coded, Place, Rejected


@pytest.fixture
def archive(tmp_path: Path):
    with Archive(tmp_path / "crisis", create=True) as opened:
        yield opened


def everything() -> Coded:
    """A report with one record of each kind, with accents, dashes and a title."""
    told = report(
        "Øslo — «ties» are improving. Exports reached 10.5 billion kroner.", title="Ties", outlet="NTB"
    )
    return coded(
        told,
        event(told, "CONSULT", "FRA", "NOR", start="2021-03-09", place="Oslo", country="NOR", mode="visit"),
        position(told, "NOR", "whaling", "support", conditional=True),
        figure(told, "FRA NOR", (10.5e9, 11e9), "NOK", "exports"),
        statement(told, Actor("FRA", "Jean Dupont", "minister"), "FRA NOR", "rising"),
    )


def test_a_record_comes_back_as_the_contract_prints_it(archive):
    given = everything()
    archive.add(given)
    meta = {"published", "outlet", "title", "learnt"}
    back = [{k: v for k, v in row.items() if k not in meta} for row in archive.records()]
    for row, want in zip(back, given.to_json(), strict=True):
        assert row == want | {"act": row["act"]}
    assert [row["record"] for row in back] == ["event", "position", "figure", "statement"]


def test_a_report_comes_back_to_the_letter(archive):
    given = everything().report
    archive.add(coded(given))
    assert archive.report(given.id) == given
    assert list(archive.reports()) == [given]


def test_every_record_says_when_and_where_it_appeared_and_when_the_archive_learnt_of_it(archive):
    archive.add(everything())
    row = next(archive.records())
    assert (row["published"], row["outlet"], row["title"]) == ("2021-03-10", "NTB", "Ties")
    assert row["learnt"].endswith("+00:00")


def test_adding_the_same_report_twice_changes_nothing_and_says_so(archive):
    first, second = archive.add(everything()), archive.add(everything())
    assert first == Added(everything().report.id, "new", 4)
    assert second == Added(everything().report.id, "known", 4)
    assert archive.counts() | {"acts": 1, "records": 4, "reports": 1, "copies": 0} == archive.counts()


def test_the_same_words_from_another_outlet_are_noted_as_a_copy_and_add_no_records(archive):
    archive.add(visit("The minister came to Oslo.", outlet="NTB", given_id="ntb-1"))
    for _ in range(2):
        again = archive.add(visit("The minister came to Oslo.", outlet="AFP", given_id="afp-9"))
        assert again == Added("ntb-1", "known", 1)
    assert [(c.report, c.outlet, c.given_id) for c in archive.copies()] == [("ntb-1", "AFP", "afp-9")]
    assert archive.counts()["records"] == 1


@pytest.mark.parametrize("taken", ["ntb-1", "afp-9"])
def test_an_id_given_to_other_words_is_refused_and_nothing_is_kept(archive, taken):
    archive.add(visit("The minister came to Oslo.", given_id="ntb-1"))
    archive.add(visit("The minister came to Oslo.", given_id="afp-9"))
    before = archive.counts()
    with pytest.raises(ArchiveError, match=f"«{taken}».*other words"):
        archive.add(visit("The minister stayed at home.", given_id=taken))
    assert archive.counts() == before


def test_known_words_are_known_whatever_they_are_called(archive):
    told = visit("The minister came to Oslo.").report
    assert not archive.knows(told)
    archive.add(visit("The minister came to Oslo."))
    assert archive.knows(report("The minister came to Oslo.", given_id="another", outlet="AFP"))


def test_a_rejected_report_is_kept_once_with_its_reason(archive):
    for _ in range(2):
        archive.reject(Rejected("scan.pdf", "intake", "the file holds no text"))
    assert list(archive.rejects()) == [Rejected("scan.pdf", "intake", "the file holds no text")]


def test_a_record_is_found_by_the_start_of_its_id(archive):
    archive.add(everything())
    wanted = next(archive.records())
    row, told = archive.record(wanted["id"][:7])
    assert row == wanted
    assert told == everything().report


def test_an_acts_id_finds_the_record_that_tells_it_best(archive):
    archive.add(everything())
    act = next(archive.acts())
    assert archive.record(act["act"])[0]["id"] == act["record"]


def test_an_id_that_fits_none_or_many_is_refused_in_words(archive):
    for n in range(20):
        archive.add(visit(f"The minister came to Oslo, visit {n}.", given_id=f"wire-{n}"))
    with pytest.raises(NotInArchive, match="No record here has the id «zzz»"):
        archive.record("zzz")
    with pytest.raises(NotInArchive, match="more than one report"):
        archive.report("wire-")
    assert archive.report("wire-1").given_id == "wire-1"  # whole ids win over starts


def test_records_are_filtered_by_kind_party_day_and_status(archive):
    archive.add(everything())
    told = report("France may visit Chad in June.", "2021-05-02")
    archive.add(
        coded(told, event(told, "AGREE", "FRA TCD", status="planned", start="2021-06-01", end="2021-06-30"))
    )
    ids = lambda **conditions: [r["record"] for r in archive.records(**conditions)]  # noqa: E731
    assert ids(kind="position") == ["position"]
    assert ids(codes=("FRA", "NOR")) == ["event", "figure", "statement"]
    assert ids(codes=("FRA", "TCD")) == ["event"]
    assert ids(status="planned") == ["event"]
    assert ids(status=("planned", "happened"), kind="event") == ["event", "event"]
    assert ids(since=date(2021, 5, 1)) == ["event"]
    assert ids(until=date(2021, 3, 9)) == ["event"]
    assert len(ids(until=date(2021, 3, 10))) == 4  # what has no day of its own lies where its report does


def test_records_that_share_an_id_and_differ_are_both_kept(archive):
    told = report("He came on Monday and on Friday.")
    twice = [event(told, "CONSULT", "FRA", "NOR", start=day) for day in ("2021-03-01", "2021-03-05")]
    assert archive.add(coded(told, *twice, twice[0])).records == 2
    first, second = archive.records()
    assert second["id"] == first["id"] + "-2"


def test_a_lone_surrogate_neither_stops_the_archive_nor_moves_an_offset(archive):
    told = report("Broken \ud800 words. The minister came to Oslo.")
    archive.add(coded(told, event(told, "CONSULT", "FRA", "NOR", quote="The minister came to Oslo.")))
    row = next(archive.records())
    assert archive.report(told.id).text == told.text
    assert told.text[row["start"] : row["end"]] == row["quote"]
    assert archive.table("event").num_rows == 1


def test_a_record_without_codes_or_dates_is_kept_and_tells_an_act_of_its_own(archive):
    told = report("They met.", published=None)
    unknown = event(told, "CONSULT", "")
    archive.add(coded(told, unknown))
    assert [a["day"] for a in archive.acts()] == [None]
    assert archive.pairs() == ()


def test_pairs_are_counted_by_acts_not_by_tellings(archive):
    for words in ("The minister came to Oslo.", "Paris's envoy was in Oslo."):
        archive.add(visit(words))
    assert archive.pairs() == (("FRA", "NOR", 1),)


def test_evidence_from_another_report_is_refused(archive):
    told, other = report("The minister came to Oslo."), report("Somewhere else.")
    with pytest.raises(ArchiveError, match="rests on report"):
        archive.add(Coded(told, (event(other, "CONSULT", "FRA", "NOR"),)))
    assert archive.counts()["reports"] == 0


def test_columns_say_what_the_ledger_says(archive):
    archive.add(everything())
    flat = {row["kind"]: row for row in archive.sql("select * from records").to_pylist()}
    assert flat["event"]["date_start"] == date(2021, 3, 9)
    assert (flat["event"]["sources"], flat["event"]["recipients"]) == (["FRA"], ["NOR"])
    assert (flat["figure"]["value"], flat["figure"]["value_high"]) == (10.5e9, 11e9)
    assert flat["statement"]["speaker"] == "Jean Dupont"
    assert flat["event"]["act"] == archive.table("act").to_pylist()[0]["act"]
    assert archive.table("report").to_pylist()[0]["characters"] == len(everything().report.text)


def test_a_query_that_is_wrong_is_shown_in_the_error(archive):
    with pytest.raises(ArchiveError, match="select nonsense from nowhere"):
        archive.sql("select nonsense from nowhere")


def test_what_stands_in_an_actor_or_place_comes_back_whole(archive):
    told = report("The minister came to Oslo.")
    lavrov = Actor("RUS", "Sergey Lavrov", "Foreign Minister", "GOV", None, 365)
    given = event(told, "CONSULT", "RUS", "NOR")
    rich = type(given)(
        evidence=given.evidence, sources=(lavrov,), recipients=actors("NOR"), type="CONSULT", quad=1,
        intensity=2.5, place=Place("Oslo", "NOR", 59.91, 10.75),
    )  # fmt: skip
    archive.add(coded(told, rich))
    row = next(archive.records())
    assert row["sources"] == [{"code": "RUS", "name": "Sergey Lavrov", "role": "Foreign Minister",
                               "sector": "GOV", "org": None, "cow": 365}]  # fmt: skip
    assert row["place"] == {"name": "Oslo", "country": "NOR", "lat": 59.91, "lon": 10.75}
