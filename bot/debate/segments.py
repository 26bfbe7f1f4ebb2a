"""The smallest pieces of a message that can each be a claim."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_SHORTEST = 2

_BE = r"(?:is|are|was|were|will|would|can|could|has|have|had|do|does|did|should|must|may|might|\w+n't)"
_SUBJECT = rf"""(?:the|we|they|it|he|she|you|our|their|his|kim|trump|north|south|america|washington|pyongyang
            |sanctions|talks|talking|diplomacy|pressure|people|nobody|everyone|there|congress|no|any|each|every|some|most
            |(?:seoul|tokyo|beijing|china|russia|japan|moscow)\s+(?:{_BE}|[a-z]+s))\b"""
_CLAUSE = rf"(?={_SUBJECT}|(?:\S+\s+){{1,3}}{_BE}\b|\S+\s+\w+(?:ed|[^s]s)\b)"
_JOINT = re.compile(
    rf"""\s*;\s+ | \s+\+\s+ | ,?\s+(?:and\s+also|and\s+besides|and\s+anyway|plus|on\s+top\s+of\s+that
        |not\s+to\s+mention|second(?:ly),?|third(?:ly),?|on\s+the\s+other\s+hand),?\s+ | \s*,?\s&\s+{_CLAUSE}
      | \s*,\s+whereas\s+
      | ,\s+(?:and|also|besides|as\s+well\s+as)\s+(?!then\b|so\b|that\b|which\b|who\b|even\b){_CLAUSE}
      | ,\s+and\s+(?=that\s+{_SUBJECT}|(?:once|if|when)\s+{_SUBJECT}) | \s+and\s+(?={_SUBJECT})
      | ,\s+(?={_SUBJECT}|\S+\s+(?:{_BE}|failed|fails?|works?|worked|helps?|hurts?)\b)
      | \s+(?=\(?(?:\d|[a-c])\)\s)""",
    re.IGNORECASE | re.VERBOSE,
)
_WEAK = re.compile(
    r"""\s*[,–—-]*\s+(?:and|also|plus|but|whereas|while|then|so)\s+(?:also\s+|then\s+)? | \s*&\s+ | ,\s+ | \s+[–—-]\s+
      | (?:\s*[,:]|\s+and)\s+(?:second(?:ly)?|third(?:ly)?|last(?:ly)?|finally|on\s+the\s+other\s+hand)[,:]?\s+""",
    re.IGNORECASE | re.VERBOSE,
)
_CONDITION = re.compile(
    r"(?:even\s+)?(?:if|when|whenever|since|because|while|as|although|though|unless|until|after|before|once|given|where|by"
    r"|with|without|in|on|for|at|to|of\s+course|yes|no|well|sure|honestly|first|second|third|instead|under)\b",
    re.IGNORECASE,
)
VERB = re.compile(
    rf"""\b(?:{_BE}|be|been|am|let|get|got|go|goes|went|give|gave|keep|kept|make|made|take|took|want|need|know|say|said|see|saw
        |come|came|put|pay|paid|buy|sell|sold|win|won|lose|lost|cost|hurt|help|work|talk|stop|end|break|broke|cheat|lie
        |kill|feed|starve|start|become|became|think|feel|felt|mean|meant|build|built|fall|fell|hold|held|trust)\b
      | \w['’](?:s|re|ve|ll|d|m)\b | \b[a-z]\w+(?:ed|[^su]s|ing)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A word that may be a verb: what has none claims nothing."""
_NAMES = re.compile(r"(?<=\s)[A-Z]\w+")
_SOMEONE = re.compile(r"\W*(?:i|we|they|he|she|it|you|this|that|there)\b", re.IGNORECASE)
_HANGS = re.compile(
    r"""^(?:even\s+)?(?:if|when|whenever|since|because|as|although|though|unless|until|after|before|once|given|where
        |each\s+time|every\s+time|the\s+moment|the\s+day)\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What a clause begins with that the next one completes."""
_ORDINAL = re.compile(
    r"""^(?:[-*•]\s+|\(?(?:\d|[a-c])[.)]\s*|(?:ok(?:ay)?|well|so|and|but|also|plus|anyway|besides)[,\s]+ | look,\s+
        |(?:first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly|next|to\s+start|for\s+one|for\s+another
        |on\s+top\s+of\s+that|apart\s+from\s+that|not\s+to\s+mention|then\s+there(?:['’]s|\s+is)(?:\s+the\s+fact)?|meanwhile
        |in\s+addition|moreover|furthermore|what\s+is\s+more|(?:number\s+)?(?:one|two|three)(?=[,:]))(?:\s+of\s+all)?(?:[,:]\s*|\s+))+""",
    re.IGNORECASE | re.VERBOSE,
)
_LISTED = re.compile(
    r"\d|[a-c][.)]|[-*•]|also|besides|plus|first|second|third|final|last|next|start|one|two|three|anoth|top|apart"
    r"|mention|there|meanwhile|addition|more",
    re.IGNORECASE,
)
_REASONS = re.compile(
    r"""^(?:because|since|so|therefore|thus|hence|which|who|for\s+example|for\s+instance|in\s+other\s+words|i\s+mean
        |imagine|think\s+about|otherwise|then|if\s+so|meaning)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LEANS = re.compile(rf"^(?:that|this|these|those|it|they|he|she)\b|{_REASONS.pattern}", re.IGNORECASE | re.VERBOSE)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a message, and whether it leans on the piece before it: because …, that …, it …

    ``listed`` says that the speaker counts it as one of several: first …, besides …, 2) …
    ``parts`` are the pieces that it falls into at every "and" and comma: separate claims only if each is a known one.
    """

    text: str
    leans: bool = False
    listed: bool = False
    parts: tuple[str, ...] = ()


def names_only(text: str) -> bool:
    """Return whether a piece names things and says nothing of them: the Agreed Framework."""
    return not VERB.search(_NAMES.sub("", text)) and not _SOMEONE.match(text)


def segments(message: str, sentences: Sequence[str]) -> list[Segment]:
    """Return the smallest pieces of a message that can each be a claim, as they stand in it, in order."""
    found: list[Segment] = []
    for sentence in sentences:
        for number, piece in enumerate(_pieces(sentence)):
            text = _ORDINAL.sub("", piece.strip()).strip() or piece.strip()
            listed = bool(_LISTED.search(piece.strip().removesuffix(text)))
            leans = bool(found) and not listed and bool((_REASONS if number else _LEANS).match(text))
            if text:
                found.append(Segment(text, leans, listed, tuple(_parts(text))))
    return found or [Segment(message.strip())]


def _pieces(sentence: str) -> Iterator[str]:
    start = 0
    for joint in _JOINT.finditer(sentence):
        left, right = sentence[start : joint.start()], sentence[joint.end() :]
        hangs = joint.group().strip() == "," and _CONDITION.match(left.strip())
        linked = joint.group().strip().lower()
        named = left.rpartition(",")[2] if linked == "and" else left
        bare = linked in ("and", ", and") and not VERB.search(named)
        if not (hangs or bare) and min(len(left.split()), len(right.split())) >= _SHORTEST:
            yield left
            start = joint.end()
    yield sentence[start:]


def _parts(text: str) -> list[str]:
    """Return what a piece falls into at its weak joints; nothing when it holds together."""
    found: list[str] = []
    start = 0
    for joint in _WEAK.finditer(text):
        left, right = text[start : joint.start()], text[joint.end() :]
        hangs = joint.group().strip(" ,") in ("", "then") and _HANGS.match(left)
        granted = not found and joint.group().strip(" ,").lower() == "but"  # fair, but …
        if not hangs and len(left.split()) >= (1 if granted else _SHORTEST) and len(right.split()) >= _SHORTEST:
            found.append(left)
            start = joint.end()
    return [*found, text[start:]] if found else []
