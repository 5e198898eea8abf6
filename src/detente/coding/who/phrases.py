"""Phrases around a name: nationality with role and reach, people with title and apposition.

«Peru's ambassador to Chile, Luis Arana» is one phrase: whose, what, where to, and who.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.coding.who.parts import MAX_GAP, Parts
from detente.coding.who.scan import NATION_KINDS, Nation, Piece, Ref
from detente.knowledge.names import Match
from detente.knowledge.roles import Role, cue

Found = tuple[int, tuple[Piece, ...]]  # where reading goes on, and what was read
Name = tuple[int, int, str, bool]  # first word, end, folded name, whether the tables know it


class Phrases(Parts):
    """Reads phrases that start at a nationality, a role or a name."""

    __slots__ = ()

    def extend(self, start: int, nation: Nation) -> Found | None:
        """Read on from «Russian»: role, reach («to China») and name; None where no role follows."""
        i = nation.end
        if self.tied(i - 1):
            if self.low(i) in cue("backed") or self.is_nation(i) or i in self.atoms:
                return None
            i += 1 if self.low(i) in cue("based") else 0
        i, possessive = self.after_possessive(i)
        person = self.person_at(i) if possessive or nation.kind in ("adjective", "state") else None
        if person and possessive and (person[3] or i in self.names):
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

    def stranger(self, start: int, i: int, nation: Nation) -> Found | None:
        """Read «American basketball player | Anna Berg»: nationality, part, a name the reader saw."""
        if nation.kind not in ("adjective", "state"):
            return None
        k = i
        while k - i < MAX_GAP and k not in self.names and self.is_modifier(k) and not self.is_capital(k):
            k += 1
        end = self.names.get(k)
        if k == i or end is None or self.upos(k - 1) != "NOUN" or not self.is_capital(k):
            return None
        role = Role(self.text(i, k).lower(), "person", "CVL", "", "civilian")
        return self.named(
            start, k, (k, end, " ".join(self.words.keys[k:end]), False), nation, role, self.text(i, k)
        )

    def finish(self, start: int, end: int, chain: list[Match[Role]], nation: Nation, former: bool) -> Found:
        """Return the piece of a nationality and its roles, with reach and name where they follow."""
        role = chain[-1].entries[0] if chain else None
        if role is None:
            a, b, head = self.span(start, end)
            piece = Piece(
                a,
                b,
                head,
                "name",
                nation.code,
                nation.org,
                org=nation.org if nation.body else None,
                sector=nation.sector,
                why=f"organ «{self.text(start, end)}»",
                body=nation.body,
            )
            return end, (piece,)
        role = self.craft(chain[-1]) or role
        role_end = end
        if role.sector == "BUS" and self.is_company(start, end, nation):
            return end, ()
        if nation.kind == "seat" and role.words in cue("seat-head"):
            role, nation = replace(role, office="leader"), replace(nation, org=None)  # «the Kremlin chief»
        words = self.text(chain[0].start, role_end) if chain else ""
        end = self.after_reach(end, role)
        person = None
        if role.kind == "person" and not role.plural:
            person = self.name_after(end) or self.name_after_home(end, role)
        if person:
            return self.named(start, person[0], person, nation, role, words, former)
        a, b, head = self.span(start, end, chain[-1].end - 1)
        attributive = self.is_attributive(role_end, role) and end == role_end
        sector = self.sector_of(role, nation, chain)
        ref: Ref = "bare" if role.kind == "person" and not role.plural else ""
        piece = Piece(
            a,
            b,
            head,
            "adjective" if attributive else "role",
            nation.code,
            None,
            role=role,
            role_words=words,
            org=nation.org,
            sector=sector,
            person=role.kind == "person" and not role.plural,
            former=former,
            ref="" if attributive else ref,
            score=0.95,
            why=f"{nation.kind} + role «{self.text(start, end)}»",
            body=nation.body,
        )
        if nation.kind == "capital":
            piece = replace(piece, how="role")
        return end, (piece,)

    def is_company(self, start: int, end: int, nation: Nation) -> bool:
        """Whether capitals make a firm of it: «Ukraine International Airlines», not «Chinese companies»."""
        rest = range(nation.end, end)
        others = [k for j, k in enumerate(self.words.keys) if not start <= j < end and len(k) > 3]
        in_title = sum(k[0].isupper() for k in others) > 0.7 * len(others) if others else True
        return not in_title and len(rest) > 0 and all(self.is_capital(k) for k in rest)

    def person_at(self, i: int) -> Name | None:
        """Return (start, end, folded name, known) of a person's name that starts at word i."""
        match = self.atoms.get(i)
        if match and self.tied(match.end - 1):
            match = None  # «Paul» in «Paul-Henri»
        if match and i in self.role_at and self.is_capital(match.end):
            return None  # «King» in «Jordan's King Abdullah»
        if (match and match.entries[0].kind in ("person", "surname")) or (
            match
            and i > 0
            and self.title_before(i)
            and any(e.kind in ("person", "surname") for e in match.entries)
        ):
            end = self.whole_name(i, match.end)
            return i, end, " ".join(self.words.keys[i:end]), True
        end = self.capitals_end(i)
        if end > i and not (match and match.entries[0].kind in (*NATION_KINDS, "outlet", "trap", "place")):
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
            if not good and not (word in cue("particle") and self.is_capital(k + 1)):
                break
            if self.upos(k) not in ("", "PROPN", "NOUN", "X", "ADJ", "VERB", "ADP", "DET"):
                break
            k += 1
        if k > i and self.key(k - 1) == ".":
            k -= 1
        return k if k > i and self.upos(i) in ("", "PROPN", "NOUN", "X", "ADJ") else i

    def name_after(self, end: int) -> Name | None:
        """Return the name after a role, beside it or in apposition: «the president, Vladimir Putin,»."""
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
        while self.key(k) in cue("title") or (self.key(k) == "." and self.key(k - 1) in cue("title")):
            k += 1
        return self.person_at(k) if self.is_capital(k) or self.low(k) in cue("particle") else None

    def name_after_home(self, end: int, role: Role) -> Name | None:
        """Return the name after where a member sits for: «US Senator | from Vermont | Ann Lee»."""
        atom = self.atoms.get(end + 1) if self.low(end) in ("from", "for", "of") else None
        if atom is None or role.office not in ("legislature", "local") or atom.entries[0].kind != "place":
            return None
        return self.name_after(atom.end) if atom.end in self.names else None

    def is_real_name(self, person: Name) -> bool:
        """Whether unknown capitalised words after a role are a name, by the reader or by their length."""
        start, end, _, _ = person
        return start in self.names or (
            end - start >= 2
            and all(self.key(k)[:1].isupper() or self.key(k) in cue("particle") for k in range(start, end))
        )

    def stands_alone(self, i: int, end: int) -> bool:
        """Whether a surname is no part of a longer name: neither «Theresa | May» nor «Trump | Tower»."""
        before, after = self.key(i - 1), self.key(end)
        if self.tied(i - 1) and before[:1].islower():
            return True
        if (
            after[:1].isupper()
            and after.isalpha()
            and len(after) > 1
            and end not in self.role_at
            and end not in self.atoms
            and self.names.get(i) != end
            and self.upos(end) in ("", "PROPN")
        ):
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

    def named(
        self,
        start: int,
        name_start: int,
        person: Name,
        nation: Nation | None,
        role: Role | None,
        role_words: str,
        former: bool = False,
    ) -> Found:
        """Return the piece of a person named, with nationality and role where given, and his apposition."""
        _, end, key, known = person
        office_body = self.body_after(end) if role is None else None
        if office_body and nation is None:
            return office_body(start, key)
        if nation is None and role is None and self.low(end) == "of" and self.atoms.get(end + 1):
            home = self.atoms[end + 1]
            if home.entries[0].kind == "state" and person[1] - person[0] > 1:
                nation, end = self.nation_of(home, home.entries[0]), home.end
        if nation is None and role is None:
            belongs = self.of_body(end)
            end, nation = (belongs.end, belongs) if belongs else (end, nation)
        if nation is None and role and role_words.lower() in cue("american-office"):
            nation = Nation(end, "USA", "state")
        extra = self.apposition(end, nation)
        native = role is not None and self.is_national(role, start, person[0])
        if extra:
            end, nation, role, role_words, former = extra
        possessor = None
        if extra is None and nation is None:
            part = self.native_part(end)
            if part:
                end, role, role_words, possessor = part
            nation = self.acts_for(end)
            native = native or part is not None or (nation is None and self.acts_officially(end))
        a, b, head = self.span(start, end, name_start if start == name_start else person[1] - 1)
        sector = self.sector_of(role, nation, []) if role and nation else role.sector if role else "GOV"
        piece = Piece(
            a,
            b,
            head,
            "name",
            nation.code if nation else None,
            self.text(person[0], person[1]),
            key=key,
            role=role,
            role_words=role_words,
            org=nation.org if nation else None,
            sector=sector,
            person=True,
            former=former,
            ref="person",
            why=f"person «{self.text(start, end)}»",
            surname_only=person[1] - person[0] == 1,
            titled=role is not None or self.title_before(person[0]),
            body=nation.body if nation else None,
            score=1.0 if known or nation else 0.6,
            native=native and nation is None,
            possessor=possessor,
            seen=self.names.get(person[0]) == person[1],
        )
        return end, (piece,)

    def of_body(self, end: int) -> Nation | None:
        """Return whose person it is by «of the Egyptian irrigation ministry» right after the name."""
        k = end + 1 + (self.low(end + 1) == "the")
        atom = self.atoms.get(k) if self.low(end) in ("of", "from", "at") else None
        entry = self.choose(atom) if atom else None
        if not atom or not entry or entry.kind not in ("adjective", "state", "capital"):
            return None
        nation = self.nation_of(atom, entry)
        i, possessive = self.after_possessive(nation.end)
        if self.tied(nation.end - 1) or not (possessive or entry.kind == "adjective"):
            return None
        found = self.role_after(i, nation)
        return replace(found[3], end=found[0]) if found and found[1] else None

    def is_national(self, role: Role, start: int, name_start: int) -> bool:
        """Whether a title without nationality is one of the state at hand: «Trade Minister Kari Holm»."""
        return role.office in cue("national-office") and start < name_start

    def native_part(self, end: int) -> tuple[int, Role, str, int | None] | None:
        """Return what «, the spokeswoman of its foreign ministry» adds: end, role, its words, «its»."""
        if self.key(end) != ",":
            return None
        k = end + 1
        k += self.low(k) in ("the", "a", "an")
        while k - end < 4 and k not in self.role_at and self.is_modifier(k):
            k += 1
        match = self.role_at.get(k)
        if match is None:
            return None
        chain = self.chain_from(match)
        stop = self.native_body(chain[-1])
        if not stop or not self.closes(stop):
            return None
        whose = chain[-1].end + 1
        possessor = self.token_of[whose] if self.low(whose) in cue("possessive") else None
        return stop, chain[-1].entries[0], self.text(chain[0].start, stop), possessor

    def acts_for(self, end: int) -> Nation | None:
        """Return whom «, who negotiated for Rabat» or «, who led the Danish delegation» acts for."""
        if self.key(end) != "," or self.low(end + 1) != "who":
            return None
        k = end + 2
        while k - end < 6 and self.upos(k) in ("AUX", "ADV"):
            k += 1
        verb = self.low(k)
        k += 1
        if self.low(k) in ("for", "on") and verb in cue("acting-for"):
            k += 1 + 2 * (self.low(k) == "on" and self.low(k + 2) == "of")
        elif verb not in cue("leading"):
            return None
        k += self.low(k) == "the"
        atom = self.atoms.get(k)
        entry = self.choose(atom) if atom else None
        if not atom or not entry or entry.kind not in NATION_KINDS:
            return None
        nation = self.nation_of(atom, entry)
        if entry.kind == "adjective" and not self.role_after(nation.end, nation):
            return None
        return nation

    def acts_officially(self, end: int) -> bool:
        """Whether «, who had negotiated it» makes the one named an official of the state at hand."""
        if self.key(end) != "," or self.low(end + 1) != "who":
            return False
        k = end + 2
        while k - end < 6 and self.upos(k) in ("AUX", "ADV"):
            k += 1
        if self.low(k) in ("negotiated", "negotiates", "signed"):
            return True
        return self.low(k) in cue("leading") and self.low(k + 2) in ("delegation", "talks", "negotiations")

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

    def apposition(self, end: int, nation: Nation | None) -> tuple[int, Nation, Role, str, bool] | None:
        """Return what «, Russia's ambassador to China» adds to the name before it."""
        if nation is not None or self.key(end) != ",":
            return None
        k, former = end + 1, False
        while (
            self.low(k) in ("the", "a", "an")
            or (self.low(k) in cue("former"))
            or self.low(k) in ("current", "top", "senior", "new")
        ):
            former = former or self.low(k) in cue("former")
            k += 1
        match = self.atoms.get(k)
        if match and match.entries[0].kind in NATION_KINDS:
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
            self.ends(k + n) and not any(self.upos(j) in ("VERB", "AUX") for j in range(k, k + n))
            for n in (1, 2, 3, 4)
        )

    def ends(self, k: int) -> bool:
        return self.key(k) in (",", ".", ";", ":", ")", "", "-", "!", "?", '"', "”", "—", "–") or self.low(
            k
        ) in ("and", "who", "said", "told", "says")


@dataclass(frozen=True, slots=True)
class _BodyReader:
    """Reads «the Trump administration» as a body whose code is its head's."""

    scanner: Phrases
    match: Match[Role]

    def __call__(self, start: int, key: str) -> Found:
        s, role = self.scanner, self.match.entries[0]
        a, b, head = s.span(start, self.match.end, self.match.end - 1)
        attributive = s.is_attributive(self.match.end, role)
        piece = Piece(
            a,
            b,
            head,
            "adjective" if attributive else "role",
            key=key,
            role=role,
            role_words=role.words,
            sector=role.sector,
            ref="person",
            why=f"«{s.text(start, self.match.end)}»",
            score=0.85,
        )
        return self.match.end, (piece,)
