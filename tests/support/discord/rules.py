"""What Discord accepts as the components of a message."""

from collections.abc import Callable

from tests.support.discord.components import inside, texts, walk
from tests.support.discord.facts import SELECTS, Json, Kind
from tests.support.discord.refusals import invalid

ONLY_V2 = frozenset(
    {Kind.SECTION, Kind.TEXT, Kind.THUMBNAIL, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR, Kind.CONTAINER}
)
IN_CONTAINER = frozenset({Kind.ROW, Kind.SECTION, Kind.TEXT, Kind.GALLERY, Kind.FILE, Kind.SEPARATOR})
TOP = IN_CONTAINER | {Kind.CONTAINER}
LINK, PREMIUM = 5, 6


def check_components(components: list[Json], *, v2: bool) -> None:
    """Refuses components that cannot be in a message."""
    everything = list(walk(components))
    if not v2 and any(one["type"] in ONLY_V2 for one in everything):
        raise invalid("components", "needs the flag IS_COMPONENTS_V2")
    if v2:
        _check_totals(everything, texts(components))
    else:
        _within(len(components), 0, 5, "components", "rows")
    for place, one in enumerate(components):
        _among(one, TOP if v2 else frozenset({Kind.ROW}), f"components.{place}")
    for one in everything:
        if check := CHECKS.get(one["type"]):
            check(one)
    check_custom_ids(everything)


def _check_totals(everything: list[Json], said: list[str]) -> None:
    _within(len(everything), 1, 40, "components", "components in total")
    _within(sum(map(len, said)), 0, 4000, "components", "characters of text in total")


def check_custom_ids(everything: list[Json]) -> None:
    """Refuses a custom id that is too long or there twice."""
    given = [one["custom_id"] for one in everything if one.get("custom_id")]
    for one in given:
        _within(len(one), 1, 100, "components.custom_id", "characters")
    if len(set(given)) < len(given):
        raise invalid("components.custom_id", "Component custom id cannot be duplicated")


def _row(row: Json) -> None:
    kinds = {one["type"] for one in inside(row)}
    if kinds <= {Kind.BUTTON}:
        _within(len(inside(row)), 1, 5, "components.components", "buttons in a row")
    elif len(inside(row)) != 1 or not kinds <= SELECTS:
        raise invalid("components.components", "a row holds buttons or one select")


def _button(button: Json) -> None:
    _within(len(button.get("label") or ""), 0, 80, "components.label", "characters")
    if not button.get("label") and not button.get("emoji") and button["style"] != PREMIUM:
        raise invalid("components.label", "a button needs a label or an emoji")
    if bool(button.get("url")) != (button["style"] == LINK):
        raise invalid("components.url", "is for link buttons only")
    if bool(button.get("custom_id")) == (button["style"] in (LINK, PREMIUM)):
        raise invalid("components.custom_id", "is for buttons that ask the bot, and only those")


def check_select(select: Json) -> None:
    """Refuses a select out of bounds."""
    if not select.get("custom_id"):
        raise invalid("components.custom_id", "This field is required")
    _within(len(select.get("placeholder") or ""), 0, 150, "components.placeholder", "characters")
    least, most = least_and_most(select)
    if not 0 <= least <= 25 or not 1 <= most <= 25 or least > most:
        raise invalid("components.max_values", "cannot be chosen so")
    if select["type"] == Kind.STRINGS:
        check_options(select["options"], 1, 25)


def check_options(options: list[Json], least: int, most: int) -> None:
    """Refuses choices that are too many, too long or the same."""
    _within(len(options), least, most, "components.options", "options")
    for option in options:
        _within(len(option["label"]), 1, 100, "components.options.label", "characters")
        _within(len(option["value"]), 1, 100, "components.options.value", "characters")
        _within(len(option.get("description") or ""), 0, 100, "components.options.description", "characters")
    if len({option["value"] for option in options}) < len(options):
        raise invalid("components.options.value", "The specified option value is already used")


def least_and_most(select: Json) -> tuple[int, int]:
    """How many values may be chosen."""
    least, most = select.get("min_values"), select.get("max_values")
    return 1 if least is None else least, 1 if most is None else most


def _section(section: Json) -> None:
    for one in section["components"]:
        _among(one, frozenset({Kind.TEXT}), "components.components")
    _within(len(section["components"]), 1, 3, "components.components", "texts in a section")
    if not section.get("accessory"):
        raise invalid("components.accessory", "This field is required")
    _among(section["accessory"], frozenset({Kind.BUTTON, Kind.THUMBNAIL}), "components.accessory")


def _container(container: Json) -> None:
    _within(len(container["components"]), 1, 40, "components.components", "components")
    for one in container["components"]:
        _among(one, IN_CONTAINER, "components.components")


def _gallery(gallery: Json) -> None:
    _within(len(gallery["items"]), 1, 10, "components.items", "items")


def _text(text: Json) -> None:
    _within(len(text["content"]), 1, 4000, "components.content", "characters")


def _among(component: Json, kinds: frozenset[Kind], field: str) -> None:
    if component["type"] not in kinds:
        raise invalid(field, f"a component of type {component['type']} cannot be here")


def _within(number: int, least: int, most: int, field: str, what: str) -> None:
    if not least <= number <= most:
        raise invalid(field, f"Must be between {least} and {most} {what}, is {number}")


CHECKS: dict[int, Callable[[Json], None]] = {
    Kind.ROW: _row,
    Kind.BUTTON: _button,
    Kind.SECTION: _section,
    Kind.CONTAINER: _container,
    Kind.GALLERY: _gallery,
    Kind.TEXT: _text,
    **dict.fromkeys(SELECTS, check_select),
}
