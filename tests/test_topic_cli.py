import asyncio
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.assembly import intake
from bot.settings import Settings
from knowledge.packfiles import begun
from knowledge.topics import Side
from tests.support import cli
from tests.support.console import Console
from tests.support.topics import ORIGINAL

GAINSAY = [sys.executable, "-m", "bot"]
ADDING = [sys.executable, "-m", "tests.support.adding"]
MOTION = ["--motion", "Bring back the ferry.", "--side", "boat: It should sail again.", "--side", "road"]
TABLES = ("topics", "sources", "passages", "notes", "arguments", "vectors")


def run(*args: str, home: Path) -> tuple[int, str, str]:
    """Return exit code, standard output and standard error of ``gainsay topic`` with these arguments."""
    return cli.run("topic", *args, home=home)


def done(*args: str, home: Path) -> str:
    code, said, complaint = run(*args, home=home)
    assert (code, complaint) == (0, "")
    return said


@pytest.fixture
def home(tmp_path: Path, ready: Path) -> Path:
    """A home with a topic that has one reading."""
    return shutil.copytree(ready, tmp_path / "home")


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ready")
    (path / "letter.txt").write_text(ORIGINAL)
    asyncio.run(_fill(path))
    return path


async def _fill(home: Path) -> None:
    async with intake(Settings(home=home)) as taking:
        sides = [Side("boat", "It should sail again."), Side("road", "The road does.")]
        await taking.create(begun("ferry", "Bring back the ferry.", sides, "1", "MIT", "us"))
        await taking.add("ferry", [str(home / "letter.txt")], "boat")


def kept(home: Path) -> dict[str, int]:
    with sqlite3.connect(home / "gainsay.db") as database:
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES}


@pytest.mark.parametrize(
    ("args", "complaint"),
    [
        (["create", "Ferry!", *MOTION], "use small letters, digits and hyphens"),
        (["create", "ferry"], "No motion given. Give --motion M"),
        (["create", "ferry", *MOTION[:4]], "No side given. Give --side A --side B"),
        (["create", "ferry", *MOTION[:4], "--side", "BOAT"], "both are called"),
        (["create", "ferry", *MOTION, "--side", "third"], "give two sides"),
        (["create", "north-korea", *MOTION], "There is a topic 'north-korea' already"),
        (["add", "nope", "x.txt"], "No topic 'nope'. There is: north-korea."),
        (["add", "north-korea", "/nowhere.txt"], "/nowhere.txt: cannot be read"),
        (["add", "north-korea", "/nowhere.txt", "--side", "left"], "one of: engagement, pressure, both"),
        (["show", "nope"], "No topic 'nope'"),
        (["validate", "nope"], "No topic 'nope'"),
        (["export", "north-korea", "--out", "/nowhere/x.zip"], "/nowhere/x.zip: cannot be written"),
        (["import", "/nowhere.zip"], "/nowhere.zip: cannot be read"),
        (["delete", "nope"], "No topic 'nope'"),
        (["delete", "north-korea"], "comes with the software"),
    ],
)
def test_the_callers_mistakes_are_one_line_and_exit_2(args: list[str], complaint: str, tmp_path: Path) -> None:
    code, said, complained = run(*args, home=tmp_path)
    assert (code, said) == (2, "")
    assert complaint in complained
    assert complained.count("\n") == 1


def test_a_topic_is_made_listed_and_deleted(tmp_path: Path) -> None:
    done("create", "ferry", *MOTION, home=tmp_path)
    listed = json.loads(done("list", "--json", home=tmp_path))
    assert [each["id"] for each in listed] == ["north-korea", "ferry"]
    assert listed[1] == {
        "id": "ferry", "motion": "Bring back the ferry.", "sides": ["boat", "road"], "sources": 0, "passages": 0,
    }  # fmt: skip
    assert done("delete", "ferry", home=tmp_path) == "Deleted ferry.\n"
    assert len(json.loads(done("list", "--json", home=tmp_path))) == 1


@pytest.mark.slow
def test_the_same_reading_twice_is_refused_and_changes_nothing(home: Path, tmp_path: Path) -> None:
    before = kept(home)
    (tmp_path / "other.txt").write_text(ORIGINAL.replace(". ", ".  "))
    (tmp_path / "new.txt").write_text("The boat was never full, and nobody missed it in winter.")
    files = [str(tmp_path / name) for name in ("new.txt", "other.txt")]
    code, said, complaint = run("add", "ferry", *files, home=home)
    assert (code, said) == (2, "")
    assert "ferry has this reading already. Nothing was added." in complaint
    assert kept(home) == before


@pytest.mark.slow
@pytest.mark.parametrize(("side", "clear"), [(["--side", "boat"], True), ([], False)])
def test_adding_says_when_sides_are_a_guess(side: list[str], clear: bool, home: Path, tmp_path: Path) -> None:
    (tmp_path / "new.txt").write_text("The boat was never late in ten years. The harbour was full of life.")
    said = done("add", "ferry", str(tmp_path / "new.txt"), *side, home=home)
    assert said.startswith("Added 'new' to ferry: 1 passage.\n")
    assert ("gainsay topic review ferry" in said) is not clear


@pytest.mark.slow
def test_a_topic_goes_out_and_comes_back(home: Path, tmp_path: Path) -> None:
    path = str(tmp_path / "ferry.zip")
    code, said, warning = run("export", "ferry", "--out", path, home=home)
    assert (code, said) == (0, f"Wrote {path}.\n")
    assert "word for word" in warning
    assert "There is a topic 'ferry' already" in run("import", path, home=home)[2]
    assert done("import", path, "--id", "boat", home=home) == "Imported boat: 1 source, 3 passages.\n"
    shown = [done("validate", name, home=home).partition(" ")[2] for name in ("ferry", "boat", path)]
    assert shown[0].startswith("1 holds together: 1 source, 3 passages")
    assert len(set(shown)) == 1


@pytest.mark.slow
def test_show_tells_what_each_side_has_and_draws_it(home: Path) -> None:
    picture = home / "ferry.png"
    shown = json.loads(done("show", "ferry", "--json", "--png", str(picture), home=home))
    assert [(side["id"], side["evidence"]) for side in shown["sides"]] == [("boat", 3), ("road", 0)]
    assert shown["balance"] == 1.0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert "boat 100%, road 0%" in done("show", "ferry", home=home)


@pytest.mark.slow
def test_a_review_at_a_narrow_terminal_is_stopped_and_taken_up_again(home: Path) -> None:
    review, environment = [*GAINSAY, "topic", "review", "ferry"], {"GAINSAY_HOME": str(home)}
    with Console(review, environment, columns=40) as console:
        console.until("3 left, ")
        console.type("2")
        console.until("Kept: ")
        shown = console.until("2 left, ")
        console.type("u")
        shown += console.until("3 left, ") + console.until("to quote: ")
        assert max(map(len, shown.splitlines())) <= 40
        console.type("w")
        console.until("> ")
        console.type("\x15We miss the boat\n")
        console.until("it claims: We miss the boat.")
        console.type("2q")
        assert console.ends() == 0
    with Console(review, environment) as console:
        console.until("2 left, ")
        console.type("\x03")
        assert console.ends() == 0
    with sqlite3.connect(home / "gainsay.db") as database:
        found = [json.loads(row[0]) for row in database.execute("SELECT argument FROM arguments WHERE NOT dropped")]
    assert [each["side"] for each in found if each["claim"] == "We miss the boat."] == ["road"]


@pytest.mark.slow
def test_ctrl_c_leaves_the_topic_as_it_was(home: Path, tmp_path: Path) -> None:
    before = kept(home)
    (tmp_path / "long.txt").write_text("\n\n".join(f"Boat number {n} sailed to the far shore." for n in range(5000)))
    process = subprocess.Popen(
        [*GAINSAY, "topic", "add", "ferry", str(tmp_path / "long.txt"), "--side", "boat"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "GAINSAY_HOME": str(home), "HF_HUB_OFFLINE": "1"},
    )  # fmt: skip
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(timeout=6)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)
    assert (process.returncode, *said) == (130, "", "")
    assert kept(home) == before


@pytest.mark.slow
def test_an_add_killed_at_any_moment_adds_all_or_nothing(tmp_path: Path) -> None:
    file = tmp_path / "long.txt"
    file.write_text("\n\n".join(f"Boat number {n} sailed to the far shore and came back." for n in range(3000)))
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    subprocess.run([*ADDING, fresh, ""], check=True, capture_output=True)
    start = time.perf_counter()
    before, whole = kept(fresh), added(shutil.copytree(fresh, tmp_path / "whole"), file)
    seconds = time.perf_counter() - start
    assert whole["passages"] == before["passages"] + 3000
    moments = random.Random(4)
    for number in range(6):
        found = added(shutil.copytree(fresh, tmp_path / str(number)), file, moments.uniform(0, seconds / 2))
        assert found in (before, whole)


def added(home: Path, file: Path, seconds: float | None = None) -> dict[str, int]:
    """Return what is kept after an add that was killed after so long."""
    process = subprocess.Popen([*ADDING, home, file], stdout=subprocess.PIPE)
    assert process.stdout
    process.stdout.readline()
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
    process.communicate()
    return kept(home)
