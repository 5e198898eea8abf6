"""One construction at work: who takes which side on what phrase of a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from detente.knowledge.stances import Scope
from detente.records import Stance


@dataclass(frozen=True, slots=True)
class Taking:
    """One construction at work: the word that takes the side, who fills it, and the head of the issue."""

    trigger: int
    actors: tuple[int, ...]
    issue: int
    stance: Stance
    rule: str
    scope: Scope = "known"
    implied: bool = False  # the speaker himself takes it: «the embargo must end»
    asked: tuple[int, ...] = ()  # who is asked, where somebody is
