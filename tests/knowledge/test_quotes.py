import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.passages import split
from knowledge.quotes import Verdict, check, quotations
from knowledge.readers import read
from knowledge.sources import Kind, Source

TEXT = """The city’s tram lines closed in 1962, because buses were cheaper to run than 40 ageing trams.

“We were wrong,” said Mayor Okafor, “and it cost us a decade of clean air in the valley below the town.”
"""
TRAMS = read(TEXT.encode(), "trams.txt")
DIGEST = Source("digest", "Digest", Kind.DIGEST, "The tram lines were given up.")
PASSAGES = split(TRAMS)


@pytest.mark.parametrize(
    ("message", "quotes"),
    [
        ('He said "we were all wrong" there.', ["we were all wrong"]),
        (
            "She wrote “a decade of clean air” and „das war ein Fehler“.",
            ["a decade of clean air", "das war ein Fehler"],
        ),
        ("Il dit « nous avions tous tort ».", ["nous avions tous tort"]),
        ("It's the city's fault, isn't it?", []),
        ("The 'city’s tram lines closed' bit", ["city’s tram lines closed"]),
        ('"one two" is too short', []),
    ],
)
def test_quotations_are_found(message: str, quotes: list[str]) -> None:
    assert quotations(message) == quotes


@pytest.mark.parametrize(
    ("quote", "verdict", "locator"),
    [
        ("the city's tram lines closed in 1962", Verdict.EXACT, "¶1"),
        ("BUSES WERE  CHEAPER to run", Verdict.EXACT, "¶1"),
        ("We were wrong, said Mayor Okafor", Verdict.EXACT, "¶2"),
        ("tram lines closed in 1972, because buses were cheaper", Verdict.ALTERED, "¶1"),
        ("it cost us a century of clean air in the valley", Verdict.ALTERED, "¶2"),
        ("trams are the future of every growing town", Verdict.ABSENT, None),
        ("ity’s tram lines closed in 196", Verdict.ALTERED, "¶1"),
    ],
)
def test_verdicts(quote: str, verdict: Verdict, locator: str | None) -> None:
    checked = check(quote, [TRAMS], PASSAGES)
    assert (checked.verdict, checked.locator) == (verdict, locator)
    if checked.source_text is not None:
        assert checked.source_text in TEXT


def test_against_a_digest_only_the_original_could_tell() -> None:
    checked = check("the tram lines were given up", [DIGEST], ())
    assert checked.verdict is Verdict.ABSENT
    assert checked.digest


@given(st.text(max_size=60), st.text(max_size=200))
def test_any_quote_of_any_text_gets_a_verdict(quote: str, text: str) -> None:
    checked = check(quote, [Source("x", "x", Kind.VERBATIM, text)], ())
    assert (checked.source_text is None) == (checked.verdict is Verdict.ABSENT)
    assert checked.source_text is None or checked.source_text in text


def test_true_words_are_shown_without_the_end_of_the_sentence_before() -> None:
    text = "Mending it was dearer. A little battery ferry that sails morning and evening would cost half. It is idle."
    source = read(text.encode(), "boat.txt")
    found = check("A little battery ferry that sails noon and evening would cost half.", [source], split(source))
    assert (found.verdict, (found.source_text or "")[:8]) == (Verdict.ALTERED, "A little")
