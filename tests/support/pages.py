"""Pages read as a browser and a Markdown viewer read them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.token import Token

_VOID = {"meta", "br", "link", "img", "input", "hr", "base"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str | None]
    inside: list["Element"] = field(default_factory=list)
    text: str = ""

    def all(self, tag: str) -> list["Element"]:
        return [e for e in self.inside if e.tag == tag]

    @property
    def words(self) -> str:
        return " ".join(self.text.split())


class HtmlPage(HTMLParser):
    """Every element in order, each with all elements and all text inside it."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.root = Element("", {})
        self._open = [self.root]
        self.feed(page)
        self.close()
        assert self._open == [self.root], "an element is left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        for around in self._open:
            around.inside.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag, f"</{tag}> closes something else"

    def handle_data(self, data: str) -> None:
        for around in self._open:
            around.text += data

    def named(self, name: str) -> Element:
        (found,) = [e for e in self.root.inside if e.attributes.get("id") == name]
        return found

    @property
    def shape(self) -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
        """The elements with their attributes, without a word of text."""
        return [(e.tag, tuple(e.attributes.items())) for e in self.root.inside]


class MarkdownPage:
    """A page of Markdown, parsed as GitHub does."""

    def __init__(self, page: str) -> None:
        blocks = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)
        self.tokens: list[Token] = [t for block in blocks for t in (block, *(block.children or []))]
        self.blocks = blocks

    @property
    def shape(self) -> list[tuple[str, str]]:
        """The marks that the page is made of, without text: words, line breaks, and where one paragraph ends."""
        passive = ("text", "softbreak", "hardbreak", "inline", "paragraph_open", "paragraph_close")
        return [(t.type, str(t.attrs.get("href", ""))) for t in self.tokens if t.type not in passive]

    @property
    def words(self) -> list[str]:
        """The text of every block that has any."""
        return ["".join(_text(t) for t in block.children or []) for block in self.blocks if block.type == "inline"]


def _text(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content
