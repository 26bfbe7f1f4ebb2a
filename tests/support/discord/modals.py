"""What Discord accepts as a modal."""

from tests.support.discord.components import walk
from tests.support.discord.facts import SELECTS, Json, Kind
from tests.support.discord.refusals import invalid
from tests.support.discord.rules import check_custom_ids, check_options, check_select

IN_LABEL = SELECTS | {Kind.TEXT_INPUT, Kind.UPLOAD, Kind.RADIO, Kind.CHECKS, Kind.CHECK}
TOP = frozenset({Kind.ROW, Kind.LABEL, Kind.TEXT})


def check_modal(form: Json) -> None:
    """Refuses a modal that cannot be opened."""
    _within(len(form.get("title") or ""), 1, 45, "title")
    _within(len(form.get("custom_id") or ""), 1, 100, "custom_id")
    components = form.get("components") or []
    _within(len(components), 1, 5, "components")
    for one in components:
        _check_top(one)
    everything = list(walk(components))
    check_custom_ids(everything)
    if all(one["type"] in TOP for one in everything):
        raise invalid("components", "there is nothing to fill in")


def _check_top(one: Json) -> None:
    if one["type"] not in TOP:
        raise invalid("components", f"a component of type {one['type']} cannot be here")
    if one["type"] == Kind.LABEL:
        _within(len(one["label"]), 1, 45, "components.label")
        _within(len(one.get("description") or ""), 0, 100, "components.description")
        _check_field(one["component"])
    elif one["type"] == Kind.ROW:
        if [inner["type"] for inner in one["components"]] != [Kind.TEXT_INPUT]:
            raise invalid("components.components", "a row of a modal holds one text input")
        _within(len(one["components"][0].get("label") or ""), 1, 45, "components.components.label")
        _check_field(one["components"][0])
    else:
        _within(len(one["content"]), 1, 4000, "components.content")


def _check_field(field: Json) -> None:
    kind = field["type"]
    if kind not in IN_LABEL:
        raise invalid("components.component", f"a component of type {kind} cannot be here")
    if kind in SELECTS:
        check_select(field)
    elif kind in (Kind.RADIO, Kind.CHECKS):
        check_options(field["options"], 2 if kind == Kind.RADIO else 1, 10)
    elif kind == Kind.TEXT_INPUT:
        _check_text(field)
    elif kind == Kind.UPLOAD:
        _within(_or(field.get("min_values"), 1), 0, 10, "components.min_values")
        _within(_or(field.get("max_values"), 1), 1, 10, "components.max_values")


def _check_text(field: Json) -> None:
    least, most = _or(field.get("min_length"), 0), _or(field.get("max_length"), 4000)
    _within(least, 0, most, "components.min_length")
    _within(most, 1, 4000, "components.max_length")
    _within(len(field.get("placeholder") or ""), 0, 100, "components.placeholder")
    if field.get("value"):
        _within(len(field["value"]), least, most, "components.value")


def _or(given: int | None, default: int) -> int:
    return default if given is None else given


def _within(number: int, least: int, most: int, field: str) -> None:
    if not least <= number <= most:
        raise invalid(field, f"Must be between {least} and {most} in length.")
