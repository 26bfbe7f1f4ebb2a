"""The CDN: serves attachments, well or badly."""

import asyncio

from aiohttp import web

from tests.support.discord.media import Attachment
from tests.support.discord.world import World

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000000000500010d0a2db40000000049454e44ae426082"
)


class Cdn:
    """Files at loopback addresses. Faults are ordered by file name, before or after the upload."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._hanging: set[str] = set()
        self._truncated: set[str] = set()
        self._redirects: dict[str, str] = {}
        self._lengths: dict[str, int | None] = {}
        self._released = asyncio.Event()
        self.served: list[str] = []

    def hang(self, name: str) -> None:
        """The file is never sent; the connection stays open."""
        self._hanging.add(name)

    def truncate(self, name: str) -> None:
        """The connection breaks after half of the file."""
        self._truncated.add(name)

    def redirect(self, name: str, url: str) -> None:
        """Whoever asks for the file is sent elsewhere."""
        self._redirects[name] = url

    def claim(self, name: str, length: int | None) -> None:
        """Says a false length, or none, in the answer's headers."""
        self._lengths[name] = length

    def understate(self, name: str, size: int) -> None:
        """Files of this name uploaded later say this size in messages and interactions."""
        self._world.sizes[name] = size

    def remove(self, attachment: Attachment) -> None:
        """The file is not there any more."""
        del self._world.files[attachment.id]

    def release(self) -> None:
        """Ends all that hangs."""
        self._released.set()

    def mount(self, app: web.Application) -> None:
        """Adds the routes."""
        app.router.add_get("/attachments/{place}/{id}/{name}", self._file)
        app.router.add_get("/cdn/{rest:.*}", self._picture)

    async def _picture(self, _: web.Request) -> web.Response:
        return web.Response(body=PIXEL, content_type="image/png")

    async def _file(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        self.served.append(name)
        file = self._world.files.get(int(request.match_info["id"]))
        if file is None:
            return web.Response(status=404, text="This content is no longer available.")
        if name in self._redirects:
            raise web.HTTPFound(self._redirects[name])
        if name in self._hanging:
            await self._released.wait()
        if name in self._lengths or name in self._truncated:
            return await self._badly(request, file)
        return web.Response(body=file.data, content_type=file.content_type)

    async def _badly(self, request: web.Request, file: Attachment) -> web.StreamResponse:
        length = self._lengths.get(file.name, len(file.data))
        response = web.StreamResponse(headers={"Content-Type": file.content_type})
        if length is None:
            response.enable_chunked_encoding()
        else:
            response.content_length = length
        await response.prepare(request)
        half = file.name in self._truncated
        await response.write(file.data[: len(file.data) // 2] if half else file.data)
        if (half or (length or 0) > len(file.data)) and request.transport is not None:
            request.transport.close()
        return response
