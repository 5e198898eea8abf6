"""Answers of `detente who` as the three shapes a person may ask for: a table, JSON, CSV.

No logic of its own: `coding.who.asking` says what words mean, `knowledge.staleness` which rows are old.
"""

from __future__ import annotations

import csv
import json
import sys
import textwrap
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from detente.coding.who.answer import KIND_WORDS, Answer, Fit, Member, Term
from detente.knowledge.staleness import REASONS, Stale
from detente.views.terminal import say, text_width, write

SHOWN_IN_FULL = 3  # fits set out line by line; the rest get a line each
SHOWN_IN_SHORT = 8
SHOWN_TERMS = 6
_MARGIN = 11  # columns of the labels
_TIED = "\xa0"  # a blank at which no line is broken

ANSWER_COLUMNS = (
    "words", "on", "verdict", "fits", "score", "kind", "code", "name", "sector", "role", "org", "first",
    "last", "why", "note", "source", "checked",
)  # fmt: skip
MEMBER_COLUMNS = ("code", "name", "first", "last", "source", "checked")
STALE_COLUMNS = ("table", "line", "kind", "code", "name", "first", "source", "checked", "reason", "by")


def print_answer(answer: Answer, shape: str) -> None:
    """Print an answer to stdout as a table for people, JSON or CSV; where nobody fits the table is empty."""
    if shape == "json":
        write(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
    elif shape == "csv":
        _write_csv(ANSWER_COLUMNS, (_row(answer, fit) for fit in answer.candidates))
    else:
        _print_table(answer)


def _row(answer: Answer, fit: Fit) -> dict[str, Any]:
    told = fit.to_json()
    told["fits"] = "yes" if fit.fits else "no"
    asked = {"words": answer.words, "on": answer.on, "verdict": answer.verdict}
    return asked | {k: told[k] for k in ANSWER_COLUMNS if k in told}


def _write_csv(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    writer = csv.DictWriter(sys.stdout, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: "" if v is None else v for k, v in row.items()} for row in rows)


def _print_table(answer: Answer) -> None:
    width = text_width()
    _wrap(answer.says, width)
    if answer.read_as:
        _wrap(f"(read as «{answer.read_as}»)", width)
    full = answer.meant if len(answer.meant) <= SHOWN_IN_FULL else ()
    for fit in full:
        write("")
        _print_fit(fit, answer.on, width)
    if not full:
        _print_short("May be", answer.meant, width)
    rest = [f for f in answer.fits if f not in answer.meant]
    others = [f for f in answer.candidates if not f.fits]
    is_part = bool(full) and full[0].kind == "role"
    _print_short("In our tables" if is_part else "Less likely", rest, width)
    _print_short("Not on that day" if answer.on else "Not meant", others, width)


def _print_fit(fit: Fit, on: date | None, width: int) -> None:
    sector = f" {fit.sector}" if fit.sector and fit.sector != fit.code else ""
    head = f"{fit.name}  {fit.code or '—'}{sector}"
    write(f"{head}  {KIND_WORDS[fit.kind]}  {fit.score:.2f}")
    lines = [("office" if fit.kind == "person" else "part", _office(fit))]
    lines += [("why", fit.why), ("note", fit.note)]
    lines += [("codes", " · ".join(f"{label} {code}".replace(" ", _TIED) for label, code in fit.codes))]
    if fit.kind != "person":
        lines += [("years", _years(fit.first, fit.last))]
        lines += [("led by", "; ".join(f"{t.name}, {_short(t.role, fit.name)}" for t in fit.terms))]
    lines += [("also", ", ".join(fit.also))]
    if fit.kind == "person" and len(fit.terms) > 1:
        lines += [("offices", "\n".join(map(_term, fit.terms[:SHOWN_TERMS])))]
    lines += [("source", _source(fit.source, fit.checked))]
    for label, words in lines:
        for k, part in enumerate(words.split("\n") if words else ()):
            _wrap(part, width, label if k == 0 else "")


def _office(fit: Fit) -> str:
    if fit.kind == "person":
        years = _years(fit.first, fit.last)
        return f"{fit.role}, {years}" if fit.role and years else fit.role or ""
    return fit.role if fit.role and fit.role != fit.name else ""


def _short(role: str, state: str) -> str:
    """Return an office without the state that stands above it: «President of Norway» -> «President»."""
    return role.removesuffix(f" of {state}").removesuffix(f" of the {state}").removesuffix(f", {state}")


def _term(term: Term) -> str:
    return f"{_years(term.first, term.last)}: {term.role}"


def _years(first: date | None, last: date | None) -> str:
    """Return the days something lasted: «2013-03-14 on», «until 2009-01-20», "" where none is known."""
    if first and last:
        return f"{first} to {last}"
    return f"{first} on" if first else f"until {last}" if last else ""


def _source(source: str, checked: str) -> str:
    return f"{source}, checked {checked}" if source and checked else source


def _print_short(title: str, fits: Sequence[Fit], width: int) -> None:
    """Print one line for each fit under a title, and how many more there are."""
    if not fits:
        return
    write("")
    write(title)
    for fit in fits[:SHOWN_IN_SHORT]:
        whose = f" ({fit.code})" if fit.code else ""
        office = f", {fit.role}" if fit.role and fit.role != fit.name else ""
        years = _years(fit.first, fit.last)
        line = f"{fit.name}{whose}{office}{', ' + years if years else ''}: {fit.why}"
        _wrap(line, width, f"{fit.score:.2f}", margin=8)
    if len(fits) > SHOWN_IN_SHORT:
        write(f"        … and {len(fits) - SHOWN_IN_SHORT} more; --format csv lists all")


def _wrap(words: str, width: int, label: str | None = None, *, margin: int = _MARGIN) -> None:
    """Print words broken at the width, beside a label where they have one."""
    first = "" if label is None else f"  {label:<{margin - 2}}"
    rest = "" if label is None else " " * margin
    for line in textwrap.wrap(
        words,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ):
        write(line.rstrip().replace(_TIED, " "))


def print_members(answer: Answer, shape: str) -> None:
    """Print the members of the one body an answer found, on the day asked."""
    body, listed = answer.meant[0], answer.members
    if shape == "json":
        told = {"body": body.name, "code": body.code, "on": answer.on and answer.on.isoformat()}
        members = [m.to_json() for m in listed]
        write(json.dumps(told | {"members": members}, ensure_ascii=False, indent=2))
    elif shape == "csv":
        _write_csv(MEMBER_COLUMNS, (m.to_json() for m in listed))
    else:
        _print_members(answer, body, listed)


def _print_members(answer: Answer, body: Fit, listed: Sequence[Member]) -> None:
    day = f"had {len(listed)} members on {answer.on}" if answer.on else f"has {len(listed)} members"
    write(f"{body.name} ({body.code}) {day}.")
    write("")
    wide = max(len(m.name) for m in listed)
    for member in listed:
        write(f"{member.code}  {member.name:<{wide}}  {_years(member.first, member.last)}".rstrip())
    sources = Counter(_source(m.source, m.checked) for m in listed if m.source)
    if sources:
        write("")
        _wrap(f"Source: {'; '.join(sources)}.", text_width())


def tell_nobody(answer: Answer) -> None:
    """Say on stderr what was looked up in vain and what is spelt most like it."""
    near = f" Did you mean {_or(answer.near)}?" if answer.near else ""
    hint = (
        "" if answer.near or answer.candidates else " Try another spelling, or add the name: docs/actors.md."
    )
    pointing = "means nobody by itself" in answer.says or "is no actor" in answer.says
    say(f"{answer.says}{near}{'' if pointing else hint}")


def tell_no_members(answer: Answer) -> None:
    """Say on stderr why no members are listed: several bodies may be meant, or none we know members of."""
    if answer.verdict == "several":
        say(f"{answer.says} Ask for one of them.")
    else:
        say(f"{answer.says} Our tables list no members of it; ask for a body, as «ASEAN».")


def _or(names: Sequence[str]) -> str:
    quoted = [f"«{n}»" for n in names]
    return " or ".join(filter(None, (", ".join(quoted[:-1]), quoted[-1])))


def print_stale(rows: Sequence[Stale], months: int, on: date, shape: str) -> None:
    """Print rows that have aged: counted by table and kind for people, each row in JSON and CSV."""
    if shape == "table":
        _count_stale(rows, months, on)
        return
    listed = ({c: getattr(row, c) for c in STALE_COLUMNS} for row in rows)
    if shape == "csv":
        _write_csv(STALE_COLUMNS, listed)
    else:
        write(json.dumps(list(listed), ensure_ascii=False, indent=2))


def _count_stale(rows: Sequence[Stale], months: int, on: date) -> None:
    if not rows:
        write(f"No row is older than {months} months on {on}.")
        return
    counts = Counter((r.table, r.kind, r.reason) for r in rows)
    oldest: dict[tuple[str, str, str], str] = {}
    for row in rows:
        key = (row.table, row.kind, row.reason)
        oldest[key] = min(oldest.get(key, row.checked), row.checked)
    wide = max(len("table"), *(len(t) for t, _, _ in counts))
    kind_wide = max(len("kind"), *(len(k) for _, k, _ in counts))
    write(f"{'table':<{wide}}  {'kind':<{kind_wide}}   rows  oldest   why")
    for key in sorted(counts, key=lambda k: (k[0], -counts[k])):
        table, kind, reason = key
        write(f"{table:<{wide}}  {kind:<{kind_wide}}  {counts[key]:>5}  {oldest[key][:7]:<7}  {reason}")
    write("")
    width = text_width()
    for reason in dict.fromkeys(r.reason for r in rows):
        _wrap(f"{reason}: {REASONS[reason]}", width)
    _wrap(
        f"{len(rows)} rows are older than {months} months on {on}; --format csv lists each with its line.",
        width,
    )
