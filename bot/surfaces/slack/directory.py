"""Who is who in the workspace, asked of Slack and remembered for a while: the Directory of `bot/ports.py`."""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from slack_sdk import WebClient

from bot.clock import Clock
from bot.core.documents import Document
from bot.core.inert import one_line
from bot.ports import Refused, Sent
from bot.surfaces.slack.refusals import BLIND
from bot.surfaces.slack.sender import SlackPoster
from bot.surfaces.slack.wire import Failure, call, pages

KEPT: Final = timedelta(minutes=10)
"""An admin who is none any more still decides for so long."""

MEMBERS_KEPT: Final = timedelta(minutes=1)
UNKNOWN_KEPT: Final = timedelta(minutes=1)
"""So long after Slack could not be asked it is asked again."""

MOST: Final = 2_000  # people or channels remembered
PAGE: Final = 1_000
PAGES: Final = 10


@dataclass(frozen=True, slots=True)
class _Person:
    admin: bool = False
    name: str = ""


class SlackDirectory:
    """One workspace's people. Safe to share between threads."""

    def __init__(self, client: WebClient, clock: Clock) -> None:
        """`client` is made by `wire.web_client`."""
        self._client = client
        self._clock = clock
        self._poster = SlackPoster(client)
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[datetime, Any]] = {}

    def is_admin(self, user: str) -> bool:
        """Whether a person is among the workspace's admins and owners. Without users:read nobody is."""
        return self._person(user).admin

    def is_member(self, user: str, channel: str) -> bool:
        """Whether a person is in a channel. Without channels:read or groups:read nobody is."""
        return user in self._remembered(f"in {channel}", lambda: self._members(channel))

    def channels(self, user: str) -> Mapping[str, str] | None:
        """The channels that a person is in together with the app, by their ids, with their names.

        Asked anew each time: who has left a private channel sees nothing of it any more.
        Without groups:read the private ones are not among them; without channels:read it is None.
        """
        both = self._channels(user, "public_channel,private_channel")
        if isinstance(both, Refused) and both.code in BLIND:
            both = self._channels(user, "public_channel")
        return both if isinstance(both, dict) else None

    def name(self, user: str) -> str:
        """What a person is called; the id itself where nobody can say."""
        return self._person(user).name or user if user[:1] in ("U", "W") else user

    def tell(self, to: str, document: Document) -> bool:
        """Send a message to a person, or into a channel, once."""
        return isinstance(self._poster.tell(to, document), Sent)

    def _person(self, user: str) -> _Person:
        person: _Person = self._remembered(user, lambda: self._asked(user))
        return person

    def _asked(self, user: str) -> tuple[timedelta, _Person]:
        answer = call(self._client.users_info, user=user)
        told = answer.get("user") if isinstance(answer, Mapping) else None
        if not isinstance(told, Mapping):
            return UNKNOWN_KEPT, _Person()
        active = not told.get("deleted")
        profile = told.get("profile")
        names = (
            [*(profile.get(key) for key in ("display_name", "real_name"))]
            if isinstance(profile, Mapping)
            else []
        )
        name = next((str(each) for each in [*names, told.get("real_name"), told.get("name")] if each), "")
        admin = active and any(told.get(key) is True for key in ("is_admin", "is_owner", "is_primary_owner"))
        return KEPT, _Person(admin, one_line(name, 80))

    def _members(self, channel: str) -> tuple[timedelta, frozenset[str]]:
        found: set[str] = set()
        for page in pages(self._client.conversations_members, most=PAGES, channel=channel, limit=PAGE):
            members = page.get("members") if isinstance(page, Mapping) else None
            if not isinstance(members, list):
                return UNKNOWN_KEPT, frozenset()
            found |= {str(each) for each in members}
        return MEMBERS_KEPT, frozenset(found)

    def _channels(self, user: str, kinds: str) -> dict[str, str] | Failure:
        found: dict[str, str] = {}
        asked: dict[str, Any] = {"user": user, "types": kinds, "exclude_archived": True, "limit": PAGE}
        for page in pages(self._client.users_conversations, most=PAGES, **asked):
            if not isinstance(page, Mapping):
                return page
            for each in page.get("channels") or ():
                if isinstance(each, Mapping) and each.get("id"):
                    found[str(each["id"])] = one_line(str(each.get("name") or ""), 80)
        return found

    def _remembered(self, key: str, ask: Callable[[], tuple[timedelta, Any]]) -> Any:
        now = self._clock.now()
        with self._lock:
            until, value = self._kept.get(key, (now, None))
        if until > now:
            return value
        length, value = ask()  # outside of the lock: Slack may take its time
        with self._lock:
            if len(self._kept) >= MOST:
                self._kept.clear()
            self._kept[key] = (now + length, value)
        return value
