"""JSON schemas of an OpenAPI 3.1 document, compiled when first needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]
from jsonschema.exceptions import best_match  # type: ignore[import-untyped]
from jsonschema.validators import extend  # type: ignore[import-untyped]
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.support.discord.facts import Json
from tests.support.discord.quick import Check, Compiler

BASE = "urn:discord"
BY_TYPE = "x-by-type"
SCHEMAS = "#/components/schemas/"


class Schemas:
    """Says what is wrong with a value. Snowflakes that the bot sends may be numbers, as Discord accepts them."""

    def __init__(self, document: Json, *, numeric_snowflakes: bool) -> None:
        schemas = document["components"]["schemas"]
        if numeric_snowflakes:
            schemas["SnowflakeType"]["type"] = ["string", "integer"]
        sharpen(document, schemas)
        resource = DRAFT202012.create_resource(document)
        self._registry: Registry[Any] = Registry().with_resource(BASE, resource)
        self._compile = Compiler(document, BY_TYPE)
        self._checks: dict[tuple[str, ...], Check] = {}

    def problem(self, place: tuple[str, ...], value: object) -> str | None:
        """The most telling problem of a value under the schema at a place of the document."""
        if place not in self._checks:
            self._checks[place] = self._compile.at(place)
        return None if self._checks[place](value) else self.explained(place, value) or "is not as described"

    def explained(self, place: tuple[str, ...], value: object) -> str | None:
        """The same, asked of jsonschema, which takes its time and can say why."""
        pointer = "/".join(part.replace("~", "~0").replace("/", "~1") for part in place)
        validator = VALIDATOR({"$ref": f"{BASE}#/{pointer}"}, registry=self._registry)
        best = best_match(validator.iter_errors(value))
        return None if best is None else f"{best.json_path}: {best.message[:400]}"


def sharpen(node: Any, schemas: Json) -> None:
    """Turns unions whose members have types of their own into a look-up by type, and ``oneOf`` into ``anyOf``.

    A look-up costs one branch and names the problem in it. Discord's ``oneOf`` overlaps: an integer is a number.
    """
    if isinstance(node, list):
        for item in node:
            sharpen(item, schemas)
    elif isinstance(node, dict):
        for keyword in ("oneOf", "anyOf"):
            if isinstance(union := node.get(keyword), list):
                del node[keyword]
                node |= sharpened(union, schemas)
        for item in node.values():
            sharpen(item, schemas)


def sharpened(union: list[Json], schemas: Json) -> Json:
    """A union as something quicker to check."""
    if all("const" in member for member in union):
        return {"enum": [member["const"] for member in union]}
    table = by_type(union, schemas)
    return {BY_TYPE: table} if table else {"anyOf": union}


def by_type(union: list[Json], schemas: Json) -> dict[str, Json] | None:
    """The members of a union by the value of their ``type``; None where they cannot be told apart so."""
    table: dict[str, Json] = {}
    for member in union:
        if member == {"type": "null"}:
            table["null"] = {}
            continue
        target = schemas.get(member.get("$ref", "").removeprefix(SCHEMAS), {})
        kinds = target.get("properties", {}).get("type", {}).get("enum")
        if not kinds or not table.keys().isdisjoint(map(str, kinds)):
            return None
        table |= {str(kind): member for kind in kinds}
    return table if table.keys() - {"null"} else None


def _by_type(validator: Any, table: dict[str, Json], instance: Any, _: Json) -> Iterator[Any]:
    kind = "null" if instance is None else str(instance.get("type")) if isinstance(instance, dict) else "?"
    member = table.get(kind, {"not": {}})
    yield from validator.descend(instance, member)


VALIDATOR = extend(Draft202012Validator, {BY_TYPE: _by_type})
