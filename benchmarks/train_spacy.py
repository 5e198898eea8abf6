"""A spaCy pipeline of the same data, to stand beside ours: `python benchmarks/train_spacy.py --out FOLDER`.

Trains spaCy's convolutional pipeline (tags and features, tree, lemmas, names) on the sets that
`training.sources` reads, ten sentences a document, and keeps the best by EWT's and GUM's development sets.
Needs spaCy. `benchmarks/reader.py --spacy FOLDER/model-best` and `python -m training.evaluate --spacy
FOLDER/model-best` compare.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin, Span
from spacy.vocab import Vocab
from training.data import NAME_LABELS, Sample, spans_of

from training import sources

ROOT = Path(__file__).resolve().parent.parent
UNKNOWN = "-"


def main() -> None:
    """Write the documents and the config, then train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=20000)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    sets = sources.load(tomllib.loads((ROOT / "training/reader.toml").read_text("utf-8")))
    vocab = spacy.blank("en").vocab
    write(args.out / "train.spacy", [s for g in sets.train for s in g.samples], vocab)
    write(args.out / "dev.spacy", [*sets.dev["ewt"], *sets.dev["gum"]], vocab)
    config = args.out / "config.cfg"
    parts = "morphologizer,parser,trainable_lemmatizer,ner"
    run(
        "init",
        "config",
        str(config),
        "--lang",
        "en",
        "--pipeline",
        parts,
        "--optimize",
        "efficiency",
        "--force",
    )
    run("train", str(config), "--output", str(args.out), "--paths.train", str(args.out / "train.spacy"),
        "--paths.dev", str(args.out / "dev.spacy"), "--training.max_steps", str(args.steps))  # fmt: skip


def run(*words: str) -> None:
    """Run one spaCy command."""
    subprocess.run([sys.executable, "-m", "spacy", *words], check=True)


def write(path: Path, samples: list[Sample], vocab: Vocab) -> None:
    """Write samples as spaCy documents: ten neighbours of one source each."""
    docs = (to_doc(samples[i : i + 10], vocab) for i in range(0, len(samples), 10))
    DocBin(docs=[d for d in docs if d is not None], store_user_data=False).to_disk(path)


def to_doc(samples: list[Sample], vocab: Vocab) -> Doc | None:
    """Return one document; what a source does not say is left missing."""
    samples = [s for s in samples if (s.heads is None) == (samples[0].heads is None)]
    forms = [w for s in samples for w in s.forms]
    gaps = [g for s in samples for g in s.gaps]
    spaces = [*gaps[1:], True]
    doc = Doc(vocab, words=forms, spaces=spaces)
    known = samples[0].heads is not None
    at = 0
    for s in samples:
        for i in range(len(s.forms)):
            token = doc[at + i]
            if known and s.heads and s.rels and s.tags:
                pos, _, feats = s.tags[i].partition("|")
                token.pos_, token.dep_ = pos, s.rels[i]
                token.set_morph(feats or "_")
                token.head = doc[at + s.heads[i]] if s.heads[i] >= 0 else token
                token.lemma_ = s.lemmas[i] if s.lemmas else ""
            if not known:
                token.is_sent_start = i == 0
        at += len(s.forms)
    spans, unknown = zip(*names(samples), strict=True) if samples else ((), ())
    doc.set_ents(
        [Span(doc, a, b, label=k) for part in spans for a, b, k in part],
        missing=[Span(doc, i, i + 1) for part in unknown for i in part],
        default="outside",
    )
    return doc


def names(samples: list[Sample]) -> Iterator[tuple[list[tuple[int, int, str]], list[int]]]:
    """Yield each sample's name spans and the words of which its source says nothing, by place."""
    at = 0
    for s in samples:
        labels = [_only(bits) for bits in s.names] if s.names else [UNKNOWN] * len(s.forms)
        clear = ["O" if label == UNKNOWN else label for label in labels]
        spans = [(at + a, at + b, k) for a, b, k in spans_of(clear)]
        inside = {i for a, b, _ in spans for i in range(a, b)}
        yield spans, [at + i for i, label in enumerate(labels) if label == UNKNOWN and at + i not in inside]
        at += len(s.forms)


def _only(allowed: int) -> str:
    return NAME_LABELS[allowed.bit_length() - 1] if allowed and allowed & (allowed - 1) == 0 else UNKNOWN


if __name__ == "__main__":
    main()
