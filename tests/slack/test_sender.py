"""Posting over real HTTP: what Slack takes, refuses, limits, and what of it comes back to us."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk import WebClient

from bot.core.documents import Document, Item, Paragraph, Span, plain
from bot.ports import Absent, Blind, Limited, Lost, Refused, Sent
from bot.surfaces.slack import wire
from bot.surfaces.slack.sender import SlackPoster
from tests.slack_standin import BOT_TOKEN, Drop, Error, Garbage, Hold, Limit, StandIn

NEWS = Document("Minerals: Fri 6 Feb 2026", (Paragraph(plain("Two events.")),), gist="Two events")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def poster(slack: StandIn) -> SlackPoster:
    return SlackPoster(wire.web_client(BOT_TOKEN, slack.api_url))


def long_document() -> Document:
    items = tuple(
        Item(Span(f"Event {n}", f"https://example.org/{n}"), summary="told " * 60) for n in range(60)
    )
    return Document("A busy day", items)


def test_a_post_is_taken_once_and_named_by_its_ts(slack: StandIn, poster: SlackPoster) -> None:
    outcome = poster.post("CPOLICY", NEWS, key="d1")

    [message] = slack.posted("CPOLICY")
    assert outcome == Sent("CPOLICY", message.ts)
    assert message.payload["text"] == "Two events"
    assert message.payload["unfurl_links"] is False
    assert message.payload["unfurl_media"] is False


def test_what_does_not_fit_goes_into_the_thread(slack: StandIn, poster: SlackPoster) -> None:
    document = long_document()
    first = poster.post("CPOLICY", document, key="d1")
    assert isinstance(first, Sent)

    rest = [
        poster.post("CPOLICY", document, key="d1", part=part, under=first.ts)
        for part in range(1, poster.parts(document))
    ]

    assert len(slack.posted("CPOLICY")) == 1
    assert len(slack.threaded("CPOLICY", first.ts)) == len(rest) > 1
    assert "Event 59" in json.dumps([each.payload for each in slack.messages])
    assert set(slack.counts().values()) == {1}


@pytest.mark.parametrize(
    "code",
    ["not_in_channel", "is_archived", "token_revoked", "account_inactive", "missing_scope", "a_new_one"],
)
def test_a_refusal_comes_with_its_code_and_advice(slack: StandIn, poster: SlackPoster, code: str) -> None:
    slack.go_wrong("chat.postMessage", Error(code))

    outcome = poster.post("CPOLICY", NEWS, key="d1")

    assert isinstance(outcome, Refused)
    assert outcome.code == code
    assert len(outcome.advice) > 20
    assert len(slack.called("chat.postMessage")) == 1


def test_a_wrong_token_is_refused_without_being_told(slack: StandIn) -> None:
    outcome = SlackPoster(wire.web_client("xoxb-wrong", slack.api_url)).post("CPOLICY", NEWS, key="d1")

    assert isinstance(outcome, Refused)
    assert outcome.code == "invalid_auth"
    assert "xoxb-wrong" not in str(outcome)


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_blocks_too_long", "msg_too_long"])
def test_blocks_that_slack_does_not_take_are_sent_as_bare_text(
    slack: StandIn, poster: SlackPoster, code: str
) -> None:
    slack.go_wrong("chat.postMessage", Error(code))

    outcome = poster.post("CPOLICY", NEWS, key="d1")

    assert isinstance(outcome, Sent)
    [message] = slack.posted("CPOLICY")
    assert message.blocks == []
    assert message.payload["text"] == "Two events"


@pytest.mark.parametrize(("header", "wait"), [(7, 7), (0, 1), (200_000, 900)])
def test_a_limit_is_a_wait_as_long_as_told_within_reason(
    slack: StandIn, poster: SlackPoster, header: int, wait: int
) -> None:
    slack.go_wrong("chat.postMessage", Limit(header))

    assert poster.post("CPOLICY", NEWS, key="d1") == Limited(timedelta(seconds=wait))
    assert len(slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize(
    "fault",
    [
        Drop(after_taking=True),
        Drop(after_taking=False),
        Error("internal_error"),
        Error("fatal_error"),
        Garbage(),
        Garbage(status=502),
        Garbage(b"", 200, "application/json"),
        Garbage(b"[]", 200, "application/json"),
        Garbage(b'{"ok": tru', 200, "application/json"),
        Garbage(b'{"ok": true}', 200, "application/json"),
        Garbage(b'{"ok": false}', 200, "application/json"),
        Garbage(b'{"ok": true, "ts": 17}', 200, "application/json"),
        Garbage(b"\xff\xfe\x00", 200, "application/json"),
        Garbage(b"[" * 50_000, 200, "application/json"),
        Garbage(b'"ok"', 503, "application/json"),
    ],
    ids=str,
)
def test_an_answer_that_is_lost_or_makes_no_sense_leaves_it_open_and_is_not_repeated(
    slack: StandIn, poster: SlackPoster, fault: Drop | Error | Garbage
) -> None:
    slack.go_wrong("chat.postMessage", fault)

    outcome = poster.post("CPOLICY", NEWS, key="d1")

    assert isinstance(outcome, Lost)
    assert len(slack.called("chat.postMessage")) == 1


def test_silence_is_a_lost_answer_that_needs_longer_to_settle(
    slack: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "TIMEOUT", 0.2)
    hold = Hold()
    slack.go_wrong("chat.postMessage", hold)

    outcome = SlackPoster(wire.web_client(BOT_TOKEN, slack.api_url)).post("CPOLICY", NEWS, key="d1")
    hold.go_on.set()

    assert isinstance(outcome, Lost)
    assert outcome.settles_after >= timedelta(seconds=15)


def test_nobody_listening_is_no_doubt_but_a_wait() -> None:
    with StandIn() as standin:
        address = standin.api_url

    outcome = SlackPoster(wire.web_client(BOT_TOKEN, address)).post("CPOLICY", NEWS, key="d1")

    assert isinstance(outcome, Limited)
    assert outcome.code == "unreachable"


def test_a_message_whose_answer_was_lost_is_found_by_its_mark(slack: StandIn, poster: SlackPoster) -> None:
    poster.post("CPOLICY", NEWS, key="another")
    slack.go_wrong("chat.postMessage", Drop(after_taking=True))
    poster.post("CPOLICY", NEWS, key="d1")

    sighting = poster.find("CPOLICY", key="d1", since=LONG_AGO)

    assert sighting == Sent("CPOLICY", slack.posted("CPOLICY")[1].ts)


def test_a_message_that_never_came_is_absent_and_pages_are_read_to_the_end(
    slack: StandIn, poster: SlackPoster
) -> None:
    slack.history_page = 2
    for number in range(7):
        poster.post("CPOLICY", NEWS, key=f"other-{number}")

    assert poster.find("CPOLICY", key="d1", since=LONG_AGO) == Absent()
    assert isinstance(poster.find("CPOLICY", key="other-0", since=LONG_AGO), Sent)


def test_a_message_is_found_though_slacks_clock_is_behind_ours(slack: StandIn, poster: SlackPoster) -> None:
    posted = poster.post("CPOLICY", NEWS, key="d1")
    assert isinstance(posted, Sent)
    there = datetime.fromtimestamp(float(posted.ts), UTC)

    assert poster.find("CPOLICY", key="d1", since=there + timedelta(seconds=100)) == posted
    assert poster.find("CPOLICY", key="d1", since=there + timedelta(seconds=140)) == Absent()


def test_a_part_in_a_thread_is_found_there_and_not_mistaken_for_another(
    slack: StandIn, poster: SlackPoster
) -> None:
    document = long_document()
    first = poster.post("CPOLICY", document, key="d1")
    assert isinstance(first, Sent)
    second = poster.post("CPOLICY", document, key="d1", part=1, under=first.ts)

    assert poster.find("CPOLICY", key="d1", since=LONG_AGO, part=1, under=first.ts) == second
    assert poster.find("CPOLICY", key="d1", since=LONG_AGO, part=2, under=first.ts) == Absent()


def test_without_the_scope_nobody_can_know(slack: StandIn, poster: SlackPoster) -> None:
    slack.scopes.discard("history")

    sighting = poster.find("CPOLICY", key="d1", since=LONG_AGO)

    assert isinstance(sighting, Blind)
    assert "scope" in sighting.advice


@pytest.mark.parametrize(
    "fault", [Limit(30), Drop(), Garbage(), Garbage(b"{}", 200, "application/json")], ids=str
)
def test_a_look_that_fails_proves_nothing(slack: StandIn, poster: SlackPoster, fault: Drop | Garbage) -> None:
    slack.go_wrong("conversations.history", fault)

    assert isinstance(poster.find("CPOLICY", key="d1", since=LONG_AGO), Limited)


def test_a_channel_called_by_name_is_looked_up_by_its_id(slack: StandIn, poster: SlackPoster) -> None:
    outcome = poster.post("#policy", NEWS, key="d1")

    assert outcome == poster.find("#policy", key="d1", since=LONG_AGO)
    assert isinstance(poster.find("#nowhere", key="d1", since=LONG_AGO), Blind)


def test_an_owner_is_told_in_a_direct_message(slack: StandIn, poster: SlackPoster) -> None:
    outcome = poster.tell("U7", NEWS)

    assert isinstance(outcome, Sent)
    assert [each.payload["text"] for each in slack.posted("DU7")] == ["Two events"]


def test_a_client_that_retries_by_itself_is_refused(slack: StandIn) -> None:
    with pytest.raises(ValueError, match="twice"):
        SlackPoster(WebClient(token=BOT_TOKEN, base_url=slack.api_url))


PROXIES = [
    name for each in ("http", "https", "all", "no") for name in (f"{each}_proxy", f"{each.upper()}_PROXY")
]


def test_slack_is_reached_through_whatever_proxy_the_environment_names(
    slack: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ALL_PROXY", slack.url)

    told = wire.call(wire.web_client(BOT_TOKEN, "http://slack.invalid/api/").auth_test)

    assert isinstance(told, dict)
    assert told["user_id"] == "UBOT"


@pytest.mark.parametrize(
    ("environ", "url", "proxy"),
    [
        ({}, "wss://wss.slack.com/link", None),
        ({"HTTPS_PROXY": "http://me:pw@10.0.0.9:3128"}, "wss://wss.slack.com/", "http://me:pw@10.0.0.9:3128"),
        ({"ALL_PROXY": "10.0.0.9:3128"}, "wss://wss.slack.com/", "http://10.0.0.9:3128"),
        ({"HTTP_PROXY": "http://10.0.0.9:3128"}, "wss://wss.slack.com/", None),
        ({"HTTPS_PROXY": "http://10.0.0.9:3128", "NO_PROXY": ".slack.com"}, "wss://wss.slack.com/", None),
        ({"ALL_PROXY": "http://10.0.0.9:3128", "NO_PROXY": "*"}, "https://slack.com/api/", None),
        ({"HTTP_PROXY": "10.0.0.9:1", "NO_PROXY": "a.example:8080"}, "http://a.example:8080/", None),
    ],
)
def test_the_way_to_slack_is_what_it_is_for_feeds(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], url: str, proxy: str | None
) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    assert wire.proxy_to(url) == proxy
