"""Answers as bytes."""

import json
import zlib

from aiohttp import web

NORMAL = {"X-RateLimit-Limit": "1000", "X-RateLimit-Remaining": "999", "X-RateLimit-Reset-After": "1.000"}


def plain(status: int, data: object, headers: dict[str, str]) -> web.Response:
    """JSON whose content type is exactly ``application/json``: discord.py reads no other."""
    packed = json.dumps(data).encode()
    return web.Response(status=status, body=packed, headers=headers | {"Content-Type": "application/json"})


def bucket(route: str) -> str:
    """The rate limit bucket of a route."""
    return f"{zlib.crc32(route.encode()):08x}"
