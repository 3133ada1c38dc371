"""Which letters the bytes of a feed are, where what it says of them cannot be true.

feedparser believes what is declared, and takes a document in which one letter of
thousands was cut in half for Windows' Western letters as a whole. Three things can be
known better: bytes that make sense as UTF-8 are UTF-8, whatever is declared (.NET writes
"utf-16" over them); a document of UTF-8 with some broken letters is one too; and Cyrillic
of one byte a letter, declared as something Western or not at all, shows by how often its
letters come.
"""

import re
from codecs import getincrementaldecoder
from typing import Final

_SAMPLE: Final = 200_000  # bytes that are looked at for what tells an encoding
_PIECE: Final = 1 << 20
_FEW: Final = 8  # letters beyond ASCII; fewer may make sense by chance
_MANY_BROKEN: Final = 0.5  # for each letter that is whole; other encodings are hardly ever UTF-8 by chance
_LIKELY: Final = 0.4  # of the letters; so many are of the ten commonest in any language that is meant

_CHARSET: Final = re.compile(r"charset\s*=\s*[\"']?([^\s;\"']+)", re.IGNORECASE)
_DECLARATION: Final = re.compile(rb"\s*<\?xml[^>]{0,500}?\?>")
_DECLARED: Final = re.compile(rb"encoding\s*=\s*[\"']([^\"']+)", re.IGNORECASE)
_BOM: Final = b"\xef\xbb\xbf"
_WORDS: Final = re.compile(rb"[\x80-\xff]{3,}")  # of Western texts every other letter is ASCII
_COMMONEST: Final = frozenset("оеаинтсрлы")
_CYRILLIC: Final = ("windows-1251", "koi8-r", "iso-8859-5", "cp866")
# Where markup is of ASCII, it is none of these.
_WIDE: Final = re.compile(r"(?:csu|utf|ucs|u)[-_]?(?:16|32|2|4)\w*|iso-10646.*")
_MARKS: Final = {b"\xff\xfe", b"\xfe\xff"}
# Of two bytes a letter, by what a document begins with.
_TWO_BYTES: Final = {b"<\0": "utf-16-le", b"{\0": "utf-16-le", b"\0<": "utf-16-be", b"\0{": "utf-16-be"}
_EMPTY: Final = {  # what is declared without a thought
    "", "utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252",
}  # fmt: skip


def settled(body: bytes, content_type: str) -> tuple[bytes, str]:
    """The document in UTF-8 and declared so, where its declaration is wrong; else both as they are.

    `body` must be made of ASCII as far as its markup goes, and not be of UTF-8 and declared so.
    """
    bare = body.removeprefix(_BOM)
    text = _text(bare, {declared(bare), sent(content_type)}, marked=len(bare) < len(body))
    if text is None:
        return bare, content_type
    found = _DECLARATION.match(bare)
    told = text.encode()[found.end() if found else 0 :]
    return b"<?xml version='1.0' encoding='utf-8'?>" + told, "application/xml"


def narrowed(body: bytes) -> bytes:
    """A document of two bytes a letter in UTF-8; any other as it is.

    feedparser believes what such a document declares, though its mark shows that it is wrong, and reads
    none without a mark, or with half a letter at its end.
    """
    bare = body[2:] if body[:2] in _MARKS else body
    wide = _TWO_BYTES.get(bare[:2])
    if wide is None or bare[2:4] == b"\0\0":  # that is four bytes a letter
        return body
    return bare.decode(wide, "replace").encode()


def declared(body: bytes) -> str:
    """The encoding that a document names in its first line, in lower case; "": none."""
    found = _DECLARATION.match(body)
    named = _DECLARED.search(found.group()) if found else None
    return named[1].decode("latin-1").strip().lower() if named else ""


def sent(content_type: str) -> str:
    """The encoding that the transport names, in lower case; "": none."""
    found = _CHARSET.search(content_type)
    return found[1].lower() if found else ""


def is_utf8(body: bytes) -> bool:
    """Whether all of it makes sense as UTF-8, looked at in pieces: as text it may take four times as much."""
    decoder = getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(body), _PIECE):
            decoder.decode(body[at : at + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _text(body: bytes, said: set[str], *, marked: bool) -> str | None:
    """What the document says, where that is surer than what is declared; None: it is as declared.

    `marked`: it began with the mark of UTF-8.
    """
    if not is_utf8(body):
        if not said <= _EMPTY:
            return None  # somebody gave it a thought
        return _mostly_utf8(body) or _cyrillic(body)
    if said <= {"", "utf-8", "utf8"}:
        return None
    text = body.decode()
    sure = marked or any(_WIDE.fullmatch(name) for name in said)
    return text if sure or len(body) - len(text) >= _FEW else None


def _mostly_utf8(body: bytes) -> str | None:
    """The text, if all but a few of its letters are UTF-8; what is broken shows as such."""
    text = body.decode("utf-8", "replace")
    beyond = sum(not character.isascii() for character in text[:_SAMPLE])
    broken = text.count("\ufffd", 0, _SAMPLE)
    whole = beyond - broken
    return text if whole >= _FEW and broken <= _MANY_BROKEN * whole else None


def _cyrillic(body: bytes) -> str | None:
    """The text, if it is Cyrillic of one byte a letter."""
    sample = body[:_SAMPLE]
    words = b"".join(_WORDS.findall(sample))
    if len(words) < _FEW or 2 * len(words) < sum(byte > 0x7F for byte in sample):
        return None
    likelihood = {name: _likelihood(words, name) for name in _CYRILLIC}
    best = max(_CYRILLIC, key=lambda name: likelihood[name])
    return body.decode(best, "replace") if likelihood[best] >= _LIKELY else None


def _likelihood(words: bytes, encoding: str) -> float:
    """The share of letters that are among the commonest, in small letters."""
    text = words.decode(encoding, "replace")
    return sum(letter in _COMMONEST for letter in text) / len(text)
