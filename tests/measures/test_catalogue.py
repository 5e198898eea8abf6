"""The catalogue says all of every measure, and its docs say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from detente.measures import MEASURES
from detente.measures.catalogue import to_markdown
from detente.views.cli import cli

DOCS = Path(__file__).parents[2] / "docs" / "measures"
FAMILIES = sorted({measure.family for measure in MEASURES.values()})


@pytest.mark.parametrize("measure", MEASURES.values(), ids=lambda m: m.name)
def test_a_measure_says_all_a_reader_needs(measure):
    told = ("title", "unit", "range", "formula", "source", "example")
    assert all(getattr(measure, what).strip() for what in told)
    assert measure.command.split()[0] in cli.commands, f"no command prints {measure.name}"
    assert measure.opens in ("acts", "records", "reports", "series")


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_stands_in_its_page_of_the_docs_as_the_catalogue_has_it(family):
    page = DOCS / f"{family}.md"
    assert to_markdown(family) in page.read_text("utf-8"), f"python -m examples.docs writes it into {page}"
