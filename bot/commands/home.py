"""`home`: what concerns one person, on one page: the Home tab in Slack, the same in a terminal."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.commands import described
from bot.commands.answer import Answer, Ask, Asker
from bot.commands.room import Room
from bot.core.as_json import health_json
from bot.core.asking.query import EVERYTHING, Or, parse
from bot.core.documents import (
    Bullets,
    Button,
    Buttons,
    Document,
    Heading,
    Notice,
    Paragraph,
    Part,
    Span,
    plain,
)
from bot.core.event import Event, FeedHealth
from bot.core.subscribing.muting import Muted
from bot.core.subscription import Subscription
from bot.core.telling.digest import item
from bot.core.telling.phrases import ENGLISH
from bot.core.wording import feeds_read, many, minute, span_of_time, until
from bot.store import deliveries, events, feeds, happenings, people, subscriptions
from bot.store import search as index
from bot.store.database import Session
from bot.store.deliveries import Result
from bot.work import muting

CHANNELS: Final = 5
SUBSCRIPTIONS: Final = 12
WATCHES: Final = 5
MUTES: Final = 5
EVENTS: Final = 3
FAILING: Final = 5
"""As many of each are shown; of the rest, how many they are and what lists them."""

BACK: Final = timedelta(days=7)
STORIES: Final = 40
"""The newest of the week that are looked at for the events of a channel."""

YOURS: Final = "Told to you alone"
"""What the direct messages of a person with the app are called."""

UNKNOWN: Final = (
    "Only what you made yourself is shown here, for Slack did not say which channels you are in. "
    "If it stays so, the app lacks the scopes channels:read and groups:read."
)


@dataclass(frozen=True, slots=True)
class Seen:
    """One channel, as one who is in it sees it."""

    channel: str
    subscriptions: tuple[Subscription, ...]
    watches: tuple[tuple[Subscription, str], ...]  # of an event with its headline
    mutes: tuple[Muted, ...]
    hidden: Mapping[int, int]  # how many events each mute hid lately, by its id
    recent: tuple[Event, ...]


def home(room: Room, ask: Ask) -> Answer:
    """Subscriptions, mutes and recent events of the channels one is in, and the health of the feeds."""
    view = _Sight(ask.asker, _names(room, ask))
    with room.database.reading() as session:
        kept = [each for each in subscriptions.listing(session) if view.of(each)]
        watched = [each for each in subscriptions.listing(session, watches=True) if view.of(each)]
        muted = [each for each in people.muted(session, None, ask.now) if view.into(each.channel)]
        health = feeds.health(session)
        known = {each.channel for each in (*kept, *watched)} | {each.channel for each in muted}
        places = sorted(known, key=lambda place: (place != ask.asker.user, view.name(place), place))
        # The one costly thing, and only for those who have muted something.
        week = happenings.between(session, ask.now - BACK, ask.now) if muted else ()
        here = [
            _read(
                session, room, ask.now, place, mutes=view.into(place), kept=kept, watched=watched, week=week
            )
            for place in places[:CHANNELS]
        ]
        shown = [each.id for seen in here for each in seen.subscriptions[:SUBSCRIPTIONS]]
        last = deliveries.results(session, shown)
    title = f"{many(len(kept), 'subscription')}, {feeds_read(health.read, health.of, health.not_asked)}"
    parts: list[Part] = [_doing()]
    if view.blind:
        parts.append(Notice(UNKNOWN))
    if not kept:
        parts.append(Notice("No subscription yet. One is tried on the last two weeks before it is saved."))
    left = SUBSCRIPTIONS
    for seen in here:
        parts += [
            Heading(view.name(seen.channel), channel=seen.channel),
            *_of_channel(seen, last, left, ask.now),
        ]
        left = max(0, left - len(seen.subscriptions))
    if len(places) > len(here):
        more = many(len(places) - len(here), "channel")
        parts.append(
            Notice(f"and {more} more: /policy subscriptions lists those of the channel it is typed in")
        )
    parts += _of_feeds(health, ask.now)
    data = {
        "subscriptions": [each.name for each in kept],
        "watched": [each.query for each in watched],
        "muted": [{"channel": each.channel, "muted": each.thing} for each in muted],
        "recent": [{"channel": each.channel, "events": [one.ref for one in each.recent]} for each in here],
        "feeds": health_json(health),
    }
    return Answer(Document(title, tuple(parts), gist=title), data)


@dataclass(frozen=True, slots=True)
class _Sight:
    """What a person may see: what is of the channels that they are in, and what they made themselves."""

    asker: Asker
    names: Mapping[str, str] | None  # of the channels that they are in; None: nobody can say

    @property
    def blind(self) -> bool:
        """Whether there are channels that they may be in and nobody can say so."""
        return bool(self.asker.user) and self.names is None

    def into(self, channel: str) -> bool:
        """Whether a channel is theirs to see. In a terminal all are."""
        if self.asker.user in ("", channel) or (self.asker.here and channel == self.asker.channel):
            return True
        return channel in (self.names or {}) or channel.removeprefix("#") in (self.names or {}).values()

    def of(self, subscription: Subscription) -> bool:
        """Whether a subscription is."""
        return self.into(subscription.channel) or subscription.owner == self.asker.user

    def name(self, channel: str) -> str:
        """What a channel is called; its id where nobody can say."""
        if channel == self.asker.user:
            return YOURS
        known = (self.names or {}).get(channel)
        return f"#{known}" if known else channel


def _names(room: Room, ask: Ask) -> Mapping[str, str] | None:
    return room.directory.channels(ask.asker.user) if ask.asker.user else None


def _read(
    session: Session,
    room: Room,
    now: datetime,
    channel: str,
    *,
    mutes: bool,
    kept: Sequence[Subscription],
    watched: Sequence[Subscription],
    week: Sequence[Event],
) -> Seen:
    """What there is of a channel: those of the subscriptions, the mutes if they are the person's to see."""
    of = tuple(each for each in kept if each.channel == channel)
    muted = muting.in_force(session, channel, now) if mutes else []
    hidden = muting.counted(muting.left(week, muted).hidden, muted)
    recent = muting.left(_recent(session, room, now, of), muted).shown[:EVENTS]
    watches = [each for each in watched if each.channel == channel]
    named = [happenings.named(session, each.follows) for each in watches[:WATCHES]]
    told = (event.headline if event else "" for event in (*named, *[None] * len(watches)))
    return Seen(channel, of, tuple(zip(watches, told, strict=False)), tuple(muted), hidden, recent)


def _recent(session: Session, room: Room, now: datetime, of: Sequence[Subscription]) -> Sequence[Event]:
    """Events of the week that these subscriptions ask for, the latest first."""
    wanted = list({each.query: parse(each.query) for each in of}.values())
    if not wanted:
        return ()
    asked = wanted[0] if len(wanted) == 1 else EVERYTHING if EVERYTHING in wanted else Or(tuple(wanted))
    labels, start = room.understander.packs.labels, now - BACK
    stories = index.matching(session, asked, now=now, expand=labels, start=start, end=now, most=STORIES)
    tiers = {tier for each in of for tier in each.tiers}
    found = happenings.get(session, list(dict.fromkeys(events.of_stories(session, stories).values())))
    return sorted(
        (each for each in found if each.tier in tiers), key=lambda each: (each.last_at, each.id), reverse=True
    )


def _doing() -> Buttons:
    return Buttons(
        (
            Button("New subscription", "subscribe"),
            Button("Add a feed", "feeds add"),
            Button("The newest events", "latest"),
            Button("What you watch", "watch list"),
            Button("What can be asked", "help"),
        )
    )


def _of_channel(seen: Seen, last: Mapping[int, Result], most: int, now: datetime) -> Iterator[Part]:
    for each in seen.subscriptions[:most]:
        yield from _of_subscription(each, last.get(each.id), now)
    if len(seen.subscriptions) > most:
        yield Notice(f"and {_more(len(seen.subscriptions) - most, 'subscription')}")
        yield Buttons((Button("All of this channel", "subscriptions"),))
    yield from _of_watches(seen)
    yield from _of_mutes(seen)
    if seen.recent:
        yield Heading("Recent", level=3)
        yield from (item(each) for each in seen.recent)


def _more(count: int, noun: str) -> str:
    return f"{count:,} more {noun if count == 1 else noun + 's'}"


def _of_subscription(plan: Subscription, last: Result | None, now: datetime) -> Iterator[Part]:
    coming = described.next_time(plan, now)
    state = "next never"
    if plan.paused:
        state = f"paused {plan.paused}" if plan.paused_by_hand else f"paused: {plan.paused}"
    elif coming:
        state = f"next {described.there(plan, coming)}"
    result = (
        f"last {minute(last.slot)}: {last.state} {last.error or ''}".rstrip() if last else "nothing sent yet"
    )
    yield Bullets(
        (
            (Span(plan.name, style="strong"), Span(" · "), *described.asked_for(plan)),
            plain(f"{described.when(plan)} · {state} · {result}".rstrip()),
        )
    )
    yield described.doing(plan)


def _of_watches(seen: Seen) -> Iterator[Part]:
    if not seen.watches:
        return
    lines = []
    for each, headline in seen.watches[:WATCHES]:
        paused = f"paused: {each.paused}" if each.paused else ""
        about = "".join(f" · {told}" for told in (headline, paused) if told)
        lines.append((Span("Watched: ", style="strong"), *described.asked_for(each), Span(about)))
    yield Bullets(tuple(lines))
    row = [
        Button(f"Stop watching {each.query}", f"unwatch {each.id}", "more")
        for each, _ in seen.watches[:WATCHES]
    ]
    if len(seen.watches) > WATCHES:
        row[-1] = Button(f"All {len(seen.watches)} watches", "watch list")
    yield Buttons(tuple(row))


def _of_mutes(seen: Seen) -> Iterator[Part]:
    if not seen.mutes:
        return
    yield Bullets(
        tuple(
            (
                Span("Muted: ", style="strong"),
                Span(
                    f"{each.thing}, {until(each.until)}; hid {many(seen.hidden[each.id], 'event')} in 7 days"
                ),
            )
            for each in seen.mutes[:MUTES]
        )
    )
    row = [Button(f"Unmute {each.thing}", f"unmute {each.id}", "more") for each in seen.mutes[:MUTES]]
    if len(seen.mutes) > MUTES:
        row[-1] = Button(f"All {len(seen.mutes)} mutes", "mute list")
    yield Buttons(tuple(row))


def _of_feeds(health: FeedHealth, now: datetime) -> Iterator[Part]:
    yield Heading("Feeds")
    yield Paragraph(plain(ENGLISH.feeds_read(health)))
    if health.failing:
        told = [
            f"{each.feed}: {each.reason}, for {span_of_time(now - each.since)}" for each in health.failing
        ]
        more = [f"and {len(told) - FAILING} more"] if len(told) > FAILING else []
        yield Bullets(tuple(plain(line) for line in (*told[:FAILING], *more)))
    yield Buttons((Button("All feeds", "feeds"), Button("Status", "status")))
