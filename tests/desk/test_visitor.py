from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from bot.desk.errors import NotAllowed
from bot.desk.visitor import Visitor
from bot.store.charters import Charter
from bot.store.houses import House

HERE, THERE, COACH, DEBATER = 1, 2, 10, 20
HOUSE = House("club", create_async_engine(f"sqlite+aiosqlite:///{Path('never-opened.db')}"))
CHARTER = Charter(channels=(HERE,), starters=(DEBATER,), managers=(COACH,))


def visitor(*roles: int, channel: int = HERE, charter: Charter = CHARTER, manages: bool = False) -> Visitor:
    return Visitor(HOUSE, charter, 7, channel, frozenset(roles), manages)


def test_where_nothing_was_decided_everybody_asks_and_starts_everywhere() -> None:
    anybody = visitor(channel=THERE, charter=Charter())
    anybody.to_ask()
    anybody.to_start()
    assert not anybody.sets_up


def test_who_manages_the_server_may_do_everything_everywhere() -> None:
    admin = visitor(channel=THERE, manages=True)
    for may in (admin.to_ask, admin.to_start, admin.to_set_up, admin.to_manage):
        may()


def test_who_sets_up_may_do_all_but_manage() -> None:
    coach = visitor(COACH, channel=THERE)
    for may in (coach.to_ask, coach.to_start, coach.to_set_up):
        may()
    with pytest.raises(NotAllowed, match="Settings take the Manage Server permission"):
        coach.to_manage()


def test_others_are_told_where_the_bot_is_used() -> None:
    with pytest.raises(NotAllowed, match=f"used in <#{HERE}>"):
        visitor(DEBATER, channel=THERE).to_ask()


def test_rounds_are_started_by_those_who_may_where_it_is_used() -> None:
    visitor(DEBATER).to_start()
    with pytest.raises(NotAllowed, match="only certain roles"):
        visitor().to_start()
    with pytest.raises(NotAllowed, match="used in"):
        visitor(DEBATER, channel=THERE).to_start()


def test_setting_up_takes_the_permission_or_a_role() -> None:
    with pytest.raises(NotAllowed, match="Manage Server permission, or a role"):
        visitor(DEBATER).to_set_up()
