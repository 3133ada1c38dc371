"""Following feeds: by address, from a home page, from lists; and saying what is wrong with one."""

import re
from collections.abc import Iterable, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from pydantic import ValidationError

from bot.config import FeedSettings
from bot.core.asking.query import suggestion
from bot.core.redact import redact
from bot.errors import FetchError, InputError, UserError
from bot.fetch.document import SAID, FeedDocument, Offer, Problem, UnreadableError, left_out, next_step
from bot.fetch.opml import Outline
from bot.fetch.target import Target
from bot.fetch.web import PAGES, Fetched
from bot.packs.starter import Starter
from bot.store import feeds
from bot.store.database import Database, Session
from bot.store.feeds import KnownFeed, NewFeed
from bot.work import audit
from bot.work.poll_feed import refusal
from bot.work.polling import Polling

_WITH_OFFERS: Final = {Problem.WEB_PAGE, Problem.NOT_FOUND, Problem.LOGIN, Problem.BOT_WALL}
_SHOWN_OFFERS: Final = 10
_NAMES_NONE: Final = "It names no feed: try the home page of the site, or look there for RSS."
_LONGEST_NAME: Final = 200  # of a feed in somebody's list
_FEED_SCHEME: Final = re.compile(r"^feed:(?://)?(?=(https?://)?)", re.IGNORECASE)  # as browsers once had it


@dataclass(frozen=True, slots=True)
class Look:
    """What is found at an address. The addresses in it may hold a password: redact before showing."""

    url: str  # that was asked
    readable: bool
    reason: str = ""  # one line: why not, or what was broken although it could be read
    advice: str = ""  # what to do about it
    format: str = ""
    title: str = ""
    entries: int = 0
    newest: datetime | None = None
    offers: tuple[Offer, ...] = ()  # feeds that the page names, where it is a page
    moved_to: str = ""


class NoFeedError(UserError):
    """An address is no feed that can be read; `look` says what is there, and the text what to do."""

    def __init__(self, look: Look) -> None:
        self.look = look
        super().__init__(_refused(look))


def described(url: str, given: Mapping[str, str]) -> NewFeed:
    """A feed as somebody described it, by the rules of the configuration.

    Raises InputError that says what would be right.
    """
    try:
        # The address is not looked at here: it may be a page's, or lack its scheme.
        feed = FeedSettings.model_validate({"url": "https://example.org", **given})
    except ValidationError as error:
        wrong = {str(each["loc"][0]): str(each["ctx"]["error"]) for each in error.errors()}
        said = "; ".join(f"{key} {given[key]!r} is not {right}" for key, right in wrong.items())
        raise InputError(said) from None
    return NewFeed(url, feed.name, feed.lang, feed.country, feed.kind, feed.user_agent or None)


def follow(polling: Polling, new: NewFeed, now: datetime, *, by: str = "", unseen: bool = False) -> KnownFeed:
    """Poll a feed from now on, after a look at it, unless `unseen`. Without a name it gets its own.

    Raises UserError, with what to do, when it cannot be read or is polled
    already. Of a page that is no feed the error names the feeds that it offers.
    """
    new = replace(new, url=absolute(new.url))
    with polling.database.reading() as session:
        there = feeds.find(session, new.url)
    if there is not None and there.state.stopped is None:
        raise UserError(f"{redact(new.url)} is polled already: it is feed {there.id}")
    if not unseen:
        found = look(polling, new.url, user_agent=new.user_agent or "")
        if not found.readable:
            raise NoFeedError(found)
        new = replace(new, name=new.name or found.title)
    with polling.database.writing() as session:
        return _added(session, new, now, by)


def unfollow(database: Database, wanted: str, *, by: str, now: datetime) -> tuple[KnownFeed, int]:
    """Poll a feed no more; its stories stay. Gives the feed, and the number of the change.

    `wanted` is its number, address or name. Raises UserError when there is none, or when it is
    the configuration's.
    """
    found = named(database, wanted)
    if found.origin == "config":
        raise UserError(f"feed {found.id}, {found.name}, is in the configuration: take it out there")
    with database.writing() as session:
        feeds.stop(session, found.id, f"removed by {by}" if by != "terminal" else "removed from the terminal")
        return found, audit.of_feed(session, found, None, by=by, now=now)


def named(database: Database, wanted: str) -> KnownFeed:
    """The feed that is polled under this number, address or name. Raises UserError with the nearest."""
    with database.reading() as session:
        found = feeds.find(session, wanted)
        known = [feed.name for feed in feeds.listing(session, stopped=True)]
    if found is None:
        near = suggestion(wanted, known) or "; `feeds` lists them"
        raise UserError(f"there is no feed {redact(wanted)!r}{near}")
    if found.state.stopped is not None:
        raise UserError(f"feed {found.id}, {found.name}, is not polled already: {found.state.stopped}")
    return found


def _added(session: Session, new: NewFeed, now: datetime, by: str) -> KnownFeed:
    added = feeds.add(session, new, now, by=by)
    audit.of_feed(session, None, added, by=by, now=now)
    return added


def follow_all(
    polling: Polling, wanted: Iterable[NewFeed], now: datetime, *, by: str = ""
) -> tuple[list[KnownFeed], list[str]]:
    """Follow many feeds without a look at them: the next poll shows which can be read.

    Gives those that are new, and a line for each that was refused. One that is
    polled already is neither.
    """
    added: list[KnownFeed] = []
    refused: list[str] = []
    with polling.database.writing() as session:
        for one in wanted:
            try:
                new = replace(one, url=absolute(one.url))
            except UserError as error:
                refused.append(str(error))
                continue
            there = feeds.find(session, new.url)
            if there is None or there.state.stopped is not None:
                added.append(_added(session, new, now, by))
    return added, refused


def of_list(outlines: Iterable[Outline]) -> list[NewFeed]:
    """Feeds of somebody's list, without what it says of them that makes no sense, as a language "unknown"."""
    found = []
    for one in outlines:
        said = {"name": one.name[:_LONGEST_NAME], "lang": one.lang, "country": one.country, "kind": one.kind}
        kept = {}
        for key, value in said.items():
            with suppress(InputError):
                described(one.url, {key: value})
                kept[key] = value
        found.append(described(one.url, kept))
    return found


def of_starter(chosen: Iterable[Starter]) -> list[NewFeed]:
    """Feeds of the starter list, to be followed."""
    return [NewFeed(one.url, one.name, one.lang, one.country, one.kind) for one in chosen]


def look(polling: Polling, url: str, *, user_agent: str = "") -> Look:
    """Ask an address once and say what is there, and what to do about it. Keeps nothing; does not raise."""
    try:
        with ExitStack() as held:
            fetched = polling.web.get(url, user_agent=user_agent, held=held)
            if fetched.status // 100 != 2:
                return Look(url, False, said := refusal(fetched), next_step(said))
            document = polling.children.read(
                fetched.content, url=fetched.url, content_type=fetched.content_type
            )
    except UnreadableError as error:
        offers = _offers(polling, url, user_agent) if error.problem in _WITH_OFFERS else ()
        in_vain = error.problem is Problem.WEB_PAGE and not offers
        return Look(url, False, str(error), _NAMES_NONE if in_vain else next_step(str(error)), offers=offers)
    except FetchError as error:
        return Look(url, False, str(error), next_step(str(error)))
    return _readable(url, fetched, document)


def absolute(url: str) -> str:
    """An address as it is kept: with a scheme, nothing around it. Raises UserError for what is none."""
    url = _FEED_SCHEME.sub(lambda found: "" if found[1] else "http://", url.strip().strip("<>"))
    if "://" not in url and "." in url.partition("/")[0]:
        url = f"https://{url}"
    try:
        Target.of(url)
    except FetchError as error:
        raise UserError(f"{redact(url)[:200]}: {error}") from None
    return url


def _readable(url: str, fetched: Fetched, document: FeedDocument) -> Look:
    dates = [entry.published for entry in document.entries if entry.published]
    return Look(
        url,
        True,
        document.problem
        or left_out(document.entries)
        or ("" if document.entries else "a feed without entries: some days are quiet"),
        next_step(SAID[Problem.BROKEN]) if document.problem else "",
        format=document.format,
        title=document.title,
        entries=len(document.entries),
        newest=max(dates, default=None),
        moved_to=fetched.moved_to,
    )


def _offers(polling: Polling, url: str, user_agent: str) -> tuple[Offer, ...]:
    """The feeds that a page names. It is asked again, as a page: some sites answer feed readers otherwise."""
    try:
        with ExitStack() as held:
            page = polling.web.get(url, user_agent=user_agent, accept=PAGES, held=held)
            return polling.children.offers(page.content, url=page.url) if page.content else ()
    except FetchError:
        return ()


def _refused(found: Look) -> str:
    """Why a feed is not followed, and what to do instead."""
    if not found.offers:
        return f"{redact(found.url)}: {found.reason}. {found.advice}"
    named = "\n".join(
        f"  {redact(offer.url)}  {offer.title}".rstrip() for offer in found.offers[:_SHOWN_OFFERS]
    )
    return f"{redact(found.url)}: {found.reason}. It names these feeds; add one of them:\n{named}"
