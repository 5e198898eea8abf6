"""A chronology that others kept in, what an archive holds of it and what it lacks out.

«State visits to Washington, 2009 to 2014», a list of sanctions, a table of summits: a CSV with the columns
start, end, a, b, kind, what. Each row is looked for among the acts of its pair, of its kind, on its days.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from detente.errors import InputError
from detente.knowledge.states import code_of
from detente.measures.intervals import share_interval
from detente.measures.panel import TYPES
from detente.records import COUNTED

if TYPE_CHECKING:
    from detente.archive import Archive

Held = Literal["held", "other_status", "missing"]

# What a row's kind is coded as: PLOVER types, with a mode or any. A type or «CONSULT/visit» names itself.
KINDS: Mapping[str, tuple[str, ...]] = {
    "visit": ("CONSULT",), "meeting": ("CONSULT",), "talks": ("CONSULT",), "call": ("CONSULT/phone",),
    "treaty": ("SUPPORT", "AGREE", "COOPERATE"), "aid": ("AID",), "exercise": ("COOPERATE", "MOBILIZE"),
    "protest": ("ACCUSE",), "sanction": ("SANCTION",), "expulsion": ("SANCTION/expel",),
    "threat": ("THREATEN",), "attack": ("ASSAULT",), "clash": ("ASSAULT", "COERCE"), "any": TYPES,
}  # fmt: skip
TOLERANCE = 3  # days by which an act and a row may miss each other: reports date by week as often as by day
WIDEST = 31  # days an act may span and still be held against a row's days
COLUMNS = ("start", "end", "a", "b", "kind", "what")


@dataclass(frozen=True, slots=True)
class Reference:
    """One row of a chronology: 11 February 2014, FRA and USA, a visit, «State visit of the president»."""

    start: date
    end: date
    a: str
    b: str
    kind: str
    what: str


@dataclass(frozen=True, slots=True)
class Match:
    """A row and the acts that hold it: counted ones («held»), else those of another status."""

    reference: Reference
    state: Held
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What an archive holds of a chronology: every row, the share held with n and its 95 % Wilson interval.

    `outside` counts rows before the archive's first report or after its last, which are not looked for.
    """

    matches: tuple[Match, ...]
    share: float | None
    n: int
    low: float | None
    high: float | None
    outside: int = 0

    @property
    def acts(self) -> tuple[str, ...]:
        """The acts that hold a row."""
        return tuple(dict.fromkeys(act for m in self.matches if m.state == "held" for act in m.acts))


def read_references(path: str | Path) -> tuple[Reference, ...]:
    """Return the rows of a chronology: a CSV with columns start, end, a, b, kind, what.

    Days are ISO dates, states codes or names; an empty end is the start. Raises InputError with the line
    that is not so.
    """
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"{path} has no column {', '.join(missing)}: a chronology has {', '.join(COLUMNS)}.",
                    stage="reference",
                )
            return tuple(_reference(row, f"{path}, line {n}") for n, row in enumerate(reader, 2))
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(
            f"{path} could not be read ({why}): name a CSV file in UTF-8.", stage="reference"
        ) from error


def _reference(row: Mapping[str, str], where: str) -> Reference:
    try:
        start = date.fromisoformat(row["start"].strip())
        end = date.fromisoformat((row["end"] or row["start"]).strip())
    except ValueError as error:
        raise InputError(f"{where}: «{row['start']}, {row['end']}» are no days; write 2014-02-11.",
                         stage="reference") from error  # fmt: skip
    codes = [code_of(row[side] or "") for side in ("a", "b")]
    kind = (row["kind"] or "any").strip()
    if None in codes or codes[0] == codes[1]:
        raise InputError(
            f"{where}: «{row['a']}» and «{row['b']}» are not two states we know; write codes, as FRA.",
            stage="reference",
        )
    if kind not in KINDS and kind.partition("/")[0] not in TYPES:
        known = ", ".join(KINDS)
        raise InputError(
            f"{where}: «{kind}» is no kind; write one of {known}, or a PLOVER type.", stage="reference"
        )
    return Reference(start, end, str(codes[0]), str(codes[1]), kind, (row["what"] or "").strip())


def compare_with(
    archive: Archive,
    references: Sequence[Reference],
    *,
    a: str | None = None,
    b: str | None = None,
    since: date | None = None,
    until: date | None = None,
    days: int = TOLERANCE,
    statuses: Collection[str] = COUNTED,
) -> Comparison:
    """Return which rows of a chronology the archive holds, in order of their days.

    A row is held where an act counted is between its two states, of a type its kind stands for, on a day
    from its first less `days` to its last plus `days`. Rows wholly outside the window (given, else from
    first report to last) are left out and counted.
    """
    first = since or archive.first_published() or date.max
    last = until or archive.last_published() or date.min
    mine = [r for r in references if not a or {a, b or a} <= {r.a, r.b}]
    inside = sorted(
        (r for r in mine if first <= r.end and r.start <= last), key=lambda r: (r.start, r.a, r.b)
    )
    found = _find_acts(archive, inside, timedelta(days=days))
    matches = tuple(_match(r, found.get(n, []), statuses) for n, r in enumerate(inside))
    held = sum(m.state == "held" for m in matches)
    low, high = share_interval(held, len(matches)) or (None, None)
    share = held / len(matches) if matches else None
    return Comparison(matches, share, len(matches), low, high, len(mine) - len(inside))


_NEAR = f"""
with wanted as (
    select unnest(?::integer[]) as row, unnest(?::varchar[]) as pair, unnest(?::date[]) as first,
        unnest(?::date[]) as last
),
dated as (
    select act, type, mode, status, unnest(pairs) as pair, coalesce(date_start, date_end, day) as opens,
        coalesce(date_end, date_start, day) as closes, day
    from acts where day is not null and coalesce(status_detail, '') <> 'habitual'
)
select row, act, type, mode, status from wanted join dated using (pair)
where day between first and last or (opens <= last and closes >= first and closes - opens <= {WIDEST})
order by row, day, act
"""


def _find_acts(
    archive: Archive, references: Sequence[Reference], slack: timedelta
) -> dict[int, list[tuple[str, str]]]:
    """Return the acts (id, status) near each row, by its number."""
    if not references:
        return {}
    pairs = ["-".join(sorted((r.a, r.b))) for r in references]
    values = [
        list(range(len(references))), pairs, [r.start - slack for r in references],
        [r.end + slack for r in references],
    ]  # fmt: skip
    found: dict[int, list[tuple[str, str]]] = {}
    for row in archive.sql(_NEAR, values).to_pylist():
        kinds = KINDS.get(references[row["row"]].kind) or (references[row["row"]].kind,)
        if row["type"] in kinds or f"{row['type']}/{row['mode']}" in kinds:
            found.setdefault(row["row"], []).append((row["act"], row["status"]))
    return found


def _match(reference: Reference, near: Sequence[tuple[str, str]], statuses: Collection[str]) -> Match:
    held = tuple(act for act, status in near if status in statuses)
    if held:
        return Match(reference, "held", held)
    return Match(reference, "other_status" if near else "missing", tuple(act for act, _ in near))
