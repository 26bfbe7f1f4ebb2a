"""The state of the fake: who and what there is, in dicts by id."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Protocol
from urllib.parse import quote

from tests.support.discord.changes import Changes
from tests.support.discord.clock import Clock, Snowflakes
from tests.support.discord.commands import Commands
from tests.support.discord.facts import UPLOAD_LIMIT, Json
from tests.support.discord.guilds import Guild
from tests.support.discord.intents import as_read
from tests.support.discord.interactions import Interaction
from tests.support.discord.media import Attachment
from tests.support.discord.messages import Message
from tests.support.discord.people import Person
from tests.support.discord.permissions import bits, permissions_of
from tests.support.discord.places import Channel, Direct, Overwrite, Place, Thread
from tests.support.discord.refusals import Refused, unknown
from tests.support.discord.threads import start
from tests.support.discord.users import User

MESSAGE_CONTENT_LIMITED = 1 << 19


class Listener(Protocol):
    """Where events go: the gateway."""

    def dispatch(self, name: str, data: Json, place: Place | None, guild: Guild | None) -> None:
        """Passes an event on to the sessions that may have it."""


class World:
    """Everything that the routes, the gateway and the people of the fake share."""

    def __init__(self, token: str) -> None:
        self.token = token
        self.clock = Clock()
        self.snowflake = Snowflakes(self.clock)
        self.changes = Changes(self.summary)
        self.origin = ""
        self.gateway_url = ""
        self.refuse_message_content = False
        self.attachment_size_limit = UPLOAD_LIMIT
        self.users: dict[int, User] = {}
        self.people: dict[str, Person] = {}
        self.bot = self.user("gainsay", bot=True)
        self.owner = self.user("owner")
        self.guilds: dict[int, Guild] = {}
        self.places: dict[int, Place] = {}
        self.directs: dict[int, Direct] = {}
        self.nonces: dict[tuple[int, int, str], Message] = {}
        self.files: dict[int, Attachment] = {}
        self.sizes: dict[str, int] = {}
        self.commands = Commands()
        self.interactions: dict[int, Interaction] = {}
        self.tokens: dict[str, Interaction] = {}
        self.refused: list[Refused] = []
        self.violations: list[str] = []
        self.unknown: list[str] = []
        self.listener: Listener | None = None

    def user(self, name: str, *, bot: bool = False) -> User:
        """Makes an account."""
        user = User(self.snowflake(), name, bot)
        self.users[user.id] = user
        return user

    def person(self, name: str) -> Person:
        """The person of this name, made when first asked for."""
        if name not in self.people:
            self.people[name] = Person(self, self.user(name))
        return self.people[name]

    def direct(self, user: User) -> Direct:
        """The direct messages between a user and the bot."""
        if user.id not in self.directs:
            place = self.directs[user.id] = Direct(self, user)
            self.places[place.id] = place
        return self.directs[user.id]

    def place(self, id: int) -> Place:
        """The channel, thread or direct messages of this id, or a refusal."""
        found = self.places.get(id)
        if found is None:
            raise unknown("Channel")
        return found

    def guild(self, id: int) -> Guild:
        """The guild of this id, or a refusal."""
        found = self.guilds.get(id)
        if found is None:
            raise unknown("Guild")
        return found

    def leave(self, guild: Guild) -> None:
        """Takes the bot out of a guild."""
        self.dispatch("GUILD_DELETE", {"id": str(guild.id)}, guild=guild)
        guild.present = False
        guild.members.pop(self.bot.id, None)

    def drop(self, place: Channel | Thread) -> None:
        """Deletes a channel with its threads, or a thread."""
        if isinstance(place, Channel):
            for thread in place.threads:
                self.drop(thread)
            del place.guild.channels[place.name]
            self.dispatch("CHANNEL_DELETE", place.payload(), place=place)
        else:
            del place.guild.threads[place.id]
            gone = ("id", "guild_id", "parent_id", "type")
            self.dispatch("THREAD_DELETE", {key: place.payload()[key] for key in gone}, place=place)
        del self.places[place.id]

    def start_thread(self, parent: Channel, name: str, owner: User, *, private: bool = False) -> Thread:
        """Starts a thread that is not from a message."""
        return start(self, parent, name, owner, private=private)

    def attach(self, place: Place, name: str, data: bytes, description: str | None = None) -> Attachment:
        """Keeps a file and says where it is served."""
        id = self.snowflake()
        url = f"{self.origin}/attachments/{place.id}/{id}/{quote(name)}"
        file = Attachment(id, name, data, self.sizes.get(name, len(data)), url, description)
        self.files[id] = file
        return file

    def dispatch(self, name: str, data: Json, *, place: Place | None = None, guild: Guild | None = None) -> None:
        """Sends an event about a place or a guild to the bot, if it may have it."""
        if self.listener is not None:
            self.listener.dispatch(name, data, place, place.guild if place else guild)
        self.changes.happened()

    @property
    def app_flags(self) -> int:
        """The application's flags: whether it may read messages."""
        return 0 if self.refuse_message_content else MESSAGE_CONTENT_LIMITED

    def read(self, message: Message) -> Json:
        """A message as REST gives it to the bot."""
        body = message.payload(self.bot)
        direct = message.place.guild is None
        return as_read(body, self.bot.id, direct=direct) if self.refuse_message_content else body

    def visible(self, place: Place) -> bool:
        """Whether the bot can see a place."""
        return bool(permissions_of(self.bot, place) & bits("view_channel"))

    def deny(self, channel: Channel, names: Collection[str]) -> None:
        """Denies the bot permissions in a channel."""
        self._overwrite(channel, lambda o: (o.allowed & ~bits(*names), o.denied | bits(*names)))

    def allow(self, channel: Channel, names: Collection[str]) -> None:
        """Allows the bot permissions in a channel."""
        self._overwrite(channel, lambda o: (o.allowed | bits(*names), o.denied & ~bits(*names)))

    def _overwrite(self, channel: Channel, change: Callable[[Overwrite], tuple[int, int]]) -> None:
        old = channel.overwrites.get(self.bot.id, Overwrite(of_member=True))
        channel.overwrites[self.bot.id] = Overwrite(True, *change(old))
        self.dispatch("CHANNEL_UPDATE", channel.payload(), place=channel)

    def violated(self, why: str) -> None:
        """Notes something that Discord may let pass, or cannot say, and the bot must not do."""
        self.violations.append(why)
        self.changes.happened()

    def summary(self) -> str:
        """The state in a few lines, for an error of a test."""
        lines = [
            f"{getattr(p, 'name', 'direct')}: {list(p.log.values())[-3:]}" for p in self.places.values() if p.log
        ]
        lines += [repr(one) for one in list(self.interactions.values())[-5:]]
        lines += [f"refused: {one}" for one in self.refused[-5:]]
        lines += [f"violation: {one}" for one in self.violations[-5:]]
        return "\n".join(lines)
