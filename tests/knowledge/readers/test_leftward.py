"""PDFs in scripts that run leftward."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib
import pytest
from bidi.algorithm import get_display
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from knowledge.readers.leftward import as_drawn, as_read, runs_leftward
from knowledge.readers.letters import Letter
from tests.support.files import drawn, source_of, texts

pdfmetrics.registerFont(TTFont("Sans", Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"))
HEBREW = (
    "הרכבת הקלה שקטה, והיא מחזיקה מעמד ארבעים שנה.",
    "בשנת 2019 ספרה העירייה 12,000 נוסעים ביום (לפי הדו״ח), כלומר 35% יותר.",
    "המבקרים אומרים שה-Tram יקר מדי לבנייה, אבל הכבישים יקרים יותר (Tram-Watch).",
    "ראש העיר אמר: “לא נבנה עוד כבישים” — וזה היה ב-3.5.2021.",
)
ARABIC = (
    "الترام هادئ ويدوم أربعين سنة، ولا أحد ينكر ذلك.",
    "في عام 2019 أحصت البلدية 12,000 راكب في اليوم (وفق التقرير)، أي 35% أكثر.",
    "يقول المنتقدون إن Tram مكلف للغاية، لكن الطرق أغلى.",
    "قال العمدة: «لن نبني المزيد من الطرق»، وذلك في 2021.",
)


def set_leftward(canvas: Canvas, paragraphs: Sequence[str], right: float, width: float) -> None:
    """Set paragraphs flush right, each line as a printer draws it: turned round."""
    y = 760
    for paragraph in paragraphs:
        line = ""
        for word in [*paragraph.split(), ""]:
            longer = f"{line} {word}".strip()
            if word and pdfmetrics.stringWidth(longer, "Sans", 11) <= width:
                line = longer
                continue
            canvas.setFont("Sans", 11)
            canvas.drawRightString(right, y, get_display(line, base_dir="R"))
            line, y = word, y - 15
        y -= 10


@pytest.mark.parametrize("paragraphs", [HEBREW, ARABIC], ids=["Hebrew", "Arabic"])
@pytest.mark.parametrize("width", [300, 210])
def test_text_comes_in_the_order_of_reading(paragraphs: Sequence[str], width: float) -> None:
    source = source_of(drawn(lambda canvas: set_leftward(canvas, paragraphs, 540, width)), "a.pdf")
    assert texts(source) == list(paragraphs)


def columns(canvas: Canvas) -> None:
    set_leftward(canvas, HEBREW * 3, 540, 220)
    set_leftward(canvas, [f"{n}. {text}" for n, text in enumerate(HEBREW * 3, 1)], 290, 220)


def test_the_right_column_comes_first() -> None:
    found = texts(source_of(drawn(columns), "a.pdf"))
    assert found[:12] == list(HEBREW * 3)
    assert found[12].startswith("1. ")


def letters(*glyphs: tuple[str, float, float]) -> list[Letter]:
    """Letters as PDFium tells them: text, left and right edge; those of one glyph share its left edge as origin."""
    return [Letter(text, x0, x1, 0, 12, 0, False, x0 // 10) for text, x0, x1 in glyphs]


@pytest.mark.parametrize(
    ("told", "text"),
    [
        ([("و", 20, 29), ("ل", 10, 19), ("ا", 10, 19)], "ولا"),
        ([("ا", 20, 29), ("ه", 10, 19), ("ل", 10, 19), ("ل", 10, 19)], "الله"),
        ([("ש", 16, 19), ("\u05c1", 10, 13), ("\u05b8", 13, 16), ("ל", 0, 9)], "ש\u05b8\u05c1ל"),
        ([("\u05b8", 10, 10), ("ש", 10, 19)], "ש\u05b8"),
    ],
    ids=["lam and alef", "a longer sign", "points with places", "points without"],
)
def test_the_letters_of_one_glyph_are_read_in_order(told: list[tuple[str, float, float]], text: str) -> None:
    drawn = as_drawn(letters(*told))
    assert as_read(drawn) == text


def test_a_bracket_that_the_file_spells_out_is_what_it_says() -> None:
    bracket = Letter(")", 10, 19, 0, 12, 0, False, 10, told=True)
    line = [*letters(("א", 20, 29)), bracket, *letters(("ב", 0, 9))]
    assert runs_leftward(line)
    assert as_read(as_drawn(line)) == "א(ב"


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        (".Tram Debate", "Tram Debate."),
        ("Tram Debate.", "Tram Debate."),
        (".The Debate” (London)“", "“The Debate” (London)."),
    ],
)
def test_a_line_of_foreign_words_shows_by_its_full_stop_which_way_it_runs(seen: str, text: str) -> None:
    glyphs = [(character, 8.0 * n, 8.0 * n + 8) for n, character in enumerate(seen) if character != " "]
    assert as_read([Letter(c, a, b, 0, 12, 0, False, a) for c, a, b in glyphs]) == text
