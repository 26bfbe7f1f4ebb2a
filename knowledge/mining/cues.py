"""Words that tell who speaks in a sentence and what the sentence does."""

import re
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

import yaml

from knowledge.topics import Role


@dataclass(frozen=True, slots=True)
class Cues:
    """What the words of one sentence tell.

    ``reported``: somebody unnamed or opposed is given the word; ``says``: somebody is; ``friends`` and ``foes``: the
    people for or against a thing are spoken of; ``grants``: something is conceded; ``returns``: the speaker takes the
    word back; ``dismisses``: what was said is judged; then what gives a role away.
    """

    reported: bool
    says: bool
    friends: bool
    foes: bool
    grants: bool
    returns: bool
    dismisses: bool
    replies: bool
    boon: bool
    bane: bool
    studied: bool
    counted: bool
    ought: bool
    past: bool


def cues_of(sentence: str) -> Cues:
    """Return the cues in a sentence."""
    return Cues(*(bool(pattern.search(sentence)) for pattern in _patterns()))


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    """Return a pattern for each cue, in the order of its fields."""
    written: dict[str, list[str]] = yaml.safe_load(Path(__file__).with_name("cues.yaml").read_text("utf-8"))
    speech = f"(?:{'|'.join(written['speech'])})"
    patterns = ("|".join(written[field.name]).replace("{speech}", speech) for field in fields(Cues))
    spaced = (pattern.replace(" ", r"\s+") for pattern in patterns)
    # none begins right after a letter: said once, ahead of all that it may be, this makes the search twice as fast
    return tuple(re.compile(rf"(?<!\w)(?:{pattern})", re.IGNORECASE) for pattern in spaced)


def role_of(cues: Cues, own: bool) -> Role:
    """Return the role of a sentence; ``own`` says that it is said in the author's own voice."""
    if cues.grants and not cues.returns:
        return Role.CONCESSION
    if not own or (cues.reported and not cues.returns):
        return Role.VOICE
    if cues.past and not cues.studied:
        return Role.HISTORY
    if cues.studied and cues.counted:
        return Role.EVIDENCE
    if cues.ought:
        return Role.PROPOSAL
    return Role.EVIDENCE if cues.counted else Role.CLAIM
