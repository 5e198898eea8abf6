"""The example sentences of the trigger table as training samples: each shows one act whose type we wrote.

They are ours, news-like and cover every row; the coder says who and whom in them, so they teach less than
what people marked, and are seen less often.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator

from detente.coding.acts.acts import decide_sentence
from detente.knowledge.tables import read_table
from detente.pipeline import read_report
from detente.records import Report
from training.data import MarkedAct, Sample
from training.events.rows import CACHE, MODES, STATUSES, TYPES


def load_samples() -> list[Sample]:
    """Return one sample an example in which the coder finds the row's type, or nothing for type NONE."""
    rows = [
        (row["type"], row["mode"], row["example"]) for row in read_table("triggers.tsv") if row["example"]
    ]
    key = hashlib.sha256(("2" + repr(rows)).encode()).hexdigest()[:12]
    path = CACHE / f"examples-{key}.pickle"
    if path.exists():
        found: list[Sample] = pickle.loads(path.read_bytes())
        return found
    seen: set[str] = set()
    samples = []
    for type_, mode, example in rows:
        if example not in seen:
            seen.add(example)
            samples += to_samples(type_, mode, example)
    CACHE.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps(samples))
    return samples


def to_samples(type_: str, mode: str, example: str) -> Iterator[Sample]:
    """Yield the example with the act the coder finds in it, where its type is the row's."""
    reading = read_report(Report(example))
    if len(reading.analysis.sentences) != 1:
        return
    sentence = reading.analysis.sentences[0]
    decided = decide_sentence(reading, 0)
    acts = []
    for decision in decided.decisions:
        event = decision.event
        if event is None:
            continue
        parties = decision.found.parties
        name = f"{event.type}/{event.mode}" if event.mode else ""
        acts.append(
            MarkedAct(
                decision.seen.token,
                (),
                TYPES.index(event.type),
                MODES.index(name) if name in MODES else 0,
                STATUSES.index(event.status),
                tuple(m.span.head for m in parties.sources if m.span.sentence == 0 and m.span.end),
                tuple(m.span.head for m in parties.recipients if m.span.sentence == 0 and m.span.end),
            )
        )
    types = {d.seen.trigger.type for d in decided.decisions if d.event}
    if types != (set() if type_ == "NONE" else {type_}):
        return
    tokens = sentence.tokens
    gaps = tuple(not i or tokens[i - 1].end < t.start for i, t in enumerate(tokens))
    yield Sample(tuple(t.text for t in tokens), gaps, "examples", acts=tuple(acts))
