"""JSON behind the same door: JSON Feed 1 (jsonfeed.org), and the Federal Register's search results."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

from bot.core.story import Entry
from bot.fetch.document import FeedDocument, Problem, UnreadableError
from bot.fetch.plain import longest, one_line, plain, plain_long


def looks_like_json(body: bytes) -> bool:
    """Whether the first character that counts opens an object."""
    return body[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def read(body: bytes, *, url: str) -> FeedDocument:
    """Read what has a shape that we know. Raises UnreadableError."""
    try:
        data = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(Problem.BROKEN, one_line(str(error))[:80]) from None
    items = data.get("items")
    said = str(data.get("version", "")).startswith("https://jsonfeed.org/version/")
    if said and not isinstance(items, list | None):
        raise UnreadableError(Problem.BROKEN, "its items are no list")
    if said or isinstance(items, list):
        return _document("json", data, "items", _jsonfeed_entry, url)
    if isinstance(data.get("results"), list):
        return _document("federal_register", data, "results", _register_entry, url)
    raise UnreadableError(Problem.NOT_A_FEED, "JSON of another kind")


def _document(
    form: str, data: dict[str, Any], key: str, entry: Callable[[dict[str, Any], str], Entry], url: str
) -> FeedDocument:
    """The document; items that are not objects are left out."""
    items = [item for item in data.pop(key) or [] if isinstance(item, dict)]
    return FeedDocument(
        format=form,
        title=plain(_string(data, "title") or _string(data, "description"), html=False),
        entries=tuple(_each(items, entry, url)),
        lang=one_line(_string(data, "language"))[:20],
    )


def _each(
    items: list[dict[str, Any]], entry: Callable[[dict[str, Any], str], Entry], url: str
) -> Iterator[Entry]:
    """Their entries; each item is let go when it is read: of fifty thousand both would take much room."""
    items.reverse()
    while items:
        yield entry(items.pop(), url)


def _jsonfeed_entry(item: dict[str, Any], url: str) -> Entry:
    """An item of JSON Feed."""
    texts = [
        (_string(item, "content_text"), False),
        (_string(item, "content_html"), True),
        (_string(item, "summary"), False),
    ]
    return Entry(
        guid=one_line(_string(item, "id"))[:2000],
        url=_web(_string(item, "url") or _string(item, "external_url"), url),
        title=plain(_string(item, "title"), html=False)[:2000],
        text=longest(texts),
        published=moment(_string(item, "date_published") or _string(item, "date_modified")),
        lang=one_line(_string(item, "language"))[:20],
    )


def _register_entry(item: dict[str, Any], url: str) -> Entry:
    """A document of the Federal Register."""
    return Entry(
        guid=one_line(_string(item, "document_number"))[:2000],
        url=_web(_string(item, "html_url"), url),
        title=plain(_string(item, "title"), html=False)[:2000],
        text=plain_long(_string(item, "abstract"), html=False),
        published=moment(_string(item, "publication_date")),
        lang="en",
    )


def _string(item: dict[str, Any], key: str) -> str:
    """A field as text; ids are sometimes numbers."""
    value = item.get(key)
    return value if isinstance(value, str) else str(value) if isinstance(value, int) else ""


def _web(address: str, base: str) -> str:
    """An absolute web address, or ""; JSON can say what is no character at all, and no address holds it."""
    address = one_line(address).replace(" ", "%20")
    try:
        whole = urljoin(base, address) if address else ""
    except ValueError:
        return ""
    return whole if whole.startswith(("http://", "https://")) and len(whole) <= 2000 else ""


def moment(text: str) -> datetime | None:
    """An ISO 8601 moment or day in UTC; None for anything else."""
    try:
        found = datetime.fromisoformat(text.strip())
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
