import stat
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from knowledge import packzip
from knowledge.catalogue import BUNDLED, named
from knowledge.errors import PackError
from knowledge.packzip import pack, unpack
from knowledge.topics import Topic
from tests.support.topics import digest_topic, topics

Writer = Callable[[zipfile.ZipFile], None]
HEAD = """id: t
version: "1"
motion: M
sides: [{id: a, holds: A}, {id: b, holds: B}]
licence: MIT
attribution: us
"""
READING = 'id: r\ntitle: R\nkind: verbatim\nsha256: "0"\npassages: []\n'


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(topics())
def test_a_topic_comes_back_from_its_zip_as_it_was(topic: Topic) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pack.zip"
        pack(topic, path)
        assert unpack(path) == topic
        assert [each.name for each in Path(folder).iterdir()] == ["pack.zip"]


def test_the_bundled_topic_comes_back_too_and_twice_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        pack(named(BUNDLED), tmp_path / name)
    assert unpack(tmp_path / "one.zip") == named(BUNDLED)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_person_can_read_the_files(tmp_path: Path) -> None:
    pack(digest_topic(), tmp_path / "p.zip")
    with zipfile.ZipFile(tmp_path / "p.zip") as archive:
        text = {name: archive.read(name).decode() for name in archive.namelist()}
    assert list(text) == [
        "topic.yaml", "readings/00001.yaml", "readings/00001.notes.yaml", "arguments.yaml", "blocks/blocks.yaml",
    ]  # fmt: skip
    assert "motion: Bring back the ferry." in text["topic.yaml"]
    assert (
        "helps: boat, says: Islanders now drive forty kilometres round the bay to reach a doctor."
        in text["readings/00001.yaml"]
    )


def link(archive: zipfile.ZipFile) -> None:
    entry = zipfile.ZipInfo("readings/r.txt")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    archive.writestr(entry, "/etc/passwd")


def holds(**files: str | bytes) -> Writer:
    def write(archive: zipfile.ZipFile) -> None:
        for name, content in files.items():
            archive.writestr(name, content)

    return write


def twice(archive: zipfile.ZipFile) -> None:
    archive.writestr("blocks/a.yaml", "[]")
    archive.writestr("blocks/A.yaml", "[]")


@pytest.mark.parametrize(
    ("write", "complaint"),
    [
        (holds(**{"../topic.yaml": HEAD}), "'../topic.yaml': not a file of a topic pack"),
        (holds(**{"/etc/topic.yaml": HEAD}), "not a file of a topic pack"),
        (holds(**{"readings/../../x.yaml": HEAD}), "not a file of a topic pack"),
        (holds(**{"readings\\x.yaml": HEAD}), "not a file of a topic pack"),
        (holds(**{"C:/topic.yaml": HEAD}), "not a file of a topic pack"),
        (holds(**{"readings/deep/x.yaml": HEAD}), "not a file of a topic pack"),
        (holds(**{"run.sh": "rm -rf"}), "'run.sh': not a file of a topic pack"),
        (link, "'readings/r.txt': a link or device, not a file"),
        (twice, "'blocks/A.yaml': two files of this name"),
        (holds(**{"readings/r.txt": b"a" * 2_000_000}), "a decompression bomb"),
        (holds(**{"readings/r.txt": "x"}), "topic.yaml: missing"),
        (holds(**{"topic.yaml": HEAD.encode("utf-16")}), "cannot be read as UTF-8 text"),
        (holds(**{"topic.yaml": HEAD + "more: 1"}), "topic.yaml:7: more: Extra inputs are not permitted"),
        (holds(**{"topic.yaml": "a: &x [1]\nb: *x"}), "topic.yaml:2: an alias"),
        (holds(**{"topic.yaml": "[" * 50_000}), "topic.yaml:1: nested too deeply"),
        (holds(**{"topic.yaml": f"id: {'9' * 5000}"}), "topic.yaml: not valid YAML"),
        (holds(**{"topic.yaml": "id: 2001-99-99"}), "topic.yaml: not valid YAML"),
        (holds(**{"topic.yaml": "id: \x01"}), "topic.yaml: not valid YAML"),
        (holds(**{"topic.yaml": "!!python/object/apply:os.system [ls]"}), "not valid YAML"),
        (holds(**{"topic.yaml": HEAD.replace("id: b", "id: A")}), "both are called 'a'"),
        (holds(**{"topic.yaml": HEAD, "readings/r.yaml": READING}), "readings/r.txt: missing"),
        (holds(**{"topic.yaml": HEAD, "readings/r.yaml": READING, "readings/r.txt": "x"}), "changed since"),
    ],
)
def test_an_unfit_zip_is_refused_in_one_line(tmp_path: Path, write: Writer, complaint: str) -> None:
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        write(archive)
    refused(path, complaint)


def refused(path: Path, complaint: str) -> None:
    with pytest.raises(PackError) as caught:
        unpack(path)
    assert complaint in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)
    assert [each.name for each in path.parent.iterdir()] == [path.name]


def test_files_that_are_too_big_together_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packzip, "MOST_BYTES", 1000)
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(20):
            archive.writestr(f"readings/{number}.txt", "words " * 20)
    refused(path, "too big for a pack")


def test_too_many_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packzip, "MOST_FILES", 5)
    path = tmp_path / "pack.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(6):
            archive.writestr(f"readings/{number}.txt", "x")
    refused(path, "6 files; a pack has at most 5")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip at all" * 99])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "pack.zip"
    path.write_bytes(content)
    refused(path, "not a zip file that can be read")


def test_a_damaged_zip_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    pack(named(BUNDLED), path)
    whole = bytearray(path.read_bytes())
    for place in range(2000, 3000):
        whole[place] ^= 0xFF
    path.write_bytes(whole)
    refused(path, "not a zip file that can be read")


def test_a_pack_that_cannot_be_written_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="cannot be written"):
        pack(digest_topic(), tmp_path / "nowhere" / "pack.zip")
    assert list(tmp_path.iterdir()) == []


def test_what_a_mac_adds_to_a_zip_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "pack.zip"
    pack(digest_topic(), path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/._topic.yaml", b"\x00")
        archive.writestr("readings/.DS_Store", b"\x00")
    assert unpack(path) == digest_topic()
