"""Messages of channels, threads and direct messages."""

from collections.abc import Mapping

from tests.support.discord.call import NOTHING, Call, Reply, Route
from tests.support.discord.facts import Json, Said
from tests.support.discord.messages import Message
from tests.support.discord.permissions import demand
from tests.support.discord.places import Direct, Place, Thread
from tests.support.discord.posting import again, composed, delete, edit, post
from tests.support.discord.refusals import Refusal, invalid, unknown
from tests.support.discord.world import World


def create(world: World, call: Call) -> Reply:
    place = world.place(call.id("channel_id"))
    writable(world, place)
    given = call.draft.body
    nonce = given.get("nonce")
    if len(str(nonce)) > 25:
        raise invalid("nonce", "Must be 25 or fewer in length.")
    if nonce is not None and given.get("enforce_nonce") and (first := again(world, place, world.bot, nonce)):
        return Reply(data=first.payload(world.bot))
    if call.files:
        demand(world.bot, place, "attach_files")
    reference = referred(world, place, given.get("message_reference"))
    kind = Said.REPLY if reference else Said.DEFAULT
    body = composed(world, place, call.draft)
    made = post(world, place, world.bot, body, kind=kind, reference=reference, nonce=nonce)
    if nonce is not None:
        world.nonces[place.id, world.bot.id, str(nonce)] = made
    return Reply(data=made.payload(world.bot))


def writable(world: World, place: Place) -> None:
    """Refuses where the bot may not write."""
    if isinstance(place, Direct) and place.person.closed:
        raise Refusal(403, 50007, "Cannot send messages to this user")
    thread = isinstance(place, Thread)
    demand(world.bot, place, "send_messages_in_threads" if thread else "send_messages")
    if isinstance(place, Thread) and place.archived and place.locked:
        raise Refusal(400, 50083, "Thread is archived")


def referred(world: World, place: Place, given: Json | None) -> Message | None:
    """The message that a new one answers."""
    if given is None:
        return None
    found = place.log.get(int(given["message_id"]))
    if found is not None and found.audience is None:
        demand(world.bot, place, "read_message_history")
        return found
    if given.get("fail_if_not_exists", True):
        raise invalid("message_reference", "Unknown message")
    return None


def one(world: World, call: Call) -> Reply:
    return Reply(data=world.read(message_of(world, call, "read_message_history")))


def changed(world: World, call: Call) -> Reply:
    message = message_of(world, call)
    if message.author is not world.bot:
        raise Refusal(403, 50005, "Cannot edit a message authored by another user")
    if isinstance(message.place, Thread) and message.place.archived:
        raise Refusal(400, 50083, "Thread is archived")
    edit(world, message, composed(world, message.place, call.draft, message.body))
    return Reply(data=message.payload(world.bot))


def removed(world: World, call: Call) -> Reply:
    message = message_of(world, call)
    if message.author is not world.bot:
        demand(world.bot, message.place, "manage_messages")
    delete(world, message)
    return NOTHING


def message_of(world: World, call: Call, *permissions: str) -> Message:
    """The message of a path, if the bot sees it."""
    place = world.place(call.id("channel_id"))
    demand(world.bot, place, *permissions)
    found = place.log.get(call.id("message_id"))
    if found is None or found.audience is not None:
        raise unknown("Message")
    return found


def history(world: World, call: Call) -> Reply:
    place = world.place(call.id("channel_id"))
    demand(world.bot, place)
    try:
        demand(world.bot, place, "read_message_history")
    except Refusal:
        return Reply(data=[])
    found = page(place.history, call.query, call.number("limit", 50, 100))
    return Reply(data=[world.read(message) for message in found])


def page(messages: list[Message], query: Mapping[str, str], limit: int) -> list[Message]:
    """The messages before, after or around one, newest first."""
    if "around" in query:
        middle = int(query["around"])
        earlier = [m for m in messages if m.id < middle][-(limit // 2) :]
        later = [m for m in messages if m.id >= middle][: limit - limit // 2]
        return [*earlier, *later][::-1]
    if "after" in query:
        return [m for m in messages if m.id > int(query["after"])][:limit][::-1]
    before = int(query.get("before", 1 << 64))
    return [m for m in messages if m.id < before][-limit:][::-1]


def typing(world: World, call: Call) -> Reply:
    place = world.place(call.id("channel_id"))
    writable(world, place)
    place.typed += 1
    return NOTHING


ROUTES: list[Route] = [
    ("POST", "/channels/{channel_id}/messages", create),
    ("GET", "/channels/{channel_id}/messages", history),
    ("GET", "/channels/{channel_id}/messages/{message_id}", one),
    ("PATCH", "/channels/{channel_id}/messages/{message_id}", changed),
    ("DELETE", "/channels/{channel_id}/messages/{message_id}", removed),
    ("POST", "/channels/{channel_id}/typing", typing),
]
