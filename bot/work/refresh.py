"""Refreshing: the due feeds are claimed, asked in threads, and what they bring is kept.

A feed that takes long stands aside: its thread goes on, and others take its
place, so that twenty hostile feeds do not keep a healthy one waiting.
"""

import logging
import threading
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from functools import lru_cache, partial
from itertools import accumulate
from typing import Final, TypeVar

from bot.errors import SteppewatchError
from bot.fetch.addresses import literal
from bot.fetch.isolation import StoppedError
from bot.fetch.memory import give_back_freed
from bot.fetch.robots import Robots
from bot.fetch.target import Target
from bot.store import feeds, leases
from bot.store.feeds import DueFeed
from bot.work.intake import Found
from bot.work.poll_feed import Unchanged, asked_at, keep_all, outcome, poll_feed
from bot.work.polling import Outcome, Polling
from bot.work.turns import Turns

log = logging.getLogger(__name__)

_ASIDE: Final = 48  # that may stand aside at the same time
_TOGETHER: Final = 50  # feeds whose states are noted in one transaction,
_STORIES: Final = 500  # and new stories about; those that are gathered into events weigh more
_SOON: Final = 0.2  # seconds after which they wait for no others
_AHEAD: Final = 8  # times as many as are asked at once may wait, claimed: unchanged ones are done in no time
_TICK: Final = 0.05  # seconds

Tell = Callable[[Outcome], None]
Came = TypeVar("Came")


class Poller:
    """Polls feeds in threads of its own. `start_due` is called again and again, and returns at once."""

    def __init__(self, polling: Polling, *, tell: Tell | None = None) -> None:
        """`tell` hears of every feed that was polled, from the thread that polled it."""
        self._polling = polling
        polling.children.will_decide()
        self._tell = tell or (lambda _: None)
        self._robots = Robots(polling.web)
        self._turns = Turns(_host, lru_cache(maxsize=1024)(self._is_ours))
        self._changed = threading.Condition()
        self._began: dict[int, float] = {}  # by thread: when its feed's turn began
        self._quiet: list[Unchanged] = []
        self._found: list[Found] = []
        self._since = 0.0  # when the first of these came; monotonic
        self._keeping = threading.Lock()
        self._now: dict[int, datetime] = {}  # by feed: the moment it was claimed at
        self._closed = False
        self._pacing = False

    def start_due(self, now: datetime, *, everything: bool = False, only: Collection[int] = ()) -> set[int]:
        """Claim due feeds, as many as there is room for, and begin to poll them. Gives their ids.

        `everything` and `only` are as in `feeds.claim_due`. Raises StoreError.
        """
        with self._changed:
            room = 0 if self._closed else _AHEAD * self._polling.at_once - self._turns.count
        claimed: list[DueFeed] = []
        if room > 0:
            with self._polling.database.writing() as session:
                leases.free_the_dead(session, now)
                claimed = feeds.claim_due(
                    session, now, limit=room, lease=self._polling.lease, everything=everything, only=only
                )
        with self._changed:
            # Those that answered last time go first: a failing feed is the likelier to take long.
            for due in sorted(claimed, key=lambda due: due.feed.state.failures):
                self._now[due.feed.id] = now
                self._turns.add(due)
            self._begin()
            if claimed and not self._pacing:
                self._pacing = True
                threading.Thread(target=self._pace, name="pace", daemon=True).start()
        return {due.feed.id for due in claimed}

    def wait(self, seconds: float) -> bool:
        """Go on for so long, or until everything that was started is done. True: it is."""
        until = time.monotonic() + seconds
        while True:
            with self._changed:
                done = not self._began and not self._turns.count
                if not done and time.monotonic() < until:
                    self._changed.wait(_TICK)
                    continue
            if done:
                self._keep()
            return done

    def close(self, within: float) -> bool:
        """Begin nothing more, give back what was not begun, and wait. False: it took too long."""
        with self._changed:
            self._closed = True
            waiting = self._turns.drain()
        self._give_back(waiting)
        return self.wait(within)

    def _give_back(self, unread: Sequence[DueFeed]) -> None:
        """They are due as before."""
        if unread:
            with self._polling.database.writing() as session:
                for due in unread:
                    feeds.release(session, due)

    def _pace(self) -> None:
        """Begin what waits as soon as its host is free and a place is, and keep what came a while ago."""
        while True:
            with self._changed:
                if not (self._turns.count or self._began or self._found or self._quiet):
                    self._pacing = False
                    return
                self._begin()
                self._changed.wait(_TICK)
                old = (self._found or self._quiet) and time.monotonic() - self._since > _SOON
            if old:
                self._keep()

    def _begin(self) -> None:
        """Give threads to those whose turn it is. The caller holds the lock."""
        while self._turns.count and len(self._began) < self._polling.at_once + _ASIDE:
            now = time.monotonic()
            patience = self._polling.patience.total_seconds()
            if sum(now - began < patience for began in self._began.values()) >= self._polling.at_once:
                return
            turn = self._turns.take(now)
            if turn is None:
                return
            thread = threading.Thread(target=self._work, args=turn, name="poll", daemon=True)
            thread.start()
            assert thread.ident is not None
            self._began[thread.ident] = now

    def _work(self, due: DueFeed, ticket: float) -> None:
        """Poll one feed, then the next whose turn it is, until it is nobody's."""
        me = threading.get_ident()
        turn: tuple[DueFeed, float] | None = (due, ticket)
        while turn is not None:
            due, ticket = turn
            place = ExitStack()
            place.callback(self._turns.done, due, ticket)
            self._poll(due, partial(self._asked, place))
            with self._changed:
                place.close()
                turn = None if self._closed else self._turns.take(time.monotonic())
                if turn is None:
                    self._began.pop(me, None)
                else:
                    self._began[me] = turn[1]
                self._begin()
                if not self._began:
                    self._changed.notify_all()

    def _asked(self, place: ExitStack) -> None:
        """A feed has answered: its host is free for another while this answer is read."""
        with self._changed:
            place.close()
            self._begin()

    def _poll(self, due: DueFeed, asked: Callable[[], None]) -> None:
        """Poll one feed; whatever goes wrong is told and ends nothing else."""
        now = self._now.pop(due.feed.id)
        came = self._safely(due, partial(poll_feed, self._polling, self._robots, due, now, asked=asked))
        if came is None:
            return
        with self._changed:
            if not (self._quiet or self._found):
                self._since = time.monotonic()
            if isinstance(came, Found):
                self._found.append(came)
            else:
                self._quiet.append(came)
            alone = not self._turns.count and len(self._began) <= 1
            many = (
                len(self._quiet) + len(self._found) >= _TOGETHER
                or sum(one.weight for one in self._found) >= _STORIES
            )
        if alone or many:
            self._keep()

    def _safely(self, due: DueFeed, do: Callable[[], Came]) -> Came | None:
        """Whatever goes wrong with a feed is told and ends nothing else; None: it went wrong."""
        try:
            return do()
        except StoppedError as error:
            reason = str(error)
            self._give_back([due])
        except SteppewatchError as error:
            reason = str(error)
            log.error("feed.not_kept", extra={"feed": due.feed.id, "error": reason})  # noqa: TRY400 - its text says all
        except Exception as error:
            reason = f"our own mistake, see the log ({type(error).__name__})"
            log.exception("feed.broke_us", extra={"feed": due.feed.id})
        self._tell(_lost(due, reason))
        return None

    def _keep(self) -> None:
        """Keep what came, so much at a time that others need not wait long."""
        while self._keep_some():
            pass

    def _keep_some(self) -> bool:
        """Keep a batch, one at a time, and meanwhile the next one comes together. False: that was all."""
        with self._keeping:
            with self._changed:
                quiet, self._quiet = self._quiet, []
                weights = accumulate(one.weight for one in self._found)
                many = max(1, sum(weight <= _STORIES for weight in weights))
                found, self._found = self._found[:many], self._found[many:]
                left = bool(self._found)
            if not (quiet or found):
                return False
            try:
                told = keep_all(self._polling, quiet, found)
            except SteppewatchError as error:
                log.error("feed.not_kept", extra={"feeds": len(quiet) + len(found), "error": str(error)})  # noqa: TRY400
                lost = [*(one.due for one in quiet), *(one.due for one in found)]
                told = [_lost(due, str(error)) for due in lost]
            except Exception:
                log.exception("feed.broke_us", extra={"feeds": len(quiet) + len(found)})
                told = self._keep_each(quiet, found)
            if found:
                del found
                give_back_freed()
        for one in told:
            self._tell(one)
        return left

    def _keep_each(self, quiet: Sequence[Unchanged], found: Sequence[Found]) -> list[Outcome]:
        """Keep what came one by one: what is wrong with one of them shall lose no other."""
        alone = [(one.due, [one], list[Found]()) for one in quiet]
        alone += [(one.due, list[Unchanged](), [one]) for one in found]
        told: list[Outcome] = []
        for due, silent, bringing in alone:
            told += self._safely(due, partial(keep_all, self._polling, silent, bringing)) or []
        return told

    def _is_ours(self, host: str) -> bool:
        """Whether a host is an address in a network that the operator opened."""
        try:
            address = literal(host)
        except SteppewatchError:
            return False
        return address is not None and any(
            address in network
            for network in self._polling.web.private_networks
            if network.version == address.version
        )


def refresh(
    polling: Polling,
    now: datetime,
    *,
    everything: bool = False,
    tell: Tell | None = None,
) -> list[Outcome]:
    """Poll every due feed once; with `everything`, those that are not due yet as well.

    Gives what came of each, in the order they were done; `tell` hears of each at once.
    Raises StoreError.
    """
    outcomes: list[Outcome] = []
    said = threading.Lock()

    def heard(outcome: Outcome) -> None:
        with said:
            outcomes.append(outcome)
            if tell is not None:
                tell(outcome)

    left: set[int] = set()
    if everything:
        with polling.database.reading() as session:
            left = {feed.id for feed in feeds.listing(session)}
    poller = Poller(polling, tell=heard)
    while True:
        claimed = poller.start_due(now, everything=everything, only=left) if left or not everything else set()
        left -= claimed
        if poller.wait(_TICK) and not claimed:
            break
    poller.close(within=polling.lease.total_seconds())
    return outcomes


def _lost(due: DueFeed, reason: str) -> Outcome:
    """What is told of a feed that failed here."""
    return replace(outcome(due.feed, "failed", reason=reason), ours=True)


def _host(due: DueFeed) -> str:
    """The host that a feed is asked at, with its port: the place that is shared with other feeds."""
    try:
        target = Target.of(asked_at(due.feed))
    except SteppewatchError:
        return ""
    return target.host
