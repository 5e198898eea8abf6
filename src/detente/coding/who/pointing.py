"""Words that point back: «the ambassador», «his country», «the bloc», «he», and roles with whose they are.

«The president of France» says whose by itself; «the ministry» and «she» become pieces that ask the report.
"""

from __future__ import annotations

from detente.coding.who.grouping import COUNTS, Groups
from detente.coding.who.phrases import Found
from detente.coding.who.scan import Nation, Piece, Ref
from detente.knowledge.gazetteer import Entry
from detente.knowledge.names import Match
from detente.knowledge.roles import Role, cue


class Pointing(Groups):
    """Reads roles without a nationality, nicknames, pronouns and «the country»."""

    __slots__ = ()

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
        chain = self.chain_from(match)
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
        loose = loose or (
            self.low(last.end - 1) in cue("bare-organ") and self.is_subject(match.start) and start == i
        )
        if (self.low(start) in cue("definite") and start != match.start) or loose:
            return self.bare(start, chain, former)
        return None

    def is_subject(self, k: int) -> bool:
        """Whether word k opens a subject of its own: «police said», not «riot police»."""
        token = self.sentence.tokens[self.token_of[k]]
        return token.deprel.startswith("nsubj") and self.upos(k - 1) not in ("ADJ", "NOUN", "PROPN", "VERB")

    def role_of(self, start: int, chain: list[Match[Role]], whose: Nation, former: bool) -> Found:
        """Return the piece of «president of France», «leaders of Russia and China», with the name after."""
        role, end = chain[-1].entries[0], whose.end
        codes, k = [whose.code], whose.end
        joined = any(self.low(j) == "and" for j in range(k, k + 8))
        joined = joined and self.low(chain[-1].end) in ("of", "from")
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

    def bare(self, start: int, chain: list[Match[Role]], former: bool) -> Found | None:
        """Return «the ambassador», «his government», «the ministry», to be looked up in the report."""
        role, end = chain[-1].entries[0], chain[-1].end
        owner = self.low(start)
        if (
            role.office == "head"
            or (self.low(end) == "of" and (role.kind == "person" or self.is_capital(end - 1)))
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
        number = COUNTS.get(self.low(start + 1)) if role.plural else None
        if number and possessor is None and role.kind == "body":
            ref = "group"
        piece = Piece(
            a,
            b,
            head,
            "adjective" if attributive else "role",
            name=str(number) if ref == "group" else None,
            key="state" if ref == "group" else "",
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

    def read_armed(self, i: int) -> Found | None:
        """Read «the group», «the militia»: an armed group, if the report has named one."""
        k = i + 1
        k += self.low(k) in ("militant", "armed", "rebel", "jihadist", "islamist")
        if self.low(i) != "the" or self.low(k) not in cue("armed-nickname"):
            return None
        if self.is_capital(k) or self.low(k + 1) == "of" or self.upos(k + 1) in ("NOUN", "PROPN"):
            return None
        a, b, head = self.span(i, k + 1, k)
        key = self.low(k)
        why = f"«{self.text(i, k + 1)}»"
        return k + 1, (Piece(a, b, head, "role", ref="nickname", key=key, sector="REB", score=0.65, why=why),)

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
        k, region = i + 1, ""
        while (
            k - i < 4
            and (self.low(k) not in cue("country") or self.low(k + 1) in cue("country"))
            and (
                self.low(k) in cue("region-word")
                or (self.is_modifier(k) and self.upos(k) in ("ADJ", "NOUN", "VERB", ""))
            )
        ):
            region = self.low(k) if self.low(k) in cue("region-word") else region
            k += 1
        if any(self.low(j) in cue("not-at-hand") for j in range(i + 1, k)):
            return None
        region = region or (self.low(k) if self.low(k) in cue("region-word") else "")
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
                name=region or None,
                score=0.55,
                possessor=possessor,
                why=f"«{self.text(i, k + 1)}»",
            ),
        )

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
