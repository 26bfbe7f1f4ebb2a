"""What is kept of people: told, handed out, deleted on request and when its time is over."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.debate.round import Round
from bot.debate.turn import Citation, Speaker, Turn
from bot.desk.decrees import Decrees
from bot.desk.patience import patiently
from bot.desk.play import Play
from bot.store.houses import COMMONS, House, Houses
from bot.store.seats import Seat

GRACE_DAYS = 14
"""Days after the bot's removal from a server until what it kept there is deleted."""
GONE = "(deleted at its author's request)"
NOBODY = 0
"""Who gave a turn whose author asked to be forgotten."""


class Privacy:
    """Hands out and deletes what is kept of people, in all houses."""

    def __init__(
        self, houses: Houses, play: Play, decrees: Decrees, now: Callable[[], str], forget: Callable[[str], None]
    ) -> None:
        """Take what is kept, the clock (ISO 8601), and what forgets all that is in memory of a house."""
        self._houses = houses
        self._play = play
        self._decrees = decrees
        self._now = now
        self._forget = forget

    async def theirs(self, user: int) -> dict[str, Any]:
        """Return, as a plain record, all that is kept of a person, server by server."""
        return {
            "user": str(user),
            "kept": [await self._in(await self._houses.of(n), user) for n in self._houses.names()],
        }

    async def forget(self, user: int) -> tuple[int, int, int]:
        """Delete what is a person's: return how many rounds, turns in others' rounds, and questions that was."""
        rounds = turns = asked = 0
        for name in self._houses.names():
            house = await self._houses.of(name)
            asked += await house.answers.forget(user)
            seats = await house.seats.all()
            for seat in (each for each in seats if user in (each.owner, each.ender, *each.speakers)):
                async with self._play.turn(house, seat.round):  # no reply in flight brings back what is deleted
                    if seat.owner == user:
                        await house.rounds.delete(seat.round)
                        rounds += 1
                    else:
                        turns += await self._struck(house, seat.round, user)
                        await house.seats.strike(seat.round, user)
                    self._play.drop(house, seat.round)
        return rounds, turns, asked

    async def sweep(self) -> None:
        """Delete what has been kept for as long as each house allows, and houses whose grace is over."""
        for name in self._houses.names():
            house = await self._houses.of(name)
            charter = await self._decrees.of(house)
            if charter.left and charter.left < self._ago(GRACE_DAYS):
                await self._houses.raze(name)
                self._forget(name)
                continue
            before = self._ago(charter.retention_days)
            await house.answers.forget(before=before)
            await house.rounds.delete_before(before)
            self._play.forget(name)

    async def present(self, names: Collection[str]) -> None:
        """Note in which servers the bot is: where it was removed while it was away, grace begins now."""
        for name in self._houses.names():
            if name in names:
                await self.returned(name)
            elif name != COMMONS:
                await self.left(name)

    async def left(self, name: str) -> None:
        """Note that the bot is not in a server any more: its grace begins, unless it has begun."""
        if name in self._houses:
            house, at = await patiently(lambda: self._houses.of(name)), self._now()
            await self._decrees.change(house, lambda charter: charter.model_copy(update={"left": charter.left or at}))
            self._forget(name)

    async def returned(self, name: str) -> None:
        """Note that the bot is in a server, back within its grace perhaps."""
        if name in self._houses:
            house = await patiently(lambda: self._houses.of(name))
            await self._decrees.change(house, lambda charter: charter.model_copy(update={"left": ""}))

    async def _in(self, house: House, user: int) -> dict[str, Any]:
        rounds = [await self._mine(house, seat, user) for seat in await house.seats.all() if user in seat.speakers]
        asked = [
            {"at": each.at, "topic": each.topic, "question": each.question, "shown": _places(each.citations)}
            for each in await house.answers.by(user)
        ]
        place = {} if house.name == COMMONS else {"server": house.name}
        return {**place, "rounds": rounds, "questions": asked}

    async def _mine(self, house: House, seat: Seat, user: int) -> dict[str, Any]:
        """Return a round with the person's own turns and the bot's; of their partners' turns only that they were."""
        round = await house.rounds.load(seat.round)
        spoken = {each.number: each.user for each in await house.seats.spoken(seat.round)}
        others = {number for number, speaker in spoken.items() if speaker != user}
        return {
            "id": round.id,
            "thread": str(seat.place),
            "topic": round.topic,
            "turns": [
                {"n": turn.number, "at": turn.at, "speaker": turn.speaker.value}
                | ({} if turn.number in others else {"text": turn.text})
                for turn in round.turns
            ],
        }

    async def _struck(self, house: House, name: str, user: int) -> int:
        """Strike a person's turns out of a round, also where the bot repeats them; return how many there were."""
        mine = [each for each in await house.seats.spoken(name) if each.user == user]
        if mine:
            await house.rounds.rewrite(struck(await house.rounds.load(name), {each.number for each in mine}))
        for each in mine:
            await house.seats.spoke(name, replace(each, user=NOBODY))
        return len(mine)

    def _ago(self, days: int) -> str:
        return (datetime.fromisoformat(self._now()) - timedelta(days=days)).isoformat(timespec="seconds")


def _places(cited: Sequence[Citation]) -> list[str]:
    return [f"{each.locator}, {each.source}" for each in cited]


def struck(round: Round, numbers: set[int]) -> Round:
    """Return the round without the words of these turns: the claims are gone wherever they are named."""
    claims = {claim.text for turn in round.turns if turn.number in numbers for claim in turn.claims}
    return replace(round, turns=tuple(_struck(turn, turn.number in numbers, claims) for turn in round.turns))


def _struck(turn: Turn, whole: bool, claims: set[str]) -> Turn:
    if whole and turn.speaker is Speaker.USER:
        return replace(turn, text=GONE, claims=())
    if not turn.reply:
        return turn
    points = tuple(replace(p, answers=GONE) if p.answers in claims else p for p in turn.reply.points)
    return replace(turn, reply=replace(turn.reply, points=points))
