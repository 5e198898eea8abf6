"""Acts of one set of parties in, promises out: each planned act, what would keep it, and what became of it.

«The two will meet in May» -> kept by a meeting of the two in May; changed where the same was put off or
announced anew for other days; lapsed where it was called off or nothing came of it; open until then.
"""

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
# «Putting off», whatever type it was coded with, moves a plan and does not end it.
_MOVED = re.compile(
    r"\b(?:postpon\w+|reschedul\w+|delay(?:s|ed|ing)?|defer(?:s|red|ring)?|adjourn\w*|"
    r"(?:put|puts|putting) (?:\w+ ){0,4}(?:off|back)|push(?:ed|es|ing)? (?:\w+ ){0,4}back|"
    r"(?:mov|bring|brought)\w* (?:\w+ ){0,4}forward|moved (?:\w+ ){0,4}to|instead of)\b",
    re.I,
)
_AIM = re.compile(r"→ ([A-Z]+)")  # «sign → SUPPORT»: the rule that saw the plan names what is planned

State = Literal["open", "kept", "changed", "lapsed"]


@dataclass(frozen=True, slots=True)
class Promise:
    """A planned act, its state, and the act that kept it, changed it or called it off.

    What would keep it: an act of one of the types `awaits` by just these `parties`, from `opens` to `due`
    (days; None where the words give none).
    """

    plan: str
    state: State
    deed: str | None
    due: date | None
    reason: str
    parties: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()
    opens: date | None = None


def follow_promises(acts: Iterable[Mapping[str, Any]], *, as_of: date | None) -> tuple[Promise, ...]:
    """Return what became of each planned cooperative act among `acts`: rows of `Archive.acts` with a `quote`.

    «The two will meet in May» is kept by a meeting of the same parties in May, changed where it was put off
    or announced for other days, lapsed when a month has gone by since May without one or when it was called
    off, and open until then. Each deed keeps one plan at most, the one due first. Threats and planned
    sanctions are no promises. Rows may bear `why` (the reasons of the telling quoted), which tells what the
    plan is a plan for.
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

    def judged(state: State, act: Mapping[str, Any] | None, reason: str) -> Promise:
        parties = tuple(sorted(_parties(plan)))
        opens = _day(plan["date_start"]) or _day(plan["first_published"])
        return Promise(
            plan["act"], state, act["act"] if act else None, due, reason, parties, _awaited(plan), opens
        )

    if deed:
        return judged("kept", deed, f"{_what(deed)} on {deed['date_start'] or deed['day']}")
    moved = next((a for a in acts if _moves(a, plan)), None)
    if moved:
        new = f", now due {_due(moved)}" if _due(moved) and moved["status"] == "planned" else ""
        return judged("changed", moved, f"{_what(moved)} told on {moved['first_published']}{new}")
    off = next((a for a in acts if _breaks(a, plan)), None)
    if off:
        return judged("lapsed", off, f"{_what(off)} on {off['day']}")
    if due and as_of and due + GRACE < as_of:
        return judged("lapsed", None, f"due {due}, not reported done by {as_of}")
    return judged("open", None, f"due {due}" if due else "no date was given")


def _is_plan(act: Mapping[str, Any]) -> bool:
    return act["status"] == "planned" and act["type"] in KEEPS


def _keeps(deed: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    if deed["status"] not in ("happened", "ongoing", "claimed") or deed["status_detail"] == "habitual":
        return False
    if deed["type"] not in _awaited(plan) or _parties(deed) != _parties(plan):
        return False
    if any(deed[k] and plan[k] and deed[k] != plan[k] for k in ("mode", "issue")):
        return False
    return _is_news(deed, plan) and _in_time(deed, plan) and _is_what_was_planned(deed, plan)


def _is_news(deed: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    """True where the deed was told after the plan, or both by one report that dates them."""
    if _is_told_later(deed, plan):
        return True
    return bool(deed["date_start"] and plan["date_start"]) and deed["type"] != "AGREE"


def _is_told_later(act: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    told, announced = act["first_published"], plan["first_published"]
    return bool(told and announced and told > announced)


def _in_time(deed: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    """True where the deed falls in the planned days, or soon after the announcement of an undated plan."""
    announced = _day(plan["first_published"])
    first, last = _day(plan["date_start"]), _day(plan["date_end"])
    started, day = _day(deed["date_start"]) or _day(deed["day"]), _day(deed["day"])
    if started is None or day is None:
        return False
    if first or last:
        opens, closes = first or announced or date.min, last or first or date.max
        if not _is_told_later(deed, plan) and started < opens - EARLY:
            return False  # «less than a month ago» reaches into a window of next week, and is no deed of it
        return opens - EARLY <= day and started <= closes + EARLY
    return announced is not None and announced < started <= announced + UNDATED_WAIT


def _is_what_was_planned(deed: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    """True where type, issue or words say that this is the thing planned.

    «Will meet in May» is kept by a meeting, «will build a bridge by 2029» only by what speaks of a bridge.
    """
    if plan["issue"] and plan["issue"] == deed["issue"]:
        return True
    if plan["type"] == "AGREE" and _is_meeting(plan):
        is_that = deed["type"] == "CONSULT"
    else:
        is_that = plan["type"] != "AGREE"  # a plan to visit, to withdraw: `KEEPS` has what fits it
    if is_that and _is_narrow(plan):
        return True
    shares = share_words(plan, deed, least=LEAST_WORDS) >= SHARED_WORDS
    return shares and (is_that or deed["type"] != "CONSULT")


def _aim(plan: Mapping[str, Any]) -> str | None:
    """Return the type of what is planned, where the rule that saw it says so: «sign → SUPPORT»."""
    for reason in plan.get("why") or ():
        aim = _AIM.search(reason["rule"])
        if aim:
            return None if aim[1] == "AGREE" else aim[1]
    return None


def _awaited(plan: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the types of the acts that would keep a plan; a plan to sign is not kept by a talk."""
    types = KEEPS[plan["type"]]
    if _aim(plan) in types and _aim(plan) != "CONSULT":
        return tuple(t for t in types if t != "CONSULT")
    return types


def _is_meeting(plan: Mapping[str, Any]) -> bool:
    """True for a plan to meet: by its rule, else by its words («will hold talks in May»)."""
    aim = _aim(plan)
    return aim == "CONSULT" if aim else bool(_MEETING.search(plan["quote"]))


def _moves(act: Mapping[str, Any], plan: Mapping[str, Any]) -> bool:
    """True where an act told later puts the plan off, or announces the same thing for other days.

    «The visit planned for May was put off»; «the two will sign the ferry treaty in June», once May was said.
    """
    if act["act"] == plan["act"] or not _is_told_later(act, plan) or _parties(act) != _parties(plan):
        return False
    due, told = _due(plan), _day(act["first_published"])
    if due and told and told > due + GRACE:
        return False
    if act["issue"] and plan["issue"] and act["issue"] != plan["issue"]:
        return False
    shares = share_words(plan, act, least=LEAST_WORDS) >= SHARED_WORDS
    if _MOVED.search(act["quote"]):
        return shares or (_is_meeting(plan) and bool(_MEETING.search(act["quote"])))
    if act["status"] != "planned" or act["type"] != plan["type"] or not shares:
        return False
    window, days = _window(plan), _window(act)
    return bool(window and days and (days[0] > window[1] or days[1] < window[0]))


def _window(plan: Mapping[str, Any]) -> tuple[date, date] | None:
    first, last = _day(plan["date_start"]), _day(plan["date_end"])
    if first is None and last is None:
        return None
    return first or last or date.min, last or first or date.max


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
