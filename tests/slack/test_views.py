"""Documents and forms as views: whatever is in them, inert, within Slack's limits, and read back whole."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.asking.forms import Choice, Field, Form
from bot.core.documents import (
    Button,
    Buttons,
    Document,
    Heading,
    Image,
    Item,
    Notice,
    Paragraph,
    Span,
    Table,
    plain,
)
from bot.surfaces.slack import forms, views
from bot.surfaces.slack.views import Context
from tests.slack.hostile import HOSTILE
from tests.slack.test_render import ALIVE, documents, hostile_text, strings
from tests.slack.view_check import check as check_with_slackblocks
from tests.slack_standin.person import buttons
from tests.slack_standin.view_limits import view_errors


def assert_taken(view: dict[str, Any]) -> None:
    assert list(view_errors(view)) == []
    check_with_slackblocks(view)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(documents, documents)
def test_any_document_becomes_views_that_slack_takes_and_that_do_nothing(
    document: Document, above: Document
) -> None:
    for view in (
        views.window(document, Context("C1")),
        views.home(document, above, "C1"),
        forms.window(Form("T", "search", "Go", (Field("words", "Words"),)), Context(), document),
    ):
        assert_taken(view)
        for name, text in strings(view["blocks"]):
            assert name == "value" or not ALIVE.search(text), text


def test_a_document_of_any_length_is_cut_and_says_so() -> None:
    items = tuple(Item(Span(f"Event {n}", "https://example.org"), summary="x" * 500) for n in range(5_000))

    view = views.home(Document("Home", items))

    assert_taken(view)
    assert "There is more than can be shown here" in json.dumps(view["blocks"][-1])


def test_what_is_for_messages_alone_is_told_otherwise() -> None:
    table = Table(("event", "tier"), (("e1", "core"), ("e2", "")))
    document = Document(
        "T",
        (
            table,
            Image(b"png", "A line that rises", "Trend", table),
            Image(b"png", "A line that falls", "Trend", Table((), ()), "F1"),
            Buttons((Button("Share in this channel", "search x", "share"), Button("Why?", "why e1"))),
        ),
    )

    view = views.window(document, Context())

    assert_taken(view)
    told = json.dumps(view)
    assert "tier: core" in told
    assert "A line that rises" in told
    assert [b["slack_file"] for b in view["blocks"] if b["type"] == "image"] == [{"id": "F1"}]
    assert list(buttons(view)) == ["Why?"]


def test_what_follows_a_heading_of_a_channel_is_pressed_as_if_it_were_said_there() -> None:
    row = Buttons((Button("Pause", "pause x"),))
    document = Document(
        "T",
        (
            row,
            Heading("#a", channel="CA"),
            Paragraph(plain("x")),
            Heading("y", level=3),
            row,
            Heading("Feeds"),
            row,
        ),
    )

    view = views.home(document)

    ids = [e["action_id"] for block in view["blocks"] for e in block.get("elements", ()) if "action_id" in e]
    assert ids == ["run.0", "run.1.CA", "run.2"]


def test_what_a_view_remembers_is_what_it_was_told() -> None:
    context = Context("C1", home=True, ask="change Désk", command='subscribe name:"Désk"', reply="https://x")

    assert Context.read({"private_metadata": context.written()}) == context


def test_a_view_remembers_three_thousand_characters_and_no_more() -> None:
    empty = len(Context(command="x").written()) - 1

    assert Context(command="ы" * (3_000 - empty)).fits
    assert not Context(command="ы" * (3_001 - empty)).fits


@pytest.mark.parametrize("told", ["", "{", "[]", "null", '{"other": 1}', "5", None])
def test_what_is_no_memory_of_ours_is_an_empty_one(told: object) -> None:
    assert Context.read({"private_metadata": told}) == Context()
    assert Context.read(told) == Context()


choices = st.lists(
    st.builds(Choice, hostile_text, hostile_text), min_size=1, max_size=12, unique_by=lambda c: c.value
).filter(lambda found: any(0 < len(c.value) <= forms.VALUE_MOST for c in found))


@st.composite
def fields(draw: st.DrawFn) -> Field:
    kind: Any = draw(st.sampled_from(["text", "one", "list", "lists", "boxes", "time", "zone", "channel"]))
    name = draw(st.sampled_from(["words", "country", "at"]))
    offered = (("", tuple(draw(choices))),) if kind in {"one", "list", "lists", "boxes"} else ()
    if offered and kind in {"list", "lists"}:
        offered = (("Some", offered[0][1]),)
    value = {"time": ("08:30",), "zone": ("Asia/Tashkent",), "channel": ("C1",), "text": ("x",)}.get(kind, ())
    return Field(
        name,
        draw(hostile_text),
        kind,
        offered,
        value if draw(st.booleans()) else (),
        draw(hostile_text),
        draw(hostile_text),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(fields(), min_size=1, max_size=8).map(tuple), hostile_text)
def test_any_form_becomes_a_view_that_slack_takes(made: tuple[Field, ...], title: str) -> None:
    view = forms.window(Form(title, "search", title, made), Context("C1"))

    assert_taken(view)


def test_hostile_text_in_a_window_is_inert() -> None:
    for title in HOSTILE:
        view = views.window(Document(title, (Notice(title), Heading(title, channel="C1"))), Context())

        assert_taken(view)
        assert not any(ALIVE.search(text) for _, text in strings(view["blocks"]))
