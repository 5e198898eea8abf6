"""Who is meant: a name or phrase and a day in, everyone it may mean out, with dates, sources and why.

    >>> find_who("Sergei Ryabkov", date(2017, 7, 4)).best.role
    'Deputy Foreign Minister of Russia'

The tables are asked first, for everything one name may mean; phrases («the Russian deputy foreign minister»)
are read by what reads reports, `coding.who.actors`, and the answer always says what it makes of them. What
only a report could settle («the ministry», «both countries») is said to be nobody, or several.
"""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches

from detente.coding.who.answer import Answer, Fit, Member
from detente.coding.who.meanings import members_on, sourced
from detente.coding.who.question import Question
from detente.coding.who.verdict import judge, meant_by
from detente.errors import InputError
from detente.knowledge.gazetteer import gazetteer
from detente.knowledge.names import fold
from detente.knowledge.organisations import organisation
from detente.knowledge.roles import cue

MAX_WORDS = 300  # characters; more is a text, and texts are read
NEAR = 5  # nearest spellings told
_QUOTES = " \t\n\"“”«»'‘’.,;:!?"


def find_who(words: str, on: date | None = None) -> Answer:
    """Return everyone words may mean on a day, best first, and what a report of that day is coded with.

    Without a day people count by their latest office. Raises InputError on words that are empty or a text.
    """
    asked = _unquote(words)
    if not any(c.isalnum() for c in asked):
        raise InputError(
            f"«{words}» holds no word to look up; give a name or a phrase, as «Sergei Ryabkov»", stage="who"
        )
    if len(asked) > MAX_WORDS:
        raise InputError(
            f"{len(asked)} characters are a text and not a name; read it with `detente read`", stage="who"
        )
    question = Question(asked, on)
    if not question.found and not question.is_stranger:
        recased = Question(_cased(asked), on)
        question = recased if recased.found else question
    meant = meant_by(question.found, on)
    verdict, says = judge(question, meant)
    read_as = question.words if question.words != asked else ""
    sought = question.is_stranger or not (question.found or question.pieces)
    near = nearest(asked) if sought and verdict == "none" else ()
    members = _members(meant, on)
    return Answer(asked, on, verdict, says, question.found, meant, question.coded, read_as, near, members)


def _unquote(words: str) -> str:
    """Return words without the marks around them; «U.S.» keeps its last stop."""
    bare = " ".join(words.split()).strip(_QUOTES)
    return f"{bare}." if re.search(r"(?:\b\w\.)+\w$", bare) else bare


def _members(meant: tuple[Fit, ...], on: date | None) -> tuple[Member, ...]:
    """Return the members of the one body meant, with the source of each; () for anything else."""
    body = organisation(meant[0].name) if len(meant) == 1 and meant[0].kind == "body" else None
    return sourced(members_on(body, on), body) if body else ()


def _cased(words: str) -> str:
    """Return words in the spelling of the tables, whatever their case: «us officials» -> «US officials»."""
    known: dict[str, str] = {}
    for key in gazetteer().entries:
        known.setdefault(key.lower(), key)
    parts = fold(words).lower().split()
    out: list[str] = []
    i = 0
    while i < len(parts):
        end = next((k for k in range(len(parts), i, -1) if " ".join(parts[i:k]) in known), None)
        single_stop = end == i + 1 and len(parts) > 1 and parts[i] in cue("stop") - {"us"}
        if end is None or single_stop:
            out.append(parts[i])
            i += 1
        else:
            out.append(known[" ".join(parts[i:end])])
            i = end
    return re.sub(r" ' ?", "'", " ".join(out))


def nearest(words: str) -> tuple[str, ...]:
    """Return the names of the tables spelt most like words, nearest first: «Riabkov» -> «Ryabkov»."""
    key = fold(words)
    lowered = {k.lower(): k for k in gazetteer().entries if abs(len(k) - len(key)) <= 3}
    first, last = key[:1].lower(), key.lower().split()[-1]
    near = [k for k in lowered if k.startswith(first) or k.split()[-1] == last]
    return tuple(
        lowered[k].replace(" .", ".") for k in get_close_matches(key.lower(), near, n=NEAR, cutoff=0.72)
    )
