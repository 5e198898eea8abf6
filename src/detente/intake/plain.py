"""A report out of plain text: the whole file as received, or what follows its front matter."""

from __future__ import annotations

import re

FRONT_MATTER = re.compile(r"---[ \t]*\r?\n((?:[^\n]*\n){1,40}?)---[ \t]*(?:\r?\n|\Z)")
_LINE = re.compile(r"([A-Za-z][A-Za-z_ -]{0,30}):(?:[ \t]+(.*?))?[ \t]*\r?\n")

# What front matter may call our fields; any other name is left unread.
NAMES = {
    "id": "id", "title": "title", "date": "published", "published": "published", "url": "url",
    "outlet": "outlet", "author": "author", "language": "language",
}  # fmt: skip


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the fields of the front matter and the text behind it.

    Front matter is lines «name: value» between two lines «---», the first of them the first line
    of the file. Where any line in between is something else, or none bears a name we know, there
    is no front matter: the fields are empty and the text is the whole file.

        ---
        date: 2024-05-17
        outlet: Northern Wire
        ---
        OSLO — Norway said on Friday …
    """
    match = FRONT_MATTER.match(text)
    if not match:
        return {}, text
    fields: dict[str, str] = {}
    for line in match[1].splitlines(keepends=True):
        pair = _LINE.fullmatch(line)
        if not pair and line.strip():
            return {}, text
        if pair and pair[2] and (name := NAMES.get(pair[1].lower())):
            fields[name] = pair[2].strip("\"'") if pair[2][0] in "\"'" else pair[2]
    return (fields, text[match.end() :]) if fields else ({}, text)
