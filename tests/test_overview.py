from dataclasses import replace
from pathlib import Path

from PIL import Image

from bot.overview import overview, record
from bot.picture import draw
from knowledge.library import Library
from knowledge.topics import Argument
from tests.support.topics import Quick, Shelf, digest_topic

UNMET = Argument("r1", "road", "A road is open at $3 a night and $4 a day.", "", "", ())
AGAIN = replace(UNMET, id="r3")
MET = Argument("r2", "road", "the boat lost money", "", "", ())


async def test_an_argument_that_nothing_answers_is_a_gap() -> None:
    topic = replace(digest_topic(), arguments=(*digest_topic().arguments, UNMET, MET, AGAIN))
    answered = {side.id: await Library(Quick(), Shelf()).answered(topic, side.id) for side in topic.sides}
    seen = record(overview(topic, answered))
    boat, road = seen["sides"]
    assert boat["gaps"] == [{"argument": "r1", "claim": UNMET.claim}]
    assert [gap["argument"] for gap in road["gaps"]] == ["a1"]
    assert (boat["arguments"], boat["evidence"], boat["blocks"]) == (1, 5, 1)
    assert (road["arguments"], road["evidence"], road["blocks"]) == (3, 0, 0)
    assert seen["balance"] == 1.0
    assert seen["sources"] == [
        {"id": "boat", "title": "The boat", "kind": "digest", "passages": 5,
         "helps": {"boat": 5, "both": 0, "road": 0, "neither": 0}},
    ]  # fmt: skip


def test_an_empty_topic_has_no_balance_and_can_be_drawn(tmp_path: Path) -> None:
    topic = replace(digest_topic(), sources=(), passages=(), notes={}, arguments=(), blocks=())
    seen = overview(topic, {"boat": {}, "road": {}})
    assert seen.balance is None
    draw(seen, tmp_path / "empty.png")


def test_the_picture_grows_with_the_readings_and_takes_text_as_it_is(tmp_path: Path) -> None:
    topic = replace(digest_topic(), motion="Pay $5 or $10?", arguments=(UNMET,))
    sources = [replace(topic.sources[0], id=f"s{n}", title=f"船 $x_{n}$") for n in range(20)]
    sizes = []
    for count in (1, 20):
        seen = overview(replace(topic, sources=(*topic.sources, *sources[:count])), {"boat": {"r1": 0.1}, "road": {}})
        draw(seen, tmp_path / "topic.png")
        with Image.open(tmp_path / "topic.png") as picture:
            sizes.append(picture.size)
    assert sizes[0][0] == sizes[1][0] >= 1200
    assert sizes[1][1] > sizes[0][1]
