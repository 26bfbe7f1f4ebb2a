"""Users, and roles that members of a guild hold."""

from dataclasses import dataclass, field

from tests.support.discord.clock import written
from tests.support.discord.facts import Json


@dataclass(eq=False)
class User:
    """An account: a person, or the bot."""

    id: int
    name: str
    bot: bool = False
    closed: bool = False

    @property
    def mention(self) -> str:
        """What mentions them in a text."""
        return f"<@{self.id}>"

    def payload(self) -> Json:
        """As others see the account."""
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": None if self.bot else self.name.capitalize(),
            "avatar": None,
            "discriminator": "0",
            "public_flags": 0,
            "flags": 0,
            "bot": self.bot,
            "primary_guild": None,
        }

    def own_payload(self) -> Json:
        """As the account sees itself."""
        return self.payload() | {"mfa_enabled": True, "locale": "en-US", "verified": True, "email": None}


@dataclass(eq=False)
class Role:
    """A role of a guild; @everyone has the guild's own id."""

    id: int
    name: str
    permissions: int
    position: int = 0

    @property
    def mention(self) -> str:
        """What mentions those who hold it."""
        return f"<@&{self.id}>"

    def payload(self) -> Json:
        """As Discord lists it."""
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.permissions),
            "position": self.position,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": False,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }


@dataclass(eq=False)
class Member:
    """A user in a guild."""

    user: User
    joined: float
    roles: list[Role] = field(default_factory=list)

    def payload(self, *, user: bool = True) -> Json:
        """As Discord gives it, without its user in events that have one already."""
        body: Json = {
            "avatar": None,
            "banner": None,
            "communication_disabled_until": None,
            "flags": 0,
            "joined_at": written(self.joined),
            "nick": None,
            "pending": False,
            "premium_since": None,
            "roles": [str(role.id) for role in self.roles],
            "mute": False,
            "deaf": False,
        }
        return body | {"user": self.user.payload()} if user else body
