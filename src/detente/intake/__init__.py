"""Reports out of files, folders and pages: each a Report, or a Rejected that says why not.

    for item in read_reports(["reports/", "page.html", "-"]): ...

docs/input.md tells what can be read and what is refused.
"""

from detente.intake.days import parse_day
from detente.intake.reports import read_reports
from detente.intake.words import make_report

__all__ = ["make_report", "parse_day", "read_reports"]
