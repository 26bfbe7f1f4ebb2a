from dataclasses import replace

import numpy as np

from knowledge.embedding import Vectors
from knowledge.passages import Passage
from knowledge.reviewing import Review
from knowledge.sources import Kind, Source
from knowledge.topics import Argument, Note, Role, Side, Topic

SIZE = 24


def topic() -> tuple[Topic, dict[str, Vectors], dict[str, str]]:
    """Return a topic of which mining knows next to nothing, vectors that tell all, and the truth."""
    passages = tuple(Passage(f"p{n}", "paper", f"¶{n}", n, n + 1, "x") for n in range(SIZE))
    truth = {p.id: "trams" if n % 3 else "buses" for n, p in enumerate(passages)}
    notes = {p.id: Note(Role.CLAIM, "trams", confidence=0.5 + n / 1000, line="x") for n, p in enumerate(passages)}
    random = np.random.default_rng(7)
    vectors = {
        name: (np.array([3.0, 0.0]) * (1 if side == "trams" else -1) + random.normal(size=2)).astype(np.float32)
        for name, side in truth.items()
    }
    arguments = (
        Argument("a", "trams", "x", "reason", "", ("p0", "p1")),
        Argument("b", "trams", "y", "", "", ("p1",)),
    )
    made = Topic(
        "town", "1", "Trams?", (Side("trams", "yes"), Side("buses", "no")), "", "",
        (Source("paper", "Paper", Kind.VERBATIM, "x" * SIZE),), passages, notes, arguments, (),
    )  # fmt: skip
    return made, vectors, truth


def test_the_least_certain_comes_first() -> None:
    made, vectors, _ = topic()
    assert Review(made, vectors).next() == "p0"


def test_a_few_decisions_put_the_others_right() -> None:
    made, vectors, truth = topic()
    review = Review(made, vectors)
    before = sum(review.notes[name].helps == side for name, side in truth.items())
    for _ in range(8):
        name = review.next()
        review.decide(name, replace(review.notes[name], helps=truth[name]))
    after = sum(review.notes[name].helps == side for name, side in truth.items())
    assert before == 16
    assert after >= 23
    assert len(review.waiting) == SIZE - 8
    assert all(truth[name] == "buses" for name in review.learned)


def test_a_decision_stands_whatever_the_others_teach() -> None:
    made, vectors, truth = topic()
    review = Review(made, vectors)
    review.decide("p1", replace(review.notes["p1"], helps="buses"))
    for name in ("p0", "p2", "p3", "p4", "p5"):
        review.decide(name, replace(review.notes[name], helps=truth[name]))
    assert review.notes["p1"].helps == "buses"
    assert review.notes["p1"].confidence == 1


def test_a_review_goes_on_where_it_stopped() -> None:
    made, vectors, _ = topic()
    notes = {**made.notes, "p0": replace(made.notes["p0"], helps="buses", confidence=1.0)}
    review = Review(replace(made, notes=notes), vectors, {"p0"})
    assert len(review.waiting) == SIZE - 1
    assert review.next() != "p0"
    assert review.notes["p0"].helps == "buses"


def test_arguments_follow_their_passages() -> None:
    made, vectors, _ = topic()
    review = Review(made, vectors)
    review.decide("p1", replace(review.notes["p1"], helps="neither"))
    changed, dropped = review.redrawn(["p1"])
    assert [(a.id, a.rests_on, a.warrant) for a in changed] == [("a", ("p0",), "")]
    assert dropped == ["b"]


def test_a_passage_that_mining_was_unsure_of_makes_an_argument_once_it_is_decided() -> None:
    made, vectors, _ = topic()
    review = Review(made, vectors)
    review.decide("p5", replace(review.notes["p5"], helps="buses"))
    assert review.redrawn(["p5"]) == ([Argument("mined/p5", "buses", "x", "", "", ("p5",))], [])
    review.decide("p5", replace(review.notes["p5"], role=Role.HISTORY))
    assert review.redrawn(["p5"]) == ([], ["mined/p5"])
    review.undecide("p5")
    assert review.redrawn(["p5"]) == ([], ["mined/p5"])


def test_what_is_taken_back_waits_again() -> None:
    made, vectors, _ = topic()
    review = Review(made, vectors)
    review.decide("p0", replace(review.notes["p0"], helps="buses"))
    review.undecide("p0")
    assert len(review.waiting) == SIZE
    assert review.notes["p0"].helps == "trams"
