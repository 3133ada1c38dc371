"""Documents made of anything, and some made of what attackers write."""

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
)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><svg onload=alert(1)>",
    "'onmouseover='alert(1)",
    "[bold red]not markup[/bold red] [link=https://evil.example]x[/link]",
    ":smile: [/] [@click=app.bell]x[/]",
    "\x1b[31mred\x1b[0m \x1b]8;;https://evil.example\x07x\x1b]8;;\x07",
    "\x1b]0;owned\x07\x9b31mred",
    "\u202egnp.exe\u202c \u2066x\u2069",
    "zero\u200bwidth\ufeff\u00ad",
    "line\r\none\u2028two\x85three\x0bfour",
    "&lt;b&gt; &amp; &#60;i&#62;",
    "javascript:alert(1)",
    "\ud800 half \ufffe",
    "",
    " ",
    "Z\u0301\u0301\u0301\u0301\u0301\u0301\u0301",
    "слово " * 700,
)

words = st.text(max_size=60) | st.sampled_from(HOSTILE)
urls = st.sampled_from(
    [
        "",
        "https://example.org/a?b=1&c=2",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        'https://example.org/"><script>alert(1)</script>',
        "https://bank.example@evil.example/",
        "https://evil.example/\x1b]8;;\x07",
        "HTTPS://EXAMPLE.ORG/x y",
        "vbscript:x",
        "//example.org/x",
    ]
)
spans = st.builds(Span, words, urls, st.sampled_from(["plain", "strong", "soft", "code", "hit"]))
lines = st.lists(spans, max_size=3).map(tuple)
tables = st.integers(1, 3).flatmap(
    lambda width: st.builds(
        Table,
        st.tuples(*[words] * width),
        st.lists(st.tuples(*[words] * width), max_size=3).map(tuple),
    )
)
buttons = st.builds(Button, words, words)
menus = st.builds(Menu, words, st.lists(buttons, max_size=2).map(tuple))
parts: st.SearchStrategy[Part] = st.one_of(
    st.builds(Image, st.binary(max_size=9), words, words, tables, st.sampled_from(["", "F0123456789"])),
    st.builds(Heading, words, st.sampled_from([2, 3])),
    st.builds(Paragraph, lines),
    st.builds(Bullets, st.lists(lines, max_size=3).map(tuple)),
    st.builds(Facts, st.lists(st.tuples(words, lines), max_size=3).map(tuple)),
    tables,
    st.builds(
        Item,
        headline=spans,
        tags=st.lists(words, max_size=3).map(tuple),
        done=words,
        summary=words,
        sources=st.lists(spans, max_size=3).map(tuple),
        note=words,
        ref=words | st.just("e17"),
        snippet=lines,
    ),
    st.builds(Buttons, st.lists(buttons | menus, max_size=2).map(tuple)),
    st.builds(Feedback, buttons, buttons),
    st.builds(Notice, words, st.sampled_from(["info", "warning", "error"])),
    st.just(Divider()),
)
documents = st.builds(
    Document,
    title=words,
    parts=st.lists(parts, max_size=5).map(tuple),
    gist=words,
    more=st.lists(parts, max_size=2).map(tuple),
)

EVENT = Item(
    headline=Span("Uzbekistan and the United States sign memorandum", "https://courier.example/en/1"),
    tags=("UZ", "rare earths"),
    done="MoU · signed · US, UZ",
    summary="Signed in Washington.",
    sources=(Span("courier.example (agency)", "https://courier.example/en/1"), Span("2 more")),
    note="3 sources",
    ref="e17",
)
ONE_OF_EACH = Document(
    title="Morning digest: Fri 6 Feb 2026",
    gist="1 event",
    parts=(
        Paragraph((Span("The lead", style="strong"), Span(" and an aside", style="soft"))),
        Heading("Central Asia and critical minerals"),
        Heading("Uzbekistan", level=3),
        EVENT,
        Bullets(((Span("search", style="code"), Span(" finds events")),)),
        Facts((("version", (Span("1.0"),)),)),
        Table(("feed", "state"), (("Khovar", "fails"),)),
        Buttons((Button("Why", "why e17"), Menu("Mute", (Button("gazeta.uz", "mute source:gazeta.uz"),)))),
        Feedback(Button("Useful", "useful e17"), Button("Not useful", "useless e17")),
        Notice("1 of 2 feeds read", kind="warning"),
    ),
    more=(Divider(), Paragraph((Span("Read more", "https://elsewhere.example/x"),))),
)
