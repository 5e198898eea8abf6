"""A process of its own that adds reports to an archive and says which are done, one number a line.

Run as `python adding.py ARCHIVE FIRST COUNT`; the tests kill it, or read while it writes.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from archive.builders import coded, event, report
from detente.archive import Archive


def telling(n: int):
    """Report n: three records, so that a half-kept report would show."""
    told = report(
        f"Report {n}. The minister came to Oslo. Paris praised the talks on fishing quotas. Trade is up.",
        "2021-03-10",
    )
    return coded(
        told,
        event(told, "CONSULT", "FRA", "NOR", start="2021-03-09", quote="The minister came to Oslo."),
        event(told, "SUPPORT", "FRA", "NOR", quote="Paris praised the talks on fishing quotas."),
        event(told, "COOPERATE", "FRA NOR", quote="Trade is up."),
    )


def main(path: str, first: str, count: str) -> None:
    with Archive(path, create=True) as archive:
        for n in range(int(first), int(first) + int(count)):
            archive.add(telling(n))
            print(n, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
