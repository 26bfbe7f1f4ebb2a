"""The commands the bot has synced: checked, kept, found again."""

import re

from tests.support.discord.facts import Json, Option
from tests.support.discord.refusals import invalid

NAME = re.compile(r"^[-_'\w]{1,32}$")
NESTING = (Option.COMMAND, Option.GROUP)


class Commands:
    """Synced commands by guild (None for global ones), type and name."""

    def __init__(self) -> None:
        self._kept: dict[int | None, dict[tuple[int, str], Json]] = {}

    def keep(self, guild: int | None, commands: list[Json]) -> None:
        """Replaces all commands of a guild, or all global ones."""
        self._kept[guild] = {(one["type"], one["name"]): one for one in commands}

    def of(self, guild: int | None) -> list[Json]:
        """The commands of a guild, or the global ones."""
        return list(self._kept.get(guild, {}).values())

    def find(self, guild: int | None, kind: int, name: str) -> Json | None:
        """The guild's command of this name, or the global one."""
        for where in (guild, None):
            if found := self._kept.get(where, {}).get((kind, name)):
                return found
        return None


def check_commands(commands: list[Json]) -> None:
    """Refuses commands that cannot be synced."""
    kinds = [command.get("type") or 1 for command in commands]
    for kind, most in ((1, 100), (2, 5), (3, 5)):
        if kinds.count(kind) > most:
            raise invalid("commands", f"at most {most} of type {kind}")
    names = [(kind, command["name"]) for kind, command in zip(kinds, commands, strict=True)]
    if len(set(names)) < len(names):
        raise invalid("name", "Application command names must be unique")
    for kind, command in zip(kinds, commands, strict=True):
        _check_slash(command) if kind == 1 else _check_menu(command)


def _check_slash(command: Json) -> None:
    _named(command)
    if size(command) > 8000:
        raise invalid("options", "Command exceeds maximum size (8000)")
    _check_options(command.get("options") or [])


def _check_menu(command: Json) -> None:
    if not 1 <= len(command["name"]) <= 32:
        raise invalid("name", "Must be between 1 and 32 in length.")
    if command.get("description") or command.get("options"):
        raise invalid("description", "context menu commands have no description and no options")


def _named(one: Json) -> None:
    if not NAME.match(one["name"]) or one["name"] != one["name"].lower():
        raise invalid("name", f"{one['name']!r} is not a command's name")
    if not 1 <= len(one.get("description") or "") <= 100:
        raise invalid("description", f"of {one['name']!r}: Must be between 1 and 100 in length.")


def _check_options(options: list[Json]) -> None:
    if len(options) > 25:
        raise invalid("options", "Must be 25 or fewer in length.")
    if len({option["name"] for option in options}) < len(options):
        raise invalid("options", "Option names must be unique")
    wanted = [bool(option.get("required")) for option in options]
    if wanted != sorted(wanted, reverse=True):
        raise invalid("options", "Required options must be placed before non-required options")
    for option in options:
        _named(option)
        _check_options(option.get("options") or [])
        check_choices(option.get("choices") or [])
        if option.get("choices") and option.get("autocomplete"):
            raise invalid("options.autocomplete", "cannot be used with choices")


def check_choices(choices: list[Json]) -> None:
    """Refuses choices that are too many or too long."""
    if len(choices) > 25:
        raise invalid("choices", "Must be 25 or fewer in length.")
    for choice in choices:
        if not 1 <= len(choice["name"]) <= 100 or not 1 <= len(str(choice["value"])) <= 100:
            raise invalid("choices", "Must be between 1 and 100 in length.")


def size(one: Json) -> int:
    """Characters that count against a command's 8,000."""
    own = len(one["name"]) + len(one.get("description") or "")
    choices = sum(len(c["name"]) + len(str(c["value"])) for c in one.get("choices") or [])
    return own + choices + sum(map(size, one.get("options") or []))


def kept(command: Json, id: int, application: int, guild: int | None) -> Json:
    """A command as Discord gives it back."""
    body = {key: value for key, value in command.items() if value is not None}
    permissions = command.get("default_member_permissions")
    body |= {
        "id": str(id),
        "application_id": str(application),
        "version": str(id),
        "type": command.get("type") or 1,
        "description": command.get("description") or "",
        "default_member_permissions": None if permissions is None else str(permissions),
        "nsfw": bool(command.get("nsfw")),
        "contexts": command.get("contexts"),
        "integration_types": command.get("integration_types") or [0],
    }
    return body | ({"guild_id": str(guild)} if guild is not None else {})
