"""Where they stand: from a finished reading to positions, actor x issue x stance.

«Oslo voiced its opposition to the deployment» gives NOR, oppose, on whatever issue the deployment was;
«calls for an end to the embargo» is opposition to the embargo; «will not sign unless …» is conditional.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from detente.coding.clauses import Tree
from detente.coding.reading import Reading
from detente.coding.said.speech import attribution_at, is_claimed
from detente.coding.stand.holders import find_holders, find_home_holders
from detente.coding.stand.issues import PROPOSED, Memory, Side, conduct_of, find_issues_of, find_things
from detente.coding.stand.mood import as_it_stands
from detente.coding.stand.taking import Taking
from detente.coding.stand.takings import find_takings, mended
from detente.coding.when.times import said_on
from detente.knowledge.issues import IssueHit, find_hits, narrow
from detente.records import Position, Reason

_CLOSING = " \n\t\u00a0”’\"')"  # what may stand behind a question mark
AT_HOME = 0.8  # what a holder placed by his report alone takes from the confidence
_MAIN_TIMES = 3  # hits that make an issue the main one of a report


def code_positions(reading: Reading) -> tuple[Position, ...]:
    """Return the positions a report states, in the order of its text.

    A stance that is denied or merely imagined gives none; one that hangs on a condition is marked so.
    """
    found = [find_hits(sentence.text) for sentence in reading.analysis.sentences]
    memory = Memory(main=_main_issue(found))
    positions: dict[tuple[object, ...], Position] = {}
    for index, sentence in enumerate(reading.analysis.sentences):
        tree = mended(Tree(sentence))
        hits = [_placed(hit, sentence.start) for hit in found[index]]
        memory.issues += [(index, hit.start, hit.id) for hit in narrow(hits)]
        memory.things += find_things(index, tree)
        if sentence.text.rstrip(_CLOSING).endswith("?"):
            continue  # «Will Oslo sign?»: asked, not taken
        for taking in find_takings(reading, index, tree):
            for position in tuple(_positions(reading, index, tree, taking, hits, memory)):
                if position.issue and position.confidence <= PROPOSED:
                    memory.things.append((index, position.evidence.start, position.issue))
                codes = tuple(a.code for a in position.sources)
                positions.setdefault((index, codes, position.issue), position)
    return tuple(_without_echoes(list(positions.values())))


def _main_issue(found: list[tuple[IssueHit, ...]]) -> str | None:
    """Return the issue a report names most often, None where none is named thrice."""
    named = Counter(hit.id for hits in found for hit in narrow(hits))
    best = named.most_common(1)
    return best[0][0] if best and best[0][1] >= _MAIN_TIMES else None


def _placed(hit: IssueHit, by: int) -> IssueHit:
    """Return a hit of a sentence with the offsets of its field."""
    terms = tuple((a + by, b + by) for a, b in hit.terms)
    places = tuple((a + by, b + by) for a, b in hit.places)
    return replace(hit, start=hit.start + by, end=hit.end + by, terms=terms, places=places)


def _positions(
    reading: Reading, index: int, tree: Tree, taking: Taking, hits: list[IssueHit], memory: Memory
) -> Iterator[Position]:
    stance, conditional = as_it_stands(tree, taking)
    if stance is None:
        return
    attribution = attribution_at(reading, index, tree.sentence.tokens[taking.trigger].start)
    if attribution.speaker and attribution.speaker.role == "reporter" and attribution.speaker.code is None:
        return  # what a question takes for granted is nobody's stance
    actors = find_holders(reading, index, tree, taking, attribution)
    why: tuple[Reason, ...] = (Reason(taking.rule, tree.sentence.tokens[taking.trigger].text),)
    sure = 1.0
    if not actors:
        actors = find_home_holders(reading, index, tree, taking, attribution)
        why += (Reason("holder: the state the report is about", actors[0].name or ""),) if actors else ()
        sure = AT_HOME
    if not actors:
        return
    codes = [a.code for a in actors if a.code]
    own = {conduct_of(code) for code in codes}
    for found in find_issues_of(Side(reading, index, tree, taking, stance, hits, memory)):
        if found.issue in own:
            continue  # nobody takes a side on his own doings
        at = tree.sentence.tokens[taking.trigger].start
        time = said_on(reading, index, taking.trigger)
        yield Position(
            evidence=reading.evidence(index),
            sources=actors,
            issue=found.issue,
            stance=found.stance,
            conditional=conditional,
            status="claimed" if is_claimed(reading, index, at, parties=codes) else "happened",
            attribution=attribution,
            date_start=time.start if time else None,
            date_end=time.end if time else None,
            date_basis=time.words if time else None,
            date_precision=time.precision if time else None,
            confidence=round(found.confidence * sure, 3),
            why=why,
        )


def _without_echoes(positions: list[Position]) -> Iterator[Position]:
    """Yield positions, leaving out one whose actors a fuller one of the same sentence and issue holds."""
    for position in positions:
        codes = {a.code for a in position.sources}
        fuller = any(
            other is not position
            and other.issue == position.issue
            and other.evidence == position.evidence
            and codes < {a.code for a in other.sources}
            for other in positions
        )
        if not fuller:
            yield position
