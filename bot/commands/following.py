"""`feeds add`, `feeds remove` and `feeds check`: who is polled, and what is wrong with an address."""

from collections.abc import Callable
from typing import Final

from bot.commands import forms
from bot.commands.answer import Answer, Ask
from bot.commands.rights import Right
from bot.commands.room import Room
from bot.core.asking.forms import Choice
from bot.core.asking.options import Options, take
from bot.core.documents import Button, Buttons, Document, Facts, Line, Notice, Paragraph, Part, Span, plain
from bot.core.inert import one_line
from bot.core.redact import redact
from bot.core.wording import held, many, minute
from bot.errors import InputError, UserError
from bot.fetch.document import Offer
from bot.store import feeds as store
from bot.store import stories
from bot.store.feeds import KnownFeed
from bot.work import follow as work
from bot.work import release as releasing
from bot.work.follow import Look, NoFeedError

OPTIONS: Final = ("name", "lang", "country", "kind")
OFFERS: Final = 5
"""Feeds of a page that are buttons."""

HELD_SHOWN: Final = 10
"""Stories held back that are shown, the newest."""

EXAMPLE: Final = "feeds add https://example.org/news lang:ru country:KZ"


def add(room: Room, ask: Ask) -> Answer:
    """Poll an address from now on, after a look at it. A page that names feeds gets them offered.

    Without an address the form of a new feed is given.
    """
    if not ask.words.strip():
        return _form(room)
    options = take(ask.words, OPTIONS, begins=ask.begins)
    address = _address(options, ask)
    try:
        new = work.described(address, options.values)
    except InputError as error:
        raise UserError(str(error), at=ask.begins) from error
    try:
        feed = work.follow(room.polling, new, ask.now, by=ask.person)
    except NoFeedError as error:
        if not error.look.offers:
            raise
        return _offered(error.look, options)
    title = f"Followed from now on: {feed.name}"
    facts: list[tuple[str, Line]] = [
        ("Address", plain(redact(feed.url))),
        ("Kind", plain(str(feed.kind))),
        *(
            (name, plain(value))
            for name, value in (("Language", feed.lang), ("Country", feed.country))
            if value
        ),
    ]
    row = (
        Button("How it is", f"feeds {feed.name}"),
        Button("Remove", f"feeds remove {feed.id}"),
        Button("Changes", "changes feed"),
    )
    parts = (Facts(tuple(facts)), Notice("Its stories come with the next poll."), Buttons(row))
    return Answer(
        Document(title, parts, gist=title), {"id": feed.id, "feed": feed.name, "url": redact(feed.url)}
    )


def check_words(room: Room, ask: Ask) -> None:
    """Raise UserError where the words of `feeds add` make no sense, or `remove` names none; of other words
    nothing is said."""
    del room
    first, _, rest = ask.words.partition(" ")
    begins = ask.begins + len(ask.words) - len(rest)
    if first.casefold() == "remove":
        _named(rest, begins)
    if first.casefold() != "add":
        return
    options = take(rest, OPTIONS, begins=begins)
    at = begins + len(options.rest) - len(options.rest.lstrip())
    try:
        work.absolute(work.described(_address(options, ask), options.values).url)
    except (InputError, UserError) as error:
        raise UserError(str(error), at=at) from error


def _form(room: Room) -> Answer:
    parts = (
        Paragraph(
            plain("Type the address of a feed, or of a page that names feeds, and what is known of it:")
        ),
        Paragraph((Span(EXAMPLE, style="code"),)),
        Notice("name:, lang:, country: and kind: may be left out."),
    )
    document = Document("Add a feed", parts, gist=f"For example: {EXAMPLE}")
    return Answer(document, {"example": EXAMPLE}, form=forms.feed(room.understander.packs))


def remove(room: Room, ask: Ask) -> Answer:
    """Poll a feed no more."""
    named = _named(ask.words, ask.begins)
    feed, noted = work.unfollow(room.database, named, by=ask.person, now=ask.now)
    title = f"Not polled any more: {feed.name}"
    row = (Button("Undo", f"undo c{noted}"), Button("Feeds", "feeds"))
    return Answer(
        Document(title, (Notice("Its stories stay."), Buttons(row)), gist=title),
        {"removed": feed.name, "id": feed.id},
    )


def _named(words: str, at: int) -> str:
    """The feed that is to be removed, as it was named."""
    if named := words.strip().strip('"'):
        return named
    raise UserError("which feed? `feeds` lists them; feeds remove NAME", at=at)


def check(room: Room, ask: Ask) -> Answer:
    """Ask an address, or a feed, now, and say what is wrong with it and what to do. Keeps nothing."""
    options = take(ask.words, OPTIONS, begins=ask.begins)
    named = options.rest.strip().strip('"')
    if not named:
        raise UserError("check what? For example: feeds check https://example.org/feed", at=ask.begins)
    with room.database.reading() as session:
        feed = store.find(session, named)
    if feed is None and "." not in named:
        feed = work.named(room.database, named)
    url = feed.url if feed is not None else work.absolute(_bare(named))
    seen = work.look(room.polling, url, user_agent=(feed.user_agent or "") if feed else "")
    name = feed.name if feed is not None else redact(url)
    title = f"{one_line(name, 100)}: {'can be read' if seen.readable else 'cannot be read'}"
    parts: list[Part] = []
    if seen.readable:
        newest = f", the newest of {minute(seen.newest)}" if seen.newest else ""
        parts.append(Notice(f"{seen.format}, {many(seen.entries, 'entry', 'entries')}{newest}"))
    if seen.reason:
        parts.append(
            Notice(f"{seen.reason}. {seen.advice}".rstrip(), kind="info" if seen.readable else "warning")
        )
    if feed is not None and (kept_back := _held(room, feed)):
        parts.append(Notice(held(feed.name, kept_back), kind="warning"))
    if seen.moved_to:
        parts.append(Notice(f"It has moved to {redact(seen.moved_to)}."))
    if seen.offers:
        parts += [Notice("The page names these feeds:"), _offers(seen, _said(options))]
    elif seen.readable and feed is None:
        parts.append(Buttons((Button("Add it", f"feeds add {url}"),)))
    return Answer(
        Document(title, tuple(parts), gist=title),
        {
            "feed": name,
            "url": redact(url),
            "readable": seen.readable,
            "reason": seen.reason,
            "advice": seen.advice,
            "entries": seen.entries,
            "offers": [redact(offer.url) for offer in seen.offers],
        },
        form=forms.feed(room.understander.packs, _choices(seen)),
    )


def release(room: Room, ask: Ask) -> Answer:
    """Say what is held back of a feed and what releasing it does; with `now` at the end, do it."""
    named, at_once = _without_now(ask.words.strip())
    if not named:
        raise UserError("release what of? `feeds` names what is held back; feeds release NAME", at=ask.begins)
    back = releasing.held_back(room.database, named)
    told = many(len(back.stories), "story", "stories")
    facts = {"feed": back.feed.name, "id": back.feed.id, "held": len(back.stories), "flagged": back.flagged}
    if at_once:
        done = releasing.release(room.database, back, ask.now, by=ask.person)
        title = f"Released: {many(done, 'story', 'stories')} of {back.feed.name}"
        parts: tuple[Part, ...] = (Notice("They count for now: the next digests may tell of them."),)
        return Answer(Document(title, parts, gist=title), facts | {"released": done})
    title = f"{told} of {back.feed.name} held back, {back.flagged} flagged"
    shown = tuple(Paragraph((Span(each.title, url=each.url),)) for each in back.stories[-HELD_SHOWN:])
    parts = (
        Notice("Its site changed all its ids at once; these have no date, and no title that was known."),
        *shown,
        Notice("Released, they are found by search, and the next digests tell of those that are flagged."),
        Buttons((Button("Release", f"feeds release {back.feed.id} now"),)),
    )
    return Answer(Document(title, parts, gist=title), facts | {"released": 0})


def _held(room: Room, feed: KnownFeed) -> int:
    with room.database.reading() as session:
        return stories.held_back(session).get(feed.id, 0)


def _without_now(words: str) -> tuple[str, bool]:
    """Whose, and whether at once."""
    first, _, last = words.rpartition(" ")
    at_once = bool(first) and last.casefold() == "now"
    return (first if at_once else words).strip().strip('"'), at_once


DOES: Final[dict[str, Callable[[Room, Ask], Answer]]] = {
    "add": add, "remove": remove, "check": check, "release": release,
}  # fmt: skip
"""What `feeds` does when it is followed by one of these words."""

CHANGING: Final = frozenset({"add", "remove", "release"})


def changes(room: Room, ask: Ask) -> Right | None:
    """What it takes: to look at feeds takes nothing.

    Raises UserError for the removal of a feed that is not there: nobody is asked to decide that.
    """
    first, _, rest = ask.words.strip().partition(" ")
    if first.casefold() == "remove" and rest:
        work.named(room.database, rest.strip().strip('"'))
    asks = (first.casefold() == "add" and not rest) or (  # for the form, for what would be done
        first.casefold() == "release" and not _without_now(rest)[1]
    )
    return Right.FEEDS if first.casefold() in CHANGING and not asks else None


def _address(options: Options, ask: Ask) -> str:
    words = options.rest.split()
    if len(words) != 1:
        raise UserError(
            f"one address, of a feed or of a page that names feeds. For example: {EXAMPLE}", at=ask.begins
        )
    return _bare(words[0])


def _bare(address: str) -> str:
    """An address without what Slack puts around it: <https://a.example|a.example>."""
    return address.strip("<>").split("|")[0]


def _offered(seen: Look, options: Options) -> Answer:
    """A page was named: the feeds that it names, each to be added as was said of the page."""
    title = f"{redact(seen.url)} is a page, and names {many(len(seen.offers), 'feed')}"
    parts = (Notice("Which of them shall be followed?"), _offers(seen, _said(options)))
    return Answer(
        Document(title, parts, gist=title),
        {"url": redact(seen.url), "offers": [redact(offer.url) for offer in seen.offers]},
    )


def _said(options: Options) -> tuple[str, ...]:
    """What was said of a page, for each of its feeds. A name would be that of one."""
    return tuple(f'{name}:"{value}"' for name, value in options.values.items() if name != "name")


def _choices(seen: Look) -> tuple[Choice, ...]:
    return tuple(Choice(_label(offer), offer.url) for offer in seen.offers)


def _label(offer: Offer) -> str:
    return one_line(offer.title, 60) or redact(offer.url)[:60]


def _offers(seen: Look, said: tuple[str, ...]) -> Buttons:
    return Buttons(
        tuple(
            Button(
                _label(offer),
                " ".join(("feeds add", offer.url, *said)),
            )
            for offer in seen.offers[:OFFERS]
        )
    )
