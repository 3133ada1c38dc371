"""A source that is no feed comes in by the same door; a disk that is full stops nothing for good."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from bot.core.words import Tier
from bot.store import decisions
from models import Decision, Sighting
from tests.conftest import Listen
from tests.fetch.server import http
from tests.work.polls import World


def notice(number: str, title: str, **more: Any) -> dict[str, Any]:
    """A document as the Federal Register lists it."""
    return {
        "title": title,
        "type": "Notice",
        "abstract": f"The Department gives notice. {title}.",
        "document_number": number,
        "html_url": f"https://www.federalregister.gov/documents/2026/03/02/{number}/a-notice",
        "pdf_url": f"https://www.govinfo.gov/content/pkg/FR-2026-03-02/pdf/{number}.pdf",
        "public_inspection_pdf_url": None,
        "publication_date": "2026-03-02",
        "agencies": [{"raw_name": "DEPARTMENT OF COMMERCE", "name": "Commerce Department", "id": 54}],
        "excerpts": "About <span class='match'>minerals</span>",
        **more,
    }


def listed(*notices: dict[str, Any]) -> bytes:
    """A page of search results."""
    found = {"count": len(notices), "description": "Documents matching 'critical minerals'", "total_pages": 1}
    return http(json.dumps(found | {"results": notices}).encode(), Content_Type="application/json")


def test_the_federal_register_is_polled_like_a_feed(world: World) -> None:
    world.follow("documents.json")
    first = notice("2026-00001", "Section 232 tariffs on imports of processed critical minerals and antimony")
    world.server.page("/documents.json", listed(first, notice("2026-00002", "Meeting", abstract=None)))
    assert world.poll().new == 2
    world.server.page("/documents.json", listed(notice("2026-00003", "A later notice"), first))

    again = world.poll()

    assert (again.status, again.new, again.updated) == ("ok", 1, 0)
    register, meeting, _ = world.stories()
    assert (register.guid, register.url) == ("2026-00001", first["html_url"])
    assert register.published == datetime(2026, 3, 2, tzinfo=UTC)
    assert meeting.title == "Meeting"
    with world.database.reading() as session:
        assert decisions.get(session, [register.id])[register.id].tier is Tier.MINERALS


def test_a_full_disk_is_said_keeps_nothing_half_and_polling_goes_on_when_there_is_space(
    world: World, listen: Listen
) -> None:
    if not world.database.is_sqlite:
        pytest.skip("the disk of PostgreSQL is its server's")
    pages = [1]  # fewer than there are: not one more

    def on_begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages[0]}")

    listen(world.database.engine, "begin", on_begin)
    world.follow()
    long = [f"item {number} {'word ' * 900}" for number in range(40)]
    world.serve(*long)

    full = world.poll()

    assert full.status == "failed"
    assert "the disk is full" in full.reason
    assert (world.stories(), world.state().backlog_done) == ([], False)
    pages[0] = 1_000_000
    assert world.poll().new == 40
    with world.database.reading() as session:
        for table in (Decision, Sighting):
            assert session.scalar(select(func.count()).select_from(table)) == 40
