"""A report out of a web page: its article, title, author, day and site, by trafilatura."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from detente.errors import DateError, InputError
from detente.intake.days import parse_day
from detente.intake.decoding import decode_text, refuse_binary

MAX_STRAY = 0.001  # share of bytes that may break a page's declared UTF-8: one stray sign a screenful
MIN_WORDS = 25  # the shortest bulletin has more; below it stand cookie notes and menus
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,30})", re.I)
_LOOKS = re.compile(
    rb"\s*(?:<!--.{0,2000}?-->\s*|<\?xml[^>]{0,200}\?>\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Page:
    """What a page yields: the article's text and what its head says of it."""

    text: str
    title: str | None
    published: date | None
    author: str | None
    outlet: str | None
    url: str | None
    language: str | None


def looks_like_page(head: bytes) -> bool:
    """Whether the first bytes of a file begin a web page: «<!DOCTYPE html>», «<html»."""
    return bool(_LOOKS.match(head[:4096].removeprefix(b"\xef\xbb\xbf")))


def read_page(data: bytes) -> Page:
    """Return the article of a web page. Raises InputError (stage «page») where there is none."""
    from trafilatura import bare_extraction  # 0.3 s to import: only when a page is met

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found: Any = bare_extraction(
            _decode_page(data),
            include_comments=False,
            favor_precision=True,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
    except InputError:
        raise
    except Exception as error:  # lxml and its users raise a wide range on broken markup
        raise InputError(
            f"the page cannot be parsed ({type(error).__name__}): save it again", stage="page"
        ) from error
    text = _drop_heading((found.text if found else None) or "", found.title if found else None)
    if (count := len(text.split())) < MIN_WORDS:
        raise InputError(
            f"no article on this page ({count} words of running text, expected {MIN_WORDS} or more): "
            "save the page of the story itself, or its text",
            stage="page",
        )
    return Page(
        text, found.title or None, _plausible(found.date), found.author or None,
        found.sitename or None, found.url or None, found.language or None,
    )  # fmt: skip


def _drop_heading(text: str, title: str | None) -> str:
    """Return the text without a first line that only repeats the title: an act is not told twice."""
    first, _, rest = text.partition("\n")
    return rest if title and first.strip().lower() == title.strip().lower() else text


def _decode_page(data: bytes) -> str:
    """Return the page's markup, by the charset it declares, else as any text.

    A page of UTF-8 with a few bytes that are none is common and is read as browsers do: each such
    byte becomes U+FFFD, so that a quote shows where something was lost.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return decode_text(data)
    refuse_binary(data)
    declared = _CHARSET.search(data[:4096])
    charset = declared[1].decode("ascii").lower() if declared else "utf-8"
    try:
        if not charset.startswith(
            "utf"
        ):  # «utf-16» in a tag that could be read is a slip, says the HTML standard
            return data.decode(charset)
    except (LookupError, ValueError):
        pass  # a wrong claim: look for ourselves
    lenient = data.decode("utf-8", "replace")
    stray = lenient.count("\ufffd")
    return lenient if declared and stray <= MAX_STRAY * len(lenient) else decode_text(data)


def _plausible(words: str | None) -> date | None:
    """A page's own date is a guess: one that cannot be is no date."""
    try:
        return parse_day(words) if words else None
    except DateError:
        return None
