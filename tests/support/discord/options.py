"""Options of a slash command as a person fills them in, typed as the command was synced."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.support.discord.asking import NotOffered
from tests.support.discord.facts import Json, Option
from tests.support.discord.places import Place
from tests.support.discord.resolving import Resolving
from tests.support.discord.users import Role

if TYPE_CHECKING:
    from tests.support.discord.world import World

NESTING = (Option.COMMAND, Option.GROUP)
PLAIN: dict[int, tuple[type, ...]] = {
    Option.STRING: (str,),
    Option.INTEGER: (int,),
    Option.BOOLEAN: (bool,),
    Option.NUMBER: (int, float),
}


def find_command(world: World, place: Place, words: list[str]) -> tuple[Json, list[Json]]:
    """The synced command and the nested options that a line names."""
    command = world.commands.find(place.guild.id if place.guild else None, 1, words[0])
    if command is None:
        raise NotOffered(f"/{words[0]} was never synced")
    path, inner = [], command
    for word in words[1:]:
        nested = [o for o in inner.get("options") or [] if o["type"] in NESTING and o["name"] == word]
        if not nested:
            raise NotOffered(f"/{' '.join(words)} was never synced")
        path.append(inner := nested[0])
    if any(option["type"] in NESTING for option in inner.get("options") or []):
        raise NotOffered(f"/{' '.join(words)} is a group")
    return command, path


def filled(
    world: World, place: Place, command: Json, path: list[Json], given: Mapping[str, Any], typed: str | None = None
) -> Json:
    """The data of an interaction that runs a command, or asks for suggestions for the option ``typed``."""
    inner = path[-1] if path else command
    known = {option["name"]: option for option in inner.get("options") or []}
    if strange := given.keys() - known.keys():
        raise NotOffered(f"/{command['name']} has no option {sorted(strange)}")
    lacking = [name for name, option in known.items() if option.get("required") and name not in given]
    if lacking and typed is None:
        raise NotOffered(f"/{command['name']} needs {lacking}")
    resolving = Resolving(world, place)
    options = [_option(known[name], value, resolving, typed == name) for name, value in given.items()]
    for outer in reversed(path):
        options = [{"type": outer["type"], "name": outer["name"], "options": options}]
    data = named(command) | {"options": options}
    return data | ({"resolved": resolving.found} if resolving.found else {})


def named(command: Json) -> Json:
    """How an interaction says which command it runs."""
    return {key: command[key] for key in ("id", "name", "type", "guild_id") if key in command}


def _option(option: Json, value: Any, resolving: Resolving, focused: bool) -> Json:
    body: Json = {"type": option["type"], "name": option["name"]}
    if focused:
        return body | {"value": value, "focused": True}
    return body | {"value": _value(option, value, resolving)}


def _value(option: Json, value: Any, resolving: Resolving) -> Any:
    kind = option["type"]
    if kind in PLAIN:
        return _plain(option, value)
    if kind == Option.ATTACHMENT:
        return resolving.file(value)
    if kind == Option.CHANNEL:
        return resolving.place(value, option.get("channel_types"))
    if kind == Option.ROLE or (kind == Option.MENTIONABLE and isinstance(value, Role)):
        return resolving.role(value)
    return resolving.user(value)


def _plain(option: Json, value: Any) -> Any:
    kinds = PLAIN[option["type"]]
    if not isinstance(value, kinds) or (bool not in kinds and isinstance(value, bool)):
        raise NotOffered(f"{option['name']} takes {kinds}, not {value!r}")
    if choices := option.get("choices"):
        chosen = [choice["value"] for choice in choices if value in (choice["name"], choice["value"])]
        if not chosen:
            raise NotOffered(f"{value!r} is no choice of {option['name']}")
        return chosen[0]
    measure = len(value) if isinstance(value, str) else value
    least, most = ("min_length", "max_length") if isinstance(value, str) else ("min_value", "max_value")
    if measure < option.get(least, measure) or measure > option.get(most, measure):
        raise NotOffered(f"{option['name']} is out of bounds: {value!r}")
    return value
