"""A CSV of office holders in, rows of `people.csv` out; its header tells which column is which.

    country,leader,office,start,end
    Norway,Sven Lunde,Foreign Minister,2009-10-01,2013-10-15

What was guessed is said (`Import.notes`), and can be said otherwise (`mapping`). A line that cannot be read
is skipped, with why; nothing is made up for it.
"""

from __future__ import annotations

import calendar
import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

from detente.errors import InputError
from detente.knowledge.imports import Import
from detente.knowledge.roles import role
from detente.knowledge.shapes import KINDS, is_name
from detente.knowledge.states import BODIES, code_of, states

Order = Literal["dmy", "mdy"]

# What others call our columns, the surest first; compared without case, spaces and signs.
HEADERS = {
    "name": "name fullname leadername officeholder holder leader person personname minister politician "
            "president primeminister foreignminister wikipedianame label",
    "given": "givenname firstname forename",
    "family": "familyname lastname surname",
    "code": "iso3 iso3c iso3166 iso3166alpha3 countrycode statecode code alpha3 stateabb cowcode ccode cow "
            "country countryname state statename nation",
    "kind": "kind office officetype",
    "title": "title position role post job portfolio function officetitle positionlabel",
    "first": "first start startdate begin begindate from since in indate termstart startterm startofterm "
             "tookoffice entered enterdate entrydate inauguration",
    "last": "last end enddate until to out outdate termend endterm endofterm leftoffice exit exitdate left",
    "gender": "gender sex",
    "aliases": "aliases alias othernames alsoknownas aka altname alternativenames",
}  # fmt: skip
_KIND_WORDS = (
    ("fm-deputy", r"(deputy|vice|state secretary).*foreign"),
    ("hog-deputy", r"(deputy|vice)[- ](prime minister|premier|chancellor)"),
    ("vice", r"vice[- ]president"),
    ("fm", r"foreign|external (affairs|relations)|secretary of state$"),
    ("dm", r"defen[cs]e|secretary of war"),
    ("finance", r"financ|treasury|exchequer"),
    ("trade", r"\btrade|commerce"),
    ("security", r"national security ad"),
    ("hog", r"prime minister|premier|chancellor|head of (the )?government|taoiseach"),
    ("hos", r"president|king|queen|emperor|monarch|emir|sultan|head of state|grand duke|prince"),
    ("spokes", r"spokes"),
    ("envoy", r"envoy|ambassador"),
    ("military", r"chief of (the )?(general )?staff|commander"),
    ("legislature", r"speaker"),
    ("leader", r"leader|ruler|chairman"),
)
_MONTHS = {m.lower(): i for i, m in enumerate(calendar.month_abbr) if m}
_OPEN = frozenset(
    ("", "-", "present", "now", "incumbent", "na", "n/a", "none", "null", "nan", "today", "current")
)


def read_office_holders(
    text: str, file: str, *, kind: str | None = None, order: Order | None = None,
    mapping: Mapping[str, str] | None = None,
) -> Import:  # fmt: skip
    """Return a CSV's lines as terms of office, what was guessed, and what was skipped.

    `kind` is what people are where no column says so; `order` how 03/04/2017 is read where no line of the
    file tells; `mapping` names columns as {our name: theirs}. Raises InputError where no column of names or
    states can be found.
    """
    made = Import()
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=_mark(text))
    try:
        header = next(lines, [])
    except csv.Error as error:
        raise InputError(f"{file} is no CSV ({error}); save it as CSV UTF-8") from error
    columns = find_columns(header, file, mapping or {})
    made.notes += [f"{ours} ← {header[i].strip()}" for ours, i in columns.items()]
    if kind is None and "kind" not in columns and "title" not in columns:
        raise InputError(
            f"{file} has no column of offices among {', '.join(header)[:200]}; name one "
            "(--columns title=COLUMN) or say what its people are (--kind fm)"
        )
    rows = _rows(lines, file, made)
    told = order or _order_of(cell for _, cells in rows for cell in _cells(cells, columns, "first", "last"))
    if told:
        made.notes.append("dates like 03/04/2017 read as " + ("day/month" if told == "dmy" else "month/day"))
    for number, cells in rows:
        made.read += 1
        _take(cells, columns, number, file, made, kind, told)
    made.close_people(0)
    return made


def _mark(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max("\t;,", key=lambda mark: (head.count(mark), mark == ","))


def _rows(lines: Iterable[list[str]], file: str, made: Import) -> list[tuple[int, list[str]]]:
    reader = iter(lines)
    rows: list[tuple[int, list[str]]] = []
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return rows
        except csv.Error as error:
            made.skip(file, getattr(reader, "line_num", 0), "", f"it is no CSV ({error})")
            continue
        if any(cell.strip() for cell in cells):
            rows.append((getattr(reader, "line_num", 0), cells))


def find_columns(header: Iterable[str], file: str, mapping: Mapping[str, str]) -> dict[str, int]:
    """Return which column holds what, by its name; one that is mapped is not guessed."""
    bare = [re.sub(r"[\W_]", "", cell.lower()) for cell in header]
    found: dict[str, int] = {}
    for ours, theirs in mapping.items():
        sought = re.sub(r"[\W_]", "", theirs.lower())
        if ours not in HEADERS or sought not in bare:
            known = f"ours are {', '.join(HEADERS)}; the file has {', '.join(header)}"
            raise InputError(f"«{ours}={theirs}» maps no column: {known[:300]}")
        found[ours] = bare.index(sought)
    for ours, names in HEADERS.items():
        if ours not in found:
            free = (bare.index(n) for n in names.split() if n in bare and bare.index(n) not in found.values())
            at = next(free, None)
            if at is not None:
                found[ours] = at
    for needed, either in (("name", "family"), ("code", "code")):
        if needed not in found and either not in found:
            what = "people's names" if needed == "name" else "states"
            has = ", ".join(header)[:200]
            raise InputError(
                f"{file} has no column of {what} among {has}; name it: --columns {needed}=COLUMN"
            )
    return found


def _cells(cells: list[str], columns: Mapping[str, int], *names: str) -> list[str]:
    at = [columns[name] for name in names if name in columns]
    return [cells[i].strip() if i < len(cells) else "" for i in at]


def _cell(cells: list[str], columns: Mapping[str, int], name: str) -> str:
    return next(iter(_cells(cells, columns, name)), "")


def _take(
    cells: list[str], columns: Mapping[str, int], line: int, file: str, made: Import,
    kind: str | None, order: Order | None,
) -> None:  # fmt: skip
    name = _cell(cells, columns, "name") or " ".join(_cells(cells, columns, "given", "family")).strip()
    name = " ".join(name.split())
    where, title = _cell(cells, columns, "code"), _cell(cells, columns, "title")
    if not name or "|" in name or not name.isprintable() or not is_name(name):
        made.skip(file, line, name or ", ".join(cells), "it holds no name")
        return
    code = find_code(where)
    if code is None:
        made.skip(file, line, name, f"«{where[:40]}» is no state we know")
        return
    office = find_kind(_cell(cells, columns, "kind")) or find_kind(title) or kind
    if office is None:
        said = title or _cell(cells, columns, "kind")
        made.skip(file, line, name, f"«{said[:60]}» is no office we have a kind for; give one with --kind")
        return
    days = []
    for column, end in (("first", False), ("last", True)):
        written = _cell(cells, columns, column)
        day = find_day(written, order, end=end)
        if isinstance(day, str):
            made.skip(file, line, name, day)
            return
        days.append(day.isoformat() if day else "")
    if days[0] and days[1] and days[1] < days[0]:
        made.skip(file, line, name, f"it ends on {days[1]}, before it begins on {days[0]}")
        return
    gender = {"m": "m", "f": "f", "w": "f"}.get(_cell(cells, columns, "gender").lower()[:1], "")
    aliases = [a.strip() for a in re.split("[|;]", _cell(cells, columns, "aliases")) if is_name(a)]
    made.add("people", {
        "name": name, "code": code, "kind": office, "title": title if title.isprintable() else "",
        "aliases": "|".join(aliases), "gender": gender,
        "first": days[0], "last": days[1], "source": f"{file}, line {line}",
    })  # fmt: skip


def find_code(words: str) -> str | None:
    """Return the code of a state by code, name or Correlates of War number: «Norway», «NO», «385»."""
    if words.isdecimal():
        return next((s.code for s in states().values() if s.cow == int(words[:9])), None)
    code = code_of(words)
    return code if code in states() or code in BODIES else None


def find_kind(words: str) -> str | None:
    """Return the kind of an office by its words: «Minister of Foreign Affairs» is fm; else None."""
    plain = " ".join(words.lower().split())
    if plain in KINDS:
        return plain
    known = role(plain) if plain else None
    if known and known.office in KINDS:
        return known.office
    return next((kind for kind, pattern in _KIND_WORDS if re.search(pattern, plain)), None)


# --- days


def _order_of(cells: Iterable[str]) -> Order | None:
    """Return how days and months stand in a file, where a number over twelve tells; None where none does."""
    for cell in cells:
        found = re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-]\d{4}", cell)
        if found and int(found.group(1)) > 12:
            return "dmy"
        if found and int(found.group(2)) > 12:
            return "mdy"
    return None


def find_day(words: str, order: Order | None, *, end: bool = False) -> date | str | None:
    """Return the day a cell means, None where it is open, or why it cannot be read.

    A bare year or month is its first day, or its last where a term ends (`end`).
    """
    cell = words.strip()
    if cell.lower() in _OPEN:
        return None
    try:
        return _day(cell, order, end)
    except ValueError:
        return f"«{cell[:40]}» is no day"
    except LookupError:
        return f"«{cell[:40]}» may be two days; say with --dates dmy or mdy which"


def _day(cell: str, order: Order | None, end: bool) -> date:
    """Raises ValueError for no day, LookupError for one that can be read in two ways."""
    found = re.fullmatch(r"\+?(\d{4})-(\d\d?)-(\d\d?)(?:[T ].*)?", cell) or re.fullmatch(
        r"(\d{4})(\d\d)(\d\d)", cell
    )
    if found:
        return date(*map(int, found.groups()))
    found = re.fullmatch(r"(\d{4})(?:-(\d\d?))?", cell)
    if found:
        year, month = int(found.group(1)), int(found.group(2) or (12 if end else 1))
        return date(year, month, calendar.monthrange(year, month)[1] if end and 1 <= month <= 12 else 1)
    found = re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", cell)
    if found:
        return date(int(found.group(3)), int(found.group(2)), int(found.group(1)))
    found = re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", cell)
    if found:
        a, b, year = map(int, found.groups())
        if order is None and a != b:
            raise LookupError(cell)
        return date(year, b, a) if order == "dmy" else date(year, a, b)
    return _written_day(cell)


def _written_day(cell: str) -> date:
    """Return the day of «15 October 2013» or «Oct. 15, 2013»; else ValueError."""
    found = re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})", cell)
    day, month, year = found.groups() if found else ("", "", "")
    if not found:
        other = re.fullmatch(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", cell)
        month, day, year = other.groups() if other else ("", "", "")
    number = _MONTHS.get(month[:3].lower())
    if number is None or not calendar.month_name[number].lower().startswith(month.lower().rstrip(".")):
        raise ValueError(cell)
    return date(int(year), number, int(day))
