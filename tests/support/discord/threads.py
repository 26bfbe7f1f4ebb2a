"""Starting threads, with the notices that Discord leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.discord.facts import Said
from tests.support.discord.messages import Body, Message
from tests.support.discord.places import Channel, Thread
from tests.support.discord.posting import announce, post
from tests.support.discord.users import User

if TYPE_CHECKING:
    from tests.support.discord.world import World


def start(
    world: World, parent: Channel, name: str, owner: User, *, message: Message | None = None, private: bool = False
) -> Thread:
    """Starts a thread in a channel, from a message or by itself."""
    thread = Thread(parent, message.id if message else world.snowflake(), name, owner, private=private)
    parent.guild.threads[thread.id] = world.places[thread.id] = thread
    world.dispatch("THREAD_CREATE", thread.payload(world.bot) | {"newly_created": True}, place=thread)
    if message is not None:
        message.thread = thread
        announce(world, "MESSAGE_UPDATE", message)
        post(world, thread, owner, Body(), kind=Said.THREAD_STARTER, reference=message)
    elif not private:
        post(world, parent, owner, Body(name), kind=Said.THREAD_CREATED)
    return thread
