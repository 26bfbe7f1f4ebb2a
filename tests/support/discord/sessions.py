"""Gateway sessions: numbered events, kept to be sent again after a lost connection."""

import asyncio
import json
import zlib
from collections import deque
from contextlib import suppress

from aiohttp import web

from tests.support.discord.facts import Json

KEPT = 10_000
DISPATCH = 0


class Socket:
    """One connection: frames go out in order, as text, or as one zlib stream."""

    def __init__(self, ws: web.WebSocketResponse, *, compress: bool) -> None:
        self._ws = ws
        self._stream = zlib.compressobj() if compress else None
        self._frames: asyncio.Queue[str | int] = asyncio.Queue()
        self.session: Session | None = None
        self.closed = False

    def send(self, op: int, data: object = None) -> None:
        """Queues a payload that is not an event."""
        self.put(json.dumps({"op": op, "d": data, "s": None, "t": None}))

    def put(self, frame: str) -> None:
        """Queues a frame."""
        self._frames.put_nowait(frame)

    def close(self, code: int) -> None:
        """Closes after what is queued."""
        self.closed = True
        self._frames.put_nowait(code)

    async def write(self) -> None:
        """Sends what is queued, until it is closed."""
        with suppress(ConnectionError):
            while isinstance(frame := await self._frames.get(), str):
                await self._write(frame)
            await self._ws.close(code=frame)

    async def _write(self, frame: str) -> None:
        if self._stream is None:
            await self._ws.send_str(frame)
        else:
            packed = self._stream.compress(frame.encode()) + self._stream.flush(zlib.Z_SYNC_FLUSH)
            await self._ws.send_bytes(packed)


class Session:
    """What one identify began; it outlives its socket."""

    def __init__(self, id: str, socket: Socket, intents: int, shard: tuple[int, int]) -> None:
        self.id = id
        self.intents = intents
        self.shard = shard
        self.socket: Socket | None = socket
        self._number = 0
        self._sent: deque[tuple[int, str]] = deque(maxlen=KEPT)

    def dispatch(self, event: str, data: Json) -> None:
        """Numbers an event and sends it, now or when the session is resumed."""
        self._number += 1
        frame = json.dumps({"op": DISPATCH, "t": event, "s": self._number, "d": data})
        self._sent.append((self._number, frame))
        if self.socket is not None:
            self.socket.put(frame)

    def resume(self, socket: Socket, number: int) -> bool:
        """Sends again what came after ``number``; False if that is no longer kept."""
        if number > self._number or self._number - number > len(self._sent):
            return False
        self.socket = socket
        for later, frame in self._sent:
            if later > number:
                socket.put(frame)
        return True

    def covers(self, guild: int | None) -> bool:
        """Whether a guild's events are this shard's; those of no guild are the first's."""
        number, of = self.shard
        return number == (0 if guild is None else (guild >> 22) % of)
