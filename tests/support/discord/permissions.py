"""What a member may do where."""

from discord import Permissions

from tests.support.discord.guilds import Guild
from tests.support.discord.places import Channel, Place, Thread
from tests.support.discord.refusals import missing, no_access, unknown
from tests.support.discord.users import User

PRIVATE = 12
EVERYTHING = Permissions.all().value


def bits(*names: str) -> int:
    """The permissions so named, as Discord counts them."""
    return Permissions(**dict.fromkeys(names, True)).value


def permissions_of(user: User, place: Place) -> int:
    """What a user may do in a place."""
    guild = place.guild
    if guild is None:
        return EVERYTHING
    member = guild.members.get(user.id)
    if member is None:
        return 0
    held = guild.everyone.permissions
    for role in member.roles:
        held |= role.permissions
    if user is guild.owner or held & bits("administrator"):
        return EVERYTHING
    held = overwritten(held, [guild.id, *(role.id for role in member.roles), user.id], home(place))
    if hidden(user, place) and not held & bits("manage_threads"):
        held &= ~bits("view_channel")
    return held


def hidden(user: User, place: Place) -> bool:
    """Whether a place is a private thread that a user has not joined."""
    return isinstance(place, Thread) and place.kind == PRIVATE and user.id not in place.members


def home(place: Place) -> Channel:
    """The channel whose overwrites hold in a place of a guild."""
    found = place.parent if isinstance(place, Thread) else place
    assert isinstance(found, Channel)
    return found


def overwritten(held: int, whose: list[int], channel: Channel) -> int:
    """Permissions after a channel's overwrites for @everyone, roles and the member, in this order."""
    for one in whose:
        if overwrite := channel.overwrites.get(one):
            held = held & ~overwrite.denied | overwrite.allowed
    return held


def demand(user: User, place: Place, *names: str) -> None:
    """Refuses a user who may not see a place, or lacks a permission there."""
    held = permissions_of(user, place)
    if not held & bits("view_channel"):
        raise no_access()
    for name in names:
        if not held & bits(name):
            raise missing(name)


def demand_any(user: User, place: Place, *names: str) -> None:
    """Refuses a user who has none of these permissions in a place."""
    held = permissions_of(user, place)
    if not held & bits("view_channel"):
        raise no_access()
    if not held & bits(*names):
        raise missing(names[0])


def demand_guild(user: User, guild: Guild) -> None:
    """Refuses a user who is not in a guild."""
    if user.id not in guild.members:
        raise unknown("Guild")
