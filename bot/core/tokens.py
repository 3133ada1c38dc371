"""Text as the search index holds it: one list of tokens, the same for both databases.

Neither database cuts the text itself. SQLite's own tokenizer and PostgreSQL's parser
disagree about hyphens, addresses, apostrophes and letters; here Python cuts, and each
database is given tokens that it cannot cut further. Labels are tokens too ("mineral=gold"),
so that a query of words and labels is one question to one index.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from bot.core.text import fold
from bot.core.words import FIVE

MOST: Final = 16_000
"""Tokens kept of a story: PostgreSQL counts positions to 16,383."""
LONGEST: Final = 64  # characters of a token; what is longer is no word

EVERY: Final = "all=1"
"""A token that every story has: "not X" alone needs something to take X away from."""
FLAGGED: Final = "flagged=1"
"""The token of every story whose tier is shown to people."""
EDGE: Final = "="
"""Stands between title, text and labels, so that no phrase reaches across."""

Expand = Callable[[str], Iterable[tuple[str, str]]]
"""The labels (kind, value) that a word or phrase means besides itself, from the packs."""

# A letter or digit run, with apostrophes inside; a sign of a script without spaces stands alone.
_SIGN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN: Final = re.compile(rf"[{_SIGN}]|[^\W_{_SIGN}]+(?:'[^\W_{_SIGN}]+)*")
_SIGNED: Final = re.compile(f"[{_SIGN}]")
# An apostrophe within a word, or an English 's that ends one. Begins with the mark itself, and looks back.
_INNER: Final = re.compile(r"'(?<=[^\W_].)(?:s(?![^\W_]|'[^\W_])|(?=[^\W_]))")
_MARK: Final = re.compile(r"[^\w\s]")
_MOST_MARKS: Final = 40  # of different kinds that parted the words of a text, but for mischief
_ASCII_WORDS: Final = bytes(code if chr(code).isalnum() and code < 128 else 0x20 for code in range(256))
_NOT_LABEL: Final = re.compile(r"[\W_]+")


def words(text: str) -> list[str]:
    """The tokens of a text: folded, an English 's cut off, apostrophes within left out.

    >>> words("Kazakhstan's W-Mo ore: O‘zbekiston, Ёлка, 稀土")
    ['kazakhstan', 'w', 'mo', 'ore', 'ozbekiston', 'елка', '稀', '土']
    """
    found = _cut(fold(text).text)
    return [token[:LONGEST] for token in found] if max(map(len, found), default=0) > LONGEST else found


def _cut(folded: str) -> list[str]:
    """What `_TOKEN` finds, without apostrophes. It is asked only where there is no quicker way."""
    ascii_only = folded.isascii()
    marks = set() if ascii_only else set(_MARK.findall(folded))
    if not ascii_only and (len(marks) > _MOST_MARKS or _SIGNED.search(folded)):
        return [
            token.removesuffix("'s").replace("'", "") if "'" in token else token
            for token in _TOKEN.findall(folded)
        ]
    if "'" in folded:
        folded = _INNER.sub("", folded)
    if ascii_only:
        return folded.encode("ascii").translate(_ASCII_WORDS).decode("ascii").split()
    for mark in (*marks, "_"):
        folded = folded.replace(mark, " ")
    return folded.split()


@lru_cache(maxsize=4096)  # the same few are on most stories
def label(kind: str, value: str) -> str:
    """A label as a token.

    >>> label("mineral", "rare earths"), label("source", "gov.kz")
    ('mineral=rare_earths', 'source=gov_kz')
    """
    return f"{kind}={_NOT_LABEL.sub('_', fold(value).text)[:200]}"


def hosts(host: str) -> list[str]:
    """A host and the domains it is in, down to two labels: a search for gov.kz finds its ministries.

    >>> hosts("eng.gov.kz")
    ['eng.gov.kz', 'gov.kz']
    """
    parts = host.casefold().removeprefix("www.").split(".")
    return [".".join(parts[at:]) for at in range(max(len(parts) - 1, 1))] if host else []


def document(title: str, text: str, labels: Iterable[str]) -> list[str]:
    """All tokens of a story, in the order in which they are indexed."""
    own = [EVERY, *dict.fromkeys(labels)]
    return [*own, EDGE, *words(title)[:1000], EDGE, *words(text)][:MOST]


def index_text(
    title: str, text: str, *, source: str, lang: str, tier: str, labels: Iterable[tuple[str, str]]
) -> str:
    """What is indexed of a story with these labels (kind, value): its tokens, parted by spaces.

    It is the one column of the FTS5 table.
    """
    own = [label("source", host) for host in hosts(source)]
    own += [label("lang", lang), label("tier", tier)]
    # Of the five only what a story is about; elsewhere what it names.
    placed = ((kind, value) for kind, value in labels if kind != "place" or value not in FIVE)
    own += sorted(label("country" if kind == "place" else kind, value) for kind, value in placed)
    if tier != "none":
        own.append(FLAGGED)
    return " ".join(document(title, text, own))


def for_postgresql(tokens: str) -> str:
    """The same as the text of a tsvector, with the positions that tokens stand at."""
    places: dict[str, list[str]] = {}
    for place, token in enumerate(tokens.split(" "), 1):
        places.setdefault(token, []).append(str(place))
    return " ".join(f"'{token}':{','.join(at[:255])}" for token, at in places.items())


def fingerprint() -> str:
    """Changes whenever any letter is folded or cut in another way, so that the index can be made anew."""
    letters = " ".join(f"a{chr(code)}b'{chr(code)}s" for code in range(0x20, 0x2100))
    return "2:" + hashlib.blake2b(" ".join(words(letters)).encode(), digest_size=8).hexdigest()
