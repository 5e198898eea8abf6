"""An archive in, a dictionary to pack records with out: `python -m training.body_words ARCHIVE FILE`.

Some 30 KB: what bodies of records share (keys, codes, rules, units), then whole bodies, since what stands
side by side is found at once; deflate looks back 32 KB and no further. A dictionary once used is never
changed, for what was packed with it can be read with it alone: a better one is one more file with the next
number (`detente.archive.packing`).

The first was made of the records of Wikinews's reports of 2019 and 2020; it holds names, codes and rules, no
sentence of theirs.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import accumulate
from pathlib import Path
from typing import Any

from detente.archive import Archive
from detente.archive.rows import pack

FRAGMENTS = 8_000  # bytes; with 22,000 of whole bodies a record takes 67 bytes, with either alone 75 and 94
BODIES: Mapping[str, int] = {"position": 1_500, "figure": 4_500, "statement": 6_500, "event": 9_500}
LEAST = 3  # a fragment seen less often is one report's own
LONGEST = 700  # a longer body is no common one
NEVER = ("start", "end", "told_act", "date_start", "date_end", "quote")
SIDES = ("sources", "recipients", "about")


def write_dictionary(archive: Archive, path: Path) -> None:
    """Write the dictionary made from an archive's records, what is commonest last: it is found nearest."""
    bodies: dict[str, list[str]] = {kind: [] for kind in BODIES}
    for kind, body in _bodies(archive):
        bodies[kind].append(body)
    words = Counter(f for some in bodies.values() for body in some for f in _fragments(json.loads(body)))
    common = [fragment for fragment, n in words.most_common() if n >= LEAST]
    draw = random.Random(2019)
    chosen = [_fill(draw.sample(bodies[kind], len(bodies[kind])), size) for kind, size in BODIES.items()]
    pieces = [*reversed(_fill(common, FRAGMENTS)), *(body for some in chosen for body in some)]
    path.write_text("".join(pieces), "utf-8")


def _fill(pieces: list[str], size: int) -> list[str]:
    """Return the first pieces, as many as there is room for."""
    sizes = accumulate(len(piece.encode()) for piece in pieces)
    return [piece for piece, upto in zip(pieces, sizes, strict=True) if upto <= size]


def _bodies(archive: Archive) -> Iterator[tuple[str, str]]:
    for row in archive.records():
        own = {k: v for k, v in row.items() if k not in ("published", "outlet", "title", "learnt")}
        body = pack(own, archive.report(row["report"]))
        if len(body) <= LONGEST:
            yield row["record"], body


def _fragments(body: Mapping[str, Any]) -> Iterator[str]:
    for key, value in body.items():
        if key in SIDES:
            yield from (_text(actor) + "," for actor in value)
        elif key not in NEVER:
            yield _text({key: value})[1:-1] + ","


def _text(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    with Archive(sys.argv[1], reviews="ignore") as opened:
        write_dictionary(opened, Path(sys.argv[2]))
