"""Remake «the life of one act» in docs/archive.md: `python -m examples.life`.

The four reports of examples/life are read, reviewed, released and compared in a fresh archive, by the
commands that stand here; what they print is written between the marks of the page. Ids depend on the rules of
the day, so a command names a record by its words.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from detente import Archive
from detente.views.cli import cli

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "archive.md"
PART = re.compile(r"(?<=<!-- life: )(?P<name>\w+)( -->\n).*?(?=<!-- end -->)", re.DOTALL)
ID = re.compile(r"\b(?:[0-9a-f]{16}|[0-9a-f]{8})\b")
DAY = re.compile(r"\b\d{1,2} [A-Z][a-z]{2} 20\d\d\b")
NAMED = re.compile(r"\{(record|act) «([^»]+)»\}")
SIGNED = '--by "{}" --reason "{}"'

PARTS = {
    "announced": (
        "detente add crisis examples/life/2021-03-03-rumour.txt examples/life/2021-03-05-plan.txt",
        "detente promises crisis France Norway",
        "detente release crisis v1",
    ),
    "done": (
        "detente add crisis examples/life/2021-03-10-visit.txt examples/life/2021-03-11-second.txt",
        "detente promises crisis France Norway",
    ),
    "corrected": (
        "detente review crisis {record «Norway rejected the charge.»} correct date=2021-03-11 "
        + SIGNED.format("Ane Vik", "the charge of the 10th was answered on the 11th"),
        "detente release crisis v2",
        "detente diff crisis v1 v2 --only act",
    ),
    "rejected": (
        "detente review crisis {record «met his Norwegian counterpart»} reject "
        + SIGNED.format("Jon Dahl", "one telling is enough here"),
        "detente diff crisis v2 --only record",
        "detente review crisis {record «met his Norwegian counterpart»} undo "
        + SIGNED.format("Ane Vik", "two reports are two witnesses"),
        "detente diff crisis v2",
    ),
    "told": (
        "detente show crisis {act «visited Oslo on Tuesday»}",
        'detente bundle crisis v2 --out deposit --title "A visit to Oslo" --author "Ane Vik" '
        "--license CC-BY-4.0",
        "detente check crisis",
    ),
}


def main() -> None:
    """Write the page anew and say whether it changed."""
    before = PAGE.read_text("utf-8")
    after = remake(before)
    PAGE.write_text(after, "utf-8")
    print(f"{PAGE.name}: {'as it was' if mask(after) == mask(before) else 'changed'}")


def remake(text: str) -> str:
    """Return the page with what each command prints today, in a fresh archive."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        Path("examples").symlink_to(ROOT / "examples")
        return PART.sub(lambda part: f"{part['name']}{part[2]}\n```\n{_run_all(part['name'])}```\n\n", text)


def mask(text: str) -> str:
    """Return a page without what is another one each day: ids, hashes, the days of commands."""
    return ID.sub("#", DAY.sub("a day", text))


def _run_all(name: str) -> str:
    return "".join(f"$ {typed}\n{_run(typed)}" for typed in map(_with_ids, PARTS[name]))


def _with_ids(command: str) -> str:
    """Return a command with ids in the place of the words that name a record, or its act."""
    return NAMED.sub(lambda named: _id_of(*named.groups()), command)


def _id_of(kind: str, words: str) -> str:
    with Archive("crisis", reviews="ignore") as archive:
        (row,) = [r for r in archive.records("event") if words in r["quote"]]
    return str(row["id" if kind == "record" else "act"])[:8]


def _run(typed: str) -> str:
    """Return what a command prints on both streams, 80 columns wide; raises RuntimeError where it fails."""
    os.environ["COLUMNS"] = "80"
    result = CliRunner().invoke(cli, shlex.split(typed)[1:])
    if result.exit_code > 1:  # 1 says that releases differ
        raise RuntimeError(f"{typed}: {result.output}")
    return "".join(f"{line.rstrip()}\n" for line in result.output.splitlines())


if __name__ == "__main__":
    main()
