"""What the work needs of the world outside, as protocols, and what the world can answer.

The outcomes of a post are values, not exceptions: each of them is expected, and
each leads to another state of the delivery's row (`bot/work/deliver.py`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.documents import Document


@dataclass(frozen=True, slots=True)
class Sent:
    """The message is there. `ts` is Slack's id of it within its channel."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The message was read and not taken: nothing was posted, and asking again will not help.

    `code` is Slack's word for it ("not_in_channel"); `advice` says in a sentence
    what a person can do about it. `token`: it is the token that is refused and
    not the place, so a restart with another one mends it.
    """

    code: str
    advice: str
    token: bool = False


@dataclass(frozen=True, slots=True)
class Limited:
    """Not taken, and nothing was posted: ask again after `retry_after`.

    Said by a rate limit, and when Slack could not be reached at all.
    """

    retry_after: timedelta
    code: str = "ratelimited"


@dataclass(frozen=True, slots=True)
class Lost:
    """The answer was lost: the message may be there or not. Look before posting again.

    A message can still arrive until `settles_after`; to look earlier proves nothing.
    """

    why: str
    settles_after: timedelta = timedelta(0)


Outcome = Sent | Refused | Limited | Lost


@dataclass(frozen=True, slots=True)
class Absent:
    """Everything posted since the attempt was read, and the message is not among it."""


@dataclass(frozen=True, slots=True)
class Blind:
    """The channel's history may not be read (a scope is missing): nobody can know."""

    code: str
    advice: str


Sighting = Sent | Absent | Blind | Limited
"""What a look in the channel shows. `Limited`: it could not be looked at now."""


class Poster(Protocol):
    """Posts to channels and people. Nothing is repeated behind the caller's back.

    A document becomes one message or several: part 0 stands in the channel, the
    others in its thread, which `under` names (the `ts` of part 0). Each part is
    marked with the delivery's `key` and its number, so that it can be found again.
    """

    def prepared(self, document: Document) -> Document:
        """The document with its pictures where a message can show them; one that cannot be had stays words.

        To be called before a post is begun: it takes its time, and posts nothing.
        """

    def parts(self, document: Document) -> int:
        """How many messages `document` becomes; the same number each time, at least 1."""

    def post(self, channel: str, document: Document, *, key: str, part: int = 0, under: str = "") -> Outcome:
        """Post one part of `document`."""

    def find(self, channel: str, *, key: str, since: datetime, part: int = 0, under: str = "") -> Sighting:
        """Look for a part that was posted at `since` or later."""

    def edit(self, channel: str, ts: str, document: Document, *, key: str) -> Outcome:
        """Put `document` in the place of what a message of ours says; of several parts, the first.

        `key` is what it was posted with. To do it again does no harm. `Refused`, where the message is
        gone or may be edited no more, says nothing of the channel.
        """

    def tell(self, user: str, document: Document) -> Outcome:
        """Send `document` to one person as a direct message."""


class Directory(Protocol):
    """Who is who where people ask from, and a word to one of them."""

    def is_admin(self, user: str) -> bool:
        """Whether the workspace counts a person among its admins and owners; False when nobody can say."""

    def is_member(self, user: str, channel: str) -> bool:
        """Whether a person is in a channel; False when nobody can say."""

    def channels(self, user: str) -> Mapping[str, str] | None:
        """The channels that a person is in, by their ids, with their names; None when nobody can say."""

    def name(self, user: str) -> str:
        """What a person is called; the id itself when nobody can say."""

    def tell(self, to: str, document: Document) -> bool:
        """Send `document` to a person, or into a channel, once; whether it arrived."""


class Nobody:
    """The directory where there is no workspace."""

    def is_admin(self, user: str) -> bool:
        """Nobody is."""
        del user
        return False

    def is_member(self, user: str, channel: str) -> bool:
        """Nobody is."""
        del user, channel
        return False

    def channels(self, user: str) -> None:
        """Nobody can say."""
        del user

    def name(self, user: str) -> str:
        """The id."""
        return user

    def tell(self, to: str, document: Document) -> bool:
        """There is no way to them."""
        del to, document
        return False
