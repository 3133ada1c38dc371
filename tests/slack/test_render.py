"""Documents as messages: whatever is in them, inert, whole, and within Slack's limits."""

import json
import random
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.documents import (
    Bullets,
    Button,
    Buttons,
    Divider,
    Document,
    Facts,
    Feedback,
    Heading,
    Image,
    Item,
    Menu,
    Notice,
    Paragraph,
    Part,
    Span,
    Table,
    plain,
)
from bot.surfaces.slack.paging import CHARACTERS_MOST
from bot.surfaces.slack.render import TEXT_MOST, Message, Rendered, as_json, render
from tests.slack.blockkit import check as check_with_slackblocks
from tests.slack.hostile import HOSTILE
from tests.slack_standin import limits

ALIVE = re.compile(r"<[!@#/]|<\w{2,}:")
BIDI = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}


def strings(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every string in blocks, with the name of its field."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from strings(each, key)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each, name)
    elif isinstance(value, str):
        yield name, value


def assert_inert(message: Message) -> None:
    """Nothing in a message mentions, links where it should not, breaks lines or turns the text round."""
    assert not re.search(r"<(?!/?$)", message.text), "the text is mrkdwn: no < may be left in it"
    assert ">" not in message.text
    assert not re.search(r"&(?!amp;|lt;|gt;)", message.text)
    for name, text in (("text", message.text), *strings(message.blocks)):
        if name == "value":
            continue  # what a button carries: nobody sees it, and it must come back as it was
        assert not ALIVE.search(text), text
        for letter in text.replace("\n", ""):  # line breaks of our own: see the next test
            assert unicodedata.category(letter) not in {"Cc", "Cs", "Co"}, hex(ord(letter))
            assert letter not in BIDI
        if name == "url":
            assert re.fullmatch(r"https?://[^\s<>|\"]+", text)
    assert "mrkdwn" not in {text for name, text in strings(message.blocks) if name == "type"}


def assert_taken(rendered: Rendered) -> None:
    """Slack takes every message, by the stand-in's reading of its rules and by slackblocks'."""
    for message in rendered.messages:
        assert limits.message_error(message.payload()) == "", list(limits.block_errors(message.blocks))
        assert len(message.blocks) <= 45
        assert limits.total(list(message.blocks)) <= CHARACTERS_MOST + 500
        assert 0 < len(message.text) <= TEXT_MOST
        check_with_slackblocks(message.blocks)


def said(rendered: Rendered) -> str:
    return json.dumps([message.blocks for message in rendered.messages], ensure_ascii=False)


@pytest.mark.parametrize("title", HOSTILE, ids=lambda title: repr(title[:24]))
def test_hostile_text_is_inert_wherever_it_stands(title: str) -> None:
    line = (Span(title), Span(title, f"https://example.org/?q={title[:90]}"), Span(title, title[:200]))
    document = Document(
        title,
        (
            Heading(title),
            Heading(title, level=3),
            Paragraph(line),
            Bullets((line, line)),
            Facts(((title, line),)),
            Table((title, title), ((title, title),)),
            Item(Span(title, "https://example.org"), (title,), title, title, line, title, "e1", line),
            Item(Span(title), menu=(Button(title, "why e1"), Button(title, title), Button(title, "why e2"))),
            Buttons((Button(title, "why e1"), Menu(title, (Button(title, "why e1"), Button(title, title))))),
            Feedback(Button(title, "useful e1"), Button(title, "useless e1")),
            Notice(title, "warning"),
            Image(b"png", title, title, Table((), ()), "F0123456789"),
            Image(b"png", title, title, Table((), ())),
        ),
        gist=title,
        more=(Notice(title),),
    )

    rendered = render(document)

    assert_taken(rendered)
    for message in rendered.messages:
        assert_inert(message)


@pytest.mark.parametrize("rest", ["!channel>", "@U123>", "00:", "thirteenwordish:x"])
def test_two_texts_do_not_become_alive_together(rest: str) -> None:
    document = Document("Two", (Paragraph((Span("<"), Span(rest))),))

    for message in render(document).messages:
        assert_inert(message)


def test_no_line_break_is_anybodys_but_ours() -> None:
    title = "two\nlines"
    item = Item(Span(title), (title,), title, title, plain(title), title)
    document = Document(title, (item, Paragraph(plain(title)), Heading(title)), title)

    told = [text for _, text in strings([message.payload() for message in render(document).messages])]

    assert not [text for text in told if title in text]
    assert "".join(told).count("two lines") == 10


hostile_text = (
    st.sampled_from([text for text in HOSTILE if len(text) < 4_000])
    | st.text(max_size=60)
    | st.sampled_from(["tungsten", "MoU signed"])
)
urls = st.sampled_from(
    ["", "https://example.org/a?b=c", "javascript:alert(1)", "https://example.org/" + "x" * 3000]
)
spans = st.builds(Span, hostile_text, urls, st.sampled_from(["plain", "strong", "soft", "code", "hit"]))
lines = st.lists(spans, max_size=6).map(tuple)
buttons = st.builds(Button, hostile_text, hostile_text, st.sampled_from(["run", "share", "more"]))
menus = st.builds(Menu, hostile_text, st.lists(buttons, max_size=4).map(tuple))
parts: st.SearchStrategy[Part] = st.one_of(
    st.builds(Heading, hostile_text, st.sampled_from([2, 3])),
    st.builds(Paragraph, lines),
    st.builds(
        Image,
        st.just(b"png"),
        hostile_text,
        hostile_text,
        st.just(Table((), ())),
        st.sampled_from(["", "F0123456789"]),
    ),
    st.builds(Bullets, st.lists(lines, max_size=12).map(tuple)),
    st.builds(Facts, st.lists(st.tuples(hostile_text, lines), max_size=12).map(tuple)),
    st.builds(
        Table,
        st.lists(hostile_text, max_size=25).map(tuple),
        st.lists(st.lists(hostile_text, max_size=4).map(tuple), max_size=8).map(tuple),
    ),
    st.builds(
        Item,
        st.builds(Span, hostile_text, urls),
        st.lists(hostile_text, max_size=20).map(tuple),
        hostile_text,
        hostile_text,
        lines,
        hostile_text,
        st.sampled_from(["", "e17"]),
        lines,
        st.lists(buttons, max_size=7).map(tuple),
    ),
    st.builds(Buttons, st.lists(buttons | menus, max_size=12).map(tuple)),
    st.builds(Feedback, buttons, buttons),
    st.builds(Notice, hostile_text, st.sampled_from(["info", "warning", "error"])),
    st.just(Divider()),
)
documents = st.builds(
    Document,
    hostile_text,
    st.lists(parts, max_size=14).map(tuple),
    hostile_text,
    st.lists(parts, max_size=4).map(tuple),
)


@settings(
    max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(documents)
def test_any_document_becomes_messages_that_slack_takes_and_that_do_nothing(document: Document) -> None:
    rendered = render(document)

    assert_taken(rendered)
    for message in rendered.messages:
        assert_inert(message)


def random_digest(chance: random.Random) -> Document:
    """A digest of up to 40 events, their texts ordinary, hostile and long by turns."""

    def some() -> str:
        return (
            chance.choice(HOSTILE)[:5_000] if chance.random() < 0.3 else "minerals " * chance.randrange(1, 60)
        )

    def one() -> Item:
        address = f"https://example.org/{chance.randrange(10**9)}" + "я" * chance.choice([0, 0, 40, 600])
        sources = tuple(Span(some(), address + str(n)) for n in range(chance.randrange(9)))
        return Item(Span(some(), address), ("UZ", some()), some(), some(), sources, "for review", "e17")

    parts: list[Part] = [Paragraph((Span(some(), style="strong"),))]
    for _ in range(chance.choice([0, 1, 2, 5, 12, 40])):
        parts += [Heading(some())] * (chance.random() < 0.1) + [one()]
    half = chance.randrange(len(parts) + 1)
    return Document(some(), tuple(parts[:half]), gist=some(), more=tuple(parts[half:]))


@pytest.mark.parametrize("seed", range(4))
def test_200_random_digests_are_taken(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(50):
        rendered = render(random_digest(chance))

        assert_taken(rendered)


@pytest.mark.parametrize("many", [1, 20, 40, 200])
def test_no_event_is_lost_however_many_there_are(many: int) -> None:
    items = tuple(
        Item(
            Span(f"Headline {n} of a day on which much was signed", f"https://example.org/{n}"),
            ("UZ", "tungsten"),
            "MoU · signed · UZ, US",
            "They agreed to work together on minerals. " * 6,
            (Span("gazeta.uz", f"https://example.org/{n}"), Span("reuters.com", f"https://example.com/{n}")),
            ref=f"e{n}",
            menu=(Button("Why?", f"why e{n}"), Button("Useful", f"useful e{n}")),
        )
        for n in range(many)
    )

    rendered = render(Document("A digest", items))

    assert_taken(rendered)
    assert all(f"Headline {n} of" in said(rendered) for n in range(many))
    assert all(f'"why e{n}"' in said(rendered) for n in range(many))


def test_headlines_of_3000_characters_leave_room_for_the_others() -> None:
    items = tuple(
        Item(Span(f"{n} " + "мрамор " * 430, "https://example.org/" + "я" * 300)) for n in range(40)
    )

    rendered = render(Document("t" * 3000, items))

    assert_taken(rendered)
    assert all(f'"{n} мрамор' in said(rendered) for n in range(40))


def test_a_heading_goes_where_what_it_heads_goes() -> None:
    parts: list[Part] = []
    for n in range(40):
        parts += [Heading(f"Section {n}"), Item(Span(f"Event {n}"), summary="told " * 80)]

    rendered = render(Document("A digest", tuple(parts)))

    for message in rendered.messages:
        assert message.blocks[-1]["type"] != "header"
        assert message.blocks[-2]["type"] != "header"


def test_one_table_a_message() -> None:
    table = Table(("week", "count"), tuple((f"week {n}", str(n)) for n in range(300)))

    rendered = render(Document("Trend", (table,)))

    assert_taken(rendered)
    assert len(rendered.messages) > 2
    assert all(f"week {n}" in said(rendered) for n in range(300))


def test_the_text_is_the_gist_and_else_what_the_blocks_say() -> None:
    told = Document("Status", (Facts((("Stories", plain("835")),)), Notice("Khovar unreadable", "warning")))

    assert render(Document("Status", gist="All is well & quiet")).main.text == "All is well &amp; quiet"
    assert render(told).main.text == "Status. Stories: 835. Warning: Khovar unreadable."


def test_buttons_carry_their_commands_and_their_kind() -> None:
    row = Buttons(
        (
            Button("Why?", "why e17"),
            Button("Next", "search x page:2", "more"),
            Button("Share", "why e17", "share"),
        )
    )

    [actions] = [block for block in render(Document("t", (row,))).main.blocks if block["type"] == "actions"]

    assert [(each["action_id"].partition(".")[0], each["value"]) for each in actions["elements"]] == [
        ("run", "why e17"),
        ("more", "search x page:2"),
        ("share", "why e17"),
    ]


def test_what_can_be_done_with_an_item_is_behind_three_dots_and_one_thing_is_a_button() -> None:
    several = (
        Button("Why?", "why e17"),
        Button("Useful", "useful e17"),
        Button("Useful again", "useful e17"),
    )

    [menu] = render(Document("t", (Item(Span("Deal"), menu=several),))).main.blocks[2:]
    [button] = render(Document("t", (Item(Span("Deal"), menu=several[:1]),))).main.blocks[2:]

    assert [each["value"] for each in menu["accessory"]["options"]] == ["why e17", "useful e17"]
    assert (button["accessory"]["type"], button["accessory"]["value"]) == ("button", "why e17")
    assert button["accessory"]["accessibility_label"] == "Why? Deal"


def test_thumbs_say_what_they_mean_to_one_who_hears() -> None:
    thumbs = Feedback(Button("Useful", "useful e17"), Button("Not useful", "useless e17"))

    [_, block] = render(Document("t", (thumbs,))).main.blocks

    [element] = block["elements"]
    assert (block["type"], element["type"]) == ("context_actions", "feedback_buttons")
    assert [
        (element[name]["accessibility_label"], element[name]["value"])
        for name in ("positive_button", "negative_button")
    ] == [("Useful", "useful e17"), ("Not useful", "useless e17")]


def test_a_channel_is_shown_as_one_and_what_is_no_id_as_it_was_written() -> None:
    lines = [
        Facts(((name, (Span(name, style="channel"),)),)) for name in ("C0123ABC", "#policy", "C01 <!here>")
    ]

    known, *others = (render(Document("t", (line,))) for line in lines)

    assert '{"type": "channel", "channel_id": "C0123ABC"}' in json.dumps(known.main.blocks)
    for each in others:
        assert '"channel"' not in json.dumps(each.main.blocks)
        assert_taken(each)


def test_the_source_that_the_headline_leads_to_is_not_linked_twice() -> None:
    item = Item(Span("Deal", "https://gazeta.uz/1"), sources=(Span("gazeta.uz", "https://gazeta.uz/1"),))

    links = [text for name, text in strings(render(Document("t", (item,))).main.blocks) if name == "url"]

    assert links == ["https://gazeta.uz/1"]


def test_the_blocks_that_are_printed_are_those_that_are_posted() -> None:
    rendered = render(Document("Status", (Paragraph(plain("fine")),)))

    assert json.loads(as_json(rendered)) == [json.loads(json.dumps(rendered.main.payload()))]


def test_a_line_that_is_too_heavy_keeps_its_words_and_loses_its_links() -> None:
    spans = tuple(Span(f"w{n} ", url=f"https://a.test/{'x' * 90}/{n}") for n in range(40))

    light, heavy = (
        json.dumps(render(Document("T", (Bullets((line,)),))).main.blocks) for line in (spans[:5], spans)
    )

    assert light.count("https://a.test/") == 5
    assert "https://a.test/" not in heavy
    assert all(f"w{n} " in heavy for n in range(39))
