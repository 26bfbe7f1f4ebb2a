"""Citations: made from passages, checked at the moment of sending."""

from collections.abc import Iterable
from dataclasses import replace

from bot.debate.turn import Citation, Point, Reply
from knowledge.sources import Kind
from knowledge.topics import Topic


def cite(topic: Topic, passages: Iterable[str]) -> tuple[Citation, ...]:
    """Return citations of the passages with these ids; KeyError when the topic has no such passage."""
    return tuple(_citation(topic, name) for name in passages)


def resolves(topic: Topic, citation: Citation) -> bool:
    """Return whether the citation's text is, to the letter, what stands at its place in its source."""
    try:
        passage = topic.passage(citation.passage_id)
        text = topic.source(passage.source_id).text[citation.start : citation.end]
    except KeyError:
        return False
    return text == citation.text and citation.locator == passage.locator


def checked(topic: Topic, side: str, reply: Reply) -> Reply:
    """Return the reply without the points whose citations or quotation do not resolve, or do not serve the side."""
    return replace(reply, points=tuple(point for point in reply.points if _stands(topic, side, point)))


def _stands(topic: Topic, side: str, point: Point) -> bool:
    if point.quote and not any(c.kind is Kind.VERBATIM and point.quote in c.text for c in point.citations):
        return False
    return all(resolves(topic, c) and topic.serves(c.passage_id, side) for c in point.citations)


def told(citation: Citation) -> str:
    """Return a citation's words as a reply may say them: in quotation marks where they are the author's own."""
    return f"“{citation.text}”" if citation.kind is Kind.VERBATIM else citation.text


def _citation(topic: Topic, name: str) -> Citation:
    passage = topic.passage(name)
    source = topic.source(passage.source_id)
    return Citation(passage.id, source.title, passage.locator, source.kind, passage.text, passage.start, passage.end)
