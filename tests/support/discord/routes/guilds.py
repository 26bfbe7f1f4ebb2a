"""Guilds as the bot asks about them."""

from tests.support.discord.call import Call, Reply, Route
from tests.support.discord.guilds import Guild
from tests.support.discord.permissions import demand_guild
from tests.support.discord.refusals import unknown
from tests.support.discord.world import World


def guild(world: World, call: Call) -> Reply:
    found = _guild(world, call)
    counts = {"approximate_member_count": len(found.members), "approximate_presence_count": len(found.members)}
    return Reply(data=found.payload() | (counts if call.query.get("with_counts") in ("1", "true") else {}))


def member(world: World, call: Call) -> Reply:
    found = _guild(world, call).members.get(call.id("user_id"))
    if found is None:
        raise unknown("Member")
    return Reply(data=found.payload())


def members(world: World, call: Call) -> Reply:
    after = int(call.query.get("after", 0))
    known = sorted((id, one) for id, one in _guild(world, call).members.items() if id > after)
    return Reply(data=[one.payload() for _, one in known[: call.number("limit", 1, 1000)]])


def roles(world: World, call: Call) -> Reply:
    return Reply(data=[role.payload() for role in _guild(world, call).roles.values()])


def channels(world: World, call: Call) -> Reply:
    return Reply(data=[channel.payload() for channel in _guild(world, call).channels.values()])


def active_threads(world: World, call: Call) -> Reply:
    threads = [t for t in _guild(world, call).threads.values() if not t.archived and world.visible(t)]
    joined = [thread.membership(world.bot.id) for thread in threads if world.bot.id in thread.members]
    return Reply(data={"threads": [t.payload() for t in threads], "members": joined, "has_more": False})


def _guild(world: World, call: Call) -> Guild:
    found = world.guild(call.id("guild_id"))
    demand_guild(world.bot, found)
    return found


ROUTES: list[Route] = [
    ("GET", "/guilds/{guild_id}", guild),
    ("GET", "/guilds/{guild_id}/members", members),
    ("GET", "/guilds/{guild_id}/members/{user_id}", member),
    ("GET", "/guilds/{guild_id}/roles", roles),
    ("GET", "/guilds/{guild_id}/channels", channels),
    ("GET", "/guilds/{guild_id}/threads/active", active_threads),
]
