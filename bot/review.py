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
KEEP, DROP, BOTH, LINE, WORDS, SKIP, UNDO, QUIT = "k", "d", "b", "l", "w", "s", "u", "q"


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


@dataclass(frozen=True, slots=True)
class _Draft:
    """What is to be decided of a passage: its note, and its claim where the reviewer has put it into words."""

    note: Note
    claim: str = ""


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
        self._draft = _Draft(Note(Role.CLAIM, "neither"))

    async def run(self, keyboard: Keyboard) -> int:
        """Take keystrokes until all is decided, the keys end or one says stop; return how many were decided."""
        self._legend()
        name = self._show()
        while (name or self._done) and (key := keyboard.key().casefold()) not in (*STOPS, QUIT):
            if not name and key != UNDO:
                break
            if key == WORDS and name:
                await self._word(name, keyboard)
            else:
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
        note = self._draft.note
        if key in ROLES:
            self._redraft(replace(note, role=ROLES[key]))
            return name
        if key == LINE:
            self._redraft(replace(note, line=self._next_line(name, note)))
            return name
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
        decided = await asyncio.to_thread(self.review.decide, name, note, self._draft.claim)
        await self.decisions.decide(self.topic.id, name, decided, *self.review.redrawn([name]))
        self._done.append(name)
        self.console.print(Text(f"Kept: {_told(decided)}.", style="green"))

    async def _undo(self) -> str:
        """Take the last decision back, and show its passage again."""
        name = self._done.pop()
        self._draft = _Draft(await asyncio.to_thread(self.review.undecide, name), self.review.claim(name))
        self._reopened.add(name)
        waiting = self._reopened & self.review.waiting
        notes = {each: self.review.notes[each] for each in waiting}
        await self.decisions.learn(self.topic.id, notes, *self.review.redrawn(waiting))
        self._print(name)
        return name

    async def _word(self, name: str, keyboard: Keyboard) -> None:
        """Have the claim put into other words; those of the passage itself become what is quoted of it."""
        self.console.print(Text("The claim, in your words:", style="dim"))
        note, claim = self._draft.note, self._draft.claim
        said = await keyboard.line(claim or note.line)
        if said in self.topic.passage(name).text:
            self._redraft(replace(note, line=said), "")
        else:
            self._redraft(note, f"{said}." if said[-1].isalnum() else said)

    def _next_line(self, name: str, note: Note) -> str:
        lines = quotable(self.topic.passage(name).text)
        at = lines.index(note.line) if note.line in lines else -1
        return lines[(at + 1) % len(lines)]

    def _redraft(self, note: Note, claim: str | None = None) -> None:
        self._draft = _Draft(note, self._draft.claim if claim is None else claim)
        self._guess()

    def _show(self) -> str:
        """Show the passage that comes next and return its id; "" when none is left."""
        name = self.review.next(self._skipped)
        if name:
            self._draft = _Draft(self.review.notes[name], self.review.claim(name))
            self._print(name)
        elif self._done:
            self.console.print(Text(f"\nThat was the last. {UNDO} takes it back; any other key ends.", style="dim"))
        return name

    def _print(self, name: str) -> None:
        passage = self.topic.passage(name)
        source = self.topic.source(passage.source_id)
        self.console.print()
        self.console.print(Text(f"{self._state()} · {source.title}, {passage.locator}", style="dim"))
        text = Text(passage.text)
        text.highlight_words([self._draft.note.line], style="bold")
        self.console.print(text)
        self._guess()

    def _guess(self) -> None:
        note, claim = self._draft.note, self._draft.claim
        self.console.print(Text(f"{_told(note)} ({note.confidence:.0%} sure)", style="cyan"))
        if claim:
            self.console.print(Text(f"it claims: {claim}", style="dim"))
        self.console.print(Text(f"to quote: {note.line}", style="dim"))

    def _state(self) -> str:
        left = len(self.review.waiting)
        return f"{left} left, {self.review.sure:.0%} sure of them" if left else "Nothing is left to review."

    def _legend(self) -> None:
        sides = ", ".join(f"{number} {side.id}" for number, side in enumerate(self.topic.sides, 1))
        roles = ", ".join(f"{key} {role.value}" for key, role in ROLES.items())
        self.console.print(Text(f"It helps: {sides}, {BOTH} both; {KEEP} keep as it is; {DROP} drop.", style="dim"))
        self.console.print(Text(f"It is: {roles}.", style="dim"))
        self.console.print(Text(f"{LINE} quote its next sentence, {WORDS} put its claim into words.", style="dim"))
        self.console.print(Text(f"{SKIP} skip, {UNDO} undo, {QUIT} stop (what you decided is kept).", style="dim"))


def _told(note: Note) -> str:
    side = {"both": "both sides", "neither": "neither side"}.get(note.helps, note.helps)
    return f"{note.role.value}, helps {side}"
