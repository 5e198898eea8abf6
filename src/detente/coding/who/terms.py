"""People and offices: a name or an office in, whoever held it out, each with why he fits the day or not.

Two Bushes were president: on 5 May 2005 the son fits, and the father is told with the day he left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from detente.coding.who.answer import Fit, Term
from detente.coding.who.memory import OFFICES
from detente.knowledge.gazetteer import common_surnames
from detente.knowledge.names import fold
from detente.knowledge.people import HEADS, Candidate, holder, namesakes, people, surnames

FULL_NAME = 0.25  # from this score a report takes a full name for the statesman, as `coding.who.actors` does
SURNAME = 0.45  # … and a surname
_LOOSE = frozenset(
    {"envoy", "official", "aide", "spokes", "vice", "military", "party"}
)  # kinds of many parts
HANDOVER = 60  # days for which a president may still be prime minister in some source
MAX_TITLED = 6  # holders of a bare title who are told
MAX_NEIGHBOURS = 2  # latest holders told where no day is given


def people_named(words: str, on: date | None) -> list[Fit]:
    """Return the people a name may mean, each once with all his offices: the one held that day leads."""
    found = [*namesakes(words, on), *_with_first_name(words, on)]
    return [_person(words, _all_terms(terms, on), on) for terms in _by_person(found)]


def _all_terms(terms: list[Candidate], on: date | None) -> list[Candidate]:
    """Return a person's terms with those that only the full name finds: «Biden» in 2010 is vice president."""
    main, listed = terms[0], set(map(_place, terms))
    whole = [t for t in namesakes(main.name, on) if t.code == main.code and _spellings(t) & _spellings(main)]
    share = min(
        1.0, main.score / next((t.score for t in whole if _place(t) == _place(main)), main.score or 1.0)
    )
    more = [replace(t, score=t.score * share) for t in whole if _place(t) not in listed]
    return sorted([*terms, *more], key=lambda t: -t.score)


def _place(term: Candidate) -> tuple[str, date | None, str]:
    return term.kind, term.first, term.source


def _with_first_name(words: str, on: date | None) -> list[Candidate]:
    """Return people of the same first name and surname who have more names: «George Bush» in 2005 has a W."""
    key = fold(words).split()
    if len(key) != 2:
        return []
    return [c for c in namesakes(key[1], on) if len(n := fold(c.name).split()) > 2 and n[0] == key[0]]


def _by_person(terms: Iterable[Candidate]) -> list[list[Candidate]]:
    """Return terms of office sorted by person: one state, and a spelling of the name in common.

    A source that knows a surname alone («Gorbachev») tells of whoever bears it in the same term.
    """
    groups: list[list[Candidate]] = []
    for term in terms:
        home = next((g for g in groups if any(_is_he(term, other) for other in g)), None)
        if home is None:
            groups.append([term])
        else:
            home.append(term)
    return groups


def _is_he(one: Candidate, other: Candidate) -> bool:
    if one.code != other.code:
        return False
    if _spellings(one) & _spellings(other):
        return True
    short, full = sorted((one, other), key=lambda t: t.name.count(" "))
    return " " not in short.name and short.name in surnames(full.name, full.code) and _same_term(one, other)


def _by_full_name(terms: list[Candidate]) -> Candidate:
    """Return the term that fits best, under the person's full name where one source has it."""
    main = terms[0]
    fuller = (t for t in terms if " " not in main.name and " " in t.name and _same_term(t, main))
    return replace(next(fuller, main), score=main.score)


def _spellings(term: Candidate) -> set[str]:
    return {fold(n).lower() for n in (term.name, *term.aliases) if " " in n} or {fold(term.name).lower()}


def _person(words: str, terms: list[Candidate], on: date | None) -> Fit:
    main = _by_full_name(terms)
    key = fold(words)
    is_full = any(fold(n) == key for t in terms for n in (t.name, *t.aliases))
    enough = FULL_NAME if is_full else SURNAME
    fits = on is None or (main.score >= enough and not _unborn(main, on))
    said = "full name" if is_full else "first name and surname" if " " in key else "surname"
    why_common = common_surnames().get(words) if not is_full else None
    note = (
        f"a report takes a bare «{words}» for a person only where a title, the state or a fuller name "
        f"says so ({why_common.replace('words', 'word').replace('names', 'name')})"
        if why_common
        else ""
    )
    return Fit(
        "person", main.code, main.name, round(main.score, 2), fits, f"{said}; {_tenure(main, on)}",
        main.sector, _role_on(main, on), main.org, main.first, main.last, _source(main), main.checked, note,
        _others(main, terms), terms=tuple(_term(t) for t in _once(terms)),
    )  # fmt: skip


def _unborn(term: Candidate, on: date | None) -> bool:
    """Whether a day lies so long before an office that the name must be somebody else's."""
    return bool(on and term.first and (term.first - on).days > 40 * 365)


def _others(main: Candidate, terms: list[Candidate]) -> tuple[str, ...]:
    """Return the other spellings of a person's name, none that folds to one already there."""
    seen, names = {fold(main.name).lower()}, []
    for name in (n for t in terms for n in (t.name, *t.aliases)):
        if fold(name).lower() not in seen:
            seen.add(fold(name).lower())
            names.append(name)
    return tuple(names)


def _role_on(term: Candidate, on: date | None) -> str:
    """Return the office as a record of the day prints it: «former President of the United States»."""
    left = bool(on and term.last and term.last < on)
    return f"former {term.role}" if left else term.role


def _once(terms: list[Candidate]) -> list[Candidate]:
    """Return a person's terms, latest first, each office once: sources that overlap tell the same term."""
    kept: list[Candidate] = []
    for term in sorted(terms, key=lambda t: not t.notable):
        if not any(_same_term(term, other) for other in kept):
            kept.append(term)
    return sorted(kept, key=lambda t: t.first or date.min, reverse=True)


def _same_term(one: Candidate, other: Candidate) -> bool:
    """Whether two rows tell one term: the same office at the same time, or two names for who rules."""
    shared = min(one.last or date.max, other.last or date.max) - max(
        one.first or date.min, other.first or date.min
    )
    if one.kind == other.kind:
        return shared.days >= 0
    return one.kind in HEADS and other.kind in HEADS and shared.days > HANDOVER


def _term(term: Candidate) -> Term:
    return Term(term.name, term.role, term.first, term.last, _source(term), term.checked)


def _source(term: Candidate) -> str:
    """Return who says so; a row without a check is the user's, who is asked for no source."""
    return term.source if term.checked or term.source != "general knowledge" else "your own people.csv"


def _seen(term: Candidate) -> str:
    return f"when last checked ({term.checked})" if term.checked else "by your own table"


def _tenure(term: Candidate, on: date | None) -> str:
    """Return how an office lies to a day: «in office that day», «left office on 2009-01-20, 8 years …»."""
    if on is None:
        if term.last:
            return f"held office until {term.last}"
        return f"in office {_seen(term)}"
    if term.first and on < term.first:
        return f"took office on {term.first}, {_years((term.first - on).days)} after that day"
    if term.last and term.last < on:
        return f"left office on {term.last}, {_years((on - term.last).days)} before that day"
    if term.is_stale(on):
        return f"in office {_seen(term)}, long before that day: may have left since"
    return "in office that day"


def _years(days: int) -> str:
    if days < 60:
        return f"{days} day{'s' if days != 1 else ''}"
    if days < 700:
        return f"{round(days / 30.4)} months"
    return f"{round(days / 365.25)} years"


@dataclass(frozen=True, slots=True)
class Office:
    """An office asked for: whose, which (`office` of roles.csv), in which words, of which body, where to."""

    code: str
    office: str
    part: str
    org: str | None = None
    reach: str | None = None


def holders(asked: Office, on: date | None) -> Iterator[Fit]:
    """Yield who held an office of a state on a day, then who held it just before and after, who do not fit.

    «The Chinese president» on 1 June 2005: Hu Jintao; Jiang Zemin left in 2003, Xi Jinping came in 2013.
    Without a day the latest known holder comes first.
    """
    chosen = None if asked.org else _chosen(asked, on)
    kinds = frozenset(OFFICES.get(asked.office, (asked.office,))) | ({chosen.kind} if chosen else set())
    listed = _once_each(
        [t for t in people() if t.code == asked.code and t.kind in kinds and _plays(t, asked)]
    )
    held = [t for t in listed if chosen and _is_same(t, chosen)] or ([chosen] if chosen else [])
    if on is None and not held:
        held = listed[-1:]
    rivals = [t for t in listed if t not in held and _serves(t, on)]
    serving = _titled([*held[:1], *rivals], asked.part)
    for term in serving:
        score = 0.5 if len(serving) > 1 else 0.85 if on else 0.6
        why = "held that office on that day" if on else f"the latest holder we know, in office {_seen(term)}"
        yield _holder(term, score, True, why)
    for term in _neighbours(listed, serving, on):
        yield _holder(term, 0.2, False, _tenure(term, on))


def _serves(term: Candidate, on: date | None) -> bool:
    """Whether a term covers a day; without one, whether it is open in an office that several may hold."""
    if on is None:
        return term.last is None and term.notable and term.kind == "chief"
    return term.holds(on) and not term.is_stale(on)


def _chosen(asked: Office, on: date | None) -> Candidate | None:
    """Return whom a report would name: the holder by the tables, where his part is the one asked for."""
    chosen = holder(asked.code, asked.office, on)
    if chosen is None and asked.office == "hos":
        chosen = holder(asked.code, "leader", on)
    return chosen if chosen and _plays(chosen, asked) else None


def _titled(serving: list[Candidate], part: str) -> list[Candidate]:
    """Return the one whose title is in the words where just one is: «supreme leader» is no president."""
    fitting = [t for t in serving if part.lower() in t.title.lower()]
    return fitting if len(fitting) == 1 else serving


def _plays(term: Candidate, asked: Office) -> bool:
    """Whether a term is the part asked for: every president is, of ambassadors and envoys only their like.

    «Spokeswoman of the foreign ministry» needs the ministry in the title, «ambassador to Chile» needs Chile.
    """
    if asked.org and term.org != asked.org and term.kind != "spokes":
        return False
    title, words = term.title.lower(), asked.part.lower().split()
    if term.kind == "spokes":
        return (" ".join(words[:-1]) or (asked.org or "").lower()) in title
    if term.kind not in _LOOSE or not words:
        return True
    return words[-1].rstrip("s") in title and (not asked.reach or asked.reach.lower() in title)


def titled(words: str, on: date | None) -> list[Fit]:
    """Return who bore a bare title on a day, where few did: «the pope», «the chancellor», «the emir».

    () where more than `MAX_TITLED` states have one, as for «the president»: only a report says whose.
    """
    title = fold(words).lower().removeprefix("the ")
    serving = [t for t in people() if fold(t.title).lower() == title and (t.holds(on) if on else not t.last)]
    fresh = [t for t in serving if not (on and t.is_stale(on))]
    listed = {t.code: t for t in sorted(fresh, key=lambda t: (t.notable, t.checked))}
    if not 0 < len(listed) <= MAX_TITLED:
        return []
    alone = "the only one" if len(listed) == 1 else f"one of {len(listed)}"
    day = "that day" if on else "in office when last checked"
    return [_holder(t, 0.5, True, f"{alone} of that title in our tables, {day}") for t in listed.values()]


def _is_same(one: Candidate, other: Candidate) -> bool:
    """Whether two rows tell one person in one term, a middle initial or not («John R. Bolton»)."""
    return bool(_without_initials(one) & _without_initials(other)) and _same_term(one, other)


def _without_initials(term: Candidate) -> set[str]:
    return {" ".join(w for w in n.split() if len(w) > 1) for n in _spellings(term)}


def _once_each(terms: list[Candidate]) -> list[Candidate]:
    """Return terms by first day, each once: where two sources tell one term, the hand-kept one stays."""
    kept: list[Candidate] = []
    for term in sorted(terms, key=lambda t: (not t.notable, t.checked)):
        if not any(_is_same(term, other) for other in kept):
            kept.append(term)
    return sorted(kept, key=lambda t: t.first or date.min)


def _neighbours(listed: list[Candidate], serving: list[Candidate], on: date | None) -> list[Candidate]:
    others = [t for t in listed if t not in serving]
    if on is None:
        return others[: -MAX_NEIGHBOURS - 1 : -1]
    before = sorted((t for t in others if t.last and t.last <= on), key=lambda t: t.last or date.min)
    after = [t for t in others if t.first and t.first > on]
    return [*before[-1:], *after[:1]]


def _holder(term: Candidate, score: float, fits: bool, why: str) -> Fit:
    return Fit(
        "person", term.code, term.name, score, fits, why, term.sector, term.role, term.org, term.first,
        term.last, _source(term), term.checked, terms=(_term(term),),
    )  # fmt: skip


def leaders(code: str, on: date | None) -> tuple[Term, ...]:
    """Return who led a state on a day: head of state, head of government, foreign minister, each once."""
    terms: list[Candidate] = []
    for kind in ("hos", "leader", "hog", "fm"):
        one = holder(code, kind, on)
        if one and not any(_spellings(one) & _spellings(t) for t in terms):
            terms.append(one)
    return tuple(_term(t) for t in terms)


def chiefs(code: str, on: date | None, org: str | None = None) -> tuple[Term, ...]:
    """Return who headed a body on a day; `org` names it where its code is one of many: «IAEA» of IGO."""
    found = [f for kind in ("chief", "fm") for f in holders(Office(code, kind, "", org), on) if f.fits]
    return tuple({f.name: f.terms[0] for f in found}.values())
