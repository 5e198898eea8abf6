"""Pairs, records and coded reports made by hand for the tests of the views; every event is invented."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

from detente.measures.pair import (
    ActLine,
    Coverage,
    FigureLine,
    IssueLine,
    Pair,
    Point,
    PromiseLine,
    Quote,
    StanceLine,
    StatementLine,
)
from detente.records import (
    Actor,
    Amount,
    Attribution,
    Coded,
    Event,
    Evidence,
    Figure,
    Position,
    Reason,
    Report,
    Statement,
)

TEXT = (
    "Norway's foreign minister flew to Moscow on Monday for talks on the northern fishery. "
    "Russia criticised the patrols. Trade reached 1.2 billion dollars last year."
)
NOR: dict[str, Any] = {"code": "NOR", "name": None, "role": None, "sector": "GOV", "org": None, "cow": 385}
RUS: dict[str, Any] = {"code": "RUS", "name": None, "role": None, "sector": "GOV", "org": None, "cow": 365}
LARSEN: dict[str, Any] = NOR | {"name": "Ingrid Larsen", "role": "foreign minister of Norway"}

TYPES = {
    "CONSULT": (1, 2.5, "visit"), "AGREE": (1, 2.5, None), "SUPPORT": (1, 5.0, None),
    "COOPERATE": (2, 9.5, None), "AID": (2, 10.0, None), "ACCUSE": (3, -3.0, "disapprove"),
    "REJECT": (3, -2.0, "meet"), "SANCTION": (4, -6.0, "discontinue"), "MOBILIZE": (4, -5.5, "troops"),
}  # fmt: skip
SENTENCES = {
    "CONSULT": "Larsen arrived in Moscow for two days of talks on the northern fishery.",
    "AGREE": "The two governments will open a second crossing at Storskog next spring, the ministry said.",
    "SUPPORT": "Oslo and Moscow signed the protocol on search and rescue in the Barents Sea.",
    "COOPERATE": "Norwegian and Russian coast guards held a joint oil-spill drill off Vardø.",
    "AID": "Norway delivered field beds and generators to Murmansk after the flood.",
    "ACCUSE": "Moscow criticised the new radar at Vardø as «aimed against the Northern Fleet».",
    "REJECT": "Oslo turned down the proposed meeting of defence ministers.",
    "SANCTION": "Norway closed its ports to Russian trawlers from midnight.",
    "MOBILIZE": "Two Russian frigates sailed along the median line on Thursday.",
}
TRIGGERS = {
    "CONSULT": "arrived", "AGREE": "open", "SUPPORT": "signed", "COOPERATE": "drill", "AID": "delivered",
    "ACCUSE": "criticised", "REJECT": "turned down", "SANCTION": "closed", "MOBILIZE": "sailed",
}  # fmt: skip


def make_quote(words: str, n: int = 0, *, speaker: str | None = None, day: date | None = None) -> Quote:
    """Return a quote from an invented outlet."""
    outlet = ("Northern Wire", "Coastal Gazette", "Fjord Bulletin", None)[n % 4]
    return Quote(words, f"report-{n:03d}", f"{n:016x}", outlet, day or date(2024, 5, 17), speaker)


def make_act(n: int = 0, type: str = "CONSULT", **changes: Any) -> ActLine:
    """Return an act between Norway and Russia."""
    quad, weight, mode = TYPES[type]
    day = changes.pop("day", date(2024, 5, 14))
    fields: dict[str, Any] = {
        "act": f"{n:012x}", "date_start": day, "date_end": day, "precision": "day" if day else None,
        "status": "happened", "type": type, "mode": mode, "quad": quad, "intensity": weight,
        "sources": (LARSEN if type == "CONSULT" else NOR,), "recipients": (RUS,),
        "quotes": (make_quote(SENTENCES[type], n, day=day),), "counted": True, "n_reports": 1,
        "goldstein": weight, "cameo": "042",
    }  # fmt: skip
    return ActLine(**fields | changes)


def make_rows(pair: Pair) -> dict[str, dict[str, Any]]:
    """Return records behind a pair's acts, as the archive would."""
    return {
        quote.record: {
            "id": quote.record,
            "why": [{"rule": f"trigger:{act.type.lower()}", "words": TRIGGERS[act.type]}],
            "confidence": 0.87,
            "title": "From the north",
        }
        for act in pair.acts
        for quote in act.quotes
    }


def make_pair(n_acts: int = 40, *, months: int = 18) -> Pair:
    """Return Norway and Russia over some months: acts of every kind, figures at odds, promises, stances."""
    chance = random.Random(7)
    first = date(2024, 1, 1)
    acts = []
    for n in range(n_acts):
        day = first + timedelta(days=chance.randrange(months * 30))
        acts.append(make_act(n, chance.choice(list(TYPES)), day=day))
    acts += _special_acts(n_acts) if n_acts else []
    acts.sort(key=lambda a: (a.date_start or a.quotes[0].published or date.min, a.act), reverse=True)
    return Pair(
        "NOR", "RUS", "Norway", "Russia", None, None, date(2025, 6, 30),
        course=_course(acts, first, months) if acts else (),
        acts=tuple(acts),
        issues=_issues(), figures=_figures(), promises=_promises(), statements=_statements(),
        coverage=Coverage(31, 3, len(acts), 74, 0.18, first, date(2025, 6, 20)),
    )  # fmt: skip


def make_empty_pair() -> Pair:
    """Return a pair with nothing on record."""
    return Pair("NOR", "RUS", "Norway", "Russia", None, None, None)


def _special_acts(n: int) -> list[ActLine]:
    day = date(2024, 9, 12)
    three = tuple(
        make_quote(SENTENCES["SUPPORT"], k, speaker=("Ingrid Larsen (NOR)", None)[k % 2]) for k in range(3)
    )
    return [
        make_act(n, "AGREE", status="planned", counted=False, promise="open", day=date(2025, 4, 1)),
        make_act(n + 1, "MOBILIZE", status="denied", counted=False, day=day),
        make_act(n + 2, "SUPPORT", quotes=three, recipients=(), sources=(NOR, RUS), n_reports=3, day=day,
                 date_end=date(2024, 9, 13), telling="same kind, same two states, days that meet"),
        make_act(n + 3, "SANCTION", status="hypothetical", counted=False, day=None),
        make_act(n + 4, "ACCUSE", status="claimed", status_detail="historical", counted=False,
                 day=date(2024, 3, 1), date_end=date(2024, 3, 31), precision="month"),
    ]  # fmt: skip


def _course(acts: list[ActLine], first: date, months: int) -> tuple[Point, ...]:
    points, level = [], 0.0
    for k in range(months):
        year, month = divmod(first.month - 1 + k, 12)
        start = date(first.year + year, month + 1, 1)
        end = (start + timedelta(days=32)).replace(day=1) - timedelta(days=1)
        inside = [a for a in acts if a.counted and a.date_start and start <= a.date_start <= end]
        total = sum(a.intensity for a in inside)
        level = max(-9.0, min(9.0, level * 0.9 + total * 0.1))
        by_quad = tuple(sum(a.quad == q for a in inside) for q in (1, 2, 3, 4))
        mean = total / len(inside) if inside else None
        ids = tuple(a.act for a in inside)
        points.append(Point(f"{start:%Y-%m}", start, end, total, mean, level, len(inside), by_quad, ids))  # type: ignore[arg-type]
    return tuple(points)


def _issues() -> tuple[IssueLine, ...]:
    def line(code: str, stance: str, words: str) -> StanceLine:
        return StanceLine(code, stance, words, "report-004", f"{9:016x}", date(2024, 9, 12), None)

    return (
        IssueLine("barents-cod-quota", "Cod quota in the Barents Sea", (
            line("NOR", "support", "Norway backs a lower cod quota for the coming year."),
            line("RUS", "support", "Moscow supports cutting the quota by a fifth."),
        ), True),
        IssueLine("vardo-radar", "Radar at Vardø", (
            line("RUS", "oppose", "Russia is against the new radar at Vardø."),
            line("NOR", "support", "The radar serves safety in space, Oslo holds."),
        ), False),
        IssueLine("svalbard-inspections", "Inspections on Svalbard", (
            line("RUS", "demand", "Moscow demanded that inspections of its settlements end."),
        ), None),
    )  # fmt: skip


def _figures() -> tuple[FigureLine, ...]:
    def line(value: float | tuple[float, float], n: int, conflict: str | None, **changes: Any) -> FigureLine:
        fields: dict[str, Any] = {
            "what": "fish exports", "value": value, "unit": "USD", "op": "=", "parties": ("NOR", "RUS"),
            "period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31), "of": None,
            "quote": make_quote(f"Fish exports came to {value} dollars in 2024.", n), "conflict": conflict,
        }  # fmt: skip
        return FigureLine(**fields | changes)

    return (
        line(1.2e9, 0, "c1"),
        line(9.4e8, 1, "c1", op="<"),
        line((10, 12), 2, None, what="vessels inspected", unit="vessel", parties=("NOR",)),
    )


def _promises() -> tuple[PromiseLine, ...]:
    open_one = make_quote(SENTENCES["AGREE"], 5)
    return (
        PromiseLine(f"{40:012x}", "open", open_one, due=date(2025, 4, 30), type="AGREE"),
        PromiseLine("gone", "kept", make_quote("Larsen will visit Murmansk in May.", 6), kept=make_quote(
            "Larsen opened the consulate in Murmansk on Friday.", 7), kept_by=f"{0:012x}", type="AGREE",
            mode="visit", reason="a visit by the same side within the month named"),
        PromiseLine("lost", "lapsed", make_quote("The ministers will meet before the summer.", 8),
                    due=date(2024, 6, 21), type="AGREE", mode="meet"),
    )  # fmt: skip


def _statements() -> tuple[StatementLine, ...]:
    said = (
        ("rising", "Relations in the north are better than at any time since the thaw."),
        ("falling", "Trust is at its lowest in thirty years."),
        (None, "Fishermen do not ask which flag the fish swim under."),
    )
    return tuple(
        StatementLine(direction, "Ingrid Larsen", "NOR", ("NOR", "RUS"),  # type: ignore[arg-type]
                      make_quote(words, n, speaker="Ingrid Larsen (NOR)"), date(2024, 5, 17))
        for n, (direction, words) in enumerate(said)
    )  # fmt: skip


def make_report(text: str = TEXT, *, title: str | None = "Talks in Moscow") -> Report:
    """Return a report from an invented outlet."""
    return Report(text, title, date(2024, 5, 17), given_id="wire-7", outlet="Northern Wire")


def make_coded(report: Report | None = None) -> Coded:
    """Return a report with one record of each kind, two of them over the same words."""
    report = report or make_report()
    text = report.text

    def at(words: str) -> Evidence:
        start = text.index(words) if words in text else 0
        end = start + (len(words) if words in text else len(text))
        return Evidence(report.id, "text", start, end, text[start:end])

    norway, russia = Actor("NOR", "Ingrid Larsen", "foreign minister"), Actor("RUS")
    first = TEXT[: TEXT.index(". ") + 1]
    records = (
        Event(evidence=at(first), sources=(norway,), recipients=(russia,), type="CONSULT", mode="visit",
              cameo="042", quad=1, intensity=2.5, date_start=date(2024, 5, 13), date_end=date(2024, 5, 13),
              date_basis="on Monday", date_precision="day", confidence=0.9, act="a1",
              why=(Reason("trigger:visit", "flew"),)),
        Position(evidence=at("talks on the northern fishery"), sources=(norway,), issue="northern-fishery",
                 stance="support"),
        Event(evidence=at("Russia criticised the patrols."), sources=(russia,), recipients=(Actor("NOR"),),
              type="ACCUSE", mode="disapprove", quad=3, intensity=-3.0, status="claimed",
              why=(Reason("trigger:criticise", "criticised"),)),
        Figure(evidence=at("1.2 billion dollars"), sources=(norway, russia),
               figure=Amount(1.2e9, "USD", what="trade", period_start=date(2023, 1, 1),
                             period_end=date(2023, 12, 31))),
        Statement(evidence=at("Russia criticised the patrols."), about=(russia,), direction="falling",
                  attribution=Attribution("indirect", norway, ("NTB",))),
    )  # fmt: skip
    return Coded(report, records, {"name": "detente"})


def make_reports() -> tuple[Coded, ...]:
    """Return three reports, two of them telling the same visit, one with a figure that differs."""
    second = TEXT.replace("1.2 billion", "1.4 billion").replace("flew to", "arrived in")
    other = Report(second, None, date(2024, 5, 18), given_id="gazette-1", outlet="Coastal Gazette")
    third = "Norway closed its ports to Russian trawlers. Larsen will visit Murmansk next month."
    last = Report(third, "Ports closed", date(2024, 9, 2), given_id="wire-9", outlet="Coastal Gazette")
    closed = Event(
        evidence=Evidence(last.id, "text", 0, 44, third[:44]),
        sources=(Actor("NOR"),), recipients=(Actor("RUS"),),
        type="SANCTION", mode="discontinue", cameo="163", quad=4, intensity=-6.0, goldstein=-8.0,
        date_start=date(2024, 9, 1), date_end=date(2024, 9, 1), date_precision="day", confidence=0.8,
        why=(Reason("trigger:close", "closed"),),
    )  # fmt: skip
    return make_coded(), make_coded(other), Coded(last, (closed,), {})
