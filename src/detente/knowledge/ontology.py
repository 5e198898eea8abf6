"""PLOVER types and modes, CAMEO codes, quad classes and both scales, from their tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.knowledge.tables import read_table


@dataclass(frozen=True, slots=True)
class Kind:
    """A PLOVER type with a mode (or none): its quad 1-4, its weight, the CAMEO code it falls back to."""

    type: str
    mode: str | None
    quad: int
    intensity: float
    cameo: str
    planned: str  # the type this act has while it is only promised
    planned_cameo: str


@cache
def kinds() -> dict[tuple[str, str | None], Kind]:
    """Return every (type, mode) of the ontology; mode None is the type alone."""
    out = {}
    for row in read_table("plover.tsv"):
        kind = Kind(
            type=row["type"],
            mode=row["mode"] or None,
            quad=int(row["quad"]),
            intensity=float(row["intensity"]),
            cameo=row["cameo"],
            planned=row["planned"],
            planned_cameo=row["planned_cameo"],
        )
        out[kind.type, kind.mode] = kind
    return out


@cache
def cameo_codes() -> dict[str, tuple[float, str]]:
    """Return {code: (Goldstein weight, name)}; codes are strings with their leading zero."""
    return {row["code"]: (float(row["goldstein"]), row["name"]) for row in read_table("cameo.tsv")}


def kind_of(type_: str, mode: str | None = None) -> Kind:
    """Return the Kind of a type and mode, of the type alone for an unknown mode; else KeyError."""
    return kinds().get((type_, mode)) or kinds()[type_, None]


def goldstein_of(cameo: str | None) -> float | None:
    """Return the Goldstein weight of a CAMEO code, by its root if the code itself has none."""
    if not cameo:
        return None
    codes = cameo_codes()
    known = next((cameo[:n] for n in range(len(cameo), 1, -1) if cameo[:n] in codes), None)
    return codes[known][0] if known else None


@cache
def roots() -> dict[str, str]:
    """Return {CAMEO code or its first digits: class} of the crosswalk in `roots.tsv`."""
    return {row["code"]: row["root"] for row in read_table("roots.tsv")}


def root_of(cameo: str | None) -> str | None:
    """Return the class of a CAMEO code in the literature on given pairs, None for a code without one."""
    known = roots()
    return (
        next((known[cameo[:n]] for n in range(len(cameo), 1, -1) if cameo[:n] in known), None)
        if cameo
        else None
    )
