"""Values as the plain records that the command line prints as JSON."""

from collections.abc import Sequence
from typing import Any

from bot.debate.ballot import Ballot, Tally
from bot.debate.flow import Row
from bot.debate.round import Round
from bot.debate.turn import Citation, Reply, Turn
from knowledge.quotes import Checked, Verdict

Record = dict[str, Any]

_WORST = (Verdict.ABSENT, Verdict.ALTERED, Verdict.EXACT)


def reply(said: Reply) -> Record:
    """Return a reply with its points and numbered citations."""
    points = [
        {
            "answers": point.answers,
            "attack": point.attack.value if point.attack else None,
            "text": point.text,
            "citations": list(said.marks(point)),
        }
        for point in said.points
    ]
    return {
        "reply": said.text,
        "abstained": said.abstained,
        "points": points,
        "citations": citations(said.citations),
    }


def citations(cited: Sequence[Citation]) -> list[Record]:
    """Return citations, numbered from 1."""
    return [
        {
            "n": n,
            "source": c.source,
            "locator": c.locator,
            "kind": c.kind.value,
            "text": c.text,
            "passage_id": c.passage_id,
            "start": c.start,
            "end": c.end,
        }
        for n, c in enumerate(cited, 1)
    ]


def quotations(checked: Sequence[Checked]) -> Record:
    """Return the worst verdict with its place, and every quotation's own."""
    worst = min(checked, key=lambda one: _WORST.index(one.verdict))
    return {**_quotation(worst), "quotations": [{"quote": one.quote, **_quotation(one)} for one in checked]}


def _quotation(one: Checked) -> Record:
    note = {"note": "There is only a digest here: only the original could tell."} if one.digest else {}
    return {"verdict": one.verdict.value, "locator": one.locator, "source_text": one.source_text, **note}


def round(played: Round, rows: Sequence[Row], result: Ballot) -> Record:
    """Return a round with its turns, flow and ballot."""
    return {
        "id": played.id,
        "topic": played.topic,
        "side": played.side,
        "format": played.format,
        "level": played.level.value,
        "seed": played.seed,
        "ended": played.ended,
        "turns": [_turn(turn) for turn in played.turns],
        "flow": [_row(row) for row in rows],
        "ballot": {
            "user": _tally(result.user),
            "bot": _tally(result.bot),
            "ahead": result.ahead.value if result.ahead else None,
        },
    }


def _turn(turn: Turn) -> Record:
    record: Record = {"n": turn.number, "speaker": turn.speaker.value, "speech": turn.speech, "text": turn.text}
    if turn.reply:
        return {**record, **{key: value for key, value in reply(turn.reply).items() if key != "reply"}}
    return {**record, "act": turn.act.value if turn.act else None, "claims": [claim.text for claim in turn.claims]}


def _row(row: Row) -> Record:
    return {
        "speaker": row.speaker.value,
        "turn": row.turn,
        "text": row.text,
        "answered": list(row.answered),
        "dropped": row.dropped,
        "granted": row.granted,
        "conceded": row.conceded,
    }


def _tally(tally: Tally) -> Record:
    return {"made": tally.made, "answered": tally.answered, "dropped": [row.turn for row in tally.dropped]}
