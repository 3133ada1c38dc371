"""What Slack's refusals mean to a person: by its error code, what can be done about it.

Codes are those of chat.postMessage and conversations.history in the reference.
Whatever is not listed was refused all the same, and is shown with its code.
"""

from typing import Final

from bot.ports import Refused

_INVITE: Final = "Invite the app there with `/invite @Steppewatch`, then resume the subscription."
_INSTALL: Final = "Install the app again (OAuth & Permissions), set the new token, and restart."
_RULES: Final = "Ask a workspace admin to let the app post there, then resume the subscription."
_OURS: Final = "That is a fault of the program: please report it with this code."
_SCOPES: Final = "Add it under OAuth & Permissions, install the app again, and restart."

ADVICE: Final[dict[str, str]] = {
    "not_in_channel": f"The app is not a member of the channel. {_INVITE}",
    "channel_not_found": f"The channel is gone, or it is private and the app is not in it. {_INVITE}",
    "is_archived": "The channel is archived. Unarchive it and resume the subscription, or unsubscribe.",
    "messages_tab_disabled": "Direct messages to the app are off: switch on its Messages tab (App Home).",
    "user_not_found": "That person is not in the workspace. Give the subscription another owner.",
    "user_disabled": "That person's account is closed. Give the subscription another owner.",
    "restricted_action": f"The workspace does not let the app post in this channel. {_RULES}",
    "restricted_action_read_only_channel": f"Only some may post in this channel. {_RULES}",
    "restricted_action_thread_only_channel": f"Only replies may be posted in this channel. {_RULES}",
    "restricted_action_non_threadable_channel": f"This channel takes no threads. {_RULES}",
    "restricted_action_thread_locked": f"The thread is locked. {_RULES}",
    "access_denied": f"The app may not use this channel. {_RULES}",
    "ekm_access_denied": f"An admin has suspended posting. {_RULES}",
    "team_access_not_granted": f"The app has no access to this workspace. {_RULES}",
    "no_permission": f"The token lacks a permission. {_SCOPES}",
    "missing_scope": f"The token lacks a scope. {_SCOPES}",
    "not_allowed_token_type": f"The token is of the wrong kind: a bot token begins with xoxb-. {_INSTALL}",
    "not_authed": f"No token was sent. {_INSTALL}",
    "invalid_auth": f"Slack does not know the token. {_INSTALL}",
    "token_revoked": f"The token was revoked. {_INSTALL}",
    "token_expired": f"The token has expired. {_INSTALL}",
    "account_inactive": f"The app was removed or switched off. {_INSTALL}",
    "org_login_required": "The workspace is being moved. It comes back by itself; then resume.",
    "message_not_found": "The message was deleted.",
    "cant_update_message": "The message is not the app's own.",
    "edit_window_closed": "The workspace lets nobody edit a message that is so old.",
    "invalid_blocks": _OURS,
    "invalid_blocks_format": _OURS,
    "msg_too_long": _OURS,
    "msg_blocks_too_long": _OURS,
    "no_text": _OURS,
}

RESHAPE: Final = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long"})
"""The fault is in the message and not in the place: it is sent again as bare text."""

AMBIGUOUS: Final = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
"""Slack broke down while it worked: the message may be there."""

RATE_LIMITED: Final = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})

BLIND: Final = frozenset({"missing_scope", "no_permission", "not_allowed_token_type", "unknown_method"})
"""When history is asked for: it may not be read, and that will not change by itself."""


def refused(code: str) -> Refused:
    """A refusal with its advice."""
    advice = ADVICE.get(code, "Look the code up at docs.slack.dev, mend it, then resume the subscription.")
    return Refused(code, advice, token=advice.endswith((_INSTALL, _SCOPES)))
