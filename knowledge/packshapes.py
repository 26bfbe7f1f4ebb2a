"""The files of a topic pack, as shapes that they are checked against. packfiles tells which file has which."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from knowledge.sources import Kind
from knowledge.topics import Attack, Role

Text = Annotated[str, Field(min_length=1)]
Offset = Annotated[int, Field(ge=0)]


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SideShape(_File):
    """A side in topic.yaml."""

    id: Annotated[str, Field(pattern=r"^[^\s\x00-\x1f\x7f]([^\r\n\x00-\x1f\x7f]{0,38}[^\s\x00-\x1f\x7f])?$")]
    holds: Text


class ClashShape(_File):
    """Two blocks that one speaker can't hold at once."""

    between: Annotated[list[Text], Field(min_length=2, max_length=2)]
    why: Text


class Head(_File):
    """topic.yaml."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    version: Text
    motion: Text
    sides: Annotated[list[SideShape], Field(min_length=2, max_length=2)]
    licence: Text
    attribution: Text
    clashes: list[ClashShape] = []


class Line(_File):
    """A passage of a digest: ``at`` is the paragraph that it sums up."""

    id: Text
    at: Annotated[int, Field(ge=1, lt=10**9)]
    role: Role
    helps: Text
    says: Text


class Digest(_File):
    """A reading of which the pack holds a digest."""

    id: Text
    title: Text
    kind: Literal[Kind.DIGEST]
    author: str = ""
    date: str = ""
    passages: Annotated[list[Line], Field(min_length=1)]


class Original(_File):
    """The spans, in the text beside, of a digest's passages; ``paragraphs`` as in Verbatim."""

    sha256: Text
    paragraphs: list[Annotated[list[Offset], Field(min_length=3, max_length=4)]] = []
    spans: dict[str, Annotated[list[Offset], Field(min_length=2, max_length=2)]]


class Span(_File):
    """A passage of a verbatim reading; one that nobody has annotated has neither role nor side."""

    id: Text
    at: Text
    start: Offset
    end: Offset
    role: Role | None = None
    helps: str = ""


class Verbatim(_File):
    """A reading whose text stands beside; a paragraph is its number, its offsets and its page if it has one."""

    id: Text
    title: Text
    kind: Literal[Kind.VERBATIM]
    author: str = ""
    date: str = ""
    sha256: Text
    paragraphs: list[Annotated[list[Offset], Field(min_length=3, max_length=4)]] = []
    passages: list[Span] = []


class NoteShape(_File):
    """What stands of a passage in the notes beside its reading."""

    how: dict[str, Text] = {}
    counters: dict[str, list[Text]] = {}
    asks: list[Text] = []
    denies: list[Text] = []
    confidence: Annotated[float, Field(ge=0, le=1)] = 1.0
    line: str = ""


class ArgumentShape(_File):
    """An argument; drafts may lack warrant and impact."""

    id: Text
    side: Text
    claim: Text
    warrant: str = ""
    impact: str = ""
    rests_on: list[Text] = []


class Met(_File):
    """An argument as somebody put it, and the locators of the paragraphs that answer it."""

    says: Text
    met_by: Annotated[list[Text], Field(min_length=1)]


class PrecedentsShape(_File):
    """Arguments that a reading answers for a side."""

    side: Text
    reading: Text
    arguments: Annotated[list[Met], Field(min_length=1)]


class AnswerShape(_File):
    """A prepared answer."""

    attack: Attack
    text: Text
    so: str = ""
    cites: list[Text] = []


class BlockShape(_File):
    """A block; ``side`` may be left to the file's name."""

    id: Text
    side: str = ""
    they_say: Text
    matter: Text
    phrasings: Annotated[list[Text], Field(min_length=3)]
    answers: Annotated[list[AnswerShape], Field(min_length=2)]
    question: str = ""


class Theme(_File):
    """A block that holds in any debate."""

    id: Text
    theme: Text
    phrasings: Annotated[list[Text], Field(min_length=3)]
    answers: Annotated[list[AnswerShape], Field(min_length=1)]
