"""Acts of one pair in, promises out: each planned act and whether it is open, kept or lapsed as of a day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

from detente.archive.tellings import share_words

GRACE = timedelta(days=31)  # a plan for May is not called lapsed before June is over: reports come late
EARLY = timedelta(days=1)
# An undated plan is matched with a like deed within this reach of its first report.
UNDATED_WAIT = timedelta(days=365)

NARROW = timedelta(days=92)  # a plan for a quarter or less
SHARED_WORDS, LEAST_WORDS = 0.3, 2  # of the shorter quote's content words; a deed is often told in few
_MEETING = re.compile(
    r"\b(meet|meets|meeting|visit|visits|travel|talks|summit|host|receive|trip|attend|consultations)\b", re.I
)

# Which deed keeps which plan: a plan is a plan to do something, and is coded AGREE or CONCEDE, or
# with the type of what is to be done.
KEEPS: Mapping[str, tuple[str, ...]] = {
    "AGREE": ("CONSULT", "COOPERATE", "SUPPORT", "AID", "AGREE", "RETREAT"),
    "CONSULT": ("CONSULT",),
    "COOPERATE": ("COOPERATE",),
    "SUPPORT": ("SUPPORT",),
    "AID": ("AID",),
    "CONCEDE": ("RETREAT", "CONCEDE"),
    "RETREAT": ("RETREAT",),
}
BREAKS = {("REJECT", "meet"), ("REJECT", "assist"), ("REJECT", "change")}


@dataclass(frozen=True, slots=True)
class Promise:
    """A planned act, its state, and the act that kept it or called it off."""

    plan: str
    state: Literal["open", "kept", "lapsed"]
    deed: str | None
    due: date | None
    reason: str


def follow_promises(acts: Iterable[Mapping[str, Any]], *, as_of: date | None) -> tuple[Promise, ...]:
    """Return what became of each planned cooperative act among `acts`: rows of `Archive.acts` with a `quote`.

    «The two will meet in May» is kept by a meeting of the same parties in May, lapsed when a month has
    gone by since May without one or when it was called off, and open until then. Each deed keeps one
    plan at most, the one due first. Threats and planned sanctions are no promises.
    """
    acts = sorted(acts, key=lambda a: (a["day"] or "9999", a["act"]))
    taken: set[str] = set()
    promises = []
    for plan in sorted((a for a in acts if _is_plan(a)), key=lambda a: (_due(a) or date.max, a["act"])):
        deed = next((a for a in acts if a["act"] not in taken and _keeps(a, plan)), None)
        if deed:
            taken.add(deed["act"])
        promises.append(_judge(plan, deed, acts, as_of))
    return tuple(promises)


def _judge(
    plan: Mapping[str, Any],
    deed: Mapping[str, Any] | None,
    acts: Iterable[Mapping[str, Any]],
    as_of: date | None,
) -> Promise:
    due = _due(plan)
    if deed:
        return Promise(
            plan["act"], "kept", deed["act"], due, f"{_what(deed)} on {deed['date_start'] or deed['day']}"
        )
    off = next((a for a in acts if _breaks(a, plan)), None)
    if off:
        return Promise(plan["act"], "lapsed", off["act"], due, f"{_what(off)} on {off['day']}")
    if due and as_of and due + GRACE < as_of:
        return Promise(plan["act"], "lapsed", None, due, f"due {due}, not reported done by {as_of}")
    return Promise(plan["act"], "open", None, due, f"due {due}" if due else "no date was given")


def _is_plan(act: Mapping[str, Any]) -> bool:
    return act["status"] == "planned" and act["type"] in KEEPS


def _keeps(deed: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    if deed["status"] not in ("happened", "ongoing", "claimed") or deed["status_detail"] == "habitual":
        return False
    if deed["type"] not in KEEPS[plan["type"]] or _parties(deed) != _parties(plan):
        return False
    if any(deed[k] and plan[k] and deed[k] != plan[k] for k in ("mode", "issue")):
        return False
    return _is_news(deed, plan) and _in_time(deed, plan) and _is_what_was_planned(deed, plan)


def _is_news(deed: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    """True where the deed was told after the plan, or both by one report that dates them."""
    told, announced = deed["first_published"], plan["first_published"]
    if told and announced and told > announced:
        return True
    return bool(deed["date_start"] and plan["date_start"]) and deed["type"] != "AGREE"


def _in_time(deed: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    """True where the deed falls in the planned days, or soon after the announcement of an undated plan."""
    announced = _day(plan["first_published"])
    first, last = _day(plan["date_start"]), _day(plan["date_end"])
    started, day = _day(deed["date_start"]) or _day(deed["day"]), _day(deed["day"])
    if started is None or day is None:
        return False
    if first or last:
        opens, closes = first or announced or date.min, last or first or date.max
        return opens - EARLY <= day and started <= closes + EARLY
    return announced is not None and announced < started <= announced + UNDATED_WAIT


def _is_what_was_planned(deed: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    """True where type, issue or words say that this is the thing planned.

    «Will meet in May» is kept by a meeting, «will build a bridge by 2029» only by what speaks of a bridge.
    """
    if plan["issue"] and plan["issue"] == deed["issue"]:
        return True
    if plan["type"] == "AGREE" and _MEETING.search(plan["quote"]):
        is_that = deed["type"] == "CONSULT"
    else:
        is_that = plan["type"] != "AGREE"  # a plan to visit, to withdraw: `KEEPS` has what fits it
    if is_that and _is_narrow(plan):
        return True
    shares = share_words(plan, deed, least=LEAST_WORDS) >= SHARED_WORDS
    return shares and (is_that or deed["type"] != "CONSULT")


def _is_narrow(plan: Mapping[str, Any]) -> bool:
    """True for a plan for days that two such acts of one pair will hardly share."""
    first = _day(plan["date_start"] or plan["first_published"])  # «by the end of January»: from now
    last = _day(plan["date_end"])
    return bool(first and last and last - first <= NARROW)


def _breaks(act: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    """True where an act of the same parties calls the plan off, once announced and before it fell due."""
    if (act["type"], act["mode"]) not in BREAKS or act["status"] not in ("happened", "ongoing"):
        return False
    if act["mode"] == "meet" and plan["type"] not in ("CONSULT", "AGREE"):
        return False
    if act["issue"] and plan["issue"] and act["issue"] != plan["issue"]:
        return False
    if act["mode"] != "meet" and not (act["issue"] and act["issue"] == plan["issue"]):
        return False
    day, announced, due = _day(act["day"]), _day(plan["first_published"]), _due(plan)
    return bool(_parties(act) == _parties(plan) and day and announced and due and announced < day <= due)


def _due(plan: Mapping[str, Any]) -> date | None:
    return _day(plan["date_end"]) or _day(plan["date_start"])


def _parties(act: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(a["code"] for a in (*act["sources"], *act["recipients"]) if a["code"])


def _what(act: Mapping[str, Any]) -> str:
    return "/".join(x for x in (act["type"], act["mode"]) if x)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
