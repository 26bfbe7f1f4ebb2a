import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.embedding import SentenceEncoder
from knowledge.mining import Mined, cut, mine, texts
from knowledge.passages import Passage, split
from knowledge.readers import read
from knowledge.sources import Kind, Paragraph, Source
from knowledge.topics import Role, Side

MOTION = "The town should bring its trams back."
SIDES = (Side("trams", "Trams should run again."), Side("buses", "The town should stay with its buses."))
COLUMN = """The town should bring its trams back. A tram carries three times as many as a bus.

Critics say that rails are dear. But the bill is paid once, and a bus is worn out in twelve years.

To be sure, the building work would close the High Street for a summer. Yet nobody remembers a closed street for long.

According to the council's survey of 2023, 64 per cent of residents would leave the car at home for a tram."""
BOTH_WAYS = """Supporters of the trams say that they are quiet. They carry more people, too.

Opponents reply that they are dear. The risk of a half-built line frightens them.

Supporters point to Ghent, where trams succeeded. Opponents point to Wigan, where the costs doubled."""


ENCODER = SentenceEncoder(threads=1)


def mined(text: str, side: str = "") -> tuple[tuple[Passage, ...], Mined]:
    passages = cut(SIDES, split(read(text.encode(), "paper.txt")), side)
    wanted = texts(MOTION, SIDES, passages)
    vectors = dict(zip(wanted, ENCODER.encode(wanted), strict=True))
    return passages, mine(MOTION, SIDES, passages, vectors, side)


def helped(text: str, words: str, side: str = "") -> str:
    passages, found = mined(text, side)
    return next(found.notes[p.id].helps for p in passages if words in p.text)


@pytest.mark.parametrize(
    ("words", "side", "role"),
    [
        ("rails are dear", "buses", Role.VOICE),
        ("paid once", "trams", Role.CLAIM),
        ("close the High Street", "buses", Role.CONCESSION),
        ("remembers a closed street", "trams", Role.CLAIM),
        ("64 per cent", "trams", Role.EVIDENCE),
    ],
)
def test_an_author_speaks_for_one_side_and_lets_the_other_speak(words: str, side: str, role: Role) -> None:
    passages, found = mined(COLUMN, "trams")
    note = next(found.notes[p.id] for p in passages if words in p.text)
    assert (note.helps, note.role) == (side, role)


@pytest.mark.parametrize(
    "back",
    ["They forget that a road is dug up as well.", "The objection does not hold. A road is dug up as well."],
)
def test_an_author_who_answers_has_taken_the_word_back(back: str) -> None:
    text = f"The bus company argues that rails only bring noise. {back} In Ghent noise fell by 4%."
    assert helped(text, "bring noise", "trams") == "buses"
    assert helped(text, "dug up", "trams") == "trams"


def test_the_same_column_given_to_the_other_side_helps_the_other() -> None:
    assert helped(COLUMN, "64 per cent", "buses") == "buses"
    assert helped(COLUMN, "rails are dear", "buses") == "trams"


def test_a_reading_that_argues_both_ways_is_told_apart_by_whom_it_lets_speak() -> None:
    assert helped(BOTH_WAYS, "are quiet", "both") == "trams"
    assert helped(BOTH_WAYS, "half-built line", "both") == "buses"


def test_nobody_told_and_one_voice_only_means_little_sureness() -> None:
    passages, found = mined("Rails last for fifty years.\n\nThey need little care.")
    assert all(found.notes[p.id].confidence < 0.7 for p in passages)


def test_a_quoted_line_is_an_exact_slice_without_its_hinge() -> None:
    passages, found = mined(COLUMN, "trams")
    for passage in passages:
        assert found.notes[passage.id].line in passage.text
        assert not re.match(r"(?i)(but|yet)\b", found.notes[passage.id].line)


def test_an_answer_knows_what_it_answers() -> None:
    passages, found = mined(COLUMN, "trams")
    note = next(found.notes[p.id] for p in passages if "paid once" in p.text)
    assert note.counters == {"trams": ("Critics say that rails are dear.",)}


def test_arguments_rest_on_passages_of_their_side() -> None:
    _, found = mined(COLUMN, "trams")
    assert {a.side for a in found.arguments} == {"trams", "buses"}
    for argument in found.arguments:
        assert argument.claim
        assert all(found.notes[name].serves(argument.side) for name in argument.rests_on)


def test_passages_are_cut_between_voices_and_nowhere_else() -> None:
    whole = split(read(COLUMN.encode(), "paper.txt"))
    pieces = cut(SIDES, whole, "trams")
    assert [p.locator for p in pieces] == ["¶1", "¶2", "¶2", "¶3", "¶3", "¶4"]
    assert {p.id for p in whole if p.locator in ("¶1", "¶4")} < {p.id for p in pieces}
    assert all(COLUMN[p.start : p.end] == p.text for p in pieces)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["", "both", "trams"]))
def test_any_text_can_be_mined(text: str, side: str) -> None:
    source = Source("wild", "Wild", Kind.VERBATIM, text, paragraphs=(Paragraph(1, 0, len(text)),))
    passages = cut(SIDES, split(source), side)
    wanted = texts(MOTION, SIDES, passages)
    vectors = {one: np.ones(3, np.float32) for one in wanted}
    found = mine(MOTION, SIDES, passages, vectors, side)
    assert found.notes.keys() == {p.id for p in passages}
    assert all(text[p.start : p.end] == p.text for p in passages)
    assert all(0 <= note.confidence < 1 for note in found.notes.values())
    assert all(found.notes[p.id].line in p.text for p in passages)


@pytest.mark.slow
def test_four_thousand_arguments_are_mined_in_seconds() -> None:
    text = "\n\n".join(f"Trams of type {n} should run because they are quiet." for n in range(4000))
    passages = cut(SIDES, split(read(text.encode(), "many.txt")), "both")
    random = np.random.default_rng(1)
    vectors = {one: random.normal(size=8).astype(np.float32) for one in texts(MOTION, SIDES, passages)}
    assert len(mine(MOTION, SIDES, passages, vectors, "both").notes) == 4000
