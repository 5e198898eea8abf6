"""`detente evaluate`: how well our records, or answers on given pairs, agree with what people coded by hand.

Tables for people, JSON for programs, Markdown for a paper; what could not be scored is told on stderr.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from detente.errors import InputError
from detente.evaluation.gold import BadLine, place_rows, read_gold
from detente.evaluation.pairs import GoldPair, PairScores, read_pairs, score_pairs, to_binary
from detente.evaluation.scores import FIELDS, NOTHING, Evaluation, score_records
from detente.records import Rejected, Report
from detente.views.terminal import say, stdout_console, tell_rejected, watch, write
from detente.views.wording import say_count

if TYPE_CHECKING:
    from detente.coding.acts.given import GivenPair

Row = dict[str, Any]
Table = tuple[str, Sequence[str], list[list[str]]]  # title, columns, rows

SHORT = {"CONCEDE": "cnc", "CONSULT": "cns", NOTHING: "–"}  # heads of columns; else the first three letters
SHOWN_FAULTS = 10  # lines named one by one; the rest are counted
OUT_COLUMNS = (
    "sentence source target type quad root confidence why mode record_type rule words gold_root gold_penta"
).split()


# ── records against gold


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


def tell_bad(path: str, bad: Sequence[BadLine]) -> None:
    """Say which lines could not be used, and why."""
    for line in bad[:SHOWN_FAULTS]:
        say(f"{path}, line {line.line}: {line.reason}", style="yellow")
    if len(bad) > SHOWN_FAULTS:
        say(f"{path}: and {len(bad) - SHOWN_FAULTS} lines more.", style="yellow")


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
            rows.append([name, _say(tally.precision), _say(tally.recall), _say(tally.f1), interval, *counts])
    if evaluation.negatives is not None:
        rows.append(["negatives", "", "", "", "", str(evaluation.negatives), "", ""])
    columns = ("records", "precision", "recall", "F1", "95 %", "matched", "gold", "ours")
    return "Records found", columns, rows


def _fields(evaluation: Evaluation) -> Table:
    rows = [
        [
            name,
            _say(share.value),
            _interval(evaluation.intervals.get(name)),
            f"{share.right} of {share.count}",
        ]
        for name, share in evaluation.fields.items()
        if share.count
    ]
    return "Fields of events of one type, and speakers", ("field", "right", "95 %", "records"), rows


def _agreement(evaluation: Evaluation) -> Table:
    rows = [[name, _say(value)] for name, value in evaluation.alpha.items() if value is not None]
    return "Krippendorff's alpha (nominal)", ("of", "alpha"), rows


def _by_type(evaluation: Evaluation) -> Table:
    rows = []
    for name, tally in evaluation.types.items():
        wrong = {ours: n for (gold, ours), n in evaluation.confusion.items() if gold == name != ours}
        instead = sorted(wrong.items(), key=lambda pair: -pair[1])[:3]
        figures = [_say(tally.precision), _say(tally.recall), _say(tally.f1)]
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
        figures = [_say(tally.precision), _say(tally.recall), _say(tally.f1)]
        rows.append([name, *figures, str(tally.matched), str(tally.gold), str(tally.predicted), FIELDS[name]])
    columns = ("type and …", "precision", "recall", "F1", "matched", "gold", "ours", "asks for")
    return "Events of the right type and one field", columns, rows


def _by_report(evaluation: Evaluation) -> Table:
    rows = []
    for name, scores in evaluation.reports.items():
        tally, who = scores.matches["event.type"], scores.matches["event.who"]
        status = scores.fields["status"]
        counts = [str(tally.matched), str(tally.gold), str(tally.predicted)]
        rows.append([name, _say(tally.f1), _say(who.f1), _say(status.value), *counts])
    columns = ("report", "type F1", "who F1", "status", "matched", "gold", "ours")
    return "By report", columns, rows


def _say(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


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
                "accuracy": _round(share.value),
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
        "alpha": {name: _round(value) for name, value in evaluation.alpha.items()},
        "negatives": evaluation.negatives,
        "by_report": {
            name: {match: _tally(tally, None) for match, tally in scores.matches.items()}
            for name, scores in evaluation.reports.items()
        },
    }


def _tally(tally: Any, interval: tuple[float, float] | None) -> Row:
    return {
        "precision": _round(tally.precision), "recall": _round(tally.recall), "f1": _round(tally.f1),
        "interval": interval, "matched": tally.matched, "gold": tally.gold, "predicted": tally.predicted,
    }  # fmt: skip


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


# ── given pairs


def evaluate_pairs(path: str, *, out: str | None, classes: str, by: str | None, shape: str) -> None:
    """Answer every pair of a file, write the answers, and score them where gold stands."""
    from detente.pipeline import code_marked

    pairs, faults = read_pairs(path)
    tell_bad(path, faults)
    if faults:
        say(f"{say_count(len({f.line for f in faults}), 'row')} answered without what is missing there.")
    answers = [
        code_marked(pair.sentence, pair.sources, pair.targets)
        for pair in watch(pairs, "Reading", unit="pairs")
    ]
    crosswalk = classes == "crosswalk"
    if out is not None:
        _write_answers(out, pairs, answers, crosswalk=crosswalk)
        say(f"Wrote {say_count(len(answers), 'answer')} to {out}.")
    scores = score_answers(pairs, answers, crosswalk=crosswalk)
    if scores:
        _print_scores(scores, by=by, shape=shape)
    elif out is None:
        for line in _lines(pairs, answers, crosswalk=crosswalk):
            write(line)
    else:
        say("No gold stands beside the pairs; nothing is scored.")


def score_answers(
    pairs: Sequence[GoldPair], answers: Sequence[GivenPair], *, crosswalk: bool = True
) -> dict[str, PairScores]:
    """Return the scores where gold stands: «root», «quad» and «binary» (cooperation or conflict).

    By the crosswalk a gold of YIELD is met by CONCEDE and RETREAT. Quads are the gold's own or, where it
    gives none, those of its roots.
    """
    scores = {}
    rooted = [(p.root, a) for p, a in zip(pairs, answers, strict=True) if p.root]
    merged = any(root == "YIELD" for root, _ in rooted)
    if rooted:
        ours = [_class_of(a, crosswalk=crosswalk, merged=merged) for _, a in rooted]
        scores["root"] = score_pairs([root for root, _ in rooted], ours)
    quads = [
        (quad, a.quad if crosswalk else _quad_of(a.record_type))
        for p, a in zip(pairs, answers, strict=True)
        if (quad := p.quad or (_quad_of(p.root) if p.root else None))
    ]
    if quads:
        gold, ours_quads = [g for g, _ in quads], [o for _, o in quads]
        scores["quad"] = score_pairs([str(g) for g in gold], [str(o) for o in ours_quads])
        scores["binary"] = score_pairs(to_binary(gold), to_binary(ours_quads))
    return scores


def _class_of(answer: GivenPair, *, crosswalk: bool, merged: bool) -> str:
    name = answer.type if crosswalk else answer.record_type
    return "YIELD" if merged and name in ("CONCEDE", "RETREAT") else name


def _quad_of(root: str) -> int:
    from detente.knowledge.ontology import kind_of

    return 2 if root == "YIELD" else kind_of(root).quad


def _lines(pairs: Sequence[GoldPair], answers: Sequence[GivenPair], *, crosswalk: bool) -> Iterator[str]:
    """Yield the answers as tab-separated lines under their header, one a row, in order."""
    yield "\t".join(OUT_COLUMNS)
    for pair, answer in zip(pairs, answers, strict=True):
        row = {
            "sentence": pair.sentence,
            "source": pair.source,
            "target": pair.target,
            "type": answer.type if crosswalk else answer.record_type,
            "quad": answer.quad if crosswalk else _quad_of(answer.record_type),
            "root": answer.root,
            "confidence": answer.confidence,
            "why": answer.evidence,
            "mode": answer.mode if answer.type == answer.record_type else None,
            "record_type": answer.record_type,
            "rule": answer.rule,
            "words": answer.words,
            "gold_root": pair.root,
            "gold_penta": pair.quad,
        }
        yield "\t".join(_cell(row[name]) for name in OUT_COLUMNS)


def _cell(value: object) -> str:
    return "" if value is None else " ".join(str(value).split("\t")).replace("\n", " ").replace("\r", " ")


def _write_answers(
    path: str, pairs: Sequence[GoldPair], answers: Sequence[GivenPair], *, crosswalk: bool
) -> None:
    lines = _lines(pairs, answers, crosswalk=crosswalk)
    try:
        Path(path).write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="\n")
    except OSError as error:
        raise InputError(
            f"«{path}» could not be written: {error.strerror}; name a file you may write to.", stage="pairs"
        ) from error


def _print_scores(scores: Mapping[str, PairScores], *, by: str | None, shape: str) -> None:
    if shape == "json":
        write(json.dumps({name: _plain(score) for name, score in scores.items()}, indent=1))
        return
    order = [name for name in ("binary", "quad", "root") if name in scores]
    rows = [
        [name, _say(scores[name].macro_f1), _say(scores[name].accuracy), str(len(scores[name].classes))]
        for name in order
    ]
    tables: list[Table] = [("Given pairs", ("classed by", "macro-F1", "accuracy", "classes"), rows)]
    for name in order if by == "type" else ():
        rows = [
            [key, _say(c.precision), _say(c.recall), _say(c.f1), str(c.count)]
            for key, c in scores[name].classes.items()
        ]
        tables.append((f"By {name}", ("class", "precision", "recall", "F1", "gold"), rows))
    print_tables(tables, shape)


def _plain(score: PairScores) -> Row:
    classes = {
        name: {
            "precision": _round(c.precision), "recall": _round(c.recall), "f1": _round(c.f1), "gold": c.count,
        }
        for name, c in score.classes.items()
    }  # fmt: skip
    return {"macro_f1": _round(score.macro_f1), "accuracy": _round(score.accuracy), "classes": classes}


# ── tables


def print_tables(tables: Sequence[Table], shape: str) -> None:
    """Print tables for people, or as Markdown."""
    if shape == "markdown":
        for title, columns, rows in tables:
            write(f"**{title}**\n")
            write("| " + " | ".join(columns) + " |")
            write("|" + "---|" * len(columns))
            for row in rows:
                write("| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |")
            write("")
        return
    console = stdout_console()
    for n, table in enumerate(tables):
        if n:
            console.print()
        for line, style in _lay_out(table, console.width):
            console.print(line, style=style, soft_wrap=True)


def _lay_out(table: Table, width: int) -> Iterator[tuple[str, str]]:
    """Yield lines with their styles: numbers stand to the right, a last column of words is wrapped."""
    from textwrap import wrap

    title, columns, rows = table
    widths = [max(len(line[i]) for line in (columns, *rows)) for i in range(len(columns))]
    gap = " " if len(columns) > 10 else "  "
    last = len(columns) - 1
    wordy = not all(_is_number(row[last]) for row in rows)
    indent = sum(widths[:last]) + len(gap) * last
    room = max(16, width - indent)
    yield title, "bold"
    for n, cells in enumerate((columns, *rows)):
        ends = wrap(cells[last], room) if wordy else [cells[last].rjust(widths[last])]
        front = [
            c.ljust(w) if i == 0 else c.rjust(w)
            for i, (c, w) in enumerate(zip(cells[:last], widths, strict=False))
        ]
        yield gap.join([*front, ends[0] if ends else ""]).rstrip(), "" if n else "dim"
        yield from ((" " * indent + more, "") for more in ends[1:])


def _is_number(cell: str) -> bool:
    return cell.replace(".", "").replace("-", "").replace("·", "0").isdigit() or not cell
