"""Requests and answers of the REST API, free of the wire."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aiohttp import BodyPartReader, web

from tests.support.discord.facts import Json
from tests.support.discord.media import Upload
from tests.support.discord.posting import Draft
from tests.support.discord.refusals import Refusal

if TYPE_CHECKING:
    from tests.support.discord.world import World

FILE = re.compile(r"^files\[(\d+)\]$")


@dataclass(frozen=True)
class Call:
    """A request: its path filled in, its query, its JSON and its files."""

    method: str
    template: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any = None
    files: tuple[Upload, ...] = ()

    @property
    def route(self) -> str:
        """Method and path, with names for what varies."""
        return f"{self.method} {self.template}"

    def id(self, name: str) -> int:
        """A snowflake of the path."""
        if not self.path[name].isdecimal():
            raise Refusal(400, 50035, f"Invalid Form Body: {name}: {self.path[name]!r} is not snowflake.")
        return int(self.path[name])

    @property
    def draft(self) -> Draft:
        """The message that it carries."""
        return Draft(self.body or {}, self.files)

    def number(self, name: str, default: int, most: int) -> int:
        """A number of the query."""
        return min(int(self.query.get(name, default)), most)


@dataclass(frozen=True)
class Reply:
    """An answer: a status, and JSON unless there is nothing to say."""

    status: int = 200
    data: Any = None


NOTHING = Reply(204)
Route = tuple[str, str, Callable[["World", Call], Reply]]


async def read(request: web.Request, template: str) -> Call:
    """A request as it came over the wire."""
    body: Any = None
    files: list[Upload] = []
    if request.content_type == "multipart/form-data":
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader)
            if part.name == "payload_json":
                body = json.loads(await part.text())
            elif found := FILE.match(part.name or ""):
                files.append(Upload(int(found[1]), part.filename or "unknown", bytes(await part.read())))
    elif request.can_read_body:
        body = await json_of(request)
    return Call(request.method, template, request.match_info, request.query, body, tuple(files))


async def json_of(request: web.Request) -> Json | list[Json] | None:
    """The JSON of a request, or a refusal."""
    raw = await request.read()
    if not raw:
        return None
    try:
        found: Json | list[Json] = json.loads(raw)
    except ValueError:
        raise Refusal(400, 50109, "The request body contains invalid JSON.") from None
    return found
