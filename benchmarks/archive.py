"""How large, how fast: `python -m benchmarks.archive` fills an archive with made-up records and measures it.

A first part is added report by report, as a user does, and timed. The rest is the same part told again for
other years, written straight into the ledger, since waiting hours for a million transactions teaches nothing;
columns are then written as always. Measured: bytes per record (ledger without the reports' texts and the
search index, and columns), records added a second, all pairs by month out of the columns, against the same
acts in plain SQLite and in a pandas pickle, in one run; and searches.

`--records` is how many (1,000,000), `--keep FOLDER` where the archive stays.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from detente.archive import Archive
from detente.archive.search import index_quotes_anew
from detente.knowledge.ontology import goldstein_of, kinds
from detente.measures.panel import build_panel
from detente.records import Actor, Coded, Event, Evidence, Place, Reason, Report

BASE_REPORTS = 1_000
PER_REPORT = 10
BASE_YEAR = 2021
CODES = "USA CHN RUS DEU FRA GBR IND JPN KOR PRK IRN ISR TUR EGY SAU BRA NOR SWE POL UKR".split()
WORDS = (
    "minister talks border trade fisheries sanctions treaty exercise navy embassy visit pipeline water "
    "refugees grain airspace summit protest detained ceasefire monitors loan visa tariff cable harbour island"
).split()
CODER = {
    "name": "detente",
    "version": "0",
    "rules": "sha256:0123456789abcdef",
    "model": "sha256:0123456789abcdef",
}


def make_reports(count: int, draw: random.Random) -> Iterator[Coded]:
    """Yield reports of ten sentences, each of which tells one act of two states."""
    types = list(kinds().values())
    for n in range(count):
        published = date(BASE_YEAR, 1, 5) + timedelta(days=draw.randrange(350))
        sentences, acts = [], []
        for _ in range(PER_REPORT):
            a, b = draw.sample(CODES, 2)
            words = " ".join(draw.choices(WORDS, k=12))
            sentences.append(f"{a} and {b} over {words} {draw.randrange(10_000)}.")
            acts.append((a, b, draw.choice(types), published - timedelta(days=draw.randrange(4))))
        text = " ".join([f"Dispatch {n} of {draw.randrange(10**9)}.", *sentences])
        report = Report(text, published=published, outlet=draw.choice(("NTB", "AFP", "Gazette")))
        yield Coded(report, tuple(_events(report, sentences, acts)), CODER)


def _events(report: Report, sentences: list[str], acts: list[tuple]) -> Iterator[Event]:  # type: ignore[type-arg]
    for sentence, (a, b, kind, day) in zip(sentences, acts, strict=True):
        start = report.text.index(sentence)
        yield Event(
            evidence=Evidence(report.id, "text", start, start + len(sentence), sentence),
            sources=(Actor(a, "the minister", role="Foreign Minister"),), recipients=(Actor(b),),
            type=kind.type, mode=kind.mode, quad=kind.quad, intensity=kind.intensity, cameo=kind.cameo,
            goldstein=goldstein_of(kind.cameo), date_start=day, date_end=day, date_precision="day",
            date_basis="on Tuesday", place=Place("Geneva", "CHE", 46.2, 6.15), confidence=0.8,
            why=(Reason("lexicon", sentence.split()[4]),),
        )  # fmt: skip


def add_base(folder: Path, draw: random.Random) -> float:
    """Add the first part as a user does; return records a second, columns included."""
    coded = list(make_reports(BASE_REPORTS, draw))
    began = time.perf_counter()
    with Archive(folder, create=True) as archive:
        for one in coded:
            archive.add(one)
    return BASE_REPORTS * PER_REPORT / (time.perf_counter() - began)


def multiply(folder: Path, times: int) -> None:
    """Tell the first part again for other years until there are `times` of it."""
    with sqlite3.connect(folder / "ledger.sqlite", isolation_level=None) as ledger:
        ledger.row_factory = sqlite3.Row
        ledger.execute("pragma synchronous = off")
        tops = {
            t: ledger.execute(f"select max({c}) from {t}").fetchone()[0]
            for t, c in (("commits", "n"), ("reports", "n"), ("records", "n"))
        }
        ledger.execute("begin")
        for k in range(1, times):
            year = str(BASE_YEAR - (k % 50)) if k < 50 else f"{1900 + k % 100}"
            _tell_again(ledger, tops, k, year)
        ledger.execute("drop table quote_words")
        ledger.execute(
            "create virtual table quote_words using fts5 (quote, keys, content='', tokenize='unicode61')"
        )
        ledger.execute("commit")
        ledger.execute("begin")
        index_quotes_anew(ledger)
        ledger.execute("commit")
        ledger.execute("pragma wal_checkpoint(truncate)")


DAYS = ("date_start", "date_end", "first", "last", "published")


def _tell_again(ledger: sqlite3.Connection, tops: dict[str, int], k: int, year: str) -> None:
    c, p, r = (k * tops[t] for t in ("commits", "reports", "records"))
    tag = f"x{k:03x}"  # no id starts so
    old = str(BASE_YEAR)
    moved = {f: f"replace({f}, '{old}-', '{year}-')" for f in DAYS}
    ledger.execute(
        f"insert into commits (n, at) select n + {c}, at from commits where n <= {tops['commits']}"
    )
    ledger.execute(
        f"""insert into reports select n + {p}, '{tag}' || substr(id, 5), '{tag}' || substr(digest, 5),
            given_id, title, text, {moved["published"]}, published_basis, url, outlet, author, language,
            origin, learnt + {c}, changed + {c} from reports where n <= {tops["reports"]}"""
    )
    ledger.execute(
        f"""insert into records (n, id, report, seq, kind, status, date_start, date_end, issue, act, block,
            first, last, coder, changed, body) select n + {r}, '{tag}' || substr(id, 5), report + {p}, seq,
            kind, status, {moved["date_start"]}, {moved["date_end"]}, issue, '{tag}' || substr(act, 5), block,
            {moved["first"]}, {moved["last"]}, coder, changed + {c},
            replace(body, '{old}-', '{year}-') from records
            where n <= {tops["records"]}"""
    )
    for table in ("record_codes", "record_keys"):
        others = {
            "record_codes": "code",
            "record_keys": "key, replace(first, '{o}-', '{y}-'), replace(last, '{o}-', '{y}-')",
        }
        ledger.execute(
            f"insert into {table} select {others[table].format(o=old, y=year)}, record + {r} from {table} "
            f"where record <= {tops['records']}"
        )
    ledger.execute(
        f"""insert into acts select '{tag}' || substr(id, 5), block, replace(day, '{old}-', '{year}-'),
            replace(replace(body, '{old}-', '{year}-'), '"act":"' || substr(id, 1, 4), '"act":"{tag}'),
            n_records, n_reports, now, changed + {c} from acts
            where changed <= {tops["commits"]} and now is null"""
    )
    ledger.execute(
        f"insert into act_pairs select a, b, '{tag}' || substr(act, 5) from act_pairs where act in"
        f" (select id from acts where changed <= {tops['commits']} and now is null)"
    )


def bytes_of(folder: Path) -> dict[str, int]:
    """Return bytes of the ledger by what they hold, and of the columns."""
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        sizes: dict[str, int] = {}
        for name, size in ledger.execute("select name, sum(pgsize) from dbstat group by name"):
            part = (
                "search index" if name.startswith(("quote_words", "report_words"))
                else "reports" if name.startswith(("reports", "sqlite_autoindex_reports", "copy_"))
                else "ledger"
            )  # fmt: skip
            sizes[part] = sizes.get(part, 0) + size
    sizes["columns"] = sum(f.stat().st_size for f in (folder / "columns").glob("*.parquet"))
    return sizes


def best(job: Callable[[], object], *, times: int = 5) -> tuple[float, float]:
    """Return the seconds of the first run and the median of the others."""
    took = []
    for _ in range(times):
        began = time.perf_counter()
        job()
        took.append(time.perf_counter() - began)
    return took[0], statistics.median(took[1:])


PAIR_MONTHS = """
with told as (
    select unnest(pairs) as pair, date_trunc('month', day) as month, intensity from acts where day is not null
)
select pair, month, count(*) as acts, sum(intensity) as intensity from told group by pair, month
"""


def aggregate(folder: Path, work: Path) -> list[tuple[str, float, float, str]]:
    """Time all pairs by month in the archive, in plain SQLite and in a pandas pickle; the rows must agree."""
    import pandas as pd

    rows = []
    with Archive(folder) as archive:
        archive.sql("select 1")
        counts = archive.sql(PAIR_MONTHS).num_rows
        rows.append(("archive, pairs by month", *best(lambda: archive.sql(PAIR_MONTHS)), f"{counts:,} rows"))
        rows.append(("archive, full panel", *best(lambda: build_panel(archive), times=3), ""))
        flat = archive.sql(
            "select unnest(pairs) as pair, day, intensity, type, quad, act from acts where day is not null"
        )
    flat_rows = flat.to_pandas()
    flat_rows["day"] = pd.to_datetime(flat_rows["day"])
    flat_rows.to_pickle(work / "acts.pickle")
    with sqlite3.connect(work / "plain.sqlite") as plain:
        plain.execute(
            "create table acts (pair text, day text, intensity real, type text, quad integer, act text)"
        )
        values = zip(
            *(flat_rows[c].astype(str) if c == "day" else flat_rows[c] for c in flat_rows.columns),
            strict=True,
        )
        plain.executemany(
            "insert into acts values (?, ?, ?, ?, ?, ?)",
            ([v.item() if hasattr(v, "item") else v for v in row] for row in values),
        )
        plain.commit()
        query = "select pair, substr(day, 1, 7), count(*), sum(intensity) from acts group by 1, 2"
        assert len(plain.execute(query).fetchall()) == counts
        size = (work / "plain.sqlite").stat().st_size
        rows.append(
            ("plain SQLite", *best(lambda: plain.execute(query).fetchall(), times=3), f"{size / 1e6:,.0f} MB")
        )

    def by_pandas() -> int:
        frame = pd.read_pickle(work / "acts.pickle")
        return len(frame.groupby(["pair", frame["day"].dt.to_period("M")])["intensity"].agg(["count", "sum"]))

    assert by_pandas() == counts
    size = (work / "acts.pickle").stat().st_size
    rows.append(("pandas pickle", *best(by_pandas, times=3), f"{size / 1e6:,.0f} MB"))
    return rows


MARCH = {"since": date(2021, 3, 1), "until": date(2021, 3, 31)}
SEARCHES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("a rare word", "4711", {}),
    ("a common word", "fisheries", {}),
    ("two common words", "fisheries treaty", {}),
    ("a phrase", '"fisheries treaty"', {}),
    ("a beginning", "fish*", {}),
    ("a word, one actor, a type", "harbour", {"actors": ("NOR",), "type": "CONSULT"}),
    ("a word, two actors, a month", "harbour", {"actors": ("NOR", "SWE"), **MARCH}),
    ("a word, one day", "harbour", {"since": date(2021, 3, 9), "until": date(2021, 3, 9)}),
    ("words nowhere", "harbour zeppelin", {}),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="where the archive stays; else it is removed")
    parser.add_argument("--seed", type=int, default=20210309)
    options = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "archive"
        times = max(1, options.records // (BASE_REPORTS * PER_REPORT))
        rate = add_base(folder, random.Random(options.seed))
        console.print(
            f"added as a user does: {rate:,.0f} records a second ({rate / PER_REPORT:,.0f} reports)"
        )
        multiply(folder, times)
        began = time.perf_counter()
        with Archive(folder) as archive:
            archive.refresh()
            records, acts = archive.counts()["records"], archive.counts()["acts"]
        console.print(
            f"{records:,} records, {acts:,} acts; columns written in {time.perf_counter() - began:,.0f} s"
        )
        sizes = bytes_of(folder)
        for part, size in sizes.items():
            console.print(f"  {part}: {size / records:,.0f} bytes a record ({size / 1e6:,.0f} MB)")
        console.print(
            f"  ledger and columns: {(sizes['ledger'] + sizes['columns']) / records:,.0f} bytes a record"
        )
        table = Table("all pairs by month", "first", "again", "")
        for name, first, again, note in aggregate(folder, Path(temporary)):
            table.add_row(name, f"{first:.2f} s", f"{again:.2f} s", note)
        console.print(table)
        table = Table("search", "first", "again", "passages")
        with Archive(folder) as archive:
            for name, words, filters in SEARCHES:
                found = len(archive.search(words, **filters))
                first, again = best(lambda w=words, f=filters: archive.search(w, **f))  # type: ignore[misc]
                table.add_row(name, f"{first * 1000:.1f} ms", f"{again * 1000:.1f} ms", str(found))
        console.print(table)


if __name__ == "__main__":
    main()
