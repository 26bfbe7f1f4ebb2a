"""Discord's published OpenAPI description, held against every request of the bot and every answer of the fake."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.support.discord.call import Call
from tests.support.discord.facts import Json

if TYPE_CHECKING:
    from tests.support.discord.schemas import Schemas

VARIABLE = "DISCORD_OPENAPI"


class Broken(AssertionError):
    """Something is not as Discord describes it."""


def contract() -> Contract | None:
    """The contract, where the environment names a copy of the description."""
    path = os.environ.get(VARIABLE)
    return loaded(path) if path else None


@cache
def loaded(path: str) -> Contract:
    """The contract in a file, read once."""
    # Tests without a description need no jsonschema.
    from tests.support.discord.schemas import Schemas

    text = Path(path).read_bytes()
    asked, given = (Schemas(json.loads(text), numeric_snowflakes=loose) for loose in (True, False))
    return Contract(json.loads(text)["paths"], asked, given)


class Contract:
    """What is described for each path and method; validators are made when first needed."""

    def __init__(self, paths: dict[str, Json], asked: Schemas, given: Schemas) -> None:
        self._paths = paths
        self.asked = asked
        self.given = given

    def request(self, call: Call) -> str | None:
        """How a request's body or query breaks the description, or nothing."""
        operation = self._operation(call)
        if operation is None:
            return f"{call.route} is not described"
        for problem in (*self._query(call, operation), *self._body(call, operation)):
            return f"{call.route}: {problem}"
        return None

    def response(self, call: Call, status: int, data: object) -> None:
        """Raises if an answer is not as described."""
        described = (self._operation(call) or {}).get("responses", {})
        key = next((k for k in (str(status), f"{status // 100}XX") if k in described), None)
        if key is None:
            raise Broken(f"{call.route}: no answer {status} is described")
        place: tuple[str, ...] = ("paths", call.template, call.method.lower(), "responses", key)
        if "$ref" in described[key]:
            place = tuple(described[key]["$ref"].removeprefix("#/").split("/"))
        if status == 204 or (status < 300 and "content" not in described[key]):
            return
        problem = self.given.problem((*place, "content", "application/json", "schema"), data)
        if problem:
            raise Broken(f"{call.route}: the fake's answer {status}: {problem}")

    def _operation(self, call: Call) -> Json | None:
        found: Json | None = self._paths.get(call.template, {}).get(call.method.lower())
        return found

    def _query(self, call: Call, operation: Json) -> Iterator[str]:
        where = ("paths", call.template, call.method.lower(), "parameters")
        for number, parameter in enumerate(operation.get("parameters", ())):
            if parameter["in"] == "query" and parameter["name"] in call.query:
                value = typed(call.query[parameter["name"]], parameter["schema"].get("type"))
                if problem := self.asked.problem((*where, str(number), "schema"), value):
                    yield f"query {parameter['name']}: {problem}"

    def _body(self, call: Call, operation: Json) -> Iterator[str]:
        described = operation.get("requestBody")
        if described is None:
            return
        if call.body is None:
            if described.get("required"):
                yield "has no body"
            return
        kind = "application/json" if "application/json" in described["content"] else next(iter(described["content"]))
        place = ("paths", call.template, call.method.lower(), "requestBody", "content", kind, "schema")
        if problem := self.asked.problem(place, call.body):
            yield problem


def typed(text: str, kind: object) -> Any:
    """A value of a query as what it stands for, where it does."""
    if kind == "boolean" and text.lower() in ("1", "true", "0", "false"):
        return text.lower() in ("1", "true")
    if kind == "integer" and text.removeprefix("-").isdecimal():
        return int(text)
    return text
