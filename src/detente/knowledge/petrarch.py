"""PETRARCH and CAMEO dictionaries of actors and agents, read as rows of our tables.

    SVEN_LUNDE_  ; a comment
    +S._LUNDE_
        [NORGOV 091001-131015]
        [NOROPP >131016]

becomes two terms of Sven Lunde. A date restriction is a term of office; a name with a state's bare code is
one more name of the state; a group is an organisation; an agent (`[~MIL]`) is a role. What cannot be said in
our tables is skipped, with its line and why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from detente.knowledge.gazetteer import gazetteer
from detente.knowledge.imports import Import, Skipped
from detente.knowledge.roles import role
from detente.knowledge.shapes import SECTORS, is_name
from detente.knowledge.states import states

# Codes of CAMEO that ISO 3166 writes otherwise, or that stand for what ours has under another code.
OTHER_CODES = {
    "ROM": "ROU", "TMP": "TLS", "ZAR": "COD", "KSV": "KOS", "XKX": "KOS", "PAL": "PSE", "GZS": "PSE",
    "WSB": "PSE", "WBK": "PSE", "SRP": "SRB", "USR": "SUN", "FRY": "SCG", "BYS": "BLR",
}  # fmt: skip
ARMED = ("REB", "SEP", "INS", "RAD")
_SECTOR_OF = {
    "INS": "REB",
    "RAD": "REB",
    "SEP": "SEP",
    "UAF": "REB",
    "HLH": "CVL",
    "AGR": "CVL",
    "DEV": "CVL",
}
# What a person is called by sector, among the kinds of people.csv.
_KIND_OF = {
    "MIL": "military", "LEG": "legislature", "OPP": "opposition", "REB": "rebel", "SEP": "rebel",
    "SPY": "spy", "PTY": "party",
}  # fmt: skip
_CODE = re.compile(r"\[\s*([A-Z~-][A-Z-]*)\s*([<>]?)\s*(\d*)\s*(?:-\s*(\d+))?\s*\]")
_BRACKET = re.compile(r"\[[^\]]*\]?")
_MACRO = re.compile(r"!\w+!")
_PIVOT = 30  # two-digit years below are of this century
_SMALL = frozenset(
    "of the and for in on to de la del du des von van der den da dos di al el bin ibn e y".split()
)


@dataclass(slots=True)
class _Entry:
    """One head with its other spellings and codes, each with its line."""

    line: int
    names: list[tuple[int, str]]
    codes: list[tuple[int, str]] = field(default_factory=list)
    plurals: list[str] = field(default_factory=list)


def read_petrarch(texts: Iterable[tuple[str, str]]) -> Import:
    """Return the rows that dictionaries give, (file name, text) each, and what was skipped."""
    made = Import()
    for file, text in texts:
        already = len(made.rows("people"))
        macros: dict[str, tuple[str, ...]] = {}
        for entry in _entries(text, file, made, macros):
            made.read += 1
            _take(entry, file, made, macros)
        made.close_people(already)
    return made


def _entries(text: str, file: str, made: Import, macros: dict[str, tuple[str, ...]]) -> Iterator[_Entry]:
    """Yield the entries of a dictionary; a head without a code reads as a spelling of the head after it."""
    entry: _Entry | None = None
    for number, whole in enumerate(text.split("\n"), 1):
        line = re.split(r"[#;]", whole, maxsplit=1)[0].strip()
        if not line:
            continue
        found = re.fullmatch(r"(!\w+!)\s*=\s*(.+)", line)
        if found:
            macros[found.group(1).upper()] = tuple(w.strip() for w in found.group(2).split(",") if w.strip())
            continue
        codes = [(number, code) for code in _BRACKET.findall(line)]
        words = _BRACKET.sub(" ", line)
        plurals = [p for found in re.findall(r"\{([^}]*)\}?", words) for p in found.split(",") if p.strip()]
        words = re.sub(r"\{[^}]*\}?", " ", words).strip()
        if words and not words.startswith("+") and (entry is None or entry.codes):
            if entry:
                yield entry
            entry = _Entry(number, [])
        if entry is None:
            made.skip(file, number, line, "it belongs to no name")
            continue
        if words.strip("+ "):
            entry.names.append((number, words.lstrip("+ ")))
        entry.plurals += plurals
        entry.codes += codes
    if entry:
        yield entry


def _take(entry: _Entry, file: str, made: Import, macros: dict[str, tuple[str, ...]]) -> None:
    names = []
    for line, name in entry.names:
        spelled = [plain_name(n) for n in _opened(name, macros)]
        if spelled and all(is_name(n) and "|" not in n and n.isprintable() for n in spelled):
            names += spelled
        else:
            made.skip(file, line, name, "it holds no name")
    names = list(dict.fromkeys(names))
    if not names:
        return
    if not entry.codes:
        made.skip(file, entry.line, names[0], "it has no code")
    for line, written in entry.codes:
        found = _CODE.fullmatch(written)
        if found is None:
            made.skip(file, line, names[0], f"«{written[:40]}» is no code with dates")
            continue
        code, side, one, two = found.groups()
        term = _term(side, one, two)
        if isinstance(term, str):
            made.skip(file, line, names[0], term)
        elif code.startswith("~"):
            _take_agent(code[1:], names, [plain_name(p).lower() for p in entry.plurals], file, line, made)
        else:
            _take_actor(code, names, term, file, line, made)


def _opened(name: str, macros: dict[str, tuple[str, ...]]) -> list[str]:
    """Return the spellings a macro stands for: FISHER!PERSON! is fisherman, fishermen, …"""
    found = _MACRO.search(name)
    if not found:
        return [name]
    return [name.replace(found.group(), word) for word in macros.get(found.group().upper(), ())]


def plain_name(written: str) -> str:
    """Return a name as papers print it: «UNITED_NATIONS_» is «United Nations», «U.N._» is «U.N.»."""
    words = re.sub(r"[()\"]", " ", written.replace("_", " ")).split()
    return " ".join(_cased(word, first=i == 0, alone=len(words) == 1) for i, word in enumerate(words))


def _cased(word: str, *, first: bool, alone: bool) -> str:
    if word.lower() in _SMALL and not first:
        return word.lower()
    if "." in word or (alone and _is_acronym(word.upper())) or not re.search("[AEIOUY]", word.upper()):
        return word.upper()
    return "-".join(map(_capitalized, word.split("-")))


def _is_acronym(word: str) -> bool:
    """Whether a name of one word is written in capitals: «NATO», «WFP», but «Iraq»."""
    return bool(gazetteer().get(word)) or (len(word) <= 3 and not gazetteer().get(word.capitalize()))


def _capitalized(word: str) -> str:
    """Return a word with its capitals: «People's», «O'Neill»."""
    head, mark, tail = word.capitalize().partition("'")
    return head + mark + (tail.capitalize() if len(head) <= 2 else tail)


# --- dates


def _term(side: str, one: str, two: str | None) -> tuple[str, str] | str:
    """Return first and last day of a restriction, "" where open, or why it cannot be read."""
    if not one:
        return ("", "") if not side else f"«{side}» has no date"
    first = _day(one)
    last = _day(two) if two else None
    if first is None or (two and last is None):
        return f"«{one}{'-' + two if two else ''}» is no date"
    if side == "<":
        return "", (first - timedelta(days=1)).isoformat()
    if side == ">":
        return first.isoformat(), ""
    end = last or first
    return (first.isoformat(), end.isoformat()) if end >= first else f"«{one}-{two}» ends before it begins"


def _day(digits: str) -> date | None:
    """Return the day of YYMMDD or YYYYMMDD; the day 31 of a shorter month is its last."""
    if len(digits) == 6:
        year = int(digits[:2])
        digits = f"{2000 + year if year < _PIVOT else 1900 + year}{digits[2:]}"
    if len(digits) != 8:
        return None
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if not (1 <= month <= 12 and 1 <= day <= 31 and 1600 <= year <= 2200):
        return None
    after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), after - timedelta(days=1))


# --- codes


def _take_actor(
    code: str, names: Sequence[str], term: tuple[str, str], file: str, line: int, made: Import
) -> None:
    if set(code) == {"-"}:
        made.add("traps", {"words": "|".join(names), "why": f"no actor in {file}"})
        return
    parts = [code[i : i + 3] for i in range(0, len(code), 3)]
    sector = _sector(parts)
    where = _home(parts) or ("NGO" if sector in ("REB", "SEP") else None)  # fighters of no one state
    if where is None:
        made.skip(file, line, names[0], f"«{code}» is of no state or body we know")
        return
    if any(term):
        who = {"name": names[0], "code": where, "kind": _KIND_OF.get(sector, "official")}
        rest = {"aliases": "|".join(names[1:]), "first": term[0], "last": term[1]}
        rest["source"] = f"{file}, line {line}"
        if len(parts) == 1 and where in states():
            made.skip(file, line, names[0], "a state's name with dates cannot be said in our tables")
        else:
            made.add("people", who | rest)
        return
    fresh = [name for name in names if not _is_known(name, where)]
    if not fresh:
        made.skip(file, line, names[0], "our tables know it already", silent=True)
    elif len(parts) == 1 and where in states():
        made.add("states_names", {"code": where, "names": "|".join(fresh)})
    else:
        kind = "armed group" if sector in ("REB", "SEP") else "party" if sector in ("PTY", "OPP") else "body"
        body = {
            "name": fresh[0],
            "code": where,
            "aliases": "|".join(fresh[1:]),
            "sector": sector,
            "kind": kind,
        }
        made.add("organisations", body)


def _home(parts: Sequence[str]) -> str | None:
    """Return the code of the codebook for CAMEO's parts: «IGO UNO» is UNO, «IMG MUS ALQ» an NGO (REB)."""
    first = OTHER_CODES.get(parts[0], parts[0])
    if first in states():
        return first
    if first == "IGO":
        known = {"UNO": "UNO", "EEC": "EUR", "NAT": "NATO", "AFU": "AFU"}
        return next((known[p] for p in parts[1:] if p in known), "IGO")
    return {"NGO": "NGO", "NGM": "NGO", "MNC": "MNC", "IMG": "NGO"}.get(first)


def _sector(parts: Sequence[str]) -> str:
    """Return our sector of CAMEO's parts; the military of a government is MIL."""
    said = [_SECTOR_OF.get(part, part) for part in parts[1:]]
    if parts[0] in ("IGO", "NGO", "MNC", "IMG"):
        return {"IGO": "IGO", "NGO": "NGO", "MNC": "BUS", "IMG": "REB"}[parts[0]]
    if "MIL" in said:
        return "MIL"
    known = [part for part in said if part in SECTORS]
    return known[0] if known else "CVL" if said else "GOV"


def _is_known(name: str, code: str) -> bool:
    return any(entry.code == code for entry in gazetteer().get(name))


def _take_agent(
    code: str, names: Sequence[str], plurals: Sequence[str], file: str, line: int, made: Import
) -> None:
    parts = ["", *(code[i : i + 3] for i in range(0, len(code), 3))]
    sector = _sector(parts)
    fresh = [name.lower() for name in names if role(name.lower()) is None and name.lower() not in plurals]
    if not fresh:
        made.skip(file, line, names[0].lower(), "our tables know it already", silent=True)
        return
    made.add("roles", {"words": "|".join(fresh), "kind": "person", "sector": sector})


__all__ = ["Import", "Skipped", "read_petrarch"]
