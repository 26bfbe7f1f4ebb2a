"""Rounds in a server: started, spoken in, shown, ended; every turn kept before anybody sees it."""

import asyncio
import secrets
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from bot.debate.ballot import Ballot, ballot
from bot.debate.floor import Floor, floor
from bot.debate.flow import Row, flow
from bot.debate.formats import named as format_named
from bot.debate.round import Level, Round
from bot.debate.turn import Speaker, Turn
from bot.desk.errors import DeskError, NotYours, TooMuch
from bot.desk.patience import patiently
from bot.desk.readings import Readings
from bot.store.errors import NoSuchRound
from bot.store.houses import House
from bot.store.seats import Seat, Spoken
from knowledge.acts import Act
from knowledge.catalogue import UnknownTopic
from knowledge.topics import Topic
from prompts.counts import counted

CONCEDED = "I concede the round."


@dataclass(frozen=True, slots=True)
class Table:
    """A round in play: the topic, the turns, who sits where, and who gave which turn."""

    topic: Topic
    round: Round
    seat: Seat
    spoken: tuple[Spoken, ...] = ()

    @property
    def flow(self) -> Sequence[Row]:
        """Return the round's flow."""
        return flow(self.round)

    @property
    def ballot(self) -> Ballot:
        """Return what the flow decides."""
        return ballot(self.round)

    @property
    def conceded(self) -> bool:
        """Return whether the round ended because the debaters gave it up."""
        last = self.round.turns[-1] if self.round.turns else None
        return self.round.ended and last is not None and last.speaker is Speaker.USER and last.text == CONCEDED

    @property
    def heard(self) -> int:
        """Return the last message that was taken up; 0 when none was."""
        return max((s.message for s in self.spoken if s.number <= len(self.round.turns)), default=0)

    @property
    def floor(self) -> Floor:
        """Return who speaks next."""
        return floor(self.round, self.topic)

    def by(self, number: int) -> Spoken | None:
        """Return who gave a turn; None for the bot's."""
        return next((spoken for spoken in self.spoken if spoken.number == number), None)


class Play:
    """The rounds of all houses that are under way."""

    def __init__(self, readings: Readings, now: Callable[[], str]) -> None:
        self._readings = readings
        self._now = now
        self._tables: dict[tuple[str, str], Table] = {}
        self._turns: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def drawn_up(
        self, house: House, topic: str, side: str, format: str, level: str, owner: int, most: int
    ) -> tuple[Topic, Round]:
        """Return a round that is not kept yet; ``side`` is the debaters', "" for the toss of a coin.

        UnknownTopic, UnknownSide, UnknownFormat or TooMuch say why there can be none.
        """
        await self._room(house, owner, most)
        opened = await self._readings.of(house, topic)
        format_named(format)
        ids = [each.id for each in opened.topic.sides]
        if side and side not in ids:
            raise DeskError(f"No side {side!r} in this topic. Choose {' or '.join(ids)}, or let a coin decide.")
        theirs = side or secrets.choice(ids)
        bots = opened.topic.other(theirs).id
        seed = secrets.randbelow(1 << 31)
        return opened.topic, Round(secrets.token_hex(4), topic, bots, format, Level(level), seed)

    async def begin(self, house: House, topic: Topic, round: Round, seat: Seat, most: int) -> Table:
        """Return the table with the round kept; where the bot speaks first, it does so when the round is resumed.

        TooMuch says that another round of its owner's has been begun meanwhile.
        """
        async with self._turns[house.name, str(seat.owner)]:
            await self._room(house, seat.owner, most)
            started = self._now()
            await patiently(lambda: house.rounds.keep(round, started))
            await patiently(lambda: house.seats.keep(seat))
            return self._set(house, Table(topic, round, seat))

    async def say(self, house: House, name: str, user: int, text: str, message: int = 0) -> Table:
        """Return the table with a debater's words and the answer to them; NotYours for anyone else's.

        A message that was taken up before changes nothing.
        """
        async with self.turn(house, name):
            table = await self.table(house, name)
            if user not in table.seat.speakers:
                raise NotYours("Only its debaters speak in this round. Open your own with /debate start.")
            if message and message <= table.heard:
                return table
            await self._answered(house, table)
            table = await self.table(house, name)
            spoken = Spoken(len(table.round.turns) + 1, user, message)
            opened = await self._readings.of(house, table.round.topic)

            async def keep(round: Round) -> None:
                if len(round.turns) == spoken.number:
                    await self._note(house, name, spoken)
                await self._keep(house, round)

            await opened.opponent.exchange(table.round, text, keep)
            return await self.table(house, name)

    async def resume(self, house: House, name: str) -> Table:
        """Return the table with the reply that was in flight when the bot stopped, if one was."""
        async with self.turn(house, name):
            return await self._answered(house, await self.table(house, name))

    async def hint(self, house: House, name: str, user: int) -> str:
        """Return a nudge for the debaters' next speech; NotYours for anyone else."""
        table = await self.table(house, name)
        if user not in table.seat.speakers:
            raise NotYours("Hints are for the debaters of this round.")
        opened = await self._readings.of(house, table.round.topic)
        return await opened.opponent.hint(table.round)

    async def end(self, house: House, name: str, user: int, concede: bool = False, anyone: bool = False) -> Table:
        """Return the table with the round ended; NotYours when ``user`` is no debater and may not end any round."""
        async with self.turn(house, name):
            table = await self.table(house, name)
            if user not in table.seat.speakers and not anyone:
                raise NotYours("Only its debaters, or those who set up topics here, can end this round.")
            if table.round.ended:
                raise DeskError("This round has ended already. /debate ballot shows how.")
            round = table.round
            if concede:
                number = len(round.turns) + 1
                await self._note(house, name, Spoken(number, user, 0))
                round = round.add(Turn(number, Speaker.USER, CONCEDED, self._now(), Act.CONCESSION))
            await self._mark(house, name, ender=user)
            return await self._keep(house, replace(round, ended=True))

    async def table(self, house: House, name: str) -> Table:
        """Return the table of a round; NoSuchRound when it is not kept here."""
        key = house.name, name
        if key not in self._tables:
            table = await patiently(lambda: self._load(house, name))
            self._tables.setdefault(key, table)
        return self._tables[key]

    async def at(self, house: House, place: int) -> Table:
        """Return the table of the round played in a thread; NoSuchRound where none is."""
        seat = await patiently(lambda: house.seats.at(place))
        if seat is None:
            raise NoSuchRound("No round is played here. Go to its thread, or open one with /debate start.")
        return await self.table(house, seat.round)

    async def of(self, house: House, user: int) -> Sequence[Table]:
        """Return the tables at which a person sits, the newest first."""
        return await self._known(house, [seat for seat in await patiently(house.seats.all) if user in seat.speakers])

    async def unclosed(self, house: House) -> Sequence[Seat]:
        """Return the seats of the house's rounds that have not ended, or whose end was not told yet."""
        return await patiently(house.seats.unclosed)

    async def posted(self, house: House, name: str, count: int) -> Table:
        """Return the table with its first turns, so many, marked as standing in the thread."""
        return await self._mark(house, name, posted=count)

    async def closed(self, house: House, name: str) -> Table:
        """Return the table with its end marked as standing in the thread."""
        return await self._mark(house, name, closed=True)

    async def moved(self, house: House, name: str, place: int) -> Table:
        """Return the table moved to another thread, where it goes on: what the last one showed is not shown again."""
        return await self._mark(house, name, place=place)

    def turn(self, house: House, name: str) -> asyncio.Lock:
        """Return the lock under which a round is changed."""
        return self._turns[house.name, name]

    def drop(self, house: House, name: str) -> None:
        """Forget what is in memory of a round, for it was changed where it is kept."""
        self._tables.pop((house.name, name), None)

    def forget(self, house: str) -> None:
        """Forget what is in memory of a house's rounds."""
        for key in [key for key in self._tables if key[0] == house]:
            del self._tables[key]

    async def _answered(self, house: House, table: Table) -> Table:
        round = table.round
        if round.ended or table.floor.speaker is not Speaker.BOT:
            return table
        opened = await self._readings.of(house, round.topic)

        async def keep(round: Round) -> None:
            await self._keep(house, round)

        await opened.opponent.resume(round, keep)
        return await self.table(house, round.id)

    async def _load(self, house: House, name: str) -> Table:
        seat = await house.seats.of(name)
        round = await house.rounds.load(name)
        topic = (await self._readings.of(house, round.topic)).topic
        return Table(topic, round, seat, tuple(await house.seats.spoken(name)))

    async def _room(self, house: House, owner: int, most: int) -> None:
        """Raise TooMuch when a person has as many rounds open as one may have."""
        opened = await patiently(house.seats.open)
        mine = await self._known(house, [seat for seat in opened if seat.owner == owner])
        if len(mine) >= most:
            open_here = counted(len(mine), "round")
            raise TooMuch(f"You have {open_here} open here. End one with /debate end, then start another.")

    async def _known(self, house: House, seats: Sequence[Seat]) -> list[Table]:
        """Return the tables with these seats; a topic that was deleted has taken its rounds out of sight."""
        tables = []
        for seat in seats:
            with suppress(UnknownTopic):
                tables.append(await self.table(house, seat.round))
        return tables

    async def _keep(self, house: House, round: Round) -> Table:
        """Keep a round, first where it lasts, then in memory."""
        await patiently(lambda: house.rounds.keep(round))
        return self._set(house, replace(await self.table(house, round.id), round=round))

    async def _mark(self, house: House, name: str, **changes: Any) -> Table:
        """Keep these changes of a round's seat, in the same way."""
        await patiently(lambda: house.seats.note(name, **changes))
        table = await self.table(house, name)
        return self._set(house, replace(table, seat=replace(table.seat, **changes)))

    async def _note(self, house: House, name: str, spoken: Spoken) -> None:
        """Keep who gives a turn, in the same way."""
        await patiently(lambda: house.seats.spoke(name, spoken))
        table = await self.table(house, name)
        others = tuple(each for each in table.spoken if each.number != spoken.number)
        self._set(house, replace(table, spoken=(*others, spoken)))

    def _set(self, house: House, table: Table) -> Table:
        self._tables[house.name, table.round.id] = table
        return table
