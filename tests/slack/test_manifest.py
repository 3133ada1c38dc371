"""The manifest: YAML that Slack takes, with the scopes that the calls need and no others."""

import pytest

from bot.surfaces.slack.manifest import BY_CHOICE, NEEDED, manifest


def test_socket_mode_needs_no_address() -> None:
    text = manifest(mode="socket")

    assert "socket_mode_enabled: true" in text
    assert "url:" not in text
    assert "command: /policy" in text


def test_http_mode_names_the_address_for_commands_and_for_buttons() -> None:
    text = manifest(mode="http", url="https://bot.example.org/slack/events")

    assert "socket_mode_enabled: false" in text
    assert "      url: https://bot.example.org/slack/events" in text
    assert "    request_url: https://bot.example.org/slack/events" in text


def test_every_scope_is_listed_with_its_reason() -> None:
    text = manifest()

    for scope, why in (NEEDED | BY_CHOICE).items():
        assert f"      - {scope}  # {why}" in text


def test_another_mode_is_refused() -> None:
    with pytest.raises(ValueError, match="socket or http"):
        manifest(mode="carrier pigeon")


def test_it_is_indented_as_yaml_wants_it() -> None:
    for line in manifest(mode="http").splitlines():
        body = line.split("  #")[0]
        assert (len(body) - len(body.lstrip())) % 2 == 0
        assert "\t" not in line
