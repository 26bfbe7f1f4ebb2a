"""Screens of Discord: messages and modals, as its API gives them, drawn on a page that looks like its dark client.

The page needs nothing else, no file, no script, no network; all that the messages say is text on it. Times are UTC.
What it doesn't draw, such as an embed or a component of an unknown type, it names in a dashed box.
"""

import base64
import mimetypes
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, Template
from markupsafe import Markup
from PIL import Image, ImageChops

from tests.support.markdown import Markdown, clock

Data = Mapping[str, Any]

_EPHEMERAL, _LOADING, _COMPONENTS_V2 = 1 << 6, 1 << 7, 1 << 15
_REPLY, _THREAD_STARTER = 19, 21
_SYSTEM = {
    4: "changed the channel name:",
    6: "pinned a message to this channel.",
    18: "started a thread:",
}
_UNDRAWN = ("embeds", "message_snapshots", "poll", "sticker_items")
_AVATARS = ("#5865f2", "#747f8d", "#3ba55c", "#faa61a", "#ed4245", "#eb459e")
_TOGETHER = timedelta(minutes=7)
_TALLEST = 12_000
_OUTSIDE = "#ff00ff"


def page(
    title: str,
    messages: Sequence[Data],
    *,
    modal: Data | None = None,
    files: Mapping[str, bytes] | None = None,
    names: Mapping[str, str] | None = None,
) -> str:
    """Return an HTML page of a channel with these messages, and the modal in front of them if there is one.

    ``files`` holds pictures by the names in which ``attachment://`` and other addresses end; ``names`` what to call
    users, roles and channels by their ids, besides the users that the messages themselves name.
    """
    known = {**_named(messages), **(names or {})}
    told = [m.get("referenced_message") or m if m.get("type") == _THREAD_STARTER else m for m in messages]
    shown = [_Screen(message, known, files or {}) for message in told]
    follows = [False, *(after.follows(before) for before, after in pairwise(shown))]
    return _template().render(
        title=title,
        messages=list(zip(shown, follows, strict=False)),
        modal=modal and _Screen(modal, known, files or {}),
        app=next((screen.name for screen in shown if screen.author.get("bot")), "this app"),
    )


def modal_page(title: str, modal: Data, *, files: Mapping[str, bytes] | None = None) -> str:
    """Return an HTML page with the modal alone: the data of an interaction's answer of type 9."""
    return page(title, (), modal=modal, files=files)


def shot(html: str, out: Path, width: int = 760) -> None:
    """Write a PNG of the whole page at this width in pixels, by the Chromium on the path."""
    outside = f"<style>html {{ background: {_OUTSIDE} !important }}</style></head>"
    with TemporaryDirectory() as folder:
        source, taken = Path(folder, "page.html"), Path(folder, "page.png")
        source.write_text(html.replace("</head>", outside, 1), "utf-8", errors="replace")
        command = [
            *("chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--user-data-dir={folder}/profile", f"--window-size={width},{_TALLEST}"),
            *(f"--screenshot={taken}", source.as_uri()),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        with Image.open(taken) as picture:
            _cropped(picture.convert("RGB")).save(out)


def _cropped(picture: Image.Image) -> Image.Image:
    inside = ImageChops.difference(picture, Image.new("RGB", picture.size, _OUTSIDE)).getbbox()
    if inside is None or inside[3] == picture.height:
        raise ValueError(f"the page is empty or taller than {_TALLEST} pixels")
    return picture.crop(inside)


def _named(messages: Sequence[Data]) -> dict[str, str]:
    users = [user for message in messages for user in (message.get("author", {}), *message.get("mentions", ()))]
    return {str(user["id"]): _called(user) for user in users if "id" in user}


def _called(user: Data) -> str:
    return str(user.get("global_name") or user.get("username") or "someone")


@dataclass(frozen=True)
class _Screen:
    """A message or a modal, with what its template asks for."""

    data: Data
    names: Mapping[str, str]
    files: Mapping[str, bytes]

    @property
    def author(self) -> Data:
        return self.data.get("author") or {}

    @property
    def name(self) -> str:
        return _called(self.author)

    @property
    def flags(self) -> int:
        return int(self.data.get("flags") or 0)

    @property
    def ephemeral(self) -> bool:
        return bool(self.flags & _EPHEMERAL)

    @property
    def loading(self) -> bool:
        return bool(self.flags & _LOADING)

    @property
    def system(self) -> str:
        """What happened, if this is no message that someone wrote."""
        return _SYSTEM.get(self.data.get("type") or 0, "")

    @property
    def plain(self) -> bool:
        """Whether the message has content and attachments of its own, not components in their place."""
        return not self.flags & _COMPONENTS_V2

    @cached_property
    def at(self) -> datetime:
        return datetime.fromisoformat(self.data["timestamp"]) if self.data.get("timestamp") else datetime.now(UTC)

    @property
    def time(self) -> str:
        return clock(self.at, "t") if self.data.get("timestamp") else ""

    @property
    def undrawn(self) -> str:
        return ", ".join(key for key in _UNDRAWN if self.data.get(key))

    @property
    def user(self) -> Data | None:
        """Who used a command, if the message answers one."""
        asked = self.data.get("interaction_metadata") or self.data.get("interaction") or {}
        return asked.get("user") if self.command else None

    @property
    def command(self) -> str:
        asked = (self.data.get("interaction_metadata") or {}, self.data.get("interaction") or {})
        return next((each["name"] for each in asked if each.get("name")), "")

    @property
    def answers(self) -> bool:
        return self.data.get("type") == _REPLY or bool(self.data.get("referenced_message"))

    @property
    def replied(self) -> "_Screen | None":
        before = self.data.get("referenced_message")
        return _Screen(before, self.names, self.files) if before else None

    def follows(self, before: "_Screen") -> bool:
        """Return whether the message stands under the one before without a name of its own."""
        alike = (
            self.author == before.author,
            self.ephemeral == before.ephemeral,
            not (self.answers or self.command or before.system),
        )
        return all(alike) and self.at - before.at < _TOGETHER

    def say(self, text: object) -> Markup:
        """Return Discord's Markdown as HTML."""
        return Markdown(self.names, self.at).html(str(text))

    def line(self, text: object) -> Markup:
        """Return Discord's Markdown as HTML on one line."""
        return Markdown(self.names, self.at).line(str(text))

    def picture(self, url: object) -> str:
        """Return a picture as a data URI, or nothing where the file is not at hand or no picture."""
        if str(url).startswith("data:image/"):
            return str(url)
        data, kind = self.files.get(_file(url)), mimetypes.guess_type(_file(url))[0] or ""
        if data is None or not kind.startswith("image/"):
            return ""
        return f"data:{kind};base64,{base64.b64encode(data).decode()}"


def _file(url: object) -> str:
    """Return the file's name in an address."""
    return unquote(str(url).partition("?")[0].rpartition("/")[2])


def _is_picture(attachment: Data) -> bool:
    kind = attachment.get("content_type") or mimetypes.guess_type(attachment.get("filename", ""))[0] or ""
    return bool(kind.startswith("image/"))


def _avatar(user: Data) -> Markup:
    colour = _AVATARS[sum(map(ord, _called(user))) % len(_AVATARS)]
    return Markup('<span class="avatar" style="background:{}">{}</span>').format(colour, _called(user)[:1].upper())


def _size(count: int) -> str:
    return next(
        (f"{count / scale:.2f} {unit}" for scale, unit in ((1 << 20, "MB"), (1 << 10, "KB")) if count >= scale),
        f"{count} bytes",
    )


@cache
def _template() -> Template:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        undefined=ChainableUndefined,  # what the API leaves out is as good as empty
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"avatar": _avatar, "called": _called, "file": _file, "size": _size}
    made.tests |= {"picture": _is_picture}
    return made.get_template("screens.html")
