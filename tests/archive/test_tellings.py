"""Tellings across reports are grouped as a reader would group them; the cases are data."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from archive.builders import coded, event, report
from detente.archive import Archive

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "tellings.toml").read_text("utf-8"))["case"]


def marked(case: dict[str, Any]):
    todo = case.get("todo")
    marks = [pytest.mark.xfail(reason=todo, strict=True)] if todo else []
    return pytest.param(case, id=case["label"], marks=marks)


def tell(telling: dict[str, Any]):
    given = dict(telling)
    told = report(given.pop("text"), given.pop("published"))
    precision = given.pop("precision", "day" if "start" in given else None)
    parts = (given.pop(k) for k in ("type", "sources", "recipients"))
    return coded(told, event(told, *parts, date_precision=precision, **given))


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_tellings_are_grouped_as_a_reader_would(case, tmp_path):
    with Archive(tmp_path / "a", create=True) as archive:
        reports = [tell(t) for t in case["tellings"]]
        for told in reports:
            archive.add(told)
        act_of = {r["report"]: r["act"] for r in archive.records()}
    found: dict[str, list[int]] = {}
    for number, told in enumerate(reports):
        found.setdefault(act_of[told.report.id], []).append(number)
    assert sorted(found.values()) == sorted(case["acts"]), case["why"]
