"""Messages, as they are now."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.support.discord.clock import written
from tests.support.discord.components import texts, walk
from tests.support.discord.facts import Flag, Json, Kind, Said
from tests.support.discord.media import Attachment
from tests.support.discord.mentions import NOBODY, Mentions
from tests.support.discord.users import User

if TYPE_CHECKING:
    from tests.support.discord.interactions import Interaction
    from tests.support.discord.places import Place, Thread


@dataclass(frozen=True)
class Body:
    """What a message says: replaced as a whole by an edit."""

    content: str = ""
    embeds: tuple[Json, ...] = ()
    components: tuple[Json, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    flags: int = 0
    mentions: Mentions = NOBODY

    @property
    def text(self) -> str:
        """Content and the texts of components, a line each."""
        return "\n".join(part for part in (self.content, *texts(self.components)) if part)


@dataclass(eq=False)
class Message:
    """A message. ``audience`` is the one person who sees it, if it is ephemeral."""

    id: int
    place: Place
    author: User
    body: Body
    made: float
    kind: int = Said.DEFAULT
    reference: Message | None = None
    audience: User | None = None
    origin: Interaction | None = None
    nonce: str | int | None = None
    edited: float | None = None
    edits: int = 0
    pinned: float | None = None
    deleted: bool = False
    thread: Thread | None = None
    mentioned: list[User] = field(default_factory=list)
    reactions: dict[str, list[User]] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Message {self.id} by {self.author.name}: {self.text[:60]!r}>"

    @property
    def text(self) -> str:
        """All that it says: content, or the text displays, a line each."""
        return self.body.text

    @property
    def content(self) -> str:
        """The plain content."""
        return self.body.content

    @property
    def components(self) -> list[Json]:
        """The raw components."""
        return list(self.body.components)

    @property
    def embeds(self) -> list[Json]:
        """The raw embeds."""
        return list(self.body.embeds)

    @property
    def attachments(self) -> list[Attachment]:
        """Its files, with their bytes."""
        return list(self.body.attachments)

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons that can be pressed, in order."""
        pressable = (one for one in self.parts(Kind.BUTTON) if not one.get("disabled"))
        return [one.get("label") or one["emoji"]["name"] for one in pressable]

    def parts(self, *kinds: Kind) -> list[Json]:
        """Its components of these kinds, those inside others too."""
        return [one for one in walk(self.body.components) if one["type"] in kinds]

    @property
    def flags(self) -> Flag:
        """Its flags, LOADING while it is a deferred answer."""
        return Flag(self.body.flags)

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.audience is not None

    @property
    def loading(self) -> bool:
        """Whether it is an answer still deferred."""
        return bool(self.body.flags & Flag.LOADING)

    def seen_by(self, user: User) -> bool:
        """Whether it is there for a user to see."""
        return not self.deleted and self.audience in (None, user)

    def payload(self, reader: User | None = None, *, quoted: bool = False) -> Json:
        """As Discord gives it; ``reader`` for whose reactions count as "me", ``quoted`` inside a reply to it."""
        body: Json = {
            "id": str(self.id),
            "channel_id": str(self.place.id),
            "type": int(self.kind),
            "author": self.author.payload(),
            "content": self.body.content,
            "embeds": list(self.body.embeds),
            "components": list(self.body.components),
            "attachments": [attachment.payload() for attachment in self.body.attachments],
            "flags": self.body.flags | (Flag.HAS_THREAD if self.thread else 0),
            "mentions": [user.payload() for user in self.mentioned],
            "mention_roles": [str(role) for role in self.body.mentions.roles],
            "mention_everyone": self.body.mentions.everyone,
            "timestamp": written(self.made),
            "edited_timestamp": self.edited and written(self.edited),
            "pinned": self.pinned is not None,
            "tts": False,
        }
        if self.nonce is not None:
            body["nonce"] = self.nonce
        if self.thread is not None:
            body["thread"] = self.thread.payload(reader)
        if self.reactions:
            body["reactions"] = [self._reaction(emoji, reader) for emoji in self.reactions]
        return body | self._referring(quoted) | self._originating()

    def _referring(self, quoted: bool) -> Json:
        if self.reference is None:
            return {}
        reference = self.reference
        where: Json = {"type": 0, "channel_id": str(reference.place.id), "message_id": str(reference.id)}
        if reference.place.guild is not None:
            where["guild_id"] = str(reference.place.guild.id)
        if quoted:
            return {"message_reference": where}
        whole = None if reference.deleted else reference.payload(quoted=True)
        return {"message_reference": where, "referenced_message": whole}

    def _originating(self) -> Json:
        if self.origin is None:
            return {}
        app = str(self.author.id)
        return {"webhook_id": app, "application_id": app} | self.origin.credited()

    def _reaction(self, emoji: str, reader: User | None) -> Json:
        users = self.reactions[emoji]
        return {
            "emoji": {"id": None, "name": emoji},
            "count": len(users),
            "count_details": {"burst": 0, "normal": len(users)},
            "burst_colors": [],
            "me_burst": False,
            "me": reader in users,
        }
