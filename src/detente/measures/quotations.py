"""Records in, quotations out: who said what, of whom, on which day, in whose report.

Speech is kept as statements; an act or a stance that rests on somebody's words is his speech, too, and is
shown once, by the statement if there is one.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.errors import NotInArchive
from detente.knowledge import issues, states
from detente.measures.lines import Quote
from detente.measures.naming import name_near, state_name
from detente.measures.quoting import quote_of, said_on
from detente.measures.standing import resolve_issue

if TYPE_CHECKING:
    from detente.archive import Archive

Row = Mapping[str, Any]

_ORDER = {"statement": 0, "position": 1, "figure": 2, "event": 3}  # which record shows a stretch of speech


@dataclass(frozen=True, slots=True)
class Quotation:
    """What one speaker said: `kind` direct (his own words) or indirect (the reporter's).

    `code` is the state or body he belongs to, None where unresolved; `via` the agencies between, nearest
    first; `about` the codes of whom it concerns; `issue` and `direction` where a record says them.
    """

    speaker: str
    code: str | None
    role: str | None
    kind: str
    date: date | None
    quote: Quote
    record: str
    via: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    issue: str | None = None
    direction: str | None = None


def find_quotations(
    archive: Archive,
    *,
    speaker: str | None = None,
    about: str | None = None,
    words: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Quotation, ...]:
    """Return what was said, newest first, those of one day in the order of the text.

    `speaker` is a name («Xi Jinping», «Xi»), a role («ambassador») or a state («China»: whoever speaks for
    it); a name finds only those the record names so. `about` is a state or an issue; `words` must all stand
    in the quote. Raises NotInArchive, with the nearest names, where nobody of that name speaks.
    """
    # Whom a statement is by stands in no index of the ledger, so all records of the window are looked at.
    spoken: list[Row] = [
        row for row in archive.records(since=since, until=until) if row["attribution"]["speaker"]
    ]
    if speaker:
        spoken = _of_speaker(archive, spoken, speaker)
    if about:
        spoken = _about(archive, spoken, about)
    wanted = _fold(words or "").split()
    found = (row for row in _each_once(spoken) if all(w in _fold(row["quote"]) for w in wanted))
    return tuple(_quotation(row) for row in sorted(found, key=_newest_first))


def is_named(speaker: Mapping[str, Any], words: str) -> bool:
    """Whether words mean this speaker: all of them in his name, or in his role, or his state's name.

    «Xi» means Xi Jinping, «Xi Jinping» does not mean a bare «Xi» that nobody could place.
    """
    asked = _fold(words).split()
    for named in (speaker.get("name"), speaker.get("role")):
        have = _fold(named or "").split()
        if asked and all(word in have for word in asked):
            return True
    code = states.code_of(words)
    return code is not None and speaker.get("code") == code


def _of_speaker(archive: Archive, rows: Iterable[Row], words: str) -> list[Row]:
    rows = list(rows)
    found = [row for row in rows if is_named(row["attribution"]["speaker"], words)]
    if found:
        return found
    everybody = [row for row in archive.records() if row["attribution"]["speaker"]]
    if any(is_named(row["attribution"]["speaker"], words) for row in everybody):
        return []  # he is quoted, but not in the window asked for
    names = Counter(_name_of(row["attribution"]["speaker"]) for row in everybody)
    near = name_near(words, {name: name for name in names})
    mend = f"nearest are {', '.join(near)}" if near else "it quotes nobody at all"
    raise NotInArchive(f"{archive.path} quotes nobody named «{words}»; {mend}.")


def _about(archive: Archive, rows: Iterable[Row], words: str) -> list[Row]:
    code = states.code_of(words)
    if code:
        return [row for row in rows if code in _concerned(row)]
    wanted = _issues_meant(archive, words)
    return [
        row
        for row in rows
        if row["issue"] in wanted or wanted & {id for id, _, _ in issues.find_issues(row["quote"])}
    ]


def _issues_meant(archive: Archive, words: str) -> frozenset[str]:
    """Return the issues that words mean; one the table knows needs no position on it in the archive."""
    known = issues.issue(words) or issues.issue(issues.best_issue(words) or "")
    try:
        return resolve_issue(archive, words) | ({known.id} if known else set())
    except NotInArchive:
        if known:
            return frozenset({known.id})
        raise


def _concerned(row: Row) -> set[str]:
    actors = (*(row.get("about") or ()), *row["sources"], *row["recipients"])
    return {actor["code"] for actor in actors if actor["code"]}


def _each_once(rows: Iterable[Row]) -> list[Row]:
    """Return one record for each stretch one speaker says: of those that overlap the statement, if any."""
    kept: dict[tuple[str, str, str], list[Row]] = {}
    for row in sorted(rows, key=lambda r: (_ORDER.get(r["record"], 9), r["start"], -r["end"])):
        key = (row["report"], row["field"], _name_of(row["attribution"]["speaker"]))
        held = kept.setdefault(key, [])
        if not any(other["start"] < row["end"] and row["start"] < other["end"] for other in held):
            held.append(row)
    return [row for held in kept.values() for row in held]


def _quotation(row: Row) -> Quotation:
    said = row["attribution"]
    speaker = said["speaker"]
    about = tuple(dict.fromkeys(a["code"] for a in (row.get("about") or ()) if a["code"]))
    return Quotation(
        speaker=_name_of(speaker), code=speaker["code"], role=speaker["role"], kind=said["kind"],
        date=said_on(row), quote=quote_of(row), record=row["record"], via=tuple(said["via"]),
        speaks_for=tuple(said["speaks_for"]), about=about or tuple(sorted(_concerned(row))),
        issue=row["issue"], direction=row.get("direction"),
    )  # fmt: skip


def _name_of(speaker: Mapping[str, Any]) -> str:
    """Return a speaker by name, else role, else the state that speaks."""
    code = speaker.get("code")
    return str(speaker.get("name") or speaker.get("role") or (state_name(code) if code else "unnamed"))


def _fold(words: str) -> str:
    """Return words in one case, without accents and marks: «Erdoğan's» -> «erdogan s»."""
    plain = unicodedata.normalize("NFKD", words.casefold()).replace("ı", "i")
    return " ".join("".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c)).split())


def _newest_first(row: Row) -> tuple[int, str, bool, int]:
    """By day, the newest first; of one day in the order of the text."""
    day = said_on(row) or date.min
    return (-day.toordinal(), row["report"], row["field"] == "text", row["start"])
