"""The manifest that makes the app in Slack: its command, its scopes, its mode.

Written as YAML with a comment at each scope, so that whoever installs the app
can see what it may do and why; pasted at api.slack.com/apps, From a manifest.
https://docs.slack.dev/reference/app-manifest
"""

from typing import Final

from bot.surfaces.slack.app import COMMAND

NEEDED: Final[dict[str, str]] = {
    "commands": "the one slash command",
    "chat:write": "post the digest in channels that the app was invited to",
    "im:write": "tell the owner of a subscription when a channel is lost",
}

BY_CHOICE: Final[dict[str, str]] = {
    "chat:write.public": "post in public channels without being invited",
    "channels:read": "subscriptions may name a public channel (#policy) instead of its id",
    "groups:read": "the same for private channels that the app is in",
    "channels:history": "look whether a digest whose answer was lost is there, instead of leaving it open",
    "groups:history": "the same in private channels that the app is in",
    "files:write": "exports and charts as files",
}
"""The bot works without these; leave out what you do not want."""

_HEAD: Final = """\
# Steppewatch: paste this at https://api.slack.com/apps, Create New App, From a manifest.
_metadata:
  major_version: 2
display_information:
  name: Steppewatch
  description: Policy on Central Asia and critical minerals, told once, with its sources
  background_color: "#1f4e5f"
features:
  app_home:
    home_tab_enabled: false
    messages_tab_enabled: true  # direct messages to owners arrive here
    messages_tab_read_only_enabled: true
  bot_user:
    display_name: Steppewatch
    always_online: true
  slash_commands:
    - command: {command}
      description: Search, explain and subscribe to policy news
      usage_hint: "search tungsten country:kz | latest | why ADDRESS | help"
      should_escape: false{command_url}
oauth_config:
  scopes:
    bot:
"""

_TAIL: Final = """\
settings:
  interactivity:
    is_enabled: true{interactivity_url}
  org_deploy_enabled: false
  socket_mode_enabled: {socket}
  token_rotation_enabled: false
"""


def manifest(*, mode: str = "socket", url: str = "") -> str:
    """The manifest as YAML. `url` is where Slack reaches the bot in http mode.

    Raises ValueError for a mode that is neither "socket" nor "http".

    >>> "socket_mode_enabled: true" in manifest()
    True
    """
    if mode not in {"socket", "http"}:
        raise ValueError(f"mode is socket or http, not {mode!r}")
    address = ""
    if mode == "http":
        address = url or "https://HOST/slack/events"
    return "".join(
        [
            _HEAD.format(command=COMMAND, command_url=f"\n      url: {address}" if address else ""),
            *(f"      - {scope}  # {why}\n" for scope, why in NEEDED.items()),
            "      # By choice: the bot works without these. Leave out what you do not want.\n",
            *(f"      - {scope}  # {why}\n" for scope, why in BY_CHOICE.items()),
            _TAIL.format(
                interactivity_url=f"\n    request_url: {address}" if address else "",
                socket="false" if address else "true",
            ),
        ]
    )
