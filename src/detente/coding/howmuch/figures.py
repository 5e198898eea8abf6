"""Figures of a report: those of its quantities that say something of relations between states.

«Trade between the two grew by 37 percent, reaching $24.5 billion» -> growth of trade, 37 percent; trade,
2.45e10 USD; both with their period, parties and quote. Habits of speech («both leaders», «the two
countries», «one of»), limits and names («12-nautical-mile zone», «two-state solution») are no figures.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.coding.reading import Mention, Quantity, Reading, Time
from detente.coding.when.times import LONGEST_SENTENCE, own_time, tense_at
from detente.knowledge.units import CountedClass, counted_nouns, find_unit
from detente.language.analysis import Sentence
from detente.records import Actor, Amount, Figure, Reason, Status

_LOST_OR_HELD = frozenset("death fatality casualty prisoner hostage detainee life victim".split())
_DEPENDENT = frozenset("advcl conj xcomp acl".split())
_RANK_WORDS = frozenset(
    "biggest largest greatest highest single - second third fourth fifth most important no number . 1 2 "
    "3 4 5 the one two three".split()
)
# Rule -> confidence. On acts.jsonl (186 figures, November 2026) people hurt were right in 134 of 145,
# money in 17 of 24, counts in 22 of 41; its annotators left out polls, weather and prices, so the rest
# are our estimates.
_CONFIDENCE = {
    "money": 0.85, "share": 0.7, "measure": 0.65, "duration": 0.6, "rank": 0.6, "people hurt": 0.9,
    "count": 0.6, "ordinal": 0.7,
}  # fmt: skip

_HURT_VERBS = frozenset(
    "kill die injure wound hurt arrest detain hospitalize hospitalise infect expel execute displace "
    "evacuate sentence strand deport abduct kidnap capture release free imprison jail massacre shoot "
    "rescue flee recruit swap smuggle torture sanction blacklist designate indict charge convict summon "
    "repatriate resettle".split()
)
_HURT = _HURT_VERBS | frozenset(
    "kill die injure wound hurt arrest detain hospitalize hospitalise infect expel execute displace "
    "evacuate sentence strand deport abduct kidnap capture release free imprison jail massacre shoot "
    "claim lose rescue flee leave displaced dead injured wounded missing killed death toll casualty "
    "victim fatality prisoner detainee hostage repatriate resettle recruit deploy send withdraw pull "
    "station train host receive attend march protest gather demonstrate protester demonstrator take "
    "part rally crowd exchange swap smuggle torture land arrive".split()
)
_TRADE_RANKS = frozenset(
    "partner market supplier exporter importer economy investor buyer donor producer source destination "
    "creditor customer contributor seller vendor lender trader recipient consumer provider export "
    "import client holder lenders spender aid investment".split()
)
_ACTS_WITH_LENGTH = frozenset(
    "visit trip stop tour stay summit talks talk meeting conference truce ceasefire cease-fire exercise "
    "exercises drill drills manoeuvre manoeuvres maneuvers operation mission ban embargo moratorium "
    "deal agreement contract sentence siege standoff stand-off blockade negotiation negotiations forum "
    "session deadline ultimatum war flight term pause extension lease loan programme program visits "
    "stint stopover truces".split()
)
_FLYING = frozenset(
    "fly travel last hover cover land flight missile rocket test launch orbit talk meet speak".split()
)
_LIMITS = frozenset(
    "limit zone border boundary line radius waters race buffer corridor mark state party way nation "
    "member".split()
)
_NOT_COUNTED = frozenset(
    "point goal run medal time way part side episode page word paper letter question thing hour step "
    "player match game season album song film book copy story floor degree lap metre hurdle paragraph "
    "verse chapter star vote seed sense reason lesson example principle area aspect priority objective "
    "focus pillar issue factor axis front term sentence minute second kind type language character set "
    "era stage phase category level layer delegate papers shift".split()
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
_ROLES = frozenset("member minister official representative other".split())
_GOODS = frozenset(
    "trade export import oil gas gdp output market budget territory supply debt turnover production "
    "reserve arm energy revenue aid funding good economy investment fuel grain wheat coal uranium "
    "electricity power steel".split()
)
_LONG_THINGS = frozenset(
    "missile rocket altitude range apogee fly flight drone warship ship vessel border pipeline "
    "territory railway road fence wall zone aircraft jet plane launch distance buffer frontier strait "
    "patrol advance withdraw troops radius pipe rail bridge tunnel submarine navy fleet destroyer "
    "frigate helicopter bomber satellite test-fire".split()
)
_DEFINITE = frozenset(
    {"the", "these", "those", "both", "his", "her", "its", "their", "our", "your", "my", "'s", "’s"}
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
_ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth "
    "fiftieth".split()
)
_IRREGULAR = dict(
    pair.split("/")
    for pair in (
        "die/dead leave/left shoot/shot lose/lost flee/fled send/sent "
        "take/taken free/freed withdraw/withdrawn swap/swapped deport/deported"
    ).split()
)
_REPORTERS = frozenset({"JRN", "MED"})  # sectors that hand a figure on; it is none of theirs
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
_TELLING = frozenset({"say", "claim", "confirm", "write", "think", "deny"})
_SAYING = frozenset(
    "say tell add announce report state note claim estimate explain write declare confirm".split()
)
_OF_WHAT = frozenset("case member patient seat victim survivor".split())  # empty without what they are of
_FOR_OR_AGAINST = frozenset("favour favor support opposition agreement".split())
_OPINIONS = frozenset(
    "vote favour favor support back oppose approve disapprove reject want believe think trust prefer".split()
)
_SETTING = frozenset("lower raise cut reduce increase revise set trim lift hike slash push".split())
_CLAIMING = frozenset("claim allege assert accuse purport boast".split())
_UNSURE = frozenset({"could", "might", "may", "would", "can"})


@dataclass(frozen=True, slots=True)
class _Case:
    """A quantity in its sentence, what every rule below looks at."""

    reading: Reading
    sentence: Sentence
    index: int
    quantity: Quantity

    @property
    def head(self) -> int:
        return self.quantity.span.head

    @property
    def least(self) -> float:
        value = self.quantity.value
        return value[0] if isinstance(value, tuple) else value

    def lemma(self, i: int) -> str:
        return self.sentence.tokens[i].lemma.lower() if 0 <= i < len(self.sentence.tokens) else ""

    def low(self, i: int) -> str:
        return self.sentence.tokens[i].text.lower() if 0 <= i < len(self.sentence.tokens) else ""

    def path(self) -> list[int]:
        """Return the words that govern the quantity, nearest first, without itself."""
        path: list[int] = []
        at = self.sentence.tokens[self.head].head
        while at >= 0 and at not in path and at != self.head:
            path.append(at)
            at = self.sentence.tokens[at].head
        return path


def code_figures(reading: Reading) -> tuple[Figure, ...]:
    """Return the figures of a report, in the order of its text.

    Evidence is the sentence that holds the number; `sources` are the actors named with it; attribution
    is left to the narrator, for the pipeline to fill.
    """
    figures: list[Figure] = []
    for quantity in reading.quantities:
        index = quantity.span.sentence
        if len(reading.sentence(index).tokens) > LONGEST_SENTENCE:
            continue
        case = _Case(reading, reading.sentence(index), index, quantity)
        rule = figure_rule(case)
        if rule and _is_about_states(case, rule):
            figures.append(_figure(case, rule))
    return tuple(figures)


def figure_rule(case: _Case) -> str | None:
    """Return the name of the rule by which a quantity is a figure about relations, or None."""
    unit = case.quantity.unit
    if case.sentence.kind == "item" and len(case.sentence.tokens) < 4:
        return None
    if len(unit) == 3 and unit.isupper():
        return "money"
    if unit == "rank":
        return "rank" if _is_trade_rank(case) else None
    measured = find_unit(unit)
    if measured and measured.kind in ("share", "points"):
        return "share" if _is_share_of_goods(case) else None
    if measured and measured.kind == "time":
        return "duration" if _is_length_of_act(case) else None
    if measured and measured.kind != "temperature":
        return "measure" if _is_measured_act(case, measured.kind) else None
    return _counting_rule(case)


# Which quantities are figures


def _is_about_states(case: _Case, rule: str) -> bool:
    """Whether an actor is named nearby, where the number alone does not tell: «10.28 metres of water»."""
    if rule not in ("share", "measure", "count", "duration") or not case.reading.mentions:
        return True
    here = case.sentence
    for index in range(case.index - 2, case.index + 2):
        if not 0 <= index < len(case.reading.analysis.sentences):
            continue
        near = case.reading.sentence(index)
        if (near.field, near.paragraph) != (here.field, here.paragraph):
            continue
        if any(a.code for m in case.reading.mentions_in(index) for a in m.actors):
            return True
    return False


def _is_trade_rank(case: _Case) -> bool:
    span = case.quantity.span
    return any(
        _stem(case, i) in _TRADE_RANKS
        for i in range(span.start, min(span.end + 1, len(case.sentence.tokens)))
    )


def _stem(case: _Case, i: int) -> str:
    lemma = case.lemma(i)
    return lemma[:-1] if lemma.endswith("s") and lemma[:-1] in _TRADE_RANKS else lemma


def _is_limit(case: _Case) -> bool:
    """«the 12-nautical-mile territorial limit», «a 200-mile zone»: a name of a place, nothing measured."""
    span = case.quantity.span
    hyphened = any(case.low(i) in ("-", "‑") or "-" in case.low(i) for i in range(span.start, span.end))
    return hyphened and any(case.lemma(i) in _LIMITS for i in range(span.end, span.end + 4))


def _is_share_of_goods(case: _Case) -> bool:
    """«14 percent of» anything, but of parts in words only goods: «a third of its gas»."""
    words = case.quantity.words.lower()
    if "cent" in words or "%" in words or "point" in words:
        return True
    span = case.quantity.span
    return any(case.lemma(i) in _GOODS for i in range(span.end, min(span.end + 8, len(case.sentence.tokens))))


def _is_measured_act(case: _Case, kind: str) -> bool:
    """Distances are figures where something flies, sails, is drawn or laid: «10 metres of water» is none."""
    if _is_limit(case):
        return False
    if kind not in ("length", "speed"):
        return True
    return any(token.lemma.lower() in _LONG_THINGS for token in case.sentence.tokens)


def _is_length_of_act(case: _Case) -> bool:
    """«a two-day stop», «flying for 39 minutes», «20 years in prison»; not «after 70 years», «for years»."""
    span, unit = case.quantity.span, case.quantity.unit
    behind = [case.low(i) for i in range(span.end, span.end + 4)]
    hyphened = any("-" in case.low(i) for i in range(span.start, span.end))
    if hyphened or (behind and behind[0] in ("-", "‑", "'", "’")):
        return any(word in _ACTS_WITH_LENGTH for word in behind)
    around = {case.lemma(i) for i in range(len(case.sentence.tokens))}
    if around & {"sentence", "jail", "imprison", "prison"} and unit in ("year", "month", "day"):
        return True
    governors = {case.lemma(i) for i in case.path()[:2] if case.sentence.tokens[i].upos != "PROPN"}
    subjects = {
        case.lemma(k)
        for g in case.path()[:1]
        for k in case.sentence.children(g)
        if case.sentence.tokens[k].deprel.startswith("nsubj")
    }
    if unit in ("minute", "hour", "second"):
        return bool((governors | subjects) & (_FLYING | _ACTS_WITH_LENGTH))
    if unit in ("day", "week", "month", "year"):
        lasting = bool(governors & {"last", "extend", "prolong", "stay"})
        return lasting or (bool(governors & _ACTS_WITH_LENGTH) and unit in ("day", "week"))
    return False


def _counting_rule(case: _Case) -> str | None:
    unit = case.quantity.unit
    if unit in _NOT_COUNTED or _is_said_of_few(case):
        return None
    known = counted_nouns().get(tuple(unit.replace("-", " ").split()))
    group: CountedClass | None = known.group if known else None
    if _is_ordinal(case):
        return "ordinal"
    if unit in ("diplomat", "spy") and case.least >= 2:
        return "count"
    if group == "person":
        return _people_rule(case)
    if group in ("force", "weapon"):
        return "count" if case.least >= 2 and not (_is_definite(case) and case.least < 3) else None
    if group in ("act", "text"):
        return "count" if case.least >= 2 and not (_is_definite(case) and case.least < 3) else None
    if group == "group":
        return "count" if case.least >= 5 and not _is_definite(case) else None
    if group == "thing":
        return "count" if case.least >= 3 and not _is_definite(case) else None
    return "count" if case.least >= 10 and not _is_definite(case) else None


def _people_rule(case: _Case) -> str | None:
    """People hurt, held or moved are figures from the first; others from ten on."""
    path = case.path()[:2]
    objects = [k for i in path for k in case.sentence.children(i) if case.sentence.tokens[k].deprel == "obj"]
    nearby = {case.lemma(i) for i in (*path, *objects, *_beside(case))} | {
        case.low(i) for i in range(case.quantity.span.end, case.quantity.span.end + 2)
    }
    if case.quantity.unit in _LOST_OR_HELD:
        return "people hurt" if not (_is_definite(case) and case.least < 3) else None
    if nearby & _HURT and (case.least >= 3 or not _is_definite(case)):
        return "people hurt"
    if case.least >= 10 and case.quantity.unit not in _ROLES:
        return "count"
    return "count" if case.least >= 25 else None


def _beside(case: _Case) -> Iterator[int]:
    """Yield what stands under the counted noun: «people [killed]», «people [dead]»."""
    yield from case.sentence.children(case.head)


def _is_said_of_few(case: _Case) -> bool:
    """«one of the», «no one», «one country»: no figure unless somebody was hurt."""
    span = case.quantity.span
    if case.least != 1 or case.quantity.unit == "rank":
        return False
    nearby = {case.lemma(i) for i in (*case.path()[:1], *_beside(case))}
    return case.low(span.end) == "of" or not (nearby & _HURT and case.quantity.unit == "person")


def _is_ordinal(case: _Case) -> bool:
    words = [*case.quantity.words.lower().replace("-", " ").split(), ""]
    if words[0][0].isdigit():
        return words[0].endswith(("st", "nd", "rd", "th"))
    return words[0] in _ORDINALS or (words[0].endswith("ty") and words[1] in _ORDINALS)


def _is_definite(case: _Case) -> bool:
    return case.low(case.quantity.span.start - 1) in _DEFINITE


# The record


def _figure(case: _Case, rule: str) -> Figure:
    quantity = case.quantity
    tense = tense_at(case.sentence, case.head)
    period = _period(case, tense == "future" and rule != "ordinal")  # a third meeting counts those before it
    what = _what(case, rule)
    amount = Amount(
        value=_whole(quantity.value),
        unit=quantity.unit,
        op=quantity.op,
        what=what,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        of=_denominator(case) if rule == "share" else None,
    )
    return Figure(
        evidence=case.reading.evidence(case.index),
        sources=_parties(case, rule),
        status=_status(case, tense == "future"),
        date_start=amount.period_start,
        date_end=amount.period_end,
        date_basis=period.words if period else None,
        date_precision=period.precision if period else None,
        confidence=_CONFIDENCE[rule],
        why=(Reason(f"figure: {rule}", quantity.words),),
        figure=amount,
    )


def _whole(value: float | tuple[float, float]) -> float | tuple[float, float]:
    """Return whole numbers as such, so that JSON prints 37 and not 37.0."""
    if isinstance(value, tuple):
        return _whole_one(value[0]), _whole_one(value[1])
    return _whole_one(value)


def _whole_one(value: float) -> float:
    return int(value) if value == int(value) else value


def _period(case: _Case, is_future: bool) -> Time | None:
    """Return the time the figure is of: the one that dates its clause, never another act's."""
    tense = "future" if is_future else "past"
    times = [t for t in case.reading.times_in(case.index) if t.kind in ("point", "period")]
    if not times:
        return None
    for at in (case.head, *case.path()[:4]):
        time = own_time(case.reading, case.index, at, tense)  # type: ignore[arg-type]
        if time and time.kind in ("point", "period") and (time.start or time.end):
            return time
        token = case.sentence.tokens[at]
        clause = token.deprel.split(":")[0]
        if clause in ("acl", "ccomp", "parataxis", "root") or (clause == "conj" and token.upos == "VERB"):
            return None
    return None


def _parties(case: _Case, rule: str) -> tuple[Actor, ...]:
    """Return the actors named with the figure: in its clause if any are, else in its sentence.

    Who only tells it is none («Reuters reported …», «the envoy said …»), unless nobody else is named. Of the
    dead and hurt it is their own state («six Turkish soldiers»), else the place, before who hurt them.
    """
    mentions = [m for m in case.reading.mentions_in(case.index) if _can_own(m)]
    clause = _clause(case)
    told = [m for m in mentions if not _is_speaker(case, m)] or mentions
    near = [m for m in told if m.span.head in clause] or told
    if rule in ("people hurt", "count") and _is_harm(case):
        near = _of_those_hit(case, near) or near
    parties: dict[str, Actor] = {}
    for mention in near:
        for actor in mention.actors:
            if actor.code:
                parties.setdefault(actor.code, actor)
    return tuple(parties.values())


def _can_own(mention: Mention) -> bool:
    return any(a.code and a.sector not in _REPORTERS for a in mention.actors)


def _is_speaker(case: _Case, mention: Mention) -> bool:
    """Whether a mention is who says the number: «The envoy said 17 rockets had struck»."""
    offset = case.sentence.tokens[case.quantity.span.start].start
    return any(
        speech.speaker_span is not None
        and speech.speaker_span.sentence == case.index
        and speech.speaker_span.start < mention.span.end
        and mention.span.start < speech.speaker_span.end
        for speech in case.reading.speech
        if speech.field == case.sentence.field
        and speech.start <= offset < speech.end
        and speech.manner in _TELLING
    )


def _of_those_hit(case: _Case, mentions: list[Mention]) -> list[Mention]:
    """Return whose people were hurt, by their own name or else by the place; empty where neither is told."""
    phrase = set(case.sentence.subtree(case.head)) | set(
        range(case.quantity.span.start, case.quantity.span.end)
    )
    clauses = [k for k in phrase if case.sentence.tokens[k].deprel.startswith(("acl", "advcl", "appos"))]
    phrase -= {k for c in clauses for k in case.sentence.subtree(c)}
    own = [m for m in mentions if m.span.head in phrase and not m.place]
    return own or [m for m in mentions if m.place]


def _clause(case: _Case) -> frozenset[int]:
    """Return the words of the clause the figure stands in, those of inner clauses included.

    A semicolon ends it: «Hungary spent 1.15%; the guidelines of the alliance ask for 2%».
    """
    tokens = case.sentence.tokens
    stops = [i for i, token in enumerate(tokens) if token.text == ";"]
    first = max((i for i in stops if i < case.head), default=-1)
    last = min((i for i in stops if i > case.head), default=len(tokens))
    between = frozenset(range(first + 1, last))
    for i in (case.head, *case.path()):
        token = tokens[i]
        if token.upos == "VERB" and token.deprel.split(":")[0] in ("root", "ccomp", "parataxis", "conj"):
            return frozenset(case.sentence.subtree(i)) & between
    return between


def _status(case: _Case, is_future: bool) -> Status:
    """Return planned, hypothetical, claimed (somebody says so) or happened."""
    verb = next((i for i in (case.head, *case.path()) if _is_predicate(case, i)), None)
    if verb is not None:
        helpers = {
            case.low(k)
            for k in case.sentence.children(verb)
            if case.sentence.tokens[k].deprel.startswith("aux")
        }
        if helpers & _UNSURE:
            return "hypothetical"
        if any(case.low(k) in ("if", "unless") for k in case.sentence.children(verb)):
            return "hypothetical"
    if is_future:
        return "planned"
    start = case.sentence.tokens[case.quantity.span.start].start
    if case.reading.speech_at(case.index, start):
        return "claimed"
    if any(case.lemma(i) in _CLAIMING for i in case.path()):
        return "claimed"
    return "happened"


def _is_predicate(case: _Case, i: int) -> bool:
    """Whether a word is said of something: a verb, or a noun with «be» («would be five percent»)."""
    tokens = case.sentence.tokens
    return tokens[i].upos == "VERB" or any(tokens[k].deprel == "cop" for k in case.sentence.children(i))


# What is measured


def _what(case: _Case, rule: str) -> str | None:
    """Return the thing measured in a few words: «trade turnover», «arms», «meeting», «growth of exports»."""
    if rule == "rank":
        return _phrase_words(case, case.quantity.span.start, case.quantity.span.end, skip_rank=True)
    if rule in ("count", "people hurt", "ordinal"):
        return _counted_what(case)
    return _measured_what(case)


def _counted_what(case: _Case) -> str:
    """Return what is counted: «intergovernmental agreements», «people killed», «heads of state»."""
    start = case.quantity.span.start
    before = [case.lemma(i) for i in range(start - 1, max(-1, start - 4), -1)]
    verbs = [*before, *(case.lemma(i) for i in case.path()[:2] if case.sentence.tokens[i].upos == "VERB")]
    verb = next((lemma for lemma in verbs if lemma in _HURT_VERBS), "")
    beside = next((case.low(i) for i in _beside(case) if case.lemma(i) in _HURT - {"death"}), "")
    span = case.quantity.span
    said = [case.low(i) for i in range(span.start, span.end + 1) if case.low(i) in _SAID_BESIDE]
    phrase = _counted_phrase(case)
    state = next(iter(said), "") or _toll(case) or beside or (_done(verb) if verb else "")
    told = case.quantity.unit == "person" or (_is_people(case) and state in _HARMED | _HELD)
    return f"{phrase} {state}" if state and told else phrase


def _is_harm(case: _Case) -> bool:
    """Whether people died or were hurt, not held or moved."""
    return case.quantity.unit in _TOLLS or not _HARMED.isdisjoint(_counted_what(case).split())


def _is_people(case: _Case) -> bool:
    """Whether people are counted, and not their deaths or lives: «90 civilians», not «90 casualties»."""
    known = counted_nouns().get(tuple(case.quantity.unit.replace("-", " ").split()))
    group = known.group if known else None
    return group in ("person", "force") and case.quantity.unit not in _LOST_OR_HELD


def _toll(case: _Case) -> str:
    """Return what the subject says of a predicate: «the dead were 14 civilians» -> killed."""
    tokens = case.sentence.tokens
    top = case.head
    while tokens[top].deprel == "conj" and tokens[top].head >= 0:
        top = tokens[top].head
    subjects = [k for k in case.sentence.children(top) if tokens[k].deprel.startswith("nsubj")]
    has_cop = any(tokens[k].deprel == "cop" for k in case.sentence.children(top))
    return next((_TOLLS[case.lemma(k)] for k in subjects if has_cop and case.lemma(k) in _TOLLS), "")


def _counted_phrase(case: _Case) -> str:
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


def _of_what(case: _Case, head: int) -> str:
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


def _measured_what(case: _Case) -> str | None:
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


def _equated(case: _Case, i: int) -> str | None:
    """Return what an amount is said to be: «the quota will be 453,000 tonnes, down from 566,000» -> quota."""
    tokens = case.sentence.tokens
    children = list(case.sentence.children(i))
    if not (_is_unit_word(case, i) or find_unit(case.low(i))) or not any(
        tokens[k].deprel == "cop" for k in children
    ):
        return None
    subject = next((k for k in children if tokens[k].deprel == "nsubj" and tokens[k].upos == "NOUN"), None)
    return _noun_phrase(case, subject) if subject is not None and _is_thing(case, subject) else None


def _is_saying(case: _Case, i: int) -> bool:
    """Whether a verb only tells the figure: «…, the ministry said» measures no ministry."""
    token = case.sentence.tokens[i]
    children = case.sentence.children(i)
    tells = any(case.sentence.tokens[k].deprel in ("ccomp", "parataxis") for k in children)
    return token.upos == "VERB" and case.lemma(i) in _SAYING and tells


def _opinion(case: _Case) -> str | None:
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


def _worth_noun(case: _Case) -> str | None:
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


def _by_verb(case: _Case, *, first: bool) -> str | None:
    """Return what the governing verb makes of the amount: «will lend Peru $3 billion» -> loan.

    Lengths of time ask the verb `first`: «flew for 39 minutes» -> flight.
    """
    measured = find_unit(case.quantity.unit)
    if first and not (measured and measured.kind == "time"):
        return None
    verb = next((i for i in case.path()[:3] if case.sentence.tokens[i].upos == "VERB"), None)
    return _DEEDS.get(case.lemma(verb)) if verb is not None else None


def _is_thing(case: _Case, i: int) -> bool:
    """Whether a noun can be what is measured: no «total», «year» or other measure."""
    return case.lemma(i) not in _EMPTY_HEADS and find_unit(case.low(i)) is None


def _is_unit_word(case: _Case, i: int) -> bool:
    return case.quantity.span.start <= i < case.quantity.span.end


def _own_noun(case: _Case) -> str | None:
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


def _is_place_or_time(case: _Case, i: int) -> bool:
    inside_time = any(t.span.start <= i < t.span.end for t in case.reading.times_in(case.index))
    return inside_time or case.sentence.tokens[i].upos == "PROPN"


def _from_verb(case: _Case, verb: int) -> str | None:
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


def _noun_phrase(case: _Case, head: int) -> str | None:
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


def _narrows(case: _Case, k: int, head: int) -> bool:
    """Whether a word under a noun belongs to its name; numbers, orders and the amount itself do not."""
    token = case.sentence.tokens[k]
    if token.lemma.lower() in _ORDINALS | _NUMBER_NOUNS | _MANY or abs(k - head) > 4:
        return False
    if _is_unit_word(case, k) and not _is_unit_word(case, head):
        return False
    return token.deprel in ("compound", "amod", "flat") and token.upos in ("NOUN", "ADJ", "PROPN")


def _phrase_words(case: _Case, start: int, end: int, *, skip_rank: bool = False) -> str | None:
    words = [case.sentence.tokens[i].text.lower() for i in range(start, end)]
    if skip_rank:
        ranks = _RANK_WORDS
        words = [
            w
            for w in words
            if w not in ranks and not any(w.endswith("-" + r) for r in ("largest", "biggest"))
        ]
    return " ".join(words) or None


def _denominator(case: _Case) -> str | None:
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
            a, b = case.sentence.tokens[inside[0]].start, case.sentence.tokens[inside[-1]].end
            return case.sentence.text[a - case.sentence.start : b - case.sentence.start]
    return None
