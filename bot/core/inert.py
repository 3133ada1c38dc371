"""Outside text made inert: what a feed or a person wrote can be shown and do nothing.

Every surface calls these before its own escaping. What they take out is what
acts on the reader's screen wherever it is shown: control characters and
terminal escapes, characters that turn the direction of text round (UAX #9),
characters without width (but for the joiners that emoji, Persian and Indic
words are written with, where they join), line breaks, and marks piled so high that they cover
the lines above. What is left is one line that means what it looks like.
"""

import re
import unicodedata
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

_HIGHEST_PILE: Final = 4
"""Combining marks on one letter; no living script that we read needs more."""

_PILE: Final = _HIGHEST_PILE + 1

_ESCAPES: Final = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # CSI: colours, cursor (ECMA-48, 5.4)
    r"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # OSC and other strings: titles, links, clipboard
    r"|\x1b[ -/]*[0-~]?"
)
_SPACES: Final = re.compile(" {2,}")
_LONE_PERCENT: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?|\[[0-9a-f:.]+\]")

# Kept as they are in an address: what RFC 3986 allows, less the quote (it ends attributes)
# and less the bar and brackets (they end links in some surfaces).
_IN_ADDRESS: Final = "/?:@!$&()*+,;=-._~%"

_INVISIBLE: Final = frozenset({0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0})
"""Letters and marks by class, and yet nothing to see: a favourite of those who hide text."""

_NON_JOINER, _JOINER = "\u200c", "\u200d"
_JOINERS: Final = re.compile(f"[{_NON_JOINER}{_JOINER}]")
_AS_PICTURE: Final = "\ufe0f"  # shows the sign before it as an emoji
_VIRAMA: Final = 9
"""The combining class of the sign that takes a letter's vowel away."""

_NONCHARACTERS: Final = frozenset(range(0xFDD0, 0xFDF0)) | {
    plane << 16 | end for plane in range(17) for end in (0xFFFE, 0xFFFF)
}
"""Code points that no text may hold (Unicode, 23.7); XML and some terminals refuse them."""


class _Table(dict[int, str | None]):
    """For `str.translate`: what becomes of a character, worked out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = fate = self._fate(code)
        return fate

    @staticmethod
    def _fate(code: int) -> str | None:
        if _JOINERS.match(chr(code)):
            return chr(code)  # it hangs on what stands around it
        kind = unicodedata.category(chr(code))
        if kind in {"Zs", "Zl", "Zp"} or code in {0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x85}:
            return " "
        if kind in {"Cc", "Cf", "Cs", "Co"} or code in _INVISIBLE or code in _NONCHARACTERS:
            return None
        return chr(code)


_TABLE: Final = _Table()


def one_line(text: str, most: int | None = None) -> str:
    """Give `text` as one line with nothing alive in it, at most `most` characters long.

    What is too long ends in an ellipsis, at the end of a word where one is
    near, and never between a letter and its marks.
    Raises ValueError when `most` is not positive.

    >>> one_line("Copper\\x1b[31m\\nprices\\u202e up")
    'Copper prices up'
    >>> one_line("A memorandum on critical minerals", 20)
    'A memorandum on…'
    """
    if "\x1b" in text:
        text = _ESCAPES.sub("", text)
    text = text.translate(_TABLE) if text.isascii() else _beyond_ascii(text)
    text = _SPACES.sub(" ", text).strip(" ")
    return text if most is None else _cut(text, most)


def safe_url(url: str) -> str:
    """Give a web address with everything odd in it encoded, or "" for what is no http(s) address.

    Refused too: an address with a name before its host (`https://bank@elsewhere/`
    shows one host and opens another) and a host that cannot be one.
    Giving it twice changes nothing.

    >>> safe_url("https://example.org/a b?q=\\"x\\"")
    'https://example.org/a%20b?q=%22x%22'
    >>> safe_url("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return ""
    host = _ascii_host(parts.hostname or "")
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return ""
    address = host if port is None else f"{host}:{port}"
    return urlunsplit(
        (parts.scheme, address, _encode(parts.path), _encode(parts.query), _encode(parts.fragment))
    )


def host_of(url: str) -> str:
    """The host that a safe address leads to, as a reader should see it; "" for an unsafe one.

    >>> host_of("https://www.example.org/news/1")
    'example.org'
    """
    safe = safe_url(url)
    return (urlsplit(safe).hostname or "").removeprefix("www.") if safe else ""


def host_beside(text: str, url: str) -> str:
    """The host to show beside a link: what its text calls itself is no proof of where it leads.

    "" when the text names the host already, or the address is not safe.

    >>> host_beside("Read more", "https://example.org/1"), host_beside("example.org (agency)", "https://example.org/")
    ('example.org', '')
    """
    host = host_of(url)
    return "" if host in re.split(r"[\s()]+", text.casefold()) else host


def _ascii_host(host: str) -> str:
    """The host in ASCII: a name in another script shows as what it is, not as what it resembles."""
    if ":" in host and not host.startswith("["):
        host = f"[{host}]"
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError:
            return ""
    host = host.lower()
    return host if _HOST.fullmatch(host) else ""


def _encode(part: str) -> str:
    """Percent-encode what RFC 3986 does not allow; what is encoded already stays."""
    return quote(_LONE_PERCENT.sub("%25", part), safe=_IN_ADDRESS, errors="replace")


def _is_mark(character: str) -> bool:
    """Whether the character sits on the one before it: a mark, a variation or a skin tone."""
    return unicodedata.category(character) in {"Mn", "Me", "Mc"} or _is_tone(character)


def _beyond_ascii(text: str) -> str:
    """A text has far more characters than different ones: each of these is looked at once."""
    different = set(text)
    if any(_TABLE[ord(one)] != one for one in different):
        text = text.translate(_TABLE)
    joined = not different.isdisjoint({_NON_JOINER, _JOINER})
    if joined:
        text = _JOINERS.sub(_joins, text)
    if not any(map(_is_mark, different)):
        return text
    text = _lower_piles(text)
    return _JOINERS.sub(_joins, text) if joined else text


def _joins(found: re.Match[str]) -> str:
    """A joiner where it joins, as RFC 5892 (A.1, A.2) and emoji (UTS #51) have it; elsewhere nothing."""
    text, at = found.string, found.start()
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or not after:
        return ""
    if unicodedata.combining(before) == _VIRAMA and unicodedata.category(after) == "Lo":
        return found[0]
    if found[0] == _NON_JOINER:
        return found[0] if _is_arabic(before) and _is_arabic(after) else ""
    pictured = _is_picture(before) or _is_tone(before) or before == _AS_PICTURE
    return found[0] if pictured and _is_picture(after) else ""


def _is_arabic(character: str) -> bool:
    """Whether it is a letter that joins its neighbours, as those of Persian and Uyghur."""
    return unicodedata.bidirectional(character) == "AL"


def _is_picture(character: str) -> bool:
    """Whether it is an emoji by itself, among other signs."""
    return character == "\u2194" or unicodedata.category(character) == "So"


def _is_tone(character: str) -> bool:
    """Whether it gives the emoji before it a tone of skin."""
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _lower_piles(text: str) -> str:
    kept: list[str] = []
    marks = 0
    for character in text:
        marks = min(marks + 1, _PILE) if not character.isascii() and _is_mark(character) else 0
        if marks < _PILE:
            kept.append(character)
    return "".join(kept)


def _cut(text: str, most: int) -> str:
    if most < 1:
        raise ValueError(f"most must be positive: {most}")
    if len(text) <= most:
        return text
    end = most - 1  # one place is the ellipsis's
    while end and (_hangs(text, end) or _splits_flag(text, end)):
        end -= 1
    space = text.rfind(" ", max(0, end - 24), end + 1)
    if space > end // 2:
        end = space
    return text[:end].rstrip(" ,;:-–—") + "…"


def _hangs(text: str, at: int) -> bool:
    """Whether what stands there sits on what is before it, or is joined to it."""
    return _is_mark(text[at]) or text[at] == _JOINER or bool(_JOINERS.match(text[at - 1]))


def _splits_flag(text: str, end: int) -> bool:
    """Whether a cut before `end` parts the two letters of a flag."""
    letters = 0
    while letters < end and "\U0001f1e6" <= text[end - 1 - letters] <= "\U0001f1ff":
        letters += 1
    return letters % 2 == 1 and "\U0001f1e6" <= text[end] <= "\U0001f1ff"
