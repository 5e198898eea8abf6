"""Words in, the passages that hold them out: full text over quotes and reports, with filters and snippets.

Beside the words of a quote the index holds keys for who, what, status, issue and month of its record, so that
«talks» by Norway in 2021 is one intersection of lists and no scan. Common words are shown newest first; only
where few passages match are they ranked by how well.
"""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from detente.archive.finding import read_report, rows_by_number, sources_of
from detente.archive.rows import named_codes, plain, to_day
from detente.errors import ArchiveError

RANKED = 2_000  # matches up to which all are ranked by fit; beyond it the newest come first
CONTEXT = 90  # characters of a snippet on each side of the first words found
WIDEST = 60  # months a window may be wide before it is left to the rows themselves
_TERM = re.compile(r'(-?)(?:"([^"]+)"|(\S+))')


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds the words: of a record's quote, or of a report where no record's quote does.

    `marks` are half-open offsets in `snippet` where words asked for stand.
    """

    kind: Literal["record", "report"]
    id: str
    report: str
    published: str | None
    outlet: str | None
    title: str | None
    snippet: str
    marks: tuple[tuple[int, int], ...]
    row: Mapping[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the hit as one flat JSON object, with type, status and parties of a record."""
        row = self.row or {}
        sides = {k: [a["code"] for a in row.get(k) or ()] for k in ("sources", "recipients")}
        own = {k: row.get(k) for k in ("type", "mode", "status", "date_start", "date_end", "issue", "act")}
        return {
            "hit": self.kind, "id": self.id, "report": self.report, "published": self.published,
            "outlet": self.outlet, "title": self.title, "snippet": self.snippet,
        } | sides | own  # fmt: skip


def keys_of(row: Mapping[str, Any], published: date | None) -> str:
    """Return the keys a record is found by beside its words: «aNOR tCONSULT svhappened dm202103 dy2021»."""
    keys = [_key("a", code) for code in named_codes(row)]
    keys += [_key("s", row["status"]), _key("k", row["record"])]
    keys += [_key(p, row[f]) for p, f in (("t", "type"), ("o", "mode"), ("i", "issue")) if row.get(f)]
    start, end = row["date_start"] or row["date_end"], row["date_end"] or row["date_start"]
    if not start and published:
        start = end = published.isoformat()
    if start and end and start[:4] == end[:4]:
        keys.append(_key("y", start[:4]))
        if start[:7] == end[:7]:
            keys.append(_key("m", start[:7]))
    elif start and end:
        keys += [_key("y", str(y)) for y in range(int(start[:4]), min(int(end[:4]), int(start[:4]) + 30) + 1)]
    return " ".join(keys)


def index_quote(
    ledger: sqlite3.Connection, number: int, row: Mapping[str, Any], published: date | None
) -> None:
    """Put a record's quote and keys into the index."""
    ledger.execute(
        "insert into quote_words (rowid, quote, keys) values (?, ?, ?)",
        (number, plain(row["quote"]), keys_of(row, published)),
    )


def index_quotes_anew(ledger: sqlite3.Connection) -> None:
    """Fill an empty index of quotes from the records."""
    numbers = [row["n"] for row in ledger.execute("select n from records order by n")]
    for number, row in rows_by_number(ledger, numbers):
        index_quote(ledger, number, row, to_day(row["published"]))


def search(
    ledger: sqlite3.Connection,
    words: str,
    *,
    actors: Sequence[str] = (),
    type: str | None = None,
    status: str | None = None,
    issue: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int = 20,
) -> list[Hit]:
    """Return up to `limit` passages that hold all the words: quotes of records first, then whole reports.

    «"joint statement" fish* -trade» asks for a phrase, a beginning, and the absence of a word. With a filter
    by actor, type, status or issue only records are found. Raises ArchiveError for words without a letter.
    """
    terms = read_terms(words)
    keys = [_key("a", code) for code in actors]
    keys += [_key(p, v) for p, v in (("t", type), ("s", status), ("i", issue)) if v]
    hits = list(_record_hits(ledger, terms, keys, since, until, limit))
    if len(hits) < limit and not keys:
        seen = {hit.report for hit in hits}
        hits += _report_hits(ledger, terms, seen, since, until, limit - len(hits))
    return hits


def read_terms(words: str) -> tuple[tuple[str, bool], ...]:
    """Return the terms in the index's own language and whether each is wanted: «fish* -trade»."""
    terms = []
    for minus, phrase, word in _TERM.findall(words):
        bare = phrase or word.rstrip("*")
        if not any(ch.isalnum() for ch in bare):
            continue
        quoted = '"' + plain(bare).replace('"', '""') + '"'
        terms.append((quoted + ("*" if word.endswith("*") else ""), not minus))
    if not any(wanted for _, wanted in terms):
        raise ArchiveError(f"«{words}» asks for no word; give one or more, as «joint statement».")
    return tuple(terms)


def _key(prefix: str, value: str) -> str:
    """Return a token no word of a report can be mistaken for: the column it stands in holds only keys."""
    return prefix + "".join(ch for ch in value if ch.isalnum()).lower()


def _match(column: str, terms: Iterable[tuple[str, bool]]) -> str:
    wanted = " AND ".join(t for t, is_wanted in terms if is_wanted)
    unwanted = " OR ".join(t for t, is_wanted in terms if not is_wanted)
    return f"{column} : ({wanted})" + (f" NOT {column} : ({unwanted})" if unwanted else "")


def _months(since: date | None, until: date | None) -> str | None:
    """Return keys of the months and years of a window, or None where it is open or too wide for them."""
    if since is None or until is None or since > until:
        return None
    first, last = since.year * 12 + since.month, until.year * 12 + until.month
    if last - first > WIDEST:
        return None
    months = [f"m{(n - 1) // 12:04d}{(n - 1) % 12 + 1:02d}" for n in range(first, last + 1)]
    years = [f"y{y:04d}" for y in range(since.year, until.year + 1)]
    return "keys : (" + " OR ".join([*months, *years]) + ")"


def _record_hits(
    ledger: sqlite3.Connection,
    terms: Sequence[tuple[str, bool]],
    keys: Sequence[str],
    since: date | None,
    until: date | None,
    limit: int,
) -> Iterator[Hit]:
    match = _match("quote", terms)
    if keys:
        match = f"(keys : ({' AND '.join(keys)})) AND ({match})"
    window = _months(since, until)
    if window:
        match = f"({window}) AND ({match})"
    bounds, values = _bounds("coalesce(r.date_end, r.date_start, p.published)",
                             "coalesce(r.date_start, r.date_end, p.published)", since, until)  # fmt: skip
    order = "q.rowid desc" if _is_many(ledger, "quote_words", match) else "q.rank"
    query = f"""select r.n from quote_words q cross join {{source}} r on r.n = q.rowid
                cross join reports p on p.n = r.report
                where quote_words match ? {bounds} order by {order} limit ?"""
    numbers = []
    for source in sources_of(ledger):  # the index has corrected records as they were coded
        asked = _match("quote", terms) if source.endswith("lens_records") else match
        numbers += [row["n"] for row in ledger.execute(query.format(source=source), (asked, *values, limit))]
    rows = dict(rows_by_number(ledger, numbers))
    fitting = [rows[n] for n in numbers if set(keys) <= set(keys_of(rows[n], None).split())]
    for row in fitting[:limit]:
        snippet, marks = cut_snippet(row["quote"], terms)
        yield Hit("record", row["id"], row["report"], row["published"], row["outlet"], row["title"], snippet,
                  marks, row)  # fmt: skip


def _report_hits(
    ledger: sqlite3.Connection,
    terms: Sequence[tuple[str, bool]],
    seen: set[str],
    since: date | None,
    until: date | None,
    limit: int,
) -> Iterator[Hit]:
    match = _match("{title text}", terms)
    bounds, values = _bounds("p.published", "p.published", since, until)
    order = "q.rowid desc" if _is_many(ledger, "report_words", match) else "q.rank"
    rows = ledger.execute(
        f"""select p.* from report_words q cross join reports p on p.n = q.rowid
            where report_words match ? {bounds} and p.id not in (select value from json_each(?))
            order by {order} limit ?""",
        (match, *values, json.dumps(sorted(seen)), limit),
    )
    for row in rows:
        report = read_report(row)
        snippet, marks = cut_snippet(report.text, terms)
        if not marks and report.title:
            snippet, marks = cut_snippet(report.title, terms)
        published = report.published.isoformat() if report.published else None
        yield Hit("report", report.id, report.id, published, report.outlet, report.title, snippet, marks)


def _bounds(last: str, first: str, since: date | None, until: date | None) -> tuple[str, tuple[str, ...]]:
    bounds, values = "", []
    if since:
        bounds += f" and {last} >= ?"
        values.append(since.isoformat())
    if until:
        bounds += f" and {first} <= ?"
        values.append(until.isoformat())
    return bounds, tuple(values)


def _is_many(ledger: sqlite3.Connection, table: str, match: str) -> bool:
    try:
        found = ledger.execute(
            f"select count(*) as n from (select rowid from {table} where {table} match ? limit ?)",
            (match, RANKED + 1),
        ).fetchone()["n"]
    except sqlite3.OperationalError as error:
        raise ArchiveError(f"The words were not understood ({error}); give plain words.") from error
    return int(found) > RANKED


def cut_snippet(text: str, terms: Sequence[tuple[str, bool]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the part of a text around the first words found, on one line, and where in it they stand."""
    pattern = _pattern(terms)
    first = next(pattern.finditer(_fold(text)), None)
    middle = first.start() if first else 0
    start = _word_edge(text, max(0, middle - CONTEXT), forward=True)
    end = _word_edge(text, min(len(text), (first.end() if first else 0) + 2 * CONTEXT), forward=False)
    body = re.sub(r"\s", " ", text[start:end])
    before, after = "…" if start else "", "…" if end < len(text) else ""
    marks = tuple((m.start() + len(before), m.end() + len(before)) for m in pattern.finditer(_fold(body)))
    return before + body + after, marks


def _word_edge(text: str, at: int, *, forward: bool) -> int:
    """Return the offset moved to the edge of a word, a dozen characters at most."""
    if at in (0, len(text)):
        return at
    for step in range(24):
        moved = at + step if forward else at - step
        if 0 < moved < len(text) and text[moved - 1 if forward else moved].isspace():
            return moved
    return at


def _pattern(terms: Sequence[tuple[str, bool]]) -> re.Pattern[str]:
    spellings = []
    for term, wanted in terms:
        if not wanted:
            continue
        is_start = term.endswith("*")
        words = re.findall(r"\w+", _fold(term))
        spellings.append(r"\W+".join(map(re.escape, words)) + (r"\w*" if is_start else ""))
    return re.compile(r"\b(?:" + "|".join(spellings) + r")\b")


def _fold(text: str) -> str:
    """Return the text in small letters without accents, every character still in its place."""
    return "".join(_fold_character(ch) for ch in text)


def _fold_character(ch: str) -> str:
    if ch < "\x80":
        return ch.lower()
    bare = unicodedata.normalize("NFD", ch)[0].lower()
    return bare if len(bare) == 1 else ch


__all__ = ["Hit", "cut_snippet", "index_quote", "index_quotes_anew", "keys_of", "search"]
