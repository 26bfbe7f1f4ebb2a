"""Things that an interaction refers to by id, given along with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.discord.asking import NotOffered
from tests.support.discord.facts import Json
from tests.support.discord.media import File
from tests.support.discord.permissions import permissions_of
from tests.support.discord.places import Place
from tests.support.discord.users import Role, User

if TYPE_CHECKING:
    from tests.support.discord.messages import Message
    from tests.support.discord.people import Person
    from tests.support.discord.world import World


class Resolving:
    """Collects ``resolved``; each method gives the id that stands for the thing."""

    def __init__(self, world: World, place: Place) -> None:
        self._world = world
        self._place = place
        self.found: dict[str, Json] = {}

    def _add(self, kind: str, id: int, body: Json) -> str:
        self.found.setdefault(kind, {})[str(id)] = body
        return str(id)

    def user(self, who: Person | User) -> str:
        """A person, with their membership of the guild."""
        user = who if isinstance(who, User) else who.user
        guild = self._place.guild
        if guild is not None and user.id in guild.members:
            member = guild.members[user.id].payload(user=False)
            held = str(permissions_of(user, self._place))
            self._add("members", user.id, member | {"permissions": held})
        return self._add("users", user.id, user.payload())

    def role(self, role: Role) -> str:
        """A role."""
        return self._add("roles", role.id, role.payload())

    def place(self, place: Place, kinds: list[int] | None = None) -> str:
        """A channel or thread, of the kinds that are asked for."""
        if kinds and place.kind not in kinds:
            raise NotOffered(f"a channel of type {place.kind} is not asked for")
        return self._add("channels", place.id, place.payload() | {"permissions": "0"})

    def file(self, file: File) -> str:
        """A file, uploaded with the interaction."""
        kept = self._world.attach(self._place, *file)
        kept.ephemeral = True
        return self._add("attachments", kept.id, kept.payload())

    def message(self, message: Message) -> str:
        """A message, with all that it says."""
        return self._add("messages", message.id, message.payload(self._world.bot))
