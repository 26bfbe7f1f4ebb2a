"""Whom a text mentions, and who would be pinged by it."""

import re
from dataclasses import dataclass

from tests.support.discord.facts import Json

USER = re.compile(r"<@!?(\d+)>")
ROLE = re.compile(r"<@&(\d+)>")
EVERYONE = re.compile(r"@(?:everyone|here)\b")


@dataclass(frozen=True)
class Mentions:
    """Users and roles by id, and whether everyone is meant."""

    users: frozenset[int] = frozenset()
    roles: frozenset[int] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


NOBODY = Mentions()


def mentioned(text: str) -> Mentions:
    """Who is mentioned in a text."""
    return Mentions(
        frozenset(map(int, USER.findall(text))),
        frozenset(map(int, ROLE.findall(text))),
        EVERYONE.search(text) is not None,
    )


def allowed(mentions: Mentions, allow: Json | None) -> Mentions:
    """Those of the mentions that ``allowed_mentions`` lets through; all of them where it is absent."""
    if allow is None:
        return mentions
    parse = allow.get("parse") or []
    return Mentions(
        mentions.users if "users" in parse else mentions.users & ids(allow.get("users")),
        mentions.roles if "roles" in parse else mentions.roles & ids(allow.get("roles")),
        mentions.everyone and "everyone" in parse,
    )


def pings_author(reply: bool, allow: Json | None) -> bool:
    """Whether a reply pings the author of what it replies to."""
    return reply and (allow is None or bool(allow.get("replied_user")))


def ids(given: list[str | int] | None) -> frozenset[int]:
    """Ids as numbers."""
    return frozenset(map(int, given or []))
