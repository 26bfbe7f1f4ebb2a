"""Which events a session may have, and how much of a message."""

from tests.support.discord.facts import Intent, Json
from tests.support.discord.places import Place

NEEDED: dict[str, tuple[Intent, Intent]] = {
    "MESSAGE_CREATE": (Intent.MESSAGES, Intent.DM_MESSAGES),
    "MESSAGE_UPDATE": (Intent.MESSAGES, Intent.DM_MESSAGES),
    "MESSAGE_DELETE": (Intent.MESSAGES, Intent.DM_MESSAGES),
    "CHANNEL_PINS_UPDATE": (Intent.GUILDS, Intent.DM_MESSAGES),
    "MESSAGE_REACTION_ADD": (Intent.REACTIONS, Intent.DM_REACTIONS),
    "MESSAGE_REACTION_REMOVE": (Intent.REACTIONS, Intent.DM_REACTIONS),
    "TYPING_START": (Intent.TYPING, Intent.DM_TYPING),
    "GUILD_MEMBER_ADD": (Intent.MEMBERS, Intent.MEMBERS),
    "GUILD_MEMBER_REMOVE": (Intent.MEMBERS, Intent.MEMBERS),
}
FREE = frozenset({"INTERACTION_CREATE", "GUILD_MEMBERS_CHUNK", "READY", "RESUMED"})


EVEN_UNSEEN = ("INTERACTION_", "CHANNEL_")


def wanted(event: str, intents: int, place: Place | None) -> bool:
    """Whether a session with these intents gets an event."""
    if event in FREE:
        return True
    in_guild, direct = NEEDED.get(event, (Intent.GUILDS, Intent.GUILDS))
    outside = place is not None and place.guild is None
    return bool(intents & (direct if outside else in_guild))


def readable(message: Json, bot: int, *, direct: bool) -> bool:
    """Whether a message may be read without the message content intent."""
    mentioned = (user["id"] for user in message["mentions"])
    return direct or message["author"]["id"] == str(bot) or str(bot) in mentioned


def as_read(message: Json, bot: int, *, direct: bool) -> Json:
    """A message as it is read without the message content intent, what it answers likewise."""
    quoted = message.get("referenced_message")
    if quoted:
        message = message | {"referenced_message": as_read(quoted, bot, direct=direct)}
    if readable(message, bot, direct=direct):
        return message
    return message | {"content": "", "embeds": [], "components": [], "attachments": []}
