"""Tellings of acts, and what makes two of them one: same parties, same days, same kind, same place or matter.

Every rule here looks at two tellings alone and says the same whichever comes first, so that the acts
an archive holds do not depend on the order in which its reports came.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from detente.knowledge import states
from detente.knowledge.matters import (
    content_words,
    is_one_matter,
    matter_words,
    money_in,
    share_of,
    state_words,
    towns_in,
)
from detente.knowledge.tolls import counts_in

SLACK = timedelta(days=1)  # time zones and overnight visits put one act on two neighbouring days
SHARED_WORDS = 0.4  # share of the shorter quote's content words; with at least MIN_SHARED of them
MIN_SHARED = 3
EXACT_DAYS = 8  # a date no wider than a week pins an act down
ENOUGH = 1.0  # what has to speak for two tellings being one act, in the points of `weigh`
SAME_MONEY = 0.1  # amounts that differ by less are told rounded

# Acts that bind both sides alike: «A met B» and «B met A» tell one thing.
MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE", "SUPPORT"})
# Words alone: two on one day may well be two, so what was said has to agree as well.
SPOKEN = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "SUPPORT", "CONCEDE", "AGREE"})
# Where it happened tells two such acts of one day apart.
SITED = frozenset({"ASSAULT", "PROTEST", "MOBILIZE", "COERCE"})
# A pair has one of these at a time: the dates, or the reports' dates, are enough.
SINGLE = frozenset({("CONSULT", "visit"), ("CONSULT", "phone"), ("REJECT", "meet"), ("SANCTION", "withdraw")})
# Types that two coders give to one act (training/events: the pairs most often confused).
NEAR_TYPES = frozenset(
    frozenset(pair.split("/"))
    for pair in (
        "CONSULT/COOPERATE", "AGREE/SUPPORT", "AGREE/COOPERATE", "AGREE/CONSULT", "SUPPORT/COOPERATE",
        "AID/COOPERATE", "AID/SUPPORT", "CONCEDE/RETREAT", "AGREE/CONCEDE", "ACCUSE/REJECT", "ACCUSE/REQUEST",
        "ACCUSE/THREATEN", "REJECT/REQUEST", "REQUEST/THREATEN", "COERCE/SANCTION", "ASSAULT/COERCE",
        "COERCE/MOBILIZE", "ASSAULT/MOBILIZE",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Telling:
    """One event record as merging sees it. `first` and `last` bound when it can have been done."""

    n: int
    record: str
    report: str
    seq: int
    block: str
    first: date | None
    last: date | None
    published: date | None
    row: Mapping[str, Any] = field(hash=False, compare=False)
    told_act: str | None = None

    @property
    def phase(self) -> str:
        """plan, deed, denial, if or habit: the first word of the block."""
        return self.block.partition(" ")[0]

    @property
    def is_exact(self) -> bool:
        """True where the text itself dates the act to a week or less."""
        if not (self.row["date_start"] and self.row["date_end"] and self.first and self.last):
            return False
        return (self.last - self.first).days < EXACT_DAYS


@dataclass(frozen=True, slots=True)
class Decisions:
    """What reviewers said of two records: joined are one act, split are two, whatever the rules say."""

    joined: frozenset[frozenset[str]] = frozenset()
    split: frozenset[frozenset[str]] = frozenset()

    def joins(self, a: Telling, b: Telling) -> bool:
        return bool(self.joined) and frozenset((a.record, b.record)) in self.joined

    def splits(self, a: Telling, b: Telling) -> bool:
        return bool(self.split) and frozenset((a.record, b.record)) in self.split


UNREVIEWED = Decisions()


def strength(a: Telling, b: Telling, decisions: Decisions = UNREVIEWED) -> float:
    """Return how strongly two tellings are one act, in points; 0 where they are not.

    A reviewer's word stands over the coder's, and the coder's over the rules.
    """
    if decisions.joins(a, b):
        return 100.0
    if decisions.splits(a, b):
        return 0.0
    if a.phase != b.phase:
        return 0.0  # a plan and its deed are two acts, linked as a promise
    if a.report == b.report and a.told_act and a.told_act == b.told_act:
        return 50.0
    if clash(a, b):
        return 0.0
    points = weigh(a, b)
    return points if points >= ENOUGH else 0.0


def clash(a: Telling, b: Telling) -> bool:
    """Return True for two that cannot be one act: told apart by the coder, other sides, days, mode, place."""
    if a.phase != b.phase or (a.report == b.report and a.told_act != b.told_act):
        return True
    return not _meet(a, b) or _says_otherwise(a.row, b.row) or not _are_of_same_sides(a.row, b.row)


def weigh(a: Telling, b: Telling) -> float:
    """Return what speaks for two tellings that do not clash being one act, in points.

    One point each: both dated to a day or week and of one mode (deeds only), the same issue, the same town,
    the same sum of money, the same matter, a kind of act a pair has but one of at a time. Half a point: the
    same country; dated deeds without a mode. Less a point where the types differ or sums do; less half where
    one leaves out a party. Attacks nobody claims are weighed by matter, town and toll alone.
    """
    if a.report == b.report:
        same_days = (a.first, a.last) == (b.first, b.last)
        return 1.0 if a.is_exact and same_days and _is_of_one_thing(a.row, b.row) else 0.0
    same_type = a.row["type"] == b.row["type"]
    points = 1.0 if share_matter(a.row, b.row) or share_words(a.row, b.row) >= SHARED_WORDS else 0.0
    points += share_words(a.row, b.row, least=1) / 10  # of two acts it may belong to, the nearer in words
    if _are_unclaimed(a.row, b.row):
        return points + _weigh_attack(a.row, b.row)
    points += _weigh_kind(a, b) if same_type else -1.0 + _are_dated_deeds(a, b)
    points += _weigh_place(a.row, b.row)
    points += bool(a.row["issue"] and a.row["issue"] == b.row["issue"])
    points += _weigh_money(a.row, b.row)
    return points - (0.5 if _leaves_out(a.row, b.row) else 0.0)


def _are_unclaimed(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """True for two attacks whose doer nobody names: a state suffers more than one in a week."""
    return all(row["type"] == "ASSAULT" and not codes_of(row["sources"]) for row in (a, b))


def _weigh_attack(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """Return a point for one town and one for one toll, less one each where both are told and differ.

    «Shells fell on a market in Baidoa, killing four» and «a market in Kismayo was shelled» are of one
    week, one country and one kind, and two acts: neither day nor country tells unclaimed attacks apart.
    """
    points = 0.0
    towns, others = _sites(a), _sites(b)
    if towns and others:
        points += 1.0 if towns & others else -1.0
    tolls, counts = counts_in(a["quote"]), counts_in(b["quote"])
    shared = tolls.keys() & counts.keys()
    if shared:
        points += 1.0 if any(tolls[thing] == counts[thing] for thing in shared) else -1.0
    return points


def _sites(row: Mapping[str, Any]) -> frozenset[str]:
    name = ((row["place"] or {}).get("name") or "").casefold()
    return frozenset({name}) if name else towns_in(row["quote"])


def share_words(a: Mapping[str, Any], b: Mapping[str, Any], *, least: int = MIN_SHARED) -> float:
    """Return the share of the shorter quote's content words that the other has too, 0 to 1.

    Words of one meaning («expelled», «sent home») are one word. Names of the parties count for nothing, since
    every quote about a pair has them; fewer than `least` words in common are 0.
    """
    return share_of(_told_words(a), _told_words(b), least=least)


def share_matter(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """Return True where both speak of the same thing: two content words, or one beside the same verb."""
    return is_one_matter(_told_words(a), _told_words(b), (a["type"], b["type"]))


def _told_words(row: Mapping[str, Any]) -> frozenset[str]:
    return matter_words(row["quote"], _parties(row))


def codes_of(actors: Any) -> frozenset[str]:
    """Return the codes of actors, the unresolved left out."""
    return frozenset(a["code"] for a in actors if a["code"])


def _weigh_kind(a: Telling, b: Telling) -> float:
    modes = {a.row["mode"], b.row["mode"]}
    modes -= {None} if a.row["type"] == "CONSULT" else set()  # talks are, mostly, a visit or a call
    if len(modes) == 1 and (a.row["type"], *modes) in SINGLE:
        return 0.0 if _are_stops(a, b) else 1.0
    if _are_summons(a, b):
        return 1.0
    if a.phase == "plan" and a.is_exact and b.is_exact:
        return 0.5 + 0.5 * bool(content_words(a.row["quote"]) & content_words(b.row["quote"]) & _PLANNED)
    return _weigh_days(a, b)


def _are_summons(a: Telling, b: Telling) -> bool:
    """True for an ambassador called in on one day: a state has one there, and calls him in once."""
    said = (content_words(t.row["quote"]) >= _SUMMONS for t in (a, b))
    return all(said) and a.is_exact and (a.first, a.last) == (b.first, b.last)


def _are_stops(a: Telling, b: Telling) -> bool:
    """True for two towns on two days: two visits, or two stops of one, which are told as two."""
    one, other = ((t.row["place"] or {}).get("name") for t in (a, b))
    if not one or not other or one == other or not (a.is_exact and b.is_exact):
        return False
    return not (a.first and a.last and b.first and b.last and a.first <= b.last and b.first <= a.last)


_SUMMONS = frozenset({"SUMMON", "ENVOY"})
_PLANNED = frozenset({"VISIT", "MEET", "PHONE", "DRILL", "SIGN"})  # what a plan is a plan to do


def _weigh_days(a: Telling, b: Telling) -> float:
    if not _are_dated_deeds(a, b):
        return 0.0
    return 1.0 if a.row["mode"] and a.row["mode"] == b.row["mode"] else 0.5


def _are_dated_deeds(a: Telling, b: Telling) -> bool:
    spoken = a.row["type"] in SPOKEN or b.row["type"] in SPOKEN
    return a.is_exact and b.is_exact and not spoken


def _weigh_place(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """Return a point for the same town, half for the same country; words alone are said anywhere."""
    if a["type"] in SPOKEN and b["type"] in SPOKEN and a["quad"] != 1:
        return 0.0
    if _towns(a) & _towns(b):
        return 1.0
    one, other = ((row["place"] or {}).get("country") for row in (a, b))
    return 0.5 if one and one == other else 0.0


def _towns(row: Mapping[str, Any]) -> frozenset[str]:
    name = ((row["place"] or {}).get("name") or "").casefold()
    capitals = frozenset(
        filter(None, map(states.capital_of, codes_of((*row["sources"], *row["recipients"]))))
    )
    told = towns_in(row["quote"]) & {c.casefold() for c in capitals}
    return told | {name} if name else told


def _weigh_money(a: Mapping[str, Any], b: Mapping[str, Any]) -> float:
    """Return a point for the same sum, less a point where each names a sum and none agree."""
    sums, others = money_in(a["quote"]), money_in(b["quote"])
    if not sums or not others:
        return 0.0
    agree = any(abs(x - y) <= SAME_MONEY * max(x, y) for x in sums for y in others)
    return 1.0 if agree else -1.0


def _meet(a: Telling, b: Telling) -> bool:
    """True where their days touch; the undatable meet in one report."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return a.report == b.report
    return a.first <= b.last + SLACK and b.first <= a.last + SLACK


def _says_otherwise(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """True where both name a mode, issue or country and not the same, or were sited in two places."""
    if a["type"] != b["type"] and frozenset((a["type"], b["type"])) not in NEAR_TYPES:
        return True
    aspects, others = _aspects(a), _aspects(b)
    return any(others.get(aspect, value) != value for aspect, value in aspects.items())


def _aspects(row: Mapping[str, Any]) -> dict[str, object]:
    """Return what two tellings of one act cannot say differently, where both say it."""
    place = row["place"] or {}
    aspects = {"issue": row["issue"], "country": place.get("country")}
    aspects[f"mode of {row['type']}"] = row["mode"]
    if row["type"] in SITED:
        aspects["place"] = (place.get("name") or "").casefold()
    return {aspect: value for aspect, value in aspects.items() if value}


def _are_of_same_sides(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """True where the parties of one are those of the other, or all among them, and do the same to each other.

    An act that binds both sides has no direction, save praise and thanks: SUPPORT with a recipient.
    """
    if not _is_directed(a) or not _is_directed(b):
        return _is_within(_parties(a), _parties(b))
    if _is_mirrored(a, b) or _is_mirrored(b, a):
        return False
    one_way = _is_within(codes_of(a["sources"]), codes_of(b["sources"]))
    return one_way and _is_within(codes_of(a["recipients"]), codes_of(b["recipients"]), blank=True)


def _is_directed(row: Mapping[str, Any]) -> bool:
    if row["type"] == "SUPPORT":
        return bool(row["recipients"])
    return row["type"] not in MUTUAL


def _is_mirrored(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    return bool(codes_of(a["sources"]) & codes_of(b["recipients"]) - codes_of(a["recipients"]))


def _is_within(codes: frozenset[str], others: frozenset[str], *, blank: bool = False) -> bool:
    if not codes or not others:
        return blank or codes == others
    return codes <= others or others <= codes


def _parties(row: Mapping[str, Any]) -> frozenset[str]:
    return codes_of((*row["sources"], *row["recipients"]))


def _leaves_out(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    """True where one names a party that even the words of the other lack («with a Croatian colleague»)."""
    parties, others = _parties(a), _parties(b)
    return not (_are_told(parties - others, b) and _are_told(others - parties, a))


def _are_told(codes: frozenset[str], row: Mapping[str, Any]) -> bool:
    words = content_words(row["quote"])
    return all(state_words(code) & words for code in codes)


def _is_of_one_thing(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
    if a["issue"] and a["issue"] == b["issue"]:
        return True
    return share_words(a, b) >= SHARED_WORDS
