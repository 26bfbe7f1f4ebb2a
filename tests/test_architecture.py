"""Who may import whom: the picture in docs/architecture.md, held."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
VALUES = {
    f"knowledge.{name}"
    for name in ("acts", "appeals", "errors", "passages", "queries", "quotes", "sources", "topics")
}
OURS = ("bot", "knowledge", "prompts")
MAY_IMPORT = {
    "knowledge": {"knowledge"},
    "prompts": {"prompts"},
    "bot.debate": {"bot.debate", *VALUES},
    "bot.study": {"bot.debate", "prompts", *VALUES},
    "bot.report": {"bot.debate", "prompts", *VALUES},
    "bot.voices": {"bot.voices", "bot.debate", "prompts", *VALUES},
    "bot.store": {"bot.store", "bot.debate", "knowledge.catalogue", *VALUES},
    "bot.terminal": {"bot.terminal", "bot.debate", "bot.study", "prompts", *VALUES},
    "bot.desk": {
        "bot.desk",
        "bot.debate",
        "bot.store",
        "bot.study",
        "bot.voices",
        "bot.intake",
        "bot.overview",
        "knowledge",
        "prompts",
    },
    "bot.chat": {
        "bot.chat",
        "bot.desk",
        "bot.debate",
        "bot.study",
        "bot.report",
        "bot.overview",
        "bot.store",
        "prompts",
        "knowledge.library",
        "knowledge.sentences",
        *VALUES,
    },
    "bot.settings": {"knowledge.errors", "knowledge.limits"},
}
ONLY_IN = {
    "torch": {"knowledge.embedding", "knowledge.judges", "bot.voices"},
    "transformers": {"knowledge.embedding", "knowledge.judges", "bot.voices"},
    "sentence_transformers": {"knowledge.embedding"},
    "faiss": {"knowledge.index"},
    "docx": {"knowledge.readers"},
    "lxml": {"knowledge.readers"},
    "pypdfium2": {"knowledge.readers"},
    "trafilatura": {"knowledge.readers"},
    "discord": {"bot.chat"},
    "aiohttp": {"bot.chat"},
    "matplotlib": {"bot.picture"},
    "sqlalchemy": {"bot.store"},
    "os": {"bot.settings"},
}


def within(name: str, parents: set[str]) -> bool:
    return any(name == parent or name.startswith(parent + ".") for parent in parents)


def imports() -> Iterator[tuple[str, str]]:
    for path in (p for top in OURS for p in (ROOT / top).rglob("*.py")):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((module, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0, f"{module}: write imports in full"
                yield module, node.module or ""


def test_imports_go_one_way() -> None:
    for module, name in imports():
        for layer, allowed in MAY_IMPORT.items():
            if within(module, {layer}) and within(name, set(OURS)):
                assert within(name, allowed), f"{module} may not import {name}"


def test_heavy_and_foreign_parts_stay_in_their_place() -> None:
    for module, name in imports():
        for part, places in ONLY_IN.items():
            if within(name, {part}):
                assert within(module, places), f"{module} may not import {name}"
