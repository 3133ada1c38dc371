"""What outside text may and may not do once it is inert."""

import re
import unicodedata
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.inert import host_of, one_line, safe_url

JOINERS = "\u200c\u200d"

ANYTHING = st.text(st.characters(), max_size=200) | st.text(
    st.sampled_from(
        "aб \t\n\x1b[]31m\u202e\u200b\u0301\U0001f1fa\U0001f1ff\ud800\ufffe\u2028é<|>&*_`@"
        "\u200c\u200d👩\U0001f3fd\ufe0fیم्क"
    ),
    max_size=80,
)


@given(text=ANYTHING)
def test_nothing_that_acts_on_a_screen_survives(text: str) -> None:
    shown = one_line(text)

    assert not {unicodedata.category(c) for c in shown if c not in JOINERS} & {
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Zl",
        "Zp",
    }
    assert not re.search(r"(?:^|[ -~])[\u200c\u200d]|[\u200c\u200d](?:[ -~]|$)", shown)
    assert shown == shown.strip()
    assert "  " not in shown
    shown.encode()  # no half of a surrogate pair is left


@given(text=ANYTHING)
def test_once_is_enough(text: str) -> None:
    assert one_line(one_line(text)) == one_line(text)


@given(text=ANYTHING, most=st.integers(1, 60))
def test_a_cut_is_never_too_long_and_only_takes_from_the_end(text: str, most: int) -> None:
    whole, cut = one_line(text), one_line(text, most)

    assert len(cut) <= most
    assert cut == whole if len(whole) <= most else whole.startswith(cut.removesuffix("…"))


@given(
    words=st.lists(
        st.sampled_from(
            [
                "и\u0306",
                "e\u0301",
                "👍🏽",
                "🇺🇿",
                "👩🏽\u200d⚖\ufe0f",
                "👨\u200d👩\u200d👧",
                "क्\u200dष",
                "a",
            ]
        ),
        min_size=1,
        max_size=30,
    ),
    most=st.integers(1, 30),
)
def test_a_cut_leaves_every_letter_whole(words: list[str], most: int) -> None:
    kept = one_line("".join(words), most).removesuffix("…")

    for word in words:
        if not kept:
            break
        assert kept.startswith(word)
        kept = kept.removeprefix(word)


@pytest.mark.parametrize(
    ("given_text", "shown"),
    [
        ("\x1b]8;;https://evil.example\x07click\x1b]8;;\x07", "click"),
        ("\x1b]0;new title\x1b\\Uzbekistan", "Uzbekistan"),
        ("a \x1b] never closed", "a never closed"),
        ("price\u202e drawkcab \u202cnormal", "price drawkcab normal"),
        ("cri\u200btical\u00ad min\ufefferals", "critical minerals"),
        ("one\r\ntwo\u2028three\x85four\tfive", "one two three four five"),
        ("Z" + "\u0301" * 50, "Z" + "\u0301" * 4),
        ("Oʻzbekiston va AQSH", "Oʻzbekiston va AQSH"),
        ("👩🏽\u200d⚖\ufe0f 👨\u200d👩\u200d👧", "👩🏽\u200d⚖\ufe0f 👨\u200d👩\u200d👧"),
        ("قانون امضا می\u200cشود", "قانون امضا می\u200cشود"),
        ("☺" + "\u200d\ufe0f" * 50, "☺" + "\ufe0f" * 4),
        ("ti\u200dn a\u200c 👩\u200d\u200d👩 \u200d", "tin a 👩👩"),
        ("Қазақстан · Ўзбекистон · Ёлочка", "Қазақстан · Ўзбекистон · Ёлочка"),
    ],
)
def test_known_tricks_come_out_flat(given_text: str, shown: str) -> None:
    assert one_line(given_text) == shown


def test_a_cut_leaves_no_joiner_behind() -> None:
    word = "می\u200cشود"

    assert [one_line(word, most) for most in (2, 3, 4)] == ["م…", "می…", "می…"]


def test_a_cut_to_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        one_line("text", 0)


@given(
    url=st.builds("{}://{}".format, st.sampled_from(["http", "https", "ftp", "javascript"]), ANYTHING)
    | ANYTHING
)
def test_an_address_is_safe_or_it_is_nothing(url: str) -> None:
    safe = safe_url(url)

    assert safe_url(safe) == safe
    if safe:
        assert urlsplit(safe).scheme in {"http", "https"}
        assert safe.isascii()
        assert not set(safe) & set(" \"'<>|\\`{}^\n\t\x1b")
        assert host_of(safe)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/x",
        "https://",
        "https://bank.example@evil.example/",
        "https://[::1",
        "https://a.example:port/",
        "https://exa mple.org/",
    ],
)
def test_what_is_no_web_address_becomes_nothing(url: str) -> None:
    assert safe_url(url) == ""


def test_what_is_encoded_already_stays_as_it_is() -> None:
    url = "https://example.org/%D1%83%D1%80%D0%B0%D0%BD?a=1&b=%2F#part"

    assert safe_url(url) == url


def test_a_host_in_another_script_shows_what_it_is() -> None:
    assert host_of("https://аpple.example/") == "xn--pple-43d.example"
