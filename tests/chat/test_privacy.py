"""What is kept of people: told, handed out, deleted on request, and when its time is over."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from bot.assembly import now
from bot.desk.privacy import GONE, Privacy
from bot.store.houses import House
from bot.store.tables import Base
from tests.chat.playing import EMBASSY, SANCTIONS, opened, reply, restarted, table
from tests.chat.steps import LIMIT, at_rest, decreed, ferry, house, refusal, shown
from tests.support.club import Club
from tests.support.discord import Guild, Message, Person, Place, Seen, Thread

ASKED = "Who is Robert McCoy?"
HERS, HIS = SANCTIONS, EMBASSY


async def asks(club: Club, who: Person, question: str = ASKED, place: Place | None = None) -> Message:
    seen = await shown(club, who.runs(place, "ask", question=question))
    await at_rest()
    return seen.message


async def exported(club: Club, who: Person, place: Place | None = None) -> dict[str, Any]:
    told = await shown(club, who.runs(place or club.general, "privacy"))
    seen = await shown(club, who.presses(told.message, "Get what is mine"))
    assert seen.message.ephemeral
    (file,) = seen.message.attachments
    record: dict[str, Any] = json.loads(file.data)
    return record


async def deletes(club: Club, who: Person) -> Seen:
    told = await shown(club, who.runs(club.general, "privacy"))
    sure = await shown(club, who.presses(told.message, "Delete what is mine"))
    assert "It can't be undone" in sure.text
    gone = await shown(club, who.presses(sure.message, "Delete all of it"))
    await at_rest()
    return gone


async def played(club: Club) -> Thread:
    """A round that Ann opened, in which she and Bob have spoken."""
    thread = await opened(club, teammate=club.bob)
    await reply(club, thread, HERS, club.ann)
    await reply(club, thread, HIS, club.bob)
    return thread


async def everything(house: House) -> str:
    """All that the database of a house holds."""
    async with house.engine.connect() as connection:
        tables = [await connection.execute(select(table)) for table in Base.metadata.sorted_tables]
        return "\n".join(str(value) for table in tables for row in table for value in row)


async def kept(club: Club) -> str:
    return await club.client.work(everything(await house(club)))


async def test_what_is_kept_is_said_wherever_somebody_asks(club: Club) -> None:
    await decreed(club, retention_days=30)
    told = await shown(club, club.ann.runs(club.general, "privacy"))
    assert told.message.ephemeral
    assert "after 30 days" in told.text
    assert told.message.buttons == ["Get what is mine", "Delete what is mine"]
    assert "### What I keep" in (await shown(club, club.ann.runs(None, "privacy"))).text


async def test_what_is_handed_out_is_the_persons_own_from_everywhere(club: Club) -> None:
    other = club.discord.guild("Other Club")
    other.member("ann")
    await asks(club, club.ann, "Who is Robert McCoy?", club.general)
    await asks(club, club.ann, "Who is Donald Trump?", other.channels["general"])
    await asks(club, club.ann, "Who is Kim Jong-un?")
    await asks(club, club.eve, "Whom did China warn?", club.general)
    record = await exported(club, club.ann)
    found = {
        server.get("server", ""): [each["question"] for each in server["questions"]] for server in record["kept"]
    }
    assert found == {
        str(club.guild.id): ["Who is Robert McCoy?"],
        str(other.id): ["Who is Donald Trump?"],
        "": ["Who is Kim Jong-un?"],
    }
    assert record == await exported(club, club.ann, other.channels["general"])


async def test_what_is_handed_out_has_the_passages_that_were_shown(club: Club) -> None:
    await asks(club, club.ann, place=club.general)
    (server,) = (await exported(club, club.ann))["kept"]
    assert server["questions"][0]["shown"][0].startswith("¶6, ")


async def test_of_a_round_nobody_gets_their_partners_words(club: Club) -> None:
    thread = await played(club)
    for who, mine, others in ((club.ann, HERS, HIS), (club.bob, HIS, HERS)):
        record = await exported(club, who)
        (round,) = record["kept"][0]["rounds"]
        assert round["thread"] == str(thread.id)
        assert [turn["speaker"] for turn in round["turns"]] == ["user", "bot"] * 2
        assert sum(turn.get("text") == mine for turn in round["turns"]) == 1
        assert others not in str(record)


async def test_who_keeps_out_of_everything_gets_an_empty_record(club: Club) -> None:
    await played(club)
    record = await exported(club, club.eve)
    assert all(not server["rounds"] and not server["questions"] for server in record["kept"])


async def test_a_round_goes_with_whoever_opened_it(club: Club) -> None:
    thread = await played(club)
    assert (await deletes(club, club.ann)).text == "Deleted: 1 round, 0 turns in rounds of others, 0 questions."
    found = await kept(club)
    assert HERS not in found
    assert HIS not in found
    assert "You have no rounds here yet" in (await shown(club, club.bob.runs(club.general, "debate list"))).text
    assert "No round is played here" in await refusal(club, club.bob.runs(thread, "debate flow"))


async def test_words_in_somebody_elses_round_are_struck_and_it_goes_on(club: Club) -> None:
    thread = await played(club)
    assert HIS in await kept(club)
    told = await deletes(club, club.bob)
    assert told.text == "Deleted: 0 rounds, 1 turn in rounds of others, 0 questions."
    found = await kept(club)
    assert HIS not in found
    assert str(club.bob.id) not in found
    assert HERS in found
    assert GONE in found
    await reply(club, thread, "Pressure has had its chance.", club.ann)
    assert len((await table(club, thread)).round.turns) == 6
    flow = await shown(club, club.ann.runs(thread, "debate flow"))
    assert "embassy is a channel" not in flow.text


async def test_who_was_forgotten_speaks_in_the_round_no_more(club: Club) -> None:
    thread = await played(club)
    await deletes(club, club.bob)
    before = len(club.said(thread))
    message = await club.bob.writes(thread, f"{club.discord.bot.mention} One more thing.")
    await club.discord.until(lambda: len(club.said(thread)) > before, LIMIT)
    assert club.said(thread)[-1].reference is message
    assert "Only its debaters speak" in club.said(thread)[-1].text


async def test_questions_are_deleted_everywhere(club: Club) -> None:
    other = club.discord.guild("Other Club")
    other.member("ann")
    answers = [await asks(club, club.ann, place=place) for place in (club.general, other.channels["general"], None)]
    hers = await asks(club, club.eve, place=club.general)
    assert (await deletes(club, club.ann)).text.endswith("3 questions.")
    for answer in answers:
        assert await refusal(club, club.ann.presses(answer, "Show passage 1")) == "That is not kept any more."
    assert "McCoy" in (await shown(club, club.ann.presses(hers, "Show passage 1"))).text
    assert str(club.ann.id) not in await kept(club)


async def test_a_question_goes_from_those_that_follow_upon_it_too(club: Club) -> None:
    asked = "Through whom did Beijing send its warnings in 1950?"
    answer = await asks(club, club.ann, asked, club.general)
    await club.eve.writes(club.general, "And who ignored them?", reply_to=answer)
    await club.discord.until(lambda: club.general.messages[-1].author.bot, LIMIT)
    await at_rest()
    await deletes(club, club.ann)
    assert asked not in await kept(club)


async def test_nothing_is_deleted_before_it_is_confirmed(club: Club) -> None:
    answer = await asks(club, club.ann, place=club.general)
    told = await shown(club, club.ann.runs(club.general, "privacy"))
    await shown(club, club.ann.presses(told.message, "Delete what is mine"))
    assert "McCoy" in (await shown(club, club.ann.presses(answer, "Show passage 1"))).text


async def swept(club: Club, days: float) -> None:
    """Have swept what must be swept so many days from now."""
    then = (datetime.fromisoformat(now()) + timedelta(days=days)).isoformat(timespec="seconds")
    desk = club.desk
    privacy = Privacy(desk.houses, desk.play, desk.decrees, lambda: then, lambda _: None)
    await club.client.work(privacy.sweep())


async def test_what_a_server_keeps_it_keeps_for_as_long_as_it_has_decided(club: Club) -> None:
    await decreed(club, retention_days=30)
    await played(club)
    await asks(club, club.eve, place=club.general)
    await swept(club, 29)
    found = await kept(club)
    assert HERS in found
    assert ASKED in found
    await swept(club, 31)
    found = await kept(club)
    assert HERS not in found
    assert ASKED not in found
    assert "You have no rounds here yet" in (await shown(club, club.ann.runs(club.general, "debate list"))).text


async def leaves(club: Club, guild: Guild) -> None:
    gone = club.client.wait_for("guild_remove", timeout=LIMIT)
    club.discord.removed(guild)
    await gone
    await at_rest()


async def returns(club: Club, guild: Guild) -> None:
    back = club.client.wait_for("guild_join", timeout=LIMIT)
    club.discord.joined(guild)
    await back
    await at_rest()


def files(folder: Path, guild: Guild) -> list[Path]:
    """What is kept of a server, as files."""
    return list(folder.glob(f"{guild.id}*"))


async def offered(club: Club) -> list[object]:
    return [value for _, value in await club.mod.suggests(club.general, "ask", "topic", "", question=ASKED)]


async def test_what_a_server_kept_goes_after_the_grace(club: Club, tmp_path: Path) -> None:
    await ferry(club)
    await leaves(club, club.guild)
    await swept(club, 13)
    assert files(tmp_path, club.guild)
    await swept(club, 15)
    assert not files(tmp_path, club.guild)
    await returns(club, club.guild)
    assert await offered(club) == ["north-korea"]


async def test_a_server_that_removes_the_bot_while_it_is_off_has_its_grace_too(club: Club, tmp_path: Path) -> None:
    await ferry(club)
    await club.client.close()
    club.discord.removed(club.guild)
    async with restarted(club, tmp_path):
        await at_rest()
        await swept(club, 13)
        assert files(tmp_path, club.guild)
        await swept(club, 15)
        assert not files(tmp_path, club.guild)


async def test_what_is_deleted_while_a_reply_is_on_its_way_stays_deleted(club: Club) -> None:
    thread = await opened(club)
    await club.ann.writes(thread, HERS)
    await club.discord.until(lambda: thread.typed, LIMIT)
    await deletes(club, club.ann)
    found = await kept(club)
    assert HERS not in found
    assert str(club.ann.id) not in found


async def test_a_server_that_takes_the_bot_back_in_time_has_all_that_it_had(club: Club) -> None:
    await ferry(club)
    await decreed(club, words=False)
    await leaves(club, club.guild)
    await returns(club, club.guild)
    await swept(club, 15)
    assert "ferry" in [
        value for _, value in await club.ann.suggests(club.general, "ask", "topic", "", question=ASKED)
    ]
    who = await club.client.work(club.desk.visitor(str(club.guild.id), club.mod.id))
    assert not who.charter.words
