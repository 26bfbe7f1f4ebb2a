"""A topic's readings reviewed on Discord, a page at a time."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.store.standings import Standing
from knowledge.topics import Note, Role, Topic
from tests.chat.steps import at_rest, decreed, ferry, house, refusal, shown
from tests.support.club import Club, a_desk, running
from tests.support.discord import Message, Seen

LINES = (
    "The boat carried nurses to the night shift all winter.",
    "The road round the bay closes whenever it snows hard.",
    "The county spends less on the boat than on salt for the road.",
)
SIDE, ROLE = "Which side does it help?", "What is it?"


async def topic(club: Club) -> Topic:
    return await club.client.work((await house(club)).topics.load("ferry"))


async def note(club: Club, text: str) -> Note:
    kept = await topic(club)
    return kept.notes[next(passage.id for passage in kept.passages if passage.text in text)]


async def review(club: Club, lines: Sequence[str] = LINES) -> Message:
    await ferry(club, [("lines.txt", "\n\n".join(lines).encode())], Standing.DRAFT)
    return (await shown(club, club.mod.runs(club.general, "topic review", topic="ferry"))).message


async def presses(club: Club, page: Message, label: str) -> str:
    await shown(club, club.mod.presses(page, label))
    await at_rest()
    return page.text


async def picks(club: Club, page: Message, menu: str, label: str) -> str:
    await shown(club, club.mod.picks(page, menu, [label]))
    await at_rest()
    return page.text


async def test_a_page_shows_what_is_thought_of_a_passage_and_how_sure_that_is(club: Club) -> None:
    page = await review(club)
    assert page.ephemeral
    assert "### 3 left" in page.text
    assert "I think that it helps **boat** (" in page.text
    assert any(line in page.text for line in LINES)
    assert page.buttons == ["Keep as it is", "Keep in my words", "Drop", "Skip", "Stop"]


async def test_a_side_that_is_picked_is_kept_and_the_page_turns(club: Club) -> None:
    page = await review(club)
    first = page.text
    assert "### 2 left" in await picks(club, page, SIDE, "It helps road")
    decided = await note(club, first)
    assert (decided.helps, decided.confidence) == ("road", 1.0)


async def test_a_role_that_is_picked_is_kept_and_the_page_stays_for_the_side(club: Club) -> None:
    page = await review(club)
    first = page.text
    after = await picks(club, page, ROLE, "It is: proposal")
    assert "### 3 left" in after
    assert "It is a **proposal**" in after
    assert (await note(club, first)).role is Role.PROPOSAL
    await picks(club, page, SIDE, "It helps both")
    decided = await note(club, first)
    assert (decided.role, decided.helps) == (Role.PROPOSAL, "both")


async def evidence(club: Club, claim: str) -> str:
    seen = await shown(club, club.mod.runs(club.general, "evidence", claim=claim, side="boat", topic="ferry"))
    return seen.text


async def test_what_is_dropped_helps_neither_side_from_then_on(club: Club) -> None:
    page = await review(club, LINES[:1])
    assert "Nothing is left to review in **ferry**." in await presses(club, page, "Drop")
    assert (await note(club, LINES[0])).helps == "neither"
    assert "nothing that bears this out" in await evidence(club, "Nurses need the boat for the night shift.")


async def test_a_decision_holds_before_the_review_is_over(club: Club) -> None:
    page = await review(club)
    first = next(line for line in LINES if line in page.text)
    assert (await evidence(club, first)).count(first) > 1
    await presses(club, page, "Drop")
    assert (await evidence(club, first)).count(first) == 1, "only the claim itself says so"


async def words(club: Club, page: Message, claim: str, side: str = "As I think") -> Seen:
    form = (await club.mod.presses(page, "Keep in my words")).modal
    return await club.mod.fills(form, {"What does it claim?": claim, "Which side does it help?": side})


async def test_a_claim_is_kept_in_the_reviewers_words_and_the_page_turns(club: Club) -> None:
    page = await review(club)
    first = page.text
    await shown(club, words(club, page, "No nurse,  no hospital.", "Against the motion"))
    await at_rest()
    assert "### 2 left" in page.text
    assert (await note(club, first)).helps == "road"
    assert "No nurse, no hospital." in [argument.claim for argument in (await topic(club)).arguments]


async def test_a_claim_without_words_is_refused_and_nothing_is_decided(club: Club) -> None:
    page = await review(club)
    assert "no words in that claim" in await refusal(club, words(club, page, "  "))
    assert not await club.client.work((await house(club)).topics.decided("ferry"))


async def test_what_is_skipped_comes_again_in_the_next_review(club: Club) -> None:
    page = await review(club)
    seen = [next(line for line in LINES if line in page.text)]
    await presses(club, page, "Skip")
    page = (await shown(club, club.mod.runs(club.general, "topic review", topic="ferry"))).message
    assert seen[0] in page.text
    for _ in range(2):
        text = await presses(club, page, "Skip")
        seen.append(next(line for line in LINES if line in text))
    assert sorted(seen) == sorted(LINES)
    assert "3 passages left" in await presses(club, page, "Skip")
    again = await shown(club, club.mod.runs(club.general, "topic review", topic="ferry"))
    assert "### 3 left" in again.text


async def test_a_review_that_is_stopped_says_how_much_is_left(club: Club) -> None:
    page = await review(club)
    await presses(club, page, "Keep as it is")
    assert "2 passages left" in await presses(club, page, "Stop")
    assert not page.buttons


async def test_a_topic_without_anything_to_review_says_so(club: Club) -> None:
    seen = await shown(club, club.mod.runs(club.general, "topic review", topic="north-korea"))
    assert seen.text == "Nothing is left to review in **north-korea**."


async def test_a_review_goes_on_after_a_restart(club: Club, tmp_path: Path) -> None:
    page = await review(club)
    first = page.text
    await picks(club, page, ROLE, "It is: quoted voice")
    club.desk.readings.changed(await house(club), "ferry")
    await club.client.close()
    async with a_desk(tmp_path) as club.desk, running(club.discord, club.desk) as club.client:
        assert "### 2 left" in await picks(club, page, SIDE, "It helps road")
        decided = await note(club, first)
        assert (decided.role, decided.helps) == (Role.VOICE, "road")
        await presses(club, page, "Stop")


async def test_readings_that_come_meanwhile_are_reviewed_too(club: Club) -> None:
    page = await review(club)
    more = ("more.txt", b"The yard at Vik has built two boats of this kind already.")
    await club.client.work(club.desk.setup.add(await house(club), "ferry", [more]))
    club.desk.reviews.changed(await house(club), "ferry")
    assert "### 3 left" in await presses(club, page, "Keep as it is")


async def test_a_review_is_for_those_who_may_set_up(club: Club) -> None:
    coach = club.guild.role("coach")
    club.guild.members[club.mod.id].roles[:] = [coach]
    await decreed(club, managers=(coach.id,))
    page = await review(club)
    before = page.text
    await decreed(club, managers=())
    assert "Setting up takes" in await refusal(club, words(club, page, "No nurse, no hospital."))
    for label in ("Keep as it is", "Drop", "Skip", "Stop"):
        assert "Setting up takes" in await refusal(club, club.mod.presses(page, label))
    for menu, option in ((SIDE, "It helps road"), (ROLE, "It is: claim")):
        assert "Setting up takes" in await refusal(club, club.mod.picks(page, menu, [option]))
    assert page.text == before
    assert not await club.client.work((await house(club)).topics.decided("ferry"))


@pytest.mark.parametrize("label", ["Keep as it is", "Skip", "Stop"])
async def test_the_pages_of_a_topic_that_is_gone_say_so(club: Club, label: str) -> None:
    page = await review(club)
    kept = await house(club)
    await club.client.work(club.desk.setup.delete(kept, "ferry"))
    club.desk.reviews.changed(kept, "ferry")
    assert "No topic 'ferry'" in await refusal(club, club.mod.presses(page, label))
