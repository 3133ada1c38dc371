"""The review of the week: gathered from stored decisions, and opened when it is due."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.asking.query import Field, Query, parse
from bot.core.documents import Document
from bot.core.reading.concepts import Packs
from bot.core.subscribing import holidays
from bot.core.subscribing.slots import due_slots
from bot.core.subscription import Plan, Subscription
from bot.core.telling import weekly as rendering
from bot.core.telling.phrases import Phrases, phrases
from bot.core.telling.weekly import WEEKS, Counts, Week
from bot.core.understand import Lines
from bot.core.words import FIVE
from bot.store import deliveries, happenings, search, threads
from bot.store.codec import dump
from bot.store.database import Database, Session
from bot.store.deliveries import Delivery
from bot.work import chart, near
from bot.work.compose import compose
from bot.work.issues import Compose, Issue, LastSlots, Opened, open_each

A_WEEK: Final = timedelta(days=7)
LONGEST: Final = 3 * A_WEEK
"""A review that follows skipped ones tells of no more than this."""

_MINERALS: Final = 8  # whose numbers are looked at: those that the week's events name most


def gather(
    database: Database,
    packs: Packs,
    plan: Plan,
    *,
    end: datetime,
    start: datetime | None = None,
    lines: Lines | None = None,
) -> Week:
    """A plan's review of (start, end], a week if `start` is not said. Raises UserError for a senseless query.

    `lines` are those that stories were decided by; without them nothing is said of near misses.
    """
    begins, query = start or end - A_WEEK, plan.query
    told = compose(database, packs, plan, start=begins, end=end)
    ends = tuple(end - number * A_WEEK for number in reversed(range(WEEKS + 1)))
    minerals = [mineral for event in told.events for mineral in event.minerals]
    common = sorted(set(minerals), key=lambda mineral: (-minerals.count(mineral), mineral))[:_MINERALS]
    with database.reading() as session:
        links = threads.earlier(session, [event.id for event in told.events])
        before = {event.id: event for event in happenings.get(session, [link[0] for link in links.values()])}

        def counted(label: str, wanted: str) -> Counts:
            asked = parse(f"({query}) {wanted}" if query and wanted else wanted or query, packs)
            return Counts(label, tuple(_counts(session, asked, packs, ends)))

        everything = counted("", "")
        counts = [counted(code, f"country:{code.lower()}") for code in FIVE]
        counts += [counted(mineral, str(Field("mineral", (mineral,)))) for mineral in common]
    return Week(
        name=plan.name,
        start=begins,
        end=end,
        events=told.events,
        moved=rendering.moved(
            told.events, {event: before[link[0]] for event, link in links.items() if link[0] in before}
        ),
        all_stories=everything,
        counts=tuple(counts),
        ends=ends,
        near=() if lines is None else near.gather(database, packs, lines, plan, start=begins, end=end),
    )


def drawn(week: Week, *, timezone: str, words: Phrases) -> Document:
    """The review as a document, with its chart."""
    zone = ZoneInfo(timezone)
    labels = [f"{end.astimezone(zone):%d.%m}" for end in week.ends]
    picture = chart.bars(labels, week.all_stories.weeks, title=words.chart)
    return rendering.document(week, picture, zone=zone, words=words)


def composer(database: Database, packs: Packs, lines: Lines | None = None) -> Compose:
    """What the worker calls for each review that is due."""

    def issue(subscription: Subscription, start: datetime, end: datetime) -> Issue:
        week = gather(database, packs, subscription, start=start, end=end, lines=lines)
        words = phrases(subscription.language)
        return Issue(drawn(week, timezone=subscription.timezone, words=words), quiet=week.quiet)

    return issue


def open_reviews(
    database: Database, review: Compose, active: Iterable[Subscription], last: LastSlots, now: datetime
) -> Opened:
    """Write the rows of all reviews of these subscriptions that are due.

    The last of several that passed unseen tells of all, up to three weeks.
    """
    return open_each(active, lambda each: _open(database, review, each, last.get((each.id, "review")), now))


def _open(
    database: Database, review: Compose, subscription: Subscription, last: datetime | None, now: datetime
) -> list[Delivery]:
    slot = _due(subscription, last, now)
    if slot is None:
        return []
    start = max(last, slot - LONGEST) if last else slot - A_WEEK
    issue = review(subscription, start, slot)
    with database.writing(durable=True) as session:
        opened = deliveries.open_slot(
            session,
            subscription.id,
            slot,
            start=start,
            end=slot,
            channel=subscription.channel,
            now=now,
            kind="review",
            document=dump(issue.document, Document),
            state="skipped" if issue.quiet and not subscription.on_quiet_days else "pending",
        )
    return [] if opened is None else [opened]


def _due(subscription: Subscription, last: datetime | None, now: datetime) -> datetime | None:
    """The last slot that has come and is not told: the first time of the timetable on the review's day."""
    if subscription.review is None:
        return None
    made = subscription.changed_at.replace(second=0, microsecond=0) - timedelta(microseconds=1)
    since = min(max(made, last) if last else made, now)
    due = due_slots(
        subscription.times[:1],
        ZoneInfo(subscription.timezone),
        [subscription.review],
        since,
        now,
        skip=holidays.of(subscription.holidays),
    )
    return due[-1] if due else None


def _counts(session: Session, asked: Query, packs: Packs, ends: Collection[datetime]) -> list[int]:
    """How many stories each week before these moments had; none counts for two."""
    begins = timedelta(seconds=1) - A_WEEK
    return [
        search.count(session, asked, now=end, start=end + begins, end=end, expand=packs.labels)
        for end in ends
    ]
