"""A record in, what the ledger stores of it out; and back, to the letter.

A stored body leaves out what the ledger holds elsewhere (id, report, quote, coder) and every value
that is as in a blank record, so that ten million records stay small; an act's leaves out what the record says
that tells it best.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from detente.archive.packing import storable, unpack_words
from detente.records import Actor, Amount, Coded, Event, Evidence, Figure, Position, Report, Statement

ELSEWHERE = ("record", "id", "report", "coder", "act")
SIDES = ("sources", "recipients", "about")
ACT_FIELDS = (
    "act", "record", "type", "mode", "contexts", "cameo", "quad", "intensity", "goldstein", "status",
    "status_detail", "date_start", "date_end", "date_basis", "date_precision", "place", "issue", "sources",
    "recipients", "day", "by_report_date", "first_published", "reason",
)  # fmt: skip
TOLD_ONCE = "told once"
Row = dict[str, Any]


@cache
def blank(kind: str) -> Row:
    """Return the contract JSON of a record of this kind that says nothing."""
    nothing = Evidence("", "text", 0, 0, "")
    records = (
        Event(evidence=nothing, type=""),
        Position(evidence=nothing, stance="neutral"),
        Figure(evidence=nothing, figure=Amount(0, "")),
        Statement(evidence=nothing),
    )
    return next(r.to_json() for r in records if r.kind == kind)


@cache
def _blank_text(kind: str) -> str:
    return to_text(blank(kind))


def contract_rows(coded: Coded) -> list[Row]:
    """Return the records as JSON rows, each id once.

    Two records that are equal to the last field are one row. Two that differ and yet share an id (a
    doubled date, say) are both kept, the later one as «id-2».
    """
    rows: dict[str, Row] = {}
    for row in coded.to_json():
        name, n = row["id"], 1
        while name in rows and rows[name] | {"id": row["id"]} != row:
            n += 1
            name = f"{row['id']}-{n}"
        rows.setdefault(name, row | {"id": name})
    return list(rows.values())


def pack(row: Row, report: Report) -> str:
    """Return the body the ledger stores for a contract row."""
    usual = blank(row["record"])
    left = {k: v for k, v in slim(row).items() if k not in ELSEWHERE and (k not in usual or usual[k] != v)}
    if row["act"] is not None:
        left["told_act"] = row["act"]  # the coder's own grouping within the report; `act` is the archive's
    if row["quote"] == report.words(row["field"], row["start"], row["end"]):
        left.pop("quote", None)
    return to_text(left)


def unpack(
    body: str | bytes,
    *,
    kind: str,
    id: str,
    report: Report,
    act: str | None,
    coder: Mapping[str, str] | None,
) -> Row:
    """Return the contract row that `pack` was given, with the archive's own act id."""
    left: Row = json.loads(unpack_words(body))
    left.pop("told_act", None)
    row = fill(json.loads(_blank_text(kind)) | {"record": kind, "id": id, "report": report.id} | left)
    if "quote" not in left:
        row["quote"] = report.words(row["field"], row["start"], row["end"])
    return row | {"act": act, "coder": dict(coder) if coder else None}


def slim(row: Mapping[str, Any]) -> Row:
    """Return a row whose actors leave out what is as in a bare Actor; `fill` puts it back."""
    thin = dict(row)
    for side in SIDES:
        if side in row:
            thin[side] = [_slim_actor(actor) for actor in row[side]]
    if row.get("attribution") and row["attribution"]["speaker"]:
        thin["attribution"] = row["attribution"] | {"speaker": _slim_actor(row["attribution"]["speaker"])}
    return thin


def fill(row: Row) -> Row:
    """Return the row that `slim` was given."""
    for side in SIDES:
        if side in row:
            row[side] = [_bare_actor() | actor for actor in row[side]]
    if row.get("attribution") and row["attribution"]["speaker"]:
        row["attribution"]["speaker"] = _bare_actor() | row["attribution"]["speaker"]
    return row


def _slim_actor(actor: Mapping[str, Any]) -> Row:
    usual = _bare_actor()
    return {k: v for k, v in actor.items() if k not in usual or usual[k] != v}


@cache
def _bare_actor() -> Row:
    position = Position(evidence=Evidence("", "text", 0, 0, ""), sources=(Actor(None),), stance="neutral")
    actor: Row = position.to_json()["sources"][0]
    return actor


def told_act_of(body: str | bytes) -> str | None:
    """Return how the coder grouped an event within its report, None where he did not."""
    told: str | None = json.loads(unpack_words(body)).get("told_act")
    return told


def pack_act(act: Mapping[str, Any], best: Row | None) -> str:
    """Return what the ledger stores of an act: which record tells it best, and what is not as that says.

    `best` is that record with its report's `published`. Most acts are told once and need no more than its id.
    """
    said = _as_told(best)
    own = {k: v for k, v in act.items() if k not in ("act", "record", "day") and v != said.get(k)}
    return to_text({"record": act["record"], **slim(own)})


def unpack_act(body: str, *, id: str, day: str | None, best: Row | None) -> Row:
    """Return the act's row that `pack_act` was given; blank where no record is left that tells it."""
    own = json.loads(body)
    for side in SIDES:
        if side in own:
            own[side] = [_bare_actor() | actor for actor in own[side]]
    return {**dict.fromkeys(ACT_FIELDS), **_as_told(best), **own, "act": id, "day": day}


def _as_told(best: Row | None) -> Row:
    """Return the row of an act that one record alone tells."""
    nothing: Row = dict.fromkeys(ACT_FIELDS) | {"contexts": [], "sources": [], "recipients": []}
    said = {k: best[k] for k in ACT_FIELDS if k in best and k not in ("act", "record")} if best else {}
    published = {"first_published": best["published"]} if best else {}
    return nothing | said | published | {"by_report_date": False, "reason": TOLD_ONCE}


def named_codes(row: Mapping[str, Any]) -> list[str]:
    """Return every code a record names: who acts, who is acted on, whom it is about, who speaks."""
    actors = [*row["sources"], *row["recipients"], *row.get("about", ())]
    speaker = row["attribution"]["speaker"]
    if row["record"] == "statement" and speaker:
        actors.append(speaker)
    return sorted({a["code"] for a in actors if a["code"]})


def to_text(value: object) -> str:
    """Return compact JSON; lone surrogates, which SQLite cannot hold, are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text if storable(text) == text else json.dumps(value, separators=(",", ":"))


def readable(stored: str | bytes | None) -> str | None:
    """Return a text of the ledger as it was received."""
    return None if stored is None else unpack_words(stored)


def plain(text: str) -> str:
    """Return text with lone surrogates replaced, for an index or a column file."""
    return text.encode("utf-8", "replace").decode("utf-8")


def to_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
