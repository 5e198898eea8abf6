"""What the coding steps hand each other: mentions of actors, times, quantities, speech.

Each step takes a Reading and returns a new one with its finding added (`replace`); the last
steps turn a finished Reading into records.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol, TypeVar

from detente.language.analysis import Analysis, Sentence, Span
from detente.records import Actor, Evidence, Precision, Report


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that mean political actors: «the two leaders» means two, «Xi» one.

    `how`: name (a state, person or organisation by name), capital (a seat that stands for its
    state), adjective («Chinese»), role («the ambassador»), pronoun, group («both sides»).
    `actors` may hold an Actor with code None: someone is meant, we cannot say who.
    `person` tells a person from a body. Attributive adjectives are mentions too, with the head of
    the phrase as `span.head` only if the phrase itself is an actor («Chinese officials»).
    """

    span: Span
    actors: tuple[Actor, ...]
    how: Literal["name", "capital", "adjective", "role", "pronoun", "group"]
    score: float = 1.0
    why: str = ""
    person: bool = False
    place: bool = False  # may be a mere place here («in Moscow», «to South Korea»)


@dataclass(frozen=True, slots=True)
class Time:
    """Words that date something: inclusive days, how exact, and the words themselves."""

    span: Span
    start: date | None
    end: date | None
    precision: Precision
    words: str
    kind: Literal["point", "period", "duration", "habit"] = "point"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit as read, by token span: «over $10 billion» -> > 1e10 USD."""

    span: Span
    value: float | tuple[float, float]
    unit: str
    op: Literal["=", ">", "<", "~", ">=", "<="]
    words: str


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch of a field that somebody says: half-open offsets of the content, and who says it.

    `speaker` has code None where words name someone we cannot resolve, and is None where the
    content is quoted without any speaker. `cue` is the reporting word, `cue_at` its offset (-1 for none)
    and `manner` what it does: say, claim, deny, confirm, think, promise, ask, describe, stress, cite, write.
    """

    sentence: int
    field: Literal["title", "text"]
    start: int
    end: int
    speaker: Actor | None
    kind: Literal["direct", "indirect"]
    cue: str
    via: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()
    speaker_span: Span | None = None
    cue_at: int = -1
    manner: str = "say"


class Spanned(Protocol):
    """A finding that stands in one sentence."""

    @property
    def span(self) -> Span: ...


F = TypeVar("F", bound=Spanned)


def by_sentence(findings: Iterable[F]) -> dict[int, tuple[F, ...]]:
    """Return findings by the sentence they stand in, in their order."""
    found: dict[int, list[F]] = {}
    for finding in findings:
        found.setdefault(finding.span.sentence, []).append(finding)
    return {index: tuple(here) for index, here in found.items()}


@dataclass(frozen=True, slots=True)
class Reading:
    """A report, its analysis, and all that has been found in it so far.

    What stands in a sentence is looked up in an index made at first asking, so that long reports take no
    longer per sentence than short ones.
    """

    report: Report
    analysis: Analysis
    mentions: tuple[Mention, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    speech: tuple[Speech, ...] = ()
    _mentions_at: dict[int, tuple[Mention, ...]] | None = field(
        default=None, init=False, repr=False, compare=False
    )
    _times_at: dict[int, tuple[Time, ...]] | None = field(default=None, init=False, repr=False, compare=False)

    def sentence(self, index: int) -> Sentence:
        return self.analysis.sentences[index]

    def evidence(self, sentence: int, start: int | None = None, end: int | None = None) -> Evidence:
        """Return evidence for a stretch of a sentence by character offsets; the whole by default."""
        s = self.analysis.sentences[sentence]
        a = s.start if start is None else start
        b = s.end if end is None else end
        return Evidence(self.report.id, s.field, a, b, self.report.words(s.field, a, b))

    def mentions_in(self, sentence: int) -> tuple[Mention, ...]:
        """Return the mentions of a sentence, in the order of the text."""
        index = self._mentions_at
        if index is None:
            index = by_sentence(self.mentions)
            object.__setattr__(self, "_mentions_at", index)
        return index.get(sentence, ())

    def times_in(self, sentence: int) -> tuple[Time, ...]:
        """Return the times of a sentence, in the order of the text."""
        index = self._times_at
        if index is None:
            index = by_sentence(self.times)
            object.__setattr__(self, "_times_at", index)
        return index.get(sentence, ())

    def speech_at(self, sentence: int, offset: int) -> Speech | None:
        """Return the innermost speech that covers a character offset, or None for the narrator."""
        s = self.analysis.sentences[sentence]
        over = [p for p in self.speech if p.field == s.field and p.start <= offset < p.end]
        return min(over, key=lambda p: p.end - p.start, default=None)


def unresolved(name: str, role: str | None = None) -> Actor:
    """Return an actor someone named and nobody can place: «Li noted»."""
    return Actor(code=None, name=name, role=role, sector=None)
