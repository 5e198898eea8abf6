"""Détente: reports in; a sourced, dated record of how states treat each other out.

>>> import detente
>>> coded = detente.read("Norway condemned Sweden on Monday.", published="2024-05-14")
>>> [event.type for event in coded.events]
['ACCUSE']
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from detente.archive import Archive
    from detente.coding.acts.given import GivenPair
    from detente.coding.who.answer import Answer
    from detente.knowledge.layers import Knowledge
    from detente.views.coded import CodedReport
    from detente.views.explain import Explanation

__all__ = ["Archive", "code_pair", "explain", "read", "who"]


def read(
    text: str,
    *,
    published: date | str | None = None,
    title: str | None = None,
    knowledge: Knowledge | str | Path | None = None,
) -> CodedReport:
    """Return the coded report with `.events`, `.positions`, `.figures`, `.statements`,
    each record with its quote; `.to_arrow()`, `.to_pandas()`, and marked text in a notebook.

    `published` is a date or an ISO date; relative dates («on Monday») are resolved against it and stay
    empty without it. Offsets are half-open code points into `text` (or `title`) as given.
    `knowledge` adds to our tables: a folder of yours (docs/extending.md), or what `Archive.knowledge` gives.
    Raises DateError on a date that is none, InputError on text that cannot be read, KnowledgeError on a
    folder with a bad file.
    """
    from detente.intake import make_report
    from detente.knowledge.extending import find_knowledge
    from detente.pipeline import code_report
    from detente.views.coded import CodedReport

    report = make_report(text, published=published, title=title)
    return CodedReport.of(code_report(report, knowledge=find_knowledge(knowledge).require_sound()))


def who(
    words: str, on: date | str | None = None, *, knowledge: Knowledge | str | Path | None = None
) -> Answer:
    """Return who is meant by a name, code or phrase on a day: `.best`, `.candidates`, `.says`, `.members`.

    >>> import detente
    >>> detente.who("Sergei Ryabkov", on="2017-07-04").best.role
    'Deputy Foreign Minister of Russia'

    Each candidate has code, name, office, first and last day, source, score and why it fits that day or not.
    `on` is a date or an ISO date; without it people count by their latest office. `knowledge` as for `read`.
    Raises DateError on a date that is none, InputError on words that are empty or a whole text.
    """
    from detente.coding.who.asking import find_who
    from detente.intake.days import parse_day
    from detente.knowledge.extending import find_knowledge
    from detente.knowledge.layers import using

    with using(find_knowledge(knowledge).require_sound()):
        return find_who(words, parse_day(on) if isinstance(on, str) else on)


def code_pair(sentence: str, source: str, target: str) -> GivenPair:
    """Return what the words `source` do to the words `target` in a sentence; every pair gets an answer.

    >>> import detente
    >>> detente.code_pair("Norway condemned the raid by Sweden.", "Norway", "Sweden").type
    'ACCUSE'

    The answer has `.type`, `.quad` (1 to 4), `.root`, `.confidence` and `.evidence`, which says what it rests
    on (docs/evaluate.md). Raises InputError where the words do not stand in the sentence.
    """
    from detente.pipeline import code_pair

    return code_pair(sentence, source, target)


def explain(
    text: str, *, published: date | str | None = None, knowledge: Knowledge | str | Path | None = None
) -> Explanation:
    """Return how a sentence or short text is read and coded; `print` it, or take `.to_json()`, `.to_html()`.

    >>> import detente
    >>> "condemn → ACCUSE/disapprove" in str(detente.explain("Norway condemned Sweden."))
    True

    `.sentences` hold every row of the lexicon that was tried and every decision, `.coded` the records.
    `published` and `knowledge` as for `read`, with the same errors.
    """
    from detente.intake import make_report
    from detente.knowledge.extending import find_knowledge
    from detente.pipeline import explain_report
    from detente.views.explain import Explanation

    report = make_report(text, published=published)
    return Explanation.of(explain_report(report, knowledge=find_knowledge(knowledge).require_sound()))


def __getattr__(name: str) -> Any:
    if name == "Archive":
        from detente.archive import Archive

        return Archive
    raise AttributeError(f"module 'detente' has no attribute «{name}»; it has {', '.join(__all__)}")
