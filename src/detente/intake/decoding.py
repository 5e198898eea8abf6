"""Text out of bytes, exactly as received; or an InputError that says what the bytes are instead."""

from __future__ import annotations

import codecs
import re

from detente.errors import InputError

# The first bytes of what people pass in by mistake; facts from the formats' own specifications.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document: save its text first"),
    (b"PK\x03\x04", "a ZIP archive or an office document: unpack it or save its text first"),
    (b"\xd0\xcf\x11\xe0", "an old office document: save its text first"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"BZh", "bzip2 data: unpack it first (only .gz is opened here)"),
    (b"\xfd7zXZ", "xz data: unpack it first (only .gz is opened here)"),
    (b"(\xb5/\xfd", "zstandard data: unpack it first (only .gz is opened here)"),
    (b"PAR1", "a Parquet file: pass its text column as JSON lines or CSV"),
    (b"SQLite format 3", "a SQLite database: pass its text column as JSON lines or CSV"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HALVES = re.compile("[\ud800-\udfff]")
_HIGH_RUNS = re.compile(b"[\x80-\xff]+")
_UTF8_PAIRS = re.compile(b"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
MAX_CONTROLS = 0.002  # share of control characters a text may hold: form feeds and stray escapes do occur
MAX_HIGH = 0.25  # share of non-ASCII bytes in English under Windows-1252; more is another script or noise


def decode_text(data: bytes) -> str:
    """Return the text in some bytes: UTF-8, UTF-16 with its mark, else Windows-1252.

    A byte-order mark is dropped; nothing else is changed, line ends included. Raises InputError
    (stage «encoding» or «binary») for what is no text or is written in two encodings at once.
    """
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return check_text(_decode(data[len(mark) :], encoding))
    refuse_binary(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        text = _decode_western(data, error)
    return check_text(text)


def refuse_binary(data: bytes) -> None:
    """Raise InputError (stage «binary») where the bytes are a known binary format or hold NULs."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(f"this is {what}", stage="binary")
    at = data.find(b"\0")
    if at >= 0:
        raise InputError(
            f"byte {at} is NUL, so this is binary data: expected text (UTF-16 needs its byte-order mark)",
            stage="binary",
        )


def check_text(text: str) -> str:
    """Return the text itself. Raises InputError where it holds what no text holds."""
    controls = _CONTROLS.findall(text)
    if "\0" in controls or len(controls) > max(2, MAX_CONTROLS * len(text)):
        raise InputError(
            f"{len(controls)} control characters in {len(text)}: this is binary data, expected text",
            stage="binary",
        )
    half = None if text.isascii() else _HALVES.search(text)
    if half:
        raise InputError(
            f"character {half.start()} is half of a surrogate pair, so it was cut or wrongly converted: "
            "export it again as UTF-8",
            stage="encoding",
        )
    return text


def _decode(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"byte {error.start} is not {encoding.upper()}, though the file begins with its mark: "
            "export it again as UTF-8",
            stage="encoding",
        ) from error


def _decode_western(data: bytes, error: UnicodeDecodeError) -> str:
    """Return Windows-1252 text. Raises InputError for mixed encodings and for other scripts."""
    high = sum(len(run) for run in _HIGH_RUNS.findall(data))
    pairs = [len(pair) for pair in _UTF8_PAIRS.findall(data)]
    if pairs and sum(pairs) * 20 >= high:
        raise InputError(
            f"mixed encoding: {len(pairs)} characters are UTF-8, but byte {error.start} is not; "
            "export it again as UTF-8",
            stage="encoding",
        )
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as second:
        raise InputError(
            f"byte {second.start} is neither UTF-8 nor Windows-1252: export it again as UTF-8",
            stage="encoding",
        ) from second
    if high > MAX_HIGH * len(data):
        raise InputError(
            f"{high} of {len(data)} bytes are not ASCII and not UTF-8: this is another encoding or no text; "
            "export it again as UTF-8",
            stage="encoding",
        )
    return text
