"""Title matter: what stands before the first real paragraph, and what it tells."""

import re
from collections.abc import Sequence
from datetime import datetime

from dateutil import parser as dates

_LONG = 18
_MOST = 6
_FULL_STOP = re.compile(r"[.!?…。！？؟۔।:;][\"'”’»)\]]*$")
_BYLINE = re.compile(r"(?:by|von|par|por)\s+(?P<name>[^\W\d_][^\d:;!?]{2,60}?)\s*(?:[|•·–—].*)?", re.IGNORECASE)
_DATED = re.compile(
    r"(?:(?:published|updated|posted|date)(?:\s+on)?:?\s+)?(?P<date>"
    r"\d{4}-\d\d-\d\d|(?:[a-z]{3,9},?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?[a-z]{3,9}\.?\s+(?:\d{1,2},?\s+)?\d{4})",
    re.IGNORECASE,
)


def full_stop(text: str) -> bool:
    """Return whether the text ends as a sentence does, or leads on to a list."""
    return bool(_FULL_STOP.search(text))


def title_matter(texts: Sequence[str], headings: Sequence[bool], items: Sequence[bool]) -> int:
    """Return how many of the first blocks are title matter: a title, a subtitle, a byline, a date.

    Those are headings, bylines, dates and short lines without a full stop; after a plain line for a title also one
    short sentence, where the text proper is in long paragraphs. A text where nothing else follows has no title, and
    neither has one where most lines lack a full stop.
    """
    stops = [full_stop(text) for text in texts]
    usual = 2 * sum(stops[_MOST:]) >= len(stops[_MOST:])
    count = 0
    while count < min(_MOST, len(texts)) and not items[count]:
        short = len(texts[count].split()) < _LONG and not stops[count] and usual
        if not (headings[count] or short or (count and _tells(texts[count]))):
            break
        count += 1
    if count and not any(headings[:count]) and _standfirst(texts, count):
        count += 1
    return 0 if count == len(texts) else count


def author_in(front: Sequence[str]) -> str:
    """Return the name in a byline of the title matter, or ""."""
    return next((match["name"] for text in front[1:] if (match := _BYLINE.fullmatch(text))), "")


def date_in(front: Sequence[str]) -> str:
    """Return the date in the title matter as YYYY-MM-DD, or ""."""
    return next((date for text in front if (match := _DATED.fullmatch(text)) and (date := iso(match["date"]))), "")


def iso(written: str) -> str:
    """Return a written date as YYYY-MM-DD, or "" when it is none."""
    try:
        return dates.parse(written, default=datetime(1, 1, 1), ignoretz=True).date().isoformat()
    except (ValueError, OverflowError):
        return ""


def _tells(text: str) -> bool:
    return bool(_BYLINE.fullmatch(text) or _DATED.fullmatch(text))


def _standfirst(texts: Sequence[str], at: int) -> bool:
    """Return whether a short sentence under the title heads a text of long paragraphs, rather than being one."""
    lengths = sorted(len(text.split()) for text in texts[at:])
    short = len(texts[at].split()) < _LONG if at < len(texts) else False
    return short and len(lengths) > 1 and len(texts[at + 1].split()) >= _LONG <= lengths[len(lengths) // 2]
