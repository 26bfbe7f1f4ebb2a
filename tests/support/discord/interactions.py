"""Interactions: what a person asked the bot, and how far the answer has come."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.support.discord.facts import Answer, Asked, Json
from tests.support.discord.messages import Message
from tests.support.discord.places import Place
from tests.support.discord.refusals import Refused
from tests.support.discord.users import User


@dataclass(eq=False)
class Modal:
    """A form that the bot opened; it closes once what was filled in is answered."""

    opened_by: Interaction
    custom_id: str
    title: str
    components: list[Json]
    closed: bool = False


@dataclass(eq=False)
class Interaction:
    """One thing asked, and what came of it. Times are the server's."""

    id: int
    token: str
    kind: Asked
    user: User
    place: Place
    data: Json
    owners: dict[str, str]
    sent: float
    source: Message | None = None
    trigger: Interaction | None = None
    acked: float | None = None
    answer: Answer | None = None
    original: Message | None = None
    deferred: bool = False
    over: bool = False
    modal: Modal | None = None
    choices: list[tuple[str, str | int | float]] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)

    def __repr__(self) -> str:
        state = "not answered" if self.answer is None else "deferred" if self.deferred else self.answer.name
        return f"<Interaction {self.name!r} of {self.user.name}: {state}>"

    @property
    def name(self) -> str:
        """The command's name, or the custom id."""
        return str(self.data.get("name") or self.data.get("custom_id"))

    def touched(self, message: Message) -> None:
        """Notes that the answer made or edited a message."""
        if message not in self.messages:
            self.messages.append(message)

    def credited(self) -> Json:
        """What a message made by this interaction says of it."""
        body: Json = {"interaction_metadata": self.metadata()}
        if self.kind is Asked.COMMAND:
            about = {"id": str(self.id), "type": 2, "name": self.name, "user": self.user.payload()}
            body["interaction"] = about
        return body

    def metadata(self) -> Json:
        """As ``interaction_metadata`` gives it."""
        body: Json = {
            "id": str(self.id),
            "type": int(self.kind),
            "user": self.user.payload(),
            "authorizing_integration_owners": self.owners,
        }
        if self.kind is Asked.COMPONENT and self.source is not None:
            body["interacted_message_id"] = str(self.source.id)
        if self.kind is Asked.MODAL and self.trigger is not None:
            body["triggering_interaction_metadata"] = self.trigger.metadata()
        return body
