"""The trigger lexicon: words and constructions that name an act, from `triggers.tsv`.

A row says which type an act has, who does it (slots tried in order) and to whom, and carries the
sentence that taught it. A row of type NONE says that a construction is no act.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from detente.knowledge.layers import added, layered
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


@layered
def triggers() -> dict[tuple[str, str], tuple[Trigger, ...]]:
    """Return {(head lemma, UPOS): triggers, the most specific first}. KnowledgeError on a bad row.

    Of equally specific rows users' come first; theirs replace ours for the same words and object.
    """
    yours = added_triggers()
    settled = {(t.words, t.pos, t.object, t.complement) for t in yours}
    found: dict[tuple[str, str], list[Trigger]] = defaultdict(list)
    for trigger in yours:
        found[trigger.words[trigger.head], trigger.pos].append(trigger)
    for trigger in _our_triggers() if not added("word_classes") else _parse_ours():
        if (trigger.words, trigger.pos, trigger.object, trigger.complement) not in settled:
            found[trigger.words[trigger.head], trigger.pos].append(trigger)
    return {key: tuple(sorted(rows, key=lambda t: -t.weight)) for key, rows in found.items()}


def added_triggers() -> tuple[Trigger, ...]:
    """Return the triggers users added."""
    classes = word_classes()
    return tuple(_parse(row, classes) for row in added("triggers"))


@cache
def _our_triggers() -> tuple[Trigger, ...]:
    return _parse_ours()


def _parse_ours() -> tuple[Trigger, ...]:
    classes = word_classes()
    return tuple(_parse(row, classes) for row in read_table("triggers.tsv"))


@layered
def word_classes() -> dict[str, frozenset[str]]:
    """Return {«@talks»: lemmas} from `word_classes.tsv`; lemmas users add join ours."""
    classes = dict(_our_classes())
    for row in added("word_classes"):
        classes[row["class"]] = classes.get(row["class"], frozenset()) | frozenset(_bars(row["lemmas"]))
    return classes


@cache
def _our_classes() -> dict[str, frozenset[str]]:
    return {row["class"]: frozenset(_bars(row["lemmas"])) for row in read_table("word_classes.tsv")}


@layered
def verb_lemmas() -> dict[str, str]:
    """Return {form: lemma} of the lexicon's verbs from `verb_forms.tsv`: «shot» is a form of «shoot».

    Verbs users add bring their regular forms: «decouple» is found in «decoupled» and «decoupling».
    """
    ours = _our_verb_lemmas()
    known = frozenset(ours.values()) if added("triggers") else frozenset()
    new = {t.words[0] for t in added_triggers() if t.pos == "VERB"} - known
    return {**{form: verb for verb in new for form in regular_forms(verb)}, **ours} if new else ours


@cache
def _our_verb_lemmas() -> dict[str, str]:
    return {row["form"]: row["lemma"] for row in read_table("verb_forms.tsv")}


def regular_forms(verb: str) -> tuple[str, ...]:
    """Return a verb with its regular forms: «ban», «bans», «banned», «banning»."""
    if re.search("[^aeiou]y$", verb):
        return verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith("e"):
        return verb, verb + "s", verb + "d", (verb if verb.endswith("ee") else verb[:-1]) + "ing"
    more = "es" if re.search("(s|x|z|ch|sh|o)$", verb) else "s"
    stem = verb + verb[-1] if re.fullmatch("[^aeiou]*[aeiou][^aeiouwxy]", verb) else verb
    return verb, verb + more, stem + "ed", stem + "ing"


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
