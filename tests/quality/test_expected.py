"""The questions put to an archive give what a hand-made account of a whole report says."""

import pytest

from quality import expected

needs_account = pytest.mark.skipif(
    not (expected.SEED / "expected.json").exists(), reason="needs ../shared/seed beside the repository"
)
FLOOR = 0.8  # of all lines; measured 22 of 26, November 2026


@needs_account
def test_four_in_five_lines_of_the_account_are_reproduced():
    lines = expected.measure()
    assert len(lines) > 20
    missing = [line.says for line in lines if not line.is_there]
    assert 1 - len(missing) / len(lines) >= FLOOR, missing
    for section in ("figures", "conflict sets"):
        assert all(line.is_there for line in lines if line.section == section), missing


def test_without_the_account_the_command_says_so(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(expected, "SEED", tmp_path)
    assert expected.main([]) == 2
    assert "not at hand" in capsys.readouterr().out
