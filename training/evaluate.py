"""The reader's quality table: `python -m training.evaluate [--split dev|test]`.

Raw text in, the shipped reader run on it, gold used for scoring only. Test splits are read to report;
choices are made on dev.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from detente.language.analysis import Reader
from detente.language.builtin import BuiltinReader
from detente.records import Report
from training import data, scorer
from training.data import Sample
from training.scorer import Tally

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data/train"
CORE_GENRES = frozenset({"news", "interview", "speech"})
CORE_KINDS = frozenset({"PER", "ORG", "LOC"})


def main() -> None:
    """Print the table, and write it as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test"), default="dev")
    parser.add_argument("--model", type=Path, default=None, help="a model folder; the shipped one by default")
    parser.add_argument("--spacy", help="a spaCy pipeline to score instead, by name or folder")
    parser.add_argument("--json", type=Path, default=None)
    args = parser.parse_args()
    reader = build(args.model, args.spacy)
    rows = score_all(reader, args.split)
    table = Table(
        "set", "measure", "F1 %", title=f"{args.split}, {args.spacy or args.model or 'the shipped model'}"
    )
    for name, measures in rows.items():
        for what, value in measures.items():
            table.add_row(name, what, f"{value:.2f}")
    Console().print(table)
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1) + "\n")


def build(model: Path | None, pipeline: str | None) -> Reader:
    """Return the reader to score: a spaCy pipeline, a model folder's, or the shipped one."""
    if pipeline:
        from detente.language.spacy_reader import SpacyReader

        return SpacyReader(pipeline)
    return BuiltinReader(model) if model else BuiltinReader()


def score_all(reader: Reader, split: str) -> dict[str, dict[str, float]]:
    """Return every measure of a split by set."""
    ewt = data.load_treebank(DATA / f"ud_ewt/{split}.conllu.gz", "ewt")
    gum = data.load_treebank(DATA / f"ud_gum_open/{split}.conllu.gz", "gum")
    names = {r.forms: r.names_raw for r in data._iob_rows(DATA / f"uner_ewt/en_ewt-ud-{split}.iob2.gz")}
    out = {}
    tally, named = Tally(), Tally()
    for doc in track(list(documents(ewt)), "EWT", console=Console(stderr=True)):
        _score_document(reader, doc, tally, named, [names.get(s.forms, ("O",) * len(s.forms)) for s in doc])
    out["EWT"] = _rates(tally, ("words", "sentences", "upos", "feats", "lemma", "uas", "las"))
    out["UNER EWT"] = _rates(named, ("names", "PER", "ORG", "LOC"))
    whole, core = Tally(), Tally()
    for doc in track(list(documents(gum)), "GUM", console=Console(stderr=True)):
        _score_document(reader, doc, whole, None, None)
        if doc[0].genre in CORE_GENRES:
            _score_document(reader, doc, core, None, None)
    out["GUM open"] = _rates(whole, ("words", "sentences", "upos", "feats", "lemma", "uas", "las"))
    out["GUM news, interview, speech"] = _rates(core, ("words", "sentences", "upos", "uas", "las"))
    return out


def documents(samples: list[Sample]) -> Iterator[list[Sample]]:
    """Yield the sentences of each document, told apart by their ids."""
    for _, group in groupby(samples, key=lambda s: s.sent_id.rsplit("-", 1)[0]):
        yield list(group)


def _score_document(reader: Reader, doc: list[Sample], tally: Tally, named: Tally | None,
                    labels: list[tuple[str, ...]] | None) -> None:  # fmt: skip
    text = scorer.raw_text(doc)
    sentences = reader.analyze(Report(text)).sentences
    scorer.add_trees(tally, scorer.gold_words(doc), scorer.found_words(sentences, text))
    if named is not None and labels is not None:
        gold = scorer.gold_names(doc, labels, CORE_KINDS)
        scorer.add_names(named, gold, scorer.found_names(sentences, text, CORE_KINDS))


def _rates(tally: Tally, measures: tuple[str, ...]) -> dict[str, float]:
    return {m: round(tally.f1(m), 2) for m in measures}


if __name__ == "__main__":
    main()
