"""What was asked outside rounds, and what the answer showed."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import TypeAdapter
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.debate.turn import Citation
from bot.store.sessions import reading, writing
from bot.store.tables import AnswerRow

_CITATIONS = TypeAdapter(tuple[Citation, ...])


@dataclass(frozen=True, slots=True)
class Answered:
    """A question with the passages shown for it; ``before`` are the questions it follows upon."""

    id: str
    user: int
    topic: str
    at: str
    question: str
    citations: tuple[Citation, ...]
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answers:
    """Keeps what was asked in one server."""

    engine: AsyncEngine

    async def keep(self, answered: Answered) -> None:
        """Keep an answer before it is shown."""
        async with writing(self.engine) as session:
            row = AnswerRow(id=answered.id, user=answered.user, message=0, topic=answered.topic, at=answered.at)
            row.question, row.before = answered.question, json.dumps(answered.before)
            row.answer = _CITATIONS.dump_json(answered.citations).decode()
            session.add(row)

    async def shown(self, name: str, message: int) -> None:
        """Keep in which message an answer was shown, so that a reply to it is understood."""
        async with writing(self.engine) as session:
            await session.execute(update(AnswerRow).where(AnswerRow.id == name).values(message=message))

    async def load(self, name: str) -> Answered | None:
        """Return the answer with that id; None when it is not kept any more."""
        async with reading(self.engine) as session:
            row = await session.get(AnswerRow, name)
            return _answered(row) if row else None

    async def at(self, message: int) -> Answered | None:
        """Return the answer that a message shows; None where it shows none."""
        async with reading(self.engine) as session:
            row = (await session.execute(select(AnswerRow).where(AnswerRow.message == message))).scalars().first()
            return _answered(row) if row else None

    async def by(self, user: int) -> Sequence[Answered]:
        """Return what a person asked, oldest first."""
        query = select(AnswerRow).where(AnswerRow.user == user).order_by(AnswerRow.at)
        async with reading(self.engine) as session:
            return [_answered(row) for row in (await session.execute(query)).scalars()]

    async def forget(self, user: int | None = None, before: str = "") -> int:
        """Delete what a person asked, or all that was asked before a time; return how many answers that were."""
        chosen = AnswerRow.user == user if user is not None else AnswerRow.at < before
        async with writing(self.engine) as session:
            rows = (await session.execute(select(AnswerRow.id).where(chosen))).scalars().all()
            await session.execute(delete(AnswerRow).where(chosen))
            return len(rows)


def _answered(row: AnswerRow) -> Answered:
    citations = _CITATIONS.validate_json(row.answer)
    return Answered(row.id, row.user, row.topic, row.at, row.question, citations, tuple(json.loads(row.before)))
