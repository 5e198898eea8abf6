"""Who says what: from a report's sentences, quotation marks and mentions to stretches of speech.

«“The port is open,” he added» becomes a stretch `The port is open` spoken by whoever spoke before. The other
steps ask two questions of it: `attribution_at` (who says this word?) and `is_claimed` (does only he say so?).
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from detente.coding.clauses import Tree
from detente.coding.reading import Mention, Reading, Speech
from detente.coding.said.quotes import Quote, find_quotes
from detente.coding.said.sayings import Saying, find_sayings
from detente.coding.said.turns import MANNER, find_turns
from detente.coding.said.voices import Heard, Voice, find_voice, mention_at, outlet_of
from detente.knowledge.cues import speech_cues
from detente.knowledge.organisations import organisation
from detente.knowledge.states import code_of, name_of
from detente.language.analysis import Sentence, Span
from detente.records import NARRATOR, Actor, Attribution, Field

_CLAIMING = frozenset({"say", "claim", "cite", "write", "think", "deny"})
_WHOLE = frozenset({"official", MANNER})  # a whole text or turn, not words within one
_SPOKEN_WORDS = 5  # a shorter quote without any cue is a name or a word used with tongs: «the “hot line”»
_FIELDS: tuple[Field, ...] = ("title", "text")
_NICKNAME = 24  # characters; a shorter quote may be part of a subject: «the “Iron Lady” said»
_NOMINAL = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})
_ADJACENT = 4  # characters of marks and space between a quote and its reporting clause
_FIRST_PERSON = frozenset({"i", "me", "my", "mine", "myself"})
_FIRST_PLURAL = frozenset({"we", "us", "our", "ours", "ourselves"})


@dataclass(frozen=True, slots=True)
class _Said:
    """A reporting clause with its voice, in its sentence."""

    sentence: int
    saying: Saying
    voice: Voice
    cue: str
    cue_at: int


def find_speech(reading: Reading) -> Reading:
    """Return the reading with its speech found, and «we» and «I» within it tied to the speaker.

    «Oslo said it would open the port» gives one indirect stretch, «it would open the port», spoken by Oslo.
    """
    said = _hear(reading)
    stretches = [speech for one in said for speech in _stretches(reading, one)]
    for field in _FIELDS:
        stretches += _quoted(reading, field, said)
    stretches = _hand_on(_unique(_quoted_as_such(reading, stretches)))
    author = official_author(reading)
    stretches += find_turns(reading, author or _body_named(reading.report.outlet))
    stretches += _official_voice(reading, author)
    found = replace(reading, speech=tuple(sorted(stretches, key=_place)))
    return replace(found, mentions=_first_persons(found))


def attribution_at(reading: Reading, sentence: int, offset: int) -> Attribution:
    """Return who says the word at a character offset: the innermost speaker, else the narrator.

    A reporting word itself belongs to its speaker: «criticised» in «Oslo criticised the plan» is Oslo's.
    """
    speech = _spoken_at(reading, sentence, offset)
    if speech is None:
        return NARRATOR
    return Attribution(speech.kind, called(speech.speaker), speech.via, speech.speaks_for)


def called(speaker: Actor | None) -> Actor | None:
    """Return a speaker who bears a name: a state that speaks as such bears its own, «North Korea»."""
    if speaker is None or speaker.code is None or speaker.name or speaker.role or speaker.org:
        return speaker
    return replace(speaker, name=name_of(speaker.code))


def is_claimed(reading: Reading, sentence: int, offset: int, *, parties: Iterable[str] = ()) -> bool:
    """Return whether only a speaker says so: True at «fired» in «Oslo said Bergen had fired first».

    False for the narrator's words, for what an agency reports, and for what one of `parties` (codes of those
    who did it) says of its own act: «Oslo said it had expelled the envoy».
    """
    s = reading.sentence(sentence)
    over = [p for p in reading.speech if p.field == s.field and p.start <= offset < p.end]
    for speech in sorted(over, key=lambda p: p.end - p.start):
        if speech.manner in _WHOLE:
            return False
        if speech.cue_at >= 0 and speech.cue_at <= offset < speech.cue_at + len(speech.cue):
            return False
        if speech.speaker is None:
            if not speech.via and speech.kind == "direct":
                return True
            continue
        if speech.manner in _CLAIMING:
            own = {speech.speaker.code} if speech.speaker.code else set()
            return not own & set(parties)
        if speech.manner != "direct":
            return False
    return False


def _spoken_at(reading: Reading, sentence: int, offset: int) -> Speech | None:
    """Return the stretch a word is said in; a reporting word is its speaker's unless another tells of it.

    In «Li said Oslo had condemned it» the condemning is told by Li.
    """
    field = reading.sentence(sentence).field
    there = [p for p in reading.speech if p.field == field]
    over = [p for p in there if p.start <= offset < p.end and p.start != p.cue_at]
    inner = min([p for p in over if p.speaker or p.via] or over, key=_length, default=None)
    own = min(
        [p for p in there if p.cue and p.cue_at <= offset < p.cue_at + len(p.cue)], key=_length, default=None
    )
    return own if own and (inner is None or inner.manner in _WHOLE) else inner


def _length(speech: Speech) -> int:
    return speech.end - speech.start


def _place(speech: Speech) -> tuple[bool, int, int]:
    return speech.field == "text", speech.start, -speech.end


# --- reporting clauses -----------------------------------------------------------------------------------


def _hear(reading: Reading) -> list[_Said]:
    """Return all reporting clauses with their voices, in the order of the report."""
    said: list[_Said] = []
    heard: list[Heard] = []
    occasions: dict[int, tuple[str, ...]] = {}
    quotes = {
        "title": find_quotes(reading.report.title or ""),
        "text": find_quotes(reading.report.text),
    }
    for index, sentence in enumerate(reading.analysis.sentences):
        tree = Tree(sentence)
        at_hand = _occasion_via(reading, index, tree)
        if at_hand:
            occasions[sentence.paragraph] = at_hand
        for saying in find_sayings(tree):
            saying = _asked_outside(tree, saying, quotes[sentence.field])
            voice = find_voice(reading, index, tree, saying.subjects, tree.lemma(saying.cue), heard)
            agencies = (
                find_voice(reading, index, tree, saying.given_by, "", heard) if saying.given_by else None
            )
            if voice is None:
                continue
            voice = replace(voice, via=tuple(dict.fromkeys((*voice.via, *_names(agencies)))))
            if not voice.via and sentence.field == "text" and voice.speaker:
                voice = replace(voice, via=occasions.get(sentence.paragraph, ()))
            voice = _with_others(reading, index, tree, saying, voice)
            cue = sentence.tokens[saying.cue]
            said.append(_Said(index, saying, voice, cue.text, cue.start))
            if voice.speaker and not _within(quotes[sentence.field], cue.start):
                heard.append(Heard(index, voice))
    return said


def _within(quotes: Iterable[Quote], offset: int) -> bool:
    return any(q.start <= offset < q.end for q in quotes)


def _asked_outside(tree: Tree, saying: Saying, quotes: Iterable[Quote]) -> Saying:
    """Return a reporting clause without subjects from the words it reports.

    Of «"Neighbours, let us talk!" Oslo told the press» Oslo is the subject, whatever the parser says.
    """
    tokens = tree.sentence.tokens
    long = [q for q in quotes if q.end - q.start > _NICKNAME]
    if _within(long, tokens[saying.cue].start):
        return saying
    outside = tuple(k for k in saying.subjects if not _within(long, tokens[k].start))
    if outside == saying.subjects:
        return saying
    outside = outside or _noun_beside(tree, saying.cue, long)
    inside = (saying.cue, *outside)
    clause = min(tokens[k].start for k in inside), max(tokens[k].end for k in inside)
    return replace(saying, subjects=outside, clause=clause)


def _noun_beside(tree: Tree, verb: int, quotes: Iterable[Quote]) -> tuple[int, ...]:
    """Return the head of the noun phrase that ends at a verb or begins right behind it, outside quotes."""
    tokens = tree.sentence.tokens
    for step in (-1, 1):
        run: list[int] = []
        at = verb + step
        while 0 <= at < len(tokens) and tokens[at].upos in _NOMINAL and not _within(quotes, tokens[at].start):
            run.append(at)
            at += step
        nouns = [k for k in run if tokens[k].upos in ("PROPN", "NOUN", "PRON")]
        top = [k for k in nouns if tokens[k].head not in run]
        if nouns:
            return ((top or nouns)[0],)
    return ()


def _names(agencies: Voice | None) -> tuple[str, ...]:
    if agencies is None:
        return ()
    if agencies.via:
        return agencies.via
    return (agencies.speaker.name,) if agencies.speaker and agencies.speaker.name else ()


def _occasion_via(reading: Reading, index: int, tree: Tree) -> tuple[str, ...]:
    """«in an interview with TASS», «gave an interview to TASS»: the outlet hands the words on."""
    for i, token in enumerate(tree.sentence.tokens):
        if token.upos == "NOUN" and tree.lemma(i) in speech_cues().occasions:
            near = [*tree.kids[i], *(tree.kids[token.head] if token.head >= 0 else ())]
            for k in near:
                if k > i and tree.preposition(k) in ("to", "with", "for", "on", "in", "by"):
                    outlet = outlet_of(reading, index, tree, k)
                    if outlet:
                        return (outlet,)
    return ()


def _with_others(reading: Reading, index: int, tree: Tree, saying: Saying, voice: Voice) -> Voice:
    """«Beijing and Moscow are opposed», says Xi: spoken by one for two."""
    speaker = voice.speaker
    if speaker is None or speaker.code is None or len(voice.speaks_for) > 1:
        return voice
    for start, end in saying.ranges:
        codes = _subject_codes(reading, index, tree, start, end)
        if speaker.code in codes and len(codes) > 1:
            return replace(voice, speaks_for=tuple(codes))
    return voice


def _subject_codes(reading: Reading, index: int, tree: Tree, start: int, end: int) -> list[str]:
    """Return the codes of the first subject in a stretch."""
    for i, token in enumerate(tree.sentence.tokens):
        if start <= token.start < end and token.deprel.startswith("nsubj"):
            codes: list[str] = []
            for head in tree.conjuncts(i):
                mention = mention_at(reading, index, head)
                for actor in mention.actors if mention else ():
                    if actor.code and actor.code not in codes:
                        codes.append(actor.code)
            return codes
    return []


def _stretches(reading: Reading, one: _Said) -> Iterator[Speech]:
    sentence = reading.sentence(one.sentence)
    for start, end in one.saying.ranges:
        if end > start:
            yield _speech(sentence, one, start, end, "indirect", one.saying.kind)


def _speech(
    sentence: Sentence, one: _Said, start: int, end: int, kind: str, manner: str, index: int | None = None
) -> Speech:
    return Speech(
        sentence=one.sentence if index is None else index,
        field=sentence.field,
        start=start,
        end=end,
        speaker=one.voice.speaker,
        kind="direct" if kind == "direct" else "indirect",
        cue=one.cue,
        via=one.voice.via,
        speaks_for=one.voice.speaks_for,
        speaker_span=one.voice.span,
        cue_at=one.cue_at,
        manner=manner,
    )


# --- quotations ------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Page:
    """A field with its sentences and reporting clauses laid out for quick reading by offset."""

    text: str
    sentences: list[tuple[int, int, int]]  # start, end, index
    said: dict[int, list[_Said]]

    def touched(self, quote: Quote) -> list[int]:
        """Return the sentences that share words with a quote."""
        found = []
        first = bisect_right(self.sentences, (quote.start, 1 << 60, 0)) - 1
        for k in range(max(0, first), len(self.sentences)):
            start, end, index = self.sentences[k]
            if start >= quote.end:
                break
            if end > quote.start:
                found.append(index)
        return found


def _quoted(reading: Reading, field: Field, said: list[_Said]) -> Iterator[Speech]:
    """Yield one direct stretch per sentence that a quote touches."""
    page = _page(reading, field, said)
    quotes = find_quotes(page.text)
    last: tuple[Quote, _Said] | None = None
    for number, quote in enumerate(quotes):
        inside = page.touched(quote)
        if not inside:
            continue
        one = _cue_of(reading, page, quote, inside)
        behind = quotes[number + 1] if number + 1 < len(quotes) else None
        if one is None and behind and not page.text[quote.end : behind.start].strip('“”"«» \t\u00a0'):
            others = page.touched(behind)
            one = _cue_of(reading, page, behind, others) if others else None
        if one is None and last and _goes_on(reading, page.text, last[0], quote, inside, last[1]):
            one = last[1]
        last = (quote, one) if one else last
        if one is None:
            if len(page.text[quote.start : quote.end].split()) < _SPOKEN_WORDS:
                continue
            last = None
        yield from _by_sentence(reading, page, quote, inside, one)


def _page(reading: Reading, field: Field, said: list[_Said]) -> _Page:
    by_sentence: dict[int, list[_Said]] = defaultdict(list)
    for one in said:
        by_sentence[one.sentence].append(one)
    sentences = [(s.start, s.end, i) for i, s in enumerate(reading.analysis.sentences) if s.field == field]
    text = (reading.report.title or "") if field == "title" else reading.report.text
    return _Page(text, sorted(sentences), by_sentence)


def _by_sentence(
    reading: Reading, page: _Page, quote: Quote, inside: list[int], one: _Said | None
) -> Iterator[Speech]:
    for index in inside:
        s = reading.sentence(index)
        start, end = max(quote.start, s.start), min(quote.end, s.end)
        if not page.text[start:end].strip():
            continue
        if one is None:
            yield Speech(index, s.field, start, end, None, "direct", "", manner="say")
        else:
            widened = _widened(reading, index, start, end, one)
            yield _speech(s, widened, start, end, "direct", one.saying.kind, index)


def _widened(reading: Reading, index: int, start: int, end: int, one: _Said) -> _Said:
    """Return the reporting clause with those the quoted sentence itself speaks for."""
    speaker = one.voice.speaker
    if speaker is None or speaker.code is None or len(one.voice.speaks_for) > 1:
        return one
    codes = _subject_codes(reading, index, Tree(reading.sentence(index)), start, end)
    if speaker.code in codes and len(codes) > 1:
        return replace(one, voice=replace(one.voice, speaks_for=tuple(codes)))
    return one


def _cue_of(reading: Reading, page: _Page, quote: Quote, inside: list[int]) -> _Said | None:
    """Return the reporting clause that hands a quote its speaker: the one that touches it most closely."""
    best: tuple[float, _Said] | None = None
    for index in (inside[0] - 1, *inside, inside[-1] + 1):
        for one in page.said.get(index, ()):
            distance = _distance(reading, page.text, quote, inside, one)
            if distance is not None:
                distance += 0.5 if one.voice.speaker is None else 0.0
                if best is None or distance < best[0]:
                    best = (distance, one)
    return best[1] if best else None


def _distance(reading: Reading, text: str, quote: Quote, inside: list[int], one: _Said) -> float | None:
    """Return how far a reporting clause is from a quote, None where it cannot be its own."""
    sentence = reading.sentence(one.sentence)
    first, last = one.saying.clause
    if sentence.field != reading.sentence(inside[0]).field:
        return None
    if first >= quote.start and last <= quote.end:
        return None  # somebody quoted within the quote
    gap = first - quote.end if first >= quote.end else quote.start - last
    between = text[quote.end : first] if first >= quote.end else text[last : quote.start]
    if one.sentence in inside:
        covered = any(min(quote.end, b) - max(quote.start, a) > 0 for a, b in one.saying.ranges)
        if not covered and len(text[quote.start : quote.end].split()) < _SPOKEN_WORDS - 1:
            return None  # a name or a word used with tongs
        if covered or not one.saying.ranges or gap <= _ADJACENT:
            shortest = min((b - a for a, b in one.saying.ranges), default=1000)
            return (0.0 if covered else 5.0) + shortest / 10_000 + max(0, gap) / 1000
        whole = "." not in between and ";" not in between
        if whole and (first >= quote.end or one.saying.kind == "describe"):
            return 20.0 + gap / 1000  # «praised them for “their patience”»
        return None
    same = sentence.paragraph == reading.sentence(inside[0]).paragraph
    if one.sentence < inside[0]:
        leads = (
            text[last : quote.start].rstrip(' \t\n\r\u00a0“"«‘').endswith((":", ",")) and "." not in between
        )
        return 30.0 + gap / 1000 if leads else None
    starts_sentence = first - sentence.start <= 12 and not one.saying.ranges
    return 40.0 + gap / 1000 if same and gap <= 12 and starts_sentence else None


def _goes_on(reading: Reading, text: str, before: Quote, quote: Quote, inside: list[int], one: _Said) -> bool:
    """Whether a quote without a cue continues the one before it."""
    if before.continues:
        return True
    first = reading.sentence(inside[0])
    words = len(text[quote.start : quote.end].split())
    if words < _SPOKEN_WORDS or text[first.start : quote.start].strip('“"«‘( \n\t\u00a0'):
        return False  # it stands inside a sentence of the narrator's
    said_in = reading.sentence(one.sentence)
    spoken = text[before.end : quote.start]
    if first.paragraph == said_in.paragraph:
        return _only_reporting(reading, spoken, before.end, one)
    whole = not text[quote.end : reading.sentence(inside[-1]).end].strip('”"».,!? \n\t\u00a0')
    return (
        whole
        and quote.opened
        and first.paragraph - said_in.paragraph <= 1
        and _only_reporting(reading, spoken, before.end, one)
    )


def _only_reporting(reading: Reading, spoken: str, start: int, one: _Said) -> bool:
    """Whether nothing but the reporting clause's own sentence stands between two quotes."""
    end_of_sentence = reading.sentence(one.sentence).end
    rest = spoken[max(0, end_of_sentence - start) :]
    return not rest.strip('“”"«»‘’ \n\t\r\u00a0.,')


# --- hands between ---------------------------------------------------------------------------------------


def _quoted_as_such(reading: Reading, stretches: list[Speech]) -> list[Speech]:
    """Mark as direct what stands between quotation marks, whichever way it was found."""
    quotes = {"title": find_quotes(reading.report.title or ""), "text": find_quotes(reading.report.text)}
    return [
        replace(s, kind="direct")
        if s.kind == "indirect" and any(q.start <= s.start and s.end <= q.end for q in quotes[s.field])
        else s
        for s in stretches
    ]


def _unique(stretches: list[Speech]) -> list[Speech]:
    """Return the stretches once each; of two alike, the direct one."""
    best: dict[tuple[object, ...], Speech] = {}
    for speech in stretches:
        key = (speech.field, speech.start, speech.end, speech.speaker, speech.via)
        if key not in best or speech.kind == "direct":
            best[key] = speech
    return list(best.values())


def _hand_on(stretches: list[Speech]) -> list[Speech]:
    """Give a speaker the outlet that reports him: «…, she said, Reuters reported»."""
    by_sentence: dict[int, list[Speech]] = defaultdict(list)
    for speech in stretches:
        by_sentence[speech.sentence].append(speech)
    out = []
    for speech in stretches:
        via = list(speech.via)
        if speech.speaker is not None:
            for outer in by_sentence[speech.sentence]:
                holds = outer.start <= speech.start and speech.end <= outer.end
                if outer.speaker is None and outer.via and holds:
                    via += [v for v in outer.via if v not in via]
        out.append(replace(speech, via=tuple(via)))
    return out


def _official_voice(reading: Reading, author: Actor | None) -> Iterator[Speech]:
    """Yield a whole-report voice where a political actor is its author: a speech, a ministry's release."""
    if author is None:
        return
    for index, sentence in enumerate(reading.analysis.sentences):
        if sentence.end > sentence.start:
            yield Speech(
                index, sentence.field, sentence.start, sentence.end, author, "direct", "",
                speaks_for=(author.code,) if author.code else (), manner="official",
            )  # fmt: skip


def official_author(reading: Reading) -> Actor | None:
    """Return the state or body whose own words the report is, by its `author` («Norway», «White House»)."""
    return _body_named(reading.report.author)


def _body_named(name: str | None) -> Actor | None:
    """Return the state or body a publisher's name means: «White House»; None for a paper or a person."""
    if not name:
        return None
    code = code_of(name)
    if code:
        return Actor(code, None, None, "GOV")
    body = organisation(name)
    return Actor(body.code, None, None, "GOV", body.name) if body else None


def _first_persons(reading: Reading) -> tuple[Mention, ...]:
    """Return the mentions with «we», «our» and «I» tied to whoever speaks there."""
    mentions = list(reading.mentions)
    place = {
        (m.span.sentence, m.span.start): k for k, m in enumerate(mentions) if m.span.end - m.span.start == 1
    }
    for index, sentence in enumerate(reading.analysis.sentences):
        for i, token in enumerate(sentence.tokens):
            word = token.text.lower()
            if word not in _FIRST_PERSON and word not in _FIRST_PLURAL:
                continue
            speech = _outer_speech(reading, index, token.start)
            known = place.get((index, i))
            if speech is None or speech.speaker is None:
                continue
            if speech.speaker.code is None and not (known is not None and word in _FIRST_PERSON):
                continue
            mention = Mention(
                Span(index, i, i + 1, i), _selves(speech, word), "pronoun", 0.9, "the speaker's own words",
                person=word in _FIRST_PERSON,
            )  # fmt: skip
            if known is None:
                mentions.append(mention)
            else:
                mentions[known] = mention  # «I offered to resign», said the adviser: no guess outweighs him
    return tuple(sorted(mentions, key=lambda m: (m.span.sentence, m.span.start, m.span.end)))


def _outer_speech(reading: Reading, sentence: int, offset: int) -> Speech | None:
    """Return the innermost direct speech at an offset; indirect speech never says «we» of its speaker."""
    s = reading.sentence(sentence)
    over = [
        p
        for p in reading.speech
        if p.field == s.field
        and p.start <= offset < p.end
        and p.kind == "direct"
        and (p.speaker or not p.via)
    ]
    return min(over, key=lambda p: p.end - p.start, default=None)


def _selves(speech: Speech, word: str) -> tuple[Actor, ...]:
    """«I» is the speaker, «we» his state or all he speaks for."""
    speaker = speech.speaker
    assert speaker is not None
    if word in _FIRST_PERSON:
        return (speaker,)
    own = replace(speaker, name=None, role=None)
    return (own, *(Actor(c) for c in speech.speaks_for if c != speaker.code))
