import numpy as np
import pytest

from knowledge.judges.training.keypoints import precisions
from knowledge.judges.training.points import APART, MATCH, NO, UNDECIDED, Table, apart, joined, together


def table(motion: str, *marks: list[int]) -> Table:
    arguments = [f"{motion}: argument {row}" for row in range(len(marks))]
    return Table(
        motion, arguments, [f"{motion}: point {at}" for at in range(len(marks[0]))], np.array(marks, np.int8)
    )


def test_an_undecided_pair_is_wrong_when_strict_and_right_when_relaxed() -> None:
    given = table("Ban zoos", [MATCH, NO], [UNDECIDED, NO], [NO, NO], [MATCH, NO])
    cosines = np.array([[0.8, 0.1], [0.9, 0.1], [0.7, 0.1], [0.1, 0.2]], np.float32)
    assert precisions(given, cosines) == pytest.approx((0.5, 1.0))


def test_only_the_surer_half_counts() -> None:
    given = table("Ban zoos", [MATCH], [NO], [MATCH], [MATCH])
    assert precisions(given, np.array([[0.9], [0.1], [0.8], [0.2]], np.float32)) == pytest.approx((1.0, 1.0))


def test_pairs_of_two_tables_are_apart() -> None:
    marks = joined([table("Ban zoos", [MATCH, NO]), table("Tax sugar", [NO], [MATCH])]).marks
    assert marks.tolist() == [[MATCH, NO, APART], [APART, APART, NO], [APART, APART, MATCH]]


def test_a_motion_stays_in_one_table() -> None:
    given = [table("Ban zoos", [MATCH]), table("Ban zoos", [NO], [NO]), table("Tax sugar", [NO])]
    assert [len(part.arguments) for part in together(given, most=2)] == [3, 1]
    assert [len(part.arguments) for part in together(given, most=4)] == [4]


def test_what_is_measured_is_not_learned_in_other_words() -> None:
    kept = [table("We should abandon the use of school uniform", [NO])]
    given = [table("This house would abandon school uniforms", [NO]), table("This house would tax sugar", [NO])]
    assert [part.motion for part in apart(given, kept)] == ["This house would tax sugar"]
