"""Review at a console: the passages that mining is least sure of, one keystroke a decision."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rich.console import Console
from rich.text import Text

from bot.keyboard import STOPS, Keyboard
from knowledge.reviewing import Review
from knowledge.sentences import quotable
from knowledge.topics import Argument, Note, Role, Topic

ROLES = {
    "c": Role.CLAIM,
    "e": Role.EVIDENCE,
    "o": Role.CONCESSION,
    "p": Role.PROPOSAL,
    "h": Role.HISTORY,
    "v": Role.VOICE,
}
KEEP, DROP, BOTH, LINE, SKIP, UNDO, QUIT = "k", "d", "b", "l", "s", "u", "q"


class Decisions(Protocol):
    """Where decisions are kept."""

    async def decide(
        self, name: str, passage_id: str, note: Note, arguments: Sequence[Argument], dropped: Sequence[str]
    ) -> None:
        """Keep a decision on a passage of the topic with that id: its note, arguments changed, ids of those gone."""

    async def learn(
        self, name: str, notes: Mapping[str, Note], arguments: Sequence[Argument], dropped: Sequence[str]
    ) -> None:
        """Keep what the decisions say of passages that nobody has decided, in the same way."""


@dataclass
class Reviewing:
    """One person's review of a topic: every decision is kept as soon as it is made, so that it can stop anywhere."""

    console: Console
    topic: Topic
    review: Review
    decisions: Decisions

    def __post_init__(self) -> None:
        self._skipped: list[str] = []
        self._done: list[str] = []
        self._reopened: set[str] = set()
        self._draft: Note | None = None

    async def run(self, keyboard: Keyboard) -> int:
        """Take keystrokes until all is decided, the keys end or one says stop; return how many were decided."""
        self._legend()
        name = self._show()
        while (name or self._done) and (key := keyboard.key().casefold()) not in (*STOPS, QUIT):
            if not name and key != UNDO:
                break
            name = await self._press(name, key)
        if self._done:
            learned = self.review.learned
            await self.decisions.learn(self.topic.id, learned, *self.review.redrawn(learned))
        self.console.print(Text(self._state()))
        return len(self._done)

    async def _press(self, name: str, key: str) -> str:
        """Do what a key says to the passage; return the passage that is then on show."""
        if key == UNDO:
            return await self._undo() if self._done else name
        note = self._draft or self.review.notes[name]
        if key in ROLES:
            return self._redrafted(name, replace(note, role=ROLES[key]))
        if key == LINE:
            return self._redrafted(name, replace(note, line=self._next_line(name, note)))
        if key == SKIP:
            self._skipped.append(name)
            return self._show()
        helps = {KEEP: note.helps, "\r": note.helps, "\n": note.helps, DROP: "neither", BOTH: "both"}
        helps |= {str(number): side.id for number, side in enumerate(self.topic.sides, 1)}
        if key in helps:
            await self._decide(name, replace(note, helps=helps[key]))
            return self._show()
        if not key.isspace():
            self._legend()
        return name

    async def _decide(self, name: str, note: Note) -> None:
        decided = await asyncio.to_thread(self.review.decide, name, note)
        await self.decisions.decide(self.topic.id, name, decided, *self.review.redrawn([name]))
        self._done.append(name)

    async def _undo(self) -> str:
        """Take the last decision back, and show its passage again."""
        name = self._done.pop()
        self._draft = await asyncio.to_thread(self.review.undecide, name)
        self._reopened.add(name)
        waiting = self._reopened & self.review.waiting
        notes = {each: self.review.notes[each] for each in waiting}
        await self.decisions.learn(self.topic.id, notes, *self.review.redrawn(waiting))
        self._print(name, self._draft)
        return name

    def _next_line(self, name: str, note: Note) -> str:
        lines = quotable(self.topic.passage(name).text)
        at = lines.index(note.line) if note.line in lines else -1
        return lines[(at + 1) % len(lines)]

    def _redrafted(self, name: str, note: Note) -> str:
        self._draft = note
        self._guess(note)
        return name

    def _show(self) -> str:
        """Show the passage that comes next and return its id; "" when none is left."""
        self._draft = None
        name = self.review.next(self._skipped)
        if name:
            self._print(name, self.review.notes[name])
        elif self._done:
            self.console.print(Text(f"\nThat was the last. {UNDO} takes it back; any other key ends.", style="dim"))
        return name

    def _print(self, name: str, note: Note) -> None:
        passage = self.topic.passage(name)
        source = self.topic.source(passage.source_id)
        self.console.print()
        self.console.print(Text(f"{self._state()} · {source.title}, {passage.locator}", style="dim"))
        text = Text(passage.text)
        text.highlight_words([note.line], style="bold")
        self.console.print(text)
        self._guess(note)

    def _guess(self, note: Note) -> None:
        side = {"both": "both sides", "neither": "neither side"}.get(note.helps, note.helps)
        self.console.print(Text(f"helps {side} ({note.confidence:.0%} sure) · {note.role.value}", style="cyan"))
        self.console.print(Text(f"to quote: {note.line}", style="dim"))

    def _state(self) -> str:
        left = len(self.review.waiting)
        return f"{left} left, {self.review.sure:.0%} sure of them" if left else "Nothing is left to review."

    def _legend(self) -> None:
        sides = ", ".join(f"{number} {side.id}" for number, side in enumerate(self.topic.sides, 1))
        roles = ", ".join(f"{key} {role.value}" for key, role in ROLES.items())
        self.console.print(Text(f"It helps: {sides}, {BOTH} both; {KEEP} keep as it is; {DROP} drop.", style="dim"))
        self.console.print(Text(f"It is: {roles}; {LINE} quote its next sentence.", style="dim"))
        self.console.print(Text(f"{SKIP} skip, {UNDO} undo, {QUIT} stop (what you decided is kept).", style="dim"))
