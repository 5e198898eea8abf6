"""An invented archive for the measures of a pair: Norway and Russia over four years, warm until a break,
then cold."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from detente.archive import Archive
from detente.knowledge.ontology import goldstein_of, kind_of
from detente.records import Actor, Coded, Event, Evidence, Reason, Report

CODER = {"name": "detente", "version": "0", "rules": "sha256:0123456789abcdef", "model": None}
SENTENCES = {
    "CONSULT": "Norway and Russia held talks on cod in hall {n}.",
    "COOPERATE": "Norway and Russia ran rescue drill {n} at sea.",
    "SUPPORT": "Norway praised Russia for rescue {n}.",
    "ACCUSE": "Russia blamed Norway for radar {n}.",
    "SANCTION": "Norway shut harbour {n} to Russian boats.",
}
WARM, COLD = (5, 2, 2, 0.5, 0.2), (1, 0.3, 0.2, 5, 4)
BREAK = 30  # the month from which they treat each other coldly: July 2022
OUTLETS = ("Northern Wire", "TASS", "Coastal Gazette")


def tell(
    archive: Archive,
    sentence: str,
    type_: str,
    day: date,
    *,
    sources: Sequence[str],
    recipients: Sequence[str] = (),
    outlet: str = "Northern Wire",
    status: str = "happened",
) -> None:
    """Add a report of one sentence that tells one act."""
    kind = kind_of(type_)
    report = Report(f"{sentence} Printed by {outlet}.", published=day + timedelta(1), outlet=outlet)
    event = Event(
        evidence=Evidence(report.id, "text", 0, len(sentence), sentence),
        sources=tuple(map(Actor, sources)), recipients=tuple(map(Actor, recipients)), type=type_, mode=None,
        quad=kind.quad, intensity=kind.intensity, cameo=kind.cameo, goldstein=goldstein_of(kind.cameo),
        date_start=day, date_end=day, date_precision="day", date_basis="on Monday", confidence=0.9,
        why=(Reason("lexicon", sentence.split()[1]),), status=status,  # type: ignore[arg-type]
    )  # fmt: skip
    archive.add(Coded(report, (event,), CODER))


def make_north(folder: Path, seed: int = 3) -> Path:
    """Fill an archive with the two states' acts of 2020 to 2023, some told twice, some only claimed or
    planned."""
    draw = random.Random(seed)
    n = 0
    with Archive(folder, create=True) as archive:
        for month in range(48):
            first = date(2020 + month // 12, month % 12 + 1, 1)
            for _ in range(draw.choice((0, 1, 1, 2, 3))):
                n += 1
                (type_,) = draw.choices(list(SENTENCES), COLD if month >= BREAK else WARM)
                both = type_ in ("CONSULT", "COOPERATE")
                one, other = ("RUS", "NOR") if type_ == "ACCUSE" else ("NOR", "RUS")
                status = draw.choice(["happened"] * 8 + ["ongoing", "claimed", "planned"])
                day = first + timedelta(draw.randrange(28))
                for outlet in draw.sample(OUTLETS, draw.choice((1, 1, 2))):
                    tell(
                        archive, SENTENCES[type_].format(n=n), type_, day, outlet=outlet, status=status,
                        sources=("NOR", "RUS") if both else (one,), recipients=() if both else (other,),
                    )  # fmt: skip
    return folder
