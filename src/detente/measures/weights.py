"""The name of a scale or a user's file in, the weight of each act out.

PLOVER's intensities, Goldstein's weights, or a table of one's own: `type,mode,weight` or `cameo,weight`.
An act a scale does not name weighs 0, and a course says how many do.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import TypeVar

from detente.errors import KnowledgeError
from detente.knowledge.ontology import cameo_codes, kinds
from detente.knowledge.tables import Row, parse_table
from detente.measures.counting import CountedAct

Key = TypeVar("Key")

LARGEST = 1000.0  # of a user's weights; what is beyond is a slip of the hand
BY_TYPE, BY_CAMEO = ("type", "mode", "weight"), ("cameo", "weight")


@dataclass(frozen=True, slots=True)
class Scale:
    """A weight for each act, by its PLOVER type and mode or by its CAMEO code.

    `unit` is what captions call a point of it. Empty tables mean that the act's own `own` field weighs it.
    """

    name: str
    unit: str
    own: str = ""  # the field of an act that holds its weight
    by_kind: Mapping[tuple[str, str | None], float] = field(default_factory=dict)
    by_cameo: Mapping[str, float] = field(default_factory=dict)

    def find_weight(self, act: CountedAct) -> float | None:
        """Return the act's weight, None where the scale has none for it.

        A mode without a row has the weight of its type, a CAMEO code that of the longest code it begins with.
        """
        if self.own:
            weight: float | None = getattr(act, self.own)
            return weight
        if self.by_kind:
            return self.by_kind.get((act.type, act.mode), self.by_kind.get((act.type, None)))
        code = act.cameo or ""
        return next(
            (self.by_cameo[code[:n]] for n in range(len(code), 0, -1) if code[:n] in self.by_cameo), None
        )

    def weigh(self, act: CountedAct) -> float:
        """Return the act's weight, 0 where the scale has none for it."""
        return self.find_weight(act) or 0.0


PLOVER = Scale("plover", "PLOVER points", own="intensity")
GOLDSTEIN = Scale("goldstein", "Goldstein points", own="goldstein")
SCALES: Mapping[str, Scale] = {"plover": PLOVER, "goldstein": GOLDSTEIN}


def scale_of(name: str) -> Scale:
    """Return a scale by name, plover or goldstein, or read from a file of one's own weights."""
    return SCALES.get(name.casefold()) or read_scale(name)


def read_scale(path: str | Path) -> Scale:
    """Return the scale a CSV holds: `type,mode,weight` (mode empty: all modes of the type) or `cameo,weight`.

    Raises KnowledgeError, with file and line, on a header that is neither, a type, mode or code that does not
    exist, a weight that is no number, or a row that stands twice.
    """
    place = Path(path)
    try:
        text = place.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnowledgeError(
            f"«{path}» is neither plover nor goldstein, nor a file of weights that can be read "
            f"({getattr(error, 'strerror', None) or error}); name a scale or a CSV with type,mode,weight."
        ) from error
    rows = list(parse_table(text, place.name, delimiter=","))
    if not rows:
        raise KnowledgeError(
            "no weight was read; write a header, type,mode,weight, and a row a weight", file=place.name
        )
    header = tuple(rows[0].cells)
    if header == BY_TYPE:
        return Scale(place.name, f"points of {place.name}", by_kind=_read(rows, _kind))
    if header == BY_CAMEO:
        return Scale(place.name, f"points of {place.name}", by_cameo=_read(rows, _cameo))
    raise rows[0].fail(f"the header is {','.join(header)}; write type,mode,weight or cameo,weight")


def _read(rows: Sequence[Row], key_of: Callable[[Row], Key]) -> dict[Key, float]:
    weights: dict[Key, float] = {}
    for row in rows:
        key = key_of(row)
        if key in weights:
            raise row.fail("its act has a weight already, in a row above; keep one of the two")
        weights[key] = _weight(row)
    return weights


def _kind(row: Row) -> tuple[str, str | None]:
    kind = row["type"].upper(), row["mode"].casefold() or None
    if kind in kinds():
        return kind
    modes = sorted(mode for type_, mode in kinds() if type_ == kind[0] and mode)
    if (kind[0], None) in kinds():
        raise row.fail(f"{kind[0]} has no mode «{row['mode']}»; it has {', '.join(modes) or 'none'}")
    types = sorted({type_ for type_, _ in kinds()})
    raise row.fail(f"«{row['type']}» is no PLOVER type; write one of {', '.join(types)}")


def _cameo(row: Row) -> str:
    code = row["cameo"]
    if code not in cameo_codes():
        padded = f"0{code}"
        mend = (
            f"did you mean {padded}, with its leading zero" if padded in cameo_codes() else "write one as 042"
        )
        raise row.fail(f"«{code}» is no CAMEO code; {mend}")
    return code


def _weight(row: Row) -> float:
    try:
        weight = float(row["weight"])
    except ValueError as error:
        raise row.fail(f"the weight «{row['weight']}» is no number; write one as -2.5") from error
    if not isfinite(weight) or abs(weight) > LARGEST:
        raise row.fail(f"the weight {row['weight']} is beyond ±{LARGEST:g}; scales end near 10")
    return weight
