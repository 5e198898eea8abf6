"""Coded reports as the three shapes of `detente read`: a table for people, JSON lines, flat CSV."""

from __future__ import annotations

import csv
import json
import sys
from typing import Protocol

from detente.records import Coded, Rejected
from detente.views.terminal import say, stdout_console, tell_rejected, write
from detente.views.wording import say_count


class Printer(Protocol):
    """Something that sets results on stdout one by one, in the order they come."""

    def add(self, coded: Coded) -> None:
        """Print a report's records."""

    def reject(self, rejected: Rejected) -> None:
        """Account for a report that could not be read."""

    def close(self) -> None:
        """Say what is left to say."""


class TablePrinter:
    """Blocks for people: a heading a report, a block a record, a count at the end on stderr."""

    def __init__(self) -> None:
        self._console = stdout_console()
        self._reports = self._records = self._rejected = 0

    def add(self, coded: Coded) -> None:
        from detente.views.blocks import set_record, set_report

        if self._reports:
            self._console.print()
        self._reports += 1
        self._records += len(coded.records)
        self._console.print(set_report(coded.report, len(coded.records)))
        for row in coded.to_json():
            self._console.print()
            self._console.print(set_record(row))

    def reject(self, rejected: Rejected) -> None:
        self._rejected += 1
        tell_rejected(rejected)

    def close(self) -> None:
        lost = f", {self._rejected} rejected" if self._rejected else ""
        say(f"{say_count(self._reports, 'report')} read{lost}: {say_count(self._records, 'record')}.")


class JsonlPrinter:
    """The contract of docs/records.md: one JSON object a line, the rejected among them."""

    def add(self, coded: Coded) -> None:
        for row in coded.to_json():
            write(json.dumps(row, ensure_ascii=False))

    def reject(self, rejected: Rejected) -> None:
        write(json.dumps(rejected.to_json(), ensure_ascii=False))
        tell_rejected(rejected)

    def close(self) -> None:
        sys.stdout.flush()


class CsvPrinter:
    """Flat rows under one header, the columns of `detente export`; the rejected are told on stderr."""

    def __init__(self) -> None:
        from detente.exchange.flat import COLUMNS

        self._writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
        self._writer.writeheader()

    def add(self, coded: Coded) -> None:
        from detente.exchange.flat import flatten

        report = coded.report
        about = {
            "published": report.published.isoformat() if report.published else None,
            "outlet": report.outlet,
            "title": report.title,
        }
        self._writer.writerows(flatten(row | about) for row in coded.to_json())

    def reject(self, rejected: Rejected) -> None:
        tell_rejected(rejected)

    def close(self) -> None:
        sys.stdout.flush()


PRINTERS: dict[str, type[TablePrinter] | type[JsonlPrinter] | type[CsvPrinter]] = {
    "table": TablePrinter,
    "jsonl": JsonlPrinter,
    "csv": CsvPrinter,
}
