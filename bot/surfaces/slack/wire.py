"""One call to Slack's Web API, and what came of it as a value.

slack_sdk repeats a call whose connection broke, chat.postMessage too, and so
posts twice: the client here is built without its retry handlers. Whether to
call again is decided by those who know what a second call does.
"""

import logging
import ssl
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from http.client import HTTPException
from socket import gaierror
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.core.inert import one_line
from bot.core.redact import redact
from bot.fetch.tls import trusted
from bot.ports import Limited, Lost, Refused
from bot.surfaces.slack.refusals import AMBIGUOUS, RATE_LIMITED, refused

TIMEOUT: Final = 10
"""Seconds of silence after which an answer counts as lost."""

SETTLES: Final = timedelta(seconds=3)
SETTLES_AFTER_SILENCE: Final = timedelta(seconds=60)
UNREACHED_WAIT: Final = timedelta(seconds=10)
LONGEST_WAIT: Final = timedelta(minutes=15)
USUAL_WAIT: Final = timedelta(seconds=30)

# Nothing was sent: nobody listened, the name is unknown, or the other side is not who it says.
_UNREACHED: Final = (ConnectionRefusedError, gaierror, ssl.SSLCertVerificationError)

# What slack_sdk lets through when an answer is no answer: half a body, no JSON, a list.
_GARBAGE: Final = (HTTPException, SlackClientError, ValueError, TypeError, AttributeError, RecursionError)

Failure = Refused | Limited | Lost


def web_client(token: str, api_url: str) -> WebClient:
    """A client that does just what it is told, once, and says nothing in the log.

    slack_sdk asks for its logger's own level, so a plain getLogger would make it
    write every message out at level debug.
    """
    log = logging.getLogger("bot.slack.wire")
    log.setLevel(logging.CRITICAL)
    client = WebClient(
        token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[], logger=log, ssl=_trusting()
    )
    client.proxy = proxy_to(api_url)
    return client


def proxy_to(url: str) -> str | None:
    """The proxy on the way to `url` as the environment names it; None: there is none, or NO_PROXY spares it.

    slack_sdk by itself ignores NO_PROXY where it opens a WebSocket, and ALL_PROXY everywhere.
    """
    parts, named = urlsplit(url), getproxies()
    if proxy_bypass(parts.netloc.rpartition("@")[2]):
        return None
    scheme = "https" if parts.scheme in ("https", "wss") else "http"
    proxy = named.get(scheme) or named.get("all")
    return proxy if not proxy or "://" in proxy else f"http://{proxy}"


@cache
def _trusting() -> ssl.SSLContext:
    """What verifies that it is Slack; without one, slack_sdk makes one for each call."""
    context = trusted()
    context.set_alpn_protocols(["http/1.1"])
    return context


def call(method: Callable[..., Any], **arguments: Any) -> Mapping[str, Any] | Failure:
    """Call a method of a WebClient: its answer when Slack took it, else why not.

    Raises nothing that the network or Slack can bring about.
    """
    try:
        response = method(**arguments)
        data = response.data
    except SlackApiError as error:
        return _failure(error)
    except URLError as error:
        if isinstance(error.reason, _UNREACHED):
            return Limited(UNREACHED_WAIT, "unreachable")
        return _lost(error.reason if isinstance(error.reason, OSError) else error)
    except (OSError, *_GARBAGE) as error:
        return _lost(error)
    return data if isinstance(data, dict) else Lost("the answer is no object", SETTLES)


def pages(method: Callable[..., Any], *, most: int, **asked: Any) -> Iterator[Mapping[str, Any] | Failure]:
    """The pages of a list: up to the last, to the first that could not be had, or to so many."""
    cursor = ""
    for _ in range(most):
        page = call(method, **asked, **({"cursor": cursor} if cursor else {}))
        yield page
        cursor = cursor_of(page)
        if not cursor:
            return


def cursor_of(page: Mapping[str, Any] | Failure) -> str:
    """Where the next page begins; "": there is none."""
    told = page.get("response_metadata") if isinstance(page, Mapping) else None
    cursor = told.get("next_cursor") if isinstance(told, Mapping) else ""
    return cursor if isinstance(cursor, str) else ""


def direct(client: WebClient, user: str) -> str | Failure:
    """The id of the app's direct messages with a person; "" where Slack does not say it."""
    opened = call(client.conversations_open, users=[user])
    if not isinstance(opened, Mapping):
        return opened
    channel = opened.get("channel")
    return str(channel.get("id") or "") if isinstance(channel, Mapping) else ""


def _failure(error: SlackApiError) -> Failure:
    response = error.response
    data = response.data if isinstance(response.data, dict) else {}
    code = data.get("error") if isinstance(data.get("error"), str) else ""
    if response.status_code == 429 or code in RATE_LIMITED:
        return Limited(_retry_after(response.headers))
    if response.status_code != 200 or code in AMBIGUOUS:
        return Lost(code or f"answered with status {response.status_code}", SETTLES)
    # slack_sdk puts a text of its own for an answer that is no JSON; Slack's codes have no blanks.
    if not code or not code.replace("_", "").isalnum():
        return Lost("the answer makes no sense", SETTLES)
    return refused(code)


def _lost(error: BaseException) -> Lost:
    why = one_line(redact(str(error)) or type(error).__name__, 200)
    return Lost(why, SETTLES_AFTER_SILENCE if isinstance(error, TimeoutError) else SETTLES)


def _retry_after(headers: Mapping[str, Any]) -> timedelta:
    """What the server asked for, within reason: its clock and its mind may be wrong."""
    told = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    text = str(told[0] if isinstance(told, list) and told else told).strip()
    wait = timedelta(seconds=int(text)) if text.isdecimal() and len(text) < 9 else USUAL_WAIT
    return min(max(wait, timedelta(seconds=1)), LONGEST_WAIT)
