"""Mentions -> groups of one bearer, by their words alone: «Petra Novak», «Novak», «Mrs Novak», «the envoy».

Names first, since they are sure; pronouns join a group later, by rank (see antecedents.py).
"""

from __future__ import annotations

from bisect import insort
from dataclasses import dataclass, field

from detente.language.mentions import CERTAIN, Mention, Scene

PEOPLE = frozenset({"PER", ""})
DIFFERENT = 2.0  # leans this far apart on both sides are two people: «Mr Novak» and «Mrs Novak»
SAME_NOUN_WORDS = 400  # «the envoy» 400 words on may be another


@dataclass(slots=True, eq=False)
class Group:
    """Mentions held to be of one bearer, in the order of the text, and its lean to a woman."""

    mentions: list[Mention] = field(default_factory=list)
    lean: float = 0.0
    label: str = ""
    pronouns: int = 0

    def add(self, mention: Mention) -> None:
        """Take one more mention in."""
        insort(self.mentions, mention, key=lambda m: m.place)
        if abs(mention.lean) > abs(self.lean):
            self.lean = mention.lean
        if mention.kind == "name" and not (self.label and not mention.label):
            self.label = mention.label
        self.pronouns += mention.kind == "pronoun"

    @property
    def names(self) -> list[Mention]:
        """The mentions that are names."""
        return [m for m in self.mentions if m.kind == "name"]


def group_names(scene: Scene, mentions: list[Mention]) -> list[Group]:
    """Return the groups that names and nouns form, in the order of the text; pronouns are left out."""
    groups: list[Group] = []
    for mention in mentions:
        if mention.kind == "name":
            _join_or_open(groups, _same_name(groups, mention), mention)
    for mention in mentions:
        if mention.kind == "noun" and mention.label != "plural":
            group = _apposed(scene, groups, mention) or _same_role(groups, mention)
            _join_or_open(groups, group, mention)
    groups.sort(key=lambda g: g.mentions[0].place)
    return groups


def _join_or_open(groups: list[Group], group: Group | None, mention: Mention) -> None:
    if group is None:
        group = Group()
        groups.append(group)
    group.add(mention)


def _same_name(groups: list[Group], mention: Mention) -> Group | None:
    """Return the group whose bearer a name means: the exact name, else the one most spoken of."""
    exact = [g for g in groups if any(m.words == mention.words for m in g.names) and _may_be(g, mention)]
    if exact:
        return exact[-1]
    if mention.label not in PEOPLE:
        return None
    alike = [g for g in groups if g.label in PEOPLE and _may_be(g, mention) and _fits(g, mention.words)]
    return max(alike, key=lambda g: len(g.mentions), default=None)


def _may_be(group: Group, mention: Mention) -> bool:
    """Whether kind and gender let a name mean a group's bearer."""
    apart = group.lean * mention.lean < 0 and min(abs(group.lean), abs(mention.lean)) >= DIFFERENT
    kinds = {group.label, mention.label}
    return not apart and (len(kinds) == 1 or "" in kinds or "PER" not in kinds)


def _fits(group: Group, words: tuple[str, ...]) -> bool:
    """Whether a name is a shorter or a longer form of a group's and of no different full name in it."""
    longest = max((m.words for m in group.names), key=len, default=())
    return _shortens(words, longest) or (
        _shortens(longest, words) and all(_shortens(m.words, words) for m in group.names)
    )


def _shortens(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """Whether `short` names `long` again: its surname, its given name, first and last without the middle."""
    if not short or len(short) >= len(long):
        return False
    if len(short) == 1:
        return short[0] in (long[0], long[-1]) and len(short[0]) > 1
    if short[-1] == long[-1]:
        return short[0] == long[0] or long[-len(short) :] == short or _initial(short[0], long[0])
    return long[: len(short)] == short


def _initial(a: str, b: str) -> bool:
    return (len(a.rstrip(".")) == 1 or len(b.rstrip(".")) == 1) and a[:1] == b[:1]


def _apposed(scene: Scene, groups: list[Group], mention: Mention) -> Group | None:
    """Return the group of the name a noun stands beside or is said of: «Novak, the envoy»."""
    s, head = mention.span.sentence, mention.span.head
    tokens = scene.sentences[s].tokens
    near = {k for k in scene.kids(s)[head] if tokens[k].deprel.partition(":")[0] in ("appos", "flat")}
    if tokens[head].deprel.partition(":")[0] in ("appos", "flat"):
        near.add(scene.heads(s)[head])
    if any(tokens[k].deprel == "cop" for k in scene.kids(s)[head]):
        near |= {k for k in scene.kids(s)[head] if tokens[k].deprel == "nsubj"}
    for group in groups:
        for m in group.names:
            if m.span.sentence == s and m.span.head in near and group.label in PEOPLE:
                return group if _may_agree(group, mention) else None
    return None


def _may_agree(group: Group, mention: Mention) -> bool:
    return group.lean * mention.lean >= 0 or abs(group.lean) < DIFFERENT or abs(mention.lean) < CERTAIN


def _same_role(groups: list[Group], mention: Mention) -> Group | None:
    """Return the one group that bears a role named again, «the envoy», if only one person has it."""
    if mention.label != "def" or mention.span.head - mention.span.start != 1:
        return None
    bearers = [
        g
        for g in groups
        if any(mention.roles[0] in m.roles and m.place < mention.place for m in g.mentions)
        and mention.place - g.mentions[-1].place < SAME_NOUN_WORDS
        and _may_agree(g, mention)
    ]
    return bearers[0] if len(bearers) == 1 else None
