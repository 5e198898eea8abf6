"""It and they, where the tree leaves no doubt: «Ruritania said it would recall its envoy».

Two patterns only. «it» as subject of what somebody says means the one who says it; «its» means the subject
of its own clause. Both must agree in number, and nothing else is tied: elsewhere «it» is too often an event.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from detente.language.analysis import Span
from detente.language.antecedents import SPEECH, SUBJECT_ROLES
from detente.language.mentions import Mention, Scene, noun_start, person_nouns
from detente.language.naming_groups import Group

SINGULAR = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "themselves"})
OWNING = frozenset({"its", "their", "itself", "themselves"})
BODIES = frozenset({"ORG", "LOC"})
VOWS = SPEECH | frozenset("promise pledge vow hope expect intend threaten acknowledge confirm agree".split())


def tie_things(scene: Scene, groups: list[Group]) -> None:
    """Add each it or they that is sure to the group of its bearer, in the order of the text."""
    heads = {(m.span.sentence, m.span.head): g for g in groups for m in g.mentions}
    for s, sentence in enumerate(scene.sentences):
        for i, token in enumerate(sentence.tokens):
            word = token.text.lower()
            if token.upos != "PRON" or word not in SINGULAR | PLURAL:
                continue
            subject = _bearer(scene, s, i, word)
            if subject is None:
                continue
            group = _group_of(scene, heads, s, subject, is_plural=word in PLURAL)
            if group is not None:
                if group not in groups:
                    groups.append(group)
                group.add(_mention(scene, Span(s, i, i + 1, i), "pronoun", word))
                heads[s, i] = group


def _bearer(scene: Scene, s: int, i: int, word: str) -> int | None:
    """Return the head of the subject an it or they must mean, None where another could be meant."""
    above = scene.above(s, i)
    tokens = scene.sentences[s].tokens
    if word in OWNING:
        return _subject(scene, s, above[0], i)
    if scene.role(s, i) not in SUBJECT_ROLES or len(above) < 2:
        return None
    is_said = tokens[above[0]].deprel.partition(":")[0] == "ccomp"
    verb = scene.heads(s)[above[0]]
    if not is_said or tokens[verb].lemma not in VOWS or _is_empty(scene, s, above[0]):
        return None
    return _subject(scene, s, verb, i)


def _is_empty(scene: Scene, s: int, verb: int) -> bool:
    """Whether an «it» only holds a place: «said it was clear that …», «said it was raining»."""
    tokens = scene.sentences[s].tokens
    return any(tokens[k].deprel.startswith(("csubj", "cop", "expl")) for k in scene.kids(s)[verb])


def _subject(scene: Scene, s: int, verb: int, pronoun: int) -> int | None:
    """Return the subject of a verb, unless the pronoun stands before or within it."""
    tokens = scene.sentences[s].tokens
    for k in scene.kids(s)[verb]:
        if tokens[k].deprel.partition(":")[0] == "nsubj":
            is_within = k in scene.path(s, pronoun)
            return k if k < pronoun and not is_within else None
    return None


def _group_of(
    scene: Scene, heads: dict[tuple[int, int], Group], s: int, subject: int, *, is_plural: bool
) -> Group | None:
    """Return the group of a subject that agrees in number, a new one for «the ministry», else None."""
    token = scene.sentences[s].tokens[subject]
    others = [k for k in scene.kids(s)[subject] if scene.sentences[s].tokens[k].deprel == "conj"]
    known = heads.get((s, subject))
    if token.upos == "PRON":
        is_same = token.text.lower() in (PLURAL if is_plural else SINGULAR)
        return known if is_same else None
    lemma = token.lemma.lower()
    may_act = token.upos == "PROPN" or lemma in body_nouns() or (is_plural and lemma in person_nouns())
    start, end = noun_start(scene, s, subject), max([subject, *others]) + 1
    if not may_act or (others and not is_plural):
        return None
    if others:
        return _new_group(scene, heads, Span(s, start, end, subject))
    if token.upos == "PROPN":
        return known if known is not None and known.label in BODIES and not is_plural else None
    if token.has("Number=Plur") != is_plural:
        return None
    return known or _new_group(scene, heads, Span(s, start, end, subject))


def _new_group(scene: Scene, heads: dict[tuple[int, int], Group], span: Span) -> Group:
    group = Group()
    group.add(_mention(scene, span, "noun", scene.sentences[span.sentence].tokens[span.head].lemma.lower()))
    if span.end == span.head + 1:
        heads[span.sentence, span.head] = group
    return group


def _mention(scene: Scene, span: Span, kind: str, word: str) -> Mention:
    place = scene.base[span.sentence] + span.head
    return Mention(span, "pronoun" if kind == "pronoun" else "noun", "thing", (word,), (), 0.0, place)


@lru_cache(maxsize=1)
def body_nouns() -> frozenset[str]:
    """Return the nouns for bodies that act as one: ministry, court, army; people's nouns are left out."""
    text = resources.files("detente.language").joinpath("data", "groups.txt").read_text("utf-8")
    words = {w for line in text.splitlines() if not line.startswith("#") for w in line.split()}
    return frozenset(words - person_nouns().keys())
