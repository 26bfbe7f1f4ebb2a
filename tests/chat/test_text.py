"""Words made fit for Discord: nothing in them acts, and no page is too long or breaks a citation."""

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.chat.text import LIMIT, brief, pages, plain, quoted

MARK = re.compile(r"\*\*\[\d+\]\*\*")
LIVE = re.compile(r"(?<!\\)(?:\\\\)*(?P<live>[*_~`|\[<]|(?m:^\s*(?:(?:#{1,3}|-#|-|\+|>)(?=\s|$)|\d+\.(?=\s))))")
SNIPPETS = (
    "<@1>",
    "<@&2>",
    "<#3>",
    "<t:4:R>",
    "</ask:5>",
    "@everyone",
    "@here",
    "discord.gg/abc",
    "DISCORD.COM/invite/x",
    "discordapp . com / invite",
    "[a](https://b.c)",
    "**",
    "__",
    "~~",
    "```",
    "||",
    "\\",
    "# ",
    "-# ",
    "> ",
    ">>> ",
    "- ",
    "1. ",
    "\n",
    "\r",
    "\u2028",
    "\x85",
    "\u202e",
    "Dr. No said so. ",
    "word ",
)
TEXTS = st.lists(st.sampled_from(SNIPPETS) | st.text(max_size=8), max_size=40).map("".join)
SENTENCES = st.integers(1, 60).map(lambda n: " ".join(["claim"] * n).capitalize() + ".")
MARKS = st.lists(st.integers(1, 30), max_size=4).map(lambda found: "".join(f" **[{n}]**" for n in found))
POINTS = st.lists(SENTENCES, min_size=1, max_size=8).map(" ".join)
REPLIES = st.lists(st.builds(str.__add__, POINTS, MARKS), min_size=1, max_size=6)


@settings(deadline=None)
@given(TEXTS)
def test_nothing_in_plain_text_acts(text: str) -> None:
    shown = plain(text)
    assert not LIVE.search(shown), LIVE.search(shown)
    assert not re.search(r"@(everyone|here)", shown, re.IGNORECASE)
    assert not re.search(r"discord(app)?\s*\.\s*(gg|com|io|me)\s*/", shown, re.IGNORECASE)
    assert "\u202e" not in shown


@settings(deadline=None)
@given(TEXTS)
def test_nothing_in_a_quotation_acts_or_leaves_it(text: str) -> None:
    for line in quoted(text).split("\n"):
        assert line.startswith("> ")
        assert not LIVE.search(line[2:])
        assert line.splitlines() == [line]


@settings(deadline=None)
@given(st.text(alphabet="abc .!?äß漢", max_size=300))
def test_what_needs_nothing_done_is_left_as_it_is(text: str) -> None:
    assert plain(text) == text


@settings(deadline=None)
@given(REPLIES, st.sampled_from([200, 600, LIMIT]))
def test_pages_hold_everything_in_order_within_the_limit(paragraphs: list[str], limit: int) -> None:
    found = pages(paragraphs, limit)
    assert all(len("\n\n".join(page)) <= limit for page in found)
    assert " ".join(part for page in found for part in page).split() == " ".join(paragraphs).split()


@settings(deadline=None)
@given(REPLIES, st.sampled_from([200, 600, LIMIT]))
def test_pages_part_no_citation_from_its_sentence(paragraphs: list[str], limit: int) -> None:
    parts = [part for page in pages(paragraphs, limit) for part in page]
    assert not any(MARK.match(part) for part in parts)
    assert sum(len(MARK.findall(part)) for part in parts) == sum(len(MARK.findall(part)) for part in paragraphs)


@settings(deadline=None)
@given(TEXTS.filter(str.strip), st.integers(20, 80))
@example("|" * 60, 21)
@example("<@1><@1><@1>[a](https://b.c)-# 0000000<@1>-# 1. <@1>", 20)
def test_pages_cut_no_escape_in_two(text: str, limit: int) -> None:
    for page in pages([plain(text)], limit):
        for part in page:
            assert not LIVE.search(part), part


def test_what_goes_on_a_quotation_is_one_and_begins_nothing_else() -> None:
    parts = [part for page in pages([quoted("word # " * 40)], 50) for part in page]
    assert len(parts) > 2
    assert all(part.startswith("> ") and not part.startswith("> # ") for part in parts)


@settings(deadline=None)
@given(st.text(max_size=600), st.integers(10, 300))
def test_brief_is_brief(text: str, most: int) -> None:
    assert len(brief(text, most)) <= most + 1


@pytest.mark.parametrize("text", ["", " ", "\n"])
def test_a_quotation_of_nothing_is_a_quotation(text: str) -> None:
    assert quoted(text).startswith(">")
