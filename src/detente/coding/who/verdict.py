"""The verdict on a question: who of all that fit is meant (one, several, nobody), and the sentence for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from detente.coding.who.answer import Fit, Verdict
from detente.coding.who.meanings import members_on
from detente.coding.who.question import CLEAR, Question
from detente.coding.who.scan import Piece
from detente.knowledge.organisations import organisation
from detente.knowledge.roles import role
from detente.knowledge.states import adjective_of, full_name, states


def meant_by(found: tuple[Fit, ...], on: date | None) -> tuple[Fit, ...]:
    """Return the best that fits, and whoever leaves open that it is the one; () where nobody fits."""
    fits = [f for f in found if f.fits]
    return tuple(f for k, f in enumerate(fits) if k == 0 or _rivals(f, fits[0], on))


def judge(question: Question, meant: tuple[Fit, ...]) -> tuple[Verdict, str]:
    """Return whether one, several or nobody is meant, and the sentence that says so."""
    day = f" on {question.on}" if question.on else ""
    words = f"«{question.words}»"
    if not meant:
        return "none", _say_nobody(question, day)
    if len(meant) == 1:
        verb = "means" if question.members else "is"
        return "one", f"{words}{day} {verb} {_say_members(question, meant[0])}{_say_holders(question.found)}."
    if len(question.reading.mentions) > 1 or any("one of «" in f.why for f in meant):
        return "several", f"{words} names {len(meant)} actors: {_say_list(meant, 'and')}."
    codes = {a.code for a in question.coded}
    alone = f"; a report that says no more is coded {codes.pop()}" if len(codes) == 1 else ""
    return "several", f"{words}{day} may be {_say_list(meant, 'or')}: the words do not say which{alone}."


def _rivals(fit: Fit, best: Fit, on: date | None) -> bool:
    """Whether a fit leaves open who is meant: near the best, another actor, and no less in office."""
    if fit.score <= best.score - CLEAR or (fit.code == best.code and best.kind == "role"):
        return False
    if fit.kind == best.kind == "place" and fit.code == best.code:
        return False
    left = bool(on and fit.kind == "person" and fit.last and fit.last < on)
    serves = bool(on and best.kind == "person" and (best.last is None or best.last >= on))
    return not (left and serves)


def say_fit(fit: Fit) -> str:
    """Return a fit in short: «Sergei Ryabkov (RUS), Deputy Foreign Minister of Russia»."""
    code = fit.code or ""
    owner = full_name(code) if code in states() else fit.org or full_name(code)
    whose = f"{owner} ({code})" if code else "nobody"
    match fit.kind:
        case "state":
            return f"{full_name_of(fit)} ({code})"
        case "capital":
            return f"{whose}, by its capital or seat"
        case "seat":
            return f"{whose}, by its {_SECTOR_WORDS.get(fit.sector or '', 'body')} «{fit.name}»"
        case "role":
            return f"{whose}: {fit.role or fit.name} ({fit.sector})"
        case "outlet":
            return f"{fit.name}, an outlet of {whose}, {fit.note}"
        case "place":
            return f"{fit.name}, a place counted with {whose if code else 'no one state'}"
        case "body" if code in states() or code == "NGO" != fit.sector:
            return f"{fit.name} ({code} {fit.sector})"
        case "body":
            return f"{full_name_of(fit)} ({code})"
        case _:
            return f"{fit.name} ({code})" + (f", {fit.role}" if fit.role else "")


_SECTOR_WORDS = {"GOV": "seat", "MIL": "military", "LEG": "parliament", "SPY": "service", "PTY": "party"}


def full_name_of(fit: Fit) -> str:
    """Return the name of a state or body with its article where it takes one; a territory's own name."""
    full = full_name(fit.code or "")
    return full if full.removeprefix("the ") == fit.name else fit.name


def _say_members(question: Question, fit: Fit) -> str:
    if question.members and fit.kind == "body":
        body = organisation(fit.name)
        count = len(members_on(body, question.on)) if body else 0
        return f"the {count} members of {say_fit(fit)}" if count else f"the members of {say_fit(fit)}"
    return say_fit(fit)


def _say_holders(found: tuple[Fit, ...]) -> str:
    """Return who may play a part that names nobody: «; in our tables Anna Berg or Luis Sala»."""
    if found[0].kind != "role":
        return ""
    names = list(dict.fromkeys(f.name for f in found[1:] if f.fits and f.kind == "person"))
    return f"; in our tables {' or '.join(names[:4])}" if names else ""


def _say_list(fits: Iterable[Fit], link: str) -> str:
    said = list(dict.fromkeys(say_fit(f) for f in fits))
    shown = said[:6] + ([f"{len(said) - 6} more"] if len(said) > 6 else [])
    return f" {link} ".join(filter(None, ("; ".join(shown[:-1]), shown[-1])))


def _say_nobody(question: Question, day: str) -> str:
    words, found = question.words, question.found
    if found and found[0].kind == "trap":
        return f"«{words}» is no actor: {found[0].why}."
    if found and question.is_stranger:
        part = _say_list([replace(f, role=None) for f in found[:3]], "and")
        return f"Nobody we know is called «{words}»; part of the name is that of {part}."
    if found and question.members:
        return f"No body fits «{words}»{day}: {'; '.join(f'{f.name}: {f.why}' for f in found[:3])}."
    if found:
        return f"Nobody fits «{words}»{day}: {'; '.join(f'{f.name} {_last_reason(f)}' for f in found[:3])}."
    if role(words):
        return f"«{words}» means nobody by itself: many have one, and its report says whose."
    pointing = next((p for p in question.pieces if p.ref in _POINTING), None)
    if pointing is not None:
        return f"«{words}» means nobody by itself: {_POINTING[pointing.ref]}{_example(pointing)}."
    return f"Nobody we know is called «{words}»."


def _last_reason(fit: Fit) -> str:
    return fit.why.split("; ")[-1].removeprefix("it ")


# Why words that point back into a report are nobody's by themselves, by how they point.
_POINTING = {
    "bare": "many have one, and its report says whose",
    "counterpart": "it is the colleague of whoever the report named before",
    "nickname": "it is whatever body the report named last",
    "group": "it is those the report named just before",
    "country": "it is the state the report is about",
    "pronoun": "it is whoever the report named before",
}


def _example(piece: Piece) -> str:
    """Return how to ask so that somebody is meant: «the ministry» becomes «the Norwegian ministry»."""
    if piece.ref != "bare" or not piece.role_words:
        return ""
    return f"; ask for one, as «the {adjective_of('NOR')} {piece.role_words.lower()}»"
