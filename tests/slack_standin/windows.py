"""The stand-in's views: windows that lie on each other, the Home tab of each person, and triggers."""

import itertools
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.slack_standin.view_limits import view_errors

TRIGGER_LIVES = 3.0
WINDOWS_MOST = 3


@dataclass
class Trigger:
    """What was given to the app with something that a person did: good once, for three seconds."""

    user: str
    issued: float
    over: str = ""  # the window that it was done in
    used: bool = False


@dataclass
class Shown:
    """A view that a person sees."""

    id: str
    user: str
    view: dict[str, Any]
    hash: str = ""
    versions: list[dict[str, Any]] = field(default_factory=list)

    @property
    def payload(self) -> dict[str, Any]:
        """As Slack sends it along with what is done in it."""
        return self.view | {"id": self.id, "hash": self.hash, "team_id": "T1"}


class Windows:
    """What is shown to whom. All calls come under the stand-in's lock."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self.stacks: dict[str, list[Shown]] = {}  # of each person, the top one last
        self.homes: dict[str, Shown] = {}
        self.refused: list[str] = []  # what was wrong with views
        self.taken: list[dict[str, Any]] = []  # all that were ever shown
        self._triggers: dict[str, Trigger] = {}
        self._numbers = itertools.count(1)

    def trigger(self, user: str, over: str = "") -> str:
        """A new trigger."""
        name = f"{next(self._numbers)}.trigger"
        self._triggers[name] = Trigger(user, self.clock(), over)
        return name

    def expire(self, name: str) -> None:
        """Let the three seconds pass."""
        self._triggers[name].issued -= TRIGGER_LIVES + 1

    def top(self, user: str = "U1") -> Shown | None:
        """The window that a person sees."""
        stack = self.stacks.get(user)
        return stack[-1] if stack else None

    def close(self, user: str = "U1", *, all_of_them: bool = False) -> None:
        """A person closes the window on top."""
        stack = self.stacks.get(user, [])
        del stack[0 if all_of_them else -1 :]

    def put(self, shown: Shown, view: dict[str, Any]) -> None:
        """Replace what is shown."""
        shown.view, shown.hash = view, f"{next(self._numbers)}.hash"
        shown.versions.append(view)
        self.taken.append(view)

    def open(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return self._new(arguments, push=False)

    def push(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        return self._new(arguments, push=True)

    def update(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        view = self._read(arguments)
        found = [
            shown for stack in self.stacks.values() for shown in stack if shown.id == arguments.get("view_id")
        ]
        if isinstance(view, str):
            return _error(view)
        if not found:
            return _error("not_found")
        if arguments.get("hash", found[0].hash) != found[0].hash:
            return _error("hash_conflict")
        if view["type"] != "modal":
            return _error("invalid_arguments")
        self.put(found[0], view)
        return {"ok": True, "view": found[0].payload}

    def publish(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        view, user = self._read(arguments), str(arguments.get("user_id") or "")
        if isinstance(view, str):
            return _error(view)
        if not user or view["type"] != "home":
            return _error("invalid_arguments")
        shown = self.homes.get(user)
        if shown is not None and arguments.get("hash", shown.hash) != shown.hash:
            return _error("hash_conflict")
        shown = shown or Shown(f"V{next(self._numbers)}", user, view)
        self.homes[user] = shown
        self.put(shown, view)
        return {"ok": True, "view": shown.payload}

    def _new(self, arguments: Mapping[str, Any], *, push: bool) -> dict[str, Any]:
        view = self._read(arguments)
        trigger = self._trigger(str(arguments.get("trigger_id")))
        if isinstance(trigger, str):
            return _error(trigger)
        if isinstance(view, str) or view["type"] != "modal":
            return _error(view if isinstance(view, str) else "invalid_arguments")
        stack = self.stacks.setdefault(trigger.user, [])
        if push:
            if trigger.over not in [each.id for each in stack]:
                return _error("invalid_trigger_id")
            if len(stack) >= WINDOWS_MOST:
                return _error("push_limit_reached")
        else:
            stack.clear()
        trigger.used = True
        shown = Shown(f"V{next(self._numbers)}", trigger.user, view)
        self.put(shown, view)
        stack.append(shown)
        return {"ok": True, "view": shown.payload}

    def _trigger(self, name: str) -> Trigger | str:
        trigger = self._triggers.get(name)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        return trigger if self.clock() - trigger.issued <= TRIGGER_LIVES else "expired_trigger_id"

    def _read(self, arguments: Mapping[str, Any]) -> dict[str, Any] | str:
        """The view of a call, its blocks named as Slack names them; or the code that refuses it."""
        view = arguments.get("view") or {}
        view = json.loads(view) if isinstance(view, str) else dict(view)
        if errors := list(view_errors(view)):
            self.refused += errors
            return "view_too_large" if "view_too_large" in errors else "invalid_arguments"
        blocks = [{"block_id": f"b{next(self._numbers)}", **block} for block in view["blocks"]]
        return view | {"blocks": blocks}


def _error(code: str) -> dict[str, Any]:
    return {"ok": False, "error": code}
