"""The composer: words from prepared material and templates, no model, the same words for the same seed."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from bot.debate.citations import cite
from bot.debate.plan import CHAT_WORDS, Plan, Planned
from bot.debate.round import Level, Round
from bot.debate.turn import Citation, Move, Point, Reply
from knowledge.topics import Argument, Attack, Role, Topic
from prompts import wordings

_NEEDED = (Move.ANSWER, Move.OUTSIDE, Move.STANDS, Move.INFORM, Move.OURS)
"""Moves that meet something the user said; so does a weighing that answers an appeal."""
_NUMBERS = ("first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True)
class Composer:
    """Puts plans into words for one topic."""

    topic: Topic

    def reply(self, round: Round, plan: Plan, limit: int) -> Reply:
        """Return the plan in words, every sentence new to the round.

        Every claim gets its answer, whatever the length; what is beyond an answer (a second one, a contradiction, why
        it wins, a point pressed, the own case, a question) comes only while the reply keeps within ``limit`` words.
        """
        words = Words(round)
        opening = self._say(round, words, plan.opening)
        several = sum(map(_needed, plan.moves)) > 1
        points, closing = [], list(self._advice(round, plan, words))
        for number, move in enumerate(plan.moves):
            if _needed(move):
                which = f"your {_NUMBERS[number]} point" if several and number < len(_NUMBERS) else "that point"
                points.append(self._needed(move, words, which, several))
        left = limit - _length(opening, *closing, *(point.text for point in points))
        beyond = plan.moves[len(points) :]
        made = list(plan.moves[: len(points)])
        for move, second in self._second([move for move in beyond if move.second], words, left):
            left -= _length(second.text)
            points.append(second)
            made.append(move)
        extras = [self._extra(move, words, limit > CHAT_WORDS) for move in beyond if not move.second]
        clashes = [extra for extra in extras if extra.move is Move.CONTRADICT and _length(extra.text) <= left]
        left -= _length(*(clash.text for clash in clashes))
        points += clashes
        for number, move in enumerate(made):
            if move.answer and move.answer.so and _length(move.answer.so) <= left:
                left -= _length(move.answer.so)
                points[number] = replace(points[number], text=f"{points[number].text} {move.answer.so}")
        for extra in (extra for extra in extras if extra.move is not Move.CONTRADICT):
            if not points or _length(extra.text) <= left:
                left -= _length(extra.text)
                points.append(extra)
        if plan.question and _length(plan.question) <= left:
            closing.append(plan.question)
        return Reply(opening, tuple(points), " ".join(filter(None, closing)))

    def remark(self, round: Round, names: Sequence[str], **values: object) -> str:
        """Return one sentence of each name, joined: what is said where there is nothing to argue."""
        return self._say(round, Words(round), names, **values)

    def _say(self, round: Round, words: "Words", names: Sequence[str], **values: object) -> str:
        other, holds = self.topic.other(round.side).id, self.topic.side(round.side).holds
        sides = {"side": round.side, "other": other, "holds": holds}
        return " ".join(filter(None, (words.say(name, **sides, **values) for name in names)))

    def _advice(self, round: Round, plan: Plan, words: "Words") -> Sequence[str]:
        if round.level is not Level.NOVICE or not any(move.move is Move.ANSWER for move in plan.moves):
            return ()
        return [words.say("deferred"), words.say("hint")] if plan.deferred else [words.say("hint")]

    def _second(self, moves: Sequence[Planned], words: "Words", left: int) -> Iterator[tuple[Planned, Point]]:
        """Yield the first of the second answers that has no more than so many words; nothing where none has."""
        points = ((move, self._extra(move, words, speech=False)) for move in moves)
        yield from islice(((move, point) for move, point in points if _length(point.text) <= left), 1)

    def _needed(self, move: Planned, words: "Words", which: str, several: bool) -> Point:
        claim = move.claim.text if move.claim else ""
        if move.move is Move.INFORM:
            return Point(move.move, "", None, move.about, cite(self.topic, move.cites), move.key)
        if move.answer is None:
            again = move.move is Move.STANDS
            how = wordings(f"by {move.about}")[0].render() if again and move.about else ""
            values = {"matter": move.block.matter if move.block else which, "how": how, "about": move.about}
            name = "met" if again and not how else move.move.value
            name = f"{name}_too" if move.move in words.unanswered else name
            words.unanswered |= {move.move} & {Move.OUTSIDE, Move.OURS}
            text = words.must(name, which=which, turn=move.turn, **values)
            return Point(move.move, claim, None, text, (), move.key, move.claim.block if move.claim else "")
        if move.quote:
            return self._quoting(move, claim, words)
        opener = self._opener(move, words, which, several)
        note = "" if move.answer.cites else words.say("analysis")
        text = " ".join(filter(None, (opener, note, move.answer.text)))
        block = move.block.id if move.block and move.block.side else (move.claim.block if move.claim else "")
        tag = move.answer.text
        return Point(
            move.move, claim, move.answer.attack, text, cite(self.topic, move.answer.cites), move.key, block, tag
        )

    def _opener(self, move: Planned, words: "Words", which: str, several: bool) -> str:
        """Return what takes up a claim: by its block, the first time that a reply meets that one, or by its place."""
        block = move.block if move.block and move.block.id not in words.met else None
        words.met |= {move.block.id} if move.block else set()
        if block and move.claim and move.claim.sure and move.claim.block == block.id:
            return words.say("they_say", they_say=block.they_say, matter=block.matter)
        return words.say("on_matter", matter=block.matter if block else which) if several or block else ""

    def _quoting(self, move: Planned, claim: str, words: "Words") -> Point:
        """Return a point that lets the passage speak: framed by what it is to the side, quoted word for word."""
        (cited,) = cite(self.topic, move.answer.cites if move.answer else move.cites)
        role = self.topic.notes[cited.passage_id].role
        plain = "quote_own" if move.move is Move.EXTEND else "quote"
        frame = {Role.CONCESSION: "quote_concession", Role.VOICE: "quote_voice"}.get(role, plain)
        text = words.must(frame, source=self._named(cited), line=move.quote)
        attack = move.answer.attack if move.answer else None
        return Point(move.move, claim, attack, text, (cited,), move.key, tag=move.quote, quote=move.quote)

    def _own(self, move: Planned, argument: Argument, line: str, words: "Words") -> Point:
        """Return a mined argument as a point: quoted, behind its claim where a reviewer has put that into words."""
        first = argument.rests_on[:1]
        if argument.claim in self.topic.passage(first[0]).text:
            return self._quoting(replace(move, quote=argument.claim, cites=first), "", words)
        point = self._quoting(replace(move, quote=line, cites=first), "", words)
        said = words.say("extend", body=argument.claim)
        return replace(point, text=f"{said} {point.text}".strip(), tag=argument.claim)

    def _named(self, citation: Citation) -> str:
        source = self.topic.source(self.topic.passage(citation.passage_id).source_id)
        return source.author or f"“{source.title}”"

    def _extra(self, move: Planned, words: "Words", speech: bool) -> Point:
        if argument := move.argument:
            if line := self.topic.notes[argument.rests_on[0]].line:
                return self._own(move, argument, line, words)
            body = (argument.claim, argument.warrant if speech else "", argument.impact)
            text = words.say("extend", body=" ".join(filter(None, body)))
            cited = cite(self.topic, argument.rests_on[:2])
            return Point(Move.EXTEND, "", None, text, cited, move.key, tag=argument.claim)
        block = move.block.id if move.block else ""
        if move.answer and move.claim:
            text = f"{words.say('second')} {move.answer.text}".strip()
            cited = cite(self.topic, move.answer.cites)
            return Point(
                move.move, move.claim.text, move.answer.attack, text, cited, move.key, block, move.answer.text
            )
        if move.move is Move.CONTRADICT and move.block and move.claim:
            text = words.say("contradict", turn=move.turn, earlier=move.about, now=move.block.they_say, why=move.why)
            return Point(move.move, move.claim.text, Attack.CONTRADICTION, text, (), move.key, block)
        text = words.say(move.move.value, turn=move.turn, about=move.about)
        return Point(move.move, "", None, text, (), move.key, block)


def _needed(move: Planned) -> bool:
    return (move.move in _NEEDED and not move.second) or (move.move is Move.WEIGH and move.claim is not None)


class Words:
    """Chooses wordings for one reply: none heard in the round, no opener twice while one is left.

    ``unanswered`` says how the reply has left a claim without an answer already: as outside the readings, or as ours;
    ``met`` which blocks it has met.
    """

    def __init__(self, round: Round) -> None:
        self._random = random.Random(f"{round.seed}/{len(round.turns)}")
        self._heard = "\n".join(turn.text for turn in round.turns if turn.reply)
        self.unanswered: set[Move] = set()
        self.met: set[str] = set()

    def say(self, name: str, **values: object) -> str:
        """Return one wording of the named sentence, filled in; "" when the round has heard them all."""
        choices = list(wordings(name))
        self._random.shuffle(choices)
        choices.sort(key=lambda wording: self._heard.rfind(wording.opener) if wording.opener else -1)
        for wording in choices:
            text = wording.render(**values)
            if text not in self._heard:
                self._heard += "\n" + text
                return text
        return ""

    def must(self, name: str, **values: object) -> str:
        """Return one wording of the named sentence, filled in: the one heard longest ago when none is new."""
        heard = self._heard
        texts = (wording.render(**values) for wording in wordings(name))
        return self.say(name, **values) or min(texts, key=heard.rfind)


def _length(*texts: str) -> int:
    return sum(len(text.split()) for text in texts)
