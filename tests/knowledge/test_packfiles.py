import shutil
from pathlib import Path

import pytest

import knowledge
from knowledge.errors import PackError
from knowledge.packfiles import load, load_general

PACKS = Path(knowledge.__file__).parent / "packs"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "north-korea", tmp_path / "pack"))


def test_the_bundled_digest_covers_every_paragraph() -> None:
    topic = load(PACKS / "north-korea")
    assert len(topic.passages) >= 60
    assert {p.locator for p in topic.passages} == {f"¶{n}" for n in range(1, 26)}
    for side in topic.sides:
        assert sum(a.side == side.id for a in topic.arguments) >= 12
    source = topic.sources[0]
    assert all(source.text[p.start : p.end] == p.text for p in topic.passages)


def test_the_packs_that_ship_would_pass_as_anybodys(pack: Path) -> None:
    assert load(pack) == load(PACKS / "north-korea")


def test_general_answers_load() -> None:
    assert len(load_general(PACKS / "general.yaml")) >= 30


@pytest.mark.parametrize(
    ("file", "old", "new", "complaint"),
    [
        ("topic.yaml", "motion:", "motoin:", "motion: Field required"),
        ("topic.yaml", "id: north-korea", "id: [", "topic.yaml:3: not valid YAML"),
        ("readings/engagement-essay.yaml", "at: 1,", "at: 0,", "engagement-essay.yaml:6: passages.0.at"),
        ("blocks/engagement-morality.yaml", "id: e-legitimacy", "id: e-reward", "two blocks have this id"),
        ("precedents.yaml", "met_by: [¶21", "met_by: [¶99", "engagement-essay has no passage at '¶99'"),
        ("precedents.yaml", "side: pressure", "side: nobody", "side: 'nobody' is unknown"),
        ("arguments.yaml", "rests_on: [", "rests_on: [p99.1, ", "there is no passage 'p99.1'"),
    ],
)
def test_a_fault_is_named_with_its_place(pack: Path, file: str, old: str, new: str, complaint: str) -> None:
    path = pack / file
    path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    with pytest.raises(PackError) as caught:
        load(pack)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)
