"""A quantity in its sentence, and the words that tell of people hurt, lost or held."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detente.coding.reading import Quantity, Reading
from detente.language.analysis import Sentence

LOST_OR_HELD = frozenset("death fatality casualty prisoner hostage detainee life victim".split())
HURT_VERBS = frozenset(
    "kill die injure wound hurt arrest detain hospitalize hospitalise infect expel execute displace "
    "evacuate sentence strand deport abduct kidnap capture release free imprison jail massacre shoot "
    "rescue flee recruit swap smuggle torture sanction blacklist designate indict charge convict summon "
    "repatriate resettle".split()
)
HURT = HURT_VERBS | frozenset(
    "kill die injure wound hurt arrest detain hospitalize hospitalise infect expel execute displace "
    "evacuate sentence strand deport abduct kidnap capture release free imprison jail massacre shoot "
    "claim lose rescue flee leave displaced dead injured wounded missing killed death toll casualty "
    "victim fatality prisoner detainee hostage repatriate resettle recruit deploy send withdraw pull "
    "station train host receive attend march protest gather demonstrate protester demonstrator take "
    "part rally crowd exchange swap smuggle torture land arrive".split()
)
ORDINALS = frozenset(
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth fortieth "
    "fiftieth".split()
)


@dataclass(frozen=True, slots=True)
class Case:
    """A quantity in its sentence, what every rule looks at."""

    reading: Reading
    sentence: Sentence
    index: int
    quantity: Quantity

    @property
    def head(self) -> int:
        return self.quantity.span.head

    @property
    def least(self) -> float:
        value = self.quantity.value
        return value[0] if isinstance(value, tuple) else value

    def lemma(self, i: int) -> str:
        return self.sentence.tokens[i].lemma.lower() if 0 <= i < len(self.sentence.tokens) else ""

    def low(self, i: int) -> str:
        return self.sentence.tokens[i].text.lower() if 0 <= i < len(self.sentence.tokens) else ""

    def path(self) -> list[int]:
        """Return the words that govern the quantity, nearest first, without itself."""
        path: list[int] = []
        at = self.sentence.tokens[self.head].head
        while at >= 0 and at not in path and at != self.head:
            path.append(at)
            at = self.sentence.tokens[at].head
        return path


def beside(case: Case) -> Iterator[int]:
    """Yield what stands under the counted noun: «people [killed]», «people [dead]»."""
    yield from case.sentence.children(case.head)
