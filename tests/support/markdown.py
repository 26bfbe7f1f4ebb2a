"""Discord's Markdown as HTML: its client's patterns, tried in its order at each place of the text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby, takewhile

from markupsafe import Markup

Match = re.Match[str]
Find = Callable[[str, int], Match | None]
Render = Callable[["Markdown", Match], Markup]
Rule = tuple[Find, Render]

_SHAPES = {
    "t": "{0:%-I:%M %p}",
    "T": "{0:%-I:%M:%S %p}",
    "d": "{0:%-m/%-d/%Y}",
    "D": "{0:%B %-d, %Y}",
    "f": "{0:%B %-d, %Y} at {0:%-I:%M %p}",
    "F": "{0:%A, %B %-d, %Y} at {0:%-I:%M %p}",
    "s": "{0:%-m/%-d/%Y}, {0:%-I:%M %p}",
    "S": "{0:%-m/%-d/%Y}, {0:%-I:%M:%S %p}",
}
_UNITS = {
    "year": timedelta(days=365),
    "month": timedelta(days=30),
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}
_ITEM = r"( *)([-*]|\d{1,9}\.) +([^\n]+(?:\n(?! *(?:[-*]|\d+\.) ) +[^\n]+)*)(?:\n|\Z)"
"""An item of a list: its indent, its mark, what it says."""
_STRESSES = {
    re.compile(r"_(?P<said>(?:__|\\[\s\S]|[^\\_])+?)_\b"): "em",
    re.compile(r"\*(?=\S)(?P<said>(?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)"): "em",
    re.compile(r"\*\*(?P<said>(?:\\[\s\S]|[^\\])+?)\*\*(?!\*)"): "strong",
    re.compile(r"__(?P<said>(?:\\[\s\S]|[^\\])+?)__(?!_)"): "u",
}


def clock(at: datetime, shape: str = "f") -> str:
    """Return the time in UTC as an American client writes it, in the shape that Discord gives this letter."""
    return _SHAPES[shape].format(at.astimezone(UTC))


def distance(at: datetime, now: datetime) -> str:
    """Return how far off a time is: "in 7 minutes", "2 days ago"."""
    off = abs(at - now)
    unit = next((name for name, size in _UNITS.items() if off >= size), "second")
    count = off // _UNITS[unit]
    said = f"{count} {unit}{'s' * (count != 1)}"
    return f"in {said}" if at > now else f"{said} ago"


@dataclass(frozen=True, slots=True)
class Markdown:
    """A reader of messages that knows the time, and names by their ids: of users, roles and channels."""

    names: Mapping[str, str]
    now: datetime

    def html(self, text: str) -> Markup:
        """Return the message as HTML for an element that keeps white space."""
        return self.read(text, _BLOCKS)

    def line(self, text: str) -> Markup:
        """Return the message as HTML on one line, without headings, lists or quotations."""
        return self.read(" ".join(text.split()))

    def read(self, text: str, blocks: Sequence[Rule] = ()) -> Markup:
        """Return the text as HTML; the blocks are rules that hold at the start of a line only."""
        at, made = 0, []
        while at < len(text):
            starts = at == 0 or text[at - 1] == "\n"
            rules = (*blocks, *_INLINE) if starts else _INLINE
            match, render = next((found, render) for find, render in rules if (found := find(text, at)))
            made.append(render(self, match))
            at = match.end()
        return Markup().join(made)


def _wrapped(opening: str, blocks: Sequence[Rule] = ()) -> Render:
    """Return a rule's rendering: what was said, read in turn, in an element with this opening tag."""
    return lambda reader, match: _element(opening, reader.read(match["said"], blocks))


def _element(opening: str, inside: Markup) -> Markup:
    return Markup(f"<{opening}>{inside}</{opening.split()[0]}>")


def _filled(template: str) -> Render:
    """Return a rule's rendering: the template with the match's groups in it, as text."""
    return lambda _, match: Markup(template).format(**match.groupdict())


def _longest_stress(text: str, at: int) -> Match | None:
    found = [match for pattern in _STRESSES if (match := pattern.match(text, at))]
    return max(found, key=Match.end, default=None)


def _stress(reader: Markdown, match: Match) -> Markup:
    return _wrapped(_STRESSES[match.re])(reader, match)


def _quote(reader: Markdown, match: Match) -> Markup:
    said = re.sub(r"^> ", "", match["said"], flags=re.MULTILINE)
    return _element("blockquote", reader.read(said, _IN_QUOTE))


def _list(reader: Markdown, match: Match) -> Markup:
    return _items(reader, list(re.finditer(_ITEM, match[0])))


def _items(reader: Markdown, lines: Sequence[Match]) -> Markup:
    made = Markup()
    for ordered, items in groupby(_nested(lines), lambda item: item[0][2] not in "-*"):
        shown = list(items)
        opening = f'ol start="{int(shown[0][0][2][:-1])}"' if ordered else "ul"
        made += _element(opening, Markup().join(_item(reader, head, below) for head, below in shown))
    return made


def _item(reader: Markdown, head: Match, below: Sequence[Match]) -> Markup:
    said = re.sub(r"\n +", "\n", head[3])
    return _element("li", reader.read(said) + _items(reader, below))


def _nested(lines: Sequence[Match]) -> list[tuple[Match, Sequence[Match]]]:
    """Return each item of a list with the items under it."""
    if not lines:
        return []
    head, *rest = lines
    below = list(takewhile(lambda line: len(line[1]) > len(head[1]), rest))
    return [(head, below), *_nested(rest[len(below) :])]


def _link(reader: Markdown, match: Match) -> Markup:
    return Markup('<a href="{}">{}</a>').format(match["url"], reader.read(match["said"]))


def _mention(reader: Markdown, match: Match) -> Markup:
    sign = "#" if match["sign"] == "#" else "@"
    return Markup('<span class="mention">{}{}</span>').format(sign, reader.names.get(match["id"], "unknown"))


def _time(reader: Markdown, match: Match) -> Markup:
    at = datetime.fromtimestamp(int(match["at"]), UTC)
    said = distance(at, reader.now) if match["shape"] == "R" else clock(at, match["shape"] or "f")
    return Markup('<time title="{}">{}</time>').format(clock(at, "F"), said)


def _rule(pattern: str, render: Render) -> Rule:
    return re.compile(pattern).match, render


_INLINE: Sequence[Rule] = (
    _rule(r"\\(?P<said>[^0-9A-Za-z\s])", _filled("{said}")),
    _rule(r"```(?:[\w+.#-]+\n)?\n*(?P<said>[^\n][\s\S]*?)\n*```\n?", _filled("<pre><code>{said}</code></pre>")),
    _rule(r"(?P<ticks>`+) ?(?P<said>[\s\S]*?[^`]) ?(?P=ticks)(?!`)", _filled("<code>{said}</code>")),
    _rule(r"<t:(?P<at>-?\d{1,11})(?::(?P<shape>[tTdDfFsSR]))?>", _time),
    _rule(r"<(?P<sign>@[!&]?|#)(?P<id>\d+)>", _mention),
    _rule(r"<(?P<said>/[^:<>\n]+):\d+>", _filled('<span class="mention">{said}</span>')),
    _rule(r"<a?:(?P<said>\w+):\d+>", _filled('<span class="emoji">{said}</span>')),
    _rule(r"(?P<said>@(?:everyone|here))", _filled('<span class="mention">{said}</span>')),
    _rule(r"<(?P<url>https?://[^ <>\n]+)>", _filled('<a href="{url}">{url}</a>')),
    _rule(
        r"\[(?![^\]]*https?://)(?P<said>(?:\\.|\[[^\]]*\]|[^\[\]\\])+)\]"
        r"\(<?(?P<url>https?://(?:\([^()\s]*\)|[^\s()<>])+)>?(?:\s+\"[^\"]*\")?\)",
        _link,
    ),
    _rule(
        r"(?P<url>https?://(?:\([^\s<()]*\)|[^\s<()])+(?<![.,:;\"'\]]))",
        _filled('<a href="{url}">{url}</a>'),
    ),
    (_longest_stress, _stress),
    _rule(r"~~(?P<said>[\s\S]+?)~~(?!_)", _wrapped("s")),
    _rule(r"\|\|(?P<said>[\s\S]+?)\|\|", _wrapped('span class="spoiler"')),
    _rule(r"(?P<said>\n|[^\n]+?(?=[^0-9A-Za-z\s\u00c0-\uffff-]|\n|https?://|\Z))", _filled("{said}")),
)
_IN_QUOTE: Sequence[Rule] = (
    _rule(r"# +(?P<said>[^\n]+)(?:\n|\Z)", _wrapped("h1")),
    _rule(r"## +(?P<said>[^\n]+)(?:\n|\Z)", _wrapped("h2")),
    _rule(r"### +(?P<said>[^\n]+)(?:\n|\Z)", _wrapped("h3")),
    _rule(r"-# +(?P<said>[^\n]+)(?:\n|\Z)", _wrapped("small")),
    _rule(f"(?:{_ITEM})+", _list),
)
_BLOCKS: Sequence[Rule] = (
    _rule(r">>> (?P<said>[\s\S]+)", _wrapped("blockquote", _IN_QUOTE)),
    _rule(r"(?P<said>> [^\n]*(?:\n> [^\n]*)*)(?:\n|\Z)", _quote),
    *_IN_QUOTE,
)
