"""Who speaks: from the subject of a reporting clause to an actor, his agencies, and those he speaks for.

«Xinhua quoted Xi» gives Xi via Xinhua; «the statement said» gives whoever issued it; «Li noted», with no Li
anywhere, stays an unresolved Li.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from detente.coding.clauses import Tree, noun_frame, verb_frame
from detente.coding.reading import Mention, Reading, unresolved
from detente.knowledge.cues import speech_cues
from detente.knowledge.organisations import outlet
from detente.knowledge.states import code_of, states
from detente.language.analysis import Name, Span
from detente.records import Actor

_CONTINUING = frozenset({"add", "continue", "conclude", "go", "note", "say"})
_HE = frozenset({"he", "she", "him", "her"})
_THEY = frozenset({"it", "they", "them"})
_FIRST_OR_SECOND = frozenset({"i", "we", "you", "us", "me"})
_OF = frozenset({"of", "for", "from", "with", "at", ""})
_BODIES = frozenset(
    {"side", "delegation", "government", "ministry", "office", "authority", "mission", "embassy"}
)
_NAMED_BODIES = frozenset(
    "commission committee council court agency party group union association institute foundation league "
    "organisation organization centre center authority board coalition front movement network society".split()
)
_LOCAL = frozenset("commissioner governor mayor prosecutor police authority ministry government".split())
_REACH = 3  # sentences a pronoun looks back for its speaker
_DOCUMENT_REACH = 5


@dataclass(frozen=True, slots=True)
class Voice:
    """A speaker (None where only outlets speak), the outlets between, and the codes spoken for."""

    speaker: Actor | None
    via: tuple[str, ...] = ()
    speaks_for: tuple[str, ...] = ()
    span: Span | None = None
    document: bool = False
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice heard in a sentence, kept so that «he added» can look back."""

    sentence: int
    voice: Voice


def find_voice(
    reading: Reading, index: int, tree: Tree, heads: tuple[int, ...], cue: str, heard: list[Heard]
) -> Voice | None:
    """Return the voice behind the subjects of a reporting clause; None where they can be nobody's.

    `heads` are token indices in sentence `index`; `heard` holds the voices before it, oldest first.
    """
    actors: list[Actor] = []
    via: list[str] = []
    span: Span | None = None
    heads = _one_person(tree, heads)
    document = person = False
    for head in heads:
        one = _voice_of(reading, index, tree, head, cue, heard)
        if one is None:
            continue
        one = _named(tree, index, head, one)
        one = _spoken_before(reading, tree, head, one, heard)
        one = _at_home(reading, index, one)
        via += [v for v in one.via if v not in via]
        span = span or one.span
        document, person = document or one.document, person or one.is_person
        if one.speaker is not None:
            actors.append(one.speaker)
        actors += [Actor(code) for code in one.speaks_for if code not in {a.code for a in actors}]
    if not actors and not via:
        return None
    codes = tuple(dict.fromkeys(a.code for a in actors if a.code))
    return Voice(actors[0] if actors else None, tuple(via), codes, span, document, person)


def _one_person(tree: Tree, heads: tuple[int, ...]) -> tuple[int, ...]:
    """Return the head with the name of «party leader and Prime Minister Ane Lind», who is one person.

    «A spokesman and Ane Lind» are two: there no office stands before the name.
    """
    tokens = tree.sentence.tokens
    if len(heads) < 2 or not _is_office(tree, heads[0]) or _name_behind(tree, heads[0]):
        return heads
    for n in tree.sentence.names:
        before = tokens[n.start - 1] if n.start else None
        office = (
            before and before.text[:1].isalpha() and before.upos in ("NOUN", "PROPN") and before.text != "and"
        )
        named = next((h for h in heads[1:] if n.kind == "PER" and n.start <= h < n.end), None)
        if named is None and office and n.kind == "PER" and n.start > heads[1]:
            named = next((n.start for k in tree.kids[heads[-1]] if k == n.start), None)
        if named is not None and office:
            return (named,)
    return heads


def _spoken_before(reading: Reading, tree: Tree, head: int, voice: Voice, heard: list[Heard]) -> Voice:
    """Return who bore the office when he spoke before: «the commissioner stated», «the commission said»."""
    speaker = voice.speaker
    token = tree.sentence.tokens[head]
    plain = token.upos == "NOUN" and not token.has("Number=Plur") and not tree.by_rel(head, "nmod", "amod")
    the = any(tree.sentence.tokens[k].text.lower() == "the" for k in tree.by_rel(head, "det"))
    if speaker is None or speaker.name or voice.document or not (plain and the):
        return voice
    for one in reversed(heard):
        other = one.voice.speaker
        words = f"{other.role or ''} {other.name or ''}".lower().split() if other and other.name else []
        words += _words_before(reading, one) if words else []
        if tree.lemma(head) in words and speaker.code in (None, other.code if other else None):
            return replace(one.voice, via=voice.via, span=voice.span)
    return voice


def _words_before(reading: Reading, heard: Heard) -> list[str]:
    """Return the words that brought a speaker in: «the commissioner», of «commissioner Ane Lind»."""
    span = heard.voice.span
    if span is None:
        return []
    tokens = reading.sentence(span.sentence).tokens
    return [
        t.text.lower() for t in tokens[max(0, span.start - 2) : span.start] if t.upos in ("NOUN", "PROPN")
    ]


def _at_home(reading: Reading, index: int, voice: Voice) -> Voice:
    """Return a crowd or body without a name with the one state its paragraph names: «the police said»."""
    speaker = voice.speaker
    cues = speech_cues()
    if speaker is None or speaker.code or voice.document:
        return voice
    role = (speaker.role or "").lower().split() if not speaker.name else speaker.name.lower().split()[-1:]
    if not {w.rstrip("s") for w in role} & ((cues.crowds | _LOCAL) if not speaker.name else _NAMED_BODIES):
        return voice
    here = reading.sentence(index)
    around = [
        m
        for m in reading.mentions
        if (s := reading.sentence(m.span.sentence)).field == here.field and s.paragraph == here.paragraph
    ]
    places = {a.code for m in around if m.place and m.span.sentence == index for a in m.actors if a.code}
    codes = places if len(places) == 1 else {a.code for m in around for a in m.actors if a.code}
    if len(codes) != 1 or not codes <= states().keys():
        return voice
    code = codes.pop()
    return replace(voice, speaker=replace(speaker, code=code), speaks_for=(code,))


def _named(tree: Tree, index: int, head: int, voice: Voice) -> Voice:
    """Return a voice with the name that ends its phrase: «Prime Minister of Norway Ane Lind said».

    A name behind a preposition or with a possessive is another's: «an aide to Ane Lind», «Lind's office».
    """
    speaker = voice.speaker
    tokens = tree.sentence.tokens
    if speaker is None or voice.document or tokens[head].upos == "PRON" or _bears_person(tree, speaker):
        return voice
    beside = _name_beside(tree, head) if _is_office(tree, head) else None
    if beside:
        return replace(voice, speaker=replace(speaker, name=beside), is_person=True)
    inside = set(tree.subtree(head, without=("acl", "acl:relcl", "advcl", "parataxis")))
    for n in tree.sentence.names:
        if n.kind != "PER" or not inside >= set(range(n.start, n.end)) or not _ends_office(tree, head, n):
            continue
        at = tree.sentence.start
        name = tree.sentence.text[tokens[n.start].start - at : tokens[n.end - 1].end - at]
        return replace(voice, speaker=replace(speaker, name=name), is_person=True)
    return voice


def _name_beside(tree: Tree, head: int) -> str | None:
    """Return the name behind an office that the parser hung elsewhere, or drew into it.

    «a member of the Norwegian parliament, Ane Lind, said», «stated Minister of Information Ane Lind».
    """
    tokens = tree.sentence.tokens
    span = phrase_span(tree, 0, head)
    for k in tree.by_rel(head, "nmod"):  # read as one name with the title
        bare = k > head and tokens[k].upos == "PROPN" and not tree.by_rel(k, "case")
        held = any(n.kind == "PER" and n.start <= k < n.end for n in tree.sentence.names)
        if bare and held and any(t.upos == "PROPN" and t.head == k for t in tokens):
            return _proper_name(tree, k)
    for n in tree.sentence.names:
        comma = n.start == span.end + 1 and tokens[span.end].text == ","
        behind = tokens[n.end] if n.end < len(tokens) else None
        closed = behind is not None and (behind.text == "," or behind.lemma.lower() in speech_cues().kinds_of)
        apart = tokens[n.start].deprel in ("nsubj", "appos", "parataxis", "dep")
        if n.kind == "PER" and comma and closed and apart:
            at = tree.sentence.start
            return tree.sentence.text[tokens[n.start].start - at : tokens[n.end - 1].end - at]
    return None


def _bears_person(tree: Tree, speaker: Actor) -> bool:
    """Whether a speaker's name already holds the name of a person of the sentence, or is a person's."""
    at, tokens = tree.sentence.start, tree.sentence.tokens
    return bool(speaker.name) and any(
        n.kind == "PER"
        and tree.sentence.text[tokens[n.end - 1].start - at : tokens[n.end - 1].end - at]
        == (speaker.name or "").split()[-1]
        for n in tree.sentence.names
    )


def _ends_office(tree: Tree, head: int, name: Name) -> bool:
    """Whether a name stands right behind an office with nothing between that makes it another's."""
    tokens = tree.sentence.tokens
    before = tokens[name.start - 1] if name.start else None
    behind = tokens[name.end].text if name.end < len(tokens) else ""
    office = _is_office(tree, head) or tokens[head].text.lower() in ("mp", "agent", "physician")
    if not office or before is None or behind in ("'s", "’s", "'", "’") or name.start <= head:
        return False
    return before.upos in ("NOUN", "PROPN", "PUNCT", "ADJ") and before.text not in ("(", "“", '"')


def _voice_of(
    reading: Reading, index: int, tree: Tree, head: int, cue: str, heard: list[Heard]
) -> Voice | None:
    token = tree.sentence.tokens[head]
    word = token.text.lower()
    if word in _FIRST_OR_SECOND or token.text == "Q":
        return None  # «Q» heads a question of a transcript
    outlet = outlet_of(reading, index, tree, head)
    if outlet:
        return Voice(None, (outlet,), (), phrase_span(tree, index, head))
    mention = mention_at(reading, index, head)
    if token.upos == "PRON":
        beside = _subject_before(reading, index, tree, heard) if word in _HE else None
        voice = beside or _pronoun_voice(mention, word, index, head, cue, heard)
        if word == "it" and voice and index:
            paper = _paper_before(reading, index, heard)
            return replace(paper, span=Span(index, head, head + 1, head)) if paper else voice
        return voice
    if is_document(tree, head) and not _names_person(mention):
        return _document_voice(reading, index, tree, head, heard)
    body_before = _body_before(reading, index, tree, head)
    if body_before:
        title, then = body_before
        actors = [a for m in (mention, then) for a in (m.actors if m else ()) if a.code]
        code = actors[0].code if actors else None
        actor = Actor(code, title, None, actors[0].sector if actors else None)
        return Voice(actor, (), (code,) if code else (), phrase_span(tree, index, head))
    if mention and any(a.code for a in mention.actors):
        codes = tuple(dict.fromkeys(a.code for a in mention.actors if a.code))
        actor = mention.actors[0]
        campaign = tree.lemma(head) == "campaign" and tree.by_rel(head, "compound")
        if len(codes) == 1 and not actor.name and campaign:
            actor = replace(actor, name=_phrase_words(tree, head), role=None)
        elif len(codes) == 1 and not actor.name and (mention.person or _is_office(tree, head)):
            actor = replace(actor, name=_name_behind(tree, head))
        elif len(codes) == 1 and not actor.name and not actor.org:
            actor = replace(actor, name=_body_name(tree, index, head))
        office = mention.person or _is_office(tree, head)
        return Voice(actor, (), codes, mention.span, is_person=office)
    span = phrase_span(tree, index, head)
    body = affiliation(reading, index, tree, head)
    if mention and mention.actors and not body:
        known = _introduced(reading, index, mention.actors[0].name or "", heard) if mention.person else None
        if known:
            return replace(known, via=(), span=mention.span)
        office = mention.person or _is_office(tree, head)
        return Voice(mention.actors[0], (), (), mention.span, is_person=office)
    codes = (body.code,) if body and body.code else ()
    if token.upos == "PROPN":
        name = mention.actors[0].name if mention and mention.actors else None
        if name is None and not _is_person(tree, head):
            name = _person_in_phrase(tree, span)  # «Harbour Institute director Ane Lind», read as one name
        actor = unresolved(name or _proper_name(tree, head))
        actor = replace(body, name=actor.name, role=None) if body else actor
        known = None if body else _introduced(reading, index, actor.name or "", heard)
        if known:
            return replace(known, via=(), span=span)
        return Voice(actor, (), codes, span, is_person=bool(body) or _is_person(tree, head))
    if tree.lemma(head) in speech_cues().voiceless:
        return None
    if token.upos in ("NOUN", "ADJ", "NUM"):
        words = _role_words(tree, head)
        named = _name_behind(tree, head)
        actor = replace(body, name=named, role=words) if body else Actor(None, named, words, None)
        return Voice(actor, (), codes, span, is_person=_is_office(tree, head))
    return None


def _body_before(reading: Reading, index: int, tree: Tree, head: int) -> tuple[str, Mention | None] | None:
    """Return the full name of what «the commission» means, «the Commission on Harbours», and whose it was."""
    token = tree.sentence.tokens[head]
    word = token.text.lower()
    alone = not tree.by_rel(head, "nmod", "amod", "compound", "nmod:poss")
    the = any(tree.sentence.tokens[k].text.lower() == "the" for k in tree.by_rel(head, "det"))
    if token.upos != "NOUN" or not alone or not the or word not in _NAMED_BODIES:
        return None
    for back in range(index, -1, -1):
        sentence = reading.sentence(back)
        for n in reversed(sentence.names):
            words = [t.text.lower() for t in sentence.tokens[n.start : n.end]]
            earlier = back < index or n.end <= head
            if earlier and n.kind == "ORG" and len(words) > 1 and word in words:
                first, last = sentence.tokens[n.start], sentence.tokens[n.end - 1]
                name = sentence.text[first.start - sentence.start : last.end - sentence.start]
                return name.removeprefix("The ").removeprefix("the "), mention_at(reading, back, n.end - 1)
    return None


def affiliation(reading: Reading, index: int, tree: Tree, head: int) -> Actor | None:
    """Return the body a person speaks for: «a spokesman for the bloc», «Anna Li of the foreign ministry».

    None where his own phrase names none, or where he is none who speaks for one («a lawyer from Oslo»).
    """
    if tree.sentence.tokens[head].upos == "NOUN" and tree.lemma(head) not in speech_cues().spoken_for:
        return None
    near = [
        k for k in tree.by_rel(head, "nmod", "amod", "compound", "nmod:poss") if tree.preposition(k) in _OF
    ]
    for k in (*near, *tree.by_rel(head, "appos")):
        mention = mention_at(reading, index, k)
        known = [a for a in mention.actors if a.code] if mention and mention.how != "pronoun" else []
        if known and not (mention and mention.place):
            return replace(known[0], role=None)
        if tree.rel(k) == "appos":
            found = affiliation(reading, index, tree, k)
            if found:
                return found
    return None


def _introduced(reading: Reading, index: int, name: str, heard: list[Heard]) -> Voice | None:
    """Return whom a bare surname means by how the report brought him in: «Li Hua, the ministry's spokesman».

    None where no bearer of it has a known state or body; a full name means its own bearer alone.
    """
    if not name:
        return None
    surname = name.split()[-1]
    for one in reversed(heard):
        speaker = one.voice.speaker
        if one.voice.is_person and speaker and speaker.code and _bears(speaker.name, name):
            return one.voice
    for m in reading.mentions:
        actor = m.actors[0] if m.person and m.actors and m.span.sentence < index else None
        if actor and actor.code and _bears(actor.name, name):
            return Voice(actor, (), (actor.code,), m.span, is_person=True)
    for back in range(index):
        if surname not in reading.sentence(back).text:
            continue
        tree: Tree | None = None
        for i, token in enumerate(reading.sentence(back).tokens):
            if token.text != surname or i == 0 or token.upos != "PROPN":
                continue
            tree = tree or Tree(reading.sentence(back))
            body = _body_of_name(reading, back, tree, i)
            if body and body.code and _bears(body.name, name):
                return Voice(body, (), (body.code,), is_person=True)
    return None


def _bears(full: str | None, name: str) -> bool:
    return bool(full) and name in (full, (full or "").split()[0], (full or "").split()[-1])


def _body_of_name(reading: Reading, index: int, tree: Tree, last: int) -> Actor | None:
    """Return whom the bearer of a full name speaks for, and the name: «the army's spokesman, Hany Shaker»."""
    tokens = tree.sentence.tokens
    head = last
    while tree.rel(head) in ("flat", "compound") and tokens[head].head >= 0:
        head = tokens[head].head
    full = _proper_name(tree, head)
    if " " not in full:
        return None
    office = tokens[head].head if tree.rel(head) in ("appos", "flat", "nmod:desc") else -1
    if any(n.kind == "PER" and office < n.start < head for n in tree.sentence.names):
        office = -1  # of several people in a row the office is the first one's
    for k in (head, office):
        body = affiliation(reading, index, tree, k) if k >= 0 else None
        if body:
            offices = [k] if k != head else tree.by_rel(head, "appos")
            named = [o for o in offices if tree.lemma(o) in speech_cues().spoken_for]
            return replace(body, name=full, role=_role_words(tree, named[0]) if named else None)
    return None


def _name_behind(tree: Tree, head: int) -> str | None:
    """Return the name in apposition: «the fisheries chief, Viktor Sladkov» -> Viktor Sladkov."""
    names = [k for k in tree.by_rel(head, "appos", "flat") if tree.sentence.tokens[k].upos == "PROPN"]
    for k in tree.by_rel(head, "acl"):  # «a student named Lind»
        if tree.sentence.tokens[k].text.lower() in ("named", "called"):
            names += [n for n in (*tree.by_rel(k, "xcomp", "obj"), *tree.by_rel(head, "nmod")) if n == k + 1]
    return _proper_name(tree, names[0]) if names else None


def _body_name(tree: Tree, index: int, head: int) -> str | None:
    """Return the name of a body that bears its state's: «the Norwegian Commission on Whaling»."""
    tokens = tree.sentence.tokens
    if tokens[head].upos != "PROPN" or tokens[head].text.lower() not in speech_cues().crowds:
        return None
    span = phrase_span(tree, index, head)
    first = next((k for k in range(span.start, head) if tokens[k].upos != "DET"), head)
    at = tree.sentence.start
    return tree.sentence.text[tokens[first].start - at : tokens[span.end - 1].end - at]


def _person_in_phrase(tree: Tree, span: Span) -> str | None:
    """Return the name of a person that ends a phrase or stands in apposition to it."""
    tokens = tree.sentence.tokens
    for n in tree.sentence.names:
        beside = n.start <= span.end + 1 and (n.start >= span.end or n.end == span.end)
        if n.kind == "PER" and n.start >= span.start and beside:
            at = tree.sentence.start
            name = tree.sentence.text[tokens[n.start].start - at : tokens[n.end - 1].end - at]
            if code_of(name) is None:  # «Prime Minister of India», taken for a person
                return name
    return None


def _is_office(tree: Tree, head: int) -> bool:
    """Whether a noun means one person: «spokeswoman», «colleague»."""
    token = tree.sentence.tokens[head]
    return tree.lemma(head) in speech_cues().spoken_for - _BODIES and not token.has("Number=Plur")


def _subject_before(reading: Reading, index: int, tree: Tree, heard: list[Heard]) -> Voice | None:
    """Return the person the sentence before is about, nobody having spoken since: «Lind flew in. She said …».

    An office counts where its bearer is known to us: «His German colleague declined. “…,” she said.»
    """
    if index == 0 or any(h.sentence >= index - 1 for h in heard):
        return None
    before = reading.sentence(index - 1)
    if (before.field, before.paragraph) != (tree.sentence.field, tree.sentence.paragraph):
        return None
    earlier = Tree(before)
    for head in earlier.by_rel(before.root(), "nsubj"):
        mention = mention_at(reading, index - 1, head)
        if before.tokens[head].upos == "PROPN" and (_is_person(earlier, head) or _names_person(mention)):
            voice = _voice_of(reading, index - 1, earlier, head, "", heard)
            voice = _named(earlier, index - 1, head, voice) if voice else None
            return replace(voice, via=()) if voice and voice.speaker else None
        if before.tokens[head].upos == "NOUN" and _is_office(earlier, head):
            voice = _voice_of(reading, index - 1, earlier, head, "", [])
            voice = _named(earlier, index - 1, head, voice) if voice else None
            speaker = voice.speaker if voice else None
            return voice if speaker and (speaker.code or speaker.name) else None
        if before.tokens[head].lemma.lower() == "one":  # «One of the ministers, Ane Lind, …»
            named = _name_behind(earlier, head) or _person_in_phrase(earlier, phrase_span(earlier, 0, head))
            known = _introduced(reading, index - 1, named, heard) if named else None
            return known or (Voice(unresolved(named), is_person=True) if named else None)
    return None


def _is_person(tree: Tree, head: int) -> bool:
    return any(n.kind == "PER" and n.start <= head < n.end for n in tree.sentence.names)


def _names_person(mention: Mention | None) -> bool:
    return bool(mention and mention.person)


def mention_at(reading: Reading, index: int, head: int) -> Mention | None:
    """Return the mention that a token heads, else the longest that covers it."""
    over = [m for m in reading.mentions_in(index) if m.span.start <= head < m.span.end]
    return min(over, key=lambda m: (m.span.head != head, -(m.span.end - m.span.start)), default=None)


def _pronoun_voice(
    mention: Mention | None, word: str, index: int, head: int, cue: str, heard: list[Heard]
) -> Voice | None:
    """«he added»: who spoke just before; else whom the pronoun was tied to."""
    known = [a for a in mention.actors if a.code] if mention else []
    before = [h for h in heard if index - _REACH <= h.sentence <= index and h.voice.speaker]
    if word in _HE:
        person = next((h.voice for h in reversed(before) if h.voice.is_person), None)
        if person and (cue in _CONTINUING or not known):
            return replace(person, via=(), span=mention.span if mention else None)
    elif word == "it" and (cue in _CONTINUING or not known):
        body = next((h.voice for h in reversed(before) if not h.voice.is_person and h.voice.speaks_for), None)
        if body:
            return replace(body, via=(), span=mention.span if mention else None)
    if known and mention:
        codes = tuple(dict.fromkeys(a.code for a in known if a.code))
        return Voice(known[0], (), codes, mention.span, is_person=mention.person)
    if word in _HE | _THEY | {"who"}:
        return Voice(Actor(None, None, None, None), (), (), Span(index, head, head + 1, head))
    return None


# --- documents -----------------------------------------------------------------------------------------


def is_document(tree: Tree, head: int) -> bool:
    """Whether a word names a paper that speaks: «the statement said»."""
    return tree.sentence.tokens[head].upos == "NOUN" and tree.lemma(head) in speech_cues().documents


def _document_voice(reading: Reading, index: int, tree: Tree, head: int, heard: list[Heard]) -> Voice:
    """Return who issued a document: in its own phrase, or where it was first named; else it stays itself."""
    span = phrase_span(tree, index, head)
    owner = issuer(reading, index, tree, head)
    lemma = tree.lemma(head)
    bare = tree.sentence.tokens[head].has("Number=Plur") and not tree.by_rel(head, "det", "nmod:poss")
    if not owner and not bare:  # «official statements» are nobody's in particular
        for back in range(index, max(-1, index - _DOCUMENT_REACH - 1), -1):
            owner = _issued_in(reading, back, lemma, before=head if back == index else None, heard=heard)
            if owner:
                break
    if owner:
        codes = tuple(dict.fromkeys(a.code for a in owner if a.code))
        return Voice(owner[0], (), codes, span, document=True)
    words = reading.sentence(index).text[
        tree.sentence.tokens[span.start].start - tree.sentence.start : tree.sentence.tokens[head].end
        - tree.sentence.start
    ]
    return Voice(unresolved(words.strip()), (), (), span, document=True)


def _paper_before(reading: Reading, index: int, heard: list[Heard]) -> Voice | None:
    """«Oslo issued a statement. It said …»: the paper of the sentence before, by whoever issued it."""
    for lemma in sorted(speech_cues().documents):
        owner = _issued_in(reading, index - 1, lemma, before=None, heard=heard)
        if owner:
            codes = tuple(dict.fromkeys(a.code for a in owner if a.code))
            return Voice(owner[0], (), codes, document=True)
    return None


def _issued_in(
    reading: Reading, index: int, lemma: str, *, before: int | None, heard: list[Heard]
) -> tuple[Actor, ...]:
    sentence = reading.sentence(index)
    tree = Tree(sentence)
    for i, token in enumerate(sentence.tokens):
        if (before is None or i < before) and token.upos == "NOUN" and tree.lemma(i) == lemma:
            owner = issuer(reading, index, tree, i)
            if owner:
                return owner
            clause = tree.clause(i)
            subjects = verb_frame(tree, clause).heads("subj")
            for head in subjects:
                found = _all_actors(reading, index, tree, head)
                if found:
                    return found
            named = [k for k in subjects if tree.sentence.tokens[k].upos == "PROPN"]
            if named and not outlet_of(reading, index, tree, named[0]):
                return (unresolved(_proper_name(tree, named[0])),)
            said = [h.voice for h in heard if h.sentence == index and h.voice.speaker]
            if said and said[0].speaker:
                return (said[0].speaker, *(Actor(c) for c in said[0].speaks_for if c != said[0].speaker.code))
    return ()


def issuer(reading: Reading, index: int, tree: Tree, document: int) -> tuple[Actor, ...]:
    """Return who issued a document by its own phrase: «Oslo's note», «a statement by both ministries»."""
    frame = noun_frame(tree, document)
    for slot in ("poss", "by", "from", "of", "subj", "compound"):
        heads = frame.heads(slot) if slot != "compound" else tuple(tree.by_rel(document, "compound", "amod"))
        for head in heads:
            found = _all_actors(reading, index, tree, head)
            if found:
                return found
    for k in tree.by_rel(document, "acl"):
        for agent in [a for a in tree.by_rel(k, "obl") if tree.preposition(a) == "by"]:
            found = _all_actors(reading, index, tree, agent)
            if found:
                return found
    return ()


def _all_actors(reading: Reading, index: int, tree: Tree, head: int) -> tuple[Actor, ...]:
    actors: list[Actor] = []
    for one in tree.conjuncts(head):
        mention = mention_at(reading, index, one)
        actors += [a for a in (mention.actors if mention else ()) if a.code and a not in actors]
    return tuple(actors)


# --- outlets ------------------------------------------------------------------------------------------


def outlet_of(reading: Reading, index: int, tree: Tree, head: int) -> str | None:
    """Return the name of the outlet a noun phrase means: «Chinese state news agency, Xinhua» -> Xinhua."""
    names = [
        k
        for k in (head, *tree.by_rel(head, "appos", "flat", "compound", "nmod:desc"))
        if tree.sentence.tokens[k].upos == "PROPN"
    ]
    for k in names:
        known = known_outlet(_proper_name(tree, k)) or known_outlet(tree.sentence.tokens[k].text)
        if known:
            return known
    mention = mention_at(reading, index, head)
    if mention and any(a.sector == "MED" for a in mention.actors) and not mention.person:
        actor = mention.actors[0]
        return actor.name or actor.org or _phrase_words(tree, head)
    if (
        tree.sentence.tokens[head].upos in ("NOUN", "PROPN")
        and {tree.lemma(head), tree.sentence.tokens[head].text.lower()} & speech_cues().outlet_heads
    ):
        named = [k for k in names if k != head and tree.rel(k) == "appos"]
        return _proper_name(tree, named[0]) if named else _phrase_words(tree, head)
    return None


def known_outlet(words: str) -> str | None:
    """Return the outlet's own name where the table of outlets has these words, else None."""
    found = outlet(words)
    return found.name if found else None


# --- words -----------------------------------------------------------------------------------------------


def phrase_span(tree: Tree, index: int, head: int) -> Span:
    """Return the noun phrase around a head, without its clauses and appositions."""
    inside = tree.subtree(
        head, without=("acl", "acl:relcl", "appos", "conj", "cc", "punct", "parataxis", "advcl")
    )
    first = head
    while first - 1 in inside:
        first -= 1
    tokens = tree.sentence.tokens
    while first < head and (
        tokens[first].deprel in ("case", "mark", "fixed") or tokens[first].upos == "PUNCT"
    ):
        first += 1
    last = head
    while last + 1 in inside:
        last += 1
    return Span(index, first, last + 1, head)


def _phrase_words(tree: Tree, head: int) -> str:
    span = phrase_span(tree, 0, head)
    tokens = [
        t
        for t in tree.sentence.tokens[span.start : head + 1]
        if t.upos not in ("DET", "CCONJ", "PUNCT", "ADP", "VERB")
    ]
    return " ".join(t.text for t in tokens)


def _role_words(tree: Tree, head: int) -> str:
    span = phrase_span(tree, 0, head)
    tokens = [
        t
        for t in tree.sentence.tokens[span.start : head + 1]
        if t.upos in ("ADJ", "NOUN", "PROPN", "NUM") and t.deprel != "nmod:poss"
    ]
    return " ".join(t.text for t in tokens) or tree.sentence.tokens[head].text


def _proper_name(tree: Tree, head: int) -> str:
    inside = [head, *tree.by_rel(head, "flat", "compound")]
    tokens = tree.sentence.tokens
    run = [k for k in sorted(inside) if tokens[k].upos in ("PROPN", "NOUN", "ADP", "X")]
    while len(run) > 1 and tokens[run[-1]].upos == "ADP":
        run.pop()
    return (
        tree.sentence.text[
            tokens[run[0]].start - tree.sentence.start : tokens[run[-1]].end - tree.sentence.start
        ]
        if run
        else tokens[head].text
    )
