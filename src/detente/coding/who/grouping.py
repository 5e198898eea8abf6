"""Words that mean several at once: «Russian and Chinese diplomats», «both countries», «the three».

A compound names its members; the others only count them, and `coding.who.referring` finds who was meant.
"""

from __future__ import annotations

from dataclasses import replace

from detente.coding.who.phrases import Found, Phrases
from detente.coding.who.scan import Nation, Piece
from detente.knowledge.names import Match
from detente.knowledge.roles import Role, cue

COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def group_noun(noun: str) -> tuple[str, str] | None:
    """Return what the members of «both countries», «the leaders» are, and the office that speaks for them."""
    if noun in cue("group-state"):
        return "state", ""
    if noun in cue("group-leader"):
        return "person", "leader"
    return ("person", "") if noun in cue("group-person") else None


class Groups(Phrases):
    """Reads several as one piece."""

    __slots__ = ()

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
        few = self.read_pair(i)
        if few:
            return few
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
            if self.low(k) in COUNTS:
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
        while k - first < 3 and not group_noun(self.low(k)) and self.is_modifier(k):
            if k in self.role_at and group_noun(self.low(self.role_at[k].end - 1)):
                k = self.role_at[k].end - 1
                break
            k += 1
        noun = self.low(k)
        if group_noun(noun):
            return self.group_piece(i, k, counted, ours, k - first)
        if (
            counted
            and first == k
            and self.low(i) in ("both", "the")
            and (self.upos(k) in ("VERB", "AUX", "ADV") or self.ends_phrase(i, k))
            and noun not in ("of",)
        ):
            if self.low(i) == "both" and self.upos(i) not in ("PRON", "DET"):
                return None
            a, b, head = self.span(i, k)
            number = str(COUNTS.get(self.low(k - 1), 2))
            why = f"«{self.text(i, k)}»"
            return k, (Piece(a, b, head, "group", name=number, ref="group", key="any", score=0.6, why=why),)
        return None

    def read_pair(self, i: int) -> Found | None:
        """Read «the pair», «the trio», «neither side», «each government»."""
        word, noun = self.low(i), self.low(i + 1)
        number = {"pair": 2, "duo": 2, "trio": 3}.get(noun, 0) if word == "the" else 0
        if number and (self.low(i + 2) == "of" or self.upos(i + 2) in ("NOUN", "PROPN")):
            return None
        each = word in ("neither", "either", "each") and noun in cue("each-of-two")
        if not number and not each:
            return None
        a, b, head = self.span(i, i + 2, i + 1)
        why, key = f"«{self.text(i, i + 2)}»", "any" if number else "state"
        piece = Piece(a, b, head, "group", name=str(number or 2), ref="group", key=key, score=0.6, why=why)
        return i + 2, (piece,)

    def read_paper(self, i: int) -> Found | None:
        """Read «the statement urged …», «a joint communiqué said»: a paper that speaks for who issued it."""
        k = i + 1
        joint = self.low(k) == "joint"
        k += joint
        if self.low(i) not in ("the", "their", "a") or self.low(k) not in cue("paper"):
            return None
        token = self.sentence.tokens[self.token_of[k]]
        verb = self.sentence.tokens[token.head] if token.head >= 0 else None
        if token.deprel != "nsubj" or verb is None or verb.lemma.lower() not in cue("paper-verb"):
            return None
        if self.low(i) == "a" and not joint:
            return None
        a, b, head = self.span(i, k + 1, k)
        key, why = "joint paper" if joint else "paper", f"«{self.text(i, k + 1)}»"
        return k + 1, (Piece(a, b, head, "group", ref="group", key=key, score=0.6, why=why),)

    def ends_phrase(self, i: int, k: int) -> bool:
        """Whether a number is all there is: «congratulated the three.», «a treaty between the two since»."""
        if self.low(i) == "both" and self.upos(k) == "PUNCT" and self.upos(i - 1) in ("ADP", "VERB"):
            return True
        return self.low(i) == "the" and (
            self.upos(k) in ("PUNCT", "ADP", "SCONJ", "") or self.low(k) in ("and", "since")
        )

    def group_piece(self, i: int, k: int, counted: bool, ours: bool, gap: int) -> Found | None:
        kind, office = group_noun(self.low(k)) or ("state", "")
        if not counted and self.low(k) not in cue("group-uncounted") and not self.opposes(i, k):
            return None
        if not counted and gap and not self.opposes(i, k):
            return None
        if not counted and self.is_capital(k) and i > 0:
            return None  # «Conference of the Parties»
        if self.low(i) == "both" and self.low(k + 1) == "and":
            return None
        if self.low(k + 1) == "of" or (self.low(k + 1) == "in" and not counted):
            return None
        if self.low(i) == "their" and not counted:
            return None
        role = self.role_ending_at(k + 1)
        number = COUNTS.get(self.low(i + 1)) or COUNTS.get(self.low(i)) or 2
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

    def opposes(self, i: int, k: int) -> bool:
        """Whether words mean two who face each other: «the former foes», «the nuclear-armed neighbours»."""
        between = (self.low(j) for j in range(i + 1, k))
        return k > i + 1 and self.low(k) in cue("opposed") and not any(w in cue("distant") for w in between)

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
