"""Answers to interactions: the first one, within three seconds."""

from collections.abc import Callable
from typing import Any

from tests.support.discord.call import NOTHING, Call, Reply, Route
from tests.support.discord.commands import check_choices
from tests.support.discord.components import echoed
from tests.support.discord.facts import ACK_WITHIN, Answer, Asked, Flag, Json, Said
from tests.support.discord.interactions import Interaction, Modal
from tests.support.discord.messages import Body, Message
from tests.support.discord.modals import check_modal
from tests.support.discord.posting import Draft, composed, edit, post
from tests.support.discord.refusals import Refusal, invalid, unknown
from tests.support.discord.world import World

Answering = Callable[[World, Interaction, Draft], Message | None]


def callback(world: World, call: Call) -> Reply:
    asked = world.interactions.get(call.id("interaction_id"))
    if asked is None or asked.token != call.path["interaction_token"]:
        raise unknown("interaction")
    if asked.answer is not None:
        raise Refusal(400, 40060, "Interaction has already been acknowledged.")
    late = world.clock.now() - asked.sent
    if late > ACK_WITHIN:
        asked.over = True
        raise unknown("interaction")
    # Nobody suggests twice: whoever types sees nothing after a refusal.
    asked.over = asked.kind is Asked.SUGGESTION
    kind = _kind(asked, call.body.get("type"))
    message = ANSWERS[kind](world, asked, Draft(call.body.get("data") or {}, call.files))
    asked.answer, asked.acked = kind, asked.sent + late
    asked.original = message or asked.original
    if kind is Answer.SUGGESTIONS or call.query.get("with_response") not in ("1", "true"):
        return NOTHING
    return Reply(data=_response(world, asked, kind, message))


def _kind(asked: Interaction, given: Any) -> Answer:
    if given not in list(Answer):
        raise invalid("type", f"{given!r} is no answer known to the fake")
    kind = Answer(given)
    if (kind is Answer.SUGGESTIONS) != (asked.kind is Asked.SUGGESTION):
        raise invalid("type", "suggestions answer autocomplete, and nothing else does")
    if kind is Answer.MODAL and asked.kind is Asked.MODAL:
        raise invalid("type", "a modal cannot answer a modal")
    if kind in (Answer.UPDATE, Answer.DEFER_UPDATE) and asked.source is None:
        raise invalid("type", "there is no message to update")
    return kind


def _message(world: World, asked: Interaction, draft: Draft) -> Message:
    body = composed(world, asked.place, draft)
    return post(world, asked.place, world.bot, body, kind=_said(asked), origin=asked)


def _said(asked: Interaction) -> Said:
    if asked.kind is Asked.COMMAND:
        return Said.COMMAND if asked.data.get("type") == 1 else Said.CONTEXT_MENU
    return Said.DEFAULT


def _defer(world: World, asked: Interaction, draft: Draft) -> Message:
    asked.deferred = True
    flags = (draft.body.get("flags") or 0) & Flag.EPHEMERAL | Flag.LOADING
    return post(world, asked.place, world.bot, Body(flags=flags), kind=_said(asked), origin=asked)


def _defer_update(_: World, asked: Interaction, __: Draft) -> None:
    asked.deferred = True
    asked.original = asked.source


def _update(world: World, asked: Interaction, draft: Draft) -> Message:
    assert asked.source is not None
    if asked.source.deleted:
        raise unknown("Message")
    edit(world, asked.source, composed(world, asked.place, draft, asked.source.body))
    asked.touched(asked.source)
    return asked.source


def _suggestions(_: World, asked: Interaction, draft: Draft) -> None:
    choices = draft.body.get("choices") or []
    check_choices(choices)
    asked.choices = [(choice["name"], choice["value"]) for choice in choices]


def _modal(world: World, asked: Interaction, draft: Draft) -> None:
    form = draft.body
    check_modal(form)
    components = echoed(form["components"], (), world.snowflake)
    asked.modal = Modal(asked, form["custom_id"], form["title"], components)


def _response(world: World, asked: Interaction, kind: Answer, message: Message | None) -> Json:
    about: Json = {"id": str(asked.id), "type": int(asked.kind), "channel_id": str(asked.place.id)}
    if asked.place.guild is not None:
        about["guild_id"] = str(asked.place.guild.id)
    original = asked.original
    if original is not None:
        about["response_message_id"] = str(original.id)
        about["response_message_loading"] = original.loading
        about["response_message_ephemeral"] = original.ephemeral
    body: Json = {"interaction": about}
    if message is not None and kind in (Answer.MESSAGE, Answer.UPDATE):
        body["resource"] = {"type": int(kind), "message": message.payload(world.bot)}
    return body


ANSWERS: dict[Answer, Answering] = {
    Answer.MESSAGE: _message,
    Answer.DEFER: _defer,
    Answer.DEFER_UPDATE: _defer_update,
    Answer.UPDATE: _update,
    Answer.SUGGESTIONS: _suggestions,
    Answer.MODAL: _modal,
}
ROUTES: list[Route] = [("POST", "/interactions/{interaction_id}/{interaction_token}/callback", callback)]
