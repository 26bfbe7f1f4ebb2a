"""What ``gainsay doctor`` finds out from Discord."""

from urllib.parse import parse_qs, urlparse

import pytest
from discord import Permissions
from discord.http import Route

from bot.chat.checkup import RIGHTS, checkup
from bot.chat.door import DoorError
from tests.support.discord import FakeDiscord


async def found(fake: FakeDiscord) -> dict[str, tuple[bool, str]]:
    return {what: (fine, told) for what, fine, told in await checkup(fake.token)}


async def test_all_is_well_where_it_is(fake: FakeDiscord) -> None:
    fake.guild("Debate Club", permissions=RIGHTS)
    lines = await found(fake)
    assert all(fine for fine, _ in lines.values())
    assert lines["Discord token"][1] == "that of gainsay"
    assert lines["message-content intent"][1] == "on"
    assert lines["server Debate Club"][1] == "all rights that are needed"


async def test_a_token_that_is_refused_is_all_there_is_to_say(fake: FakeDiscord) -> None:
    ((what, fine, told),) = await checkup("of-another-bot")
    assert (what, fine) == ("Discord token", False)
    assert told == "refused. Set DISCORD_TOKEN to the one on the bot's page."
    assert fake.token not in told


async def test_the_intent_may_be_off(fake: FakeDiscord) -> None:
    fake.refuse_message_content = True
    fine, told = (await found(fake))["message-content intent"]
    assert fine
    assert told.startswith("off: ")


async def test_a_right_that_a_server_withholds_is_named(fake: FakeDiscord) -> None:
    open_handed, strict = fake.guild("Open"), fake.guild("Strict", permissions=0)
    open_handed.everyone.permissions = 0
    strict.everyone.permissions = Permissions(view_channel=True, send_messages=True, attach_files=True).value
    lines = await found(fake)
    assert lines["server Open"] == (True, "all rights that are needed")
    lacks = "lacks: create public threads, read message history, send messages in threads"
    assert lines["server Strict"] == (False, lacks)


async def test_an_administrator_has_every_right(fake: FakeDiscord) -> None:
    guild = fake.guild("Debate Club", permissions=Permissions(administrator=True))
    guild.everyone.permissions = 0
    assert (await found(fake))["server Debate Club"][0]


async def test_the_invite_link_asks_for_the_fewest_rights(fake: FakeDiscord) -> None:
    _, link = (await found(fake))["invite link"]
    asked = parse_qs(urlparse(link).query)
    assert asked["client_id"] == [str(fake.bot.id)]
    assert asked["scope"] == ["bot applications.commands"]
    assert Permissions(int(asked["permissions"][0])) == RIGHTS
    assert not RIGHTS.administrator
    assert not RIGHTS.manage_guild


@pytest.mark.parametrize("route", ["/users/@me", "/users/@me/guilds"])
async def test_trouble_at_discord_is_told_as_such(fake: FakeDiscord, route: str) -> None:
    fake.fail(f"GET {route}", status=503)
    with pytest.raises(DoorError, match="Discord can't be reached"):
        await checkup(fake.token)


async def test_a_discord_that_is_not_there_is_told_as_such(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Route, "BASE", "http://127.0.0.1:1/api/v10")
    with pytest.raises(DoorError, match="Discord can't be reached"):
        await checkup("any")
