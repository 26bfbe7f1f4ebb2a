"""Modals as a person fills them in: by the text of the label."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tests.support.discord.asking import NotOffered
from tests.support.discord.facts import Json, Kind
from tests.support.discord.interactions import Modal
from tests.support.discord.resolving import Resolving
from tests.support.discord.rules import least_and_most
from tests.support.discord.users import Role

if TYPE_CHECKING:
    from tests.support.discord.world import World


def submitted(world: World, modal: Modal, answers: Mapping[str, Any]) -> Json:
    """The data of the interaction that sends a filled-in modal."""
    fields = dict(_fields(modal.components))
    if strange := answers.keys() - fields.keys():
        raise NotOffered(f"the modal {modal.title!r} has no {sorted(strange)}, only {list(fields)}")
    resolving = Resolving(world, modal.opened_by.place)
    filled = {
        field["custom_id"]: _filled(label, field, answers.get(label), resolving) for label, field in fields.items()
    }
    data: Json = {"custom_id": modal.custom_id, "components": [_sent(one, filled) for one in modal.components]}
    return data | ({"resolved": resolving.found} if resolving.found else {})


def _fields(components: Sequence[Json]) -> list[tuple[str, Json]]:
    found = []
    for one in components:
        if one["type"] == Kind.LABEL:
            found.append((one["label"], one["component"]))
        elif one["type"] == Kind.ROW:
            found += [(field["label"], field) for field in one["components"]]
    return found


def _sent(component: Json, filled: Mapping[str, Json]) -> Json:
    body: Json = {"type": component["type"], "id": component["id"]}
    if component["type"] == Kind.LABEL:
        body["component"] = filled[component["component"]["custom_id"]]
    elif component["type"] == Kind.ROW:
        body["components"] = [filled[field["custom_id"]] for field in component["components"]]
    return body


def _filled(label: str, field: Json, answer: Any, resolving: Resolving) -> Json:
    body = {"type": field["type"], "id": field["id"], "custom_id": field["custom_id"]}
    kind = field["type"]
    if kind == Kind.TEXT_INPUT:
        return body | {"value": _text(label, field, answer)}
    if kind == Kind.CHECK:
        return body | {"value": bool(field.get("default") if answer is None else answer)}
    if kind == Kind.RADIO:
        return body | {"value": _radio(label, field, answer)}
    return body | {"values": _several(label, field, answer, resolving)}


def _text(label: str, field: Json, answer: Any) -> str:
    text = str(field.get("value") or "") if answer is None else answer
    assert isinstance(text, str), f"{label} is text"
    if not text and _required(field):
        raise NotOffered(f"{label} is required")
    least, most = field.get("min_length") or 0, field.get("max_length") or 4000
    if text and not least <= len(text) <= most:
        raise NotOffered(f"{label} takes {least} to {most} characters, not {len(text)}")
    return text


def _radio(label: str, field: Json, answer: Any) -> str | None:
    chosen = _options(label, field, [] if answer is None else [answer])
    if not chosen and _required(field):
        raise NotOffered(f"{label} is required")
    return chosen[0] if chosen else None


def _several(label: str, field: Json, answer: Any, resolving: Resolving) -> list[str]:
    given = [] if answer is None else list(answer) if isinstance(answer, list | tuple) else [answer]
    if field["type"] in (Kind.STRINGS, Kind.CHECKS):
        chosen = _options(label, field, given)
    else:
        chosen = chosen_ids(field, given, resolving)
    least, most = least_and_most(field)
    if field["type"] == Kind.CHECKS and field.get("max_values") is None:
        most = len(field["options"])
    if not chosen and not _required(field):
        return chosen
    if not max(least, int(_required(field))) <= len(chosen) <= most:
        raise NotOffered(f"{label} takes {least} to {most} values, not {len(chosen)}")
    return chosen


def chosen_ids(field: Json, given: Sequence[Any], resolving: Resolving) -> list[str]:
    """The ids of the people, roles, channels or files chosen in a field."""
    kind = field["type"]
    if kind == Kind.UPLOAD:
        return [resolving.file(one) for one in given]
    if kind == Kind.CHANNELS:
        return [resolving.place(one, field.get("channel_types")) for one in given]
    return [resolving.role(one) if isinstance(one, Role) else resolving.user(one) for one in given]


def _options(label: str, field: Json, given: Sequence[Any]) -> list[str]:
    options = field["options"]
    if not given:
        return [option["value"] for option in options if option.get("default")]
    values = [value for one in given for value in matching(options, one)]
    if len(values) != len(given):
        raise NotOffered(f"{label} offers {[option['label'] for option in options]}, not {list(given)}")
    return values


def matching(options: Sequence[Json], chosen: str) -> list[str]:
    """The value of the option with this label or value, if there is one."""
    return [option["value"] for option in options if chosen in (option["label"], option["value"])][:1]


def _required(field: Json) -> bool:
    required = field.get("required")
    return True if required is None else bool(required)
