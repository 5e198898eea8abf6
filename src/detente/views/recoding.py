"""An archive's reports coded anew one by one, and an account at the end of what came, went and stayed."""

from __future__ import annotations

from detente.records import Rejected
from detente.views.terminal import progress, say, tell_rejected
from detente.views.wording import say_count


def recode_reports(path: str) -> int:
    """Code all reports of an archive anew; return how many could not be, which stay as they were."""
    from detente.archive import Archive
    from detente.pipeline import code_reports

    came = went = kept = changed = failed = 0
    with Archive(path) as archive, progress("Recoding") as bar:
        reports = list(archive.reports())
        for coded in code_reports(reports):
            if isinstance(coded, Rejected):
                failed += 1
                tell_rejected(coded)
                continue
            recoded = archive.recode(coded)
            came, went, kept = came + recoded.came, went + recoded.went, kept + recoded.kept
            changed += bool(recoded.came or recoded.went)
            bar.advance(f"{came + kept:,} records")
    say(
        f"{path}: {say_count(len(reports) - failed, 'report')} coded anew, {changed:,} of them otherwise: "
        f"{say_count(came, 'record')} came, {went:,} went, {kept:,} as they were."
    )
    return failed
