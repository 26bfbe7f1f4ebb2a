"""Channels, and threads as channels: looked up, changed, deleted."""

from tests.support.discord.call import Call, Reply, Route
from tests.support.discord.facts import Json, Said
from tests.support.discord.messages import Body
from tests.support.discord.permissions import demand
from tests.support.discord.places import Channel, Thread
from tests.support.discord.posting import post
from tests.support.discord.refusals import Refusal, invalid
from tests.support.discord.world import World


def channel(world: World, call: Call) -> Reply:
    place = world.place(call.id("channel_id"))
    demand(world.bot, place)
    return Reply(data=place.payload(world.bot) if isinstance(place, Thread) else place.payload())


def changed(world: World, call: Call) -> Reply:
    place = world.place(call.id("channel_id"))
    if isinstance(place, Thread):
        _change_thread(world, place, call.body)
        return Reply(data=place.payload(world.bot))
    demand(world.bot, place, "manage_channels")
    assert isinstance(place, Channel), "direct messages have no settings"
    if "name" in call.body:
        place.rename(call.body["name"])
    world.dispatch("CHANNEL_UPDATE", place.payload(), place=place)
    return Reply(data=place.payload())


def _change_thread(world: World, thread: Thread, asked: Json) -> None:
    _may_change(world, thread, asked)
    if "name" in asked and not 1 <= len(asked["name"]) <= 100:
        raise invalid("name", "Must be between 1 and 100 in length.")
    renamed = asked.get("name", thread.name) != thread.name
    was = thread.archived
    thread.name = asked.get("name", thread.name)
    thread.archived = asked.get("archived", thread.archived)
    thread.locked = asked.get("locked", thread.locked)
    thread.keeps = asked.get("auto_archive_duration") or thread.keeps
    thread.slowmode = asked.get("rate_limit_per_user") or 0
    if was != thread.archived:
        thread.changed = world.clock.now()
    world.dispatch("THREAD_UPDATE", thread.payload(world.bot), place=thread)
    if renamed:
        post(world, thread, world.bot, Body(thread.name), kind=Said.RENAMED)


def _may_change(world: World, thread: Thread, asked: Json) -> None:
    manages = "locked" in asked and asked["locked"] != thread.locked
    reopens = thread.archived and asked.get("archived") is False
    if reopens and not thread.locked and not manages:
        demand(world.bot, thread, "send_messages_in_threads")
        return
    if manages or thread.owner is not world.bot or (thread.archived and thread.locked):
        demand(world.bot, thread, "manage_threads")
    else:
        demand(world.bot, thread)
    if thread.archived and not reopens and asked.keys() - {"archived", "locked"}:
        raise Refusal(400, 50083, "Thread is archived")


def deleted(world: World, call: Call) -> Reply:
    place = world.place(call.id("channel_id"))
    demand(world.bot, place, "manage_threads" if isinstance(place, Thread) else "manage_channels")
    assert not isinstance(place, Thread) or place.guild is not None
    gone = place.payload()
    if isinstance(place, Thread | Channel):
        world.drop(place)
    return Reply(data=gone)


ROUTES: list[Route] = [
    ("GET", "/channels/{channel_id}", channel),
    ("PATCH", "/channels/{channel_id}", changed),
    ("DELETE", "/channels/{channel_id}", deleted),
]
