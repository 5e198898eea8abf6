"""What a marked source does to a marked target: a reading and two stretches of words in, one answer out.

«<s>Oslo</s> condemned <t>the raid</t>» gives ACCUSE. The coder's own events between the two come first; where
it has none, weaker evidence is asked in a fixed order, and the answer bears the name of what spoke.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from detente.coding.acts.acts import Decided, Scene, build_event, decide_sentence, read_candidate
from detente.coding.acts.candidates import Candidate
from detente.coding.acts.rules import Found
from detente.coding.acts.status import Verdict, judge
from detente.coding.clauses import LIGHT_VERBS, VERBAL, Tree
from detente.coding.reading import Mention, Reading
from detente.knowledge import ontology
from detente.knowledge.tables import read_table
from detente.knowledge.triggers import Trigger, triggers
from detente.language.analysis import Sentence, Span
from detente.records import Actor, Event

SOURCE, TARGET = "the source", "the target"  # codes of the two while they are read; no state bears them
YIELDED = frozenset({"CONCEDE", "RETREAT"})
COOPERATIVE = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT".split())
TURNED = frozenset(
    "SANCTION PROTEST COERCE ASSAULT MOBILIZE REJECT".split()
)  # a threat as long as it is planned
# What is announced or decided counts as done in the crosswalk; what is only promised does not.
DECIDING = frozenset(
    "announce announced announces announcing decide decided decides declared declares".split()
)
FEW = 10  # cases that count as few
Spans = tuple[tuple[int, int], ...]
DUTIES = frozenset({"must", "should", "ought", "shall"})

# What can speak for an answer, the strongest first; the name stands in the column `why`.
EVIDENCE = (
    "event",  # the coder's own event from source to target, all actors of the sentence in place
    "event of the two",  # … with nobody else in sight
    "told to",  # the source says that the target must
    "ruled out",  # an act between the two that a rule drops: negated, an aim, a habit
    "to another",  # an act of the source, the target within its words
    "of the source",  # an act of the source upon anybody or nobody
    "turned round",  # an act of the target upon the source
    "held",  # an act that only stands in what another asks or promises
    "on the path",  # a trigger on the way from source to target in the tree
    "its own verb",  # the verb of the source heads rows of the lexicon whose constructions are not there
    "under the source",  # a trigger that the source's verb governs
    "upon the target",  # an act upon the target, by anybody
    "nearest",  # the trigger nearest to the two
    "loose words",  # a word of the lexicon whose construction is not there
    "prior",  # nothing speaks
)


@dataclass(frozen=True, slots=True)
class GivenPair:
    """What the source does to the target: its type two ways, and what speaks for it.

    `record_type` and `mode` are what our records would bear, by the codebook; `type`, `root`, `quad` follow
    the crosswalk from CAMEO in which given pairs are scored (`roots.tsv`). `evidence` is one of EVIDENCE;
    `rule` the lexicon's row, `words` the word it fits. `is_promise`: only promised, planned or agreed to.
    """

    record_type: str
    mode: str | None
    cameo: str | None
    evidence: str
    is_promise: bool = False
    rule: str = ""
    words: str = ""
    status: str | None = None

    @property
    def confidence(self) -> float:
        """The chance that the type is right: how often this evidence was, on sentences coded by hand."""
        return confidences()[self.evidence]

    @property
    def root(self) -> str:
        """The class by the crosswalk from CAMEO that the literature on given pairs uses, YIELD among them."""
        if self.record_type in YIELDED:
            return "AGREE" if self.is_promise else "YIELD"
        if self.is_promise and self.record_type in TURNED:
            return "THREATEN"
        return ontology.root_of(self.cameo) or self.record_type

    @property
    def type(self) -> str:
        """The PLOVER type that `root` stands for: CONCEDE or RETREAT where it says YIELD."""
        if self.root != "YIELD":
            return self.root
        return self.record_type if self.record_type in YIELDED else "CONCEDE"

    @property
    def quad(self) -> int:
        """The quad class of `root`, 1 to 4; YIELD is 2."""
        return 2 if self.root == "YIELD" else ontology.kind_of(self.root).quad


PRIOR = GivenPair("ACCUSE", None, "112", "prior")  # the commonest type of the sentences we annotated


@dataclass(frozen=True, slots=True)
class Marks:
    """Where source and target stand, by token, in one sentence of the reading."""

    sentence: int
    sources: tuple[Span, ...]
    targets: tuple[Span, ...]

    def covers(self, token: int) -> bool:
        """Whether a token stands in the words of source or target."""
        return any(span.start <= token < span.end for span in (*self.sources, *self.targets))

    def heads(self) -> tuple[int, ...]:
        """Return the head words of both, source first."""
        return tuple(span.head for span in (*self.sources, *self.targets))


@dataclass(frozen=True, slots=True)
class Clue:
    """One trigger as evidence: how strong, how near, and the answer it would give."""

    rank: int
    distance: tuple[int, int]  # in steps of the tree, in words
    token: int
    answer: GivenPair


@cache
def confidences() -> dict[str, float]:
    """Return {evidence: share right} from `pair_confidence.tsv`, drawn to the mean where cases are few."""
    counts = {
        row["evidence"]: (int(row["right"]), int(row["of"])) for row in read_table("pair_confidence.tsv")
    }
    mean = sum(right for right, _ in counts.values()) / sum(of for _, of in counts.values())
    shares = {name: (right + FEW * mean) / (of + FEW) for name, (right, of) in counts.items()}
    return {name: round(shares.get(name, mean), 3) for name in EVIDENCE}


def find_words(sentence: str, words: str, *, apart_from: Spans = ()) -> Spans:
    """Return the first place of words in a sentence as half-open offsets, outside other places if it can be.

    Nothing where they do not stand there.
    """
    places = [(m.start(), m.end()) for m in re.finditer(re.escape(words.strip()), sentence)]
    free = [p for p in places if not any(p[0] < end and start < p[1] for start, end in apart_from)]
    return tuple((free or places)[:1]) if words.strip() else ()


def code_given_pair(
    reading: Reading, sources: Iterable[tuple[int, int]], targets: Iterable[tuple[int, int]]
) -> GivenPair:
    """Return what the source does to the target, each marked by half-open offsets into the report's text.

    Every pair gets an answer; its `evidence` tells how it was found.
    """
    marks = _place(reading, tuple(sources), tuple(targets))
    if marks is None:
        return PRIOR
    clues: list[Clue] = []
    for marked, alone in (
        (_mark(reading, marks, alone=False), False),
        (_mark(reading, marks, alone=True), True),
    ):
        decided = decide_sentence(marked, marks.sentence)
        clues += _clues(marked, decided, marks, alone=alone)
    duty = _told_to(reading, marks)
    strong = [c for c in clues if c.rank <= EVIDENCE.index("event of the two")]
    if duty and not strong:
        return duty
    best = min(clues, key=lambda c: (c.rank, c.distance, c.token), default=None)
    own = _own_verb(reading, marks)
    if own and (best is None or best.rank > EVIDENCE.index("its own verb")):
        return own
    return best.answer if best else _loose(reading, marks) or PRIOR


def _place(
    reading: Reading, sources: tuple[tuple[int, int], ...], targets: tuple[tuple[int, int], ...]
) -> Marks | None:
    """Return the marks in the sentence that holds the target, or most of both; None without a sentence."""
    best: Marks | None = None
    for index, sentence in enumerate(reading.analysis.sentences):
        if sentence.field != "text":
            continue
        marks = Marks(index, _spans(sentence, index, sources), _spans(sentence, index, targets))
        if best is None or _weight(marks) > _weight(best):
            best = marks
    return best


def _weight(marks: Marks) -> int:
    return 2 * bool(marks.sources) + 2 * bool(marks.targets) + bool(marks.targets)


def _spans(sentence: Sentence, index: int, places: Iterable[tuple[int, int]]) -> tuple[Span, ...]:
    spans = []
    for start, end in places:
        inside = [i for i, t in enumerate(sentence.tokens) if t.start < end and start < t.end]
        if inside:
            spans.append(_span(sentence, index, inside[0], inside[-1] + 1))
    return tuple(spans)


def _span(sentence: Sentence, index: int, start: int, end: int) -> Span:
    """Return a span with its head: the word whose governor stands outside it, a noun if there is one."""
    tops = [i for i in range(start, end) if not start <= sentence.tokens[i].head < end]
    nominal = [i for i in tops if sentence.tokens[i].upos in ("NOUN", "PROPN", "PRON")]
    return Span(index, start, end, (nominal or tops)[0])


def _mark(reading: Reading, marks: Marks, *, alone: bool) -> Reading:
    """Return the reading with the two as its actors there; others stay unless the two are to be alone."""
    given = [_mention(reading, span, SOURCE) for span in marks.sources]
    given += [_mention(reading, span, TARGET) for span in marks.targets]
    others = [
        m
        for m in reading.mentions
        if m.span.sentence == marks.sentence and not any(_overlap(m.span, g.span) for g in given)
    ]
    mentions = given if alone else sorted([*given, *others], key=lambda m: m.span.start)
    return replace(reading, mentions=tuple(mentions))


def _mention(reading: Reading, span: Span, code: str) -> Mention:
    """Return the mention of one of the two: under its own code, else as the reading knows it."""
    known = next(
        (m for m in reading.mentions if _overlap(m.span, span) and m.span.start <= span.head < m.span.end),
        None,
    )
    actor = known.actors[0] if known and known.actors else Actor(code, sector=None)
    return Mention(
        span,
        (replace(actor, code=code, name=None, cow=None),),
        known.how if known else "name",
        person=known.person if known else False,
    )


def _overlap(a: Span, b: Span) -> bool:
    return a.sentence == b.sentence and a.start < b.end and b.start < a.end


def _clues(reading: Reading, decided: Decided, marks: Marks, *, alone: bool) -> Iterator[Clue]:
    tree = decided.tree
    path = _path(tree, marks)
    for decision in decided.decisions:
        candidate, found = decision.found.candidate, decision.found
        evidence = _evidence(found, marks, path, dropped=decision.event is None, alone=alone)
        promise = decision.seen.trigger.type == "AGREE"
        yield _clue(candidate, found, evidence, tree, marks, decision.event, promise=promise)
    scene = Scene(reading, marks.sentence, tree, reading.mentions_in(marks.sentence), (), (), frozenset())
    for candidate in decided.unreal:
        found, _ = read_candidate(scene, candidate)
        evidence = _evidence(found, marks, path, dropped=True, alone=alone)
        strong = EVIDENCE.index(evidence) <= EVIDENCE.index("held")
        yield _clue(candidate, found, "held" if strong else evidence, tree, marks, None)


def _evidence(found: Found, marks: Marks, path: frozenset[int], *, dropped: bool, alone: bool) -> str:
    """Return the name of what a finding is to the pair."""
    sources, recipients = _who(found.parties.sources), _who(found.parties.recipients)
    token = found.candidate.token
    if marks.covers(token) and token not in marks.heads():
        return "nearest"
    if (SOURCE in sources and TARGET in recipients) or {SOURCE, TARGET} <= sources:
        return "ruled out" if dropped else "event of the two" if alone else "event"
    if SOURCE in sources and not dropped:
        inside = set(found.tree.subtree(token))
        return "to another" if any(s.head in inside for s in marks.targets) else "of the source"
    if TARGET in sources and SOURCE in recipients:
        return "turned round"
    if token in path:
        return "on the path"
    if _governed(found.tree, token, marks):
        return "under the source"
    return "upon the target" if TARGET in recipients else "nearest"


def _who(mentions: Iterable[Mention]) -> set[str]:
    return {a.code for m in mentions for a in m.actors if a.code}


def _path(tree: Tree, marks: Marks) -> frozenset[int]:
    """Return the words on the way between source and target in the tree, without their own."""
    path: set[int] = set()
    for source in marks.sources:
        for target in marks.targets:
            up, down = (
                [source.head, *tree.ancestors(source.head)],
                [target.head, *tree.ancestors(target.head)],
            )
            meet = next((i for i in up if i in down), None)
            if meet is not None:
                path |= set(up[: up.index(meet) + 1]) | set(down[: down.index(meet) + 1])
    return frozenset(i for i in path if not marks.covers(i))


def _governed(tree: Tree, token: int, marks: Marks) -> bool:
    """Whether the verb of which the source is a part governs a word."""
    verbs = {
        next((a for a in tree.ancestors(s.head) if tree.sentence.tokens[a].upos in VERBAL), -1)
        for s in marks.sources
    }
    return bool(verbs & {token, *tree.ancestors(token)})


def _clue(
    candidate: Candidate,
    found: Found,
    evidence: str,
    tree: Tree,
    marks: Marks,
    event: Event | None,
    *,
    promise: bool = False,
) -> Clue:
    told = event or build_event(_as_decided(found))
    if event and event.status == "planned" and _as_decided(found) is not found:
        told = build_event(_as_decided(found))
    type_, mode, cameo = _turn(found, told, marks)
    answer = GivenPair(
        record_type=type_,
        mode=mode,
        cameo=cameo,
        evidence=evidence,
        is_promise=promise or told.status == "planned" or (cameo or "").startswith("03"),
        rule=candidate.trigger.name,
        words=tree.sentence.tokens[candidate.token].text,
        status=told.status if event else found.verdict.status,
    )
    steps = sum(_steps(tree, candidate.token, head) for head in marks.heads())
    words = sum(abs(candidate.token - head) for head in marks.heads())
    return Clue(EVIDENCE.index(evidence), (steps, words), candidate.token, answer)


def _as_decided(found: Found) -> Found:
    """Return the finding as done where its plan was announced or decided: «announced a halt to the raids»."""
    if found.verdict.status == "planned" and _is_decided(found.verdict):
        return replace(found, verdict=replace(found.verdict, status="happened"))
    return found


def _is_decided(verdict: Verdict) -> bool:
    return verdict.words.split(" ")[0].lower() in DECIDING


def _turn(found: Found, told: Event, marks: Marks) -> tuple[str, str | None, str | None]:
    """Return type, mode and CAMEO code as they face the target.

    «failed to agree with <t>»: a refusal. «called for sanctions against <t>»: no request to it, but blame.
    """
    if found.verdict.status is None and told.type in COOPERATIVE:
        return "REJECT", None, "120"
    if told.type == "REQUEST":
        against = {h for slot in ("against", "into") for h in _below(found, slot)}
        if any(s.head in against for s in marks.targets):
            return "ACCUSE", "disapprove", "111"
    return told.type, told.mode, told.cameo


def _below(found: Found, preposition: str) -> set[int]:
    """Return the words marked by a preposition anywhere under the trigger."""
    tree = found.tree
    return {k for k in tree.subtree(found.candidate.token) if tree.preposition(k) == preposition}


def _steps(tree: Tree, a: int, b: int) -> int:
    """Return how many steps lie between two words in the tree."""
    up, down = [a, *tree.ancestors(a)], [b, *tree.ancestors(b)]
    meet = next((i for i in up if i in down), None)
    return len(up) + len(down) if meet is None else up.index(meet) + down.index(meet)


def _told_to(reading: Reading, marks: Marks) -> GivenPair | None:
    """«<s>Oslo</s> said <t>Rome</t> must leave»: what the target must do is asked of it."""
    tree = Tree(reading.sentence(marks.sentence))
    for target in marks.targets:
        if not tree.rel(target.head).startswith("nsubj"):
            continue
        verb = tree.sentence.tokens[target.head].head
        duty = next((k for k in tree.by_rel(verb, "aux") if tree.lemma(k) in DUTIES), None)
        above = tree.sentence.tokens[verb].head
        said = above >= 0 and tree.rel(verb) in ("ccomp", "parataxis")
        if (
            duty is not None
            and said
            and any(tree.sentence.tokens[s.head].head == above for s in marks.sources)
        ):
            words = tree.sentence.tokens[duty].text
            return GivenPair("REQUEST", None, "100", "told to", rule="must → REQUEST", words=words)
    return None


def _own_verb(reading: Reading, marks: Marks) -> GivenPair | None:
    """Return the answer of the verb that the source is subject of, whatever its rows ask for."""
    tree = Tree(reading.sentence(marks.sentence))
    for source in marks.sources:
        verb = tree.sentence.tokens[source.head].head
        if verb < 0 or not tree.rel(source.head).startswith("nsubj") or tree.lemma(verb) in LIGHT_VERBS:
            continue
        rows = [t for t in triggers().get((tree.lemma(verb), "VERB"), ()) if _is_plain(t)]
        if rows:
            return replace(_commonest(tree, verb, rows), evidence="its own verb")
    return None


def _is_plain(trigger: Trigger) -> bool:
    return len(trigger.words) == 1 and trigger.type != "NONE"


def _loose(reading: Reading, marks: Marks) -> GivenPair | None:
    """Return the answer of the nearest word that heads rows of the lexicon, whatever they ask for."""
    tree = Tree(reading.sentence(marks.sentence))
    near = sorted(range(len(tree.kids)), key=lambda i: sum(_steps(tree, i, h) for h in marks.heads()))
    for i in near:
        if marks.covers(i) or tree.lemma(i) in LIGHT_VERBS:
            continue
        for pos in ("VERB", "NOUN", "ADJ"):
            rows = [t for t in triggers().get((tree.lemma(i), pos), ()) if _is_plain(t)]
            if rows:
                return _commonest(tree, i, rows)
    return None


def _commonest(tree: Tree, i: int, rows: list[Trigger]) -> GivenPair:
    """Return the answer of the type that most rows of a word have."""
    type_, _ = Counter(row.type for row in rows).most_common(1)[0]
    row = next(row for row in rows if row.type == type_)
    verdict = judge(tree, i)
    return GivenPair(
        record_type=row.type,
        mode=row.mode,
        cameo=row.cameo,
        evidence="loose words",
        is_promise=verdict.status == "planned" and not _is_decided(verdict),
        rule=row.name,
        words=tree.sentence.tokens[i].text,
        status=verdict.status,
    )
