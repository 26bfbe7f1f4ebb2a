"""Which points to make, by which attack, on what evidence: Heard → Plan."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from bot.debate.bearing import bearing, places
from bot.debate.citations import cite, told
from bot.debate.ear import NEAR, SURE
from bot.debate.echoes import echoes
from bot.debate.initiative import Initiative
from bot.debate.listening import Heard
from bot.debate.plan import APT, Plan, Planned, Shelves
from bot.debate.round import Level, Round
from bot.debate.turn import Claim, Move, Point, Speaker
from knowledge.appeals import Appeal
from knowledge.queries import Hit, Query
from knowledge.topics import Answer, Attack, Block, Topic

_STALE, _WORN = 0.5, 0.1
"""How much it counts against an answer that all it rests on was cited before, and per late use of its attack."""
_BRIEF, _LONG = 40, 0.005
"""Words of an answer that leave room for a second one, and how much each further one counts against it."""
_HITS = 6
"""Passages that are looked at for an answer to one claim."""
_BESIDE = 0.15
"""So much less near to a question than the passage that answers it best, another passage answers it as well."""
_CITED = 3
"""Places that an answer cites at most."""
_SECONDS = 4
"""Second answers to a claim that are put forward, since the best may be too long for the reply."""
_RIVALS = 3
"""Blocks that one claim may fall under."""
_LIKELY = 0.12
"""Score from which a block may be what a claim falls under, beside the one that is taken."""
_SENTENCE = 6
"""Words from which a sentence of a passage says enough to be quoted alone."""


@dataclass(frozen=True)
class Strategist:
    """Plans replies for one side of a topic."""

    topic: Topic
    general: Sequence[Block]
    shelves: Shelves

    def plan(self, round: Round, heard: Heard, opening: tuple[str, ...] = ()) -> Plan:
        """Return the moves that answer what was heard: every claim, then what else gains ground, best first."""
        taken = set(round.used)
        answers: list[Planned] = []
        for claim, query in self._order(round, heard):
            quoted = {*round.quoted, *(move.quote for move in answers)}
            whole = heard.whole if len(heard.claims) == 1 else query
            move = self._answer(round, claim, query, whole, taken, quoted)
            taken.update((move.key, f"reply/{move.block.id}" if move.block else ""))
            taken.update(f"cited/{cite}" for cite in (move.answer.cites if move.answer else ()))
            answers.append(move)
        seconds = self._seconds(round, heard, answers[0], taken) if len(answers) == 1 else []
        kept = answers[:1] if round.level is Level.NOVICE else [*answers, *seconds]
        deferred = tuple(move.claim for move in answers[len(kept) :] if move.claim and move.claim.block)
        extras = (
            []
            if round.level is Level.NOVICE
            else list(Initiative(self.topic, self.shelves).take(round, heard, [*answers, *seconds[:1]], taken))
        )
        return Plan((*kept, *extras), self._question(round, kept), deferred, opening)

    def _seconds(self, round: Round, heard: Heard, first: Planned, taken: set[str]) -> list[Planned]:
        """Return other answers to a lone claim, of which the reply makes the first that it has room for.

        There are some in every second reply, where the own case does not grow. They rest on fresh evidence that the
        first one leaves out: of the answers of the blocks that the claim may fall under, and of what passages say to
        it, those whose places bear on it most.
        """
        turns = sum(turn.speaker is Speaker.BOT for turn in round.turns)
        novice = round.level is Level.NOVICE
        if turns % 2 or novice or round.speech or not first.answer or not first.claim:
            return []
        query, known = heard.queries[0], places(self.topic, first.answer)
        hits = self.shelves.arguments(query, round.side)
        votes = bearing(self.topic, hits, self.shelves.met(heard.whole, round.side))
        own = first.block.id if first.block else ""
        near = [hit for hit in hits[:_RIVALS] if hit.cosine >= NEAR and (hit.score >= _LIKELY or hit.target == own)]
        found: list[tuple[Block | None, str, Answer]] = [
            (block, key, answer)
            for block in (self.topic.block(hit.target) for hit in near)
            for key, answer in self._legal(round, block, taken, {first.answer.attack})
        ]
        found += [(None, *spoken) for spoken in self._spoken(round, query, taken)]
        beyond = ((block, key, self._beyond(known, answer)) for block, key, answer in found)
        left = [each for each in beyond if self._fresh(round, each[2], taken)]
        fresh = [(block, key, self._citing(round, answer, votes, taken)) for block, key, answer in left]
        fresh.sort(key=lambda each: -sum(votes.get(place, 0.0) for place in places(self.topic, each[2])))
        return [
            Planned(Move.ANSWER, first.claim, block, answer, key=key, second=True)
            for block, key, answer in fresh[:_SECONDS]
        ]

    def _beyond(self, known: Set[str], answer: Answer) -> Answer:
        """Return the answer with what it cites outside of some places."""
        return replace(answer, cites=tuple(cite for cite in answer.cites if self.topic.place(cite) not in known))

    def _spoken(self, round: Round, query: Query, taken: set[str]) -> Iterator[tuple[str, Answer]]:
        """Yield what fresh passages near a claim say to it for the side, each with its key."""
        for hit in self.shelves.counters(query, round.side)[:_HITS]:
            key, words = f"passage/{hit.target}", self.topic.notes[hit.target].how.get(round.side, "")
            if words and hit.cosine >= APT and key not in taken and hit.target not in round.cited:
                yield key, Answer(Attack.DENY, words, "", (hit.target,))

    def _order(self, round: Round, heard: Heard) -> list[tuple[Claim, Query]]:
        """Return the claims as the reply takes them: as they came; a novice's best-prepared one first."""
        pairs = list(zip(heard.claims, heard.queries, strict=True))
        return sorted(pairs, key=lambda pair: not pair[0].block) if round.level is Level.NOVICE else pairs

    def _answer(
        self, round: Round, claim: Claim, query: Query, whole: Query, taken: set[str], quoted: Set[str]
    ) -> Planned:
        """Return what meets a claim; ``whole`` is all that was said for it, which precedents are sought by."""
        if claim.ours:
            return Planned(Move.OURS, claim, about=self.topic.other(round.side).id)
        if claim.appeal and (move := self._to_appeal(round, claim)) is not None:
            return move
        if (move := self._from_block(round, claim, query, whole, taken)) is not None:
            return move
        if (move := self._repeated(round, claim)) is not None:
            return move
        passage = self._from_passage(round, claim, query, taken, quoted)
        if passage and passage[0].quote:
            return passage[0]
        general = self._from_general(claim, query, taken)
        found = max((found for found in (passage, general) if found), key=lambda pair: pair[1], default=None)
        return found[0] if found else self._quoted(round, claim, query) or Planned(Move.OUTSIDE, claim)

    def _to_appeal(self, round: Round, claim: Claim) -> Planned | None:
        """Return what meets an appeal: the best answer that stands is weighed, or the last one pointed at."""
        if claim.appeal is Appeal.WEIGH:
            weighed = [
                replace(move, claim=claim, key="")
                for move in Initiative(self.topic, self.shelves).weighings(round, set())
            ]
            return weighed[-1] if weighed else self._latest(round, claim, "")
        return self._latest(round, claim, "")

    def _repeated(self, round: Round, claim: Claim) -> Planned | None:
        """Return a reminder of the answer already given to a claim that comes again; None when it is new."""
        return self._latest(round, claim, claim.block) if claim.block else None

    def _latest(self, round: Round, claim: Claim, block: str) -> Planned | None:
        """Return a reminder of the bot's latest answer, to the named block or to any."""
        for turn, point in reversed(list(round.points())):
            if point.move is Move.ANSWER and point.attack and (point.block == block or not block):
                met = self.topic.block(point.block) if point.block else None
                return Planned(Move.STANDS, claim, met, turn=turn.number, about=point.attack.value)
        return None

    def _from_block(self, round: Round, claim: Claim, query: Query, whole: Query, taken: set[str]) -> Planned | None:
        """Return the best answer of the claim's block, or of another that it may fall under; None without one."""
        hits = self.shelves.arguments(query, round.side)
        votes = bearing(self.topic, hits, self.shelves.met(whole, round.side))
        found = [
            (block, key, self._citing(round, answer, votes, taken))
            for block in self._likely(claim, hits, taken)
            for key, answer in self._legal(round, block, taken, set())
        ]
        if not found:
            return None
        block, key, answer = max(found, key=lambda each: self._fit(round, each[2], votes, taken))
        return Planned(Move.ANSWER, claim, block, answer, key=key)

    def _likely(self, claim: Claim, hits: Sequence[Hit], taken: set[str]) -> Iterator[Block]:
        """Yield the blocks that a claim may fall under, its own first: the near ones that score no less."""
        enough = NEAR if claim.block else SURE
        own = next((hit.score for hit in hits if hit.target == claim.block), 0.0)
        near = (hit.target for hit in hits[:_RIVALS] if hit.cosine >= enough and hit.score >= own)
        free = [name for name in near if f"reply/{name}" not in taken]
        yield from map(self.topic.block, dict.fromkeys([claim.block, *free] if claim.block else free))

    def _legal(self, round: Round, block: Block, taken: set[str], beside: set[Attack]) -> list[tuple[str, Answer]]:
        """Return the block's unused answers with their keys: none that makes a double turn with an attack made."""
        made = round.attacks_on(block.id) | beside
        keyed = ((f"{block.id}/{n}", answer) for n, answer in enumerate(block.answers))
        return [(key, answer) for key, answer in keyed if key not in taken and not _doubled(answer.attack, made)]

    def _fit(self, round: Round, answer: Answer, votes: Mapping[str, float], taken: set[str]) -> float:
        """Return how well an answer fits now: its evidence bears on the claim and is fresh, its attack not worn."""
        recent = [point.attack for _, point in round.points()][-2:]
        stale = not self._fresh(round, answer, taken)
        bears = votes.get(self.topic.place(answer.cites[0]), 0.0) if answer.cites else 0.0
        long = max(0, len(answer.text.split()) - _BRIEF)
        return bears - _STALE * stale - _WORN * recent.count(answer.attack) - _LONG * long

    def _fresh(self, round: Round, answer: Answer, taken: Set[str]) -> list[str]:
        """Return the passages that an answer rests on and that nobody was shown in the round."""
        return [cite for cite in answer.cites if cite not in round.cited and f"cited/{cite}" not in taken]

    def _citing(self, round: Round, answer: Answer, votes: Mapping[str, float], taken: Set[str]) -> Answer:
        """Return the answer citing the places that bear most on the claim, once each: fresh ones where it has any."""
        found: dict[str, str] = {}
        for passage in self._fresh(round, answer, taken) or answer.cites:
            found.setdefault(self.topic.place(passage), passage)
        ranked = sorted(found, key=lambda place: -votes.get(place, 0.0))
        return replace(answer, cites=tuple(found[place] for place in ranked[:_CITED]))

    def _from_passage(
        self, round: Round, claim: Claim, query: Query, taken: set[str], quoted: Set[str]
    ) -> tuple[Planned, float] | None:
        for hit in self.shelves.counters(query, round.side)[:_HITS]:
            note = self.topic.notes[hit.target]
            words, key = note.how.get(round.side, ""), f"passage/{hit.target}"
            if key in taken or hit.target in round.cited:
                continue
            if words and hit.cosine >= APT:
                answer = Answer(Attack.DENY, words, "", (hit.target,))
                return Planned(Move.ANSWER, claim, None, answer, key=key), hit.cosine
            if note.line:
                near = hit.key in self.topic.passage(hit.target).text and len(hit.key.split()) >= _SENTENCE
                line = hit.key if near else note.line
                if echoes(line, quoted):
                    continue
                answer = Answer(Attack.DENY, line, "", (hit.target,))
                return Planned(Move.ANSWER, claim, None, answer, key=key, quote=line), hit.cosine
        return None

    def _quoted(self, round: Round, claim: Claim, query: Query) -> Planned | None:
        """Return a reminder of an answer whose quotation meets the claim beyond doubt; None when there is none."""
        hits = [hit for hit in self.shelves.counters(query, round.side)[:_HITS] if hit.cosine >= SURE]
        lines = [hit.key for hit in hits]
        for turn, point in reversed(list(round.points())):
            if point.move is Move.ANSWER and point.quote and echoes(point.quote, lines):
                return Planned(Move.STANDS, claim, turn=turn.number)
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
        said = _said(round)
        blocks = [claim.block for turn in reversed(list(round.arguments())) for claim in turn.claims if claim.block]
        questions = (self.topic.block(name).question for name in blocks)
        return next((question for question in questions if question and question not in said), "")

    def next_argument(self, round: Round, heard: Heard) -> tuple[Planned, ...]:
        """Return the next argument of the side's own case, the nearest to what was heard; none when all are made."""
        return tuple(Initiative(self.topic, self.shelves).extensions(round, heard, (), set(round.used)))

    def because(self, round: Round) -> Planned | None:
        """Return the reason behind the bot's last point that has not been given yet; None when there is no point."""
        last = next((point for _, point in reversed(list(round.points())) if point.tag), None)
        if last is None:
            return None
        about = next((reason for reason in self._reasons(last) if reason not in _said(round)), "")
        cites = tuple(citation.passage_id for citation in last.citations)
        return Planned(Move.INFORM, about=about or last.tag, cites=cites)

    def _reasons(self, point: Point) -> Iterator[str]:
        """Yield what speaks for a point, nearest first: its warrant, what follows from it, its evidence."""
        if point.move is Move.EXTEND:
            yield self.topic.argument(point.key).warrant
        name, _, n = point.key.rpartition("/")
        if point.block and name == point.block:
            yield self.topic.block(name).answers[int(n)].so
        for citation in point.citations:
            yield told(citation)

    def inform(self, round: Round, query: Query) -> Planned | str:
        """Return the move that answers a question from a passage that the side may cite; else a locator, else ""."""
        hits = self.shelves.answers(query)
        for hit in (hit for hit in hits if hit.cosine >= hits[0].cosine - _BESIDE):
            if self.topic.serves(hit.target, round.side):
                how = self.topic.notes[hit.target].how.get(round.side, "")
                fresh = how and not any(how in turn.text for turn in round.turns)
                about = how if fresh else told(cite(self.topic, [hit.target])[0])
                return Planned(Move.INFORM, about=about, cites=(hit.target,), key=f"inform/{hit.target}")
        return self.topic.passage(hits[0].target).locator if hits else ""


def _said(round: Round) -> str:
    return "\n".join(turn.text for turn in round.turns)


def _doubled(attack: Attack, made: Set[Attack]) -> bool:
    """Return whether an attack would make a double turn with those made on the same argument."""
    turns = {Attack.LINK_TURN, Attack.IMPACT_TURN}
    return attack in turns and bool(made & (turns - {attack}))
