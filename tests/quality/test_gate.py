"""The gate fails on what fell, lets through what rose, and says which figure it means."""

import tomllib
from pathlib import Path

import pytest
from quality.gate import FLOORS, Figures, check

from quality import gate


def test_a_figure_below_its_floor_is_named() -> None:
    low = check(Figures("seed", {"event.type": 0.4}), {"event.type": 0.5})
    assert low == ["seed: event.type is 0.400, its floor 0.500"]


def test_a_figure_that_rose_passes() -> None:
    assert check(Figures("seed", {"event.type": 0.6}), {"event.type": 0.5}) == []


def test_more_negatives_than_allowed_are_named() -> None:
    assert check(Figures("seed", {"negatives": 3.0}), {"negatives": 2.0})
    assert not check(Figures("seed", {"negatives": 1.0}), {"negatives": 2.0})


def test_a_figure_that_was_not_measured_counts_as_fallen() -> None:
    assert check(Figures("seed", {}), {"figure": 0.7})


def test_every_set_has_floors() -> None:
    plan = tomllib.loads(FLOORS.read_text("utf-8"))
    assert len(plan) >= 3
    assert all(setting["floors"] for setting in plan.values())


def test_gold_outside_the_repository_is_said_to_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text(
        '[far]\nkind = "reports"\nroot = "../nowhere"\ngold = "g.jsonl"\nreports = "r"\n'
        "[far.floors]\nfigure = 0.5\n"
    )
    monkeypatch.setattr(gate, "FLOORS", floors)
    assert gate.main([]) == 0
    assert "not at hand" in capsys.readouterr().out


def test_risen_scores_are_written_as_floors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    floors = tmp_path / "floors.toml"
    floors.write_text(
        '[a]\nkind = "acts"\nhalf = "odd"\n\n[a.floors]\n"figure" = 0.5\n\n[b]\nkind = "acts"\n[b.floors]\n'
    )
    monkeypatch.setattr(gate, "FLOORS", floors)
    gate._raise_floors("a", Figures("a", {"figure": 0.7, "event.type": 0.3}), {"figure": 0.5})
    gate._raise_floors("b", Figures("b", {"figure": 0.1}), {})
    written = tomllib.loads(floors.read_text())
    assert written["a"]["floors"] == {"figure": 0.7, "event.type": 0.3}
    assert written["b"] == {"kind": "acts", "floors": {"figure": 0.1}}
