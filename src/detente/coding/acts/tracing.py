"""Why the coder decided as it did: a Reading in, every decision out, for people who ask.

Nothing is coded anew: the decisions are those `code_events` makes, kept instead of thrown away, and the rows
of the lexicon are tried by the function that tries them for the coder.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from detente.coding.acts import parties, proposing, rules
from detente.coding.acts.acts import Decided, decide_report
from detente.coding.acts.candidates import Candidate, Trial, find_holder, try_word
from detente.coding.reading import Reading


@dataclass(frozen=True, slots=True)
class WordTrace:
    """A word that heads rows of the lexicon, and every row tried at it, the most specific first."""

    token: int
    trials: tuple[Trial, ...]

    @property
    def chosen(self) -> Trial | None:
        """The first row that fits, None if none does."""
        return next((trial for trial in self.trials if trial.lack is None), None)


@dataclass(frozen=True, slots=True)
class Held:
    """A trigger that only stands inside another: «withdraw» in «urged Oslo to withdraw»."""

    candidate: Candidate
    holder: Candidate | None


@dataclass(frozen=True, slots=True)
class SentenceTrace:
    """One sentence: what was tried at its words, which triggers others hold, what became of the rest."""

    index: int
    decided: Decided
    words: tuple[WordTrace, ...]
    held: tuple[Held, ...]


def trace_report(reading: Reading) -> tuple[SentenceTrace, ...]:
    """Return what was tried, held and decided in each sentence, in the order of the text."""
    return tuple(_trace(index, decided) for index, decided in enumerate(decide_report(reading)))


def _trace(index: int, decided: Decided) -> SentenceTrace:
    tree = decided.tree
    words = [WordTrace(i, try_word(tree, i)) for i in range(len(tree.sentence.tokens))]
    held = tuple(Held(c, find_holder(c, decided.real, tree)) for c in decided.unreal)
    return SentenceTrace(index, decided, tuple(w for w in words if w.trials), held)


def sentence_of(rule: str) -> str:
    """Return what a rule or a turning step is for, in its own words, with the sentence that taught it."""
    homes = (rules, parties, proposing)
    step: Callable[..., object] | None = next((f for home in homes if (f := getattr(home, rule, None))), None)
    told = inspect.getdoc(step) if step else None
    return " ".join((told or "").split("\n\n")[0].split()) if told else ""
