"""The examples in the docs run as they stand, in order, and print what they say they print."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path
from typing import Any

from examples import life

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLE = re.compile(r"```python\n(.*?)```.*?```text\n(.*?)```", re.S)


def run(code: str, names: dict[str, Any]) -> str:
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "docs", "exec"), names)
    return said.getvalue()


def test_the_examples_of_archive_and_measures_print_what_they_say(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    examples = [
        e for doc in ("archive.md", "measures.md") for e in EXAMPLE.findall((DOCS / doc).read_text("utf-8"))
    ]
    assert len(examples) == 3
    for code, printed in examples:
        assert run(code, names) == printed


def test_the_life_of_one_act_is_what_the_commands_print():
    shown = life.PAGE.read_text("utf-8")
    assert life.mask(life.remake(shown)) == life.mask(shown), "python -m examples.life writes it anew"
    assert all(f"<!-- life: {name} -->" in shown for name in life.PARTS)
