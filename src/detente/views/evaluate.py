"""`detente evaluate`: how well our records agree with what people coded by hand.

Tables for people, JSON for programs, Markdown for a paper; what could not be scored is told on stderr.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from detente.errors import InputError
from detente.evaluation.gold import place_rows, read_gold
from detente.evaluation.scores import FIELDS, NOTHING, Evaluation, score_records
from detente.records import Rejected, Report
from detente.views.scored import SHOWN_FAULTS, Table, print_tables, round_score, say_score, tell_bad
from detente.views.terminal import say, tell_rejected, watch, write
from detente.views.wording import say_count

Row = dict[str, Any]

SHORT = {"CONCEDE": "cnc", "CONSULT": "cns", NOTHING: "–"}  # heads of columns; else the first three letters


def evaluate_records(
    gold: str,
    *,
    reports: Sequence[str] = (),
    predicted: str | None = None,
    negatives: str | None = None,
    published: date | None = None,
    seed: int,
) -> tuple[Evaluation, int]:
    """Return how reports coded now, or records coded before, agree with GOLD, and how many faults it had.

    Every line that cannot be used is told on stderr, with its number and why. Raises InputError where nothing
    can be scored.
    """
    rows, bad = read_gold(gold)
    tell_bad(gold, bad)
    if not rows:
        raise InputError(
            f"«{gold}» has no line that can be scored; mend the lines named above.", stage="gold"
        )
    faults = len(bad)
    passages: list[Row] | None = None
    if negatives:
        passages = _read_passages(negatives)
    if predicted is not None:
        ours, theirs_bad = read_gold(predicted)
        tell_bad(predicted, theirs_bad)
        faults += len(theirs_bad)
    else:
        wanted = {str(row.get("report") or "") for row in (*rows, *(passages or ()))}
        ours, known, rejected = _code(reports, wanted, published)
        faults += rejected
        rows, told = place_rows(rows, known)
        for words in told[:SHOWN_FAULTS]:
            say(f"{gold}: {words}; its offsets are taken as they are.", style="yellow")
        faults += len(told)
        if len(wanted) > 1 or len(known) > 1:
            rows = _only_given(rows, set(known))
    return score_records(rows, ours, negatives=passages, seed=seed), faults


def _read_passages(path: str) -> list[Row]:
    """Return the passages from which nothing may be coded: rows with a report and a place."""
    try:
        lines = Path(path).read_text("utf-8-sig").split("\n")
        return [row for line in lines if line.strip() and isinstance(row := json.loads(line), dict)]
    except (OSError, ValueError) as error:
        raise InputError(
            f"«{path}» is no file of JSON lines: {error}; give passages with report, field, start and quote.",
            stage="gold",
        ) from error


def _code(
    paths: Sequence[str], wanted: set[str], published: date | None
) -> tuple[list[Row], dict[str, Report], int]:
    """Return our rows of the reports that the gold names, under its names; and how many could not be read."""
    from detente.intake import read_reports
    from detente.pipeline import code_reports

    rows: list[Row] = []
    known: dict[str, Report] = {}
    rejected = others = 0
    for coded in watch(code_reports(read_reports(paths, published=published)), "Coding"):
        if isinstance(coded, Rejected):
            tell_rejected(coded)
            rejected += 1
            continue
        name = next((n for n in names_of(coded.report) if n in wanted), None)
        if name is None:
            if len(wanted) > 1:
                others += 1
                continue
            name = coded.report.id
        known[name] = coded.report
        rows += [row | {"report": name} for row in coded.to_json()]
    if others:
        say(f"{say_count(others, 'report')} without gold rows left out.")
    return rows, known, rejected


def names_of(report: Report) -> tuple[str, ...]:
    """Return the names a gold row may give a report: its id, its hash, its file with and without suffix."""
    file = Path((report.origin or "").split(", line")[0])
    return (report.id, report.digest, file.stem, file.name, str(report.origin or ""))


def _only_given(rows: list[Row], known: set[str]) -> list[Row]:
    lacking = sorted({str(row.get("report") or "") for row in rows} - known)
    if lacking:
        shown = ", ".join(lacking[:5]) + ("…" if len(lacking) > 5 else "")
        say(f"{say_count(len(lacking), 'report')} of the gold not given, left out: {shown}.", style="yellow")
    kept = [row for row in rows if str(row.get("report") or "") in known]
    if not kept:
        raise InputError(
            "No report given is named by the gold; its «report» must be a report's id or its file's name.",
            stage="gold",
        )
    return kept


def tables_of(evaluation: Evaluation, by: str | None) -> list[Table]:
    """Return the tables to print: totals, fields, agreement; then the break-down asked for."""
    tables = [_totals(evaluation), _fields(evaluation), _agreement(evaluation)]
    if by == "type":
        tables += [_by_type(evaluation), _matrix(evaluation)]
    elif by == "field":
        tables.append(_by_field(evaluation))
    elif by == "report":
        tables.append(_by_report(evaluation))
    return [table for table in tables if table[2]]


def _totals(evaluation: Evaluation) -> Table:
    rows = []
    for name, tally in evaluation.matches.items():
        if tally.gold or tally.predicted:
            interval = _interval(evaluation.intervals.get(name))
            counts = [str(tally.matched), str(tally.gold), str(tally.predicted)]
            rows.append(
                [
                    name,
                    say_score(tally.precision),
                    say_score(tally.recall),
                    say_score(tally.f1),
                    interval,
                    *counts,
                ]
            )
    if evaluation.negatives is not None:
        rows.append(["negatives", "", "", "", "", str(evaluation.negatives), "", ""])
    columns = ("records", "precision", "recall", "F1", "95 %", "matched", "gold", "ours")
    return "Records found", columns, rows


def _fields(evaluation: Evaluation) -> Table:
    rows = [
        [
            name,
            say_score(share.value),
            _interval(evaluation.intervals.get(name)),
            f"{share.right} of {share.count}",
        ]
        for name, share in evaluation.fields.items()
        if share.count
    ]
    return "Fields of events of one type, and speakers", ("field", "right", "95 %", "records"), rows


def _agreement(evaluation: Evaluation) -> Table:
    rows = [[name, say_score(value)] for name, value in evaluation.alpha.items() if value is not None]
    return "Krippendorff's alpha (nominal)", ("of", "alpha"), rows


def _by_type(evaluation: Evaluation) -> Table:
    rows = []
    for name, tally in evaluation.types.items():
        wrong = {ours: n for (gold, ours), n in evaluation.confusion.items() if gold == name != ours}
        instead = sorted(wrong.items(), key=lambda pair: -pair[1])[:3]
        figures = [say_score(tally.precision), say_score(tally.recall), say_score(tally.f1)]
        counts = [str(tally.gold), str(tally.predicted)]
        rows.append([name, *figures, *counts, ", ".join(f"{ours} {n}" for ours, n in instead)])
    return "By type", ("type", "precision", "recall", "F1", "gold", "ours", "coded instead"), rows


def _matrix(evaluation: Evaluation) -> Table:
    names = [*sorted({name for pair in evaluation.confusion for name in pair} - {NOTHING}), NOTHING]
    rows = []
    for gold in names:
        counts = [evaluation.confusion.get((gold, ours), 0) for ours in names]
        if any(counts):
            rows.append([gold, *("·" if n == 0 else str(n) for n in counts)])
    return "Gold down, ours across", ("", *(SHORT.get(name, name[:3].lower()) for name in names)), rows


def _by_field(evaluation: Evaluation) -> Table:
    rows = []
    for name, tally in evaluation.asked.items():
        figures = [say_score(tally.precision), say_score(tally.recall), say_score(tally.f1)]
        rows.append([name, *figures, str(tally.matched), str(tally.gold), str(tally.predicted), FIELDS[name]])
    columns = ("type and …", "precision", "recall", "F1", "matched", "gold", "ours", "asks for")
    return "Events of the right type and one field", columns, rows


def _by_report(evaluation: Evaluation) -> Table:
    rows = []
    for name, scores in evaluation.reports.items():
        tally, who = scores.matches["event.type"], scores.matches["event.who"]
        status = scores.fields["status"]
        counts = [str(tally.matched), str(tally.gold), str(tally.predicted)]
        rows.append([name, say_score(tally.f1), say_score(who.f1), say_score(status.value), *counts])
    columns = ("report", "type F1", "who F1", "status", "matched", "gold", "ours")
    return "By report", columns, rows


def _interval(bounds: tuple[float, float] | None) -> str:
    return "" if bounds is None else f"{bounds[0]:.2f}–{bounds[1]:.2f}"


def print_evaluation(evaluation: Evaluation, *, by: str | None, shape: str) -> None:
    """Print an evaluation as tables, JSON or Markdown."""
    if shape == "json":
        write(json.dumps(to_json(evaluation), ensure_ascii=False, indent=1))
        return
    print_tables(tables_of(evaluation, by), shape)


def to_json(evaluation: Evaluation) -> Row:
    """Return every figure as plain values; a figure that cannot be taken is null."""
    return {
        "reports": len(evaluation.reports),
        "matches": {
            name: _tally(tally, evaluation.intervals.get(name)) for name, tally in evaluation.matches.items()
        },
        "fields": {
            name: {
                "right": share.right,
                "of": share.count,
                "accuracy": round_score(share.value),
                "interval": evaluation.intervals.get(name),
            }
            for name, share in evaluation.fields.items()
        },
        "types": {name: _tally(tally, None) for name, tally in evaluation.types.items()},
        "types_with_field": {name: _tally(tally, None) for name, tally in evaluation.asked.items()},
        "confusion": [
            {"gold": gold, "ours": ours, "count": count}
            for (gold, ours), count in evaluation.confusion.items()
        ],
        "alpha": {name: round_score(value) for name, value in evaluation.alpha.items()},
        "negatives": evaluation.negatives,
        "by_report": {
            name: {match: _tally(tally, None) for match, tally in scores.matches.items()}
            for name, scores in evaluation.reports.items()
        },
    }


def _tally(tally: Any, interval: tuple[float, float] | None) -> Row:
    return {
        "precision": round_score(tally.precision), "recall": round_score(tally.recall),
        "f1": round_score(tally.f1), "interval": interval,
        "matched": tally.matched, "gold": tally.gold, "predicted": tally.predicted,
    }  # fmt: skip
