"""The bot's account and application, its gateway, its direct messages."""

from functools import reduce
from operator import or_

from tests.support.discord.call import NOTHING, Call, Reply, Route
from tests.support.discord.facts import Json
from tests.support.discord.guilds import Guild
from tests.support.discord.permissions import demand_guild
from tests.support.discord.refusals import unknown
from tests.support.discord.users import User
from tests.support.discord.world import World


def me(world: World, _: Call) -> Reply:
    return Reply(data=world.bot.own_payload())


def user(world: World, call: Call) -> Reply:
    found = world.users.get(call.id("user_id"))
    if found is None:
        raise unknown("User")
    return Reply(data=found.payload())


def application(world: World, _: Call) -> Reply:
    body: Json = {
        "id": str(world.bot.id),
        "name": world.bot.name,
        "icon": None,
        "description": "",
        "type": None,
        "bot": world.bot.payload(),
        "bot_public": True,
        "bot_require_code_grant": False,
        "verify_key": "0" * 64,
        "flags": world.app_flags,
        "flags_new": str(world.app_flags),
        "redirect_uris": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "owner": world.owner.payload(),
        "approximate_guild_count": sum(guild.present for guild in world.guilds.values()),
        "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "team": None,
        "eligible_oauth2_scopes": [],
        "integration_types_config": {"0": {}, "1": {}},
    }
    return Reply(data=body)


def gateway(world: World, _: Call) -> Reply:
    return Reply(data={"url": world.gateway_url})


def gateway_bot(world: World, _: Call) -> Reply:
    limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
    return Reply(data={"url": world.gateway_url, "shards": 1, "session_start_limit": limit})


def direct(world: World, call: Call) -> Reply:
    found = world.users.get(int(call.body["recipient_id"]))
    if found is None or found.bot:
        raise unknown("User")
    return Reply(data=world.direct(found).payload())


def my_guilds(world: World, call: Call) -> Reply:
    after, before = (int(call.query.get(key, default)) for key, default in (("after", 0), ("before", 1 << 64)))
    mine = [guild for guild in world.guilds.values() if guild.present and after < guild.id < before]
    listed: list[Json] = [
        {
            "id": str(guild.id),
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(_held(guild, world.bot)),
            "features": [],
        }
        for guild in mine[: call.number("limit", 200, 200)]
    ]
    return Reply(data=listed)


def _held(guild: Guild, user: User) -> int:
    """What all roles of a member allow, channels aside."""
    return reduce(or_, (role.permissions for role in guild.members[user.id].roles), guild.everyone.permissions)


def leave_guild(world: World, call: Call) -> Reply:
    guild = world.guild(call.id("guild_id"))
    demand_guild(world.bot, guild)
    world.leave(guild)
    return NOTHING


ROUTES: list[Route] = [
    ("GET", "/users/@me", me),
    ("GET", "/users/@me/guilds", my_guilds),
    ("DELETE", "/users/@me/guilds/{guild_id}", leave_guild),
    ("POST", "/users/@me/channels", direct),
    ("GET", "/users/{user_id}", user),
    ("GET", "/oauth2/applications/@me", application),
    ("GET", "/applications/@me", application),
    ("GET", "/gateway", gateway),
    ("GET", "/gateway/bot", gateway_bot),
]
