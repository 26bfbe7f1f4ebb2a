"""The gateway: hello, identify, events, heartbeats, resume; and how a test breaks it."""

import asyncio
import json
import secrets
from typing import Any

from aiohttp import WSMsgType, web

from tests.support.discord.facts import Intent, Json
from tests.support.discord.guilds import Guild
from tests.support.discord.intents import EVEN_UNSEEN, as_read, wanted
from tests.support.discord.places import Place
from tests.support.discord.sessions import Session, Socket
from tests.support.discord.users import Member
from tests.support.discord.world import World

HEARTBEAT, IDENTIFY, RESUME, RECONNECT, MEMBERS, INVALID, HELLO, ACK = 1, 2, 6, 7, 8, 9, 10, 11
ALL_INTENTS = (1 << 26) - 1
FORGETS = (1000, 1001)


class Gateway:
    """Sends events to the sessions that may have them."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._sockets: set[Socket] = set()
        self._sessions: dict[str, Session] = {}
        self._acks = True
        self._closes: list[int] = []
        self._over = False
        self.ready = asyncio.Event()
        self.heartbeat_interval = 41.25
        self.compress = False
        self.identified = 0
        self.resumed = 0
        self.heartbeats = 0

    def withhold_acks(self, *, withhold: bool = True) -> None:
        """Heartbeats are not answered any more, or again."""
        self._acks = not withhold

    def reconnect(self) -> None:
        """Asks all clients to connect anew and resume (op 7)."""
        for socket in list(self._sockets):
            socket.send(RECONNECT)

    def invalidate(self, *, resumable: bool) -> None:
        """Tells all clients that their session is invalid (op 9)."""
        for socket in list(self._sockets):
            if socket.session is not None and not resumable:
                self._forget(socket.session)
            socket.send(INVALID, resumable)

    def drop(self, code: int = 4000) -> None:
        """Closes all connections with a code; sessions can be resumed."""
        for socket in list(self._sockets):
            self._detach(socket)
            socket.close(code)

    def refuse(self, code: int) -> None:
        """The next identify is answered by closing with a code."""
        self._closes.append(code)

    def forget(self) -> None:
        """Forgets all sessions: a resume is answered with op 9."""
        self._sessions.clear()

    def dispatch(self, name: str, data: Json, place: Place | None, guild: Guild | None) -> None:
        """Passes an event on to the sessions that may have it."""
        if guild is not None and not guild.present and name not in ("INTERACTION_CREATE", "GUILD_DELETE"):
            return
        if place is not None and not name.startswith(EVEN_UNSEEN) and not self._world.visible(place):
            return
        for session in self._sessions.values():
            if session.covers(None if guild is None else guild.id) and wanted(name, session.intents, place):
                session.dispatch(name, self._shown(session, name, data, place))

    def _shown(self, session: Session, name: str, data: Json, place: Place | None) -> Json:
        if name not in ("MESSAGE_CREATE", "MESSAGE_UPDATE") or session.intents & Intent.CONTENT:
            return data
        direct = place is not None and place.guild is None
        return as_read(data, self._world.bot.id, direct=direct)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection, from hello to its end."""
        if self._over:
            raise web.HTTPServiceUnavailable
        ws = web.WebSocketResponse(max_msg_size=0)
        await ws.prepare(request)
        socket = Socket(ws, compress=self.compress and request.query.get("compress") == "zlib-stream")
        self._sockets.add(socket)
        writer = asyncio.create_task(socket.write())
        socket.send(HELLO, {"heartbeat_interval": int(self.heartbeat_interval * 1000)})
        try:
            async for message in ws:
                if message.type is WSMsgType.TEXT:
                    self._received(socket, json.loads(message.data))
        finally:
            self._sockets.discard(socket)
            if socket.session is not None and not socket.closed and ws.close_code in FORGETS:
                self._forget(socket.session)
            self._detach(socket)
            writer.cancel()
            await asyncio.gather(writer, return_exceptions=True)
            self._world.changes.happened()
        return ws

    async def close(self) -> None:
        """Closes all connections for good, and waits until they are."""
        self._over = True
        self.drop(1001)
        await self._world.changes.until(lambda: not self._sockets)

    def _received(self, socket: Socket, payload: Json) -> None:
        op: int = payload["op"]
        data: Any = payload.get("d")
        if op == HEARTBEAT:
            self.heartbeats += 1
            if self._acks:
                socket.send(ACK)
        elif op == IDENTIFY:
            self._identify(socket, data)
        elif op == RESUME:
            self._resume(socket, data)
        elif op == MEMBERS and socket.session is not None:
            self._members(socket.session, data)
        self._world.changes.happened()

    def _identify(self, socket: Socket, data: Json) -> None:
        if code := self._refusal(data):
            socket.close(code)
            return
        number, of = data.get("shard") or (0, 1)
        session = Session(secrets.token_hex(8), socket, data["intents"], (number, of))
        socket.session = self._sessions[session.id] = session
        guilds = [g for g in self._world.guilds.values() if g.present and session.covers(g.id)]
        session.dispatch("READY", self._greeting(session, guilds))
        for guild in guilds:
            if session.intents & Intent.GUILDS:
                # Only a guild that READY has named is called available: discord.py takes others for new.
                session.dispatch("GUILD_CREATE", self.described(guild, session.intents) | {"unavailable": False})
        self.identified += 1
        self.ready.set()

    def _refusal(self, data: Json) -> int:
        if self._closes:
            return self._closes.pop(0)
        if data["token"] != self._world.token:
            return 4004
        intents = data.get("intents")
        if not isinstance(intents, int) or intents & ~ALL_INTENTS:
            return 4013
        return 4014 if self._world.refuse_message_content and intents & Intent.CONTENT else 0

    def _greeting(self, session: Session, guilds: list[Guild]) -> Json:
        return {
            "v": 10,
            "user": self._world.bot.own_payload(),
            "session_id": session.id,
            "resume_gateway_url": self._world.gateway_url,
            "shard": list(session.shard),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "application": {"id": str(self._world.bot.id), "flags": self._world.app_flags},
        }

    def described(self, guild: Guild, intents: int) -> Json:
        """A guild as GUILD_CREATE gives it to a session with these intents."""
        threads = [one for one in guild.threads.values() if not one.archived and self._world.visible(one)]
        return guild.created(self._world.bot, threads, members=bool(intents & Intent.MEMBERS))

    def joined(self, guild: Guild) -> None:
        """Tells the sessions that the bot is in a guild."""
        for session in self._sessions.values():
            if session.covers(guild.id) and session.intents & Intent.GUILDS:
                session.dispatch("GUILD_CREATE", self.described(guild, session.intents))

    def _resume(self, socket: Socket, data: Json) -> None:
        session = self._sessions.get(data["session_id"])
        if session is None or data["token"] != self._world.token or not session.resume(socket, data["seq"] or 0):
            socket.send(INVALID, False)
            return
        socket.session = session
        session.dispatch("RESUMED", {})
        self.resumed += 1

    def _members(self, session: Session, data: Json) -> None:
        guild = self._world.guilds[int(data["guild_id"])]
        ids = data.get("user_ids")
        chosen = (
            [guild.members[int(id)] for id in ids if int(id) in guild.members] if ids else self._named(guild, data)
        )
        body = {
            "guild_id": str(guild.id),
            "members": [member.payload() for member in chosen],
            "chunk_index": 0,
            "chunk_count": 1,
            "nonce": data.get("nonce"),
        }
        session.dispatch("GUILD_MEMBERS_CHUNK", body)

    def _named(self, guild: Guild, data: Json) -> list[Member]:
        start, limit = (data.get("query") or "").lower(), data.get("limit") or None
        return [m for m in guild.members.values() if m.user.name.lower().startswith(start)][:limit]

    def _forget(self, session: Session) -> None:
        self._sessions.pop(session.id, None)

    def _detach(self, socket: Socket) -> None:
        if socket.session is not None and socket.session.socket is socket:
            socket.session.socket = None
