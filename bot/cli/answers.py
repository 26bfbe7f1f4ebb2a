"""One message in, one answer out: rebut, ask, listen, quote."""

import json
import sys
import time
import zlib
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

import typer

from bot.cli.options import (
    BatchOption,
    JsonOption,
    SideOption,
    TextArgument,
    TopicOption,
    chosen_settings,
    chosen_side,
    chosen_topic,
)
from bot.cli.progress import progress

if TYPE_CHECKING:
    from bot.assembly import App

Record = dict[str, Any]
Do = Callable[["App", Record], Awaitable[Record]]


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

        seed = zlib.crc32(line["text"].encode())
        round = Round(str(line.get("id", "")), topic, line["side"], seed=seed)
        heard = await app.opponent.hear(round, line["text"], arguing=True)
        return {"side": line["side"], **reply(app.opponent.reply(round, heard))}

    _each(do, topic, _lines(text, batch, side), as_json or bool(batch), lambda record: _shown(record, "reply"), True)


def ask(
    text: TextArgument = "", topic: TopicOption = "north-korea", as_json: JsonOption = False, batch: BatchOption = ""
) -> None:
    """Answer a question from the readings, or say that they don't."""

    async def do(app: "App", line: Record) -> Record:
        from bot.records import citations

        answer = await app.study.ask(line["text"])
        return {"answer": answer.text, "answered": answer.answered, "citations": citations(answer.citations)}

    _each(do, topic, _lines(text, batch), as_json or bool(batch), lambda record: _shown(record, "answer"))


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


def quote(
    text: TextArgument = "", topic: TopicOption = "north-korea", as_json: JsonOption = False, batch: BatchOption = ""
) -> None:
    """Check quotations against the readings: exact, altered or absent. Without quotation marks, the whole text."""
    from bot.records import quotations as shown
    from knowledge.quotes import check, quotations

    known = chosen_topic(topic)
    for line in _lines(text, batch):
        found = [line["quote"]] if isinstance(line.get("quote"), str) else quotations(line["text"]) or [line["text"]]
        record = shown([check(one, known.sources, known.passages) for one in found])
        if as_json or batch:
            typer.echo(json.dumps({"id": line.get("id"), **record}, ensure_ascii=False))
            continue
        for one in record["quotations"]:
            where = f" ({one['locator']}): {one['source_text']}" if one["locator"] else ""
            typer.echo(" ".join(filter(None, [f"{one['verdict']}{where}", one.get("note", "")])))


def _each(
    do: Do, topic: str, lines: list[Record], as_json: bool, show: Callable[[Record], str], sided: bool = False
) -> None:
    """Do it for every line, with one topic opened once; print each result as soon as there is one."""
    import asyncio

    known = chosen_topic(topic)
    if sided:
        lines = [{**line, "side": chosen_side(known, str(line.get("side", "")))} for line in lines]
    settings = chosen_settings()

    async def run() -> None:
        from contextlib import AsyncExitStack

        from bot.assembly import opened

        async with AsyncExitStack() as stack:
            with progress() as told:
                app = await stack.enter_async_context(opened(settings, known, told))
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
