from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desk.errors import NotAllowed
from bot.desk.offers import chosen, offers
from bot.store.charters import Charter
from bot.store.houses import House, houses
from bot.store.standings import Standing
from knowledge.catalogue import BUNDLED, UnknownTopic
from tests.support.topics import digest_topic

HARBOUR = 5


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with houses(tmp_path) as opened:
        found = await opened.of("club")
        await found.topics.create(digest_topic())
        yield found


async def ids(house: House, setting_up: bool = False) -> list[str]:
    return [offer.topic.id for offer in await offers(house, setting_up)]


async def test_a_new_topic_is_a_draft_and_a_bundled_one_is_published(house: House) -> None:
    assert await ids(house) == [BUNDLED]
    assert {offer.topic.id: offer.standing for offer in await offers(house, True)} == {
        BUNDLED: Standing.PUBLISHED,
        "ferry": Standing.DRAFT,
    }


async def test_what_is_published_is_offered_until_it_is_archived(house: House) -> None:
    await house.standings.set("ferry", Standing.PUBLISHED)
    assert await ids(house) == [BUNDLED, "ferry"]
    for topic in ("ferry", BUNDLED):
        await house.standings.set(topic, Standing.ARCHIVED)
    assert await ids(house) == []
    assert await ids(house, setting_up=True) == [BUNDLED, "ferry"]


async def test_the_named_topic_is_meant_then_the_channels_then_the_first(house: House) -> None:
    await house.standings.set("ferry", Standing.PUBLISHED)
    charter = Charter(topics={HARBOUR: "ferry"})
    assert await chosen(house, charter, HARBOUR, BUNDLED) == BUNDLED
    assert await chosen(house, charter, HARBOUR) == "ferry"
    assert await chosen(house, charter, 6) == BUNDLED


async def test_a_topic_that_is_not_on_offer_is_not_meant(house: House) -> None:
    charter = Charter(topics={HARBOUR: "ferry"})
    assert await chosen(house, charter, HARBOUR) == BUNDLED
    assert await chosen(house, charter, HARBOUR, setting_up=True) == "ferry"
    with pytest.raises(UnknownTopic, match=f"No topic 'ferry' is on offer here. There is: {BUNDLED}."):
        await chosen(house, charter, HARBOUR, "ferry")


async def test_where_nothing_is_on_offer_it_says_what_to_do(house: House) -> None:
    await house.standings.set(BUNDLED, Standing.ARCHIVED)
    with pytest.raises(NotAllowed, match="/topic create"):
        await chosen(house, Charter(), HARBOUR)
