"""HTTP mode: what a request meets before Bolt does. Whoever cannot prove to be Slack learns nothing.

Bolt's own check answers junk in the headers with 500 and writes the body of a
badly signed request to its log, so it is switched off and this stands before it.
https://docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
import json
import logging
from collections.abc import Iterable, Mapping
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs

from slack_bolt import BoltRequest

from bot.clock import Clock
from bot.surfaces.slack.app import SlackApp

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

log = logging.getLogger(__name__)

PATH: Final = "/slack/events"
LARGEST_BODY: Final = 1_000_000
"""Bytes; a view with everything that fits in it has a quarter of that."""

FRESH_FOR: Final = timedelta(minutes=5)

_JSON: Final = "application/json"


class Front:
    """A WSGI application: proves the request, then lets Bolt answer it."""

    def __init__(self, app: SlackApp, signing_secret: str, clock: Clock) -> None:
        """Raises ValueError without a secret: then anybody could sign."""
        if not signing_secret:
            raise ValueError("a signing secret is needed")
        self._app = app
        self._secret = signing_secret.encode()
        self._clock = clock
        self._doubted = False

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        status, headers, body = self._answer(environ)
        sent = body.encode()
        start_response(f"{status.value} {status.phrase}", [*headers, ("Content-Length", str(len(sent)))])
        return [sent]

    def _answer(self, environ: "WSGIEnvironment") -> tuple[HTTPStatus, list[tuple[str, str]], str]:
        if environ.get("PATH_INFO") != PATH:
            return _refusal(HTTPStatus.NOT_FOUND)
        if environ.get("REQUEST_METHOD") != "POST":
            return _refusal(HTTPStatus.METHOD_NOT_ALLOWED, ("Allow", "POST"))
        length = environ.get("CONTENT_LENGTH") or "0"
        if not (length.isascii() and length.isdigit()) or int(length) > LARGEST_BODY:
            return _refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        body = environ["wsgi.input"].read(int(length))
        if doubt := self._doubt(environ, body):
            # Said once, for whoever set the wrong secret; anybody can send more of these.
            log.log(
                logging.DEBUG if self._doubted else logging.WARNING, "slack.unproven", extra={"doubt": doubt}
            )
            self._doubted = True
            return _refusal(HTTPStatus.UNAUTHORIZED)
        headers = _headers(environ)
        text = body.decode("utf-8", "replace")
        if not _readable(text, headers.get("content-type", "")):
            return _refusal(HTTPStatus.BAD_REQUEST)
        response = self._app.dispatch(BoltRequest(body=text, headers=dict(headers)))
        told = [(name, value) for name, values in response.headers.items() for value in values]
        return HTTPStatus(response.status), told, response.body

    def _doubt(self, environ: "WSGIEnvironment", body: bytes) -> str:
        """Why the request may not be Slack's; "" when it is proven."""
        stamp = str(environ.get("HTTP_X_SLACK_REQUEST_TIMESTAMP", ""))
        claimed = str(environ.get("HTTP_X_SLACK_SIGNATURE", ""))
        if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12):
            return "timestamp missing or no number"
        if abs(self._clock.now().timestamp() - int(stamp)) > FRESH_FOR.total_seconds():
            return "timestamp too old or too new"
        signed = hmac.new(self._secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
        right = f"v0={signed.hexdigest()}"
        matches = hmac.compare_digest(right.encode(), claimed.encode("utf-8", "surrogateescape"))
        return "" if matches else "signature missing or wrong"


def _refusal(status: HTTPStatus, *headers: tuple[str, str]) -> tuple[HTTPStatus, list[tuple[str, str]], str]:
    return status, [("Content-Type", _JSON), *headers], json.dumps({"error": status.phrase.lower()})


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    """The request's headers by their usual names, in lower case."""
    named = {name.removeprefix("HTTP_"): value for name, value in environ.items() if name.startswith("HTTP_")}
    named["CONTENT_TYPE"] = environ.get("CONTENT_TYPE") or ""
    return {name.lower().replace("_", "-"): str(value) for name, value in named.items()}


def _readable(text: str, content_type: str) -> bool:
    """Whether Bolt can take the body apart: JSON as such, or JSON in a form's `payload`, or a form."""
    told = text
    if _JSON not in content_type:
        told = parse_qs(text).get("payload", ["{}"])[0]
    try:
        return isinstance(json.loads(told), dict)
    except (ValueError, RecursionError):
        return False
