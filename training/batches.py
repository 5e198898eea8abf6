"""Windows of consecutive sentences, roughened as real reports are, packed into batches of tensors.

A window is one to several sentences of one paragraph, as the reader sees them: so the network
learns where sentences start, too. Some are made titles, capitals, or lose their last stop.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import torch
from tokenizers import Tokenizer

from detente.language.shapes import GLUE_NONE, NONE, glue_of, shape_of
from training.data import Sample
from training.sources import Labels

CLS, SEP, MASK, UNK = "[CLS]", "[SEP]", "[MASK]", "[UNK]"
IGNORE = -100


@dataclass(frozen=True, slots=True)
class Window:
    """Sentences of one paragraph, one after another."""

    sentences: tuple[Sample, ...]
    weight: float = 1.0


class Encoded:
    """Turns words into sub-word ids, remembering each word it has met."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.known: dict[str, tuple[int, ...]] = {}
        self.cls, self.sep, self.mask, self.unk = (tokenizer.token_to_id(t) for t in (CLS, SEP, MASK, UNK))

    def ids(self, word: str) -> tuple[int, ...]:
        """Return the sub-word ids of one word, at most 12, never none."""
        found = self.known.get(word)
        if found is None:
            ids = self.tokenizer.encode(word, add_special_tokens=False).ids[:12]
            found = self.known[word] = tuple(ids) or (self.unk,)
        return found


def cut_windows(samples: list[Sample], rng: random.Random, limit: int) -> Iterator[Window]:
    """Yield windows of up to a random number of words (at most `limit`) that keep to paragraphs."""
    held: list[Sample] = []
    room = _room(rng, limit)
    for sample in samples:
        size = sum(len(s.forms) for s in held)
        fresh = sample.opens_block or not sample.bounded or (held and held[-1].source != sample.source)
        if held and (fresh or size + len(sample.forms) > room):
            yield Window(tuple(held))
            held, room = [], _room(rng, limit)
        if len(sample.forms) <= limit * 2:
            held.append(sample)
    if held:
        yield Window(tuple(held))


def _room(rng: random.Random, limit: int) -> int:
    return rng.choice((1, limit // 3, limit, limit))


def roughen(window: Window, rng: random.Random, share: float) -> Window:
    """Return the window, or with probability `share` a rougher one: a headline, capitals, no last stop."""
    if rng.random() >= share:
        return window
    how = rng.choice(("title", "upper", "lower", "stop", "stop", "curly", "curly", "straight"))
    if how == "stop":
        *rest, last = window.sentences
        return replace(window, sentences=(*rest, _drop_stop(last)))
    if how == "title" and len(window.sentences) > 1:
        window = replace(window, sentences=window.sentences[:1])
    change = {
        "title": _title,
        "upper": str.upper,
        "lower": str.lower,
        "curly": _curly,
        "straight": _straight,
    }[how]
    sentences = tuple(replace(s, forms=tuple(change(w) for w in s.forms)) for s in window.sentences)
    if how == "title":
        sentences = (*sentences[:-1], _drop_stop(sentences[-1]))
    return replace(window, sentences=sentences)


SMALL_WORDS = frozenset("a an the of in on at to for and or but by with from as".split())


def _title(word: str) -> str:
    return word if word.lower() in SMALL_WORDS else word[:1].upper() + word[1:]


def _curly(word: str) -> str:
    return "”" if word == '"' else word.replace("'", "’")


def _straight(word: str) -> str:
    return word.translate({0x201C: '"', 0x201D: '"', 0x2018: "'", 0x2019: "'"})


def _drop_stop(s: Sample) -> Sample:
    n = len(s.forms)
    if n < 3 or s.forms[-1] not in ".!?" or (s.heads and n - 1 in s.heads):
        return s

    def cut(values: Any) -> Any:
        return values[:-1] if values is not None else None

    return replace(
        s,
        forms=s.forms[:-1],
        gaps=s.gaps[:-1],
        tags=cut(s.tags),
        heads=cut(s.heads),
        rels=cut(s.rels),
        names=cut(s.names),
    )


def collate(windows: list[Window], encoded: Encoded, labels: Labels, rng: random.Random, mask_share: float,
            length: int) -> dict[str, torch.Tensor]:  # fmt: skip
    """Return one batch of tensors; sub-words past `length` are cut, with the words that need them."""
    rows = [_row(w, encoded, labels, rng, mask_share, length) for w in windows]
    t = max(len(r["ids"]) for r in rows)
    n = max(len(r["first"]) for r in rows)
    pads = {
        "ids": 0, "shapes": NONE, "glues": GLUE_NONE, "first": 0, "last": 0, "tags": IGNORE, "heads": IGNORE,
        "rels": IGNORE, "starts": IGNORE, "names": 0, "sentence": -1,
    }  # fmt: skip
    out = {}
    for key, pad in pads.items():
        size = t if key in ("ids", "shapes", "glues") else n
        out[key] = torch.tensor([r[key] + [pad] * (size - len(r[key])) for r in rows])
    lengths = torch.tensor([len(r["ids"]) for r in rows])
    out["mask"] = torch.arange(t)[None, :] < lengths[:, None]
    out["weight"] = torch.tensor([w.weight for w in windows])
    out |= _collate_acts([r["act"] for r in rows], [len(r["first"]) for r in rows], n)
    return out


def _collate_acts(rows: list[list[Any]], lengths: list[int], n: int) -> dict[str, torch.Tensor]:
    """Return act labels: a type a word, and for each trigger its mode, status and its parties' words."""
    types = torch.full((len(rows), n), IGNORE)
    at, modes, statuses, parties = [], [], [], []
    for b, (row, length) in enumerate(zip(rows, lengths, strict=True)):
        for base, size, acts in row:
            types[b, base : min(base + size, length)] = 0
            for act in acts:
                for i in act.around:
                    if base + i < length:
                        types[b, base + i] = IGNORE
            for act in acts:
                if base + act.word >= length:
                    continue
                types[b, base + act.word] = act.type
                at.append((b, base + act.word))
                modes.append(act.mode)
                statuses.append(act.status)
                cells = torch.zeros(2, n)
                for side, words in enumerate((act.sources, act.recipients)):
                    for i in words:
                        if 0 <= base + i < length:
                            cells[side, base + i] = 1
                parties.append(cells)
    return {
        "acts": types,
        "act_at": torch.tensor(at).view(-1, 2),
        "act_modes": torch.tensor(modes, dtype=torch.long),
        "act_statuses": torch.tensor(statuses, dtype=torch.long),
        "act_parties": torch.stack(parties) if parties else torch.zeros(0, 2, n),
    }


def _row(window: Window, encoded: Encoded, labels: Labels, rng: random.Random, mask_share: float,
         length: int) -> dict[str, list[Any]]:  # fmt: skip
    r: dict[str, list[Any]] = {
        k: [] for k in "ids shapes glues first last tags heads rels starts names sentence act".split()
    }
    r["ids"], r["shapes"], r["glues"] = [encoded.cls], [NONE], [GLUE_NONE]
    for index, s in enumerate(window.sentences):
        base = len(r["first"])
        if s.acts is not None:
            r["act"].append((base, len(s.forms), s.acts))
        for i, form in enumerate(s.forms):
            ids = encoded.ids(form)
            if len(r["ids"]) + len(ids) >= length - 1:
                break
            if mask_share and rng.random() < mask_share:
                ids = (encoded.mask,) * len(ids)
            r["first"].append(len(r["ids"]))
            r["last"].append(len(r["ids"]) + len(ids) - 1)
            r["ids"].extend(ids)
            shape, glue = shape_of(form), glue_of(s.gaps[i])
            r["shapes"].extend([shape] * len(ids))
            r["glues"].extend([glue] + [1] * (len(ids) - 1))
            r["tags"].append(labels.tags.get(s.tags[i], IGNORE) if s.tags else IGNORE)
            head = s.heads[i] + base + 1 if s.heads and s.heads[i] >= 0 else (0 if s.heads else IGNORE)
            r["heads"].append(head)
            r["rels"].append(labels.rels.get(s.rels[i], IGNORE) if s.rels else IGNORE)
            r["starts"].append(IGNORE if (not base and not i) or not s.bounded else int(i == 0))
            r["names"].append(s.names[i] if s.names else 0)
            r["sentence"].append(index)
    r["ids"].append(encoded.sep)
    r["shapes"].append(NONE)
    r["glues"].append(GLUE_NONE)
    n = len(r["first"])
    r["heads"] = [h if h <= n else IGNORE for h in r["heads"]]  # its governor was cut off
    return r


def pack(windows: list[Window], encoded: Encoded, budget: int, rng: random.Random) -> list[list[Window]]:
    """Return batches of like lengths, at most `budget` padded sub-words each, in random order."""
    sized = sorted(((_size(w, encoded) + rng.random() * 4, i) for i, w in enumerate(windows)))
    batches: list[list[Window]] = []
    held: list[Window] = []
    for size, i in sized:
        if held and (len(held) + 1) * (size + 2) > budget:
            batches.append(held)
            held = []
        held.append(windows[i])
    if held:
        batches.append(held)
    rng.shuffle(batches)
    return batches


def _size(window: Window, encoded: Encoded) -> int:
    return sum(len(encoded.ids(w)) for s in window.sentences for w in s.forms)
