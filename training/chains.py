"""Remake the ranker of he and she: `python -m training.chains`, or `--evaluate test` to report.

Reads GAP's development rows and the he and she of GUM's training reports, parses them with the shipped
reader (kept under runs/chains by the reader's version), and trains a few small networks to rank the
candidates of each pronoun. GAP validation chooses; GAP test only reports. Two minutes on one core, the
parsing another four the first time.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import json
import os
import pickle
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # products this small only wait for each other's threads

import numpy as np
import numpy.typing as npt
from rich.console import Console
from rich.progress import track
from rich.table import Table

from detente.language.analysis import Sentence
from detente.language.antecedents import WIDTH, candidates, describe
from detente.language.builtin import BuiltinReader
from detente.language.chains import WEIGHTS, Ranker, attach, load_ranker
from detente.language.mentions import Mention, Scene, find_mentions
from detente.language.naming_groups import Group, group_names
from training import data, scorer
from training.evaluate import documents

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data/train"
CACHE = ROOT / "runs/chains"
LOG = Console(stderr=True)

Floats = npt.NDArray[np.float32]
Offsets = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What the training turns on; chosen on GAP development by folds, then on GAP validation."""

    seed: int = 20261124
    networks: int = 5
    hidden: int = 64
    epochs: int = 30
    batch: int = 64
    rate: float = 2e-3
    decay: float = 0.2
    dropout: float = 0.4
    gum_weight: float = 0.5
    rounds: int = 3
    least_spread: float = 0.4


@dataclass(frozen=True, slots=True)
class Case:
    """One report with what is known of its pronouns, by character offset."""

    text: str
    sentences: tuple[Sentence, ...]
    pronoun: int  # offset of GAP's pronoun, -1 for reports with whole gold chains
    names: tuple[tuple[Offsets, bool], ...] = ()  # GAP's A and B and whether the pronoun means them
    entities: tuple[tuple[int, str], ...] = ()  # GUM: offset of a mention's head word, its entity


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates of one pronoun as rows, and which of them are right."""

    rows: Floats
    right: npt.NDArray[np.bool_]
    weight: float


def main() -> None:
    """Train and keep the weights, or report on a split."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--evaluate", choices=("validation", "test"), default=None)
    parser.add_argument("--folds", type=int, default=0, help="only measure by folds of GAP development")
    parser.add_argument("--set", nargs="*", default=[], help="recipe values, as hidden=32")
    args = parser.parse_args()
    changes = {k: json.loads(v) for k, v in (item.split("=") for item in args.set)}
    recipe = replace(Recipe(), **changes)
    if args.evaluate:
        print_scores(args.evaluate, load_gap(args.evaluate), load_ranker())
        return
    gap, gum = load_gap("development"), load_gum("train")
    if args.folds:
        measure_folds(gap, gum, args.folds, recipe)
        return
    ranker = train(gap, gum, recipe)
    save(ranker)
    load_ranker.cache_clear()
    print_scores("validation", load_gap("validation"), ranker)


# --- reports and what is known of them -------------------------------------------------------------------


def load_gap(split: str) -> list[Case]:
    """Return GAP's rows, parsed: development 2,000, validation 454, test 2,000."""
    raw = gzip.decompress((DATA / f"gap/gap-{split}.tsv.gz").read_bytes()).decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(raw, newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))
    parsed = _parse(f"gap-{split}", [row["Text"] for row in rows])
    cases = []
    for row, sentences in zip(rows, parsed, strict=True):
        names = []
        for key in "AB":
            start = int(row[f"{key}-offset"])
            names.append(((start, start + len(row[key])), row[f"{key}-coref"].upper() == "TRUE"))
        cases.append(Case(row["Text"], sentences, int(row["Pronoun-offset"]), tuple(names)))
    return cases


def load_gum(split: str) -> list[Case]:
    """Return GUM's open reports, parsed from raw text, with the entity of every mention."""
    path = DATA / f"ud_gum_open/{split}.conllu.gz"
    ids = dict(_entity_ids(path))
    docs = list(documents(data.load_treebank(path, "gum")))
    texts = [scorer.raw_text(doc) for doc in docs]
    cases = []
    for doc, text, sentences in zip(docs, texts, _parse(f"gum-{split}", texts), strict=True):
        entities, at = [], 0
        for sample in doc:
            starts = []
            for form in sample.forms:
                at = text.index(form, at)
                starts.append(at)
                at += len(form)
            for start, end, entity in ids[sample.sent_id]:
                heads = sample.heads or ()
                head = next((i for i in range(start, end) if not start <= heads[i] < end), start)
                entities.append((starts[head], entity))
        cases.append(Case(text, sentences, -1, (), tuple(entities)))
    return cases


def _entity_ids(path: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """Yield each sentence's id with its mentions: first word, end, entity."""
    for block, comments in data._blocks(path):
        rows = [c for line in block if (c := line.split("\t"))[0].isdigit()]
        sent_id = next(c.split("=", 1)[1].strip() for c in comments if c.startswith("# sent_id"))
        opened: dict[str, list[int]] = {}
        found = []
        for i, row in enumerate(rows):
            marks = next((m[7:] for m in row[9].split("|") if m.startswith("Entity=")), "")
            for part in marks.replace("(", " (").replace(")", ") ").split():
                key = part.strip("()").split("-")[0]
                if part.startswith("("):
                    opened.setdefault(key, []).append(i)
                if part.endswith(")") and opened.get(key):
                    found.append((opened[key].pop(), i + 1, key))
        yield sent_id, found


def _parse(name: str, texts: list[str]) -> list[tuple[Sentence, ...]]:
    """Return the sentences of texts by the shipped reader, from disk if it has read them before."""
    reader = BuiltinReader()
    path = CACHE / f"{name}-{reader.version}.pickle"
    if path.exists():
        found: list[tuple[Sentence, ...]] = pickle.loads(path.read_bytes())
        return found
    parsed = [tuple(reader._read("text", text)) for text in track(texts, name, console=LOG)]
    CACHE.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(parsed, protocol=5))
    return parsed


# --- choices ---------------------------------------------------------------------------------------------


def choices(case: Case, ranker: Ranker | None, gum_weight: float = 1.0) -> Iterator[Choice]:
    """Yield the choices of a report's labelled pronouns, the pronouns before each tied as they would be.

    Without a ranker (the first round) pronouns stay alone unless their gold group is known.
    """
    scene = Scene(case.sentences)
    mentions = find_mentions(scene)
    groups = group_names(scene, mentions)
    entities = dict(case.entities)
    for pronoun in mentions:
        if pronoun.kind != "pronoun":
            continue
        start = offsets(scene, pronoun)[0]
        found = candidates(scene, groups, pronoun)
        if case.pronoun >= 0:
            if start == case.pronoun:
                right = _right_of_gap(scene, case, found)
                if found and right.any():
                    yield Choice(_array(describe(scene, groups, pronoun, found)), right, 1.0)
                return
            _follow(scene, groups, pronoun, ranker)
        elif (entity := entities.get(start)) is None:
            _follow(scene, groups, pronoun, ranker)
        else:
            right = _right_of_gum(scene, entities, entity, found)
            if found:
                yield Choice(_array(describe(scene, groups, pronoun, found)), right, gum_weight)
            best = int(right.argmax())
            if best < len(found):
                found[best].add(pronoun)
            else:
                _follow(scene, groups, pronoun, None)


def _follow(scene: Scene, groups: list[Group], pronoun: Mention, ranker: Ranker | None) -> None:
    if ranker is not None:
        attach(scene, groups, pronoun, ranker)
        return
    group = Group()
    group.add(pronoun)
    groups.append(group)


def _array(rows: list[list[float]]) -> Floats:
    return np.array(rows, dtype=np.float32)


def _right_of_gap(scene: Scene, case: Case, found: list[Group]) -> npt.NDArray[np.bool_]:
    """Return the rows GAP calls right; where it calls both names wrong, all others may be."""
    means = np.array([[_covers(scene, g, span) for g in found] + [False] for span, _ in case.names])
    truths = [truth for _, truth in case.names]
    if any(truths):
        right: npt.NDArray[np.bool_] = means[truths].any(0)
        return right
    return ~means.any(0)


def _right_of_gum(
    scene: Scene, entities: dict[int, str], entity: str, found: list[Group]
) -> npt.NDArray[np.bool_]:
    right = [any(entities.get(_head_start(scene, m)) == entity for m in g.mentions) for g in found]
    return np.array([*right, not any(right)])


def _head_start(scene: Scene, m: Mention) -> int:
    return scene.sentences[m.span.sentence].tokens[m.span.head].start


def offsets(scene: Scene, m: Mention) -> Offsets:
    """Return where a mention starts and ends in the text."""
    tokens = scene.sentences[m.span.sentence].tokens
    return tokens[m.span.start].start, tokens[m.span.end - 1].end


def _covers(scene: Scene, group: Group, span: Offsets) -> bool:
    """Whether a mention of a group overlaps a stretch of the text; pronouns are not looked at."""
    for m in group.mentions:
        start, end = offsets(scene, m)
        if m.kind != "pronoun" and start < span[1] and span[0] < end:
            return True
    return False


# --- training --------------------------------------------------------------------------------------------


def train(gap: list[Case], gum: list[Case], recipe: Recipe) -> Ranker:
    """Return a ranker; each round ties the pronouns before a labelled one by the ranker of the last."""
    ranker = None
    for turn in range(recipe.rounds):
        is_last = turn == recipe.rounds - 1
        made = [c for case in gap for c in choices(case, ranker)]
        made += [c for case in gum for c in choices(case, ranker, recipe.gum_weight)]
        ranker = fit(made, recipe if is_last else replace(recipe, networks=min(2, recipe.networks)))
    assert ranker is not None
    return ranker


def fit(made: list[Choice], recipe: Recipe) -> Ranker:
    """Return the networks that give the right rows the largest share, each from its own seed."""
    rows = np.concatenate([c.rows for c in made])
    mean, spread = rows.mean(0), rows.std(0)
    scale = np.where(spread > 1e-6, 1 / np.maximum(spread, recipe.least_spread), 0).astype(np.float32)
    networks = [_fit_one(made, mean, scale, recipe, recipe.seed + k) for k in range(recipe.networks)]
    inner, bias, outer = (np.stack([n[i] for n in networks]) for i in range(3))
    return Ranker(mean, scale, inner, bias, outer)


def _fit_one(
    made: list[Choice], mean: Floats, scale: Floats, recipe: Recipe, seed: int
) -> tuple[Floats, Floats, Floats]:
    """Train one network by AdamW; the mean of the weights of the last third of the steps is kept."""
    rng = np.random.default_rng(seed)
    width = len(mean)
    params = [
        (rng.standard_normal((width, recipe.hidden)) * np.sqrt(1.0 / width)).astype(np.float32),
        np.zeros(recipe.hidden, np.float32),
        (rng.standard_normal(recipe.hidden) * 0.3).astype(np.float32),
    ]
    first = [np.zeros_like(p) for p in params]
    second = [np.zeros_like(p) for p in params]
    kept, kept_steps = [np.zeros_like(p) for p in params], 0
    scaled = [((c.rows - mean) * scale).astype(np.float32) for c in made]
    steps = recipe.epochs * (len(made) // recipe.batch)
    step = 0
    for _ in range(recipe.epochs):
        order = rng.permutation(len(made))
        for at in range(0, len(order) - recipe.batch + 1, recipe.batch):
            batch = [int(i) for i in order[at : at + recipe.batch]]
            grads = _gradients(params, [scaled[i] for i in batch], [made[i] for i in batch], recipe, rng)
            step += 1
            rate = recipe.rate * min(1.0, step / 50) * (1 - step / (steps + 1))
            for k, grad in enumerate(grads):
                first[k] = 0.9 * first[k] + 0.1 * grad
                second[k] = 0.99 * second[k] + 0.01 * grad * grad
                move = first[k] / (1 - 0.9**step) / (np.sqrt(second[k] / (1 - 0.99**step)) + 1e-8)
                params[k] = params[k] - rate * (move + recipe.decay * params[k])
            if step > steps * 2 // 3:
                kept = [a + p for a, p in zip(kept, params, strict=True)]
                kept_steps += 1
    inner, bias, outer = ((a / max(1, kept_steps)).astype(np.float32) for a in kept)
    return inner, bias, outer


def _gradients(
    params: list[Floats], rows: list[Floats], batch: list[Choice], recipe: Recipe, rng: np.random.Generator
) -> list[Floats]:
    """Return the gradients of the mean negative log share of the right rows."""
    inner, bias, outer = params
    x = np.concatenate(rows)
    x = x * (rng.random(x.shape[1], dtype=np.float32) > recipe.dropout / 3) / (1 - recipe.dropout / 3)
    sizes = np.array([len(r) for r in rows])
    starts = np.concatenate(([0], np.cumsum(sizes)[:-1]))
    owner = np.repeat(np.arange(len(rows)), sizes)
    mask = (rng.random((len(rows), recipe.hidden)) > recipe.dropout)[owner] / (1 - recipe.dropout)
    before = x @ inner + bias
    hidden = np.maximum(before, 0) * mask
    scores = hidden @ outer
    right = np.concatenate([c.right for c in batch])
    weight = np.array([c.weight for c in batch])[owner]
    shares = _softmax(scores, starts, owner)
    aimed = _softmax(np.where(right, scores, -1e9), starts, owner)
    pull = (shares - aimed) * weight / len(rows)
    back = np.outer(pull, outer) * mask * (before > 0)
    return [
        (x.T @ back).astype(np.float32),
        back.sum(0).astype(np.float32),
        (hidden.T @ pull).astype(np.float32),
    ]


def _softmax(scores: Floats, starts: npt.NDArray[np.intp], owner: npt.NDArray[np.intp]) -> Floats:
    powers = np.exp(scores - np.maximum.reduceat(scores, starts)[owner])
    shares: Floats = powers / np.add.reduceat(powers, starts)[owner]
    return shares


def save(ranker: Ranker) -> None:
    """Write the weights the package ships, in half precision."""
    arrays = {name: getattr(ranker, name).astype(np.float16) for name in Ranker.__slots__}
    arrays["mean"], arrays["scale"] = ranker.mean, ranker.scale
    np.savez_compressed(WEIGHTS, **arrays)


# --- measuring -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Counts:
    """Right, wrong and missed labels of GAP."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def f1(self) -> float:
        """F1 over A and B labels, in percent."""
        return 200 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


def score(cases: Iterable[Case], ranker: Ranker) -> dict[str, Counts]:
    """Return GAP's counts over all rows, and by the pronoun's gender."""
    totals = {"all": Counts(), "m": Counts(), "f": Counts()}
    for case in cases:
        gender, chain = _chain_of_pronoun(case, ranker)
        for (start, end), truth in case.names:
            said = any(a < end and start < b for a, b in chain)
            for counts in (totals["all"], totals[gender]):
                counts.right += said and truth
                counts.wrong += said and not truth
                counts.missed += truth and not said
    return totals


def _chain_of_pronoun(case: Case, ranker: Ranker) -> tuple[str, list[Offsets]]:
    """Return the gender of GAP's pronoun and the stretches of its chain besides itself."""
    scene = Scene(case.sentences)
    mentions = find_mentions(scene)
    groups = group_names(scene, mentions)
    for pronoun in mentions:
        if pronoun.kind == "pronoun":
            attach(scene, groups, pronoun, ranker)
    for group in groups:
        for m in group.mentions:
            if m.kind == "pronoun" and offsets(scene, m)[0] == case.pronoun:
                return m.label, [offsets(scene, other) for other in group.mentions if other is not m]
    word = case.text[case.pronoun :].split()[0].lower()
    return ("f" if word.startswith(("she", "her")) else "m"), []


def print_scores(name: str, cases: list[Case], ranker: Ranker) -> None:
    """Print the F1 of GAP, of each gender, and their ratio."""
    totals = score(cases, ranker)
    whole = totals["all"]
    table = Table("F1 %", "masculine", "feminine", "F/M", "precision %", "recall %", title=f"GAP {name}")
    table.add_row(
        f"{whole.f1:.1f}",
        f"{totals['m'].f1:.1f}",
        f"{totals['f'].f1:.1f}",
        f"{totals['f'].f1 / max(1e-9, totals['m'].f1):.2f}",
        f"{100 * whole.right / max(1, whole.right + whole.wrong):.1f}",
        f"{100 * whole.right / max(1, whole.right + whole.missed):.1f}",
    )
    Console().print(table)


def measure_folds(gap: list[Case], gum: list[Case], folds: int, recipe: Recipe) -> None:
    """Print F1 on GAP development, each fold scored by a ranker that has not seen it."""
    total = Counts()
    for k in range(folds):
        held = gap[k::folds]
        ranker = train([c for i, c in enumerate(gap) if i % folds != k], gum, recipe)
        counts = score(held, ranker)["all"]
        total = Counts(total.right + counts.right, total.wrong + counts.wrong, total.missed + counts.missed)
        LOG.print(f"fold {k + 1}: {counts.f1:.2f}")
    Console().print(f"development by {folds} folds: F1 {total.f1:.2f}")


if __name__ == "__main__":
    assert WIDTH > 0
    main()
