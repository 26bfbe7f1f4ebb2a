"""Files that people upload, fetched from Discord's own servers, within bounds."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import aiohttp
import discord
from yarl import URL

from bot.desk.setup import File
from knowledge.errors import SourceError

HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
SECONDS = 30.0
_PART = 64 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as Discord tells of it: its name, where it lies, and its size in bytes."""

    name: str
    url: str
    size: int

    @classmethod
    def of(cls, attachment: discord.Attachment) -> "Upload":
        """Return what Discord tells of an attachment."""
        return cls(attachment.filename, attachment.url, attachment.size)


async def fetched(uploads: Iterable[Upload], most: int, hosts: frozenset[str] = HOSTS) -> Sequence[File]:
    """Return the files; SourceError when one is over ``most`` bytes, lies elsewhere, or does not come in time."""
    wait = aiohttp.ClientTimeout(total=SECONDS)
    async with aiohttp.ClientSession(timeout=wait, auto_decompress=False) as session:
        return [await _fetched(session, upload, most, hosts) for upload in uploads]


async def _fetched(session: aiohttp.ClientSession, upload: Upload, most: int, hosts: frozenset[str]) -> File:
    name, url = upload.name, URL(upload.url)
    if url.host not in hosts:
        raise SourceError(f"{name}: lies outside Discord. Upload the file itself.")
    if upload.size > most:
        raise _too_big(name, most)
    try:
        async with session.get(url, allow_redirects=False) as answer:
            if answer.status != 200:
                raise SourceError(f"{name}: Discord does not hand it out ({answer.status}). Upload it again.")
            data = bytearray()
            async for part in answer.content.iter_chunked(_PART):
                data += part
                if len(data) > most:
                    raise _too_big(name, most)
    except TimeoutError:
        raise SourceError(f"{name}: did not come in time. Upload it again.") from None
    except aiohttp.ClientError:
        raise SourceError(f"{name}: broke off on its way here. Upload it again.") from None
    if len(data) != upload.size:
        raise SourceError(f"{name}: only a part of it came. Upload it again.")
    return name, bytes(data)


def _too_big(name: str, most: int) -> SourceError:
    return SourceError(f"{name}: bigger than {most // 2**20} MiB. Split it, or give its text alone.")
