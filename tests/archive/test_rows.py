"""What the ledger stores is small, and comes back to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.builders import coded, event, report, statement
from detente.archive.rows import ACT_FIELDS, TOLD_ONCE, contract_rows, pack, pack_act, unpack, unpack_act
from detente.records import Actor, Attribution, Event, Evidence, Place

names = st.none() | st.text(max_size=8)
people = st.builds(
    Actor,
    st.none() | st.sampled_from(["FRA", "NOR", "UNO"]),
    names,
    names,
    names,
    names,
    st.none() | st.integers(1, 999),
)
sides = st.lists(people, max_size=3).map(tuple)


@given(
    words=st.text(min_size=1, max_size=40),
    sources=sides,
    recipients=sides,
    speaker=st.none() | people,
    place=st.none() | st.builds(Place, st.text(max_size=5), names, st.none() | st.floats(-90, 90)),
    act=names,
)
def test_a_record_comes_back_as_it_went_in(words, sources, recipients, speaker, place, act):
    told = report(words)
    given = Event(
        evidence=Evidence(told.id, "text", 0, len(words), words), sources=sources,
        recipients=recipients, type="AID",
        attribution=Attribution("direct", speaker), place=place, act=act,
    )  # fmt: skip
    (row,) = contract_rows(coded(told, given))
    back = unpack(pack(row, told), kind="event", id=row["id"], report=told, act=act, coder=row["coder"])
    assert back == row
    assert list(back) == list(row)


def test_a_quote_that_is_not_the_words_at_its_offsets_is_kept_as_given():
    told = report("He came.")
    given = Event(evidence=Evidence(told.id, "text", 0, 2, "She"), type="AID")
    (row,) = contract_rows(coded(told, given))
    back = unpack(pack(row, told), kind="event", id=row["id"], report=told, act=None, coder=row["coder"])
    assert back["quote"] == "She"


def test_changing_a_row_changes_no_other():
    told = report("He came.")
    (row,) = contract_rows(coded(told, statement(told, None, "FRA")))
    first, second = (
        unpack(pack(row, told), kind="statement", id="x", report=told, act=None, coder=None) for _ in range(2)
    )
    first["sources"].append("mine")
    first["attribution"]["via"].append("mine")
    assert (second["sources"], second["attribution"]["via"]) == ([], [])


def test_a_body_leaves_out_what_stands_elsewhere():
    told = report("The minister came to Oslo. " * 20)
    (row,) = contract_rows(coded(told, event(told, "CONSULT", "FRA", "NOR", start="2021-03-09")))
    assert len(pack(row, told)) < 350


def an_act(**fields):
    """An act and the record that tells it best: aid by France, told once."""
    told = report("Paris sent tents.")
    (best,) = contract_rows(coded(told, event(told, "AID", "FRA")))
    kept = {k: best[k] for k in ACT_FIELDS if k in best}
    row = kept | {"act": "a", "record": best["id"], "day": "2021-03-09", "by_report_date": False,
                  "first_published": "2021-03-10", "reason": TOLD_ONCE} | fields  # fmt: skip
    return {k: row[k] for k in ACT_FIELDS}, best | {"published": "2021-03-10"}


OTHER = {"code": "NOR", "name": None, "role": None, "sector": "GOV", "org": None, "cow": None}


@pytest.mark.parametrize(
    "fields",
    [{}, {"status": "denied", "reason": "same parties"}, {"sources": [OTHER]}, {"first_published": None},
     {"contexts": ["military"], "by_report_date": True}, {"mode": "visit", "sources": []}],
)  # fmt: skip
def test_an_act_comes_back_as_it_went_in(fields):
    act, best = an_act(**fields)
    back = unpack_act(pack_act(act, best), id="a", day=act["day"], best=best)
    assert back == act
    assert list(back) == list(ACT_FIELDS)


def test_an_act_told_once_needs_no_more_than_its_record():
    act, best = an_act()
    assert pack_act(act, best) == '{"record":"' + best["id"] + '"}'


def test_an_act_whose_record_is_gone_is_blank():
    act, best = an_act()
    back = unpack_act(pack_act(act, best), id="a", day=None, best=None)
    assert (back["act"], back["record"], back["type"], back["sources"]) == ("a", best["id"], None, [])
