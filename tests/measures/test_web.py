"""Pairs become ties with a sign, states become nodes, and the same web always gives the same answer."""

from __future__ import annotations

from datetime import date

import pytest

from archive.builders import coded, event, report
from detente.archive import Archive
from detente.errors import InputError, NotInArchive
from detente.measures import draw_web, rank_states

ACTS = (
    ("Oslo and Stockholm opened a joint rescue post.", "2021-03-02", "COOPERATE", "NOR SWE", ""),
    ("A Norwegian envoy came to Stockholm.", "2021-03-05", "CONSULT", "NOR", "SWE"),
    ("Sweden blamed Norway for a leak.", "2021-03-09", "ACCUSE", "SWE", "NOR"),
    ("Chad shelled a Niger post.", "2021-04-02", "ASSAULT", "TCD", "NER"),
    ("Niger and Mali urged Chad to withdraw.", "2021-04-05", "REQUEST", "NER MLI", "TCD"),
    ("France received Norway's minister.", "2021-05-02", "CONSULT", "NOR", "FRA"),
    ("France rebuked Norway.", "2021-05-04", "ACCUSE", "FRA", "NOR"),
    ("The UN condemned Chad.", "2021-05-05", "ACCUSE", "UNO", "TCD"),
    ("France may sanction Chad.", "2021-05-06", "SANCTION", "FRA", "TCD", "hypothetical"),
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    with Archive(tmp_path_factory.mktemp("web") / "a", create=True) as opened:
        for text, day, type, sources, recipients, *status in ACTS:
            told = report(text, day)
            fields = {"status": status[0]} if status else {}
            opened.add(coded(told, event(told, type, sources, recipients, start=day, **fields)))
        yield opened


def ties(web):
    return {(tie.a, tie.b): (tie.n, tie.total, tie.sign) for tie in web.ties}


def test_a_tie_is_a_pair_of_states_with_the_sign_of_its_mean_weight(archive):
    assert ties(draw_web(archive)) == {
        ("NOR", "SWE"): (3, 9.0, 1), ("NER", "TCD"): (2, -9.0, -1), ("FRA", "NOR"): (2, -0.5, 0),
        ("MLI", "TCD"): (1, 0.0, 0),
    }  # fmt: skip


def test_those_who_ask_a_third_together_are_not_tied_by_it_and_bodies_are_no_states(archive):
    found = draw_web(archive)
    assert ("MLI", "NER") not in ties(found)
    assert "UNO" not in {node.code for node in found.nodes}


def test_the_bound_of_signs_moves_them(archive):
    assert ties(draw_web(archive, neutral=0.2))["FRA", "NOR"][2] == -1
    assert ties(draw_web(archive, neutral=3.5))["NOR", "SWE"][2] == 0
    with pytest.raises(InputError, match="0 or above"):
        draw_web(archive, neutral=-1)


def test_the_telling_record_has_the_sign_of_its_tie(archive):
    told = {(tie.a, tie.b): archive.record(tie.record)[0]["type"] for tie in draw_web(archive).ties}
    assert told["NOR", "SWE"] == "COOPERATE"
    assert told["NER", "TCD"] == "ASSAULT"


def test_a_state_sums_its_ties(archive):
    nodes = {node.code: node for node in draw_web(archive).nodes}
    norway = nodes["NOR"]
    assert (norway.name, norway.ties, norway.friends, norway.foes, norway.n) == ("Norway", 2, 1, 0, 5)
    assert (norway.cooperation, norway.conflict) == (14.5, 6.0)
    assert len(norway.acts) == 5


def test_a_window_states_and_least_acts_narrow_the_web(archive):
    assert set(ties(draw_web(archive, until=date(2021, 3, 31)))) == {("NOR", "SWE")}
    assert set(ties(draw_web(archive, states=("NOR", "FRA")))) == {("FRA", "NOR")}
    assert ("MLI", "TCD") not in ties(draw_web(archive, min_acts=2))


def test_statuses_counted_are_a_choice(archive):
    found = ties(draw_web(archive, statuses=("hypothetical",)))
    assert found == {("FRA", "TCD"): (1, -6.0, -1)}


def test_an_empty_web_says_what_was_asked_and_what_mends_it(archive):
    with pytest.raises(NotInArchive, match=r"among NOR, TCD.*detente movers"):
        draw_web(archive, states=("NOR", "TCD"))


def test_centralities_sum_to_one_and_groups_cooperate(archive):
    pytest.importorskip("networkx")
    web = rank_states(draw_web(archive))
    assert sum(node.centrality for node in web.nodes) == pytest.approx(1)
    assert sum(node.cooperation_centrality for node in web.nodes) == pytest.approx(1)
    group = {node.code: node.community for node in web.nodes}
    assert group["NOR"] == group["SWE"] != group["TCD"]
    assert max(web.nodes, key=lambda node: node.centrality).code == "NOR"
    assert rank_states(draw_web(archive)) == web


def test_two_states_with_one_tie_are_equally_central(archive):
    pytest.importorskip("networkx")
    web = rank_states(draw_web(archive, states=("NOR", "SWE")))
    assert [node.centrality for node in web.nodes] == pytest.approx([0.5, 0.5])


def test_where_nobody_cooperates_each_stands_alone(archive):
    pytest.importorskip("networkx")
    web = rank_states(draw_web(archive, states=("NER", "TCD", "MLI")))
    assert [node.community for node in sorted(web.nodes, key=lambda node: node.code)] == [1, 2, 3]
    assert web.modularity is None
