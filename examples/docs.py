"""Remake what the pages of docs/measures show: `python -m examples.docs [PAGE …]`.

The sample reports are read into an archive; then of each page the section of the catalogue, the output
under each `detente …` command, and the pictures these commands draw are written anew. A page that changes by
this is stale.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

from click.testing import CliRunner

from detente.measures.catalogue import to_markdown
from detente.views.cli import cli

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT / "docs" / "measures"
CATALOGUE = re.compile(r"(?<=<!-- catalogue -->\n).*?(?=\n<!-- end of catalogue -->)", re.DOTALL)
BLOCK = re.compile(r"```sh\n(?P<typed>detente [^\n]+)\n```(?P<shown>\n\n```text\n.*?```)?", re.DOTALL)
DRAWN = re.compile(r"```sh\n(detente [^\n]+--picture [^\n]+)\n```")
ARCHIVE = "demo/archive"  # as `make demo` leaves it


def main() -> None:
    """Write the pages named, or all, and say which changed."""
    pages = [Path(name).resolve() for name in sys.argv[1:]] or sorted(PAGES.glob("*.md"))
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        prepare(Path(folder))
        for page in pages:
            before = page.read_text("utf-8")
            after = remake(before, page.stem)
            page.write_text(after, "utf-8")
            print(f"{page.name}: {'as it was' if after == before else 'changed'}")
        for drawn in sorted(Path(folder).glob("*.svg")):
            (PAGES / "pictures").mkdir(exist_ok=True)
            shutil.copy(drawn, PAGES / "pictures" / drawn.name)


def prepare(folder: Path) -> None:
    """Make the archive of the sample reports, and lay the samples beside it as in a checkout."""
    (folder / "examples").symlink_to(ROOT / "examples")
    run(f"detente add {ARCHIVE} examples/reports")


def remake(text: str, family: str) -> str:
    """Return a page with the catalogue's section, the printed output and the pictures as they are now.

    Commands run in the order of the page, so that one may use what an earlier one made.
    """
    text = CATALOGUE.sub(lambda _: to_markdown(family), text)
    return BLOCK.sub(_again, text)


def _again(block: re.Match[str]) -> str:
    """Return a block with its output anew; one that only draws is run and left as it is."""
    typed = block["typed"]
    if block["shown"]:
        return f"```sh\n{typed}\n```\n\n```text\n{run(typed)}```"
    if "--picture " in typed:
        run(typed)
    return block[0]


def run(typed: str) -> str:
    """Return what a command prints, a hundred columns wide; raises RuntimeError where it fails."""
    result = CliRunner(env={"COLUMNS": "100"}).invoke(cli, shlex.split(typed)[1:])
    if result.exit_code:
        raise RuntimeError(f"{typed}: {result.output}")
    lines = [line.rstrip() for line in result.stdout.splitlines()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
