"""Words of a stretch of text by rules, with exact offsets, as the English treebanks cut them.

«Beijing's U.S.-backed envoy didn't pay $10m.» gives Beijing|'s|U.S.|-|backed|envoy|did|n't|pay|$|10|m|.
Clitics stand apart, hyphens split save after a few prefixes (non-, anti-, co-), abbreviations keep
their stop. Every visible character belongs to exactly one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

# Prefixes that stay with their word in EWT and GUM: «non-proliferation», «anti-ship», «mid-August».
PREFIXES = (
    "non anti re co pre pro cross semi multi ex sub counter inter intra neo socio mini micro mid post over "
    "pan ultra super trans extra under psycho de un bi e"
).split()

_UNITS = (
    r"[ap]\.?m|km|m|kg|mi|bn|mn|tn|k|mm|cm|ft|lbs?|GB|MB|MW|GW|kW|tons?|hrs?|mins?|yrs?|USD|EUR|C|F|x|"
    r"million|billion"
)
_QUOTE = "'’‘ʼ＇`´"

# One alternative per kind of word; the first that fits wins.
_WORD = re.compile(
    rf"""
      (?P<url> (?:https?://|ftp://|www\.)[^\s<>"“”«»]*[^\s<>"“”«».,;:!?)\]}}'’] )
    | (?P<mail> [\w.+-]+@[\w-]+(?:\.[\w-]+)* )
    | (?P<site> (?:[a-z0-9-]+\.)+(?:com|org|net|gov|edu|int|mil|info|co\.uk|ru|cn|eu)(?:/[\w./?=&%-]*\w)?\b )
    | (?P<file> [\w-]+\.(?:docx?|pdf|xlsx?|pptx?|txt|html?|jpe?g|gif|png|zip|exe|csv|xml|mp[34])\b
      | \b[a-z]\w+(?:\.[a-z][\w-]+){{2,}} )
    | (?P<short> \bb/c\b | \bw/o?(?=[\s\w]) )
    | (?P<handle> [@\#](?=[^\W\d_])\w+ ) | (?P<and> \b[A-Z]{{1,3}}&[A-Z]{{1,3}}\b )
    | (?P<smile> [:;=][-^o']?[)(DPp/\\|](?!\w) )
    | (?P<dotted> (?:[^\W\d_]\.){{2,}}(?:[^\W\d_](?![\w'’]))? | \b(?:Ph|M|B|D|LL)\.(?:Sc|D|Phil|A)\. )
    | (?P<date> \d{{1,4}}/\d{{1,2}}/\d{{1,4}} | \d{{1,4}}-\d{{1,2}}-\d{{1,4}}(?![-\w])
      | 9/11(?!\d) | [1357]/[2348](?![\d/]) )
    | (?P<phone> (?:\d-)?\d{{3}}-\d{{3}}-\d{{4}}(?!\d) | (?<![\d-])\d{{1,3}}-\d{{4}}(?![\d-]) )
    | (?P<number> \+?(?<!\w)\d++(?:[.,:]\d++)*+(?:(?:st|nd|rd|th|s|['’]s)(?![^\W\d_]) | (?![^\W\d_]))
      | \d++(?:[.,:]\d++)*+(?=(?:{_UNITS})\b) )
    | (?P<code> [^\W_]*\d[^\W_]*(?:[-_.][^\W_]*\d[^\W_]*)* )
    | (?P<prefixed> \b(?:{"|".join(PREFIXES)})-(?=[^\W\d_])[^\W\d_]+ | \bmid-\d+s? )
    | (?P<letters> [^\W\d_]+(?:[{_QUOTE}](?=[^\W\d_])[^\W\d_]+)*(?:(?<=[oO])[{_QUOTE}](?=\ ?clock))? )
    | (?P<run> \.{{2,}}|…+\.?|\.[!?]+|\^_\^|\${{2,}}|-{{2,}}|[–—]+|[!?]{{2,}}
      |_{{2,}}|={{2,}}|\*{{2,}}|\+{{2,}}|~{{2,}}|\#{{3,}}|''|``|<<+|>>+|‘’|’’ )
    | (?P<other> \S )
    """,
    re.VERBOSE | re.IGNORECASE,
)

# «can't», «won’t», «Xi's», «they'd»: the clitic and what it leans on.
_CLITIC = re.compile(rf"(?i)(?<=\w)(n[{_QUOTE}]t|[{_QUOTE}](?:s|re|ve|ll|d|m))$")
_SHORT = {
    "cannot": 3, "gonna": 3, "gotta": 3, "wanna": 3, "dunno": 2, "gimme": 3, "lemme": 3, "dont": 2,
    "doesnt": 4, "didnt": 3, "cant": 2, "wont": 2, "isnt": 2, "wasnt": 3, "arent": 3, "havent": 4, "hasnt": 3,
    "hadnt": 3,
    "couldnt": 5, "wouldnt": 5, "shouldnt": 6, "im": 1, "ive": 1, "youre": 3, "theyre": 4, "thats": 4,
    "whats": 4, "theres": 5, "youve": 3, "theyve": 4, "weve": 2, "d'you": 2, "'tis": 2, "’tis": 2, "'twas": 2,
    "alot": 1, "outta": 3, "lotta": 3, "lets": 3, "y'all": 2,
}  # fmt: skip
# «its» meant as «it's»: no noun phrase opens with these.
_AFTER_IT_IS = re.compile(
    r" (?:the|an?|not|been|my|your|our|his|their|this|that|these|just|so|very|too|really)\b"
)
MAX_WORD = 200  # a longer run of letters is cut: no real word is longer, and a page of «aaaa» must not stall


@lru_cache(maxsize=1)
def abbreviations() -> frozenset[str]:
    """Return the abbreviations that keep their stop, lower case without it: «gen», «sept», «inc»."""
    text = resources.files("detente.language").joinpath("data/abbreviations.txt").read_text("utf-8")
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    return frozenset(word.lower() for line in lines for word in line.split())


def cut_words(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the half-open offsets of the words in `text[start:end]`, left to right."""
    stop = len(text) if end is None else end
    words: list[tuple[int, int]] = []
    for match in _WORD.finditer(text, start, stop):
        words.extend(_cut(text, match, stop))
    return _join_stops(text, words, stop)


def _cut(text: str, match: re.Match[str], stop: int) -> Iterator[tuple[int, int]]:
    a, b = match.span()
    kind = match.lastgroup
    if kind == "letters":
        yield from _cut_letters(text, a, b)
    elif kind == "code":
        yield from _cut_long(a, b)
    elif kind == "number" and text[a] in "+-" and a and not text[a - 1].isspace():
        yield a, a + 1
        yield a + 1, b
    else:
        yield from _cut_long(a, b)


def _cut_letters(text: str, a: int, b: int) -> Iterator[tuple[int, int]]:
    word = text[a:b]
    lower = word.lower()
    if lower == "its" and _AFTER_IT_IS.match(text, b):
        yield a, a + 2
        yield a + 2, b
        return
    if lower == "lets" and not (a == 0 or text[a].isupper()):
        yield a, b
        return
    if at := _SHORT.get(lower):
        yield a, a + at
        yield a + at, b
        return
    clitic = _CLITIC.search(word)
    if clitic and clitic.start() > 0:
        yield from _cut_letters(text, a, a + clitic.start())
        yield a + clitic.start(), b
    elif b - a == 2 and word[1] in _QUOTE:
        yield a, b
    else:
        yield from _cut_long(a, b)


def _cut_long(a: int, b: int) -> Iterator[tuple[int, int]]:
    while b - a > MAX_WORD:
        yield a, a + MAX_WORD
        a += MAX_WORD
    yield a, b


def _join_stops(text: str, words: list[tuple[int, int]], stop: int) -> list[tuple[int, int]]:
    """Give abbreviations and initials their stop back: «Gen» + «.» -> «Gen.»."""
    out: list[tuple[int, int]] = []
    known = abbreviations()
    for a, b in words:
        if (
            out
            and b - a == 1
            and text[a] == "."
            and out[-1][1] == a
            and _keeps_stop(text, out[-1], b, stop, known)
        ):
            out[-1] = (out[-1][0], b)
        else:
            out.append((a, b))
    return out


def _keeps_stop(text: str, word: tuple[int, int], after: int, stop: int, known: frozenset[str]) -> bool:
    a, b = word
    form = text[a:b]
    if not form[0].isalpha():
        return False
    lower, following = form.lower(), text[after : after + 2]
    if lower in _BEFORE_DIGITS:
        return following[:1] == " " and following[1:].isdigit()
    if after >= stop and lower not in _LAST_TOO:
        return False
    if lower == "etc" and (after >= stop or (following[:1].isspace() and not following[1:].islower())):
        return False
    if lower in known:
        return form[0].isupper() or lower in _LOWER_TOO or text[after : after + 1] == ","
    initial = b - a == 1 and form.isupper() and form != "I"
    return initial and text[after : after + 1] == " " and text[after + 1 : after + 2].isupper()


_BEFORE_DIGITS = frozenset(
    "no nos art arts fig figs p pp vol para paras".split()
)  # «No. 2», but «He said no.»
_LAST_TOO = frozenset("inc corp co ltd jr sr bros".split())  # keep their stop at the end of a block, too
_LOWER_TOO = frozenset("etc vs al approx ca cf esp est mr mrs ms dr st gen sen rep".split())
