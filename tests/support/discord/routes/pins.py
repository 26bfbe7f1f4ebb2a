"""Pins and reactions."""

from tests.support.discord.call import NOTHING, Call, Reply, Route
from tests.support.discord.clock import written
from tests.support.discord.facts import Said
from tests.support.discord.messages import Body, Message
from tests.support.discord.permissions import demand, demand_any
from tests.support.discord.posting import announce, post
from tests.support.discord.routes.messages import message_of
from tests.support.discord.speaking import reacted
from tests.support.discord.world import World


def pins(world: World, call: Call) -> Reply:
    items = [{"pinned_at": written(m.pinned or 0), "message": world.read(m)} for m in _pinned(world, call)]
    return Reply(data={"items": items, "has_more": False})


def old_pins(world: World, call: Call) -> Reply:
    return Reply(data=[world.read(message) for message in _pinned(world, call)])


def _pinned(world: World, call: Call) -> list[Message]:
    place = world.place(call.id("channel_id"))
    demand(world.bot, place, "read_message_history")
    found = [message for message in place.history if message.pinned]
    return sorted(found, key=lambda message: -(message.pinned or 0))


def pin(world: World, call: Call) -> Reply:
    message = _pinnable(world, call)
    if message.pinned is None:
        message.pinned = world.clock.now()
        announce(world, "MESSAGE_UPDATE", message)
        post(world, message.place, world.bot, Body(), kind=Said.PINNED, reference=message)
    return NOTHING


def unpin(world: World, call: Call) -> Reply:
    message = _pinnable(world, call)
    message.pinned = None
    announce(world, "MESSAGE_UPDATE", message)
    return NOTHING


def _pinnable(world: World, call: Call) -> Message:
    message = message_of(world, call, "read_message_history")
    demand_any(world.bot, message.place, "pin_messages", "manage_messages")
    return message


def react(world: World, call: Call) -> Reply:
    message = message_of(world, call, "read_message_history", "add_reactions")
    reacted(world, world.bot, message, call.path["emoji_name"])
    return NOTHING


def unreact(world: World, call: Call) -> Reply:
    message = message_of(world, call, "read_message_history")
    if call.path.get("user_id"):
        demand(world.bot, message.place, "manage_messages")
    user = world.users[call.id("user_id")] if "user_id" in call.path else world.bot
    reacted(world, user, message, call.path["emoji_name"], added=False)
    return NOTHING


def reactors(world: World, call: Call) -> Reply:
    users = message_of(world, call, "read_message_history").reactions.get(call.path["emoji_name"], [])
    return Reply(data=[user.payload() for user in users[: call.number("limit", 25, 100)]])


MESSAGE = "/channels/{channel_id}/messages/{message_id}"
ROUTES: list[Route] = [
    ("GET", "/channels/{channel_id}/messages/pins", pins),
    ("PUT", "/channels/{channel_id}/messages/pins/{message_id}", pin),
    ("DELETE", "/channels/{channel_id}/messages/pins/{message_id}", unpin),
    ("GET", "/channels/{channel_id}/pins", old_pins),
    ("PUT", "/channels/{channel_id}/pins/{message_id}", pin),
    ("DELETE", "/channels/{channel_id}/pins/{message_id}", unpin),
    ("PUT", MESSAGE + "/reactions/{emoji_name}/@me", react),
    ("DELETE", MESSAGE + "/reactions/{emoji_name}/@me", unreact),
    ("DELETE", MESSAGE + "/reactions/{emoji_name}/{user_id}", unreact),
    ("GET", MESSAGE + "/reactions/{emoji_name}", reactors),
]
