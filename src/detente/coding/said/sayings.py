"""Reporting clauses by grammar alone: the cue, its subject, and the stretches it reports.

From «The port is open, Oslo said, adding that Bergen would follow» it gives «said» (subject Oslo; «The port
is open») and «adding» (subject Oslo; «that Bergen would follow»). Who Oslo is, is found later.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from detente.coding.clauses import Tree, noun_frame, verb_frame
from detente.knowledge.cues import SpeechCues, speech_cues

Ranges = tuple[tuple[int, int], ...]

_MARKS = frozenset("“”\"«»„‘’'`.,;:—–-…")
_STRICT = frozenset(
    "see view regard present refer portray go read continue slap brush term characterise characterize agree "
    "accept call consider feel dub label brand charge recognise recognize dismiss post publish ask point "
    "raise discuss mock maintain hold recall observe contend find rule".split()
)
_BESIDE = 4  # words from a subject to its «said» where what is said stands before them
_WRITING = frozenset({"post", "write", "tweet", "read"})
_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "ADP", "CCONJ", "PART", "NUM", "PRON"})
_TRUTH_KINDS = frozenset({"say", "claim", "deny", "confirm", "think", "promise", "cite", "write"})


@dataclass(frozen=True, slots=True)
class Saying:
    """One reporting clause: token indices of cue and subjects, character ranges of what it reports.

    `given_by` holds the heads of who hands the words on («Xinhua quoted Li as saying»). `clause` is the
    stretch from the first to the last word of the reporting words themselves.
    """

    cue: int
    kind: str
    subjects: tuple[int, ...]
    ranges: Ranges
    clause: tuple[int, int]
    given_by: tuple[int, ...] = ()


def find_sayings(tree: Tree) -> tuple[Saying, ...]:
    """Return every reporting clause of a sentence, left to right."""
    cues = speech_cues()
    found: list[Saying] = []
    for i, token in enumerate(tree.sentence.tokens):
        lemma = tree.lemma(i)
        if token.upos in ("VERB", "AUX") and lemma in cues.kinds_of:
            saying = _from_verb(tree, i, cues)
        elif lemma == "make" and token.upos == "VERB":
            saying = _made_clear(tree, i)
        elif lemma == "accord" or token.text.lower() == "according":
            saying = _from_according(tree, i)
        elif token.upos == "NOUN" and lemma in cues.owned_nouns:
            saying = _from_owned(tree, i)
        elif token.upos == "NOUN" and lemma in cues.clause_nouns:
            saying = _from_noun(tree, i)
        else:
            saying = None
        if saying:
            found.append(saying)
    return (*_settled(tree, found), *_before_colon(tree, found))


def _before_colon(tree: Tree, found: list[Saying]) -> Iterator[Saying]:
    """Yield the subject of «Oslo rejected the claim: "…"»: a colon before a quotation gives the floor."""
    tokens = tree.sentence.tokens
    for i in range(2, len(tokens)):
        opens = i + 1 == len(tokens) or tokens[i + 1].text in ("“", '"', "«", "``")
        if tokens[i].text != ":" or not opens:
            continue
        verb = next(
            (k for k in (tree.sentence.root(), tree.clause(i - 1)) if k < i and tree.by_rel(k, "nsubj")), -1
        )
        if verb < 0 or any(s.clause[1] <= tokens[i].start and not s.ranges for s in found):
            return
        if any(s.clause[1] <= tokens[i].start and s.kind in _TRUTH_KINDS for s in found):
            return
        subjects = tuple(tree.by_rel(verb, "nsubj"))
        yield Saying(verb, "say", _spread(tree, subjects), (), _clause(tree, verb, (*subjects, i - 1)))
        return


def _settled(tree: Tree, found: list[Saying]) -> Iterator[Saying]:
    """Yield the clauses without doubles; «adding» takes its subject from the «said» before it."""
    told = {k for s in found if s.kind == "cite" for k in _told_in(tree, s.cue)}
    lead: Saying | None = None
    for saying in found:
        if saying.cue in told:
            continue
        word = tree.sentence.tokens[saying.cue].text.lower()
        if word.endswith("ing") and lead and not tree.by_rel(saying.cue, "nsubj", "aux"):
            saying = replace(saying, subjects=lead.subjects)
        elif saying.kind in _TRUTH_KINDS | {"describe", "stress", "ask"}:
            lead = saying
        yield saying


def _from_verb(tree: Tree, verb: int, cues: SpeechCues) -> Saying | None:
    lemma = tree.lemma(verb)
    kinds = cues.kinds_of[lemma]
    if "cite" in kinds:
        return _cited(tree, verb)
    if kinds[0] in _TRUTH_KINDS and lemma not in _STRICT:
        inverted = _inverted(tree, verb, kinds[0])
        if inverted:
            return inverted
    frame = verb_frame(tree, verb)
    if frame.passive:
        subjects = tuple(k for k in tree.by_rel(verb, "obl") if tree.preposition(k) == "by")
        if not subjects:
            return None  # «is said to be»: nobody speaks
    else:
        subjects = frame.heads("subj")
    if not subjects:
        subjects = _imperfect_subject(tree, verb)
    subjects = tuple(_before_who(tree, verb, k) for k in subjects)
    if subjects and all(_is_nobody(tree, k) for k in subjects):
        return None  # «no group claimed the attack»: nobody speaks
    if _is_asked_or_supposed(tree, verb):
        return None
    if lemma == "note" and any(tree.lemma(k) == "as" for k in tree.by_rel(verb, "mark")):
        return None  # «as noted»
    kind, content = _content(tree, verb, lemma, kinds, cues)
    if content is None:
        return None
    content = _extended(tree, verb, _after_quote(tree, verb, _to_semicolon(tree, verb, content)))
    clause = _clause(tree, verb, subjects)
    if not content and kind in _TRUTH_KINDS:
        if lemma in _STRICT and not (lemma in _WRITING and _quotes_later(tree, verb)):
            return None
        content = _fallback(tree, verb, subjects, clause)
    if kind == "describe" and not content:
        if lemma in _STRICT and not _quotes_behind(tree, verb):
            return None
        content = ((tree.sentence.tokens[verb].start, tree.sentence.tokens[verb].end),)
    return Saying(verb, kind, _spread(tree, subjects), _before_clause(content, clause), clause)


def _is_asked_or_supposed(tree: Tree, verb: int) -> bool:
    """Whether a saying stands in a clause with «whether» or «if»: «whether he would raise concerns»."""
    return any(
        tree.lemma(m) in ("whether", "if")
        for step in (verb, tree.clause(verb))
        for m in tree.by_rel(step, "mark")
    )


def _before_who(tree: Tree, verb: int, subject: int) -> int:
    """«the home of Ane Lind, who told»: of what a relative clause hangs on, the person next to «who»."""
    tokens = tree.sentence.tokens
    who = next((k for k in tree.by_rel(verb, "nsubj") if tree.lemma(k) == "who"), 0)
    person = next((n for n in tree.sentence.names if n.kind == "PER" and 0 <= who - n.end <= 1), None)
    if not who or person is None or person.start <= subject < person.end:
        return subject
    return next(
        (k for k in range(person.start, person.end) if not person.start <= tokens[k].head < person.end),
        subject,
    )


def _is_nobody(tree: Tree, subject: int) -> bool:
    """Whether a subject means nobody: «nobody», «none», «no group»."""
    alone = tree.sentence.tokens[subject].text.lower() in ("nobody", "none")
    return alone or any(tree.lemma(k) in ("no", "neither") for k in tree.by_rel(subject, "det"))


def _before_clause(content: Ranges, clause: tuple[int, int]) -> Ranges:
    """Cut off the reporting clause itself where a wrong tree drew its subject into what is reported."""
    return tuple((a, clause[0] if a < clause[0] < b <= clause[1] else b) for a, b in content)


def _inverted(tree: Tree, verb: int, kind: str) -> Saying | None:
    """«The port is open, said the envoy.»: a mark, the verb, its subject, and the sentence's end."""
    tokens = tree.sentence.tokens
    if verb < 2 or tokens[verb - 1].text not in _MARKS or not tokens[verb].has("VerbForm=Fin"):
        return None
    last = verb
    while last + 1 < len(tokens) and tokens[last + 1].upos in (
        "DET",
        "ADJ",
        "NOUN",
        "PROPN",
        "PART",
        "ADP",
        "PRON",
    ):
        last += 1
    inside = range(verb + 1, last + 1)
    if not inside or (last + 1 < len(tokens) and tokens[last + 1].text not in {".", ",", "”", '"', ";"}):
        return None
    subjects = [k for k in tree.by_rel(verb, "nsubj", "obj") if k in inside]
    head = subjects[0] if subjects else _first_noun(tree, inside)
    if head is None or tokens[verb + 1].upos in ("ADP", "PART"):
        return None
    content = _runs(tree, list(range(verb)))
    return Saying(verb, kind, _spread(tree, (head,)), tuple(content), (tokens[verb].start, tokens[last].end))


def _first_noun(tree: Tree, inside: range) -> int | None:
    """Return the head noun of the first noun phrase of a stretch."""
    tokens = tree.sentence.tokens
    head = None
    for k in inside:
        if tokens[k].upos in ("NOUN", "PROPN", "PRON"):
            head = k
        elif head is not None:
            break
    return head


def _imperfect_subject(tree: Tree, verb: int) -> tuple[int, ...]:
    """Return a subject the parser hung elsewhere: right behind «…”, said», or between the mark and «said»."""
    across = [k for k in range(verb) if tree.rel(k) == "nsubj" and tree.sentence.tokens[k].head > verb]
    if across:
        return (across[-1],)  # «the bishop, Allan Ruiz, said, …», hung on what he said
    before = verb
    while before > 0 and tree.sentence.tokens[before - 1].upos in _NOMINAL:
        before -= 1
    if 0 < before < verb and tree.sentence.tokens[before - 1].text in _MARKS:
        heads = [k for k in range(before, verb) if tree.sentence.tokens[k].upos in ("NOUN", "PROPN", "PRON")]
        free = [k for k in heads if not before <= tree.sentence.tokens[k].head < verb]
        if heads:
            return tuple((free or heads)[:1])
    named = _name_before(tree, verb)
    if named is not None:
        return (named,)
    if verb + 1 < len(tree.sentence.tokens):
        for k in tree.by_rel(verb, "obj", "obl", "dep", "appos"):
            if (
                k > verb
                and not tree.preposition(k)
                and tree.sentence.tokens[k].upos in ("PROPN", "NOUN", "PRON")
            ):
                mark = tree.sentence.tokens[verb - 1].text if verb else ""
                if mark in _MARKS or mark.endswith(("”", '"')):
                    return (k,)
    return ()


def _name_before(tree: Tree, verb: int) -> int | None:
    """Return the head of a name that ends right before a verb: «…, Ane Lind, said», hung elsewhere."""
    tokens = tree.sentence.tokens
    last = verb - 1 if verb and tokens[verb - 1].text != "," else verb - 2
    for n in tree.sentence.names:
        if n.kind == "PER" and n.end == last + 1 and n.start > 0 and tokens[n.start - 1].text == ",":
            inside = range(n.start, n.end)
            return next((k for k in inside if tokens[k].head not in inside), n.start)
    return None


def _content(
    tree: Tree, verb: int, lemma: str, kinds: tuple[str, ...], cues: SpeechCues
) -> tuple[str, Ranges | None]:
    """Return the kind this verb is here and what it reports; None where it reports nothing at all."""
    described = _as_phrase(tree, verb) if "describe" in kinds else ()
    if not described and lemma in ("call", "label", "brand", "dub", "term"):
        described = _renamed(tree, verb)
    if described:
        return "describe", described
    if lemma == "speak":
        of = [k for k in tree.kids[verb] if k > verb and tree.preposition(k) == "of"]
        return "describe", _ranges(tree, _without(tree, of, verb)) if of else None
    clauses = [k for k in tree.by_rel(verb, "ccomp") if not _is_aside(tree, k, verb)]
    truth = next((k for k in kinds if k != "describe"), kinds[0])
    if lemma in _WRITING and _quotes_later(tree, verb):
        return truth, ()
    if lemma in _STRICT:
        if "describe" in kinds and _quotes_behind(tree, verb):
            return "describe", ()
        if kinds == ("describe",):
            return truth, None
        clauses = [k for k in clauses if tree.by_rel(k, "nsubj") or _has_that(tree, k)]
    if clauses and any(tree.lemma(m) in ("whether", "if") for k in clauses for m in tree.by_rel(k, "mark")):
        return truth, None  # «asked whether» tells nothing
    if clauses:
        return truth, _ranges(tree, _without(tree, clauses, verb))
    above = _governor_content(tree, verb) or _relative_beside(tree, verb)
    if above and (lemma not in _STRICT or _is_said_back(tree, verb)):
        return truth, above
    aside = [k for k in tree.by_rel(verb, "parataxis") if k > verb]
    if aside and truth in _TRUTH_KINDS and lemma not in _STRICT:
        return truth, _ranges(tree, _without(tree, aside, verb))
    if lemma in ("accuse", "charge"):
        deeds = [k for k in tree.kids[verb] if k > verb and _marked_of(tree, k)]
        return ("claim", _ranges(tree, _without(tree, deeds, verb))) if deeds else ("describe", ())
    held = _held_to_be(tree, verb)
    if held and truth in ("say", "claim", "think", "deny", "confirm"):
        return truth, _ranges(tree, _without(tree, held, verb))
    infinitives = tree.by_rel(verb, "xcomp")
    wanted = next((k for k in kinds if k in ("ask", "claim", "promise", "deny", "think", "stress")), None)
    if infinitives and wanted:
        return wanted, _ranges(tree, _without(tree, infinitives, verb))
    if lemma in cues.object_verbs:
        objects = tree.by_rel(verb, "obj")
        if lemma == "raise":  # «raised concerns» is said, «raised tariffs» is done
            objects = [k for k in objects if tree.lemma(k) in cues.raised_nouns]
        if objects:
            return "stress", _ranges(tree, _without(tree, objects, verb))
    if kinds[0] in ("ask",) or (kinds[0] == "stress" and not tree.by_rel(verb, "obj")):
        return truth, None if lemma in _STRICT else ()
    if "describe" in kinds:
        return "describe", ()
    return truth, ()


def _quotes_behind(tree: Tree, verb: int) -> bool:
    """«called them “late”»: whether a quotation opens behind the verb, in its own clause."""
    for token in tree.sentence.tokens[verb + 1 : verb + 8]:
        if token.text in ("“", '"', "«", "``"):
            return True
        if token.text in (",", ";", ":"):
            return False
    return False


def _quotes_later(tree: Tree, verb: int) -> bool:
    """«posting on the web, “We stay.”»: whether a quotation opens behind a mark, later in the sentence."""
    tokens = tree.sentence.tokens
    return any(
        tokens[k].text in ("“", '"', "«", "``") and tokens[k - 1].text in (",", ":")
        for k in range(verb + 2, len(tokens))
    )


def _held_to_be(tree: Tree, verb: int) -> list[int]:
    """Return thing and predicate of «claimed them to be spies», «finding it to be unlawful»."""
    predicates = [
        k
        for k in tree.by_rel(verb, "xcomp")
        if tree.by_rel(k, "cop") and any(tree.lemma(m) == "to" for m in tree.by_rel(k, "mark"))
    ]
    return [*tree.by_rel(verb, "obj"), *predicates] if predicates else []


def _after_quote(tree: Tree, verb: int, content: Ranges) -> Ranges:
    """«After the talks, Li said, "…"»: where the quotation follows, what stands before is not said."""
    tokens = tree.sentence.tokens
    follows = any(t.text in ("“", '"', "«", "``") for t in tokens[verb + 1 : verb + 4])
    after = tuple(r for r in content if r[0] > tokens[verb].start)
    return after if follows and after else content


def _to_semicolon(tree: Tree, verb: int, content: Ranges) -> Ranges:
    """«The patrols begin, Oslo said; Bergen sent ships»: what follows the stop is not Oslo's."""
    tokens = tree.sentence.tokens
    stop = next((t.start for t in tokens[verb:] if t.text == ";"), None)
    if stop is None or not content or content[0][0] > tokens[verb].start:
        return content
    return tuple((a, b) for a, b in content if a < stop)


def _extended(tree: Tree, verb: int, content: Ranges) -> Ranges:
    """«said the port was open and that ships could sail»: the second «that» goes with the first."""
    tokens = tree.sentence.tokens
    if not content or content[-1][0] < tokens[verb].start:
        return content
    end = content[-1][1]
    for k in range(verb + 1, len(tokens) - 1):
        again = tokens[k].text.lower() == "that" and tokens[k - 1].upos == "CCONJ"
        if again and 0 <= tokens[k].start - end <= 8:
            return (*content[:-1], (content[-1][0], tree.sentence.end))
    return content


def _marked_of(tree: Tree, head: int) -> bool:
    return any(tree.lemma(k) in ("of", "with") for k in tree.by_rel(head, "mark", "case"))


def _has_that(tree: Tree, clause: int) -> bool:
    return any(tree.lemma(k) == "that" for k in tree.by_rel(clause, "mark"))


def _is_aside(tree: Tree, clause: int, verb: int) -> bool:
    """Whether a complement is a question about doing («decided what to do»), not something told."""
    return tree.sentence.tokens[clause].upos == "PUNCT"


def _is_said_back(tree: Tree, verb: int) -> bool:
    before = tree.sentence.tokens[max(0, verb - 1)].text
    return before in _MARKS


def _as_phrase(tree: Tree, verb: int) -> Ranges:
    """«criticised the move as reckless and as a threat»: from «as» to the end of its phrases."""
    starts = [
        k
        for k in range(verb + 1, len(tree.sentence.tokens))
        if tree.lemma(k) == "as" and _hangs_on(tree, k, verb)
    ]
    if not starts:
        return ()
    inside = [i for i in tree.subtree(verb) if i >= starts[0]]
    return _ranges(tree, inside)


def _hangs_on(tree: Tree, marker: int, verb: int) -> bool:
    """Whether «as» introduces a phrase of the verb itself, or of its object when the parser put it there."""
    if tree.sentence.tokens[marker + 1 : marker + 2] and tree.sentence.tokens[marker + 1].text in (
        "well",
        "long",
        "soon",
    ):
        return False
    path = tree.ancestors(marker)[:4]
    return verb in path and not any(
        tree.sentence.tokens[p].upos in ("VERB", "AUX") and tree.rel(p) in ("ccomp", "acl:relcl")
        for p in path[: path.index(verb)]
    )


def _renamed(tree: Tree, verb: int) -> Ranges:
    """«called the visit a turning point»: the object and what it is called."""
    predicates = [k for k in tree.by_rel(verb, "xcomp") if k > verb]
    objects = [k for k in tree.by_rel(verb, "obj", "iobj", "ccomp") if k > verb]
    if predicates and not any(tree.lemma(k) == "to" for p in predicates for k in tree.by_rel(p, "mark")):
        return _ranges(tree, _without(tree, predicates, verb))
    if len(objects) > 1:
        return _ranges(tree, _without(tree, objects[1:], verb))
    return ()


def _governor_content(tree: Tree, verb: int) -> Ranges:
    """«The port is open, Oslo said»: what the aside interrupts or follows."""
    token = tree.sentence.tokens[verb]
    marked_as = any(tree.lemma(k) == "as" for k in tree.by_rel(verb, "mark", "advmod", "case"))
    if token.head < 0 or not (token.deprel == "parataxis" or (token.deprel == "advcl" and marked_as)):
        return ()
    own = set(tree.subtree(verb))
    stop = next(
        (k for k in range(verb, len(tree.kids)) if tree.sentence.tokens[k].text == ";"), len(tree.kids)
    )
    own |= set(range(stop, len(tree.kids)))  # «…, Oslo said; Bergen did not answer»
    if marked_as:  # «As Oslo said, …»: all the rest
        return _ranges(tree, [i for i in range(len(tree.kids)) if i not in own])
    for k in tree.kids[token.head]:  # «…, Li noted, adding that …»: what is added is told on its own
        if k > verb and tree.lemma(k) in speech_cues().kinds_of and tree.rel(k) == "advcl":
            own |= set(tree.subtree(k))
    inside = [i for i in tree.subtree(token.head) if i not in own]
    return _ranges(tree, inside)


def _relative_beside(tree: Tree, verb: int) -> Ranges:
    """«a drone which it claims crossed the border»: the clause the parser hung beside «claims»."""
    token = tree.sentence.tokens[verb]
    if token.deprel != "acl:relcl" or tree.by_rel(verb, "obj", "ccomp", "xcomp"):
        return ()
    beside = [k for k in tree.kids[token.head] if k > verb and tree.rel(k) == "acl:relcl" and k <= verb + 2]
    own = set(tree.subtree(verb))
    return _ranges(tree, [i for k in beside for i in tree.subtree(k) if i > verb and i not in own])


def _without(tree: Tree, tops: Iterable[int], verb: int) -> list[int]:
    inside: set[int] = set()
    for top in tops:
        inside |= set(tree.subtree(top))
    return sorted(inside - {verb})


def _fallback(tree: Tree, verb: int, subjects: tuple[int, ...], clause: tuple[int, int]) -> Ranges:
    """Where the tree gives no content: what stands before «, she said», or behind «said that» and «said:»."""
    tokens = tree.sentence.tokens
    first = min((verb, *subjects))
    beside = bool(subjects) and verb - max(subjects) <= _BESIDE
    while (
        first > 0
        and tokens[first - 1].upos in ("DET", "ADJ", "PROPN", "NOUN")
        and tree.clause(first - 1) == verb
    ):
        first -= 1
    if beside and first > 1 and tokens[first - 1].text in (",", "”", '"', "''", "—", "–"):
        return ((tree.sentence.start, tokens[first - 1].start),)
    for k in range(verb + 1, len(tokens) - 1):
        if tokens[k].text.lower() in ("that", ":", "“", '"', "«", "``"):
            return ((tokens[k].start, tree.sentence.end),)
    return ()


def _cited(tree: Tree, verb: int) -> Saying | None:
    """«Xinhua quoted Li as saying …», «Li was quoted by Xinhua as saying …»."""
    frame = verb_frame(tree, verb)
    said, agencies = frame.heads("obj") or frame.heads("iobj"), frame.heads("subj")
    if not said:  # «Xinhua quoted Xi as …» with both read as subjects
        said = tuple(k for k in agencies if k > verb)
        agencies = tuple(k for k in agencies if k < verb)
    if not said:
        return None
    if tree.is_passive(verb):
        agencies = tuple(k for k in tree.by_rel(verb, "obl") if tree.preposition(k) == "by")
    told = _told_in(tree, verb)
    if not told and agencies and tree.lemma(verb) == "cite" and _is_reason(tree, said[0]):
        clause = _clause(tree, verb, agencies)
        return Saying(
            verb, "stress", _spread(tree, agencies), _ranges(tree, _without(tree, said, verb)), clause
        )
    clause = _clause(tree, verb, (*said, *agencies))
    content: Ranges = ()
    if told:
        inner = tree.by_rel(told[0], "ccomp", "obj", "parataxis")
        content = _ranges(tree, _without(tree, inner, verb)) if tree.by_rel(told[0], "ccomp") else ()
        clause = (clause[0], max(clause[1], tree.sentence.tokens[told[0]].end))
    before = [k for k in tree.by_rel(verb, "ccomp") if k < verb]
    if before:
        content = content or _ranges(tree, _without(tree, before, verb))
    content = content or _governor_content(tree, verb) or _fallback(tree, verb, (*said, *agencies), clause)
    return Saying(verb, "cite", _spread(tree, said), content, clause, agencies)


def _is_reason(tree: Tree, head: int) -> bool:
    """«cited repression»: a thing, which says nothing itself; «cited an official» is no such."""
    cues = speech_cues()
    named = any(n.kind in ("PER", "ORG") and n.start <= head < n.end for n in tree.sentence.names)
    speaks = cues.spoken_for | cues.documents | cues.outlet_heads
    return tree.sentence.tokens[head].upos == "NOUN" and not named and tree.lemma(head) not in speaks


def _told_in(tree: Tree, verb: int) -> list[int]:
    """Return the saying verbs under a citation: «told» in «quoted Li as having told reporters»."""
    return [
        k
        for k in range(verb + 1, len(tree.sentence.tokens))
        if tree.sentence.tokens[k].upos == "VERB"
        and tree.lemma(k) in speech_cues().kinds_of
        and tree.clause(k) == k
        and verb in tree.ancestors(k)
        and any(tree.lemma(m) == "as" for m in range(max(verb + 1, k - 4), k))
    ]


def _from_according(tree: Tree, word: int) -> Saying | None:
    """«…, according to Oslo»: all of the sentence but the phrase."""
    tokens = tree.sentence.tokens
    if word + 2 >= len(tokens) or tokens[word + 1].text.lower() != "to":
        return None
    head = tokens[word].head
    if not (head > word and tokens[head].upos in ("NOUN", "PROPN", "PRON")):
        head = next((k for k in tree.by_rel(word, "obl", "nmod", "obj")), -1)
    if head < 0:
        head = next(
            (k for k in range(word + 2, len(tokens)) if tokens[k].upos in ("PROPN", "NOUN", "PRON")), -1
        )
    if head < 0:
        return None
    phrase = set(tree.subtree(head)) | {word, word + 1, head}
    stop = next(
        (
            k
            for k in sorted(phrase)
            if k > head and tokens[k].upos in ("VERB", "AUX") and tree.rel(k) == "acl:relcl"
        ),
        None,
    )
    own = range(min(phrase), max(phrase) + 1) if stop is None else range(word, stop)
    own = range(own.start, _with_name_behind(tree, own.stop))
    left = next((i + 1 for i in range(word, -1, -1) if tokens[i].text == ";"), 0)
    right = next((i for i in range(word, len(tokens)) if tokens[i].text == ";"), len(tokens))
    content = _ranges(tree, [i for i in range(left, right) if i not in own])
    first, last = min(own), max(own)
    return Saying(word, "say", _spread(tree, (head,)), content, (tokens[first].start, tokens[last].end))


def _with_name_behind(tree: Tree, stop: int) -> int:
    """Return where «…, Andrey Denisov,» ends, if such a name stands behind the phrase; else `stop`."""
    tokens = tree.sentence.tokens
    at = stop if stop < len(tokens) and tokens[stop].text == "," else stop - 1
    if not (0 <= at < len(tokens) - 1 and tokens[at].text == "," and tokens[at + 1].upos == "PROPN"):
        return stop
    end = at + 1
    while end < len(tokens) and tokens[end].upos == "PROPN":
        end += 1
    return end if end >= len(tokens) or tokens[end].text in _MARKS else stop


def _from_owned(tree: Tree, noun: int) -> Saying | None:
    """«in Oslo's view, the port is open»."""
    owners = tree.by_rel(noun, "nmod:poss")
    if not owners or tree.preposition(noun) not in ("in", "to"):
        return None
    own = set(tree.subtree(noun))
    tokens = tree.sentence.tokens
    content = _ranges(tree, [i for i in range(len(tokens)) if i not in own])
    return Saying(
        noun, "think", _spread(tree, tuple(owners)), content, (tokens[min(own)].start, tokens[max(own)].end)
    )


def _made_clear(tree: Tree, verb: int) -> Saying | None:
    """«Oslo made it clear that the port stays open»."""
    behind = range(verb + 1, min(verb + 4, len(tree.kids)))
    clear = next((k for k in behind if tree.lemma(k) == "clear"), -1)
    if clear < 0:
        return None
    clauses = [k for top in (verb, clear) for k in tree.by_rel(top, "ccomp", "csubj") if k > clear]
    subjects = verb_frame(tree, verb).heads("subj")
    if not clauses or not subjects or _is_asked_or_supposed(tree, verb):
        return None
    content = _ranges(tree, _without(tree, clauses[:1], verb))
    return Saying(verb, "say", _spread(tree, subjects), content, _clause(tree, verb, (*subjects, clear)))


def _from_noun(tree: Tree, noun: int) -> Saying | None:
    """«Oslo's claim that the port is open», «expressed hope that it would open»."""
    clauses = [
        k
        for k in tree.by_rel(noun, "acl", "ccomp")
        if tree.rel(k) != "acl:relcl" and any(tree.lemma(m) in ("that", "to") for m in tree.by_rel(k, "mark"))
    ]
    if not clauses:
        return None
    frame = noun_frame(tree, noun)
    doers = verb_frame(tree, frame.light).heads("subj") if frame.light is not None else ()
    owners = tuple(
        k
        for k in tree.by_rel(noun, "nmod:poss", "compound", "amod")
        if tree.rel(k) == "nmod:poss" or tree.sentence.tokens[k].text[:1].isupper()
    )
    if noun > 1 and tree.sentence.tokens[noun - 1].text in ("'s", "’s") and noun - 2 not in owners:
        owners = (noun - 2,)  # «Oslo's claim that the ship …», hung on the ship
    named = tuple(k for k in owners if tree.sentence.tokens[k].upos != "PRON")
    if not doers and tree.rel(noun) == "obl":  # «said in a statement that …»
        doers = verb_frame(tree, tree.clause(noun)).heads("subj")
    subjects = named or doers or owners or frame.heads("by") or frame.heads("of")
    if not subjects:
        return None
    tokens = tree.sentence.tokens
    content = _ranges(tree, _without(tree, clauses, noun))
    first = min(noun, *subjects)
    return Saying(noun, "claim", _spread(tree, subjects), content, (tokens[first].start, tokens[noun].end))


def _spread(tree: Tree, heads: tuple[int, ...]) -> tuple[int, ...]:
    """Return the heads with what is coordinated with them: «Oslo and Bergen said»."""
    out: list[int] = []
    for head in heads:
        out += [k for k in tree.conjuncts(head) if k not in out]
    return tuple(out)


def _clause(tree: Tree, verb: int, subjects: tuple[int, ...]) -> tuple[int, int]:
    tokens = tree.sentence.tokens
    inside = {verb, *subjects}
    return min(tokens[i].start for i in inside), max(tokens[i].end for i in inside)


def _ranges(tree: Tree, inside: Iterable[int]) -> Ranges:
    """Return token indices as character ranges; a gap of marks alone does not part them."""
    return tuple(_runs(tree, sorted(set(inside))))


def _runs(tree: Tree, inside: list[int]) -> Iterator[tuple[int, int]]:
    tokens = tree.sentence.tokens
    while inside and tokens[inside[0]].text in _MARKS:
        inside = inside[1:]
    first = last = -1
    for i in inside:
        if first < 0:
            first = last = i
        elif all(tokens[k].text in _MARKS for k in range(last + 1, i)):
            last = i
        else:
            yield from _trimmed(tree, first, last)
            first = last = i
    if first >= 0:
        yield from _trimmed(tree, first, last)


def _trimmed(tree: Tree, first: int, last: int) -> Iterator[tuple[int, int]]:
    tokens = tree.sentence.tokens
    while last > first and tokens[last].text in _MARKS:
        last -= 1
    while first < last and tokens[first].text in _MARKS:
        first += 1
    if tokens[first].text not in _MARKS and (
        first < last or tokens[first].upos not in ("PRON", "SCONJ", "ADV")
    ):
        yield tokens[first].start, tokens[last].end
