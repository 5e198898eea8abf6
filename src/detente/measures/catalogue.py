"""Every measure by name: unit, formula, source, range, example. Help, captions and docs are made of these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detente.measures.courses import LEVEL_RULE


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One measure as a reader needs it: what it says, in which unit, how it is reckoned, from where."""

    name: str
    title: str
    unit: str
    formula: str
    source: str
    range: str
    example: str


_CODEBOOK = "Détente codebook"
_PLOVER = "PLOVER 2.0 scale of event types, with ACCUSE as -3"
_POINTS = "PLOVER points"
_BOTH_WAYS = "-9 n to 10 n, for n acts"

_ALL = (
    Measure(
        name="course.n",
        title="Acts a month",
        unit="acts",
        formula="number of acts counted: happened or ongoing, neither habit nor background, each act once",
        source=_CODEBOOK,
        range="0 and up",
        example="three visits and a protest note in July: 4",
    ),
    Measure(
        name="course.by_quad",
        title="Acts a month by quad class",
        unit="acts",
        formula="acts counted in each quad: verbal and material cooperation, verbal and material conflict",
        source="PLOVER quad classes",
        range="0 and up",
        example="three visits and a protest note in July: 3, 0, 1, 0",
    ),
    Measure(
        name="course.total",
        title="Sum of weights",
        unit=_POINTS,
        formula="sum of the intensities of the month's acts counted",
        source=_PLOVER,
        range=_BOTH_WAYS,
        example="three visits (2.5 each) and a protest note (-3): 4.5",
    ),
    Measure(
        name="course.mean",
        title="Mean weight",
        unit=_POINTS,
        formula="total / n; empty in a month without acts",
        source=_PLOVER,
        range="-9 to 10",
        example="three visits and a protest note: 4.5 / 4 = 1.125",
    ),
    Measure(
        name="course.goldstein",
        title="Sum of Goldstein weights",
        unit="Goldstein points",
        formula="sum of the Goldstein weights of the month's acts counted, by CAMEO code; none counts 0",
        source="Goldstein (1992), Journal of Conflict Resolution 36(2), as carried to CAMEO",
        range="-10 n to 10 n, for n acts",
        example="a visit hosted (2.8) and a protest note (-2.0): 0.8",
    ),
    Measure(
        name="course.level",
        title="Running level",
        unit="points of level",
        formula=(
            "L is 0 before the first act known. Each month L becomes k L; then each act of weight w, by day, "
            "adds g w (N - L) / N if w > 0 and g w (N + L) / N if w < 0. "
            f"N = {LEVEL_RULE.bound:g}, g = {LEVEL_RULE.gain:g}, "
            f"k = 0.5 ^ (1 / {LEVEL_RULE.half_life_months:g}) = {LEVEL_RULE.kept_per_month:.4f}"
        ),
        source=(
            "bounded update in the manner of Tsinghua University's series of bilateral relations (Yan "
            "Xuetong and Zhou Fangyin 2004); weights from PLOVER; g and the decay k are ours"
        ),
        range=f"-{LEVEL_RULE.bound:g} to {LEVEL_RULE.bound:g}",
        example="from 0, one visit: 0.1 x 2.5 x 9/9 = 0.25",
    ),
    Measure(
        name="mover.change",
        title="How much a pair moved",
        unit=_POINTS,
        formula="sum over the window of |intensity| of the pair's acts counted",
        source=_PLOVER,
        range="0 and up",
        example="three visits and a protest note: 10.5",
    ),
    Measure(
        name="mover.total",
        title="Which way a pair moved",
        unit=_POINTS,
        formula="sum over the window of the intensity of the pair's acts counted",
        source=_PLOVER,
        range=_BOTH_WAYS,
        example="three visits and a protest note: 4.5",
    ),
    Measure(
        name="issue.agree",
        title="Agreement on an issue",
        unit="yes, no or unknown",
        formula=(
            "newest stance of each: support and demand go together, oppose and refuse go together, a claim "
            "goes with support; two claims part; neutral, or one side alone, is unknown"
        ),
        source=_CODEBOOK,
        range="true, false, null",
        example="both oppose a deployment: they agree",
    ),
    Measure(
        name="promise.state",
        title="What became of a plan",
        unit="state",
        formula=(
            "kept: an act of the same parties and a fitting type was done in the planned days; "
            "changed: put off, or announced anew for other days; "
            "lapsed: called off, or 31 days past its last day without one; open: none of these"
        ),
        source=_CODEBOOK,
        range="open, kept, changed, lapsed",
        example="a visit announced for May and reported in May: kept",
    ),
    Measure(
        name="figure.conflict",
        title="Figures that disagree",
        unit="set",
        formula=(
            "figures of one subject, unit, parties and period (without a period: reported within 31 days of "
            "the one before, or of those of the one period told then) of which two admit no common number; = "
            "admits half a percent, ~ five percent; or of which reports of one day call one done, one planned"
        ),
        source=_CODEBOOK,
        range="a name, or null",
        example="trade of 24.5 and of 26 billion USD in 2020: one set of two",
    ),
    Measure(
        name="coverage.state_owned",
        title="Share resting on state media",
        unit="share",
        formula="tellings in outlets a state owns / tellings in outlets whose owner is known",
        source="Détente's table of outlets",
        range="0 to 1",
        example="two tellings by a state agency, two by a private one: 0.5",
    ),
)

MEASURES: Mapping[str, Measure] = {measure.name: measure for measure in _ALL}


def to_markdown() -> str:
    """Return the catalogue as a section of docs/measures.md, one heading a measure."""
    return "\n\n".join(
        f"### `{m.name}`: {m.title.lower()}\n\n"
        f"- unit: {m.unit}; range: {m.range}\n- formula: {m.formula}\n"
        f"- source: {m.source}\n- example: {m.example}"
        for m in MEASURES.values()
    )
