"""What people do in views: press, search, fill in and send a form; and open their Home tab."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final

from slack_bolt import Ack, App

from bot.commands.answer import Asker
from bot.core.asking.forms import CHANNEL, Choice, Written, unplaced, written
from bot.core.subscribing.plans import zones
from bot.errors import UserError
from bot.surfaces.slack import forms, home, views
from bot.surfaces.slack.home import Publishing
from bot.surfaces.slack.placing import BUTTON, command, named, place
from bot.surfaces.slack.questions import BUSY, Door, fingerprint
from bot.surfaces.slack.replies import Direct, Reply, ReplyTo
from bot.surfaces.slack.views import Context
from bot.surfaces.slack.windows import InWindow, Opening, Sending, Trying, Window, nothing_more

_FIELD: Final = re.compile(r"field\.\w+")
_QUERY: Final = re.compile(r'\w:\S|["()]|\bOR\b|(?<!\S)-\w')
"""What only a query has, and a question in one's own words has not."""


def in_view(body: dict[str, Any]) -> bool:
    """Whether something was pressed in a view, and not in a message."""
    return bool(body.get("view"))


def listen(bolt: App, door: Door) -> None:
    """Take in what is done in views."""
    _listen_for_sent(bolt, door)

    @bolt.event("app_home_opened")
    def on_home(ack: Ack, event: dict[str, Any]) -> None:
        user = str(event.get("user") or "")
        request = fingerprint(event, "type", "user", "event_ts", "channel", "tab")
        if event.get("tab") == "home" and user and door.desk.is_new(request):
            door.desk.take(Publishing(door, user, hash=str((event.get("view") or {}).get("hash") or "")))
        ack()

    @bolt.action(BUTTON, matchers=[in_view])
    def on_press(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        kind, meant = place(str(action.get("action_id", "")))
        press(door, ack, body, command(action), meant=meant, stays=kind == "more")

    @bolt.action(views.SEARCH, matchers=[in_view])
    def on_search(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        if words := str(action.get("value") or "").strip():
            press(door, ack, body, question(words))
        else:
            ack()

    @bolt.action(_FIELD, matchers=[in_view])
    def on_change(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        change(door, body, action)
        ack()

    @bolt.options(_FIELD)
    def on_typing(ack: Ack, payload: dict[str, Any]) -> None:
        # The one field that asks while it is typed in is that of time zones.
        found = zones(str(payload.get("value") or ""), most=forms.OPTIONS_MOST)
        ack(options=[forms.option(Choice(name.replace("_", " "), name)) for name in found])


def _listen_for_sent(bolt: App, door: Door) -> None:
    @bolt.view(views.SEARCHING)
    def on_search_sent(ack: Ack, body: dict[str, Any]) -> None:
        boxes = ((body.get("view") or {}).get("state") or {}).get("values") or {}
        typed = (boxes.get(views.SEARCH_BLOCK) or {}).get(views.SEARCH) or {}
        if words := str(typed.get("value") or "").strip():
            # The window with the box is closed by this, and another one opened.
            press(door, ack, body, question(words), alone=True)
        else:
            ack(response_action="errors", errors={views.SEARCH_BLOCK: "What are you looking for?"})

    @bolt.view(views.FORM)
    def on_send(ack: Ack, body: dict[str, Any]) -> None:
        send(ack, body, door)


def press(
    door: Door,
    ack: Ack,
    body: Mapping[str, Any],
    text: str,
    *,
    meant: str = "",
    stays: bool = False,
    alone: bool = False,
) -> None:
    """Answer what was pressed: where it stands when it `stays`, else in a window of its own.

    `meant` is the channel that it is about; `alone`: no other window is open any more.
    """
    view, user, context = body["view"], named(body, "user"), Context.read(body["view"])
    request = _request(body)
    at_home = view.get("type") == "home"
    known = Context(meant or context.channel, home=at_home or context.home)
    asker = Asker(user, known.channel, here=known.proves)
    after = _republish(door, user, text) if known.home else nothing_more
    if stays and at_home:
        door.take(ack, request, Publishing(door, user, text, asker))
    elif stays:
        window = Window(str(view.get("id", "")), str(view.get("hash", "")))
        door.take(ack, request, InWindow(door, text, asker, window, known, after))
    else:
        opening = Opening(
            door,
            str(body.get("trigger_id", "")),
            known,
            lambda window: InWindow(door, text, asker, window, known, after),
            door.question(text, asker, Direct(door.client, user)),
            over="" if at_home or alone else str(view.get("id", "")),
        )
        door.open(ack, request, opening)


def change(door: Door, body: Mapping[str, Any], action: Mapping[str, Any]) -> None:
    """Show what a form would bring, now that one of its fields was changed."""
    view, context, at = body["view"], Context.read(body["view"]), str(action.get("action_ts", ""))
    context = replace(context, more=context.more or action.get("action_id") == forms.MORE)
    window = Window(str(view.get("id", "")), str(view.get("hash", "")))
    if not door.desk.is_new(_request(body)):
        return
    door.latest.note(window.id, at)
    values = forms.read(view, acted=str(action.get("block_id", "")))
    asker = Asker(named(body, "user"), context.channel, here=context.proves)
    # When the desk is full the form stays as it is: it can be sent all the same.
    door.desk.take(Trying(door, asker, window, context, values, lambda: door.latest.holds(window.id, at)))


def question(words: str) -> str:
    """What was typed into a search box, as a command: a query as it stands, else one's own words."""
    return f"{'search' if _QUERY.search(words) else 'ask'} {words}"


def send(ack: Ack, body: dict[str, Any], door: Door) -> None:
    """Take in a form. What makes no sense is told at its field, and the form stays."""
    view, user = body.get("view") or {}, named(body, "user")
    context, values = Context.read(view), forms.read(view)
    if not context.command:
        ack()
        return
    words = written(context.command, values)
    try:
        door.check(words.text)
    except UserError as error:
        ack(response_action="errors", errors=_errors(view, words, error))
        return
    channel = next(iter(values.get(CHANNEL, ())), context.channel)
    asker = Asker(user, channel, here=channel == context.channel and context.proves)
    after = _republish(door, user, words.text) if context.home else nothing_more
    job = Sending(door.question(words.text, asker, _way_back(door, body, context)), after)
    if not door.desk.is_new(_request(body)) or door.desk.take(job):
        ack()
    else:
        ack(response_action="errors", errors={forms.block_of(view, None): BUSY})


def _errors(view: Mapping[str, Any], words: Written, error: UserError) -> dict[str, str]:
    """What is wrong, at the field that it is in."""
    told: dict[str, list[str]] = {}
    for mistake in error.each:
        told.setdefault(forms.block_of(view, words.field_at(mistake.at)), []).append(unplaced(str(mistake)))
    return {block: "; and ".join(mistakes) for block, mistakes in told.items()}


def _way_back(door: Door, body: Mapping[str, Any], context: Context) -> Reply:
    """In the channel that was chosen, to them alone; from the Home tab, where none is open, directly."""
    for chosen in body.get("response_urls") or ():
        if not context.home and chosen.get("response_url"):
            return ReplyTo(str(chosen["response_url"]))
    return ReplyTo(context.reply) if context.reply else Direct(door.client, named(body, "user"))


def _republish(door: Door, user: str, text: str) -> Callable[[], None]:
    return Publishing(door, user).publish if home.changes(text) else nothing_more


def _request(body: Mapping[str, Any]) -> str:
    view, actions = body.get("view") or {}, body.get("actions") or [{}]
    told = {"view": view.get("id"), "hash": view.get("hash"), "trigger": body.get("trigger_id")}
    action = {name: actions[0].get(name) for name in ("action_id", "action_ts", "value")}
    return fingerprint({**told, **action, "type": body.get("type")}, "type", *told, *action)
