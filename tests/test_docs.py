"""What the README and the docs say is true: commands run, links lead somewhere, shown output is real."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from detente import Archive
from detente.views.cli import cli

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


def commands(text: str) -> list[list[str]]:
    """Return the `detente …` lines of the shell blocks, comments cut, as argument lists."""
    lines = [line for block in blocks(text, "sh") for line in block.splitlines()]
    return [shlex.split(line, comments=True)[1:] for line in lines if line.startswith("detente ")]


@pytest.fixture
def workplace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder where `examples` is at hand, as in a checkout."""
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_commands_of_the_readme_run_as_typed(workplace: Path) -> None:
    typed = commands(README)
    assert {line[0] for line in typed} >= {"read", "add", "dyad", "show", "export"}
    for line in typed:
        if line[0] == "show":
            with Archive("crisis") as archive:
                line[-1] = next(archive.records())["id"][:8]
        result = CliRunner().invoke(cli, line)
        assert result.exit_code == 0, f"detente {shlex.join(line)}: {result.output}"


def test_the_python_of_the_readme_runs(workplace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (block,) = blocks(README, "python")
    exec(compile(block, "README.md", "exec"), {})
    assert "ACCUSE happened Norway condemned Sweden on Monday" in capsys.readouterr().out


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_links_within_the_docs_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text("utf-8")):
        if "://" not in target:
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_shows_what_the_demo_prints(workplace: Path) -> None:
    shown = README.split("<!-- demo output -->")[1].split("<!-- end of demo output -->")[0]
    CliRunner().invoke(cli, ["add", "demo", "examples/reports"])
    printed = CliRunner().invoke(cli, ["movers", "demo"]).output
    pair = re.compile(r"[A-Z]\w.*\([A-Z]{3}\) and .*\([A-Z]{3}\)")
    promised = pair.findall(shown)
    assert len(promised) >= 3
    assert set(promised) <= set(pair.findall(printed))
