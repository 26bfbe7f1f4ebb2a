"""Components: walking through them, and giving them back the way Discord does."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import count

from tests.support.discord.facts import SELECTS, Json, Kind
from tests.support.discord.media import Attachment
from tests.support.discord.refusals import invalid

REFERENCE = "attachment://"
DEFAULTS: dict[int, Json] = {
    Kind.THUMBNAIL: {"description": None, "spoiler": False},
    Kind.FILE: {"spoiler": False},
    Kind.SEPARATOR: {"spacing": 1, "divider": True},
    Kind.CONTAINER: {"accent_color": None, "spoiler": False},
    **{kind: {"min_values": 1, "max_values": 1} for kind in SELECTS},
}


def walk(components: Iterable[Json]) -> Iterator[Json]:
    """Every component, those inside others too, in the order shown."""
    for component in components:
        yield component
        yield from walk(inside(component))


def inside(component: Json) -> list[Json]:
    """What is directly in a component."""
    single = (component.get(key) for key in ("accessory", "component"))
    return [*(component.get("components") or []), *(one for one in single if one)]


def texts(components: Iterable[Json]) -> list[str]:
    """The texts of all text displays."""
    return [one["content"] for one in walk(components) if one["type"] == Kind.TEXT]


def echoed(components: list[Json], files: Iterable[Attachment], snowflake: Callable[[], int]) -> list[Json]:
    """Components as Discord gives them back: each with an integer id, defaults filled in, files resolved."""
    taken = [one["id"] for one in walk(components) if one.get("id")]
    if len(set(taken)) < len(taken):
        raise invalid("components", "ids are not unique")
    free = (number for number in count(1) if number not in taken)
    named = {REFERENCE + file.name: file for file in files}
    named |= {file.url: file for file in named.values()}
    return [_echo(one, free, named, snowflake) for one in components]


def _echo(
    component: Json, free: Iterator[int], files: Mapping[str, Attachment], snowflake: Callable[[], int]
) -> Json:
    kind = component["type"]
    given = {key: value for key, value in component.items() if value is not None}
    body = DEFAULTS.get(kind, {}) | given | {"id": component.get("id") or next(free)}
    for key in ("media", "file"):
        if key in body:
            body[key], source = _media(body[key], files, snowflake)
            if kind == Kind.FILE:
                body |= {"name": source and source.name, "size": source and source.size}
    for key in ("accessory", "component"):
        if key in body:
            body[key] = _echo(body[key], free, files, snowflake)
    if "components" in body:
        body["components"] = [_echo(one, free, files, snowflake) for one in body["components"]]
    if "default_values" in body:
        body["default_values"] = [one | {"id": str(one["id"])} for one in body["default_values"]]
    if kind == Kind.GALLERY:
        shown = {"description": None, "spoiler": False}
        body["items"] = [shown | i | {"media": _media(i["media"], files, snowflake)[0]} for i in body["items"]]
    return body


def _media(
    item: Json, files: Mapping[str, Attachment], snowflake: Callable[[], int]
) -> tuple[Json, Attachment | None]:
    url = item["url"]
    if url in files:
        return files[url].unfurled(), files[url]
    if url.startswith(REFERENCE):
        raise invalid("components", f"no file is uploaded for {url}")
    return {"id": str(snowflake()), "url": url, "proxy_url": url}, None
