"""`doctor` beside a Slack that answers, refuses, or is not there; and beside packs that are broken."""

from collections.abc import Iterator

import pytest

from bot.surfaces.slack.manifest import BY_CHOICE, NEEDED
from tests.cli.terminal import Terminal
from tests.slack_standin.server import APP_TOKEN, BOT_TOKEN, StandIn

EVERY_SCOPE = ",".join([*NEEDED, *BY_CHOICE])


@pytest.fixture
def slack() -> Iterator[StandIn]:
    """A workspace that says which scopes the app was given: all."""
    with StandIn(granted=EVERY_SCOPE) as standing_in:
        yield standing_in


@pytest.fixture
def connected(settled: Terminal, slack: StandIn) -> Terminal:
    """A terminal whose bot has the tokens of this workspace, and a digest in one of its channels."""
    settled.environ |= {
        "STEPPEWATCH_SLACK__BOT_TOKEN": BOT_TOKEN,
        "STEPPEWATCH_SLACK__APP_TOKEN": APP_TOKEN,
        "STEPPEWATCH_SLACK__API_URL": slack.api_url,
    }
    configure(settled, "CPOLICY")
    return settled


def configure(terminal: Terminal, *channels: str) -> None:
    """Give each channel a subscription, D0 and so on."""
    entries = [
        f'[[subscriptions]]\nname = "D{number}"\nchannel = "{channel}"\n'
        for number, channel in enumerate(channels)
    ]
    (terminal.folder / "steppewatch.toml").write_text("".join(entries))


def test_where_all_is_well_slack_says_so_and_nothing_is_posted(connected: Terminal, slack: StandIn) -> None:
    said = connected("doctor")

    assert said.code == 0
    assert "good Slack: answered: the app is bot in the workspace t" in said.out
    assert "good Slack scopes: all that the manifest asks for" in said.out
    assert "good Slack channels: the app is in all of 1 channel" in said.out
    asked = {call.method for call in slack.calls}
    assert asked == {"auth.test", "apps.connections.open", "users.conversations"}


def test_a_token_that_was_revoked_is_told_with_what_to_do_and_not_shown(
    connected: Terminal, slack: StandIn
) -> None:
    slack.revoked = True

    said = connected("doctor")

    assert said.code == 1
    assert "BAD  Slack: does not take STEPPEWATCH_SLACK__BOT_TOKEN (token_revoked)" in said.out
    assert "set the new token" in said.out
    assert BOT_TOKEN not in said.out + said.err


def test_an_app_token_that_slack_does_not_know_is_told(connected: Terminal) -> None:
    connected.environ["STEPPEWATCH_SLACK__APP_TOKEN"] = "xapp-1-another"

    said = connected("doctor")

    assert said.code == 1
    assert "BAD  Slack: does not take STEPPEWATCH_SLACK__APP_TOKEN (invalid_auth)" in said.out
    assert "connections:write" in said.out
    assert "good Slack channels" in said.out, "what the other token is for is asked all the same"


def test_scopes_that_are_lacking_are_named_with_what_each_is_for(connected: Terminal, slack: StandIn) -> None:
    slack.granted = EVERY_SCOPE.replace("files:write,", "")
    little = connected("doctor")
    slack.granted = EVERY_SCOPE.replace("chat:write,", "")
    much = connected("doctor")

    assert little.code == 0
    assert f"-    Slack scopes: lacking files:write ({NEEDED['files:write']})" in little.out
    assert much.code == 1
    assert "BAD  Slack scopes: lacking chat:write" in much.out


def test_channels_that_the_app_is_not_in_are_named_and_so_is_the_id_of_one_called_by_name(
    connected: Terminal, slack: StandIn
) -> None:
    slack.add_channel("C0SECRET01", "secret", member=False)
    configure(connected, "C0SECRET01", "#minerals", "CPOLICY", "#nowhere")

    said = connected("doctor")

    assert said.code == 1
    assert "BAD  Slack channels: the app is not in C0SECRET01 (D0), #nowhere (D3): `/invite" in said.out
    assert "-    Slack channels: #minerals (D1) is a name" in said.out
    assert "its id is CMINERALS" in said.out


def test_without_a_way_to_slack_the_rest_is_told_and_nothing_is_called_bad(connected: Terminal) -> None:
    connected.environ["STEPPEWATCH_SLACK__API_URL"] = "http://127.0.0.1:9/api/"

    said = connected("doctor")

    assert said.code == 0
    assert "-    Slack: all that is needed is set, but Slack could not be asked (unreachable)" in said.out
    assert "good database" in said.out


def test_a_broken_pack_is_told_beside_the_rest(connected: Terminal) -> None:
    (connected.folder / "mine.toml").write_text("[words.en]\n'mineral.tungstn' = ['tungsten']\n")
    connected.environ["STEPPEWATCH_UNDERSTANDING__PACKS"] = f'["{connected.folder}"]'

    said = connected("doctor")

    assert said.code == 1
    assert "BAD  packs: " in said.out
    assert "no such concept; did you mean mineral.tungsten?" in said.out
    for rest in ("good configuration", "good database", "feeds: ", "good Slack: "):
        assert rest in said.out
