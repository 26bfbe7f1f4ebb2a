"""Answers, evidence, rebuttals and verdicts on quotations on Discord's screen."""

from collections.abc import Sequence
from typing import Any

from discord import ui

from bot.chat.roundviews import BOT_ACCENT, PLAIN_ACCENT, paragraphs, place, shown_cards, sources, texts
from bot.chat.screen import Control, box, button, row, screen
from bot.chat.text import LIMIT, brief, pages, plain, quoted
from bot.debate.turn import Citation
from bot.desk.asking import Evidence, Rebuttal
from bot.store.answers import Answered
from bot.study import Answer
from knowledge.quotes import Checked, Verdict
from knowledge.sources import Kind
from knowledge.topics import Topic
from prompts import said

IN_A_ROW = 5
"""Buttons that Discord takes in a row."""
MOST_PASSAGES = 19
"""Passages that have a button: with the one for all they fill four rows, and Discord takes 40 parts in a message."""


def answer(kept: Answered, told: Answer, words: bool = True) -> list[ui.LayoutView]:
    """Return an answer under its question; without ``words``, the passages alone."""
    cited = told.citations
    shown = [plain_marked(told.text, len(cited))] if words or not cited else shown_cards(cited)
    places = sources(cited, 0) if words else []
    head = f"{said('asked', user=kept.user)}\n{quoted(brief(kept.question, 400))}"
    parts = pages([head, *shown, *places])
    return [*_boxed(parts[:-1]), _last(parts[-1], kept)]


def evidence(found: Evidence) -> list[ui.LayoutView]:
    """Return cards for a claim: the tag, where it is from, and the passage."""
    kept, side = found.kept, plain(found.side)
    head = f"{said('evidence_for', side=side)}\n{quoted(brief(kept.question, 400))}"
    other = _other("evidence_for", found)
    if not found.cards:
        return [screen(box(head, said("no_evidence", side=side), row(other), accent=PLAIN_ACCENT))]
    parts = pages([head, *shown_cards(kept.citations, [card.tag for card in found.cards])])
    paste = button("To paste", "paste", kept.id, found.sides.index(found.side))
    return [*_boxed(parts[:-1]), screen(box(*texts(parts[-1]), row(paste, other), accent=BOT_ACCENT))]


def rebuttal(found: Rebuttal, words: bool = True) -> list[ui.LayoutView]:
    """Return the answer to an argument; without ``words``, the passages alone."""
    kept, reply = found.kept, found.reply
    head = f"{said('rebutted', side=plain(found.side))}\n{quoted(brief(kept.question, 400))}"
    shown = paragraphs(reply) if words else shown_cards(reply.citations)
    places = sources(reply.citations, 0) if words else []
    parts = pages([head, *(shown or [said("no_cards")]), *places])
    return [*_boxed(parts[:-1]), _last(parts[-1], kept, row(_other("rebut_for", found)))]


def passage(number: int, citation: Citation) -> list[ui.LayoutView]:
    """Return one passage in full."""
    text = f"**[{number}] {place(citation)}**\n{quoted(citation.text)}"
    return [screen(box("\n".join(part), accent=PLAIN_ACCENT)) for part in pages([text])]


def to_paste(citations: Sequence[Citation], tags: Sequence[str] = ()) -> list[ui.LayoutView]:
    """Return cards, each under its tag where there is one, as text that can be copied as it stands."""
    tagged = zip(citations, tags or [""] * len(citations), strict=True)
    cards = [_card(number, citation, tag) for number, (citation, tag) in enumerate(tagged, 1)]
    fence = "```\n{}\n```"
    blocks = [fence.format(piece) for card in cards for (piece,) in pages([card], LIMIT - len(fence))]
    return [screen(ui.TextDisplay("\n".join(part))) for part in pages(blocks)]


def verdicts(topic: Topic, found: Sequence[Checked]) -> list[ui.LayoutView]:
    """Return what became of each quotation."""
    parts = pages([_verdict(topic, one) for one in found] or [said("nothing_to_check")])
    return _boxed(parts)


def plain_marked(text: str, marks: int) -> str:
    """Return text made plain, with its marks [1], [2] … as marks."""
    text = plain(text)
    for number in range(1, marks + 1):
        text = text.replace(f"\\[{number}\\]", f"**[{number}]**")
    return text


def _other(verb: str, found: Evidence | Rebuttal) -> Control:
    """Return the button that has the same done for the other side: which one is meant can't always be told."""
    number = 1 - found.sides.index(found.side)
    return button(brief(said("other_side", side=found.sides[number]), 80), verb, found.kept.id, number)


def _last(part: Sequence[str], kept: Answered, *more: ui.Item[Any]) -> ui.LayoutView:
    """Return the last page, with a button for each passage and one for all, to paste, and whatever ``more``."""
    if not kept.citations:
        return screen(box(*texts(part), *more, accent=BOT_ACCENT))
    count = min(len(kept.citations), MOST_PASSAGES)
    buttons = [button(f"Show passage {n}", "passage", kept.id, n) for n in range(1, count + 1)]
    buttons.append(button("To paste", "paste", kept.id))
    rows = [row(*buttons[at : at + IN_A_ROW]) for at in range(0, len(buttons), IN_A_ROW)]
    return screen(box(*texts(part), *rows, *more, accent=BOT_ACCENT))


def _boxed(parts: Sequence[Sequence[str]]) -> list[ui.LayoutView]:
    return [screen(box(*texts(part), accent=BOT_ACCENT)) for part in parts]


def _card(number: int, citation: Citation, tag: str) -> str:
    digest = "digest of " if citation.kind is Kind.DIGEST else ""
    where = f"[{number}] {citation.source}, {digest}{citation.locator}"
    lines = [where, citation.text] if tag in ("", citation.text) else [tag, where, citation.text]
    return "\n".join(lines).replace("```", "'''")


def _verdict(topic: Topic, one: Checked) -> str:
    head = quoted(brief(one.quote, 500))
    source = topic.source(one.source_id).title if one.source_id else ""
    where = ", ".join(plain(part) for part in (one.locator or "", source) if part)
    lines = [head, said(f"quote_{one.verdict.value}", place=where)]
    if one.verdict is Verdict.ALTERED and one.source_text:
        lines.append(quoted(brief(one.source_text, 900)))
    if one.digest:
        lines.append(f"-# {said('quote_digest')}")
    return "\n".join(lines)
