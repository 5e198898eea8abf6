"""From a sentence to pieces: words that mean an actor, or will once the rest of the report is asked.

A piece is what the words alone say. «Russian Deputy Foreign Minister Sergei Ryabkov» is one piece with a
state, a role and a name; «the ambassador», «both countries» and «he» are pieces that refer to something said
before, and `coding.actors` resolves them.

Token patterns come first and the tree second: a wrong parse must not lose a state.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from detente.knowledge.gazetteer import Entry, cut, gazetteer
from detente.knowledge.names import Match, Words, is_shouted
from detente.knowledge.organisations import Organisation, Outlet
from detente.knowledge.places import KnownPlace
from detente.knowledge.roles import Role, roles
from detente.knowledge.states import Seat
from detente.language.analysis import Sentence

How = Literal["name", "capital", "adjective", "role", "pronoun", "group"]
Ref = Literal[
    "", "person", "bare", "nickname", "pronoun", "group", "roles-of-group", "country", "counterpart"
]

_NATION = frozenset({"state", "adjective", "people", "capital", "seat", "body"})
_STOP = frozenset(
    "a an the of in on at to for from by with and or but nor as is are was were be been has have had will would can "
    "could may might must shall should do does did not no if when while where who whom which that this these those "
    "it its he she they them their his her we our us i my you your said says say told tells than then so yet over "
    "under after before since until during against between among amid through into onto about because although "
    "though both either neither there here also only just even still already never ever very too more most less "
    "least such some any all each every another other what why how whose".split()
)
_FORMER = frozenset("former ex then-former late onetime ousted deposed outgoing retired exiled".split())
_BASED = frozenset("based flagged registered owned headquartered run operated controlled appointed".split())
_BACKED = frozenset(
    "backed led born made friendly supported sponsored linked aligned brokered funded occupied held administered "
    "mediated drafted built allied trained educated dominated style language speaking bound wide annexed installed "
    "supplied imposed armed inspired hosted designed assembled centric only proposed initiated organized organised "
    "engineered manufactured produced initiated negotiated bred invaded protected seized affiliated leaning".split()
)
_TITLES = frozenset("Mr Mrs Ms Miss Dr Sir Lord Lady Dame Sheikh Mullah Gen Col Lt Sen Rep Gov Amb Prof Capt Adm Maj Brig "
                    "Comrade Madame Señor Herr Mme Sgt Cardinal Ayatollah Sayyid Marshal".split())  # fmt: skip
_PARTICLES = frozenset("al el bin ibn von van de der da di dos du del la le ten ul abu zu".split())
_SHIPS = {"USS": "USA", "USNS": "USA", "HMS": "GBR", "HMAS": "AUS", "HMCS": "CAN", "HMNZS": "NZL", "INS": "IND",
          "BRP": "PHL", "ROKS": "KOR", "RFS": "RUS", "CNS": "CHN"}  # fmt: skip
_LOCATED = frozenset({"protest", "civilian", "official", "local", "opposition"})
_LOCATED_BODIES = frozenset(
    "authorities government police court parliament media hackers embassy consulate".split()
)
_PLACE_BEFORE = frozenset("in at near outside around across throughout inside within off via through into onto near "
                          "toward towards beyond above over aboard".split())  # fmt: skip
_TRAVEL = frozenset(
    "visit visits visited trip trips travel travels traveled travelled traveling travelling flight flew fly flies "
    "flying go goes went going gone return returned returns returning came come comes coming head headed heading "
    "deploy deployed deployment sent move moved moving tour tours way route flee fled deport deported deportation "
    "extradite extradited extradition journey drive drove arrive arrived arrival departure departed depart left "
    "leave leaving back access close next pilgrimage stopover accompany accompanied transferred transfer "
    "export exports exported shipped shipment shipments evacuated evacuate delivered delivery relocated relocate "
    "invited withdrew withdraw withdrawn withdrawal".split()
)
_VISIT = frozenset("visit visits visited visiting leave leaves left leaving reach reached tour toured touring enter entered "
                   "quit".split())  # fmt: skip
_NEARBY = frozenset("the downtown central nearby northern southern eastern western neighboring neighbouring war-torn "
                    "occupied mainland rebel-held southeastern northeastern northwestern southwestern southwest southeast "
                    "northwest northeast north south east west parts all city".split())  # fmt: skip
_GROUP_NOUNS: dict[str, tuple[str, str]] = {
    # noun -> what the members are, and the office that speaks for them
    **dict.fromkeys("countries nations states sides parties governments capitals powers neighbors neighbours allies rivals "
                    "peoples superpowers economies delegations partners adversaries foes militaries armies navies "
                    "administrations republics kingdoms belligerents enemies signatories members".split(), ("state", "")),
    **dict.fromkeys("leaders presidents statesmen counterparts premiers chancellors kings monarchs".split(), ("person", "leader")),
    **dict.fromkeys("ministers diplomats men women officials envoys negotiators ambassadors politicians".split(), ("person", "")),
}  # fmt: skip
_PRONOUNS = frozenset("he him his himself she her hers herself they them their theirs themselves it its itself we our "
                      "ours us ourselves i my me myself".split())  # fmt: skip
_DEFINITE = frozenset("the this that his her their its our these those".split())
_COUNTRY = frozenset(
    "country nation republic kingdom state island sheikhdom emirate federation superpower".split()
)
_FIRST_NAMES = frozenset("Jordan Chad Georgia Paris Israel Kenya India Austin Victoria Lima Florence Sofia Sydney Brooklyn "
                         "Dakota Savannah Asia Malta Vienna Cairo London Washington America Holland Ireland Brazil".split())  # fmt: skip
_GEORGIA_USA = frozenset("Atlanta Savannah Augusta Macon Athens Alabama Tennessee Florida Carolina Brunswick Decatur "
                         "Marietta Kemp Raffensperger Abrams Fulton Ossoff Warnock Loeffler Perdue Gwinnett".split())  # fmt: skip
_GEORGIA_STATE = frozenset("Tbilisi Georgian Georgians Abkhazia Ossetia Saakashvili Batumi Ivanishvili Zourabichvili Caucasus "
                           "Kobakhidze Margvelashvili Garibashvili Kavelashvili Shevardnadze".split())  # fmt: skip
_MAX_GAP = 5  # words between nationality and role: «US top nuclear envoy»


@dataclass(frozen=True, slots=True)
class Piece:
    """What words say by themselves, by token index, half open.

    `code` is None where they name no state or body. `key` is the folded name of a person; `members` the codes
    of a compound («Russian and Chinese diplomats»); `ref` says how the report must be asked, "" if not at all.
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
    possessor: int | None = None  # token of «his», where the piece is «his counterpart»


@dataclass(frozen=True, slots=True)
class _Nation:
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
        return bool(self.words & _GEORGIA_USA) and not self.words & _GEORGIA_STATE


def find_pieces(sentence: Sentence, hints: Hints | None = None) -> tuple[Piece, ...]:
    """Return the pieces of a sentence, left to right, none inside another save pronouns in role phrases."""
    return tuple(_Scanner(sentence, hints or Hints()).scan())


@dataclass(slots=True)
class _Scanner:
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

    # --- the walk ---------------------------------------------------------------------------------------

    def scan(self) -> Iterator[Piece]:
        i = 0
        while i < len(self.words.keys):
            found = self.at(i)
            if found is None:
                i += 1
                continue
            end, pieces = found
            yield from pieces
            i = max(end, i + 1)

    def at(self, i: int) -> tuple[int, tuple[Piece, ...]] | None:
        """Return the end and the pieces of what starts at word i; no pieces for a trap."""
        for read in (
            self.read_ship,
            self.read_group,
            self.read_atom,
            self.read_role,
            self.read_unknown,
            self.read_pronoun,
        ):
            found = read(i)
            if found is not None:
                return found
        return None

    # --- small questions --------------------------------------------------------------------------------

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
        return bool(match and match.entries[0].kind in _NATION)

    def span(self, a: int, b: int, head: int | None = None) -> tuple[int, int, int]:
        """Return token start, end and head for words a to b; `head` is the word that heads them if the tree fails."""
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

    # --- names ------------------------------------------------------------------------------------------

    def read_atom(self, i: int) -> tuple[int, tuple[Piece, ...]] | None:
        match = self.atoms.get(i)
        if match is None or self.is_plain_word(match):
            return None
        entry = self.choose(match)
        if entry is None or entry.kind == "trap":
            return match.end, ()
        if entry.kind in ("person", "surname"):
            return self.read_person(match.start, match.end, entry)
        if entry.kind == "outlet":
            return self.read_outlet(match, entry)
        if entry.kind == "place":
            return self.read_place(match, entry)
        if entry.kind == "nickname":
            return self.read_nickname(match, entry)
        if entry.kind == "prefix":
            return self.read_prefix(match, entry)
        return self.read_nation(match, entry)

    def choose(self, match: Match[Entry]) -> Entry | None:
        """Return the entry meant, None where the words are somebody else's: «Jordan Smith», «Trump Tower»."""
        entries = match.entries
        i, end = match.start, match.end
        first = entries[0]
        if (
            first.kind == "surname"
            and end - i == 1
            and self.low(i) in _STOP | _PRONOUNS
            and (i == 0 or self.names.get(i) != end)
        ):
            return None
        if self.title_before(i):
            named = next((e for e in entries if e.kind in ("surname", "person")), None)
            first = named or first
        if first.kind == "state" and self.key(end) == "$":
            return None
        if first.kind == "state" and self.key(i) == "Georgia" and end - i == 1:
            if self.hints.georgia_is_american or self.low(end) in (
                "voters",
                "primary",
                "runoff",
                "senate",
                "republicans",
                "gov",
            ):
                return None
        if first.kind in ("state", "capital", "place") and self.inside_person(i, end):
            return None
        single = end - i == 1 and self.key(i) in _FIRST_NAMES
        if single and first.kind in ("state", "capital", "place") and self.starts_a_name(end):
            return None
        if first.kind == "place" and len(entries) > 1 and self.names.get(i) == end:
            first = next((e for e in entries if e.kind in ("surname", "person")), first)
        return first

    def is_plain_word(self, match: Match[Entry]) -> bool:
        """Whether a surname is an everyday little word here: «He», «May» at a sentence's start."""
        i, end = match.start, match.end
        little = match.entries[0].kind == "surname" and end - i == 1 and self.low(i) in _STOP | _PRONOUNS
        return little and (i == 0 or self.low(i) in _PRONOUNS or self.names.get(i) != end)

    def title_before(self, i: int) -> bool:
        """Whether a title stands right before word i: «President», «Mr.»."""
        before = i - 2 if self.key(i - 1) == "." else i - 1
        if self.key(before) in _TITLES:
            return True
        return any(
            m.end == i and m.entries[0].kind == "person" and not m.entries[0].plural
            for m in self.role_ending(i)
        )

    def role_ending(self, i: int) -> Iterator[Match[Role]]:
        for start in range(max(0, i - 5), i):
            match = self.role_at.get(start)
            if match and match.end == i:
                yield match

    def inside_person(self, i: int, end: int) -> bool:
        """Whether the reader saw a longer person's name around words i to end."""
        return any(a <= i and end <= b and (b - a) > (end - i) for a, b in self.names.items() if a <= i)

    def starts_a_name(self, end: int) -> bool:
        """Whether the word after a first name looks like a surname."""
        word = self.key(end)
        return (
            len(word) > 2 and word[0].isupper() and word.isalpha() and not word.isupper()
            and end not in self.role_at and not self.is_nation(end) and self.upos(end) in ("", "PROPN", "X")
        )  # fmt: skip

    def read_nation(self, match: Match[Entry], entry: Entry) -> tuple[int, tuple[Piece, ...]]:
        nation = self.nation_of(match, entry)
        compound = self.read_compound(match.start, nation)
        if compound:
            return compound
        phrase = self.extend(match.start, nation)
        if phrase:
            return phrase
        return match.end, (self.plain(match, entry, nation),)

    def nation_of(self, match: Match[Entry], entry: Entry) -> _Nation:
        if isinstance(entry.ref, Seat):
            return _Nation(match.end, entry.code, entry.kind, entry.ref.sector, entry.ref.name or None)
        if isinstance(entry.ref, Organisation):
            org = (
                entry.ref.name
                if entry.code in ("IGO", "NGO", "MNC") or entry.ref.kind != "body" or entry.ref.home
                else None
            )
            return _Nation(match.end, entry.code, "body", entry.ref.sector, org, entry.ref)
        if entry.kind == "people":
            return _Nation(match.end, entry.code, "people", "CVL")
        return _Nation(match.end, entry.code, entry.kind)

    def plain(self, match: Match[Entry], entry: Entry, nation: _Nation) -> Piece:
        """Return a state, capital, adjective, seat or body that stands alone."""
        start, end, head = self.span(match.start, match.end)
        kind = nation.kind
        how: How = (
            "capital"
            if kind in ("capital", "seat") and self.is_seat(entry)
            else "adjective"
            if kind == "adjective"
            else "name"
        )
        place = kind in ("state", "capital", "seat") and self.is_place(match.start, match.end, kind, entry)
        sector, score = nation.sector, 1.0
        if kind == "adjective":
            how, sector, score = self.adjective_use(match)
        if kind == "people" and self.low(match.start - 1) == "the":
            sector = "GOV"
        if kind == "capital":
            score = 0.6 if place else 0.9
        words = self.text(match.start, match.end)
        name = nation.org if kind in ("seat", "body") else None
        return Piece(
            start, end, head, how, nation.code, name, org=nation.org if kind == "body" else None, sector=sector,
            place=place, score=score, why=f"{kind} «{words}»", body=nation.body,
        )  # fmt: skip

    def is_seat(self, entry: Entry) -> bool:
        return entry.kind == "capital" or (
            isinstance(entry.ref, Seat) and entry.ref.kind in ("palace", "house", "nick")
        )

    def adjective_use(self, match: Match[Entry]) -> tuple[How, str, float]:
        """Return how an adjective is used: «Chinese goods» an adjective, «the Chinese said» the state."""
        nominal = self.low(match.start - 1) == "the" and self.upos(match.end) in (
            "VERB",
            "AUX",
            "PUNCT",
            "ADP",
            "CCONJ",
            "PART",
        )
        if nominal:
            return "name", "GOV", 0.8
        if self.upos(match.start) in ("NOUN", "PROPN") and self.upos(match.end) not in (
            "NOUN",
            "PROPN",
            "ADJ",
            "PUNCT",
        ):
            return "adjective", "CVL", 0.7
        return "adjective", "GOV", 0.9

    def is_place(self, i: int, end: int, kind: str, entry: Entry) -> bool:
        """Whether a state or city is a mere place here: «in Moscow», «a visit to South Korea»."""
        if kind == "seat" and not self.is_seat(entry):
            return False
        if self.after_possessive(end)[1]:
            return False
        b = i - 1
        while b >= 0 and self.low(b) in _NEARBY:
            b -= 1
        before = self.low(b)
        if before in _PLACE_BEFORE:
            return not (
                kind == "state" and before in ("toward", "towards", "over", "above", "beyond", "through")
            )
        if before == "to" or (before == "from" and kind != "state"):
            return any(self.low(b - k) in _TRAVEL for k in (1, 2, 3))
        if before in ("and", ",") and b > 0 and self.is_nation(b - 1) is False:
            earlier = next(
                (
                    m
                    for m in self.atoms.values()
                    if m.end == b and m.entries[0].kind in ("capital", "state", "place")
                ),
                None,
            )
            if earlier and before == "and":
                return self.is_place(earlier.start, earlier.end, earlier.entries[0].kind, earlier.entries[0])
        if kind in ("capital", "seat") and before in _VISIT:
            return True
        return kind == "capital" and self.is_dateline(i, end)

    def is_dateline(self, i: int, end: int) -> bool:
        """Whether «MOSCOW, July 3 (Agency) —» opens the sentence."""
        rest = self.sentence.text[self.words.ends[end - 1] : self.words.ends[end - 1] + 40]
        return (
            i == 0
            and any(mark in rest for mark in ("(", "—", " – ", " - "))
            and rest.lstrip()[:1] in (",", "(", "—", "–", "-", "/")
        )

    # --- nationality with role and name -----------------------------------------------------------------

    def extend(self, start: int, nation: _Nation) -> tuple[int, tuple[Piece, ...]] | None:
        """Read on from «Russian»: role («deputy foreign minister»), reach («to China») and name; None if no role."""
        i = nation.end
        if self.tied(i - 1):
            if self.low(i) in _BACKED or self.is_nation(i) or i in self.atoms:
                return None
            i += 1 if self.low(i) in _BASED else 0
        i, possessive = self.after_possessive(i)
        person = self.person_at(i) if possessive or nation.kind in ("adjective", "state") else None
        if person and possessive:
            return self.named(start, i, person, nation, None, "")
        found = self.role_after(i, nation)
        if found is None:
            return self.stranger(start, i, nation)
        k, chain, former, nation = found
        if not chain[:1] or chain[-1].entries[0].kind != "person":
            stranger = self.stranger(start, i, nation)
            if stranger and stranger[0] > k:
                return stranger
        return self.finish(start, k, chain, nation, former)

    def stranger(self, start: int, i: int, nation: _Nation) -> tuple[int, tuple[Piece, ...]] | None:
        """Read «American basketball player | Anna Berg»: a nationality, what she does, and a name the reader saw."""
        if nation.kind not in ("adjective", "state"):
            return None
        k = i
        while k - i < _MAX_GAP and k not in self.names and self.is_modifier(k) and not self.is_capital(k):
            k += 1
        end = self.names.get(k)
        if k == i or end is None or self.upos(k - 1) != "NOUN" or not self.is_capital(k):
            return None
        role = Role(self.text(i, k).lower(), "person", "CVL", "", "civilian")
        return self.named(start, k, (k, end, " ".join(self.words.keys[k:end]), False), nation, role, self.text(i, k))

    def role_after(self, i: int, nation: _Nation) -> tuple[int, list[Match[Role]], bool, _Nation] | None:
        """Return where the roles after a nationality end, the roles, «former», and the nation with its organ."""
        k, former = i, False
        for _ in range(_MAX_GAP + 1):
            match = self.role_at.get(k)
            if match and not self.is_false_role(match):
                chain = [match]
                while chain[-1].end in self.role_at and not self.breaks(chain[-1].end):
                    chain.append(self.role_at[chain[-1].end])
                return chain[-1].end, chain, former, nation
            organ = self.organ_at(k, nation)
            if organ:
                nation, k = organ, organ.end
                if k not in self.role_at and not self.is_modifier(k):
                    return k, [], former, nation
                continue
            if not self.is_modifier(k):
                return (k, [], former, nation) if nation.end == k and nation.end != i and nation.org else None
            former = former or self.low(k) in _FORMER
            k += 1
        return None

    def organ_at(self, k: int, nation: _Nation) -> _Nation | None:
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
        if word in ("state", "side", "public", "house", "general", "major", "force", "people", "mission", "nation", "agency",
                    "office", "industry", "division", "family", "executive", "marine", "press", "party", "union", "crew",
                    "service member", "carrier", "jet", "fighter", "union", "business"):  # fmt: skip
            following = self.upos(match.end)
            if following in ("NOUN", "PROPN") and match.end not in self.role_at:
                return True
            if word == "force" and after in ("majeure", "to", "on"):
                return True
        token = self.upos(match.start)
        return token in ("VERB", "ADP", "ADV") and match.end - match.start == 1

    def breaks(self, k: int) -> bool:
        return self.upos(k) in ("VERB", "AUX") and self.low(k) not in ("acting",)

    def is_modifier(self, k: int) -> bool:
        """Whether word k may stand between nationality and role: «top», «nuclear», «state-owned»."""
        word = self.low(k)
        if not word or not (word[0].isalnum()) or word in _STOP or k in self.atoms:
            return False
        tokens = self.sentence.tokens
        token = tokens[self.token_of[k]]
        if token.upos in ("ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "PUNCT", "PART"):
            return False
        return not (token.upos == "VERB" and not token.has("VerbForm=Part") and not self.tied(k - 1))

    def finish(
        self, start: int, end: int, chain: list[Match[Role]], nation: _Nation, former: bool
    ) -> tuple[int, tuple[Piece, ...]]:
        """Return the piece of a nationality and its roles, with reach and name where they follow."""
        role = chain[-1].entries[0] if chain else None
        if role is None:
            a, b, head = self.span(start, end)
            piece = Piece(a, b, head, "name", nation.code, nation.org, org=nation.org if nation.body else None,
                          sector=nation.sector, why=f"organ «{self.text(start, end)}»", body=nation.body)  # fmt: skip
            return end, (piece,)
        role_end = end
        words = self.text(chain[0].start, role_end) if chain else ""
        end = self.after_reach(end, role)
        person = None
        if role.kind == "person" and not role.plural:
            person = self.name_after(end)
        if person:
            return self.named(start, person[0], person, nation, role, words, former)
        a, b, head = self.span(start, end, chain[-1].end - 1)
        attributive = self.is_attributive(role_end, role) and end == role_end
        sector = self.sector_of(role, nation, chain)
        ref: Ref = "bare" if role.kind == "person" and not role.plural else ""
        piece = Piece(
            a, b, head, "adjective" if attributive else "role", nation.code, None, role=role,
            role_words=words, org=nation.org, sector=sector, person=role.kind == "person" and not role.plural,
            former=former, ref="" if attributive else ref, score=0.95, why=f"{nation.kind} + role «{self.text(start, end)}»",
            body=nation.body,
        )  # fmt: skip
        if nation.kind == "capital":
            piece = replace(piece, how="role")
        return end, (piece,)

    def sector_of(self, role: Role, nation: _Nation, chain: list[Match[Role]]) -> str:
        if nation.code in ("UNO", "EUR", "NATO", "AFU", "IGO"):
            return "IGO" if role.sector in ("GOV", "IGO") else role.sector
        if nation.body and nation.body.sector in ("REB", "SEP") and role.sector in ("GOV", "MIL", "PTY"):
            return nation.body.sector
        body = next((m.entries[0] for m in chain if m.entries[0].sector == "MIL"), None)
        if role.office in ("spokes", "official", "aide") and (body or nation.sector == "MIL"):
            return "MIL"
        if role.sector == "GOV" and nation.sector not in ("GOV", "CVL"):
            return nation.sector
        return role.sector

    def is_attributive(self, end: int, role: Role) -> bool:
        """Whether the phrase only describes the noun after it: «US military | exercises»."""
        if self.key(end) == "'" or role.plural or role.kind == "people":
            return False
        if self.upos(end) not in ("NOUN",) or end in self.atoms:
            return False
        return self.low(end).isalpha()

    def after_reach(self, end: int, role: Role) -> int:
        """Return the end after «to China», «for North Korea», which say where an envoy goes, not who sent him."""
        if role.office not in ("envoy", "spokes", "security", "aide", "trade") or self.low(end) not in (
            "to",
            "for",
            "in",
            "on",
        ):
            return end
        if self.low(end) in ("for", "in", "on") and role.office != "envoy":
            return end
        k = end + 1
        while self.low(k) == "the":
            k += 1
        match = self.atoms.get(k)
        if not match or match.entries[0].kind not in (*_NATION, "place"):
            return end
        after = match.end
        if (
            self.low(after) == "and"
            and after + 1 in self.atoms
            and role.office == "envoy"
            and self.upos(self.atoms[after + 1].end) != "VERB"
        ):
            after = self.atoms[after + 1].end
        return after

    # --- people -----------------------------------------------------------------------------------------

    def person_at(self, i: int) -> tuple[int, int, str, bool] | None:
        """Return (start, end, folded name, known) of a person's name that starts at word i."""
        match = self.atoms.get(i)
        if match and match.entries[0].kind in ("person", "surname") or (match and i > 0 and self.title_before(i) and any(
                e.kind in ("person", "surname") for e in match.entries)):  # fmt: skip
            end = self.whole_name(i, match.end)
            return i, end, " ".join(self.words.keys[i:end]), True
        end = self.capitals_end(i)
        if end > i and not (match and match.entries[0].kind in (*_NATION, "outlet", "trap", "place")):
            return i, end, " ".join(self.words.keys[i:end]), False
        return None

    def whole_name(self, i: int, end: int) -> int:
        """Return the end of the name the reader saw from i, if longer: «Xi | Mingze» is not Xi."""
        seen = self.names.get(i, end)
        return max(seen, end) if seen - i <= 5 else end

    def capitals_end(self, i: int) -> int:
        """Return the end of the run of capitalised words from i that could be a name, i itself if none."""
        if i in self.names:
            return self.names[i]
        k = i
        while k < len(self.words.keys) and k - i < 5:
            word = self.key(k)
            if word == "." and k > i and len(self.key(k - 1)) == 1:
                k += 1
                continue
            good = word[:1].isupper() and word.isalpha() and k not in self.role_at and not self.is_nation(k)
            if not good and not (word in _PARTICLES and self.is_capital(k + 1)):
                break
            if self.upos(k) not in ("", "PROPN", "NOUN", "X", "ADJ", "VERB", "ADP", "DET"):
                break
            k += 1
        if k > i and self.key(k - 1) == ".":
            k -= 1
        return k if k > i and self.upos(i) in ("", "PROPN", "NOUN", "X", "ADJ") else i

    def name_after(self, end: int) -> tuple[int, int, str, bool] | None:
        """Return the name after a role, next to it or in apposition: «the Russian president, Vladimir Putin,»."""
        k = end
        if self.key(k) == ",":
            person = self.person_at(k + 1)
            if (
                person
                and (person[3] or person[1] - person[0] >= 2)
                and self.key(person[1]) in (",", ".", ")", ";", "", "'", ":")
            ):
                return person
            if person and person[3] and person[1] - person[0] >= 2:
                return person
            return None
        if self.key(k) == "(":
            return None
        while self.key(k) in _TITLES or (self.key(k) == "." and self.key(k - 1) in _TITLES):
            k += 1
        return self.person_at(k) if self.is_capital(k) or self.low(k) in _PARTICLES else None

    def named(
        self, start: int, name_start: int, person: tuple[int, int, str, bool], nation: _Nation | None, role: Role | None,
        role_words: str, former: bool = False,
    ) -> tuple[int, tuple[Piece, ...]]:  # fmt: skip
        """Return the piece of a person named, with nationality and role where given, and his apposition."""
        _, end, key, known = person
        office_body = self.body_after(end) if role is None else None
        if office_body and nation is None:
            return office_body(start, key)
        if nation is None and role is None and self.low(end) == "of" and self.atoms.get(end + 1):
            home = self.atoms[end + 1]
            if home.entries[0].kind == "state" and person[1] - person[0] > 1:
                nation, end = self.nation_of(home, home.entries[0]), home.end
        extra = self.apposition(end, nation)
        if extra:
            end, nation, role, role_words, former = extra
        a, b, head = self.span(start, end, name_start if start == name_start else person[1] - 1)
        sector = self.sector_of(role, nation, []) if role and nation else role.sector if role else "GOV"
        piece = Piece(
            a, b, head, "name", nation.code if nation else None, self.text(person[0], person[1]), key=key, role=role,
            role_words=role_words, org=nation.org if nation else None, sector=sector, person=True, former=former,
            ref="person", why=f"person «{self.text(start, end)}»", surname_only=person[1] - person[0] == 1,
            titled=role is not None or self.title_before(person[0]), body=nation.body if nation else None,
            score=1.0 if known or nation else 0.6, seen=self.names.get(person[0]) == person[1],
        )  # fmt: skip
        return end, (piece,)

    def body_after(self, end: int) -> _BodyReader | None:
        """Return a reader for «Trump | administration», «Assad's | forces»: a body named by its head."""
        k, possessive = self.after_possessive(end)
        gap = 0
        while gap < 2 and k not in self.role_at and possessive and self.is_modifier(k):
            k, gap = k + 1, gap + 1
        match = self.role_at.get(k)
        if not match or match.entries[0].kind not in ("body", "unit") or self.is_false_role(match):
            return None
        if not possessive and match.entries[0].words not in (
            "administration",
            "government",
            "cabinet",
            "regime",
            "forces",
            "loyalists",
            "presidency",
        ):
            return None
        return _BodyReader(self, match)

    def apposition(self, end: int, nation: _Nation | None) -> tuple[int, _Nation, Role, str, bool] | None:
        """Return what «, Russia's ambassador to China» adds to the name before it."""
        if nation is not None or self.key(end) != ",":
            return None
        k, former = end + 1, False
        while (
            self.low(k) in ("the", "a", "an")
            or (self.low(k) in _FORMER)
            or self.low(k) in ("current", "top", "senior", "new")
        ):
            former = former or self.low(k) in _FORMER
            k += 1
        match = self.atoms.get(k)
        if match and match.entries[0].kind in _NATION:
            found_nation = self.nation_of(match, match.entries[0])
            i, _ = self.after_possessive(found_nation.end)
            found = None if self.tied(found_nation.end - 1) else self.role_after(i, found_nation)
            if (
                found
                and found[1]
                and found[1][-1].entries[0].kind == "person"
                and not found[1][-1].entries[0].plural
            ):
                stop = self.after_reach(found[0], found[1][-1].entries[0])
                if self.closes(stop):
                    return (
                        stop,
                        found[3],
                        found[1][-1].entries[0],
                        self.text(found[1][0].start, found[0]),
                        former or found[2],
                    )
            return None
        role = self.role_at.get(k)
        if role and role.entries[0].kind == "person" and not role.entries[0].plural:
            whose = self.nation_after_role(role)
            if whose and self.closes(whose.end):
                return whose.end, whose, role.entries[0], self.text(role.start, role.end), former
        return None

    def closes(self, k: int) -> bool:
        """Whether an apposition ends at word k, or does after a few words without a verb."""
        return self.ends(k) or any(
            self.ends(k + n) and not any(self.upos(j) in ("VERB", "AUX") for j in range(k, k + n)) for n in (1, 2, 3, 4)
        )

    def ends(self, k: int) -> bool:
        return self.key(k) in (",", ".", ";", ":", ")", "", "-", "!", "?", '"', "”", "—", "–") or self.low(
            k
        ) in ("and", "who", "said", "told", "says")

    def read_person(self, i: int, end: int, entry: Entry) -> tuple[int, tuple[Piece, ...]]:
        """Read a name from the tables; a surname inside a longer name is somebody else's."""
        if entry.kind == "surname" and not self.stands_alone(i, end):
            whole = next(((a, b) for a, b in self.names.items() if a <= i < b), None)
            if whole and whole[0] == i:
                return self.named(
                    i, i, (i, whole[1], " ".join(self.words.keys[i : whole[1]]), False), None, None, ""
                )
            return end, ()
        stop = self.whole_name(i, end) if entry.kind == "surname" else end
        return self.named(i, i, (i, stop, " ".join(self.words.keys[i:stop]), True), None, None, "")

    def stands_alone(self, i: int, end: int) -> bool:
        """Whether a surname is no part of a longer name: neither «Theresa | May» nor «Trump | Tower»."""
        before, after = self.key(i - 1), self.key(end)
        if self.tied(i - 1) and before[:1].islower():
            return True
        if (after[:1].isupper() and after.isalpha() and len(after) > 1 and end not in self.role_at and end not in self.atoms
                and self.names.get(i) != end and self.upos(end) in ("", "PROPN")):  # fmt: skip
            return False
        if self.title_before(i):
            return True
        if (
            before[:1].isupper()
            and before.isalpha()
            and i > 1
            and self.upos(i - 1) in ("", "PROPN")
            and (i - 1) not in self.atoms
        ):
            return any(m.end == i for m in self.role_ending(i)) or self.is_loose(i - 1)
        return True

    def is_loose(self, k: int) -> bool:
        """Whether an earlier capitalised word belongs elsewhere: it ends a name, or opens the sentence."""
        return any(m.end == k + 1 for m in self.atoms.values())

    def read_unknown(self, i: int) -> tuple[int, tuple[Piece, ...]] | None:
        """Read a person only the reader saw: «Ms. Okonedo», «Anna Berg»."""
        end = self.names.get(i)
        if end is None or end - i > 5 or not self.is_capital(i):
            return None
        if self.low(i) in _STOP or end - i == 1 and (i in self.role_at or len(self.key(i)) < 2):
            return None
        return self.named(i, i, (i, end, " ".join(self.words.keys[i:end]), False), None, None, "")

    # --- other names ------------------------------------------------------------------------------------

    def read_outlet(self, match: Match[Entry], entry: Entry) -> tuple[int, tuple[Piece, ...]]:
        paper = entry.ref
        name = paper.name if isinstance(paper, Outlet) else self.text(match.start, match.end)
        a, b, head = self.span(match.start, match.end)
        return match.end, (Piece(a, b, head, "name", entry.code, name, org=name, sector="JRN", score=0.9,
                                 why=f"outlet «{name}»"),)  # fmt: skip

    def read_place(self, match: Match[Entry], entry: Entry) -> tuple[int, tuple[Piece, ...]]:
        if not entry.code or self.inside_person(match.start, match.end):
            return match.end, ()
        spot = entry.ref
        name = spot.name if isinstance(spot, KnownPlace) and len(spot.names) < 4 else self.text(match.start, match.end)
        local = self.extend_place(match, entry)
        if local:
            return local
        a, b, head = self.span(match.start, match.end)
        where = isinstance(spot, KnownPlace) and spot.kind == "city"
        return match.end, (Piece(a, b, head, "name", entry.code, name, place=True, score=0.5 if where else 0.6,
                                 why=f"place «{self.text(match.start, match.end)}»"),)  # fmt: skip

    def extend_place(self, match: Match[Entry], entry: Entry) -> tuple[int, tuple[Piece, ...]] | None:
        """Read «Texas Senator Ann Lee», «Lagos police»: a place, a local part, its country."""
        k, _ = self.after_possessive(match.end)
        role = self.role_at.get(k)
        if role is None or self.tied(match.end - 1) or self.is_false_role(role):
            return None
        part = role.entries[0]
        if part.office in ("local", "legislature", "judge", "police", "protest", "official", "civilian") or part.words in _LOCATED_BODIES:
            return self.finish(match.start, role.end, [role], _Nation(match.end, entry.code, "place"), False)
        return None

    def read_nickname(self, match: Match[Entry], entry: Entry) -> tuple[int, tuple[Piece, ...]]:
        if self.role_at.get(match.end) or self.low(match.end) in ("of",):
            return match.end, ()
        a, b, head = self.span(match.start, match.end)
        piece = Piece(a, b, head, "role", None, ref="nickname", key=" ".join(self.words.keys[match.start : match.end]),
                      score=0.7, why=f"«{self.text(match.start, match.end)}»")  # fmt: skip
        return match.end, (piece,)

    def read_prefix(self, match: Match[Entry], entry: Entry) -> tuple[int, tuple[Piece, ...]]:
        if not self.tied(match.end - 1) or not (self.is_nation(match.end) or match.end in self.atoms):
            return match.end, ()
        a, b, head = self.span(match.start, match.end)
        return match.end, (Piece(a, b, head, "adjective", entry.code, score=0.9,
                                 why=f"prefix «{self.text(match.start, match.end)}-»"),)  # fmt: skip

    def read_ship(self, i: int) -> tuple[int, tuple[Piece, ...]] | None:
        """Read «USS Stethem»: a warship and whose."""
        code = _SHIPS.get(self.text(i, i + 1))
        if not code or not self.is_capital(i + 1) or not self.key(i + 1).isalpha():
            return None
        end = i + 1
        while (
            self.is_capital(end)
            and self.key(end).isalpha()
            and end - i < 4
            and end not in self.role_at
            and self.upos(end) in ("", "PROPN")
        ):
            end += 1
        end = max(end, i + 2)
        a, b, head = self.span(i, end)
        return end, (Piece(a, b, head, "name", code, self.text(i, end), sector="MIL", score=0.95,
                           why=f"warship «{self.text(i, end)}»"),)  # fmt: skip

    # --- compounds and groups ---------------------------------------------------------------------------

    def read_compound(self, start: int, nation: _Nation) -> tuple[int, tuple[Piece, ...]] | None:
        """Read «Russian and Chinese | foreign ministers» as one piece of two; None if no plural role ends it."""
        found, k = [nation], nation.end
        while True:
            step = k
            if self.tied(k - 1):
                step = k
            elif self.key(k) == "," and self.low(k + 1) == "and":
                step = k + 2
            elif self.key(k) in (",", "/") or self.low(k) in ("and", "&"):
                step = k + 1
            else:
                break
            match = self.atoms.get(step)
            if not match or match.entries[0].kind not in ("adjective", "state", "capital", "body"):
                break
            found.append(self.nation_of(match, match.entries[0]))
            k = match.end
        if len(found) < 2:
            return None
        i, _ = self.after_possessive(k)
        after = None if self.tied(k - 1) else self.role_after(i, found[-1])
        if not after or not after[1]:
            return None
        role = after[1][-1].entries[0]
        if not role.plural and not (role.words in ("forces", "troops", "officials") or role.kind == "people"):
            return None
        end = after[0]
        a, b, head = self.span(start, end, end - 1)
        piece = Piece(
            a, b, head, "group", None, role=role, role_words=self.text(after[1][0].start, end), sector=role.sector,
            members=tuple(dict.fromkeys(n.code for n in found)), score=0.95, why=f"compound «{self.text(start, end)}»",
        )  # fmt: skip
        return end, (piece,)

    def read_group(self, i: int) -> tuple[int, tuple[Piece, ...]] | None:
        """Read «both countries», «the two leaders», «our two countries», «the two Koreas», «the sides»."""
        k, counted, ours = i, False, False
        if self.low(k) in ("both", "two"):
            k, counted = k + 1, True
            k += self.low(k) in ("the", "of")
            k += self.low(k) == "the"
        elif self.low(k) in ("the", "our", "their", "these", "those"):
            ours = self.low(k) == "our"
            k += 1
            if self.low(k) in ("two", "three", "four", "five", "six"):
                k, counted = k + 1, True
        elif self.low(k) in ("three", "four") and self.low(k + 1) in _GROUP_NOUNS:
            k, counted = k + 1, True
        if k == i:
            return None
        first = k
        while (
            k - first < 3
            and self.low(k) not in _GROUP_NOUNS
            and self.key(k) != "Koreas"
            and self.is_modifier(k)
        ):
            if k in self.role_at and self.low(self.role_at[k].end - 1) in _GROUP_NOUNS:
                k = self.role_at[k].end - 1
                break
            k += 1
        if self.key(k) == "Koreas":
            a, b, head = self.span(i, k + 1)
            return k + 1, (Piece(a, b, head, "group", members=("KOR", "PRK"), why="the two Koreas"),)
        noun = self.low(k)
        if noun in _GROUP_NOUNS:
            return self.group_piece(i, k, counted, ours, k - first)
        if (
            counted
            and first == k
            and self.low(i) in ("both", "the")
            and self.upos(k) in ("VERB", "AUX", "ADV")
            and noun not in ("of",)
        ):
            if self.low(i) == "both" and self.upos(i) not in ("PRON", "DET"):
                return None
            a, b, head = self.span(i, k)
            return k, (
                Piece(a, b, head, "group", ref="group", key="any", score=0.6, why=f"«{self.text(i, k)}»"),
            )
        return None

    def group_piece(
        self, i: int, k: int, counted: bool, ours: bool, gap: int
    ) -> tuple[int, tuple[Piece, ...]] | None:
        kind, office = _GROUP_NOUNS[self.low(k)]
        if not counted and (
            gap
            or self.low(k)
            not in ("sides", "leaders", "countries", "parties", "presidents", "ministers", "nations")
        ):
            return None
        if self.low(k + 1) == "of" or (self.low(k + 1) == "in" and not counted):
            return None
        if self.low(i) == "their" and not counted:
            return None
        role = self.role_ending_at(k + 1)
        number = (
            {"three": 3, "four": 4, "five": 5, "six": 6}.get(self.low(i + 1))
            or {"three": 3, "four": 4}.get(self.low(i))
            or 2
        )
        a, b, head = self.span(i, k + 1, k)
        piece = Piece(
            a, b, head, "group", ref="group", key="ours" if ours else kind, role=role, role_words=self.low(k),
            sector=role.sector if role and role.sector in ("MIL",) else "GOV", score=(0.85 if counted else 0.6),
            why=f"«{self.text(i, k + 1)}»", name="all" if self.low(i) in ("these", "those") and not counted else str(number),
            org=office or None,
        )  # fmt: skip
        return k + 1, (piece,)

    def role_ending_at(self, end: int) -> Role | None:
        found = list(self.role_ending(end))
        return found[0].entries[0] if found else None

    # --- roles without nationality ----------------------------------------------------------------------

    def read_role(self, i: int) -> tuple[int, tuple[Piece, ...]] | None:
        match = self.role_at.get(i)
        start = i
        if match is None and (self.low(i) in _DEFINITE or self.low(i) in ("both",)):
            k = i + 1
            while k - i < 4 and k not in self.role_at and self.is_modifier(k) and k not in self.atoms:
                k += 1
            match, start = None if k in self.atoms else self.role_at.get(k), i
        if match is None or self.is_false_role(match):
            return None
        chain = [match]
        while chain[-1].end in self.role_at and not self.breaks(chain[-1].end):
            chain.append(self.role_at[chain[-1].end])
        last = chain[-1]
        role = last.entries[0]
        former = any(self.low(k) in _FORMER for k in range(max(0, i - 1), match.start))
        whose = self.nation_after_role(last)
        if whose:
            return self.role_of(start if start == match.start else match.start, chain, whose, former)
        if role.kind == "person" and not role.plural:
            end = self.after_reach(last.end, role)
            person = self.name_after(end)
            if person and (person[3] or self.is_real_name(person)):
                return self.named(
                    match.start, person[0], person, None, role, self.text(chain[0].start, last.end), former
                )
        if self.key(last.end) in ("of",) and self.low(last.end + 1) in ("both", "the", "our", "their"):
            return self.roles_of_group(match.start, chain)
        if self.low(start) in _DEFINITE and start != match.start:
            return self.bare(start, chain, former)
        return None

    def is_real_name(self, person: tuple[int, int, str, bool]) -> bool:
        """Whether unknown capitalised words after a role are a person's name by the reader or by their length."""
        start, end, _, _ = person
        return start in self.names or (
            end - start >= 2
            and all(self.key(k)[:1].isupper() or self.key(k) in _PARTICLES for k in range(start, end))
        )

    def nation_after_role(self, match: Match[Role]) -> _Nation | None:
        """Return whose role it is by «of France», «from Iran», «in Minsk»."""
        role, link = match.entries[0], self.low(match.end)
        located = role.office in _LOCATED or role.words in _LOCATED_BODIES
        if link not in ("of", "from", "for") and not (link == "in" and located):
            return None
        if link == "for" and role.office not in ("fm", "minister", "spokes"):
            return None
        k = match.end + 1
        while k - match.end < 5 and (
            self.low(k)
            in ("the", "neighboring", "neighbouring", "southern", "northern", "eastern", "western")
        ):
            k += 1
        atom = self.atoms.get(k)
        if atom is None:
            return None
        entry = atom.entries[0]
        if entry.kind in ("state", "capital", "seat", "body") or (
            entry.kind == "place" and entry.code and (located or link == "from")
        ):
            nation = self.nation_of(atom, entry)
            if self.after_possessive(atom.end)[1] or self.tied(atom.end - 1):
                return None
            return replace(nation, kind="state") if entry.kind == "place" else nation
        return None

    def role_of(
        self, start: int, chain: list[Match[Role]], whose: _Nation, former: bool
    ) -> tuple[int, tuple[Piece, ...]]:
        """Return the piece of «president of France», «leaders of Russia and China», with the name after it."""
        role, end = chain[-1].entries[0], whose.end
        codes, k = [whose.code], whose.end
        joined = any(self.low(j) == "and" for j in range(k, k + 8))
        while role.plural and joined and (self.low(k) == "and" or self.key(k) == ","):
            step = k + 1 + (self.key(k) == "," and self.low(k + 1) == "and")
            step += self.low(step) == "the"
            more = self.atoms.get(step)
            if not more or more.entries[0].kind not in ("state", "capital", "body"):
                break
            codes.append(more.entries[0].code)
            k = end = more.end
        words = self.text(chain[0].start, chain[-1].end)
        if len(codes) > 1:
            a, b, head = self.span(start, end, chain[-1].end - 1)
            return end, (Piece(a, b, head, "group", role=role, role_words=words, sector=role.sector, members=tuple(codes),
                               why=f"roles of «{self.text(start, end)}»", score=0.95),)  # fmt: skip
        if role.kind == "person" and not role.plural:
            person = self.name_after(end)
            if person:
                return self.named(start, person[0], person, whose, role, words, former)
        a, b, head = self.span(start, end, chain[-1].end - 1)
        single = role.kind == "person" and not role.plural
        return end, (Piece(
            a, b, head, "role", whose.code, role=role, role_words=words, org=whose.org, sector=self.sector_of(role, whose, chain),
            person=single, former=former, ref="bare" if single else "", score=0.9, why=f"role of «{self.text(start, end)}»",
            body=whose.body,
        ),)  # fmt: skip

    def roles_of_group(self, start: int, chain: list[Match[Role]]) -> tuple[int, tuple[Piece, ...]] | None:
        """Return «foreign ministries of the two countries» as one piece that asks for the two."""
        group = self.read_group(chain[-1].end + 1)
        if not group:
            return None
        end, (piece,) = group
        a, b, head = self.span(start, end, chain[-1].end - 1)
        role = chain[-1].entries[0]
        return end, (replace(piece, start=a, end=b, head=head, role=role, role_words=self.text(chain[0].start, chain[-1].end),
                             sector=role.sector, org="leader" if role.office in ("leader", "hos", "hog") else None,
                             key="person" if role.office in ("leader", "hos") else "state",
                             why=f"«{self.text(start, end)}»"),)  # fmt: skip

    def bare(
        self, start: int, chain: list[Match[Role]], former: bool
    ) -> tuple[int, tuple[Piece, ...]] | None:
        """Return «the ambassador», «his government», «the ministry», to be looked up in the report."""
        role, end = chain[-1].entries[0], chain[-1].end
        owner = self.low(start)
        if self.low(end) == "of" and role.kind == "person":
            return None
        if role.kind in ("people",) and owner in ("the", "this", "that", "these", "those"):
            return None
        attributive = self.is_attributive(end, role)
        a, b, head = self.span(start, end, end - 1)
        ref: Ref = "counterpart" if role.office == "counterpart" else "bare"
        possessor = self.token_of[start] if owner in ("his", "her", "their", "its", "our") else None
        if role.words in _COUNTRY and start + 1 == chain[0].start:
            ref = "country"
        piece = Piece(
            a, b, head, "adjective" if attributive else "role", role=role, role_words=self.text(chain[0].start, end),
            sector=role.sector, person=role.kind == "person" and not role.plural, former=former, ref=ref, score=0.6,
            why=f"«{self.text(start, end)}»", possessor=possessor,
        )  # fmt: skip
        return end, (piece,)

    # --- pronouns ---------------------------------------------------------------------------------------

    def read_pronoun(self, i: int) -> tuple[int, tuple[Piece, ...]] | None:
        word = self.low(i)
        if word in _PRONOUNS and not (self.key(i).isupper() and len(word) > 1):
            if word == "i" and self.key(i) != "I":
                return None
            a, b, head = self.span(i, i + 1)
            return i + 1, (
                Piece(a, b, head, "pronoun", ref="pronoun", key=word, score=0.7, why=f"«{self.key(i)}»"),
            )
        if word in _DEFINITE | {"neither"} and self.low(i + 1) not in _STOP:
            return self.read_country(i)
        return None

    def read_country(self, i: int) -> tuple[int, tuple[Piece, ...]] | None:
        """Read «the country», «the isolated state», «the North», «his country»."""
        if (
            self.low(i) == "the"
            and self.key(i + 1) in ("North", "South")
            and self.upos(i + 2) not in ("PROPN", "NOUN", "ADJ")
        ):
            a, b, head = self.span(i, i + 2)
            code = "PRK" if self.key(i + 1) == "North" else "KOR"
            return i + 2, (Piece(a, b, head, "name", code, ref="country", key=self.key(i + 1), score=0.7,
                                 why=f"«{self.text(i, i + 2)}»"),)  # fmt: skip
        k = i + 1
        while (
            k - i < 3
            and self.low(k) not in _COUNTRY
            and self.is_modifier(k)
            and self.upos(k) in ("ADJ", "NOUN", "VERB", "")
        ):
            k += 1
        if self.low(k) not in _COUNTRY or self.upos(k + 1) in ("NOUN", "PROPN") or self.low(k + 1) == "of":
            return None
        a, b, head = self.span(i, k + 1)
        possessor = self.token_of[i] if self.low(i) in ("his", "her", "their", "its", "our") else None
        return k + 1, (Piece(a, b, head, "role", ref="country", key=self.low(k), score=0.55, possessor=possessor,
                             why=f"«{self.text(i, k + 1)}»"),)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _BodyReader:
    """Reads «the Trump administration» as a body whose code is its head's."""

    scanner: _Scanner
    match: Match[Role]

    def __call__(self, start: int, key: str) -> tuple[int, tuple[Piece, ...]]:
        s, role = self.scanner, self.match.entries[0]
        a, b, head = s.span(start, self.match.end, self.match.end - 1)
        attributive = s.is_attributive(self.match.end, role)
        piece = Piece(a, b, head, "adjective" if attributive else "role", key=key, role=role, role_words=role.words,
                      sector=role.sector, ref="person", why=f"«{s.text(start, self.match.end)}»", score=0.85)  # fmt: skip
        return self.match.end, (piece,)
