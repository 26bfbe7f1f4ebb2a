"""The REST API on the wire: routes, refusals, faults, the contract."""

import hmac
import json
import time
import traceback
from collections.abc import Awaitable, Callable

from aiohttp import web

from tests.support.discord.call import Call, Reply, Route, read
from tests.support.discord.contract import Broken, Contract
from tests.support.discord.faults import Faults
from tests.support.discord.refusals import Refusal, Refused
from tests.support.discord.routes import (
    account,
    channels,
    commands,
    guilds,
    interactions,
    messages,
    pins,
    threads,
    webhooks,
)
from tests.support.discord.wire import NORMAL, bucket, plain
from tests.support.discord.world import World

API = "/api/v10"
ROUTES: list[Route] = [
    *account.ROUTES,
    *commands.ROUTES,
    *guilds.ROUTES,
    *pins.ROUTES,
    *threads.ROUTES,
    *messages.ROUTES,
    *channels.ROUTES,
    *interactions.ROUTES,
    *webhooks.ROUTES,
]
BY_TOKEN = ("/webhooks/{webhook_id}/{webhook_token}", "/interactions/")
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Rest:
    """Answers requests, and keeps what was refused or broke the rules."""

    def __init__(self, world: World, contract: Contract | None) -> None:
        self._world = world
        self._contract = contract
        self.faults = Faults()
        self.requests: list[Call] = []

    def mount(self, app: web.Application) -> None:
        """Adds all routes; whatever else is asked for under the API is a violation."""
        for method, template, answer in ROUTES:
            app.router.add_route(method, API + template, self._bound(template, answer))
        app.router.add_route("*", API + "/{rest:.*}", self._unknown)

    def _bound(self, template: str, answer: Callable[[World, Call], Reply]) -> Handler:
        async def handle(request: web.Request) -> web.StreamResponse:
            try:
                call = await read(request, template)
            except Refusal as refusal:
                return self._refused(Call(request.method, template, {}, {}), refusal)
            try:
                return self._answered(request, call, answer)
            finally:
                self._world.changes.happened()

        return handle

    def _answered(
        self, request: web.Request, call: Call, answer: Callable[[World, Call], Reply]
    ) -> web.StreamResponse:
        self.requests.append(call)
        if struck := self.faults.strike(call):
            return struck
        broken = self._contract.request(call) if self._contract else None
        try:
            self._authorized(request, call.template)
            reply = answer(self._world, call)
        except Refusal as refusal:
            return self._refused(call, refusal)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            return self._unreadable(call, broken, error)
        if broken:
            self._world.violated(broken)
        return self.faults.strike(call, after=True) or self._written(call, reply.status, reply.data)

    def _authorized(self, request: web.Request, template: str) -> None:
        given = request.headers.get("Authorization")
        if given is None and template.startswith(BY_TOKEN):
            return
        if not hmac.compare_digest(given or "", f"Bot {self._world.token}"):
            raise Refusal(401, 0, "401: Unauthorized")

    def _refused(self, call: Call, refusal: Refusal) -> web.StreamResponse:
        kept = Refused(refusal.code, call.route, str(refusal))
        self._world.refused.append(kept)
        token = call.path.get("interaction_token") or call.path.get("webhook_token")
        if token in self._world.tokens:
            self._world.tokens[token].refused.append(kept)
        return self._written(call, refusal.status, refusal.payload())

    def _unreadable(self, call: Call, broken: str | None, error: Exception) -> web.StreamResponse:
        """A body that the fake cannot read is refused; unless it broke the contract the fake may be at fault."""
        if not broken:
            where = traceback.extract_tb(error.__traceback__)[-1]
            self._world.violated(f"{call.route}: {error!r} at {where} on {json.dumps(call.body)[:500]}")
        return self._refused(call, Refusal(400, 50035, f"Invalid Form Body: {broken or repr(error)}"))

    def _written(self, call: Call, status: int, data: object) -> web.StreamResponse:
        if self._contract and status != 401:
            try:
                self._contract.response(call, status, data)
            except Broken as broken:
                self._world.violated(str(broken))
                # A 500 would have discord.py try again for half a minute.
                return plain(400, {"code": 0, "message": str(broken)}, {})
        headers = NORMAL | {
            "X-RateLimit-Bucket": bucket(call.route),
            "X-RateLimit-Reset": f"{time.time() + 1:.3f}",
        }
        if status == 204:
            return web.Response(status=204, headers=headers)
        return plain(status, data, headers)

    async def _unknown(self, request: web.Request) -> web.StreamResponse:
        route = f"{request.method} {request.path.removeprefix(API)}"
        self._world.unknown.append(route)
        self._world.violated(f"unknown route: {route}")
        return plain(404, {"code": 0, "message": "404: Not Found"}, {})
