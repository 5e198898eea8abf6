"""Choose sentences to annotate: `python -m training.events.sample --count 3000 --out FILE [--rich]`.

Reads the openly licensed corpora in ../shared/data. Half are drawn evenly over types and modes by the
words of our trigger table, some over the words that mark a status, the rest at random: a cell that is
rare in the news is not rare in the sample, and sentences without an act are kept. With `--rich` they are
drawn by what the coder finds in them, evenly over types and modes, and a quarter where it finds nothing
but sees a trigger. With `--rare N` they are drawn for the types and modes of which fewer than N acts are
marked so far, by words that only their triggers have, from all speeches and briefings.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from detente.coding.acts.acts import decide_sentence
from detente.coding.reading import Reading
from detente.knowledge.triggers import triggers
from detente.language import read_analysis
from detente.pipeline import read_report
from detente.records import Report
from training.events.rows import load_rows

DATA = Path(__file__).resolve().parents[3] / "shared/data"
LOAD = DATA / "load"
MARKS = {
    "denied": r"\b(den(y|ies|ied)|never|refut\w+|reject\w* (claims|allegations)|no such|neither)\b",
    "hypothetical": r"\b(if|unless|could|might|would|were to|in case|risk of|possible)\b",
    "planned": r"\b(will|plans?|planned|scheduled|set to|due to|announced|intends?|next (week|month|year))\b",
    "claimed": r"\b(claim\w*|alleg\w*|purported\w*|according to|reportedly|accus\w*|insist\w*)\b",
    "ongoing": r"\b(continu\w+|still|has been|have been|ongoing|remains?)\b",
}
WORDS = range(7, 75)
FIELDS = ("source", "doc", "date", "context", "text")


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence with the one before it, and where it stands."""

    source: str
    doc: str
    date: str | None
    context: str
    text: str
    cells: frozenset[tuple[str, str]] = frozenset()  # what the coder finds, where it was asked


def paragraphs(rng: random.Random, share: float = 0.05) -> Iterator[tuple[str, str, str | None, str]]:
    """Yield (source, doc, date, paragraph): all news, and a draw of speeches and briefings."""
    csv.field_size_limit(sys.maxsize)
    for path in sorted((LOAD / "wikinews").glob("*.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                for part in _parts(row["text"]):
                    yield "wikinews", row["url"].rsplit("/", 1)[-1], row["date"], part
    seen = set()
    for line in (LOAD / "itn/itn_en.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        if row["blurb"] not in seen:
            seen.add(row["blurb"])
            yield "itn", row["qid"], row["time"], row["blurb"]
    for path in sorted((DATA / "train/re3d").glob("*/documents.json")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            for part in _parts(row["text"]):
                yield "re3d", f"{path.parent.name}/{row['_id'][:8]}", None, part
    for kind, name, less in (("un_speech", "ungdc/ungdc_2015_2023.jsonl.gz", 1.0),
                              ("briefing", "wh_briefings/wh_briefings_first600.jsonl.gz", 0.6)):  # fmt: skip
        with gzip.open(LOAD / name, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                doc = f"{row['iso3']}_{row['year']}" if kind == "un_speech" else row["id"]
                date = f"{row['year']}-09-25" if kind == "un_speech" else None
                for part in _parts(row["text"]):
                    if rng.random() < share * less:
                        yield kind, doc, date, part


def _parts(text: str) -> list[str]:
    return [p.strip() for p in re.split(r"\n+", text) if len(p.split()) >= 7]


def sentences(rng: random.Random, rich: bool) -> Iterator[Row]:
    """Yield the sentences of all paragraphs drawn, with what the coder finds in them where `rich` asks."""
    for source, doc, date, paragraph in paragraphs(rng):
        before = ""
        report = Report(paragraph)
        reading = read_report(report) if rich else None
        for i, sentence in enumerate((reading.analysis if reading else read_analysis(report)).sentences):
            text = paragraph[sentence.start : sentence.end].strip()
            if len(text.split()) in WORDS:
                yield Row(source, doc, date, before, text, _cells(reading, i) if reading else frozenset())
            before = text


def _cells(reading: Reading, index: int) -> frozenset[tuple[str, str]]:
    """Return the types and modes the coder finds in a sentence; («», «») where it sees triggers only."""
    decided = decide_sentence(reading, index)
    found = {(d.event.type, d.event.mode or "") for d in decided.decisions if d.event}
    return frozenset(found or ({("", "")} if decided.decisions else ()))


def choose_rich(pool: list[Row], count: int, rng: random.Random) -> list[Row]:
    """Return rows evenly over what the coder finds; a quarter where it finds no act at a trigger."""
    rng.shuffle(pool)
    pool.sort(key=lambda row: row.source in {"un_speech", "briefing"})
    bare = [row for row in pool if ("", "") in row.cells]
    rng.shuffle(bare)
    taken = {row.text: row for row in bare[: count // 4]}
    by_cell: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in pool:
        for cell in row.cells - {("", "")}:
            by_cell[cell].append(row)
    while len(taken) < count and any(by_cell.values()):
        for rows in by_cell.values():
            if rows and len(taken) < count:
                row = rows.pop(0)
                taken[row.text] = row
    rows = list(taken.values())
    rng.shuffle(rows)
    return rows


def cells() -> dict[tuple[str, str], re.Pattern[str]]:
    """Return for each (type, mode) a pattern of the first letters of its triggers' head words."""
    return {
        cell: re.compile(rf"\b({'|'.join(sorted(s))})\w{{0,4}}\b", re.I) for cell, s in cell_stems().items()
    }


def cell_stems() -> dict[tuple[str, str], set[str]]:
    """Return for each (type, mode) the first letters of its triggers' head words."""
    stems: dict[tuple[str, str], set[str]] = defaultdict(set)
    for rows in triggers().values():
        for row in rows:
            if row.type != "NONE":
                head = row.words[-1] if row.pos == "NOUN" else row.words[0]
                whole = head in {
                    "be",
                    "have",
                    "make",
                    "take",
                    "give",
                    "put",
                    "get",
                    "hold",
                    "set",
                    "go",
                    "do",
                }
                if not whole:
                    stems[row.type, row.mode or ""].add(re.escape(head.rstrip("ey")))
    return stems


def choose(pool: list[Row], count: int, rng: random.Random) -> list[Row]:
    """Return rows drawn evenly over cells and marks, then at random; news before speeches in each cell."""
    rng.shuffle(pool)
    pool.sort(key=lambda row: row.source in {"un_speech", "briefing"})
    kinds = cells()
    taken: dict[str, Row] = {}
    each = int(count * 0.55 / len(kinds))
    for pattern in kinds.values():
        hits = [row for row in pool if row.text not in taken and pattern.search(row.text)]
        news, rest = hits[: each * 2 // 3], hits[each * 2 // 3 :]
        rng.shuffle(rest)
        taken |= {row.text: row for row in (news + rest)[:each]}
    every = re.compile("|".join(p.pattern for p in kinds.values()), re.I)
    for mark in MARKS.values():
        hits = [r for r in pool if r.text not in taken and re.search(mark, r.text) and every.search(r.text)]
        rng.shuffle(hits)
        taken |= {row.text: row for row in hits[: int(count * 0.04)]}
    rest = [row for row in pool if row.text not in taken]
    rng.shuffle(rest)
    news = [row for row in rest if row.source in {"wikinews", "itn"}]
    talk = [row for row in rest if row.source not in {"wikinews", "itn"}]
    missing = count - len(taken)
    taken |= {row.text: row for row in news[: missing // 2] + talk[: missing - missing // 2]}
    rows = list(taken.values())
    rng.shuffle(rows)
    return rows[:count]


def choose_rare(least: int, known: set[str], rng: random.Random) -> list[Row]:
    """Return up to three sentences for each act a cell still lacks; sentences cut at stops."""
    have = Counter((a["type"], a.get("mode") or "") for row in load_rows() for a in row.acts)
    stems = cell_stems()
    shared = Counter(s for found in stems.values() for s in found)
    lacking = {}
    for cell, found in stems.items():
        own = sorted(s for s in found if shared[s] == 1)
        if have[cell] < least and own:
            lacking[cell] = re.compile(rf"\b({'|'.join(own)})\w{{0,4}}\b", re.I)
    hits: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for source, doc, date, paragraph in paragraphs(rng, share=1.0):
        before = ""
        for text in re.split(r"(?<=[.!?])\s+(?=[A-Z“\"])", paragraph):
            if len(text.split()) in WORDS and text not in known:
                for cell, pattern in lacking.items():
                    if pattern.search(text):
                        hits[cell].append(Row(source, doc, date, before, text))
            before = text
    taken: dict[str, Row] = {}
    for cell, rows in hits.items():
        rng.shuffle(rows)
        rows.sort(key=lambda row: row.source in {"un_speech", "briefing"})
        taken |= {row.text: row for row in rows[: 3 * (least - have[cell])]}
    chosen = list(taken.values())
    rng.shuffle(chosen)
    return chosen


def main() -> None:
    """Write the chosen rows as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="JSONL whose texts are left out")
    parser.add_argument("--first", type=int, default=1, help="number of the first id")
    parser.add_argument("--rich", action="store_true", help="draw by what the coder finds")
    parser.add_argument("--rare", type=int, help="draw for types and modes with fewer acts than this")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    rng = random.Random(args.seed)
    known = {json.loads(line)["text"] for p in args.without for line in p.read_text("utf-8").splitlines()}
    if args.rare:
        rows = pool = choose_rare(args.rare, known, rng)[: args.count]
    else:
        pool = [r for r in {r.text: r for r in sentences(rng, args.rich)}.values() if r.text not in known]
        rows = (choose_rich if args.rich else choose)(pool, args.count, rng)
    with args.out.open("w", encoding="utf-8") as out:
        for i, row in enumerate(rows):
            fields = {name: getattr(row, name) for name in FIELDS}
            out.write(json.dumps({"id": f"E{args.first + i:04d}", **fields}, ensure_ascii=False) + "\n")
    print(f"{len(rows)} of {len(pool)} sentences -> {args.out}")


if __name__ == "__main__":
    main()
