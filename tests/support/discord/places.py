"""Where messages are: channels of a guild, threads, direct messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.support.discord.clock import written
from tests.support.discord.facts import SYSTEM, Json
from tests.support.discord.users import User

if TYPE_CHECKING:
    from tests.support.discord.guilds import Guild
    from tests.support.discord.messages import Message
    from tests.support.discord.people import Person
    from tests.support.discord.world import World


@dataclass(frozen=True)
class Overwrite:
    """What a channel allows and denies a role or a member."""

    of_member: bool
    allowed: int = 0
    denied: int = 0


class Place:
    """Somewhere that holds messages; ``log`` has all of them by id, those only one person sees too."""

    kind = 0
    guild: Guild | None = None

    def __init__(self, world: World, id: int) -> None:
        self.world = world
        self.id = id
        self.log: dict[int, Message] = {}
        self.typed = 0

    @property
    def history(self) -> list[Message]:
        """Everything that all can see, notices of Discord's own included, oldest first."""
        return [message for message in self.log.values() if message.audience is None]

    @property
    def messages(self) -> list[Message]:
        """What people and the bot said for all to see, oldest first; not an answer still deferred."""
        return [m for m in self.history if m.kind not in SYSTEM and not m.loading]

    @property
    def mention(self) -> str:
        """What links to it in a text."""
        return f"<#{self.id}>"

    def payload(self) -> Json:
        """As Discord gives it."""
        last = next(reversed(self.log), None)
        return {
            "id": str(self.id),
            "type": self.kind,
            "flags": 0,
            "last_message_id": None if last is None else str(last),
        }


class Channel(Place):
    """A text channel of a guild."""

    guild: Guild

    def __init__(self, world: World, guild: Guild, name: str, position: int) -> None:
        super().__init__(world, world.snowflake())
        self.guild = guild
        self.name = name
        self.position = position
        self.overwrites: dict[int, Overwrite] = {}

    @property
    def threads(self) -> list[Thread]:
        """The threads under it, oldest first."""
        return [thread for thread in self.guild.threads.values() if thread.parent is self]

    def thread(self, name: str, by: Person, *, private: bool = False) -> Thread:
        """Starts a thread for a person."""
        return self.world.start_thread(self, name, by.user, private=private)

    def rename(self, name: str) -> None:
        """Gives the channel another name."""
        del self.guild.channels[self.name]
        self.guild.channels[name] = self
        self.name = name

    def deny(self, *names: str) -> None:
        """Takes permissions from the bot here, by discord.py's names for them."""
        self.world.deny(self, names)

    def allow(self, *names: str) -> None:
        """Gives the bot permissions here, whatever its roles say."""
        self.world.allow(self, names)

    def payload(self) -> Json:
        """As Discord gives it."""
        return super().payload() | {
            "guild_id": str(self.guild.id),
            "name": self.name,
            "position": self.position,
            "parent_id": None,
            "topic": None,
            "nsfw": False,
            "rate_limit_per_user": 0,
            "permission_overwrites": [
                {"id": str(id), "type": int(o.of_member), "allow": str(o.allowed), "deny": str(o.denied)}
                for id, o in self.overwrites.items()
            ],
        }


class Thread(Place):
    """A thread under a channel; one started from a message has that message's id."""

    guild: Guild

    def __init__(self, parent: Channel, id: int, name: str, owner: User, *, private: bool = False) -> None:
        super().__init__(parent.world, id)
        self.kind = 12 if private else 11
        self.guild = parent.guild
        self.parent = parent
        self.name = name
        self.owner = owner
        self.archived = False
        self.locked = False
        self.keeps = 1440
        self.slowmode = 0
        self.made = self.changed = parent.world.clock.now()
        self.members: dict[int, float] = {owner.id: self.made}

    def payload(self, member: User | None = None) -> Json:
        """As Discord gives it, with the membership of ``member`` if they have joined."""
        body = super().payload() | {
            "guild_id": str(self.guild.id),
            "parent_id": str(self.parent.id),
            "owner_id": str(self.owner.id),
            "name": self.name,
            "rate_limit_per_user": self.slowmode,
            "message_count": len(self.log),
            "total_message_sent": len(self.log),
            "member_count": len(self.members),
            "thread_metadata": {
                "archived": self.archived,
                "archive_timestamp": written(self.changed),
                "auto_archive_duration": self.keeps,
                "locked": self.locked,
                "create_timestamp": written(self.made),
            },
        }
        if member is not None and member.id in self.members:
            body["member"] = self.membership(member.id)
        return body

    def membership(self, user: int) -> Json:
        """That a user has joined, as Discord gives it."""
        joined = written(self.members[user])
        return {"id": str(self.id), "user_id": str(user), "join_timestamp": joined, "flags": 0}


class Direct(Place):
    """Direct messages between a person and the bot."""

    kind = 1

    def __init__(self, world: World, person: User) -> None:
        super().__init__(world, world.snowflake())
        self.person = person

    def payload(self) -> Json:
        """As the bot sees it."""
        return super().payload() | {"recipients": [self.person.payload()]}
