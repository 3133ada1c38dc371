"""What Slack says of the app when it is asked: whether it takes the tokens, which scopes, which channels.

Nothing is posted and nothing is changed; each question is asked once, and waited for a few seconds.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from slack_sdk import WebClient

from bot.clock import Clock
from bot.core.inert import one_line
from bot.core.wording import many
from bot.ports import Limited, Refused
from bot.surfaces.slack.directory import SlackDirectory
from bot.surfaces.slack.manifest import BY_CHOICE, NEEDED
from bot.surfaces.slack.wire import Failure, call, web_client

PATIENCE: Final = 4
"""Seconds of silence after which Slack counts as not reached."""

_SPEAKS: Final = frozenset({"commands", "chat:write"})  # without these there is no bot
_NAMED: Final = 12  # channels that are named one by one
_ADD: Final = "add what is missing under OAuth & Permissions and install the app again"


@dataclass(frozen=True, slots=True)
class Checked:
    """What one question came to. `ok` None: not needed for everything and missing, or not to be known now."""

    name: str
    ok: bool | None
    said: str


def checkup(
    *, bot_token: str, app_token: str, api_url: str, channels: Mapping[str, Iterable[str]], clock: Clock
) -> Iterator[Checked]:
    """Ask Slack. `app_token` "" is not asked about; `channels` are looked for, each with who needs it."""
    client = web_client(bot_token, api_url)
    client.timeout = PATIENCE
    headers: dict[str, Any] = {}

    def asked() -> Any:
        response = client.auth_test()
        headers.update({name.lower(): value for name, value in response.headers.items()})
        return response

    told = call(asked)
    if not isinstance(told, Mapping):
        yield _untaken("BOT_TOKEN", told)
        return
    if app_token and not isinstance(
        opened := call(client.apps_connections_open, app_token=app_token), Mapping
    ):
        yield _untaken("APP_TOKEN", opened)
    else:
        who, team = (one_line(str(told.get(key) or "?"), 80) for key in ("user", "team"))
        yield Checked("Slack", ok=True, said=f"answered: the app is {who} in the workspace {team}")
    scopes = _scopes(headers.get("x-oauth-scopes"))
    if scopes:
        yield _of_scopes(scopes)
    if channels:
        yield from _of_channels(client, str(told.get("user_id") or ""), channels, scopes, clock)


def _untaken(token: str, failure: Failure) -> Checked:
    """What to say where Slack does not take a token, or cannot be asked."""
    if isinstance(failure, Refused):
        advice = failure.advice
        if token == "APP_TOKEN":  # noqa: S105  (a name)
            advice = "It begins with xapp-, has the scope connections:write, and Socket Mode is on."
        said = f"does not take STEPPEWATCH_SLACK__{token} ({failure.code}): {advice}"
        return Checked("Slack", ok=False, said=said)
    why = failure.code if isinstance(failure, Limited) else failure.why
    said = (
        f"all that is needed is set, but Slack could not be asked ({why}): whether it takes it is not known"
    )
    return Checked("Slack", ok=None, said=said)


def _scopes(header: object) -> frozenset[str]:
    """Those that Slack says a token has; none: it did not say."""
    text = ",".join(map(str, header)) if isinstance(header, list) else str(header or "")
    return frozenset(scope for each in text.split(",") if (scope := each.strip()))


def _of_scopes(scopes: frozenset[str]) -> Checked:
    lacking = {scope: use for scope, use in {**NEEDED, **BY_CHOICE}.items() if scope not in scopes}
    if not lacking:
        return Checked("Slack scopes", ok=True, said="all that the manifest asks for")
    listed = "; ".join(f"{scope} ({use})" for scope, use in lacking.items())
    return Checked(
        "Slack scopes", ok=False if _SPEAKS & lacking.keys() else None, said=f"lacking {listed}: {_ADD}"
    )


def _of_channels(
    client: WebClient, user: str, channels: Mapping[str, Iterable[str]], scopes: frozenset[str], clock: Clock
) -> Iterator[Checked]:
    inside = SlackDirectory(client, clock).channels(user)
    if inside is None:
        said = "Slack does not say which channels the app is in (channels:read)"
        yield Checked("Slack channels", ok=None, said=said)
        return
    ids = {name: channel for channel, name in inside.items()}
    unseen = bool(scopes) and "groups:read" not in scopes
    lost: list[str] = []
    for channel, needed in channels.items():
        of = f"{one_line(channel, 80)} ({', '.join(needed)})"
        if channel in inside or channel[:1] in ("D", "U", "W"):
            continue
        if found := ids.get(channel.removeprefix("#")):
            told = f"{of} is a name, good for posting alone; its id is {found}: name it by that"
            yield Checked("Slack channels", ok=None, said=told)
        else:
            lost.append(of)
    if lost:
        more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
        maybe = "; private ones are not seen without groups:read" if unseen else ""
        said = f"the app is not in {', '.join(lost[:_NAMED])}{more}{maybe}: `/invite @Steppewatch` there"
        yield Checked("Slack channels", ok=None if unseen else False, said=said)
    else:
        yield Checked(
            "Slack channels", ok=True, said=f"the app is in all of {many(len(channels), 'channel')}"
        )
