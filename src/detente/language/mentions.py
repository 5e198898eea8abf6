"""Analysed sentences -> the mentions that chains tie: names, pronouns of one person, nouns for one person.

A `Scene` holds what is asked of the trees again and again: clauses, depths, quotation marks.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Literal

from detente.language.analysis import Name, Sentence, Span, Token

MentionKind = Literal["name", "pronoun", "noun"]

PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m",
    "she": "f", "her": "f", "hers": "f", "herself": "f",
}  # fmt: skip
REFLEXIVES = frozenset({"himself", "herself"})
CLAUSES = frozenset({"root", "ccomp", "xcomp", "advcl", "acl", "csubj", "parataxis"})
NAMED_ALIKE = frozenset({"flat", "compound", "goeswith"})
CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July "
    "August September October November December".split()
)
CERTAIN = 4.0  # a lean that settles it: «Mrs», «actress», «his wife»


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for one thing: «President Petra Novak», «she», «the envoy».

    `lean` is the natural log odds that it is a woman against a man, 0 where the words do not tell.
    `place` counts words from the start of the report to the head.
    """

    span: Span
    kind: MentionKind
    label: str  # PER ORG …, "" for a capitalised run no name was seen in, m or f of a pronoun
    words: tuple[str, ...]  # lower case, without titles, marks and «'s»
    roles: tuple[str, ...]  # nouns that say what a name is, or the noun itself
    lean: float
    place: int


class Scene:
    """The sentences of a report with what their trees say of clauses, depths and quotations."""

    def __init__(self, sentences: tuple[Sentence, ...]) -> None:
        self.sentences = sentences
        self.base: list[int] = []
        total = 0
        for sentence in sentences:
            self.base.append(total)
            total += len(sentence.tokens)
        self._heads: dict[int, list[int]] = {}
        self._kids: dict[int, list[list[int]]] = {}
        self._clauses: dict[int, list[int]] = {}

    def heads(self, s: int) -> list[int]:
        """Return the governor of every word of sentence `s`, -1 where the tree names none it has."""
        found = self._heads.get(s)
        if found is None:
            tokens = self.sentences[s].tokens
            found = [
                t.head if 0 <= t.head < len(tokens) and t.head != i else -1 for i, t in enumerate(tokens)
            ]
            self._heads[s] = found
        return found

    def kids(self, s: int) -> list[list[int]]:
        """Return the children of every word of sentence `s`."""
        found = self._kids.get(s)
        if found is None:
            tokens = self.sentences[s].tokens
            found = [[] for _ in tokens]
            for i, head in enumerate(self.heads(s)):
                if head >= 0:
                    found[head].append(i)
            self._kids[s] = found
        return found

    def clauses(self, s: int) -> list[int]:
        """Return for every word of sentence `s` the head of the clause it stands in."""
        found = self._clauses.get(s)
        if found is None:
            tokens = self.sentences[s].tokens
            found = [self._climb(s, i) for i in range(len(tokens))]
            self._clauses[s] = found
        return found

    def _climb(self, s: int, i: int) -> int:
        tokens, heads = self.sentences[s].tokens, self.heads(s)
        for _ in range(len(tokens)):
            token = tokens[i]
            rel = token.deprel.partition(":")[0]
            is_joined_verb = rel == "conj" and token.upos in ("VERB", "AUX")
            if heads[i] < 0 or rel in CLAUSES or is_joined_verb:
                return i
            i = heads[i]
        return i

    def above(self, s: int, i: int) -> list[int]:
        """Return the heads of the clauses around word `i`, its own first, the whole sentence's last."""
        clauses, heads = self.clauses(s), self.heads(s)
        chain = [clauses[i]]
        while heads[chain[-1]] >= 0 and len(chain) <= len(heads):
            chain.append(clauses[heads[chain[-1]]])
        return chain

    def path(self, s: int, i: int) -> list[int]:
        """Return word `i` and all its governors up to the root."""
        heads = self.heads(s)
        out = [i]
        while heads[out[-1]] >= 0 and len(out) <= len(heads):
            out.append(heads[out[-1]])
        return out

    def first_conjunct(self, s: int, i: int) -> int:
        """Return the word whose role a word shares: «envoy» for «Novak» in «the envoy, Novak, and Tanaka».

        A joined or apposed word plays the part of what it is joined to.
        """
        tokens, heads = self.sentences[s].tokens, self.heads(s)
        for _ in range(len(tokens)):
            if not tokens[i].deprel.startswith(("conj", "appos")) or heads[i] < 0:
                break
            i = heads[i]
        return i

    def role(self, s: int, i: int) -> str:
        """Return the relation of word `i`, its first conjunct's if it is joined, «agent» for «by her»."""
        token = self.sentences[s].tokens[self.first_conjunct(s, i)]
        rel, _, sub = token.deprel.partition(":")
        if sub == "pass":
            return "pass"
        if sub in ("poss", "agent"):
            return sub
        return rel

    @cached_property
    def quoted(self) -> list[list[bool]]:
        """For every word, whether it stands inside quotation marks; a paragraph closes what it opened."""
        out: list[list[bool]] = []
        inside, paragraph = False, None
        for sentence in self.sentences:
            if (sentence.field, sentence.paragraph) != paragraph:
                inside, paragraph = False, (sentence.field, sentence.paragraph)
            marks = []
            for token in sentence.tokens:
                if token.text in ("“", "``", "«", "„"):
                    inside = True
                elif token.text in ("”", "''", "»"):
                    inside = False
                elif token.text == '"':
                    inside = not inside
                marks.append(inside)
            out.append(marks)
        return out

    @cached_property
    def bracketed(self) -> list[list[bool]]:
        """For every word, whether it stands in round brackets within its sentence."""
        out = []
        for sentence in self.sentences:
            depth, marks = 0, []
            for token in sentence.tokens:
                depth += (token.text == "(") - (token.text == ")" and depth > 0)
                marks.append(depth > 0)
            out.append(marks)
        return out


def find_mentions(scene: Scene) -> list[Mention]:
    """Return all mentions of a report in the order of their heads."""
    found: list[Mention] = []
    for s, sentence in enumerate(scene.sentences):
        taken: set[int] = set()
        runs = _capital_runs(sentence)
        named = [
            n for n in sentence.names if n.end - n.start > 1 or not _is_person_noun(sentence.tokens[n.start])
        ]
        for name, label in (*((n, n.kind) for n in named), *((n, "") for n in runs)):
            if taken.isdisjoint(range(name.start, name.end)):
                taken.update(range(name.start, name.end))
                found.append(_name_mention(scene, s, name, label))
        for i, token in enumerate(sentence.tokens):
            if i in taken:
                continue
            if token.upos == "PRON" and token.text.lower() in PRONOUNS:
                found.append(_pronoun_mention(scene, s, i))
            elif _is_person_noun(token) and not _is_part(scene, s, i):
                found.append(_noun_mention(scene, s, i))
    found.sort(key=lambda m: (m.place, m.span.start))
    return found


def _capital_runs(sentence: Sentence) -> list[Name]:
    """Return runs of proper nouns in which the reader saw no name, so that a missed name can be «he»."""
    named = {i for name in sentence.names for i in range(name.start, name.end)}
    runs: list[Name] = []
    for i, token in enumerate(sentence.tokens):
        if token.upos != "PROPN" or i in named or not token.text[:1].isupper():
            continue
        if token.text in CALENDAR or token.text.lower() in person_nouns():
            continue
        if runs and runs[-1].end == i:
            runs[-1] = Name(runs[-1].start, i + 1, "EVENT")
        else:
            runs.append(Name(i, i + 1, "EVENT"))
    return runs


def _trimmed(sentence: Sentence, name: Name) -> Name:
    """Return a name without small words and marks at its end: «Petra Novak» for «Petra Novak of»."""
    end = name.end
    while end > name.start + 1 and sentence.tokens[end - 1].upos in ("ADP", "CCONJ", "PUNCT"):
        end -= 1
    return name if end == name.end else Name(name.start, end, name.kind)


def _name_mention(scene: Scene, s: int, name: Name, label: str) -> Mention:
    sentence = scene.sentences[s]
    name = _trimmed(sentence, name)
    head = _head(sentence, name.start, name.end)
    raw = [fold_word(t.text) for t in sentence.tokens[name.start : name.end] if t.upos != "PUNCT"]
    words = [w for w in raw if w not in ("'s", "’s", "s", "the") and w]
    titles = [w for w in words[:-1] if w.rstrip(".") in person_nouns()]
    bare = tuple(w for w in words if w not in titles) or tuple(words)
    roles = (*(t.rstrip(".") for t in titles), *_roles_around(scene, s, name, head))
    lean = _noun_lean(roles) or name_lean(bare)
    return Mention(
        Span(s, name.start, name.end, head), "name", label, bare, roles, lean, scene.base[s] + head
    )


def _pronoun_mention(scene: Scene, s: int, i: int) -> Mention:
    word = scene.sentences[s].tokens[i].text.lower()
    label = PRONOUNS[word]
    lean = CERTAIN if label == "f" else -CERTAIN
    return Mention(Span(s, i, i + 1, i), "pronoun", label, (word,), (), lean, scene.base[s] + i)


def _noun_mention(scene: Scene, s: int, i: int) -> Mention:
    """Return «the new envoy» for «envoy»: the noun with the words before it that hang on it."""
    tokens = scene.sentences[s].tokens
    lemma = tokens[i].lemma.lower()
    is_plural = tokens[i].has("Number=Plur")
    label = "plural" if is_plural else _definiteness(scene, s, i)
    lean = _noun_lean((lemma,))
    return Mention(
        Span(s, noun_start(scene, s, i), i + 1, i), "noun", label, (lemma,), (lemma,), lean, scene.base[s] + i
    )


def noun_start(scene: Scene, s: int, i: int) -> int:
    """Return where the mention of a noun starts: at «the» for «envoy» in «the new envoy»."""
    tokens, start = scene.sentences[s].tokens, i
    while start > 0 and tokens[start - 1].head in (i, start) and _goes_before(tokens[start - 1]):
        start -= 1
    return start


def _goes_before(token: Token) -> bool:
    """Whether a word before a noun is part of its mention: «the», «new», «her», but not «of» or «is»."""
    rel = token.deprel.partition(":")[0]
    return rel in ("det", "amod", "compound", "nummod") or token.deprel in ("nmod:poss", "nmod:desc")


def _is_person_noun(token: Token) -> bool:
    """Whether a word means one person by what he is: «envoy», «President» with a capital too."""
    return token.upos in ("NOUN", "PROPN") and token.lemma.lower() in person_nouns()


def _is_part(scene: Scene, s: int, i: int) -> bool:
    """Whether a noun is no mention of its own: «President» of «President Novak», «child» of «child care»."""
    sentence = scene.sentences[s]
    if any(name.start == i + 1 and name.kind == "PER" for name in sentence.names):
        return True
    rel = sentence.tokens[i].deprel
    return rel.partition(":")[0] in ("compound", "flat", "amod") or rel == "nmod:desc"


def _definiteness(scene: Scene, s: int, i: int) -> str:
    tokens = scene.sentences[s].tokens
    for k in scene.kids(s)[i]:
        rel = tokens[k].deprel
        if rel == "nmod:poss":
            return "owned"
        if rel.startswith("det"):
            return "def" if tokens[k].lemma.lower() in ("the", "this", "that") else "indef"
    return "bare"


def _roles_around(scene: Scene, s: int, name: Name, head: int) -> tuple[str, ...]:
    """Return the nouns that say what a name is: «envoy» of «the envoy, Novak» and «Novak was an envoy»."""
    tokens, nouns = scene.sentences[s].tokens, person_nouns()
    near = [k for k in scene.kids(s)[head] if tokens[k].deprel.partition(":")[0] in (*NAMED_ALIKE, "appos")]
    up = scene.heads(s)[head]
    if up >= 0:
        rel = tokens[head].deprel.partition(":")[0]
        is_copula = any(tokens[k].deprel == "cop" for k in scene.kids(s)[up])
        if rel in ("appos", "flat", "compound") or (rel == "nsubj" and is_copula):
            near.append(up)
    if name.start > 0:
        near.append(name.start - 1)
    found = []
    for k in near:
        lemma = tokens[k].lemma.lower().rstrip(".")
        if not name.start <= k < name.end and lemma in nouns and lemma not in found:
            found.append(lemma)
    return tuple(found)


def _head(sentence: Sentence, start: int, end: int) -> int:
    """Return the word of a span that hangs on none of its other words."""
    for i in range(start, end):
        if not start <= sentence.tokens[i].head < end:
            return i
    return start


def _noun_lean(roles: tuple[str, ...]) -> float:
    leans = [person_nouns().get(role, 0.0) for role in roles]
    return next((lean for lean in leans if lean), 0.0)


def name_lean(words: tuple[str, ...]) -> float:
    """Return how a name leans to a woman's, by its given name: 4 for «Petra Novak», -4 for «Kenji Tanaka»."""
    table = given_names()
    if not words:
        return 0.0
    if len(words) == 1:
        return 0.7 * table.get(words[0], 0.0)
    for word in words[:-1]:
        if (lean := table.get(word)) is not None:
            return lean
    return 0.5 * table.get(words[-1], 0.0)


def fold_word(word: str) -> str:
    """Return a word in lower case without accents: «zoe» for «Zoë»."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.replace("ł", "l").replace("ø", "o").replace("ı", "i"))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=1)
def person_nouns() -> dict[str, float]:
    """Return the nouns for one person with their lean: «actress» 4, «brother» -4, «envoy» 0."""
    leans = {"woman": CERTAIN, "man": -CERTAIN, "either": 0.0}
    nouns: dict[str, float] = {}
    for line in _data_lines("person_nouns.txt"):
        key, _, words = line.partition(":")
        for word in words.split():
            nouns.setdefault(word, leans[key])
    return nouns


@lru_cache(maxsize=1)
def given_names() -> dict[str, float]:
    """Return given names, folded, with the log odds that a woman bears them."""
    rows = (re.split(r"\t", line.strip()) for line in _data_lines("given_names.tsv"))
    return {name: int(tenths) / 10 for name, tenths in rows}


def _data_lines(name: str) -> list[str]:
    text = resources.files("detente.language").joinpath("data", name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
