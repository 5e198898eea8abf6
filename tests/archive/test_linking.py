"""A reviewer joins and splits acts; the tellings of an act keep what they say differently."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.builders import coded, event, report, visit
from detente.archive import Archive
from detente.errors import ArchiveError, NotInArchive
from detente.knowledge.tolls import counts_in


def two_visits(archive: Archive) -> list[str]:
    archive.add(visit("The French minister came to Oslo on Tuesday."))
    archive.add(visit("Paris's envoy was in Norway.", start="2021-03-20", published="2021-03-21"))
    return [act["act"] for act in archive.acts()]


SIGNED = {"by": "Ane Vik", "reason": "the second report misdates it"}


def test_two_acts_joined_by_a_reviewer_are_counted_once_until_it_is_taken_back(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        one, other = two_visits(archive)
        now = archive.join(one[:10], other, **SIGNED)
        (act,) = archive.acts()
        assert (act["act"], act["n_records"]) == (now, 2)
        assert act["reason"].endswith("joined by a reviewer")
        assert archive.act(other)["act"] == now
        archive.undo_linking(now, by="Ane Vik", reason="it was another visit")
        assert sorted(a["act"] for a in archive.acts()) == sorted((one, other))
        assert [d.kind for d in archive.decisions()] == ["join", "undo"]


def test_a_record_split_out_stays_out_when_more_is_told(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(visit("The French minister came to Oslo on Tuesday."))
        archive.add(visit("The visitor from Paris saw the harbour.", start=None))
        (act,) = archive.acts()
        out = next(r for r in archive.records() if r["id"] != act["record"])
        stays = archive.split(act["act"], [out["id"][:12]], **SIGNED)
        assert stays == act["act"]
        assert len(list(archive.acts())) == 2
        archive.add(visit("On Tuesday Norway received the French minister."))
        assert archive.record(out["id"])[0]["act"] != stays
        assert archive.act(stays)["n_records"] == 2


def test_decisions_are_kept_with_the_archive_and_hold_when_it_is_opened_again(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        archive.join(*two_visits(archive), **SIGNED)
    with Archive(tmp_path / "a") as archive:
        archive.add(
            visit("The Frenchman's stay in Oslo was short.", start="2021-03-20", published="2021-03-21")
        )
        assert [a["n_records"] for a in archive.acts()] != []
        (decision,) = archive.decisions()
        assert (decision.kind, decision.by) == ("join", "Ane Vik")
        assert decision.learnt


def test_a_decision_without_a_name_or_about_nothing_is_refused(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        one, other = two_visits(archive)
        with pytest.raises(ArchiveError, match="signed"):
            archive.join(one, other, by=" ", reason="so")
        with pytest.raises(ArchiveError, match="one act already"):
            archive.join(one, one, **SIGNED)
        with pytest.raises(NotInArchive):
            archive.split(one, [archive.act(other)["record"]], **SIGNED)
        with pytest.raises(ArchiveError, match="nothing to take back"):
            archive.undo_linking(one, **SIGNED)


def shelling(words: str, outlet: str, **fields):
    told = report(words, "2021-03-10", outlet=outlet)
    fields = {"start": "2021-03-09", "place": "Zakho", "country": "IRQ", "mode": "heavy-weapons"} | fields
    return coded(told, event(told, "ASSAULT", "TUR", "IRQ", **fields))


def test_tellings_that_disagree_keep_every_value_with_its_records(tmp_path: Path):
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(shelling("Turkish guns hit Zakho on Tuesday, killing two.", "AFP"))
        archive.add(shelling("Three people died in Zakho on Monday.", "NINA", start="2021-03-08",
                             status="claimed"))  # fmt: skip
        (act,) = archive.acts()
        found = {c.aspect: [v.says for v in c.values] for c in archive.conflicts(act["act"])}
        assert found == {
            "when": ["2021-03-09", "2021-03-08"],
            "status": ["happened", "claimed"],
            "how many killed": ["2", "3"],
        }
        outlets = {r["id"]: r["outlet"] for r in archive.records()}
        (when,) = (c for c in archive.conflicts(act["act"]) if c.aspect == "when")
        assert [outlets[id] for v in when.values for id in v.records] == ["AFP", "NINA"]


def test_a_vaguer_telling_does_not_disagree(tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(visit("The French minister came to Oslo on Tuesday."))
        archive.add(visit("The minister from Paris was received.", start=None, place=None, mode=None))
        (act,) = archive.acts()
        assert archive.conflicts(act["act"]) == ()


@pytest.mark.parametrize(
    ("quote", "counts"),
    [
        ("Three Afghan shepherds were injured.", {"WOUND": 3}),
        ("killing two and wounding 11 others", {"KILL": 2, "WOUND": 11}),
        ("1,200 soldiers were moved on 3 May", {"SOLDIER": 1200}),
        ("a rise of 3.5 percent since 12 April", {}),
    ],
)
def test_what_a_quote_counts(quote, counts):
    assert counts_in(quote) == counts
