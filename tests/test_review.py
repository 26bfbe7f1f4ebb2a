import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.console import Console

from bot.debate.citations import checked
from bot.debate.plan import Plan, Planned
from bot.debate.round import Round
from bot.debate.turn import Move
from bot.keyboard import Piped
from bot.review import Reviewing
from bot.store.database import database
from bot.store.topics import Topics
from bot.voices.composer import Composer
from knowledge.passages import Passage
from knowledge.reviewing import Review
from knowledge.sources import Kind, Source
from knowledge.topics import Argument, Note, Role, Side, Topic

TEXT = "Trams are quiet. Rails last. Buses are cheap."
VECTORS = {"first": np.array([1, 0], np.float32), "second": np.array([0, 1], np.float32)}


class Kept:
    """Decisions kept in memory."""

    def __init__(self) -> None:
        self.decided: dict[str, Note] = {}
        self.dropped: list[str] = []
        self.sides: list[str] = []
        self.claims: list[str] = []
        self.learned: Mapping[str, Note] = {}

    async def decide(
        self, name: str, passage_id: str, note: Note, arguments: Sequence[Argument], dropped: Sequence[str]
    ) -> None:
        assert name == "town"
        self.decided[passage_id] = note
        self.claims += [argument.claim for argument in arguments]
        self.sides += [argument.side for argument in arguments]
        self.dropped += dropped

    async def learn(
        self, name: str, notes: Mapping[str, Note], arguments: Sequence[Argument], dropped: Sequence[str]
    ) -> None:
        assert name == "town"
        self.learned = {**self.learned, **notes}
        self.sides += [argument.side for argument in arguments]
        self.dropped += dropped


def topic() -> Topic:
    spans = {"first": (0, 28), "second": (29, 45)}
    passages = tuple(Passage(name, "paper", "¶1", a, b, TEXT[a:b]) for name, (a, b) in spans.items())
    notes = {
        "first": Note(Role.CLAIM, "buses", confidence=0.5, line="Trams are quiet."),
        "second": Note(Role.CLAIM, "buses", confidence=0.8, line="Buses are cheap."),
    }
    arguments = tuple(Argument(f"mined/{name}", "buses", notes[name].line, "", "", (name,)) for name in spans)
    return Topic(
        "town", "1", "Trams?", (Side("trams", "yes"), Side("buses", "no")), "", "",
        (Source("paper", "Paper", Kind.VERBATIM, TEXT),), passages, notes, arguments, (),
    )  # fmt: skip


def keys(pressed: str) -> Piped:
    """Return these keystrokes; what is typed behind a "w" ends with a bar."""
    return Piped(io.StringIO("\n".join(re.findall(r"w[^|]*|[^|]", pressed))))


async def reviewed(pressed: str) -> tuple[Kept, str]:
    made, kept, page = topic(), Kept(), io.StringIO()
    session = Reviewing(Console(file=page, width=100), made, Review(made, VECTORS), kept)
    await session.run(keys(pressed))
    return kept, page.getvalue()


async def test_a_number_decides_the_side_and_the_next_passage_comes() -> None:
    kept, page = await reviewed("1")
    assert kept.decided["first"].helps == "trams"
    assert kept.decided["first"].confidence == 1
    assert kept.sides[0] == "trams"
    assert page.index("Trams are quiet. Rails last.") < page.index("Buses are cheap.")
    assert "1 left" in page


async def test_role_and_line_are_mended_before_the_side_is_kept() -> None:
    kept, _ = await reviewed("elk")
    assert kept.decided["first"].role is Role.EVIDENCE
    assert kept.decided["first"].line == "Rails last."
    assert kept.decided["first"].helps == "buses"


async def test_a_claim_is_put_into_words_and_the_passage_still_quoted() -> None:
    for pressed in ("wrails  last longest|k", "wrails last longest.|lk"):
        kept, page = await reviewed(pressed)
        assert kept.claims[0] == "rails last longest."
        assert kept.decided["first"].line in TEXT
        assert "it claims: rails last longest." in page


async def test_words_of_the_passage_are_quoted_and_an_unchanged_claim_stays() -> None:
    kept, _ = await reviewed("wRails last.|k")
    assert (kept.claims[0], kept.decided["first"].line) == ("Rails last.", "Rails last.")
    kept, _ = await reviewed("wRails rust.|w|k")
    assert kept.claims[0] == "Rails rust."


async def test_a_claim_in_the_reviewers_words_is_kept_and_speaks_in_a_round(tmp_path: Path) -> None:
    made, decided = await stored("wRails rust.|1q", tmp_path / "worded.db")
    assert decided == {"first"}
    assert made.argument("mined/first").claim == "Rails rust."
    again = Review(made, VECTORS, decided)
    again.decide("second", replace(again.notes["second"], helps="neither"))
    assert [a.claim for a in again.redrawn(["first"])[0]] == ["Rails rust."]
    move = Planned(Move.EXTEND, argument=made.argument("mined/first"), key="mined/first")
    reply = Composer(made).reply(Round("r", "town", "trams"), Plan((move,)), 200)
    (point,) = checked(made, "trams", reply).points
    assert "Rails rust." in point.text
    assert (point.quote, point.tag) == ("Trams are quiet.", "Rails rust.")


async def test_a_claim_taken_back_is_the_passages_own_again(tmp_path: Path) -> None:
    assert await stored("wRails rust.|kuq", tmp_path / "restored.db") == (topic(), set())


async def test_what_is_dropped_helps_neither_side_and_its_argument_goes() -> None:
    kept, _ = await reviewed("d")
    assert kept.decided["first"].helps == "neither"
    assert kept.dropped[0] == "mined/first"


async def test_a_decision_can_be_taken_back_and_made_anew() -> None:
    kept, _ = await reviewed("1u2")
    assert kept.decided["first"].helps == "buses"


async def test_what_is_taken_back_is_as_it_was_before(tmp_path: Path) -> None:
    assert await stored("dd", tmp_path / "dropped.db") != (topic(), set())
    assert await stored("dduu", tmp_path / "restored.db") == (topic(), set())


async def stored(pressed: str, file: Path) -> tuple[Topic, set[str]]:
    """Return what the store has of the topic after a review, and the ids of what was decided."""
    async with database(f"sqlite+aiosqlite:///{file}") as engine:
        kept = Topics(engine)
        await kept.create(topic())
        session = Reviewing(Console(file=io.StringIO()), topic(), Review(topic(), VECTORS), kept)
        await session.run(keys(pressed))
        return await kept.load("town"), set(await kept.decided("town"))


async def test_the_review_stops_at_once_and_keeps_what_was_decided() -> None:
    kept, page = await reviewed("1q2")
    assert list(kept.decided) == ["first"]
    assert page.rstrip().splitlines()[-1].startswith("1 left")


async def test_what_is_skipped_is_left_undecided() -> None:
    kept, page = await reviewed("s1")
    assert list(kept.decided) == ["second"]
    assert "1 left" in page


async def test_a_key_without_a_meaning_shows_the_keys_and_decides_nothing() -> None:
    kept, page = await reviewed("?")
    assert not kept.decided
    assert page.count("keep as it is") == 2
