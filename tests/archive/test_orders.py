"""A thousand reports of some two hundred acts, in five orders: the same acts, by the same ids."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

import pytest

from archive.builders import coded, event, report
from detente.archive.acts import records_near
from detente.archive.keeping import keep_report
from detente.archive.ledger import open_ledger
from detente.records import Coded

STATES = ("FRA", "NOR", "CHL", "PER", "KEN", "TZA", "IND", "NPL")
TOWNS = {"FRA": "Paris", "NOR": "Oslo", "CHL": "Santiago", "PER": "Lima", "KEN": "Nairobi", "TZA": "Dodoma",
         "IND": "New Delhi", "NPL": "Kathmandu"}  # fmt: skip
THINGS = (
    "the seizure of trawlers", "the new tariff on maize", "the closed road bridge", "two jailed geologists",
    "the dam on the upper river", "the gas price", "the airspace closure", "the old railway debt",
)  # fmt: skip
KINDS = (
    ("CONSULT", "visit", "{a}'s minister came to {town} over {thing}"),
    ("CONSULT", "phone", "{a} and {b} spoke by telephone about {thing}"),
    ("ACCUSE", "disapprove", "{a} condemned {b} for {thing}"),
    ("REQUEST", "yield", "{a} called on {b} to settle {thing}"),
    ("SUPPORT", None, "{a} and {b} signed a protocol on {thing}"),
    ("COOPERATE", None, "Crews of {a} and {b} worked together on {thing}"),
    ("SANCTION", None, "{a} imposed a ban on {b} because of {thing}"),
)


def tell_many(count: int, seed: int = 11) -> list[Coded]:
    """Return reports of one or two events each; an act is told some five times, dated or not."""
    rng = random.Random(seed)
    acts = []
    for _ in range(count // 5):
        a, b = rng.sample(STATES, 2)
        day = date(2021, 1, 4) + timedelta(days=rng.randrange(120))
        acts.append((a, b, day, rng.choice(THINGS), rng.choice(KINDS)))
    return [_tell(rng, n, rng.choices(acts, k=rng.choice((1, 1, 2)))) for n in range(count)]


def _tell(rng: random.Random, number: int, acts: list) -> Coded:
    published = max(day for _, _, day, _, _ in acts) + timedelta(days=rng.randrange(3))
    lines = []
    for a, b, _, thing, (_, _, words) in acts:
        lines.append(words.format(a=a, b=b, thing=thing, town=TOWNS[b]) + f", the Post no. {number} reports.")
    told = report(" ".join(dict.fromkeys(lines)), published.isoformat())
    events = []
    for line, (a, b, day, _, (type, mode, _)) in zip(lines, acts, strict=True):
        dated = rng.choice(({}, {"start": day.isoformat()}, {"start": day.isoformat()}))
        events.append(
            event(
                told, type, a, rng.choice((b, b, b, "")), mode=rng.choice((mode, mode, None)), quote=line,
                place=rng.choice((None, TOWNS[b])), **dated,
            )
        )  # fmt: skip
    return coded(told, *dict.fromkeys(events))


def acts_by_record(folder: Path, reports: list[Coded]) -> dict[str, str]:
    """Return the act of each record; the disk is not waited for, nor are columns written."""
    ledger = open_ledger(folder, create=True)
    ledger.execute("pragma synchronous = off")
    for told in reports:
        assert keep_report(ledger, told).outcome == "new"
    acts = {row["id"]: row["act"] for row in ledger.execute("select id, act from records")}
    ledger.close()
    return acts


@pytest.mark.slow
def test_a_thousand_reports_in_five_orders_give_the_same_acts_by_the_same_ids(tmp_path):
    reports = tell_many(1_000)
    first = acts_by_record(tmp_path / "0", reports)
    assert 250 < len(set(first.values())) < len(first) - 300  # told often, and not all thrown together
    for n in range(1, 5):
        random.Random(n).shuffle(reports)
        assert acts_by_record(tmp_path / str(n), reports) == first


def test_adding_a_report_reads_what_it_is_linked_with_and_no_more(tmp_path):
    reports = tell_many(120)
    acts_by_record(tmp_path / "a", reports)
    ledger = open_ledger(tmp_path / "a", create=False)
    numbers = [row[0] for row in ledger.execute("select n from records")]
    linked = [len(records_near(ledger, [n])) for n in numbers]
    ledger.close()
    assert max(linked) < len(numbers) / 5
