"""What is exported as an Atom feed (RFC 4287): a query that other readers and programs can follow."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from bot.core.countries import NAMES
from bot.core.inert import one_line, safe_url

_NO_DATE: Final = "1970-01-01T00:00:00+00:00"
"""An entry must have one, and the same whenever it is written."""


def feed(records: Iterable[Mapping[str, Any]], title: str) -> Iterator[str]:
    """The lines of a document with an entry for each record, the newest first; outside text in it is inert.

    Of the same records it is the same document: its own date is that of the newest of them.

    >>> story = {"id": "s1", "title": "A & B", "source": "a.test", "url": "https://a.test/1", "countries": []}
    >>> [line for line in feed([story | {"published": None}], "All") if "<title" in line]
    ['<title>All</title>', '<title>A &amp; B</title>']
    """
    entries = sorted(((_updated(record), record) for record in records), key=lambda one: one[0], reverse=True)
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<feed xmlns="http://www.w3.org/2005/Atom">'
    yield f"<title>{_text(title)}</title>"
    yield f"<id>{_id(title)}</id>"
    yield f"<updated>{entries[0][0] if entries else _NO_DATE}</updated>"
    yield "<generator>Steppewatch</generator>"
    for at, record in entries:
        yield from _entry(record, at)
    yield "</feed>"


def _entry(record: Mapping[str, Any], updated: str) -> Iterator[str]:
    reports = record.get("stories") or [record]
    head = reports[0]
    yield "<entry>"
    yield f"<id>{_id(record['id'])}</id>"
    yield f"<title>{_text(record.get('headline') or head['title'])}</title>"
    yield f"<updated>{updated}</updated>"
    if published := record.get("published") or record.get("first"):
        yield f"<published>{published}</published>"
    yield f"<author><name>{_text(head['source']) or '–'}</name></author>"
    for each in reports:
        rel = "alternate" if each is reports[0] else "related"
        if url := safe_url(each["url"]):
            yield f'<link rel="{rel}" title={quoteattr(one_line(each["source"]))} href={quoteattr(url)}/>'
    labels = [record.get("tier"), record.get("instrument"), record.get("stage")]
    labels += [NAMES.get(code, code) for code in record["countries"]]
    for label in dict.fromkeys(filter(None, (*labels, *record.get("minerals", ())))):
        yield f"<category term={quoteattr(one_line(str(label)))}/>"
    if told := record.get("summary") or record.get("sentence"):
        yield f"<summary>{_text(told)}</summary>"
    yield "</entry>"


def _updated(record: Mapping[str, Any]) -> str:
    return record.get("last") or record.get("published") or record.get("first") or _NO_DATE


def _id(name: str) -> str:
    """The same for the same name for good, as readers tell new entries by it."""
    return uuid5(NAMESPACE_URL, f"steppewatch:{name}").urn


def _text(text: str) -> str:
    return escape(one_line(text))
