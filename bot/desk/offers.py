"""Which topics a server offers, to whom, and which is meant where none is named."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.desk.errors import NotAllowed
from bot.desk.patience import patiently
from bot.store.charters import Charter
from bot.store.houses import House
from bot.store.standings import Standing
from bot.store.topics import Summary
from knowledge import catalogue
from knowledge.catalogue import UnknownTopic


@dataclass(frozen=True, slots=True)
class Offer:
    """A topic with its standing."""

    topic: Summary
    standing: Standing


async def offers(house: House, setting_up: bool = False) -> Sequence[Offer]:
    """Return the topics that a house offers; all that it has to those who set up."""
    given = await patiently(house.standings.all)
    bundled = set(catalogue.names())
    found = [
        Offer(each, given.get(each.id, Standing.PUBLISHED if each.id in bundled else Standing.DRAFT))
        for each in await patiently(house.topics.list)
    ]
    return [offer for offer in found if setting_up or offer.standing is Standing.PUBLISHED]


async def chosen(house: House, charter: Charter, channel: int, name: str = "", setting_up: bool = False) -> str:
    """Return the topic that is meant: the named one, else the channel's, else the first on offer.

    UnknownTopic when it is not on offer, NotAllowed when nothing is.
    """
    known = [offer.topic.id for offer in await offers(house, setting_up)]
    if name:
        if name not in known:
            raise UnknownTopic(f"No topic {name!r} is on offer here. There is: {', '.join(known) or 'none yet'}.")
        return name
    default = charter.topics.get(channel, "")
    if default in known:
        return default
    if not known:
        raise NotAllowed("No topic is on offer here yet. Whoever sets up makes one with /topic create.")
    return known[0]
