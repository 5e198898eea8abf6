"""A web of states in, a graph file out that Gephi, Cytoscape, R and networkx read: GraphML or GEXF.

Numbers are numbers there and words are words; ids of acts stand on the edges, joined by «;».
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from detente.errors import InputError, need
from detente.measures.web import to_graph

if TYPE_CHECKING:
    from detente.measures.web import Web

SUFFIXES = (".graphml", ".gexf")
# What Gephi paints edges with: friendly, hostile, neither.
COLOURS = {1: (29, 92, 143), -1: (178, 58, 30), 0: (138, 138, 138)}


def export_web(web: Web, path: str | Path) -> Path:
    """Write the web as .graphml or .gexf, by the name of the file, and return where; the file appears whole.

    A node bears its code as id and its name as label; an edge's `weight` is cooperation + conflict, its
    `sign` is 1, -1 or 0. Raises InputError for another ending or a place that cannot be written, and
    MissingExtra without networkx.
    """
    place = Path(path)
    if place.suffix not in SUFFIXES:
        raise InputError(f"{place} ends in neither .graphml nor .gexf: name a graph so.", stage="graph")
    networkx = need("networkx", "stats")
    graph = to_graph(web)
    unfinished = place.with_name(f".{place.name}.part")
    try:
        if place.suffix == ".graphml":
            networkx.write_graphml(graph, unfinished)
        else:
            for _, _, edge in graph.edges(data=True):
                red, green, blue = COLOURS[edge["sign"]]
                edge["viz"] = {"color": {"r": red, "g": green, "b": blue, "a": 1.0}}
            networkx.write_gexf(graph, unfinished)
        os.replace(unfinished, place)
    except OSError as error:
        raise InputError(
            f"{place} could not be written ({error.strerror or error}): name another place.", stage="graph"
        ) from error
    return place
