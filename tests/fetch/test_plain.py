"""What markup says to a reader."""

from hypothesis import given
from hypothesis import strategies as st

from bot.fetch.plain import longest, plain

PIECES = [  # of ends without a beginning parsers make what they like, but for paragraphs
    "<p>", "</p>", "<br>", "<br/>", "<br />", "<b>", "</b>", "<P>", "<a href='/tin?a=1&b=2'>", "</a>",
    '<img src="tin.png" alt="a > b" />', "<table><tr><td>", "<p class = x data-tin>", "<figure>", "<hr>",
    "<div>tin</div>", "</span>", "<u", "<!-- tin -->", "<script>", "</script>", "<tin>", "<i a=b c>", "<b/>",
    "<li>", "<h2\n id=tin>", "tin", "олово", " ", "\n", "a > b", "a < b", "\ufffe", "\x00", '"', "<q>",
    "&amp;", "&lt;p&gt;", "&nbsp;", "&hellip;", "&#8217;", "&#146;", "&#x2019;", "&#39;", "&#55296;", "&tin;",
    "&notin", "&rsquor;", "& ", "&",
]  # fmt: skip
markups = st.lists(st.sampled_from(PIECES), max_size=20).map("".join)


@given(markups)
def test_tags_are_left_out_as_a_parser_leaves_them_out(markup: str) -> None:
    assert plain(markup, html=True) == plain(f"<!-- makes it a parser's matter -->{markup}", html=True)


@given(st.lists(st.tuples(markups, st.booleans()), max_size=4))
def test_the_longest_of_some_texts_is_the_longest_that_a_reader_sees(texts: list[tuple[str, bool]]) -> None:
    lengths = [len(plain(text, html=html)) for text, html in texts]

    assert len(longest(texts)) == max(lengths, default=0)
