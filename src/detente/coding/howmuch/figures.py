"""Figures of a report: those of its quantities that say something of relations between states.

«Trade between the two grew by 37 percent, reaching $24.5 billion» -> growth of trade, 37 percent; trade,
2.45e10 USD; both with their period, parties and quote. Habits of speech («both leaders», «the two
countries», «one of»), limits and names («12-nautical-mile zone», «two-state solution») are no figures.
"""

from __future__ import annotations

from detente.coding.howmuch.case import HURT, LOST_OR_HELD, ORDINALS, Case, beside
from detente.coding.howmuch.what import denominator_of, is_harm, what_of
from detente.coding.reading import Mention, Reading, Time
from detente.coding.when.times import LONGEST_SENTENCE, own_time, tense_at
from detente.knowledge.units import CountedClass, counted_nouns, find_unit
from detente.records import Actor, Amount, Figure, Reason, Status

# Rule -> confidence. On acts.jsonl (186 figures, November 2026) people hurt were right in 134 of 145,
# money in 17 of 24, counts in 22 of 41; its annotators left out polls, weather and prices, so the rest
# are our estimates.
_CONFIDENCE = {
    "money": 0.85, "share": 0.7, "measure": 0.65, "duration": 0.6, "rank": 0.6, "people hurt": 0.9,
    "count": 0.6, "ordinal": 0.7,
}  # fmt: skip

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
    "verse chapter star seed sense reason lesson example principle area aspect priority objective "
    "focus pillar issue factor axis front term sentence minute second kind type language character set "
    "era stage phase category level layer papers shift".split()
)
_ROLES = frozenset("member minister official representative other".split())
_GOODS = frozenset(
    "trade export import oil gas gdp output market budget territory supply debt turnover production "
    "reserve arm energy revenue aid funding good economy investment fuel grain wheat coal uranium "
    "electricity power steel".split()
)
_PEOPLE = frozenset("population electorate membership workforce vote chamber parliament senate house".split())
_LONG_THINGS = frozenset(
    "missile rocket altitude range apogee fly flight drone warship ship vessel border pipeline "
    "territory railway road fence wall zone aircraft jet plane launch distance buffer frontier strait "
    "patrol advance withdraw troops radius pipe rail bridge tunnel submarine navy fleet destroyer "
    "frigate helicopter bomber satellite test-fire".split()
)
_DEFINITE = frozenset(
    {"the", "these", "those", "both", "his", "her", "its", "their", "our", "your", "my", "'s", "’s"}
)
_REPORTERS = frozenset({"JRN", "MED"})  # sectors that hand a figure on; it is none of theirs
_TELLING = frozenset({"say", "claim", "confirm", "write", "think", "deny"})
_CLAIMING = frozenset("claim allege assert accuse purport boast".split())
_KIN = frozenset("daughter son baby boy girl veteran".split())
_LIVING = frozenset("serve work live know be marry".split())  # what a life is made of is no figure
_LONGEST = 60  # years that something goes on; longer ones are history
_NEAR = 4  # sentences back in which an actor is looked for
_UNSURE = frozenset({"could", "might", "may", "would", "can"})


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
        case = Case(reading, reading.sentence(index), index, quantity)
        rule = figure_rule(case)
        if rule and _is_about_states(case, rule):
            figures.append(_figure(case, rule))
    return tuple(figures)


def figure_rule(case: Case) -> str | None:
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


def _is_about_states(case: Case, rule: str) -> bool:
    """Whether an actor is named nearby, where the number alone does not tell: «10.28 metres of water»."""
    if rule not in ("share", "measure", "count", "duration") or not case.reading.mentions:
        return True
    here = case.sentence
    for index in range(case.index - _NEAR, case.index + 3):
        if not 0 <= index < len(case.reading.analysis.sentences):
            continue
        near = case.reading.sentence(index)
        beside = abs(near.paragraph - here.paragraph) <= (rule in ("count", "duration"))
        if near.field != here.field or not beside:
            continue
        if any(a.code for m in case.reading.mentions_in(index) for a in m.actors):
            return True
    return False


def _is_trade_rank(case: Case) -> bool:
    span = case.quantity.span
    return any(
        _stem(case, i) in _TRADE_RANKS
        for i in range(span.start, min(span.end + 1, len(case.sentence.tokens)))
    )


def _stem(case: Case, i: int) -> str:
    lemma = case.lemma(i)
    return lemma[:-1] if lemma.endswith("s") and lemma[:-1] in _TRADE_RANKS else lemma


def _is_limit(case: Case) -> bool:
    """«the 12-nautical-mile territorial limit», «a 200-mile zone»: a name of a place, nothing measured."""
    span = case.quantity.span
    hyphened = any(case.low(i) in ("-", "‑") or "-" in case.low(i) for i in range(span.start, span.end))
    return hyphened and any(case.lemma(i) in _LIMITS for i in range(span.end, span.end + 4))


def _is_share_of_goods(case: Case) -> bool:
    """«14 percent of» anything, but of parts in words only goods and people: «a third of its gas»."""
    words = case.quantity.words.lower()
    if "cent" in words or "%" in words or "point" in words:
        return True
    span = case.quantity.span
    of = next((i for i in range(span.end - 1, span.end + 1) if case.low(i) == "of"), -1)
    told = [i for i in range(of + 1, of + 6) if case.lemma(i) in _PEOPLE or _counts_people(case, i)]
    if of >= 0 and told:
        return True
    return any(case.lemma(i) in _GOODS for i in range(span.end, min(span.end + 8, len(case.sentence.tokens))))


def _counts_people(case: Case, i: int) -> bool:
    known = counted_nouns().get((case.low(i),))
    return known is not None and known.group in ("person", "force")


def _is_measured_act(case: Case, kind: str) -> bool:
    """Distances are figures where something flies, sails, is drawn or laid: «10 metres of water» is none."""
    if _is_limit(case):
        return False
    if kind not in ("length", "speed"):
        return True
    return any(token.lemma.lower() in _LONG_THINGS for token in case.sentence.tokens)


def _is_length_of_act(case: Case) -> bool:
    """«a two-day stop», «flying for 39 minutes», «20 years in prison»; not «after 70 years», «for years»."""
    span, unit = case.quantity.span, case.quantity.unit
    behind = [case.low(i) for i in range(span.end, span.end + 4)]
    hyphened = any("-" in case.low(i) for i in range(span.start, span.end))
    if hyphened or (behind and behind[0] in ("-", "‑", "'", "’")):
        return any(word in _ACTS_WITH_LENGTH for word in behind) or _names_length(case)
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
    if unit in ("day", "week", "month", "year") and _goes_on_for(case):
        return True
    if unit in ("day", "week", "month", "year"):
        lasting = bool(governors & {"last", "extend", "prolong", "stay"})
        return lasting or (bool(governors & _ACTS_WITH_LENGTH) and unit in ("day", "week"))
    return False


def _names_length(case: Case) -> bool:
    """«a planned two-day shutdown», «the 14-day quarantine»: how long a thing goes on that is no measure."""
    end = case.quantity.span.end
    tokens = case.sentence.tokens
    head = next((i for i in (case.head, *case.path()[:1]) if i >= end - 1), -1)
    if head < 0 or tokens[head].upos not in ("NOUN", "PROPN") or head > end + 3 or case.least < 2:
        return False
    behind = {case.low(i) for i in range(end - 1, end + 2)}
    return not (behind & (_LIMITS | {"old"}) or _counts_people(case, head) or case.lemma(head) in _KIN)


def _goes_on_for(case: Case) -> bool:
    """«ruled for 37 years», «three days of mourning», «suspended it for five weeks»."""
    span, tokens = case.quantity.span, case.sentence.tokens
    if case.least < 2 and case.quantity.unit != "year":
        return False
    if case.low(span.end) == "of" and tokens[min(span.end + 1, len(tokens) - 1)].upos == "NOUN":
        return case.low(span.end + 1) not in ("age", "experience")
    verbs = [i for i in case.path()[:1] if tokens[i].upos in ("VERB", "ADJ", "AUX")]
    spanning = "for" in {case.low(i) for i in range(max(0, span.start - 2), span.start + 1)}
    if not verbs or not spanning or case.lemma(verbs[0]) in _LIVING or case.least > _LONGEST:
        return bool(verbs) and case.lemma(verbs[0]) in ("rule", "reign", "govern")
    children = [case.low(k) for k in case.sentence.children(verbs[0])]
    return not {"not", "n't", "never"} & set(children)


def _counting_rule(case: Case) -> str | None:
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


def _people_rule(case: Case) -> str | None:
    """People hurt, held or moved are figures from the first; others from ten on."""
    path = case.path()[:2]
    objects = [k for i in path for k in case.sentence.children(i) if case.sentence.tokens[k].deprel == "obj"]
    nearby = {case.lemma(i) for i in (*path, *objects, *beside(case))} | {
        case.low(i) for i in range(case.quantity.span.end, case.quantity.span.end + 2)
    }
    if case.quantity.unit in LOST_OR_HELD:
        return "people hurt" if not (_is_definite(case) and case.least < 3) else None
    if nearby & HURT and (case.least >= 3 or not _is_definite(case)):
        return "people hurt"
    if case.least >= 10 and case.quantity.unit not in _ROLES:
        return "count"
    return "count" if case.least >= 25 else None


def _is_said_of_few(case: Case) -> bool:
    """«one of the», «no one», «one country»: no figure unless somebody was hurt."""
    span = case.quantity.span
    if case.least != 1 or case.quantity.unit == "rank":
        return False
    nearby = {case.lemma(i) for i in (*case.path()[:1], *beside(case))}
    return case.low(span.end) == "of" or not (nearby & HURT and case.quantity.unit == "person")


def _is_ordinal(case: Case) -> bool:
    words = [*case.quantity.words.lower().replace("-", " ").split(), ""]
    if words[0][0].isdigit():
        return words[0].endswith(("st", "nd", "rd", "th"))
    return words[0] in ORDINALS or (words[0].endswith("ty") and words[1] in ORDINALS)


def _is_definite(case: Case) -> bool:
    return case.low(case.quantity.span.start - 1) in _DEFINITE


# The record


def _figure(case: Case, rule: str) -> Figure:
    quantity = case.quantity
    tense = tense_at(case.sentence, case.head)
    period = _period(case, tense == "future" and rule != "ordinal")  # a third meeting counts those before it
    what = what_of(case, rule)
    amount = Amount(
        value=_whole(quantity.value),
        unit=quantity.unit,
        op=quantity.op,
        what=what,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        of=denominator_of(case) if rule == "share" else None,
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


def _period(case: Case, is_future: bool) -> Time | None:
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


def _parties(case: Case, rule: str) -> tuple[Actor, ...]:
    """Return the actors named with the figure: in its clause if any are, else in its sentence.

    Who only tells it is none («Reuters reported …», «the envoy said …»), unless nobody else is named. Of the
    dead and hurt it is their own state («six Turkish soldiers»), else the place, before who hurt them.
    """
    mentions = [m for m in case.reading.mentions_in(case.index) if _can_own(m)]
    clause = _clause(case)
    told = [m for m in mentions if not _is_speaker(case, m)] or mentions
    near = [m for m in told if m.span.head in clause] or told
    if rule in ("people hurt", "count") and is_harm(case):
        near = _of_those_hit(case, near) or near
    parties: dict[str, Actor] = {}
    for mention in near:
        for actor in mention.actors:
            if actor.code:
                parties.setdefault(actor.code, actor)
    return tuple(parties.values())


def _can_own(mention: Mention) -> bool:
    return any(a.code and a.sector not in _REPORTERS for a in mention.actors)


def _is_speaker(case: Case, mention: Mention) -> bool:
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


def _of_those_hit(case: Case, mentions: list[Mention]) -> list[Mention]:
    """Return whose people were hurt, by their own name or else by the place; empty where neither is told."""
    phrase = set(case.sentence.subtree(case.head)) | set(
        range(case.quantity.span.start, case.quantity.span.end)
    )
    clauses = [k for k in phrase if case.sentence.tokens[k].deprel.startswith(("acl", "advcl", "appos"))]
    phrase -= {k for c in clauses for k in case.sentence.subtree(c)}
    own = [m for m in mentions if m.span.head in phrase and not m.place]
    return own or [m for m in mentions if m.place]


def _clause(case: Case) -> frozenset[int]:
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


def _status(case: Case, is_future: bool) -> Status:
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


def _is_predicate(case: Case, i: int) -> bool:
    """Whether a word is said of something: a verb, or a noun with «be» («would be five percent»)."""
    tokens = case.sentence.tokens
    return tokens[i].upos == "VERB" or any(tokens[k].deprel == "cop" for k in case.sentence.children(i))
