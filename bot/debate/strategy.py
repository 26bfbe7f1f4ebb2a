"""Which points to make, by which attack, on what evidence: Heard → Plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.debate.listening import NEAR, Ear, Heard
from bot.debate.round import Level, Round
from bot.debate.turn import Claim, Move, Speaker
from knowledge.queries import Hit, Query
from knowledge.topics import Answer, Argument, Attack, Block, Topic

APT = 0.34
"""Cosine from which a passage is taken to bear on a claim."""
TOUCHES = 0.22
"""Cosine below which a claim has nothing to do with the readings."""
ANSWERED = 0.40
"""Cosine from which the user's words are taken to answer one of the bot's points."""


class Shelves(Ear, Protocol):
    """What planning asks of the readings."""

    def counters(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the passages that answer, for a side, what the query argues, best first."""

    def general(self, query: Query) -> Sequence[Hit]:
        """Return the general-purpose blocks that answer what the query argues, best first."""

    def own_case(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the side's own arguments that bear on the query, best first."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One move: what it answers, with what material. Exactly one of answer, argument, or neither is set."""

    move: Move
    claim: Claim | None = None
    block: Block | None = None
    answer: Answer | None = None
    argument: Argument | None = None
    key: str = ""
    turn: int = 0
    about: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """The moves of one reply in order, and the question that closes it, if any."""

    moves: tuple[Planned, ...]
    question: str = ""
    deferred: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Strategist:
    """Plans replies for one side of a topic."""

    topic: Topic
    general: Sequence[Block]
    shelves: Shelves

    def plan(self, round: Round, heard: Heard) -> Plan:
        """Return the moves that answer what was heard: every claim, then drops pressed and the own case extended."""
        taken = set(round.used)
        answers: list[Planned] = []
        for claim, query in self._order(round, heard):
            move = self._answer(round, claim, query, taken)
            taken.add(move.key)
            answers.append(move)
        kept = answers[:1] if round.level is Level.NOVICE else answers
        deferred = tuple(move.claim for move in answers[len(kept) :] if move.claim)
        extras = [] if round.level is Level.NOVICE else list(self._extras(round, heard, taken, len(kept)))
        return Plan((*kept, *extras), self._question(round, kept), deferred)

    def _order(self, round: Round, heard: Heard) -> list[tuple[Claim, Query]]:
        """Return the claims as the reply takes them: as they came; a novice's best-prepared one first."""
        pairs = list(zip(heard.claims, heard.queries, strict=True))
        return sorted(pairs, key=lambda pair: not pair[0].block) if round.level is Level.NOVICE else pairs

    def _answer(self, round: Round, claim: Claim, query: Query, taken: set[str]) -> Planned:
        for move in (
            self._from_block(round, claim, query, taken),
            self._from_passage(round, claim, query, taken),
            self._from_general(claim, query, taken),
        ):
            if move is not None:
                return move
        known = claim.block or self._touches(query, round.side)
        if not known:
            return Planned(Move.OUTSIDE, claim)
        earlier = [turn.number for turn, point in round.points() if point.block == claim.block and claim.block]
        return Planned(Move.STANDS, claim, turn=earlier[-1] if earlier else 0)

    def _from_block(self, round: Round, claim: Claim, query: Query, taken: set[str]) -> Planned | None:
        for hit in self.shelves.arguments(query, round.side)[:3]:
            if hit.cosine < NEAR:
                break
            block = self._block(hit.target)
            legal = [
                (f"{block.id}/{n}", answer)
                for n, answer in enumerate(block.answers)
                if f"{block.id}/{n}" not in taken and _legal(answer.attack, round.attacks_on(block.id))
            ]
            if legal:
                key, answer = min(legal, key=lambda pair: self._staleness(round, pair[1]))
                return Planned(Move.ANSWER, claim, block, answer, key=key)
        return None

    def _staleness(self, round: Round, answer: Answer) -> tuple[int, int, int]:
        """Order answers: fresh evidence first, then an attack not used lately, then offence before defence."""
        recent = [point.attack for _, point in round.points()][-2:]
        stale = sum(cite in round.cited for cite in answer.cites) if answer.cites else 1
        return stale, recent.count(answer.attack), not answer.attack.offence

    def _from_passage(self, round: Round, claim: Claim, query: Query, taken: set[str]) -> Planned | None:
        for hit in self.shelves.counters(query, round.side)[:6]:
            words = self.topic.notes[hit.target].how.get(round.side, "")
            key = f"passage/{hit.target}"
            if words and hit.cosine >= APT and key not in taken and hit.target not in round.cited:
                return Planned(Move.ANSWER, claim, None, Answer(Attack.DENY, words, "", (hit.target,)), key=key)
        return None

    def _from_general(self, claim: Claim, query: Query, taken: set[str]) -> Planned | None:
        for hit in self.shelves.general(query)[:3]:
            if hit.cosine < NEAR:
                break
            block = next(block for block in self.general if block.id == hit.target)
            for n, answer in enumerate(block.answers):
                key = f"{block.id}/{n}"
                if key not in taken:
                    return Planned(Move.ANSWER, claim, block, answer, key=key)
        return None

    def _touches(self, query: Query, side: str) -> bool:
        best = [*self.shelves.arguments(query, side)[:1], *self.shelves.counters(query, side)[:1]]
        return any(hit.cosine >= TOUCHES for hit in best)

    def _extras(self, round: Round, heard: Heard, taken: set[str], answered: int) -> Iterator[Planned]:
        room = 2 if round.level is Level.VARSITY else 1
        for move in (*self._presses(round, heard, taken), *self._extensions(round, heard, taken)):
            if answered + 1 > room + 1 or room == 0:
                return
            room -= 1
            yield move

    def _presses(self, round: Round, heard: Heard, taken: set[str]) -> Iterator[Planned]:
        """Yield the point of the bot's last reply that the user's message leaves alone."""
        last = next((turn for turn in reversed(round.turns) if turn.speaker is Speaker.BOT and turn.reply), None)
        if last is None or last.reply is None:
            return
        for point in last.reply.points:
            key = f"press/{last.number}/{point.key}"
            if point.move in (Move.ANSWER, Move.EXTEND) and point.block and key not in taken:
                block = self._block_or_none(point.block)
                if block and not any(claim.block == block.id for claim in heard.claims):
                    yield Planned(Move.PRESS, None, block, key=key, turn=last.number, about=block.matter)
                    return

    def _extensions(self, round: Round, heard: Heard, taken: set[str]) -> Iterator[Planned]:
        """Yield the side's own argument nearest to the message that it has not made and whose evidence is fresh."""
        for hit in self.shelves.own_case(heard.whole, round.side):
            argument = next(a for a in self.topic.arguments if a.id == hit.target)
            if argument.id not in taken and not set(argument.rests_on) & round.cited:
                yield Planned(Move.EXTEND, argument=argument, key=argument.id)
                return

    def _question(self, round: Round, answers: Sequence[Planned]) -> str:
        """Return a question about an answered claim, every other reply and at varsity always; "" otherwise."""
        mine = sum(turn.speaker is Speaker.BOT for turn in round.turns)
        if mine % 2 and round.level is not Level.VARSITY:
            return ""
        asked = {turn.reply.closing for turn in round.turns if turn.reply}
        questions = [move.block.question for move in answers if move.block and move.block.question]
        return next((q for q in questions if not any(q in closing for closing in asked)), "")

    def _block(self, name: str) -> Block:
        return next(block for block in self.topic.blocks if block.id == name)

    def _block_or_none(self, name: str) -> Block | None:
        return next((block for block in self.topic.blocks if block.id == name), None)


def _legal(attack: Attack, made: frozenset[Attack]) -> bool:
    """Return whether an attack may follow those made on the same argument: never both kinds of turn."""
    turns = {Attack.LINK_TURN, Attack.IMPACT_TURN}
    return not (attack in turns and made & (turns - {attack}))
