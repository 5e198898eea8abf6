"""Given pairs: a table of sentences with a marked source and target in, and how well answers fit its gold.

Columns are `sentence`, `source`, `target`, optional `gold_root` and `gold_penta`; `marked_sentence`, with
<s>…</s> and <t>…</t>, says which occurrence is meant. All is plain text; other columns are passed over.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from detente.coding.acts.given import GivenPair, Spans, find_words
from detente.errors import InputError
from detente.evaluation.gold import BadLine
from detente.knowledge.ontology import kind_of, kinds

NEEDED = ("sentence", "source", "target")
QUADS = {"1": 1, "2": 2, "3": 3, "4": 4}
ROOTS = frozenset({"YIELD"})  # beside the PLOVER types
MARK = re.compile(r"</?[st]>")


@dataclass(frozen=True, slots=True)
class GoldPair:
    """One row: its sentence, where source and target stand in it (half-open offsets), and any gold."""

    line: int
    sentence: str
    source: str
    target: str
    sources: Spans
    targets: Spans
    root: str | None = None
    quad: int | None = None


@dataclass(frozen=True, slots=True)
class ClassScores:
    """Precision, recall and F1 of one class, with the number of gold rows it has."""

    precision: float
    recall: float
    f1: float
    count: int


@dataclass(frozen=True, slots=True)
class PairScores:
    """Macro-F1 (the mean F1 over the gold's classes, 0 to 1) of one way to class pairs, and each class."""

    macro_f1: float
    accuracy: float
    classes: Mapping[str, ClassScores]


def read_pairs(path: str | Path) -> tuple[list[GoldPair], list[BadLine]]:
    """Return the rows of a tab-separated file in order, and what is wrong with any of them, by line.

    Every row comes out, so that every row can be answered; where a source or target does not stand in its
    sentence, it has no place. Fields are quoted as a spreadsheet quotes them, or not at all. Raises
    InputError where the file cannot be read or lacks a needed column.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"«{path}» cannot be read: {error.strerror}; give a tab-separated file.", stage="pairs"
        ) from error
    except UnicodeDecodeError as error:
        raise InputError(f"«{path}» is not UTF-8 text; save it as UTF-8.", stage="pairs") from error
    rows = list(_read_rows(text))
    header = [cell.strip() for cell in rows[0][1]] if rows else []
    lacking = [name for name in NEEDED if name not in header]
    if lacking:
        raise InputError(
            f"«{path}» has no column {' or '.join(lacking)}; its first line must name sentence, source and "
            "target, separated by tabs.",
            stage="pairs",
        )
    faults: list[BadLine] = []
    pairs = [_read_pair(line, dict(zip(header, cells, strict=False)), faults) for line, cells in rows[1:]]
    return pairs, faults


def _read_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells, quoted as a spreadsheet does or not at all."""
    plain = [
        (n, line.split("\t")) for n, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1) if line.strip()
    ]
    width = len(plain[0][1]) if plain else 0
    if all(len(cells) == width for _, cells in plain):
        yield from ((n, [_unquote(cell) for cell in cells]) for n, cells in plain)
        return
    reader = csv.reader(text.splitlines(keepends=True), delimiter="\t", strict=False)
    yield from ((reader.line_num, cells) for cells in reader if any(cells))


def _unquote(cell: str) -> str:
    """Return a cell without the quotes a spreadsheet puts around it, doubled ones made single."""
    inner = cell[1:-1]
    quoted = len(cell) >= 2 and cell[0] == cell[-1] == '"' and '"' not in inner.replace('""', "")
    return inner.replace('""', '"') if quoted else cell


def _read_pair(line: int, row: Mapping[str, str], faults: list[BadLine]) -> GoldPair:
    """Return one row; what is wrong with it is added to the faults."""
    sentence, source, target = (row.get(name) or "" for name in NEEDED)
    marked = _read_marks(row.get("marked_sentence") or "", sentence)
    sources = marked.get("s") or find_words(sentence, source)
    targets = marked.get("t") or find_words(sentence, target, apart_from=sources)
    if not sentence.strip():
        faults.append(BadLine(line, "the sentence is empty"))
    for name, words, spans in (("source", source, sources), ("target", target, targets)):
        if not words.strip():
            faults.append(BadLine(line, f"the {name} is empty"))
        elif not spans and sentence.strip():
            faults.append(BadLine(line, f"the {name} «{words[:60]}» does not stand in the sentence"))
    quad = (row.get("gold_penta") or "").strip()
    if quad and quad not in QUADS:
        faults.append(BadLine(line, f"«gold_penta» is {quad[:20]}; expected 1, 2, 3, 4 or nothing"))
    root = (row.get("gold_root") or "").strip().upper()
    if root and root not in ROOTS | {name for name, _ in kinds()}:
        faults.append(BadLine(line, f"«gold_root» is {root[:20]}; expected a PLOVER type, YIELD or nothing"))
        root = ""
    return GoldPair(line, sentence, source, target, sources, targets, root or None, QUADS.get(quad))


def _read_marks(marked: str, sentence: str) -> dict[str, Spans]:
    """Return where <s> and <t> stand in the sentence without them; nothing if that is another sentence."""
    if MARK.sub("", marked) != sentence:
        return {}
    spans: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    opened: dict[str, int] = {}
    gone = 0
    for mark in MARK.finditer(marked):
        place = mark.start() - gone
        gone += len(mark.group())
        letter = mark.group().strip("</>")
        if mark.group().startswith("</"):
            if letter in opened:
                spans[letter].append((opened.pop(letter), place))
        else:
            opened[letter] = place
    return {letter: tuple(found) for letter, found in spans.items() if found}


def score_pairs(gold: Sequence[str], answers: Sequence[str]) -> PairScores:
    """Return how answers fit the gold, class by class; classes are those of the gold.

    Raises ValueError where the two differ in length.
    """
    if len(gold) != len(answers):
        raise ValueError(f"{len(gold)} gold classes beside {len(answers)} answers; expected as many of both")
    classes = {}
    for name in sorted(set(gold)):
        hits = sum(g == a == name for g, a in zip(gold, answers, strict=True))
        wanted, given = sum(g == name for g in gold), sum(a == name for a in answers)
        precision = hits / given if given else 0.0
        classes[name] = ClassScores(precision, hits / wanted, 2 * hits / (wanted + given), wanted)
    right = sum(g == a for g, a in zip(gold, answers, strict=True))
    mean = sum(c.f1 for c in classes.values()) / len(classes) if classes else 0.0
    return PairScores(mean, right / len(gold) if gold else 0.0, classes)


def to_binary(quads: Iterable[int]) -> list[str]:
    """Return «cooperation» for quads 1 and 2, «conflict» for 3 and 4."""
    return ["cooperation" if quad in (1, 2) else "conflict" for quad in quads]


def score_answers(
    pairs: Sequence[GoldPair], answers: Sequence[GivenPair], *, crosswalk: bool = True
) -> dict[str, PairScores]:
    """Return the scores where gold stands: «root», «quad» and «binary» (cooperation or conflict).

    By the crosswalk a gold of YIELD is met by CONCEDE and RETREAT. Quads are the gold's own or, where it
    gives none, those of its roots.
    """
    scores = {}
    rooted = [(p.root, a) for p, a in zip(pairs, answers, strict=True) if p.root]
    merged = any(root == "YIELD" for root, _ in rooted)
    if rooted:
        ours = [_class_of(a, crosswalk=crosswalk, merged=merged) for _, a in rooted]
        scores["root"] = score_pairs([root for root, _ in rooted], ours)
    quads = [
        (quad, a.quad if crosswalk else quad_of(a.record_type))
        for p, a in zip(pairs, answers, strict=True)
        if (quad := p.quad or (quad_of(p.root) if p.root else None))
    ]
    if quads:
        gold, ours_quads = [g for g, _ in quads], [o for _, o in quads]
        scores["quad"] = score_pairs([str(g) for g in gold], [str(o) for o in ours_quads])
        scores["binary"] = score_pairs(to_binary(gold), to_binary(ours_quads))
    return scores


def _class_of(answer: GivenPair, *, crosswalk: bool, merged: bool) -> str:
    name = answer.type if crosswalk else answer.record_type
    return "YIELD" if merged and name in ("CONCEDE", "RETREAT") else name


def quad_of(root: str) -> int:
    """Return the quad of a root, 1 to 4: a PLOVER type or YIELD."""
    return 2 if root == "YIELD" else kind_of(root).quad
