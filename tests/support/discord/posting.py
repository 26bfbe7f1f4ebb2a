"""Making and changing messages, with all that Discord refuses."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.support.discord.components import echoed
from tests.support.discord.facts import NONCE_LIVES, SYSTEM, Flag, Json, Said
from tests.support.discord.interactions import Interaction
from tests.support.discord.media import Attachment, Upload
from tests.support.discord.mentions import Mentions, allowed, mentioned, pings_author
from tests.support.discord.messages import Body, Message
from tests.support.discord.places import Place, Thread
from tests.support.discord.refusals import Refusal, invalid
from tests.support.discord.rules import check_components
from tests.support.discord.users import User

if TYPE_CHECKING:
    from tests.support.discord.world import World

SETTABLE = Flag.SUPPRESS_EMBEDS | Flag.EPHEMERAL | Flag.SILENT | Flag.V2


@dataclass(frozen=True)
class Draft:
    """A request's words for a message, and the files that came with it."""

    body: Json
    files: tuple[Upload, ...] = ()


def composed(world: World, place: Place, draft: Draft, old: Body | None = None) -> Body:
    """What the message says after the request; refused where Discord refuses it."""
    given = draft.body
    was = old or Body()
    flags = _flags(given.get("flags"), old)
    content = (given["content"] or "").strip() if "content" in given else was.content
    embeds = tuple(given["embeds"] or ()) if "embeds" in given else was.embeds
    _check_content(content, embeds, bool(flags & Flag.V2))
    files = _attachments(world, place, draft, was.attachments)
    components = was.components
    if "components" in given:
        asked = given["components"] or []
        check_components(asked, v2=bool(flags & Flag.V2))
        components = tuple(echoed(asked, files, world.snowflake))
    elif flags & Flag.V2 and not was.flags & Flag.V2:
        check_components([], v2=True)
    if not (content or embeds or components or files):
        raise Refusal(400, 50006, "Cannot send an empty message")
    body = Body(content, embeds, components, files, flags)
    return replace(body, mentions=_mentions(world, body, given))


def _flags(given: int | None, old: Body | None) -> int:
    if old is None:
        return (given or 0) & SETTABLE
    if given is None:
        return old.flags & ~Flag.LOADING
    if old.flags & Flag.V2 and not given & Flag.V2:
        raise invalid("flags", "IS_COMPONENTS_V2 cannot be removed")
    editable = Flag.SUPPRESS_EMBEDS | Flag.V2
    return (old.flags & ~editable & ~Flag.LOADING) | (given & editable)


def _check_content(content: str, embeds: tuple[Json, ...], v2: bool) -> None:
    if v2 and content:
        raise invalid("content", "cannot be used with IS_COMPONENTS_V2")
    if v2 and embeds:
        raise invalid("embeds", "cannot be used with IS_COMPONENTS_V2")
    if len(content) > 2000:
        raise invalid("content", "Must be 2000 or fewer in length.")
    if len(embeds) > 10:
        raise invalid("embeds", "Must be 10 or fewer in length.")


def _attachments(world: World, place: Place, draft: Draft, had: tuple[Attachment, ...]) -> tuple[Attachment, ...]:
    for file in draft.files:
        if len(file.data) > world.attachment_size_limit:
            raise Refusal(413, 40005, "Request entity too large")
    listed = draft.body.get("attachments")
    if listed is None:
        listed = [{"id": one.id} for one in had] + [{"id": file.index} for file in draft.files]
    if len(listed) > 10:
        raise invalid("attachments", "Must be 10 or fewer in length.")
    kept = {one.id: one for one in had}
    fresh = {file.index: file for file in draft.files}
    if unlisted := fresh.keys() - {int(one["id"]) for one in listed}:
        raise invalid("attachments", f"files {sorted(unlisted)} are not listed")
    return tuple(_attachment(world, place, one, kept, fresh) for one in listed)


def _attachment(
    world: World, place: Place, listed: Json, kept: dict[int, Attachment], fresh: dict[int, Upload]
) -> Attachment:
    id = int(listed["id"])
    if id in kept:
        return kept[id]
    if id not in fresh:
        raise invalid("attachments.id", "Attachment data is missing")
    return world.attach(place, listed.get("filename") or fresh[id].name, fresh[id].data, listed.get("description"))


def _mentions(world: World, body: Body, given: Json) -> Mentions:
    allow = given.get("allowed_mentions")
    meant = allowed(mentioned(body.text), allow)
    if meant and given.keys() & {"content", "components"}:
        world.violated(f"a message may ping: {body.text[:80]!r} with allowed_mentions {allow}")
    if pings_author(bool(given.get("message_reference")), allow):
        world.violated(f"a reply pings the author it answers: {body.text[:80]!r} with allowed_mentions {allow}")
    return meant


def post(
    world: World,
    place: Place,
    author: User,
    body: Body,
    *,
    kind: int = Said.DEFAULT,
    reference: Message | None = None,
    origin: Interaction | None = None,
    nonce: str | int | None = None,
    id: int | None = None,
) -> Message:
    """Adds a message and tells the bot of it, unless only one person is to see it."""
    message = Message(id or world.snowflake(), place, author, body, world.clock.now(), int(kind), reference)
    message.origin, message.nonce = origin, nonce
    if origin is not None and body.flags & Flag.EPHEMERAL:
        message.audience = origin.user
    _settle(world, message)
    place.log[message.id] = message
    if isinstance(place, Thread) and kind not in SYSTEM:
        unarchive(world, place)
        place.members.setdefault(author.id, message.made)
    if origin is not None:
        origin.touched(message)
    announce(world, "MESSAGE_CREATE", message)
    return message


def edit(world: World, message: Message, body: Body) -> None:
    """Changes what a message says."""
    if not message.loading:
        message.edited = world.clock.now()
        message.edits += 1
    message.body = body
    _settle(world, message)
    announce(world, "MESSAGE_UPDATE", message)


def delete(world: World, message: Message) -> None:
    """Takes a message away."""
    message.deleted = True
    del message.place.log[message.id]
    gone: Json = {"id": str(message.id), "channel_id": str(message.place.id)}
    if message.place.guild is not None:
        gone["guild_id"] = str(message.place.guild.id)
    if message.audience is None:
        world.dispatch("MESSAGE_DELETE", gone, place=message.place)
    world.changes.happened()


def announce(world: World, event: str, message: Message) -> None:
    """Tells the bot of a message that all can see."""
    if message.audience is None:
        world.dispatch(event, gateway_payload(message, world.bot), place=message.place)
    world.changes.happened()


def gateway_payload(message: Message, reader: User) -> Json:
    """A message as events carry it: with its guild and its author's membership."""
    body = message.payload(reader) | {"channel_type": message.place.kind}
    guild = message.place.guild
    if guild is not None:
        body["guild_id"] = str(guild.id)
        member = guild.members.get(message.author.id)
        if member is not None and message.origin is None:
            body["member"] = member.payload(user=False)
    return body


def unarchive(world: World, thread: Thread) -> None:
    """What is said in an archived thread opens it again."""
    if thread.archived:
        thread.archived = False
        thread.changed = world.clock.now()
        world.dispatch("THREAD_UPDATE", thread.payload(world.bot), place=thread)


def _settle(world: World, message: Message) -> None:
    message.mentioned = [world.users[id] for id in message.body.mentions.users if id in world.users]


def again(world: World, place: Place, author: User, nonce: str | int) -> Message | None:
    """The message that this author sent with this nonce within the last minutes."""
    found = world.nonces.get((place.id, author.id, str(nonce)))
    if found is None or found.deleted or world.clock.now() - found.made > NONCE_LIVES:
        return None
    return found
