"""From a sentence to pieces: words that mean an actor, or will once the rest of the report is asked.

A piece is what the words alone say. «Russian Deputy Foreign Minister Sergei Ryabkov» is one piece with a
state, a role and a name; «the ambassador», «both countries» and «he» are pieces that refer to something said
before, and `coding.actors` resolves them.

Token patterns come first and the tree second: a wrong parse must not lose a state.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from detente.coding.phrases import Found, Phrases
from detente.coding.scan import Hints, How, Nation, Piece, Ref
from detente.knowledge.gazetteer import Entry
from detente.knowledge.names import Match
from detente.knowledge.organisations import Outlet
from detente.knowledge.places import KnownPlace
from detente.knowledge.roles import Role, cue
from detente.knowledge.states import ship_code
from detente.language.analysis import Sentence


def find_pieces(sentence: Sentence, hints: Hints | None = None) -> tuple[Piece, ...]:
    """Return the pieces of a sentence, left to right, none inside another."""
    return tuple(Namer(sentence, hints or Hints()).scan())


def group_noun(noun: str) -> tuple[str, str] | None:
    """Return what the members of «both countries», «the leaders» are, and the office that speaks for them."""
    if noun in cue("group-state"):
        return "state", ""
    if noun in cue("group-leader"):
        return "person", "leader"
    return ("person", "") if noun in cue("group-person") else None


class Namer(Phrases):
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

    def read_nickname(self, match: Match[Entry], entry: Entry) -> Found:
        if self.role_at.get(match.end) or self.low(match.end) in ("of",):
            return match.end, ()
        a, b, head = self.span(match.start, match.end)
        piece = Piece(
            a,
            b,
            head,
            "role",
            None,
            ref="nickname",
            key=" ".join(self.words.keys[match.start : match.end]),
            score=0.7,
            why=f"«{self.text(match.start, match.end)}»",
        )
        return match.end, (piece,)

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

    def read_compound(self, start: int, nation: Nation) -> Found | None:
        """Read «Russian and Chinese | foreign ministers» as one piece of two; None without a plural role."""
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
            a,
            b,
            head,
            "group",
            None,
            role=role,
            role_words=self.text(after[1][0].start, end),
            sector=role.sector,
            members=tuple(dict.fromkeys(n.code for n in found)),
            score=0.95,
            why=f"compound «{self.text(start, end)}»",
        )
        return end, (piece,)

    def read_group(self, i: int) -> Found | None:
        """Read «both countries», «the two leaders», «our two countries», «the two Koreas», «the sides»."""
        k, counted, ours = i, False, False
        if self.low(k) == "both" or (
            self.low(k) == "two"
            and i == 0
            and self.low(k + 1) in ("sides", "countries", "nations", "leaders")
        ):
            k, counted = k + 1, True
            k += self.low(k) in ("the", "of")
            k += self.low(k) == "the"
        elif self.low(k) in ("the", "our", "their", "these", "those"):
            ours = self.low(k) == "our"
            k += 1
            if self.low(k) in ("two", "three", "four", "five", "six"):
                k, counted = k + 1, True
        elif (
            self.low(k) in ("three", "four")
            and self.low(k + 1) in ("countries", "nations", "states", "leaders", "sides")
            and i == 0
        ):
            k, counted = k + 1, True
        if k == i:
            return None
        first = k
        while (
            k - first < 3 and not group_noun(self.low(k)) and self.key(k) != "Koreas" and self.is_modifier(k)
        ):
            if k in self.role_at and group_noun(self.low(self.role_at[k].end - 1)):
                k = self.role_at[k].end - 1
                break
            k += 1
        if self.key(k) == "Koreas":
            a, b, head = self.span(i, k + 1)
            return k + 1, (Piece(a, b, head, "group", members=("KOR", "PRK"), why="the two Koreas"),)
        noun = self.low(k)
        if group_noun(noun):
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

    def group_piece(self, i: int, k: int, counted: bool, ours: bool, gap: int) -> Found | None:
        kind, office = group_noun(self.low(k)) or ("state", "")
        if not counted and (
            gap
            or self.low(k)
            not in ("sides", "leaders", "countries", "parties", "presidents", "ministers", "nations")
        ):
            return None
        if self.low(i) == "both" and self.low(k + 1) == "and":
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
            a,
            b,
            head,
            "group",
            ref="group",
            key="ours" if ours else kind,
            role=role,
            role_words=self.low(k),
            sector=role.sector if role and role.sector in ("MIL",) else "GOV",
            score=(0.85 if counted else 0.6),
            why=f"«{self.text(i, k + 1)}»",
            name="all" if self.low(i) in ("these", "those") and not counted else str(number),
            org=office or None,
        )
        return k + 1, (piece,)

    def read_role(self, i: int) -> Found | None:
        match = self.role_at.get(i)
        start = i
        if match is None and (self.low(i) in cue("definite") or self.low(i) in ("both",)):
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
        former = any(self.low(k) in cue("former") for k in range(max(0, i - 1), match.start))
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
        loose = role.office in ("protest", "rebel") and (role.plural or role.kind == "people")
        loose = loose or (role.kind == "body" and role.sector == "REB")
        if (self.low(start) in cue("definite") and start != match.start) or loose:
            return self.bare(start, chain, former)
        return None

    def role_of(self, start: int, chain: list[Match[Role]], whose: Nation, former: bool) -> Found:
        """Return the piece of «president of France», «leaders of Russia and China», with the name after."""
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
            return end, (
                Piece(
                    a,
                    b,
                    head,
                    "group",
                    role=role,
                    role_words=words,
                    sector=role.sector,
                    members=tuple(codes),
                    why=f"roles of «{self.text(start, end)}»",
                    score=0.95,
                ),
            )
        if role.kind == "person" and not role.plural:
            person = self.name_after(end)
            if person:
                return self.named(start, person[0], person, whose, role, words, former)
        a, b, head = self.span(start, end, chain[-1].end - 1)
        single = role.kind == "person" and not role.plural
        return end, (
            Piece(
                a,
                b,
                head,
                "role",
                whose.code,
                role=role,
                role_words=words,
                org=whose.org,
                sector=self.sector_of(role, whose, chain),
                person=single,
                former=former,
                ref="bare" if single else "",
                score=0.9,
                why=f"role of «{self.text(start, end)}»",
                body=whose.body,
            ),
        )

    def roles_of_group(self, start: int, chain: list[Match[Role]]) -> Found | None:
        """Return «foreign ministries of the two countries» as one piece that asks for the two."""
        group = self.read_group(chain[-1].end + 1)
        if not group:
            return None
        end, (piece,) = group
        a, b, head = self.span(start, end, chain[-1].end - 1)
        role = chain[-1].entries[0]
        return end, (
            replace(
                piece,
                start=a,
                end=b,
                head=head,
                role=role,
                role_words=self.text(chain[0].start, chain[-1].end),
                sector=role.sector,
                org="leader" if role.office in ("leader", "hos", "hog") else None,
                key="person" if role.office in ("leader", "hos") else "state",
                why=f"«{self.text(start, end)}»",
            ),
        )

    def bare(self, start: int, chain: list[Match[Role]], former: bool) -> Found | None:
        """Return «the ambassador», «his government», «the ministry», to be looked up in the report."""
        role, end = chain[-1].entries[0], chain[-1].end
        owner = self.low(start)
        if (
            role.office == "head"
            or (self.low(end) == "of" and role.kind == "person")
            or (role.words in ("opposition", "side") and owner != "the")
        ):
            return None
        if role.kind in ("people",) and owner in ("the", "this", "that", "these", "those"):
            return None
        attributive = self.is_attributive(end, role)
        a, b, head = self.span(start, end, end - 1)
        ref: Ref = "counterpart" if role.office == "counterpart" else "bare"
        possessor = self.token_of[start] if owner in cue("possessive") else None
        if role.words in cue("country") and start + 1 == chain[0].start:
            ref = "country"
        piece = Piece(
            a,
            b,
            head,
            "adjective" if attributive else "role",
            role=role,
            role_words=self.text(chain[0].start, end),
            sector=role.sector,
            person=role.kind == "person" and not role.plural,
            former=former,
            ref=ref,
            score=0.6,
            why=f"«{self.text(start, end)}»",
            possessor=possessor,
        )
        return end, (piece,)

    def read_pronoun(self, i: int) -> Found | None:
        word = self.low(i)
        country = self.read_country(i) if word in cue("definite") | {"neither"} else None
        if country:
            return country
        if word in cue("pronoun") and not (self.key(i).isupper() and len(word) > 1):
            if word == "i" and self.key(i) != "I":
                return None
            a, b, head = self.span(i, i + 1)
            return i + 1, (
                Piece(a, b, head, "pronoun", ref="pronoun", key=word, score=0.7, why=f"«{self.key(i)}»"),
            )
        return None

    def read_country(self, i: int) -> Found | None:
        """Read «the country», «the isolated state», «the North», «his country»."""
        if (
            self.low(i) == "the"
            and self.key(i + 1) in ("North", "South")
            and i + 1 not in self.atoms
            and not self.is_capital(i + 2)
            and self.upos(i + 2) not in ("PROPN", "NOUN", "ADJ")
        ):
            a, b, head = self.span(i, i + 2)
            code = "PRK" if self.key(i + 1) == "North" else "KOR"
            return i + 2, (
                Piece(
                    a,
                    b,
                    head,
                    "name",
                    code,
                    ref="country",
                    key=self.key(i + 1),
                    score=0.7,
                    why=f"«{self.text(i, i + 2)}»",
                ),
            )
        k = i + 1
        while (
            k - i < 3
            and self.low(k) not in cue("country")
            and self.is_modifier(k)
            and self.upos(k) in ("ADJ", "NOUN", "VERB", "")
        ):
            k += 1
        if (
            self.low(k) not in cue("country")
            or self.upos(k + 1) in ("NOUN", "PROPN")
            or self.low(k + 1) == "of"
        ):
            return None
        a, b, head = self.span(i, k + 1)
        possessor = self.token_of[i] if self.low(i) in cue("possessive") else None
        return k + 1, (
            Piece(
                a,
                b,
                head,
                "role",
                ref="country",
                key=self.low(k),
                score=0.55,
                possessor=possessor,
                why=f"«{self.text(i, k + 1)}»",
            ),
        )
