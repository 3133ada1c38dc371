"""Following feeds: by address, from a home page, from lists; and saying what is wrong with one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.identity import believable
from bot.core.redact import redact
from bot.core.words import FeedKind
from bot.errors import FetchError, UserError
from bot.fetch import opml
from bot.fetch.document import NEXT_STEP, FeedDocument, Problem, UnreadableError
from bot.fetch.isolation import Children
from bot.fetch.opml import Outline
from bot.fetch.page import Offer
from bot.fetch.target import Target
from bot.fetch.web import PAGES, Fetched, Web
from bot.packs.starter import Starter
from bot.store import feeds
from bot.store.database import Database
from bot.store.feeds import KnownFeed, NewFeed
from bot.work.poll_feed import refusal

_NOT_THERE = {404, 410}


@dataclass(frozen=True, slots=True)
class Offered:
    """An address that is no feed, and the feeds that its page names."""

    url: str
    offers: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found at an address."""

    url: str  # that answered, after redirects
    works: bool
    said: str  # one line
    next_step: str = ""  # what to do about it; "": nothing
    format: str = ""
    title: str = ""
    entries: int = 0
    newest: datetime | None = None
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """What became of a list of feeds."""

    added: tuple[KnownFeed, ...]
    known: int  # that were polled already
    refused: tuple[str, ...]  # a line each


def follow(
    database: Database, web: Web, children: Children, new: NewFeed, now: datetime, *, by: str = ""
) -> KnownFeed | Offered:
    """Poll a feed from now on; of a page that is none, its feeds are offered.

    Without a name it gets the one that the feed gives itself. Raises UserError,
    with what to do, when there is neither a feed nor any offer, when the
    address may not be asked, and when it is polled already.
    """
    url = address(new.url)
    with database.reading() as session:
        there = feeds.find(session, url)
    if there is not None and there.state.stopped is None:
        raise UserError(f"{redact(url)} is polled already: it is feed {there.id}")
    found = check(web, children, url, now, user_agent=new.user_agent or "")
    if found.offers:
        return Offered(found.url, found.offers)
    if not found.works:
        raise UserError(f"{redact(url)}: {found.said}. {found.next_step}".rstrip(". ") + ".")
    named = NewFeed(
        url=url,
        name=new.name or found.title,
        lang=new.lang,
        country=new.country,
        kind=new.kind,
        user_agent=new.user_agent,
    )
    with database.writing() as session:
        return feeds.add(session, named, now, by=by)


def check(web: Web, children: Children, url: str, now: datetime, *, user_agent: str = "") -> Checked:
    """Ask an address once and say what is there, and what to do about it. Stores nothing.

    Raises UserError for what is not an address at all.
    """
    url = address(url)
    try:
        fetched = web.get(url, user_agent=user_agent)
        if fetched.status // 100 != 2:
            return _refused(fetched)
        document = children.read(fetched.body, url=fetched.url, content_type=fetched.content_type)
    except UnreadableError as error:
        return _no_feed(web, children, url, error, user_agent)
    except FetchError as error:
        return Checked(url=redact(url), works=False, said=str(error), next_step=_next_step(str(error)))
    return _works(fetched, document, now)


def address(url: str) -> str:
    """An address as it is kept: with a scheme, without spaces around it. Raises UserError."""
    url = url.strip().strip("<>")
    if "://" not in url and "." in url.partition("/")[0]:
        url = f"https://{url}"
    try:
        Target.of(url)
    except FetchError as error:
        raise UserError(f"{redact(url)[:200]}: {error}") from None
    return url


def take_list(database: Database, outlines: Iterable[Outline], now: datetime, *, by: str = "") -> Listed:
    """Follow all the feeds of a list, unasked: what cannot be read will be said when it is polled."""
    added: list[KnownFeed] = []
    refused: list[str] = []
    known = 0
    with database.writing() as session:
        for outline in outlines:
            try:
                new = NewFeed(
                    url=address(outline.url),
                    name=outline.name,
                    lang=outline.lang,
                    country=outline.country,
                    kind=_kind(outline.kind),
                )
            except UserError as error:
                refused.append(str(error))
                continue
            there = feeds.find(session, new.url)
            if there is not None and there.state.stopped is None:
                known += 1
            else:
                added.append(feeds.add(session, new, now, by=by))
    return Listed(tuple(added), known, tuple(refused))


def starter(chosen: Sequence[Starter]) -> list[Outline]:
    """Feeds of the starter list, to be taken as a list."""
    return [Outline(one.url, one.name, one.lang, one.country, one.kind.value) for one in chosen]


def as_opml(known: Sequence[KnownFeed]) -> str:
    """The feeds as OPML, for other readers and for `feeds import`. Passwords are left out."""
    outlines = (Outline(redact(one.url), one.name, one.lang, one.country, one.kind.value) for one in known)
    return opml.write(tuple(outlines), title="Feeds of Steppewatch")


def _works(fetched: Fetched, document: FeedDocument, now: datetime) -> Checked:
    """A feed."""
    dates = [date for entry in document.entries if (date := believable(entry.published, now))]
    said = document.problem or (
        f"{len(document.entries)} entries" if document.entries else "a feed, empty today"
    )
    return Checked(
        url=redact(fetched.url),
        works=True,
        said=said,
        next_step=f"It has moved for good: {redact(fetched.moved_to)}" if fetched.moved_to else "",
        format=document.format,
        title=document.title,
        entries=len(document.entries),
        newest=max(dates, default=None),
    )


def _no_feed(web: Web, children: Children, url: str, error: UnreadableError, user_agent: str) -> Checked:
    """No feed. A web page is asked for the feeds that it names."""
    offers: tuple[Offer, ...] = ()
    if error.problem in {Problem.WEB_PAGE, Problem.NOT_FOUND, Problem.LOGIN, Problem.BOT_WALL}:
        try:
            page = web.get(url, user_agent=user_agent, accept=PAGES)
            offers = children.offers(page.body, url=page.url) if page.body else ()
        except FetchError:
            offers = ()
    step = "It names feeds: add one of them." if offers else NEXT_STEP[error.problem]
    return Checked(url=redact(url), works=False, said=str(error), next_step=step, offers=offers)


def _refused(fetched: Fetched) -> Checked:
    """An answer that is none."""
    if fetched.status in _NOT_THERE:
        step = NEXT_STEP[Problem.NOT_FOUND]
    elif fetched.status == 403:
        step = NEXT_STEP[Problem.BOT_WALL]
    elif fetched.status in {429, 503}:
        step = "Nothing: it asks to be left alone for a while, and is."
    else:
        step = "Often passes by itself; it is asked less and less often until then."
    return Checked(url=redact(fetched.url), works=False, said=refusal(fetched), next_step=step)


def _next_step(reason: str) -> str:
    """What to do when there was no answer at all."""
    if reason.startswith("not allowed"):
        return "Check the host's name; an address of your own network is opened by poll.private_networks"
    if "certificate" in reason or "secure connection" in reason:
        return "Tell the site: its certificate is never passed over"
    return "Often passes by itself; it is asked less and less often until then"


def _kind(word: str) -> FeedKind:
    """The kind of feed that a list names; lists of others name none."""
    try:
        return FeedKind(word)
    except ValueError:
        return FeedKind.OTHER
