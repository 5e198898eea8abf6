"""How large, how fast: `python -m benchmarks.archive` fills an archive with made-up records and measures it.

A first part is added report by report, as a user does, and timed. The rest is the same part told again for
other years and in other letters (no two quotes are alike, as no two are in life), written straight into the
ledger, since waiting hours for a million transactions teaches nothing; columns are then written as always.
Measured: bytes per record (ledger without the reports' texts and the search index, and columns), records
added a second, all pairs by month and one pair out of the columns, against the same acts in plain SQLite and
in a pandas pickle, in one run; and searches.

Records are as long and as mixed as those of 282 Wikinews reports of 2019 and 2020 (`REAL`), where a quarter
are events; `--events` makes all of them events with two sides and a day, the most that can be asked.
`--records` is how many (1,000,000), `--keep FOLDER` where the archive stays. `--bare` leaves out the search
index and whatever of a report is not quoted: for ten million.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from detente.archive import Archive
from detente.archive.packing import BODIES, pack_words, unpack_words
from detente.archive.search import index_quotes_anew
from detente.knowledge.ontology import goldstein_of, kinds
from detente.knowledge.states import states
from detente.measures.panel import build_panel
from detente.records import (
    Actor,
    Amount,
    Attribution,
    Coded,
    Event,
    Evidence,
    Figure,
    Place,
    Position,
    Reason,
    Record,
    Report,
    Statement,
)

BASE_REPORTS = 1_000
PER_REPORT = 10
BASE_YEAR = 2021
# What `detente add` made of Wikinews's reports of 2019 and 2020: shares of the kinds, mean characters.
REAL = {"event": 0.24, "figure": 0.24, "statement": 0.48, "position": 0.04}
REAL_LENGTHS = {"quote": 135, "body": 365, "report": 4_470, "title": 67, "url": 97}
DATED = {"event": 0.35, "figure": 0.22}  # of these the text itself gives the days
CODES = "USA CHN RUS DEU FRA GBR IND JPN KOR PRK IRN ISR TUR EGY SAU BRA NOR SWE POL UKR".split()
WORDS = (
    "minister talks border trade fisheries sanctions treaty exercise navy embassy visit pipeline water "
    "refugees grain airspace summit protest detained ceasefire monitors loan visa tariff cable harbour island"
).split()
SYLLABLES = "ba co de fi ga hu jo ka le mi no pa ro sa te vu wen xar yst zim tion ing er est".split()
ROLES = ("President of {}", "Prime Minister of {}", "Foreign Minister of {}", None, None, None)
CODER = {
    "name": "detente",
    "version": "0",
    "rules": "sha256:0123456789abcdef",
    "model": "sha256:0123456789abcdef",
}


@dataclass
class Maker:
    """Makes reports whose records are as real ones in kind and length; `text` characters a report or more."""

    draw: random.Random
    only_events: bool
    text: int

    def __post_init__(self) -> None:
        syllables = self.draw.choices(SYLLABLES, k=9_000)
        words = ["".join(syllables[i : i + 1 + i % 4]) for i in range(0, 9_000, 3)]
        self.words = [*WORDS, *dict.fromkeys(words)]
        self.weights = list(accumulate(1 / (n + 8) for n in range(len(self.words))))
        self.names = [f"{self.word().title()} {self.word().title()}" for _ in range(400)]
        self.kinds = list(kinds().values())

    def word(self) -> str:
        return self.draw.choices(self.words, cum_weights=self.weights)[0]

    def sentence(self, opening: str, length: int) -> str:
        said = opening
        while len(said) < length:
            said += " " + self.word()
        return said + f" {self.draw.randrange(10_000)}."

    def reports(self, count: int) -> Iterator[Coded]:
        """Yield reports of ten records, each of which rests on a sentence of its own."""
        for n in range(count):
            published = date(BASE_YEAR, 1, 5) + timedelta(days=self.draw.randrange(350))
            title = self.sentence(f"Dispatch {n}", REAL_LENGTHS["title"] - 8)
            lengths = [max(60, int(self.draw.gauss(REAL_LENGTHS["quote"], 40))) for _ in range(PER_REPORT)]
            said = [self.sentence(self.draw.choice(CODES), length - 5) for length in lengths]
            others = [self.sentence("Then", 130) for _ in range((self.text - sum(lengths)) // 135)]
            report = Report(
                " ".join([*said, *others]), title, published=published, published_basis="given",
                outlet=self.draw.choice(("NTB", "AFP", "Gazette")),
                url=f"https://news.example/{published:%Y/%m}/" + title.replace(" ", "_")[:60],
            )  # fmt: skip
            yield Coded(report, tuple(self.record(report, sentence) for sentence in said), CODER)

    def record(self, report: Report, sentence: str) -> Record:
        start = report.text.index(sentence)
        shared = {
            "evidence": Evidence(report.id, "text", start, start + len(sentence), sentence),
            "confidence": self.draw.choice((0.6, 0.7, 0.75, 0.85, 0.9, self.draw.randrange(300, 990) / 1000)),
        }
        kind = "event" if self.only_events else self.draw.choices([*REAL], [*REAL.values()])[0]
        make: Callable[..., Record] = getattr(self, kind)
        return make(report, sentence.split(), **shared, **self.dates(kind, report.published))

    def dates(self, kind: str, published: date | None) -> dict[str, Any]:
        if not published or self.draw.random() > (1.0 if self.only_events else DATED.get(kind, 0)):
            return {}
        day = published - timedelta(days=self.draw.randrange(4))
        return {"date_start": day, "date_end": day, "date_basis": "on Tuesday", "date_precision": "day"}

    def actor(self) -> Actor:
        code, role = self.draw.choice(CODES), self.draw.choice(ROLES)
        name = self.draw.choice(self.names) if self.draw.random() < 0.56 else None
        state = states()[code]
        return Actor(code, name, role=role.format(state.name) if role and name else None, cow=state.cow)

    def event(self, report: Report, words: list[str], **shared: Any) -> Event:
        kind = self.draw.choice(self.kinds)
        source, recipient = self.actor(), self.actor()
        sides = 1.0 if self.only_events else 0.4  # of Wikinews's acts three in ten are between two states
        return Event(
            sources=(source,),
            recipients=(recipient,) if recipient.code != source.code and self.draw.random() < sides else (),
            type=kind.type, mode=kind.mode, quad=kind.quad, intensity=kind.intensity, cameo=kind.cameo,
            goldstein=goldstein_of(kind.cameo),
            place=Place("Geneva", "CHE", 46.2, 6.15) if self.draw.random() < 0.2 else None,
            why=(Reason(f"{words[1]} → {kind.type}/{kind.mode}", words[1]),
                 Reason(f"network {kind.type} 0.{self.draw.randrange(10, 99)}", words[1]),
                 Reason("status happened", words[1])), **shared,
        )  # fmt: skip

    def statement(self, report: Report, words: list[str], **shared: Any) -> Statement:
        speaker = self.actor()
        said = Attribution(self.draw.choice(("direct", "indirect")), speaker, (), (speaker.code or "",))
        why = (Reason("reported speech", words[1]),)
        about = (self.actor(),) if self.draw.random() < 0.6 else ()
        return Statement(about=about, attribution=said, status="claimed", why=why, **shared)

    def figure(self, report: Report, words: list[str], **shared: Any) -> Figure:
        amount = Amount(self.draw.randrange(2, 5_000), words[2], what=" ".join(words[2:4]))
        why = (Reason("figure: count", f"{amount.value} {words[2]}"),)
        sources = (self.actor(),) if self.draw.random() < 0.5 else ()
        return Figure(figure=amount, sources=sources, why=why, **shared)

    def position(self, report: Report, words: list[str], **shared: Any) -> Position:
        why = (Reason("stance: oppose", words[1]),)
        return Position(
            sources=(self.actor(),), stance="oppose", issue="north-korea-nuclear", why=why, **shared
        )


def add_base(folder: Path, maker: Maker) -> float:
    """Add the first part as a user does; return records a second, columns included."""
    coded = list(maker.reports(BASE_REPORTS))
    began = time.perf_counter()
    with Archive(folder, create=True) as archive:
        for one in coded:
            archive.add(one)
    return BASE_REPORTS * PER_REPORT / (time.perf_counter() - began)


def multiply(folder: Path, times: int, *, is_searched: bool) -> None:
    """Tell the first part again for other years until there are `times` of it."""
    with sqlite3.connect(folder / "ledger.sqlite", isolation_level=None) as ledger:
        ledger.row_factory = sqlite3.Row
        ledger.execute("pragma synchronous = off")
        ledger.execute("pragma cache_size = -400000")
        tops = {
            t: ledger.execute(f"select max({c}) from {t}").fetchone()[0]
            for t, c in (("commits", "n"), ("reports", "n"), ("records", "n"))
        }
        teller = Teller(ledger, tops)
        for k in range(1, times):
            ledger.execute("begin")
            teller.tell_again(k, BASE_YEAR - (k % 50) if k < 50 else 1900 + k % 100)
            ledger.execute("commit")
        ledger.execute("begin")
        ledger.execute("drop table quote_words")
        ledger.execute(
            "create virtual table quote_words using fts5 (quote, keys, content='', tokenize='unicode61')"
        )
        if is_searched:
            index_quotes_anew(ledger)
        ledger.execute("commit")
        ledger.execute("pragma wal_checkpoint(truncate)")


LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Teller:
    """Tells the first part of an archive again: other ids, another year, other letters, all of one length."""

    def __init__(self, ledger: sqlite3.Connection, tops: dict[str, int]) -> None:
        self.ledger = ledger
        self.tops = tops
        self.year = BASE_YEAR
        self.letters: dict[int, int] = {}
        self.bodies = lru_cache(maxsize=None)(_move_body)
        for name, move in (
            ("moved_day", self.move_day), ("moved_number", self.move_number),
            ("moved_words", self.move_words), ("moved_body", lambda body: self.bodies(body, self.year)),
        ):  # fmt: skip
            ledger.create_function(name, 1, move, deterministic=False)

    def move_day(self, day: str | None) -> str | None:
        return day and f"{self.year}{day[4:]}"

    def move_number(self, number: int | None) -> int | None:
        if number is None:
            return None
        day = date.fromordinal(number)  # no year of the first part has a 29 February
        return day.replace(year=self.year + day.year - BASE_YEAR).toordinal()

    def move_words(self, words: str | bytes | None) -> str | bytes | None:
        return words and pack_words(unpack_words(words).translate(self.letters))

    def tell_again(self, k: int, year: int) -> None:
        shuffled = random.Random(k).sample(LETTERS, len(LETTERS))
        self.letters, self.year = str.maketrans(LETTERS, "".join(shuffled)), year
        tag = f"x{k:03x}"  # no id starts so
        c, p, r = (k * self.tops[t] for t in ("commits", "reports", "records"))
        tops = self.tops
        for step in (
            f"insert into commits (n, at) select n + {c}, at from commits where n <= {tops['commits']}",
            f"""insert into reports select n + {p}, '{tag}' || substr(id, 5), '{tag}' || substr(digest, 5),
                given_id, moved_words(title), moved_words(text), moved_day(published), published_basis,
                '{tag}' || substr(url, 5), outlet, author, language, origin, learnt + {c}, changed + {c}
                from reports where n <= {tops["reports"]}""",
            f"""insert into records (n, id, report, seq, kind, status, date_start, date_end, issue, act,
                block, first, last, coder, changed, body) select n + {r}, '{tag}' || substr(id, 5),
                report + {p}, seq, kind, status, moved_day(date_start), moved_day(date_end), issue,
                '{tag}' || substr(act, 5), block, moved_number(first), moved_number(last), coder,
                changed + {c}, case when date_start is null then body else moved_body(body) end from records
                where n <= {tops["records"]}""",
            f"insert into record_codes select code, record + {r} from record_codes"
            f" where record <= {tops['records']}",
            f"insert into record_keys select key, moved_number(first), moved_number(last), record + {r}"
            f" from record_keys where record <= {tops['records']}",
            f"""insert into acts select '{tag}' || substr(id, 5), moved_day(day),
                '{{"record":"{tag}' || substr(body, 16), n_records, n_reports, now, changed + {c} from acts
                where changed <= {tops["commits"]} and now is null""",
            f"insert into act_pairs select a, b, '{tag}' || substr(act, 5) from act_pairs where act in"
            f" (select id from acts where changed <= {tops['commits']} and now is null)",
        ):
            self.ledger.execute(step)


def _move_body(body: bytes, year: int) -> str | bytes:
    words = unpack_words(body).replace(f'"{BASE_YEAR}-', f'"{year}-')
    return pack_words(words, dictionary=BODIES)


def lengths_of(folder: Path) -> dict[str, float]:
    """Return mean lengths of what was made, to hold against REAL_LENGTHS; the body before it is packed."""
    with Archive(folder) as archive:
        quotes = [len(row["quote"]) for row in archive.records()]
        reports = list(archive.reports())
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        bodies = [len(unpack_words(body)) for (body,) in ledger.execute("select body from records")]
    return {
        "quote": statistics.mean(quotes), "body": statistics.mean(bodies),
        "report": statistics.mean(len(r.text) for r in reports),
        "title": statistics.mean(len(r.title or "") for r in reports),
        "url": statistics.mean(len(r.url or "") for r in reports),
    }  # fmt: skip


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


PAIR = "FRA-NOR"
ONE_PAIR = """
select date_trunc('month', day) as month, count(*) as acts, sum(intensity) as intensity from acts
where list_contains(pairs, ?) and day is not null group by month
"""


def aggregate(folder: Path, work: Path, *, is_panel: bool) -> list[tuple[str, float, float, str]]:
    """Time all pairs by month in the archive, in plain SQLite and in a pandas pickle; the rows must agree."""
    import pandas as pd

    rows = []
    with Archive(folder) as archive:
        archive.sql("select 1")
        counts = archive.sql(PAIR_MONTHS).num_rows
        rows.append(("archive, pairs by month", *best(lambda: archive.sql(PAIR_MONTHS)), f"{counts:,} rows"))
        one = archive.sql(ONE_PAIR, [PAIR]).num_rows
        rows.append(
            ("archive, one pair by month", *best(lambda: archive.sql(ONE_PAIR, [PAIR])), f"{one:,} rows")
        )
        if is_panel:
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
        plain.execute("create index acts_by_pair on acts (pair, day)")
        size = (work / "plain.sqlite").stat().st_size
        by_pair = "select substr(day, 1, 7), count(*), sum(intensity) from acts where pair = ? group by 1"
        assert len(plain.execute(by_pair, (PAIR,)).fetchall()) == one
        took = best(lambda: plain.execute(by_pair, (PAIR,)).fetchall(), times=3)
        rows.append(("plain SQLite, one pair, by an index", *took, f"{one:,} rows"))
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
    parser.add_argument("--events", action="store_true", help="all records are events, dated, of two sides")
    parser.add_argument("--bare", action="store_true", help="no search index, and of reports what is quoted")
    options = parser.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary) / "archive"
        maker = Maker(random.Random(options.seed), options.events, 0 if options.bare else 4_470)
        measure(console, folder, Path(temporary), maker, options.records, is_bare=options.bare)


def measure(console: Console, folder: Path, work: Path, maker: Maker, records: int, *, is_bare: bool) -> None:
    rate = add_base(folder, maker)
    console.print(f"added as a user does: {rate:,.0f} records a second ({rate / PER_REPORT:,.0f} reports)")
    lengths = lengths_of(folder)
    console.print("mean lengths, made (real): " + ", ".join(
        f"{name} {lengths[name]:.0f} ({real})" for name, real in REAL_LENGTHS.items()))  # fmt: skip
    began = time.perf_counter()
    multiply(folder, max(1, records // (BASE_REPORTS * PER_REPORT)), is_searched=not is_bare)
    console.print(f"told again in {time.perf_counter() - began:,.0f} s")
    began = time.perf_counter()
    with Archive(folder) as archive:
        archive.refresh()
        counts = archive.counts()
    console.print(
        f"{counts['records']:,} records ({counts['event']:,} events), {counts['acts']:,} acts; "
        f"columns written in {time.perf_counter() - began:,.0f} s"
    )
    _print_sizes(console, folder, counts["records"])
    table = Table("all pairs by month", "first", "again", "")
    for name, first, again, note in aggregate(folder, work, is_panel=not is_bare):
        table.add_row(name, f"{first:.2f} s", f"{again:.2f} s", note)
    console.print(table)
    if not is_bare:
        _print_searches(console, folder)


def _print_sizes(console: Console, folder: Path, records: int) -> None:
    sizes = bytes_of(folder)
    for part, size in sizes.items():
        console.print(f"  {part}: {size / records:,.0f} bytes a record ({size / 1e6:,.0f} MB)")
    whole = sizes["ledger"] + sizes["columns"]
    console.print(f"  ledger and columns: {whole / records:,.0f} bytes a record")


def _print_searches(console: Console, folder: Path) -> None:
    table = Table("search", "first", "again", "passages")
    with Archive(folder) as archive:
        for name, words, filters in SEARCHES:
            found = len(archive.search(words, **filters))
            first, again = best(lambda w=words, f=filters: archive.search(w, **f))  # type: ignore[misc]
            table.add_row(name, f"{first * 1000:.1f} ms", f"{again * 1000:.1f} ms", str(found))
    console.print(table)


if __name__ == "__main__":
    main()
