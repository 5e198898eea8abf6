"""The nouns of a pair: act, stance, figure, promise, statement, each a line that opens to its quotes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

from detente.archive.conflicts import Conflict
from detente.measures.courses import Point

PromiseState = Literal["open", "kept", "changed", "lapsed"]


class Quote(NamedTuple):
    """The words a line rests on, the report and record they stand in, and who says so.

    `speaker` is None where the reporter speaks. `record` is what `detente show` takes.
    """

    quote: str
    report: str
    record: str
    outlet: str | None
    published: date | None
    speaker: str | None


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act with all its tellings: «3-4 July 2017, CHN visits RUS, Moscow, told by three reports».

    `sources` and `recipients` hold actors as docs/records.md prints them. `counted` says whether
    the course counts it (happened or ongoing, and neither habit nor background). `promise` is the
    state of a planned act, else None; `keeps` is the planned act that this one fulfils. `telling`
    says why its tellings are one act, `conflicts` in what they disagree, every value with its records.
    """

    act: str
    date_start: date | None
    date_end: date | None
    precision: str | None
    status: str
    type: str
    mode: str | None
    quad: int
    intensity: float
    sources: tuple[Mapping[str, Any], ...]
    recipients: tuple[Mapping[str, Any], ...]
    quotes: tuple[Quote, ...]
    place: str | None = None
    promise: PromiseState | None = None
    keeps: str | None = None
    counted: bool = False
    goldstein: float | None = None
    cameo: str | None = None
    contexts: tuple[str, ...] = ()
    status_detail: str | None = None
    date_basis: str | None = None
    n_reports: int = 0
    telling: str = ""
    conflicts: tuple[Conflict, ...] = ()


class StanceLine(NamedTuple):
    """One telling of a stance: CHN opposes, in these words, in this report."""

    code: str
    stance: str
    quote: str
    report: str
    record: str
    date: date | None
    speaker: str | None


@dataclass(frozen=True, slots=True)
class IssueLine:
    """Where the two stand on one issue, newest stance first; `agree` by their newest stances.

    `agree` is None where only one of the two is on record, or where one of them is neutral.
    """

    issue: str
    name: str
    stances: tuple[StanceLine, ...]
    agree: bool | None


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure about the pair; lines with the same `conflict` tell the same thing differently.

    `conflict` is None where nothing disagrees; `differ_in` says whether the values do or the status («is the
    third meeting», «will be the third»). `value` is a number or a (low, high) range.
    """

    what: str | None
    value: float | tuple[float, float]
    unit: str
    op: str
    parties: tuple[str, ...]
    period_start: date | None
    period_end: date | None
    of: str | None
    quote: Quote
    conflict: str | None = None
    status: str = "happened"
    differ_in: Literal["value", "status"] | None = None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A planned act and what became of it as of a day: open, kept (and by which act), changed or lapsed.

    An act of one of the types `awaits`, by just these `parties`, from `opens` to `due`, would keep it.
    """

    act: str
    state: PromiseState
    planned: Quote
    kept: Quote | None = None
    kept_by: str | None = None
    due: date | None = None
    type: str = ""
    mode: str | None = None
    reason: str = ""
    called_off: Quote | None = None
    changed: Quote | None = None
    parties: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()
    opens: date | None = None
    told: tuple[Quote, ...] = ()  # all tellings of the plan, the best first


@dataclass(frozen=True, slots=True)
class StatementLine:
    """Who said what of the pair; `direction` is rising, falling, stable or None."""

    direction: str | None
    speaker: str | None
    speaker_code: str | None
    about: tuple[str, ...]
    quote: Quote
    date: date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the pair's lines rest on; `state_owned` is the share (0..1) of tellings from state-owned outlets.

    It is None where no outlet is known. `n_outlets` counts named outlets only.
    """

    n_reports: int
    n_outlets: int
    n_acts: int
    n_records: int
    state_owned: float | None
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Pair:
    """All the archive holds on two states; `a` and `b` are codes, in the order asked."""

    a: str
    b: str
    name_a: str
    name_b: str
    since: date | None
    until: date | None
    as_of: date | None
    course: tuple[Point, ...] = ()
    acts: tuple[ActLine, ...] = ()
    issues: tuple[IssueLine, ...] = ()
    figures: tuple[FigureLine, ...] = ()
    promises: tuple[PromiseLine, ...] = ()
    statements: tuple[StatementLine, ...] = ()
    coverage: Coverage = Coverage(0, 0, 0, 0, None, None, None)

    @property
    def disputed(self) -> tuple[ActLine, ...]:
        """The acts whose tellings disagree: in day, place, parties, kind, status, a sum or a count."""
        return tuple(act for act in self.acts if act.conflicts)

    @property
    def shared(self) -> tuple[IssueLine, ...]:
        """The issues on which the two agree."""
        return tuple(line for line in self.issues if line.agree is True)

    @property
    def parted(self) -> tuple[IssueLine, ...]:
        """The issues on which the two disagree."""
        return tuple(line for line in self.issues if line.agree is False)
