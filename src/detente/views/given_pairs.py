"""`detente evaluate --pairs`: what a given source does to a given target, answered, written and scored."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.evaluation.pairs import GoldPair, PairScores, quad_of, read_pairs, score_answers
from detente.views.scored import Table, print_tables, round_score, say_score, tell_bad
from detente.views.terminal import say, watch, write
from detente.views.wording import say_count

if TYPE_CHECKING:
    from detente.coding.acts.given import GivenPair

OUT_COLUMNS = (
    "sentence source target type quad root confidence why mode record_type rule words gold_root gold_penta"
).split()


def evaluate_pairs(path: str, *, out: str | None, classes: str, by: str | None, shape: str) -> None:
    """Answer every pair of a file, write the answers, and score them where gold stands."""
    from detente.pipeline import code_marked

    pairs, faults = read_pairs(path)
    tell_bad(path, faults)
    if faults:
        say(f"{say_count(len({f.line for f in faults}), 'row')} answered without what is missing there.")
    answers = [
        code_marked(pair.sentence, pair.sources, pair.targets)
        for pair in watch(pairs, "Reading", unit="pairs")
    ]
    crosswalk = classes == "crosswalk"
    if out is not None:
        _write_answers(out, pairs, answers, crosswalk=crosswalk)
        say(f"Wrote {say_count(len(answers), 'answer')} to {out}.")
    scores = score_answers(pairs, answers, crosswalk=crosswalk)
    if scores:
        _print_scores(scores, by=by, shape=shape)
    elif out is None:
        for line in _lines(pairs, answers, crosswalk=crosswalk):
            write(line)
    else:
        say("No gold stands beside the pairs; nothing is scored.")


def _lines(pairs: Sequence[GoldPair], answers: Sequence[GivenPair], *, crosswalk: bool) -> Iterator[str]:
    """Yield the answers as tab-separated lines under their header, one a row, in order."""
    yield "\t".join(OUT_COLUMNS)
    for pair, answer in zip(pairs, answers, strict=True):
        row = {
            "sentence": pair.sentence,
            "source": pair.source,
            "target": pair.target,
            "type": answer.type if crosswalk else answer.record_type,
            "quad": answer.quad if crosswalk else quad_of(answer.record_type),
            "root": answer.root,
            "confidence": answer.confidence,
            "why": answer.evidence,
            "mode": answer.mode if answer.type == answer.record_type else None,
            "record_type": answer.record_type,
            "rule": answer.rule,
            "words": answer.words,
            "gold_root": pair.root,
            "gold_penta": pair.quad,
        }
        yield "\t".join(_cell(row[name]) for name in OUT_COLUMNS)


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split("\t")).replace("\n", " ").replace("\r", " ")


def _write_answers(
    path: str, pairs: Sequence[GoldPair], answers: Sequence[GivenPair], *, crosswalk: bool
) -> None:
    lines = _lines(pairs, answers, crosswalk=crosswalk)
    try:
        Path(path).write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"«{path}» could not be written: {error.strerror}; name a file you may write to.", stage="pairs"
        ) from error


def _print_scores(scores: Mapping[str, PairScores], *, by: str | None, shape: str) -> None:
    if shape == "json":
        write(json.dumps({name: _plain(score) for name, score in scores.items()}, indent=1))
        return
    order = [name for name in ("binary", "quad", "root") if name in scores]
    rows = [
        [
            name,
            say_score(scores[name].macro_f1),
            say_score(scores[name].accuracy),
            str(len(scores[name].classes)),
        ]
        for name in order
    ]
    tables: list[Table] = [("Given pairs", ("classed by", "macro-F1", "accuracy", "classes"), rows)]
    for name in order if by == "type" else ():
        rows = [
            [key, say_score(c.precision), say_score(c.recall), say_score(c.f1), str(c.count)]
            for key, c in scores[name].classes.items()
        ]
        tables.append((f"By {name}", ("class", "precision", "recall", "F1", "gold"), rows))
    print_tables(tables, shape)


def _plain(score: PairScores) -> dict[str, Any]:
    classes = {
        name: {
            "precision": round_score(c.precision), "recall": round_score(c.recall),
            "f1": round_score(c.f1), "gold": c.count,
        }
        for name, c in score.classes.items()
    }  # fmt: skip
    return {
        "macro_f1": round_score(score.macro_f1),
        "accuracy": round_score(score.accuracy),
        "classes": classes,
    }
