"""Words in, what they count out: «three people were wounded» -> {"wounded": 3}.

The toll of an attack, the number expelled or freed: what two reports of one act share, or tell differently.
"""

from __future__ import annotations

import re

from detente.knowledge.matters import content_words

_COUNTS = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen twenty".split(),
        1,
    )
}
# «three people were wounded», «killed two»: what is counted stands within four words after or one before.
_COUNT = re.compile(
    rf"(?:\b(?P<before>\w+)\s)?(?<![\w.,$€£])(?P<n>\d{{1,3}}(?:,\d{{3}})+|\d+|{'|'.join(_COUNTS)})"
    r"(?![\w%]|[.,:]\d)"
    r"(?P<after>(?:\s(?!and\b|or\b|but\b|while\b)\w+){0,4})",
    re.I,
)
THINGS = {
    "KILL": "killed", "WOUND": "wounded", "DETAIN": "detained", "RELEASE": "released", "SEIZE": "seized",
    "EXPEL": "expelled", "PRISONER": "prisoners", "SOLDIER": "soldiers", "SHIP": "ships", "DRONE": "drones",
    "ROCKET": "rockets", "MIGRANT": "migrants", "ENVOY": "envoys", "PLANE": "planes", "PROTEST": "protesters",
    "VACCINE": "vaccines", "JOURNALIST": "journalists", "TERROR": "militants",
}  # fmt: skip
_MONTHS = re.compile(
    r"^(?:january|february|march|april|may|june|july|august|september|october|november|december|percent)\b",
    re.I,
)


def counts_in(quote: str) -> dict[str, int]:
    """Return what a quote counts, by meaning: «three shepherds were injured» -> {"WOUND": 3}."""
    counts: dict[str, int] = {}
    for found in _COUNT.finditer(quote):
        after = found["after"].strip()
        if _MONTHS.match(after):
            continue
        words = [*after.split(), found["before"] or ""]
        thing = next((m for w in words for m in content_words(w) if m in THINGS), None)
        if thing:
            said = found["n"].casefold()
            counts.setdefault(thing, _COUNTS.get(said) or int(said.replace(",", "")))
    return counts
