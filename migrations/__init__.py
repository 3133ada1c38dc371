"""The history of the schema. Read by Alembic through `bot.store.database`; no alembic.ini is needed."""
