"""Words made fit for Discord: nothing in them acts, and nothing is longer than a message may be."""

import re
from collections.abc import Iterable, Sequence

from knowledge.sentences import sentences

LIMIT = 3_600
"""Characters of one message's texts together: Discord takes 4,000, some of which headings and notes need."""
_LINES = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile(r"[\\*_~`|<\[\]]")
_STARTS = re.compile(r"^(\s*)(#{1,3}|-#|[-+>])(?=\s|#|>|$)", re.MULTILINE)
_LEAD = re.compile(r"> |-# |")
_NUMBERED = re.compile(r"^(\s*\d+)([.)])(?=\s|$)", re.MULTILINE)
_PINGS = re.compile(r"@(?=everyone|here)", re.IGNORECASE)
_INVITES = re.compile(r"(discord(?:app)?)(\s*\.\s*(?:gg|com|io|me))(?=\s*/)", re.IGNORECASE)
_APART = "\u200b"
_MARK = r"(?:\*\*)?\\?\[\d+\\?\](?:\*\*)?"
_MARKS_ALONE = re.compile(rf"(?:{_MARK}\s*)+")
_BREAK = re.compile(rf" (?!{_MARK})")
"""Where a sentence may be cut: between words, but not before a mark."""


def plain(text: str) -> str:
    """Return text that Discord shows as it was written: no Markdown, mention, timestamp or invite in it works."""
    text = _MARKS.sub(r"\\\g<0>", _CONTROLS.sub("", _LINES.sub("\n", text)))
    text = _NUMBERED.sub(r"\1\\\2", _STARTS.sub(r"\1\\\2", text))
    text = _INVITES.sub(rf"\1{_APART}\2", text)
    return _PINGS.sub(f"@{_APART}", text)


def quoted(text: str) -> str:
    """Return text, made plain, as a quotation."""
    return "\n".join(f"> {line}" for line in plain(text).splitlines() or [""])


def brief(text: str, most: int = 300) -> str:
    """Return text cut at a word's end to so many characters."""
    text = " ".join(text.split())
    return text if len(text) <= most else f"{text[: most - 1].rsplit(' ', 1)[0]} …"


def pages(paragraphs: Iterable[str], limit: int = LIMIT) -> list[list[str]]:
    """Return the paragraphs in pages of at most ``limit`` characters; one that is longer is cut between sentences.

    A mark such as [1] stays with the sentence before it.
    """
    found: list[list[str]] = []
    room = 0
    for paragraph in (piece for whole in paragraphs for piece in _pieces(whole, limit)):
        if not found or len(paragraph) + 2 > room:
            found.append([])
            room = limit
        found[-1].append(paragraph)
        room -= len(paragraph) + 2
    return found


def _pieces(paragraph: str, limit: int) -> Sequence[str]:
    """Return a paragraph in pieces of at most ``limit`` characters; what goes on a quotation or note is one too."""
    if len(paragraph) <= limit:
        return [paragraph]
    pieces = [""]
    for line in paragraph.split("\n"):
        lead = _LEAD.match(line)
        parts = [part for whole in _with_marks(sentences(line)) for part in _cut(whole, limit - len("-# \\"))]
        for number, part in enumerate(parts or [""]):
            if pieces[-1] and len(pieces[-1]) + len(part) + 1 > limit:
                pieces.append(f"{lead[0] if lead else ''}{_inert(part)}" if number else part)
            else:
                pieces[-1] = f"{pieces[-1]}{' ' if number else chr(10)}{part}" if pieces[-1] else part
    return pieces


def _inert(text: str) -> str:
    """Return text that stood within a line so that it does nothing at the start of one."""
    found = _STARTS.match(text) or _NUMBERED.match(text)
    return f"{text[: found.start(2)]}\\{text[found.start(2) :]}" if found else text


def _with_marks(found: Sequence[str]) -> list[str]:
    """Return sentences with the marks that stand alone after them joined on."""
    joined: list[str] = []
    for sentence in found:
        if joined and _MARKS_ALONE.fullmatch(sentence):
            joined[-1] = f"{joined[-1]} {sentence}"
        else:
            joined.append(sentence)
    return joined


def _cut(text: str, limit: int) -> list[str]:
    """Return text in parts of at most ``limit`` characters, cut between words where there are any, else anywhere.

    A backslash stays with what it stands before.
    """
    parts = []
    while len(text) > limit:
        breaks = [found.start() for found in _BREAK.finditer(text, 1) if found.start() < limit]
        escaping = len(text[:limit]) - len(text[:limit].rstrip("\\"))
        at = breaks[-1] if breaks else limit - escaping % 2
        parts.append(text[:at].rstrip())
        text = text[at:].lstrip()
    return [*parts, text]
