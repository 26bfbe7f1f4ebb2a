"""The command line. What is heavy is imported inside the command that needs it, so that --help answers at once."""

import json
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.exceptions import Abort, Exit, TyperException

from bot.commands.report import report
from knowledge.errors import GainsayError

if TYPE_CHECKING:
    from bot.assembly import App
    from bot.debate.round import Round
    from bot.settings import Settings
    from knowledge.topics import Topic

Record = dict[str, Any]
Do = Callable[["App", Record], Awaitable[Record]]

app = typer.Typer(
    name="gainsay",
    help="A debate practice bot: it takes the other side and cites what it rests on.",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
bench = typer.Typer(help="Measure retrieval and speed.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(bench, name="bench")

TopicOption = Annotated[str, typer.Option("--topic", help="The topic's id.")]
SideOption = Annotated[str, typer.Option("--side", help="The side that the bot takes.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
BatchOption = Annotated[str, typer.Option("--batch", help="A file of JSON lines, or - for standard input.")]
TextArgument = Annotated[str, typer.Argument(show_default=False, help="The message.")]


def main() -> None:
    """Run the command line; errors are one line on stderr: exit 2 for the caller's mistake, 1 for ours."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except TyperException as error:
        _fail(f"{error} See gainsay --help.", 2)
    except GainsayError as error:
        _fail(str(error), 1 if type(error).__name__ in ("ModelError", "StoreError", "HomeError") else 2)
    except (Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except Exit as done:
        sys.exit(done.exit_code)
    except Exception as error:
        _fail(f"Something went wrong on our side ({type(error).__name__}: {error}). Please report it.", 1)


@app.command()
def rebut(
    text: TextArgument = "",
    side: SideOption = "",
    topic: TopicOption = "north-korea",
    as_json: JsonOption = False,
    batch: BatchOption = "",
) -> None:
    """Answer one argument."""

    async def do(app: "App", line: Record) -> Record:
        from bot.debate.round import Round
        from bot.records import reply

        round = Round(str(line.get("id", "")), topic, line["side"])
        heard = await app.opponent.hear(round, line["text"], arguing=True)
        return {"side": line["side"], **reply(app.opponent.reply(round, heard))}

    _each(do, topic, _lines(text, batch, side), as_json or bool(batch), lambda record: _shown(record, "reply"), True)


@app.command()
def ask(
    text: TextArgument = "", topic: TopicOption = "north-korea", as_json: JsonOption = False, batch: BatchOption = ""
) -> None:
    """Answer a question from the readings, or say that they don't."""

    async def do(app: "App", line: Record) -> Record:
        from bot.records import citations

        answer = await app.study.ask(line["text"])
        return {"answer": answer.text, "answered": answer.answered, "citations": citations(answer.citations)}

    _each(do, topic, _lines(text, batch), as_json or bool(batch), lambda record: _shown(record, "answer"))


@app.command()
def listen(
    text: TextArgument = "", topic: TopicOption = "north-korea", as_json: JsonOption = False, batch: BatchOption = ""
) -> None:
    """Say what a message does and which claims it makes."""

    async def do(app: "App", line: Record) -> Record:
        heard = await app.opponent.overhear(line["text"])
        return {"act": heard.act.value, "claims": [claim.text for claim in heard.claims]}

    def show(record: Record) -> str:
        return "\n".join([record["act"], *(f"- {claim}" for claim in record["claims"])])

    _each(do, topic, _lines(text, batch), as_json or bool(batch), show)


@app.command()
def quote(
    text: TextArgument = "", topic: TopicOption = "north-korea", as_json: JsonOption = False, batch: BatchOption = ""
) -> None:
    """Check quotations against the readings: exact, altered or absent. Without quotation marks, the whole text."""
    from bot.records import quotations as shown
    from knowledge.quotes import check, quotations

    known = _topic(topic)
    for line in _lines(text, batch):
        found = [line["quote"]] if isinstance(line.get("quote"), str) else quotations(line["text"]) or [line["text"]]
        record = shown([check(one, known.sources, known.passages) for one in found])
        if as_json or batch:
            typer.echo(json.dumps({"id": line.get("id"), **record}, ensure_ascii=False))
            continue
        for one in record["quotations"]:
            where = f" ({one['locator']}): {one['source_text']}" if one["locator"] else ""
            typer.echo(" ".join(filter(None, [f"{one['verdict']}{where}", one.get("note", "")])))


@app.command()
def practice(
    side: SideOption = "",
    topic: TopicOption = "north-korea",
    format: Annotated[str, typer.Option(help="quick, spar, ld or pf.")] = "quick",
    level: Annotated[str, typer.Option(help="novice, club or varsity.")] = "club",
    seed: Annotated[int, typer.Option(help="Chooses the wordings.")] = -1,
    script: Annotated[str, typer.Option(help="A file with one turn of yours a line; - for standard input.")] = "",
    resume: Annotated[str, typer.Option(help="The id of a round to take up again.")] = "",
    rounds: Annotated[bool, typer.Option("--rounds", help="List the rounds kept here.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Play a round."""
    import secrets

    from bot.debate.formats import named
    from bot.debate.round import Level, Round
    from bot.lines import BadInput, read_file

    known = _topic(topic)
    named(format)
    if level not in list(Level):
        raise BadInput(f"No level {level!r}. Use one of: {', '.join(Level)}.")
    mine = _side(known, side) if side else known.sides[secrets.randbelow(2)].id
    turns = [line for line in read_file(script).splitlines() if line.strip()] if script else None
    fresh = Round(
        secrets.token_hex(3), topic, mine, format, Level(level), seed if seed >= 0 else secrets.randbelow(1 << 31)
    )
    if rounds:
        _list_rounds()
    else:
        _play(known, fresh, resume, turns, as_json)


def _play(topic: "Topic", fresh: "Round", resume: str, script: list[str] | None, as_json: bool) -> None:
    """Play a round to the end of the script, or as long as the user likes."""
    import asyncio
    from contextlib import AsyncExitStack

    from rich.console import Console

    settings = _settings()
    console = Console(quiet=as_json, highlight=False)
    with asyncio.Runner() as runner:
        stack = AsyncExitStack()
        try:
            with console.status("Loading the model and the readings…"):
                from bot.assembly import now, opened
                from bot.debate.ballot import ballot
                from bot.debate.flow import flow
                from bot.records import round as record
                from bot.terminal import Practice

                app = runner.run(stack.enter_async_context(opened(settings, topic)))
            round = runner.run(app.rounds.load(resume)) if resume else fresh

            async def lines() -> AsyncIterator[str]:
                for kept in await app.rounds.list():
                    yield f"{kept.id}  {kept.started}  bot: {kept.side}  {kept.turns} turns{' (ended)' * kept.ended}"

            runner.run(app.rounds.keep(round, now()))
            practice = Practice(console, app.opponent, app.rounds, round, lines)
            runner.run(practice.start())
            going = True
            for line in script if script is not None else _typed(console):
                going = runner.run(practice.say(line))
                if not going:
                    break
            if as_json:
                played = practice.round
                typer.echo(json.dumps(record(played, flow(played), ballot(played)), ensure_ascii=False))
            elif going:
                console.print(f"\nThe round is kept: gainsay practice --resume {practice.round.id}", style="dim")
        finally:
            runner.run(stack.aclose())


def _typed(console: Any) -> Any:
    """Yield the lines that the user types, until Ctrl-C or Ctrl-D."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    import readline  # noqa: F401  (line editing and history)

    while True:
        try:
            yield console.input("\n[bold]> [/bold]")
        except (EOFError, KeyboardInterrupt):
            return


def _list_rounds() -> None:
    import asyncio

    from bot.store.database import database
    from bot.store.rounds import Rounds

    async def show() -> None:
        settings = _settings()
        async with database(settings.database) as engine:
            for kept in await Rounds(engine).list():
                ended = " (ended)" if kept.ended else ""
                typer.echo(f"{kept.id}  {kept.started}  {kept.topic}  bot: {kept.side}  {kept.turns} turns{ended}")

    asyncio.run(show())


@bench.command("retrieval")
def bench_retrieval(
    corpus: Annotated[Path, typer.Option(help="BEIR corpus.jsonl.")],
    queries: Annotated[Path, typer.Option(help="BEIR queries.jsonl.")],
    qrels: Annotated[Path, typer.Option(help="BEIR qrels TSV.")],
    purpose: Annotated[str, typer.Option("--for", help="counter, support or question.")] = "question",
    as_json: JsonOption = False,
) -> None:
    """Measure search over a corpus in BEIR's formats."""
    from bot.bench import read_beir, retrieval
    from bot.lines import BadInput

    if purpose not in ("counter", "support", "question"):
        raise BadInput(f"--for {purpose!r} is unknown. Use counter, support or question.")
    given = read_beir(corpus, queries, qrels)
    record = retrieval(given, _settings())
    _report({"for": purpose, **record}, as_json)


@bench.command("speed")
def bench_speed(topic: TopicOption = "north-korea", as_json: JsonOption = False) -> None:
    """Measure a reply against one raw encoding of the same sentences and one FAISS search."""
    import asyncio

    known = _topic(topic)
    from bot.bench import speed

    _report(dict(asyncio.run(speed(known, _settings()))), as_json)


@app.command()
def doctor(as_json: JsonOption = False) -> None:
    """Check that everything is in place."""
    from bot.doctor import checks

    found = checks(_settings())
    if as_json:
        typer.echo(json.dumps({"ok": all(c.ok for c in found), "checks": [c.record() for c in found]}))
    else:
        for check in found:
            typer.echo(f"{'ok ' if check.ok else 'NOT'} {check.name}: {check.found}")
    if not all(check.ok for check in found):
        raise Exit(1)


app.command()(report)


def _each(
    do: Do, topic: str, lines: list[Record], as_json: bool, show: Callable[[Record], str], sided: bool = False
) -> None:
    """Do it for every line, with one topic opened once; print each result as soon as there is one."""
    import asyncio

    known = _topic(topic)
    if sided:
        lines = [{**line, "side": _side(known, str(line.get("side", "")))} for line in lines]
    settings = _settings()

    async def run() -> None:
        from bot.assembly import opened

        async with opened(settings, known) as app:
            for line in lines:
                start = time.perf_counter()
                record = await do(app, line)
                ms = round((time.perf_counter() - start) * 1000, 1)
                out = {"id": line.get("id"), **record, "ms": ms}
                typer.echo(json.dumps(out, ensure_ascii=False) if as_json else show(out))

    asyncio.run(run())


def _lines(text: str, batch: str, side: str = "") -> list[Record]:
    from bot.lines import BadInput, read_batch, read_file

    if batch:
        return [{"side": side, **line} for line in read_batch(batch)]
    if not text and not sys.stdin.isatty():
        text = read_file("-")
    if not text.strip():
        raise BadInput("No text. Give it in quotes after the command, or as --batch FILE.")
    return [{"id": None, "text": text, "side": side}]


def _shown(record: Record, key: str) -> str:
    cards = [
        f"[{c['n']}] {'digest of ' if c['kind'] == 'digest' else ''}{c['locator']}: {c['text']}"
        for c in record["citations"]
    ]
    return "\n".join([record[key], "", *cards]).rstrip()


def _report(record: Record, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(record))
    else:
        for key, value in record.items():
            typer.echo(f"{key:<24} {value}")


def _topic(name: str) -> "Topic":
    from knowledge.catalogue import named

    return named(name)


def _side(topic: "Topic", side: str) -> str:
    from bot.debate.errors import UnknownSide

    known = [each.id for each in topic.sides]
    if side not in known:
        what = f"No side {side!r} in {topic.id}." if side else "No side given."
        raise UnknownSide(f"{what} Use --side with one of: {', '.join(known)}.")
    return side


def _settings() -> "Settings":
    from bot.settings import settings

    return settings()


def _fail(message: str, code: int) -> None:
    sys.stderr.write(" ".join(message.split()) + "\n")
    sys.exit(code)
