"""The stand-in's Web API over HTTP, what it remembers, and what it was told to do wrong."""

import itertools
import json
import threading
import time
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.slack_standin import limits
from tests.slack_standin.faults import Drop, Error, Fault, Garbage, Hold, Limit
from tests.slack_standin.members import Channel, Members
from tests.slack_standin.sockets import Sockets
from tests.slack_standin.windows import Windows

BOT_TOKEN = "xoxb-000-standin-bot"
APP_TOKEN = "xapp-000-standin-app"
SECRET = "standin-signing-secret"


@dataclass
class Message:
    """One message that the stand-in took."""

    ts: str
    channel: str
    payload: dict[str, Any]
    thread_ts: str = ""

    @property
    def blocks(self) -> list[dict[str, Any]]:
        blocks: list[dict[str, Any]] = self.payload.get("blocks", [])
        return blocks

    @property
    def key(self) -> str:
        metadata = self.payload.get("metadata") or {}
        return json.dumps(metadata.get("event_payload"), sort_keys=True)


@dataclass
class Call:
    """One call of a method."""

    method: str
    arguments: dict[str, Any]
    token: str


@dataclass
class StandIn:
    """A workspace. Use it as a context: it listens while it is open."""

    scopes: set[str] = field(default_factory=lambda: {"history", "im", "files", "users", "public", "private"})
    channels: dict[str, Channel] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)
    windows: Windows = field(default_factory=Windows)
    uploads: dict[str, bytes] = field(default_factory=dict)
    history_page: int = 100
    revoked: bool = False
    granted: str = ""  # the token's scopes, as they are told beside every answer; "": they are not
    refuses: dict[str, str] = field(default_factory=dict)  # a channel, and the code for every post to it
    limits: dict[str, int] = field(default_factory=dict)  # a channel, and the seconds to wait
    clock: Callable[[], float] = time.time  # of the messages' ts

    def __post_init__(self) -> None:
        self.lock = threading.RLock()
        self.happened = threading.Condition(self.lock)
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._answers: dict[str, Callable[[dict[str, Any]], int]] = {}
        # Slack's ts: seconds and a running number, unique within a channel.
        self._numbers = itertools.count(1)
        self.sockets = Sockets()
        self.members = Members(self.channels, self.scopes)
        for name in ("policy", "minerals"):
            self.add_channel(f"C{name.upper()}", name)

    def __enter__(self) -> "StandIn":
        self._server = _Server(("127.0.0.1", 0), _handler(self))
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.005}, daemon=True
        ).start()
        self.sockets.open()
        return self

    def __exit__(self, *exc: object) -> None:
        self.sockets.close()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def api_url(self) -> str:
        return f"{self.url}/api/"

    def add_channel(
        self,
        channel: str,
        name: str,
        *,
        member: bool = True,
        archived: bool = False,
        private: bool = False,
        people: Iterable[str] = (),
    ) -> None:
        self.channels[channel] = Channel(channel, name, member, archived, private, set(people))

    def go_wrong(self, method: str, *faults: Fault) -> None:
        """The next calls of `method` meet these faults, one each."""
        with self.lock:
            self._faults[method].extend(faults)

    def posted(self, channel: str) -> list[Message]:
        """The messages of a channel without those in threads, the oldest first."""
        with self.lock:
            return [each for each in self.messages if each.channel == channel and not each.thread_ts]

    def threaded(self, channel: str, ts: str) -> list[Message]:
        with self.lock:
            return [each for each in self.messages if each.channel == channel and each.thread_ts == ts]

    def called(self, method: str) -> list[Call]:
        with self.lock:
            return [call for call in self.calls if call.method == method]

    def counts(self) -> Counter[str]:
        """How often each mark was posted; more than once is a double."""
        with self.lock:
            return Counter(message.key for message in self.messages if message.payload.get("metadata"))

    def wait_for(self, true: Callable[[], bool], timeout: float = 10) -> bool:
        """Wait until something came about; looked at again whenever anything happens here."""
        with self.happened:
            return self.happened.wait_for(true, timeout)

    def response_url(self, name: str, take: Callable[[dict[str, Any]], int]) -> str:
        """An address that hands what is posted there to `take`, which gives the status."""
        with self.lock:
            self._answers[name] = take
        return f"{self.url}/response/{name}"

    def answer(self, name: str, body: dict[str, Any]) -> int:
        with self.happened:
            take = self._answers.get(name)
            status = take(body) if take else 404
            self.happened.notify_all()
            return status

    def next_fault(self, method: str) -> Fault | None:
        with self.lock:
            waiting = self._faults[method]
            return waiting.popleft() if waiting else None

    def call(self, method: str, arguments: dict[str, Any], token: str) -> dict[str, Any]:
        """Carry out a call; what Slack would answer."""
        with self.happened:
            known = {APP_TOKEN} if method == "apps.connections.open" else {BOT_TOKEN}
            if not token:
                return _error("not_authed")
            if token not in known:
                return _error("invalid_auth")
            if self.revoked:
                return _error("token_revoked")
            room, _, name = method.partition(".")
            action = getattr(self, f"_{room}_{name.replace('.', '_')}".lower(), None)
            if room in ("views", "users"):
                action = getattr(self.windows if room == "views" else self.members, name, None)
            answer: dict[str, Any] = _error("unknown_method") if action is None else action(arguments)
            self.happened.notify_all()
            return answer

    def _auth_test(self, _: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "ok": True,
            "team_id": "T1",
            "team": "t",
            "user_id": "UBOT",
            "user": "bot",
            "bot_id": "B1",
            "url": "",
        }

    def _apps_connections_open(self, _: Mapping[str, Any]) -> dict[str, Any]:
        return {"ok": True, "url": self.sockets.url}

    def _place(self, channel: str) -> Channel | str:
        """A channel by id or name, or why not."""
        found = self.channels.get(channel)
        if found is None:
            named = [each for each in self.channels.values() if f"#{each.name}" == channel]
            if not named:
                return "channel_not_found"
            found = named[0]
        if found.archived or found.id in self.refuses:
            return self.refuses.get(found.id, "is_archived")
        return found if found.member else "not_in_channel"

    def _chat_postmessage(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        place = self._place(str(arguments.get("channel", "")))
        if isinstance(place, str):
            return _error(place)
        if error := limits.message_error(arguments):
            return _error(error)
        metadata = arguments.get("metadata")
        if metadata is not None and not (metadata.get("event_type") and "event_payload" in metadata):
            return _error("invalid_metadata_format")
        ts = f"{int(self.clock())}.{next(self._numbers):06d}"
        self.messages.append(Message(ts, place.id, dict(arguments), str(arguments.get("thread_ts", ""))))
        return {"ok": True, "channel": place.id, "ts": ts, "message": {"text": arguments.get("text", "")}}

    def _chat_postephemeral(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        error = limits.message_error(arguments)
        return _error(error) if error else {"ok": True, "message_ts": f"{int(self.clock())}.000000"}

    def _chat_update(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        if len(str(arguments.get("text", ""))) > 4_000:
            return _error("msg_too_long")
        if error := limits.message_error(arguments):
            return _error(error)
        for message in self.messages:
            if (message.channel, message.ts) == (arguments.get("channel"), arguments.get("ts")):
                message.payload = dict(arguments)
                return {"ok": True, "channel": message.channel, "ts": message.ts}
        return _error("message_not_found")

    def _conversations_members(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        place = self._place(str(arguments.get("channel", "")))
        if isinstance(place, str):
            return _error(place)
        return {"ok": True, "members": sorted(place.people)}

    def _conversations_history(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        oldest = float(arguments.get("oldest") or 0)
        return self._list(arguments, lambda each: not each.thread_ts and float(each.ts) > oldest)

    def _conversations_replies(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        ts = arguments.get("ts")
        return self._list(arguments, lambda each: ts in {each.ts, each.thread_ts})

    def _list(self, arguments: Mapping[str, Any], wanted: Callable[[Message], bool]) -> dict[str, Any]:
        if "history" not in self.scopes:
            return _error("missing_scope")
        channel = str(arguments.get("channel", ""))
        if channel not in self.channels:
            return _error("channel_not_found")
        found = [each for each in reversed(self.messages) if each.channel == channel and wanted(each)]
        start = int(arguments.get("cursor") or 0)
        end = start + min(int(arguments.get("limit") or 100), self.history_page)
        shown = [{"type": "message", "ts": each.ts, "text": each.payload.get("text", "")} for each in found]
        if arguments.get("include_all_metadata") in {"1", "true", True}:
            shown = [
                row | ({"metadata": each.payload["metadata"]} if each.payload.get("metadata") else {})
                for row, each in zip(shown, found, strict=True)
            ]
        more = end < len(found)
        return {
            "ok": True,
            "messages": shown[start:end],
            "has_more": more,
            "response_metadata": {"next_cursor": str(end) if more else ""},
        }

    def _conversations_list(self, _: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "ok": True,
            "channels": [{"id": each.id, "name": each.name} for each in self.channels.values()],
        }

    def _conversations_open(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        if "im" not in self.scopes:
            return _error("missing_scope")
        channel = "D" + str(arguments.get("users", ""))
        self.add_channel(channel, "")
        return {"ok": True, "channel": {"id": channel}}

    def _files_getuploadurlexternal(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        if "files" not in self.scopes:
            return _error("missing_scope")
        name = f"F{len(self.uploads) + 1}"
        self.uploads[name] = b""
        return {"ok": True, "file_id": name, "upload_url": f"{self.url}/upload/{name}"}

    def _files_completeuploadexternal(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        files = arguments.get("files") or []
        return {"ok": True, "files": json.loads(files) if isinstance(files, str) else files}


def _error(code: str) -> dict[str, Any]:
    return {"ok": False, "error": code}


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def handle_error(self, request: object, client_address: object) -> None:
        """Nothing: a client that went away is what some tests are about."""


def _handler(slack: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            kind, _, name = urlsplit(self.path).path.strip("/").partition("/")
            if kind == "response":
                self._say(slack.answer(name, json.loads(body)), b"ok", "text/plain")
            elif kind == "upload":
                slack.uploads[name] = body
                self._say(200, b"OK", "text/plain")
            else:
                self._method(name, body)

        def _method(self, method: str, body: bytes) -> None:
            is_json = "json" in (self.headers.get("Content-Type") or "") and body.startswith(b"{")
            arguments = json.loads(body) if is_json else dict(parse_qsl(body.decode()))
            token = (self.headers.get("Authorization") or "").removeprefix("Bearer ") or arguments.get(
                "token", ""
            )
            with slack.lock:
                slack.calls.append(Call(method, arguments, token))
            fault = slack.next_fault(method)
            if method == "chat.postMessage" and arguments.get("channel") in slack.limits:
                fault = Limit(slack.limits[arguments["channel"]])
            match fault:
                case Error(code):
                    self._json(_error(code))
                    return
                case Limit(seconds):
                    self._json(_error("ratelimited"), 429, {"Retry-After": str(seconds)})
                    return
                case Drop(after_taking=False):
                    self.close_connection = True
                    return
                case Garbage(after_taking=False):
                    self._say(fault.status, fault.body, fault.content_type)
                    return
                case Hold():
                    fault.reached.set()
                    fault.go_on.wait(30)
            answer = slack.call(method, arguments, token)
            match fault:
                case Drop():
                    self.close_connection = True
                case Garbage():
                    self._say(fault.status, fault.body, fault.content_type)
                case _:
                    told = {"X-OAuth-Scopes": slack.granted} if slack.granted else {}
                    self._json(answer, headers=told)

        def _json(self, answer: dict[str, Any], status: int = 200, headers: Mapping[str, str] = {}) -> None:
            self._say(status, json.dumps(answer).encode(), "application/json", headers)

        def _say(self, status: int, body: bytes, kind: str, headers: Mapping[str, str] = {}) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing: a test that fails shows what it looked at."""

    return Handler
