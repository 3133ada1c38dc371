"""What makes a large document dear to read, told before anything is built of it.

Trees and feedparser take a hundred times what such markup takes in the document, and a
quarter of a minute, only to give up in the end. Real feeds are nowhere near these bounds:
libxml2 refuses 256 levels.
"""

import re
from typing import Any, Final
from xml.parsers import expat

_DEEPEST: Final = 500  # levels
_MOST: Final = 250_000  # elements: 16 MB of entries that say something have fewer
_LONGEST: Final = 256_000  # bytes of a tag with its attributes
_LONG_TAG: Final = re.compile(rb"<[\w:][^<>]{%d}" % _LONGEST)
_PIECE: Final = 1 << 16


class _DearError(Exception):
    """It is."""


def dear(body: bytes) -> str:
    """What is dear about a document, in a few words; "": nothing, as far as its XML is whole."""
    if _LONG_TAG.search(body):
        return f"a tag of more than {_LONGEST // 1000} kB"
    parser = expat.ParserCreate()
    depth = count = 0

    def begin(_name: str, _attributes: Any) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > _DEEPEST:
            raise _DearError(f"elements nested more than {_DEEPEST} deep")
        if count > _MOST:
            raise _DearError(f"more than {_MOST:,} elements")

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def entities(*_: object) -> None:
        raise expat.ExpatError  # how much it is with them only their reader knows

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = entities
    try:
        for at in range(0, len(body), _PIECE):
            parser.Parse(body[at : at + _PIECE])
    except _DearError as found:
        return str(found)
    except (expat.ExpatError, LookupError, ValueError):
        return ""  # broken from here on, or of letters that expat does not know
    return ""
