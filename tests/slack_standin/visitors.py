"""People in the stand-in's workspace: they type and press, by socket or by signed HTTP requests."""

import hashlib
import hmac
import itertools
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from tests.slack_standin.server import SECRET, StandIn

SLACK_WAITS: Final = 3.0  # seconds, before it says that nobody answered
_numbers = itertools.count(1)


@dataclass
class Asked:
    """One question, whether and when it was acknowledged, and what came back."""

    slack: StandIn
    payload: dict[str, Any]
    envelope: str = ""
    ack_seconds: float = -1.0
    ack: dict[str, Any] = field(default_factory=dict)
    status: int = 0
    answers: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def command(cls, slack: StandIn, text: str, *, user: str = "U1", channel: str = "CPOLICY") -> "Asked":
        number = next(_numbers)
        asked = cls(slack, {}, envelope=f"envelope-{number}")
        asked.payload = {
            "command": "/policy",
            "text": text,
            "user_id": user,
            "channel_id": channel,
            "team_id": "T1",
            "trigger_id": slack.windows.trigger(user),
            "response_url": slack.response_url(f"r{number}", asked.take),
        }
        return asked

    @classmethod
    def button(
        cls, slack: StandIn, action_id: str, value: str, *, user: str = "U1", kind: str = "button"
    ) -> "Asked":
        number = next(_numbers)
        asked = cls(slack, {}, envelope=f"envelope-{number}")
        chosen = kind in ("overflow", "static_select")  # a menu tells which option was chosen
        asked.payload = {
            "type": "block_actions",
            "team": {"id": "T1"},
            "user": {"id": user},
            "channel": {"id": "CPOLICY"},
            "container": {"type": "message", "channel_id": "CPOLICY", "is_ephemeral": True},
            "trigger_id": slack.windows.trigger(user),
            "response_url": slack.response_url(f"r{number}", asked.take),
            "actions": [
                {
                    "type": kind,
                    "action_id": action_id,
                    "block_id": "b",
                    "action_ts": f"{number}.0",
                    **({"selected_option": {"value": value}} if chosen else {"value": value}),
                }
            ],
        }
        return asked

    def take(self, body: dict[str, Any]) -> int:
        """What a response_url does: five posts, then no more."""
        if len(self.answers) >= 5:
            return 404
        self.answers.append(body)
        return 200

    def over_socket(self) -> "Asked":
        """Send it in an envelope and wait for the acknowledgement."""
        kinds = {None: "slash_commands", "event_callback": "events_api"}
        kind = kinds.get(self.payload.get("type"), "interactive")
        envelope = {
            "envelope_id": self.envelope,
            "type": kind,
            "payload": self.payload,
            "accepts_response_payload": True,
        }
        sent = self.slack.sockets.send(envelope)
        heard = self.slack.sockets.wait_ack(self.envelope)
        if heard is not None:
            self.ack_seconds, self.ack = heard[0] - sent, heard[1]
        return self

    def answered(self, times: int = 1, timeout: float = 10) -> bool:
        return self.slack.wait_for(lambda: len(self.answers) >= times, timeout)

    @property
    def acknowledged(self) -> bool:
        """Whether it was, in the time that Slack waits; how much sooner, `make bench` measures."""
        return 0 <= self.ack_seconds < SLACK_WAITS

    @property
    def said(self) -> str:
        """Everything that came back, as one text to look things up in."""
        return json.dumps(self.answers, ensure_ascii=False)


def type_over_http(
    asked: Asked, url: str, *, now: float | None = None, headers: Mapping[str, str] | None = None
) -> Asked:
    """Post a slash command as Slack does, signed; `headers` replace those that are right."""
    return _post(asked, url, urlencode(asked.payload), now, headers or {})


def press_over_http(asked: Asked, url: str) -> Asked:
    """Post the press of a button as Slack does, signed."""
    return _post(asked, url, urlencode({"payload": json.dumps(asked.payload)}), None, {})


def tell_over_http(asked: Asked, url: str, *, now: float | None = None) -> Asked:
    """Post whatever a person does as Slack does, signed: events as JSON, commands and the rest in forms."""
    kind = asked.payload.get("type")
    if kind == "event_callback":
        return _post(asked, url, json.dumps(asked.payload), now, {"Content-Type": "application/json"})
    form = asked.payload if kind is None else {"payload": json.dumps(asked.payload)}
    return _post(asked, url, urlencode(form), now, {})


def sign(body: bytes, stamp: str, secret: str = SECRET) -> str:
    """Slack's signature, v0."""
    return "v0=" + hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()


def _post(asked: Asked, url: str, form: str, now: float | None, headers: Mapping[str, str]) -> Asked:
    body = form.encode()
    stamp = str(int(time.time() if now is None else now))
    right = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": sign(body, stamp),
    }
    given = {**right, **{name.replace("_", "-"): value for name, value in headers.items()}}
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    try:
        started = time.monotonic()
        connection.putrequest("POST", parts.path)
        for name, value in (given | {"Content-Length": str(len(body))}).items():
            if value:
                connection.putheader(name, value.encode("utf-8"))
        connection.endheaders(body)
        response = connection.getresponse()
        told = response.read()
        asked.status, asked.ack_seconds = response.status, time.monotonic() - started
        asked.ack = json.loads(told) if told.startswith(b"{") else {}
    finally:
        connection.close()
    return asked
