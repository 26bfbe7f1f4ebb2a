"""What those who manage a server decide in /settings, and that it holds at once."""

import asyncio
import time
from collections.abc import Mapping

import pytest

from bot.store.charters import Charter
from tests.chat.steps import at_rest, refusal, shown
from tests.support.club import Club
from tests.support.discord import Message, NotOffered, Seen
from tests.support.discord.facts import Kind

REFUSED = "Settings take the Manage Server permission."
ROUNDS, EACH = "Open rounds of one person at once", "Requests of one person a minute"
DAYS, QUIET = "Days until rounds and questions are deleted", "Quiet hours, UTC"
ASKED = {"question": "Who is Robert McCoy?"}


async def panel(club: Club) -> Message:
    return (await shown(club, club.mod.runs(club.general, "settings"))).message


async def charter(club: Club) -> Charter:
    return (await club.client.work(club.desk.visitor(str(club.guild.id), club.mod.id))).charter


async def limits(club: Club, panel: Message, answers: Mapping[str, str]) -> Seen:
    return await club.mod.fills((await club.mod.presses(panel, "Limits and hours")).modal, answers)


def picked(panel: Message, select: Kind) -> list[list[str]]:
    """Return what each select of a kind has as picked."""
    return [[one["id"] for one in each.get("default_values") or []] for each in panel.parts(select)]


async def test_the_panel_says_how_things_are(club: Club) -> None:
    found = await panel(club)
    assert found.ephemeral
    for line in (f"{ROUNDS}: **3**", f"{EACH}: **12**", f"{QUIET}: **none**", "My words are on"):
        assert line in found.text


async def test_channels_and_roles_are_picked(club: Club) -> None:
    debates, coach, debater = club.guild.channel("debates"), club.guild.role("coach"), club.guild.role("debater")
    found = await panel(club)
    starters, managers = (select["custom_id"] for select in found.parts(Kind.ROLES))
    await shown(club, club.mod.picks(found, "Channels", [debates]))
    await shown(club, club.mod.picks(found, starters, [debater, coach]))
    await shown(club, club.mod.picks(found, managers, [coach]))
    assert picked(found, Kind.CHANNELS) == [[str(debates.id)]]
    assert picked(found, Kind.ROLES) == [[str(debater.id), str(coach.id)], [str(coach.id)]]
    kept = await charter(club)
    assert (kept.channels, kept.starters, kept.managers) == ((debates.id,), (debater.id, coach.id), (coach.id,))


async def test_what_was_picked_can_be_taken_back(club: Club) -> None:
    found = await panel(club)
    await shown(club, club.mod.picks(found, "Channels", [club.guild.channel("debates")]))
    await shown(club, club.mod.picks(found, "Channels", []))
    assert (await charter(club)).channels == ()


async def test_a_channel_that_is_picked_is_where_the_bot_is_used_from_then_on(club: Club) -> None:
    debates = club.guild.channel("debates")
    await shown(club, club.mod.picks(await panel(club), "Channels", [debates]))
    assert debates.mention in await refusal(club, club.ann.runs(club.general, "ask", **ASKED))
    assert "McCoy" in (await shown(club, club.ann.runs(debates, "ask", **ASKED))).text


async def test_a_role_that_is_picked_starts_rounds_and_no_other(club: Club) -> None:
    found, debater = await panel(club), club.guild.role("debater")
    starters, _ = (select["custom_id"] for select in found.parts(Kind.ROLES))
    await shown(club, club.mod.picks(found, starters, [debater]))
    assert "only certain roles start rounds" in await refusal(club, club.ann.runs(club.general, "debate start"))
    club.guild.members[club.bob.id].roles.append(debater)
    seen = await shown(club, club.bob.runs(club.general, "debate start", side="engagement"))
    assert "Your round is open" in seen.text


async def test_numbers_are_filled_in_and_what_is_left_out_stays(club: Club) -> None:
    found = await panel(club)
    await shown(club, limits(club, found, {ROUNDS: "5", QUIET: "22 – 7"}))
    assert f"{ROUNDS}: **5**" in found.text
    assert f"{QUIET}: **22:00 to 7:00 UTC**" in found.text
    assert f"{EACH}: **12**" in found.text
    kept = await charter(club)
    assert (kept.rounds_each, kept.quiet_from, kept.quiet_to) == (5, 22, 7)
    await shown(club, limits(club, found, {QUIET: "0-0"}))
    assert f"{QUIET}: **none**" in found.text


@pytest.mark.parametrize(
    ("field", "given"),
    [(ROUNDS, "0"), (ROUNDS, "51"), (ROUNDS, "many"), (EACH, "-1"), (QUIET, "24-7"), (QUIET, "22-"), (QUIET, "late")],
)
async def test_a_number_that_does_not_do_is_refused_with_all_the_others(club: Club, field: str, given: str) -> None:
    found = await panel(club)
    before = found.text
    told = await refusal(club, limits(club, found, {DAYS: "30", field: given}))
    assert told.startswith(f"{field}: ")
    assert told.endswith("Nothing was changed.")
    assert "\n" not in told
    assert found.text == before
    assert await charter(club) == Charter()


async def test_words_are_turned_off_and_on(club: Club) -> None:
    found = await panel(club)
    await shown(club, club.mod.presses(found, "Turn my words off"))
    assert "My words are off" in found.text
    assert not (await charter(club)).words
    await shown(club, club.mod.presses(found, "Turn my words on"))
    assert (await charter(club)).words


async def test_of_two_settings_that_are_changed_at_once_both_hold(club: Club) -> None:
    first, second = await panel(club), await panel(club)
    form = (await club.mod.presses(second, "Limits and hours")).modal
    await asyncio.gather(
        club.mod.presses(first, "Turn my words off"),
        club.mod.fills(form, {ROUNDS: "5"}),
        club.mod.picks(first, "Channels", [club.general]),
    )
    await at_rest()
    kept = await charter(club)
    assert (kept.words, kept.rounds_each, kept.channels) == (False, 5, (club.general.id,))


async def test_in_quiet_hours_nothing_is_answered(club: Club) -> None:
    hour = time.gmtime().tm_hour
    found = await panel(club)
    await shown(club, limits(club, found, {QUIET: f"{hour}-{(hour + 2) % 24}"}))
    assert "It is quiet here" in await refusal(club, club.ann.runs(club.general, "ask", **ASKED))
    assert "It is quiet here" in await refusal(club, club.ann.runs(club.general, "debate start"))
    await shown(club, limits(club, found, {QUIET: f"{(hour + 3) % 24}-{(hour + 4) % 24}"}))
    assert "McCoy" in (await shown(club, club.ann.runs(club.general, "ask", **ASKED))).text


async def test_settings_are_for_those_who_manage_the_server(club: Club) -> None:
    coach = club.guild.role("coach")
    club.guild.members[club.ann.id].roles.append(coach)
    found = await panel(club)
    _, managers = (select["custom_id"] for select in found.parts(Kind.ROLES))
    await shown(club, club.mod.picks(found, managers, [coach]))
    for who in (club.ann, club.bob):
        assert await refusal(club, who.runs(club.general, "settings")) == REFUSED
    with pytest.raises(NotOffered):
        await club.mod.runs(None, "settings")


async def test_who_no_longer_manages_the_server_changes_nothing(club: Club) -> None:
    found = await panel(club)
    before = await charter(club)
    club.guild.members[club.mod.id].roles.clear()
    assert await refusal(club, club.mod.presses(found, "Turn my words off")) == REFUSED
    assert await refusal(club, club.mod.picks(found, "Channels", [club.general])) == REFUSED
    assert await refusal(club, limits(club, found, {ROUNDS: "5"})) == REFUSED
    await at_rest()
    assert await charter(club) == before


async def test_one_servers_settings_are_its_own(club: Club) -> None:
    await shown(club, club.mod.presses(await panel(club), "Turn my words off"))
    other = await club.client.work(club.desk.visitor(str(club.discord.guild("Other Club").id), club.mod.id))
    assert other.charter == Charter()
