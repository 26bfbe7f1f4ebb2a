"""A round on a console: replies with numbered cards under them."""

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from bot.debate.ballot import ballot
from bot.debate.floor import floor
from bot.debate.flow import flow
from bot.debate.opponent import Opponent
from bot.debate.round import Round
from bot.debate.turn import Citation, Reply, Speaker
from knowledge.errors import GainsayError
from knowledge.sources import Kind
from knowledge.topics import Topic
from prompts.counts import counted

COMMANDS = {
    "/flow": "who answered what, what was dropped",
    "/hint": "a nudge for your next reply",
    "/cards": "the evidence used so far, in full",
    "/ballot": "what the flow decides so far",
    "/resume": "your rounds, or /resume ID to take one up",
    "/end": "end the round, with its ballot",
    "/help": "these commands",
}


class Keeper(Protocol):
    """Where rounds are kept."""

    async def keep(self, round: Round, started: str = "") -> None:
        """Write the round and its new turns."""

    async def load(self, name: str) -> Round:
        """Return the round with that id."""


@dataclass
class Practice:
    """One person's practice at a console: the round as it stands, and the commands."""

    console: Console
    opponent: Opponent
    keeper: Keeper
    round: Round
    rounds: Callable[[], AsyncIterator[str]]

    @property
    def topic(self) -> Topic:
        """Return the topic of the round."""
        return self.opponent.readings.topic

    async def start(self) -> None:
        """Show motion and sides, and what was said before if the round is resumed; give any speech that is due."""
        mine, yours = self.topic.side(self.round.side), self.topic.other(self.round.side)
        self.console.print(Panel(Text(self.topic.motion, style="bold"), title="Motion", title_align="left"))
        self.console.print(Text(f"You argue {yours.id}: {yours.holds}"))
        self.console.print(Text(f"I argue {mine.id}: {mine.holds}"))
        what = f"Round {self.round.id} · {self.round.rules.name} · {self.round.level.value}."
        self.console.print(Text(f"{what} /help shows the commands.", style="dim"))
        before = len(self.round.turns)
        for turn in self.round.turns:
            self._turn(turn.speaker, turn.text, turn.reply)
        self.round = await self.opponent.resume(self.round, self.keeper.keep)
        self._new_turns(before)
        self._due()

    async def say(self, line: str) -> bool:
        """Take a line of the user's, argument or command; return False when the round is over."""
        line = line.strip()
        if not line:
            return True
        if line.startswith("/"):
            return await self._command(line)
        before = len(self.round.turns)
        try:
            self.round = await self.opponent.exchange(self.round, line, self.keeper.keep)
        except GainsayError as error:
            self.console.print(Text(str(error), style="red"))
            return True
        self._new_turns(before + 1)
        self._due()
        return True

    async def _command(self, line: str) -> bool:
        name, _, rest = line.partition(" ")
        if name == "/end":
            await self._end()
            return False
        if name == "/resume":
            await self._resume(rest.strip())
            return True
        if name == "/hint":
            self.console.print(Text(await self.opponent.hint(self.round)))
            return True
        shows = {"/flow": self._flow, "/cards": self._cards, "/ballot": self._ballot}
        shows.get(name, self._help)()
        return True

    async def _end(self) -> None:
        self.round = replace(self.round, ended=True)
        await self.keeper.keep(self.round)
        self._ballot()

    async def _resume(self, name: str) -> None:
        if not name:
            async for line in self.rounds():
                self.console.print(Text(line))
            return
        with contextlib.suppress(GainsayError):
            found = await self.keeper.load(name)
            if found.topic == self.topic.id:
                self.round = found
                await self.start()
                return
        self.console.print(Text(f"No round {name!r} on this topic. /resume alone lists your rounds.", style="red"))

    def _due(self) -> None:
        due = floor(self.round, self.topic)
        if not self.round.rules.speeches:
            return
        if due.speech is None:
            self.console.print(
                Text("All speeches have been given. /ballot shows what the flow decides, /end ends.", style="dim")
            )
        else:
            what = "Your questions" if due.asks else "Your answers" if due.answers else "Your speech"
            length = f"{due.speech.minutes:g} minute{'s' * (due.speech.minutes != 1)}"
            self.console.print(Text(f"\n{what}: {due.speech.name}, {length}.", style="dim"))

    def _new_turns(self, since: int) -> None:
        for turn in self.round.turns[since:]:
            if turn.speaker is Speaker.BOT:
                self._turn(turn.speaker, turn.text, turn.reply)

    def _turn(self, speaker: Speaker, text: str, reply: Reply | None) -> None:
        side = self.round.side if speaker is Speaker.BOT else self.topic.other(self.round.side).id
        self.console.print()
        self.console.print(Text(side, style="bold green" if speaker is Speaker.BOT else "bold cyan"))
        self.console.print(Text(text))
        for number, citation in enumerate(reply.citations if reply else (), 1):
            self.console.print(Text(f"  [{number}] {card_line(citation)}", style="dim"))

    def _flow(self) -> None:
        rows = flow(self.round)
        if not rows:
            self.console.print("Nothing on the flow yet.")
            return
        table = Table(show_lines=True, expand=True)
        for heading, ratio in (("turn", 1), ("argument", 8), ("answered", 2)):
            table.add_column(heading, ratio=ratio)
        for row in rows:
            who = self.round.side if row.speaker is Speaker.BOT else self.topic.other(self.round.side).id
            state = row.state
            if state == "answered":
                state = f"turn {', '.join(str(number) for number in row.answered)}"
            table.add_row(str(row.turn), escape(f"{who}: {_brief(row.text)}"), state)
        self.console.print(table)

    def _cards(self) -> None:
        cited = dict.fromkeys(c for turn in self.round.turns if turn.reply for c in turn.reply.citations)
        if not cited:
            self.console.print("No evidence has been used yet.")
        for citation in cited:
            self.console.print(
                Panel(
                    Text(citation.text),
                    title=escape(place(citation)),
                    title_align="left",
                    subtitle=escape(citation.source),
                    subtitle_align="right",
                )
            )

    def _ballot(self) -> None:
        result = ballot(self.round)
        you, me = self.topic.other(self.round.side).id, self.round.side
        for name, other, tally in ((you, me, result.user), (me, you, result.bot)):
            fate = f"{tally.answered} answered by {other}, {len(tally.dropped)} dropped"
            self.console.print(Text(f"{name}: {counted(tally.made, 'argument')}, {fate}."))
            for row in tally.dropped:
                self.console.print(Text(f"  dropped, turn {row.turn}: {_brief(row.text)}", style="dim"))
        ahead = {None: "neither side", Speaker.USER: you, Speaker.BOT: me}[result.ahead]
        self.console.print(
            Text(
                f"On drops alone, {ahead} is ahead. This ballot counts answers; it does not weigh how good they are."
            )
        )

    def _help(self) -> None:
        for name, what in COMMANDS.items():
            self.console.print(Text(f"{name:<8} {what}"))


def place(citation: Citation) -> str:
    """Return where a citation points, and whether the words are a digest's."""
    return f"digest of {citation.locator}" if citation.kind is Kind.DIGEST else citation.locator


def card_line(citation: Citation) -> str:
    """Return a citation as one line: place, then the passage."""
    return f"{place(citation)}: {citation.text}"


def _brief(text: str, words: int = 24) -> str:
    parts = text.split()
    return text if len(parts) <= words else " ".join(parts[:words]) + " …"
