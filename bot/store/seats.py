"""Who plays a round, and where."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.store.errors import NoSuchRound
from bot.store.sessions import reading, writing
from bot.store.tables import RoundRow, SeatRow, SpokenRow


@dataclass(frozen=True, slots=True)
class Seat:
    """Where a round is played and by whom.

    ``place`` is the thread, ``channel`` the channel it hangs on; the first ``posted`` turns stand in the thread.
    ``ender`` is who ended the round, ``closed`` says that its end stands in the thread too.
    """

    round: str
    place: int
    channel: int
    owner: int
    speakers: tuple[int, ...]
    posted: int = 0
    ender: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who gave a turn, in which message; 0 where it was given by other means."""

    number: int
    user: int
    message: int


@dataclass(frozen=True)
class Seats:
    """Keeps the seats of one server's rounds."""

    engine: AsyncEngine

    async def keep(self, seat: Seat) -> None:
        """Keep the seat in the place of the round's last."""
        async with writing(self.engine) as session:
            row = SeatRow(round_id=seat.round, place=seat.place, channel=seat.channel, owner=seat.owner)
            row.speakers, row.posted = json.dumps(seat.speakers), seat.posted
            row.ender, row.closed = seat.ender, seat.closed
            await session.merge(row)

    async def of(self, round: str) -> Seat:
        """Return the seat of a round; NoSuchRound when it has none."""
        async with reading(self.engine) as session:
            if row := await session.get(SeatRow, round):
                return _seat(row)
        raise NoSuchRound("That round is not kept here any more.")

    async def at(self, place: int) -> Seat | None:
        """Return the seat of the round played in a thread; None where none is."""
        query = select(SeatRow).where(SeatRow.place == place)
        async with reading(self.engine) as session:
            row = (await session.execute(query)).scalars().first()
            return _seat(row) if row else None

    async def open(self) -> Sequence[Seat]:
        """Return the seats of the rounds that have not ended."""
        query = select(SeatRow).join(RoundRow, RoundRow.id == SeatRow.round_id).where(RoundRow.ended.is_(False))
        async with reading(self.engine) as session:
            return [_seat(row) for row in (await session.execute(query)).scalars()]

    async def unclosed(self) -> Sequence[Seat]:
        """Return the seats of the rounds whose end does not stand in their thread."""
        query = select(SeatRow).where(SeatRow.closed.is_(False))
        async with reading(self.engine) as session:
            return [_seat(row) for row in (await session.execute(query)).scalars()]

    async def all(self) -> Sequence[Seat]:
        """Return all seats, those of the newest rounds first."""
        query = select(SeatRow).join(RoundRow, RoundRow.id == SeatRow.round_id).order_by(RoundRow.started.desc())
        async with reading(self.engine) as session:
            return [_seat(row) for row in (await session.execute(query)).scalars()]

    async def note(self, round: str, **changes: object) -> None:
        """Keep these changes of a round's seat, and nothing else of it."""
        async with writing(self.engine) as session:
            await session.execute(update(SeatRow).where(SeatRow.round_id == round).values(**changes))

    async def strike(self, round: str, user: int) -> None:
        """Keep no longer that a person sits at a round, or has ended it."""
        async with writing(self.engine) as session:
            if row := await session.get(SeatRow, round):
                row.speakers = json.dumps([each for each in json.loads(row.speakers) if each != user])
                row.ender = 0 if row.ender == user else row.ender

    async def spoke(self, round: str, spoken: Spoken) -> None:
        """Keep who gives a turn; one of the same number that was never kept is forgotten."""
        async with writing(self.engine) as session:
            row = SpokenRow(round_id=round, number=spoken.number, user=spoken.user, message=spoken.message)
            await session.merge(row)

    async def spoken(self, round: str) -> Sequence[Spoken]:
        """Return who gave which turn of a round, in order."""
        query = select(SpokenRow).where(SpokenRow.round_id == round).order_by(SpokenRow.number)
        async with reading(self.engine) as session:
            return [Spoken(row.number, row.user, row.message) for row in (await session.execute(query)).scalars()]


def _seat(row: SeatRow) -> Seat:
    speakers = tuple(json.loads(row.speakers))
    return Seat(row.round_id, row.place, row.channel, row.owner, speakers, row.posted, row.ender, row.closed)
