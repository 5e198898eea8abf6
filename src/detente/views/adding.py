"""Reports into an archive: coded, kept one by one, and an account at the end that adds up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from detente.records import Coded, Rejected, Report
from detente.views.terminal import progress, say, tell_rejected
from detente.views.wording import say_count

if TYPE_CHECKING:
    from detente.archive import Added, Archive


@dataclass(slots=True)
class Account:
    """What has become of the reports so far."""

    new: int = 0
    records: int = 0
    known: int = 0
    copies: int = 0
    rejected: int = 0
    undated: int = 0

    def words(self) -> str:
        """Return it as one line: «3 reports added (41 records), 2 reports known already, 1 rejected»."""
        parts = [f"{say_count(self.new, 'report')} added ({say_count(self.records, 'record')})"]
        if not self.new:
            parts = (
                ["nothing changed"]
                if self.known or self.copies or self.rejected
                else ["no reports were found"]
            )
        if self.copies:
            what = "as a copy, which adds" if self.copies == 1 else "as copies, which add"
            parts.append(f"{say_count(self.copies, 'report')} linked {what} no records")
        if self.known:
            parts.append(f"{say_count(self.known, 'report')} known already")
        if self.rejected:
            parts.append(f"{self.rejected:,} rejected")
        return ", ".join(parts)


def add_reports(
    path: str, reports: Iterable[str], *, published: date | None, mapping: dict[str, str] | None
) -> int:
    """Code and keep the reports; return how many were rejected.

    Reports the archive knows are not coded again. On Ctrl-C every report done so far is kept, and said to be.
    """
    from detente.archive import Archive
    from detente.intake import read_reports

    account = Account()
    try:
        with Archive(path, create=True) as archive, progress("Adding") as bar:
            items = read_reports(reports, published=published, mapping=mapping)
            for result in _code_unknown(archive, items, account):
                _keep(archive, result, account)
                bar.advance(f"{account.records:,} records")
    except KeyboardInterrupt:
        kept = f"{say_count(account.new, 'report')} added ({say_count(account.records, 'record')})"
        say(f"Stopped: {kept}; they are kept in {path}.", style="yellow")
        say("Run the same command again to finish the rest.")
        raise
    say(f"{path}: {account.words()}.")
    if account.undated:
        undated = say_count(account.undated, "report")
        say(f"Without a date: {undated}, whose relative days stay open and whose acts are in no month.")
        say("Give --published DATE, or name the file after its day, as 2025-03-04-talks.txt.")
    return account.rejected


def _code_unknown(
    archive: Archive, items: Iterable[Report | Rejected], account: Account
) -> Iterator[Coded | Rejected]:
    from detente.pipeline import code_reports

    def unknown() -> Iterator[Report | Rejected]:
        for item in items:
            if not isinstance(item, Report):
                yield item
            elif archive.knows(item):
                account.known += 1
            elif copy := archive.keep_if_copy(item):
                _tell_copy(archive, item, copy, account)
            else:
                yield item

    return iter(code_reports(unknown()))


def _keep(archive: Archive, result: Coded | Rejected, account: Account) -> None:
    if isinstance(result, Rejected):
        archive.reject(result)
        account.rejected += 1
        tell_rejected(result)
        return
    added = archive.add(result)
    if added.outcome == "new":
        account.new += 1
        account.undated += result.report.published is None
        account.records += added.records
    elif added.outcome == "copy":  # of a report that was being coded beside it
        _tell_copy(archive, result.report, added, account)
    else:
        account.known += 1


def _tell_copy(archive: Archive, report: Report, added: Added, account: Account) -> None:
    account.copies += 1
    first = archive.report(added.report)
    names = [r.origin or r.given_id or r.id for r in (report, first)]
    say(f"{names[0]}: a copy of {names[1]} ({added.why}).", style="dim")
