"""The manifest: JSON that Slack takes, with the scopes that the calls need and no others."""

import json
from pathlib import Path

import pytest

from bot.surfaces.slack.manifest import BY_CHOICE, NEEDED, manifest
from bot.surfaces.slack.shortcuts import ADD_FEED, EXPLAIN, SEARCH

README = Path(__file__).parents[2] / "README.md"


def test_socket_mode_needs_no_address() -> None:
    made = json.loads(manifest(mode="socket"))

    assert made["settings"]["socket_mode_enabled"] is True
    assert "url" not in made["features"]["slash_commands"][0]
    assert made["features"]["slash_commands"][0]["command"] == "/policy"


def test_http_mode_names_the_address_for_commands_and_for_buttons() -> None:
    made = json.loads(manifest(mode="http", url="https://bot.example.org/slack/events"))

    assert made["settings"]["socket_mode_enabled"] is False
    assert made["features"]["slash_commands"][0]["url"] == "https://bot.example.org/slack/events"
    assert made["settings"]["interactivity"]["request_url"] == "https://bot.example.org/slack/events"


def test_the_home_tab_and_the_shortcuts_that_are_listened_to_are_in_it() -> None:
    made = json.loads(manifest(mode="http", url="https://bot.example.org/slack/events"))

    assert made["features"]["app_home"]["home_tab_enabled"] is True
    assert "app_home_opened" in made["settings"]["event_subscriptions"]["bot_events"]
    assert made["settings"]["interactivity"]["message_menu_options_url"].endswith("/slack/events")
    shortcuts = made["features"]["shortcuts"]
    assert {each["callback_id"] for each in shortcuts} == {EXPLAIN, ADD_FEED, SEARCH}
    assert max(len(each["name"]) for each in shortcuts) <= 24
    assert max(len(each["description"]) for each in shortcuts) <= 150


def test_every_scope_is_explained_in_the_readme() -> None:
    asked = json.loads(manifest())["oauth_config"]["scopes"]["bot"]

    assert asked == [*NEEDED, *BY_CHOICE]
    told = README.read_text(encoding="utf-8")
    assert [scope for scope in asked if f"`{scope}`" not in told] == []


def test_it_keeps_to_slacks_limits() -> None:
    made = json.loads(manifest(mode="http"))

    assert len(made["display_information"]["name"]) <= 35
    assert len(made["display_information"]["description"]) <= 140
    assert len(made["features"]["bot_user"]["display_name"]) <= 80
    [command] = made["features"]["slash_commands"]
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000


def test_another_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="socket or http"):
        manifest(mode="carrier pigeon")
