"""What the commands stand in: the few things an answer may need."""

from typing import Protocol

from bot.config import RightsSettings
from bot.core.story import Article
from bot.core.subscription import Plan
from bot.core.understand import Understander
from bot.ports import Directory
from bot.store.database import Database
from bot.work.alerts import Alerting
from bot.work.polling import Polling


class Room(Protocol):
    """Given by the composition root; parts are made when they are first asked for."""

    @property
    def database(self) -> Database:
        """Where stories, decisions and events are."""

    @property
    def understander(self) -> Understander:
        """What decides stories, and the packs it decides by."""

    @property
    def usual_plan(self) -> Plan:
        """What a subscription is like where nobody said otherwise: time, zone, days, tiers."""

    @property
    def rights(self) -> RightsSettings:
        """Who may change what."""

    @property
    def directory(self) -> Directory:
        """Who is who where people ask from, and a word to one of them."""

    @property
    def alerting(self) -> Alerting:
        """What alerts go by."""

    @property
    def polling(self) -> Polling:
        """What asks feeds, and where they are kept."""

    def article(self, url: str) -> Article:
        """Read a page that nobody polled, as `why` does; nothing is stored.

        Raises FetchError with a one-line reason.
        """
