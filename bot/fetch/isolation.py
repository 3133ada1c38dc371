"""Work that may never end, done where it can be ended: a pool of child processes.

Children start when they are wanted, are used again, and end when nobody asks
for a minute. One whose work takes longer than a moment stands aside, so that a
hostile text keeps nobody waiting who comes after it. Where many wait, who brings
little goes first.
"""

import itertools
import signal
import threading
import time
from bisect import insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from typing import Any, TypeVar

from bot.core.identity import Identified
from bot.core.new_story import Fresh, Origin
from bot.core.story import Article, Decision
from bot.errors import FetchError, SteppewatchError
from bot.fetch.body import Body, size_of
from bot.fetch.document import FeedDocument, Offer, Problem, Reading, UnreadableError
from bot.fetch.memory import give_back_large_blocks
from bot.fetch.nursery import Child, Mind, Mother, Request, coming

_LOADING = 2.0  # seconds that trafilatura may take to load
_LARGE = 1_000_000  # bytes: such a text takes much memory
_LONGEST = 30.0  # seconds that the largest may take
_MOMENT = 0.5  # seconds of work after which a child at work stands aside
_STOPPED = "stopped while reading"
_HANDICAP = 1e-4  # seconds for each byte of a text that it waits for those which come after it, 30 at most
_DECIDED_AT_ONCE = 50  # stories, and
_CHARACTERS_AT_ONCE = (
    100_000  # of theirs: what was decided takes ten times the room of what it was decided by
)

T = TypeVar("T")


class StoppedError(SteppewatchError):
    """The program ends; what was being read is no fault of its feed's."""


@dataclass(order=True, slots=True)
class _Waiting:
    """Somebody who waits for a child, by whose turn it is."""

    turn: float  # monotonic
    number: int
    called: threading.Condition = field(compare=False)


class Children:
    """The pool. Safe to share between threads."""

    def __init__(
        self,
        mind: Mind | None = None,
        *,
        at_once: int = 2,
        aside: int = 1,
        seconds: float = 1.0,
        per_megabyte: float = 4.0,
    ) -> None:
        """`at_once` children work, `aside` more may finish what takes long; they decide by `mind`.

        `seconds` of processor time for one piece of work, and `per_megabyte` more.
        """
        self._mind = mind or Mind()
        self._mother: Mother | None = None
        self._deciders = False
        self._at_once = at_once
        self._aside = aside
        self._seconds = seconds
        self._per_megabyte = per_megabyte
        self._idle: list[Child] = []
        self._busy: set[Child] = set()
        self._waiting: list[_Waiting] = []
        self._numbers = itertools.count()
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._closed = False
        self._large = threading.Lock()
        give_back_large_blocks()

    def read(self, body: Body, *, url: str, content_type: str = "") -> FeedDocument:
        """`bot.fetch.reader.read` in a child. Raises UnreadableError; TOO_SLOW when the child was killed."""
        document: FeedDocument = self._call("read", (url, content_type), size_of(body), body=body)
        return document

    def take(self, body: Body, *, url: str, content_type: str, origin: Origin) -> Reading:
        """Read a document of a polled feed. Raises as `read` does."""
        self.will_decide()
        reading: Reading = self._call("take", (url, content_type, origin), size_of(body), body=body)
        return reading

    def make(self, items: Sequence[tuple[Identified, str]], origin: Origin) -> list[Fresh]:
        """Decided stories of entries, in their order; by the text of its page where that is given (not "").

        Raises FetchError when that takes too long or too much.
        """
        self.will_decide()
        made: list[Fresh] = []
        for some, size in _portions(
            items, lambda one: len(one[0].entry.title) + len(one[1] or one[0].entry.text)
        ):
            made += self._call("make", (some, origin), size)
        return made

    def will_decide(self) -> None:
        """Let children be born with the packs from now on; those that were born without do no more work."""
        with self._changed:
            ending = [] if self._deciders else self._idle[:]
            self._deciders = True
            self._idle = [child for child in self._idle if child not in ending]
        for child in ending:
            child.end()

    def decide(self, articles: Sequence[Article]) -> list[Decision]:
        """Decide stories, in their order. Raises FetchError when that takes too long or too much."""
        self.will_decide()
        decided: list[Decision] = []
        for some, size in _portions(articles, lambda one: len(one.title) + len(one.text)):
            decided += self._call("decide", (some,), size)
        return decided

    def offers(self, body: Body, *, url: str) -> tuple[Offer, ...]:
        """The feeds that a page names."""
        found: tuple[Offer, ...] = self._call("offers", (url,), size_of(body), body=body)
        return found

    def article(self, body: Body, *, url: str) -> str:
        """The text of an article's page; "": none was found."""
        text: str = self._call("article", (url,), size_of(body), body=body, more=_LOADING)
        return text

    def headline(self, body: Body, *, url: str) -> str:
        """The headline of an article's page; "": none was found."""
        found: str = self._call("headline", (url,), size_of(body), body=body)
        return found

    @property
    def pids(self) -> tuple[int, ...]:
        """The children at the moment."""
        with self._changed:
            return tuple(child.pid for child in (*self._idle, *self._busy))

    @property
    def waiting(self) -> int:
        """How many wait for a child at the moment."""
        with self._changed:
            return len(self._waiting)

    @property
    def mother(self) -> int | None:
        """The process that they come from; None: nobody was asked for anything yet."""
        return self._mother.pid if self._mother else None

    def close(self) -> None:
        """End all children, also those at work, whose pipes are closed by who waits at them."""
        with self._changed:
            self._closed = True
            ending, self._idle = self._idle, []
            for child in self._busy:
                child.kill()
            for waiting in self._waiting:
                waiting.called.notify()
        for child in ending:
            child.end()
        with self._changed:
            self._changed.wait_for(lambda: not self._busy, _MOMENT)
        if self._mother is not None:
            self._mother.end()

    def __enter__(self) -> "Children":
        """For `with`: closed at its end."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()

    def _call(
        self, name: str, arguments: tuple[Any, ...], size: int, *, body: Body | None = None, more: float = 0.0
    ) -> Any:
        """Have a child do it, and give its answer or raise what it raised. Of large texts one at a time."""
        seconds = min(self._seconds + more + self._per_megabyte * size / 1e6, _LONGEST)
        with self._large if size > _LARGE else nullcontext():
            return self._asked(Request(name, arguments, size, seconds, coming(body)), body)

    def _asked(self, request: Request, body: Body | None) -> Any:
        for attempt in range(2):
            child = self._take(request.size, fresh=attempt > 0)
            try:
                answer = child.ask(request, body)
            except (EOFError, OSError):
                overdue = self._retire(child)
                if self._closed:
                    raise StoppedError(_STOPPED) from None
                if overdue or attempt > 0:
                    raise UnreadableError(Problem.TOO_SLOW) from None
                continue  # it may have ended while it was idle: another shall try
            self._give_back(child)
            if isinstance(answer, FetchError):
                raise answer
            return answer
        raise AssertionError("unreachable")

    def _take(self, size: int, *, fresh: bool) -> Child:
        """An idle child, or a new one as soon as one may be started and nobody else comes first."""
        turn = time.monotonic() + min(size * _HANDICAP, _LONGEST)
        with self._changed:
            mine = _Waiting(turn, next(self._numbers), threading.Condition(self._lock))
            insort(self._waiting, mine)
            try:
                while True:
                    if self._closed:
                        raise StoppedError(_STOPPED)
                    first = self._waiting[0] is mine
                    child = self._free(fresh=fresh) if first else None
                    if child is not None:
                        child.begin(time.monotonic())
                        self._busy.add(child)
                        return child
                    mine.called.wait(_MOMENT / 2 if first else None)
            finally:
                self._waiting.remove(mine)
                self._call_next()

    def _call_next(self) -> None:
        if self._waiting:
            self._waiting[0].called.notify()

    def _free(self, *, fresh: bool) -> Child | None:
        """A child that may begin to work; None: not yet."""
        while self._idle and not fresh:
            child = self._idle.pop()
            if child.is_idle():
                return child
            child.end()
        now = time.monotonic()
        old = [child for child in self._busy if child.is_tiring(now, _MOMENT)]
        for child in old:
            child.make_way()
        young = len(self._busy) - len(old)
        if young < self._at_once and len(self._busy) < self._at_once + self._aside:
            return self._born()
        return None

    def _born(self) -> Child:
        """A new child. The mother may have ended while nobody asked for anything: then there is another."""
        for _ in range(2):
            if self._mother is None:
                self._mother = Mother(self._mind)
            try:
                return self._mother.bear(decider=self._deciders)
            except (EOFError, OSError):
                self._mother.end()
                self._mother = None
        raise FetchError("no process to read it in could be started")

    def _give_back(self, child: Child) -> None:
        """Keep it for the next, unless there are enough, or it is not fit for it.

        That it had to make way cannot be taken back.
        """
        with self._changed:
            fit = not child.nice and child.decider >= self._deciders
            keep = fit and not self._closed and len(self._idle) < self._at_once
            if keep:
                self._busy.discard(child)
                self._idle.append(child)
                self._call_next()
        if not keep:
            self._end(child)

    def _retire(self, child: Child) -> bool:
        """Bury a child that gave no answer; True: its alarm rang, or ours."""
        overdue = not child.ends()
        self._end(child)
        return overdue or child.fate in {-signal.SIGPROF, -signal.SIGALRM}

    def _end(self, child: Child) -> None:
        """End a child that was at work; who closes all of them waits for it."""
        child.end()
        with self._changed:
            self._busy.discard(child)
            self._call_next()
            self._changed.notify()


def _portions(items: Iterable[T], length: Callable[[T], int]) -> Iterator[tuple[list[T], int]]:
    """What is decided at once, in order, each with its length in characters; a long one is by itself."""
    portion: list[T] = []
    size = 0
    for item in items:
        more = length(item)
        if portion and (len(portion) == _DECIDED_AT_ONCE or size + more > _CHARACTERS_AT_ONCE):
            yield portion, size
            portion, size = [], 0
        portion.append(item)
        size += more
    if portion:
        yield portion, size
