"""Pages for people to keep: whole files made from a template, HTML or Markdown by the template's ending.

Whatever is filled in is text and stays text: it can't become markup, a link, a mention, or turn the page's direction.
"""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeGuard

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_BREAK = re.compile(r"\r\n?|[\u2028\u2029]")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
"""Characters that a page can't hold, and those that order text to run the other way."""
_MARKDOWN: Mapping[str, str] = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "@\u200b"}
"""Entities hold in every dialect; a zero-width space after @ keeps a name from being called."""
_ACTIVE = re.compile(r"[\\`*_\[\]|~$^#=&<>@]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_LINE_START = re.compile(r"^([+:-]|\d+(?=[.)]))", re.MULTILINE)
_INDENT = re.compile(r"^[^\S\n]+|[^\S\n]+$", re.MULTILINE)


def page(name: str, **values: object) -> str:
    """Return the page made from the template file of that name, with every value escaped for its kind of page."""
    return _environment(Path(name).suffix).get_template(name).render(**values)


@cache
def _environment(kind: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=StrictUndefined,
        autoescape=True,
        finalize={".html": _in_html, ".md": _in_markdown}[kind],
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"line": _line, "fingerprint": _fingerprint}
    return made


def _foreign(value: object) -> TypeGuard[str]:
    """Return whether this is text from outside, not markup that a template has made."""
    return isinstance(value, str) and not isinstance(value, Markup)


def _in_html(value: object) -> object:
    return _visible(value) if _foreign(value) else value


def _in_markdown(value: object) -> object:
    if not _foreign(value):
        return value
    lines = _INDENT.sub("", _visible(value)).strip("\n")
    escaped = _ACTIVE.sub(lambda m: _MARKDOWN.get(m.group(), "\\" + m.group()), lines)
    started = _LINE_START.sub(_held, escaped)
    return Markup(re.sub(r"(?<!\n)\n(?!\n)", "\\\\\n", started))


def _held(start: re.Match[str]) -> str:
    """Return the start of a line so written that it opens no list."""
    mark = start.group()
    return f"\\{mark}" if not mark.isdigit() else f"{mark}\\"


def _visible(text: str) -> str:
    return _UNSEEN.sub(lambda m: f"⟨U+{ord(m.group()):04X}⟩", _BREAK.sub("\n", text))


def _line(text: str) -> str:
    """Return the text on one line."""
    return " ".join(text.split())


def _fingerprint(text: str) -> str:
    """Return the SHA-256 of a text in base64, as a content security policy names it."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
