"""Shortcuts: on a message, its links explained or its page's feed added; anywhere, a box to search in.

What they are called in Slack stands in the manifest.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from slack_bolt import Ack, App

from bot.commands.answer import Asker
from bot.commands.why import TOGETHER
from bot.core.asking.forms import WORDS, Values
from bot.core.documents import Button, Buttons, Document, Notice, Paragraph, Part, Span
from bot.surfaces.slack import views
from bot.surfaces.slack.desk import Job
from bot.surfaces.slack.links import links
from bot.surfaces.slack.pieces import BUTTON_VALUE_MOST
from bot.surfaces.slack.placing import named
from bot.surfaces.slack.questions import Door, fingerprint
from bot.surfaces.slack.replies import ReplyTo
from bot.surfaces.slack.views import Context
from bot.surfaces.slack.windows import InWindow, Opening, Showing, Telling, Window

EXPLAIN: Final = "explain_link"
ADD_FEED: Final = "add_feed_of_page"
SEARCH: Final = "search_events"

CHOICES_MOST: Final = 10

NO_LINK: Final = Document(
    "There is no link in this message",
    (Notice("Choose it on a message that has a link to an article or to a page with news."),),
)


def listen(bolt: App, door: Door) -> None:
    """Take in shortcuts."""

    @bolt.shortcut(EXPLAIN)
    def on_explain(ack: Ack, body: dict[str, Any]) -> None:
        found = links(body.get("message") or {})
        if len(found) == 1:
            door.take(ack, _request(body), door.question(f"why {found[0]}", _asker(body), _reply(body)))
        elif found:
            _open(door, ack, body, f"why {' '.join(found[:TOGETHER])}", choice=_which(found))
        else:
            door.open(ack, _request(body), Telling(NO_LINK, _reply(body)))

    @bolt.shortcut(ADD_FEED)
    def on_add_feed(ack: Ack, body: dict[str, Any]) -> None:
        if found := links(body.get("message") or {}):
            _open(door, ack, body, "feeds add", values={WORDS: (found[0],)})
        else:
            door.open(ack, _request(body), Telling(NO_LINK, _reply(body)))

    @bolt.shortcut(SEARCH)
    def on_search(ack: Ack, body: dict[str, Any]) -> None:
        trigger = str(body.get("trigger_id") or "")
        door.open(ack, _request(body), Opening(door, trigger, Context(), view=views.searching(Context())))


def _open(
    door: Door,
    ack: Ack,
    body: Mapping[str, Any],
    text: str,
    *,
    choice: Document | None = None,
    values: Values | None = None,
) -> None:
    """Open a window with a choice, or with the form that `text` asks for."""
    asker, reply = _asker(body), _reply(body)
    context = Context(asker.channel, reply=reply.url)

    def fill(window: Window) -> Job:
        if choice is not None:
            return Showing(door, window, choice, context)
        return InWindow(door, text, asker, window, context, values=values or {})

    trigger = str(body.get("trigger_id") or "")
    door.open(ack, _request(body), Opening(door, trigger, context, fill, door.question(text, asker, reply)))


def _which(found: Sequence[str]) -> Document:
    """Several links to choose from."""
    parts: list[Part] = []
    for url in found[:CHOICES_MOST]:
        button = Button("Explain this", f"why {url}")
        parts += [Paragraph((Span(url, url=url),)), Buttons((button,))]
    together = f"why {' '.join(found[:TOGETHER])}"
    if len(together) <= BUTTON_VALUE_MOST:
        label = "Explain all of them" if len(found) <= TOGETHER else f"Explain the first {TOGETHER}"
        parts.append(Buttons((Button(label, together),)))
    if len(found) > CHOICES_MOST:
        parts.append(Notice(f"The first {CHOICES_MOST} of {len(found)} links."))
    return Document("Which link?", tuple(parts))


def _asker(body: Mapping[str, Any]) -> Asker:
    return Asker(named(body, "user"), named(body, "channel"))


def _reply(body: Mapping[str, Any]) -> ReplyTo:
    return ReplyTo(str(body.get("response_url") or ""))


def _request(body: Mapping[str, Any]) -> str:
    return fingerprint(body, "type", "callback_id", "trigger_id", "action_ts", "message_ts")
