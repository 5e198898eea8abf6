"""Issues states take sides on: from words of a report to a stable issue id.

«the deployment of THAAD to South Korea» -> `thaad-south-korea`; words no table knows get a readable id
made from themselves: «the new ferry tariff» -> `ferry-tariff`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from detente.errors import KnowledgeError
from detente.knowledge.layers import added, layered
from detente.knowledge.tables import split_cell

FILE = "issues.toml"
_PER_TERM = 10  # four short words found together («freeze», «drills», …) outweigh one long name
_NAMED = 30  # a name outweighs keywords: «sanctions on Iran», opposed by Russia, are not those on Russia
_INITIAL = 3  # letters by which keyword sets are looked up; «uk» and «eu» are shorter and stand as they are
LONGEST_ID = 6  # words; longer ids stop being readable

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W_]+")
_STOP = re.compile(r"[.!?;][\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n\s*\n")
_SMALL_WORDS = frozenset(
    "a an the this that these those its their his her our my your any all every each some such both s "
    "of to in on for with by at from and or as into over about against toward towards upon between "
    "further immediate immediately continued continuing controversial alleged so called own very new recent "
    "full strong unequivocal complete total steadfast firm repeated increased greater more will would should "
    "must be is are was were been being has have had not also other which who whom it they them he she we "
    "us i you one jointly".split()
)


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue: `id` never changes; `parents` are wider issues; `keywords` are sets found together."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    source: str = "own"
    checked: str = ""


@dataclass(frozen=True, slots=True)
class IssueHit:
    """An issue in a text: the stretch [start, end), the `terms` that named it, and whether they negate it.

    A name is one term; a set of keywords has one stretch per keyword.
    """

    id: str
    start: int
    end: int
    terms: tuple[tuple[int, int], ...]
    opposite: bool = False
    named: bool = True
    places: tuple[tuple[int, int], ...] = ()  # every stretch that could be one of the terms

    @property
    def weight(self) -> int:
        """How much named it, in characters; of two claims on the same words the heavier one holds."""
        return sum(b - a for a, b in self.terms) + (
            _NAMED if self.named else _PER_TERM * (len(self.terms) - 1)
        )


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    text: str
    folded: str


@dataclass(slots=True)
class _Node:
    """One step of the trie of names; `found` holds (issue id, spelling, opposite) that end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    found: list[tuple[str, str, bool]] = field(default_factory=list)


_Term = tuple[tuple[str, ...], ...]  # alternatives, each a run of folded words («*» ends a stem)


def read_issues(text: str, *, file: str = FILE) -> tuple[Issue, ...]:
    """Return the issues of a table given as TOML, in its order.

    Raises KnowledgeError for a row without id or name, an id given twice, or a parent that is not there.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise KnowledgeError(f"not TOML ({error}); an issue reads {{id=…, name=…}}", file=file) from error
    made = tuple(_issue(row, table, file) for row in table.get("issues", ()))
    known = {issue.id for issue in made}
    if len(known) < len(made):
        ids = [issue.id for issue in made]
        twice = next(i for i in ids if ids.count(i) > 1)
        raise KnowledgeError(f"issue «{twice}» stands twice; give one of them another id", file=file)
    for issue in made:
        for parent in issue.parents:
            if parent not in known:
                raise KnowledgeError(f"issue «{issue.id}» has the unknown parent «{parent}»", file=file)
    return made


def _issue(row: dict[str, Any], table: dict[str, Any], file: str) -> Issue:
    if not row.get("id") or not row.get("name"):
        raise KnowledgeError(f"an issue without id or name: {row}; each needs both", file=file)
    return Issue(
        id=row["id"],
        name=row["name"],
        aliases=tuple(row.get("aliases", ())),
        parents=tuple(row.get("parents", ())),
        keywords=tuple(row.get("keywords", ())),
        source=row.get("source", table.get("source", "own")),
        checked=str(row.get("checked", table.get("checked", ""))),
    )


@layered
def issues() -> tuple[Issue, ...]:
    """Return all issues, users' first; theirs replace ours of the same id."""
    yours = added_issues()
    ids = {issue.id for issue in yours}
    return (*yours, *(issue for issue in our_issues() if issue.id not in ids))


def added_issues() -> tuple[Issue, ...]:
    """Return the issues users added."""
    return tuple(
        Issue(
            r["id"], r["name"], split_cell(r["aliases"]), split_cell(r["parents"]), _lines(r["keywords"]),
            r["source"], r["checked"],
        )
        for r in added("issues")
    )  # fmt: skip


def _lines(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split("\n")))


@cache
def our_issues() -> tuple[Issue, ...]:
    """Return the issues of the project's own table."""
    return read_issues((files("detente.knowledge") / "data" / FILE).read_text("utf-8"))


@layered
def _by_id() -> dict[str, Issue]:
    return {issue.id: issue for issue in issues()}


def issue(id: str) -> Issue | None:
    """Return the issue with this id, or None: `issue("crimea").name` is «Status of Crimea»."""
    return _by_id().get(id)


def name_of(id: str) -> str:
    """Return the issue's name; an id that was proposed from a text reads as its own words."""
    found = issue(id)
    return found.name if found else id.replace("-", " ")


@layered
def wider(id: str) -> frozenset[str]:
    """Return every issue above this one: `no-deal-brexit` lies within `brexit`."""
    above: set[str] = set()
    queue = [id]
    while queue:
        found = issue(queue.pop())
        for parent in found.parents if found else ():
            if parent not in above:
                above.add(parent)
                queue.append(parent)
    return frozenset(above)


def find_issues(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return (issue id, start, end) for every issue the words name, in the order of the text.

    Names count wherever they stand («the Minsk accords»); sets of keywords count when all of them stand in
    one sentence («Seoul agreed to host the missile system»). Offsets are half open, in code points of `text`.
    """
    return tuple((hit.id, hit.start, hit.end) for hit in find_hits(text))


def find_hits(text: str) -> tuple[IssueHit, ...]:
    """Return what `find_issues` finds, with the words that named each issue and their polarity."""
    found: list[IssueHit] = []
    for words in _sentences(text):
        named = list(_find_names(words))
        ids = {hit.id for hit in named}
        found += named
        found += [hit for hit in _find_keywords(words) if hit.id not in ids]
    return tuple(sorted(found, key=lambda hit: (hit.start, -hit.end, hit.id)))


def narrow(hits: Iterable[IssueHit]) -> tuple[IssueHit, ...]:
    """Return the hits without wider issues; of two that rest on the same words, the one that rests on more.

    «a freeze on missile tests and drills» is `freeze-for-freeze`, not also the drills.
    """
    hits = tuple(hits)
    above = frozenset[str]().union(*(wider(hit.id) for hit in hits)) if hits else frozenset()
    kept: list[IssueHit] = []
    for hit in sorted((h for h in hits if h.id not in above), key=lambda h: (-h.weight, h.start, h.id)):
        if not any(a < d and c < b for other in kept for a, b in hit.terms for c, d in other.terms):
            kept.append(hit)
    return tuple(sorted(kept, key=lambda hit: hit.start))


def best_issue(text: str) -> str | None:
    """Return the one issue the words are about: the narrowest, then the longest name, then the first.

    «sanctions on Russia» is `sanctions-on-russia`, not `sanctions`.
    """
    best = min(narrow(find_hits(text)), key=lambda hit: (-hit.weight, hit.start, hit.id), default=None)
    return best.id if best else None


def propose_issue(words: str) -> str:
    """Return a readable id for an issue no table knows: «the new tariff on ferries» -> `tariff-ferries`.

    "" where the words hold nothing to name an issue by («it», «this»).
    """
    kept = []
    for word in _cut(words):
        plain = _ascii(word.text.replace(".", "")).lower()
        if plain and plain not in _SMALL_WORDS:
            kept.append(plain)
    return "-".join(kept[:LONGEST_ID])


def _ascii(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word)
    return "".join(c for c in plain if c.isascii() and c.isalnum())


def _sentences(text: str) -> Iterator[list[_Word]]:
    """Yield the words of each sentence; a rough cut is enough, names never cross a full stop."""
    at = 0
    for stop in _STOP.finditer(text):
        yield _cut(text, at, stop.end())
        at = stop.end()
    yield _cut(text, at, len(text))


def _cut(text: str, start: int = 0, end: int | None = None) -> list[_Word]:
    words = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        word = match.group()
        if word == "s" and match.start() > 0 and text[match.start() - 1] in "'’":
            continue  # «Ukraine's membership» reads like «Ukraine membership»
        words.append(_Word(match.start(), match.end(), word, _fold(word)))
    return words


@cache
def _fold(word: str) -> str:
    """Return a word without case, dots and plural: «U.S.» -> us, «Tariffs» -> tariff."""
    plain = word.replace(".", "").lower()
    if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss"):
        plain = plain[:-3] + "y" if plain.endswith("ies") and len(plain) > 4 else plain[:-1]
    return plain


def _keeps_case(word: str) -> bool:
    return word.isupper() and len(word) >= 2 and word.isalpha()


@layered
def _trie() -> _Node:
    root = _Node()
    names = {name.removeprefix("-"): i.id for i in added_issues() for name in (i.name, *i.aliases)}
    for known in issues():
        for spelling in (known.name, *known.aliases):
            node = root
            plain = spelling.removeprefix("-")
            if names.get(plain, known.id) != known.id:
                continue  # a user's issue bears this name
            for word in _cut(plain):
                node = node.next.setdefault(word.folded, _Node())
            if node is not root:
                node.found.append((known.id, plain, spelling != plain))
    return root


def _find_names(words: list[_Word]) -> Iterator[IssueHit]:
    """Yield the longest name from each place on; a shorter one inside it yields nothing."""
    at = 0
    while at < len(words):
        node, best, length = _trie(), dict[str, bool](), 0
        for step in range(at, len(words)):
            following = node.next.get(words[step].folded)
            if following is None:
                break
            node = following
            run = words[at : step + 1]
            ids = {id: opposite for id, spelling, opposite in node.found if _same_case(spelling, run)}
            if ids:
                best, length = ids, step - at + 1
        against = (
            at > 0
            and words[at - 1].folded in ("anti", "counter")
            and words[at].start - words[at - 1].end == 1
        )
        for id, opposite in best.items():
            start, end = words[at].start, words[at + length - 1].end
            yield IssueHit(id, start, end, ((start, end),), opposite != against, True, ((start, end),))
        at += max(1, length)


def _same_case(spelling: str, words: list[_Word]) -> bool:
    """«INF» and «Quad» are names, «inf» and «quad» are not: capitals in a one-word name must be there."""
    wanted = _cut(spelling)
    if len(wanted) == 1:
        first, got = wanted[0].text, words[0].text
        if _keeps_case(first):
            return got.isupper()
        return not first[:1].isupper() or got[:1].isupper()
    return all(
        not _keeps_case(w.text) or g.text.replace(".", "").isupper()
        for w, g in zip(wanted, words, strict=True)
    )


@layered
def _keyword_sets() -> tuple[tuple[str, tuple[_Term, ...], bool], ...]:
    return tuple(
        (known.id, tuple(_term(part) for part in keys.removeprefix("-").split(" + ")), keys.startswith("-"))
        for known in issues()
        for keys in known.keywords
    )


def _term(written: str) -> _Term:
    return tuple(tuple(_stem(word) for word in one.split()) for one in _split_hyphens(written).split("|"))


def _split_hyphens(written: str) -> str:
    return re.sub(r"(?<=\w)-(?=\w)", " ", written)


def _stem(word: str) -> str:
    return word.lower() if word.endswith("*") else _fold(word)


def _find_keywords(words: list[_Word]) -> Iterator[IssueHit]:
    folded = [word.folded for word in words]
    initials = {w[:_INITIAL] for w in folded}
    likely = sorted({number for initial in initials for number in _by_initial().get(initial, ())})
    done: set[str] = set()
    for id, terms, opposite in (_keyword_sets()[number] for number in likely):
        if id in done or not all(_may_hold(term, initials) for term in terms):
            continue
        places = [_places(term, folded) for term in terms]
        if all(places):
            done.add(id)
            runs = sorted((words[a].start, words[b - 1].end) for a, b in _closest(places))
            anywhere = {(words[a].start, words[b - 1].end) for options in places for a, b in options}
            end = max(b for _, b in runs)
            yield IssueHit(id, runs[0][0], end, tuple(runs), opposite, False, tuple(sorted(anywhere)))


def _may_hold(term: _Term, initials: set[str]) -> bool:
    return any(run[0].rstrip("*")[:_INITIAL] in initials for run in term)


@layered
def _by_initial() -> dict[str, tuple[int, ...]]:
    """Return the numbers of the keyword sets by the first letters of the term that has the fewest forms."""
    found: dict[str, list[int]] = {}
    for number, (_, terms, _) in enumerate(_keyword_sets()):
        rarest = min(terms, key=len)
        for initial in {run[0].rstrip("*")[:_INITIAL] for run in rarest}:
            found.setdefault(initial, []).append(number)
    return {initial: tuple(numbers) for initial, numbers in found.items()}


def _places(term: _Term, folded: list[str]) -> list[tuple[int, int]]:
    """Return where a term stands, as half-open runs of words."""
    found = []
    for run in term:
        for at in range(len(folded) - len(run) + 1):
            if all(_fits(wanted, folded[at + k]) for k, wanted in enumerate(run)):
                found.append((at, at + len(run)))
    return found


def _fits(wanted: str, folded: str) -> bool:
    return folded.startswith(wanted[:-1]) if wanted.endswith("*") else folded == wanted


def _closest(places: list[list[tuple[int, int]]]) -> Iterable[tuple[int, int]]:
    """Return one place per term, each the nearest to those chosen before it."""
    chosen = [min(places[0])]
    for options in places[1:]:
        middle = sum(a for a, _ in chosen) / len(chosen)
        chosen.append(min(options, key=lambda place: (abs(place[0] - middle), place)))
    return chosen
