"""What became of a record or an act is one story in order of time: coded, reviewed, joined, split, undone."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from archive.builders import visit
from detente.archive import Archive
from detente.errors import NotInArchive

SIGNED = {"by": "Ane Vik", "reason": "read the reports"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Archive(tmp_path / "a", create=True) as archive:
        archive.add(visit("The French minister came to Oslo on Tuesday to speak of fish.", outlet="NTB"))
        archive.add(visit("Paris's top diplomat was received in Oslo.", outlet="AFP"))
        archive.add(visit("The minister was back in Oslo in June.", "2021-06-12", start="2021-06-10"))
    return tmp_path / "a"


def test_reviews_and_words_on_acts_are_one_story_in_the_order_they_were_made(folder: Path) -> None:
    with Archive(folder) as archive:
        june = next(a for a in archive.acts() if a["day"] == "2021-06-10")
        march = next(a for a in archive.acts() if a["day"] == "2021-03-09")
        archive.review(june["record"], "accept", **SIGNED)
        joined = archive.join(march["act"], june["act"], **SIGNED)
        archive.review(june["record"], "comment", by="Jon Dahl", reason="two visits, surely")
        archive.undo_linking(joined, by="Jon Dahl", reason="June is not March")
        steps = archive.history(june["record"])
    assert [s.kind for s in steps] == ["coded", "reviewed", "joined", "reviewed", "relinked"]
    assert [(s.review or s.linked).by for s in steps[1:]] == ["Ane Vik", "Ane Vik", "Jon Dahl", "Jon Dahl"]
    assert {len(steps[2].linked.one), len(steps[2].linked.other)} == {1, 2}


def test_what_was_said_at_once_is_one_word_and_says_which_records_left_which(folder: Path) -> None:
    with Archive(folder) as archive:
        march = next(a for a in archive.acts() if a["day"] == "2021-03-09")
        one, other = (r["id"] for r in archive.records(act=march["act"]))
        archive.split(march["act"], [other], **SIGNED)
        (step,) = [s for s in archive.history(other) if s.kind == "split"]
        assert {step.linked.one, step.linked.other} == {(one,), (other,)}
        assert step.linked.reason == "read the reports"


def test_the_story_of_an_act_tells_of_the_telling_that_was_rejected(folder: Path) -> None:
    with Archive(folder) as archive:
        march = next(a for a in archive.acts() if a["day"] == "2021-03-09")
        archive.review(march["record"], "reject", **SIGNED)
        left = next(a for a in archive.acts() if a["day"] == "2021-03-09")
        steps = archive.history(left["act"])
    assert [s.kind for s in steps] == ["coded", "coded", "reviewed"]
    assert steps[2].review.record == march["record"]


def test_an_earlier_day_knows_the_story_up_to_then(folder: Path) -> None:
    with Archive(folder) as archive:
        row = next(archive.records())
        archive.review(row["id"], "accept", **SIGNED)
        today = date.fromisoformat(archive.reviews()[0].at[:10])
    with Archive(folder, as_of=today) as archive:
        assert len(archive.history(row["id"])) == 2
    with Archive(folder, as_of=today - timedelta(days=1)) as archive, pytest.raises(NotInArchive):
        archive.history(row["id"])
