"""A coded report as HTML for a notebook: its text with every record marked in place.

Styles are inline, since notebook viewers drop style sheets; colours are translucent, so they
hold on light and on dark ground; each kind also has its own line under the words.
"""

from __future__ import annotations

from html import escape

from detente.records import Coded, Field, Record
from detente.views.marking import Piece, cut_at_marks
from detente.views.wording import say_actors, say_days, say_parties, say_speaker, say_status, say_type

# kind -> (red, green, blue), line under the words; Okabe and Ito's colour-blind safe set (2008)
_LOOKS = {
    "event": ("0,114,178", "solid"),
    "position": ("213,94,0", "dashed"),
    "figure": ("0,158,115", "dotted"),
    "statement": ("148,118,164", "double"),
}
_KINDS = ("event", "position", "figure", "statement")


def display_html(coded: Coded) -> str:
    """Return the report as one HTML fragment, every record marked and explained on hover.

    All text is escaped. Overlapping records share their words: a piece under two records names both.
    """
    report = coded.report
    head = (
        f"<p style='font-weight:600;margin:0 0 .4em'>{_mark_field(coded, 'title')}</p>"
        if report.title
        else ""
    )
    about = " · ".join(
        escape(words)
        for words in (report.outlet, report.published and report.published.isoformat(), report.id)
        if words
    )
    return (
        "<div class='detente' style='max-width:46em;line-height:1.6'>"
        f"{head}<p style='opacity:.75;font-size:85%;margin:0 0 .6em'>{about}</p>"
        f"<div style='white-space:pre-wrap;overflow-wrap:anywhere'>{_mark_field(coded, 'text')}</div>"
        f"{_legend(coded)}{_list_records(coded)}</div>"
    )


def _mark_field(coded: Coded, field: Field) -> str:
    records = [r for r in coded.records if r.evidence.field == field]
    text = (coded.report.title or "") if field == "title" else coded.report.text
    pieces = cut_at_marks(text, [(r.evidence.start, r.evidence.end) for r in records])
    return "".join(_set_piece(piece, [records[i] for i in piece.marks]) for piece in pieces)


def _set_piece(piece: Piece, records: list[Record]) -> str:
    words = escape(piece.text)
    if not records:
        return words
    kinds = [kind for kind in _KINDS if any(r.kind == kind for r in records)]
    colour, line = _LOOKS[kinds[0]]
    under = [f"inset 0 -{2 * n}px 0 rgba({_LOOKS[kind][0]},.8)" for n, kind in enumerate(kinds[1:], 1)]
    more = f"box-shadow:{','.join(under)}" if under else ""
    title = escape("\n".join(describe_record(r) for r in records), quote=True)
    return (
        f'<mark title="{title}" style=\'color:inherit;background:rgba({colour},.16);'
        f"border-bottom:2px {line} rgba({colour},.9);{more}'>{words}</mark>"
    )


def describe_record(record: Record) -> str:
    """Return one line on a record.

    «event · 2017-07-03 · CHN → RUS · CONSULT/visit · happened · says the report»
    """
    row = record.to_json()
    if row["record"] == "statement":
        about = say_actors(row["about"])
        parts = [record.kind, f"says {say_speaker(row['attribution'])}", about and f"on {about}"]
        parts.append(row["direction"] and f"relations {row['direction']}")
        return " · ".join(part for part in parts if part)
    told = (record.kind, say_days(row), say_parties(row), say_type(row), say_status(row))
    return " · ".join((*told, f"says {say_speaker(row['attribution'])}"))


def _legend(coded: Coded) -> str:
    found = [kind for kind in _KINDS if any(r.kind == kind for r in coded.records)]
    if not found:
        return "<p style='opacity:.75;font-size:85%'>No records in this report.</p>"
    keys = " &nbsp; ".join(
        f"<span style='border-bottom:2px {_LOOKS[k][1]} rgba({_LOOKS[k][0]},.9)'>{k}</span> "
        f"{sum(r.kind == k for r in coded.records)}"
        for k in found
    )
    return f"<p style='font-size:85%;margin:.8em 0 .2em'>{keys}</p>"


def _list_records(coded: Coded) -> str:
    if not coded.records:
        return ""
    lines = "".join(f"<li>{escape(describe_record(r))}</li>" for r in coded.records)
    return f"<details style='font-size:85%'><summary>Records as a list</summary><ol>{lines}</ol></details>"
