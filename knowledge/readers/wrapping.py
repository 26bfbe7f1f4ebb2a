"""Lines that were broken to fit a page, put together again."""

import re
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_CUT = re.compile(r"(?P<first>[^\W\d_]+(?:[-\u2010][^\W\d_]+)*)[-\u2010]$")
_NEXT = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_COMPOUNDS = frozenset(
    {
        *("all", "anti", "co", "cross", "ex", "far", "half", "high", "ill", "long", "low", "mid", "multi", "near"),
        *("non", "post", "pre", "pro", "self", "semi", "short", "so", "well"),
    }
)
MARKER = re.compile(
    r"(?:[•◦▪‣●○■□·∙*\-–—]|[\uf000-\uf0ff]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)])\s+(?=\S)", re.IGNORECASE
)
_BULLET = re.compile(r"(?:[•◦▪‣●○■□·∙*\-–—]|[\uf000-\uf0ff])\s+")


class Words:
    """The words of a text: they tell whether a hyphen at the end of a line belongs to the word."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known = {word.casefold() for line in lines for word in _WORD.findall(line)}

    def joined(self, lines: Sequence[str]) -> str:
        """Return the lines as one, words cut at line ends made whole."""
        text = ""
        for line in lines:
            text = self._join(text, line.strip()) if text else line.strip()
        return text

    def _join(self, text: str, line: str) -> str:
        if text.endswith("\xad"):
            return text[:-1] + line
        cut, following = _CUT.search(text[-80:]), _NEXT.match(line)
        if cut and following:
            return (text[:-1] if self._one_word(cut["first"], following.group()) else text) + line
        return text + line if re.search(r"\d[-\u2010–]$", text) and line[:1].isdigit() else f"{text} {line}"

    def _one_word(self, first: str, second: str) -> bool:
        whole, compound = f"{first}{second}".casefold(), f"{first}-{second}".casefold()
        if whole in self._known or compound in self._known:
            return whole in self._known
        return second[0].islower() and first.casefold() not in _COMPOUNDS


def without_bullet(text: str) -> str:
    """Return the text of a list's item without its bullet; numbers and letters stay."""
    return _BULLET.sub("", text, count=1) if _BULLET.match(text) else text
