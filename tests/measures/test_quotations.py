"""Who said what: found by name, role or state, by whom it is of, by words; each stretch of speech once."""

from datetime import date

import pytest

from archive.builders import actors, coded, event, position, report
from detente.archive import Archive
from detente.errors import NotInArchive
from detente.measures.quotations import find_quotations, is_named
from detente.records import Actor, Attribution, Statement

LARSEN = Actor("NOR", "Ingrid Larsen", "foreign minister of Norway")


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a", create=True) as opened:
        yield opened


def say(archive, text, speaker, about="RUS", published="2021-03-10", kind="indirect", **fields):
    from archive.builders import evidence

    told = report(text, published, outlet="NTB")
    said = Attribution(kind, speaker, ("TASS",))
    archive.add(
        coded(told, Statement(evidence=evidence(told), about=actors(about), attribution=said, **fields))
    )


def test_a_speaker_is_found_by_name_part_of_it_role_and_state(archive):
    say(archive, "Larsen said Moscow was slow.", LARSEN)
    say(archive, "Petrov said Oslo was rash.", Actor("RUS", "Ivan Petrov"), "NOR")
    for words in ("Ingrid Larsen", "larsen", "foreign minister", "Norway", "NOR"):
        assert [q.speaker for q in find_quotations(archive, speaker=words)] == ["Ingrid Larsen"]
    (q,) = find_quotations(archive, speaker="Larsen")
    assert (q.code, q.kind, q.via, q.about, q.date) == (
        "NOR", "indirect", ("TASS",), ("RUS",), date(2021, 3, 10),
    )  # fmt: skip


def test_a_bare_name_nobody_could_place_is_not_taken_for_a_fuller_one():
    assert not is_named({"name": "Li", "role": None, "code": None}, "Li Hui")
    assert is_named({"name": "Li Hui", "role": None, "code": "CHN"}, "Li")
    assert is_named({"name": "Recep Tayyip Erdoğan", "role": None, "code": "TUR"}, "Erdogan")


def test_whoever_is_not_quoted_is_told_who_comes_near(archive):
    say(archive, "Larsen said Moscow was slow.", LARSEN)
    with pytest.raises(NotInArchive, match="nearest are Ingrid Larsen"):
        find_quotations(archive, speaker="Ingrid Larson")


def test_whoever_is_quiet_in_the_window_is_an_answer(archive):
    say(archive, "Larsen said Moscow was slow.", LARSEN)
    assert find_quotations(archive, speaker="Larsen", since=date(2022, 1, 1)) == ()


def test_about_takes_a_state_or_an_issue(archive):
    say(archive, "Larsen said Moscow was slow.", LARSEN)
    say(archive, "Larsen said the Minsk accords were dead.", LARSEN, "UKR")
    assert [q.about for q in find_quotations(archive, about="Russia")] == [("RUS",)]
    assert [q.about for q in find_quotations(archive, about="minsk-agreements")] == [("UKR",)]
    assert [q.about for q in find_quotations(archive, about="the Minsk accords")] == [("UKR",)]


def test_words_must_all_stand_in_the_quote_in_any_case_and_order(archive):
    say(archive, "Larsen said Moscow was slow.", LARSEN)
    assert len(find_quotations(archive, words="slow moscow")) == 1
    assert find_quotations(archive, words="slow oslo") == ()


def test_one_stretch_of_speech_is_shown_once_by_its_statement(archive):
    told = report("Larsen said Norway opposed the quota.")
    said = Attribution("indirect", LARSEN)
    from archive.builders import evidence

    archive.add(
        coded(
            told,
            position(told, "NOR", "cod-quota", "oppose", attribution=said),
            event(told, "ACCUSE", "NOR", "RUS", attribution=said),
            Statement(evidence=evidence(told), about=actors("RUS"), attribution=said),
        )
    )
    assert [q.record for q in find_quotations(archive)] == ["statement"]


def test_what_the_reporter_tells_is_no_quotation(archive):
    told = report("Norway condemned the seizure.")
    archive.add(coded(told, event(told, "ACCUSE", "NOR", "RUS")))
    assert find_quotations(archive) == ()


def test_the_newest_comes_first(archive):
    say(archive, "Larsen said Moscow was slow.", LARSEN, published="2021-03-10")
    say(archive, "Larsen said Moscow was fast.", LARSEN, published="2021-05-10")
    assert [q.date for q in find_quotations(archive)] == [date(2021, 5, 10), date(2021, 3, 10)]
