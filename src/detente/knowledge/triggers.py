"""The trigger lexicon: words and constructions that name an act, from `triggers.tsv`.

A row says which type an act has, who does it (slots tried in order) and to whom, and carries the
sentence that taught it. A row of type NONE says that a construction is no act.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from detente.knowledge.ontology import kinds
from detente.knowledge.tables import Row, read_table

POS = {"v": "VERB", "n": "NOUN", "a": "ADJ"}
SLOTS = frozenset(
    "joint subj obj iobj by poss to with against on over for of from at between among in into toward towards "
    "upon about comp.subj xcomp after near through around within off behind under as before out without "
    "during along across inside outside despite past onto above below beneath beside beyond since until "
    "throughout versus via per amid alongside concerning regarding".split()
)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where to look for an actor: `deep` looks anywhere inside the phrase, not only at its head."""

    name: str
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of the lexicon; `words` are lemmas with the head word at `head`."""

    words: tuple[str, ...]
    head: int
    pos: str  # VERB NOUN ADJ
    type: str  # a PLOVER type, or NONE
    mode: str | None
    cameo: str | None
    source: tuple[Slot, ...]
    recipient: tuple[Slot, ...]
    object: frozenset[str]  # lemmas the object must have, empty for any
    complement: bool  # needs a complement clause
    literal: bool  # the object is written out, not only by class
    example: str

    @property
    def name(self) -> str:
        """The rule's name as a reader sees it: «call for + talks -> REQUEST/meet»."""
        kind = self.type + (f"/{self.mode}" if self.mode else "")
        return f"{' '.join(self.words)} → {kind}"

    @property
    def weight(self) -> int:
        """How specific: more words, then an object, then a complement, win."""
        return 6 * len(self.words) + 4 * bool(self.object) + 2 * self.complement + self.literal


@cache
def triggers() -> dict[tuple[str, str], tuple[Trigger, ...]]:
    """Return {(head lemma, UPOS): triggers, the most specific first}. KnowledgeError on a bad row."""
    classes = word_classes()
    found: dict[tuple[str, str], list[Trigger]] = defaultdict(list)
    for row in read_table("triggers.tsv"):
        trigger = _parse(row, classes)
        found[trigger.words[trigger.head], trigger.pos].append(trigger)
    return {key: tuple(sorted(rows, key=lambda t: -t.weight)) for key, rows in found.items()}


@cache
def word_classes() -> dict[str, frozenset[str]]:
    """Return {«@talks»: lemmas} from `word_classes.tsv`."""
    return {row["class"]: frozenset(_bars(row["lemmas"])) for row in read_table("word_classes.tsv")}


@cache
def verb_lemmas() -> dict[str, str]:
    """Return {form: lemma} of the lexicon's verbs from `verb_forms.tsv`: «shot» is a form of «shoot»."""
    return {row["form"]: row["lemma"] for row in read_table("verb_forms.tsv")}


@cache
def context_cues() -> dict[str, tuple[str, ...]]:
    """Return {cue lemma or phrase: contexts it tells} from `contexts.tsv`."""
    cues: dict[str, list[str]] = defaultdict(list)
    for row in read_table("contexts.tsv"):
        for cue in _bars(list(row.cells.values())[1]):
            cues[cue].append(row["context"])
    return {cue: tuple(names) for cue, names in cues.items()}


def _bars(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


def _slots(cell: str, row: Row) -> tuple[Slot, ...]:
    out = []
    for part in filter(None, (p.strip() for p in cell.split(","))):
        slot = Slot(part.rstrip("*"), part.endswith("*"))
        if slot.name not in SLOTS:
            raise row.fail(f"unknown slot «{part}»; known are {', '.join(sorted(SLOTS))}")
        out.append(slot)
    return tuple(out)


def _parse(row: Row, classes: dict[str, frozenset[str]]) -> Trigger:
    words = tuple(row["words"].split())
    pos = POS.get(row["pos"])
    if pos is None or not words:
        raise row.fail(f"part of speech «{row['pos']}» is none of v, n, a")
    kind, mode = row["type"], row["mode"] or None
    if kind != "NONE" and (kind, mode) not in kinds():
        raise row.fail(f"no PLOVER type and mode «{kind} {mode or ''}»")
    objects: set[str] = set()
    for part in _bars(row["object"]):
        if part.startswith("@"):
            if part not in classes:
                raise row.fail(f"no word class «{part}» in word_classes.tsv")
            objects |= classes[part]
        elif part != "comp":
            objects.add(part)
    return Trigger(
        words=words,
        head=len(words) - 1 if pos == "NOUN" else 0,
        pos=pos,
        type=kind,
        mode=mode,
        cameo=row["cameo"] or None,
        source=_slots(row["source"], row),
        recipient=_slots(row["recipient"], row),
        object=frozenset(objects),
        complement="comp" in _bars(row["object"]),
        literal=any(not part.startswith("@") and part != "comp" for part in _bars(row["object"])),
        example=row["example"],
    )
