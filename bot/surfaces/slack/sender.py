"""Posting to Slack, and looking whether a post is there: the Poster of `bot/ports.py`."""

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from slack_sdk import WebClient

from bot.core.documents import Document
from bot.ports import Absent, Blind, Limited, Lost, Outcome, Refused, Sent, Sighting
from bot.surfaces.slack.files import pictured
from bot.surfaces.slack.refusals import BLIND, RESHAPE
from bot.surfaces.slack.render import Message, plainer, render, without_pictures
from bot.surfaces.slack.wire import Failure, call, cursor_of, direct, pages

EVENT_TYPE: Final = "steppewatch_delivery"
CLOCKS_APART: Final = timedelta(minutes=2)
"""Slack's clock and ours may differ by so much; looked for is what came from then on."""

PAGE: Final = 100
LIST_PAGE: Final = 1000
PAGES_MOST: Final = 20
LOOK_AGAIN: Final = timedelta(seconds=60)  # some apps may read history once a minute


class SlackPoster:
    """Posts documents with one workspace's token. Safe to share between threads."""

    def __init__(self, client: WebClient, *, pause: Callable[[float], object] = time.sleep) -> None:
        """`client` must not retry by itself: see `wire.web_client`. `pause` waits so many seconds."""
        if client.retry_handlers:
            raise ValueError("a client that retries posts twice")
        self._client = client
        self._pause = pause

    def prepared(self, document: Document) -> Document:
        """Upload its pictures to nobody in particular: the message that shows one shares it."""
        return pictured(self._client, document, pause=self._pause)

    def parts(self, document: Document) -> int:
        """How many messages a document becomes."""
        return len(render(document).messages)

    def post(self, channel: str, document: Document, *, key: str, part: int = 0, under: str = "") -> Outcome:
        """Post one part, marked. Blocks that Slack does not take become bare text."""
        place = self._conversation(channel)
        if isinstance(place, Limited):
            return place
        return self._send(place, render(document).messages[part], _mark(key, part), under)

    def find(self, channel: str, *, key: str, since: datetime, part: int = 0, under: str = "") -> Sighting:
        """Look for a part in the channel, or in the thread `under` one of its messages."""
        place = self._id_of(channel)
        if not isinstance(place, str):
            return place
        asked: dict[str, Any] = {"channel": place, "include_all_metadata": True, "limit": PAGE}
        if under:
            found = self._pages(self._client.conversations_replies, ts=under, **asked)
        else:
            oldest = f"{(since - CLOCKS_APART).timestamp():.6f}"
            found = self._pages(self._client.conversations_history, oldest=oldest, **asked)
        wanted = _mark(key, part)["event_payload"]
        for page in found:
            if not isinstance(page, Mapping):
                return _sight_of(page)
            messages = page.get("messages")
            if not isinstance(messages, list):
                return Limited(LOOK_AGAIN, "unreadable")
            for message in messages:
                if _marked(message) == wanted:
                    return Sent(place, str(message.get("ts", "")))
        return Absent()

    def edit(self, channel: str, ts: str, document: Document, *, key: str) -> Outcome:
        """Change a message of ours, in the same shapes as it would be posted; its mark stays."""
        message = render(document).main
        outcome = self._change(channel, ts, message, key)
        if isinstance(outcome, Refused) and outcome.code in RESHAPE:
            return self._change(channel, ts, plainer(message), key)
        return outcome

    def _change(self, channel: str, ts: str, message: Message, key: str) -> Outcome:
        # `text` alone would take the blocks away, and metadata left out is kept or lost by the client's mood.
        answer = call(
            self._client.chat_update,
            channel=channel,
            ts=ts,
            text=message.text,
            blocks=list(message.blocks),
            metadata=_mark(key, 0),
            parse="none",
            link_names=False,
        )
        return Sent(channel, ts) if isinstance(answer, Mapping) else answer

    def tell(self, user: str, document: Document) -> Outcome:
        """Send a direct message; with the id of a channel in the place of a person's, a message there."""
        place = self._conversation(user)
        if isinstance(place, Limited):
            return place
        return self._send(place, render(document).main, {}, "")

    def _conversation(self, channel: str) -> str | Limited:
        """A channel itself; of a person the direct messages with them, in which nothing is posted by this."""
        if channel[:1] not in ("U", "W"):
            return channel
        opened = direct(self._client, channel)
        if isinstance(opened, Lost):
            return Limited(LOOK_AGAIN, "unreadable")
        if isinstance(opened, Refused):
            return channel  # without im:write Slack still takes the person's own id as a place
        return opened or channel

    def _send(self, channel: str, message: Message, mark: Mapping[str, Any], under: str) -> Outcome:
        outcome = self._try(channel, message, mark, under)
        if isinstance(outcome, Refused) and outcome.code in RESHAPE:
            # Refused is not taken: to send another shape posts nothing twice.
            if message.pictures:
                return self._send(channel, without_pictures(message), mark, under)
            return self._try(channel, plainer(message), mark, under)
        return outcome

    def _try(self, channel: str, message: Message, mark: Mapping[str, Any], under: str) -> Outcome:
        payload = message.payload()
        if mark:
            payload["metadata"] = dict(mark)
        if under:
            payload["thread_ts"] = under
        answer = call(self._client.chat_postMessage, channel=channel, **payload)
        if not isinstance(answer, Mapping):
            return answer
        ts, place = answer.get("ts"), answer.get("channel")
        if not isinstance(ts, str) or not ts:
            return Lost("taken, but without a ts")
        return Sent(place if isinstance(place, str) and place else channel, ts)

    def _id_of(self, channel: str) -> str | Blind | Limited:
        """The id of a channel; a name (#policy) can be posted to, but its history is asked for by id."""
        if not channel.startswith("#"):
            return self._conversation(channel)
        kinds = "public_channel,private_channel"
        for page in self._pages(self._client.conversations_list, types=kinds, limit=LIST_PAGE):
            if isinstance(page, Limited | Lost):
                return Limited(LOOK_AGAIN, "unreadable")
            if isinstance(page, Refused):
                break
            for each in page.get("channels") or ():
                if isinstance(each, Mapping) and each.get("name") == channel[1:]:
                    return str(each.get("id", ""))
        return Blind("channel_named", f"Name the channel by its id (C...) instead of {channel}.")

    def _pages(self, method: Callable[..., Any], **asked: Any) -> Iterator[Mapping[str, Any] | Failure]:
        """The pages of a list; where there are too many of them, that it could not be looked through."""
        page: Mapping[str, Any] | Failure = {}
        for page in pages(method, most=PAGES_MOST, **asked):
            yield page
        if cursor_of(page):
            yield Limited(LOOK_AGAIN, "history_too_long")


def _mark(key: str, part: int) -> dict[str, Any]:
    """The metadata that a part is found again by."""
    return {"event_type": EVENT_TYPE, "event_payload": {"delivery": key, "part": part}}


def _sight_of(failure: Failure) -> Sighting:
    match failure:
        case Refused(code, advice) if code in BLIND:
            return Blind(code, f"Without the history scopes a lost answer cannot be cleared up. {advice}")
        case Refused(code, advice):
            return Blind(code, advice)
        case Limited():
            return failure
        case _:
            return Limited(LOOK_AGAIN, "unreadable")


def _marked(message: object) -> object:
    """The mark of one of our messages; None on any other."""
    metadata = message.get("metadata") if isinstance(message, Mapping) else None
    if not isinstance(metadata, Mapping) or metadata.get("event_type") != EVENT_TYPE:
        return None
    return metadata.get("event_payload")
