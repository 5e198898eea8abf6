"""Names and codes: words in, every state, capital, seat, body, outlet and place they may mean out.

«Congo» is two states, «CH» is Switzerland's ISO code and China's FIPS code, «the Blue House» is Seoul's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from detente.coding.who.answer import Fit, Member, Term
from detente.coding.who.terms import chiefs, leaders
from detente.knowledge.conventions import convention, namesakes
from detente.knowledge.gazetteer import Entry, gazetteer
from detente.knowledge.layers import added
from detente.knowledge.names import fold
from detente.knowledge.organisations import Organisation, Outlet, members, organisation, organisations, outlet
from detente.knowledge.places import KnownPlace, known_place
from detente.knowledge.states import (
    BODIES,
    Seat,
    State,
    at_the_time,
    former_names,
    full_name,
    name_of,
    name_on,
    shared_seats,
    states,
)
from detente.knowledge.tables import Provenance, Row, provenance, read_table, split_cell

# Columns of states.csv that hold a state's code elsewhere, with the name each goes by.
CODE_NAMES = {
    "code": "ISO 3166 alpha-3", "iso2": "ISO 3166 alpha-2", "cow": "COW number", "cow_letters": "COW letters",
    "cowc": "COW letters", "cow_code": "COW letters", "gw": "Gleditsch-Ward", "fips": "FIPS 10-4 (GDELT)",
    "gdelt": "GDELT", "cameo": "CAMEO",
}  # fmt: skip
_NOT_ISO = {"KOS", "SUN", "YUG", "SCG", "DDR", "CSK", "VDR", "YMD"}
_ROWS_SAY = frozenset({"states_shared.csv"})  # tables whose rows, all alike, say source and month
_SEAT_WORDS = {
    "palace": "a seat that stands for its government", "house": "a seat that stands for its government",
    "nick": "a nickname of its government", "body": "an organ of it", "party": "a party of it",
    "firm": "a firm of it", "group": "a group of it",
}  # fmt: skip


def meanings(words: str, on: date | None) -> Iterator[Fit]:
    """Yield what words mean as a code, then as a name of the tables; people are told elsewhere."""
    yield from codes_meant(words, on)
    shared = namesakes(words, on)
    for one in shared:
        yield _namesake(one.code, one.name, one.score, one.why, words, on)
    codes = {one.code for one in shared}
    for entry in gazetteer().get(words.removeprefix("the ").removeprefix("The ")):
        for fit in _meant(entry, words, on):
            if fit.code not in codes or fit.kind in ("outlet", "trap"):
                yield fit


def _meant(entry: Entry, words: str, on: date | None) -> Iterator[Fit]:
    ref = entry.ref
    match entry.kind:
        case "state" | "adjective" | "people" | "prefix" | "regional":
            yield from _of_state(entry, words, on)
        case "capital":
            yield _capital(entry.code, words, on)
        case "several":
            for code in str(ref).split("|"):
                yield _state_or_body(code, 0.9, f"one of «{words}»", on)
        case "seat" if isinstance(ref, Seat):
            yield from _seat(ref, words, on)
        case "body" | "nickname" if isinstance(ref, Organisation):
            yield body_fit(ref, on, 1.0 if entry.kind == "body" else 0.4, words)
        case "outlet" if isinstance(ref, Outlet):
            yield outlet_fit(ref)
        case "place" if isinstance(ref, KnownPlace):
            yield place_fit(ref, words)
        case "trap":
            yield Fit(
                "trap",
                None,
                words,
                0.9,
                False,
                f"a name that misleads: {ref}",
                source=_told("places_traps.csv").source,
                checked=_told("places_traps.csv").checked,
            )


def _of_state(entry: Entry, words: str, on: date | None) -> Iterator[Fit]:
    if entry.code in BODIES:
        yield _state_or_body(entry.code, 0.9, "an adjective of it", on)
        return
    state = _bearer(entry, words.removeprefix("the ").removeprefix("The "))
    said = {
        "state": "a name of the state", "adjective": "an adjective of it", "people": "its people",
        "prefix": "a prefix that stands for it",
    }[entry.kind]  # fmt: skip
    yield state_fit(state, 1.0, said + _borne(state, words), on)


def _borne(state: State, words: str) -> str:
    """Return when a state bore a name that is not today's: «, from 1971-10-27 to 1997-05-17» for «Zaire»."""
    bare = words.removeprefix("the ").removeprefix("The ")
    borne = [n for n in former_names() if n.code == state.code and n.name == bare != state.name]
    return f", from {borne[0].first} to {borne[0].last}" if borne else ""


def _bearer(entry: Entry, words: str) -> State:
    """Return the state or territory that bears a name: «Hong Kong» is coded CHN and is not all of China."""
    for state in states().values():
        if state.part_of == entry.code and words in (
            state.name,
            *state.names,
            *state.adjectives,
            *state.people,
        ):
            return state
    return states()[entry.code]


def state_fit(state: State, score: float, why: str, on: date | None) -> Fit:
    """Return a state as an answer: its codes elsewhere, its years, and who led it on the day."""
    row = _row(state.code)
    fits, tenure = _existed(state.first, state.last, on)
    said = convention(state.name)
    note = said.says if said else ""
    then = name_on(state.code, on)
    if then != state.name and fits:
        note = f"called {then} on that day" + (f"; {note}" if note else "")
    if state.part_of:
        note = note or f"coded {state.part_of}, with {full_name(state.part_of)}, under its own name"
    return Fit(
        "state", state.coded, state.name, score if fits else 0.3, fits, f"{why}{tenure}", "GOV",
        first=state.first, last=state.last, source=row["source"] if row else "",
        checked=row["checked"] if row else "", note=note, also=state.names, codes=_codes_of(state, row),
        terms=leaders(state.code, on) if fits else (),
    )  # fmt: skip


def _existed(first: date | None, last: date | None, on: date | None) -> tuple[bool, str]:
    """Return whether something was there on a day, and the words to say why not."""
    if on and first and on < first:
        return False, f"; it begins only on {first}"
    if on and last and last < on:
        return False, f"; it ended on {last}"
    return True, ""


def _row(code: str) -> Row | None:
    return next((r for r in read_table("states.csv", delimiter=",") if r["code"] == code), None)


def _codes_of(state: State, row: Row | None) -> tuple[tuple[str, str], ...]:
    """Return a state's codes by the name each goes by, in the order of the table."""
    cells = row.cells if row else {"code": state.code}
    found = []
    for column, label in CODE_NAMES.items():
        value = cells.get(column, "")
        if value:
            own = column == "code" and state.code in _NOT_ISO
            found.append(("our code" if own else label, value))
    return tuple(found)


def codes_meant(words: str, on: date | None) -> Iterator[Fit]:
    """Yield the states and bodies a code stands for: «365», «RUS», «RS» (Serbia in ISO, Russia in FIPS)."""
    if not (words.isupper() or words.isdigit()) or len(words) > 6:
        return
    if words in BODIES and words not in ("NATO",):
        yield _state_or_body(words, 1.0, "the code we give it", on)
    for row in read_table("states.csv", delimiter=","):
        state = states().get(row["code"])
        labels = [label for column, label in CODE_NAMES.items() if row.cells.get(column, "") == words]
        if labels and state:
            score = 1.0 if "ISO 3166 alpha-3" in labels or words.isdigit() else 0.7
            score -= 0.4 if on is None and state.last else 0.0  # 365 is Russia today, the Soviet Union before
            yield state_fit(state, score, f"its code ({', '.join(labels)})", on)


def _state_or_body(code: str, score: float, why: str, on: date | None) -> Fit:
    state = states().get(code)
    if state:
        return state_fit(state, score, why, on)
    body = organisation(name_of(code))
    if body:
        return replace(body_fit(body, on, score, body.name), why=why)
    return Fit(
        "body", code, name_of(code), score, True, why, "IGO", note="a code for all bodies of this kind"
    )


def _namesake(code: str, name: str, score: float, why: str, words: str, on: date | None) -> Fit:
    """Return one of several meanings of a name: the state itself where it bears it, else a part of it."""
    state = states().get(code)
    if state and name in (state.name, *state.names):
        return replace(state_fit(state, score, why, on), score=score)
    if code in BODIES:
        return _state_or_body(code, score, why, on)
    said = convention(name) or convention(words)
    note = said.says if said and said.code == code else f"a part of {full_name(code)}"
    return Fit(
        "place",
        code,
        name,
        score,
        True,
        why,
        "GOV",
        note=note,
        source=_told("who_namesakes.csv").source,
        checked=_told("who_namesakes.csv").checked,
    )


def _capital(code: str, words: str, on: date | None) -> Fit:
    state = states()[at_the_time(code, on)]
    fit = state_fit(state, 0.95, f"«{words}» is a capital or seat that stands for its government", on)
    said = convention(words)
    return replace(fit, kind="capital", note=said.says if said else fit.note)


def _seat(seat: Seat, words: str, on: date | None) -> Iterator[Fit]:
    """Yield whose organ a seat is; «Congress» and «the Labour Party» are those of several states."""
    bare = words.removeprefix("the ").removeprefix("The ")
    shared = next((codes for name, codes in shared_seats().items() if name == bare), frozenset())
    fits, tenure = _existed(seat.first, seat.last, on)
    name = seat.name or seat.words[0]
    told = _told("states_seats.csv", name, *seat.words)
    here = f"{_SEAT_WORDS.get(seat.kind, 'a seat of it')}: {full_name(seat.code)}{tenure}"
    yield Fit(
        "seat", seat.code, name, (0.6 if shared else 1.0) if fits else 0.3, fits, here, seat.sector,
        first=seat.first, last=seat.last, also=_other_names(name, seat.words),
        source=told.source, checked=told.checked,
    )  # fmt: skip
    for code in sorted(shared - {seat.code}, key=name_of):
        why = f"{full_name(code)} has one of this name"
        yield Fit(
            "seat",
            code,
            bare,
            0.45,
            True,
            why,
            seat.sector,
            source=_told("states_shared.csv").source,
            checked=_told("states_shared.csv").checked,
        )


def body_fit(body: Organisation, on: date | None, score: float, words: str) -> Fit:
    """Return a body, armed group or party as an answer: its home state, years, and how many members."""
    first, last = getattr(body, "first", None), getattr(body, "last", None)
    told = _told("organisations.csv", body.name)
    fits, tenure = _existed(first, last, on)
    why = "its name" if fold(words).lower() == fold(body.name).lower() else "a name of it"
    if score < 0.5:
        why = "a nickname of it"
    said = convention(body.name) or convention(words)
    count = len(members_on(body, on))
    note = said.says if said else ""
    if count:
        counted = f"{count} members" + (f" on {on}" if on else "")
        note = f"{note}; {counted}" if note else counted
    home = (
        f", {body.kind} of {full_name(body.home or body.code)}" if body.code in states() else f", {body.kind}"
    )
    return Fit(
        "body", body.code, body.name, score if fits else 0.3, fits, f"{why}{home}{tenure}", body.sector,
        org=body.name, first=first, last=last, note=note, also=body.aliases,
        terms=_led(body, on),
        source=told.source, checked=told.checked,
    )  # fmt: skip


def _led(body: Organisation, on: date | None) -> tuple[Term, ...]:
    """Return who headed a body on a day, () for armed groups, parties and organs."""
    if body.code not in BODIES or body.kind != "body":
        return ()
    return chiefs(body.code, on, None if body.name == name_of(body.code) else body.name)


def outlet_fit(paper: Outlet) -> Fit:
    """Return a news outlet as an answer; whether its state owns or runs it is said in its note."""
    owned = "owned or run by its state" if paper.state_owned else "not owned by its state"
    return Fit(
        "outlet", paper.code, paper.name, 0.95, True, f"{paper.kind} in {full_name(paper.code)}", "JRN",
        org=paper.name, source=paper.source or "your own outlets.csv", checked=paper.checked, note=owned,
        also=tuple(a for a in paper.aliases if _is_it(a, paper)),
    )  # fmt: skip


def _is_it(alias: str, paper: Outlet) -> bool:
    """Whether another name is the same outlet's: one row may group several titles of a state."""
    named = outlet(alias)
    return named is None or named.name == paper.name


def place_fit(spot: KnownPlace, words: str) -> Fit:
    """Return a place as an answer: whose it is counted as, and the convention where that is contested."""
    said = convention(words) or convention(spot.name)
    note = said.says if said else ""
    if not note and spot.kind == "disputed":
        note = "contested: its code is a convention for counting, no statement about borders"
    code = states()[spot.country].coded if spot.country in states() else None
    told = _told("places.csv", spot.name)
    whose = f"counted with {full_name(code)}" if code else "belongs to no one state"
    return Fit(
        "place", code, spot.name, 0.6, True, f"a place ({spot.kind}), {whose}", note=note,
        also=_other_names(spot.name, spot.names), source=told.source, checked=told.checked,
    )  # fmt: skip


def place_named(words: str) -> Fit | None:
    """Return a place that is no name of an actor: «the South China Sea»; else None."""
    spot = known_place(words)
    return place_fit(spot, words) if spot else None


def _other_names(name: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names besides the one shown, each once, with or without its article."""
    bare = {n.removeprefix("the "): n for n in reversed(names)}
    bare.pop(name.removeprefix("the "), None)
    return tuple(reversed(bare.values()))


def members_on(body: Organisation, on: date | None) -> tuple[Member, ...]:
    """Return a body's members on a day (the latest, without one) by name; () where we know none."""
    day = on.isoformat() if on else ""
    rows = members().get(body.members or "", ())
    found = [r for r in rows if (not day or r[1] <= day) and (not r[2] or (day and day <= r[2]))]
    listed = (Member(c, name_of(c), _day(first), _day(last)) for c, first, last in found)
    return tuple(sorted(listed, key=lambda m: fold(m.name)))


def sourced(listed: tuple[Member, ...], body: Organisation) -> tuple[Member, ...]:
    """Return members with the source of each row, which only a listing needs."""
    if not listed:
        return ()
    rows = {
        (r["code"], r["first"]): r
        for r in read_table("organisations_members.csv", delimiter=",")
        if r["organisation"] == body.members
    }

    def told(member: Member) -> Member:
        row = rows.get((member.code, member.first.isoformat() if member.first else ""))
        return replace(member, source=row["source"], checked=row["checked"]) if row else member

    return tuple(map(told, listed))


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def bodies_called(nickname: str) -> tuple[Organisation, ...]:
    """Return the bodies a report may call so: «the bloc» is the EU, ASEAN, the SCO and others."""
    key = fold(nickname).lower().removeprefix("the ")
    return tuple(
        b for b in organisations() if any(fold(n).lower().removeprefix("the ") == key for n in b.nicknames)
    )


def outlet_named(words: str) -> Fit | None:
    """Return the outlet words name in any case, else None."""
    paper = outlet(words)
    return outlet_fit(paper) if paper else None


def _told(table: str, *names: str) -> Provenance:
    """Return source and month of a hand-kept table; where a user's row bears one of the names, that row."""
    for row in added(table.removesuffix(".csv")):
        words = (row.cells.get("name", ""), *split_cell(row.cells.get("words", "")))
        if set(words) & set(names):
            return Provenance(f"your own {row.file}, line {row.line}", row.cells.get("checked", ""))
    if table in _ROWS_SAY:
        first = next(read_table(table, delimiter=","))
        return Provenance(first["source"], first["checked"])
    return provenance(table)
