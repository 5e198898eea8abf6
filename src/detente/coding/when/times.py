"""Times of a report: the words that date its acts, as days, and which of them dates a given act.

«On June 3 the Council imposed sanctions» -> 2017-06-03 for «imposed», once we know the report is of 2017.
Without a day of publication, words that lean on it («yesterday», «in May») keep their words and no days.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache

from detente.coding.howmuch.numerals import may_start
from detente.coding.pieces import cut_pieces, span_of
from detente.coding.reading import Reading, Time
from detente.coding.when.days import Clock, Tense, When, Words
from detente.coding.when.intervals import read_when
from detente.knowledge.units import calendar_words, counted_nouns
from detente.language.analysis import Sentence, Span, Token

_POSSESSIVES = frozenset("his her their its".split())
_PHRASE_ENDS = frozenset("and or of in with that".split())
_CLAUSE_RELATIONS = frozenset("ccomp acl advcl csubj parataxis".split())
_PLANNING = frozenset(
    "plan expect schedule set agree intend decide prepare due vow pledge promise propose want hope aim "
    "seek".split()
)
LONGEST_SENTENCE = 1000  # longer ones are tables and dumps: no tree of theirs is walked
_LEADING = frozenset({"in", "on", "at", "during", "over", "throughout"})
_FUTURE_WORDS = frozenset({"will", "shall", "would", "'ll", "must", "should", "may"})
_PLAN_WORDS = frozenset(
    "scheduled schedule due planned plan plans expected expects set slated upcoming forthcoming intends "
    "intend aims hopes".split()
)
_CLAUSES = frozenset(
    {"advcl", "ccomp", "acl", "acl:relcl", "advcl:relcl", "parataxis", "csubj", "conj", "root"}
)
_OWN_CLAUSES = frozenset({"ccomp", "acl", "acl:relcl", "advcl", "csubj", "parataxis"})
# Verbs that only tell when the act of their noun took place: «a call issued on 23 March».
_CARRIERS = frozenset(
    "issue release hold sign schedule negotiate announce make publish adopt conclude carry deliver do reach "
    "launch conduct impose stage send give plan set slate open begin start occur happen".split()
)
_OTHER_TIME = frozenset("following after before since despite until during amid".split())
_FORESEEING = frozenset("schedule slate plan expect predict forecast anticipate foresee".split())
_HAVE = frozenset({"has", "have", "'ve", "’ve"})
_SCHEDULING = frozenset(
    "schedule hold plan set slate begin open start convene take due organize host".split()
)
# One trip, several words for it: «ahead of his visit» finds the day of «a trip to Moscow on July 3».
_SAME_ACT = {"trip": "visit", "tour": "visit", "stop": "visit", "talk": "meeting", "talks": "meeting"}
_TEMPORAL = {
    ("ahead", "of"): "before", ("before",): "before", ("prior", "to"): "before", ("during",): "during",
    ("in",): "told", ("after",): "after", ("following",): "after", ("at",): "during", ("since",): "since",
}  # fmt: skip
_TOLD = frozenset("conversation call interview speech address letter".split())
_ACTS_WITH_DAYS = frozenset(
    "visit trip tour stop meeting summit talks talk forum conference session call conversation dinner "
    "test launch attack strike election vote referendum ceremony signing drill exercise inauguration "
    "departure arrival interview speech address statement explosion raid war invasion coup incident".split()
)


@dataclass(slots=True)
class _Memory:
    """What a report has dated so far: the last day named, and the days of acts by their noun."""

    last: tuple[date, date] | None = None
    acts: dict[str, set[tuple[date, date]]] = field(default_factory=dict)

    def remember(self, noun: str, days: tuple[date, date]) -> None:
        self.acts.setdefault(_SAME_ACT.get(noun, noun), set()).add(days)

    def days_of(self, noun: str) -> tuple[date, date] | None:
        """Return the days of an act by its noun, if the report dates exactly one such act."""
        known = self.acts.get(_SAME_ACT.get(noun, noun), set())
        return next(iter(known)) if len(known) == 1 else None


PUBLISHED = "published"  # the basis of a date that no words of the text give


def find_times(reading: Reading) -> Reading:
    """Return the reading with its times: «Less than a month ago they met» -> 2017-06-04 to 2017-07-03.

    Times come in the order of the text, none inside another. «Before his trip» takes its end from the
    day the report gives for the trip, if it gives one.
    """
    memory = _Memory()
    times: list[Time] = []
    for index, sentence in enumerate(reading.analysis.sentences):
        for time in _times_of(reading, sentence, index, memory):
            times.append(time)
            _remember(memory, sentence, time)
    by_act = list(_times_by_act(reading, times, memory))
    merged = sorted([*times, *by_act], key=lambda t: (t.span.sentence, t.span.start, t.span.end))
    return replace(reading, times=tuple(merged))


def date_for(reading: Reading, sentence: int, head: int, tense: Tense) -> Time | None:
    """Return the time that dates the act whose trigger is token `head`, or None if none does.

    First its own time (`own_time`). A past act without one is dated by the perfect («has closed its
    embassy»: on or before publication), or by the sentence it goes on from in its paragraph («The two
    met on Monday. They signed …»), whose words and span the time then bears.
    """
    own = own_time(reading, sentence, head, tense)
    if own is not None or tense != "past" or not _has_tree(reading.sentence(sentence)):
        return own
    return _by_perfect(reading, sentence, head) or _by_sentence_before(reading, sentence, head)


def said_on(reading: Reading, sentence: int, head: int) -> Time | None:
    """Return when something was said or a side taken: by the time of its word, else on or before publication.

    What a report tells as said had been said when it appeared; `words` then is `PUBLISHED`, which is in no
    text: «France opposes the ban», printed on July 4, holds on or before July 4.
    """
    time = date_for(reading, sentence, head, "past")
    published = reading.report.published
    if time is not None and (time.start or time.end):
        to_come = published is not None and any(day and day > published for day in (time.start, time.end))
        if not to_come:
            return time
    if published is None:
        return time
    return Time(Span(sentence, head, head + 1, head), None, published, "before", PUBLISHED)


def own_time(reading: Reading, sentence: int, head: int, tense: Tense) -> Time | None:
    """Return the time in its own sentence that dates the act whose trigger is token `head`.

    The nearest in the tree is taken: under the trigger, then in its clause. A time that belongs to
    another act («said on Monday it would sign») never dates this one. Words that read both ways
    («Tuesday», «in May») are read again in the tense of the act.
    """
    times = [t for t in reading.times_in(sentence) if t.kind != "duration"]
    if not times:
        return None
    s = reading.sentence(sentence)
    if not _has_tree(s):
        near = min(times, key=lambda t: (t.kind == "habit", abs(t.span.head - head)))
        return _in_tense(reading, near, tense)
    ranked = [(cost, t) for t in times if (cost := _distance(s, t, head)) is not None]
    if not ranked:
        return None
    _, best = min(ranked, key=lambda pair: (pair[1].kind == "habit", pair[1].precision == "unknown", pair[0]))
    return _in_tense(reading, best, tense)


def _by_perfect(reading: Reading, index: int, head: int) -> Time | None:
    """Return «on or before publication» for an act told in the present perfect: «has closed its embassy»."""
    sentence = reading.sentence(index)
    verb = _clause_verb(sentence, head)
    published = reading.report.published
    while verb is not None and _shares_subject(sentence, verb) and sentence.tokens[verb].head >= 0:
        verb = _clause_verb(sentence, sentence.tokens[verb].head)  # «has left the pact, closing its base»
    if verb is None or published is None:
        return None
    helpers = (c for c in sentence.children(verb) if sentence.tokens[c].deprel.startswith("aux"))
    have = next((c for c in helpers if sentence.tokens[c].text.lower() in _HAVE), None)
    if have is None or sentence.tokens[verb].has("VerbForm=Inf"):
        return None
    a, b = sentence.tokens[have].start - sentence.start, sentence.tokens[verb].end - sentence.start
    return Time(Span(index, have, verb + 1, verb), None, published, "before", sentence.text[a:b])


def _by_sentence_before(reading: Reading, index: int, head: int) -> Time | None:
    """Return the time of the sentence an act goes on from: one of the three before it in its paragraph.

    Only for a main clause in the simple past whose sentence names no time of its own.
    """
    sentence = reading.sentence(index)
    verb = _clause_verb(sentence, head)
    if verb is None or not _is_plain_past(sentence, verb) or _names_a_time(reading, index):
        return None
    for before in range(index - 1, max(-1, index - 4), -1):
        earlier = reading.sentence(before)
        if (earlier.field, earlier.paragraph) != (sentence.field, sentence.paragraph):
            return None
        time = own_time(reading, before, earlier.root(), "past") if _has_tree(earlier) else None
        if time and _can_go_on(time):
            return time
        if _names_a_time(reading, before):
            return None
    return None


def _can_go_on(time: Time) -> bool:
    """Whether a time dates the next sentence too: a month at most, or «ahead of his visit»."""
    if time.start is None:
        return time.kind == "period" and time.end is not None
    return time.kind in ("point", "period") and time.end is not None and (time.end - time.start).days <= 31


def _is_plain_past(sentence: Sentence, verb: int) -> bool:
    token = sentence.tokens[verb]
    helpers = {sentence.tokens[c].text.lower() for c in sentence.children(verb)}
    return token.head < 0 and token.has("Tense=Past") and not helpers & {"had", "has", "have"}


def _names_a_time(reading: Reading, index: int) -> bool:
    """Whether a sentence names days of its own; «recent» and «earlier» name none."""
    firm = (t for t in reading.times_in(index) if t.kind in ("point", "period"))
    return any(t.start or (t.end and t.kind == "period") for t in firm)


def tense_at(sentence: Sentence, token: int) -> Tense:
    """Return the tense of the clause a token stands in: «will sign» is future, «signed» past.

    Without a tree the whole sentence is looked at.
    """
    if len(sentence.tokens) > LONGEST_SENTENCE:
        return "past"
    if not _has_tree(sentence):
        lows = {t.text.lower() for t in sentence.tokens if t.text != "May"}
        if lows & _FUTURE_WORDS or lows & _PLAN_WORDS:
            return "future"
        return "past"
    verb = _clause_verb(sentence, token)
    if verb is None:
        return "past"
    return _tense_of_verb(sentence, verb)


# Finding


def _times_of(reading: Reading, sentence: Sentence, index: int, memory: _Memory) -> Iterator[Time]:
    words = Words(cut_pieces(sentence))
    i, floor = 0, 0
    while i < len(words.pieces):
        if not _may_start(words, i):
            i += 1
            continue
        when = read_when(words, i, Clock(reading.report.published, "past", memory.last))
        if when is None and words.low(i) not in ("in", "within"):
            i += 1
            continue
        at = words.pieces[i].token
        if when is not None and words.low(when.end_piece - 1) == "after":
            at = sentence.root()  # «The test comes two days after Norway agreed»: counted from the coming
        tense = tense_at(sentence, at)  # asked only where a time stands: it walks the tree
        if tense != "past":
            when = read_when(words, i, Clock(reading.report.published, tense, memory.last))
        if when is None:
            i += 1
            continue
        start = when.start_piece
        if start > floor and words.low(start - 1) in _LEADING and when.kind in ("point", "period"):
            start -= 1
        yield _time(sentence, index, words, when, start)
        if (
            when.is_firm
            and when.kind == "point"
            and when.start
            and when.end
            and (when.end - when.start).days <= 31
        ):
            memory.last = (when.start, when.end)
        i = floor = when.end_piece


def _time(sentence: Sentence, index: int, words: Words, when: When, start: int) -> Time:
    a, b = words.pieces[start].start, words.pieces[when.end_piece - 1].end
    text = sentence.text[a - sentence.start : b - sentence.start]
    return Time(span_of(sentence, index, a, b), when.start, when.end, when.precision, text, when.kind)


_STARTERS = frozenset(
    "the this last next past that today tonight yesterday tomorrow now currently nowadays earlier later "
    "recent recently lately previously formerly since ever before ahead prior until till up by no after "
    "following as from through starting beginning between less fewer under more over at some about "
    "around nearly almost roughly approximately just only exactly barely in on during within for every "
    "each once twice times q h very coming a an several few couple years months weeks days decades "
    "hours centuries".split()
)


def _may_start(words: Words, i: int) -> bool:
    """Whether a time may begin at this piece: a cheap look before the grammar."""
    piece = words.pieces[i]
    if piece.kind == "number" or piece.low in _STARTERS or (piece.low,) in calendar_words():
        return True
    return piece.low in _first_words() or may_start(piece)


@cache
def _first_words() -> frozenset[str]:
    """Return the words a phrase of the calendar may begin with: «new» of «New Year's Day»."""
    return frozenset(key[0].removesuffix("'s") for key in calendar_words())


def _remember(memory: _Memory, sentence: Sentence, time: Time) -> None:
    """Keep the days of the act a firm time stands with: «his visit, scheduled for July 3-4»."""
    if (
        time.start is None
        or time.end is None
        or time.kind != "point"
        or time.precision not in ("day", "week", "month")
    ):
        return
    noun = _dated_act(sentence, time)
    if noun:
        memory.remember(noun, (time.start, time.end))


def _dated_act(sentence: Sentence, time: Time) -> str | None:
    """Return the noun of the act a time is said of, or None: by the tree, else the noun shortly before it."""
    above = _act_above(sentence, time) if _has_tree(sentence) else None
    return above or _act_before(sentence, time)


def _act_above(sentence: Sentence, time: Time) -> str | None:
    at = sentence.tokens[time.span.head].head
    for _ in range(4):
        if at < 0:
            return None
        token = sentence.tokens[at]
        noun = _act_noun(token) if token.upos in ("NOUN", "PROPN") else None
        if noun:
            return noun
        if token.upos == "VERB" and token.deprel.split(":")[0] not in ("acl", "amod"):
            return _scheduled_act(sentence, at)
        at = token.head
    return None


def _scheduled_act(sentence: Sentence, verb: int) -> str | None:
    """Return the act that a verb only sets a day for: «the summit will be held on …»."""
    if sentence.tokens[verb].lemma.lower() not in _SCHEDULING:
        return None
    subjects = (c for c in sentence.children(verb) if sentence.tokens[c].deprel.startswith("nsubj"))
    subject = next(subjects, None)
    return _act_noun(sentence.tokens[subject]) if subject is not None else None


def _act_before(sentence: Sentence, time: Time) -> str | None:
    """Return the act named shortly before a time, no verb or stop between: «a call with Lima on Monday»."""
    for i in range(time.span.start - 1, max(-1, time.span.start - 9), -1):
        token = sentence.tokens[i]
        noun = _act_noun(token)
        if noun:
            return noun
        if token.upos in ("VERB", "AUX") or token.text in (".", ";", ":"):
            return None
    return None


def _act_noun(token: Token) -> str | None:
    lemma = (token.lemma or token.text).lower()
    if lemma in _ACTS_WITH_DAYS:
        return lemma
    low = token.text.lower()
    if low in _ACTS_WITH_DAYS:
        return low
    known = counted_nouns().get((low,))
    return known.noun if known and known.group == "act" and known.noun in _ACTS_WITH_DAYS else None


def _times_by_act(reading: Reading, times: list[Time], memory: _Memory) -> Iterator[Time]:
    """Yield times that lean on an act: «ahead of his visit», «during the talks», «after the summit»."""
    taken = {(t.span.sentence, k) for t in times for k in range(t.span.start, t.span.end)}
    for index, sentence in enumerate(reading.analysis.sentences):
        lows = [t.text.lower() for t in sentence.tokens]
        for i in range(len(lows)):
            for pattern, kind in _TEMPORAL.items():
                if tuple(lows[i : i + len(pattern)]) != pattern or (index, i) in taken:
                    continue
                end = _noun_phrase_end(sentence, i + len(pattern))
                if end is None or any((index, k) in taken for k in range(i, end)):
                    continue
                noun = _act_noun(sentence.tokens[end - 1]) or ""
                if kind == "told" and noun not in _TOLD:
                    continue
                time = _leaning(reading, sentence, index, i, end, kind, memory.days_of(noun))
                if time:
                    yield time
                break


def _noun_phrase_end(sentence: Sentence, start: int) -> int | None:
    """Return where a short noun phrase that names an act ends: «his visit», «the Astana meeting»."""
    for i in range(start, min(start + 7, len(sentence.tokens))):
        token = sentence.tokens[i]
        if token.upos in ("VERB", "AUX", "SCONJ", "CCONJ", "PRON") and token.text.lower() not in _POSSESSIVES:
            return None
        if token.text in (",", ".", ";", ":", "(", ")") or token.text.lower() in _PHRASE_ENDS:
            return None
        following = sentence.tokens[i + 1] if i + 1 < len(sentence.tokens) else None
        if _act_noun(token) and not (following and _act_noun(following)):
            return i + 1
    return None


def _leaning(
    reading: Reading,
    sentence: Sentence,
    index: int,
    i: int,
    end: int,
    kind: str,
    days: tuple[date, date] | None,
) -> Time | None:
    a, b = sentence.tokens[i].start, sentence.tokens[end - 1].end
    span = span_of(sentence, index, a, b)
    text = sentence.text[a - sentence.start : b - sentence.start]
    if kind in ("during", "told"):
        if days is None:
            return None
        return Time(span, days[0], days[1], "day" if (days[1] - days[0]).days < 7 else "month", text, "point")
    if kind in ("after", "since"):
        return Time(span, days[0], None, "day", text, "period") if days else None
    if days:
        return Time(span, None, days[0], "before", text, "period")
    published = reading.report.published
    if published is None or tense_at(sentence, i) == "future":
        return Time(span, None, None, "unknown", text, "period")
    return Time(span, None, published, "before", text, "period")


# Which time dates an act


def _has_tree(sentence: Sentence) -> bool:
    return len(sentence.tokens) <= LONGEST_SENTENCE and any(
        t.head >= 0 and t.deprel not in ("", "dep") for t in sentence.tokens
    )


def _path_up(sentence: Sentence, token: int) -> list[int]:
    """Return the token and all that govern it, nearest first; a broken tree ends where it loops."""
    path: list[int] = []
    while token >= 0 and token not in path:
        path.append(token)
        token = sentence.tokens[token].head
    return path


def _opens_clause(token: Token) -> bool:
    return token.deprel in _OWN_CLAUSES or token.deprel.split(":")[0] in _CLAUSE_RELATIONS


def _distance(sentence: Sentence, time: Time, head: int) -> float | None:
    """Return how far a time stands from an act in the tree, None where it belongs to another act."""
    if time.span.start <= head < time.span.end or _is_dateline(sentence, time):
        return None
    up = _governors(sentence, time)
    if time.words.lower().endswith(" after"):
        return 2.0 if _follows(sentence, time, head, up) else None
    if head in up:
        return _distance_above(sentence, time, head, up)
    if time.kind == "habit":
        return None
    return _clause_mate(sentence, time, head, up)


def _follows(sentence: Sentence, time: Time, head: int, up: list[int]) -> bool:
    """Whether an act is the one a lapse of time is counted from: «comes hours after Norway agreed»."""
    token = sentence.tokens[head]
    near = token.head in up or head in up
    return head >= time.span.end and token.deprel.startswith("advcl") and near


def _governors(sentence: Sentence, time: Time) -> list[int]:
    """Return what a time hangs on, nearest first; one that opens the sentence hangs on no side clause.

    «On Friday, thousands wearing black gathered …»: readers may hang «Friday» on «wearing».
    """
    up = _path_up(sentence, time.span.head)
    opens = time.span.start == 0 and sentence.tokens[min(time.span.end, len(sentence.tokens) - 1)].text == ","
    if opens and any(sentence.tokens[k].deprel.startswith("acl") for k in up[1:]):
        return [time.span.head, sentence.root()]
    return up


def _is_dateline(sentence: Sentence, time: Time) -> bool:
    """Whether the time is the day a story is printed under: «Friday, October 11, 2019 Yesterday, …»."""
    if time.span.start > 0 or time.precision != "day" or time.span.end >= len(sentence.tokens):
        return False
    after = sentence.tokens[time.span.end]
    return any(c.isdigit() for c in time.words[-4:]) and after.text[:1].isupper() and "," in time.words


def _distance_above(sentence: Sentence, time: Time, head: int, up: list[int]) -> float | None:
    """Return the steps from an act down to the time under it; a noun or clause between may own the time."""
    steps = up.index(head)
    cost = float(steps)
    for k in up[1:steps]:
        token = sentence.tokens[k]
        if token.upos in ("VERB", "AUX") and (token.deprel == "conj" or _opens_clause(token)):
            if not _carries_noun(sentence, k, head):
                return None
            cost += 1
        elif token.upos in ("NOUN", "PROPN"):
            stands_before = time.span.head < k or _is_of(sentence, time)
            wedged = token.head == head and k < time.span.start and time.span.end <= head
            named = token.upos == "PROPN" and not wedged  # «the Coast Guard on Monday detained»
            if stands_before or named or _act_noun(token):
                return None
            cost += 6  # «imposed sanctions on Thursday», the day hung on the noun
    return cost


def _is_of(sentence: Sentence, time: Time) -> bool:
    """Whether a time is «of» its noun: «the agreement of 2015»."""
    return any(sentence.tokens[c].text.lower() == "of" for c in sentence.children(time.span.head))


def _carries_noun(sentence: Sentence, verb: int, head: int) -> bool:
    """Whether a clause under a noun tells of the noun's own act: «a call, issued on 23 March»."""
    token = sentence.tokens[verb]
    under_noun = token.head == head and sentence.tokens[head].upos in ("NOUN", "PROPN")
    return under_noun and token.deprel.startswith("acl") and token.lemma.lower() in _CARRIERS


def _clause_mate(sentence: Sentence, time: Time, head: int, up: list[int]) -> float | None:
    """Return the distance of a time hung on the verb that governs the act: «held talks on Monday»."""
    climb = _path_up(sentence, head)
    common = next((k for k in climb if k in up), None)
    if common is None:
        return None
    down = climb[: climb.index(common)]  # from the act up to below the common governor
    side = up[: up.index(common)]
    if any(_opens_clause(sentence.tokens[k]) or _is_other_noun(sentence, k) for k in side[1:]):
        return None
    cost = 10.0 + len(down) + len(side)
    for k in down:
        extra = _cost_of_step(sentence, time, k, head, common)
        if extra is None:
            return None
        cost += extra
    return cost


def _cost_of_step(sentence: Sentence, time: Time, k: int, head: int, common: int) -> float | None:
    """Return what one step from the act towards the governor of the time costs, None where it parts them."""
    token = sentence.tokens[k]
    relation = token.deprel.split(":")[0]
    if relation == "conj" and token.upos == "VERB":
        return 5.0 if time.span.end <= min(common, head) else None
    if relation in ("advcl", "acl") and _shares_subject(sentence, k):
        return 4.0  # «signed a decree on Friday, banning …»
    if _opens_clause(token) and token.deprel != "xcomp":
        return None
    if relation == "nmod" and k == head:
        return None if sentence.tokens[token.head].upos in ("NOUN", "PROPN") else 1.0
    if relation == "obl" and any(
        sentence.tokens[c].text.lower() in _OTHER_TIME for c in sentence.children(k)
    ):
        return None  # «this week, following the resignation»
    return 0.0


def _shares_subject(sentence: Sentence, verb: int) -> bool:
    """Whether a clause is a participle without subject or conjunction of its own."""
    token = sentence.tokens[verb]
    own = any(
        sentence.tokens[c].deprel.split(":")[0] in ("nsubj", "mark") or sentence.tokens[c].deprel == "aux"
        for c in sentence.children(verb)
    )
    return not own and (token.has("VerbForm=Ger") or (token.has("VerbForm=Part") and token.has("Tense=Pres")))


def _is_other_noun(sentence: Sentence, token: int) -> bool:
    """Whether a time under this word is the noun's own: «the attack on June 3 …»."""
    return sentence.tokens[token].upos in ("NOUN", "PROPN")


def _in_tense(reading: Reading, time: Time, tense: Tense) -> Time:
    """Return the time read again in the tense of its act, and in what is quoted with no day of speaking.

    «Today» in a direct quotation is the day it was said, which is on or before publication and not known.
    """
    published = reading.report.published
    sentence = reading.sentence(time.span.sentence)
    first = sentence.tokens[time.span.start]
    speech = reading.speech_at(time.span.sentence, first.start)
    if speech and speech.kind == "direct" and published and time.start == time.end == published:
        if tense == "future":
            return replace(time, start=None, end=None, precision="unknown")
        return replace(time, start=None, end=published, precision="before")
    if published is None or time.start is None or time.kind == "habit":
        return time
    words = Words(cut_pieces(sentence))
    last = sentence.tokens[time.span.end - 1].end
    for i, piece in enumerate(words.pieces):
        if not first.start <= piece.start < last:
            continue
        when = read_when(words, i, Clock(published, tense, (time.start, time.end or time.start)))
        if when and words.pieces[when.end_piece - 1].end == last:
            fits = when.start is not None or when.end is not None
            return replace(time, start=when.start, end=when.end, precision=when.precision) if fits else time
    return time


# Tense


def _clause_verb(sentence: Sentence, token: int) -> int | None:
    """Return the word that heads the clause a token stands in."""
    for k in _path_up(sentence, token):
        t = sentence.tokens[k]
        if t.upos in ("VERB", "AUX") and t.deprel not in ("aux", "aux:pass", "cop", "amod", "compound"):
            return k
        if any(sentence.tokens[c].deprel == "cop" for c in sentence.children(k)):
            return k
    return None


def _tense_of_verb(sentence: Sentence, verb: int) -> Tense:
    token = sentence.tokens[verb]
    helpers = [
        sentence.tokens[c]
        for c in sentence.children(verb)
        if sentence.tokens[c].deprel.startswith(("aux", "cop"))
    ]
    lows = {h.text.lower() for h in helpers}
    if lows & _FUTURE_WORDS or token.lemma.lower() in _FORESEEING:
        return "future"
    if token.has("VerbForm=Inf") and token.head >= 0 and token.deprel in ("xcomp", "advcl", "acl"):
        governor = sentence.tokens[token.head]
        if governor.lemma.lower() in _PLANNING:
            return "future"
        return _tense_of_verb(sentence, token.head) if governor.upos == "VERB" else "past"
    if token.has("Tense=Past") or any(h.has("Tense=Past") for h in helpers) or lows & {"has", "have", "had"}:
        return "past"
    if token.has("Tense=Pres") or any(h.has("Tense=Pres") for h in helpers):
        if token.has("VerbForm=Part") and not helpers and token.head >= 0:
            up = _clause_verb(sentence, token.head)
            return _tense_of_verb(sentence, up) if up is not None and up != verb else "past"
        return "present"
    return "past"
