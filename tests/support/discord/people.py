"""People: what they do in Discord's client, and what they then see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tests.support.discord import speaking
from tests.support.discord.asking import NotOffered, ask, offered, present
from tests.support.discord.facts import SELECTS, Asked, Json, Kind
from tests.support.discord.forms import chosen_ids, matching, submitted
from tests.support.discord.interactions import Interaction, Modal
from tests.support.discord.media import File
from tests.support.discord.messages import Message
from tests.support.discord.options import filled, find_command, named
from tests.support.discord.places import Direct, Place
from tests.support.discord.resolving import Resolving
from tests.support.discord.rules import least_and_most
from tests.support.discord.seen import Seen
from tests.support.discord.users import User

if TYPE_CHECKING:
    from tests.support.discord.world import World

Choice = tuple[str, str | int | float]


class Person:
    """Somebody with an account, in whatever guilds they are members of."""

    def __init__(self, world: World, user: User) -> None:
        self._world = world
        self.user = user

    def __repr__(self) -> str:
        return f"<Person {self.user.name}>"

    @property
    def id(self) -> int:
        """Their user id."""
        return self.user.id

    @property
    def mention(self) -> str:
        """What mentions them in a text."""
        return self.user.mention

    @property
    def direct(self) -> Direct:
        """Their direct messages with the bot."""
        return self._world.direct(self.user)

    async def runs(self, place: Place | None, command: str, /, **options: Any) -> Seen:
        """Runs a slash command, its groups named in one string; in direct messages where there is no place."""
        where = self._in(place or self.direct)
        found, path = find_command(self._world, where, command.split())
        offered(self.user, where, found)
        data = filled(self._world, where, found, path, options)
        return await self._answered(ask(self._world, self.user, where, Asked.COMMAND, data, command=found))

    async def suggests(
        self, place: Place | None, command: str, option: str, typed: str, /, **others: Any
    ) -> list[Choice]:
        """What the bot suggests, as names and values, for an option typed so far."""
        where = self._in(place or self.direct)
        found, path = find_command(self._world, where, command.split())
        known = (path[-1] if path else found).get("options") or []
        if not any(one["name"] == option and one.get("autocomplete") for one in known):
            raise NotOffered(f"{option} of /{command} has no autocomplete")
        data = filled(self._world, where, found, path, others | {option: typed}, option)
        asked = ask(self._world, self.user, where, Asked.SUGGESTION, data, command=found)
        await self._answered(asked)
        return asked.choices

    async def uses(self, target: Message | Person, command: str, /, place: Place | None = None) -> Seen:
        """Uses a context menu command on a message, or on a person in a place."""
        where = target.place if isinstance(target, Message) else place
        assert where is not None, "a command on a person needs a place"
        self._in(where)
        kind = 3 if isinstance(target, Message) else 2
        found = self._world.commands.find(where.guild.id if where.guild else None, kind, command)
        if found is None:
            raise NotOffered(f"{command!r} was never synced")
        offered(self.user, where, found)
        resolving = Resolving(self._world, where)
        chosen = resolving.message(target) if isinstance(target, Message) else resolving.user(target)
        data = named(found) | {"target_id": chosen, "resolved": resolving.found}
        return await self._answered(ask(self._world, self.user, where, Asked.COMMAND, data, command=found))

    async def presses(self, message: Message, label: str | None = None, /, *, custom_id: str | None = None) -> Seen:
        """Presses a button, by its label or custom id."""
        buttons = self._parts(message, Kind.BUTTON)
        found = [b for b in buttons if custom_id == b.get("custom_id") or label == face(b)]
        button = one_of(found, f"button {label or custom_id!r} among {message.buttons}")
        data = {"custom_id": button["custom_id"], "component_type": Kind.BUTTON, "id": button["id"]}
        return await self._component(message, data)

    async def picks(self, message: Message, select: str, values: Sequence[Any], /) -> Seen:
        """Chooses in a select, found by its placeholder or custom id: options by value or label, or things."""
        found = [s for s in self._parts(message, *SELECTS) if select in (s.get("placeholder"), s["custom_id"])]
        one = one_of(found, f"select {select!r}")
        resolving = Resolving(self._world, message.place)
        if one["type"] == Kind.STRINGS:
            chosen = [match for value in values for match in matching(one["options"], value)]
        else:
            chosen = chosen_ids(one, values, resolving)
        least, most = least_and_most(one)
        if len(chosen) != len(values) or not least <= len(chosen) <= most:
            raise NotOffered(f"{list(values)} cannot be chosen in {select!r}")
        data = {"custom_id": one["custom_id"], "component_type": one["type"], "id": one["id"], "values": chosen}
        return await self._component(message, data | ({"resolved": resolving.found} if resolving.found else {}))

    async def fills(self, modal: Modal | None, answers: Mapping[str, Any], /) -> Seen:
        """Sends a modal filled in by the texts of its labels; what is left out keeps its default."""
        assert modal is not None, "no modal was opened"
        opened = modal.opened_by
        if opened.user is not self.user or modal.closed:
            raise NotOffered(f"the modal {modal.title!r} is closed, or somebody else's")
        data = submitted(self._world, modal, answers)
        asked = ask(self._world, self.user, opened.place, Asked.MODAL, data, source=opened.source, trigger=opened)
        seen = await self._answered(asked)
        modal.closed = asked.answer is not None
        return seen

    async def writes(
        self, place: Place | None, text: str = "", *, reply_to: Message | None = None, files: Sequence[File] = ()
    ) -> Message:
        """Writes a message; in direct messages where there is no place."""
        return speaking.write(self._world, self.user, self._in(place or self.direct), text, reply_to, files)

    async def edits(self, message: Message, text: str) -> None:
        """Changes the text of a message of their own."""
        speaking.rewrite(self._world, self.user, message, text)

    async def deletes(self, message: Message) -> None:
        """Deletes a message of their own, or any that they may manage."""
        speaking.remove(self._world, self.user, message)

    async def reacts(self, message: Message, emoji: str) -> None:
        """Reacts to a message."""
        speaking.react(self._world, self.user, message, emoji)

    def _in(self, place: Place) -> Place:
        present(self.user, place)
        return place

    def _parts(self, message: Message, *kinds: Kind) -> list[Json]:
        self._in(message.place)
        if not message.seen_by(self.user):
            raise NotOffered(f"{self.user.name} does not see {message}")
        return [one for one in message.parts(*kinds) if not one.get("disabled") and one.get("custom_id")]

    async def _component(self, message: Message, data: Json) -> Seen:
        asked = ask(self._world, self.user, message.place, Asked.COMPONENT, data, source=message)
        return await self._answered(asked)

    async def _answered(self, asked: Interaction) -> Seen:
        await self._world.changes.until(lambda: asked.answer is not None or asked.over)
        return Seen(self._world, asked)


def face(button: Json) -> str | None:
    """What a button shows: its label, or its emoji."""
    label: str | None = button.get("label") or (button.get("emoji") or {}).get("name")
    return label


def one_of(found: Sequence[Json], what: str) -> Json:
    """The only one found; fails the test if there is none, or more."""
    if len(found) != 1:
        raise NotOffered(f"there are {len(found)} of the {what}")
    return found[0]
