"""The annotated sentences as training samples: words as our reader cuts them, acts by word index.

`sentences.jsonl` holds the texts, `acts.jsonl` what was marked in them; `split.json` says which report
teaches, which chooses and which is only scored.
"""

from __future__ import annotations

import hashlib
import json
import pickle
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from detente.knowledge.ontology import kinds
from detente.language import read_analysis
from detente.language.analysis import Sentence, Token
from detente.records import Report
from training.data import MarkedAct, Sample

HERE = Path(__file__).resolve().parent
CACHE = HERE.parent.parent / "runs" / "acts"
Split = Literal["train", "dev", "test"]

TYPES = ("", *sorted({type_ for type_, _ in kinds()}))
MODES = ("", *sorted(f"{type_}/{mode}" for type_, mode in kinds() if mode))
STATUSES = ("happened", "ongoing", "planned", "claimed", "denied", "hypothetical")


@dataclass(frozen=True, slots=True)
class Annotated:
    """One sentence, the one before it, where it stands, and the acts marked in it as JSON has them."""

    id: str
    source: str
    doc: str
    date: str | None
    context: str
    text: str
    acts: tuple[dict[str, Any], ...]

    @property
    def split(self) -> Split:
        """Which part it belongs to: all sentences of a report go together; those we wrote only teach."""
        if self.source == "own":
            return "train"
        share = int(hashlib.sha256(f"{self.source}/{self.doc}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
        return "test" if share < 0.15 else "dev" if share < 0.27 else "train"


def load_rows(split: Split | None = None) -> list[Annotated]:
    """Return the annotated sentences of one split, or all."""
    marked = {row["id"]: tuple(row.get("acts", ())) for row in _json_lines(HERE / "acts.jsonl")}
    rows = []
    for row in _json_lines(HERE / "sentences.jsonl"):
        fields = {k: row.get(k) for k in ("id", "source", "doc", "date", "context", "text")}
        item = Annotated(**fields, acts=marked[row["id"]])
        if split in (None, item.split):
            rows.append(item)
    return rows


def _json_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def load_samples(split: Split) -> list[Sample]:
    """Return the context (of which nothing is said) and the sentence of each row, one after the other."""
    rows = load_rows(split)
    key = hashlib.sha256(("2" + repr(rows)).encode()).hexdigest()[:12]
    path = CACHE / f"{split}-{key}.pickle"
    if path.exists():
        found: list[Sample] = pickle.loads(path.read_bytes())
        return found
    samples = [sample for row in rows for sample in to_samples(row)]
    CACHE.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(samples))
    return samples


def to_samples(row: Annotated) -> Iterator[Sample]:
    """Yield the row's context and its sentence as the reader cuts them."""
    context = " ".join((row.context or "").split())
    text = f"{context} {row.text}" if context else row.text
    first = len(text) - len(row.text)
    sentences = read_analysis(Report(text)).sentences
    words = [(s, i, t) for s in sentences for i, t in enumerate(s.tokens)]
    before = [w for w in words if w[2].start < first]
    own = [w for w in words if w[2].start >= first]
    if before:
        yield _sample(before, row, opens=True, acts=None)
    if own:
        yield _sample(own, row, opens=not before, acts=_marked(own, row, first))


def _sample(words: list[tuple[Sentence, int, Token]], row: Annotated, *, opens: bool,
            acts: tuple[MarkedAct, ...] | None) -> Sample:  # fmt: skip
    tokens = [t for _, _, t in words]
    gaps = tuple(not i or tokens[i - 1].end < t.start for i, t in enumerate(tokens))
    forms = tuple(t.text for t in tokens)
    return Sample(forms, gaps, "acts", opens, sent_id=row.id, acts=acts)


def _marked(words: list[tuple[Sentence, int, Token]], row: Annotated, first: int) -> tuple[MarkedAct, ...]:
    out = []
    for act in row.acts:
        inside = _find(words, row.text, first, act["trigger"], act.get("nth", 1))
        if not inside:
            continue
        word = trigger_word([words[i][2] for i in inside], inside)
        mode = f"{act['type']}/{act['mode']}" if act.get("mode") else ""
        out.append(
            MarkedAct(
                word,
                tuple(i for i in inside if i != word),
                TYPES.index(act["type"]),
                MODES.index(mode) if mode in MODES else 0,
                STATUSES.index(act["status"]),
                _parties(words, row.text, first, act.get("sources"), word),
                _parties(words, row.text, first, act.get("recipients"), word),
            )
        )
    return tuple(out)


def trigger_word(tokens: list[Token], inside: list[int]) -> int:
    """Return which word stands for a trigger: its first verb, else its last noun, else its first word."""
    for kinds_, order in ((("VERB",), 1), (("NOUN", "PROPN"), -1), (("ADJ",), 1)):
        found = [i for t, i in zip(tokens, inside, strict=True) if t.upos in kinds_]
        if found:
            return found[::order][0]
    return inside[0]


def _parties(
    words: list[tuple[Sentence, int, Token]], text: str, first: int, actors: Any, near: int
) -> tuple[int, ...]:
    """Return the head word of each actor named in the sentence: of several such words the nearest."""
    out = []
    for actor in actors or ():
        if not actor.get("text"):
            continue
        places = [
            _find(words, text, first, actor["text"], n + 1) for n in range(max(1, text.count(actor["text"])))
        ]
        places = [p for p in places if p and near not in p] or [p for p in places if p]
        if places:
            inside = min(places, key=lambda p: abs(p[0] - near))
            out.append(head_word(words, inside))
    return tuple(dict.fromkeys(out))


def head_word(words: list[tuple[Sentence, int, Token]], inside: list[int]) -> int:
    """Return the word of a phrase whose governor stands outside it, else its last."""
    for i in inside:
        sentence, _, token = words[i]
        local = {words[k][1] for k in inside if words[k][0] is sentence}
        if token.head not in local and token.upos not in ("PUNCT", "DET", "ADP"):
            return i
    return inside[-1]


def _find(words: list[tuple[Sentence, int, Token]], text: str, first: int, piece: str, nth: int) -> list[int]:
    """Return the indices of the words that the nth stand of a piece of the text covers; whole words first."""
    starts = [i for i in range(len(text) - len(piece) + 1) if text.startswith(piece, i)]
    whole = [i for i in starts if _is_whole(text, i, i + len(piece))]
    starts = whole or starts
    if not starts:
        return []
    at = first + starts[min(nth, len(starts)) - 1]
    return [k for k, (_, _, t) in enumerate(words) if t.start < at + len(piece) and t.end > at]


def _is_whole(text: str, a: int, b: int) -> bool:
    return not (text[a - 1 : a].isalnum() and a) and not text[b : b + 1].isalnum()
