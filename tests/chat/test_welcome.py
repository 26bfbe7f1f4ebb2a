"""First contact: the word on joining, and /help for whoever asks."""

from typing import Any

import pytest
from discord import Permissions

from tests.chat.steps import LIMIT, at_rest, decreed, shown
from tests.support.club import Club
from tests.support.discord import Guild, NotOffered
from tests.support.discord.guilds import USUAL

ASK, PRACTISE, SET_UP, RUN = "### Ask", "### Practise", "### Set up", "### Run"


async def joins(club: Club, guild: Guild, permissions: int = USUAL) -> None:
    """Have the bot join a server, and do all that it does then."""
    joined = club.client.wait_for("guild_join", timeout=LIMIT)
    club.discord.joined(guild, permissions)
    await joined
    await at_rest()


def greeted(guild: Guild) -> list[str]:
    return [name for name, channel in guild.channels.items() for _ in channel.messages]


async def test_on_joining_it_says_once_what_to_do_next(club: Club) -> None:
    guild = club.discord.guild("Debate School", bot=False)
    guild.channel("random")
    await joins(club, guild)
    assert greeted(guild) == ["general"]
    text = guild.channels["general"].messages[0].text
    for command in ("/debate start", "/ask", "/topic create", "/settings", "/help", "/privacy"):
        assert command in text


async def test_the_channel_for_such_messages_comes_first(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    guild = club.discord.guild("Debate School", bot=False)
    lobby, usual = guild.channel("lobby"), guild.payload

    def payload() -> dict[str, Any]:
        return usual() | {"system_channel_id": str(lobby.id)}

    monkeypatch.setattr(guild, "payload", payload)
    await joins(club, guild)
    assert greeted(guild) == ["lobby"]


@pytest.mark.parametrize("right", ["send_messages", "view_channel"])
async def test_it_says_so_where_it_may_write(club: Club, right: str) -> None:
    guild = club.discord.guild("Debate School", bot=False)
    guild.channel("open")
    guild.channels["general"].deny(right)
    await joins(club, guild)
    assert greeted(guild) == ["open"]


async def test_where_it_may_write_nowhere_it_says_nothing(club: Club) -> None:
    guild = club.discord.guild("Debate School", bot=False)
    guild.everyone.permissions = 0
    await joins(club, guild, Permissions(view_channel=True).value)
    assert not greeted(guild)
    assert not club.discord.errors


async def test_servers_that_it_is_in_already_are_not_greeted(club: Club) -> None:
    assert not greeted(club.guild)


async def helps(club: Club, who: str, guild: bool = True) -> list[str]:
    person = club.discord.person(who)
    seen = await shown(club, person.runs(club.general if guild else None, "help"))
    assert seen.message.ephemeral
    return [line for line in seen.text.splitlines() if line.startswith("###")]


async def test_help_says_what_whoever_asks_can_do(club: Club) -> None:
    coach = club.guild.role("coach")
    await decreed(club, managers=(coach.id,))
    club.guild.members[club.bob.id].roles.append(coach)
    assert await helps(club, "ann") == [ASK, PRACTISE]
    assert await helps(club, "bob") == [ASK, PRACTISE, SET_UP]
    assert await helps(club, "mod") == [ASK, PRACTISE, SET_UP, RUN]


async def test_outside_its_servers_help_speaks_of_asking_alone(club: Club) -> None:
    assert await helps(club, "zoe", guild=False) == [ASK]
    elsewhere = club.discord.guild("Elsewhere", bot=False)
    yan = elsewhere.member("yan", permissions=USUAL | Permissions(manage_guild=True).value)
    seen = await shown(club, yan.runs(elsewhere.channels["general"], "help"))
    assert [line for line in seen.text.splitlines() if line.startswith("###")] == [ASK]


async def test_outside_its_servers_only_what_makes_sense_there_is_offered(club: Club) -> None:
    elsewhere = club.discord.guild("Elsewhere", bot=False)
    yan = elsewhere.member("yan")
    for command in ("debate list", "topic list", "settings"):
        with pytest.raises(NotOffered):
            await yan.runs(elsewhere.channels["general"], command)
    for command in ("topic list", "settings"):
        with pytest.raises(NotOffered):
            await yan.runs(None, command)
