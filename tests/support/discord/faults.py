"""Rate limits and failures that a test orders."""

from dataclasses import dataclass
from fnmatch import fnmatchcase

from aiohttp import web

from tests.support.discord.call import Call
from tests.support.discord.facts import Json
from tests.support.discord.wire import plain


@dataclass
class Fault:
    """What happens to the next ``times`` requests of a route."""

    route: str
    times: int
    status: int
    retry_after: float = 0.0
    everywhere: bool = False
    after: bool = False
    seen: int = 0

    def matches(self, call: Call, *, after: bool) -> bool:
        """Whether it strikes this request, before or after its effect."""
        return self.times > 0 and self.after == after and fnmatchcase(call.route, self.route)


class Faults:
    """The faults ordered, in order."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []

    def order(self, fault: Fault) -> Fault:
        """Adds a fault; it counts in ``seen`` how often it struck."""
        self._ordered.append(fault)
        return fault

    def strike(self, call: Call, *, after: bool = False) -> web.Response | None:
        """The answer of the first fault that strikes a request."""
        for fault in self._ordered:
            if fault.matches(call, after=after):
                fault.times -= 1
                fault.seen += 1
                return answer(fault)
        return None


def answer(fault: Fault) -> web.Response:
    """A 429 as Discord gives it, or a failure as what stands before Discord gives it."""
    if fault.status != 429:
        page = f"<html><body>{fault.status}</body></html>"
        return web.Response(status=fault.status, text=page, content_type="text/html")
    body: Json = {
        "message": "You are being rate limited.",
        "code": 0,
        "retry_after": fault.retry_after,
        "global": fault.everywhere,
    }
    headers = {"Via": "1.1 google", "Retry-After": f"{fault.retry_after:.3f}", "X-RateLimit-Scope": "user"}
    if fault.everywhere:
        headers["X-RateLimit-Global"] = "true"
    return plain(429, body, headers)
