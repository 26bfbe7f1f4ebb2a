"""Rounds: opened as somebody wishes, found again, looked at, ended."""

import asyncio

import pytest

from bot.debate.round import Level
from tests.chat.playing import EMBASSY, SANCTIONS, answers, opened, reply, speak, table
from tests.chat.steps import shown
from tests.support.club import Club
from tests.support.discord import NotOffered


async def test_topics_are_suggested_by_name_or_motion(club: Club) -> None:
    by_name = await club.ann.suggests(club.general, "debate start", "topic", "north-k")
    by_motion = await club.ann.suggests(club.general, "debate start", "topic", "diplomatic ties")
    assert [value for _, value in by_name] == [value for _, value in by_motion] == ["north-korea"]
    assert await club.ann.suggests(club.general, "debate start", "topic", "cheese") == []


async def test_the_sides_of_the_topic_and_a_toss_are_suggested(club: Club) -> None:
    found = await club.ann.suggests(club.general, "debate start", "side", "", topic="north-korea")
    assert [value for _, value in found] == ["engagement", "pressure", "toss"]
    assert "Washington should offer" in found[0][0]


async def test_the_card_says_motion_sides_and_rules(club: Club) -> None:
    card = (await opened(club, level="varsity", topic="north-korea")).messages[0]
    for part in ("The United States should open diplomatic ties", "Quick spar", "varsity", "Make your case here"):
        assert part in card.text
    assert f"**engagement** · {club.ann.mention}" in card.text
    assert "**pressure** · Gainsay" in card.text
    assert card.buttons == ["Speak", "Flow", "Hint", "End"]


async def test_a_toss_gives_one_side_or_the_other(club: Club) -> None:
    assert (await table(club, await opened(club, side="toss"))).round.side in ("engagement", "pressure")


async def test_an_unknown_side_is_refused_by_name(club: Club) -> None:
    seen = await shown(club, club.ann.runs(club.general, "debate start", side="cheese"))
    assert "engagement or pressure" in seen.text
    assert not club.general.threads


@pytest.mark.parametrize("level", list(Level))
async def test_every_level_answers(club: Club, level: Level) -> None:
    thread = await opened(club, level=level.value)
    assert "[1]" in (await reply(club, thread, SANCTIONS)).text
    assert (await table(club, thread)).round.level is level


async def test_an_unknown_format_is_not_offered(club: Club) -> None:
    with pytest.raises(NotOffered):
        await club.ann.runs(club.general, "debate start", format="policy")


async def test_teammates_are_called_into_the_thread_and_speak(club: Club) -> None:
    thread = await opened(club, teammate=club.bob)
    assert {club.ann.id, club.bob.id} <= thread.members.keys()
    assert f"{club.ann.mention}, {club.bob.mention}" in thread.messages[0].text
    assert "[1]" in (await reply(club, thread, SANCTIONS, club.bob)).text
    assert [spoken.user for spoken in (await table(club, thread)).spoken] == [club.bob.id]


async def test_several_people_play_at_once_in_one_server(club: Club) -> None:
    people = [club.ann, club.bob, club.eve, club.mod]
    threads = await asyncio.gather(*(opened(club, who) for who in people))
    said = await asyncio.gather(*(reply(club, t, SANCTIONS, who) for t, who in zip(threads, people, strict=True)))
    assert all("[1]" in message.text for message in said)
    assert [len(club.said(thread)) for thread in threads] == [2, 2, 2, 2]


async def test_a_person_has_several_rounds_and_a_list_of_them(club: Club) -> None:
    threads = [await opened(club), await opened(club, side="pressure")]
    await reply(club, threads[1], "Kim breaks every promise that he makes.")
    listed = (await shown(club, club.ann.runs(club.general, "debate list"))).text
    assert all(thread.mention in listed for thread in threads)
    assert "0 turns, open" in listed
    assert "2 turns, open" in listed
    assert "no rounds" in (await shown(club, club.bob.runs(club.general, "debate list"))).text


async def test_resume_points_to_the_thread(club: Club) -> None:
    thread = await opened(club)
    assert thread.mention in (await shown(club, club.ann.runs(club.general, "debate resume"))).text
    assert len(club.general.threads) == 1


async def test_one_s_own_rounds_are_suggested(club: Club) -> None:
    thread = await opened(club)
    name = (await table(club, thread)).round.id
    assert [value for _, value in await club.ann.suggests(club.general, "debate resume", "round", name[:3])] == [name]
    assert await club.bob.suggests(club.general, "debate resume", "round", "") == []


async def test_only_a_debater_resumes(club: Club) -> None:
    name = (await table(club, await opened(club))).round.id
    seen = await shown(club, club.eve.runs(club.general, "debate resume", round=name))
    assert "You have no such open round" in seen.text


async def test_resume_opens_a_new_thread_where_the_old_one_is_gone(club: Club) -> None:
    thread = await opened(club, teammate=club.bob)
    await reply(club, thread, SANCTIONS)
    thread.world.drop(thread)
    seen = await shown(club, club.ann.runs(club.general, "debate resume"))
    (fresh,) = club.general.threads
    assert fresh.mention in seen.text
    assert {club.ann.id, club.bob.id} <= fresh.members.keys()
    assert "2 turns have been given" in fresh.messages[1].text
    assert len(fresh.messages) == 2
    await reply(club, fresh, EMBASSY, club.bob)
    assert len((await table(club, fresh)).round.turns) == 4


async def test_flow_and_ballot_are_shown_to_whoever_asks(club: Club) -> None:
    thread = await opened(club)
    name = (await table(club, thread)).round.id
    await reply(club, thread, SANCTIONS)
    await reply(club, thread, "Sanctions are working.")
    flow = await shown(club, club.eve.runs(club.general, "debate flow", round=name))
    assert "engagement: Sanctions have failed" in flow.text
    assert "answered in turn 2" in flow.text
    assert "engagement: Sanctions are working. (**conceded**)" in flow.text
    ballot = await shown(club, club.eve.runs(club.general, "debate ballot", round=name))
    assert "**engagement**: 1 argument, 1 answered" in ballot.text
    assert flow.message.ephemeral
    assert ballot.message.ephemeral


async def test_where_no_round_is_played_the_commands_say_so(club: Club) -> None:
    for command in ("debate flow", "debate ballot", "debate end"):
        assert "No round is played here" in (await shown(club, club.ann.runs(club.general, command))).text


async def test_end_posts_the_ballot_and_the_whole_round_as_a_page(club: Club) -> None:
    thread = await opened(club)
    said = await reply(club, thread, SANCTIONS)
    by, ballot, page = await answers(club, thread, lambda: club.ann.presses(said, "End"), 3)
    assert by.text == f"{club.ann.mention} ends the round."
    assert "On drops alone" in ballot.text
    (file,) = page.attachments
    assert file.name.endswith(".html")
    assert b"Sanctions have failed" in file.data
    assert file.description


async def test_the_end_command_shows_the_ballot_to_whoever_gave_it(club: Club) -> None:
    thread = await opened(club)
    name = (await table(club, thread)).round.id
    assert "Ballot" in (await shown(club, club.ann.runs(club.general, "debate end", round=name))).text
    await club.discord.until(lambda: len(club.said(thread)) == 4)
    assert "ended" in (await shown(club, club.ann.runs(club.general, "debate list"))).text
    assert "You have no such open round" in (await shown(club, club.ann.runs(club.general, "debate resume"))).text


async def test_who_sets_up_may_end_anybodys_round(club: Club) -> None:
    thread = await opened(club)
    await answers(club, thread, lambda: club.mod.presses(thread.messages[0], "End"), 3)
    assert (await table(club, thread)).round.ended


async def test_to_concede_takes_a_second_word(club: Club) -> None:
    thread = await opened(club)
    said = await reply(club, thread, SANCTIONS)
    sure = await shown(club, club.ann.presses(said, "Concede"))
    assert not (await table(club, thread)).round.ended
    posted = await answers(club, thread, lambda: club.ann.presses(sure.message, "Concede the round"), 3)
    assert any("concedes the round" in message.text for message in posted)
    await club.discord.until(lambda: any("The **engagement** side conceded" in m.text for m in club.said(thread)))
    await club.discord.until(lambda: sure.messages == [])


async def test_an_ended_round_takes_no_more_words(club: Club) -> None:
    thread = await opened(club)
    await answers(club, thread, lambda: club.ann.presses(thread.messages[0], "End"), 3)
    seen = await shown(club, speak(club.ann, thread.messages[0], SANCTIONS))
    assert "This round has ended" in seen.text
    told = await reply(club, thread, f"{club.discord.bot.mention} are you there?")
    assert "This round has ended" in told.text
