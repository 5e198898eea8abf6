"""Training sentences from the treebanks and name sets on disk.

`load_treebank` and the `load_…_names` readers turn each source into `Sample`s with one scheme of
names. What a source does not tell stays open: its names are sets of allowed labels, and a missing
tree is simply absent.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

KINDS = ("PER", "ORG", "LOC", "NORP", "EVENT", "FAC")
NAME_LABELS = ("O", *(f"{b}-{k}" for k in KINDS for b in "BI"))
LABEL = {name: i for i, name in enumerate(NAME_LABELS)}
DROPPED_FEATS = {"Abbr", "ExtPos", "Typo", "Style", "Foreign", "NumForm"}  # little use, much noise

DAYS_AND_MONTHS = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June July August "
    "September October November December".split()
)

# Last words that make a place a facility: «Incirlik Air Base», «Blue House».
FACILITY_WORDS = frozenset(
    "airport airfield base palace bridge dam port embassy stadium hall prison church mosque tower house "
    "hospital library museum temple cathedral theatre theater station harbor harbour plant reactor canal "
    "tunnel barracks camp castle fort building center centre square".split()
)


@dataclass(frozen=True, slots=True)
class MarkedAct:
    """An act marked in a sentence, by word index; type, mode and status as numbers of their lists."""

    word: int
    around: tuple[int, ...]  # the trigger's other words
    type: int
    mode: int
    status: int
    sources: tuple[int, ...]
    recipients: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Sample:
    """One sentence of a source: words, whether a gap precedes each, and what the source says of them."""

    forms: tuple[str, ...]
    gaps: tuple[bool, ...]
    source: str
    opens_block: bool = True  # first of its paragraph
    tags: tuple[str, ...] | None = None  # «NOUN|Number=Sing»
    lemmas: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None  # -1 root
    rels: tuple[str, ...] | None = None
    names: tuple[int, ...] | None = None  # bit set of allowed NAME_LABELS per word
    bounded: bool = True  # its start and end are true sentence boundaries
    sent_id: str = ""
    genre: str = ""
    entities: tuple[tuple[int, int, str, str], ...] = field(default=())
    acts: tuple[MarkedAct, ...] | None = None  # None: nobody looked for acts


def open_text(path: Path) -> Iterator[str]:
    """Yield the lines of a gzipped UTF-8 file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from lines


def clean_feats(feats: str) -> str:
    """Return the features we keep, sorted as UD writes them, "" for none."""
    if feats == "_":
        return ""
    return "|".join(f for f in feats.split("|") if f.split("=")[0] not in DROPPED_FEATS)


def load_treebank(path: Path, source: str) -> list[Sample]:
    """Return every tree of a CoNLL-U file, with paragraph starts as its `newpar` comments give them."""
    samples = []
    for block, comments in _blocks(path):
        rows = [c for line in block if (c := line.split("\t"))[0].isdigit()]
        opens = any(c.startswith(("# newpar", "# newdoc")) for c in comments)
        sent_id = next((c.split("=", 1)[1].strip() for c in comments if c.startswith("# sent_id")), "")
        forms, gaps = tuple(r[1] for r in rows), _gaps(block)
        tags = tuple(f"{r[3]}|{clean_feats(r[5])}" for r in rows)
        heads = tuple(int(r[6]) - 1 for r in rows)
        sample = Sample(
            forms, gaps, source, opens, tags, tuple(r[2] for r in rows), heads,
            tuple(r[7] for r in rows), None, True, sent_id, _genre(sent_id), _entities(rows),
        )  # fmt: skip
        samples.append(sample)
    return samples


def _blocks(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    block: list[str] = []
    comments: list[str] = []
    for raw in open_text(path):
        line = raw.rstrip("\n")
        if line.startswith("#"):
            comments.append(line)
        elif line:
            block.append(line)
        elif block:
            yield block, comments
            block, comments = [], []
    if block:
        yield block, comments


def _gaps(block: list[str]) -> tuple[bool, ...]:
    """Whether a space precedes each syntactic word (parts of a multi-word token stand together)."""
    gaps: list[bool] = []
    gap, inside = True, 0
    after = True
    for line in block:
        c = line.split("\t")
        if "-" in c[0]:
            first, last = map(int, c[0].split("-"))
            inside, after = last - first + 1, "SpaceAfter=No" not in c[9]
            continue
        if not c[0].isdigit():
            continue
        gaps.append(gap)
        if inside:
            inside -= 1
            gap = after if inside == 0 else False
        else:
            gap = "SpaceAfter=No" not in c[9]
    return tuple(gaps)


def _genre(sent_id: str) -> str:
    return sent_id.split("_")[1] if sent_id.startswith("GUM_") else sent_id.split("-")[0]


def _entities(rows: list[list[str]]) -> tuple[tuple[int, int, str, str], ...]:
    """Return GUM's mentions inside the sentence: start, end, type, wiki title or ""."""
    opened: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    found = []
    for i, row in enumerate(rows):
        entity = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
        for part in entity.replace("(", " (").replace(")", ") ").split():
            bits = part.strip("()").split("-")
            key = bits[0]
            if part.startswith("("):
                wiki = "-".join(bits[7:]) if len(bits) > 7 else ""
                opened[key].append((i, bits[1], wiki))
            if part.endswith(")") and opened[key]:
                start, kind, wiki = opened[key].pop()
                found.append((start, i + 1, kind, wiki))
    return tuple(found)


# ---------------------------------------------------------------- names, one scheme


def bits(*names: str) -> int:
    """Return the bit set of labels by name or kind: bits("O", "NORP") allows O, B-NORP and I-NORP."""
    total = 0
    for name in names:
        for label in (name,) if name in LABEL else (f"B-{name}", f"I-{name}"):
            total |= 1 << LABEL[label]
    return total


ANY = (1 << len(NAME_LABELS)) - 1


def spans_of(labels: Iterable[str]) -> list[tuple[int, int, str]]:
    """Return (start, end, kind) of BIO or IO labels."""
    spans: list[tuple[int, int, str]] = []
    for i, label in enumerate(labels):
        if label in {"O", "B-O", "_"}:
            continue
        begins, kind = label[0] == "B", label[2:]
        if not begins and spans and spans[-1][1] == i and spans[-1][2] == kind:
            spans[-1] = (spans[-1][0], i + 1, kind)
        else:
            spans.append((i, i + 1, kind))
    return spans


def allow(
    forms: tuple[str, ...], spans: list[tuple[int, int, str]], kinds: dict[str, tuple[str, ...]],
    outside: int, peoples: frozenset[str],
) -> tuple[int, ...]:  # fmt: skip
    """Return the allowed labels per word: those of the span's kinds inside, `outside` elsewhere.

    A kind that maps to () leaves its words open. A lone people's adjective («Syrian») is NORP.
    """
    allowed = [bits("NORP") & bits("B-NORP") if is_people(w, peoples) else outside for w in forms]
    for start, end, kind in spans:
        mapped = kinds.get(kind, ())
        if mapped and mapped[0] == "LOC" and forms[end - 1].lower() in FACILITY_WORDS and end - start > 1:
            mapped = ("FAC",)
        for i in range(start, end):
            if not mapped:
                allowed[i] = (
                    ANY & ~bits("PER", "ORG", "LOC") if not is_people(forms[i], peoples) else allowed[i]
                )
            else:
                here = [f"{'B' if i == start else 'I'}-{k}" for k in mapped if k != "O"]
                allowed[i] = bits(*here, *(["O"] if "O" in mapped else []))
    return tuple(allowed)


def is_people(word: str, peoples: frozenset[str]) -> bool:
    """Whether a word is a capitalised people's adjective: «Syrian», «Germans»."""
    return word in peoples or (word.endswith("s") and word[:-1] in peoples)


def find_peoples(root: Path) -> frozenset[str]:
    """Return the adjectives of peoples: one-word OTH of UNER, re3d's, the Factbook's."""
    found: dict[str, int] = defaultdict(int)
    trees = load_treebank(root / "ud_ewt/train.conllu.gz", "ewt")
    names = {s.forms: s.names_raw for s in _iob_rows(root / "uner_ewt/en_ewt-ud-train.v2022-12.iob2.gz")}
    for sample in trees:
        for start, end, kind in spans_of(names.get(sample.forms, ())):
            word = sample.forms[start]
            tag = (sample.tags or ())[start]
            if kind == "OTH" and end - start == 1 and word[0].isupper() and tag.startswith("ADJ"):
                found[word] += 1
    for path in sorted((root / "re3d").glob("*/entities.json")):
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            value = row["value"]
            if row["type"] == "Nationality" and value.isalpha() and value[0].isupper() and len(value) > 3:
                found[value] += 1
    found.update(dict.fromkeys(_factbook_peoples(root.parent / "facts/factbook/factbook.jsonl.gz"), 1))
    wrong = {
        "Internet", "English", "Web", "Middle", "Northern", "Western", "Eastern", "Southern", "Islands",
        "Islander", "Sierra", "Cook", "Christmas", "Singapore", "Pitcairn", "Hong", "Konger", "Virgin",
        "Faroe", "Marshall", "Solomon", "Papua", "Costa", "Puerto", "Cape", "Isle", "Motu", "Mahoran",
        "Manx", "Taiwan", "Channel", "Equatorial", "Republican", "Islam", "Bolivar", "Anti-Israeli",
        "None", "Central", "South", "North", "Saint", "Island",
    }  # fmt: skip
    return frozenset(w for w in found if w not in wrong and not w.isupper() and len(w) > 3)


def _factbook_peoples(path: Path) -> Iterator[str]:
    """Yield the adjectives and nouns of nationality of the World Factbook (public domain)."""
    if not path.exists():
        return
    for line in open_text(path):
        nation = json.loads(line)["profile"].get("People and Society", {}).get("Nationality", {})
        for value in (v for v in nation.values() if isinstance(v, dict) and "text" in v):
            for word in re.split(r"[,;/ ]| or ", value["text"]):
                bare = word.replace("(s)", "").strip("().,")
                if bare.isalpha() and bare[0].isupper() and len(bare) > 3:
                    yield bare


@dataclass(frozen=True, slots=True)
class _Iob:
    forms: tuple[str, ...]
    names_raw: tuple[str, ...]


def _iob_rows(path: Path, column: int = 2, word: int = 1) -> Iterator[_Iob]:
    forms: list[str] = []
    labels: list[str] = []
    for raw in open_text(path):
        line = raw.strip("\n")
        if line.startswith("#") or (column < 2 and line.startswith("-DOCSTART-")):
            continue
        if not line.strip():
            if forms:
                yield _Iob(tuple(forms), tuple(labels))
            forms, labels = [], []
            continue
        cells = line.split("\t") if "\t" in line else line.split(" ")
        forms.append(cells[word])
        labels.append(cells[column])
    if forms:
        yield _Iob(tuple(forms), tuple(labels))


def add_uner(samples: list[Sample], path: Path, peoples: frozenset[str]) -> list[Sample]:
    """Return the EWT trees with UNER's names laid over them, where the words agree."""
    kinds = {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC",), "OTH": ()}
    names = {row.forms: row.names_raw for row in _iob_rows(path)}
    out = []
    for sample in samples:
        labels = names.get(sample.forms)
        if labels is None:
            out.append(sample)
            continue
        allowed = allow(sample.forms, spans_of(labels), kinds, bits("O", "EVENT"), peoples)
        out.append(replace(sample, names=allowed))
    return out


def load_wikigold(path: Path, peoples: frozenset[str]) -> list[Sample]:
    """Return WikiGold's sentences (Balasuriya et al. 2009): PER ORG LOC; its MISC stays open."""
    kinds = {"PER": ("PER",), "ORG": ("ORG",), "LOC": ("LOC",), "MISC": ()}
    return list(_name_samples(_iob_rows(path, 1, 0), "wikigold", kinds, peoples, bits("O")))


def load_crossner(path: Path, peoples: frozenset[str]) -> list[Sample]:
    """Return CrossNER's politics sentences: politicians, parties, elections, events, countries."""
    kinds = {
        "politician": ("PER",), "person": ("PER",), "politicalparty": ("ORG",), "organisation": ("ORG",),
        "country": ("LOC",), "location": ("LOC",), "election": ("EVENT",), "event": ("EVENT",), "misc": (),
    }  # fmt: skip
    return list(_name_samples(_iob_rows(path, 1, 0), "crossner", kinds, peoples, bits("O")))


def _name_samples(
    rows: Iterable[_Iob],
    source: str,
    kinds: dict[str, tuple[str, ...]],
    peoples: frozenset[str],
    outside: int,
) -> Iterator[Sample]:
    for row in rows:
        forms = tuple(_unescape(w) for w in row.forms)
        allowed = allow(forms, spans_of(row.names_raw), kinds, outside, peoples)
        yield split_words(Sample(forms, guess_gaps(forms), source, names=allowed, bounded=False))


def _unescape(word: str) -> str:
    return {"``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")"}.get(word, word)


def guess_gaps(forms: tuple[str, ...]) -> tuple[bool, ...]:
    """Return where spaces most likely stood in text kept only as tokens."""
    gaps, quoted = [], False
    for i, word in enumerate(forms):
        gap = i > 0
        if word in {",", ".", ";", ":", "!", "?", ")", "]", "%", "”", "'s", "’s", "'", "n't"}:
            gap = False
        if i and forms[i - 1] in {"(", "[", "“", "$", "£", "€"}:
            gap = False
        if word == '"':
            gap, quoted = (not quoted and i > 0), not quoted
        elif i and forms[i - 1] == '"' and quoted:
            gap = False
        gaps.append(gap)
    return tuple(gaps)


def split_words(sample: Sample) -> Sample:
    """Return a names-only sample with its words split as the treebanks split: «vice-president» in three."""
    forms: list[str] = []
    gaps: list[bool] = []
    names: list[int] = []
    for form, gap, allowed in zip(sample.forms, sample.gaps, sample.names or (), strict=True):
        parts = _hyphen_parts(form)
        for j, part in enumerate(parts):
            forms.append(part)
            gaps.append(gap and j == 0)
            names.append(allowed if j == 0 else inside_of(allowed))
    return replace(sample, forms=tuple(forms), gaps=tuple(gaps), names=tuple(names))


def _hyphen_parts(form: str) -> list[str]:
    if (
        len(form) < 4
        or "-" not in form.strip("-")
        or form.startswith("http")
        or any(c.isdigit() for c in form)
    ):
        return [form]
    parts: list[str] = []
    for j, piece in enumerate(form.split("-")):
        if j:
            parts.append("-")
        parts.append(piece)
    return [p for p in parts if p]


def inside_of(allowed: int) -> int:
    """Return the same labels continued: B-ORG becomes I-ORG."""
    total = 0
    for name, i in LABEL.items():
        if allowed >> i & 1:
            total |= 1 << LABEL["I" + name[1:] if name != "O" else "O"]
    return total


# ---------------------------------------------------------------- names from GUM's mentions

GUM_KINDS = {"person": "PER", "organization": "ORG", "place": "LOC", "event": "EVENT"}
INSIDE_NAMES = frozenset("ADP DET CCONJ PART PUNCT NUM ADJ NOUN X".split())
JOINERS = frozenset("of the and for de la le du del al - 's ’s & von van bin ibn".split())


def add_gum_names(samples: list[Sample], peoples: frozenset[str]) -> list[Sample]:
    """Return GUM's sentences with names drawn from its mentions: the proper nouns about a mention's head.

    Words of a name may begin or continue it; a title before it may stand outside. Capitalised words that no
    mention explains stay open.
    """
    return [replace(s, names=_gum_labels(s, peoples)) for s in samples]


def _gum_labels(s: Sample, peoples: frozenset[str]) -> tuple[int, ...]:
    upos = [t.split("|")[0] for t in s.tags or ()]
    heads = s.heads or ()
    allowed = [
        _outside(form, pos, i, peoples) for i, (form, pos) in enumerate(zip(s.forms, upos, strict=True))
    ]
    taken: set[int] = set()
    for start, end, kind, _ in sorted(s.entities, key=lambda e: e[0] - e[1]):
        head = next((i for i in range(start, end) if not start <= heads[i] < end), start)
        if upos[head] != "PROPN" or head in taken:
            continue
        a, b = _proper_run(s.forms, upos, start, end, head)
        taken.update(range(a, b))
        label = GUM_KINDS.get(kind)
        if label == "LOC" and b - a > 1 and s.forms[b - 1].lower() in FACILITY_WORDS:
            label = "FAC"
        for i in range(a, b):
            allowed[i] = ANY & ~bits("PER", "LOC") if label is None else bits(label)
            if label == "PER" and (s.rels or ())[i] in {"nmod:desc", "compound"} and i < head:
                allowed[i] |= bits("O", "ORG", "NORP", "LOC")
        if label == "ORG" and b - a == 1:  # teams go by their country's name
            allowed[a] = bits("B-ORG", "B-LOC")
        elif label and not allowed[a] & 1:
            allowed[a] = bits(f"B-{label}")
    return tuple(allowed)


def _outside(form: str, pos: str, index: int, peoples: frozenset[str]) -> int:
    if is_people(form, peoples):
        return bits("B-NORP")
    if form in DAYS_AND_MONTHS:
        return bits("O")
    if pos == "PROPN" or (form[:1].isupper() and index and pos in {"ADJ", "NOUN", "X"}):
        return ANY
    return bits("O", "EVENT")


def _proper_run(forms: tuple[str, ...], upos: list[str], start: int, end: int, head: int) -> tuple[int, int]:
    """Return the stretch of proper nouns about the head, with the small words that join them."""

    def reach(step: int) -> int:
        last, i = head, head + step
        while start <= i < end and (
            upos[i] == "PROPN" or forms[i].lower() in JOINERS or _capital_inside(forms, upos, i)
        ):
            if upos[i] == "PROPN" or _capital_inside(forms, upos, i):
                last = i
            i += step
        return last

    return reach(-1), reach(1) + 1


def _capital_inside(forms: tuple[str, ...], upos: list[str], i: int) -> bool:
    return i > 0 and forms[i][:1].isupper() and upos[i] in {"ADJ", "NOUN", "X"} and len(forms[i]) > 1


# ---------------------------------------------------------------- names from re3d


RE3D_KINDS = {"Person": "PER", "Organisation": "ORG", "Location": "LOC", "Nationality": "NORP"}


def load_re3d(root: Path, peoples: frozenset[str], common: frozenset[str]) -> list[Sample]:
    """Return re3d's sentences (Dstl 2017) with their names; nominal mentions («the coalition») stay open.

    `common` holds words that are plain nouns when in lower case: «Government», «Coalition».
    """
    from detente.language.blocks import split_blocks
    from detente.language.boundaries import find_starts
    from detente.language.tokens import cut_words

    samples = []
    for folder in sorted(p for p in root.iterdir() if (p / "documents.json").exists()):
        entities = defaultdict(list)
        for row in _json_rows(folder / "entities.json"):
            entities[row["documentId"]].append((row["begin"], row["end"], row["type"]))
        for doc in _json_rows(folder / "documents.json"):
            text = doc["text"]
            for block in split_blocks(text):
                words = cut_words(text, block.start, block.end)
                starts = find_starts(text, words)
                for a, b in zip(starts, [*starts[1:], len(words)], strict=True):
                    samples.append(_re3d_sample(text, words[a:b], entities[doc["_id"]], peoples, common))
    return samples


def _json_rows(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text("utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def _re3d_sample(
    text: str, words: list[tuple[int, int]], entities: list[tuple[int, int, str]], peoples: frozenset[str],
    common: frozenset[str],
) -> Sample:  # fmt: skip
    forms = tuple(text[a:b] for a, b in words)
    gaps = tuple(i > 0 and words[i - 1][1] < a for i, (a, _) in enumerate(words))
    allowed = []
    for i, form in enumerate(forms):
        if is_people(form, peoples):
            allowed.append(bits("B-NORP"))
        else:
            allowed.append(
                ANY if form[:1].isupper() and (i or form.lower() not in common) else bits("O", "EVENT")
            )
    for begin, end, kind in sorted(entities, key=lambda e: e[0] - e[1]):
        inside = [i for i, (a, b) in enumerate(words) if a >= begin and b <= end and forms[i][:1].isupper()]
        inside = [i for i in inside if allowed[i] == ANY]
        if not inside or kind not in RE3D_KINDS:
            continue
        firm = all(forms[i].lower() not in common for i in inside) and inside[-1] - inside[0] < 6
        for i in inside:
            allowed[i] = _re3d_bits(RE3D_KINDS[kind], forms[i], firm, len(inside) == 1)
    return Sample(forms, gaps, "re3d", names=tuple(allowed), bounded=False)


def _re3d_bits(kind: str, form: str, firm: bool, alone: bool) -> int:
    if kind == "LOC":
        return bits("LOC", "FAC") if firm else bits("LOC", "FAC", "O")
    if (
        kind == "ORG"
        and firm
        and alone
        and form.isupper()
        and form not in {"UK", "US", "U.S.", "U.K.", "UAE"}
    ):
        return bits("B-ORG")
    if kind == "ORG":
        return bits("ORG", "LOC", "NORP") if firm else bits("ORG", "LOC", "NORP", "O")
    return bits(kind, "O") if not firm or kind == "PER" else bits(kind)


def common_words(samples: Iterable[Sample]) -> frozenset[str]:
    """Return the words met in lower case as nouns, adjectives, verbs or small words."""
    found = set()
    for s in samples:
        for form, tag in zip(s.forms, s.tags or (), strict=False):
            if form.islower() and not tag.startswith("PROPN"):
                found.add(form)
    return frozenset(found)
