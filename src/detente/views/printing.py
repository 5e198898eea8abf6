"""Coded reports as the three shapes of `detente read`: a table for people, JSON lines, flat CSV.

Each prints results as they come and returns how many reports were rejected.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from detente.records import Coded, Finding, Rejected
from detente.views.terminal import say, stdout_console, tell_rejected, write
from detente.views.wording import say_count

Results = Iterable[Coded | Rejected | Finding]  # a finding follows the report it was found in


def print_table(results: Results) -> int:
    """Print blocks for people: a heading a report, a block a record; counts at the end, on stderr."""
    from detente.views.blocks import set_record, set_report
    from detente.views.doubts import set_finding

    console = stdout_console()
    reports = records = rejected = findings = 0
    for result in results:
        if isinstance(result, Rejected):
            rejected += 1
            tell_rejected(result)
            continue
        if isinstance(result, Finding):
            findings += 1
            console.print()
            console.print(set_finding(result))
            continue
        if reports:
            console.print()
        reports += 1
        records += len(result.records)
        console.print(set_report(result.report, len(result.records)))
        for row in result.to_json():
            console.print()
            console.print(set_record(row))
    lost = f", {rejected:,} rejected" if rejected else ""
    odd = f", {say_count(findings, 'finding')}" if findings else ""
    say(f"{say_count(reports, 'report')} read{lost}: {say_count(records, 'record')}{odd}.")
    return rejected


def print_jsonl(results: Results) -> int:
    """Print the contract of docs/records.md: one JSON object a line, rejected and findings among them."""
    rejected = 0
    for result in results:
        if isinstance(result, Finding):
            write(json.dumps(result.to_json(), ensure_ascii=False))
            continue
        if isinstance(result, Rejected):
            rejected += 1
            tell_rejected(result)
            write(json.dumps(result.to_json(), ensure_ascii=False))
            continue
        for row in result.to_json():
            write(json.dumps(row, ensure_ascii=False))
    return rejected


def print_csv(results: Results) -> int:
    """Print flat rows under one header, the columns of `detente export`; the rejected are told on stderr."""
    from detente.archive.flat import RECORD_COLUMNS
    from detente.exchange.export import write_csv

    rejected: list[Rejected] = []
    write_csv(_flatten(results, rejected), sys.stdout, columns=tuple(RECORD_COLUMNS))
    return len(rejected)


def _flatten(results: Results, rejected: list[Rejected]) -> Iterator[Mapping[str, Any]]:
    from detente.archive.flat import flatten_record

    for result in results:
        if isinstance(result, Rejected):
            rejected.append(result)
            tell_rejected(result)
            continue
        if isinstance(result, Finding):
            continue  # no record, and so no row of records
        report = result.report
        for row in result.to_json():
            yield flatten_record(row | {"published": report.published, "outlet": report.outlet})


PRINTERS: Mapping[str, Callable[[Results], int]] = {
    "table": print_table,
    "jsonl": print_jsonl,
    "csv": print_csv,
}
