"""A contract row in, the same record as flat columns out: the schema of column files and of every export."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from detente.archive.rows import plain

if TYPE_CHECKING:
    import pyarrow as pa

# name: (type, what it holds). The docs and the panel's codebook are made from these.
REPORT_COLUMNS: Mapping[str, tuple[str, str]] = {
    "report": ("text", "the report's id: its owner's, else its content hash"),
    "digest": ("text", "content hash of title and text"),
    "published": ("day", "the day it appeared"),
    "outlet": ("text", "who published it"),
    "title": ("text", "its title"),
    "author": ("text", "who wrote it"),
    "url": ("text", "where it was"),
    "language": ("text", "its language"),
    "origin": ("text", "the file and line it came from"),
    "characters": ("whole", "length of the text in code points"),
    "learnt": ("text", "when the archive learnt of it (UTC)"),
}
RECORD_COLUMNS: Mapping[str, tuple[str, str]] = {
    "report": ("text", "the report it stands in"),
    "published": ("day", "the day the report appeared"),
    "outlet": ("text", "who published the report"),
    "kind": ("text", "event, position, figure or statement"),
    "id": ("text", "the record's id"),
    "act": ("text", "the act it tells; records of one act share it"),
    "status": ("text", "happened, ongoing, planned, claimed, denied or hypothetical"),
    "status_detail": ("text", "historical, habitual, conditional"),
    "date_start": ("day", "first day of the act"),
    "date_end": ("day", "last day of the act"),
    "date_precision": ("text", "day, week, month, year, before or unknown"),
    "date_basis": ("text", "the words the dates rest on"),
    "sources": ("texts", "codes of who acts (for a figure: the parties)"),
    "source_names": ("texts", "their names in the text, in the same order"),
    "recipients": ("texts", "codes of who is acted on"),
    "recipient_names": ("texts", "their names in the text, in the same order"),
    "about": ("texts", "codes of whom a statement concerns"),
    "type": ("text", "PLOVER type"),
    "mode": ("text", "PLOVER mode"),
    "contexts": ("texts", "PLOVER contexts"),
    "cameo": ("text", "CAMEO code, with its leading zero"),
    "quad": ("whole", "1 verbal and 2 material cooperation, 3 verbal and 4 material conflict"),
    "intensity": ("number", "PLOVER 2.0 scale, -9 to 10"),
    "goldstein": ("number", "Goldstein scale, -10 to 10"),
    "issue": ("text", "issue id"),
    "stance": ("text", "support, oppose, demand, refuse, claim or neutral"),
    "conditional": ("flag", "the stance depends on a condition"),
    "direction": ("text", "rising, falling or stable, where a statement assesses a relation"),
    "value": ("number", "the figure, or the low end of its range"),
    "value_high": ("number", "the high end of a range"),
    "op": ("text", "=, >, <, ~, >= or <="),
    "unit": ("text", "ISO 4217 code, percent, km, or the counted noun"),
    "what": ("text", "what is counted"),
    "period_start": ("day", "first day the figure covers"),
    "period_end": ("day", "last day the figure covers"),
    "of": ("text", "the denominator of a share"),
    "place": ("text", "where"),
    "place_country": ("text", "ISO 3166 alpha-3 code of the place's state"),
    "lat": ("number", "degrees north"),
    "lon": ("number", "degrees east"),
    "said": ("text", "narrator, direct or indirect"),
    "speaker_code": ("text", "code of who says so"),
    "speaker": ("text", "name of who says so"),
    "via": ("texts", "agencies and papers between, nearest first"),
    "speaks_for": ("texts", "codes the speaker speaks for"),
    "confidence": ("number", "calibrated, 0 to 1"),
    "rules": ("texts", "the rules that coded it"),
    "field": ("text", "title or text"),
    "start": ("whole", "first code point of the quote in the field"),
    "end": ("whole", "code point after the quote"),
    "quote": ("text", "the words it rests on"),
}
ACT_COLUMNS: Mapping[str, tuple[str, str]] = {
    "act": ("text", "the act's id"),
    "now": ("text", "for an id no longer used: the act that took it over"),
    "record": ("text", "the record that tells it best"),
    "type": ("text", "PLOVER type"),
    "mode": ("text", "PLOVER mode"),
    "cameo": ("text", "CAMEO code"),
    "quad": ("whole", "PLOVER quad class"),
    "intensity": ("number", "PLOVER 2.0 scale"),
    "goldstein": ("number", "Goldstein scale"),
    "status": ("text", "what most reports say"),
    "status_detail": ("text", "historical, habitual"),
    "day": ("day", "the day it stands on in a course"),
    "by_report_date": ("flag", "the day is its first report's, for want of one in the text"),
    "date_start": ("day", "first day"),
    "date_end": ("day", "last day"),
    "date_precision": ("text", "how exact"),
    "first_published": ("day", "the day of its first report"),
    "sources": ("texts", "codes of who acts"),
    "recipients": ("texts", "codes of who is acted on"),
    "pairs": ("texts", "the pairs it is between, «CHN-RUS»"),
    "place": ("text", "where"),
    "issue": ("text", "issue id"),
    "n_records": ("whole", "records that tell it"),
    "n_reports": ("whole", "reports that tell it"),
    "reason": ("text", "why its tellings are one act"),
}


@cache
def schema_of(family: str) -> pa.Schema:
    """Return the Arrow schema of reports, records or acts."""
    import pyarrow as pa

    types = {"text": pa.string(), "texts": pa.list_(pa.string()), "day": pa.date32(), "whole": pa.int32(),
             "number": pa.float64(), "flag": pa.bool_()}  # fmt: skip
    columns = {"reports": REPORT_COLUMNS, "records": RECORD_COLUMNS, "acts": ACT_COLUMNS}[family]
    return pa.schema([pa.field(name, types[kind]) for name, (kind, _) in columns.items()])


def to_table(rows: Iterable[Mapping[str, Any]], family: str) -> pa.Table:
    """Return flat rows as an Arrow table of the family's schema."""
    import pyarrow as pa

    return pa.Table.from_pylist([_clean(row) for row in rows], schema=schema_of(family))


def flatten_record(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a contract row (with `published` and `outlet`, where known) as flat columns."""
    flat = {k: row.get(k) for k in RECORD_COLUMNS} | {"contexts": row.get("contexts") or ()}
    flat |= {"kind": row["record"], "published": to_date(row.get("published"))}
    flat |= {k: to_date(row[k]) for k in ("date_start", "date_end")}
    flat |= _flat_actors(row) | _flat_place(row["place"]) | _flat_said(row["attribution"])
    flat |= _flat_figure(row["figure"]) if row.get("figure") else {}
    flat["rules"] = [reason["rule"] for reason in row["why"]]
    return flat


def flatten_act(row: Mapping[str, Any], pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Return an act of the ledger as flat columns."""
    flat = {k: row.get(k) for k in ACT_COLUMNS}
    flat |= {k: to_date(row[k]) for k in ("day", "date_start", "date_end", "first_published")}
    flat |= {side: [a["code"] for a in row[side] if a["code"]] for side in ("sources", "recipients")}
    flat["place"] = row["place"]["name"] if row["place"] else None
    flat["pairs"] = [f"{a}-{b}" for a, b in pairs]
    return flat


def _flat_actors(row: Mapping[str, Any]) -> dict[str, Any]:
    sides = {"sources": row["sources"], "recipients": row["recipients"], "about": row.get("about") or ()}
    flat: dict[str, Any] = {side: [a["code"] for a in actors] for side, actors in sides.items()}
    flat["source_names"] = [a["name"] for a in row["sources"]]
    flat["recipient_names"] = [a["name"] for a in row["recipients"]]
    return flat


def _flat_place(place: Mapping[str, Any] | None) -> dict[str, Any]:
    found = place or {}
    return {"place": found.get("name"), "place_country": found.get("country"),
            "lat": found.get("lat"), "lon": found.get("lon")}  # fmt: skip


def _flat_said(attribution: Mapping[str, Any]) -> dict[str, Any]:
    speaker = attribution["speaker"] or {}
    return {"said": attribution["kind"], "speaker_code": speaker.get("code"), "speaker": speaker.get("name"),
            "via": attribution["via"], "speaks_for": attribution["speaks_for"]}  # fmt: skip


def _flat_figure(figure: Mapping[str, Any]) -> dict[str, Any]:
    value = figure["value"]
    low, high = value if isinstance(value, (list, tuple)) else (value, None)
    return {"value": low, "value_high": high, "op": figure["op"], "unit": figure["unit"],
            "what": figure["what"],
            "period_start": to_date(figure["period_start"]), "period_end": to_date(figure["period_end"]),
            "of": figure["of"]}  # fmt: skip


def _clean(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return the row with lone surrogates replaced, which no column file can hold."""
    return {k: plain(v) if isinstance(v, str) else v for k, v in row.items()}


def to_date(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
