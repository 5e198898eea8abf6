"""Mentions -> groups of one bearer, by their words alone: «Petra Novak», «Novak», «Mrs Novak», «the envoy».

Names first, since they are sure; pronouns join a group later, by rank (see antecedents.py).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass, field
from typing import TypeVar

from detente.language.mentions import CERTAIN, Mention, Scene

Key = TypeVar("Key")

PEOPLE = frozenset({"PER", ""})
DIFFERENT = 2.0  # leans this far apart on both sides are two people: «Mr Novak» and «Mrs Novak»
MOST = 200  # mentions looked at on either side, so that a book takes no longer a page than a page
SAME_NOUN_WORDS = 400  # «the envoy» 400 words on may be another


@dataclass(slots=True, eq=False)
class Group:
    """Mentions held to be of one bearer, in the order of the text, and its lean to a woman."""

    mentions: list[Mention] = field(default_factory=list)
    forms: list[tuple[str, ...]] = field(default_factory=list)  # the names it goes by, each once
    lean: float = 0.0
    label: str = ""
    pronouns: int = 0
    number: int = 0  # in the order the groups were opened

    def add(self, mention: Mention) -> None:
        """Take one more mention in."""
        insort(self.mentions, mention, key=_place)
        if abs(mention.lean) > abs(self.lean):
            self.lean = mention.lean
        if mention.kind == "name" and not (self.label and not mention.label):
            self.label = mention.label
        if mention.kind == "name" and mention.words not in self.forms:
            self.forms.append(mention.words)
        self.pronouns += mention.kind == "pronoun"

    def before(self, place: int) -> list[Mention]:
        """Return the last mentions before a place, MOST at most."""
        at = bisect_left(self.mentions, place, key=_place)
        return self.mentions[max(0, at - MOST) : at]

    def after(self, place: int) -> list[Mention]:
        """Return the first mentions after a place, MOST at most."""
        at = bisect_right(self.mentions, place, key=_place)
        return self.mentions[at : at + MOST]


def _place(mention: Mention) -> int:
    return mention.place


class _Register:
    """The groups opened so far, found by the words, roles and heads of their mentions."""

    def __init__(self) -> None:
        self.groups: list[Group] = []
        self.by_form: dict[tuple[str, ...], list[Group]] = {}
        self.by_edge: dict[str, list[Group]] = {}
        self.by_role: dict[str, list[Group]] = {}
        self.by_head: dict[tuple[int, int], Group] = {}

    def enter(self, group: Group | None, mention: Mention) -> None:
        """Add a mention to a group, or to a new one."""
        if group is None:
            group = Group(number=len(self.groups))
            self.groups.append(group)
        group.add(mention)
        self.by_head[mention.span.sentence, mention.span.head] = group
        for role in mention.roles:
            _list(self.by_role, role, group)
        if mention.kind == "name" and mention.words:
            _list(self.by_form, mention.words, group)
            _list(self.by_edge, mention.words[0], group)
            _list(self.by_edge, mention.words[-1], group)

    def sharing(self, words: tuple[str, ...]) -> list[Group]:
        """Return the groups a name of which begins or ends with a name's first or last word."""
        found = {g.number: g for edge in (words[0], words[-1]) for g in self.by_edge.get(edge, ())}
        return [found[number] for number in sorted(found)]


def _list(index: dict[Key, list[Group]], key: Key, group: Group) -> None:
    groups = index.setdefault(key, [])
    if group not in groups:
        groups.append(group)


def group_names(scene: Scene, mentions: list[Mention]) -> list[Group]:
    """Return the groups that names and nouns form, in the order of the text; pronouns are left out."""
    register = _Register()
    for mention in mentions:
        if mention.kind == "name":
            register.enter(_same_name(register, mention), mention)
    for mention in mentions:
        if mention.kind == "noun" and mention.label != "plural":
            group = _apposed(scene, register, mention) or _same_role(register, mention)
            register.enter(group, mention)
    return sorted(register.groups, key=lambda g: g.mentions[0].place)


def _same_name(register: _Register, mention: Mention) -> Group | None:
    """Return the group whose bearer a name means: the exact name, else the one most spoken of."""
    exact = [g for g in register.by_form.get(mention.words, ()) if _may_be(g, mention)]
    if exact:
        return max(exact, key=lambda g: g.number)
    if mention.label not in PEOPLE or not mention.words:
        return None
    near = register.sharing(mention.words)
    alike = [g for g in near if g.label in PEOPLE and _may_be(g, mention) and _fits(g, mention.words)]
    return max(alike, key=lambda g: len(g.mentions), default=None)


def _may_be(group: Group, mention: Mention) -> bool:
    """Whether kind and gender let a name mean a group's bearer."""
    apart = group.lean * mention.lean < 0 and min(abs(group.lean), abs(mention.lean)) >= DIFFERENT
    kinds = {group.label, mention.label}
    return not apart and (len(kinds) == 1 or "" in kinds or "PER" not in kinds)


def _fits(group: Group, words: tuple[str, ...]) -> bool:
    """Whether a name is a shorter or a longer form of a group's and of no different full name in it."""
    longest = max(group.forms, key=len, default=())
    return _shortens(words, longest) or (
        _shortens(longest, words) and all(_shortens(form, words) for form in group.forms)
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


def _apposed(scene: Scene, register: _Register, mention: Mention) -> Group | None:
    """Return the group of the name a noun stands beside or is said of: «Novak, the envoy»."""
    s, head = mention.span.sentence, mention.span.head
    tokens = scene.sentences[s].tokens
    near = {k for k in scene.kids(s)[head] if tokens[k].deprel.partition(":")[0] in ("appos", "flat")}
    if tokens[head].deprel.partition(":")[0] in ("appos", "flat"):
        near.add(scene.heads(s)[head])
    if any(tokens[k].deprel == "cop" for k in scene.kids(s)[head]):
        near |= {k for k in scene.kids(s)[head] if tokens[k].deprel == "nsubj"}
    named = [g for k in sorted(near) if (g := register.by_head.get((s, k))) is not None and g.forms]
    group = next((g for g in named if g.label in PEOPLE), None)
    return group if group is not None and _may_agree(group, mention) else None


def _may_agree(group: Group, mention: Mention) -> bool:
    return group.lean * mention.lean >= 0 or abs(group.lean) < DIFFERENT or abs(mention.lean) < CERTAIN


def _same_role(register: _Register, mention: Mention) -> Group | None:
    """Return the one group that bears a role named again, «the envoy», if only one person has it."""
    if mention.label != "def" or mention.span.head - mention.span.start != 1:
        return None
    bearers = [
        g
        for g in register.by_role.get(mention.roles[0], ())
        if (before := g.before(mention.place))
        and mention.place - before[-1].place < SAME_NOUN_WORDS
        and any(mention.roles[0] in m.roles for m in before)
        and _may_agree(g, mention)
    ]
    return bearers[0] if len(bearers) == 1 else None
