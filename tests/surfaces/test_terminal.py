"""The terminal: colour where there is one, plain lines elsewhere, and nothing of others alive."""

import io
import re
import unicodedata

from hypothesis import given, settings
from rich.console import Console

from bot.core.documents import Document, Heading, Item, Paragraph, Span
from bot.surfaces.terminal import as_text, show
from tests.surfaces.documents import HOSTILE, ONE_OF_EACH, documents

OUR_ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b\x07]*\x1b\\")


def shown(document: Document, *, width: int = 90) -> str:
    console = Console(
        file=io.StringIO(), force_terminal=True, width=width, color_system="truecolor", legacy_windows=False
    )
    show(document, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def assert_inert(told: str) -> None:
    alive = {c for c in told.replace("\n", "") if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert not alive


@settings(max_examples=60)
@given(document=documents)
def test_whatever_is_in_a_document_only_our_own_colours_and_links_are_sent(document: Document) -> None:
    assert_inert(OUR_ESCAPES.sub("", shown(document)))


@given(document=documents)
def test_plain_lines_hold_nothing_but_text(document: Document) -> None:
    assert_inert(as_text(document))


def test_links_open_http_addresses_only() -> None:
    for url in ("javascript:alert(1)", "file:///etc/passwd", "https://good.example/\x1b\\x"):
        told = shown(Document(title="t", parts=(Paragraph((Span("x", url),)),)))
        assert all(
            target == "" or target.startswith("https://good.example/")
            for target in re.findall(r"\x1b\]8;[^;]*;(.*?)\x1b\\", told)
        )


def test_markup_of_the_library_is_text_like_any_other() -> None:
    told = OUR_ESCAPES.sub("", shown(Document(title="[red]x[/red] :smile:", parts=(Heading("[/]"),))))

    assert "[red]x[/red] :smile:" in told
    assert "[/]" in told


def test_colour_and_plain_lines_say_the_same() -> None:
    coloured, plain = OUR_ESCAPES.sub("", shown(ONE_OF_EACH)), as_text(ONE_OF_EACH)

    for word in (
        "Morning digest",
        "The lead and an aside",
        "MoU · signed",
        "3 sources",
        "Khovar",
        "why e17",
        "mute source:gazeta.uz",
        "useless e17",
        "e17",
    ):
        assert word in coloured
        assert word in plain


def test_a_link_shows_where_it_leads_unless_its_text_does() -> None:
    told = OUR_ESCAPES.sub("", shown(ONE_OF_EACH))

    assert "Read more (elsewhere.example)" in told
    assert "courier.example (agency)" in told
    assert "courier.example (agency) (courier.example)" not in told


def test_what_is_no_terminal_gets_plain_lines() -> None:
    console = Console(file=io.StringIO())
    show(ONE_OF_EACH, console)

    assert isinstance(console.file, io.StringIO)
    assert console.file.getvalue() == as_text(ONE_OF_EACH)


def test_a_narrow_window_loses_no_word() -> None:
    item = Item(headline=Span("Ratification " * 6), summary="Меморандум " * 9, ref="e123")
    told = OUR_ESCAPES.sub("", shown(Document(title="t", parts=(item,)), width=32))

    assert told.count("Ratification") == 6
    assert told.count("Меморандум") == 9


def test_each_hostile_text_comes_out_as_one_line() -> None:
    for text in HOSTILE:
        assert len(as_text(Document(title=text)).splitlines()) <= 2
