"""Bytes to text, exactly; and what is told of bytes that are no text."""

import pytest

from detente.errors import InputError
from detente.intake.decoding import decode_text

STORY = "Oslo’s envoy said «we agree» – twice.\r\nCafé talks ran late.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_text_comes_back_exactly_from_every_encoding(encoding: str) -> None:
    assert decode_text(STORY.encode(encoding)) == STORY


def test_big_endian_utf16_needs_and_has_its_mark() -> None:
    assert decode_text(b"\xfe\xff" + STORY.encode("utf-16-be")) == STORY


@pytest.mark.parametrize(
    ("data", "stage", "words"),
    [
        (STORY.encode() + STORY.encode("cp1252"), "encoding", "mixed encoding"),
        (b"Talks \x81 in Oslo", "encoding", "neither UTF-8 nor Windows-1252"),
        ("переговоры в Москве".encode("cp1251"), "encoding", "another encoding"),
        (b"\xff\xfe\x00\xd8", "encoding", "UTF-16-LE"),
        (b"talks\x00in Oslo", "binary", "byte 5 is NUL"),
        (b"%PDF-1.7 ...", "binary", "PDF"),
        (b"PK\x03\x04....", "binary", "ZIP"),
        (b"\x01\x02\x03\x04\x05 talks", "binary", "control characters"),
    ],
)
def test_what_is_no_text_says_what_it_is(data: bytes, stage: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        decode_text(data)
    assert caught.value.stage == stage
    assert words in caught.value.reason


def test_a_form_feed_or_a_stray_escape_is_text() -> None:
    assert decode_text(b"page one\x0cpage two \x1b") == "page one\x0cpage two \x1b"
