"""How far two coders agree on the doubly coded sentences: `python -m training.events.agree [--markdown]`.

Two acts match when their triggers overlap in the sentence; F1 of matched acts, and over matched acts the
share of equal type, mode, status and codes of each side. Krippendorff's alpha (nominal) of a sentence's
having an act at all.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from typing import Any

from training.events.rows import HERE, load_rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--markdown", action="store_true")
    args = parser.parse_args()
    second = {
        r["id"]: r["acts"] for r in map(json.loads, (HERE / "second.jsonl").read_text("utf-8").splitlines())
    }
    rows = [row for row in load_rows() if row.id in second]
    table = measure([(row.text, row.acts, second[row.id]) for row in rows])
    for name, value in table.items():
        print(f"| {name} | {value} |" if args.markdown else f"{name:34} {value}")


def measure(pairs: list[tuple[str, Any, Any]]) -> dict[str, str]:
    """Return the agreement table of (text, acts of one coder, acts of the other) triples."""
    c: Counter[str] = Counter()
    for text, one, two in pairs:
        c["sentences"] += 1
        c["both"] += bool(one) and bool(two)
        c["same"] += bool(one) == bool(two)
        c["any"] += bool(one) + bool(two)
        c["acts"] += len(one) + len(two)
        left = list(two)
        for act in one:
            twin = next((t for t in left if _overlap(text, act, t)), None)
            if twin is None:
                continue
            left.remove(twin)
            c["matched"] += 1
            for key in ("type", "mode", "status"):
                c[key] += act.get(key) == twin.get(key)
            sides = [_codes(act[s]) == _codes(twin[s]) for s in ("sources", "recipients")]
            c["source"], c["recipient"] = c["source"] + sides[0], c["recipient"] + sides[1]
            c["who"] += act["type"] == twin["type"] and all(sides)
    n, m = c["sentences"], max(1, c["matched"])
    share = c["any"] / (2 * n)
    expected = 2 * share * (1 - share) * (2 * n) / (2 * n - 1)
    alpha = 1 - (1 - c["same"] / n) / expected if expected else 1.0
    half = max(1, c["acts"]) / 2
    return {
        "sentences coded twice": f"{n}",
        "has an act: same answer": f"{c['same'] / n:.2f} (alpha {alpha:.2f})",
        "acts matched (F1)": f"{c['matched'] / half:.2f}",
        "acts with equal type (F1)": f"{c['type'] / half:.2f}",
        "acts with equal type, both sides (F1)": f"{c['who'] / half:.2f}",
        **{
            f"of matched acts, equal {k}": f"{c[k] / m:.2f}"
            for k in ("type", "mode", "status", "source", "recipient")
        },
    }


def _overlap(text: str, a: dict[str, Any], b: dict[str, Any]) -> bool:
    return any(x < d and y < c for x, c in _places(text, a) for y, d in _places(text, b))


def _places(text: str, act: dict[str, Any]) -> list[tuple[int, int]]:
    words = act["trigger"]
    starts = [i for i in range(len(text)) if text.startswith(words, i)]
    nth = act.get("nth")
    starts = [starts[nth - 1]] if nth and nth <= len(starts) else starts
    return [(i, i + len(words)) for i in starts]


def _codes(actors: Any) -> frozenset[str]:
    return frozenset(a["code"] for a in actors or () if a.get("code"))


if __name__ == "__main__":
    main()
