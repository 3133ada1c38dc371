"""Text made fit for logs and messages: secrets taken out, and nothing in it that acts on a screen.

Two nets: values that are known to be secret (the configured ones), and shapes
that give a secret away wherever it came from (a token in an error's text, a
password in an address). Each pattern is linear: no text can make it slow.
"""

import re
from collections.abc import Iterable
from typing import Final

HIDDEN: Final = "[hidden]"
"""What stands where a secret stood."""

SHORTEST: Final = 6
"""A known secret shorter than this is not looked for: it would blank out ordinary words."""

_SHAPES: Final = (
    # Slack's tokens of every kind: bot, user, app-level, refresh, rotated.
    (re.compile(r"\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[A-Za-z0-9-]+"), HIDDEN),
    # Incoming webhooks and response_urls are keys too: whoever has one may post.
    (re.compile(r"(?<=//hooks\.slack\.com/)[\w/.-]+"), HIDDEN),
    # The password of an address: scheme://user:password@host; a name alone is left.
    (re.compile(r"(?<=://)([^/\s:@?#'\"]{0,200}):[^/\s@?#'\"]{1,200}@"), rf"\1:{HIDDEN}@"),
    (re.compile(r"(?i)\b(bearer|basic)[ ]+[A-Za-z0-9._~+/=-]{8,}"), rf"\1 {HIDDEN}"),
    (
        re.compile(
            r"(?i)\b(password|passwd|pwd|token|secret|api[_-]?key|access[_-]?key|sig|signature)=[^&\s'\"]{1,500}"
        ),
        rf"\1={HIDDEN}",
    ),
)


def redact(text: str, known: Iterable[str] = ()) -> str:
    """Give `text` with every secret in it hidden: the `known` ones, and whatever has a secret's shape.

    >>> redact("sent with xoxb-12-ab to postgresql://bot:pass@db/news")
    'sent with [hidden] to postgresql://bot:[hidden]@db/news'
    >>> redact("the word is opensesame", ["opensesame"])
    'the word is [hidden]'
    """
    for secret in known:
        if len(secret) >= SHORTEST:
            text = text.replace(secret, HIDDEN)
    for shape, instead in _SHAPES:
        text = shape.sub(instead, text)
    return text


def escaped(text: str) -> str:
    """Write what a terminal would act on, or show as nothing, as its number: one line stays one line.

    >>> escaped("Tin\\nERROR root")
    'Tin\\\\u000aERROR root'
    """
    if text.isprintable():
        return text
    return "".join(character if character.isprintable() else _number(ord(character)) for character in text)


def _number(code: int) -> str:
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
