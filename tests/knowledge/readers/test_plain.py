import unicodedata

import pytest

from tests.support.files import source_of, texts

TITLED = """Why Trams Came Back
A mayor explains what her city learnt from sixty years of buses.
The city closed its tram lines in 1962. Buses were cheaper to run, and nobody mourned the rails for long at all.
Then fuel prices doubled. “We were wrong,” said the mayor, “and it cost us a decade of clean air in the valley.”
"""
WRAPPED = """Why Trams Came Back

by Ann Bee

3 May 2021

The city closed its tram lines in 1962. Buses were cheaper to run, and nobody under-
stood what the loss of the well-
known blue cars would mean for the districts
on the hill.

Then fuel prices doubled, and the council counted twice as many riders as
it had hoped for:

- in the morning, when the schools
  open their doors,
- at night.
"""


def test_a_title_and_what_stands_under_it_are_no_paragraphs() -> None:
    source = source_of(TITLED.encode(), "Trams & Buses.txt")
    assert (source.id, source.title) == ("trams-buses", "Why Trams Came Back")
    assert [text[:8] for text in texts(source)] == ["The city", "Then fue"]
    assert source.text.startswith("Why Trams")


def test_broken_lines_are_put_together_and_cut_words_made_whole() -> None:
    source = source_of(WRAPPED.encode(), "trams.txt")
    assert (source.title, source.author, source.date) == ("Why Trams Came Back", "Ann Bee", "2021-05-03")
    first, second, *items = texts(source)
    assert "nobody understood what the loss of the well-known blue cars would mean" in first
    assert second.endswith("hoped for:")
    assert items == ["in the morning, when the schools open their doors,", "at night."]


def test_indented_paragraphs_need_no_empty_lines() -> None:
    text = "  The city closed its lines\nbecause buses were cheaper.\n  Then fuel doubled\nand riders came back.\n"
    assert texts(source_of(text.encode(), "a.txt")) == [
        "The city closed its lines because buses were cheaper.",
        "Then fuel doubled and riders came back.",
    ]


def test_many_short_arguments_are_all_paragraphs() -> None:
    lines = [f"Trams beat buses for reason number {n}." for n in range(4000)]
    assert texts(source_of("\n".join(lines).encode(), "args.txt")) == lines
    bare = [line.rstrip(".") for line in lines]
    assert texts(source_of("\n".join(bare).encode(), "args.txt")) == bare


def test_a_heading_over_short_arguments_swallows_none() -> None:
    text = "Arguments for trams\nThey are quiet.\nThey are clean.\n" + "They last longer than any bus does.\n" * 9
    assert texts(source_of(text.encode(), "args.txt"))[0] == "They are quiet."


GERMAN = "Die Straßenbahn fährt wieder, sagte der Bürgermeister: „Wir lagen falsch.“"
FRENCH = "Le maire a dit : « Nous avions tort », et l’été fut très chaud à l’ombre."
JAPANESE = "路面電車は都市を救う。市民は新しい電車にとても満足している。バスは遅いし、高い。"
RUSSIAN = "Трамваи вернулись в город, потому что автобусы были дорогими. Мэр сказал: мы ошиблись."
CHINESE = "有轨电车回到了城市,因为公共汽车太贵了。市长说:我们错了。市民都很高兴。"
HEBREW = "העיר סגרה את קווי החשמלית בשנת 1962, כי אוטובוסים היו זולים יותר."
ARABIC = "أغلقت المدينة خطوط الترام عام 1962 لأن الحافلات كانت أرخص."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (GERMAN, "utf-8"),
        (GERMAN, "utf-8-sig"),
        (GERMAN, "utf-16"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
        (GERMAN, "utf-32"),
        (GERMAN, "cp1252"),
        (FRENCH, "cp1252"),
        ("He said it’s good, “at last”, in a café — and the whole council agreed.", "mac_roman"),
        (RUSSIAN, "cp1251"),
        (JAPANESE, "shift_jis"),
        (JAPANESE, "euc_jp"),
        (CHINESE, "gb18030"),
        (HEBREW, "utf-8"),
        (HEBREW, "utf-16"),
        (ARABIC, "utf-8"),
    ],
)
def test_the_encoding_is_found(text: str, encoding: str) -> None:
    assert texts(source_of(text.encode(encoding), "a.txt")) == [text]


def test_pasted_pieces_in_another_encoding_are_read() -> None:
    data = (
        "Trams “came” back.\n".encode()
        + "Trams “came”.\n".encode("cp1252")
        + "The “café” — full of “riders”.".encode()
    )
    assert texts(source_of(data, "a.txt"))[1] == "Trams “came”."


def test_letters_are_composed_and_unseen_marks_left_out() -> None:
    text = unicodedata.normalize("NFD", "Café\u00ad fir\u200bst, \u202eturned\u202c round.\x07 ")
    assert texts(source_of(text.encode(), "a.txt")) == ["Café first, turned round."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\x0c", "\u2028"])
def test_any_line_end_ends_a_paragraph(end: str) -> None:
    assert texts(source_of(f"One is here.{end}Two is here.{end}".encode(), "a.txt")) == [
        "One is here.",
        "Two is here.",
    ]
