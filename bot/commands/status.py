"""`status`: what runs, how fresh it is, and what fails."""

from bot import __version__
from bot.commands.answer import Answer, Ask
from bot.commands.room import Room
from bot.core.as_json import health_json
from bot.core.documents import Document, Facts, Heading, Line, Notice, Part, Table, plain
from bot.core.wording import feeds_read, held, many, minute, span_of_time
from bot.store import deliveries, subscriptions
from bot.store import status as store

LAST = 5
"""Deliveries that are shown."""


def status(room: Room, ask: Ask) -> Answer:
    """Counts, the age of the newest story, feed health, and the last deliveries."""
    with room.database.reading() as session:
        counts = store.status(session)
        last = deliveries.latest(session, limit=LAST)
        names = {each.id: each.name for each in subscriptions.listing(session)}
        paused = [each for each in subscriptions.listing(session) if each.paused]
    health = counts.feeds
    read = feeds_read(health.read, health.of, health.not_asked)
    asked = counts.last_fetch
    newest = f"{span_of_time(ask.now - counts.newest_story)} ago" if counts.newest_story else "none yet"
    facts: list[tuple[str, Line]] = [
        ("Version", plain(f"{__version__}, packs {room.understander.packs.version}")),
        ("Stories", plain(f"{counts.stories:,}, {counts.flagged:,} of them flagged")),
        ("Events", plain(f"{counts.events:,}")),
        ("Newest story", plain(newest)),
        ("Feeds", plain(f"{read}, last asked {span_of_time(ask.now - asked)} ago" if asked else read)),
    ]
    parts: list[Part] = [Facts(tuple(facts))]
    parts += [
        Notice(f"{feed.feed}: {feed.reason}, for {span_of_time(ask.now - feed.since)}", kind="warning")
        for feed in health.failing[:10]
    ]
    if len(health.failing) > 10:
        parts.append(Notice(f"and {len(health.failing) - 10} more; `feeds` lists them", kind="warning"))
    parts += [Notice(held(feed, count), kind="warning") for feed, count in health.held]
    parts += [Notice(f"{each.name} is paused: {each.paused}", kind="warning") for each in paused]
    if last:
        rows = tuple(
            (names.get(each.subscription_id, "–"), minute(each.slot), each.state, each.error or "")
            for each in last
        )
        parts += [Heading("Last digests"), Table(("subscription", "slot", "state", "reason"), rows)]
    title = f"{many(counts.flagged, 'flagged story', 'flagged stories')}, newest {newest}"
    title = title if counts.newest_story else "No story yet"
    return Answer(
        Document(title=title, parts=tuple(parts), gist=f"{title}; {read}"),
        {
            "version": __version__,
            "packs": room.understander.packs.version,
            "stories": counts.stories,
            "flagged": counts.flagged,
            "events": counts.events,
            "feeds": health_json(health),
            "newest_story": counts.newest_story.isoformat() if counts.newest_story else None,
            "last_fetch": asked.isoformat() if asked else None,
        },
    )
