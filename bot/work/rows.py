"""A story as a row of JSON: what `classify`, `cluster`, `eval` and the fits read.

A row holds `id`, `title` and `text`, and, where they are known, `url`, `source`, `lang` and `published`.
"""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from bot.core.story import Article

_TEXTS: Final = ("title", "text")
_HINTS: Final = ("url", "source", "lang", "published")


def id_of(row: Mapping[str, Any]) -> str | int:
    """The id that its writer gave a story. Raises ValueError where there is none."""
    name = row.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise ValueError('"id" is missing' if name is None else '"id" is neither text nor a whole number')  # noqa: TRY004
    return name


def article_of(row: Mapping[str, Any]) -> Article:
    """The story that a row tells. Raises ValueError with what is missing, or would be right."""
    for key in _TEXTS:
        if not isinstance(row.get(key), str):
            raise ValueError(f'"{key}" is missing' if key not in row else f'"{key}" is not text')  # noqa: TRY004
    for key in _HINTS:
        if row.get(key) is not None and not isinstance(row[key], str):
            raise ValueError(f'"{key}" is not text')
    return Article(
        title=row["title"],
        text=row["text"],
        url=row.get("url") or "",
        source=row.get("source") or "",
        lang=row.get("lang") or "",
        published=_moment(row.get("published") or ""),
    )


def _moment(text: str) -> datetime | None:
    """A date or a moment as ISO 8601 or as feeds write it; without a zone it is UTC."""
    if not text.strip():
        return None
    try:
        try:
            found = datetime.fromisoformat(text.strip())
        except ValueError:
            found = parsedate_to_datetime(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, OverflowError):
        raise ValueError('"published" is not a date, as in 2026-02-04 or 2026-02-04T09:00:00Z') from None
