"""Whether a block of words could hold a record at all: an actor by name, by pronoun or by what it is.

«Rain fell all night.» holds none; «They will meet again.», «The two leaders spoke.» might. The reader can
leave such blocks unparsed: `BuiltinReader(gate=True)`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources

PRONOUNS = frozenset(
    "he she they we i it you him her them us me his their our its my your who both each neither all "
    "some others himself herself itself themselves".split()
)


@lru_cache(maxsize=1)
def group_nouns() -> frozenset[str]:
    """Return the nouns that can stand for an actor, lower case: «ministers», «troops», «sides»."""
    text = resources.files("detente.language").joinpath("data/groups.txt").read_text("utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())


def may_hold_record(forms: Sequence[str]) -> bool:
    """Return whether any word could be or stand for an actor.

    A capital anywhere but at the block's start counts as a name; so does one at the start that no other
    sign explains away, since «Moscow refused.» must pass: only common first words do not count.
    """
    groups = group_nouns()
    for i, form in enumerate(forms):
        lower = form.lower()
        if lower in PRONOUNS or lower in groups:
            return True
        if form[:1].isupper() and not (_starts(forms, i) and lower in COMMON_FIRST):
            return True
    return False


def _starts(forms: Sequence[str], i: int) -> bool:
    return i == 0 or not any(c.isalnum() for c in forms[i - 1])


COMMON_FIRST = frozenset(
    "the a an this that these those there here in on at by for from with without after before since "
    "until while when where why how what which if as but and or so yet no not now then also however "
    "meanwhile more most many much few several one two three four five six seven eight nine ten "
    "another other such under over about among between during because although though despite still "
    "only even just".split()
)
