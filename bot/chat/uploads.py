"""Files that people upload, fetched from Discord's own servers, within bounds."""

from collections.abc import Iterable, Sequence

import aiohttp
import discord
from yarl import URL

from bot.desk.setup import File
from knowledge.errors import SourceError

HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
MOST_BYTES = 20 * 2**20
SECONDS = 30.0
_PART = 64 * 1024


async def fetched(attachments: Iterable[discord.Attachment], hosts: frozenset[str] = HOSTS) -> Sequence[File]:
    """Return the files; SourceError when one is too big, lies elsewhere, or does not come in time."""
    wait = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=wait, auto_decompress=False) as session:
        return [await _fetched(session, attachment, hosts) for attachment in attachments]


async def _fetched(session: aiohttp.ClientSession, attachment: discord.Attachment, hosts: frozenset[str]) -> File:
    name, url = attachment.filename, URL(attachment.url)
    if url.host not in hosts:
        raise SourceError(f"{name}: lies outside Discord. Upload the file itself.")
    if attachment.size > MOST_BYTES:
        raise _too_big(name)
    try:
        async with session.get(url, allow_redirects=False) as answer:
            if answer.status != 200:
                raise SourceError(f"{name}: Discord does not hand it out ({answer.status}). Upload it again.")
            data = bytearray()
            async for part in answer.content.iter_chunked(_PART):
                data += part
                if len(data) > MOST_BYTES:
                    raise _too_big(name)
    except TimeoutError:
        raise SourceError(f"{name}: did not come in time. Upload it again.") from None
    except aiohttp.ClientError:
        raise SourceError(f"{name}: broke off on its way here. Upload it again.") from None
    if len(data) != attachment.size:
        raise SourceError(f"{name}: only a part of it came. Upload it again.")
    return name, bytes(data)


def _too_big(name: str) -> SourceError:
    return SourceError(f"{name}: bigger than {MOST_BYTES // 2**20} MiB. Split it, or give its text alone.")
