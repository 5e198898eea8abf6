"""How far an event can be trusted: the event in, a chance between 0 and 1 out.

A logistic regression over what the event shows of itself, its weights in `confidence.tsv`, fitted by
`python -m training.calibrate` on annotated sentences so that of events at 0.8 about eight in ten hold.
"""

from __future__ import annotations

from functools import cache
from math import exp

from detente.knowledge.tables import read_table
from detente.records import Event


def estimate(event: Event) -> float:
    """Return the chance that the act is there and has this type, rounded to three places."""
    weights = _weights()
    score = weights["always"] + sum(weights.get(name, 0.0) * value for name, value in features(event).items())
    return round(1 / (1 + exp(-score)), 3)


def features(event: Event) -> dict[str, float]:
    """Return what the event shows of itself by name; absent names are zero."""
    rule = event.why[0].rule.split(" → ")[0] if event.why else ""
    network = next((r.rule.split() for r in event.why if r.rule.startswith("network ")), None)
    shown = {
        f"type {event.type}": 1.0,
        f"status {event.status}": 1.0,
        f"said {event.attribution.kind}": 1.0,
        "words": 0.0 if rule.startswith("network ") else float(len(rule.split()) - 1),
        "network": float(network[2]) if network else 0.0,
        "network alone": float(rule.startswith("network ")),
        "network agrees": float(bool(network and network[1] == event.type)),
        "named person": float(any(a.name for a in event.sources)),
        "recipient": float(bool(event.recipients)),
        "together": float(len(event.sources) > 1 and not event.recipients),
        "at home": float({a.code for a in event.sources} == {a.code for a in event.recipients}),
        "dated": float(event.date_start is not None),
        "no source": float(not event.sources),
        "short clause": float(event.evidence.end - event.evidence.start < 60),
        "long clause": float(event.evidence.end - event.evidence.start > 240),
        "issue": float(event.issue is not None),
    }
    return {name: value for name, value in shown.items() if value}


@cache
def _weights() -> dict[str, float]:
    return {row["feature"]: float(row["weight"]) for row in read_table("confidence.tsv")}
