"""Markdown, with front matter where there is some."""

from typing import Any

import yaml
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from knowledge.readers.drafts import Draft
from knowledge.readers.encodings import decoded
from knowledge.readers.titles import iso
from knowledge.readers.trees import blocks, parsed

_MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"]).use(footnote_plugin).use(front_matter_plugin)
_NOTES = ".//section[@class='footnotes'] | .//hr[@class='footnotes-sep'] | .//sup[@class='footnote-ref']"


def draft(data: bytes, name: str) -> Draft:
    """Return the blocks of a Markdown text without its footnotes; title, author and date from its front matter."""
    text = decoded(data, name)
    tokens = _MARKDOWN.parse(text)
    told = _told(tokens[0].content) if tokens and tokens[0].type == "front_matter" else {}
    tree = parsed(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    if tree is None:
        return Draft(())
    for note in tree.xpath(_NOTES):
        note.drop_tree()
    return Draft(
        list(blocks(tree)), _line(told, "title"), _line(told, "author", "authors", "by"), iso(_line(told, "date"))
    )


def _told(front_matter: str) -> dict[str, Any]:
    try:
        told = yaml.safe_load(front_matter)
    except (yaml.YAMLError, ValueError):
        return {}
    return {str(key).casefold(): value for key, value in told.items()} if isinstance(told, dict) else {}


def _line(told: dict[str, Any], *keys: str) -> str:
    """Return what the front matter has under the first of the keys that it has, several names joined."""
    value = next((told[key] for key in keys if told.get(key)), "")
    return ", ".join(str(part) for part in value) if isinstance(value, list) else str(value)
