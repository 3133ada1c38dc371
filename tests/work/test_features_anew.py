"""What grouping keeps of a story, where an older program wrote it."""

from datetime import timedelta

from sqlalchemy import func, select, update

from bot.core.events.features import OF_THIS_VERSION
from bot.store import decisions, happenings
from bot.store.database import Database
from bot.work.new_packs import apply
from models import EventFeature
from tests.commands.newsroom import NINE, TUNGSTEN, print_stories
from tests.core.reading import understander

LATER = NINE + timedelta(days=1)


def test_what_an_older_program_kept_is_made_anew_though_the_packs_are_the_same(database: Database) -> None:
    print_stories(database)
    version = understander().packs.version
    with database.writing() as session:
        ids = {event.headline: event.id for event in happenings.latest(session, limit=9)}
        assert decisions.outdated(session, version) == []
        session.execute(
            update(EventFeature).values(body=func.replace(EventFeature.body, OF_THIS_VERSION, '"v":1,"w":'))
        )
        old = decisions.outdated(session, version)

    assert list(apply(database, understander(), LATER)) == []

    with database.reading() as session:
        assert old
        assert decisions.outdated(session, version) == []
        assert all(OF_THIS_VERSION in body for body in session.scalars(select(EventFeature.body)))
        assert {event.headline: event.id for event in happenings.latest(session, limit=9)} == ids
    assert TUNGSTEN.title in ids
