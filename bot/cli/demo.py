"""`demo`: the whole path on the sample feeds that ship with the project, on this machine alone."""

import fcntl
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from bot.cli.frame import in_words, progress
from bot.clock import Clock, SystemClock
from bot.core.inert import one_line
from bot.errors import SteppewatchError

if TYPE_CHECKING:
    from rich.console import Console

    from bot.config import Settings
    from bot.core.event import Digest
    from bot.samples import Served
    from bot.wiring import World
    from bot.work.polling import Outcome

WINDOW: Final = timedelta(hours=24)
NAME: Final = "Sample digest"
SEED: Final = "https://tashkent-courier.example/en/news/saidov-landau-memorandum"
ALONE: Final = ("search tungsten country:kz", f"why {SEED}", "latest tier:core since:1d")
"""What is asked when nobody is there to ask."""

_MOST: Final = 40  # events shown: the samples hold fewer
_LEAVE: Final = frozenset({"quit", "exit", "q", "bye"})
_NOTE: Final = (
    "Sample stories: the outlets are invented, the happenings are of 2022 to 2026 and moved to today."
)

FolderOption = Annotated[
    Path, typer.Option("--folder", metavar="DIR", help="Where the scratch database and the page go.")
]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided of the samples against what a careful reader would decide."""

    flagged: int  # of those that should be
    of: int
    wrongly: int  # flagged although they should not be
    others: int

    def __str__(self) -> str:
        return (
            f"of {self.of} sample stories to be flagged {self.flagged} are; "
            f"of the {self.others} to be left out {self.wrongly or 'none'} is flagged"
        )


def register(app: typer.Typer) -> None:
    """Put the command of this file under `app`."""
    app.command("demo")(demo)


def demo(folder: FolderOption = Path(".demo")) -> None:
    """See it work on sample feeds, on this machine alone: no network, no Slack.

    Feeds are served over loopback HTTP, polled, decided, grouped and stored;
    the digest is printed and written as a page; then slash commands are
    answered at a prompt. Without a terminal on stdin three are asked and answered.
    """
    with in_words():
        run(folder, SystemClock(), prompt=sys.stdin is not None and sys.stdin.isatty())


def run(folder: Path, clock: Clock, *, prompt: bool) -> None:
    """The demo, in a scratch database and a page in `folder`; both are made anew.

    Raises SteppewatchError while another demo is at work there: it would lose its database.
    """
    from rich.console import Console

    from bot import log
    from bot.core.telling import digest as rendering
    from bot.samples import serve
    from bot.surfaces import html, terminal
    from bot.wiring import World

    log.configure("warning")
    out, aside = Console(), Console(stderr=True, highlight=False)
    now = clock.now()
    with (
        _alone(folder),
        serve(now) as served,
        closing(World(_settings(_scratch(folder), served), clock)) as world,
    ):
        _say(aside, f"{len(world.settings.feeds)} sample feeds are served at {served.base}")
        for line in _polled(world, now):
            _say(aside, line)
        _say(aside, str(_verdict(world)))
        made = _digest(world, now)
        document = rendering.document(made, zone=UTC, most=_MOST)
        page = folder / "digest.html"
        page.write_text(html.page(document, footer=_NOTE), "utf-8")
        out.print()
        terminal.show(document, out)
        out.print()
        aside.print(f"The same as a page: {page.resolve().as_uri()}", soft_wrap=True, markup=False)
        for words in questions(out) if prompt else ALONE:
            _answer(world, words, out, echo=not prompt)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other demos out of `folder`, which is made; a demo that is killed lets go of it too."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "demo.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise SteppewatchError(
                f"{folder}: another demo is at work here; end it, or name another folder with --folder"
            ) from None
        yield


def _scratch(folder: Path) -> Path:
    """The scratch database, which is not there yet: every demo begins at the beginning."""
    database = folder / "demo.db"
    for old in (database, *folder.glob("demo.db-*")):
        old.unlink(missing_ok=True)
    return database


def _settings(database: Path, served: "Served") -> "Settings":
    """The usual settings, but for the feeds, and the door to this machine that is opened for them."""
    from bot.config import Settings
    from bot.samples import OUTLETS

    return Settings.model_validate(
        {
            "database": {"url": f"sqlite:///{database.resolve()}"},
            "poll": {"private_networks": ["127.0.0.1/32"], "full_text": False},
            "log": {"level": "warning"},
            "feeds": [
                {"url": served.url(o), "name": o.title, "lang": o.lang, "country": o.country, "kind": o.kind}
                for o in OUTLETS
            ],
        }
    )


def _polled(world: "World", now: datetime) -> Iterator[str]:
    """Poll all feeds twice and say what came of it: the second time nothing is new."""
    from bot.core.wording import many
    from bot.work.refresh import refresh

    world.keep_in_step()
    for word in ("polled", "polled again"):
        with progress(of="Polling", total=len(world.settings.feeds)) as step:
            outcomes: list[Outcome] = [*refresh(world.polling, now, everything=True, tell=lambda _: step())]
        for outcome in outcomes:
            if outcome.status == "failed":
                yield f"{outcome.feed} cannot be read: {outcome.reason}"
        new, flagged = sum(o.new for o in outcomes), sum(o.flagged for o in outcomes)
        came = f"{many(new, 'new story', 'new stories')}, {flagged} flagged" if new else "nothing new"
        yield f"{word}: {many(len(outcomes), 'feed')}, {came}"


def _verdict(world: "World") -> Verdict:
    from bot.samples import expected
    from bot.store import stories

    wanted = {row.guid: row.tier.flagged for row in expected()}
    with world.database.reading() as session:
        got = {story.guid: decision.tier.flagged for story, decision in stories.every(session)}
    right = [guid for guid, flagged in wanted.items() if flagged]
    return Verdict(
        flagged=sum(got.get(guid, False) for guid in right),
        of=len(right),
        wrongly=sum(flagged and not wanted.get(guid, False) for guid, flagged in got.items()),
        others=len(wanted) - len(right),
    )


def _digest(world: "World", now: datetime) -> "Digest":
    from bot.work.compose import compose

    plan = replace(world.usual_plan, name=NAME)
    return compose(world.database, world.understander.packs, plan, start=now - WINDOW, end=now)


def questions(out: "Console") -> Iterator[str]:
    """What a person types, until they have had enough."""
    with suppress(ImportError):
        import readline  # noqa: F401 - typing gets history and editing where the system has it
    out.print("\nAsk as in Slack: `search uranium`, `latest`, `why e1`, `help`; `quit` ends.\n", markup=False)
    while True:
        try:
            typed = input("/policy ").strip().removeprefix("/policy").strip()
        except (EOFError, KeyboardInterrupt):
            out.print()
            return
        if typed.casefold() in _LEAVE:
            return
        if typed:
            yield typed


def _answer(world: "World", words: str, out: "Console", *, echo: bool) -> None:
    from bot.commands.answer import Asker
    from bot.commands.registry import answer
    from bot.surfaces import terminal

    if echo:
        out.print(f"\n/policy {words}\n", markup=False, highlight=False, soft_wrap=True, style="bold")
    try:
        found = answer(world, words, Asker(), world.clock.now())
    except SteppewatchError as error:
        out.print(one_line(str(error)), style="red", markup=False, highlight=False)
        return
    terminal.show(found.document, out)
    if found.file is not None:
        out.print(found.file.body.removeprefix("\ufeff"), markup=False, highlight=False, soft_wrap=True)
    if not echo:
        out.print()


def _say(aside: "Console", line: str) -> None:
    """Tell how far it is, beside the result."""
    mark = "[green]✓[/green] " if aside.is_terminal else ""
    aside.print(mark, end="")
    aside.print(line, markup=False, soft_wrap=True)
