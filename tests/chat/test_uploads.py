"""Readings added to a topic on Discord: files of every kind, and all that can be wrong with one."""

import pytest
from docx.document import Document
from reportlab.pdfgen.canvas import Canvas

from bot.chat import progress, uploads
from knowledge.limits import USUAL
from tests.chat.steps import FERRY, LIMIT, at_rest, ferry, house, refusal, shown
from tests.support.club import Club
from tests.support.discord import Seen
from tests.support.discord.media import File
from tests.support.files import drawn, word

LINES = "The boat carried nurses to the night shift in winter.", "The road round the bay closes when it snows."


async def adds(club: Club, *files: File, side: str = "Find it out") -> Seen:
    opened = await club.mod.runs(club.general, "topic add", topic="ferry")
    return await club.mod.fills(opened.modal, {"Readings": list(files), "Which side do they argue for?": side})


async def readings(club: Club) -> list[str]:
    topic = await club.client.work((await house(club)).topics.load("ferry"))
    return [source.title for source in topic.sources]


@pytest.mark.slow
async def test_files_of_every_kind_are_read_at_once(club: Club) -> None:
    def page(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "The harbour master keeps the old timetable in his desk.")

    def letter(document: Document) -> None:
        document.add_paragraph("The school moved to the mainland when the boat was cut.")

    await ferry(club, ())
    files = [
        FERRY,
        ("notes.md", b"# Notes\n\nThe county *never* asked the fishermen what they thought of it."),
        ("page.html", f"<html><body><article><p>{'. '.join(LINES)}</p></article></body></html>".encode()),
        ("harbour.pdf", drawn(page)),
        ("school.docx", word(letter)),
    ]
    seen = await shown(club, adds(club, *files))
    await at_rest()
    assert seen.text.startswith("Added to **ferry**")
    assert len(await readings(club)) == 5


async def test_readings_argue_for_the_side_that_is_named(club: Club) -> None:
    await ferry(club, ())
    await adds(club, ("lines.txt", "\n\n".join(LINES).encode()), side="Against the motion")
    await at_rest()
    topic = await club.client.work((await house(club)).topics.load("ferry"))
    assert {note.helps for note in topic.notes.values()} == {"road"}


def spoil(club: Club, name: str) -> None:
    """Have something go wrong on a file's way here, as its name says."""
    cdn = club.discord.cdn
    match name:
        case "half.txt":
            cdn.truncate(name)
        case "less.txt":
            cdn.understate(name, 400)
        case "moved.txt":
            cdn.redirect(name, f"{club.discord.origin}/cdn/x.png")
        case "big.txt":
            cdn.understate(name, USUAL.max_bytes + 1)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("cat.png", b"\x89PNG\r\n\x1a\n", "files ending in .png cannot be read"),
        ("cat.txt", b"\x89PNG\r\n\x1a\n", "a PNG picture, which cannot be read"),
        ("page.pdf", b"Only words.", "not a PDF, though its name says so"),
        ("empty.txt", b"", "empty.txt"),
        ("blank.txt", b" \n\n ", "blank.txt"),
        ("half.txt", b"Words that break off.", "broke off on its way here"),
        ("less.txt", b"Fewer words than Discord said.", "only a part of it came"),
        ("moved.txt", b"Words.", "Discord does not hand it out (302)"),
        ("big.txt", b"Words.", "bigger than 20 MiB"),
    ],
)
async def test_a_file_that_does_not_do_is_told_in_one_sentence_and_changes_nothing(
    club: Club, name: str, content: bytes, sentence: str
) -> None:
    await ferry(club, ())
    spoil(club, name)
    told = await refusal(club, adds(club, FERRY, (name, content)))
    assert sentence in told
    assert name in told
    assert "/tmp" not in told
    assert not await readings(club)


async def test_a_file_that_does_not_come_is_not_waited_for(club: Club, monkeypatch: pytest.MonkeyPatch) -> None:
    await ferry(club, ())
    monkeypatch.setattr(uploads, "SECONDS", 0.2)
    club.discord.cdn.hang("letter.txt")
    assert await refusal(club, adds(club, FERRY)) == "letter.txt: did not come in time. Upload it again."
    assert not await readings(club)


async def test_nothing_is_fetched_from_outside_discord(club: Club) -> None:
    await ferry(club, ())
    club.client.cdn = uploads.HOSTS
    told = await refusal(club, adds(club, FERRY))
    assert told == "letter.txt: lies outside Discord. Upload the file itself."
    assert not club.discord.cdn.served


async def test_a_file_that_turns_out_too_big_is_left_off(club: Club) -> None:
    await ferry(club, ())
    club.discord.cdn.understate("big.txt", 4)
    assert "bigger than 20 MiB" in await refusal(club, adds(club, ("big.txt", b"x" * (USUAL.max_bytes + 1))))


async def test_a_reading_that_the_topic_has_is_refused_by_its_name(club: Club) -> None:
    await ferry(club)
    told = await refusal(club, adds(club, ("again.txt", FERRY[1])))
    assert told == "again.txt: ferry has this reading already. Nothing was added."
    assert await readings(club) == ["The Boat We Lost"]


@pytest.mark.slow
async def test_the_progress_of_a_long_reading_and_its_end_are_told_in_one_message(
    club: Club, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "EVERY", 0.01)
    await ferry(club, ())
    long = "\n\n".join(f"In year {n} the ferry carried {n} hundred people to the mainland." for n in range(150))
    seen = await adds(club, ("long.txt", long.encode()))
    await club.discord.until(lambda: "%" in seen.text, LIMIT)
    assert seen.text.startswith("**ferry** · ")
    await club.discord.until(lambda: "Added to" in seen.text, LIMIT)
    await at_rest()
    (message,) = seen.messages
    assert "%" not in message.text
    assert message.edits
