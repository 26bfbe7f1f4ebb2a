"""A round on Discord's screen: its card, replies, cards, flow and ballot."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from discord import ui
from discord.utils import snowflake_time

from bot.chat.screen import Style, box, button, row, screen
from bot.chat.text import brief, pages, plain, quoted
from bot.debate.flow import Row
from bot.debate.turn import Citation, Move, Point, Reply, Speaker, Turn
from bot.desk.play import Table
from knowledge.sources import Kind
from prompts import said
from prompts.counts import counted

BOT_ACCENT, USER_ACCENT, PLAIN_ACCENT = 0x3BA55D, 0x5865F2, 0x99AAB5
_SHOWN = 280
"""Characters of a passage in a list under a reply; all of it is on its card."""


def card(table: Table, reads: bool) -> ui.LayoutView:
    """Return the card that opens a round: motion, sides, who speaks, how."""
    round, topic = table.round, table.topic
    theirs, ours = topic.other(round.side), topic.side(round.side)
    who = ", ".join(f"<@{user}>" for user in table.seat.speakers)
    rules = said("round_rules", format=round.rules.name, level=round.level.value, id=round.id)
    return screen(
        box(
            f"## {plain(topic.motion)}",
            f"**{plain(theirs.id)}** · {who}\n{plain(theirs.holds)}",
            f"**{plain(ours.id)}** · Gainsay\n{plain(ours.holds)}",
            "",
            said("how_to_speak" if reads else "how_to_speak_unread"),
            *_due(table, len(round.turns) == table.seat.posted),
            f"-# {rules}",
            row(
                button("Speak", "speak", round.id, style=Style.primary),
                button("Flow", "flow", round.id),
                button("Hint", "hint", round.id),
                button("End", "end", round.id),
            ),
            accent=USER_ACCENT,
        )
    )


def speech(table: Table, turn: Turn) -> list[ui.LayoutView]:
    """Return a debater's speech that was not written in the thread, as messages there."""
    spoken = table.by(turn.number)
    who = f"<@{spoken.user}>" if spoken else plain(table.topic.other(table.round.side).id)
    head = f"**{who}** · {plain(turn.speech) if turn.speech else plain(table.topic.other(table.round.side).id)}"
    parts = pages(quoted(turn.text).split("\n"))
    return [
        screen(box(*([head] if not number else []), "\n".join(part), accent=USER_ACCENT))
        for number, part in enumerate(parts)
    ]


def reply(table: Table, turn: Turn, words: bool = True) -> list[ui.LayoutView]:
    """Return the bot's turn as messages; without ``words``, by its cards alone."""
    said_here = turn.reply or Reply()
    head = f"**{plain(table.round.side)}**" + (f" · {plain(turn.speech)}" if turn.speech else "")
    body = paragraphs(said_here) if words else list(_by_cards(said_here))
    places = sources(said_here.citations)
    parts = pages([head, *body, *places, *_due(table, turn.number == len(table.round.turns))])
    views = [screen(box(*texts(part), accent=BOT_ACCENT)) for part in parts[:-1]]
    final = box(*texts(parts[-1]), *_buttons(table, turn), accent=BOT_ACCENT)
    return [*views, screen(final)]


def next_up(table: Table, turn: Turn) -> list[ui.LayoutView]:
    """Return, as a message, what is due after a debater's turn that the bot has nothing to say to."""
    due = _due(table, turn.number == len(table.round.turns))
    name = table.round.id
    buttons = row(button("Speak", "speak", name, style=Style.primary), button("End", "end", name))
    return [screen(box(*due, buttons, accent=USER_ACCENT))] if due else []


def cards(turn: Turn) -> list[ui.LayoutView]:
    """Return every passage of a turn in full, with its source and place."""
    cited = turn.reply.citations if turn.reply else ()
    found = shown_cards(cited) or [said("no_cards")]
    return [screen(box(*texts(part), accent=PLAIN_ACCENT)) for part in pages(found)]


def why(turn: Turn) -> list[ui.LayoutView]:
    """Return what each point of a turn answers, and by which attack."""
    points = turn.reply.points if turn.reply else ()
    found = [_reason(number, point, turn.reply) for number, point in enumerate(points, 1)] or [said("no_points")]
    return [screen(box(*texts(part), accent=PLAIN_ACCENT)) for part in pages(found)]


def flow(table: Table, words: bool = True) -> list[ui.LayoutView]:
    """Return the flow: every argument, who made it, and what became of it; without ``words``, the bot's by cards."""
    rows = [_flowed(table, each, words) for each in table.flow] or [said("flow_empty")]
    return [screen(box(*texts(part), accent=PLAIN_ACCENT)) for part in pages(["### Flow", *rows])]


def ballot(table: Table, words: bool = True) -> list[ui.LayoutView]:
    """Return what the flow decides; ``words`` adds what it is worth."""
    result, round = table.ballot, table.round
    yours, ours = table.topic.other(round.side).id, round.side
    lines = [f"### Ballot\n{plain(table.topic.motion)}"]
    if table.conceded:
        lines.append(said("ballot_conceded", side=plain(yours)))
    for name, other, tally in ((yours, ours, result.user), (ours, yours, result.bot)):
        text = said("tally", side=plain(name), other=plain(other), tally=tally)
        drops = [f"- turn {row.turn}: {_argued(table, row, words, 160)}" for row in tally.dropped]
        lines.append("\n".join([text, *drops]))
    ahead = {None: "", Speaker.USER: yours, Speaker.BOT: ours}[result.ahead]
    lines.append(said("ballot_ahead", side=plain(ahead)) if ahead else said("ballot_level"))
    if words:
        lines.append(f"-# {said('ballot_counts')}")
    return [screen(box(*texts(part), accent=PLAIN_ACCENT)) for part in pages(lines)]


def ended(table: Table) -> str:
    """Return who ended the round, and how."""
    return said("conceded_by" if table.conceded else "ended_by", user=table.seat.ender)


def listed(tables: Sequence[Table]) -> ui.LayoutView:
    """Return a person's rounds in a server."""
    lines = [_summary(table) for table in tables[:20]] or [said("no_rounds")]
    return screen(box("### Your rounds", *lines, accent=PLAIN_ACCENT))


def place(citation: Citation) -> str:
    """Return where a citation points, and whether the words are a digest's."""
    return f"{_locator(citation)}, {plain(citation.source)}"


def shown_cards(cited: Sequence[Citation], tags: Sequence[str] = ()) -> list[str]:
    """Return citations in full, each under its tag where there are tags; a source that all share is a note."""
    titles = dict.fromkeys(citation.source for citation in cited)
    alone = len(titles) == 1
    found = []
    for number, citation in enumerate(cited, 1):
        where = f"[{number}] {_locator(citation) if alone else place(citation)}"
        head = f"**{plain(tags[number - 1])}**\n{where}" if tags else f"**{where}**"
        found.append(f"{head}\n{quoted(citation.text)}")
    return [*found, *(f"-# {plain(title)}" for title in titles if alone)]


def paragraphs(reply: Reply) -> list[str]:
    """Return the reply's paragraphs, each point with its marks after it."""
    found = [plain(reply.opening), *(_point(reply, point) for point in reply.points), plain(reply.closing)]
    return [paragraph for paragraph in found if paragraph]


def _point(reply: Reply, point: Point) -> str:
    return " ".join([plain(point.text), *(f"**[{n}]**" for n in reply.marks(point))])


def _by_cards(reply: Reply) -> Iterator[str]:
    """Yield what each point answers and by what evidence, without a sentence of the bot's own."""
    for point in reply.points:
        marks = " ".join(f"**[{n}]**" for n in reply.marks(point))
        if marks and point.answers:
            yield f"{quoted(brief(point.answers, 200))}\n{_does(point)} {marks}"
        elif marks:
            yield f"{_does(point)} {marks}"
    if not reply.citations:
        yield said("no_cards")


def _does(point: Point) -> str:
    return point.attack.value if point.attack else point.move.value


def sources(cited: Sequence[Citation], shown: int = _SHOWN) -> list[str]:
    """Return a note for each citation: its place and so many characters of it; a source that all share comes last."""
    titles = dict.fromkeys(citation.source for citation in cited)
    alone = len(titles) == 1
    lines = []
    for number, citation in enumerate(cited, 1):
        where = _locator(citation) if alone else place(citation)
        lines.append(f"-# [{number}] {where}" + (f": {plain(brief(citation.text, shown))}" if shown else ""))
    return [*lines, *(f"-# {plain(title)}" for title in titles if alone)]


def _locator(citation: Citation) -> str:
    digest = "digest of " if citation.kind is Kind.DIGEST else ""
    return f"{digest}{plain(citation.locator)}"


def texts(parts: Sequence[str]) -> list[str]:
    """Return the paragraphs of a page as few text parts: notes on lines of their own, below a line across."""
    notes = [part for part in parts if part.startswith("-# ")]
    body = [part for part in parts if not part.startswith("-# ")]
    head = 1 if len(body) > 1 and "\n" not in body[0] and body[0].startswith(("#", "**")) else 0
    found = [*body[:head], "\n\n".join(body[head:])] if body else []
    return [*found, *(["", "\n".join(notes)] if notes and body else notes)]


def _buttons(table: Table, turn: Turn) -> list[ui.Item[ui.LayoutView]]:
    name = table.round.id
    return [
        row(
            button("Speak", "speak", name, style=Style.primary),
            button("Cards", "cards", name, turn.number, off=not (turn.reply and turn.reply.citations)),
            button("Why this", "why", name, turn.number),
            button("Flow", "flow", name),
            button("Hint", "hint", name),
        ),
        row(button("Concede", "concede", name), button("End", "end", name)),
    ]


def _due(table: Table, last: bool) -> list[str]:
    """Return what the debaters are to say next and until when, in a round with speeches, after all that was said."""
    floor, turns = table.floor, table.round.turns
    if not last or floor.speaker is Speaker.BOT or table.round.ended or not table.round.rules.speeches:
        return []
    due = floor.speech
    if due is None:
        return [said("speeches_over")]
    since = datetime.fromisoformat(turns[-1].at) if turns else snowflake_time(table.seat.place)
    ends = int((since + timedelta(minutes=due.minutes)).timestamp())
    about = {"asks": floor.asks, "answers": floor.answers}
    return [said("speech_due", speech=due.name, **about, minutes=due.minutes, until=ends)]


_MOVES = {
    Move.ANSWER: "answers",
    Move.OUTSIDE: "says the readings have nothing on",
    Move.STANDS: "says what stands already on",
    Move.OURS: "takes for its own side",
    Move.EXTEND: "extends its own case",
    Move.PRESS: "presses what was dropped",
    Move.CONTRADICT: "shows a contradiction in",
    Move.WEIGH: "weighs",
    Move.INFORM: "informs",
}


def _reason(number: int, point: Point, reply: Reply | None) -> str:
    marks = " ".join(f"[{n}]" for n in reply.marks(point)) if reply else ""
    attack = f" by **{point.attack.value}**" if point.attack else ""
    plain = "" if point.move in (Move.OUTSIDE, Move.OURS) else "It rests on no passage: it is analysis."
    rests = f"It rests on {marks}." if marks else plain
    about = f"\n{quoted(brief(point.answers, 300))}" if point.answers else ""
    return f"**{number}.** This point {_MOVES[point.move]}{attack}.{about}\n{rests}".rstrip()


def _flowed(table: Table, row: Row, words: bool) -> str:
    who = table.round.side if row.speaker is Speaker.BOT else table.topic.other(table.round.side).id
    state = row.state
    if state == "answered":
        state = f"answered in turn {', '.join(str(number) for number in row.answered)}"
    return f"**{row.turn}** · {plain(who)}: {_argued(table, row, words, 220)} (**{state}**)"


def _argued(table: Table, row: Row, words: bool, most: int) -> str:
    """Return an argument of the flow in so many characters; without ``words``, what the bot's does and cites."""
    if words or row.speaker is Speaker.USER:
        return plain(brief(row.text, most))
    made = (p for turn, p in table.round.points() if turn.number == row.turn and (p.tag or p.text) == row.text)
    return "; ".join(", ".join([_does(point), *map(_locator, point.citations)]) for point in made)


def _summary(table: Table) -> str:
    round = table.round
    state = "ended" if round.ended else "open"
    where = f"<#{table.seat.place}>"
    motion, turns = plain(brief(table.topic.motion, 90)), counted(len(round.turns), "turn")
    return f"{where} · {motion} · {turns}, {state} · `{round.id}`"
