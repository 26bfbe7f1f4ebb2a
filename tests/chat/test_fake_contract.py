"""The contract: requests of a bot and answers of the fake against an OpenAPI description."""

import json
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest
from discord.http import Route

from tests.support.discord import FakeDiscord
from tests.support.discord.call import Call
from tests.support.discord.contract import VARIABLE, Broken, Contract, loaded
from tests.support.discord.sample import SampleBot, card
from tests.support.discord.users import User

CREATE = "/channels/{channel_id}/messages"
SCHEMAS: dict[str, Any] = {
    "SnowflakeType": {"type": "string", "pattern": "^(0|[1-9][0-9]*)$"},
    "Kinds": {"type": "integer", "oneOf": [{"const": 1, "title": "ROW"}, {"const": 10, "title": "TEXT"}]},
    "Text": {
        "type": "object",
        "properties": {
            "type": {"type": "integer", "enum": [10], "allOf": [{"$ref": "#/components/schemas/Kinds"}]},
            "content": {"type": "string", "minLength": 1},
        },
        "required": ["type", "content"],
    },
    "Row": {
        "type": "object",
        "properties": {
            "type": {"type": "integer", "enum": [1]},
            "components": {"type": "array", "maxItems": 5, "items": {"$ref": "#/components/schemas/Part"}},
        },
        "required": ["type"],
    },
    "Part": {"oneOf": [{"$ref": "#/components/schemas/Row"}, {"$ref": "#/components/schemas/Text"}]},
    "Asked": {
        "type": "object",
        "properties": {
            "content": {"type": ["string", "null"]},
            "channel": {"oneOf": [{"type": "null"}, {"$ref": "#/components/schemas/SnowflakeType"}]},
            "components": {"type": ["array", "null"], "items": {"$ref": "#/components/schemas/Part"}},
            "tts": {"type": "boolean"},
            "names": {"type": "object", "additionalProperties": {"type": "string"}, "maxProperties": 2},
            "limit": {"oneOf": [{"type": "integer", "minimum": 1}, {"type": "number", "maximum": 9}]},
        },
    },
    "Given": {
        "type": "object",
        "properties": {"id": {"$ref": "#/components/schemas/SnowflakeType"}, "content": {"type": "string"}},
        "required": ["id", "content"],
    },
}


def described(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}


DESCRIPTION: dict[str, Any] = {
    "paths": {
        CREATE: {
            "post": {
                "parameters": [{"name": "wait", "in": "query", "schema": {"type": "boolean"}}],
                "requestBody": {"required": True, "content": described("Asked")},
                "responses": {"200": {"content": described("Given")}, "204": {}},
            }
        }
    },
    "components": {"schemas": SCHEMAS},
}


@pytest.fixture
def contract(tmp_path: Path) -> Contract:
    path = tmp_path / "openapi.json"
    path.write_text(json.dumps(DESCRIPTION), "utf-8")
    return loaded(str(path))


def call(body: object, **query: str) -> Call:
    return Call("POST", CREATE, {}, query, body)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"content": None, "channel": "12", "tts": True},
        {"channel": 12},
        {"components": [{"type": 1, "components": [{"type": 10, "content": "x"}, {"type": 1}]}]},
        {"names": {"a": "b"}, "limit": 3},
        {"limit": 0.5},
    ],
)
def test_requests_that_keep_it(contract: Contract, body: object) -> None:
    assert contract.request(call(body, wait="1")) is None


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ([], "is not of type 'object'"),
        ({"content": 3}, "$.content"),
        ({"channel": "x"}, "$.channel"),
        ({"tts": 1}, "$.tts"),
        ({"components": [{"type": 1, "components": [{"type": 10, "content": ""}]}]}, "components[0].content"),
        ({"components": [{"type": 10}]}, "'content' is a required property"),
        ({"components": [{"type": 2}]}, "$.components[0]"),
        ({"components": [{"type": 1, "components": [{"type": 1}] * 6}]}, "too long"),
        ({"names": {"a": 1}}, "$.names.a"),
        ({"names": {"a": "", "b": "", "c": ""}}, "$.names"),
        ({"limit": 9.5}, "$.limit"),
        (None, "has no body"),
    ],
)
def test_requests_that_break_it(contract: Contract, body: object, where: str) -> None:
    problem = contract.request(call(body))
    assert problem is not None
    assert where in problem


def test_queries_and_routes_that_break_it(contract: Contract) -> None:
    assert "query wait" in str(contract.request(call({}, wait="perhaps")))
    assert "is not described" in str(contract.request(Call("GET", CREATE, {}, {})))


def test_answers_that_break_it(contract: Contract) -> None:
    contract.response(call({}), 200, {"id": "1", "content": "x"})
    contract.response(call({}), 204, None)
    for status, data in ((200, {"id": 1, "content": "x"}), (200, {"id": "1"}), (201, {"id": "1", "content": "x"})):
        with pytest.raises(Broken):
            contract.response(call({}), status, data)


@pytest.fixture
async def fake(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[FakeDiscord]:
    if VARIABLE not in os.environ:
        pytest.skip(f"{VARIABLE} names no description")
    async with FakeDiscord.started() as started:
        started.wire(monkeypatch)
        yield started


async def test_what_breaks_it_is_a_violation(fake: FakeDiscord, monkeypatch: pytest.MonkeyPatch) -> None:
    bot = SampleBot()
    await bot.login(fake.token)
    fake.check(refusals=())
    general = fake.guild("Club").channels["general"]
    await bot.http.request(
        Route("POST", "/channels/{id}/messages", id=general.id), json={"content": "x", "tts": "no"}
    )
    assert ["$.tts" in violation for violation in fake.violations] == [True]
    monkeypatch.setattr(User, "payload", lambda _: {"id": 1})
    with pytest.raises(discord.HTTPException, match=r"the fake's answer 200: \$.author"):
        await bot.http.request(Route("POST", "/channels/{id}/messages", id=general.id), json={"content": "y"})
    assert len(fake.violations) == 2
    await bot.close()


async def test_it_is_cheap_and_says_what_jsonschema_says(fake: FakeDiscord) -> None:
    contract = loaded(os.environ[VARIABLE])
    view: Any = card(0)
    body = {"flags": 1 << 15, "components": view.to_components() * 6}
    asked = Call("POST", CREATE, {}, {}, body)
    assert contract.request(asked) is None
    begun = time.perf_counter()
    for _ in range(20):
        contract.request(asked)
    assert (time.perf_counter() - begun) / 20 < 0.005
    place = ("paths", CREATE, "post", "requestBody", "content", "application/json", "schema")
    assert contract.asked.explained(place, body) is None
    fake.check()
