"""`detente explain`: how a sentence was read and coded, step by step, as text, JSON or a page.

The tree, who and when is meant, which words may name an act and which rows of the lexicon were tried there,
what was decided and by which rule, and the records that came out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby
from textwrap import wrap
from typing import Any

from detente.coding.acts.acts import Decision
from detente.coding.acts.candidates import Candidate, Trial
from detente.coding.acts.tracing import SentenceTrace, WordTrace, sentence_of
from detente.coding.reading import Mention, Reading, Time
from detente.language.analysis import Sentence
from detente.pipeline import Explained
from detente.views.wording import say_actors, say_days, say_parties, say_speaker, say_status, say_type

Row = dict[str, Any]

WIDTH = 100
SHOWN_NEAR = 4  # rows that nearly fitted, shown at one word
# Universal Dependencies in plain words, after universaldependencies.org/u/dep.
RELATIONS = {
    "root": "the word the sentence hangs on", "nsubj": "who or what does it",
    "nsubj:pass": "to whom it is done", "obj": "what it is done to", "iobj": "to whom",
    "obl": "circumstance", "obl:agent": "by whom",
    "obl:unmarked": "when or how much", "obl:tmod": "when", "advmod": "how or when",
    "advcl": "clause: how, when, why", "ccomp": "clause: what is said", "xcomp": "what is to be done",
    "csubj": "clause that does it", "acl": "clause on the noun", "acl:relcl": "clause with who or which",
    "nmod": "of what kind, whose", "nmod:poss": "whose", "amod": "of what kind", "nummod": "how many",
    "compound": "part of the name or term", "compound:prt": "part of the verb", "flat": "part of the name",
    "appos": "the same, said again", "det": "article", "case": "preposition", "mark": "joining word",
    "cc": "and, or, but", "conj": "joined by it", "aux": "helping verb", "aux:pass": "helping verb (passive)",
    "cop": "is, was", "parataxis": "set beside it", "expl": "empty subject", "fixed": "part of the phrase",
    "discourse": "aside", "vocative": "who is spoken to", "dislocated": "set apart", "orphan": "left over",
    "list": "item of a list",
}  # fmt: skip
LACKS = {
    "words": "its other words are not there",
    "complement": "no clause follows that says what is to be done",
    "object": "what it is done to is none of its objects",
}
TURNS = "read anew"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an explanation: how far it is set in, its head, and what is said of it."""

    depth: int
    head: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A step of the way, with its lines."""

    title: str
    lines: tuple[Line, ...]
    is_tree: bool = False


def sections_of(explained: Explained) -> list[tuple[str, list[Section]]]:
    """Return each sentence with its steps; sentences in which nothing is found have their tree alone."""
    out = []
    for trace in explained.sentences:
        sentence = explained.reading.sentence(trace.index)
        steps = [
            Section("How the words hang together", tuple(_tree(sentence)), is_tree=True),
            Section("Who is meant", tuple(_mentions(explained.reading, trace.index))),
            Section("When", tuple(_times(explained.reading, trace.index))),
            Section("Who speaks", tuple(_speech(explained.reading, trace.index))),
            Section("Which words may name an act", tuple(_words(trace))),
            Section("What was decided", tuple(_decisions(trace))),
            Section("Records", tuple(_records(explained, sentence))),
        ]
        out.append((" ".join(sentence.text.split()), [step for step in steps if step.lines]))
    return out


def _tree(sentence: Sentence) -> Iterator[Line]:
    """Yield the words from the root down, each with its part in plain words; marks are left out."""
    kids: dict[int, list[int]] = {}
    for i, token in enumerate(sentence.tokens):
        kids.setdefault(token.head, []).append(i)
    stack = [(i, 0) for i in reversed(kids.get(-1, []))]
    seen: set[int] = set()
    while stack:
        i, depth = stack.pop()
        if i in seen:
            continue
        seen.add(i)
        token = sentence.tokens[i]
        if token.deprel != "punct":
            told = RELATIONS.get(token.deprel, RELATIONS.get(token.deprel.split(":")[0], ""))
            yield Line(
                min(depth, 12), token.text, f"{told} ({token.deprel})" if told else f"({token.deprel})"
            )
        stack += [(k, depth + 1) for k in reversed(kids.get(i, []))]


def _mentions(reading: Reading, index: int) -> Iterator[Line]:
    for mention in reading.mentions_in(index):
        who = "; ".join(_say_actor(mention, n) for n in range(len(mention.actors)))
        place = ", may be a mere place here" if mention.place else ""
        why = f"; {mention.why}" if mention.why else ""
        yield Line(0, f"«{_words_of(reading, mention)}»", f"{who}; by {mention.how}{place}{why}")


def _say_actor(mention: Mention, n: int) -> str:
    actor = mention.actors[n]
    parts = [actor.code or "nobody we can place", actor.name, actor.role, actor.org]
    sector = f"sector {actor.sector}" if actor.sector else None
    return ", ".join(part for part in (*parts, sector) if part)


def _words_of(reading: Reading, found: Mention | Time) -> str:
    return " ".join(reading.analysis.words(found.span).split())


def _times(reading: Reading, index: int) -> Iterator[Line]:
    for time in reading.times_in(index):
        days = f"{time.start or '…'} to {time.end or '…'}" if time.start != time.end else str(time.start)
        known = "no day can be told: give the day of the report with --published"
        told = f"{days}, exact to the {time.precision}" if time.start or time.end else known
        yield Line(0, f"«{_words_of(reading, time)}»", f"{told} ({time.kind})")


def _speech(reading: Reading, index: int) -> Iterator[Line]:
    for speech in reading.speech:
        if speech.sentence != index:
            continue
        words = " ".join(reading.report.words(speech.field, speech.start, speech.end).split())
        speaker = speech.speaker
        who = (
            ", ".join(part for part in (speaker.code, speaker.name, speaker.role) if part) if speaker else ""
        )
        cue = f"«{speech.cue}»" if speech.cue else "no word of saying"
        yield Line(0, f"«{words}»", f"said by {who or 'somebody unnamed'} ({speech.kind}; {cue})")


def _words(trace: SentenceTrace) -> Iterator[Line]:
    tokens = trace.decided.tree.sentence.tokens
    for word in trace.words:
        yield Line(0, tokens[word.token].text, _say_chosen(word))
        yield from (Line(1, t.trigger.name, _say_lack(t)) for t in _nearly(word))


def _say_chosen(word: WordTrace) -> str:
    trial = word.chosen
    if trial is None:
        return f"none of {len(word.trials)} rows of the lexicon fits"
    if trial.trigger.type == "NONE":
        return f"the row «{' '.join(trial.trigger.words)}» says: no act, as in «{trial.trigger.example}»"
    return f"fits {trial.trigger.name}, as in «{trial.trigger.example}»"


def _nearly(word: WordTrace) -> list[Trial]:
    """Return rows more specific than the chosen one that lack one thing only, the nearest first."""
    before = [t for t in word.trials if t.lack is not None and t.trigger.type != "NONE"]
    if word.chosen is not None:
        before = [t for t in before if t.trigger.weight >= word.chosen.trigger.weight]
    order = {"complement": 0, "object": 1, "words": 2}
    kinds = sorted(before, key=lambda t: (order[str(t.lack)], len(t.trigger.words)))
    one_each = {(t.trigger.name, t.lack): t for t in reversed(kinds)}
    return [t for t in kinds if one_each.get((t.trigger.name, t.lack)) is t][:SHOWN_NEAR]


def _say_lack(trial: Trial) -> str:
    trigger = trial.trigger
    told = LACKS[str(trial.lack)]
    if trial.lack == "words":
        head = trigger.words[trigger.head]
        told = f"«{' '.join(word for word in trigger.words if word != head)}» is not with it"
    if trial.lack == "object":
        some = sorted(trigger.object)[:4]
        told += f" ({', '.join(some)}{', …' if len(trigger.object) > 4 else ''})"
    return f"does not fit: {told}"


def _decisions(trace: SentenceTrace) -> Iterator[Line]:
    tokens = trace.decided.tree.sentence.tokens
    if trace.decided.is_passed_over:
        yield Line(0, "the whole line", "a heading that repeats the body is not coded")
    for decision in trace.decided.decisions:
        candidate = decision.found.candidate
        yield Line(0, tokens[candidate.token].text, _say_outcome(decision))
        yield from _reasons(decision)
    for held in trace.held:
        words = tokens[held.candidate.token].text
        holder = f"«{tokens[held.holder.token].text}»" if held.holder else "another act"
        yield Line(
            0,
            words,
            f"no act of its own: it stands inside {holder}, {_say_hold(held.candidate, held.holder)}",
        )


def _say_outcome(decision: Decision) -> str:
    if decision.event is None:
        reason = decision.objection.reason if decision.objection else "nothing came of it"
        return f"no act: {reason}"
    row = decision.event.to_json()
    return f"{say_type(row)} · {say_parties(row)} · {say_status(row)}"


def _reasons(decision: Decision) -> Iterator[Line]:
    parties, verdict = decision.found.parties, decision.found.verdict
    who = say_actors([_plain(a) for m in parties.sources for a in m.actors]) or "nobody found"
    whom = say_actors([_plain(a) for m in parties.recipients for a in m.actors])
    joint = " together" if parties.joint else ""
    proposal = decision.seen.proposal
    if proposal:
        alone = "" if decision.seen.known else "; no row of the lexicon fits"
        yield Line(1, "network", f"{proposal.weight:.0%} sure of an act, likeliest {proposal.type}{alone}")
    yield Line(1, "parties", f"{who}{joint}" + (f" → {whom}" if whom else ""))
    detail = f" ({verdict.detail})" if verdict.detail else ""
    yield Line(
        1,
        "status",
        f"{verdict.status or 'not done'}{detail}, told by «{verdict.words}»; tense {verdict.tense}",
    )
    if decision.event and decision.event.status == "claimed" != verdict.status:
        yield Line(1, TURNS, "claimed: only a party to the act says that it was done")
    for turn in decision.turns:
        yield Line(1, TURNS, f"{turn}: {sentence_of(turn)}")
    if decision.objection:
        yield Line(
            1, "rule", f"{decision.objection.rule}: {sentence_of(decision.objection.rule)}".rstrip(": ")
        )


def _say_hold(candidate: Candidate, holder: Candidate | None) -> str:
    if holder is None:
        return "which is more specific"
    if holder.object == candidate.token:
        return "as what that is done to"
    if holder.frame.light == candidate.token:
        return "which borrows its subject"
    return "as what is asked, promised, refused or named there"


def _records(explained: Explained, sentence: Sentence) -> Iterator[Line]:
    for record in explained.coded.records:
        e = record.evidence
        if e.field != sentence.field or not sentence.start <= e.start < sentence.end:
            continue
        row = record.to_json()
        yield Line(0, record.kind, _say_record(row))
        if record.kind == "event":
            yield Line(1, "says", say_speaker(row["attribution"]))
            yield Line(
                1, "when", f"{say_days(row)}" + (f", by «{row['date_basis']}»" if row["date_basis"] else "")
            )
            yield Line(1, "confidence", f"{record.confidence:.2f}")
        for reason in record.why:
            yield Line(1, "why", f"{reason.rule}: «{reason.words}»")


def _say_record(row: Row) -> str:
    kind = row["record"]
    if kind == "event":
        contexts = f" · {', '.join(row['contexts'])}" if row["contexts"] else ""
        told = (say_type(row), f"CAMEO {row['cameo']}", say_parties(row), say_status(row))
        return " · ".join(told) + contexts
    if kind == "statement":
        about = say_actors(row["about"])
        return f"{say_speaker(row['attribution'])}" + (f", on {about}" if about else "")
    return f"{say_parties(row)} · {say_type(row)}"


def _plain(actor: Any) -> Row:
    return {name: getattr(actor, name) for name in ("code", "name", "role", "sector", "org")}


class Explanation(Explained):
    """What `detente.explain` returns: records, reading and decisions, and all as text, JSON or HTML."""

    __slots__ = ()

    @classmethod
    def of(cls, explained: Explained) -> Explanation:
        """Return the same explanation, ready to be shown."""
        return cls(explained.coded, explained.reading, explained.sentences)

    def to_text(self, *, width: int = WIDTH) -> str:
        """Return it as text of at most `width` columns."""
        return to_text(self, width=width)

    def to_json(self) -> Row:
        """Return it as plain values."""
        return to_json(self)

    def to_html(self) -> str:
        """Return it as one self-contained page."""
        return to_html(self)

    def __str__(self) -> str:
        return to_text(self)

    def _repr_html_(self) -> str:
        return "".join(_body(self))


def to_text(explained: Explained, *, width: int = WIDTH) -> str:
    """Return the explanation as text of at most `width` columns, for people."""
    out: list[str] = []
    for words, steps in sections_of(explained):
        out += [*wrap(f"«{words}»", width), ""]
        for number, step in enumerate(steps, start=1):
            out.append(f"{number}. {step.title}")
            out += _set_lines(step, width)
            out.append("")
    if not explained.coded.records:
        out.append("No record came of it.")
    return "\n".join(out).rstrip() + "\n"


def _set_lines(step: Section, width: int) -> Iterator[str]:
    """Yield lines set in by depth; where heads are short, what is said of them stands in one column."""
    column = min(
        34, width // 2, max((3 + 2 * line.depth + len(line.head) for line in step.lines), default=0) + 2
    )
    for line in step.lines:
        head = " " * (3 + 2 * line.depth) + line.head
        indent = column if len(head) < column else 5 + 2 * line.depth
        pieces = wrap(line.told, max(12, width - indent)) or [""]
        if len(head) < column:
            yield f"{head.ljust(column)}{pieces[0]}".rstrip()
            pieces = pieces[1:]
        else:
            yield from wrap(line.head, width - 3 - 2 * line.depth, initial_indent=" " * (3 + 2 * line.depth),
                            subsequent_indent=" " * (5 + 2 * line.depth))  # fmt: skip
        yield from (f"{' ' * indent}{piece}" for piece in pieces if piece)


def to_json(explained: Explained) -> Row:
    """Return the explanation as plain values: sentences with all that was found and tried; records."""
    reading = explained.reading
    return {
        "report": explained.coded.report.id,
        "sentences": [_sentence_json(reading, trace) for trace in explained.sentences],
        "records": explained.coded.to_json(),
    }


def _sentence_json(reading: Reading, trace: SentenceTrace) -> Row:
    sentence = reading.sentence(trace.index)
    tokens = sentence.tokens
    return {
        "field": sentence.field, "start": sentence.start, "end": sentence.end, "text": sentence.text,
        "tokens": [
            {"start": t.start, "end": t.end, "text": t.text, "lemma": t.lemma, "upos": t.upos, "head": t.head,
             "deprel": t.deprel}
            for t in tokens
        ],
        "mentions": [
            {"words": _words_of(reading, m), "how": m.how, "why": m.why, "place": m.place,
             "actors": [_plain(a) for a in m.actors]}
            for m in reading.mentions_in(trace.index)
        ],
        "times": [
            {"words": _words_of(reading, t), "start": t.start and t.start.isoformat(),
             "end": t.end and t.end.isoformat(), "precision": t.precision, "kind": t.kind}
            for t in reading.times_in(trace.index)
        ],
        "words": [
            {"token": word.token, "text": tokens[word.token].text,
             "trials": [
                 {"row": t.trigger.name, "example": t.trigger.example, "fits": t.lack is None, "lack": t.lack}
                 for t in word.trials
             ]}
            for word in trace.words
        ],
        "decisions": [_decision_json(tokens, decision) for decision in trace.decided.decisions],
        "held": [
            {"token": h.candidate.token, "text": tokens[h.candidate.token].text,
             "row": h.candidate.trigger.name, "by": h.holder and h.holder.token}
            for h in trace.held
        ],
    }  # fmt: skip


def _decision_json(tokens: Sequence[Any], decision: Decision) -> Row:
    found = decision.found
    return {
        "token": found.candidate.token,
        "text": tokens[found.candidate.token].text,
        "row": decision.seen.trigger.name,
        "example": decision.seen.trigger.example,
        "network": decision.seen.proposal
        and {"type": decision.seen.proposal.type, "weight": decision.seen.proposal.weight},
        "sources": [_plain(a) for m in found.parties.sources for a in m.actors],
        "recipients": [_plain(a) for m in found.parties.recipients for a in m.actors],
        "joint": found.parties.joint,
        "status": found.verdict.status,
        "status_detail": found.verdict.detail,
        "status_words": found.verdict.words,
        "tense": found.verdict.tense,
        "turns": [{"step": turn, "for": sentence_of(turn)} for turn in decision.turns],
        "rejected_by": decision.objection
        and {
            "rule": decision.objection.rule,
            "reason": decision.objection.reason,
            "for": sentence_of(decision.objection.rule),
        },
        "record": decision.event and decision.event.id,
    }


STYLE = (
    ":root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:56em;margin:2em auto;padding:0 1em}"
    "*{overflow-wrap:anywhere}"
    "blockquote{font-size:1.15em;margin:1.5em 0 1em;border-left:3px solid;padding-left:.8em}"
    "h2{font-size:1em;margin:1.4em 0 .3em}ul{list-style:none;margin:0;padding:0 0 0 1.2em}"
    "li{margin:.1em 0}li>b{font-weight:600}.told{opacity:.8}"
)


def to_html(explained: Explained) -> str:
    """Return the explanation as one page that asks nothing of any network; all text is escaped."""
    head = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>How it was coded</title><style>{STYLE}</style></head><body>"
    )
    return head + "".join(_body(explained)) + "</body></html>\n"


def _body(explained: Explained) -> Iterator[str]:
    for words, steps in sections_of(explained):
        yield f"<blockquote>{escape(words)}</blockquote>"
        for number, step in enumerate(steps, start=1):
            yield f"<h2>{number}. {escape(step.title)}</h2>{_list(step.lines)}"


def _list(lines: Sequence[Line]) -> str:
    """Return lines as nested lists."""
    out: list[str] = []
    depth = -1
    for level, group in groupby(lines, key=lambda line: line.depth):
        while depth < level:
            out.append("<ul>")
            depth += 1
        while depth > level:
            out.append("</ul>")
            depth -= 1
        out += [
            f"<li><b>{escape(line.head)}</b> <span class=told>{escape(line.told)}</span></li>"
            for line in group
        ]
    return "".join(out) + "</ul>" * (depth + 1)
