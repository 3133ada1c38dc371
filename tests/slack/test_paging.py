"""A long document in several messages: what is seen first, and where the rest is."""

import json
from dataclasses import replace

import pytest

from bot.core.documents import Divider, Document, Heading, Item, Notice, Paragraph, Part, Span, plain
from bot.surfaces.slack.elements import Block
from bot.surfaces.slack.render import Rendered, render

SUMMARY = "They agreed to work together on minerals, and said when and how. " * 6
FEEDS = "43 of 44 feeds read."


def item(rank: int) -> Item:
    return Item(Span(f"Event {rank}.", f"https://example.org/{rank}"), summary=SUMMARY, rank=rank)


def digest(*sections: tuple[str, tuple[int, ...]]) -> Document:
    """Events by their ranks under countries, all of one tier, and the health of the feeds below them."""
    parts: list[Part] = [Paragraph(plain("The lead")), Heading("Core")]
    for country, ranks in sections:
        parts += [Heading(country, level=3), *map(item, ranks)]
    return Document("Desk", (*parts, Divider(), Notice(FEEDS)))


def outline(blocks: tuple[Block, ...]) -> list[str]:
    """The headings and events of a message, in order."""
    told = []
    for block in blocks:
        first = (block.get("elements") or [{}])[0].get("elements", [{}])[0]
        if block["type"] == "header":
            told.append(block["text"]["text"])
        elif block["type"] == "rich_text" and first.get("style", {}).get("bold"):
            told.append(first["text"])
    return told


def events(rendered: Rendered) -> list[list[int]]:
    """The ranks of the events in each message."""
    lines = [outline(message.blocks) for message in rendered.messages]
    return [[int(line[6:-1]) for line in each if line.startswith("Event ")] for each in lines]


def test_the_weightiest_are_seen_first_whatever_their_country() -> None:
    told = digest(("Kazakhstan", (0, *range(20, 40))), ("Uzbekistan", (1, 2)), ("Kyrgyzstan", (3, 19)))

    first, *rest = events(render(told))

    assert set(first) == set(range(4)) | set(range(19, 19 + len(first) - 4))
    assert first[0] == 0
    assert first[-4:] == [1, 2, 3, 19]
    assert sorted([*first, *(rank for page in rest for rank in page)]) == sorted({*range(4), *range(19, 40)})


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "{} more events in the thread."),
        ("ru", "В ветке ещё {} событ"),
        ("xx", "{} more events in the"),
    ],
)
def test_the_first_message_says_how_many_more_there_are_and_what_could_not_be_read(
    language: str, said: str
) -> None:
    rendered = render(replace(digest(("Kazakhstan", tuple(range(30)))), language=language))

    shown = json.dumps(rendered.main.blocks, ensure_ascii=False)
    assert said.format(30 - len(events(rendered)[0])) in shown
    assert FEEDS in shown


def test_a_document_without_events_says_where_the_rest_of_it_is() -> None:
    rendered = render(Document("Long", tuple(Notice("told " * 300, "warning") for _ in range(20))))

    assert "The rest is in the thread." in json.dumps(rendered.main.blocks)


def test_what_goes_on_in_the_next_message_stands_under_its_headings_again() -> None:
    rendered = render(digest(("Kazakhstan", tuple(range(40))), ("Uzbekistan", (40,))))

    told = [outline(message.blocks) for message in rendered.messages]
    assert told[0][:3] == ["Desk", "Core", "Kazakhstan"]
    assert all(each[:2] == ["Core", "Kazakhstan"] for each in told[1:])
    assert told[-1][-2:] == ["Uzbekistan", "Event 40."]
    assert sum(each.count("Uzbekistan") for each in told) == 1


def test_what_stands_below_the_line_is_under_no_heading() -> None:
    rendered = render(digest(("Kazakhstan", tuple(range(20))), ("Uzbekistan", (20,))))

    assert "Uzbekistan" not in outline(rendered.main.blocks)
    assert "Uzbekistan" in outline(rendered.thread[-1].blocks)


def test_a_heading_that_heads_nothing_is_shown_all_the_same() -> None:
    parts = (
        Heading("A"),
        Heading("B", level=3),
        Heading("C"),
        Heading("D"),
        Paragraph(plain("told")),
        Heading("E"),
    )

    assert outline(render(Document("Desk", parts)).main.blocks) == ["Desk", "A", "B", "C", "D", "E"]


def test_two_headings_that_say_the_same_are_two() -> None:
    told = (Heading("KZ"), Paragraph(plain("one")), Heading("KZ"), Paragraph(plain("two")))

    assert outline(render(Document("Desk", told)).main.blocks) == ["Desk", "KZ", "KZ"]


def test_the_blank_before_code_stands_outside_of_its_frame() -> None:
    line = Paragraph((Span("Deal", "https://example.org/1"), Span(" e17", style="code")))

    [block] = render(Document("Desk", (line,))).main.blocks[1:]

    [section] = block["elements"]
    assert [element["text"] for element in section["elements"]] == ["Deal", " ", "e17"]
    assert [element.get("style") for element in section["elements"]] == [None, None, {"code": True}]


def test_the_headings_of_a_section_take_up_room_once() -> None:
    items = tuple(Item(Span(f"Event {n}."), rank=n) for n in range(30))

    rendered = render(Document("Desk", (Heading("Core"), Heading("Kazakhstan", level=3), *items)))

    assert events(rendered) == [[*range(30)]]
