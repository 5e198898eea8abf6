"""What is lawful in a table and yet looks wrong: rows in, warnings out, each with its line and a mend.

Two foreign ministers at once; a term that begins after its state ended; «Chad» for a firm; an act whose words
no text can hold. `detente knowledge check` prints them; a test runs them over our own tables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cache
from itertools import pairwise
from typing import Literal

from detente.knowledge.gazetteer import Entry, common_surnames, gazetteer
from detente.knowledge.issues import our_issues
from detente.knowledge.layers import OURS, Knowledge, using
from detente.knowledge.names import fold
from detente.knowledge.organisations import organisation
from detente.knowledge.people import people
from detente.knowledge.roles import roles
from detente.knowledge.states import name_of, states
from detente.knowledge.tables import Row, split_cell
from detente.knowledge.triggers import POS, added_triggers, triggers, verb_lemmas, word_classes

Kind = Literal["duplicate", "overlap", "dates", "shadow", "shared", "unknown", "never"]
Tables = Mapping[str, Iterable[Row]]

SINGLE = ("hos", "hog", "fm", "dm")  # offices one person holds at a time
OVERLAP_DAYS = 45  # sources differ by weeks over when a minister took office
ALIKE = 0.75  # likeness from which two names are taken for spellings of one
LONGEST_TERM = 71  # years; Elizabeth II reigned for seventy
BEFORE_DAYS = 3_660  # before its first day a state may have had the leaders of what it grew from
FIRST_YEAR = 1648
# The columns that hold names, by table.
NAMES = {
    "people": ("name", "aliases"),
    "states_names": ("names", "adjectives", "people"),
    "states_seats": ("words",),
    "organisations": ("name", "aliases"),
    "outlets": ("name", "aliases"),
    "places": ("name", "aliases"),
    "traps": ("words",),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One warning: where, of which kind, and in words what was found and what would mend it."""

    file: str
    line: int
    kind: Kind
    words: str

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.words}"


def lint(knowledge: Knowledge, *, today: date | None = None) -> tuple[Finding, ...]:
    """Return what looks wrong in an addition, by itself and beside our tables, in the order of its files."""
    day = today or date.today()
    with using(OURS):
        found = [*lint_tables(knowledge.tables, today=day), *_beside_ours(knowledge.tables)]
    with using(knowledge):
        acts = knowledge.tables.get("triggers", ())
        found += [*lint_acts(acts), *_exclusions(acts)]
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (f.file, f.line, f.kind, f.words)))


def lint_tables(tables: Tables, *, today: date) -> Iterator[Finding]:
    """Yield what looks wrong in tables by themselves: ours and users' alike."""
    for table, rows in tables.items():
        listed = tuple(rows)
        yield from _twice(listed)
        yield from _dates(listed, today)
        if table == "people":
            yield from _overlaps(listed)
    yield from _shared_names(tables)


def _found(row: Row, kind: Kind, words: str) -> Finding:
    return Finding(row.file, row.line, kind, words)


def _twice(rows: Iterable[Row]) -> Iterator[Finding]:
    met: dict[tuple[tuple[str, str], ...], Row] = {}
    for row in rows:
        said = tuple(
            (c, v)
            for c, v in sorted(row.cells.items())
            if c not in ("source", "checked") or "words" in row.cells
        )
        first = met.setdefault(said, row)
        if first is not row:
            yield _found(
                row, "duplicate", f"it says what line {first.line} of {first.file} says; drop one of them."
            )


# --- dates


def _dates(rows: Iterable[Row], today: date) -> Iterator[Finding]:
    for row in rows:
        first, last = _day(row, "first"), _day(row, "last")
        for day in (first, last):
            if day and day.year < FIRST_YEAR:
                yield _found(
                    row, "dates", f"{day} lies before there were offices of this kind; see to the year."
                )
        if first and (first - today).days > 366:
            yield _found(row, "dates", f"it begins on {first}, more than a year from now; see to the year.")
        if first and last and last < first:
            yield _found(row, "dates", f"it ends on {last}, before it begins on {first}; turn the two round.")
        is_term = "title" in row.cells  # states and palaces may outlast people
        if is_term and first and last and (last - first).days > LONGEST_TERM * 366:
            years = (last - first).days // 365
            yield _found(
                row, "dates", f"it lasts {years} years, longer than anybody held an office; see to them."
            )
        checked = row.cells.get("checked", "")
        if checked and "words" not in row.cells and checked[:7] > f"{today:%Y-%m}":
            yield _found(
                row, "dates", f"it was checked in {checked}, which is yet to come; write the month it was."
            )
        yield from _beyond_state(row, first, last)


def _beyond_state(row: Row, first: date | None, last: date | None) -> Iterator[Finding]:
    state = states().get(row.cells.get("code", ""))
    if state and first and state.last and first > state.last:
        yield _found(
            row, "dates", f"it begins on {first}, but {state.name} ended on {state.last}; see to the code."
        )
    if state and last and state.first and (state.first - last).days > BEFORE_DAYS:
        yield _found(
            row, "dates", f"it ends on {last}, but {state.name} began on {state.first}; see to the code."
        )


def _day(row: Row, column: str) -> date | None:
    try:
        return date.fromisoformat(row.cells.get(column) or "")
    except ValueError:
        return None


# --- offices


def _overlaps(rows: Iterable[Row]) -> Iterator[Finding]:
    offices: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in rows:
        if row["kind"] in SINGLE:
            offices[row.file, row["code"], row["kind"]].append(row)
    for (_, code, kind), terms in offices.items():
        terms.sort(key=lambda r: (r["first"], r["last"] or "9999"))
        for one, two in pairwise(terms):
            if fold(one["name"]) == fold(two["name"]):
                continue
            days = _shared_days(one, two)
            if days > OVERLAP_DAYS and _is_alike(one["name"], two["name"]):
                words = (
                    f"{two['name']} and {one['name']} (line {one.line}) look like one person in two spellings"
                )
                yield _found(two, "duplicate", f"{words}; make one an alias of the other.")
            elif days > OVERLAP_DAYS:
                how_long = "from then on" if days > 36_500 else f"for {days} days"
                what = (
                    f"{two['name']} and {one['name']} (line {one.line}) both hold «{kind}» of {name_of(code)}"
                )
                yield _found(two, "overlap", f"{what} {how_long}; end one of the terms.")


def _is_alike(one: str, two: str) -> bool:
    """Whether two names are spellings of one: «Seyran Ohanyan», «Seyran Ohanian»."""
    return SequenceMatcher(None, fold(one).lower(), fold(two).lower()).ratio() > ALIKE


def _shared_days(one: Row, two: Row) -> int:
    begin = max(_day(one, "first") or date.min, _day(two, "first") or date.min)
    end = min(_day(one, "last") or date.max, _day(two, "last") or date.max)
    return (end - begin).days


# --- names


def _shared_names(tables: Tables) -> Iterator[Finding]:
    """Yield names that two rows claim for different actors; people may share theirs with anybody."""
    met: dict[str, tuple[Row, str]] = {}
    for table, columns in NAMES.items():
        if table in ("people", "traps"):
            continue
        for row in tables.get(table, ()):
            for name in _names(row, columns):
                key = fold(name).removeprefix("the ")
                whose = _whose(row)
                first, meant = met.setdefault(key, (row, whose))
                if meant != whose and not _is_one_place(row, first):
                    where = f"line {first.line} of {first.file}"
                    yield _found(
                        row,
                        "shared",
                        f"«{name}» stands for {whose} here and for {meant} in {where}; keep one.",
                    )
    yield from _shared_issue_names(tables.get("issues", ()))


def _is_one_place(one: Row, two: Row) -> bool:
    """Whether a place stands beside another row of its country: «Vatican City», the city and the state."""
    a, b = ({row.cells.get("country"), row.cells.get("code")} - {None, ""} for row in (one, two))
    return "country" in one.cells and bool(a & b)


def _whose(row: Row) -> str:
    code = row.cells.get("country", row.cells.get("code", "")) or "nobody"
    return row.cells.get("name") or name_of(code)


def _names(row: Row, columns: Iterable[str]) -> Iterator[str]:
    yield from dict.fromkeys(name for column in columns for name in split_cell(row.cells.get(column, "")))


def _shared_issue_names(rows: Iterable[Row]) -> Iterator[Finding]:
    met: dict[str, Row] = {}
    for row in rows:
        for name in (row["name"], *split_cell(row["aliases"])):
            first = met.setdefault(fold(name).lower(), row)
            if first["id"] != row["id"]:
                words = f"«{name}» names the issues {first['id']} and {row['id']}; leave it to one of them."
                yield _found(row, "shared", words)


@cache
def _common_words() -> frozenset[str]:
    """Return words of everyday text that we know: parts people play, words for acts and their objects."""
    everyday = {w.lower() for w, why in common_surnames().items() if "everyday" in why}
    played = {key for key in roles().entries if " " not in key}
    acts = {word for word, _ in triggers()} | set(verb_lemmas())
    things = {w for lemmas in word_classes().values() for w in lemmas if " " not in w}
    return frozenset(everyday | played | acts | things)


def _beside_ours(tables: Tables) -> Iterator[Finding]:
    names = gazetteer()
    for table, columns in NAMES.items():
        for row in tables.get(table, ()):
            for name in _names(row, columns):
                yield from _shadows(row, name, table, names.get(name.removeprefix("the ")))
    for row in tables.get("people", ()):
        yield from _stays_open(row)
    known = {r["name"] for r in tables.get("organisations", ())}
    for row in tables.get("organisations_members", ()):
        if row["organisation"] not in known and organisation(row["organisation"]) is None:
            words = f"no table knows the organisation «{row['organisation']}»; add it to organisations.csv."
            yield _found(row, "unknown", words)
    yield from _shadowed_issues(tables.get("issues", ()))


def _shadows(row: Row, name: str, table: str, ours: tuple[Entry, ...]) -> Iterator[Finding]:
    plain = name.removeprefix("the ")
    if table != "traps" and " " not in plain and not plain.isupper() and plain.lower() in _common_words():
        yield _found(row, "shadow", f"«{name}» is also a common word; give a longer name if reports use one.")
    if table == "people":
        ours = tuple(e for e in ours if e.kind in ("state", "adjective", "people", "capital"))
    else:
        code = row.cells.get("country", row.cells.get("code", ""))
        ours = tuple(
            e for e in ours if e.kind not in ("person", "surname") and (e.code != code or table == "traps")
        )
    for entry in ours[:1]:
        means = f"{entry.kind} of {name_of(entry.code)}" if entry.code else f"a {entry.kind}"
        words = f"«{name}» is {means} in our tables; your row takes it over."
        if table == "people":
            words = f"«{name}» is {means} in our tables; give first and last name."
        yield _found(row, "shadow", words)


def _stays_open(row: Row) -> Iterator[Finding]:
    """Yield a warning where we know of a later holder and the row says no last day."""
    if row["kind"] not in SINGLE or row["last"]:
        return
    code, _, org = row["code"].partition(":")
    later = [
        p for p in people()
        if (p.code, p.kind, p.org or "") == (code, row["kind"], org)
        and p.first and p.first > (_day(row, "first") or date.min) and fold(p.name) != fold(row["name"])
    ]  # fmt: skip
    if later:
        one = min(later, key=lambda p: p.first or date.max)
        what = f"{row['name']} has no last day, and our tables have {one.name} from {one.first} on"
        yield _found(row, "overlap", f"{what}; write the last day.")


def _shadowed_issues(rows: Iterable[Row]) -> Iterator[Finding]:
    ours = {fold(name).lower(): i.id for i in our_issues() for name in (i.name, *i.aliases)}
    for row in rows:
        for name in (row["name"], *split_cell(row["aliases"])):
            known = ours.get(fold(name).lower())
            if known and known != row["id"]:
                words = f"«{name}» names our issue {known}; your row takes it over, or use that id."
                yield _found(row, "shadow", words)


# --- acts


def lint_acts(rows: Iterable[Row]) -> Iterator[Finding]:
    """Yield rows of triggers that no text can match."""
    met: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        yield from _no_lemmas(row)
        key = (row["words"], row["pos"], "|".join(sorted(row["object"].split("|"))))
        first = met.setdefault(key, row)
        if first is not row:
            words = f"line {first.line} has the same words and object and comes first; drop one."
            yield _found(row, "never", words)
        if row["type"] != "NONE" and not (row["source"] or row["recipient"]):
            yield _found(row, "never", "no actor is looked for; name slots in source or recipient.")


def _exclusions(rows: Iterable[Row]) -> Iterator[Finding]:
    """Yield rows of type NONE that stop nothing, or not all."""
    yours = set(added_triggers())
    for row in rows:
        words = tuple(row["words"].split())
        head = words[-1 if row["pos"] == "n" else 0]
        ours = [t for t in triggers().get((head, POS[row["pos"]]), ()) if t not in yours]
        narrower = [t for t in ours if t.type != "NONE" and t.words == words and t.object]
        if row["type"] != "NONE":
            continue
        if narrower and not row["object"]:
            more = f"{len(narrower)} narrower row{'s' * (len(narrower) > 1)} of ours, as {narrower[0].name},"
            mend = "still count; give their object in a row of its own to stop them."
            yield _found(row, "never", f"{more} {mend}")
        elif not ours:
            stops = f"no act begins with «{head}» as {row['pos']}, so this row stops none; drop it."
            yield _found(row, "never", stops)


def _no_lemmas(row: Row) -> Iterator[Finding]:
    words, pos = row["words"].split(), row["pos"]
    objects = [part for part in row["object"].split("|") if not part.startswith("@")]
    for word in (*words, *(word for part in objects for word in part.split())):
        if word != word.lower():
            yield _found(row, "never", f"«{word}» has capitals, and lemmas have none; write {word.lower()}.")
    lemma = verb_lemmas().get(words[0].lower()) if pos == "v" else None
    if lemma and lemma != words[0].lower():
        what = f"«{words[0]}» is a form of «{lemma}», which is what is looked up"
        yield _found(row, "never", f"{what}; write {lemma}.")
    last = words[-1].lower()
    if pos == "n" and last.endswith("s") and (last[:-1], "NOUN") in triggers():
        yield _found(row, "never", f"«{last}» is a plural, and the singular is looked up; write {last[:-1]}.")
