"""Sending an interaction to the bot, as Discord does for a person."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from discord import Permissions

from tests.support.discord.facts import Asked, Json
from tests.support.discord.interactions import Interaction
from tests.support.discord.permissions import bits, permissions_of
from tests.support.discord.places import Direct, Place

if TYPE_CHECKING:
    from tests.support.discord.guilds import Guild
    from tests.support.discord.messages import Message
    from tests.support.discord.users import User
    from tests.support.discord.world import World

GUILD, BOT_DM = 0, 1


class NotOffered(AssertionError):
    """A person tried what Discord's client does not offer them."""


def ask(
    world: World,
    user: User,
    place: Place,
    kind: Asked,
    data: Json,
    *,
    source: Message | None = None,
    trigger: Interaction | None = None,
    command: Json | None = None,
) -> Interaction:
    """Sends an interaction to the bot and keeps it."""
    id, token = world.snowflake(), secrets.token_urlsafe(40)
    earlier = trigger or (source and source.origin)
    owners = earlier.owners if earlier else owners_of(user, place, command)
    asked = Interaction(id, token, kind, user, place, data, owners, world.clock.now(), source, trigger)
    world.interactions[id] = world.tokens[token] = asked
    world.dispatch("INTERACTION_CREATE", payload(world, asked), place=place)
    return asked


def owners_of(user: User, place: Place, command: Json | None) -> dict[str, str]:
    """For whom the app is installed that the interaction is for: the guild (0), the user (1)."""
    installs = command["integration_types"] if command else [0, 1]
    if place.guild is not None and place.guild.present and 0 in installs:
        return {"0": str(place.guild.id)}
    if place.guild is not None or (command and 1 in installs):
        return {"1": str(user.id)}
    return {"0": "0"}


def payload(world: World, asked: Interaction) -> Json:
    """An interaction as INTERACTION_CREATE carries it."""
    place, guild = asked.place, asked.place.guild
    held = permissions_of(asked.user, place)
    body: Json = {
        "id": str(asked.id),
        "application_id": str(world.bot.id),
        "type": int(asked.kind),
        "token": asked.token,
        "version": 1,
        "data": asked.data,
        "channel_id": str(place.id),
        "channel": place.payload() | ({"permissions": str(held)} if guild else {}),
        "locale": "en-US",
        "app_permissions": str(app_permissions(world, place)),
        "authorizing_integration_owners": asked.owners,
        "context": GUILD if guild else BOT_DM,
        "attachment_size_limit": world.attachment_size_limit,
        "entitlements": [],
    }
    if asked.source is not None:
        body["message"] = asked.source.payload(world.bot)
    return body | (_in_guild(asked, guild, held) if guild else {"user": asked.user.payload()})


def _in_guild(asked: Interaction, guild: Guild, held: int) -> Json:
    return {
        "guild_id": str(guild.id),
        "guild": guild.partial(),
        "guild_locale": "en-US",
        "member": guild.members[asked.user.id].payload() | {"permissions": str(held)},
    }


def app_permissions(world: World, place: Place) -> int:
    """What the app may do in a place; little where the bot is no member."""
    if place.guild is not None and not place.guild.present:
        return bits("embed_links", "attach_files", "mention_everyone", "external_emojis")
    return permissions_of(world.bot, place)


def offered(user: User, place: Place, command: Json) -> None:
    """Fails a command that Discord does not show to a user in a place."""
    contexts, needed = command.get("contexts"), command["default_member_permissions"]
    if contexts is not None and (GUILD if place.guild else BOT_DM) not in contexts:
        raise NotOffered(f"{command['name']} is not for this context")
    if place.guild is None:
        return
    if not place.guild.present and 1 not in command["integration_types"]:
        raise NotOffered(f"{command['name']} is not for users who installed the app")
    if needed is not None and int(needed) & ~permissions_of(user, place):
        raise NotOffered(f"{user.name} lacks permissions for {command['name']}")


def present(user: User, place: Place) -> None:
    """Fails a person who is not where they act."""
    if isinstance(place, Direct):
        if place.person is not user:
            raise NotOffered(f"{user.name} is not in these direct messages")
    elif not permissions_of(user, place) & Permissions(view_channel=True).value:
        raise NotOffered(f"{user.name} cannot see this channel")
