"""The composition root: the one place that names the concrete parts and puts them together.

A `World` makes each part when it is first asked for, so that a command that
needs no database opens none.
"""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self, TypeVar

from bot import __version__, log
from bot.clock import Clock, SystemClock
from bot.config import Settings, find, load

if TYPE_CHECKING:
    from bot.core.understand import Understander
    from bot.fetch.web import Web
    from bot.store.database import Database

Part = TypeVar("Part")


class World:
    """Everything that a command may need. Threads may share it; `close` it when done."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings = settings
        self.clock = clock
        self._parts: dict[str, Any] = {}
        self._making = threading.RLock()

    @classmethod
    @contextmanager
    def of(cls, config: str | None, environ: Mapping[str, str]) -> Iterator[Self]:
        """The world that the configuration describes, with the log set up as it says.

        `config` is the file asked for, or None for the usual one.
        Raises ConfigError with every problem of the configuration.
        """
        settings = load(find(config, environ), environ)
        log.configure(settings.log.level, settings.log.format, secrets=settings.known_secrets())
        world = cls(settings, SystemClock())
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

    @property
    def understander(self) -> "Understander":
        """What decides stories, by the packs and lines of the configuration."""

        def make() -> "Understander":
            from bot.core.understand import Lines, Understander
            from bot.packs.reader import load as load_packs

            wanted = self.settings.understanding
            lines = Lines(
                central_asia=wanted.central_asia,
                critical_minerals=wanted.critical_minerals,
                policy=wanted.policy,
                others=wanted.others,
                grey=wanted.grey,
            )
            return Understander(load_packs(wanted.packs), lines)

        return self._part("understander", make)

    @property
    def web(self) -> "Web":
        """What asks servers, within the limits of the configuration."""

        def make() -> "Web":
            from bot.fetch.web import Limits, Web

            poll = self.settings.poll
            limits = Limits(deadline=poll.deadline, largest_body=poll.largest_body)
            return Web(user_agent=self.user_agent, limits=limits, private_networks=poll.private_networks)

        return self._part("web", make)

    @property
    def user_agent(self) -> str:
        """How we introduce ourselves to the sites that we poll."""
        poll = self.settings.poll
        contact = f" (+{poll.contact})" if poll.contact else ""
        return poll.user_agent or f"Steppewatch/{__version__}{contact}"

    def close(self) -> None:
        """Let go of what was opened."""
        connection = self._parts.pop("connection", None)
        if connection is not None:
            connection.close()

    def _part(self, name: str, make: Callable[[], Part]) -> Part:
        with self._making:
            if name not in self._parts:
                self._parts[name] = make()
            part: Part = self._parts[name]
            return part
