"""Roles and whose they are: «Russian | deputy fisheries chief», «spokesman | of the Dutch ministry».

What a role says by itself: where it ends, which state, organ or body it serves, and in which sector.
"""

from __future__ import annotations

from dataclasses import replace

from detente.coding.who.scan import NATION_KINDS, Nation, Scan
from detente.knowledge.names import Match
from detente.knowledge.roles import Role, cue

MAX_GAP = 5  # words between nationality and role: «US top nuclear envoy»


class Parts(Scan):
    """Reads the part somebody plays, and for whom."""

    __slots__ = ()

    def role_after(self, i: int, nation: Nation) -> tuple[int, list[Match[Role]], bool, Nation] | None:
        """Return where the roles after a nationality end, the roles, «former», the nation with its organ."""
        k, former = i, False
        for _ in range(MAX_GAP + 1):
            match = self.role_at.get(k)
            if match and not self.is_false_role(match):
                chain = self.chain_from(match)
                return chain[-1].end, chain, former, nation
            if self.cuts_off(k, nation, possessive=nation.end != i):
                return None
            organ = self.organ_at(k, nation)
            if organ:
                nation, k = organ, organ.end
                if k not in self.role_at and not self.is_modifier(k):
                    return k, [], former, nation
                continue
            if not self.is_modifier(k):
                return (k, [], former, nation) if nation.end == k and nation.end != i and nation.org else None
            former = former or self.low(k) in cue("former")
            k += 1
        return None

    def chain_from(self, match: Match[Role]) -> list[Match[Role]]:
        """Return the roles that make one part together: «deputy | fisheries | chief», «army | spokesman»."""
        chain = [match]
        while True:
            end = chain[-1].end
            following = self.role_at.get(end)
            if following and not self.breaks(end):
                chain.append(following)
                continue
            further = self.over_modifiers(chain[-1])
            if further is None:
                return chain
            chain.append(further)

    def over_modifiers(self, match: Match[Role]) -> Match[Role] | None:
        """Return the role a «deputy» waits for, over up to three nouns: «deputy | fisheries chief»."""
        role, k = match.entries[0], match.end
        if role.plural or role.kind == "people" or self.low(match.end - 1) not in cue("deputy"):
            return None
        while k - match.end < 3 and k not in self.role_at and self.is_modifier(k) and not self.is_capital(k):
            k += 1
        found = self.role_at.get(k)
        return found if found and found.entries[0].kind == "person" and not self.breaks(k) else None

    def cuts_off(self, k: int, nation: Nation, *, possessive: bool) -> bool:
        """Whether word k parts a bare name from a role: «gave Jamaica | two aircraft», «Tokyo | open …»."""
        if possessive or nation.kind not in ("state", "capital"):
            return False
        return self.upos(k) == "NUM" or (nation.kind == "capital" and self.upos(k) not in ("NOUN", "PROPN"))

    def craft(self, match: Match[Role]) -> Role | None:
        """Return the plane or ship a word also means after a type number: «F-16 | fighters»."""
        typed = any(c.isdigit() for c in self.low(match.start - 1)) and self.is_capital(match.start - 2)
        return next((r for r in match.entries if r.kind == "unit"), None) if typed else None

    def sector_of(self, role: Role, nation: Nation, chain: list[Match[Role]]) -> str:
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

    def after_reach(self, end: int, role: Role) -> int:
        """Return the end after «to China», which says where an envoy goes, not who sent him."""
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
        if not match or match.entries[0].kind not in (*NATION_KINDS, "place"):
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

    def nation_after_role(self, match: Match[Role]) -> Nation | None:
        """Return whose role it is by «of France», «from Iran», «in Minsk»."""
        role, link = match.entries[0], self.low(match.end)
        located = role.office in cue("located") or role.words in cue("located-body")
        located = located or self.is_seated(match)
        if link in cue("serving-link"):
            served = self.served(match)
            if served:
                return served
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
        entry = self.choose(atom)
        if entry is None:
            return None
        if entry.kind in ("state", "capital", "seat", "body") or (
            entry.kind == "place" and entry.code and (located or link == "from")
        ):
            nation = self.nation_of(atom, entry)
            if self.after_possessive(atom.end)[1] or self.tied(atom.end - 1):
                return None
            return replace(nation, kind="state") if entry.kind == "place" else nation
        return None

    def is_seated(self, match: Match[Role]) -> bool:
        """Whether a body sits in its own capital: «the fisheries ministry | in Oslo», not «the embassy»."""
        role = match.entries[0]
        if role.kind != "body" or role.sector not in ("GOV", "LEG", "JUD", "COP"):
            return False
        if role.words in cue("away") or self.low(match.start - 1) in cue("possessive"):
            return False
        atom = self.atoms.get(match.end + 1)
        return bool(atom and atom.entries[0].kind in ("capital", "state"))

    def served(self, match: Match[Role]) -> Nation | None:
        """Return whose part it is by the body served: «spokesman | of the Egyptian irrigation ministry»."""
        role, link = match.entries[0], self.low(match.end)
        if role.kind != "person" or role.plural:
            return None
        if link in ("to", "at") and role.office not in ("aide", "spokes", "official", "head"):
            return None
        k = match.end + 1
        k += self.low(k) == "the"
        atom = self.atoms.get(k)
        entry = self.choose(atom) if atom else None
        if not atom or not entry or entry.kind not in ("adjective", "state", "capital", "seat", "body"):
            return None
        nation = self.nation_of(atom, entry)
        i, possessive = self.after_possessive(nation.end)
        if self.tied(nation.end - 1) or not (possessive or entry.kind == "adjective"):
            return None
        found = self.role_after(i, nation)
        if not found or not found[1]:
            return None
        last = found[1][-1].entries[0]
        if last.sector not in ("GOV", "MIL", "LEG", "JUD", "COP", "SPY", "IGO"):
            return None
        return replace(found[3], end=found[0])

    def native_body(self, match: Match[Role]) -> int:
        """Return the end of «of the foreign ministry», «to its trade ministry» after a role; 0 for none.

        Such a part belongs to the state at hand, which the report must say.
        """
        role = match.entries[0]
        if role.kind != "person" or role.plural or self.low(match.end) not in cue("serving-link"):
            return 0
        k = match.end + 1
        if self.low(k) not in cue("definite"):
            return 0
        k += 1
        while k - match.end < 5 and k not in self.role_at and self.is_modifier(k):
            k += 1
        body = self.role_at.get(k)
        return self.chain_from(body)[-1].end if body and self.is_organ(body) else 0

    def is_organ(self, match: Match[Role]) -> bool:
        """Whether a role is an organ every state has: «the defence ministry», «the police», «parliament»."""
        role = match.entries[0]
        public = role.kind in ("body", "people") and role.sector in ("GOV", "MIL", "LEG", "JUD", "COP")
        return public and role.words not in cue("away")
