"""Acts the network sees: its scores of one sentence's words in, proposals out."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from detente.language.analysis import Proposal
from detente.language.encoder import Encoder, Floats, Scores

LEAST = 0.02  # a word less likely to tell an act than this is not proposed
LEAST_PARTY = 0.1


def find_proposals(scores: Scores, encoder: Encoder, a: int, b: int) -> tuple[Proposal, ...]:
    """Return the acts seen at the words from `a` to `b` of a window, by word of the sentence they are."""
    types = softmax(scores.acts[a:b, : len(encoder.acts)])
    weights = 1 - types[:, 0]
    return tuple(_propose(scores, encoder, types, a, b, int(i)) for i in np.flatnonzero(weights >= LEAST))


def _propose(scores: Scores, encoder: Encoder, types: Floats, a: int, b: int, i: int) -> Proposal:
    n, m = len(encoder.acts), len(encoder.modes)
    best = int(types[i, 1:].argmax()) + 1
    type_ = encoder.acts[best]
    asks = scores.act_asks[a + i]
    sides = np.einsum("sw,nsw->sn", asks[:, :-1], scores.act_party[a:b]) + asks[:, -1:]
    sources, recipients = (tuple(_likely(side)) for side in 1 / (1 + np.exp(-sides)))
    return Proposal(
        token=i,
        weight=round(float(1 - types[i, 0]), 2),
        type=type_,
        type_weight=round(float(types[i, best]), 2),
        mode=_mode(scores.acts[a + i, n : n + m], encoder.modes, type_),
        status=encoder.statuses[int(scores.acts[a + i, n + m :].argmax())],
        sources=sources,
        recipients=recipients,
    )


def _mode(scores: Floats, modes: list[str], type_: str) -> str | None:
    """Return the likeliest mode of a type, None where none is likelier."""
    own = [k for k, mode in enumerate(modes) if not mode or mode.startswith(f"{type_}/")]
    best = modes[max(own, key=lambda k: scores[k])]
    return best.partition("/")[2] or None


def _likely(weights: Floats) -> Iterator[tuple[int, float]]:
    for i in np.flatnonzero(weights >= LEAST_PARTY):
        yield int(i), round(float(weights[i]), 2)


def softmax(scores: Floats) -> Floats:
    """Return shares of 1 along the last axis."""
    raised = np.exp(scores - scores.max(-1, keepdims=True))
    shares: Floats = raised / raised.sum(-1, keepdims=True)
    return shares
