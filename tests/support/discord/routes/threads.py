"""Threads: started, joined, listed."""

from tests.support.discord.call import NOTHING, Call, Reply, Route
from tests.support.discord.facts import Json
from tests.support.discord.permissions import demand
from tests.support.discord.places import Channel, Thread
from tests.support.discord.refusals import Refusal, invalid, unknown
from tests.support.discord.routes.messages import message_of
from tests.support.discord.threads import start
from tests.support.discord.world import World

PUBLIC, PRIVATE = 11, 12


def from_channel(world: World, call: Call) -> Reply:
    parent = _parent(world, call)
    kind = call.body.get("type") or PRIVATE
    if kind not in (PUBLIC, PRIVATE):
        raise invalid("type", "is no type of thread")
    demand(world.bot, parent, "create_private_threads" if kind == PRIVATE else "create_public_threads")
    thread = start(world, parent, _name(call.body), world.bot, private=kind == PRIVATE)
    return _started(world, thread, call.body)


def from_message(world: World, call: Call) -> Reply:
    parent = _parent(world, call)
    demand(world.bot, parent, "create_public_threads", "read_message_history")
    message = message_of(world, call)
    if message.thread is not None:
        raise Refusal(400, 160004, "A thread has already been created for this message")
    return _started(world, start(world, parent, _name(call.body), world.bot, message=message), call.body)


def _started(world: World, thread: Thread, asked: Json) -> Reply:
    thread.keeps = asked.get("auto_archive_duration") or thread.keeps
    thread.slowmode = asked.get("rate_limit_per_user") or 0
    return Reply(201, thread.payload(world.bot))


def _parent(world: World, call: Call) -> Channel:
    parent = world.place(call.id("channel_id"))
    if not isinstance(parent, Channel):
        raise Refusal(400, 50024, "Cannot execute action on this channel type")
    return parent


def _name(asked: Json) -> str:
    name = asked.get("name")
    if not isinstance(name, str) or not 1 <= len(name) <= 100:
        raise invalid("name", "Must be between 1 and 100 in length.")
    return name


def join(world: World, call: Call) -> Reply:
    thread, user = _thread(world, call), _user(world, call)
    if thread.archived:
        raise Refusal(400, 50083, "Thread is archived")
    if user not in thread.guild.members:
        raise unknown("Member")
    if user not in thread.members:
        thread.members[user] = world.clock.now()
        _members_changed(world, thread, added=[thread.membership(user)])
    return NOTHING


def leave(world: World, call: Call) -> Reply:
    thread, user = _thread(world, call), _user(world, call)
    if user != world.bot.id:
        demand(world.bot, thread, "manage_threads")
    if thread.members.pop(user, None) is not None:
        _members_changed(world, thread, removed=[str(user)])
    return NOTHING


def _members_changed(
    world: World, thread: Thread, *, added: list[Json] | None = None, removed: list[str] | None = None
) -> None:
    event: Json = {
        "id": str(thread.id),
        "guild_id": str(thread.guild.id),
        "member_count": len(thread.members),
        "added_members": added or [],
        "removed_member_ids": removed or [],
    }
    world.dispatch("THREAD_MEMBERS_UPDATE", event, place=thread)


def member(world: World, call: Call) -> Reply:
    thread, user = _thread(world, call), _user(world, call)
    if user not in thread.members:
        raise unknown("Member")
    return Reply(data=thread.membership(user))


def members(world: World, call: Call) -> Reply:
    thread = _thread(world, call)
    return Reply(data=[thread.membership(user) for user in thread.members])


def archived(world: World, call: Call) -> Reply:
    parent = _parent(world, call)
    demand(world.bot, parent, "read_message_history")
    kind = PUBLIC if call.template.endswith("public") else PRIVATE
    found = [t for t in parent.threads if t.archived and t.kind == kind]
    found.sort(key=lambda thread: -thread.changed)
    limit = call.number("limit", 50, 100)
    listed = [thread.payload(world.bot) for thread in found[:limit]]
    return Reply(data={"threads": listed, "members": [], "has_more": len(found) > limit})


def _thread(world: World, call: Call) -> Thread:
    thread = world.place(call.id("channel_id"))
    if not isinstance(thread, Thread):
        raise Refusal(400, 50024, "Cannot execute action on this channel type")
    demand(world.bot, thread)
    return thread


def _user(world: World, call: Call) -> int:
    return call.id("user_id") if "user_id" in call.path else world.bot.id


MEMBERS = "/channels/{channel_id}/thread-members"
ROUTES: list[Route] = [
    ("POST", "/channels/{channel_id}/threads", from_channel),
    ("POST", "/channels/{channel_id}/messages/{message_id}/threads", from_message),
    ("GET", "/channels/{channel_id}/threads/archived/public", archived),
    ("GET", "/channels/{channel_id}/threads/archived/private", archived),
    ("GET", MEMBERS, members),
    ("PUT", MEMBERS + "/@me", join),
    ("DELETE", MEMBERS + "/@me", leave),
    ("GET", MEMBERS + "/{user_id}", member),
    ("PUT", MEMBERS + "/{user_id}", join),
    ("DELETE", MEMBERS + "/{user_id}", leave),
]
