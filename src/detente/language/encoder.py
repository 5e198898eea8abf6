"""The network at run time: words of one window in, scores of tags, governors, relations, names, starts out.

Runs `model/reader.onnx` with one thread. Numbers are quantised word by word, so a word's scores depend
on nothing but its window: not on threads, nor on what else is read.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from detente.errors import ModelError
from detente.language.lemmas import Lemmatizer
from detente.language.shapes import GLUE_NONE, GLUED, NONE, glue_of, shape_of

Floats = npt.NDArray[np.float32]

MAX_SUBWORDS = 220  # of a window, with its two marks; training saw windows up to 224
MAX_WORD_PIECES = 12
KNOWN_WORDS = 50_000


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of the n words of a window."""

    tags: Floats  # [n, tags]
    names: Floats  # [n, name labels]
    starts: Floats  # [n], above 0 where a sentence starts
    arcs: Floats  # [n, 1 + n], the root first
    rel_left: Floats  # [n, relations, width]: what each word wants of a governor
    rel_right: Floats  # [1 + n, width]: what each governor is
    vectors: Floats  # [n, 384]
    acts: Floats  # [n, types + modes + statuses], «no act» the first type
    act_asks: Floats  # [n, 2, width + 1]: what a trigger asks of its source, its recipient
    act_party: Floats  # [n, 2, width]: what a word offers as either

    def relations(self, words: npt.NDArray[np.intp], heads: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
        """Return the best relation of each word to its governor's column."""
        scored = np.einsum("nrw,nw->nr", self.rel_left[words], self.rel_right[heads])
        found: npt.NDArray[np.intp] = scored.argmax(1)
        return found


class Encoder:
    """The loaded weights, their word pieces and their lists of labels."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        try:
            labels = json.loads((folder / "labels.json").read_text("utf-8"))
            self.pieces = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self.session = onnxruntime.InferenceSession(
                str(folder / "reader.onnx"), _options(onnxruntime), providers=["CPUExecutionProvider"]
            )
            rules = json.loads((folder / "lemmas.json").read_text("utf-8"))
        except Exception as error:
            raise ModelError(
                f"the reader's weights in {folder} cannot be loaded ({error}); reinstall the package, "
                "or remake them with `python -m training.train` and `python -m training.export`"
            ) from error
        self.tags: list[str] = labels["tags"]
        self.rels: list[str] = labels["rels"]
        self.names: list[str] = labels["names"]
        self.acts: list[str] = labels["acts"]
        self.modes: list[str] = labels["modes"]
        self.statuses: list[str] = labels["statuses"]
        self.version: str = labels["version"]
        self.lemmatizer = _build_lemmatizer(rules, self.pieces.get_vocab())
        self.known: dict[str, tuple[int, ...]] = {}
        self.cls, self.sep, self.unk = (self.pieces.token_to_id(t) or 0 for t in ("[CLS]", "[SEP]", "[UNK]"))

    def ids(self, word: str) -> tuple[int, ...]:
        """Return the piece ids of a word, one to MAX_WORD_PIECES of them."""
        known = self.known.get(word)
        if known is not None:
            return known
        clean = word.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no text
        ids = self.pieces.encode(clean, add_special_tokens=False).ids[:MAX_WORD_PIECES]
        found: tuple[int, ...] = tuple(ids) or (self.unk,)
        if len(self.known) < KNOWN_WORDS:
            self.known[word] = found
        return found

    def score(self, words: Sequence[str], gaps: Sequence[bool]) -> Scores:
        """Return the scores of one window's words; `gaps` says before which of them space stands."""
        ids, shapes, glues, first, last = [self.cls], [NONE], [GLUE_NONE], [], []
        for word, gap in zip(words, gaps, strict=True):
            pieces = self.ids(word)
            n = len(pieces)
            first.append(len(ids))
            ids.extend(pieces)
            last.append(len(ids) - 1)
            shapes.extend([shape_of(word)] * n)
            glues.append(glue_of(gap))
            glues.extend([GLUED] * (n - 1))
        feed = {
            "ids": [*ids, self.sep], "shapes": [*shapes, NONE], "glues": [*glues, GLUE_NONE],
            "first": first, "last": last,
        }  # fmt: skip
        arrays = {k: np.array(v, dtype=np.int64) for k, v in feed.items()}
        return Scores(*self.session.run(None, arrays))


def _build_lemmatizer(rules: Mapping[str, Any], pieces: Mapping[str, int]) -> Lemmatizer:
    """Return the lemmatizer: learnt endings, and the whole words among the pieces as a word list."""
    endings = {k: {e: (r[0], r[1]) for e, r in v.items()} for k, v in rules["endings"].items()}
    words = frozenset(p for p in pieces if len(p) > 2 and p.isalpha()) | frozenset(rules["verbs"])
    return Lemmatizer(endings, words)


def _options(onnxruntime: Any) -> Any:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_ALL
    options.log_severity_level = 3
    return options
