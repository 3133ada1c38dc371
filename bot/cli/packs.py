"""`packs`: whether packs are right, and what they would change."""

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.frame import Context, Format, FormatOption, command, say, say_json, waiting

app = typer.Typer(help="Packs: topics, languages and words as data.", no_args_is_help=True)

FoldersArgument = Annotated[
    list[Path] | None,
    typer.Argument(metavar="FOLDER", help="Folders with packs; else those of the configuration."),
]
_SHOWN = 50


@app.command("check")
def check(context: Context, folders: FoldersArgument = None, form: FormatOption = Format.TEXT) -> None:
    """Read the packs that ship and yours, and decide every example in them."""
    with command(context) as world:
        from bot.work.new_packs import broken_examples

        understander = world.understander_with(folders or world.settings.understanding.packs)
        broken = broken_examples(understander)
        packs = understander.packs
        if form is Format.JSON:
            found = [{"pack": b.pack, "title": b.title, "said": b.said} for b in broken]
            say_json(
                {"ok": not broken, "version": packs.version, "files": list(packs.files), "broken": found}
            )
        else:
            for one in broken:
                say(f"{one.pack}: {one.title!r}: {one.said}")
            say(
                f"{len(packs.files)} files, {len(packs.concepts)} concepts, {len(packs.topics)} topics, "
                f"{len(packs.languages)} languages; {len(packs.examples) - len(broken)} of "
                f"{len(packs.examples)} examples hold (version {packs.version})"
            )
        if broken:
            raise typer.Exit(1)


@app.command("diff")
def diff(context: Context, folders: FoldersArgument = None, form: FormatOption = Format.TEXT) -> None:
    """Say what the packs of FOLDER would change in the decisions that are stored. Changes nothing."""
    with command(context) as world:
        from bot.core.inert import one_line
        from bot.core.wording import many
        from bot.work.new_packs import changes, labels

        understander = world.understander_with(folders or world.settings.understanding.packs)
        with waiting("Deciding what is stored again"):
            found = list(changes(world.database, understander))
        if form is Format.JSON:
            say_json(
                {
                    "version": understander.packs.version,
                    "changed": [
                        {
                            "id": f"s{change.story.id}",
                            "url": change.story.url,
                            "title": change.story.title,
                            "before": labels(change.before) | {"packs": change.before.packs},
                            "after": labels(change.after) | {"packs": change.after.packs},
                        }
                        for change in found
                    ],
                }
            )
            return
        moved = Counter((str(c.before.tier), str(c.after.tier)) for c in found)
        for (before, after), count in sorted(moved.items()):
            say(f"{count:6} {before} -> {after}" if before != after else f"{count:6} {before}, other labels")
        for change in found[:_SHOWN]:
            say(f"  {change.said}: {one_line(change.story.title, 100)}")
        if len(found) > _SHOWN:
            say(f"  and {len(found) - _SHOWN} more; --format json has all")
        say(f"{many(len(found), 'stored story', 'stored stories')} would be decided differently")


@app.command("apply")
def apply(context: Context, form: FormatOption = Format.TEXT) -> None:
    """Decide all that is stored again by the packs of the configuration; `packs diff` shows what changes."""
    with command(context) as world:
        from bot.core.wording import many
        from bot.work.audit import PacksValue, of_packs
        from bot.work.new_packs import apply as decide_again

        understander = world.understander
        with waiting("Deciding what is stored again"):
            changed = list(decide_again(world.database, understander, world.clock.now()))
        moved = Counter((str(change.before.tier), str(change.after.tier)) for change in changed)
        if changed:
            versions = ", ".join(sorted({change.before.packs for change in changed}))
            now_by = PacksValue(understander.packs.version, len(changed))
            with world.database.writing() as session:
                of_packs(session, versions, now_by, by="terminal", now=world.clock.now())
        if form is Format.JSON:
            found = [
                {"before": before, "after": after, "stories": n}
                for (before, after), n in sorted(moved.items())
            ]
            say_json({"version": understander.packs.version, "changed": found})
            return
        for (before, after), count in sorted(moved.items()):
            say(f"{count:6} {before} -> {after}" if before != after else f"{count:6} {before}, other labels")
        stories = many(moved.total(), "stored story", "stored stories")
        say(f"Decided differently now: {stories} (packs {understander.packs.version})")
