"""From a sentence to pieces: words that mean an actor, or will once the rest of the report is asked.

A piece is what the words alone say. «Russian Deputy Foreign Minister Sergei Ryabkov» is one piece with a
state, a role and a name; «the ambassador», «both countries» and «he» are pieces that refer to something said
before, and `coding.who.actors` resolves them.

Token patterns come first and the tree second: a wrong parse must not lose a state.
"""

from __future__ import annotations

from collections.abc import Iterator

from detente.coding.who.phrases import Found
from detente.coding.who.pointing import Pointing
from detente.coding.who.scan import Hints, How, Nation, Piece
from detente.knowledge.gazetteer import Entry, gazetteer
from detente.knowledge.names import Match
from detente.knowledge.organisations import Outlet
from detente.knowledge.places import KnownPlace
from detente.knowledge.roles import cue
from detente.knowledge.states import ship_code
from detente.knowledge.tables import split_cell
from detente.language.analysis import Sentence


def find_pieces(sentence: Sentence, hints: Hints | None = None) -> tuple[Piece, ...]:
    """Return the pieces of a sentence, left to right, none inside another."""
    return tuple(Namer(sentence, hints or Hints()).scan())


class Namer(Pointing):
    """Walks a sentence and reads what starts at each word."""

    __slots__ = ()

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

    def at(self, i: int) -> Found | None:
        """Return the end and the pieces of what starts at word i; no pieces for a trap."""
        for read in (
            self.read_ship,
            self.read_group,
            self.read_armed,
            self.read_paper,
            self.read_directions,
            self.read_atom,
            self.read_role,
            self.read_unknown,
            self.read_pronoun,
        ):
            found = read(i)
            if found is not None:
                return found
        return None

    def read_atom(self, i: int) -> Found | None:
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
        if entry.kind == "several":
            return self.read_several(match, entry)
        if entry.kind == "regional":
            found = (
                None if self.tied(match.end - 1) else self.extend(match.start, self.nation_of(match, entry))
            )
            return found or (match.end, ())
        if entry.kind == "prefix":
            return self.read_prefix(match, entry)
        return self.read_nation(match, entry)

    def read_nation(self, match: Match[Entry], entry: Entry) -> Found:
        nation = self.nation_of(match, entry)
        compound = self.read_compound(match.start, nation)
        if compound:
            return compound
        phrase = self.extend(match.start, nation)
        if phrase:
            return phrase
        return match.end, (self.plain(match, entry, nation),)

    def plain(self, match: Match[Entry], entry: Entry, nation: Nation) -> Piece:
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
        name = nation.org if kind in ("seat", "body") else entry.ref if isinstance(entry.ref, str) else None
        return Piece(
            start,
            end,
            head,
            how,
            nation.code,
            name,
            org=nation.org if kind == "body" else None,
            sector=sector,
            place=place,
            score=score,
            why=f"{kind} «{words}»",
            body=nation.body,
            many=kind == "people",
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

    def read_directions(self, i: int) -> Found | None:
        """Read «North and South Korea», «East and West Germany»: two states that share a name."""
        if self.key(i) not in cue("direction") or self.low(i + 1) not in ("and", "or"):
            return None
        match = self.atoms.get(i + 2)
        if match is None or match.end - match.start < 2 or self.key(i + 2) not in cue("direction"):
            return None
        other = " ".join((self.key(i), *self.words.keys[i + 3 : match.end]))
        twin = next((e for e in gazetteer().get(other) if e.kind in ("state", "adjective")), None)
        if twin is None or twin.kind != match.entries[0].kind:
            return None
        a, b, head = self.span(i, match.end, match.end - 1)
        members, why = (twin.code, match.entries[0].code), f"states «{self.text(i, match.end)}»"
        return match.end, (Piece(a, b, head, "group", members=members, score=0.95, why=why, many=True),)

    def read_person(self, i: int, end: int, entry: Entry) -> Found:
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

    def read_unknown(self, i: int) -> Found | None:
        """Read a person only the reader saw: «Ms. Okonedo», «Anna Berg»."""
        end = self.names.get(i)
        if end is None or end - i > 5 or not self.is_capital(i):
            return None
        if self.low(i) in cue("stop") or (end - i == 1 and (i in self.role_at or len(self.key(i)) < 2)):
            return None
        return self.named(i, i, (i, end, " ".join(self.words.keys[i:end]), False), None, None, "")

    def read_outlet(self, match: Match[Entry], entry: Entry) -> Found:
        paper = entry.ref
        name = paper.name if isinstance(paper, Outlet) else self.text(match.start, match.end)
        a, b, head = self.span(match.start, match.end)
        return match.end, (
            Piece(
                a,
                b,
                head,
                "name",
                entry.code,
                name,
                org=name,
                sector="JRN",
                score=0.9,
                why=f"outlet «{name}»",
            ),
        )

    def read_place(self, match: Match[Entry], entry: Entry) -> Found:
        if not entry.code or self.inside_person(match.start, match.end):
            return match.end, ()
        spot = entry.ref
        name = (
            spot.name
            if isinstance(spot, KnownPlace) and len(spot.names) < 4
            else self.text(match.start, match.end)
        )
        local = self.extend_place(match, entry)
        if local:
            return local
        a, b, head = self.span(match.start, match.end)
        where = isinstance(spot, KnownPlace) and spot.kind == "city"
        return match.end, (
            Piece(
                a,
                b,
                head,
                "name",
                entry.code,
                name,
                place=True,
                score=0.5 if where else 0.6,
                why=f"place «{self.text(match.start, match.end)}»",
            ),
        )

    def extend_place(self, match: Match[Entry], entry: Entry) -> Found | None:
        """Read «Texas Senator Ann Lee», «Lagos police»: a place, a local part, its country."""
        k, _ = self.after_possessive(match.end)
        role = self.role_at.get(k)
        if role is None or self.tied(match.end - 1) or self.is_false_role(role):
            return None
        part = role.entries[0]
        if part.office in (
            "local",
            "legislature",
            "judge",
            "police",
            "protest",
            "official",
            "civilian",
        ) or part.words in cue("located-body"):
            return self.finish(match.start, role.end, [role], Nation(match.end, entry.code, "place"), False)
        return None

    def read_several(self, match: Match[Entry], entry: Entry) -> Found:
        """Read «the Baltic states», «the permanent members»: a name that means several states."""
        whole = match.end + 1 + (self.low(match.end + 1) == "the")
        if self.low(match.end) == "of" and whole in self.atoms:
            return match.end, ()  # «the permanent members of the Council» speak as that body
        a, b, head = self.span(match.start, match.end, match.end - 1)
        why = f"states «{self.text(match.start, match.end)}»"
        return match.end, (
            Piece(a, b, head, "group", members=split_cell(str(entry.ref)), score=0.9, why=why),
        )

    def read_prefix(self, match: Match[Entry], entry: Entry) -> Found:
        if not self.tied(match.end - 1) or not (self.is_nation(match.end) or match.end in self.atoms):
            return match.end, ()
        a, b, head = self.span(match.start, match.end)
        return match.end, (
            Piece(
                a,
                b,
                head,
                "adjective",
                entry.code,
                score=0.9,
                why=f"prefix «{self.text(match.start, match.end)}-»",
            ),
        )

    def read_ship(self, i: int) -> Found | None:
        """Read «USS Stethem»: a warship and whose."""
        code = ship_code(self.text(i, i + 1))
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
        return end, (
            Piece(
                a,
                b,
                head,
                "name",
                code,
                self.text(i, end),
                sector="MIL",
                score=0.95,
                why=f"warship «{self.text(i, end)}»",
            ),
        )
