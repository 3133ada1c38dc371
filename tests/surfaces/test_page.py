"""The page: it parses, holds no live markup of others, and says what the document says."""

import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given

from bot.core.documents import Document, Heading, Item, Span
from bot.core.inert import one_line
from bot.surfaces.html import page
from tests.surfaces.documents import HOSTILE, ONE_OF_EACH, documents

VOID = {"meta", "hr", "img"}
ALLOWED = re.compile(
    "html|head|meta|title|style|body|header|main|footer|h[1-4]|p|a|ul|li|dl|dt|dd|div"
    "|table|thead|tbody|tr|th|td|article|span|strong|code|mark|hr|figure|figcaption|img"
)
ATTRIBUTES = re.compile("lang|charset|name|content|http-equiv|class|id|dir|href|rel|role|scope|src|alt")


class Reading(HTMLParser):
    """What a browser would find: tags balanced, attributes, visible text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text.append(data)

    def headings(self) -> list[int]:
        return [int(tag[1]) for tag, _ in self.tags if re.fullmatch("h[1-6]", tag)]


@given(document=documents)
def test_whatever_is_in_a_document_only_our_own_markup_is_alive(document: Document) -> None:
    read = Reading(page(document, footer=document.title))

    assert read.open == []
    assert all(ALLOWED.fullmatch(tag) for tag, _ in read.tags)
    assert all(ATTRIBUTES.fullmatch(name) for _, attributes in read.tags for name in attributes)
    for _, attributes in read.tags:
        href = attributes.get("href")
        assert href is None or href.startswith(("http://", "https://"))
        assert re.fullmatch(
            r"data:image/png;base64,[A-Za-z0-9+/=]*", attributes.get("src") or "data:image/png;base64,"
        )


@given(document=documents)
def test_headings_never_skip_a_level(document: Document) -> None:
    levels = Reading(page(document)).headings()

    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("text", HOSTILE)
def test_each_hostile_text_is_shown_and_not_run(text: str) -> None:
    html = page(Document(title="t", parts=(Heading(text), Item(headline=Span(text, url=text), ref=text))))

    read = Reading(html)
    assert not {tag for tag, _ in read.tags} & {"script", "img", "svg", "a", "b"}
    assert one_line(text, 300) in "".join(read.text)


def test_the_page_asks_for_nothing_and_allows_only_its_own_style() -> None:
    html = page(ONE_OF_EACH)
    style = html.partition("<style>")[2].partition("</style>")[0]
    wanted = b64encode(sha256(style.encode()).digest()).decode()

    assert f"default-src 'none'; style-src 'sha256-{wanted}'" in html
    assert not re.search(r"url\(|@import|<link|src=", html)


def test_the_page_says_what_the_document_says() -> None:
    told = " ".join("".join(Reading(page(ONE_OF_EACH, footer="written today")).text).split())

    for word in (
        "Morning digest",
        "The lead and an aside",
        "MoU · signed",
        "3 sources",
        "Khovar",
        "why e17",
        "written today",
    ):
        assert word in told
    assert "Read more (elsewhere.example)" in told


def test_an_event_can_be_linked_to() -> None:
    assert '<article id="e17">' in page(ONE_OF_EACH)


@pytest.mark.parametrize("ref", ["", "17", "e 17", "e17 onclick"])
def test_what_is_no_name_is_no_anchor(ref: str) -> None:
    html = page(Document(title="t", parts=(Item(headline=Span("One"), ref=ref),)))

    assert "<article>" in html
    assert "<article id" not in html
