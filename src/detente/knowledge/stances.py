"""Constructions that take a side, from `stance_cues.csv` and `.toml`: «opposition to X» -> oppose."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal, cast, get_args

from detente.errors import KnowledgeError
from detente.knowledge.cues import read_toml
from detente.knowledge.tables import parse_table
from detente.records import Stance

TABLE = "stance_cues.csv"
WORDS = "stance_cues.toml"

Part = Literal["v", "n", "a"]
Scope = Literal["any", "matter", "known"]  # which issues may be proposed from the words


@dataclass(frozen=True, slots=True)
class StanceCue:
    """One construction: where the issue stands (`slot`), the side, and which new issues it may propose."""

    lemma: str
    part: Part
    slot: str
    stance: Stance
    scope: Scope


@dataclass(frozen=True, slots=True)
class StanceWords:
    """Words that turn a stance round, point back to an issue, or name none."""

    reversing_nouns: frozenset[str]
    reversing_with_against: frozenset[str]
    reversing_verbs: frozenset[str]
    anaphoric_nouns: frozenset[str]
    anaphoric_pronouns: frozenset[str]
    empty_nouns: frozenset[str]
    empty_verbs: frozenset[str]
    matters: frozenset[str]
    answers: frozenset[str]
    pushing_verbs: frozenset[str]
    claiming_verbs: frozenset[str]
    claimed_parts: tuple[str, ...]
    bad: frozenset[str]
    good: frozenset[str]
    callers: frozenset[str]
    listed_nouns: frozenset[str]
    listing_verbs: frozenset[str]
    staying_verbs: frozenset[str]
    staying_words: frozenset[str]
    refusing_verbs: frozenset[str]
    asked: frozenset[str]
    shared: frozenset[str]
    carriers: frozenset[str]
    told_apart: frozenset[str]


_FLIPPED: dict[Stance, Stance] = {
    "support": "oppose", "demand": "oppose", "oppose": "support",
    "refuse": "support", "claim": "claim", "neutral": "neutral",
}  # fmt: skip


def turned(stance: Stance) -> Stance:
    """Return the stance on a thing whose end is meant: demanding the end of it is opposing it."""
    return _FLIPPED[stance]


@cache
def stance_cues() -> dict[tuple[str, Part], tuple[StanceCue, ...]]:
    """Return the constructions by lemma and part of speech, in the order of the table."""
    return parse_stance_cues((files("detente.knowledge") / "data" / TABLE).read_text("utf-8"))


def parse_stance_cues(text: str, *, file: str = TABLE) -> dict[tuple[str, Part], tuple[StanceCue, ...]]:
    """Return a table of constructions given as CSV.

    Raises KnowledgeError for an unknown part of speech, stance or scope, naming file and line.
    """
    found: dict[tuple[str, Part], list[StanceCue]] = {}
    for row in parse_table(text, file, delimiter=","):
        if row["pos"] not in get_args(Part):
            raise row.fail(f"part of speech «{row['pos']}»; expected v, n or a")
        if row["stance"] not in get_args(Stance):
            raise row.fail(f"stance «{row['stance']}»; expected one of {', '.join(get_args(Stance))}")
        if row["scope"] not in get_args(Scope):
            raise row.fail(f"scope «{row['scope']}»; expected any, matter or known")
        part, stance = cast("Part", row["pos"]), cast("Stance", row["stance"])
        cue = StanceCue(row["lemma"], part, row["slot"], stance, cast("Scope", row["scope"]))
        found.setdefault((cue.lemma, cue.part), []).append(cue)
    return {key: tuple(cues) for key, cues in found.items()}


@cache
def stance_words() -> StanceWords:
    """Return the project's own words of reversal, reference and emptiness.

    Raises KnowledgeError where a section is missing.
    """
    table = read_toml((files("detente.knowledge") / "data" / WORDS).read_text("utf-8"), WORDS)
    try:
        return StanceWords(
            reversing_nouns=frozenset(table["reversals"]["nouns"]),
            reversing_with_against=frozenset(table["reversals"]["against"]),
            reversing_verbs=frozenset(table["reversals"]["verbs"]),
            anaphoric_nouns=frozenset(table["anaphors"]["nouns"]),
            anaphoric_pronouns=frozenset(table["anaphors"]["pronouns"]),
            empty_nouns=frozenset(table["empty"]["nouns"]),
            empty_verbs=frozenset(table["empty"]["verbs"]),
            matters=frozenset(table["anaphors"]["nouns"]) - frozenset(table["matters"]["not"])
            | frozenset(table["matters"]["nouns"]),
            answers=frozenset(table["answers"]["nouns"]),
            pushing_verbs=frozenset(table["pushing"]["verbs"]),
            claiming_verbs=frozenset(table["claims"]["verbs"]),
            claimed_parts=tuple(table["claims"]["parts"]),
            bad=frozenset(table["verdicts"]["bad"]),
            good=frozenset(table["verdicts"]["good"]),
            callers=frozenset(table["verdicts"]["callers"]),
            listed_nouns=frozenset(table["lists"]["nouns"]),
            listing_verbs=frozenset(table["lists"]["verbs"]),
            staying_verbs=frozenset(table["staying"]["verbs"]),
            staying_words=frozenset(table["staying"]["words"]),
            refusing_verbs=frozenset(table["refusing"]["verbs"]),
            asked=frozenset(table["asked"]["nouns"]),
            shared=frozenset(table["shared"]["nouns"]),
            carriers=frozenset(table["carriers"]["nouns"]),
            told_apart=frozenset(table["told_apart"]["nouns"]),
        )
    except KeyError as error:
        raise KnowledgeError(f"section {error} is missing; it lists words of stance", file=WORDS) from error
