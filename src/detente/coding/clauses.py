"""Who does what to whom by grammar alone: the slots around a verb, noun or adjective.

From «Paris, which had urged Berlin to act, was rebuked by Rome» it gives, for «urged»:
subj = Paris (through «which»), obj = Berlin, xcomp = act; and for «rebuked»: subj = Rome, obj = Paris.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from detente.knowledge.triggers import verb_lemmas
from detente.language.analysis import Sentence

# Verbs that lend their subject and phrases to the noun that names the act: «held talks with Oslo».
LIGHT_VERBS = frozenset(
    "have hold pay make launch conduct impose carry stage give begin start continue resume undertake deliver "
    "issue open convene perform mount wage slap place put lodge file express voice sign reach conclude take "
    "offer provide exchange extend send announce declare order approve execute kick finish complete end "
    "step intensify increase expand see witness include involve receive face levy ratchet renew tighten "
    "co-host attend join lead pursue enter maintain show raise reiterate reaffirm repeat".split()
)
# … and those that do so through a preposition: «engaged in talks», «met for negotiations».
ENTERING_VERBS = frozenset("engage enter participate meet gather travel arrive embark go sit come".split())
RELATIVE = frozenset({"which", "that", "who", "whom", "whose", "where", "when"})
VERBAL = frozenset({"VERB", "AUX"})
PAPERS = frozenset("message statement letter note tweet post communique communiqué declaration memo".split())
MAX_DEPTH = 4  # how many clauses up a hidden subject is looked for


@dataclass(frozen=True, slots=True)
class Frame:
    """Slot name → heads of the phrases that fill it, nearest construction first."""

    slots: dict[str, tuple[int, ...]]
    passive: bool = False
    light: int | None = None  # the light verb a noun leans on

    def heads(self, slot: str) -> tuple[int, ...]:
        return self.slots.get(slot, ())


@dataclass(slots=True)
class Tree:
    """A sentence with its children listed once; all grammar questions go through it."""

    sentence: Sentence
    kids: list[list[int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.kids = [[] for _ in self.sentence.tokens]
        for i, token in enumerate(self.sentence.tokens):
            if 0 <= token.head < len(self.kids):
                self.kids[token.head].append(i)

    def rel(self, i: int) -> str:
        return self.sentence.tokens[i].deprel

    def lemma(self, i: int) -> str:
        """Return the dictionary form; a verb's by our own table of forms where it has one."""
        token = self.sentence.tokens[i]
        if token.upos == "VERB":
            return verb_lemmas().get(token.text.lower()) or token.lemma.lower()
        return token.lemma.lower()

    def by_rel(self, head: int, *relations: str) -> list[int]:
        """Return children under any of the relations; «nsubj» also means its subtypes."""
        return [k for k in self.kids[head] if any(_is(self.rel(k), r) for r in relations)]

    def ancestors(self, i: int) -> list[int]:
        """Return the governors of `i`, nearest first; a broken tree ends quietly."""
        out: list[int] = []
        head = self.sentence.tokens[i].head
        while 0 <= head < len(self.kids) and head not in out:
            out.append(head)
            head = self.sentence.tokens[head].head
        return out

    def subtree(self, top: int, *, without: tuple[str, ...] = ()) -> list[int]:
        """Return `top` and all below it in order, leaving out branches of the relations `without`."""
        out, stack, seen = [], [top], {top}
        while stack:
            i = stack.pop()
            out.append(i)
            for k in self.kids[i]:
                if k not in seen and self.rel(k) not in without:
                    seen.add(k)
                    stack.append(k)
        return sorted(out)

    def conjuncts(self, head: int) -> list[int]:
        """Return `head` and what is coordinated with it: «Oslo, Bonn and Rome» from «Oslo»."""
        out = [head]
        for k in self.by_rel(head, "conj"):
            out += self.conjuncts(k)
        return out

    def preposition(self, i: int) -> str:
        """Return the preposition that marks `i`, "" for none: «with», «because of» gives «because»."""
        return next(
            (self.lemma(k) for k in self.kids[i] if self.rel(k) == "case" and self.lemma(k) != "'s"), ""
        )

    def clause(self, i: int) -> int:
        """Return the head of the clause that `i` stands in: itself if it is a verb, else its nearest verb."""
        tokens = self.sentence.tokens
        path = [i, *self.ancestors(i)]
        for step in path:
            if tokens[step].upos in VERBAL or self.by_rel(step, "cop", "nsubj"):
                return step
        return path[-1]

    def _is_headline(self) -> bool:
        return self.sentence.field == "title" or self.sentence.kind == "heading"

    def is_passive(self, verb: int) -> bool:
        if self.by_rel(verb, "nsubj:pass", "aux:pass", "csubj:pass"):
            return True
        token = self.sentence.tokens[verb]
        if self._is_headline() and not self.by_rel(verb, "obj", "aux", "ccomp", "xcomp"):
            return _past_participle(self, verb)  # «Opposition leader airlifted to Berlin»
        return _is(token.deprel, "acl") and token.deprel != "acl:relcl" and _past_participle(self, verb)


def _is(relation: str, wanted: str) -> bool:
    return relation == wanted or (":" not in wanted and relation.split(":")[0] == wanted)


def _past_participle(tree: Tree, verb: int) -> bool:
    token = tree.sentence.tokens[verb]
    if not token.has("VerbForm=Part"):
        return False
    return token.has("Tense=Past") or token.has("Voice=Pass") or not token.text.lower().endswith("ing")


def frame_of(tree: Tree, i: int, *, depth: int = 0) -> Frame:
    """Return the slots around token `i`, by what kind of word it is; `depth` counts clauses looked into."""
    upos = tree.sentence.tokens[i].upos
    if depth > MAX_DEPTH:
        return Frame({})
    if upos in VERBAL:
        return verb_frame(tree, i, depth=depth)
    if upos in ("NOUN", "PROPN"):
        return noun_frame(tree, i, depth=depth)
    return adjective_frame(tree, i)


def verb_frame(tree: Tree, verb: int, *, depth: int = 0) -> Frame:
    """Return the slots of a verb: passives turned, missing subjects found where grammar hides them."""
    slots: dict[str, list[int]] = defaultdict(list)
    passive = tree.is_passive(verb)
    for k in tree.kids[verb]:
        relation = tree.rel(k)
        if relation in ("nsubj:pass", "csubj:pass"):
            slots["obj"].append(k)
        elif _is(relation, "nsubj"):
            raised = slots.get("subj") and k > verb and tree.by_rel(verb, "xcomp")  # «expects Oslo to act»
            slots["obj" if passive or raised else "subj"].append(k)
        elif relation in ("obj", "iobj"):
            slots[relation].append(k)
        elif relation == "obl:agent":
            slots["subj"].append(k)
        elif _is(relation, "obl"):
            preposition = tree.preposition(k)
            object_ = (
                not preposition and k > verb and tree.by_rel(verb, "compound:prt")
            )  # «put off the signing»
            name = "subj" if passive and preposition == "by" else "obj" if object_ else preposition or "obl"
            slots[name].append(k)
        elif relation in ("xcomp", "ccomp"):
            slots["xcomp"].append(k)
            slots["comp.subj"] += tree.by_rel(k, "nsubj")
        elif relation == "advcl" and not tree.by_rel(k, "nsubj"):
            slots[f"{_marker(tree, k)}"].append(k)
    for k in list(slots["obj"]):  # «expressed displeasure with Rome»: the phrase hangs on the object
        _take_phrases(tree, k, slots)
    if passive and not slots.get("subj"):  # «imposed on Belarus by Canada», hung on the wrong noun
        hung = (n for k in tree.by_rel(verb, "obl") for n in tree.by_rel(k, "nmod"))
        slots["subj"] += [n for n in hung if tree.preposition(n) == "by"]
    if slots.get("iobj") and not slots.get("obj"):  # «urged Oslo to act», read with a person given something
        slots["obj"] += slots["iobj"]
    if depth < MAX_DEPTH:
        _find_hidden(tree, verb, slots, passive, depth)
    _follow_relatives(tree, verb, slots)
    return Frame({name: tuple(heads) for name, heads in slots.items() if heads}, passive)


def _take_phrases(tree: Tree, noun: int, slots: dict[str, list[int]]) -> None:
    """Add the phrases that hang on a noun, and on what it is «a series of»."""
    for n in tree.by_rel(noun, "nmod"):
        if tree.rel(n) == "nmod:poss":
            continue
        preposition = tree.preposition(n)
        slots[preposition].append(n)
        if preposition == "of":
            for inner in tree.by_rel(n, "nmod"):
                if tree.rel(inner) != "nmod:poss" and tree.preposition(inner) != "of":
                    slots[tree.preposition(inner)].append(inner)


def _marker(tree: Tree, clause: int) -> str:
    return next((tree.lemma(k) for k in tree.kids[clause] if tree.rel(k) in ("mark", "case")), "advcl")


def _find_hidden(tree: Tree, verb: int, slots: dict[str, list[int]], passive: bool, depth: int) -> None:
    """Fill a missing subject (or a participle's object) from the governing clause."""
    token = tree.sentence.tokens[verb]
    head, relation = token.head, token.deprel
    if head < 0 or head >= len(tree.kids):
        return
    if relation == "acl" or relation == "acl:relcl":
        _from_noun(tree, verb, slots, passive, depth)
        return
    if slots.get("subj") or (passive and slots.get("obj")):
        return
    if relation == "conj":
        if tree.sentence.tokens[head].upos in VERBAL:
            above = verb_frame(tree, head, depth=depth + 1)
            surface = above.heads("obj") if above.passive else above.heads("subj")
            slots["obj" if passive else "subj"] += surface
            if not slots.get("obj") and not passive:  # «condemned and rejected the plan»
                later = [o for o in above.heads("obj") if o > verb]
                slots["obj"] += later
    elif relation in ("xcomp", "ccomp") and not tree.by_rel(verb, "nsubj"):
        above = verb_frame(tree, head, depth=depth + 1)
        controller = above.heads("obj") or above.heads("iobj")
        if not controller or tree.lemma(head) in ("promise", "threaten", "vow", "offer"):
            controller = above.heads("subj") or above.heads("obj")
        slots["obj" if passive else "subj"] += controller
    elif relation == "advcl":
        above = frame_of(tree, head, depth=depth + 1)
        surface = above.heads("obj") if above.passive else above.heads("subj")
        if _marker(tree, verb) in (
            "for",
            "of",
        ):  # «thanked Kenya for sheltering», «sanctions on Moscow for annexing»
            surface = above.heads("on") or above.heads("against") or above.heads("obj") or surface
        slots["obj" if passive else "subj"] += surface


def _from_noun(tree: Tree, verb: int, slots: dict[str, list[int]], passive: bool, depth: int) -> None:
    """«sanctions imposed by»: the noun is the object; «troops guarding», «decision to deploy»: the doer."""
    token = tree.sentence.tokens[verb]
    noun = token.head
    if token.deprel == "acl:relcl":
        words = {tree.lemma(k) for k in tree.subtree(verb)[:3]}
        if not words & RELATIVE and slots.get("subj") and not slots.get("obj"):
            slots["obj"].append(noun)
        return
    if passive:
        slots["obj"].append(noun)
    elif tree.by_rel(verb, "mark"):  # infinitive: the noun's owner does it
        owner = noun_frame(tree, noun, depth=depth + 1)
        slots["subj"] += owner.heads("poss") or owner.heads("subj") or owner.heads("of")
    elif not slots.get("subj"):
        if tree.lemma(noun) in PAPERS and _is(tree.rel(noun), "obj"):  # «posted a message blaming Rome»
            slots["subj"] += verb_frame(tree, tree.sentence.tokens[noun].head, depth=depth + 1).heads("subj")
        slots["subj"] = slots["subj"] or [noun]


def _follow_relatives(tree: Tree, verb: int, slots: dict[str, list[int]]) -> None:
    """Put the noun in place of «which», «that», «who»."""
    token = tree.sentence.tokens[verb]
    if token.deprel != "acl:relcl" or token.head < 0:
        return
    for name, heads in slots.items():
        slots[name] = [
            token.head
            if tree.lemma(h) in RELATIVE and tree.sentence.tokens[h].upos in ("PRON", "DET", "SCONJ")
            else h
            for h in heads
        ]


def noun_frame(tree: Tree, noun: int, *, depth: int = 0) -> Frame:
    """Return the slots of a noun that names an act, with those of the light verb it leans on."""
    slots: dict[str, list[int]] = defaultdict(list)
    for k in tree.kids[noun]:
        relation = tree.rel(k)
        if relation in ("nmod:poss", "compound", "amod", "nmod:desc", "nmod:unmarked"):
            slots["poss"].append(k)
        elif _is(relation, "nmod") or _is(relation, "obl"):
            slots[tree.preposition(k) or "of"].append(k)
        elif relation == "acl" and _marker(tree, k) == "to":
            slots["xcomp"].append(k)  # «approval to sell arms to Oslo»
        elif relation in ("acl", "acl:relcl") and tree.lemma(k) in LIGHT_VERBS:
            inner = verb_frame(tree, k, depth=MAX_DEPTH)
            for name, heads in inner.slots.items():
                if name != "obj":
                    slots[name] += [h for h in heads if h != noun]
    light = _light_verb(tree, noun)
    if light is not None and depth < MAX_DEPTH:
        for name, heads in verb_frame(tree, light, depth=depth + 1).slots.items():
            slots[name] += [
                h for h in heads if h != noun and h not in slots[name] and not _inside(tree, h, noun)
            ]
    elif tree.rel(noun) == "conj" and depth < MAX_DEPTH:  # «a visit and talks»: what is missing is shared
        first = noun_frame(tree, tree.sentence.tokens[noun].head, depth=depth + 1)
        for name, heads in first.slots.items():
            if not slots.get(name):
                slots[name] += [h for h in heads if h != noun]
        light = first.light
    return Frame({name: tuple(heads) for name, heads in slots.items() if heads}, light=light)


def _inside(tree: Tree, i: int, top: int) -> bool:
    return i == top or top in tree.ancestors(i)


def _light_verb(tree: Tree, noun: int) -> int | None:
    token = tree.sentence.tokens[noun]
    if token.head < 0 or token.head >= len(tree.kids):
        return None
    verb = tree.lemma(token.head)
    if tree.sentence.tokens[token.head].upos not in VERBAL:
        return None
    if token.deprel in ("obj", "nsubj:pass") and verb in LIGHT_VERBS:
        return token.head
    entered = token.deprel == "obl" and tree.preposition(noun) in ("in", "into", "for", "on")
    return token.head if entered and verb in ENTERING_VERBS else None


def adjective_frame(tree: Tree, adjective: int) -> Frame:
    """Return the slots of a predicate: «Ankara is opposed to the plan», «Rome, ready for talks»."""
    slots: dict[str, list[int]] = defaultdict(list)
    for k in tree.kids[adjective]:
        relation = tree.rel(k)
        if _is(relation, "nsubj"):
            slots["subj"].append(k)
        elif _is(relation, "obl") or _is(relation, "nmod"):
            slots[tree.preposition(k) or "obl"].append(k)
        elif relation in ("xcomp", "ccomp", "advcl"):
            slots["xcomp"].append(k)
    if not slots.get("subj"):
        token = tree.sentence.tokens[adjective]
        if token.deprel in ("amod", "acl") and token.head >= 0:
            slots["subj"].append(token.head)
        elif token.deprel in ("conj", "xcomp", "advcl") and 0 <= token.head < len(tree.kids):
            above = tree.by_rel(token.head, "nsubj")
            slots["subj"] += above
    return Frame({name: tuple(heads) for name, heads in slots.items() if heads})
