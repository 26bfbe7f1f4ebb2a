import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.debate.round import Round
from bot.store.database import database
from bot.store.rounds import Rounds
from tests.support import cli, readings

GAINSAY = [sys.executable, "-m", "bot"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the bundled topic's vectors in it, so that no test waits for them."""
    return readings.copied(tmp_path_factory.mktemp("home") / "kept")


def run(*args: str, home: Path | str = "/nonexistent", given: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "GAINSAY_HOME": str(home), "HF_HUB_OFFLINE": "1", "COLUMNS": "60"}
    return subprocess.run(
        [*GAINSAY, *args], capture_output=True, text=True, input=given, env=environment, timeout=120
    )


def records(*args: str, home: Path, given: str = "") -> list[dict[str, Any]]:
    """Return what the command prints, run in this process: torch is imported once for all that use a model."""
    code, said, complaint = cli.run(*args, home=home, given=given)
    assert (code, complaint) == (0, "")
    return [json.loads(line) for line in said.splitlines()]


def batch(*lines: dict[str, Any]) -> str:
    return "".join(json.dumps(line) + "\n" for line in lines)


def test_help_loads_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['gainsay', '--help']\n"
        "from bot.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({'torch', 'faiss', 'sqlalchemy', 'sklearn', 'numpy', 'pydantic'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "A debate practice bot" in done.stdout
    assert done.stdout.endswith("[]\n")


@pytest.mark.parametrize(
    ("args", "given", "complaint"),
    [
        (["nonsense"], "", "No such command 'nonsense'."),
        (["rebut", "--side", "left", "Hi."], "", "No side 'left'"),
        (["rebut", "Hi."], "", "No side given."),
        (["rebut", "--topic", "nope", "--side", "a", "Hi."], "", "No topic 'nope'."),
        (["ask"], "", "No text."),
        (["ask", "--batch", "/nowhere.jsonl"], "", "/nowhere.jsonl: cannot be read"),
        (["ask", "--batch", "-"], "{bad", "-:1: not JSON"),
        (["ask", "--batch", "-"], '{"id": 1, "text": "Hi."}\n[]', "-:2: not an object."),
        (["ask", "--batch", "-"], '{"id": 1}', '-:1: "text" is missing'),
        (["practice", "--format", "chess"], "", "No format 'chess'."),
        (["practice", "--level", "god"], "", "No level 'god'."),
        (["practice", "--resume", "nope"], "", "No round 'nope'."),
        (["bench", "retrieval", "--corpus", "/x", "--queries", "/x", "--qrels", "/x"], "", "/x: cannot be read"),
    ],
)
def test_the_callers_mistakes_are_one_line_and_exit_2(
    args: list[str], given: str, complaint: str, tmp_path: Path
) -> None:
    code, said, told = cli.run(*args, home=tmp_path, given=given)
    assert (code, said) == (2, "")
    assert complaint in told
    assert told.count("\n") == 1


def test_a_home_that_cannot_be_made_is_one_line_and_exit_1() -> None:
    code, _, told = cli.run("ask", "Hi?", home=Path("/proc/nothing"))
    assert code == 1
    assert "Set GAINSAY_HOME" in told
    assert told.count("\n") == 1


@pytest.mark.slow
def test_rebut_keeps_to_the_contract(home: Path) -> None:
    lines = batch(
        {"id": "1", "text": "Sanctions are working.", "side": "engagement"},
        {"id": "2", "text": "Talking prevents wars.", "side": "pressure"},
    )
    first, second = records("rebut", "--batch", "-", home=home, given=lines)
    assert list(first) == ["id", "side", "reply", "abstained", "points", "citations", "ms"]
    assert list(first["points"][0]) == ["answers", "attack", "text", "citations"]
    keys = ["n", "source", "locator", "kind", "text", "passage_id", "start", "end"]
    assert list(first["citations"][0]) == keys
    assert (first["id"], first["side"], second["side"]) == ("1", "engagement", "pressure")
    assert first["citations"][0]["kind"] == "digest"


@pytest.mark.slow
def test_ask_listen_and_quote_keep_to_the_contract(home: Path) -> None:
    (asked,) = records("ask", "--json", "Who is Robert McCoy?", home=home)
    assert list(asked) == ["id", "answer", "answered", "citations", "ms"]
    (heard,) = records("listen", "--batch", "-", home=home, given=batch({"id": "x", "text": "Sanctions never work."}))
    assert heard["id"] == "x"
    assert heard["act"] == "argument"
    assert heard["claims"] == ["Sanctions never work."]
    (quoted,) = records("quote", "--json", 'She wrote "no such words anywhere in it".', home=home)
    assert (quoted["verdict"], quoted["locator"], quoted["source_text"]) == ("absent", None, None)
    assert "only the original" in quoted["note"]


@pytest.mark.slow
def test_practice_plays_a_script(home: Path, tmp_path: Path) -> None:
    script = tmp_path / "script.txt"
    script.write_text("Sanctions are working.\n\nKim can't be trusted.\n")
    (played,) = records(
        "practice", "--side", "engagement", "--script", str(script), "--json", "--seed", "1", home=home
    )
    assert [turn["speaker"] for turn in played["turns"]] == ["user", "bot"] * 2
    assert played["turns"][1]["citations"]
    assert played["ballot"]["user"]["made"] == 2


@pytest.mark.slow
def test_practice_works_piped_and_narrow(home: Path) -> None:
    done = run(
        "practice",
        "--side",
        "engagement",
        home=home,
        given="Sanctions work.\nTalking prevents wars.\n/flow\n/hint\n/cards\n/ballot\n/what\n/end\n",
    )
    assert done.returncode == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= 60
    for part in ("Motion", "digest of ¶", "turn", "conceded", "On drops alone", "/resume"):
        assert part in done.stdout


@pytest.mark.slow
def test_a_killed_round_goes_on_where_it_was(home: Path) -> None:
    environment = {**os.environ, "GAINSAY_HOME": str(home), "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(
        [*GAINSAY, "practice", "--side", "engagement"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment,
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    process.stdin.write("Sanctions are working.\n")
    process.stdin.flush()
    said = ""
    while "[1] digest of" not in said:
        said += process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    name = next(line.split()[1] for line in said.splitlines() if line.startswith("Round "))
    (played,) = records("practice", "--resume", name, "--script", "-", "--json", home=home, given="Kim lies.\n")
    assert [turn["n"] for turn in played["turns"]] == [1, 2, 3, 4]
    assert played["turns"][0]["text"] == "Sanctions are working."


async def test_a_round_is_taken_up_on_its_own_topic(tmp_path: Path) -> None:
    async with database(f"sqlite+aiosqlite:///{tmp_path / 'gainsay.db'}") as engine:
        await Rounds(engine).keep(Round("r1", "long-gone", "for"), "2026-01-01")
    done = run("practice", "--resume", "r1", home=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "No topic 'long-gone'" in done.stderr


def test_doctor_finds_everything_in_place(tmp_path: Path) -> None:
    done = run("doctor", "--json", home=tmp_path)
    assert json.loads(done.stdout)["ok"]


@pytest.mark.slow
def test_bench_retrieval_reads_beir_files(home: Path, tmp_path: Path) -> None:
    (tmp_path / "corpus.jsonl").write_text(
        batch(
            {"_id": "a", "title": "", "text": "Trams are back."}, {"_id": "b", "title": "", "text": "Fuel is dear."}
        )
    )
    (tmp_path / "queries.jsonl").write_text(batch({"_id": "q", "text": "What does petrol cost?"}))
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq\tb\t1\n")
    files = [f"--{name}={tmp_path / file}" for name, file in
             (("corpus", "corpus.jsonl"), ("queries", "queries.jsonl"), ("qrels", "qrels.tsv"))]  # fmt: skip
    (found,) = records("bench", "retrieval", *files, "--for", "question", "--json", home=home)
    assert (found["queries"], found["nDCG@10"], found["acc@1"]) == (1, 1.0, 1.0)


@pytest.mark.slow
def test_bench_retrieval_for_counters_puts_the_answer_first(tmp_path: Path) -> None:
    said = "Zoos protect endangered species from extinction."
    texts = {
        "own": said,
        "same": "Zoos keep animals of endangered species safe from extinction.",
        "answer": "Zoos have not saved endangered species: few of the animals that they breed are ever released.",
        "other": "The lasagna should rest for ten minutes before it is served.",
    }
    (tmp_path / "corpus.jsonl").write_text(batch(*({"_id": name, "text": text} for name, text in texts.items())))
    (tmp_path / "queries.jsonl").write_text(batch({"_id": "own", "text": said}))
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nown\tanswer\t1\n")
    files = [f"--{name}={tmp_path / file}" for name, file in
             (("corpus", "corpus.jsonl"), ("queries", "queries.jsonl"), ("qrels", "qrels.tsv"))]  # fmt: skip
    (found,) = records("bench", "retrieval", *files, "--for", "counter", "--json", home=tmp_path)
    assert (found["queries"], found["acc@1"]) == (1, 1.0)


def test_bench_stance_measures_the_judge(tmp_path: Path) -> None:
    said = {"support": "Zoos are cruel to animals.", "oppose": "Zoos protect endangered species."}
    pairs = [{"claim": "We should ban zoos.", "argument": text, "label": label} for label, text in said.items()]
    (tmp_path / "pairs.jsonl").write_text(batch(*pairs))
    (found,) = records("bench", "stance", f"--file={tmp_path / 'pairs.jsonl'}", "--json", home=tmp_path)
    assert found == {"pairs": 2, "accuracy": 1.0, "macro-F1": 1.0}


def test_bench_stance_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "pairs.jsonl").write_text(batch({"claim": "Trams help.", "argument": "So.", "label": "maybe"}))
    done = run("bench", "stance", f"--file={tmp_path / 'pairs.jsonl'}", home=tmp_path)
    assert done.returncode == 2
    assert "pairs.jsonl:1: label 'maybe' is unknown" in done.stderr
