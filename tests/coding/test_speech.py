"""Who says it: every case of tests/cases/speech.toml, and what its questions answer."""

from __future__ import annotations

from typing import Any

import pytest
from told import cases, name_of_speaker, reading_of

from detente.coding.said.quotes import find_quotes
from detente.coding.said.speech import attribution_at, is_claimed


def _sentence_at(reading: Any, offset: int) -> int:
    return next(
        i for i, s in enumerate(reading.analysis.sentences) if s.field == "text" and s.start <= offset < s.end
    )


@pytest.mark.parametrize("case", cases("speech.toml"))
def test_words_belong_to_their_speaker(case: dict[str, Any]) -> None:
    reading = reading_of(case)
    for said in case["says"]:
        offset = case["text"].index(said["words"])
        attribution = attribution_at(reading, _sentence_at(reading, offset), offset)
        who = "narrator" if attribution.kind == "narrator" else name_of_speaker(attribution.speaker)
        assert who == said["who"], said["words"]
        if "kind" in said:
            assert attribution.kind == said["kind"]
        if "via" in said:
            assert said["via"] in attribution.via
        if "for" in said:
            assert set(attribution.speaks_for) == set(said["for"])


def test_what_only_a_party_says_is_claimed() -> None:
    reading = reading_of({"text": "Norway said Denmark had closed the port. Sweden opened the port."})
    text = reading.report.text
    assert is_claimed(reading, 0, text.index("closed"))
    assert not is_claimed(reading, 1, text.index("opened"))


def test_a_party_vouches_for_its_own_act() -> None:
    reading = reading_of({"text": "Norway said it had expelled two diplomats."})
    offset = reading.report.text.index("expelled")
    assert is_claimed(reading, 0, offset)
    assert not is_claimed(reading, 0, offset, parties=["NOR"])


def test_what_is_demanded_is_not_claimed() -> None:
    reading = reading_of({"text": "Norway demanded that Denmark open the port."})
    assert not is_claimed(reading, 0, reading.report.text.index("open"))


def test_the_speaker_is_we_in_his_own_words() -> None:
    reading = reading_of({"text": "“We will not leave the treaty,” Macron said."})
    we = [m for m in reading.mentions if m.how == "pronoun" and reading.analysis.words(m.span) == "We"]
    assert [a.code for m in we for a in m.actors] == ["FRA"]


def test_an_official_author_speaks_the_whole_report() -> None:
    reading = reading_of({"text": "We support the Paris Agreement.", "author": "Norway"})
    assert attribution_at(reading, 0, 3).speaker is not None
    assert not is_claimed(reading, 0, 3)


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("He said “yes” and “no”.", ["yes", "no"]),
        ('A 5" pipe and "a long word".', ["a long word"]),
        ("One. Two three,” he said. Four.", ["Two three,"]),
        ("“One two three. Four five six.", ["One two three."]),
        ("No marks at all.", []),
        ("“First paragraph.\n\n“Second paragraph.”", ["First paragraph.", "Second paragraph."]),
        ("The states' own rules aren't 'quotes'.", []),
    ],
)
def test_quotation_marks_are_paired(text: str, quoted: list[str]) -> None:
    assert [text[q.start : q.end] for q in find_quotes(text)] == quoted


def test_speech_lies_within_its_field() -> None:
    reading = reading_of(
        {"text": "“" * 50 + "said Oslo" + "”" * 70 + ' "," said he: "" « » ‘’ Norway said: "'}
    )
    for speech in reading.speech:
        assert 0 <= speech.start < speech.end <= len(reading.report.text)


def test_a_transcript_goes_by_turns() -> None:
    text = (
        "Q Does Norway support the treaty?\nMR. BERG: We support the treaty.\n"
        "Q And Sweden?\nTHE PRESIDENT: We will see.\n"
    )
    reading = reading_of({"text": text, "author": "Norway"})
    speaker = [attribution_at(reading, _sentence_at(reading, text.index(w)), text.index(w)).speaker
               for w in ("Does", "We support", "And Sweden", "We will")]  # fmt: skip
    assert [s and s.code for s in speaker] == [None, "NOR", None, "NOR"]
    assert speaker[0] is not None
    assert speaker[0].role == "reporter"
    assert speaker[1] is not None
    assert speaker[1].name == "Berg"


def test_one_label_makes_no_transcript() -> None:
    reading = reading_of({"text": "OSLO: Norway opened the border on Monday."})
    assert reading.speech == ()


def test_the_publisher_of_a_transcript_is_its_home() -> None:
    text = "Q Will you sign?\nMR. CARNEY: We support the treaty.\nPRIME MINISTER SOLBERG: We do too.\n"
    reading = reading_of(
        {"text": text, "outlet": "White House", "title": "Briefing by Press Secretary Ane Carney"}
    )
    speakers = [
        attribution_at(reading, _sentence_at(reading, text.index(w)), text.index(w)).speaker
        for w in ("We support", "We do")
    ]
    assert [s and (s.code, s.name) for s in speakers] == [("USA", "Ane Carney"), ("NOR", "Erna Solberg")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Prime Minister of Norway Ane Lind said the port was open.", "Ane Lind"),
        ("Retired admiral and harbour specialist Ane Lind said the port was open.", "Ane Lind"),
        ("A student named Lind said Norway had opened the port.", "Lind"),
        ("The Norwegian Commission on Harbours said the port was open.", "Norwegian Commission on Harbours"),
    ],
)
def test_a_speaker_bears_the_name_beside_the_office(text: str, name: str) -> None:
    reading = reading_of({"text": text})
    speaker = attribution_at(reading, 0, text.index("open")).speaker
    assert speaker is not None
    assert speaker.name == name


def test_an_office_without_a_name_is_who_bore_it_before() -> None:
    text = (
        "Commissioner Ane Lind said the port was open. Snow fell. The commissioner said Norway paid for it."
    )
    reading = reading_of({"text": text})
    speaker = attribution_at(reading, 2, text.index("paid")).speaker
    assert speaker is not None
    assert speaker.name == "Ane Lind"


def test_a_placard_is_no_speaker() -> None:
    reading = reading_of({"text": "Placards demanded that Norway open the port."})
    assert all(s.speaker is None for s in reading.speech)
