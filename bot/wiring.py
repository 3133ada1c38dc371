"""The composition root: the one place that names the concrete parts and puts them together.

A `World` makes each part when it is first asked for, so that a command that
needs no database opens none.
"""

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self, TypeVar

from bot import __version__, log
from bot.clock import Clock, SystemClock
from bot.config import RightsSettings, Settings, find, load
from bot.core.inert import host_of
from bot.core.story import Article
from bot.core.subscription import Plan
from bot.errors import ConfigError, FetchError

if TYPE_CHECKING:
    from bot.commands.answer import Answer, Asker
    from bot.core.understand import Lines, Understander
    from bot.fetch.isolation import Children
    from bot.fetch.web import Web
    from bot.ports import Directory, Poster
    from bot.roles.process import Role
    from bot.roles.web import Web as Slack
    from bot.store.database import Database
    from bot.work.alerts import Alerting
    from bot.work.issues import Compose
    from bot.work.polling import Polling

Part = TypeVar("Part")

SHORTEST_BELL: Final = timedelta(milliseconds=500)
LONGEST_BELL: Final = timedelta(seconds=15)
"""Between two looks at what is due: a sixth of the usual wait, within these bounds."""

TENDED: Final = timedelta(seconds=2)
DELIVERS: Final = timedelta(seconds=5)
PRUNES: Final = timedelta(hours=1)


class World:
    """Everything that a command may need. Threads may share it; `close` it when done."""

    def __init__(self, settings: Settings, clock: Clock, *, configured: bool = True) -> None:
        """`configured`: somebody wrote these settings down; False: they are the defaults."""
        self.settings = settings
        self._configured = configured
        self.clock = clock
        self._parts: dict[str, Any] = {}
        self._making = threading.RLock()

    @classmethod
    @contextmanager
    def of(cls, config: str | None, environ: Mapping[str, str], *, lasting: bool = False) -> Iterator[Self]:
        """The world that the configuration describes, with the log set up as it says.

        `config` is the file asked for, or None for the usual one. What does not
        last, a single command, says what it did on stdout, and so logs no `info`.
        Raises ConfigError with every problem of the configuration.
        """
        path = find(config, environ)
        settings = load(path, environ)
        level = "warning" if settings.log.level == "info" and not lasting else settings.log.level
        log.configure(level, settings.log.format, secrets=settings.known_secrets())
        configured = path is not None or bool(settings.feeds or settings.subscriptions)
        world = cls(settings, SystemClock(), configured=configured)
        try:
            yield world
        finally:
            world.close()

    @property
    def database(self) -> "Database":
        """The database, its schema brought up to date: a new one is made, one of a newer program refused."""

        def make() -> "Database":
            database = self.database_as_it_is()
            database.upgrade()
            return database

        return self._part("database", make)

    def database_as_it_is(self) -> "Database":
        """The database without a look at its schema, for what examines it."""
        from bot.store.database import Database

        return self._part("connection", lambda: Database.open(self.settings.database.url))

    def keep_in_step(self, *, only_new: bool = False) -> None:
        """Make the feeds and subscriptions of the configuration those of the database; people's own stay.

        Where nothing was configured, nothing is stopped or removed. With `only_new`, for what only
        reads: just a database that is new is filled.
        """
        from bot.work import standing

        if self._configured and not (only_new and not standing.is_new(self.database)):
            standing.keep_in_step(self.database, self.settings, self.clock.now())

    @property
    def usual_plan(self) -> Plan:
        """A subscription as the configuration would have it; its name and channel are empty."""
        from bot.work.standing import usual_plan

        return usual_plan(self.settings)

    @property
    def rights(self) -> RightsSettings:
        """Who may change what."""
        return self.settings.rights

    @property
    def directory(self) -> "Directory":
        """Who is who in the workspace, where its token is known."""

        def make() -> "Directory":
            from bot.ports import Nobody
            from bot.surfaces.slack.directory import SlackDirectory
            from bot.surfaces.slack.wire import web_client

            slack = self.settings.slack
            if slack.bot_token is None:
                return Nobody()
            client = web_client(slack.bot_token.get_secret_value(), slack.api_url)
            return SlackDirectory(client, self.clock)

        return self._part("directory", make)

    @property
    def understander(self) -> "Understander":
        """What decides stories, by the packs and lines of the configuration."""
        return self._part("understander", lambda: self.understander_with(self.settings.understanding.packs))

    def understander_with(self, folders: Sequence[Path]) -> "Understander":
        """One that goes by the packs that ship and those in `folders`, and the lines of the configuration."""
        from bot.core.understand import Understander
        from bot.packs.reader import load as load_packs

        lines = self._lines()
        return Understander(load_packs(folders), lines) if folders else understander_that_ships(lines)

    def _lines(self) -> "Lines":
        from bot.core.understand import Lines

        wanted = self.settings.understanding
        return Lines(
            central_asia=wanted.central_asia,
            critical_minerals=wanted.critical_minerals,
            policy=wanted.policy,
            others=wanted.others,
            grey=wanted.grey,
        )

    @property
    def web(self) -> "Web":
        """What asks servers, within the limits of the configuration."""

        def make() -> "Web":
            from bot.fetch.proxies import Proxies
            from bot.fetch.web import Limits, Web

            poll = self.settings.poll
            limits = Limits(deadline=poll.deadline, largest_body=poll.largest_body)
            return Web(
                user_agent=self.user_agent,
                limits=limits,
                private_networks=poll.private_networks,
                proxies=Proxies.of_environment(),
            )

        return self._part("web", make)

    @property
    def children(self) -> "Children":
        """The processes in which what servers sent is read."""

        def make() -> "Children":
            from bot.fetch.isolation import Children
            from bot.fetch.nursery import Mind
            from bot.packs.reader import load as load_packs

            folders = self.settings.understanding.packs
            if folders:
                load_packs(folders)  # says what is wrong with them: a child could only die of it
            return Children(Mind(folders, self._lines()))

        return self._part("children", make)

    @property
    def polling(self) -> "Polling":
        """The parts that a poll works with."""

        def make() -> "Polling":
            from bot.work.polling import Polling

            poll = self.settings.poll
            return Polling(
                self.database,
                self.web,
                self.children,
                usual_wait=poll.usual_wait,
                at_once=poll.at_once,
                full_text=poll.full_text,
            )

        return self._part("polling", make)

    @property
    def compose(self) -> "Compose":
        """What says what a subscription is told of a window."""

        def make() -> "Compose":
            from bot.work.compose import composer

            return composer(self.database, self.understander.packs)

        return self._part("compose", make)

    @property
    def review(self) -> "Compose":
        """What says what a subscription is told of a week."""

        def make() -> "Compose":
            from bot.work.weekly import composer

            return composer(self.database, self.understander.packs, self.understander.lines)

        return self._part("review", make)

    @property
    def alerting(self) -> "Alerting":
        """What alerts go by."""

        def make() -> "Alerting":
            from bot.core.telling.alerts import Hours
            from bot.work.alerts import Alerting

            said = self.settings.alerts
            hours = Hours(said.per_day, said.quiet_from, said.quiet_until)
            return Alerting(self.understander.packs, hours)

        return self._part("alerting", make)

    @property
    def poster(self) -> "Poster":
        """What posts to Slack. Raises ConfigError when its token is not set."""

        def make() -> "Poster":
            from bot.surfaces.slack.sender import SlackPoster
            from bot.surfaces.slack.wire import web_client

            slack = self.settings.slack
            if slack.bot_token is None:
                raise ConfigError(
                    ["STEPPEWATCH_SLACK__BOT_TOKEN is not set: without it nothing can be posted"]
                )
            return SlackPoster(web_client(slack.bot_token.get_secret_value(), slack.api_url))

        return self._part("poster", make)

    def article(self, url: str) -> Article:
        """Read a page that nobody polled; nothing is stored.

        Raises FetchError with a one-line reason.
        """
        from bot.fetch.web import PAGES

        with ExitStack() as held:
            page = self.web.get(url, accept=PAGES, held=held)
            if page.status // 100 != 2:
                raise FetchError(f"the page answered with {page.status}")
            text = self.children.article(page.content, url=page.url)
            title = self.children.headline(page.content, url=page.url)
        return Article(title=title, text=text, url=page.url, source=host_of(page.url))

    def slack_role(self) -> "Role":
        """What answers in Slack. Raises ConfigError when a token is not set."""
        from bot.commands.registry import answer, check
        from bot.roles.web import Web as Slack

        _ = self.understander  # made now: the first question should not have to wait for it

        def answered(text: str, asker: "Asker", now: datetime) -> "Answer":
            return answer(self, text, asker, now)

        def checked(text: str) -> None:
            check(self, text, self.clock.now())

        return _SlackRole(Slack(self.settings.slack, answered, self.clock, check=checked))

    def worker(self) -> "Role":
        """What polls and posts."""
        from bot.roles.worker import Bell, Worker
        from bot.work.deliver import deliver, resume_after_token_trouble
        from bot.work.prune import prune
        from bot.work.refresh import Poller

        poller = Poller(self.polling)
        ending = threading.Event()
        often = max(SHORTEST_BELL, min(LONGEST_BELL, self.polling.usual_wait / 6))

        def refresh() -> None:
            poller.start_due(self.clock.now())
            poller.wait(min(often, TENDED).total_seconds())  # what takes longer goes on by itself

        keep = self.settings.keep.unflagged
        bells = [
            Bell("refresh", often, refresh),
            Bell("prune", PRUNES, lambda: prune(self.database, self.clock.now(), keep=keep, stop=ending)),
        ]
        if self.settings.slack.bot_token is not None:
            poster, compose, alerting, review = self.poster, self.compose, self.alerting, self.review
            resume_after_token_trouble(self.database, self.clock.now())
            bells.append(
                Bell(
                    "deliver",
                    DELIVERS,
                    lambda: deliver(
                        self.database, poster, compose, self.clock, alerting=alerting, review=review
                    ),
                )
            )

        def end(within: float) -> bool:
            ending.set()
            return poller.close(within)

        return Worker(bells, self.clock, finish=[end])

    @property
    def user_agent(self) -> str:
        """How we introduce ourselves to the sites that we poll."""
        poll = self.settings.poll
        contact = f" (+{poll.contact})" if poll.contact else ""
        return poll.user_agent or f"Steppewatch/{__version__}{contact}"

    def close(self) -> None:
        """Let go of what was opened."""
        for name in ("children", "connection"):
            part = self._parts.pop(name, None)
            if part is not None:
                part.close()

    def _part(self, name: str, make: Callable[[], Part]) -> Part:
        with self._making:
            if name not in self._parts:
                self._parts[name] = make()
            part: Part = self._parts[name]
            return part


class _SlackRole:
    """The web role as a role among others."""

    def __init__(self, slack: "Slack") -> None:
        self._slack = slack

    def start(self) -> None:
        """Connect, or go on trying in the background."""
        self._slack.start()

    def tend(self) -> None:
        """Nothing: it looks after its connection itself."""

    def stop(self, within: timedelta) -> bool:
        """Answer what was taken, and close."""
        self._slack.stop(within.total_seconds() / 2)  # it takes twice what it is given at most
        return True


@cache
def understander_that_ships(lines: "Lines") -> "Understander":
    """Made once a process: it takes a quarter of a second, and nothing changes it."""
    from bot.core.understand import Understander
    from bot.packs.reader import load as load_packs

    return Understander(load_packs(), lines)
