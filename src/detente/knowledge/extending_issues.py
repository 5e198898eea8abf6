"""Issues of a user: an `issues.toml` in, rows out, each fault with the line it stands on.

[[issues]]
id = "amber-bay-fishing"
name = "Fishing in Amber Bay"
keywords = ["fish*|trawl* + amber bay"]
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from detente.knowledge.issues import our_issues
from detente.knowledge.layers import Fault
from detente.knowledge.tables import Row

COLUMNS = ("id", "name", "aliases", "parents", "keywords", "source", "checked")
_LISTS = ("aliases", "parents", "keywords")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_AT_LINE = re.compile(r"\(at line (\d+), column \d+\)|\(at end of document\)")


def read_user_issues(text: str, name: str) -> tuple[tuple[Row, ...], tuple[Fault, ...]]:
    """Return the issues as rows (lists parted by |, keywords by line ends) and what is wrong."""
    try:
        table = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        found = _AT_LINE.search(str(error))
        line = int(found.group(1) or 0) if found else 0
        said = _AT_LINE.sub("", str(error)).strip().rstrip(".")
        mend = 'begin each issue with [[issues]] and write id = "…" and name = "…" below'
        return (), (Fault(name, line, "", f"no TOML ({said})", "TOML", mend),)
    faults = list(_judge_table(table, name))
    given = table.get("issues", [])
    if faults or not isinstance(given, list):
        return (), tuple(faults)
    lines = _lines_of(text, given)
    for issue, line in zip(given, lines, strict=True):
        faults += _judge_issue(issue, line, name)
    if not faults:
        faults += _judge_family(given, lines, name)
    if faults:
        return (), tuple(faults)
    usual: dict[str, str] = {key: str(table[key]) for key in ("source", "checked") if key in table}
    return tuple(_row(i, n, name, usual) for i, n in zip(given, lines, strict=True)), ()


def _judge_table(table: Mapping[str, Any], name: str) -> Iterator[Fault]:
    for key in table:
        if key not in ("issues", "source", "checked"):
            yield Fault(name, 0, "", f"«{key[:60]}»", "issues, source or checked", "put it below [[issues]]")
    if not isinstance(table.get("issues", []), list):
        yield Fault(name, 0, "issues", "one table", "a list of tables", "write [[issues]] with two brackets")


def _lines_of(text: str, given: list[Any]) -> list[int]:
    """Return the line each issue begins on, as near as it can be told."""
    heads = [n for n, line in enumerate(text.split("\n"), 1) if re.match(r"\s*\[\[\s*issues\s*\]\]", line)]
    if len(heads) == len(given):
        return heads
    ids = [issue.get("id") if isinstance(issue, dict) else None for issue in given]
    return [_line_with(text, id) if isinstance(id, str) and id else 0 for id in ids]


def _line_with(text: str, id: str) -> int:
    found = re.search(rf"\bid\s*=\s*[\"']{re.escape(id)}[\"']", text)
    return text.count("\n", 0, found.start()) + 1 if found else 0


def _judge_issue(issue: Any, line: int, name: str) -> Iterator[Fault]:
    if not isinstance(issue, dict):
        yield Fault(name, line, "", f"«{str(issue)[:60]}»", "an issue", 'write {id = "…", name = "…"}')
        return
    for key, value in issue.items():
        if key not in COLUMNS:
            yield Fault(
                name, line, "", f"the unknown key «{key[:60]}»", "one we know", f"use {', '.join(COLUMNS)}"
            )
        elif key in _LISTS and not _is_list_of_words(value):
            yield Fault(name, line, key, _short(value), "a list of words", f'write {key} = ["…", "…"]')
        elif key not in _LISTS and not (isinstance(value, str) or key == "checked"):
            yield Fault(name, line, key, _short(value), "words in quotes", f'write {key} = "…"')
    id = issue.get("id", "")
    if isinstance(id, str) and not _ID.fullmatch(id):
        mend = "write small letters, digits and hyphens, as amber-bay-fishing"
        yield Fault(name, line, "id", _short(id) if id else "nothing", "an id", mend)
    if issue.get("name", "") == "" or not re.search(r"\w", str(issue.get("name"))):
        yield Fault(name, line, "name", "nothing", "what people call it", 'write name = "…"')
    for words in _of(issue, "aliases"):
        if "|" in words or not re.search(r"\w", words):
            mend = "write each name by itself, in letters"
            yield Fault(name, line, "aliases", _short(words), "a name", mend)
    for words in _of(issue, "keywords"):
        if not _is_keyword_set(words):
            mend = (
                "write terms parted by « + », each of alternatives parted by |, as fish*|trawl* + amber bay"
            )
            yield Fault(name, line, "keywords", _short(words), "a set of terms", mend)


def _is_list_of_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) and one.isprintable() for one in value)


def _of(issue: Mapping[str, Any], key: str) -> list[str]:
    value = issue.get(key, [])
    return value if _is_list_of_words(value) else []


def _short(value: Any) -> str:
    return f"«{str(value)[:60]}»"


def _is_keyword_set(words: str) -> bool:
    """Whether each term has letters to be found by; «*» alone would find anything."""
    terms = [one for part in words.removeprefix("-").split(" + ") for one in part.split("|")]
    return all(one.split() and all(re.match(r"\w", word) for word in one.split()) for one in terms)


def _judge_family(given: list[dict[str, Any]], lines: list[int], name: str) -> Iterator[Fault]:
    ours = {issue.id: issue.parents for issue in our_issues()}
    family = ours | {issue["id"]: tuple(issue.get("parents", ())) for issue in given}
    met: set[str] = set()
    for issue, line in zip(given, lines, strict=True):
        id = issue["id"]
        if id in met:
            yield Fault(name, line, "id", f"«{id}» a second time", "an id of its own", "give one another id")
        met.add(id)
        for parent in issue.get("parents", ()):
            if parent not in family:
                mend = "name an issue of ours or of this file by its id"
                yield Fault(name, line, "parents", _short(parent), "the id of an issue", mend)
        if _leads_back(id, family):
            yield Fault(
                name, line, "parents", "a ring that leads back", "wider issues", "drop one of the parents"
            )


def _leads_back(id: str, family: Mapping[str, tuple[str, ...]]) -> bool:
    above: set[str] = set()
    queue = list(family[id])
    while queue:
        one = queue.pop()
        if one == id:
            return True
        if one not in above:
            above.add(one)
            queue += family.get(one, ())
    return False


def _row(issue: Mapping[str, Any], line: int, name: str, usual: Mapping[str, str]) -> Row:
    cells = {"source": f"{name}, line {line}" if line else name} | dict(usual)
    for key, value in issue.items():
        if key == "keywords":
            cells[key] = "\n".join(value)
        else:
            cells[key] = "|".join(value) if key in _LISTS else str(value)
    return Row(cells, name, line)
