"""What the tests of the views share: an archive made by hand, and a pipeline that codes without a model."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner
from making import make_coded, make_reports

from detente.records import Coded, Rejected, Report


@pytest.fixture
def runner() -> CliRunner:
    return CliRunner()


@pytest.fixture
def quick_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Codes every report as one fixed set of records, so that a front can be tried alone."""

    def code_reports(items: Iterable[Report | Rejected]) -> Iterator[Coded | Rejected]:
        for item in items:
            yield item if isinstance(item, Rejected) else make_coded(item)

    module = ModuleType("detente.pipeline")
    module.code_reports = code_reports  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "detente.pipeline", module)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of three invented reports on Norway and Russia."""
    from detente.archive import Archive

    path = tmp_path / "north"
    with Archive(path, create=True) as opened:
        for coded in make_reports():
            opened.add(coded)
    return path
