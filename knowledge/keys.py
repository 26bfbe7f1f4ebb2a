"""By what texts the matter of a topic is found: the keys of each shelf."""

from collections.abc import Iterable

from knowledge.retrieval import Key
from knowledge.sentences import quotable
from knowledge.topics import Argument, Block, Topic, place_of


def keys_of(topic: Topic) -> dict[str, list[Key]]:
    """Return what a topic's shelves hold, by the shelf's name."""
    wanted = {"passages": passage_keys(topic), "asked": _asked_keys(topic)}
    wanted["premises"] = [Key(name, text) for name, note in topic.notes.items() for text in note.denies]
    wanted["silent"] = [Key("silent", text) for text in topic.silent]
    for side in (side.id for side in topic.sides):
        wanted[f"blocks/{side}"] = block_keys(block for block in topic.blocks if block.side == side)
        wanted[f"met/{side}"] = _met_keys(topic, side)
        wanted[f"counters/{side}"] = counter_keys(topic, side, mined=False)
        wanted[f"mined/{side}"] = counter_keys(topic, side, mined=True)
        wanted[f"cases/{side}"] = _case_keys(topic, side)
        wanted[f"said/{side}"] = _said_keys(topic, side)
    return wanted


def block_keys(blocks: Iterable[Block]) -> list[Key]:
    """Return the wordings of what the blocks answer."""
    return [Key(block.id, text) for block in blocks for text in (block.they_say, *block.phrasings)]


def _met_keys(topic: Topic, side: str) -> list[Key]:
    """Return the arguments that were answered for a side before, under each place that answers them."""
    found = [each for each in topic.precedents if each.side == side]
    return [Key(place_of(each.source, locator), each.says) for each in found for locator in each.met_by]


def passage_keys(topic: Topic) -> list[Key]:
    """Return by what passages are found: their sentences, and the questions that they are known to answer."""
    keys = [Key(passage.id, text) for passage in topic.passages for text in _texts(topic, passage.id)]
    return keys + _asked_keys(topic)


def _texts(topic: Topic, name: str) -> list[str]:
    """Return by what a passage is found: its sentences; all of it at once where a reviewer wrote of it."""
    note, passage = topic.notes.get(name), topic.passage(name)
    return [passage.key] if note and not note.line else quotable(passage.text)


def _asked_keys(topic: Topic) -> list[Key]:
    return [Key(name, ask) for name, note in topic.notes.items() for ask in note.asks]


def counter_keys(topic: Topic, side: str, mined: bool) -> list[Key]:
    """Return by what a side finds passages to cite: the mined ones, or those that a reviewer wrote of."""
    mine = {n: note for n, note in topic.notes.items() if note.serves(side) and bool(note.line) is mined}
    keys = [Key(name, text) for name in mine for text in _texts(topic, name)]
    keys += [Key(name, note.how[side]) for name, note in mine.items() if side in note.how]
    return keys + [Key(name, claim) for name, note in mine.items() for claim in note.counters.get(side, ())]


def _said_keys(topic: Topic, side: str) -> list[Key]:
    """Return what the side may say, by the keys under which a round remembers it."""
    blocks = [block for block in topic.blocks if block.side == side]
    keys = [Key(f"{block.id}/{n}", answer.text) for block in blocks for n, answer in enumerate(block.answers)]
    keys += [Key(a.id, _gist(topic, a)) for a in topic.arguments if a.side == side]
    keys += [Key(f"passage/{name}", note.how[side]) for name, note in topic.notes.items() if side in note.how]
    mined = [name for name, note in topic.notes.items() if note.line and note.serves(side)]
    return keys + [Key(f"passage/{name}", text) for name in mined for text in _texts(topic, name)]


def _gist(topic: Topic, argument: Argument) -> str:
    """Return an argument in short; a mined one by its claim, which as a sentence is embedded already."""
    mined = any(topic.notes[name].line for name in argument.rests_on if name in topic.notes)
    return argument.claim if mined else f"{argument.claim} {argument.impact}"


def _case_keys(topic: Topic, side: str) -> list[Key]:
    mine = [argument for argument in topic.arguments if argument.side == side]
    return [Key(argument.id, text) for argument in mine for text in (argument.claim, argument.warrant) if text]
