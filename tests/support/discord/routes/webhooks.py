"""An interaction's token as a webhook: its first answer, and what follows."""

from tests.support.discord.call import NOTHING, Call, Reply, Route
from tests.support.discord.facts import TOKEN_LIVES, Said
from tests.support.discord.interactions import Interaction
from tests.support.discord.messages import Message
from tests.support.discord.posting import composed, delete, edit, post
from tests.support.discord.refusals import Refusal, unknown
from tests.support.discord.world import World


def follow_up(world: World, call: Call) -> Reply:
    asked = asked_by(world, call)
    waiting = asked.original
    if waiting is not None and waiting.loading and not waiting.deleted:
        _change(world, asked, waiting, call)
        return Reply(data=waiting.payload(world.bot))
    body = composed(world, asked.place, call.draft)
    kind = Said.DEFAULT if asked.original is None else Said.REPLY
    made = post(world, asked.place, world.bot, body, kind=kind, reference=asked.original, origin=asked)
    asked.deferred = False
    return Reply(data=made.payload(world.bot))


def one(world: World, call: Call) -> Reply:
    return Reply(data=_message(call, asked_by(world, call)).payload(world.bot))


def changed(world: World, call: Call) -> Reply:
    asked = asked_by(world, call)
    message = _message(call, asked)
    _change(world, asked, message, call)
    return Reply(data=message.payload(world.bot))


def _change(world: World, asked: Interaction, message: Message, call: Call) -> None:
    edit(world, message, composed(world, asked.place, call.draft, message.body))
    asked.touched(message)
    asked.deferred = False


def removed(world: World, call: Call) -> Reply:
    asked = asked_by(world, call)
    delete(world, _message(call, asked))
    asked.deferred = False
    return NOTHING


def asked_by(world: World, call: Call) -> Interaction:
    """The interaction whose token the path has, if it was answered and is not over."""
    asked = world.tokens.get(call.path["webhook_token"])
    if asked is None or world.clock.now() - asked.sent > TOKEN_LIVES:
        raise Refusal(401, 50027, "Invalid Webhook Token")
    if call.id("webhook_id") != world.bot.id or asked.answer is None:
        raise unknown("Webhook")
    return asked


def _message(call: Call, asked: Interaction) -> Message:
    if "message_id" not in call.path:
        found = asked.original
    else:
        found = asked.place.log.get(call.id("message_id"))
        if found is not None and found not in (asked.original, *asked.messages):
            found = None
    if found is None or found.deleted:
        raise unknown("Message")
    return found


TOKEN = "/webhooks/{webhook_id}/{webhook_token}"
ROUTES: list[Route] = [
    ("POST", TOKEN, follow_up),
    ("GET", TOKEN + "/messages/@original", one),
    ("PATCH", TOKEN + "/messages/@original", changed),
    ("DELETE", TOKEN + "/messages/@original", removed),
    ("GET", TOKEN + "/messages/{message_id}", one),
    ("PATCH", TOKEN + "/messages/{message_id}", changed),
    ("DELETE", TOKEN + "/messages/{message_id}", removed),
]
