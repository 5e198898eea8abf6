"""What a figure is of: «reaching $24.5 billion» after «trade between the two» is trade; tolls name the deed.

«Twelve soldiers were killed» -> soldiers killed; «growth of 37 percent in trade» -> growth of trade.
"""

from __future__ import annotations

from detente.coding.howmuch.case import HURT, HURT_VERBS, LOST_OR_HELD, ORDINALS, Case, beside
from detente.knowledge.units import counted_nouns, find_unit

_DEPENDENT = frozenset("advcl conj xcomp acl".split())
_RANK_WORDS = frozenset(
    "biggest largest greatest highest single - second third fourth fifth most important no number . 1 2 "
    "3 4 5 the one two three".split()
)
_NUMBER_NOUNS = frozenset(
    "dozens tens hundreds thousands millions billions thousand million billion dozen scores".split()
)
_MANY = frozenset("multiple several various many other more new different additional further such".split())
_WORTH = frozenset({"worth", "valued", "totalling", "totaling", "amounting"})
# What is given, owed or lasts, by the verb that says so.
_DEEDS = dict(
    pair.split("/")
    for pair in (
        "lend/loan borrow/loan pledge/aid donate/aid grant/aid give/aid invest/investment pay/payment "
        "owe/debt buy/purchase purchase/purchase sell/sale export/exports import/imports spend/spending "
        "cost/cost fine/fine "
        "fly/flight meet/meeting talk/talks speak/speech travel/journey hover/flight"
    ).split()
)
_GROWING = {
    "grow": "growth", "rise": "rise", "increase": "rise", "jump": "rise", "surge": "rise", "soar": "rise",
    "climb": "rise", "expand": "growth", "fall": "fall", "drop": "fall", "decline": "fall",
    "shrink": "fall", "decrease": "fall", "plunge": "fall", "slump": "fall", "contract": "fall",
    "double": "rise", "cut": "cut", "reduce": "cut", "raise": "rise", "slide": "fall", "tumble": "fall",
    "dip": "fall",
}  # fmt: skip
_EMPTY_HEADS = frozenset(
    "worth value sum total amount equivalent tune range excess rate volume figure level number year "
    "month quarter week day period".split()
)
_IRREGULAR = dict(
    pair.split("/")
    for pair in (
        "die/dead leave/left shoot/shot lose/lost flee/fled send/sent "
        "take/taken free/freed withdraw/withdrawn swap/swapped deport/deported"
    ).split()
)
_TOLLS = {
    "death": "killed",
    "dead": "killed",
    "fatality": "killed",
    "injury": "injured",
    "wounded": "wounded",
}
_HELD = frozenset("arrested detained abducted kidnapped".split())
_SAID_BESIDE = frozenset("dead killed injured wounded missing hurt displaced".split())
_HARMED = frozenset("killed dead died wounded injured hurt missing shot massacred infected displaced".split())
_SAYING = frozenset(
    "say tell add announce report state note claim estimate explain write declare confirm".split()
)
_OF_WHAT = frozenset("case member patient seat victim survivor".split())  # empty without what they are of
_FOR_OR_AGAINST = frozenset("favour favor support opposition agreement".split())
_OPINIONS = frozenset(
    "vote favour favor support back oppose approve disapprove reject want believe think trust prefer".split()
)
_SETTING = frozenset("lower raise cut reduce increase revise set trim lift hike slash push".split())


def what_of(case: Case, rule: str) -> str | None:
    """Return the thing measured in a few words: «trade turnover», «arms», «meeting», «growth of exports»."""
    if rule == "rank":
        return _phrase_words(case, case.quantity.span.start, case.quantity.span.end, skip_rank=True)
    if rule in ("count", "people hurt", "ordinal"):
        return _counted_what(case)
    return _measured_what(case)


def _counted_what(case: Case) -> str:
    """Return what is counted: «intergovernmental agreements», «people killed», «heads of state»."""
    start = case.quantity.span.start
    before = [case.lemma(i) for i in range(start - 1, max(-1, start - 4), -1)]
    verbs = [*before, *(case.lemma(i) for i in case.path()[:2] if case.sentence.tokens[i].upos == "VERB")]
    verb = next((lemma for lemma in verbs if lemma in HURT_VERBS), "")
    near = next((case.low(i) for i in beside(case) if case.lemma(i) in HURT - {"death"}), "")
    span = case.quantity.span
    said = [case.low(i) for i in range(span.start, span.end + 1) if case.low(i) in _SAID_BESIDE]
    phrase = _counted_phrase(case)
    state = next(iter(said), "") or _toll(case) or near or (_done(verb) if verb else "")
    told = case.quantity.unit == "person" or (_is_people(case) and state in _HARMED | _HELD)
    return f"{phrase} {state}" if state and told else phrase


def is_harm(case: Case) -> bool:
    """Whether people died or were hurt, not held or moved."""
    return case.quantity.unit in _TOLLS or not _HARMED.isdisjoint(_counted_what(case).split())


def _is_people(case: Case) -> bool:
    """Whether people are counted, and not their deaths or lives: «90 civilians», not «90 casualties»."""
    known = counted_nouns().get(tuple(case.quantity.unit.replace("-", " ").split()))
    group = known.group if known else None
    return group in ("person", "force") and case.quantity.unit not in LOST_OR_HELD


def _toll(case: Case) -> str:
    """Return what the subject says: «the dead were 14 civilians», «the toll rose to 93» -> killed."""
    tokens = case.sentence.tokens
    bare = case.quantity.unit == "person" and tokens[case.head].upos == "NUM"
    for i in (case.head, *case.path()[:1]) if bare else ():
        below = [k for k in case.sentence.children(i) if tokens[k].deprel.startswith("nsubj")]
        if any(case.lemma(k) == "toll" or case.lemma(k) in _TOLLS for k in (i, *below)):
            return "killed"
    top = case.head
    while tokens[top].deprel == "conj" and tokens[top].head >= 0:
        top = tokens[top].head
    subjects = [k for k in case.sentence.children(top) if tokens[k].deprel.startswith("nsubj")]
    has_cop = any(tokens[k].deprel == "cop" for k in case.sentence.children(top))
    return next((_TOLLS[case.lemma(k)] for k in subjects if has_cop and case.lemma(k) in _TOLLS), "")


def _counted_phrase(case: Case) -> str:
    """Return the counted noun with what narrows it; for a bare number («killed five») its unit."""
    span = case.quantity.span
    nouns = [i for i in range(span.start, span.end) if case.sentence.tokens[i].upos in ("NOUN", "PROPN")]
    last = nouns[-1] if nouns else -1
    if last < 0 or case.low(last) in _NUMBER_NOUNS or "of its kind" in case.quantity.words:
        return "people" if case.quantity.unit == "person" else case.quantity.unit
    if " of " in case.quantity.unit:
        at = case.quantity.words.lower().rfind(case.quantity.unit.split(" of ")[0])
        return case.quantity.words[at:].lower() if at >= 0 else case.quantity.unit
    phrase = _noun_phrase(case, last) or case.quantity.unit
    return phrase + _of_what(case, last) if case.lemma(last) in _OF_WHAT else phrase


def _of_what(case: Case, head: int) -> str:
    """Return « of cholera» for «126,000 cases of cholera», «» where no such words follow."""
    tokens = case.sentence.tokens
    for k in case.sentence.children(head):
        inside = sorted(set(case.sentence.subtree(k)))
        if k > head and tokens[k].deprel.startswith("nmod") and case.low(inside[0]) == "of":
            words = [i for i in inside if head < i <= k and tokens[i].deprel != "det"]
            end = next((j for j in range(k + 1, len(tokens)) if tokens[j].start > tokens[j - 1].end), k + 1)
            tail = "".join(
                tokens[j].text for j in range(k + 1, end) if tokens[j].upos != "PUNCT" or j + 1 < end
            )
            return " " + " ".join(tokens[i].text for i in words) + tail
    return ""


def _done(verb: str) -> str:
    """Return a plain participle: «kill» -> «killed»."""
    return _IRREGULAR.get(verb, verb + ("d" if verb.endswith("e") else "ed"))


def _measured_what(case: Case) -> str | None:
    """Climb from the amount to the noun it is of: «deals for the worth of $10 billion» -> deals."""
    own = _opinion(case) or _worth_noun(case) or _own_noun(case) or _by_verb(case, first=True)
    if own:
        return own
    for step, i in enumerate(case.path()[:5]):
        token = case.sentence.tokens[i]
        if step == 0 and (equated := _equated(case, case.head)):
            return equated
        if _is_saying(case, i):
            break
        if equated := _equated(case, i):
            return equated
        if token.upos in ("NOUN", "PROPN") and _is_thing(case, i) and not _is_unit_word(case, i):
            return _noun_phrase(case, i)
        if token.upos in ("VERB", "AUX", "ADJ"):
            said = _from_verb(case, i)
            if said:
                return said
            if step > 2:
                break
    return _by_verb(case, first=False)


def _equated(case: Case, i: int) -> str | None:
    """Return what an amount is said to be: «the quota will be 453,000 tonnes, down from 566,000» -> quota."""
    tokens = case.sentence.tokens
    children = list(case.sentence.children(i))
    if not (_is_unit_word(case, i) or find_unit(case.low(i))) or not any(
        tokens[k].deprel == "cop" for k in children
    ):
        return None
    subject = next((k for k in children if tokens[k].deprel == "nsubj" and tokens[k].upos == "NOUN"), None)
    return _noun_phrase(case, subject) if subject is not None and _is_thing(case, subject) else None


def _is_saying(case: Case, i: int) -> bool:
    """Whether a verb only tells the figure: «…, the ministry said» measures no ministry."""
    token = case.sentence.tokens[i]
    children = case.sentence.children(i)
    tells = any(case.sentence.tokens[k].deprel in ("ccomp", "parataxis") for k in children)
    return token.upos == "VERB" and case.lemma(i) in _SAYING and tells


def _opinion(case: Case) -> str | None:
    """Return what a share of people holds: «85% were in favour» -> in favour, «48% voted to stay»."""
    tokens = case.sentence.tokens
    head = tokens[case.head].head
    if case.quantity.unit != "percent" or head < 0 or not tokens[case.head].deprel.startswith("nsubj"):
        return None
    if case.lemma(head) in _FOR_OR_AGAINST:
        return f"in {case.low(head)}"
    aims = [k for k in case.sentence.children(head) if tokens[k].deprel == "xcomp" and k > head]
    marked = [k for k in aims if any(case.low(m) == "to" for m in case.sentence.children(k))]
    if case.lemma(head) in _OPINIONS and marked:
        return f"{case.low(head)} to {case.lemma(marked[0])}"
    return None


def _worth_noun(case: Case) -> str | None:
    """«contracts worth a total of $10 billion» -> contracts: the noun left of «worth»."""
    start = case.quantity.span.start
    worth = next((i for i in range(start - 1, max(-1, start - 6), -1) if case.low(i) in _WORTH), None)
    if (
        worth is None
        or case.low(worth + 1) == "of"
        or case.sentence.tokens[worth - 1].upos not in ("NOUN", "PROPN")
    ):
        return None
    return _noun_phrase(case, worth - 1)


def _by_verb(case: Case, *, first: bool) -> str | None:
    """Return what the governing verb makes of the amount: «will lend Peru $3 billion» -> loan.

    Lengths of time ask the verb `first`: «flew for 39 minutes» -> flight.
    """
    measured = find_unit(case.quantity.unit)
    if first and not (measured and measured.kind == "time"):
        return None
    verb = next((i for i in case.path()[:3] if case.sentence.tokens[i].upos == "VERB"), None)
    return _DEEDS.get(case.lemma(verb)) if verb is not None else None


def _is_thing(case: Case, i: int) -> bool:
    """Whether a noun can be what is measured: no «total», «year» or other measure."""
    return case.lemma(i) not in _EMPTY_HEADS and find_unit(case.low(i)) is None


def _is_unit_word(case: Case, i: int) -> bool:
    return case.quantity.span.start <= i < case.quantity.span.end


def _own_noun(case: Case) -> str | None:
    """Return what hangs under the amount: «$1 billion worth of arms», «$50 billion in extra funding»."""
    tokens = case.sentence.tokens
    end = case.quantity.span.end
    for i in range(case.quantity.span.start, min(end + 1, len(tokens))):
        for child in case.sentence.children(i):
            is_noun = tokens[child].upos == "NOUN" and tokens[child].deprel.startswith("nmod")
            is_noun = is_noun and _is_thing(case, child)
            links = {case.low(k) for k in case.sentence.children(child) if tokens[k].deprel == "case"}
            if is_noun and links & {"of", "in", "worth"} and not _is_place_or_time(case, child):
                share = "share of " if case.quantity.unit == "percent" and "of" in links else ""
                return share + (_noun_phrase(case, child) or tokens[child].text)
    if (case.low(end), case.low(end + 1)) != ("worth", "of"):
        return None
    noun = next((k for k in range(end + 2, min(end + 6, len(tokens))) if tokens[k].upos == "NOUN"), None)
    return _noun_phrase(case, noun) if noun is not None else None


def _is_place_or_time(case: Case, i: int) -> bool:
    inside_time = any(t.span.start <= i < t.span.end for t in case.reading.times_in(case.index))
    return inside_time or case.sentence.tokens[i].upos == "PROPN"


def _from_verb(case: Case, verb: int) -> str | None:
    """Return the subject of the verb the amount belongs to, with what became of it: «growth of trade»."""
    children = list(case.sentence.children(verb))
    subject = next((k for k in children if case.sentence.tokens[k].deprel.startswith("nsubj")), None)
    lemma = case.lemma(verb)
    if lemma in _SETTING and any(
        case.sentence.tokens[k].deprel == "obj" and _is_thing(case, k) and not _is_unit_word(case, k)
        for k in children
    ):
        subject = None  # «the bank lowered its forecast to one percent»: the forecast, not the bank
    if subject is None and case.sentence.tokens[verb].deprel.split(":")[0] in _DEPENDENT:
        governor = case.sentence.tokens[verb].head
        subject = next(
            (
                k
                for k in case.sentence.children(governor)
                if case.sentence.tokens[k].deprel.startswith("nsubj")
            ),
            None,
        )
    change = _GROWING.get(lemma) if case.quantity.unit in ("percent", "percentage point") else None
    if subject is None or case.sentence.tokens[subject].upos not in ("NOUN",):
        other = next(
            (
                k
                for k in children
                if case.sentence.tokens[k].deprel in ("obj", "obl")
                and k != case.head
                and case.sentence.tokens[k].upos == "NOUN"
                and _is_thing(case, k)
                and not _is_place_or_time(case, k)
            ),
            None,
        )
        noun = _noun_phrase(case, other) if other is not None and not _is_unit_word(case, other) else None
        return f"{change} of {noun}" if change and noun else noun or change
    noun = _noun_phrase(case, subject)
    return f"{change} of {noun}" if change else noun


def _noun_phrase(case: Case, head: int) -> str | None:
    """Return a noun with what narrows it: «foreign trade turnover», «volume of trade»."""
    keep = sorted([head, *(k for k in case.sentence.children(head) if _narrows(case, k, head))])
    tokens = [case.sentence.tokens[k] for k in keep]
    named = [t.upos == "PROPN" or (k > 0 and t.upos == "ADJ") for k, t in zip(keep, tokens, strict=True)]
    phrase = " ".join(t.text if name else t.text.lower() for name, t in zip(named, tokens, strict=True))
    if case.lemma(head) in _EMPTY_HEADS:
        of = next(
            (
                k
                for k in case.sentence.children(head)
                if case.sentence.tokens[k].deprel == "nmod"
                and any(case.low(c) == "of" for c in case.sentence.children(k))
            ),
            None,
        )
        if of is not None and not _is_unit_word(case, of):
            inner = _noun_phrase(case, of)
            return f"{phrase} of {inner}" if inner else phrase
    return phrase or None


def _narrows(case: Case, k: int, head: int) -> bool:
    """Whether a word under a noun belongs to its name; numbers, orders and the amount itself do not."""
    token = case.sentence.tokens[k]
    if token.lemma.lower() in ORDINALS | _NUMBER_NOUNS | _MANY or abs(k - head) > 4:
        return False
    if _is_unit_word(case, k) and not _is_unit_word(case, head):
        return False
    return token.deprel in ("compound", "amod", "flat") and token.upos in ("NOUN", "ADJ", "PROPN")


def _phrase_words(case: Case, start: int, end: int, *, skip_rank: bool = False) -> str | None:
    words = [case.sentence.tokens[i].text.lower() for i in range(start, end)]
    if skip_rank:
        ranks = _RANK_WORDS
        words = [
            w
            for w in words
            if w not in ranks and not any(w.endswith("-" + r) for r in ("largest", "biggest"))
        ]
    return " ".join(words) or None


def denominator_of(case: Case) -> str | None:
    """Return what a share is of: «14.3 percent of Russia's foreign trade turnover» -> that turnover."""
    for i in range(case.quantity.span.start, case.quantity.span.end):
        for child in case.sentence.children(i):
            if child < case.quantity.span.end or not case.sentence.tokens[child].deprel.startswith("nmod"):
                continue
            if not any(case.low(k) == "of" for k in case.sentence.children(child)):
                continue
            inside = [k for k in case.sentence.subtree(child) if child - 8 <= k <= child + 4]
            stop = next((k for k in inside if k > child and case.sentence.tokens[k].upos == "ADP"), None)
            inside = [k for k in inside if stop is None or k < stop]
            while inside and case.sentence.tokens[inside[-1]].upos in ("ADP", "DET", "PUNCT", "CCONJ"):
                inside.pop()
            while inside and (case.low(inside[0]) in ("of", "the", "a", "its", "their")):
                inside.pop(0)
            if not inside:  # «23 percent of those»: nothing is named
                continue
            a, b = case.sentence.tokens[inside[0]].start, case.sentence.tokens[inside[-1]].end
            return case.sentence.text[a - case.sentence.start : b - case.sentence.start]
    return None
