"""What the pages of docs/measures print is what the commands print; `python -m examples.docs` mends them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from examples import docs


@pytest.fixture(scope="module")
def workplace(tmp_path_factory: pytest.TempPathFactory):
    """A folder with the archive of the sample reports."""
    folder, home = tmp_path_factory.mktemp("pages"), Path.cwd()
    os.chdir(folder)
    docs.prepare(folder)
    yield folder
    os.chdir(home)


@pytest.mark.parametrize("page", sorted(docs.PAGES.glob("*.md")), ids=lambda p: p.stem)
def test_a_page_shows_what_is_printed(page: Path, workplace: Path) -> None:
    text = page.read_text("utf-8")
    assert docs.remake(text, page.stem) == text
    drawn = {Path(typed.split("--picture ")[1].split()[0]).name for typed in docs.DRAWN.findall(text)}
    for name in drawn:
        assert (docs.PAGES / "pictures" / name).exists(), (
            f"no picture {name}: python -m examples.docs draws it"
        )
        assert f"pictures/{name}" in text, f"{page.name} does not show {name}"
