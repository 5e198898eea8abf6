"""The arrows of the house: no part imports a later one, none imports the face."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "detente"

# What each part may import besides itself. To change the plan, change this first.
ARROWS = {
    "errors": set(),
    "records": {"errors"},
    "knowledge": {"records", "errors"},
    "intake": {"knowledge", "records", "errors"},
    "language": {"knowledge", "records", "errors"},
    "coding": {"language", "knowledge", "records", "errors"},
    "pipeline": {"coding", "language", "intake", "knowledge", "records", "errors"},
    "exchange": {"measures", "archive", "knowledge", "records", "errors"},
    "archive": {"knowledge", "records", "errors"},
    "measures": {"archive", "knowledge", "records", "errors"},
    "evaluation": {"coding", "knowledge", "records", "errors"},
    "views": {
        "evaluation", "measures", "exchange", "archive", "pipeline", "coding", "language", "intake",
        "knowledge", "records", "errors",
    },
    "__init__": {"views", "archive", "pipeline", "coding", "intake", "knowledge", "records", "errors"},
    "__main__": {"views"},
}  # fmt: skip


def part_of(file: Path) -> str:
    inside = file.relative_to(SOURCE)
    return inside.parts[0] if len(inside.parts) > 1 else inside.stem


def imports(file: Path) -> set[str]:
    """Return the parts of detente a file imports, anywhere in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are written in full"
            modules = [node.module or ""]
            if node.module == "detente":
                modules = [f"detente.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        else:
            continue
        found |= {[*m.split("."), "__init__"][1] for m in modules if m.split(".")[0] == "detente"}
    return found


@pytest.mark.parametrize("file", sorted(SOURCE.rglob("*.py")), ids=lambda f: str(f.relative_to(SOURCE)))
def test_a_part_imports_only_what_stands_before_it(file: Path) -> None:
    part = part_of(file)
    assert part in ARROWS, f"«{part}» has no line in ARROWS"
    assert imports(file) - {part} <= ARROWS[part]


def test_every_arrow_names_a_part_that_exists() -> None:
    parts = {part_of(f) for f in SOURCE.rglob("*.py")}
    named = set(ARROWS) | set().union(*ARROWS.values())
    assert named <= parts
