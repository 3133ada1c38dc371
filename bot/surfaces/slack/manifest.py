"""The manifest that makes the app in Slack: its command, its shortcuts, its scopes, its mode.

JSON, which Slack takes as it takes YAML; pasted at api.slack.com/apps, From a manifest.
https://docs.slack.dev/reference/app-manifest
"""

import json
from typing import Any, Final

from bot.surfaces.slack.questions import COMMAND
from bot.surfaces.slack.shortcuts import ADD_FEED, EXPLAIN, SEARCH

NEEDED: Final[dict[str, str]] = {
    "commands": "the one slash command",
    "chat:write": "post the digest in channels that the app was invited to",
    "app_mentions:read": "answer who mentions the app in a channel that it is in",
    "im:history": "answer who writes to the app in a direct message",
    "im:write": "tell the owner of a subscription when its channel is lost; open the way for a file",
    "channels:read": "show on a person's Home tab what concerns the channels that they are in",
    "groups:read": "the same for private channels",
    "files:write": "send an export to the one who asked; show the chart of a review",
}
"""Scopes, and what each is for. The README's table says what is not to be had without one."""

BY_CHOICE: Final[dict[str, str]] = {
    "channels:history": "look whether a digest whose answer was lost is there, instead of leaving it open",
    "groups:history": "the same in private channels",
    "users:read": "let the workspace's admins decide what members propose; call people by their names",
}
"""The bot works without these: take them out of the manifest, or do not grant them."""

SHORTCUTS: Final = [
    {
        "name": "Explain this",
        "type": "message",
        "callback_id": EXPLAIN,
        "description": "Why a linked article was flagged or was not",
    },
    {
        "name": "Add this page's feed",
        "type": "message",
        "callback_id": ADD_FEED,
        "description": "Poll the feed of a linked page",
    },
    {
        "name": "Search policy events",
        "type": "global",
        "callback_id": SEARCH,
        "description": "Search what was reported, from anywhere",
    },
]

ANYWHERE: Final = "https://HOST/slack/events"


def manifest(*, mode: str = "socket", url: str = "") -> str:
    """The manifest as JSON. `url` is where Slack reaches the bot in http mode.

    Raises ValueError for a mode that is neither "socket" nor "http".
    """
    if mode not in {"socket", "http"}:
        raise ValueError(f"mode is socket or http, not {mode!r}")
    socket = mode == "socket"
    command: dict[str, Any] = {
        "command": COMMAND,
        "description": "Search, explain and subscribe to policy news",
        "usage_hint": "search tungsten country:kz | latest | why ADDRESS | help",
        "should_escape": False,
    }
    interactivity: dict[str, Any] = {"is_enabled": True}
    events: dict[str, Any] = {"bot_events": ["app_home_opened", "app_mention", "message.im"]}
    if not socket:
        command["url"] = interactivity["request_url"] = events["request_url"] = url or ANYWHERE
        interactivity["message_menu_options_url"] = url or ANYWHERE  # what a field offers as one types
    made = {
        "_metadata": {"major_version": 2},
        "display_information": {
            "name": "Steppewatch",
            "description": "Policy on Central Asia and critical minerals, told once, with its sources",
            "background_color": "#1f4e5f",
        },
        "features": {
            # Direct messages to owners arrive in the Messages tab.
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,  # questions come in there as well
            },
            "bot_user": {"display_name": "Steppewatch", "always_online": True},
            "shortcuts": SHORTCUTS,
            "slash_commands": [command],
        },
        "oauth_config": {"scopes": {"bot": [*NEEDED, *BY_CHOICE]}},
        "settings": {
            "event_subscriptions": events,
            "interactivity": interactivity,
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": False,
        },
    }
    return json.dumps(made, indent=2) + "\n"
