"""A subscription: a channel's saved query with a timetable."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from bot.core.words import Tier

_EVENT: Final = re.compile(r"e\d{1,18}")

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WORKING_DAYS = (0, 1, 2, 3, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a channel wants told, and when."""

    name: str  # unique
    channel: str
    query: str = ""  # in the query language; "": everything that is flagged
    times: tuple[time, ...] = (time(9),)  # on the clocks of `timezone`
    timezone: str = "UTC"  # IANA name
    weekdays: tuple[int, ...] = WORKING_DAYS  # Monday is 0
    holidays: str = ""  # ISO country whose holidays are skipped; "": none
    tiers: tuple[Tier, ...] = (Tier.CORE, Tier.REGION, Tier.MINERALS)
    most: int = 15  # events in the main message
    on_quiet_days: bool = True  # say so when there is nothing to tell
    language: str = "en"  # of the headings
    alerts: bool = False  # tell at once what cannot wait
    watch: bool = False  # tell at once all that matches (of an event, "e17": all that comes of it); no digest
    review: int | None = None  # weekday of the review of the week, Monday is 0; None: there is none
    owner: str = ""  # who is told when it cannot be delivered; "": nobody

    @property
    def follows(self) -> str:
        """The event that a watch is of, as "e17"; "": it is none, or is of a query."""
        return self.query if self.watch and _EVENT.fullmatch(self.query) else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription(Plan):
    """A plan that is kept, and how far it has been told."""

    id: int
    origin: str  # "config": follows the file; "user": made by people, left alone
    paused: str | None  # why nothing is sent, "by NAME" if somebody wanted it so; None: it is sent
    created_at: datetime
    changed_at: datetime  # of when it is told: slots and alerts of before are not made up for
    told_until: datetime  # end of the last window; the next one starts here

    @property
    def paused_by_hand(self) -> bool:
        """Whether somebody paused it who knows of it, and not that Slack refused what it sends."""
        return (self.paused or "").startswith("by ")
