"""Topics set up on Discord: made, filled with readings, reviewed, offered, passed on, deleted."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from discord import Permissions

from bot.store.standings import Standing
from knowledge.packzip import pack
from tests.chat.playing import opened, table
from tests.chat.steps import FERRY, LIMIT, at_rest, decreed, ferry, house, refusal, shown
from tests.support.club import Club
from tests.support.discord import NotOffered, Person, Place, Seen
from tests.support.discord.facts import Kind
from tests.support.discord.guilds import USUAL
from tests.support.topics import ORIGINAL, digest_topic

LINES = "The boat carried nurses to the night shift in winter.", "The road round the bay closes when it snows."
MADE = {"Motion": "Bring back  the ferry.", "Short name": "The Ferry", "Side for": "boat: It is needed."}
FORM = {**MADE, "Side against": "road"}
LINES = "The boat carried nurses to the night shift in winter.", "The road round the bay closes when it snows."


async def creates(club: Club, who: Person, form: Mapping[str, str] = FORM) -> Seen:
    return await who.fills((await who.runs(club.general, "topic create")).modal, form)


async def runs(club: Club, command: str, topic: str = "ferry", place: Place | None = None, **options: Any) -> Seen:
    return await shown(club, club.mod.runs(place or club.general, f"topic {command}", topic=topic, **options))


async def offered(club: Club, who: Person, place: Place | None = None) -> list[object]:
    return [value for _, value in await who.suggests(place or club.general, "ask", "topic", "", question="Why?")]


async def test_a_topic_is_made_with_a_form(club: Club) -> None:
    made = await shown(club, creates(club, club.mod))
    assert made.message.ephemeral
    assert "### Bring back the ferry." in made.text
    assert "**boat**: It is needed." in made.text
    assert "**road**: Against: Bring back the ferry." in made.text
    assert "/topic add the-ferry" in made.text


async def test_a_new_topic_is_a_draft_that_only_those_who_set_up_see(club: Club) -> None:
    await shown(club, creates(club, club.mod))
    assert await offered(club, club.mod) == ["north-korea", "the-ferry"]
    assert await offered(club, club.ann) == ["north-korea"]
    assert "the-ferry" not in (await shown(club, club.ann.runs(club.general, "topic list"))).text
    assert "`the-ferry` · draft" in (await shown(club, club.mod.runs(club.general, "topic list"))).text


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"Short name": "North Korea"}, "There is a topic 'north-korea' already. Choose another id."),
        ({"Short name": "!?"}, "The topic's id does not do: use small letters, digits and hyphens, 64 at most."),
        ({"Side against": "Boat"}, "give them two names"),
        ({"Side against": "both"}, "give the side another name"),
        ({"Side against": "r" * 50}, "1 to 40 characters"),
    ],
)
async def test_what_does_not_do_is_named_and_nothing_is_made(
    club: Club, form: Mapping[str, str], sentence: str
) -> None:
    assert sentence in await refusal(club, creates(club, club.mod, {**FORM, **form}))
    assert await offered(club, club.mod) == ["north-korea"]


@pytest.mark.parametrize("command", ["create", "add"])
async def test_nobody_fills_in_a_form_for_nothing(club: Club, command: str) -> None:
    given = {"add": {"topic": "ferry"}}.get(command, {})
    told = await refusal(club, club.ann.runs(club.general, f"topic {command}", **given))
    assert told == "Setting up takes the Manage Server permission, or a role named in /settings."


async def test_no_form_opens_for_a_topic_that_is_not_there(club: Club) -> None:
    told = await refusal(club, club.mod.runs(club.general, "topic add", topic="ferry"))
    assert told == "No topic 'ferry' is on offer here. There is: north-korea."


async def test_a_form_that_was_opened_in_time_is_refused_when_it_is_handed_in_too_late(club: Club) -> None:
    coach = club.guild.role("coach")
    await decreed(club, managers=(coach.id,))
    club.guild.members[club.ann.id].roles.append(coach)
    opened = await club.ann.runs(club.general, "topic create")
    await decreed(club, managers=())
    assert "Setting up takes" in await refusal(club, club.ann.fills(opened.modal, FORM))


async def test_a_role_that_is_named_may_set_up(club: Club) -> None:
    coach = club.guild.role("coach")
    club.guild.members[club.ann.id].roles.append(coach)
    assert "Setting up takes" in await refusal(club, club.ann.runs(club.general, "topic create"))
    await decreed(club, managers=(coach.id,))
    assert "It is a draft" in (await shown(club, creates(club, club.ann))).text


async def test_what_a_topic_has_is_shown_with_a_picture_that_can_be_read_aloud(club: Club) -> None:
    await ferry(club)
    seen = await shown(club, club.ann.runs(club.general, "topic show", topic="ferry"))
    assert "## Bring back the ferry." in seen.text
    assert "The Boat We Lost" in seen.text
    (picture,) = seen.message.attachments
    assert picture.data.startswith(b"\x89PNG")
    assert "Of the evidence that only one side may cite, boat has" in str(seen.message.components)


async def test_a_draft_is_shown_to_those_who_set_up_alone(club: Club) -> None:
    await ferry(club, (), Standing.DRAFT)
    assert "No topic 'ferry' is on offer" in await refusal(
        club, club.ann.runs(club.general, "topic show", topic="ferry")
    )
    assert "It has no readings yet" in (await runs(club, "show")).text


async def test_publishing_and_archiving_decide_who_is_offered_a_topic(club: Club) -> None:
    await ferry(club, (), Standing.DRAFT)
    assert "on offer to everyone" in (await runs(club, "publish")).text
    assert "ferry" in await offered(club, club.ann)
    assert "no longer on offer" in (await runs(club, "archive")).text
    assert "ferry" not in await offered(club, club.ann)
    assert "ferry" in await offered(club, club.mod)


async def test_a_topic_is_deleted_once_that_is_confirmed(club: Club) -> None:
    await ferry(club)
    sure = await runs(club, "delete")
    assert "ferry" in await offered(club, club.ann)
    gone = await shown(club, club.mod.presses(sure.message, "Delete the topic"))
    assert gone.text == "**ferry** is deleted."
    assert await offered(club, club.mod) == ["north-korea"]


async def test_a_topic_is_not_deleted_twice(club: Club) -> None:
    await ferry(club)
    first, second = [(await runs(club, "delete")).message for _ in range(2)]
    await shown(club, club.mod.presses(first, "Delete the topic"))
    assert "No topic 'ferry'" in await refusal(club, club.mod.presses(second, "Delete the topic"))


async def test_what_came_with_the_software_stays(club: Club) -> None:
    sure = await runs(club, "delete", "north-korea")
    told = await refusal(club, club.mod.presses(sure.message, "Delete the topic"))
    assert "comes with the software" in told


async def test_of_a_topic_that_came_with_the_software_what_was_added_is_deleted(club: Club) -> None:
    kept = await house(club)
    await club.client.work(club.desk.setup.add(kept, "north-korea", [FERRY], "both"))
    assert "`north-korea` · published · 2 readings" in (await listed(club)).text
    await shown(club, club.mod.presses((await runs(club, "delete", "north-korea")).message, "Delete the topic"))
    assert "`north-korea` · published · 1 reading" in (await listed(club)).text


async def listed(club: Club) -> Seen:
    return await shown(club, club.mod.runs(club.general, "topic list"))


async def test_a_topic_that_is_made_anew_has_nothing_of_the_last_of_its_name(club: Club) -> None:
    await ferry(club)
    asked = {"question": "Who keeps the harbour's accounts?", "topic": "ferry"}
    assert "Berit Holm" in (await shown(club, club.ann.runs(club.general, "ask", **asked))).text
    await shown(club, club.mod.presses((await runs(club, "delete")).message, "Delete the topic"))
    await ferry(club, ())
    assert "Berit Holm" not in (await shown(club, club.ann.runs(club.general, "ask", **asked))).text


async def test_a_topic_goes_from_one_server_to_another_whole(club: Club) -> None:
    await ferry(club)
    exported = await runs(club, "export")
    (file,) = exported.message.attachments
    assert file.name == "ferry.zip"
    assert exported.message.ephemeral
    there = await other(club)
    seen = await shown(club, club.mod.runs(there, "topic import", pack=(file.name, file.data)))
    assert "Bring back the ferry." in seen.text
    assert await offered(club, club.mod, there) == ["north-korea", "ferry"]
    again = await runs(club, "export", place=there)
    assert again.message.attachments[0].data == file.data


async def other(club: Club) -> Place:
    """A channel of another server that the moderator manages too."""
    guild = club.discord.guild("Other Club")
    guild.member("mod", permissions=USUAL | Permissions(manage_guild=True).value)
    guild.member("zoe")
    await club.discord.until(lambda: guild.channels["general"].messages, LIMIT)
    return guild.channels["general"]


async def test_a_topic_is_imported_under_another_name_where_its_own_is_taken(club: Club, tmp_path: Path) -> None:
    await ferry(club, ())
    pack(digest_topic(), tmp_path / "ferry.zip")
    given = ("ferry.zip", (tmp_path / "ferry.zip").read_bytes())
    told = await refusal(club, club.mod.runs(club.general, "topic import", pack=given))
    assert told == "There is a topic 'ferry' already. Choose another id."
    bad = await refusal(club, club.mod.runs(club.general, "topic import", pack=given, name="A boat"))
    assert "The topic's id does not do" in bad
    seen = await shown(club, club.mod.runs(club.general, "topic import", pack=given, name="boat"))
    assert "/topic publish boat" in seen.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"PK no zip", "not a zip file"), (b"", "not a zip file"), ("../evil.yaml", "not a file of a topic pack")],
)
async def test_a_file_that_is_no_topic_is_told_in_one_sentence(
    club: Club, content: bytes | str, sentence: str
) -> None:
    told = await refusal(club, club.mod.runs(club.general, "topic import", pack=("t.zip", zipped(content))))
    assert told.startswith("t.zip: ")
    assert sentence in told
    assert await offered(club, club.mod) == ["north-korea"]


def zipped(content: bytes | str) -> bytes:
    if isinstance(content, bytes):
        return content
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr(content, "id: evil")
    return file.getvalue()


async def test_a_topic_too_big_for_discord_is_not_sent(club: Club) -> None:
    club.discord.limit_uploads(100)
    await ferry(club)
    assert "bigger than the" in await refusal(club, club.mod.runs(club.general, "topic export", topic="ferry"))


async def test_an_original_takes_its_digests_place(club: Club, tmp_path: Path) -> None:
    pack(digest_topic(), tmp_path / "ferry.zip")
    given = ("ferry.zip", (tmp_path / "ferry.zip").read_bytes())
    await shown(club, club.mod.runs(club.general, "topic import", pack=given))
    wrong = ("wrong.txt", "\n\n".join(LINES).encode())
    told = await refusal(club, club.mod.runs(club.general, "topic attach", topic="ferry", original=wrong))
    assert "not the original of" in told
    seen = await runs(club, "attach", original=("boat.txt", ORIGINAL.encode()))
    assert seen.text == "From now on “The boat” is quoted to the letter."
    message = await club.bob.writes(club.general, "The yard at Vik has one standing idle.")
    await runs(club, "use")
    assert "**Exact** · ¶3" in (await shown(club, club.mod.uses(message, "Check quotes"))).text


async def test_a_channel_has_a_topic_of_its_own(club: Club) -> None:
    await ferry(club)
    harbour = club.guild.channel("harbour")
    used = await runs(club, "use", place=harbour)
    assert harbour.mention in used.text
    question = {"question": "Who keeps the harbour's accounts?"}
    assert "Berit Holm" in (await shown(club, club.ann.runs(harbour, "ask", **question))).text
    assert "Berit Holm" not in (await shown(club, club.ann.runs(club.general, "ask", **question))).text


async def test_many_topics_are_listed_on_as_many_pages_as_it_takes(club: Club) -> None:
    kept = await house(club)
    for n in range(30):
        motion = f"Motion {n}: " + "the council should do more for boats " * 4
        await club.client.work(club.desk.setup.create(kept, f"boat-{n}", motion, digest_topic().sides))
    seen = await shown(club, club.mod.runs(club.general, "topic list"))
    await at_rest()
    assert len(seen.messages) > 1
    assert all(f"`boat-{n}`" in seen.text for n in range(30))


SETTING_UP: Sequence[tuple[str, Mapping[str, Any]]] = [
    ("create", {}),
    ("add", {"topic": "ferry"}),
    ("attach", {"topic": "ferry", "original": FERRY}),
    ("review", {"topic": "ferry"}),
    ("publish", {"topic": "ferry"}),
    ("archive", {"topic": "ferry"}),
    ("delete", {"topic": "ferry"}),
    ("export", {"topic": "ferry"}),
    ("import", {"pack": FERRY}),
    ("use", {"topic": "ferry"}),
]


async def test_all_that_sets_up_is_for_those_who_may(club: Club) -> None:
    await ferry(club)
    for command, options in SETTING_UP:
        told = await refusal(club, club.ann.runs(club.general, f"topic {command}", **options))
        assert told == "Setting up takes the Manage Server permission, or a role named in /settings.", command
    topic = await club.client.work((await house(club)).topics.load("ferry"))
    assert topic.sources


async def test_a_button_is_for_those_who_may_when_it_is_pressed(club: Club) -> None:
    await ferry(club)
    coach = club.guild.role("coach")
    club.guild.members[club.ann.id].roles.append(coach)
    await decreed(club, managers=(coach.id,))
    sure = await shown(club, club.ann.runs(club.general, "topic delete", topic="ferry"))
    await decreed(club, managers=())
    assert "Setting up takes" in await refusal(club, club.ann.presses(sure.message, "Delete the topic"))
    assert "ferry" in await offered(club, club.mod)


async def test_topics_are_set_up_in_servers_only(club: Club) -> None:
    with pytest.raises(NotOffered):
        await club.mod.runs(None, "topic create")


async def test_one_server_sees_nothing_of_anothers(club: Club) -> None:
    await ferry(club)
    there, zoe = await other(club), club.discord.person("zoe")
    assert await offered(club, zoe, there) == ["north-korea"]
    told = await refusal(club, zoe.runs(there, "ask", question="Who keeps the accounts?", topic="ferry"))
    assert told == "No topic 'ferry' is on offer here. There is: north-korea."
    for command in ("show", "export", "review", "publish", "delete"):
        assert "No topic 'ferry'" in await refusal(club, club.mod.runs(there, f"topic {command}", topic="ferry"))
    assert "ferry" not in (await shown(club, club.mod.runs(there, "topic list"))).text


async def test_one_server_sees_nothing_of_anothers_rounds(club: Club) -> None:
    thread = await opened(club)
    round = (await table(club, thread)).round.id
    there = await other(club)
    for command in ("flow", "ballot", "end"):
        told = await refusal(club, club.mod.runs(there, f"debate {command}", round=round))
        assert told == "That round is not kept here any more."
    assert "You have no rounds here yet" in (await shown(club, club.mod.runs(there, "debate list"))).text
    assert not await club.mod.suggests(there, "debate end", "round", round)


async def test_a_button_of_one_server_opens_nothing_in_another(club: Club) -> None:
    there = await other(club)
    screens = [
        (await shown(club, club.mod.runs(place, "ask", question="Who is Robert McCoy?"))).message
        for place in (club.general, there)
    ]
    here, elsewhere = (screen.parts(Kind.BUTTON)[0] for screen in screens)
    elsewhere["custom_id"] = here["custom_id"]
    told = await refusal(club, club.mod.presses(screens[1], custom_id=here["custom_id"]))
    assert told == "That is not kept any more."
