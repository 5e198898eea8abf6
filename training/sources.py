"""Which sets teach and which choose: the training groups and development sets of a config."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from training import data
from training.data import Sample
from training.events import examples, rows


@dataclass(frozen=True, slots=True)
class Group:
    """Samples seen `weight` times an epoch."""

    samples: list[Sample]
    weight: float


@dataclass(frozen=True, slots=True)
class Sets:
    """What teaches, and what chooses."""

    train: list[Group]
    dev: dict[str, list[Sample]]


@dataclass(slots=True)
class Labels:
    """The closed lists the heads choose from."""

    tags: dict[str, int]
    rels: dict[str, int]


NEWS_LIKE = {"news", "interview", "speech", "weblog", "newsgroup", "court"}


def load(config: dict[str, Any]) -> Sets:
    """Return the sets of a config's [data] table."""
    d = config["data"]
    root = Path(d["root"])
    peoples = data.find_peoples(root)
    ewt = data.add_uner(
        data.load_treebank(root / "ud_ewt/train.conllu.gz", "ewt"),
        root / "uner_ewt/en_ewt-ud-train.v2022-12.iob2.gz",
        peoples,
    )
    gum = data.load_treebank(root / "ud_gum_open/train.conllu.gz", "gum")
    gum = data.add_gum_names(gum, peoples)
    groups = []
    for samples in (ewt, gum):
        news = [s for s in samples if s.genre in NEWS_LIKE]
        other = [s for s in samples if s.genre not in NEWS_LIKE]
        groups += [Group(news, d["news_weight"]), Group(other, d["other_weight"])]
    groups.append(
        Group(data.load_wikigold(root / "wikigold/wikigold.conll.txt.gz", peoples), d["names_weight"])
    )
    groups.append(
        Group(data.load_crossner(root / "crossner_politics/train.txt.gz", peoples), d["names_weight"] * 3)
    )
    groups.append(
        Group(data.load_re3d(root / "re3d", peoples, data.common_words(ewt + gum)), d["names_weight"])
    )
    if d.get("acts_weight"):
        groups.append(Group(rows.load_samples("train"), d["acts_weight"]))
    if d.get("examples_weight"):
        groups.append(Group(examples.load_samples(), d["examples_weight"]))
    dev = {
        "ewt": data.add_uner(
            data.load_treebank(root / "ud_ewt/dev.conllu.gz", "ewt"),
            root / "uner_ewt/en_ewt-ud-dev.iob2.gz",
            peoples,
        ),
        "gum": data.load_treebank(root / "ud_gum_open/dev.conllu.gz", "gum"),
        "crossner": data.load_crossner(root / "crossner_politics/dev.txt.gz", peoples),
    }
    if d.get("acts_weight"):
        dev["acts"] = rows.load_samples("dev")
    return Sets(groups, dev)


def collect_labels(groups: list[Group], least: int = 3) -> Labels:
    """Return the tags and relations seen at least `least` times, the commonest first."""
    tags: Counter[str] = Counter()
    rels: Counter[str] = Counter()
    for group in groups:
        for sample in group.samples:
            tags.update(sample.tags or ())
            rels.update(sample.rels or ())
    return Labels(
        {t: i for i, (t, n) in enumerate(tags.most_common()) if n >= least},
        {r: i for i, (r, n) in enumerate(rels.most_common()) if n >= least},
    )
