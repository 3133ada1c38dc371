"""A Slack of our own for the tests: real HTTP and WebSocket, Slack's protocol, Slack's refusals."""

from tests.slack_standin.faults import Drop, Error, Garbage, Hold, Limit, Taken
from tests.slack_standin.person import Person
from tests.slack_standin.server import APP_TOKEN, BOT_TOKEN, SECRET, Message, StandIn
from tests.slack_standin.visitors import Asked, press_over_http, tell_over_http, type_over_http

__all__ = [
    "APP_TOKEN",
    "BOT_TOKEN",
    "SECRET",
    "Asked",
    "Drop",
    "Error",
    "Garbage",
    "Hold",
    "Limit",
    "Message",
    "Person",
    "StandIn",
    "Taken",
    "press_over_http",
    "tell_over_http",
    "type_over_http",
]
