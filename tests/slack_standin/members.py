"""Who is in which channel of the stand-in's workspace, and who runs it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

_SCOPE_OF = {"public_channel": "public", "private_channel": "private"}


@dataclass
class Channel:
    """A place to post to."""

    id: str
    name: str
    member: bool = True
    archived: bool = False
    private: bool = False
    people: set[str] = field(default_factory=set)


@dataclass
class Members:
    """The methods of `users.`."""

    channels: dict[str, Channel]
    scopes: set[str]
    admins: set[str] = field(default_factory=lambda: {"UADMIN"})  # of the workspace
    gone: set[str] = field(default_factory=set)  # whose accounts are closed

    def info(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """What is known of a person."""
        if "users" not in self.scopes:
            return {"ok": False, "error": "missing_scope"}
        user = str(arguments.get("user", ""))
        names = {"display_name": user.removeprefix("U").capitalize(), "real_name": user}
        told = {"id": user, "is_admin": user in self.admins, "profile": names}
        return {"ok": True, "user": told | ({"deleted": True} if user in self.gone else {})}

    def conversations(self, arguments: Mapping[str, Any]) -> dict[str, Any]:
        """The channels of a person, by pages."""
        wanted = str(arguments.get("types", "public_channel")).split(",")
        if not {_SCOPE_OF[kind] for kind in wanted} <= self.scopes:
            return {"ok": False, "error": "missing_scope"}
        found = [
            {"id": each.id, "name": each.name, "is_private": each.private}
            for each in self.channels.values()
            if arguments.get("user") in (each.people | ({"UBOT"} if each.member else set()))
            and not each.archived
            if ("private_channel" if each.private else "public_channel") in wanted
        ]
        start = int(arguments.get("cursor") or 0)
        end = start + min(int(arguments.get("limit") or 100), 999)
        more = str(end) if end < len(found) else ""
        return {"ok": True, "channels": found[start:end], "response_metadata": {"next_cursor": more}}
