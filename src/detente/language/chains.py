"""Analysed sentences -> chains: all the mentions of one person or thing within a report.

«Petra Novak met Kenji Tanaka. She thanked him.» gives (Petra Novak, She) and (Kenji Tanaka, him). Names are
tied by their words; he and she are tied by a small ranker that weighs each candidate by tree, place, name
and gender, and may say «none of them»; it and they only where the tree leaves no doubt (things.py).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from detente.errors import ModelError
from detente.language.analysis import Sentence, Span
from detente.language.antecedents import WIDTH, candidates, describe
from detente.language.mentions import Mention, Scene, find_mentions
from detente.language.naming_groups import Group, group_names
from detente.language.things import tie_things

WEIGHTS = Path(__file__).parent / "model" / "chains.npz"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Ranker:
    """Small networks whose mean score ranks the candidates of a pronoun."""

    mean: Floats  # [WIDTH]
    scale: Floats  # [WIDTH]
    inner: Floats  # [networks, WIDTH, hidden]
    inner_bias: Floats  # [networks, hidden]
    outer: Floats  # [networks, hidden]

    def shares(self, rows: list[list[float]]) -> Floats:
        """Return how likely each row is the bearer, in shares of one."""
        x = (np.array(rows, dtype=np.float32) - self.mean) * self.scale
        hidden = np.maximum(np.einsum("rw,nwh->nrh", x, self.inner) + self.inner_bias[:, None, :], 0)
        scores = np.einsum("nrh,nh->nr", hidden, self.outer)
        shares = np.exp(scores - scores.max(1, keepdims=True))
        mean: Floats = (shares / shares.sum(1, keepdims=True)).mean(0)
        return mean


def tie_chains(sentences: tuple[Sentence, ...]) -> tuple[tuple[Span, ...], ...]:
    """Return the chains of two mentions or more, each in the order of the text, the earliest first.

    «Novak resigned. The minister said she was tired.» gives one chain: Novak, she. A pronoun that no
    candidate fits stays alone and is in no chain. Raises ModelError if the weights cannot be read.
    """
    scene = Scene(sentences)
    mentions = find_mentions(scene)
    groups = group_names(scene, mentions)
    if any(m.kind == "pronoun" for m in mentions):
        ranker = load_ranker()
        for pronoun in mentions:
            if pronoun.kind == "pronoun":
                attach(scene, groups, pronoun, ranker)
    tie_things(scene, groups)
    chains = [tuple(m.span for m in g.mentions) for g in groups if len(g.mentions) > 1]
    return tuple(sorted(chains, key=lambda chain: (chain[0].sentence, chain[0].start)))


def attach(scene: Scene, groups: list[Group], pronoun: Mention, ranker: Ranker) -> None:
    """Add a pronoun to the group that bears it best, or as a new group of its own."""
    found = candidates(scene, groups, pronoun)
    if found:
        best = int(ranker.shares(describe(scene, groups, pronoun, found)).argmax())
        if best < len(found):
            found[best].add(pronoun)
            return
    group = Group()
    group.add(pronoun)
    groups.append(group)


@lru_cache(maxsize=1)
def load_ranker(path: Path = WEIGHTS) -> Ranker:
    """Return the shipped ranker, loaded at first use."""
    try:
        with np.load(path, allow_pickle=False) as arrays:
            parts = {name: arrays[name].astype(np.float32) for name in Ranker.__slots__}
        if parts["mean"].shape != (WIDTH,):
            raise ValueError(f"{parts['mean'].shape[0]} features where the code has {WIDTH}")
    except Exception as error:
        raise ModelError(
            f"the weights of the chains in {path} cannot be read ({error}); reinstall the package, "
            "or remake them with `python -m training.chains`"
        ) from error
    return Ranker(**parts)
