"""A sentence looked up: where its names and roles start, and the small questions asked of its words.

«US envoy» starts at a state and goes on to a role; «in Moscow» is a place; «Jordan Smith» is no state.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from detente.knowledge.gazetteer import Entry, common_surnames, cut, gazetteer
from detente.knowledge.names import Match, Words, is_shouted
from detente.knowledge.organisations import Organisation
from detente.knowledge.roles import Role, cue, roles
from detente.knowledge.states import Seat, states
from detente.language.analysis import Sentence

How = Literal["name", "capital", "adjective", "role", "pronoun", "group"]
Ref = Literal["", "person", "bare", "nickname", "pronoun", "group", "country", "counterpart"]

NATION_KINDS = frozenset({"state", "adjective", "people", "capital", "seat", "body"})


@dataclass(frozen=True, slots=True)
class Piece:
    """What words say by themselves, by token index, half open.

    `code` is None where they name no state or body. `key` is the folded name of a person; `members` the codes
    of a compound («Russian and Chinese diplomats»); `ref` says how to ask the report, "" not at all.
    """

    start: int
    end: int
    head: int
    how: How
    code: str | None = None
    name: str | None = None
    key: str = ""
    role: Role | None = None
    role_words: str = ""
    org: str | None = None
    sector: str = "GOV"
    person: bool = False
    former: bool = False
    place: bool = False
    members: tuple[str, ...] = ()
    ref: Ref = ""
    score: float = 1.0
    why: str = ""
    surname_only: bool = False
    titled: bool = False
    seen: bool = False  # the reader saw a person's name here
    body: Organisation | None = None
    native: bool = False  # serves the state at hand: «the spokeswoman of the foreign ministry»
    possessor: int | None = None  # token of «his», where the piece is «his counterpart»
    many: bool = False  # several by its form: «the Iranians», whom «they» may mean


@dataclass(frozen=True, slots=True)
class Nation:
    """An atom that names whose: its code and where it ends, in words."""

    end: int
    code: str
    kind: str
    sector: str = "GOV"
    org: str | None = None
    body: Organisation | None = None


@dataclass(frozen=True, slots=True)
class Hints:
    """What the whole report tells a sentence: which words stand anywhere in it."""

    words: frozenset[str] = frozenset()

    @property
    def georgia_is_american(self) -> bool:
        """Whether «Georgia» is the American state here: Atlanta is named and Tbilisi is not."""
        return bool(self.words & cue("georgia-usa")) and not self.words & cue("georgia-state")

    @property
    def congo_is_brazzaville(self) -> bool:
        """Whether «Congo» and «Congolese» are of the smaller Congo: Brazzaville is named, Kinshasa not."""
        return bool(self.words & cue("congo-small")) and not self.words & cue("congo-large")

    @property
    def dominican_is_dominica(self) -> bool:
        """Whether «Dominican» is of Dominica here: Roseau is named, Santo Domingo is not."""
        return bool(self.words & cue("dominica")) and not self.words & cue("dominican-republic")

    @property
    def korea_is_southern(self) -> bool:
        """Whether «Korea» alone is the South here: Seoul is named and Pyongyang is not."""
        return bool(self.words & {"Seoul", "Busan"}) and not self.words & {"Pyongyang", "DPRK"}


@dataclass(slots=True)
class Scan:
    """One sentence with its words looked up: where names and roles start."""

    sentence: Sentence
    hints: Hints
    words: Words = field(init=False)
    lower: tuple[str, ...] = field(init=False)
    atoms: dict[int, Match[Entry]] = field(init=False)
    role_at: dict[int, Match[Role]] = field(init=False)
    token_of: tuple[int, ...] = field(init=False)
    names: dict[int, int] = field(init=False)

    def __post_init__(self) -> None:
        s = self.sentence
        self.words = cut(s.text, shouted=is_shouted(s.text))
        self.lower = tuple(k.lower() for k in self.words.keys)
        self.atoms = {m.start: m for m in gazetteer().find(self.words)}
        lowered = replace(self.words, keys=self.lower)
        self.role_at = {m.start: m for m in roles().find(lowered)}
        starts = [t.start - s.start for t in s.tokens]
        self.token_of = tuple(max(0, bisect_right(starts, at) - 1) for at in self.words.starts)
        self.names = self._people_by_reader()

    def _people_by_reader(self) -> dict[int, int]:
        """Return start -> end, in words, of each person's name the reader saw."""
        found = {}
        for name in self.sentence.names:
            if name.kind == "PER":
                inside = [w for w, t in enumerate(self.token_of) if name.start <= t < name.end]
                if inside:
                    found[inside[0]] = inside[-1] + 1
        return found

    def key(self, i: int) -> str:
        return self.words.keys[i] if 0 <= i < len(self.words.keys) else ""

    def low(self, i: int) -> str:
        return self.lower[i] if 0 <= i < len(self.lower) else ""

    def tied(self, i: int) -> bool:
        """Whether a hyphen ties word i to the next."""
        return 0 <= i < len(self.words.hyphened) and self.words.hyphened[i]

    def is_capital(self, i: int) -> bool:
        return self.key(i)[:1].isupper()

    def upos(self, i: int) -> str:
        return (
            self.sentence.tokens[self.token_of[i]].upos
            if 0 <= i < len(self.token_of) and self.sentence.tokens
            else ""
        )

    def text(self, a: int, b: int) -> str:
        return self.sentence.text[self.words.starts[a] : self.words.ends[b - 1]]

    def is_nation(self, i: int) -> bool:
        match = self.atoms.get(i)
        return bool(match and match.entries[0].kind in NATION_KINDS)

    def span(self, a: int, b: int, head: int | None = None) -> tuple[int, int, int]:
        """Return token start, end and head for words a to b; `head` heads them if the tree fails."""
        tokens = self.sentence.tokens
        first, last = self.token_of[a], self.token_of[b - 1] + 1
        outer = [
            t for t in range(first, last) if not first <= tokens[t].head < last and tokens[t].upos != "PUNCT"
        ]
        fallback = self.token_of[b - 1 if head is None else head]
        if len(outer) == 1 or (outer and fallback not in outer):
            return first, last, outer[0] if any(t.head >= 0 for t in tokens) else fallback
        return first, last, fallback

    def after_possessive(self, i: int) -> tuple[int, bool]:
        """Return where the words after «'s» start, and whether there was one."""
        if self.key(i) == "'":
            if self.low(i + 1) == "s":
                return i + 2, True
            if self.key(i - 1)[-1:] == "s":
                return i + 1, True
        return i, False

    def is_modifier(self, k: int) -> bool:
        """Whether word k may stand between nationality and role: «top», «nuclear», «state-owned»."""
        word = self.low(k)
        if not word or not (word[0].isalnum()) or word in cue("stop") or k in self.atoms:
            return False
        tokens = self.sentence.tokens
        token = tokens[self.token_of[k]]
        if token.upos in ("ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "PUNCT", "PART"):
            return False
        return not (token.upos == "VERB" and not token.has("VerbForm=Part") and not self.tied(k - 1))

    def breaks(self, k: int) -> bool:
        return self.upos(k) in ("VERB", "AUX") and self.low(k) not in ("acting",)

    def role_ending(self, i: int) -> Iterator[Match[Role]]:
        for start in range(max(0, i - 5), i):
            match = self.role_at.get(start)
            if match and match.end == i:
                yield match

    def role_ending_at(self, end: int) -> Role | None:
        found = list(self.role_ending(end))
        return found[0].entries[0] if found else None

    def title_before(self, i: int) -> bool:
        """Whether a title stands right before word i: «President», «Mr.»."""
        before = i - 2 if self.key(i - 1) == "." else i - 1
        if self.key(before) in cue("title"):
            return True
        return any(
            m.end == i and m.entries[0].kind == "person" and not m.entries[0].plural
            for m in self.role_ending(i)
        )

    def inside_person(self, i: int, end: int) -> bool:
        """Whether the reader saw a longer person's name around words i to end."""
        return any(a <= i and end <= b and (b - a) > (end - i) for a, b in self.names.items() if a <= i)

    def starts_a_name(self, end: int) -> bool:
        """Whether the word after a first name looks like a surname."""
        word = self.key(end)
        return (
            len(word) > 2
            and word[0].isupper()
            and word.isalpha()
            and not word.isupper()
            and end not in self.role_at
            and not self.is_nation(end)
            and self.upos(end) in ("", "PROPN", "X")
        )

    def is_part_of_another(self, i: int, end: int, entry: Entry) -> bool:
        """Whether a place name belongs to a longer name: «Port Sudan», «Berlin Film Festival»."""
        if self.inside_person(i, end) or re.fullmatch("[IVX]+", self.key(end)):
            return True
        if self.key(i - 1) in (
            "New",
            "Port",
            "Lake",
            "Mount",
            "Fort",
            "Camp",
            "San",
            "Saint",
        ):
            return True
        if self.low(i - 1) == "of" and self.low(i - 2) in cue("institution"):
            return True
        if self.key(end) in cue("part-of-name") and not self.tied(end - 1):
            return True  # «Moscow Road», «Panama City Beach»
        if entry.code not in ("USA", "CAN") and self.is_overseas(end, entry):
            return True
        return entry.kind == "capital" and any(
            name.kind in ("ORG", "EVENT", "FAC")
            and name.start == self.token_of[i]
            and name.end > self.token_of[end - 1] + 2
            for name in self.sentence.names
        )

    def is_overseas(self, end: int, entry: Entry) -> bool:
        """Whether «, Texas», «, Pa.» or «, Ontario» follows, which makes «Paris» a town over there."""
        if self.key(end) != ",":
            return False
        if self.key(end + 1) in cue("american-state") and self.key(end + 2) == ".":
            return True
        if self.key(end + 1) in cue("province"):
            return True
        after = self.atoms.get(end + 1)
        if after is None or self.low(after.end) in ("and", "or"):
            return False
        spot = after.entries[0]
        if self.key(end + 1) == "Georgia":
            return entry.kind == "capital" and entry.code != "GEO"
        return spot.kind == "place" and spot.code == "USA"

    def is_american(self, i: int, end: int) -> bool:
        """Whether «Georgia» is the American state: «Athens, Georgia», «Georgia voters», by the report."""
        if self.key(i - 1) == ",":
            town = next((m for m in self.atoms.values() if m.end == i - 1), None)
            kinds = {e.kind: e.code for e in town.entries} if town else {}
            if kinds.get("place", kinds.get("capital", "GEO")) != "GEO" and self.low(end) != "and":
                return True
        if self.low(end) in cue("georgia-after"):
            return True
        here = set(self.words.keys)
        return self.hints.georgia_is_american and bool(
            here & cue("georgia-usa") or not here & cue("caucasus")
        )

    def is_korea_alone(self, match: Match[Entry]) -> bool:
        """Whether «Korea» or «Korean» stands without north or south."""
        return match.end - match.start == 1 and self.key(match.start) in ("Korea", "Korean", "Koreans")

    def is_plain_word(self, match: Match[Entry]) -> bool:
        """Whether a surname is an everyday little word here: «He», «May» at a sentence's start."""
        i, end = match.start, match.end
        if match.entries[0].kind in ("surname", "person") and self.text(i, end).islower():
            return True  # «the moon»
        little = (
            match.entries[0].kind == "surname"
            and end - i == 1
            and self.low(i) in cue("stop") | cue("pronoun")
        )
        return little and (i == 0 or self.low(i) in cue("pronoun") or self.names.get(i) != end)

    def is_loose(self, k: int) -> bool:
        """Whether an earlier capitalised word belongs elsewhere: it ends a name, or opens the sentence."""
        return any(m.end == k + 1 for m in self.atoms.values())

    def choose(self, match: Match[Entry]) -> Entry | None:
        """Return the entry meant, None where the words are somebody else's: «Jordan Smith», «Trump Tower»."""
        entries = match.entries
        i, end = match.start, match.end
        first = entries[0]
        if (
            first.kind == "surname"
            and end - i == 1
            and self.low(i) in cue("stop") | cue("pronoun")
            and (i == 0 or self.names.get(i) != end)
        ):
            return None
        if self.is_korea_alone(match) and not self.hints.korea_is_southern:
            return None
        if self.title_before(i):
            named = next((e for e in entries if e.kind in ("surname", "person")), None)
            first = named or first
        elif first.kind == "surname" and self.is_rather_a_place(i, end, entries):
            first = next((e for e in entries if e.kind in ("state", "capital", "place")), first)
        if first.kind == "state" and self.key(end) == "$":
            return None
        if first.kind == "state" and end - i == 1 and self.key(i) == "Georgia" and self.is_american(i, end):
            return None
        if first.kind == "adjective" and self.is_language(i, end):
            return None
        if self.text(i, end) == "Brussels" and self.key(end) == "," and self.key(end + 1) == "Belgium":
            return None
        if first.kind in ("state", "capital", "place") and self.is_part_of_another(i, end, first):
            return None
        if (
            first.kind == "seat"
            and end - i == 1
            and self.is_capital(i - 1)
            and self.upos(i - 1) == "PROPN"
            and i - 1 not in self.role_at
        ):
            return None
        single = end - i == 1 and self.key(i) in cue("first-name")
        if single and first.kind in ("state", "capital", "place") and self.starts_a_name(end):
            return None
        namesake = first.kind == "place" and len(entries) > 1 and self.names.get(i) == end
        if namesake and not self.is_home_named(first.code) and self.key(i) not in common_surnames():
            first = next((e for e in entries if e.kind in ("surname", "person")), first)
        return first

    def is_rather_a_place(self, i: int, end: int, entries: tuple[Entry, ...]) -> bool:
        """Whether a name of a town and of a man is the town's: no reader saw a man, or its state is named."""
        if self.names.get(i) != end or self.key(i) in common_surnames():
            return True
        return any(e.kind == "place" and self.is_home_named(e.code) for e in entries)

    def is_home_named(self, code: str) -> bool:
        """Whether the report names the state of a place, which makes «Goma» the town rather than a man."""
        state = states().get(code)
        return bool(state and self.hints.words & {*state.names, state.name, *state.adjectives, state.capital})

    def is_language(self, i: int, end: int) -> bool:
        """Whether an adjective is a language: «wrote in English and Arabic», «speaks Russian»."""
        k = end
        while self.low(k) in ("and", "or", ",") and self.is_adjective(k + 1):
            k = self.atoms[k + 1].end
        if self.upos(k) in ("NOUN", "PROPN", "ADJ", "NUM") or k in self.role_at or self.tied(end - 1):
            return False
        k = i - 1
        while self.low(k) in ("and", "or", ",") and self.is_adjective(k - 1):
            k -= 2
        return self.low(k) == "in" or self.low(k) in cue("speaking")

    def is_adjective(self, k: int) -> bool:
        match = self.atoms.get(k)
        return bool(match and match.entries[0].kind == "adjective")

    def code_here(self, match: Match[Entry], entry: Entry) -> str:
        """Return the code of a name that two states share, by what else the report names."""
        word = self.key(match.start) if match.end - match.start == 1 else ""
        if word in ("Congo", "Congolese") and self.hints.congo_is_brazzaville:
            return "COG"
        if word in ("Dominican", "Dominicans") and self.hints.dominican_is_dominica:
            return "DMA"
        return entry.code

    def nation_of(self, match: Match[Entry], entry: Entry) -> Nation:
        if isinstance(entry.ref, Seat):
            return Nation(match.end, entry.code, entry.kind, entry.ref.sector, entry.ref.name or None)
        if isinstance(entry.ref, Organisation):
            org = (
                entry.ref.name
                if entry.code in ("IGO", "NGO", "MNC") or entry.ref.kind != "body" or entry.ref.home
                else None
            )
            return Nation(match.end, entry.code, "body", entry.ref.sector, org, entry.ref)
        if entry.kind == "people":
            return Nation(match.end, self.code_here(match, entry), "people", "CVL")
        return Nation(match.end, self.code_here(match, entry), entry.kind)

    def organ_at(self, k: int, nation: Nation) -> Nation | None:
        """Return the organ of the same state at word k: «Iranian | Revolutionary Guards»."""
        match = self.atoms.get(k)
        if match is None:
            return None
        entry = match.entries[0]
        if entry.kind in ("seat", "body") and entry.code == nation.code:
            return self.nation_of(match, entry)
        return None

    def is_false_role(self, match: Match[Role]) -> bool:
        """Whether role words are no role here: «state visit», «force majeure», «public support»."""
        word, after = self.low(match.start), self.low(match.end)
        role = match.entries[0]
        of_the_crowd = role.office in ("civilian", "protest") and (not role.plural or role.kind == "people")
        if word == "national" and self.is_capital(match.start):
            return True
        if word == "regime" and self.low(match.start - 1) in cue("regime-of-things"):
            return True
        if of_the_crowd and self.upos(match.end) == "NOUN" and match.end not in self.role_at:
            return True
        if word in (
            "state",
            "side",
            "public",
            "house",
            "general",
            "major",
            "force",
            "people",
            "mission",
            "nation",
            "agency",
            "office",
            "industry",
            "division",
            "family",
            "executive",
            "marine",
            "press",
            "party",
            "union",
            "crew",
            "service member",
            "carrier",
            "jet",
            "fighter",
            "union",
            "business",
        ):
            following = self.upos(match.end)
            if following in ("NOUN", "PROPN") and match.end not in self.role_at:
                return True
            if word == "force" and after in ("majeure", "to", "on"):
                return True
            if word == "force" and after == "of" and self.low(match.end + 1) in cue("force-of"):
                return True
        if role.words in cue("colleague") and not self.is_somebodys(match.start):
            return True
        token = self.upos(match.start)
        return token in ("VERB", "ADP", "ADV") and match.end - match.start == 1

    def is_somebodys(self, k: int) -> bool:
        """Whether «his» stands before word k or before its nationality: «his | Korean host»."""
        return any(self.low(j) in cue("possessive") for j in (k - 1, k - 2, k - 3))

    def is_attributive(self, end: int, role: Role) -> bool:
        """Whether the phrase only describes the noun after it: «US military | exercises»."""
        if self.key(end) == "'" or role.plural or role.kind == "people":
            return False
        if self.upos(end) not in ("NOUN",) or end in self.atoms:
            return False
        return self.low(end).isalpha()

    def is_seat(self, entry: Entry) -> bool:
        return entry.kind == "capital" or (
            isinstance(entry.ref, Seat) and entry.ref.kind in ("palace", "house", "nick")
        )

    def is_place(self, i: int, end: int, kind: str, entry: Entry) -> bool:
        """Whether a state or city is a mere place here: «in Moscow», «a visit to South Korea»."""
        if kind == "seat" and not self.is_seat(entry):
            return False
        if self.after_possessive(end)[1]:
            return False
        b = i - 1
        while b >= 0 and self.low(b) in cue("nearby"):
            b -= 1
        before = self.low(b)
        if before == "of" and self.low(b - 1) in cue("place-of"):
            return True
        if kind == "capital" and self.low(i - 1) in cue("part-of-town"):
            return True
        if before == "to" and self.low(b - 1) == "on":
            return True
        if kind != "state" and self.is_leg_of_a_way(i, end, before):
            return True
        if before in cue("place-before"):
            return not (
                kind == "state" and before in ("toward", "towards", "over", "above", "beyond", "through")
            )
        if before == "to" or (before == "from" and kind != "state"):
            return any(self.low(b - k) in cue("travel") for k in (1, 2, 3))
        if before in ("and", ",") and b > 0:
            return self.is_place_in_list(b, end, kind, entry)
        if kind in ("capital", "seat") and before in cue("visit"):
            return True
        if kind == "capital" and self.low(end) in cue("gathering") and not self.tied(end - 1):
            return True
        if kind == "capital" and before == "," and self.low(b - 1) in ("capital", "city"):
            return True
        return kind == "capital" and self.is_dateline(i, end)

    def is_leg_of_a_way(self, i: int, end: int, before: str) -> bool:
        """Whether a city is where a way starts or ends: «from Vienna to Rome», «From Nairobi, …»."""
        if before == "from":
            there = self.low(end) == "to" and self.is_somewhere(end + 1)
            return there or (i == 1 and self.key(end) == ",") or self.low(i - 2) in cue("from-place")
        start = next((m.start for m in self.atoms.values() if m.end == i - 1), 0) if before == "to" else 0
        return start > 0 and self.low(start - 1) == "from" and self.is_somewhere(start)

    def is_somewhere(self, k: int) -> bool:
        match = self.atoms.get(k)
        return bool(match and match.entries[0].kind in ("capital", "place"))

    def is_place_in_list(self, b: int, end: int, kind: str, entry: Entry) -> bool:
        """Whether a name after «,» or «and» is a place with the one before: «in Lyon, France»."""
        if self.low(b) == "," and self.upos(end) in ("VERB", "AUX"):
            return False
        named = (
            m
            for m in self.atoms.values()
            if m.end == b and m.entries[0].kind in ("capital", "state", "place")
        )
        earlier = next(named, None)
        if earlier is None:
            k = b - 1
            while k > 0 and b - k < 6 and (self.is_capital(k) or self.low(k) in cue("region")):
                k -= 1
            return kind == "state" and self.low(b) == "," and k < b - 1 and self.low(k) in cue("place-before")
        if kind == "state" and self.low(b) == "," and earlier.entries[0].code == entry.code:
            return True
        first = earlier.entries[0]
        return self.is_place(earlier.start, earlier.end, first.kind, first)

    def is_dateline(self, i: int, end: int) -> bool:
        """Whether «MOSCOW, July 3 (Agency) —» opens the sentence."""
        rest = self.sentence.text[self.words.ends[end - 1] : self.words.ends[end - 1] + 40]
        return (
            i == 0
            and any(mark in rest for mark in ("(", "—", " – ", " - "))
            and rest.lstrip()[:1] in (",", "(", "—", "–", "-", "/")
        )
