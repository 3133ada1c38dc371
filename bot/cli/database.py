"""`db`: the database's schema, health and safety copy."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.frame import Context, Format, FormatOption, command, say, say_json
from bot.errors import StoreError

app = typer.Typer(help="The database.", no_args_is_help=True)


@app.command("upgrade")
def upgrade(context: Context) -> None:
    """Bring the schema up to date. `run` and `poll` do it by themselves."""
    with command(context) as world:
        database = world.database_as_it_is()
        database.upgrade()
        say(database.check())


@app.command("check")
def check(context: Context, form: FormatOption = Format.TEXT) -> None:
    """Say whether the database can be used: reachable, undamaged, writable and of this program's schema."""
    with command(context) as world:
        try:
            found = world.database_as_it_is().check()
        except StoreError as error:
            if form is Format.JSON:
                say_json({"ok": False, "database": str(error)})
            raise
        if form is Format.JSON:
            say_json({"ok": True, "database": found})
        else:
            say(found)


@app.command("backup")
def backup(
    context: Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; must not exist.")],
) -> None:
    """Copy the database to FILE while the bot goes on working (SQLite; PostgreSQL has pg_dump)."""
    with command(context) as world:
        world.database_as_it_is().backup(path)
        say(f"{path}: {path.stat().st_size:,} bytes")
