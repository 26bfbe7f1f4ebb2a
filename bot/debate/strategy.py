"""Which points to make, by which attack, on what evidence: Heard → Plan."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.debate.listening import NEAR, Ear, Heard
from bot.debate.round import Level, Round
from bot.debate.turn import Claim, Move, Speaker
from knowledge.appeals import Appeal
from knowledge.queries import Hit, Query
from knowledge.topics import Answer, Argument, Attack, Block, Topic

APT = 0.42
"""Cosine from which a passage is taken to bear on a claim."""
CHAT_WORDS = 90
"""Words that a reply in chat keeps to."""
_BRIEF = 36
_CLOSE = 0.05


class Shelves(Ear, Protocol):
    """What planning asks of the readings."""

    def counters(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the passages that answer, for a side, what the query argues, best first."""

    def general(self, query: Query) -> Sequence[Hit]:
        """Return the general-purpose blocks that answer what the query argues, best first."""

    def own_case(self, query: Query, side: str) -> Sequence[Hit]:
        """Return the side's own arguments that bear on the query, best first."""

    def answers(self, query: Query) -> Sequence[Hit]:
        """Return the passages that answer a question, best first; none when the readings don't."""


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
    why: str = ""
    cites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The moves of one reply in order, and the question that closes it, if any."""

    moves: tuple[Planned, ...]
    question: str = ""
    deferred: tuple[Claim, ...] = ()
    opening: tuple[str, ...] = ()


@dataclass(frozen=True)
class Strategist:
    """Plans replies for one side of a topic."""

    topic: Topic
    general: Sequence[Block]
    shelves: Shelves

    def plan(self, round: Round, heard: Heard, opening: tuple[str, ...] = ()) -> Plan:
        """Return the moves that answer what was heard: every claim, then what else gains ground, best first."""
        taken = set(round.used)
        short = len(heard.claims) > 1 and round.speech is None
        answers: list[Planned] = []
        for claim, query in self._order(round, heard):
            move = self._answer(round, claim, query, taken, short)
            taken.update((move.key, f"reply/{move.block.id}" if move.block else ""))
            answers.append(move)
        kept = answers[:1] if round.level is Level.NOVICE else answers
        deferred = tuple(move.claim for move in answers[len(kept) :] if move.claim and move.claim.block)
        extras = [] if round.level is Level.NOVICE else list(self._extras(round, heard, answers, taken))
        return Plan((*kept, *extras), self._question(round, kept), deferred, opening)

    def _order(self, round: Round, heard: Heard) -> list[tuple[Claim, Query]]:
        """Return the claims as the reply takes them: as they came; a novice's best-prepared one first."""
        pairs = list(zip(heard.claims, heard.queries, strict=True))
        return sorted(pairs, key=lambda pair: not pair[0].block) if round.level is Level.NOVICE else pairs

    def _answer(self, round: Round, claim: Claim, query: Query, taken: set[str], short: bool) -> Planned:
        if claim.appeal and (move := self._to_appeal(round, claim)) is not None:
            return move
        if (move := self._from_block(round, claim, query, taken, short)) is not None:
            return move
        if (move := self._repeated(round, claim)) is not None:
            return move
        passage = self._from_passage(round, claim, query, taken)
        general = self._from_general(claim, query, taken)
        found = max((found for found in (passage, general) if found), key=lambda pair: pair[1], default=None)
        return found[0] if found else Planned(Move.OUTSIDE, claim)

    def _to_appeal(self, round: Round, claim: Claim) -> Planned | None:
        """Return what meets an appeal: the best answer that stands is weighed, or the last one pointed at."""
        if claim.appeal is Appeal.WEIGH:
            weighed = [replace(move, claim=claim, key="") for move in self._weighings(round, set())]
            return weighed[-1] if weighed else self._latest(round, claim, "")
        return self._latest(round, claim, "")

    def _repeated(self, round: Round, claim: Claim) -> Planned | None:
        """Return a reminder of the answer already given to a claim that comes again; None when it is new."""
        return self._latest(round, claim, claim.block) if claim.block else None

    def _latest(self, round: Round, claim: Claim, block: str) -> Planned | None:
        """Return a reminder of the bot's latest answer, to the named block or to any."""
        for turn, point in reversed(list(round.points())):
            if point.move is Move.ANSWER and point.attack and (point.block == block or not block):
                met = next((each for each in self.topic.blocks if each.id == point.block), None)
                if met:
                    return Planned(Move.STANDS, claim, met, turn=turn.number, about=point.attack.value)
        return None

    def _from_block(self, round: Round, claim: Claim, query: Query, taken: set[str], short: bool) -> Planned | None:
        near = {hit.target: hit.cosine for hit in self.shelves.arguments(query, round.side)[:3] if hit.cosine >= NEAR}
        own = near.get(claim.block, 0.0) - _CLOSE
        rivals = [name for name, cosine in near.items() if cosine >= own and f"reply/{name}" not in taken]
        for name in dict.fromkeys([claim.block, *rivals] if claim.block else rivals):
            block = self._block(name)
            legal = [
                (f"{block.id}/{n}", answer)
                for n, answer in enumerate(block.answers)
                if f"{block.id}/{n}" not in taken and _legal(answer.attack, round.attacks_on(block.id))
            ]
            if legal:
                key, answer = min(legal, key=lambda pair: self._staleness(round, pair[1], short))
                return Planned(Move.ANSWER, claim, block, answer, key=key)
        return None

    def _staleness(self, round: Round, answer: Answer, short: bool) -> tuple[int, bool, int, bool]:
        """Order answers: fresh evidence, brevity where it is wanted, an attack not used lately, offence."""
        recent = [point.attack for _, point in round.points()][-2:]
        stale = sum(cite in round.cited for cite in answer.cites) if answer.cites else 1
        long = short and len(answer.text.split()) > _BRIEF
        return stale, long, recent.count(answer.attack), not answer.attack.offence

    def _from_passage(
        self, round: Round, claim: Claim, query: Query, taken: set[str]
    ) -> tuple[Planned, float] | None:
        for hit in self.shelves.counters(query, round.side)[:6]:
            words = self.topic.notes[hit.target].how.get(round.side, "")
            key = f"passage/{hit.target}"
            if words and hit.cosine >= APT and key not in taken and hit.target not in round.cited:
                answer = Answer(Attack.DENY, words, "", (hit.target,))
                return Planned(Move.ANSWER, claim, None, answer, key=key), hit.cosine
        return None

    def _from_general(self, claim: Claim, query: Query, taken: set[str]) -> tuple[Planned, float] | None:
        for hit in self.shelves.general(query)[:3]:
            if hit.cosine < NEAR:
                break
            block = next(block for block in self.general if block.id == hit.target)
            for n, answer in enumerate(block.answers):
                key = f"{block.id}/{n}"
                if key not in taken:
                    return Planned(Move.ANSWER, claim, block, answer, key=key), hit.cosine
        return None

    def _extras(self, round: Round, heard: Heard, answers: Sequence[Planned], taken: set[str]) -> Iterator[Planned]:
        """Yield what may follow the answers: a contradiction, a dropped point pressed, the own case extended.

        Nothing is pressed in one reply after another: varsity does it every second time, club every third. The own
        case grows in every second reply of a chat, and where the answers say nothing new.
        """
        yield from self._contradictions(round, heard, taken)
        speech = round.speech
        if speech and speech.last:
            yield from self._weighings(round, taken)
            return
        if Move.PRESS not in _lately(round, 2 if round.level is Level.VARSITY else 3):
            yield from self._presses(round, heard, taken)
        stale = all(move.move in (Move.STANDS, Move.WEIGH, Move.OUTSIDE) for move in answers)
        if speech or stale or Move.EXTEND not in _lately(round, 1):
            yield from self._extensions(round, heard, taken, len(self.topic.arguments) if speech else 1)

    def _contradictions(self, round: Round, heard: Heard, taken: set[str]) -> Iterator[Planned]:
        """Yield the first clash between a claim and an earlier turn of the user's own, both beyond doubt."""
        for claim in (claim for claim in heard.claims if claim.sure):
            for turn in round.arguments():
                for earlier in (claim for claim in turn.claims if claim.sure):
                    pair = frozenset((claim.block, earlier.block))
                    key = "clash/" + "/".join(sorted(pair))
                    if pair in self.topic.clashes and key not in taken:
                        block, about = self._block(claim.block), self._block(earlier.block).they_say
                        why = self.topic.clashes[pair]
                        yield Planned(Move.CONTRADICT, claim, block, key=key, turn=turn.number, about=about, why=why)
                        return

    def _presses(self, round: Round, heard: Heard, taken: set[str]) -> Iterator[Planned]:
        """Yield the point of the bot's last reply that the user's message leaves alone."""
        met = {key for claim in heard.claims for key in claim.meets} | {claim.block for claim in heard.claims}
        last = next((turn for turn in reversed(round.turns) if turn.reply and turn.reply.points), None)
        for point in last.reply.points if last and last.reply else ():
            block = next((block for block in self.topic.blocks if block.id == point.block), None)
            key = f"press/{point.key}"
            if last and block and point.move is Move.ANSWER and not {point.key, block.id} & met and key not in taken:
                yield Planned(Move.PRESS, None, block, key=key, turn=last.number, about=block.matter)
                return

    def _weighings(self, round: Round, taken: set[str]) -> Iterator[Planned]:
        """Yield the bot's offence that the user has not met: what a last speech is decided on."""
        met = {key for turn in round.arguments() for claim in turn.claims for key in claim.meets}
        for turn, point in round.points():
            block = next((block for block in self.topic.blocks if block.id == point.block), None)
            key = f"weigh/{point.key}"
            if block and point.attack and point.attack.offence and point.key not in met and key not in taken:
                yield Planned(Move.WEIGH, None, block, key=key, turn=turn.number, about=block.matter)

    def _extensions(self, round: Round, heard: Heard, taken: set[str], many: int) -> Iterator[Planned]:
        """Yield the side's own arguments not made yet whose evidence is fresh, nearest to the message first."""
        cited = set(round.cited)
        for hit in self.shelves.own_case(heard.whole, round.side):
            argument = next(a for a in self.topic.arguments if a.id == hit.target)
            if many and argument.id not in taken and not set(argument.rests_on[:2]) & cited:
                many -= 1
                cited.update(argument.rests_on[:2])
                yield Planned(Move.EXTEND, argument=argument, key=argument.id)

    def _question(self, round: Round, answers: Sequence[Planned]) -> str:
        """Return a question about an answered claim, every other reply and at varsity always; "" otherwise."""
        mine = sum(turn.speaker is Speaker.BOT for turn in round.turns)
        if mine % 2 and round.level is not Level.VARSITY:
            return ""
        asked = {turn.reply.closing for turn in round.turns if turn.reply}
        questions = [move.block.question for move in answers if move.block and move.block.question]
        return next((q for q in questions if not any(q in closing for closing in asked)), "")

    def ask(self, round: Round) -> str:
        """Return a question on the user's latest arguments for cross-examination; "" when none is left."""
        said = "\n".join(turn.text for turn in round.turns)
        blocks = [claim.block for turn in reversed(list(round.arguments())) for claim in turn.claims if claim.block]
        questions = (self._block(name).question for name in blocks)
        return next((question for question in questions if question and question not in said), "")

    def inform(self, round: Round, query: Query) -> Planned | str:
        """Return the move that answers a question from a passage that the side may cite; else a locator, else ""."""
        hits = self.shelves.answers(query)
        for hit in hits:
            if self.topic.serves(hit.target, round.side):
                how = self.topic.notes[hit.target].how.get(round.side, "")
                fresh = how and not any(how in turn.text for turn in round.turns)
                about = how if fresh else self.topic.passage(hit.target).text
                return Planned(Move.INFORM, about=about, cites=(hit.target,), key=f"inform/{hit.target}")
        return self.topic.passage(hits[0].target).locator if hits else ""

    def _block(self, name: str) -> Block:
        return next(block for block in self.topic.blocks if block.id == name)


def _lately(round: Round, replies: int) -> list[Move]:
    """Return the moves of the bot's last replies, as many as asked for."""
    return [
        p.move for turn in [t for t in round.turns if t.reply][-replies:] if turn.reply for p in turn.reply.points
    ]


def _legal(attack: Attack, made: frozenset[Attack]) -> bool:
    """Return whether an attack may follow those made on the same argument: never both kinds of turn."""
    turns = {Attack.LINK_TURN, Attack.IMPACT_TURN}
    return not (attack in turns and made & (turns - {attack}))
