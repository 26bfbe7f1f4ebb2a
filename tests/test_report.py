import base64
import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.debate.ballot import ballot
from bot.debate.citations import cite
from bot.debate.flow import flow
from bot.debate.round import Round
from bot.debate.turn import Claim, Move, Point, Reply, Speaker, Turn
from bot.report import html, markdown
from bot.store.database import database
from bot.store.rounds import Rounds
from knowledge.acts import Act
from knowledge.catalogue import BUNDLED, named
from knowledge.passages import split
from knowledge.sources import Kind, Paragraph, Source
from knowledge.topics import Attack, Note, Role, Side, Topic
from tests.support import cli
from tests.support.pages import HtmlPage, MarkdownPage

WILD = st.text(max_size=80) | st.text(
    alphabet="<>&\"'`*_[](){}#+-=|~!\\/:.@ \n\t\r1a\x00\u202e\u2067\ud800", max_size=80
)
HOSTILE = [
    "<script>alert(1)</script>",
    "</p></article></main><img src=x onerror=alert(1)>",
    "\" onmouseover=alert(1) x='",
    "</title></style><base href=//evil.example>",
    "[click](https://evil.example) ![x](https://evil.example/x.png) <https://evil.example>",
    "# Ballot\n\n## Ballot\n***\n- a\n1. b\n\n    code\n```\nfence\n> quote\n\n| a | b |\n|---|---|\n| c | d |",
    "Title\n===\nOther\n---\n[x]: https://evil.example\n[x] {{ round }} {% raw %} $x$ ~~gone~~",
    "@everyone @coach <@123> www.evil.example https://evil.example",
    "\u202egnihton si siht\u2066 \u0000\u0007\u001b[31m \u2028 \ud800",
]


def source(name: str, title: str, kind: Kind, *says: str) -> Source:
    starts = [sum(len(each) + 2 for each in says[:number]) for number in range(len(says))]
    spans = [(start, start + len(each)) for start, each in zip(starts, says, strict=True)]
    paragraphs = tuple(Paragraph(number, start, end) for number, (start, end) in enumerate(spans, 1))
    return Source(name, title, kind, "\n\n".join(says), paragraphs=paragraphs)


def a_topic(title: str = "Trams", says: str = "Trams carry more people than cars.") -> Topic:
    readings = (
        source("trams", title, Kind.VERBATIM, "Streets are full of cars at every hour of the day.", says),
        source("costs", "Costs", Kind.DIGEST, "Tracks cost a city more than it thinks they do."),
    )
    passages = tuple(passage for source in readings for passage in split(source))
    return Topic(
        "city", "1", "This city should build trams.", (Side("build", "Build them."), Side("wait", "Wait.")),
        "MIT", "Written for the tests.", readings, passages,
        {passage.id: Note(Role.CLAIM, "both") for passage in passages}, (), (),
    )  # fmt: skip


def a_round(topic: Topic, text: str = "Cars are faster.") -> Round:
    """Four turns: the second card is cited twice, the first claim answered, the bot's first point dropped."""
    first, second, digest = cite(topic, [passage.id for passage in topic.passages])
    turns = [
        ("user", [Claim(text)], []),
        ("bot", [], [Point(Move.ANSWER, text, Attack.DENY, "They are not, in a jam.", (first, second), "k1")]),
        ("user", [Claim("Buses are enough.")], []),
        ("bot", [], [Point(Move.ANSWER, "Buses are enough.", Attack.MITIGATE, f"On {text}", (digest, second), "k2")]),
    ]  # fmt: skip
    made = []
    for number, (speaker, claims, points) in enumerate(turns, 1):
        reply = Reply("Well.", tuple(points), "And now?") if points else None
        said = reply.text if reply else " ".join(claim.text for claim in claims)
        act = None if reply else Act.ARGUMENT
        made.append(Turn(number, Speaker(speaker), said, "2026-01-02T03:04:05+00:00", act, tuple(claims), reply))
    return Round("abc123", topic.id, "build", turns=tuple(made))


def as_html(round: Round, topic: Topic) -> str:
    return html(round, topic, flow(round), ballot(round))


def as_markdown(round: Round, topic: Topic) -> str:
    return markdown(round, topic, flow(round), ballot(round))


def shown(topic: Topic | None = None, text: str = "Cars are faster.") -> HtmlPage:
    topic = topic or a_topic()
    return HtmlPage(as_html(a_round(topic, text), topic))


def test_every_turn_is_there_in_full() -> None:
    topic = a_topic()
    page = shown(topic)
    for turn in a_round(topic).turns:
        said = re.sub(r"\s*\[\d\]", "", page.named(f"turn-{turn.number}").words)
        for part in re.sub(r"\s*\[\d\]", "", turn.text).split("\n\n"):
            assert part in said


def test_every_mark_leads_to_a_card_and_each_passage_is_one_card() -> None:
    page = shown()
    marks = [(e.attributes["href"], e.text) for n in (2, 4) for e in page.named(f"turn-{n}").all("a")]
    assert marks == [("#card-1", "[1]"), ("#card-2", "[2]"), ("#card-3", "[3]"), ("#card-2", "[2]")]
    cards = [
        e.attributes["id"] for e in page.named("card-1").inside + page.root.all("article") if "id" in e.attributes
    ]
    assert [name for name in cards if name and name.startswith("card") and "cite" not in name] == [
        "card-1", "card-2", "card-3",
    ]  # fmt: skip
    assert "Used in turn 2, turn 4." in page.named("card-2").words


def test_every_link_leads_to_a_place_on_the_page() -> None:
    page = shown()
    places = {f"#{e.attributes['id']}" for e in page.root.inside if "id" in e.attributes}
    assert {e.attributes["href"] for e in page.root.all("a")} <= places


def test_a_card_says_exactly_where_it_stands() -> None:
    topic = a_topic()
    page = shown(topic)
    for number, passage in enumerate(topic.passages, 1):
        card = page.named(f"card-{number}").words
        assert f"characters {passage.start} to {passage.end}" in card
        for part in (topic.source(passage.source_id).title, passage.locator, passage.id, passage.text):
            assert part in card


def test_a_digest_is_called_one_and_never_shown_as_a_quotation() -> None:
    page = shown()
    assert "quotation from ¶2" in page.named("card-2").words
    assert page.named("card-2").all("blockquote")[0].text == "Trams carry more people than cars."
    digest = page.named("card-3")
    assert "digest of ¶1" in digest.words
    assert not digest.all("blockquote")
    assert not digest.all("q")
    assert "> Trams carry" in as_markdown(a_round(a_topic()), a_topic())
    assert "\nTracks cost" in as_markdown(a_round(a_topic()), a_topic())


def test_a_card_whose_source_has_changed_says_so() -> None:
    round = a_round(a_topic())
    for page in (as_html(round, a_topic(says="Trams carry fewer people.")), as_markdown(round, a_topic(says="No."))):
        assert page.count("The source has changed since") == 1


def test_a_reply_stands_right_of_what_it_answers_and_a_drop_is_a_word() -> None:
    (sheet,) = [t for t in shown().root.all("table") if t.attributes.get("class") == "sheet"]
    rows = [[cell.words for cell in row.inside if cell.tag in ("th", "td")] for row in sheet.all("tr")[1:]]
    assert rows == [
        ["Turn 1Cars are faster.", "Turn 2, denyThey are not, in a jam.", "Dropped"],
        ["Turn 3Buses are enough.", "Turn 4, mitigateOn Cars are faster.", "Open"],
    ]


def test_an_argument_for_the_other_side_is_shown_as_conceded() -> None:
    topic, claim = a_topic(), Claim("Trams are quiet.", ours=True)
    turn = Turn(1, Speaker.USER, claim.text, "2026-01-02T03:04:05+00:00", Act.ARGUMENT, (claim,))
    round = Round("abc123", topic.id, "build", turns=(turn,))
    assert "Trams are quiet. **Conceded** |" in as_markdown(round, topic)
    assert '<p class="state">Conceded</p>' in as_html(round, topic)


def test_every_argument_of_the_flow_is_on_a_sheet() -> None:
    topic = a_topic()
    extended = Point(Move.EXTEND, "", None, "Trams are quiet.", key="k3")
    turn = Turn(5, Speaker.BOT, "Trams are quiet.", "2026-01-02", reply=Reply("", (extended,)))
    round = a_round(topic).add(turn)
    page = HtmlPage(as_html(round, topic))
    assert [t.all("caption")[0].text for t in page.root.all("table")][:2] == [
        "The case of Debater (wait)", "The case of Gainsay (build)",
    ]  # fmt: skip
    said = " ".join(t.words for t in page.root.all("table"))
    assert all(row.text in said for row in flow(round))


def test_a_round_without_a_turn_is_a_page_too() -> None:
    empty = Round("abc123", "city", "build")
    assert "Nothing has been said yet." in HtmlPage(as_html(empty, a_topic())).root.words
    assert "Nothing has been said yet." in MarkdownPage(as_markdown(empty, a_topic())).words


def test_the_page_lets_nothing_in_but_its_own_style() -> None:
    page = shown()
    policy = next(e.attributes["content"] for e in page.root.all("meta") if "http-equiv" in e.attributes)
    (style,) = page.root.all("style")
    digest = base64.b64encode(hashlib.sha256(style.text.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style.text
    assert "@import" not in style.text
    for element in page.root.inside:
        assert element.tag not in ("script", "img", "link", "iframe", "object", "form", "base", "svg")
        assert not {"src", "style", "srcset", "action"} & element.attributes.keys()


def test_the_page_can_be_walked_by_landmarks_headings_and_tables() -> None:
    page = shown()
    assert page.root.all("html")[0].attributes["lang"] == "en"
    assert [len(page.root.all(tag)) for tag in ("header", "nav", "main", "footer", "h1")] == [1] * 5
    levels = [int(e.tag[1]) for e in page.root.inside if re.fullmatch(r"h\d", e.tag)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in page.root.all("table"):
        assert table.all("caption")
        assert all("scope" in e.attributes for e in table.all("th"))


def hostile(text: str) -> Topic:
    tame = a_topic(title=text)
    sides = (Side("build", text), Side("wait", text))
    return replace(tame, motion=text, sides=sides, attribution=text or "x", licence=text or "x")


def shown_markdown(text: str) -> MarkdownPage:
    return MarkdownPage(as_markdown(a_round(hostile(text), text), hostile(text)))


@cache
def tame_html() -> list[tuple[str, tuple[tuple[str, str | None], ...]]]:
    return shown(hostile("x"), "x").shape


@cache
def tame_markdown() -> list[tuple[str, str]]:
    return shown_markdown("x").shape


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_inert(text: str) -> None:
    assert shown(hostile(text), text).shape == tame_html()
    assert shown_markdown(text).shape == tame_markdown()


@pytest.mark.slow
@settings(deadline=None)
@given(WILD)
def test_any_text_is_text_in_html(text: str) -> None:
    page = shown(hostile(text), text)
    assert page.shape == tame_html()
    assert page.named("turn-1").all("p")[0].text == codes(text.strip())


@pytest.mark.slow
@settings(deadline=None)
@given(WILD.filter(str.strip))
def test_any_text_is_text_in_markdown(text: str) -> None:
    page = shown_markdown(text)
    assert page.shape == tame_markdown()
    at = page.words.index("Debater (wait)")
    said = "".join(page.words[at + 1 : page.words.index("Turn 2")])
    assert squeezed(said) == squeezed(codes(text.strip()))


def codes(text: str) -> str:
    """Characters that no page can hold, or that turn the direction, as their code."""
    text = re.sub("\r\n?|[\u2028\u2029]", "\n", text)
    return "".join(f"⟨U+{ord(c):04X}⟩" if unseen(c) else c for c in text)


def unseen(letter: str) -> bool:
    code = ord(letter)
    turns = 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    nowhere = 0xD800 <= code <= 0xDFFF or 0xFDD0 <= code <= 0xFDEF or code in (0xFFFE, 0xFFFF)
    return turns or nowhere or 0xFFF9 <= code <= 0xFFFB or (code < 32 and letter not in "\t\n") or 127 <= code < 160


def squeezed(text: str) -> str:
    return "".join(text.replace("\u200b", "").split())


def test_markdown_calls_nobody_and_links_nowhere() -> None:
    text = "@everyone, ask @coach or a@b.example; see https://evil.example and WWW.evil.example"
    page = as_markdown(a_round(a_topic(), text), a_topic())
    assert not re.search(r"@\w|(?<!\\)://|www\.", page, re.IGNORECASE)


@pytest.fixture
async def home(tmp_path: Path) -> Path:
    """A home with a round on the bundled topic, a newer one without a turn, an old one for a side that is no more."""
    topic = named(BUNDLED)
    played = replace(a_round(a_topic()), topic=topic.id, side=topic.sides[0].id)
    place = tmp_path / "home"
    place.mkdir()
    async with database(f"sqlite+aiosqlite:///{place / 'gainsay.db'}") as engine:
        await Rounds(engine).keep(played, "2026-01-01")
        await Rounds(engine).keep(replace(played, id="def456", turns=()), "2026-01-02")
        await Rounds(engine).keep(replace(played, id="old789", side="gone"), "2025-01-01")
    return place


Report = Callable[..., tuple[int, str, str]]
"""Runs ``gainsay report`` with arguments; returns exit code, standard output and standard error."""


@pytest.fixture
def report(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Report:
    monkeypatch.chdir(tmp_path)
    return partial(cli.run, "report", home=home)


def test_a_report_is_written_where_it_says_and_over_nothing(report: Report, tmp_path: Path) -> None:
    assert report("latest") == (0, "Wrote abc123.html: round abc123, 4 turns.\n", "")
    assert HtmlPage((tmp_path / "abc123.html").read_text("utf-8")).named("turn-4")
    (tmp_path / "abc123.html").write_text("My notes.")
    code, said, complaint = report("abc123")
    assert (code, said) == (2, "")
    assert complaint.startswith("abc123.html: there already. Add --force")
    assert (tmp_path / "abc123.html").read_text() == "My notes."
    assert report("abc123", "--force")[0] == 0
    assert (tmp_path / "abc123.html").read_text("utf-8").startswith("<!doctype html>")


def test_the_ending_of_the_name_chooses_the_format(report: Report, tmp_path: Path) -> None:
    assert report("abc123", "--out", "round.md")[0] == 0
    assert (tmp_path / "round.md").read_text("utf-8").startswith("# Round abc123\n")


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (["nope"], "No round 'nope'."),
        (["old789"], "Round old789 was played for 'gone', a side that north-korea has no more."),
        (["abc123", "--out", "round.pdf"], "round.pdf: no format for this name. End it with .html or .md"),
        (["abc123", "--out", "/nowhere/round.html"], "/nowhere/round.html: cannot be written (No such file"),
    ],
)
def test_a_mistake_is_one_line_and_exit_2(args: list[str], complaint: str, report: Report) -> None:
    code, said, told = report(*args)
    assert (code, said) == (2, "")
    assert complaint in told
    assert told.count("\n") == 1


def test_latest_without_a_round_says_how_to_play_one(report: Report, tmp_path: Path) -> None:
    code, _, told = report("latest", home=tmp_path)
    assert (code, told.count("\n")) == (2, 1)
    assert "No round has been played yet." in told


@pytest.mark.slow
def test_a_report_goes_to_standard_output_and_loads_no_model(home: Path) -> None:
    code = (
        "import sys; sys.argv = ['gainsay', 'report', 'abc123', '--out', '-']\n"
        "from bot.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'torch', 'faiss', 'sklearn', 'transformers'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    environment = {**os.environ, "GAINSAY_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment)
    assert done.stderr == "[]\n"
    assert done.stdout.endswith("</html>\n")
