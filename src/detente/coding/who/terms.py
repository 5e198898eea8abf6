"""People and offices: a name or an office in, whoever held it out, each with why he fits the day or not.

Two Bushes were president: on 5 May 2005 the son fits, and the father is told with the day he left.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from detente.coding.who.answer import Fit, Term
from detente.coding.who.memory import OFFICES
from detente.knowledge.gazetteer import common_surnames
from detente.knowledge.names import fold
from detente.knowledge.people import HEADS, Candidate, holder, namesakes, people

FULL_NAME = 0.25  # from this score a report takes a full name for the statesman, as `coding.who.actors` does
SURNAME = 0.45  # … and a surname
_LOOSE = frozenset(
    {"envoy", "official", "aide", "spokes", "vice", "military", "party"}
)  # kinds of many parts
HANDOVER = 60  # days for which a president may still be prime minister in some source
MAX_NEIGHBOURS = 2  # latest holders told where no day is given


def people_named(words: str, on: date | None) -> list[Fit]:
    """Return the people a name may mean, each once with all his offices: the one held that day leads."""
    found = [*namesakes(words, on), *_with_first_name(words, on)]
    return [_person(words, terms, on) for terms in _by_person(found)]


def _with_first_name(words: str, on: date | None) -> list[Candidate]:
    """Return people of the same first name and surname who have more names: «George Bush» in 2005 has a W."""
    key = fold(words).split()
    if len(key) != 2:
        return []
    return [c for c in namesakes(key[1], on) if len(n := fold(c.name).split()) > 2 and n[0] == key[0]]


def _by_person(terms: Iterable[Candidate]) -> list[list[Candidate]]:
    """Return terms of office sorted by person: one state, and a spelling of the name in common."""
    groups: list[tuple[set[str], list[Candidate]]] = []
    for term in terms:
        names = _spellings(term)
        home = next((g for g in groups if g[1][0].code == term.code and g[0] & names), None)
        if home is None:
            groups.append((names, [term]))
        else:
            home[0].update(names)
            home[1].append(term)
    return [group for _, group in groups]


def _spellings(term: Candidate) -> set[str]:
    return {fold(n).lower() for n in (term.name, *term.aliases) if " " in n} or {fold(term.name).lower()}


def _person(words: str, terms: list[Candidate], on: date | None) -> Fit:
    main = terms[0]
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
        main.sector, _role_on(main, on), main.org, main.first, main.last, main.source, main.checked, note,
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
    return Term(term.name, term.role, term.first, term.last, term.source, term.checked)


def _tenure(term: Candidate, on: date | None) -> str:
    """Return how an office lies to a day: «in office that day», «left office on 2009-01-20, 8 years …»."""
    if on is None:
        if term.last:
            return f"held office until {term.last}"
        return f"in office when last checked ({term.checked})"
    if term.first and on < term.first:
        return f"took office on {term.first}, {_years((term.first - on).days)} after that day"
    if term.last and term.last < on:
        return f"left office on {term.last}, {_years((on - term.last).days)} before that day"
    if term.is_stale(on):
        return f"in office when last checked ({term.checked}), long before that day: may have left since"
    return "in office that day"


def _years(days: int) -> str:
    if days < 60:
        return f"{days} day{'s' if days != 1 else ''}"
    if days < 700:
        return f"{round(days / 30.4)} months"
    return f"{round(days / 365.25)} years"


def holders(code: str, office: str, on: date | None, part: str) -> Iterator[Fit]:
    """Yield who held an office of a state on a day, then who held it just before and after, who do not fit.

    «The Chinese president» on 1 June 2005: Hu Jintao; Jiang Zemin left in 2003, Xi Jinping came in 2013.
    Without a day the latest known holder comes first. `part` is the words of the office: of envoys and the
    like, only those count whose title shares its last word («negotiator»).
    """
    kinds = OFFICES.get(office, (office,))
    chosen = holder(code, office, on) or (holder(code, "leader", on) if office == "hos" else None)
    chosen = chosen if chosen and _plays(chosen, part) else None
    wanted = _kinds(kinds, chosen)
    listed = _once_each([t for t in people() if t.code == code and t.kind in wanted and _plays(t, part)])
    held = [t for t in listed if chosen and _is_same(t, chosen)] or ([chosen] if chosen else [])
    rivals = [t for t in listed if on and t.holds(on) and not t.is_stale(on) and t not in held]
    sure = bool(chosen) and not rivals
    for term in (*held[:1], *rivals):
        score = 0.85 if sure and on else 0.6 if term in held else 0.5
        why = "held that office on that day" if on else f"the latest holder we know (checked {term.checked})"
        yield _holder(term, score, True, why)
    for term in _neighbours(listed, held[:1], rivals, on):
        yield _holder(term, 0.2, False, _tenure(term, on))


def _plays(term: Candidate, part: str) -> bool:
    """Whether a term is the part asked for: every president is, of ambassadors and envoys only their like."""
    last = part.lower().split()[-1:]
    return term.kind not in _LOOSE or not last or last[0].rstrip("s") in term.title.lower()


def _kinds(kinds: tuple[str, ...], chosen: Candidate | None) -> frozenset[str]:
    return frozenset(kinds) | ({chosen.kind} if chosen else set())


def _is_same(one: Candidate, other: Candidate) -> bool:
    return bool(_spellings(one) & _spellings(other)) and _same_term(one, other)


def _once_each(terms: list[Candidate]) -> list[Candidate]:
    """Return terms by first day, each once: where two sources tell one term, the hand-kept one stays."""
    kept: list[Candidate] = []
    for term in sorted(terms, key=lambda t: (not t.notable, t.checked), reverse=False):
        if not any(_is_same(term, other) for other in kept):
            kept.append(term)
    return sorted(kept, key=lambda t: t.first or date.min)


def _neighbours(
    listed: list[Candidate], held: list[Candidate], rivals: list[Candidate], on: date | None
) -> list[Candidate]:
    others = [t for t in listed if t not in held and t not in rivals]
    if on is None:
        return others[: -MAX_NEIGHBOURS - 1 : -1]
    before = [t for t in others if t.last and t.last <= on]
    after = [t for t in others if t.first and t.first > on]
    before.sort(key=lambda t: t.last or date.min)
    return [*before[-1:], *after[:1]]


def _holder(term: Candidate, score: float, fits: bool, why: str) -> Fit:
    return Fit(
        "person", term.code, term.name, score, fits, why, term.sector, term.role, term.org, term.first,
        term.last, term.source, term.checked, terms=(_term(term),),
    )  # fmt: skip


def leaders(code: str, on: date | None) -> tuple[Term, ...]:
    """Return who led a state or body on a day: head of state, head of government, foreign minister; chief."""
    found = [holder(code, kind, on) for kind in ("hos", "leader", "hog", "fm", "chief")]
    terms: list[Candidate] = []
    for one in found:
        if one and not any(_spellings(one) & _spellings(t) for t in terms):
            terms.append(one)
    return tuple(_term(t) for t in terms)
