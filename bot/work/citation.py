"""References in RIS, which Zotero, EndNote and Mendeley take in: one for each record that is exported."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from bot.core.countries import NAMES
from bot.core.inert import one_line


def reference(record: Mapping[str, Any]) -> str:
    """A story, an event or an action as the report that tells it; an event's is the one that heads it.

    The id is ours, so that who reads the reference can ask what it rests on: `why s17`, `event e4`.

    >>> story = {"id": "s1", "title": "A memorandum", "source": "a.test", "url": "https://a.test/1"}
    >>> reference(story | {"countries": ["UZ"]}).splitlines()[:4]
    ['TY  - NEWS', 'ID  - s1', 'TI  - A memorandum', 'T2  - a.test']
    """
    told = (f"{tag}  - {one_line(value)}" for tag, value in _fields(record) if value)
    return "".join(f"{line}\n" for line in ("TY  - NEWS", *told, "ER  - "))


def _fields(record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    report = record["stories"][0] if record.get("stories") else record
    date = report.get("published") or record.get("first")
    yield "ID", record["id"]
    yield "TI", report.get("title") or record["headline"]
    yield "T2", report["source"]
    yield "DA", f"{datetime.fromisoformat(date):%Y/%m/%d}" if date else ""
    yield "LA", report.get("lang") or ""
    yield "AB", record.get("summary") or record.get("sentence") or ""
    yield "UR", report["url"]
    for code in record["countries"]:
        yield "KW", NAMES.get(code, code)
    for mineral in record.get("minerals", ()):
        yield "KW", mineral
    yield "DB", "Steppewatch"
