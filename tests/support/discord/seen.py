"""What a person sees of the bot's answer to something they did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.discord.interactions import Interaction, Modal
from tests.support.discord.messages import Message
from tests.support.discord.refusals import Refused

if TYPE_CHECKING:
    from tests.support.discord.world import World


class Seen:
    """An interaction from the side of the one who began it; always as it is now."""

    def __init__(self, world: World, interaction: Interaction) -> None:
        self._world = world
        self.interaction = interaction

    def __repr__(self) -> str:
        return f"<Seen {self.interaction!r}: {self.messages}>"

    @property
    def messages(self) -> list[Message]:
        """The messages that the answer made or edited, those deleted or still deferred left out."""
        user = self.interaction.user
        return [one for one in self.interaction.messages if one.seen_by(user) and not one.loading]

    @property
    def message(self) -> Message:
        """The last of them."""
        assert self.messages, f"nothing was answered: {self.interaction!r} {self.refused}"
        return self.messages[-1]

    @property
    def text(self) -> str:
        """What they say."""
        return "\n".join(message.text for message in self.messages)

    @property
    def modal(self) -> Modal | None:
        """The modal that was opened, if one was."""
        return self.interaction.modal

    @property
    def deferred(self) -> bool:
        """Whether the answer is still to come."""
        return self.interaction.deferred

    @property
    def acked_after(self) -> float | None:
        """Seconds from sending to the callback; None if there was none in time."""
        acked = self.interaction.acked
        return None if acked is None else acked - self.interaction.sent

    @property
    def refused(self) -> list[Refused]:
        """What Discord refused the bot while it answered."""
        return list(self.interaction.refused)

    async def settled(self, limit: float = 10.0) -> Seen:
        """Waits until a deferred answer is edited, followed up or deleted."""
        await self._world.changes.until(lambda: not self.deferred, limit)
        return self
