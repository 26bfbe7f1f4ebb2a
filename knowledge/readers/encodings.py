"""Bytes to text: which encoding is it in?"""

import codecs

from charset_normalizer import from_bytes
from charset_normalizer.constant import IANA_SUPPORTED
from charset_normalizer.utils import iana_name

from knowledge.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN = frozenset("àâäáãåæçèéêëíîïñóôöõøœùúûüßÀÂÄÇÈÉÊÖÜÑ‘’“”„‚‹›«»–—…•·£€§°©®™½¼¾¿¡\xa0")
_PLAIN = frozenset("\t\n\v\f\r\x1a\x85")


def decoded(data: bytes, name: str, declared: str = "") -> str:
    """Return the text in the bytes: by its mark, as UTF-8, as declared, or as it most likely is.

    SourceError when the bytes are no text in any encoding.
    """
    text = _marked(data) or _utf8(data) or _utf16(data) or _declared(data, declared) or _mixed(data) or _western(data)
    if text is None:
        best = from_bytes(data).best()
        text = str(best) if best else None
    if text is None or _binary(text):
        raise SourceError(f"{name}: not text that can be read. Save it as UTF-8 text and try again.")
    return text


def _marked(data: bytes) -> str | None:
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    return data.decode(encoding, "replace").removeprefix("\ufeff") if encoding else None


def _utf8(data: bytes) -> str | None:
    return _named(data, "utf-8") if data.count(0) * 50 < len(data) else None


def _utf16(data: bytes) -> str | None:
    """Return the text of UTF-16 without a mark: nearly every other byte of a Western text is then 0."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    if max(even, odd) * 5 < len(data) or min(even, odd) * 10 > max(even, odd):
        return None
    return _named(data[: len(data) // 2 * 2], "utf-16-be" if even > odd else "utf-16-le")


def _named(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, ValueError):
        return None


def _declared(data: bytes, encoding: str) -> str | None:
    """Return the text in the declared encoding, if it is one; Latin-1 means Windows-1252, as in browsers."""
    name = iana_name(encoding, strict=False)
    if name in ("ascii", "latin_1"):
        name = "cp1252"
    return _named(data, name) if name in IANA_SUPPORTED else None


def _mixed(data: bytes) -> str | None:
    """Return UTF-8 with some bytes of Windows-1252 in it, as pasting makes it."""
    text = data.decode("utf-8", "surrogateescape")
    strays = {letter for letter in text if "\udc80" <= letter <= "\udcff"}
    stray = sum(map(text.count, strays))
    if stray >= sum(letter > "\x7f" for letter in text) - stray:
        return None
    return text.translate({ord(s): bytes([ord(s) - 0xDC00]).decode("cp1252", "replace") for s in strays})


def _western(data: bytes) -> str | None:
    """Return Western text where few letters are beyond ASCII and those few are usual: too little for statistics."""
    for encoding in ("cp1252", "mac_roman"):
        text = _named(data, encoding) or ""
        foreign = [letter for letter in text if letter > "\x7f"]
        if text and len(foreign) * 5 < len(text) and _WESTERN.issuperset(foreign):
            return text
    return None


def _binary(text: str) -> bool:
    controls = sum((letter < " " or "\x7f" <= letter < "\xa0") and letter not in _PLAIN for letter in text)
    return controls * 25 > len(text)
