"""«field=value» in, a contract row that bears the value out: what a reviewer may correct, and in which form.

The words a record rests on, where they stand and in whose report are evidence: nobody corrects them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from detente.errors import ReviewError
from detente.knowledge import issues, ontology, states
from detente.records import STATUSES

Row = dict[str, Any]
Changes = dict[str, Any]

EVIDENCE = ("id", "record", "report", "field", "start", "end", "quote", "act", "why", "coder", "confidence")
STANCES = ("support", "oppose", "demand", "refuse", "claim", "neutral")
PRECISIONS = ("day", "week", "month", "year", "before", "unknown")
DETAILS = ("historical", "habitual", "conditional")
DIRECTIONS = ("rising", "falling", "stable")
OPERATORS = ("=", ">", "<", "~", ">=", "<=")
FLAGS = {"true": True, "yes": True, "false": False, "no": False}
ARROW = " → "


def read_changes(words: Sequence[str], row: Mapping[str, Any]) -> Changes:
    """Return {field: value} of «type=ACCUSE/disapprove», «date=2021-03-09», «sources=FRA,DEU».

    An empty value takes the field's value away. Raises ReviewError for a field this kind of record lacks, for
    evidence, and for a value outside the codebook.
    """
    if not words:
        raise ReviewError(
            "A correction says which field is what: detente review ARCHIVE ID correct status=planned."
        )
    changes: Changes = {}
    for word in words:
        field, equals, value = (part.strip() for part in word.partition("="))
        if not equals:
            raise ReviewError(f"«{word}» is no correction; write FIELD=VALUE, as status=planned.")
        for name in ("date_start", "date_end") if field == "date" else (field,):
            changes |= _read_change(name, value, row)
    return changes


def _read_change(field: str, value: str, row: Mapping[str, Any]) -> Changes:
    if field in EVIDENCE:
        raise ReviewError(
            f"«{field}» is evidence or the coder's own note, which no review changes: "
            "reject the record, or comment on it."
        )
    readers = fields_of(row)
    if field not in readers:
        kind = row.get("record") or "act"
        raise ReviewError(
            f"A record of the kind {kind} has no «{field}»; it has {', '.join(sorted(readers))}."
        )
    if not value and field not in ("type", "status", "stance", "value", "unit"):
        return {field: [] if field in _LISTS else None}
    return readers[field](field, value)


def fields_of(row: Mapping[str, Any]) -> Mapping[str, Callable[[str, str], Changes]]:
    """Return {field a reviewer may correct: what reads its value} for a record, or for an act."""
    kind = str(row.get("record"))
    if kind not in _BY_KIND:
        return _SHARED | _BY_KIND["event"]  # an act's row: its `record` is the id of its best telling
    return _SHARED | _BY_KIND[kind]


def apply_changes(row: Mapping[str, Any], changes: Mapping[str, Any]) -> Row:
    """Return the row with corrected values and what follows from them: quad and weights from the type."""
    fixed = dict(row)
    for field, value in changes.items():
        if field in _LISTS and field != "contexts":
            fixed[field] = [_actor(code, row) for code in value]
        elif field == "speaker":
            said = dict(row["attribution"])
            fixed["attribution"] = said | {"speaker": _actor(value, row) if value else None}
        elif field in ("place", "country"):
            fixed["place"] = _place(field, value, fixed.get("place"))
        elif field in _AMOUNT:
            fixed["figure"] = {**fixed["figure"], field: value}
        else:
            fixed[field] = value
    if {"type", "mode", "cameo"} & set(changes):
        fixed |= _weights(fixed, changes)
    if {"date_start", "date_end"} & set(changes) and "date_precision" not in changes:
        fixed["date_precision"] = _precision(fixed)
    return fixed


def values_of(row: Mapping[str, Any], fields: Sequence[str]) -> Changes:
    """Return what a row says in these fields, in the form a correction has."""
    return {field: _value_of(row, field) for field in fields}


def say_change(field: str, before: object, after: object) -> str:
    """Return «type: CONSULT → AGREE»."""
    return f"{field}: {_say(before)}{ARROW}{_say(after)}"


def _say(value: object) -> str:
    if isinstance(value, list):
        return "+".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _value_of(row: Mapping[str, Any], field: str) -> Any:
    if field in _LISTS and field != "contexts":
        return [actor["code"] for actor in row.get(field) or ()]
    if field == "speaker":
        return (row["attribution"]["speaker"] or {}).get("code")
    if field in ("place", "country"):
        return (row.get("place") or {}).get("name" if field == "place" else "country")
    if field in _AMOUNT:
        return (row.get("figure") or {}).get(field)
    return row.get(field)


def _weights(row: Mapping[str, Any], changes: Mapping[str, Any]) -> Row:
    kind = ontology.kind_of(row["type"], row["mode"])
    cameo = row["cameo"] if "cameo" in changes else kind.cameo
    return {
        "quad": kind.quad, "intensity": kind.intensity, "cameo": cameo,
        "goldstein": ontology.goldstein_of(cameo),
    }  # fmt: skip


def _precision(row: Mapping[str, Any]) -> str | None:
    """Return the precision of corrected days as the codebook names it: one day, a week, a month, a year."""
    if not row["date_start"] and not row["date_end"]:
        return None
    if not row["date_start"]:
        return "before"
    if not row["date_end"]:
        return "unknown"
    days = (date.fromisoformat(row["date_end"]) - date.fromisoformat(row["date_start"])).days
    return "day" if days == 0 else "week" if days < 8 else "month" if days < 32 else "year"


def _place(field: str, value: str | None, old: Mapping[str, Any] | None) -> Row | None:
    if field == "place":
        return {"name": value, "country": None, "lat": None, "lon": None} if value else None
    return {**(old or {"name": states.name_of(value or ""), "lat": None, "lon": None}), "country": value}


def _actor(code: str, row: Mapping[str, Any]) -> Row:
    """Return the actor of this code as the record has it already, or a bare one."""
    speaker = row.get("attribution", {}).get("speaker")
    named = [*row["sources"], *row["recipients"], *row.get("about", ()), *([speaker] if speaker else ())]
    known = next((actor for actor in named if actor["code"] == code), None)
    state = states.states().get(code)
    bare = {"code": code, "name": None, "role": None, "sector": "GOV", "org": None,
            "cow": state.cow if state else None}  # fmt: skip
    return dict(known) if known else bare


# ── readers: a word in, {field: value} out


def _one_of(allowed: Sequence[str]) -> Callable[[str, str], Changes]:
    def read(field: str, value: str) -> Changes:
        if value not in allowed:
            raise ReviewError(f"«{value}» is no {field}; choose one of {', '.join(allowed)}.")
        return {field: value}

    return read


def _read_type(field: str, value: str) -> Changes:
    """Read a type alone, which takes the mode away, or a type and a mode: CONSULT/visit."""
    type_, _, mode = value.partition("/")
    types = sorted({t for t, _ in ontology.kinds()})
    if type_ not in types:
        raise ReviewError(f"«{type_}» is no PLOVER type; choose one of {', '.join(types)}.")
    if mode and (type_, mode) not in ontology.kinds():
        modes = sorted(m for t, m in ontology.kinds() if t == type_ and m)
        raise ReviewError(f"{type_} has no mode «{mode}»; it has {', '.join(modes) or 'none'}.")
    return {"type": type_, "mode": mode or None}


def _read_mode(field: str, value: str) -> Changes:
    modes = sorted({m for _, m in ontology.kinds() if m})
    return _one_of(modes)(field, value)


def _read_cameo(field: str, value: str) -> Changes:
    if value not in ontology.cameo_codes():
        raise ReviewError(f"«{value}» is no CAMEO code; write it with its leading zero, as 042.")
    return {field: value}


def _read_day(field: str, value: str) -> Changes:
    try:
        return {field: date.fromisoformat(value).isoformat()}
    except ValueError as error:
        raise ReviewError(f"«{value}» is no day; write it as 2017-07-04.") from error


def _read_codes(field: str, value: str) -> Changes:
    return {field: [_code(word.strip()) for word in value.split(",") if word.strip()]}


def _read_code(field: str, value: str) -> Changes:
    return {field: _code(value)}


def _code(word: str) -> str:
    code = states.code_of(word)
    if code is None:
        raise ReviewError(
            f"«{word}» names no state or body we know; write a code or a name, as RUS or Russia."
        )
    return code


def _read_issue(field: str, value: str) -> Changes:
    if issues.issue(value) is None:
        found = issues.best_issue(value)
        near = f"did you mean {found}?" if found else "ids stand in the table of issues."
        raise ReviewError(f"«{value}» is no issue we know; {near}")
    return {field: value}


def _read_number(field: str, value: str) -> Changes:
    try:
        numbers = [float(part) for part in value.replace("_", "").split("..")]
    except ValueError as error:
        raise ReviewError(f"«{value}» is no number; write 24500000000, or a range as 10..12.") from error
    whole = [int(n) if n.is_integer() else n for n in numbers]
    return {field: whole[0] if len(whole) == 1 else whole[:2]}


def _read_flag(field: str, value: str) -> Changes:
    if value.casefold() not in FLAGS:
        raise ReviewError(f"«{value}» is neither true nor false.")
    return {field: FLAGS[value.casefold()]}


def _read_words(field: str, value: str) -> Changes:
    return {field: value}


def _read_list(field: str, value: str) -> Changes:
    return {field: [word.strip() for word in value.split(",") if word.strip()]}


_LISTS = ("sources", "recipients", "about", "contexts")
_AMOUNT = ("value", "unit", "op", "what", "period_start", "period_end", "of")
_Readers = dict[str, Callable[[str, str], Changes]]
_SHARED: _Readers = {
    "sources": _read_codes, "recipients": _read_codes, "status": _one_of(STATUSES),
    "status_detail": _one_of(DETAILS), "date_start": _read_day, "date_end": _read_day,
    "date_precision": _one_of(PRECISIONS), "place": _read_words, "country": _read_code,
    "issue": _read_issue, "speaker": _read_code,
}  # fmt: skip
_BY_KIND: Mapping[str, _Readers] = {
    "event": {"type": _read_type, "mode": _read_mode, "contexts": _read_list, "cameo": _read_cameo},
    "position": {"stance": _one_of(STANCES), "conditional": _read_flag},
    "figure": {
        "value": _read_number, "unit": _read_words, "op": _one_of(OPERATORS), "what": _read_words,
        "period_start": _read_day, "period_end": _read_day, "of": _read_words,
    },
    "statement": {"about": _read_codes, "direction": _one_of(DIRECTIONS)},
}  # fmt: skip

__all__ = ["apply_changes", "fields_of", "read_changes", "say_change", "values_of"]
