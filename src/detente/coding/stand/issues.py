"""On what a side is taken: from a phrase to the issues it names, points back to, or could be.

«an end to the embargo» is the embargo, turned round; «the move» is what was last spoken of.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from detente.coding.clauses import VERBAL, Tree
from detente.coding.reading import Reading
from detente.coding.said.voices import mention_at
from detente.coding.stand.holders import all_meant
from detente.coding.stand.mood import CONDITIONS
from detente.coding.stand.taking import Taking
from detente.knowledge.issues import IssueHit, narrow, propose_issue
from detente.knowledge.stances import stance_words, turned
from detente.knowledge.states import name_of
from detente.records import Actor, Stance

KNOWN, POINTED, MAIN, PROPOSED = 0.7, 0.6, 0.5, 0.45  # confidence by how the issue was found
_REACH = 6  # sentences «the move» looks back for an issue of the table
_THING_REACH = 2  # … and for a phrase that could be one
_OF_ITSELF = ("will not", "must", "must not")  # rules whose verb is part of the issue
_OF_WHAT = frozenset("of into for about on to against".split())  # «an inquiry into the raid»
_ABOUT = frozenset("of to on in for towards toward regarding concerning at".split())
_FEELINGS = (
    "concern", "disappoint", "displeas", "dissatisf", "alarm", "worr", "troubl", "unhapp", "angry", "anger",
    "dismay", "outrag", "appall", "disturb", "uncomfort",
)  # fmt: skip
_NAMING = frozenset({"NOUN", "PROPN", "ADJ", "VERB", "NUM", "X"})
_LONGEST_NAME = 8  # words of a phrase that can still name an issue
_AROUND = frozenset("ahead before after during since amid despite following until".split())
_PLANS = frozenset(
    "freeze dialogue talk negotiation settlement solution denuclearization denuclearisation".split()
)
_CALLING = frozenset({"call", "appeal", "plea"})
_MEETING = frozenset({"meet", "negotiate", "talk"})
_CLAUSES = ("acl", "acl:relcl", "advcl", "parataxis", "punct", "appos")


@dataclass(frozen=True, slots=True)
class Found:
    """An issue in a phrase, the stance as turned by the words above it, and how sure we are."""

    issue: str
    stance: Stance
    confidence: float


@dataclass(slots=True)
class Memory:
    """What has been spoken of so far, oldest first, so that «the move» finds its own.

    `issues` are those of the table; `things` are phrases that could be one («a ban on Chinese apps»);
    `main` is the issue the whole report names most often.
    """

    issues: list[tuple[int, int, str]] = field(default_factory=list)  # sentence, offset, issue
    things: list[tuple[int, int, str]] = field(default_factory=list)
    main: str | None = None

    def last(self, sentence: int, offset: int, noun: str) -> tuple[str | None, bool]:
        """Return the issue meant by a word that points back, and whether the table knows it."""
        known = _near(self.issues, sentence, offset, _REACH)
        named = [hit for hit in known if noun and noun in hit[2].split("-")]
        things = _near(self.things, sentence, offset, _THING_REACH)
        same = [hit for hit in things if noun and noun in hit[2].split("-")]
        if named or (known and not same):
            return (named or known)[-1][2], True
        return ((same or things)[-1][2], False) if same or things else (None, False)


def _near(
    spoken: list[tuple[int, int, str]], sentence: int, offset: int, reach: int
) -> list[tuple[int, int, str]]:
    return [(s, o, i) for s, o, i in spoken if sentence - reach <= s and (s < sentence or o < offset)]


def find_things(index: int, tree: Tree) -> Iterator[tuple[int, int, str]]:
    """Yield the phrases of a sentence that could be an issue: «a ban on Chinese apps»."""
    for i, token in enumerate(tree.sentence.tokens):
        if token.upos == "NOUN" and tree.lemma(i) in stance_words().anaphoric_nouns:
            inside = tree.subtree(i, without=(*_CLAUSES, "conj", "cc"))
            name = propose_issue(" ".join(tree.sentence.tokens[k].text for k in inside[:_LONGEST_NAME]))
            if "-" in name:
                yield index, token.start, name


@dataclass(frozen=True, slots=True)
class Side:
    """A side taken in one sentence, before it is known on what: the words, the tree, what was told before."""

    reading: Reading
    index: int
    tree: Tree
    taking: Taking
    stance: Stance
    hits: list[IssueHit]
    memory: Memory


def find_issues_of(side: Side) -> Iterator[Found]:
    """Yield the issues of a phrase: those the table knows, else the one it points back to, else a new one."""
    if _takes_no_side(side.tree, side.taking, side.stance):
        return
    known = _known(side)
    pointer = None if known else _pointer(side.tree, side.taking)
    if known:
        yield from _of_table(side, known)
    elif pointer is not None:
        yield from _pointed(side, pointer)
    elif side.taking.scope != "known" and _is_asked_of_public(side):
        yield from _proposed(side)


def _takes_no_side(tree: Tree, taking: Taking, stance: Stance) -> bool:
    """Whether a phrase is nothing one can be for or against, whatever it names."""
    if taking.rule in _OF_ITSELF:
        empty = _is_empty(tree, taking.trigger)
    else:
        empty = taking.rule.endswith("xcomp") and stance == "support" and _is_empty(tree, taking.issue)
    if any(tree.lemma(m) == "whether" for m in tree.by_rel(taking.issue, "mark")):
        return True  # «concerns about whether the rules are lawful»: a question, not a side
    if empty or tree.sentence.tokens[taking.issue].text.lower() == "what":
        return True  # «rejected what it called an alarm over the dam»: not the dam
    return tree.lemma(taking.issue) == "responsibility"  # accepted or claimed: a confession, no stance


def _known(side: Side) -> list[IssueHit]:
    """Return the issues of the table that a phrase is about."""
    tree, taking = side.tree, side.taking
    is_noun = tree.sentence.tokens[taking.issue].upos == "NOUN"
    inside = set(tree.subtree(taking.issue)) - _conditions(tree, taking.issue)
    if taking.scope == "any" and is_noun:
        # what is listed beside it stands for itself
        inside -= {i for k in tree.by_rel(taking.issue, "conj") for i in tree.subtree(k)}
    if taking.rule in _OF_ITSELF:
        inside -= {taking.trigger}
    known = [h for h in side.hits if _touches(tree, taking.issue, inside, h)]
    if not known and is_noun and side.stance != "claim":
        known = _just_behind(tree, inside, side.hits)
    return known


def _of_table(side: Side, known: list[IssueHit]) -> Iterator[Found]:
    """Yield issues of the table, each with the stance as the words above it turn it."""
    central = [h for h in known if not _is_aside(side.tree, side.taking, h)]
    if not central and side.taking.scope == "any" and side.taking.rule not in _OF_ITSELF:
        central = known  # «a resolution, which calls for an end to the embargo»
    for hit in narrow(central):
        flips = _flips(side.tree, side.taking, hit.places) + hit.opposite
        plain = _pushed(side.tree, side.taking, side.stance)
        plain = "support" if plain == "demand" and _is_called_for(side, hit) else plain
        yield Found(hit.id, turned(side.stance) if flips % 2 else plain, KNOWN)


def _is_called_for(side: Side, hit: IssueHit) -> bool:
    """Whether what is called for is a plan by name: «called for a freeze for freeze» supports it."""
    tree, taking = side.tree, side.taking
    if not taking.rule.endswith(" for") or tree.lemma(taking.trigger) not in _CALLING or taking.asked:
        return False
    head = tree.sentence.tokens[taking.issue]
    return tree.lemma(taking.issue) in _PLANS and any(
        a <= head.start < b for a, b in (*hit.terms, *hit.places)
    )


def _pointed(side: Side, pointer: int) -> Iterator[Found]:
    """Yield the issue that «the move», «it» points back to; whose thing it is, where nothing came before."""
    tree, taking, stance = side.tree, side.taking, side.stance
    head = tree.sentence.tokens[pointer]
    bare = head.upos not in ("NOUN", "VERB") and pointer == taking.issue
    if bare and (taking.scope != "any" or (stance == "support" and not _is_just_named(side, head.start))):
        return  # «dismissed it», «committed to that»: too little to go by
    issue, known_to_all = side.memory.last(side.index, head.start, tree.lemma(pointer))
    if issue is None and not bare and pointer == taking.issue:
        issue, known_to_all = side.memory.main, True
    owned = any(tree.sentence.tokens[k].upos != "PUNCT" for k in tree.by_rel(pointer, "nmod:poss"))
    if not issue and owned and taking.scope == "any" and pointer == taking.issue:
        yield from _of_owner(side)
    if issue:
        flips = _flips(tree, taking, ((head.start, head.end),))
        yield Found(issue, turned(stance) if flips % 2 else stance, POINTED if known_to_all else PROPOSED)


def _is_just_named(side: Side, offset: int) -> bool:
    """Whether an issue stands before a word in its own sentence: «the deal …, and would vote for it»."""
    return any(s == side.index and o < offset for s, o, _ in side.memory.issues)


def _is_asked_of_public(side: Side) -> bool:
    """Whether what is asked, if anything is, is a public matter: «urged drivers to slow down» is none."""
    asked = side.taking.asked
    if not asked or any(side.tree.lemma(k) in stance_words().asked for k in asked):
        return True
    return bool(all_meant(side.reading, side.index, side.tree, asked))


def _of_owner(side: Side) -> Iterator[Found]:
    """Yield whose thing it is where nothing before tells what: «supports his initiative»."""
    for owner in side.tree.by_rel(side.taking.issue, "nmod:poss")[:1]:
        mention = mention_at(side.reading, side.index, owner)
        actor = mention.actors[0] if mention and mention.actors else None
        named = (actor.name or name_of(actor.code or "")) if actor else ""
        if named:
            thing = side.tree.sentence.tokens[side.taking.issue].text
            yield Found(propose_issue(f"{thing} {named}"), side.stance, PROPOSED)


def _proposed(side: Side) -> Iterator[Found]:
    """Yield an issue no table knows, under an id made of its words: «opposed the ferry tax» → ferry-tax."""
    reading, index, tree, taking = side.reading, side.index, side.tree, side.taking
    core, flips = (taking.issue, 0) if _is_felt(taking) else _core(tree, _carried(tree, taking.issue))
    stance = _pushed(tree, taking, side.stance)
    if tree.sentence.tokens[core].upos in VERBAL and stance not in ("demand", "refuse"):
        flips += _reverses(tree, core, core)  # «efforts to combat smuggling»
        core = next(iter(tree.by_rel(core, "obj")), core)  # «committed to building bridges»
        core, more = _core(tree, _carried(tree, core))
        flips += more
    bare = not tree.by_rel(core, "acl", "compound") and not any(
        tree.preposition(k) in _OF_WHAT for k in tree.by_rel(core, "nmod", "obl")
    )
    if stance == "demand" and bare and tree.lemma(core) in stance_words().answers:
        yield from _matter_at_hand(side)
        return
    if taking.scope == "matter" and not _is_matter(tree, core):
        return
    if _reverses(tree, core, core) and bare:
        return  # «criticised the cancellation»: of what?
    alone = tree.sentence.tokens[core].upos in VERBAL and not tree.by_rel(core, "obj", "obl", "xcomp")
    if alone and taking.asked and stance == "demand":  # «wants foreign troops to leave»
        asked = tree.subtree(taking.asked[0], without=_CLAUSES)
        named = " ".join(tree.sentence.tokens[k].text for k in asked[:_LONGEST_NAME])
        yield Found(propose_issue(f"{named} {tree.lemma(core)}"), stance, PROPOSED)
        return
    words = _name(reading, index, tree, core, blamed=taking.stance == "oppose" and not flips)
    if words and "-" not in words and tree.sentence.tokens[core].upos != "PROPN":
        words = _with_place(reading, index, tree, taking, core, words)
    if words:
        yield Found(words, turned(stance) if flips % 2 else stance, PROPOSED)


def _is_matter(tree: Tree, head: int) -> bool:
    """Whether a phrase is a thing one can be for or against: «the ban», «to amend the constitution».

    «Records», «an explanation», «acts» are none, whatever hangs on them.
    """
    matters = stance_words().matters
    if tree.sentence.tokens[head].upos in VERBAL:
        return any(tree.lemma(k) in matters for k in tree.by_rel(head, "obj", "nsubj"))
    return tree.lemma(head) in matters


def _matter_at_hand(side: Side) -> Iterator[Found]:
    """Yield the issue in which an explanation is demanded: the sentence's, the paragraph's, the report's."""
    reading, index = side.reading, side.index
    here = reading.sentence(index)
    named = [hit.id for hit in narrow(side.hits)]
    paragraph = [
        issue
        for s, _, issue in side.memory.issues
        if s < index
        and (reading.sentence(s).field, reading.sentence(s).paragraph) == (here.field, here.paragraph)
    ]
    if named or paragraph:
        yield Found((named[:1] or paragraph[-1:])[0], "demand", POINTED)
    elif side.memory.main:
        yield Found(side.memory.main, "demand", MAIN)


def _is_aside(tree: Tree, taking: Taking, hit: IssueHit) -> bool:
    """Whether an issue stands only in a relative clause: «recognises the threat that X poses»."""
    if taking.rule == "considers part of its own":
        return False
    tokens = tree.sentence.tokens
    covered = [i for i, t in enumerate(tokens) if t.start < hit.terms[0][1] and hit.terms[0][0] < t.end]
    return any(
        tree.rel(step) == "acl:relcl" and step != taking.issue and taking.issue in tree.ancestors(step)
        for i in covered[:1]
        for step in (i, *tree.ancestors(i))
    )


def _is_empty(tree: Tree, verb: int) -> bool:
    return tree.lemma(verb) in stance_words().empty_verbs


def _pushed(tree: Tree, taking: Taking, stance: Stance) -> Stance:
    """«calls on all to support the treaty», «we must strengthen it»: support, asked of all."""
    if stance != "demand" or tree.sentence.tokens[taking.issue].upos not in VERBAL:
        return stance
    ours = any(tree.sentence.tokens[k].text.lower() == "we" for k in tree.by_rel(taking.issue, "nsubj"))
    return "support" if ours or tree.lemma(taking.issue) in stance_words().pushing_verbs else stance


def _conditions(tree: Tree, head: int) -> set[int]:
    """Return the words of «if …» and «unless …» under a phrase: what is there is no object of the stance."""
    out: set[int] = set()
    for k in tree.by_rel(head, "obl"):
        if tree.preposition(k) in _AROUND:
            out |= set(tree.subtree(k))
    for k in tree.subtree(head):
        if tree.preposition(k) in ("like", "unlike", "given", "including") or tree.rel(k) == "parataxis":
            out |= set(tree.subtree(k))  # «talks on questions like the border»
    loose = tree.sentence.tokens[head].upos == "NOUN"  # «adopted a posture, sending ships …»
    for k in tree.by_rel(head, "advcl"):
        if loose or {tree.lemma(m) for m in tree.by_rel(k, "mark", "advmod")} & (
            CONDITIONS | {"because", "since", "after", "as"}
        ):
            out |= set(tree.subtree(k))
    return out


def _just_behind(tree: Tree, inside: set[int], hits: list[IssueHit]) -> list[IssueHit]:
    """Return the hit that begins right behind a phrase: parsers hang «to sell arms» on the wrong word."""
    end = max((tree.sentence.tokens[i].end for i in inside), default=0)
    near = [h for h in hits if end <= h.start <= end + 14]
    between = (
        tree.sentence.text[end - tree.sentence.start : near[0].start - tree.sentence.start] if near else ""
    )
    return near[:1] if near and not set(between) & set(",;:—–") else []


def _touches(tree: Tree, top: int, inside: set[int], hit: IssueHit) -> bool:
    """Whether a phrase is about an issue: its head is one of the terms that named it, or most are in it."""
    tokens = tree.sentence.tokens
    head = tokens[top]
    if any(head.start < b and a < head.end for a, b in hit.places):
        return True
    held = sum(any(tokens[i].start < b and a < tokens[i].end for i in inside) for a, b in hit.terms)
    return held * 2 > len(hit.terms)


def _flips(tree: Tree, taking: Taking, terms: tuple[tuple[int, int], ...]) -> int:
    """Return how many words between the trigger and the issue turn the stance round: «end» in «an end to»."""
    tokens = tree.sentence.tokens
    phrase = set(tree.subtree(taking.issue))
    covered = {i for i, t in enumerate(tokens) if any(t.start < b and a < t.end for a, b in terms)}
    inside = sorted(covered & phrase) or sorted(covered)
    top = next((i for i in inside if tokens[i].head not in covered), min(inside, default=taking.issue))
    count = 0
    feared = _is_felt(taking) and tokens[taking.issue].upos not in VERBAL
    if tokens[top].upos in VERBAL and top not in (taking.issue, taking.trigger):
        count += any(tree.lemma(k) in ("not", "never") for k in tree.by_rel(top, "advmod"))
    for step in tree.ancestors(top):
        if feared and step != taking.issue:
            continue  # «concerned about reports that they fight in …»: no end is feared
        if step == taking.trigger and taking.rule not in _OF_ITSELF:
            break
        if step not in covered and _reverses(tree, step, top):
            count += 1
        if step not in (taking.issue, taking.trigger) and tree.sentence.tokens[step].upos in VERBAL:
            count += any(tree.lemma(k) in ("not", "never") for k in tree.by_rel(step, "advmod"))
        if step == taking.issue or step == taking.trigger:
            break
    return count


def _is_felt(taking: Taking) -> bool:
    """Whether the side is a feeling: «disappointed in the failure to vote» is no regard for the vote."""
    return taking.rule.startswith(_FEELINGS)


def _reverses(tree: Tree, word: int, below: int) -> bool:
    words = stance_words()
    lemma, upos = tree.lemma(word), tree.sentence.tokens[word].upos
    if upos in VERBAL:
        return lemma in words.reversing_verbs
    if upos != "NOUN" or lemma not in words.reversing_nouns:
        return False
    if lemma in words.reversing_with_against:
        how = ("against", "on") if lemma == "ban" else ("against",)
        return any(tree.preposition(k) in how for k in tree.by_rel(word, "nmod", "obl"))
    return True


def _pointer(tree: Tree, taking: Taking) -> int | None:
    """Return the word that points back, in a phrase or as object of a clause: «to lift the measure»."""
    if _points_back(tree, taking.issue):
        return taking.issue
    if tree.sentence.tokens[taking.issue].upos in VERBAL and taking.rule not in _OF_ITSELF:
        things = tree.by_rel(taking.issue, "obj") or tree.by_rel(taking.issue, "nsubj")
        return next((k for k in things if _points_back(tree, k)), None)
    return None


def _points_back(tree: Tree, head: int) -> bool:
    words = stance_words()
    token = tree.sentence.tokens[head]
    if token.upos in VERBAL:
        return tree.lemma(head) == "refuse"  # «Yerevan refuses.»
    if token.upos in ("PRON", "DET", "NUM"):
        return token.text.lower() in words.anaphoric_pronouns
    if token.upos != "NOUN" or tree.lemma(head) not in words.anaphoric_nouns:
        return False
    definite = any(
        tree.sentence.tokens[k].text.lower()
        in ("the", "this", "that", "these", "those", "such", "its", "his", "their")
        for k in tree.by_rel(head, "det", "nmod:poss", "amod")
    )
    heavy = tree.by_rel(head, "nmod", "acl", "compound")
    return definite and not heavy


def _core(tree: Tree, head: int) -> tuple[int, int]:
    """Return the head of what is meant by «an end to the quotas» (quotas) and how often it was turned."""
    flips = 0
    for _ in range(3):
        if not _reverses(tree, head, head) or tree.lemma(head) == "ban":
            break  # a ban is an issue of its own where no table knows the thing banned
        doing = tree.by_rel(head, "acl") if tree.lemma(head) in ("refusal", "failure") else []
        below = doing or [
            k
            for k in tree.by_rel(head, "nmod", "obj", "obl")
            if tree.rel(k) != "nmod:poss"
            if tree.rel(k) == "obj" or tree.preposition(k) in ("of", "to", "on", "against", "from", "")
        ]
        if not below:
            break
        head, flips = below[0], flips + 1
    return head, flips


def _carried(tree: Tree, head: int) -> int:
    """Return what «efforts to end the war», «the work on a treaty», «the value of trade» are about."""
    for _ in range(3):
        if tree.lemma(head) not in stance_words().carriers or tree.sentence.tokens[head].upos != "NOUN":
            break
        doing = [k for k in tree.by_rel(head, "acl", "advcl") if k > head and tree.rel(k) != "acl:relcl"]
        below = doing or [k for k in tree.by_rel(head, "nmod", "obl") if tree.preposition(k) in _ABOUT]
        if not below:
            break
        head = below[0]
    return head


def _with_place(reading: Reading, index: int, tree: Tree, taking: Taking, head: int, word: str) -> str:
    """Return a one-word issue with a place: «the dam on the Oder» → dam-oder; a holder's own → reform-kenya.

    "" where the word is no matter of public life, or nobody's.
    """
    names = [
        k
        for k in tree.subtree(head)
        if k > head and tree.sentence.tokens[k].upos == "PROPN" and tree.rel(k) in ("nmod", "obl", "flat")
    ]
    if names:
        return propose_issue(f"{word} {tree.sentence.tokens[names[0]].text}")
    holders = all_meant(reading, index, tree, taking.actors)
    own = tree.lemma(head) in stance_words().matters - stance_words().shared
    states = [name_of(a.code) for a in holders if a.code] if own else []
    return propose_issue(f"{word} {states[0]}") if states and states[0] else ""


def _is_owned(tree: Tree, head: int) -> bool:
    """Whether an empty noun is told apart from its like: «Lind's statement», «relations with Oslo»."""
    owners = [
        k for k in tree.by_rel(head, "nmod:poss", "compound") if tree.sentence.tokens[k].upos == "PROPN"
    ]
    what = tree.by_rel(head, "nmod") if tree.lemma(head) in stance_words().told_apart else []
    return bool(owners or what) and tree.sentence.tokens[head].upos == "NOUN"


def _conduct(actors: tuple[Actor, ...]) -> str:
    """Return the id of what a state does: «concerns about Iran» are about `iran-conduct`."""
    codes = [a.code for a in actors if a.code]
    return conduct_of(codes[0]) if len(codes) == 1 else ""


def conduct_of(code: str) -> str:
    """Return the id of what a state does: «IRN» gives `iran-conduct`."""
    return propose_issue(f"{name_of(code)} conduct")


def _name(reading: Reading, index: int, tree: Tree, head: int, *, blamed: bool = False) -> str:
    """Return a readable id for a phrase no table knows, "" where it names no issue."""
    token = tree.sentence.tokens[head]
    mention = mention_at(reading, index, head)
    if _is_empty(tree, head) and token.upos in VERBAL:
        return ""
    if token.upos in ("PRON", "DET", "NUM", "SYM"):
        return ""
    person = next((k for k in tree.by_rel(head, "appos") if tree.sentence.tokens[k].upos == "PROPN"), None)
    if token.upos == "NOUN" and person is not None:  # «endorsed his former rival, Ane Lind»
        rival = mention_at(reading, index, person)
        if rival and rival.person and rival.actors and rival.actors[0].name:
            return propose_issue(rival.actors[0].name)
    if tree.lemma(head) in stance_words().empty_nouns and not _is_owned(tree, head):
        return ""
    if mention and mention.span.head == head and mention.how != "pronoun" and token.upos != "NOUN":
        clause = next((k for k in tree.by_rel(head, "acl:relcl", "acl")), None)
        if clause is not None:  # «concerns about Norwegians detained there»
            return propose_issue(f"{token.text} {tree.sentence.tokens[clause].text}")
        named = mention.actors[0].name if mention.actors and token.upos == "PROPN" else None
        if named:
            return propose_issue(named)
        return _conduct(mention.actors) if token.upos == "PROPN" and blamed else ""
    if token.upos in VERBAL and tree.lemma(head) in _MEETING:
        whom = [k for k in tree.by_rel(head, "obl") if tree.preposition(k) == "with"]
        met = mention_at(reading, index, (whom or tree.by_rel(head, "obj") or [-1])[0])
        if met and met.actors:
            return propose_issue(f"meeting {met.actors[0].name or name_of(met.actors[0].code or '')}")
    inside = tree.subtree(head, without=(*_CLAUSES, "nsubj", "conj", "cc", "mark", "aux"))
    clause = next((k for k in tree.by_rel(head, "acl") if k > head), None)
    if len(inside) < 3 and clause is not None:  # «the reforms begun by the council»
        inside += [i for i in tree.subtree(clause) if i > head][:_LONGEST_NAME]
    if len(inside) < 2:  # «the release and pardon of prisoners»: what hangs on the last is shared
        shared = [k for c in tree.conjuncts(head)[1:] for k in tree.by_rel(c, "nmod")][-1:]
        inside += [i for k in shared for i in tree.subtree(k, without=_CLAUSES)]
    if len(inside) < 2 and token.upos != "NOUN":
        return ""
    naming = [k for k in inside if tree.sentence.tokens[k].upos in _NAMING and tree.rel(k) != "discourse"]
    return propose_issue(" ".join(tree.sentence.tokens[k].text for k in naming[:_LONGEST_NAME]))
