from datetime import UTC, datetime
from typing import Any

import pytest

from tests.support.markdown import Markdown
from tests.support.pages import HtmlPage
from tests.support.screens import modal_page, page

READER = Markdown({"7": "ann", "8": "debates"}, datetime(2026, 10, 5, 16, 20, tzinfo=UTC))
BOT = {"id": "1", "username": "Gainsay", "bot": True}
PIXEL = b"GIF89a"
HOSTILE = "</style></svg><script>alert(1)</script><img src=x onerror=alert(1)>\" onload='x' [a](javascript:x) <a:b:1>"


def text(said: str) -> dict[str, Any]:
    return {"type": 10, "content": said}


def button(said: str, style: int, **more: Any) -> dict[str, Any]:
    return {"type": 2, "label": said, "style": style, "emoji": {"name": said}, **more}


def components(said: str) -> list[dict[str, Any]]:
    """Every component that a message can have, saying this wherever it can say something."""
    options = [{"label": said, "value": said, "description": said, "emoji": {"id": "3", "name": said}}]
    picture = {"media": {"url": "attachment://pixel.gif"}, "description": said}
    absent = {"media": {"url": f"https://a.example/{said}"}, "spoiler": True}
    inside = [
        {"type": 9, "components": [text(said)], "accessory": {"type": 11, **picture}},
        {"type": 9, "components": [text(said)], "accessory": button(said, 3)},
        {"type": 14, "divider": True, "spacing": 2},
        {"type": 12, "items": [picture, absent]},
        {"type": 13, "file": {"url": "attachment://round.html"}, "name": said, "size": 2048},
    ]
    selects = [
        {"type": kind, "placeholder": said, "options": options if kind == 3 else None} for kind in (3, 5, 6, 7, 8)
    ]
    return [
        {"type": 17, "accent_color": 0x5865F2, "components": inside},
        {"type": 17, "accent_color": None, "spoiler": True, "components": [text(said)]},
        {"type": 1, "components": [button(said, style, disabled=style == 4) for style in range(1, 6)]},
        *({"type": 1, "components": [select]} for select in selects),
    ]


def form(said: str) -> dict[str, Any]:
    """A modal with everything that one can have, saying this wherever it can say something."""
    options = [{"label": said, "value": "a", "description": said, "default": True}]
    fields = [
        {"type": 4, "style": 2, "value": said, "placeholder": said, "max_length": 400},
        *({"type": kind, "options": options} for kind in (3, 21, 22)),
        {"type": 19, "max_values": 3},
        {"type": 23, "default": True},
    ]
    labels = [{"type": 18, "label": said, "description": said, "component": field} for field in fields]
    return {"title": said, "components": [text(said), *labels]}


def message(said: str, **more: Any) -> dict[str, Any]:
    return {"author": BOT | {"username": said}, "content": said, "timestamp": "2026-10-05T16:20:00+00:00", **more}


def kinds(html: str) -> set[str]:
    """The classes that elements of the page have."""
    return {
        kind for element in HtmlPage(html).root.inside for kind in (element.attributes.get("class") or "").split()
    }


def test_draws_every_component_and_names_what_it_can_not_draw() -> None:
    drawn = kinds(
        page("Round", [message("", flags=32768, components=components("Said"))], files={"pixel.gif": PIXEL})
    )
    assert drawn >= {"container", "said", "section", "thumbnail", "separator", "gallery", "file", "veil", "missing"}
    assert drawn >= {"row", "button", "select", *(f"style-{style}" for style in range(1, 6))}
    asked = kinds(modal_page("Set up", form("Said")))
    assert asked >= {"said", "label", "input", "select", "upload", "dots", "boxes", "alone"}
    assert "undrawn" not in drawn | asked
    strange = HtmlPage(page("Round", [message("", components=[{"type": 99}], embeds=[{}])]))
    assert "Not drawn here: a component of type 99" in strange.root.words
    assert "Not drawn here: embeds" in strange.root.words


def test_whatever_is_said_stays_text() -> None:
    asked = {"user": {"username": HOSTILE}, "name": HOSTILE}
    files = [
        {"filename": HOSTILE, "url": f"javascript:{HOSTILE}"},
        {"filename": "x.png", "url": "https://a.example/x.png"},
    ]
    messages = [
        message(HOSTILE, attachments=files, interaction_metadata=asked),
        message(HOSTILE, type=19, referenced_message=message(HOSTILE), thread={"name": HOSTILE}),
        message(HOSTILE, type=18),
        message("", flags=32768, components=components(HOSTILE)),
    ]
    shown = HtmlPage(page(HOSTILE, messages, modal=form(HOSTILE), names={"1": HOSTILE})).root
    assert not shown.all("script")
    assert not [name for element in shown.inside for name in element.attributes if name.startswith("on")]
    assert all(str(image.attributes["src"]).startswith("data:") for image in shown.all("img"))
    assert not shown.all("a")


def test_tells_how_a_message_came_about() -> None:
    ann = {"id": "7", "username": "ann"}
    messages = [
        message("Gainsay", flags=64, interaction={"user": ann, "name": "ask"}, interaction_metadata={"user": ann}),
        message("Gainsay", flags=128),
        message("Gainsay", type=19, referenced_message={"author": ann, "content": "# Why **so**?"}),
        message("Gainsay", type=19, referenced_message=None),
    ]
    words = HtmlPage(page("debates", messages)).root.words
    for said in ("ann used /ask", "4:20 PM", "Only you can see this • Dismiss message", "Gainsay is thinking…"):
        assert said in words
    assert "@ann # Why so?" in words
    assert "Original message was deleted" in words


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("**b** *i* _i_ __u__", "<strong>b</strong> <em>i</em> <em>i</em> <u>u</u>"),
        ("~~s~~ `*c*`", "<s>s</s> <code>*c*</code>"),
        ("***both*** snake_case_name 2 * 3 * 4", "<em><strong>both</strong></em> snake_case_name 2 * 3 * 4"),
        ("# A\n### B\n#### c\n-# d\ne", "<h1>A</h1><h3>B</h3>#### c\n<small>d</small>e"),
        ("- a\n  - b\n- c\n3. d", '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul><ol start="3"><li>d</li></ol>'),
        ("> a\n> b\nc\n>>> d\ne", "<blockquote>a\nb</blockquote>c\n<blockquote>d\ne</blockquote>"),
        ("```py\n<b>*x*\n```\ny", "<pre><code>&lt;b&gt;*x*</code></pre>y"),
        (
            "[[1]](https://a.b/c_(d)) <https://e.f>",
            '<a href="https://a.b/c_(d)">[1]</a> <a href="https://e.f">https://e.f</a>',
        ),
        ("see https://a.b/c_d_e).", 'see <a href="https://a.b/c_d_e">https://a.b/c_d_e</a>).'),
        ("<@7> <@!7>", '<span class="mention">@ann</span> <span class="mention">@ann</span>'),
        ("<#8> </ask:3>", '<span class="mention">#debates</span> <span class="mention">/ask</span>'),
        ("||a **b**||", '<span class="spoiler">a <strong>b</strong></span>'),
        (r"\*a\* \# \[1\] \<@7> a\b", "*a* # [1] &lt;@7&gt; a\\b"),
        ("**open *x ~~ || ` [a](b", "**open *x ~~ || ` [a](b"),
    ],
)
def test_reads_markdown_as_discord_does(said: str, shown: str) -> None:
    assert READER.html(said) == shown


def test_tells_times_from_the_message_on() -> None:
    told = [READER.html(f"<t:1791217500:{shape}>").striptags() for shape in "RtTdDfF"]
    assert told[:4] == ["in 5 minutes", "4:25 PM", "4:25:00 PM", "10/5/2026"]
    assert told[4:] == ["October 5, 2026", "October 5, 2026 at 4:25 PM", "Monday, October 5, 2026 at 4:25 PM"]
    assert READER.html("<t:1791043900:R>").striptags() == "2 days ago"
