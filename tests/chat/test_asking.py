"""What is asked outside rounds: by command, by mention, by reply, from a message's menu."""

import pytest

from bot.store.houses import COMMONS
from tests.chat.steps import at_rest, decreed, ferry, house, refusal, replied, shown
from tests.support.club import Club
from tests.support.discord import Message
from tests.support.discord.facts import Said
from tests.support.discord.messages import Body
from tests.support.discord.posting import post

ASKED = "Through whom did Beijing send its warnings in 1950?"
FOLLOWS = "And who ignored them?"
CLAIM = "Sanctions have failed."
EXACT = "A little battery-driven ferry that sails morning and evening would cost half."


async def asks(club: Club, question: str = ASKED, **options: str) -> Message:
    seen = await shown(club, club.ann.runs(club.general, "ask", question=question, **options))
    await at_rest()
    return seen.message


async def test_an_answer_says_where_it_stands_and_shows_the_passages(club: Club) -> None:
    answer = await asks(club)
    assert not answer.ephemeral
    assert "India" in answer.text
    assert "**[1]**" in answer.text
    assert "¶19" in answer.text
    assert answer.buttons[:1] == ["Show passage 1"]
    assert answer.buttons[-1:] == ["To paste"]
    opened = await shown(club, club.eve.presses(answer, "Show passage 1"))
    assert opened.message.ephemeral
    assert "digest of ¶19" in opened.text


async def test_every_passage_of_a_long_rebuttal_can_be_shown(club: Club) -> None:
    argument = "First, sanctions are working. Second, Kim cannot be trusted. Third, our allies would feel betrayed."
    seen = await shown(club, club.ann.runs(club.general, "rebut", argument=argument, side="engagement"))
    cited = sum(line.startswith("-# [") for line in seen.text.splitlines())
    assert cited > 4
    assert seen.message.buttons[: cited + 1] == [*(f"Show passage {n}" for n in range(1, cited + 1)), "To paste"]
    opened = await shown(club, club.eve.presses(seen.message, f"Show passage {cited}"))
    assert f"[{cited}]" in opened.text


async def test_an_answer_can_be_pasted_as_it_stands(club: Club) -> None:
    pasted = await shown(club, club.eve.presses(await asks(club), "To paste"))
    assert pasted.message.ephemeral
    assert pasted.text.startswith("```\n[1] ")
    assert pasted.text.endswith("\n```")


async def test_what_the_readings_do_not_answer_is_said_to_be_so(club: Club) -> None:
    answer = await asks(club, "What is the boiling point of water?")
    assert "The readings don't say" in answer.text
    assert not answer.buttons


async def test_nothing_in_a_question_acts(club: Club) -> None:
    answer = await asks(club, "Who is **Robert McCoy**, @everyone? [Look](https://x.example) <@1>")
    assert r"\*\*Robert McCoy\*\*" in answer.text
    assert r"\[Look\]" in answer.text
    assert r"\<@1>" in answer.text


async def test_a_mention_is_answered_in_reply(club: Club) -> None:
    message = await club.ann.writes(club.general, f"{club.discord.bot.mention} {ASKED}")
    answer = await replied(club, message)
    assert "¶19" in answer.text
    assert "Show passage 1" in answer.buttons


async def test_a_mention_without_words_is_asked_for_some(club: Club) -> None:
    message = await club.ann.writes(club.general, club.discord.bot.mention)
    assert "/help" in (await replied(club, message)).text


async def test_what_is_not_addressed_to_it_stays_unanswered(club: Club) -> None:
    first = await club.ann.writes(club.general, ASKED)
    await club.bob.writes(club.general, "Nobody knows.", reply_to=first)
    await replied(club, await club.ann.writes(club.general, f"{club.discord.bot.mention} {ASKED}"))
    assert [each.reference is not first for each in club.general.messages if each.reference] == [False, True]
    assert len(club.general.messages) == 4


@pytest.mark.parametrize("kind", [Said.PINNED, Said.DEFAULT])
async def test_an_answer_that_is_pinned_or_passed_on_is_not_replied_to(club: Club, kind: Said) -> None:
    answer = await asks(club)
    notice = post(club.general.world, club.general, club.ann.user, Body(), kind=kind, reference=answer)
    await replied(club, await club.ann.writes(club.general, f"{club.discord.bot.mention} {ASKED}"))
    await at_rest()
    assert notice not in [each.reference for each in club.general.messages]


async def test_in_direct_messages_notices_are_not_answered(club: Club) -> None:
    zoe = club.discord.person("zoe")
    answer = await replied(club, await zoe.writes(None, ASKED))
    post(zoe.direct.world, zoe.direct, zoe.user, Body(), kind=Said.PINNED, reference=answer)
    await replied(club, await zoe.writes(None, ASKED))
    await at_rest()
    assert len(zoe.direct.messages) == 4
    assert not club.discord.errors, "it tried to reply"


async def test_a_reply_to_an_answer_follows_upon_it(club: Club) -> None:
    message = await club.ann.writes(club.general, FOLLOWS, reply_to=await asks(club))
    answer = await replied(club, message)
    assert "¶19" in answer.text
    await at_rest()
    again = await replied(club, await club.ann.writes(club.general, "And what about India?", reply_to=answer))
    assert "And what about India?" in again.text


async def test_who_follows_up_is_not_kept_with_the_words_of_whom_they_follow(club: Club) -> None:
    answer = await asks(club)
    for who in (club.ann, club.eve):
        await replied(club, await who.writes(club.general, FOLLOWS, reply_to=answer))
        await at_rest()
    kept = (await house(club)).answers
    assert [each.before for each in await club.client.work(kept.by(club.ann.id))] == [(), (ASKED,)]
    assert [each.before for each in await club.client.work(kept.by(club.eve.id))] == [()]


async def test_it_is_used_only_where_the_server_lets_it(club: Club) -> None:
    debates = club.guild.channel("debates")
    await decreed(club, channels=(debates.id,))
    told = await refusal(club, club.ann.runs(club.general, "ask", question=ASKED))
    assert debates.mention in told
    message = await club.ann.writes(club.general, f"{club.discord.bot.mention} {ASKED}")
    assert (await replied(club, message)).text == told
    assert "¶19" in (await shown(club, club.ann.runs(debates, "ask", question=ASKED))).text
    assert "¶19" in (await shown(club, club.mod.runs(club.general, "ask", question=ASKED))).text


async def test_a_thread_is_part_of_its_channel(club: Club) -> None:
    debates = club.guild.channel("debates")
    await decreed(club, channels=(debates.id,))
    thread = debates.thread("aside", club.ann)
    assert "¶19" in (await shown(club, club.ann.runs(thread, "ask", question=ASKED))).text


async def test_in_direct_messages_a_question_needs_no_mention(club: Club) -> None:
    zoe = club.discord.person("zoe")
    asked = await shown(club, zoe.runs(None, "ask", question=ASKED))
    assert "¶19" in asked.text
    answer = await replied(club, await zoe.writes(None, ASKED))
    assert "¶19" in answer.text
    await at_rest()
    assert "¶19" in (await replied(club, await zoe.writes(None, FOLLOWS, reply_to=answer))).text


async def test_whoever_installed_it_is_served_where_it_is_no_member(club: Club) -> None:
    elsewhere = club.discord.guild("Elsewhere", bot=False)
    zoe, place = elsewhere.member("zoe"), elsewhere.channels["general"]
    asked = await shown(club, zoe.runs(place, "ask", question=ASKED))
    assert "¶19" in asked.text
    assert "¶19" in (await shown(club, zoe.presses(asked.message, "Show passage 1"))).text
    message = await zoe.writes(place, CLAIM)
    assert "Evidence for" in (await shown(club, zoe.uses(message, "Find evidence"))).text
    assert str(elsewhere.id) not in club.desk.houses.names()
    assert COMMONS in club.desk.houses.names()


async def test_evidence_comes_as_cards_for_the_side_that_is_named(club: Club) -> None:
    seen = await shown(club, club.ann.runs(club.general, "evidence", claim=CLAIM, side="pressure"))
    assert "Evidence for **pressure**" in seen.text
    assert "digest of ¶" in seen.text
    pasted = await shown(club, club.eve.presses(seen.message, "To paste"))
    tag, where, body = pasted.text.split("```")[1].strip().split("\n")
    assert tag in seen.text
    assert where.startswith("[1] ")
    assert body in seen.text


async def test_evidence_is_for_the_side_that_the_claim_is_on(club: Club) -> None:
    claim = "We need a channel to prevent an accidental war."
    seen = await shown(club, club.ann.runs(club.general, "evidence", claim=claim))
    assert "Evidence for **engagement**" in seen.text


async def test_where_there_is_no_evidence_that_is_said(club: Club) -> None:
    seen = await shown(club, club.ann.runs(club.general, "evidence", claim="Cats like fish.", side="pressure"))
    assert "nothing that bears this out for pressure" in seen.text
    assert seen.message.buttons == ["For engagement instead"]


async def test_the_same_is_had_for_the_other_side_by_a_button(club: Club) -> None:
    argument = "Kim cannot be trusted: he has broken every deal he ever signed."
    first = await shown(club, club.ann.runs(club.general, "rebut", argument=argument))
    assert "**engagement** answers" in first.text
    other = await shown(club, club.eve.presses(first.message, "For pressure instead"))
    assert "**pressure** answers" in other.text
    assert argument in other.text
    assert "For engagement instead" in other.message.buttons


async def test_evidence_for_the_other_side_is_seen_by_those_who_saw_the_first(club: Club) -> None:
    message = await club.bob.writes(club.general, CLAIM)
    first = await shown(club, club.ann.uses(message, "Find evidence"))
    side = next(label for label in first.message.buttons if label.startswith("For "))
    other = await shown(club, club.ann.presses(first.message, side))
    assert other.message.ephemeral
    assert f"Evidence for **{side.split()[1]}**" in other.text


@pytest.mark.parametrize(("command", "given"), [("evidence", "claim"), ("rebut", "argument")])
async def test_the_other_side_is_not_had_where_the_bot_is_not_used(club: Club, command: str, given: str) -> None:
    first = await shown(club, club.ann.runs(club.general, command, **{given: CLAIM}))
    side = next(label for label in first.message.buttons if label.startswith("For "))
    await decreed(club, channels=(club.guild.channel("debates").id,))
    assert "On this server I am used in" in await refusal(club, club.eve.presses(first.message, side))


async def test_what_is_had_for_the_other_side_goes_with_whoever_asked_first(club: Club) -> None:
    first = await shown(club, club.ann.runs(club.general, "rebut", argument=CLAIM))
    side = next(label for label in first.message.buttons if label.startswith("For "))
    other = await shown(club, club.eve.presses(first.message, side))
    await at_rest()
    await club.client.work(club.desk.privacy.forget(club.ann.id))
    told = await refusal(club, club.eve.presses(other.message, "To paste"))
    assert told == "That is not kept any more."


@pytest.mark.parametrize("command", ["evidence", "rebut"])
async def test_a_side_that_the_topic_lacks_is_named(club: Club, command: str) -> None:
    given = {"evidence": "claim", "rebut": "argument"}[command]
    told = await refusal(club, club.ann.runs(club.general, command, **{given: CLAIM, "side": "neither"}))
    assert told == "No side 'neither' in this topic. Choose engagement or pressure."


async def test_one_argument_is_answered_without_a_round(club: Club) -> None:
    argument = "Kim cannot be trusted: he has broken every deal he ever signed."
    seen = await shown(club, club.ann.runs(club.general, "rebut", argument=argument))
    assert "**engagement** answers" in seen.text
    assert "**[1]**" in seen.text
    assert "Show passage 1" in seen.message.buttons
    named = await shown(club, club.ann.runs(club.general, "rebut", argument=argument, side="pressure"))
    assert "**pressure** answers" in named.text


async def test_a_message_is_rebutted_before_everyone(club: Club) -> None:
    message = await club.bob.writes(club.general, "Kim cannot be trusted: he has broken every deal he ever signed.")
    seen = await shown(club, club.ann.uses(message, "Rebut this"))
    assert "**engagement** answers" in seen.text
    assert not seen.message.ephemeral


async def test_evidence_for_a_message_is_for_the_eyes_of_who_asked(club: Club) -> None:
    long = ".\n\n".join(f"In year {n} the ferry carried {n} hundred people{', and then some' * 50}" for n in range(9))
    await decreed(club, topics={club.general.id: await ferry(club, [("long.txt", long.encode())])})
    message = await club.bob.writes(club.general, "The island's ferry carried four hundred people.")
    seen = await club.ann.uses(message, "Find evidence")
    await club.discord.until(lambda: seen.messages and "To paste" in seen.message.buttons, 60)
    assert len(seen.messages) > 1
    assert all(page.ephemeral for page in seen.messages)


async def checks(club: Club, text: str) -> str:
    seen = await shown(club, club.ann.uses(await club.bob.writes(club.general, text), "Check quotes"))
    assert seen.message.ephemeral
    return seen.text


async def test_quotations_are_found_exact_altered_or_absent(club: Club) -> None:
    await decreed(club, topics={club.general.id: await ferry(club)})
    altered = EXACT.replace("morning and evening", "mornings and at night")
    text = await checks(club, f'She says "{EXACT}", then "{altered}", then "The mayor sold the harbour to a bank."')
    first, second, third = (text.index(word) for word in ("**Exact** · ¶3", "**Altered** · ¶3", "**Absent**"))
    assert first < second < third
    assert EXACT.removesuffix(".") in text[second:third]
    assert "**Exact** · ¶3" in await checks(club, EXACT), "without marks, all of it is checked as one"


async def test_where_there_is_only_a_digest_the_verdict_says_so(club: Club) -> None:
    message = await club.bob.writes(club.general, 'He writes "Talk to them without conditions of any kind."')
    seen = await shown(club, club.ann.uses(message, "Check quotes"))
    assert "**Absent**" in seen.text
    assert "only a digest" in seen.text


@pytest.mark.parametrize("menu", ["Rebut this", "Find evidence", "Check quotes"])
async def test_a_message_without_words_gives_nothing_to_work_on(club: Club, menu: str) -> None:
    message = await club.bob.writes(club.general, files=[("cat.png", b"\x89PNG")])
    assert "no words in that message" in await refusal(club, club.ann.uses(message, menu))


async def test_the_menus_read_what_is_on_its_own_screens(club: Club) -> None:
    seen = await shown(club, club.eve.uses(await asks(club), "Find evidence"))
    assert "Evidence for" in seen.text


@pytest.mark.parametrize("menu", ["Rebut this", "Find evidence", "Check quotes"])
async def test_the_menus_keep_to_the_channels_that_allow_it(club: Club, menu: str) -> None:
    debates = club.guild.channel("debates")
    await decreed(club, channels=(debates.id,))
    message = await club.bob.writes(club.general, CLAIM)
    assert debates.mention in await refusal(club, club.ann.uses(message, menu))


async def test_without_words_of_its_own_it_shows_the_passages_alone(club: Club) -> None:
    spoken = await asks(club)
    await decreed(club, words=False)
    answer = await asks(club)
    opened = await shown(club, club.ann.presses(answer, "Show passage 1"))
    assert opened.text.split("\n> ")[1] in answer.text
    assert "**[1]**" in spoken.text
    assert "**[1]**" not in answer.text
    rebutted = await shown(club, club.ann.runs(club.general, "rebut", argument=CLAIM))
    cards = [line for line in rebutted.text.splitlines() if line and not line.startswith((">", "-#", "**"))]
    assert not cards, "every line is a card's head, a passage or a note"


async def test_more_than_a_person_may_ask_for_has_to_wait(club: Club) -> None:
    await decreed(club, messages_each=1)
    await asks(club)
    assert "Try again in" in await refusal(club, club.ann.runs(club.general, "evidence", claim=CLAIM))
    message = await club.ann.writes(club.general, f"{club.discord.bot.mention} {ASKED}")
    assert "Try again in" in (await replied(club, message)).text
    assert "¶19" in (await shown(club, club.bob.runs(club.general, "ask", question=ASKED))).text


async def test_a_topic_that_is_not_on_offer_is_named_to_nobody(club: Club) -> None:
    told = await refusal(club, club.ann.runs(club.general, "ask", question=ASKED, topic="ferry"))
    assert told == "No topic 'ferry' is on offer here. There is: north-korea."


async def test_topics_and_sides_are_suggested(club: Club, caplog: pytest.LogCaptureFixture) -> None:
    await ferry(club)
    topics = await club.ann.suggests(club.general, "ask", "topic", "FERRY")
    assert topics == [("ferry: Bring back the ferry.", "ferry")]
    sides = await club.ann.suggests(club.general, "evidence", "side", "", claim=CLAIM, topic="ferry")
    assert [value for _, value in sides] == ["boat", "road"]
    assert not await club.ann.suggests(club.general, "rebut", "side", "", argument=CLAIM, topic="fer")
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


async def test_a_passage_that_is_not_kept_any_more_is_said_to_be_gone(club: Club) -> None:
    answer = await asks(club)
    await club.client.work(club.desk.privacy.forget(club.ann.id))
    for label in ("Show passage 1", "To paste"):
        assert await refusal(club, club.bob.presses(answer, label)) == "That is not kept any more."


async def test_a_topic_without_readings_answers_nothing(club: Club) -> None:
    await ferry(club, ())
    for command, given in (("ask", "question"), ("evidence", "claim"), ("rebut", "argument")):
        seen = await shown(club, club.ann.runs(club.general, command, topic="ferry", **{given: "Boats are slow."}))
        assert "Show passage 1" not in seen.message.buttons
        assert "code" not in seen.text
