"""The migrations make what the models say, on both databases, up and down and up again."""

from datetime import UTC, datetime

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from bot.core.subscription import Plan
from bot.errors import StoreError
from bot.store import deliveries, subscriptions
from bot.store.database import Database, newest_schema
from models import Base


def differences(database: Database) -> list[object]:
    def is_modelled(_thing: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return not (kind == "table" and str(name).startswith("story_search"))

    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_object": is_modelled, "compare_type": True}
        )
        return list(compare_metadata(context, Base.metadata))


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    assert differences(database) == []


def test_the_schema_goes_up_and_down_and_up_again(bare_database: Database) -> None:
    bare_database.upgrade()
    bare_database.downgrade("base")

    left = inspect(bare_database.engine).get_table_names()
    bare_database.upgrade()

    assert set(left) <= {"alembic_version"}
    assert differences(bare_database) == []
    assert f"schema {newest_schema()}" in bare_database.check()


def test_upgrading_what_is_up_to_date_changes_nothing(database: Database) -> None:
    database.upgrade()

    assert f"schema {newest_schema()}" in database.check()


def test_a_database_without_tables_is_refused_with_the_command_that_makes_them(
    bare_database: Database,
) -> None:
    with pytest.raises(StoreError, match=r"has no tables yet.*steppewatch db upgrade"):
        bare_database.check()


def test_a_database_of_a_newer_program_is_refused_and_left_alone(database: Database) -> None:
    with database.writing() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    for attempt in (database.check, database.upgrade):
        with pytest.raises(StoreError, match=r"made by a newer program \(schema 9999\)"):
            attempt()
    assert inspect(database.engine).has_table("story")


def test_going_back_before_there_were_removed_subscriptions_takes_them_out_whole(database: Database) -> None:
    now = datetime(2026, 3, 2, 12, tzinfo=UTC)
    with database.writing() as session:
        for name in ("Gone", "There"):
            made = subscriptions.add(session, Plan(name=name, channel="C1"), now)
            deliveries.open_slot(session, made.id, now, start=now, end=now, channel="C1", now=now)
        gone = subscriptions.find(session, "Gone")
        assert gone is not None
        subscriptions.remove(session, gone.id, now)

    database.downgrade("0001")
    database.upgrade()

    with database.reading() as session:
        assert [each.name for each in subscriptions.listing(session)] == ["There"]
        assert len(deliveries.latest(session)) == 1
