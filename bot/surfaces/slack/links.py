"""The links of a message, wherever Slack has put them."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any, Final
from urllib.parse import urlsplit

from bot.core.identity import address_key
from bot.core.inert import safe_url

_LINK: Final = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")
_OF_ATTACHMENTS: Final = ("from_url", "original_url", "title_link")
_DEEPEST: Final = 30


def links(message: Mapping[str, Any]) -> list[str]:
    """The web addresses in a message, each once, in their order; those that lead into Slack left out."""
    found: dict[str, str] = {}
    for told in _all(message):
        url = safe_url(unescape(told))
        host = urlsplit(url).hostname or "" if url else ""
        if host and host != "slack.com" and not host.endswith(".slack.com"):
            found.setdefault(address_key(url) or url, url)
    return list(found.values())


def _all(message: Mapping[str, Any]) -> Iterator[str]:
    yield from _of_blocks(message.get("blocks"))
    yield from _of_text(message.get("text"))
    for attachment in message.get("attachments") or ():
        if isinstance(attachment, Mapping):
            yield from (str(attachment[name]) for name in _OF_ATTACHMENTS if attachment.get(name))
            yield from _of_blocks(attachment.get("blocks"))
            yield from _of_text(attachment.get("text"))


def _of_blocks(value: Any, depth: int = 0) -> Iterator[str]:
    """Links of rich text and of buttons, and those written out in mrkdwn."""
    if depth > _DEEPEST:
        return
    if isinstance(value, list):
        for each in value:
            yield from _of_blocks(each, depth + 1)
    if isinstance(value, Mapping):
        if value.get("type") in ("link", "button") and value.get("url"):
            yield str(value["url"])
        if value.get("type") == "mrkdwn":
            yield from _of_text(value.get("text"))
        for each in value.values():
            if isinstance(each, list | Mapping):
                yield from _of_blocks(each, depth + 1)


def _of_text(text: Any) -> Iterator[str]:
    if isinstance(text, str):
        yield from (found[1] for found in _LINK.finditer(text))
