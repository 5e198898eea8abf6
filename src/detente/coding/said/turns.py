"""Transcripts: from «MR. LEE: …» and «Q …» at the head of a line to whose turn each sentence is.

A text counts as a transcript when at least two turns open in it. A question is put by an unnamed reporter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from detente.coding.reading import Reading, Speech, unresolved
from detente.knowledge.people import who
from detente.language.analysis import Span
from detente.records import Actor

MANNER = "turn"
_ENOUGH = 2
_LABEL = re.compile(
    r"^[ \t]*(?:(?P<asks>Q|QUESTION|REPORTER|PRESS)(?:[:.]|(?=[ \t\u00a0]+[A-Z“\"‘]))"
    r"|(?P<who>[A-Z][A-Z.’'-]*(?:[ \u00a0][A-Z][A-Z.’'-]*){0,5}):)[ \t\u00a0]+",
    re.MULTILINE,
)
_TITLES = re.compile(
    r"^(?:THE|MR|MS|MRS|MISS|DR|SEN|REP|GEN|ADM|AMB|LT|COL|SECRETARY|AMBASSADOR|PRESIDENT|MINISTER|GENERAL"
    r"|PRIME|FOREIGN|ADMIRAL|CHANCELLOR|CHAIRMAN|VICE|PREMIER|SENATOR|DIRECTOR|KING|QUEEN)\.?\s+"
)
_HIGH = re.compile(
    r"^(?:PRESIDENT|PRIME|FOREIGN|CHANCELLOR|PREMIER|KING|QUEEN|AMBASSADOR|MINISTER|SECRETARY)\b"
)
_OFFICES = frozenset(
    {"SECRETARY", "PRESIDENT", "MINISTER", "AMBASSADOR", "SPOKESMAN", "SPOKESWOMAN", "MR", "MS", "DR"}
)
_ANSWER = frozenset({"A", "ANSWER"})
_REPORTER = Actor(None, None, "reporter", "JRN")


def find_turns(reading: Reading, author: Actor | None) -> Iterator[Speech]:
    """Yield one stretch per sentence of a transcript, spoken by whoever's turn it is.

    `author` is the state or body that published it («White House»): its own people speak for it.
    """
    text = reading.report.text
    labels = list(_LABEL.finditer(text))
    if len(labels) < _ENOUGH:
        return
    ends = [label.start() for label in labels[1:]] + [len(text)]
    sentences = [(i, s) for i, s in enumerate(reading.analysis.sentences) if s.field == "text"]
    at = 0
    for label, end in zip(labels, ends, strict=True):
        while at < len(sentences) and sentences[at][1].end <= label.end():
            at += 1
        if label["asks"]:
            speaker = _REPORTER
        elif label["who"] in _ANSWER:
            speaker = _answerer(reading, labels[0].start(), author)
        else:
            speaker = _speaker(reading, label["who"], author)
        codes = (speaker.code,) if speaker.code else ()
        for k in range(at, len(sentences)):
            index, sentence = sentences[k]
            if sentence.start >= end:
                break
            start, stop = max(label.end(), sentence.start), min(end, sentence.end)
            if text[start:stop].strip():
                yield Speech(
                    index, "text", start, stop, speaker, "direct", "", speaks_for=codes, manner=MANNER
                )  # fmt: skip


def _answerer(reading: Reading, offset: int, author: Actor | None) -> Actor:
    """Return who answers after «A:»: the last person with a state named before the turns."""
    before = [
        m
        for m in reading.mentions
        if m.person and m.actors and m.actors[0].code and _start(reading, m.span) < offset
    ]
    return before[-1].actors[0] if before else author or Actor(None, None, "spokesperson", None)


def _start(reading: Reading, span: Span) -> int:
    sentence = reading.sentence(span.sentence)
    return sentence.tokens[span.start].start if sentence.field == "text" else -1


def _speaker(reading: Reading, label: str, author: Actor | None) -> Actor:
    """Return who a label names: a holder of office, one of the publisher's own, or somebody unplaced.

    «MR. CARNEY» at the White House is no prime minister elsewhere; «PRIME MINISTER CARNEY» is.
    """
    bare = label
    while _TITLES.match(bare):
        bare = _TITLES.sub("", bare, count=1)
    name = _in_full(reading, " ".join(word.capitalize() for word in bare.split()))
    found = who(name, reading.report.published) if len(bare) > 1 and bare != "PRESIDENT" else ()
    if author and author.code and not _HIGH.match(label):
        found = tuple(c for c in found if c.code == author.code)
    own = [c for c in found if author and c.code == author.code]
    best = next(iter(own or (found if len({c.code for c in found}) == 1 else ())), None)
    if best:
        return Actor(best.code, best.name, None, "GOV")
    if author and author.code:
        return Actor(author.code, None if bare == "PRESIDENT" else name, None, "GOV")
    return unresolved(name)


def _in_full(reading: Reading, surname: str) -> str:
    """Return the name a title gives in full: «Briefing by Press Secretary Ane Lind» makes LIND Ane Lind."""
    title = reading.report.title or ""
    full = re.search(rf"\b([A-Z]\w+) {re.escape(surname)}\b", title) if " " not in surname else None
    if full is None or full[1].upper() in _OFFICES:
        return surname
    return full[0]
