"""Hand-coded records and ours in, agreement out: precision, recall, F1, confusion, alpha, intervals.

`score_records` compares two lists of records; `score_pairs` the classes of given pairs; `read_gold` and
`read_pairs` read what people coded by hand and name every line that cannot be used.
"""

from __future__ import annotations

from detente.evaluation.gold import BadLine, read_gold
from detente.evaluation.pairs import GoldPair, PairScores, read_pairs, score_pairs
from detente.evaluation.scores import Evaluation, score_records

__all__ = [
    "BadLine",
    "Evaluation",
    "GoldPair",
    "PairScores",
    "read_gold",
    "read_pairs",
    "score_pairs",
    "score_records",
]
