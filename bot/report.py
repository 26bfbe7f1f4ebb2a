"""A round as a page to read, print or hand on: HTML or Markdown."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.debate.ballot import Ballot
from bot.debate.citations import resolves
from bot.debate.flow import Response, Row
from bot.debate.round import Round
from bot.debate.turn import Citation, Speaker, Turn
from knowledge.topics import Topic
from prompts.pages import page


@dataclass(frozen=True, slots=True)
class Card:
    """A passage used as evidence, numbered through the round, with the turns that cite it.

    ``stands`` says whether its words are, to the letter, still at their place in the source.
    """

    number: int
    citation: Citation
    turns: tuple[int, ...]
    stands: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a speech and the numbers of the cards that it rests on."""

    text: str
    cards: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Speech:
    """A turn as it is read: its paragraphs, whoever gave it."""

    turn: Turn
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a flow sheet: an argument, each reply to it, and beside each reply what became of it in its turn.

    The second of a pair is None for a reply that makes no argument of its own.
    """

    row: Row
    replies: tuple[tuple[Response, Row | None], ...]


def html(round: Round, topic: Topic, rows: Sequence[Row], result: Ballot) -> str:
    """Return the round as one HTML page that needs nothing else: no file, no script, no network."""
    return page("report.html", **_contents(round, topic, rows, result))


def markdown(round: Round, topic: Topic, rows: Sequence[Row], result: Ballot) -> str:
    """Return the round as Markdown (CommonMark with GitHub's tables)."""
    return page("report.md", **_contents(round, topic, rows, result))


def cards(round: Round, topic: Topic) -> tuple[Card, ...]:
    """Return the evidence of the round, each passage once, numbered from 1 in order of first mention."""
    cited: dict[Citation, dict[int, None]] = {}
    for turn, point in round.points():
        for citation in point.citations:
            cited.setdefault(citation, {})[turn.number] = None
    return tuple(
        Card(number, citation, tuple(turns), resolves(topic, citation))
        for number, (citation, turns) in enumerate(cited.items(), 1)
    )


def sheet(rows: Sequence[Row], speaker: Speaker) -> list[Line]:
    """Return the flow of one speaker's case.

    The debater's is all that the debater argued. The bot's is what it argued beside its replies to that: these stand
    on the debater's sheet already.
    """
    own = {(row.speaker, row.turn, row.text): row for row in rows}
    other = Speaker.BOT if speaker is Speaker.USER else Speaker.USER
    replies = {(r.turn, r.text) for row in rows if row.speaker is Speaker.USER for r in row.responses}
    return [
        Line(row, tuple((reply, own.get((other, reply.turn, reply.text))) for reply in row.responses))
        for row in rows
        if row.speaker is speaker and (speaker is Speaker.USER or (row.turn, row.text) not in replies)
    ]


def _contents(round: Round, topic: Topic, rows: Sequence[Row], result: Ballot) -> dict[str, object]:
    evidence = cards(round, topic)
    numbers = {card.citation: card.number for card in evidence}
    return {
        "round": round,
        "topic": topic,
        "sides": {Speaker.USER: topic.other(round.side), Speaker.BOT: topic.side(round.side)},
        "speeches": [Speech(turn, tuple(_paragraphs(turn, numbers))) for turn in round.turns],
        "sheets": {speaker: sheet(rows, speaker) for speaker in (Speaker.USER, Speaker.BOT)},
        "tallies": {Speaker.USER: result.user, Speaker.BOT: result.bot},
        "ahead": result.ahead,
        "cards": evidence,
    }


def _paragraphs(turn: Turn, numbers: Mapping[Citation, int]) -> Iterator[Paragraph]:
    reply = turn.reply
    if reply is None:
        yield Paragraph(turn.text.strip())
        return
    said = [
        (reply.opening, ()),
        *((point.text, tuple(numbers[citation] for citation in point.citations)) for point in reply.points),
        (reply.closing, ()),
    ]
    yield from (Paragraph(text.strip(), marks) for text, marks in said if text or marks)
