"""Acts in, promises out: what was announced, what would keep it, what became of it, each with its quotes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from detente.archive.promises import Promise, follow_promises
from detente.archive.told import acts_by, tellings_by
from detente.measures.lines import PromiseLine, PromiseState, Quote
from detente.measures.quoting import quote_of

if TYPE_CHECKING:
    from detente.archive import Archive

Row = Mapping[str, Any]


def find_promises(
    archive: Archive,
    a: str | None = None,
    b: str | None = None,
    *,
    status: PromiseState | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
) -> tuple[PromiseLine, ...]:
    """Return what was announced and what became of it, the latest due first, the undated last.

    `a` and `b` are codes: promises between the two, of one of them, or all. The window is one of due days,
    or of the first report's where none was given. Promises are judged on `as_of`, by what had been published
    by then; by default on the last day a report in the archive appeared. A promise is kept by an act of just
    its own parties.
    """
    judged = as_of or archive.last_published()
    acts = archive.acts((a, b)) if a and b else archive.acts()
    groups: dict[frozenset[str], list[Row]] = {}
    for act in acts:
        groups.setdefault(parties_of(act), []).append(act)
    lines: list[PromiseLine] = []
    for parties, rows in groups.items():
        if (a is None or a in parties) and any(row["status"] == "planned" for row in rows):
            lines += _follow(archive, rows, judged)
    wanted = (p for p in lines if (status is None or p.state == status) and _is_due_within(p, since, until))
    return _latest_first(wanted)


def parties_of(act: Row) -> frozenset[str]:
    """Return the codes of all who take part in an act."""
    return frozenset(actor["code"] for actor in (*act["sources"], *act["recipients"]) if actor["code"])


def draw_promises(
    promises: Iterable[Promise], shown: Mapping[str, Row], tellings: Mapping[str, Sequence[Row]]
) -> tuple[PromiseLine, ...]:
    """Return a line for each planned act shown, the latest due first, the undated last."""
    return _latest_first(_promise_line(p, shown[p.plan], tellings) for p in promises if p.plan in shown)


def group_tellings(archive: Archive, acts: Sequence[str]) -> dict[str, list[Row]]:
    """Return the records of each act, by act id; no acts, no records."""
    groups: dict[str, list[Row]] = {act: [] for act in acts}
    for row in archive.records("event", act=acts) if acts else ():
        groups[row["act"]].append(row)
    return groups


def with_quotes(acts: Iterable[Row], tellings: Mapping[str, Sequence[Row]]) -> list[dict[str, Any]]:
    """Return acts with the quote and the reasons of their best telling, as `follow_promises` takes them."""
    best = ((act, best_telling(tellings[act["act"]], act["record"])) for act in acts)
    return [{**act, "quote": row["quote"], "why": row["why"]} for act, row in best]


def best_telling(tellings: Sequence[Row], record: str | None = None) -> Row:
    """Return the telling with this id, else the first."""
    return next((row for row in tellings if row["id"] == record), tellings[0])


def judge_promises(
    rows: Sequence[Row], tellings: Mapping[str, Sequence[Row]], as_of: date | None
) -> tuple[Promise, ...]:
    """Return what became of each plan among `rows`, acts with their tellings, as had been told by `as_of`.

    A meeting of 9 May keeps no promise on 5 May, and a plan first told on 9 May is none yet.
    """
    told = tellings_by(tellings, as_of) if as_of else tellings
    return follow_promises(with_quotes(acts_by(rows, tellings, told), told), as_of=as_of)


def _follow(archive: Archive, rows: Sequence[Row], as_of: date | None) -> tuple[PromiseLine, ...]:
    tellings = group_tellings(archive, [row["act"] for row in rows])
    promises = judge_promises(rows, tellings, as_of)
    told = tellings_by(tellings, as_of) if as_of else tellings
    return draw_promises(promises, {row["act"]: row for row in rows}, told)


def _promise_line(promise: Promise, plan: Row, tellings: Mapping[str, Sequence[Row]]) -> PromiseLine:
    answer = quote_of(best_telling(tellings[promise.deed])) if promise.deed else None
    by_state: dict[str, Quote | None] = {promise.state: answer}
    planned = best_telling(tellings[promise.plan], plan["record"])
    others = (row for row in tellings[promise.plan] if row["id"] != planned["id"])
    return PromiseLine(
        act=promise.plan, state=promise.state, planned=quote_of(planned),
        kept=by_state.get("kept"), kept_by=promise.deed if promise.state == "kept" else None,
        called_off=by_state.get("lapsed"), changed=by_state.get("changed"),
        due=promise.due, type=plan["type"], mode=plan["mode"], reason=promise.reason,
        parties=promise.parties, awaits=promise.awaits, opens=promise.opens,
        told=tuple(map(quote_of, (planned, *others))),
    )  # fmt: skip


def _latest_first(lines: Iterable[PromiseLine]) -> tuple[PromiseLine, ...]:
    return tuple(sorted(lines, key=lambda line: (line.due or date.min, line.act), reverse=True))


def _is_due_within(line: PromiseLine, since: date | None, until: date | None) -> bool:
    day = line.due or line.planned.published
    if day is None:
        return since is None and until is None
    return (since is None or day >= since) and (until is None or day <= until)
