"""Lists of who followed whom in an office, kept by hand in `training/offices/*.txt`, read as terms.

    FRA President: 2012-05-15 François Hollande = Francois Hollande; 2017-05-14 Emmanuel Macron

One line is one office of one state; each holder serves until the next one takes over, the last until today.
A day, a month or a year may stand before a name, «-» for «nobody known from here on», «=» before other
spellings (parted by «|»), «(f)» after a woman. The kind of the offices is the file's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

OFFICES = Path(__file__).resolve().parent / "offices"
KINDS = {
    "foreign_ministers": "fm",
    "heads_of_state": "hos",
    "heads_of_government": "hog",
    "defence_ministers": "dm",
    "finance_ministers": "finance",
    "bodies": "chief",
    "rulers": "leader",
}
LINE = re.compile(r"(?P<code>[A-Z]{3,4}(?::[^:]+?)?)(?: (?P<title>[^:;\d]+))?: (?P<holders>\d.*)")
HOLDER = re.compile(
    r"(?P<first>\d{4}(-\d\d(-\d\d)?)?) (?P<name>[^=]+?)(?P<woman> \(f\))?"
    r"(?: = (?P<also>.+?))?(?P<she> \(f\))?"
)


@dataclass(frozen=True, slots=True)
class Holding:
    """One holder of an office: `last` is "" who holds it still; `checked` the month the list was right."""

    code: str
    kind: str
    title: str
    name: str
    aliases: tuple[str, ...]
    gender: str
    first: str
    last: str
    checked: str


def read_chains() -> Iterator[Holding]:
    """Yield every holder of every list; ValueError names file and line where one cannot be read."""
    for path in sorted(OFFICES.glob("*.txt")):
        checked = ""
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            found = re.search(r"checked: (\d{4}-\d\d)", line)
            checked = found.group(1) if found else checked
            if line and not line.startswith("#"):
                try:
                    yield from read_line(line, KINDS[path.stem], checked)
                except ValueError as error:
                    raise ValueError(f"{path.name}, line {number}: {error}") from error


def read_line(line: str, kind: str, checked: str) -> Iterator[Holding]:
    """Yield the holders of one office; raise ValueError for what does not fit or runs backward in time."""
    found = LINE.fullmatch(line)
    if not found:
        raise ValueError(f"«{line[:50]}» does not read «CODE Title: FIRST NAME; FIRST NAME»")
    holders = [one_of(part.strip()) for part in found["holders"].split(";") if part.strip()]
    starts = [first for first, *_ in holders]
    if starts != sorted(starts):
        bad = next(b for a, b in pairwise(starts) if b < a)
        raise ValueError(f"{found['code']}: {bad} stands after a later day")
    ends = [*starts[1:], ""]
    joined = join_same(zip(holders, ends, strict=True))
    for (first, name, aliases, gender), last in joined:
        if name != "-":
            title = found["title"] or ""
            yield Holding(found["code"], kind, title, name, aliases, gender, first, last, checked)


def one_of(part: str) -> tuple[str, str, tuple[str, ...], str]:
    """Return first day, name, other spellings and gender of «2017-06-18 Kang Kyung-wha (f)»."""
    found = HOLDER.fullmatch(part)
    if not found:
        raise ValueError(f"«{part}» does not read «FIRST NAME = OTHER|OTHER (f)»")
    aliases = tuple(a.strip() for a in (found["also"] or "").split("|") if a.strip())
    gender = "f" if found["woman"] or found["she"] else "m"
    return full_day(found["first"]), found["name"], aliases, gender


Told = tuple[tuple[str, str, tuple[str, ...], str], str]


def join_same(told: Iterator[Told]) -> list[Told]:
    """Return holders with two terms of one person in a row made one."""
    out: list[Told] = []
    for holder, last in told:
        if out and out[-1][0][1] == holder[1]:
            out[-1] = (out[-1][0], last)
        else:
            out.append((holder, last))
    return out


def full_day(day: str) -> str:
    """Return «2014-01-01» for «2014», «2014-03-01» for «2014-03»."""
    return day + "-01-01"[len(day) - 4 :] if len(day) < len("2014-01-01") else day
