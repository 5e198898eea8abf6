"""Words in, few bytes out; and back to the letter: how the ledger keeps texts and bodies small.

Packed words start with a byte no text starts with, then the number of the dictionary they were packed with
(0 for none), then a raw deflate stream (RFC 1951) of their UTF-8. Anything else is words as they are, so an
older ledger reads on. A dictionary is a file of `data/` and a row of the ledger's `meta`, so that a ledger
found alone can be read, too: `zlib.decompressobj(-15, zdict=…)`.
"""

from __future__ import annotations

import zlib
from functools import cache
from importlib.resources import files
from typing import Final

PACKED: Final = b"\xff"  # in UTF-8 no character starts so
PLAIN, BODIES = 0, 1  # dictionaries: none, and that of records' bodies
NAMES = {BODIES: "bodies_1"}  # file in `data/` and key in `meta`; what was used once stays as it is for good
LEVEL = 6  # 9 saves 2 bytes in 100 of a body and takes twice as long
LEAST = 64  # characters below which a text is kept as it is


def pack_words(words: str, *, dictionary: int = PLAIN) -> str | bytes:
    """Return words as the ledger keeps them: packed, or as they are where that is shorter.

    A body of 365 bytes becomes 67, a report's text of 4,500 about 2,000.
    """
    plain = storable(words)
    if len(words) < LEAST:
        return plain
    raw = plain if isinstance(plain, bytes) else plain.encode()
    packer = _packer(dictionary).copy()
    packed = PACKED + bytes([dictionary]) + packer.compress(raw) + packer.flush()
    return packed if len(packed) < len(raw) else plain


def unpack_words(stored: str | bytes) -> str:
    """Return the words that `pack_words` was given; zlib.error where they are ruined."""
    if isinstance(stored, str):
        return stored
    raw = stored
    if stored[:1] == PACKED:
        unpacker = _unpacker(stored[1]).copy()
        raw = unpacker.decompress(stored[2:])
        if not unpacker.eof:
            raise zlib.error("the packed words end too soon")
    return raw.decode("utf-8", "surrogatepass")


def storable(text: str) -> str | bytes:
    """Return text as SQLite can hold it: bytes where it has lone surrogates, so that offsets stay true."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
    return text


@cache
def dictionary_of(number: int) -> bytes:
    """Return the bytes of a dictionary; KeyError for one that a newer version made."""
    name = NAMES[number]
    return files("detente.archive").joinpath("data", f"{name}.txt").read_bytes()


@cache
def _packer(number: int) -> zlib._Compress:
    """Return a packer that has read its dictionary: a copy of it is ready at once."""
    if number == PLAIN:
        return zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return zlib.compressobj(
        LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_DEFAULT_STRATEGY,
        dictionary_of(number),
    )  # fmt: skip


@cache
def _unpacker(number: int) -> zlib._Decompress:
    if number == PLAIN:
        return zlib.decompressobj(-zlib.MAX_WBITS)
    return zlib.decompressobj(-zlib.MAX_WBITS, zdict=dictionary_of(number))


__all__ = ["BODIES", "NAMES", "dictionary_of", "pack_words", "storable", "unpack_words"]
