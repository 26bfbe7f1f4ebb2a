"""What people write, change, delete and react with: no REST calls, straight into the state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.support.discord.asking import NotOffered
from tests.support.discord.facts import SYSTEM, Json, Said
from tests.support.discord.media import File
from tests.support.discord.mentions import mentioned
from tests.support.discord.messages import Body, Message
from tests.support.discord.permissions import bits, permissions_of
from tests.support.discord.places import Place, Thread
from tests.support.discord.posting import delete, edit, post
from tests.support.discord.users import User

if TYPE_CHECKING:
    from tests.support.discord.world import World


def write(
    world: World, user: User, place: Place, text: str, reply_to: Message | None, files: Sequence[File]
) -> Message:
    """Adds a message of a user; they ping whom they mention and whom they reply to."""
    in_thread = isinstance(place, Thread)
    _may(user, place, "send_messages_in_threads" if in_thread else "send_messages")
    if isinstance(place, Thread) and place.archived and place.locked:
        _may(user, place, "manage_threads")
    attachments = tuple(world.attach(place, *file) for file in files)
    mentions = mentioned(text)
    if reply_to is not None:
        mentions = replace(mentions, users=mentions.users | {reply_to.author.id})
    kind = Said.DEFAULT if reply_to is None else Said.REPLY
    body = Body(text, attachments=attachments, mentions=mentions)
    return post(world, place, user, body, kind=kind, reference=reply_to)


def rewrite(world: World, user: User, message: Message, text: str) -> None:
    """Changes a user's own message."""
    if message.author is not user or message.deleted:
        raise NotOffered(f"{user.name} cannot edit {message}")
    edit(world, message, replace(message.body, content=text, mentions=mentioned(text)))


def remove(world: World, user: User, message: Message) -> None:
    """Deletes a message for a user who may."""
    if message.author is not user:
        _may(user, message.place, "manage_messages")
    delete(world, message)


def react(world: World, user: User, message: Message, emoji: str) -> None:
    """Adds a user's reaction."""
    if message.kind in SYSTEM or not message.seen_by(user):
        raise NotOffered(f"{user.name} cannot react to {message}")
    reacted(world, user, message, emoji)


def reacted(world: World, user: User, message: Message, emoji: str, *, added: bool = True) -> None:
    """Adds or takes away a reaction and tells the bot."""
    users = message.reactions.setdefault(emoji, [])
    if (user in users) == added:
        return
    users.append(user) if added else users.remove(user)
    if not users:
        del message.reactions[emoji]
    guild = message.place.guild
    event: Json = {
        "user_id": str(user.id),
        "channel_id": str(message.place.id),
        "message_id": str(message.id),
        "emoji": {"id": None, "name": emoji},
        "burst": False,
        "type": 0,
    }
    if guild is not None:
        event |= {"guild_id": str(guild.id), "member": guild.members[user.id].payload()}
    world.dispatch(f"MESSAGE_REACTION_{'ADD' if added else 'REMOVE'}", event, place=message.place)


def _may(user: User, place: Place, permission: str) -> None:
    if not permissions_of(user, place) & bits(permission):
        raise NotOffered(f"{user.name} lacks {permission} there")
