"""What is packed is small and comes back to the letter, whatever it is, for good."""

from __future__ import annotations

import zlib
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from detente.archive.packing import BODIES, NAMES, PLAIN, dictionary_of, pack_words, unpack_words

SAID = "The minister came to Oslo on Tuesday and spoke of the quota for cod in the northern waters. "


@given(words=st.text(max_size=300), dictionary=st.sampled_from([PLAIN, BODIES]))
def test_words_come_back_to_the_letter(words, dictionary):
    assert unpack_words(pack_words(words, dictionary=dictionary)) == words


@pytest.mark.parametrize("words", ["", "\ud800", SAID + "\udcff", "\x00" * 99, "ÿ" * 99, SAID * 90])
def test_odd_words_come_back_too(words):
    assert unpack_words(pack_words(words)) == words


def test_words_of_an_older_ledger_are_read_as_they_stand():
    assert unpack_words(SAID) == SAID
    assert unpack_words("\ud800".encode("utf-8", "surrogatepass")) == "\ud800"


def test_a_long_text_takes_less_than_half():
    text = " ".join(f"{SAID[: n % 80 + 9]} {n}" for n in range(60))
    assert len(pack_words(text)) < len(text) / 2


def test_a_body_takes_less_than_a_third():
    body = (
        '{"start":117,"end":204,"sources":[{"code":"NOR","cow":385}],"recipients":[{"code":"CHL","cow":155}],'
        '"type":"CONSULT","mode":"visit","cameo":"042","quad":1,"intensity":2.5,"goldstein":1.9,'
        '"date_start":"2021-03-09","date_end":"2021-03-09","date_basis":"on Tuesday","date_precision":"day",'
        '"confidence":0.8,"why":[{"rule":"visit → CONSULT/visit","words":"came"}]}'
    )
    assert len(pack_words(body, dictionary=BODIES)) < len(body) / 3


def test_half_of_what_was_packed_is_refused():
    packed = pack_words(SAID * 9)
    with pytest.raises(zlib.error):
        unpack_words(packed[: len(packed) // 2])


def test_no_dictionary_that_was_ever_used_has_changed():
    assert {n: sha256(dictionary_of(n)).hexdigest()[:16] for n in NAMES} == {BODIES: "3810da2fef949c9b"}
