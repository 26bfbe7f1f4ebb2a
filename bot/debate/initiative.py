"""What gains ground beside the answers: contradictions, dropped points, the own case, weighing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.debate.echoes import echoes
from bot.debate.listening import Heard
from bot.debate.plan import Planned, Shelves
from bot.debate.round import Level, Round
from bot.debate.turn import Move
from knowledge.topics import Topic


@dataclass(frozen=True)
class Initiative:
    """Finds moves that nothing in the message asks for."""

    topic: Topic
    shelves: Shelves

    def take(self, round: Round, heard: Heard, answers: Sequence[Planned], taken: set[str]) -> Iterator[Planned]:
        """Yield what may follow the answers: a contradiction, a dropped point pressed, the own case extended.

        Nothing is pressed in one reply after another: varsity does it every second time, club every third. The own
        case grows in every second reply of a chat, and where the answers say nothing new.
        """
        yield from self._contradictions(round, heard, taken)
        speech = round.speech
        if speech and speech.last:
            yield from self.weighings(round, taken)
            return
        if Move.PRESS not in _lately(round, 2 if round.level is Level.VARSITY else 3):
            yield from self._presses(round, heard, taken)
        stale = all(move.move in (Move.STANDS, Move.WEIGH, Move.OUTSIDE, Move.OURS) for move in answers)
        if speech or stale or Move.EXTEND not in _lately(round, 1):
            yield from self.extensions(round, heard, answers, taken)

    def _contradictions(self, round: Round, heard: Heard, taken: set[str]) -> Iterator[Planned]:
        """Yield the first clash between a claim and an earlier turn of the user's own, both beyond doubt."""
        for claim in (claim for claim in heard.claims if claim.sure):
            for turn in round.arguments():
                for earlier in (claim for claim in turn.claims if claim.sure):
                    pair = frozenset((claim.block, earlier.block))
                    key = "clash/" + "/".join(sorted(pair))
                    if pair in self.topic.clashes and key not in taken:
                        block, about = self.topic.block(claim.block), self.topic.block(earlier.block).they_say
                        why = self.topic.clashes[pair]
                        yield Planned(Move.CONTRADICT, claim, block, key=key, turn=turn.number, about=about, why=why)
                        return

    def _presses(self, round: Round, heard: Heard, taken: set[str]) -> Iterator[Planned]:
        """Yield the point of the bot's last reply that the user's message leaves alone."""
        met = {key for claim in heard.claims for key in claim.meets} | {claim.block for claim in heard.claims}
        last = next((turn for turn in reversed(round.turns) if turn.reply and turn.reply.points), None)
        for point in last.reply.points if last and last.reply else ():
            block = self.topic.block(point.block) if point.block else None
            key = f"press/{point.key}"
            if last and block and point.move is Move.ANSWER and not {point.key, block.id} & met and key not in taken:
                yield Planned(Move.PRESS, None, block, key=key, turn=last.number, about=block.matter)
                return

    def weighings(self, round: Round, taken: set[str]) -> Iterator[Planned]:
        """Yield the bot's offence that the user has not met: what a last speech is decided on."""
        met = {key for turn in round.arguments() for claim in turn.claims for key in claim.meets}
        for turn, point in round.points():
            block = self.topic.block(point.block) if point.block else None
            key = f"weigh/{point.key}"
            if block and point.attack and point.attack.offence and point.key not in met and key not in taken:
                yield Planned(Move.WEIGH, None, block, key=key, turn=turn.number, about=block.matter)

    def extensions(
        self, round: Round, heard: Heard, answers: Sequence[Planned], taken: set[str]
    ) -> Iterator[Planned]:
        """Yield the side's own arguments not made yet whose evidence is fresh, nearest to the message first."""
        many = len(self.topic.arguments) if round.speech else 1
        cited = {*round.cited, *(cite for move in answers if move.answer for cite in move.answer.cites)}
        quoted = {*round.quoted, *(move.quote for move in answers)}
        for hit in self.shelves.own_case(heard.whole, round.side):
            argument = self.topic.argument(hit.target)
            fresh = argument.id not in taken and not set(argument.rests_on[:2]) & cited
            if many and fresh and not echoes(argument.claim, quoted):
                many -= 1
                quoted.add(argument.claim)
                cited.update(argument.rests_on[:2])
                yield Planned(Move.EXTEND, argument=argument, key=argument.id)


def _lately(round: Round, replies: int) -> list[Move]:
    """Return the moves of the bot's last replies, as many as asked for."""
    return [
        p.move for turn in [t for t in round.turns if t.reply][-replies:] if turn.reply for p in turn.reply.points
    ]
