"""What markup says to a reader."""

from hypothesis import given
from hypothesis import strategies as st

from bot.fetch.plain import plain

PIECES = [
    "<p>",
    "</p>",
    "<br>",
    "<br/>",
    "<br />",
    "tin",
    "олово",
    " ",
    "\n",
    "a > b",
    "\ufffe",
    "\x00",
    "&amp;",
    "<b>",
]


@given(st.lists(st.sampled_from(PIECES), max_size=20).map("".join))
def test_paragraphs_alone_are_read_as_a_parser_reads_them(markup: str) -> None:
    assert plain(markup, html=True) == plain(f"{markup}<i></i>", html=True)
