"""The opponent: a message is heard, a plan made, put into words, checked, and becomes a turn."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from bot.debate import remarks
from bot.debate.citations import checked
from bot.debate.claims import Piece, claims_of, whole_of
from bot.debate.cues import FACTUAL, RHETORICAL, TAG
from bot.debate.ear import SURE
from bot.debate.errors import NotYourTurn
from bot.debate.flow import flow
from bot.debate.formats import WORDS_PER_MINUTE, Speech
from bot.debate.listening import LONGEST, Heard, act_of, after_grant
from bot.debate.plan import APT, CHAT_WORDS, Plan, Planned, Shelves
from bot.debate.round import Round
from bot.debate.segments import Segment, segments
from bot.debate.strategy import Strategist
from bot.debate.turn import Citation, Claim, Reply, Speaker, Turn
from knowledge.acts import Act
from knowledge.queries import Query
from knowledge.topics import Block, Topic

KNOWN = 0.65
"""Cosine from which a question is taken to make the argument that it resembles."""
CLEAR = 0.5
"""Score from which a question that is put like an argument is one, even if the readings answer it."""
CASE = 0.5
"""How much likeness to a side's own case tells of a message's side, beside likeness to known arguments."""
ARGUES = (Act.ARGUMENT, Act.CROSSEX_ANSWER, Act.CONCESSION, Act.INJECTION, Act.ABUSE)

Keep = Callable[[Round], Awaitable[None]]


class Readings(Shelves, Protocol):
    """What the opponent asks of an open topic."""

    @property
    def topic(self) -> Topic:
        """Return the topic."""

    @property
    def general_blocks(self) -> Sequence[Block]:
        """Return the blocks that hold in any debate."""

    def sentences(self, text: str) -> list[str]:
        """Return the sentences of a text."""

    async def read(self, texts: Sequence[str]) -> list[Query]:
        """Return the texts as queries, encoded in one batch."""


class Voice(Protocol):
    """Puts a plan into words."""

    def reply(self, round: Round, plan: Plan, limit: int) -> Reply:
        """Return the plan in words, about ``limit`` of them at most."""

    def remark(self, round: Round, names: Sequence[str], **values: object) -> str:
        """Return one sentence of each name, joined."""


@dataclass(frozen=True)
class Opponent:
    """Takes one side of one topic, whatever it is told."""

    readings: Readings
    voice: Voice
    now: Callable[[], str]

    async def exchange(self, round: Round, message: str, keep: Keep) -> Round:
        """Return the round with the user's message and the bot's answers; each turn is kept as soon as it is made."""
        if round.ended:
            raise NotYourTurn("This round has ended. Start another.")
        heard = await self.hear(round, message)
        round = round.add(self._users_turn(round, heard))
        await keep(round)
        return await self._answer(round, heard, keep)

    async def resume(self, round: Round, keep: Keep) -> Round:
        """Return the round with the reply that was in flight when it stopped, if one was, and any speech now due."""
        if not round.awaits_reply:
            return round if self._asked(round) else await self.speak(round, keep)
        before = replace(round, turns=round.turns[:-1])
        return await self._answer(round, await self.hear(before, round.turns[-1].text), keep)

    async def hear(self, round: Round, message: str, arguing: bool = False, playing: bool = True) -> Heard:
        """Return the message understood; ``arguing`` says that it was handed in as an argument.

        ``playing`` says that it was heard in a round.
        """
        text = message.strip()[:LONGEST] or "…"
        told = TAG.sub("", text).rstrip(" ,;") or text
        cut = segments(told, self.readings.sentences(told))
        pieces = await self._pieces(cut)
        queries = [piece.query for piece in pieces]
        said, whole = whole_of(told, queries), whole_of(text, queries)
        last = round.turns[-1] if round.turns else None
        asked = last is not None and last.text.endswith("?")
        act = act_of(told, queries, said, self.readings, round.side, asked, playing)
        if self._argues(act, said, round.side, playing) or (arguing and act not in (Act.INJECTION, Act.ABUSE)):
            act = Act.ARGUMENT
        if act not in ARGUES:
            return Heard(act, (), (), whole)
        arguing_on = after_grant(told, pieces) if act is Act.CONCESSION else pieces
        claims, about = claims_of(told, arguing_on, self.readings, round.side, round.used)
        if act is Act.ARGUMENT and not claims:
            claims, about = (Claim(told),), (said,)
        if act in (Act.CROSSEX_ANSWER, Act.INJECTION, Act.ABUSE):
            known = [(claim, query) for claim, query in zip(claims, about, strict=True) if claim.block]
            claims, about = tuple(c for c, _ in known), tuple(q for _, q in known)
        return Heard(act, claims, about, whole)

    async def _pieces(self, cut: Sequence[Segment]) -> list[Piece]:
        """Return the segments with their vectors and those of their parts, encoded in one batch."""
        texts = dict.fromkeys(text for segment in cut for text in (segment.text, *segment.parts))
        read = {query.text: query for query in await self.readings.read(list(texts))}
        return [Piece(read[s.text], s.leans, s.listed, tuple(read[part] for part in s.parts)) for s in cut]

    async def hint(self, round: Round) -> str:
        """Return a nudge towards the user's next reply: a question about the bot's point, and where to look."""
        unmet = {row.turn for row in flow(round) if row.speaker is Speaker.BOT and not row.answered}
        found = [(t, p) for t, p in round.points() if t.number in unmet and p.tag]
        if not found:
            return self.voice.remark(round, ["hint_open"])
        turn, point = found[-1]
        (query,) = await self.readings.read([point.tag])
        mine = self.readings.topic.other(round.side).id
        near = next((hit for hit in self.readings.counters(query, mine) if hit.cosine >= APT), None)
        where = self.readings.topic.passage(near.target).locator if near else ""
        names = [f"hint {point.attack}" if point.attack else "hint_case", "hint_where"][: 2 if where else 1]
        return self.voice.remark(round, names, turn=turn.number, tag=point.tag, where=where)

    async def overhear(self, message: str) -> Heard:
        """Return the message understood outside any round, whichever side it argues for."""
        side = self.readings.topic.other(await self.argued(message)).id
        return await self.hear(Round("", self.readings.topic.id, side), message, playing=False)

    async def argued(self, message: str) -> str:
        """Return the side that a message argues for: it resembles what that side says, in its case and in blocks."""
        (whole,) = await self.readings.read([message.strip()[:LONGEST] or "…"])
        return max((side.id for side in self.readings.topic.sides), key=lambda name: self._likeness(whole, name))

    def _likeness(self, whole: Query, side: str) -> float:
        """Return how much a message is like what a side says."""
        said = self.readings.arguments(whole, self.readings.topic.other(side).id)[:1]
        case = self.readings.own_case(whole, side)[:1]
        return sum(hit.score for hit in said) + CASE * sum(hit.cosine for hit in case)

    def reply(self, round: Round, heard: Heard) -> Reply:
        """Return what the bot says to what it heard: only citations that resolve and serve its side are left in."""
        reply = self._reply(round, heard)
        return checked(self.readings.topic, round.side, reply)

    def _reply(self, round: Round, heard: Heard) -> Reply:
        if heard.claims or heard.act in (Act.ARGUMENT, Act.CONCESSION, Act.CROSSEX_ANSWER):
            argues = heard.act is Act.ARGUMENT or (heard.act is Act.CROSSEX_ANSWER and heard.claims)
            opening = self._lent(round) if argues else (_PROMPTS[heard.act],)
            plan = self._strategist.plan(round, heard, opening)
            if not plan.moves and opening:
                return Reply(self.voice.remark(round, [*opening, "invite"]))
            return self.voice.reply(round, plan, CHAT_WORDS)
        if heard.act is Act.QUESTION:
            return self._informed(round, heard)
        names = [remarks.named(heard.act, heard.whole.text) or _PROMPTS[heard.act]]
        if heard.act in (Act.INJECTION, Act.ABUSE):
            names.append("invite")
        return Reply(self.voice.remark(round, names))

    def _informed(self, round: Round, heard: Heard) -> Reply:
        name = remarks.question(heard.whole.text)
        if name == "question_why" and (reason := self._strategist.because(round)):
            return self.voice.reply(round, Plan((reason,), opening=(name,)), CHAT_WORDS)
        if name == "question_plan":
            return self.voice.reply(
                round, Plan(self._strategist.next_argument(round, heard), opening=(name,)), CHAT_WORDS
            )
        if name and name != "question_why":
            cited = self._evidence_for(round, heard.whole)
            places = " and ".join(dict.fromkeys(citation.locator for citation in cited))
            if name == "question_source" and not places:
                name = "question_nosource" if any(turn.reply for turn in round.turns) else "question_open"
            return Reply(self.voice.remark(round, [name], locators=places))
        found = self._strategist.inform(round, heard.whole)
        if isinstance(found, Planned):
            return self.voice.reply(round, Plan((found,), opening=("question_answered",)), CHAT_WORDS)
        return Reply(self.voice.remark(round, ["question_yours" if found else "question_open"], locator=found))

    def _evidence_for(self, round: Round, question: Query) -> Sequence[Citation]:
        """Return what the point that a question is about rests on; the last reply's citations when it names none."""
        points = {point.key: point for _, point in round.points() if point.citations}
        about = next(iter(self.readings.said(question, round.side, points)), None)
        if about:
            return points[about].citations
        return next((turn.reply.citations for turn in reversed(round.turns) if turn.reply), ())

    async def _answer(self, round: Round, heard: Heard, keep: Keep) -> Round:
        """Add the reply to the last turn, where the format has one, then the speeches that are the bot's."""
        due = round.turns[-1].speech
        if not due or self._asks(round, due) is Speaker.USER:
            round = round.add(self._bots_turn(round, self.reply(round, heard), due))
            await keep(round)
        return await self.speak(round, keep)

    async def speak(self, round: Round, keep: Keep) -> Round:
        """Return the round up to where the user must speak; each of the bot's speeches is kept as it is made."""
        while (speech := round.speech) and self.speaker(round, speech) is Speaker.BOT:
            reply = checked(self.readings.topic, round.side, await self._speech(round, speech))
            round = round.add(self._bots_turn(round, reply, speech.name))
            await keep(round)
            if speech.crossex:
                break
        return round

    async def _speech(self, round: Round, speech: Speech) -> Reply:
        if speech.crossex:
            question = self._strategist.ask(round)
            return Reply(closing=question or self.voice.remark(round, ["crossex_open"]))
        plan = self._strategist.plan(round, await self._heard_since(round), self._lent(round))
        return self.voice.reply(round, plan, int(speech.minutes * WORDS_PER_MINUTE))

    def _lent(self, round: Round) -> tuple[str, ...]:
        """Return what the bot says first of all where no reading argues for its side."""
        first = not any(turn.speaker is Speaker.BOT for turn in round.turns)
        return ("lent",) if first and self.readings.topic.lent(round.side) else ()

    async def _heard_since(self, round: Round) -> Heard:
        """Return what the user has said since the bot's last speech, as one message."""
        texts: list[str] = []
        for turn in reversed(round.turns):
            if turn.speaker is Speaker.BOT and turn.speech and self._asks(round, turn.speech) is None:
                break
            if turn.speaker is Speaker.USER:
                texts.insert(0, turn.text)
        if texts:
            return await self.hear(round, "\n".join(texts), arguing=True)
        (motion,) = await self.readings.read([self.readings.topic.motion])
        return Heard(Act.ARGUMENT, (), (), motion)

    def speaker(self, round: Round, speech: Speech) -> Speaker:
        """Return who gives a speech of the round."""
        bot = self.readings.topic.sides[speech.side].id == round.side
        return Speaker.BOT if bot else Speaker.USER

    def _asks(self, round: Round, name: str) -> Speaker | None:
        """Return who asks in the cross-examination of that name; None when it is a speech."""
        speech = next(speech for speech in round.rules.speeches if speech.name == name)
        return self.speaker(round, speech) if speech.crossex else None

    def _asked(self, round: Round) -> str:
        """Return the cross-examination in which the bot has just asked, and waits for the answer; "" in none."""
        last = round.turns[-1] if round.turns else None
        waits = last and last.speaker is Speaker.BOT and last.speech and self._asks(round, last.speech) is Speaker.BOT
        return last.speech if last and waits else ""

    def _users_turn(self, round: Round, heard: Heard) -> Turn:
        due = self._asked(round) or (round.speech.name if round.speech else "")
        return Turn(
            len(round.turns) + 1, Speaker.USER, heard.whole.text, self.now(), heard.act, heard.claims, speech=due
        )

    def _bots_turn(self, round: Round, reply: Reply, speech: str) -> Turn:
        return Turn(len(round.turns) + 1, Speaker.BOT, reply.text, self.now(), reply=reply, speech=speech)

    def _argues(self, act: Act, whole: Query, side: str, playing: bool) -> bool:
        """Return whether a question is an argument in disguise.

        It resembles one closely and asks for no fact; or, in a round, it is put like one and the readings do not
        answer it.
        """
        best = next(iter(self.readings.arguments(whole, side)), None) if act is Act.QUESTION else None
        rhetorical = bool(RHETORICAL.search(whole.text))
        if best is None or (FACTUAL.search(whole.text) and not rhetorical):
            return False
        close = best.cosine >= max(KNOWN, self.readings.question(whole) + 0.02)
        put = playing and rhetorical and best.cosine >= SURE
        return close or (put and (best.score >= CLEAR or not self.readings.answers(whole)))

    @property
    def _strategist(self) -> Strategist:
        return Strategist(self.readings.topic, self.readings.general_blocks, self.readings)


_PROMPTS = {
    Act.CONCESSION: "concession",
    Act.CROSSEX_ANSWER: "crossex",
    Act.CHATTER: "chatter",
    Act.INJECTION: "injection",
    Act.ABUSE: "abuse",
}
