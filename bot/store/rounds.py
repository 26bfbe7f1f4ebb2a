"""Rounds in SQL: a row a round, a row a turn."""

from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.debate.round import Level, Round
from bot.debate.turn import Turn
from bot.store.errors import NoSuchRound
from bot.store.sessions import reading, writing
from bot.store.tables import RoundRow, TurnRow

_TURN = TypeAdapter(Turn)


@dataclass(frozen=True, slots=True)
class Summary:
    """A round in a list: its id, topic, the bot's side, when it started, how many turns it has."""

    id: str
    topic: str
    side: str
    started: str
    turns: int
    ended: bool


@dataclass(frozen=True)
class Rounds:
    """Keeps rounds. A turn once kept stays as it is."""

    engine: AsyncEngine

    async def keep(self, round: Round, started: str = "") -> None:
        """Write the round and those of its turns that are not yet written, in one transaction.

        A new one is given with when it ``started``, ISO 8601; NoSuchRound when another is not kept any more.
        """
        async with writing(self.engine) as session:
            row = await session.get(RoundRow, round.id)
            if row is None:
                if not started:
                    raise NoSuchRound("That round is not kept here any more.")
                row = RoundRow(id=round.id, topic=round.topic, side=round.side, format=round.format)
                row.level, row.seed, row.started = round.level.value, round.seed, started
                session.add(row)
            row.ended = round.ended
            await session.flush()
            count = select(func.count()).select_from(TurnRow).where(TurnRow.round_id == round.id)
            kept = (await session.execute(count)).scalar_one()
            for turn in round.turns[kept:]:
                text = _TURN.dump_json(turn).decode()
                session.add(TurnRow(round_id=round.id, number=turn.number, turn=text))

    async def load(self, name: str) -> Round:
        """Return the round with that id; NoSuchRound when there is none."""
        async with reading(self.engine) as session:
            row = await session.get(RoundRow, name)
            if row is None:
                raise NoSuchRound(f"No round {name!r}. `gainsay practice --rounds` lists those that can be resumed.")
            query = select(TurnRow.turn).where(TurnRow.round_id == name).order_by(TurnRow.number)
            turns = tuple(_TURN.validate_json(text) for text in (await session.execute(query)).scalars())
            level = Level(row.level)
            return Round(row.id, row.topic, row.side, row.format, level, row.seed, turns, row.ended)

    async def rewrite(self, round: Round) -> None:
        """Write all turns of a round anew: the one way to take back what a person said."""
        async with writing(self.engine) as session:
            for turn in round.turns:
                row = TurnRow(round_id=round.id, number=turn.number, turn=_TURN.dump_json(turn).decode())
                await session.merge(row)

    async def delete(self, name: str) -> None:
        """Delete a round with its turns."""
        async with writing(self.engine) as session:
            await session.execute(delete(RoundRow).where(RoundRow.id == name))

    async def delete_before(self, when: str) -> None:
        """Delete the rounds that started before a time, ISO 8601."""
        async with writing(self.engine) as session:
            await session.execute(delete(RoundRow).where(RoundRow.started < when))

    async def list(self) -> list[Summary]:
        """Return the rounds, newest first."""
        turns = func.count(TurnRow.number)
        query = (
            select(RoundRow, turns)
            .outerjoin(TurnRow, TurnRow.round_id == RoundRow.id)
            .group_by(RoundRow.id)
            .order_by(RoundRow.started.desc())
        )
        async with reading(self.engine) as session:
            rows = (await session.execute(query)).all()
            return [Summary(r.id, r.topic, r.side, r.started, count, r.ended) for r, count in rows]
