"""Where something is meant that is pressed elsewhere: the channel stands at the end of its action id."""

import re
from collections.abc import Mapping
from typing import Any, Final

BUTTON: Final = re.compile(r"(run|more|share)\.\d+(\..+)?")
"""The action ids of what carries a command: KIND.NUMBER, with .CHANNEL where there is one."""


def placed(value: Any, channel: str) -> Any:
    """A block whose elements are pressed as if they stood in a channel; "": in the one that it stands in."""
    if channel and isinstance(value, list):
        return [placed(each, channel) for each in value]
    if not channel or not isinstance(value, dict):
        return value
    made = {name: placed(each, channel) for name, each in value.items()}
    return made | ({"action_id": f"{made['action_id']}.{channel}"} if "action_id" in made else {})


def place(action_id: str) -> tuple[str, str]:
    """What kind of thing was pressed, and the channel that it is meant in; "": where it stands.

    >>> place("more.3.C0123"), place("run.12")
    (('more', 'C0123'), ('run', ''))
    """
    kind, _, rest = action_id.partition(".")
    return kind, rest.partition(".")[2]


def command(action: Mapping[str, Any]) -> str:
    """The words that a button, or an option that was chosen, carries."""
    return str(action.get("value") or (action.get("selected_option") or {}).get("value") or "")


def named(body: Mapping[str, Any], what: str) -> str:
    """The id of the person, or of the channel, that a request names; "": it names none."""
    return str((body.get(what) or {}).get("id") or "")
