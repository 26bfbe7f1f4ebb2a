"""Measurements that anyone can run."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.options import JsonOption, TopicOption, chosen_settings, chosen_topic

Record = dict[str, Any]

bench = typer.Typer(help="Measure retrieval, stance and speed.", no_args_is_help=True, rich_markup_mode=None)


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
    record = retrieval(given, chosen_settings(), purpose)
    _report({"for": purpose, **record}, as_json)


@bench.command("stance")
def bench_stance(
    file: Annotated[Path, typer.Option(help='JSON lines: {"claim", "argument", "label"}, support or oppose.')],
    as_json: JsonOption = False,
) -> None:
    """Measure whether what supports a claim is told from what opposes it."""
    from bot.bench import read_stances, stance

    _report(dict(stance(read_stances(file))), as_json)


@bench.command("speed")
def bench_speed(topic: TopicOption = "north-korea", as_json: JsonOption = False) -> None:
    """Measure a reply against one raw encoding of the same sentences and one FAISS search."""
    import asyncio

    known = chosen_topic(topic)
    from bot.bench import speed

    _report(dict(asyncio.run(speed(known, chosen_settings()))), as_json)


def _report(record: Record, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(record))
    else:
        for key, value in record.items():
            typer.echo(f"{key:<24} {value}")
