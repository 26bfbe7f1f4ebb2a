"""Guilds: their roles, members, channels and threads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discord import Permissions

from tests.support.discord.clock import written
from tests.support.discord.facts import Json
from tests.support.discord.places import Channel, Thread
from tests.support.discord.users import Member, Role, User

if TYPE_CHECKING:
    from tests.support.discord.people import Person
    from tests.support.discord.world import World

USUAL = Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    create_private_threads=True,
    attach_files=True,
    embed_links=True,
    read_message_history=True,
    add_reactions=True,
    use_application_commands=True,
    mention_everyone=True,
).value
ABSENT = (
    "icon",
    "description",
    "home_header",
    "splash",
    "discovery_splash",
    "banner",
    "application_id",
    "afk_channel_id",
    "system_channel_id",
    "widget_channel_id",
    "max_presences",
    "vanity_url_code",
    "rules_channel_id",
    "safety_alerts_channel_id",
    "public_updates_channel_id",
    "incidents_data",
)
ZERO = (
    "system_channel_flags",
    "verification_level",
    "default_message_notifications",
    "mfa_level",
    "premium_tier",
    "explicit_content_filter",
    "premium_subscription_count",
    "nsfw_level",
)


class Guild:
    """A server. ``present`` says whether the bot is in it."""

    def __init__(self, world: World, name: str, owner: User) -> None:
        self.world = world
        self.id = world.snowflake()
        self.name = name
        self.owner = owner
        self.present = False
        self.made = world.clock.now()
        self.roles: dict[int, Role] = {self.id: Role(self.id, "@everyone", USUAL)}
        self.members: dict[int, Member] = {owner.id: Member(owner, self.made)}
        self.channels: dict[str, Channel] = {}
        self.threads: dict[int, Thread] = {}

    @property
    def everyone(self) -> Role:
        """The role that all members hold."""
        return self.roles[self.id]

    def channel(self, name: str) -> Channel:
        """Makes a text channel."""
        place = Channel(self.world, self, name, len(self.channels))
        self.channels[name] = place
        self.world.places[place.id] = place
        self.world.dispatch("CHANNEL_CREATE", place.payload(), guild=self)
        return place

    def role(self, name: str, permissions: Permissions | int = 0) -> Role:
        """Makes a role."""
        role = Role(self.world.snowflake(), name, int_of(permissions), len(self.roles))
        self.roles[role.id] = role
        self.world.dispatch("GUILD_ROLE_CREATE", {"guild_id": str(self.id), "role": role.payload()}, guild=self)
        return role

    def member(self, name: str, permissions: Permissions | int | None = None) -> Person:
        """A person of this name, made a member, with a role of their own if permissions are given."""
        person = self.world.person(name)
        member = self.admit(person.user)
        if permissions is not None:
            member.roles.append(self.role(name, permissions))
        return person

    def admit(self, user: User) -> Member:
        """Makes a user a member."""
        if user.id not in self.members:
            self.members[user.id] = Member(user, self.world.clock.now())
            added = self.members[user.id].payload() | {"guild_id": str(self.id)}
            self.world.dispatch("GUILD_MEMBER_ADD", added, guild=self)
        return self.members[user.id]

    def partial(self) -> Json:
        """As an interaction carries it."""
        return {"id": str(self.id), "locale": "en-US", "features": []}

    def payload(self) -> Json:
        """As REST gives it."""
        return {
            **dict.fromkeys(ABSENT),
            **dict.fromkeys(ZERO, 0),
            "id": str(self.id),
            "name": self.name,
            "owner_id": str(self.owner.id),
            "region": "deprecated",
            "afk_timeout": 300,
            "widget_enabled": False,
            "roles": [role.payload() for role in self.roles.values()],
            "features": [],
            "max_members": 500_000,
            "max_stage_video_channel_users": 50,
            "max_video_channel_users": 25,
            "preferred_locale": "en-US",
            "premium_progress_bar_enabled": False,
            "nsfw": False,
            "emojis": [],
            "stickers": [],
        }

    def created(self, bot: User, threads: list[Thread], *, members: bool) -> Json:
        """As GUILD_CREATE gives it: the threads the bot sees, all members only if it may know them."""
        known = self.members.values() if members else [self.members[bot.id]]
        return self.payload() | {
            "joined_at": written(self.members[bot.id].joined),
            "large": False,
            "member_count": len(self.members),
            "members": [member.payload() for member in known],
            "channels": [channel.payload() for channel in self.channels.values()],
            "threads": [thread.payload(bot) for thread in threads],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
        }


def int_of(permissions: Permissions | int) -> int:
    """Permissions as a number."""
    return permissions if isinstance(permissions, int) else permissions.value
