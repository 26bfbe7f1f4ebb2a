"""What is said of the round itself: calls on the judge, and complaints that something got no answer."""

from enum import StrEnum
from pathlib import Path

import yaml


class Appeal(StrEnum):
    """What a sentence that makes no claim on the matter asks for."""

    WEIGH = "weigh"
    UNANSWERED = "unanswered"


def examples() -> list[tuple[Appeal, str]]:
    """Return the labelled example sentences that come with the software."""
    path = Path(__file__).parent / "listening" / "appeals.yaml"
    written: dict[str, list[str]] = yaml.safe_load(path.read_text("utf-8"))
    return [(Appeal(appeal), text) for appeal, texts in written.items() for text in texts]
