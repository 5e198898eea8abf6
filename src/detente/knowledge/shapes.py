"""What a file of a user may hold: its columns, what fits in them, and what stands where nothing was written.

The same tables as ours, with few columns needed: «Ruta Sand, LVA, hos» is a leader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from detente.knowledge import ontology
from detente.knowledge.names import fold
from detente.knowledge.states import BODIES, code_of, states
from detente.knowledge.tables import split_cell
from detente.knowledge.triggers import POS, SLOTS, word_classes

Cells = Mapping[str, str]

# What people may be, with the title printed where none is given.
KINDS = {
    "hos": "Head of State",
    "hog": "Head of Government",
    "leader": "Leader",
    "fm": "Foreign Minister",
    "dm": "Defence Minister",
    "finance": "Finance Minister",
    "trade": "Trade Minister",
    "security": "National Security Adviser",
    "spokes": "Spokesperson",
    "envoy": "Envoy",
    "military": "Commander",
    "legislature": "Speaker",
    "opposition": "Opposition Leader",
    "rebel": "Rebel Leader",
    "chief": "Head",
    "vice": "Vice President",
    "hog-deputy": "Deputy Prime Minister",
    "fm-deputy": "Deputy Foreign Minister",
    "spy": "Intelligence Chief",
    "official": "Official",
    "party": "Party Leader",
    "aide": "Aide",
    "nuclear": "Nuclear Negotiator",
    "subnational": "Governor",
}
SECTORS = tuple("GOV MIL LEG JUD SPY COP PTY OPP REB SEP BUS JRN MED CVL EDU LAB REL IGO NGO".split())
SEAT_KINDS = ("palace", "house", "body", "party", "firm", "group", "nick")
ROLE_KINDS = ("person", "body", "unit", "people")
OUTLET_KINDS = ("agency", "broadcaster", "newspaper")
PLACE_KINDS = ("city", "region", "sea", "strait", "disputed", "site", "line", "route")
LONGEST_CELL = 5_000  # characters; longer is a quote left open, or no table
# Where the actors of an act stand, where a row does not say.
SLOTS_OF = {
    "v": ("subj", "obj,comp.subj,obj*"),
    "n": ("by,of,poss,from,subj", "on,against,to,with,on*,against*"),
    "a": ("subj", "of,with,to,at,by"),
}
FREE = ("note", "notes", "comment")  # columns that are read by people only


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `fits` says whether a written cell will do, `mend` what would mend one that will not."""

    name: str
    expected: str
    fits: Callable[[str], bool]
    mend: Callable[[str], str]
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a row as a whole: «1999-01-01», where a day after the first was expected."""

    column: str
    read: str
    expected: str
    mend: str


@dataclass(frozen=True, slots=True)
class Shape:
    """One table: what it is for, its columns, an example row, and how a row is judged and filled."""

    table: str
    purpose: str
    columns: tuple[Column, ...]
    example: Cells
    fill: Callable[[dict[str, str]], dict[str, str]]
    judge: Callable[[Cells], Iterator[Complaint]] = lambda cells: iter(())

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


# --- what fits


def is_day(cell: str) -> bool:
    """Whether a cell is a day as we write them: 2026-03-11."""
    try:
        return re.fullmatch(r"\d{4}-\d\d-\d\d", cell) is not None and bool(date.fromisoformat(cell))
    except ValueError:
        return False


def _mend_day(cell: str) -> str:
    if re.fullmatch(r"\d{4}", cell) and cell != "0000":
        return f"write a full day, as {cell}-01-01"
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", cell) and is_day(f"{cell}-01"):
        return f"write a full day, as {cell}-01"
    found = re.fullmatch(r"(\d{1,2})([./])(\d{1,2})\2(\d{4})", cell)
    if found:
        a, mark, b, year = found.groups()
        if mark == "." or int(a) > 12 or a == b:
            turned = f"{year}-{int(b):02}-{int(a):02}"
            if is_day(turned):
                return f"write {turned}"
    return "write year, month and day, as 2026-03-11"


def _is_month(cell: str) -> bool:
    return re.fullmatch(r"[12]\d{3}-(0[1-9]|1[0-2])(-\d\d)?", cell) is not None


def _is_state(cell: str) -> bool:
    return cell in states()


def _is_actor(cell: str) -> bool:
    code, mark, name = cell.partition(":")
    return code in states() or (code in BODIES and (not mark or bool(name.strip())))


def _mend_code(cell: str) -> str:
    meant = cell.upper() if _is_actor(cell.upper()) else code_of(cell)
    if meant:
        return f"write {meant}"
    return _perhaps(cell, [*states(), *BODIES]) + (
        "write the ISO 3166 code of the state in capitals, or UNO, EUR, NATO, AFU, IGO, NGO, MNC"
    )


def _perhaps(cell: str, choices: Iterable[str]) -> str:
    """Return «perhaps RUS is meant: » for «RUZ», "" where no choice is spelt like the cell."""
    known = {choice.lower(): choice for choice in choices}
    near = get_close_matches(cell.lower(), known, n=1)
    return f"perhaps {known[near[0]]} is meant: " if near else ""


def is_name(cell: str) -> bool:
    """Whether each of the names a cell holds has a letter to be found by."""
    parts = [part.strip() for part in cell.split("|")]
    return all(re.search(r"[^\W\d_]|\d", part) and fold(part).strip() for part in parts)


def _is_number(low: float, high: float) -> Callable[[str], bool]:
    def fits(cell: str) -> bool:
        return re.fullmatch(r"-?\d{1,3}(\.\d+)?", cell) is not None and low <= float(cell) <= high

    return fits


def _mend_degrees(cell: str) -> str:
    turned = cell.replace(",", ".")
    return f"write {turned}" if _is_number(-180, 180)(turned) else "write degrees with a point, as 57.4"


def _choice(name: str, choices: tuple[str, ...], *, needed: bool = False) -> Column:
    def mend(cell: str) -> str:
        return f"{_perhaps(cell, choices)}write one of {', '.join(choices)}"

    return Column(name, f"one of {len(choices)} words", lambda cell: cell in choices, mend, needed)


def _say(words: str) -> Callable[[str], str]:
    return lambda cell: words


def _names(name: str, *, needed: bool = False) -> Column:
    return Column(
        name, "a name in letters (several parted by |)", is_name,
        _say("write the words as reports print them and no | without a name beside it"), needed,
    )  # fmt: skip


def _name(needed_name: str) -> Column:
    return Column(
        needed_name, "one name in letters", lambda cell: "|" not in cell and is_name(cell),
        _say("write one name here and other spellings under aliases"), True,
    )  # fmt: skip


def _day(name: str) -> Column:
    return Column(name, "a day", is_day, _mend_day)


def _words(name: str) -> Column:
    return Column(name, "words", lambda cell: True, _say("write words"))


_CODE = Column("code", "the code of a state or body", _is_actor, _mend_code, True)
_STATE = Column("code", "the code of a state", _is_state, _mend_code, True)
_ALIASES = _names("aliases")
_SOURCE = _words("source")
_CHECKED = Column("checked", "a month", _is_month, _say("write year and month, as 2026-11"))
_TERM = (_day("first"), _day("last"))


def _in_order(cells: Cells) -> Iterator[Complaint]:
    first, last = cells.get("first", ""), cells.get("last", "")
    if first and last and last < first:
        yield Complaint("last", f"«{last}»", f"a day on or after {first}", "turn the two round, or mend one")


# --- what stands where nothing was written


def _fill_person(cells: dict[str, str]) -> dict[str, str]:
    return {**cells, "title": cells["title"] or KINDS[cells["kind"]]}


def _fill_seat(cells: dict[str, str]) -> dict[str, str]:
    name = cells["name"] or split_cell(cells["words"])[0].removeprefix("the ")
    return {**cells, "kind": cells["kind"] or "body", "sector": cells["sector"] or "GOV", "name": name}


def _fill_organisation(cells: dict[str, str]) -> dict[str, str]:
    code = cells["code"] or "IGO"
    usual = {"NGO": "NGO", "MNC": "BUS"}.get(code, "IGO" if code in BODIES else "GOV")
    home = cells["home"] or (code if code in states() else "")
    return {
        **cells, "code": code, "sector": cells["sector"] or usual, "kind": cells["kind"] or "body",
        "home": home, "members": cells["members"] or cells["name"],
    }  # fmt: skip


def _fill_role(cells: dict[str, str]) -> dict[str, str]:
    return {**cells, "kind": cells["kind"] or "person", "sector": cells["sector"] or "GOV"}


def _fill_outlet(cells: dict[str, str]) -> dict[str, str]:
    return {**cells, "kind": cells["kind"] or "newspaper", "state_owned": cells["state_owned"] or "no"}


def _fill_place(cells: dict[str, str]) -> dict[str, str]:
    return {**cells, "kind": cells["kind"] or "city"}


def _fill_trigger(cells: dict[str, str]) -> dict[str, str]:
    pos = cells["pos"] or "v"
    kind = ontology.kinds().get((cells["type"], cells["mode"] or None))
    source, recipient = SLOTS_OF[pos] if kind else ("", "")
    return {
        **cells, "pos": pos, "source": cells["source"] or source,
        "recipient": cells["recipient"] or recipient, "cameo": cells["cameo"] or (kind.cameo if kind else ""),
    }  # fmt: skip


def _same(cells: dict[str, str]) -> dict[str, str]:
    return cells


# --- acts


def _is_type(cell: str) -> bool:
    return cell == "NONE" or (cell, None) in ontology.kinds()


def _types() -> tuple[str, ...]:
    return (*dict.fromkeys(kind for kind, _ in ontology.kinds()), "NONE")


def _mend_type(cell: str) -> str:
    return f"{_perhaps(cell, _types())}write one of {', '.join(_types())}"


def _judge_trigger(cells: Cells) -> Iterator[Complaint]:
    kind, mode = cells.get("type", ""), cells.get("mode", "")
    if mode and (kind, None) in ontology.kinds() and (kind, mode) not in ontology.kinds():
        modes = ", ".join(m for k, m in ontology.kinds() if k == kind and m) or "none"
        yield Complaint("mode", f"«{mode}»", f"a mode of {kind}", f"its modes are {modes}")


def _are_slots(cell: str) -> bool:
    return all(part.strip().rstrip("*") in SLOTS for part in cell.split(","))


def _are_objects(cell: str) -> bool:
    parts = [part.strip() for part in cell.split("|")]
    return all(part and (not part.startswith("@") or part in word_classes()) for part in parts)


def _are_lemmas(cell: str) -> bool:
    return is_name(cell) and "|" not in cell and "," not in cell


_SLOTS_MEND = _say(f"write slots parted by commas, of {' '.join(sorted(SLOTS))}; * looks inside the phrase")


def _keeps_to_class(cell: str) -> bool:
    return re.fullmatch(r"@\w+", cell) is not None


SHAPES = (
    Shape(
        "people",
        "Who held which office when. A new holder ends the term of the one we have, on the day he begins.",
        (_name("name"), _CODE, _choice("kind", tuple(KINDS), needed=True), _words("title"), _ALIASES,
         _choice("gender", ("m", "f")), *_TERM, _SOURCE, _CHECKED),
        {"name": "Ruta Sand", "code": "LVA", "kind": "hos", "title": "President", "first": "2027-07-08"},
        _fill_person,
        _in_order,
    ),
    Shape(
        "states_names",
        "More names, adjectives and names of the people of a state we know.",
        (_STATE, _names("names"), _names("adjectives"), _names("people")),
        {"code": "EST", "names": "Estland", "adjectives": "Estlandic"},
        _same,
    ),
    Shape(
        "states_seats",
        "Palaces, ministries, parties, services: words that stand for a state.",
        (_STATE, _names("words", needed=True), _choice("kind", SEAT_KINDS), _choice("sector", SECTORS),
         _words("name"), *_TERM),
        {"code": "EST", "words": "Stenbock House|the Stenbock House", "kind": "palace"},
        _fill_seat,
        _in_order,
    ),
    Shape(
        "organisations",
        "Bodies, blocs, armed groups, parties, firms. Armed groups and parties bear the code of their state.",
        (_name("name"), Column("code", _CODE.expected, _is_actor, _mend_code), _ALIASES,
         _choice("sector", SECTORS), _words("kind"),
         Column("home", "the code of a state", _is_state, _mend_code), _words("members"),
         _names("nicknames")),
        {"name": "Amber Coast Forum", "code": "IGO", "aliases": "ACF", "nicknames": "the forum"},
        _fill_organisation,
    ),
    Shape(
        "organisations_members",
        "Who belongs to an organisation, from when to when. Your list of one replaces ours.",
        (_name("organisation"), _STATE, *_TERM, _SOURCE, _CHECKED),
        {"organisation": "Amber Coast Forum", "code": "LVA", "first": "2025-01-01"},
        _same,
        _in_order,
    ),
    Shape(
        "outlets",
        "Newspapers, broadcasters, agencies: where they sit, and whether the state owns or runs them.",
        (_name("name"), _STATE, _ALIASES, _choice("kind", OUTLET_KINDS),
         _choice("state_owned", ("yes", "no")), _SOURCE, _CHECKED),
        {"name": "Amber Coast Courier", "code": "LVA", "kind": "newspaper", "state_owned": "no"},
        _fill_outlet,
    ),
    Shape(
        "places",
        "Places by name; a country where they have one, degrees where you know them.",
        (_name("name"), Column("country", "the code of a state", _is_state, _mend_code), _ALIASES,
         _choice("kind", PLACE_KINDS),
         Column("lat", "a number from -90 to 90", _is_number(-90, 90), _mend_degrees),
         Column("lon", "a number from -180 to 180", _is_number(-180, 180), _mend_degrees)),
        {"name": "Amber Bay", "country": "LVA", "kind": "region", "lat": "57.4", "lon": "21.6"},
        _fill_place,
    ),
    Shape(
        "traps",
        "Names that look like a state, capital or person and are none.",
        (_names("words", needed=True), _words("why")),
        {"words": "Riga Street|Riga Cup", "why": "a street and a race"},
        _same,
    ),
    Shape(
        "roles",
        "Words for parts people play, in lower case and the singular; they join names and states.",
        (Column("words", "words in lower case parted by |",
                lambda cell: is_name(cell) and cell == cell.lower(),
                lambda cell: f"write {cell.lower()}" if is_name(cell) else "write words parted by |", True),
         _choice("kind", ROLE_KINDS), _choice("sector", SECTORS), _choice("gender", ("m", "f")),
         _words("office")),
        {"words": "harbour commissioner", "sector": "GOV"},
        _fill_role,
    ),
    Shape(
        "word_classes",
        "More words for a class that triggers and modes ask for; a new class is one of your own.",
        (Column("class", "a class, as @sanction", _keeps_to_class,
                _say("begin it with @ and write one word"), True),
         Column("lemmas", "a list of lemmas parted by |", is_name, _say("write words parted by |"), True)),
        {"class": "@sanction", "lemmas": "port ban|dues hike"},
        _same,
    ),
    Shape(
        "triggers",
        "Words that name an act; type NONE for words that name none. Lemmas: «blacklist», not «blacklisted».",
        (Column("words", "one run of lemmas", _are_lemmas,
                _say("write one run of words a row, without commas and |"), True),
         Column("type", "a PLOVER type or NONE", _is_type, _mend_type, True),
         _choice("pos", tuple(POS)), _words("mode"),
         Column("cameo", "a CAMEO code", lambda cell: cell in ontology.cameo_codes(),
                _say("write the code with its leading zero, as 057, or leave it out")),
         Column("source", "a list of slots", _are_slots, _SLOTS_MEND),
         Column("recipient", "a list of slots", _are_slots, _SLOTS_MEND),
         Column("object", "a list of lemmas or known @classes parted by |", _are_objects,
                _say("write lemmas, comp, or a class of word_classes parted by |")),
         _words("example")),
        {"words": "debank", "type": "SANCTION", "mode": "discontinue", "pos": "v",
         "example": "Oslo debanked two Belarusian firms."},
        _fill_trigger,
        _judge_trigger,
    ),
)  # fmt: skip
