"""A web goes out as a graph that other programs read back with every number in its type."""

from __future__ import annotations

import pytest

from detente.errors import InputError
from detente.exchange.graphs import export_web
from detente.measures.web import Node, Tie, Web, rank_states

networkx = pytest.importorskip("networkx")

TIES = (
    Tie("NOR", "SWE", 3, 9.0, 3.0, 1, 12.0, 3.0, ("a1", "a2", "a3"), "r1"),
    Tie("NER", "TCD", 1, -9.0, -9.0, -1, 0.0, 9.0, ("a4",), "r4"),
)
NODES = tuple(
    Node(code, name, 1, 1, 0, 1, 2.5, 0.0, ("a1",))
    for code, name in (("NOR", "Norway"), ("SWE", "Sweden"), ("NER", "Niger"), ("TCD", "Chad"))
)


@pytest.mark.parametrize("ranked", [True, False])
@pytest.mark.parametrize("suffix", [".graphml", ".gexf"])
def test_a_graph_read_back_has_the_same_states_ties_and_types(tmp_path, suffix, ranked):
    web = rank_states(Web(NODES, TIES)) if ranked else Web(NODES, TIES)
    file = export_web(web, tmp_path / f"web{suffix}")
    read = networkx.read_graphml(file) if suffix == ".graphml" else networkx.read_gexf(file)
    assert set(read.nodes) == {"NOR", "SWE", "NER", "TCD"}
    assert read.nodes["NOR"]["label"] == "Norway"
    assert ("centrality" in read.nodes["NOR"]) == ranked
    edge = read.edges["NOR", "SWE"]
    assert (edge["n"], edge["total"], edge["mean"], edge["sign"]) == (3, 9.0, 3.0, 1)
    assert [type(edge[name]) for name in ("n", "total", "sign", "weight")] == [int, float, int, float]
    assert edge["weight"] == 15.0
    assert edge["acts"] == "a1;a2;a3"
    assert list(tmp_path.iterdir()) == [file]


def test_another_ending_or_place_is_refused_with_what_mends_it(tmp_path):
    with pytest.raises(InputError, match=r"neither \.graphml nor \.gexf"):
        export_web(Web(NODES, TIES), tmp_path / "web.dot")
    with pytest.raises(InputError, match="could not be written"):
        export_web(Web(NODES, TIES), tmp_path / "none" / "web.gexf")
