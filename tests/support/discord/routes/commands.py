"""Syncing commands, global ones and those of a guild."""

from tests.support.discord.call import NOTHING, Call, Reply, Route
from tests.support.discord.commands import check_commands, kept
from tests.support.discord.permissions import demand_guild
from tests.support.discord.refusals import no_access, unknown
from tests.support.discord.world import World


def listed(world: World, call: Call) -> Reply:
    return Reply(data=world.commands.of(_guild(world, call)))


def replaced(world: World, call: Call) -> Reply:
    guild = _guild(world, call)
    check_commands(call.body)
    world.commands.keep(guild, [kept(one, world.snowflake(), world.bot.id, guild) for one in call.body])
    return listed(world, call)


def added(world: World, call: Call) -> Reply:
    guild = _guild(world, call)
    check_commands([call.body])
    fresh = kept(call.body, world.snowflake(), world.bot.id, guild)
    others = [one for one in world.commands.of(guild) if (one["type"], one["name"]) != (fresh["type"], fresh["name"])]
    world.commands.keep(guild, [*others, fresh])
    return Reply(201 if len(others) == len(world.commands.of(guild)) - 1 else 200, fresh)


def deleted(world: World, call: Call) -> Reply:
    guild = _guild(world, call)
    left = [one for one in world.commands.of(guild) if int(one["id"]) != call.id("command_id")]
    if len(left) == len(world.commands.of(guild)):
        raise unknown("application command")
    world.commands.keep(guild, left)
    return NOTHING


def _guild(world: World, call: Call) -> int | None:
    if call.id("application_id") != world.bot.id:
        raise no_access()
    if "guild_id" not in call.path:
        return None
    demand_guild(world.bot, world.guild(call.id("guild_id")))
    return call.id("guild_id")


ROUTES: list[Route] = [
    (method, prefix + path, handler)
    for prefix in ("/applications/{application_id}", "/applications/{application_id}/guilds/{guild_id}")
    for method, path, handler in (
        ("GET", "/commands", listed),
        ("PUT", "/commands", replaced),
        ("POST", "/commands", added),
        ("DELETE", "/commands/{command_id}", deleted),
    )
]
