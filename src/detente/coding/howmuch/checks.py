"""A report in, findings out: what it says twice in two ways, held against each other.

«50 km (80 miles)» -> conversion, disagrees: 50 km are 31.1 miles · «Monday, July 5, 2017» -> weekday,
disagrees: that day was a Wednesday · «won 58 percent of the vote, her rival 47 percent» -> shares, disagrees:
they come to 105. Only words and numbers are looked at, no tree, so that an archive is checked in seconds.
Nothing is repaired: the figures stay as the report has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Literal

from detente.coding.howmuch.amounts import Found, Line
from detente.coding.howmuch.numbers import do_agree, middle_of, scan_amounts
from detente.coding.pieces import cut_pieces
from detente.knowledge.units import calendar_words, find_unit
from detente.language.analysis import Sentence, Token
from detente.language.blocks import split_blocks
from detente.language.boundaries import find_starts
from detente.language.tokens import cut_words
from detente.records import Evidence, Field, Finding, Report

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
# Shares of one vote may each be rounded up by half a percent.
ROUNDING = 0.5
# A date without a year is of the year nearest to publication; farther off than this, another year that fits
# the weekday may be meant («on Monday, May 8» in an anniversary's account).
SURELY_NEAR_DAYS = 60

_WEEKDAY = r"(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?)"
)
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d|[:.]\d)"
_YEAR = r"(?:,? (?P<year>(?:1[89]|20)\d\d))?(?![\d-])"
_DATES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b{_WEEKDAY},? \(?(?:the )?{_MONTH} {_DAY}{_YEAR}",
        rf"\b{_WEEKDAY},? \(?(?:the )?{_DAY} (?:of )?{_MONTH}\b{_YEAR}",
        rf"\b{_MONTH} {_DAY}{_YEAR},? \({_WEEKDAY}\)",
        rf"\b{_DAY} {_MONTH}\b{_YEAR},? \({_WEEKDAY}\)",
    )
)

# What a conversion or a share cannot do without: most sentences are passed over at once.
_WORTH_READING = re.compile(r"[(\[].*[)\]]|, or |\d or |per ?cent|%", re.DOTALL)

_ONE_VOTE = re.compile(r"\bof (?:all |the )?(?:\w+ )?(?:votes?|ballots|seats)\b")
_FOR = re.compile(r"\b(?:for|yes|in favou?r|support\w*|approv\w*|back(?:s|ed|ing)?|agree[ds]?)\b")
_AGAINST = re.compile(r"\b(?:against|no|oppos\w*|disapprov\w*|reject\w*|disagree[ds]?)\b")
_NOT_PARTS = re.compile(
    r"\b(?:turnout|up from|down from|from \d+|compared|than in|of (?:them|whom|those|these)|previous\w*|"
    r"earlier|last year|rose|fell|grew|increase[ds]?|decrease[ds]?|points?|each|both|also|respectively|"
    r"average|margin|counted|while in|in the first round|threshold|at least|needed|required)\b"
)


def check_report(report: Report) -> tuple[Finding, ...]:
    """Return what a report says in two ways, agreeing or not, in the order of its text.

    Each finding bears both sides as they stand in the text. No model is needed.
    """
    found: list[Finding] = []
    fields: tuple[tuple[Field, str], ...] = (("title", report.title or ""), ("text", report.text))
    for field, text in fields:
        here = list(_check_weekdays(report, field, text))
        for sentence in plain_sentences(field, text):
            if not _WORTH_READING.search(sentence.text):
                continue
            line = Line(sentence, cut_pieces(sentence))
            amounts = scan_amounts(line)
            here += _check_conversions(report, line, amounts)
            here += _check_shares(report, line, amounts)
        found += sorted(here, key=lambda f: (f.sides[0].start, f.check))
    return tuple(found)


# Conversions


def _check_conversions(report: Report, line: Line, amounts: list[Found]) -> Iterator[Finding]:
    """Yield a finding for each amount said again in another unit: «2,802 km (1,741 mi)»."""
    for first, second in pairwise(amounts):
        if not _says_again(line, first, second):
            continue
        a, b = find_unit(first.unit), find_unit(second.unit)
        if a is None or b is None or a.base != b.base or a.name == b.name:
            continue
        reckoned = middle_of(first.value) * a.factor / b.factor
        agrees = do_agree(first, second)
        one, other = _evidence(report, line, first), _evidence(report, line, second)
        verb = "agree" if agrees else "disagree"
        both = f"«{one.quote}» and «{other.quote}» {verb}"
        says = f"{both}: in the second's unit the first is {_trim(reckoned)}."
        yield Finding("conversion", _verdict(agrees), says, (one, other))


def _says_again(line: Line, first: Found, second: Found) -> bool:
    """Whether the second stands alone in brackets behind the first, or after «or»."""
    between = [line.low(k) for k in range(first.end, second.start)]
    if between[:1] in (["("], ["["]) and all(w in _HEDGES for w in between[1:]):
        return line.low(second.end) in (")", "]")
    return [w for w in between if w not in _HEDGES] in (["or"], [",", "or"])


_HEDGES = frozenset("about around some roughly approximately nearly over almost ~".split())


# Weekdays


def _check_weekdays(report: Report, field: Field, text: str) -> Iterator[Finding]:
    """Yield a finding for each date told with its weekday: «Monday, July 5, 2017» was a Wednesday."""
    for pattern in _DATES:
        for match in pattern.finditer(text):
            told = next(day for day in WEEKDAYS if day.startswith(match["weekday"]))
            day = _day_meant(match, told, report.published)
            if day is None:
                continue
            is_told = WEEKDAYS[day.weekday()] == told
            side = Evidence(report.id, field, match.start(), match.end(), match.group().strip())
            is_was = "is" if is_told else "is no"
            right = "" if is_told else f", but a {WEEKDAYS[day.weekday()]}"
            year = "" if match["year"] else f", taken as {day.year},"
            says = f"«{side.quote}»{year} {is_was} {told}{right}: {day.isoformat()}."
            yield Finding(
                "weekday", _verdict(is_told), says, (_side(side, match, "weekday"), _dated(side, match))
            )


def _day_meant(match: re.Match[str], weekday: str, published: date | None) -> date | None:
    """Return the day a match names: of its year, else of the year nearest to publication; None if unsure."""
    month = calendar_words()[(match["month"].lower().rstrip("."),)][0].value
    if match["year"]:
        return _make_day(int(match["year"]), int(month), int(match["day"]))
    if published is None:
        return None
    days = [
        d
        for y in (-1, 0, 1)
        if (d := _make_day(published.year + y, int(month), int(match["day"]))) is not None
    ]
    nearest = min(days, key=lambda d: abs((d - published).days), default=None)
    if nearest is None or WEEKDAYS[nearest.weekday()] == weekday:
        return nearest
    far = abs((nearest - published).days) > SURELY_NEAR_DAYS
    return None if far and any(WEEKDAYS[d.weekday()] == weekday for d in days) else nearest


def _make_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _side(whole: Evidence, match: re.Match[str], group: str) -> Evidence:
    """Return the weekday's own words."""
    start = match.start(group)
    end = start + len(match[group]) + len("day")
    return Evidence(whole.report, whole.field, start, end, match.string[start:end])


def _dated(whole: Evidence, match: re.Match[str]) -> Evidence:
    """Return the words of the date: month, day and the year, where there is one."""
    groups = [g for g in ("day", "month", "year") if match[g]]
    start, end = min(match.start(g) for g in groups), max(match.end(g) for g in groups)
    return Evidence(whole.report, whole.field, start, end, match.string[start:end])


# Shares of one whole


def _check_shares(report: Report, line: Line, amounts: list[Found]) -> Iterator[Finding]:
    """Yield a finding where a sentence's shares of one vote come to more than all, or to just all of it."""
    text = line.sentence.text
    shares = [
        a for a in amounts if a.unit == "percent" and a.op in ("=", "~") and not isinstance(a.value, tuple)
    ]
    if len(shares) < 2 or _NOT_PARTS.search(text.lower()):
        return
    if not _ONE_VOTE.search(text) and not _are_for_and_against(line, shares):
        return
    total = sum(middle_of(a.value) for a in shares)
    fits = total <= 100 + ROUNDING * len(shares)
    if fits and total < 100 - ROUNDING * len(shares):
        return  # parts of a whole that is not told to its end
    says = (
        f"The shares {', '.join(_trim(middle_of(a.value)) for a in shares)} percent come to {_trim(total)}."
    )
    yield Finding("shares", _verdict(fits), says, tuple(_evidence(report, line, a) for a in shares))


def _are_for_and_against(line: Line, shares: list[Found]) -> bool:
    """Whether one share is for a thing and another against it: «52 percent back it, 51 percent oppose it»."""
    ends = [*(line.pieces[a.start].start for a in shares[1:]), line.pieces[-1].end]
    base = line.sentence.start
    tails = [
        line.sentence.text[line.pieces[a.end - 1].end - base : end - base]
        for a, end in zip(shares, ends, strict=True)
    ]
    sides = [(bool(_FOR.search(tail)), bool(_AGAINST.search(tail))) for tail in tails]
    return (True, False) in sides and (False, True) in sides


# Sides and words


def _verdict(agrees: bool) -> Literal["agrees", "disagrees"]:
    return "agrees" if agrees else "disagrees"


def _evidence(report: Report, line: Line, amount: Found) -> Evidence:
    start, end = line.pieces[amount.start].start, line.pieces[amount.end - 1].end
    field = line.sentence.field
    return Evidence(report.id, field, start, end, report.words(field, start, end))


def _trim(value: float) -> str:
    return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def plain_sentences(field: Field, text: str) -> Iterator[Sentence]:
    """Yield the sentences of a field by rules, with words and no tree."""
    for block in split_blocks(text):
        words = cut_words(text, block.start, block.end)
        starts = find_starts(text, words)
        for a, b in zip(starts, [*starts[1:], len(words)], strict=True):
            tokens = tuple(
                Token(x, y, text[x:y], text[x:y].lower(), "X", "", 0 if i else -1, "dep" if i else "root")
                for i, (x, y) in enumerate(words[a:b])
            )
            begin, end = words[a][0], words[b - 1][1]
            yield Sentence(field, begin, end, text[begin:end], tokens, (), block.kind, block.paragraph)
