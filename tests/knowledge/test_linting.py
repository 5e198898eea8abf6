"""What looks wrong in a user's tables, and in our own."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from detente.knowledge.extending import load_knowledge
from detente.knowledge.linting import Finding, lint, lint_acts, lint_tables
from detente.knowledge.tables import Row, read_table

TODAY = date(2026, 11, 24)


def found(tmp_path: Path, **files: str) -> list[str]:
    for name, text in files.items():
        (tmp_path / f"{name}.{'toml' if name == 'issues' else 'csv'}").write_text(text, "utf-8")
    known = load_knowledge(tmp_path).require_sound()
    return [f"{f.kind}: {f}" for f in lint(known, today=TODAY)]


FILE = Path(__file__).parents[1] / "cases" / "knowledge_warnings.toml"
CASES = tomllib.loads(FILE.read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["label"])
def test_what_looks_wrong_is_said(tmp_path: Path, case: dict[str, str]) -> None:
    findings = found(tmp_path, **{k: v for k, v in case.items() if k not in ("label", "said")})
    assert any(case["said"] in finding for finding in findings), findings


def test_sound_tables_raise_no_warning(tmp_path: Path) -> None:
    findings = found(
        tmp_path,
        people="name,code,kind,first\nRuta Sand,LVA,hos,2026-07-08\nOla Berg,LVA,envoy,2026-07-08\n",
        states_seats="code,words,kind\nEST,Amber House|the Amber House,palace\n",
        organisations="name,aliases,nicknames\nAmber Coast Forum,ACFO,the forum\n",
        organisations_members="organisation,code\nAmber Coast Forum,LVA\nNATO,LVA\n",
        traps="words\nRiga Cup\n",
        places="name,country\nAmber Bay,LVA\n",
        triggers="words,type,mode,pos\ndebank,SANCTION,discontinue,v\nport ban,SANCTION,,n\n",
        issues='[[issues]]\nid="amber-bay-fishing"\nname="Fishing in Amber Bay"\n',
    )
    assert findings == []


def test_an_empty_folder_raises_no_warning(tmp_path: Path) -> None:
    assert lint(load_knowledge(tmp_path)) == ()


# ------------------------------------------------------------------------------- our own tables

OWN = {
    "people": ("people_recent.csv", "people.csv"),
    "states_names": ("states_names.csv",),
    "states_seats": ("states_seats.csv",),
    "organisations": ("organisations.csv",),
    "organisations_members": ("organisations_members.csv",),
    "outlets": ("outlets.csv",),
    "places": ("places.csv", "places_cities.csv"),
    "traps": ("places_traps.csv",),
}
# What may stand, by file and kind: how many at most, and why.
ACCEPTED = {
    ("people.csv", "overlap"): (60, "references list acting and shared offices"),
    ("people.csv", "duplicate"): (20, "two references spell one person; either is found"),
    ("people.csv", "dates"): (2, "Sobhuza II reigned for 82 years"),
    ("organisations_members.csv", "dates"): (1, "Nicaragua left the OAS after 75 years"),
    ("places.csv", "shared"): (1, "Sabah is a state of Malaysia and a newspaper; places are asked last"),
}  # fmt: skip


def own_findings() -> list[Finding]:
    tables: dict[str, list[Row]] = {
        table: [row for file in files for row in read_table(file, delimiter=",")]
        for table, files in OWN.items()
    }
    return [*lint_tables(tables, today=date.today()), *lint_acts(read_table("triggers.tsv"))]


def test_our_own_tables_hold_what_we_ask_of_others() -> None:
    findings = own_findings()
    counts = Counter((f.file, f.kind) for f in findings)
    over = {
        key: [str(f) for f in findings if (f.file, f.kind) == key][:5]
        for key, n in counts.items()
        if n > ACCEPTED.get(key, (0, ""))[0]
    }
    assert not over
