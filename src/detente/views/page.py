"""A pair of states -> one HTML page that opens from disk: no asset from elsewhere, no framework.

The page is set by `templates/pair.html`; this module gives the template its words and its data
link. All text of reports is escaped; the only markup that is not is written here and in chart.py.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup, escape

from detente.errors import InputError
from detente.views import lines, wording
from detente.views.chart import NARROW, WIDE, draw_course, draw_mark, place_acts
from detente.views.wording import QUADS, STATUS_MARKS

if TYPE_CHECKING:
    from detente.measures.movers import Mover
    from detente.measures.pair import ActLine, Pair

Row = Mapping[str, Any]

CSV_COLUMNS = (
    "act", "date_start", "date_end", "precision", "sources", "recipients", "type", "mode", "quad",
    "intensity", "goldstein", "cameo", "status", "counted", "place", "promise", "reports",
    "quote", "speaker", "outlet", "published", "report", "record",
)  # fmt: skip
SHOWN_ACTS = 1000  # a page of 1,000 acts weighs 2 MB and opens in a second; more help nobody
SHOWN_ISSUES = 40  # of each kind: shared, parted, one on record
PROMISE_MARKS = {"open": "○", "kept": "●", "changed": "◐", "lapsed": "✕"}


def render_pair(pair: Pair, rows: Mapping[str, Row] | None = None, *, home: str | None = None) -> str:
    """Return the page on a pair as HTML.

    `rows` are the records behind the lines, by id, as `lines.find_rows` gives them; with them each act
    tells why it was coded so. The page works without, and for a pair with nothing on record.
    `home` is the page that lists all pairs, where there is one.
    """
    script = _asset("pair.js")
    every = pair.acts
    pair = replace(pair, acts=every[:SHOWN_ACTS])
    years = lines.group_by_year(pair.acts)
    return _environment().get_template("pair.html").render(
        pair=pair,
        rows=rows or {},
        home=home,
        acts=pair.acts,
        n_acts=len(every),
        n_counted=sum(act.counted for act in every),
        older=len(every) - len(pair.acts),
        years=years,
        ids={act.act for act in pair.acts},
        positions=lines.group_positions(pair, limit=SHOWN_ISSUES),
        promise_states=[(s, n) for s in PROMISE_MARKS if (n := sum(p.state == s for p in pair.promises))],
        undrawn=len(pair.acts) - len(place_acts(pair)),
        version=version("detente"),
        figures=lines.group_conflicts(pair.figures),
        directions=lines.group_by_direction(pair.statements),
        statuses=lines.count_statuses(pair.acts),
        types=lines.count_types(pair.acts),
        measures=_measures(),
        style=Markup(_asset("pair.css")),
        script=Markup(script),
        policy=_policy(script),
        data=data_link(act for year in years for act in year.acts),
        wide=draw_course(pair, WIDE, label=lines.chart_label(pair)),
        narrow=draw_course(pair, NARROW, label=lines.chart_label(pair)),
    )  # fmt: skip


def render_index(
    movers: Sequence[Mover], names: Mapping[str, str], rows: Mapping[str, Row] | None = None
) -> str:
    """Return the page that lists pairs, the most moved first.

    `names` maps «CHN-RUS» to its page's file; `rows` are the records that moved them, by id.
    """
    return _environment().get_template("index.html").render(
        movers=movers,
        names=names,
        rows=rows or {},
        version=version("detente"),
        style=Markup(_asset("pair.css")),
        policy=_policy(""),
    )  # fmt: skip


def write_page(
    pair: Pair, path: str | Path, rows: Mapping[str, Row] | None = None, *, home: str | None = None
) -> None:
    """Write the page on a pair whole or not at all; an InputError says what stood in the way."""
    _write(render_pair(pair, rows, home=home), Path(path))


def write_index(
    movers: Sequence[Mover],
    names: Mapping[str, str],
    path: str | Path,
    rows: Mapping[str, Row] | None = None,
) -> None:
    """Write the list of pairs as `write_page` writes a pair."""
    _write(render_index(movers, names, rows), Path(path))


def _write(html: str, target: Path) -> None:
    part = target.with_name(f".{target.name}.part")
    try:
        part.write_text(html, encoding="utf-8", errors="replace")
        os.replace(part, target)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError(
            f"The page could not be written to {target}: {error.strerror}; name a file in a folder "
            "that exists and that you may write to.",
            stage="page",
        ) from error


def mark_triggers(quote: str, why: Iterable[Row]) -> Markup:
    """Return a quote, escaped, with the words the rules saw in <mark>."""
    out, at = Markup(""), 0
    for start, end in wording.trigger_spans(quote, why):
        out += escape(quote[at:start]) + Markup("<mark>{}</mark>").format(quote[start:end])
        at = end
    return out + escape(quote[at:])


def data_link(acts: Iterable[ActLine]) -> str:
    """Return the acts as a CSV in a data: link, one row each with its first quote."""
    return "data:text/csv;charset=utf-8;base64," + base64.b64encode(
        list_acts(acts).encode("utf-8", "replace")
    ).decode("ascii")


def list_acts(acts: Iterable[ActLine]) -> str:
    """Return the acts as CSV text; cells a spreadsheet would run as a formula begin with an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for act in acts:
        first = act.quotes[0] if act.quotes else None
        writer.writerow(
            _tame(cell)
            for cell in (
                act.act, act.date_start, act.date_end, act.precision, _codes(act.sources),
                _codes(act.recipients), act.type, act.mode, act.quad, act.intensity, act.goldstein,
                act.cameo, act.status, act.counted, act.place, act.promise,
                len({q.report for q in act.quotes}),
                *((first.quote, first.speaker, first.outlet, first.published, first.report, first.record)
                  if first else (None,) * 6),
            )
        )  # fmt: skip
    return out.getvalue()


def _codes(actors: Iterable[Row]) -> str:
    return ";".join(a.get("code") or a.get("name") or "?" for a in actors)


def _tame(cell: object) -> object:
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return cell


def _policy(script: str) -> str:
    """The page's own law: this style and this script, nothing else, nothing from anywhere."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'; base-uri 'none'"


def _measures() -> Sequence[Any]:
    from detente.measures.catalogue import MEASURES

    return tuple(MEASURES.values())


@cache
def _asset(name: str) -> str:
    return (files("detente.views") / "templates" / name).read_text(encoding="utf-8").strip()


class _Outdent(Extension):
    """Drops the indentation of template lines: a page of many acts is a quarter lighter for it."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return "\n".join(line.lstrip() for line in source.splitlines())


@cache
def _environment() -> Environment:
    env = Environment(
        loader=PackageLoader("detente.views", "templates"),
        autoescape=True,
        extensions=[_Outdent],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {
        "anchor": lines.anchor, "date": wording.say_date, "day": lines.say_day, "when": lines.say_when,
        "sides": lines.say_sides, "people": lines.say_people, "weight": lines.say_weight,
        "score": lines.say_score, "share": lines.say_share, "figure": lines.say_figure,
        "state": lines.state_name, "speaker": lines.say_speaker, "when_row": wording.say_days,
        "count": wording.say_count, "first_upper": _first_upper, "join_words": lines.say_list,
    }  # fmt: skip
    env.globals |= {
        "mark_triggers": mark_triggers, "draw_mark": _draw_small_mark, "stances_of": lines.stances_of,
        "tellers": lines.say_tellers,
        "span": lines.say_span, "describe_act": lines.describe_act, "quads": QUADS,
        "status_marks": STATUS_MARKS, "promise_marks": PROMISE_MARKS,
    }  # fmt: skip
    return env


def _first_upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def _draw_small_mark(quad: int) -> Markup:
    return Markup('<svg class="mark" viewBox="0 0 14 14" aria-hidden="true">{}</svg>').format(
        draw_mark(quad, 7, 7, 4.6)
    )
