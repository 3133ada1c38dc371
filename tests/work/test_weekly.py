"""The review of the week: what is in it, when it comes, and that it comes once with its chart."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.documents import Bullets, Document, Heading, Image
from bot.core.events.threads import Follows
from bot.core.subscription import Plan
from bot.core.telling.phrases import phrases
from bot.core.telling.weekly import as_json
from bot.core.words import Instrument, Stage
from bot.packs.reader import load
from bot.ports import Sent
from bot.store import threads
from bot.store.codec import dump
from bot.store.codec import load as loaded
from bot.store.database import Database
from bot.surfaces import html
from bot.surfaces.slack import wire
from bot.surfaces.slack.render import render
from bot.surfaces.slack.sender import SlackPoster
from bot.surfaces.terminal.lines import as_text
from bot.work import chart, weekly
from bot.work.deliver import deliver
from tests.slack_standin import BOT_TOKEN, Error, StandIn
from tests.store.stock import stocked
from tests.work.happenings import Newsroom
from tests.work.posting import MONDAY, SLOT, SetClock, all_deliveries, subscribe, telling

PACKS = load()
DESK = Plan(name="Desk", channel="")
WEEK = timedelta(days=7)
PNG = b"\x89PNG\r\n\x1a\n"


def a_week(database: Database, end: datetime = SLOT) -> None:
    """Nine weeks of stories: two in each, and eight of uranium in the last; one law that moved on."""
    stocked(database, ("a week", end), lambda: _told(database, end))


def _told(database: Database, end: datetime) -> None:
    newsroom = Newsroom(database)
    for number in range(8, 0, -1):
        for each in range(2):
            newsroom.report(f"old {number} {each}", "a.test", end - number * WEEK - timedelta(hours=5 + each))
    for each in range(8):
        newsroom.report(
            f"uranium {each}", "a.test", end - timedelta(days=2, hours=each), country="UZ", mineral="uranium"
        )
    newsroom.report("talk", "a.test", end - timedelta(days=1), instrument=Instrument.STATEMENT)
    proposed = newsroom.report(
        "a bill", "a.test", end - 2 * WEEK, stage=Stage.PROPOSED, instrument=Instrument.LAW
    )
    passed = newsroom.report(
        "a law", "a.test", end - timedelta(days=3), stage=Stage.IN_FORCE, instrument=Instrument.LAW
    )
    with database.writing() as session:
        threads.follow(
            session, passed, Follows(earlier=proposed, later=passed, why="the same law", score=1.0)
        )


def lists(document: Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    heading = ""
    for part in document.parts:
        if isinstance(part, Heading):
            heading = part.text
        elif isinstance(part, Bullets):
            found[heading] = ["".join(span.text for span in line) for line in part.lines]
    return found


def poster_to(slack: StandIn) -> SlackPoster:
    return SlackPoster(wire.web_client(BOT_TOKEN, slack.api_url), pause=lambda _: None)


def test_a_review_tells_what_was_done_what_moved_and_what_stands_out(database: Database) -> None:
    a_week(database)

    week = weekly.gather(database, PACKS, DESK, end=SLOT)

    assert week.all_stories.weeks == (2, 2, 2, 2, 2, 2, 3, 2, 10)
    assert [each.name for each in week.spikes] == ["UZ", "uranium"]
    told = lists(weekly.drawn(week, timezone="UTC", words=phrases("en")))
    assert [line[:-4] for line in told["Kazakhstan"]] == [
        "tungsten: law · in force · KZ What happened: a law"
    ]
    assert len(told["Uzbekistan"]) == 8
    assert told["What moved on"][0].startswith("proposed → in force: What happened: a law")
    assert told["More than usual"] == [
        "Uzbekistan: 8 stories, usually 0 a week",
        "uranium: 8 stories, usually 0 a week",
    ]


def test_a_query_narrows_the_review_and_its_numbers(database: Database) -> None:
    a_week(database)

    data = as_json(weekly.gather(database, PACKS, replace(DESK, query="mineral:tungsten"), end=SLOT))

    assert len(data["actions"]) == 1  # type: ignore[arg-type]
    assert [each["stories"] for each in data["weeks"]][-1] == 2  # type: ignore[attr-defined]
    assert data["spikes"] == []


def test_where_nothing_is_known_of_the_weeks_before_nothing_stands_out(database: Database) -> None:
    newsroom = Newsroom(database)
    for each in range(9):
        newsroom.report(f"uranium {each}", "a.test", SLOT - timedelta(hours=each + 1))

    assert weekly.gather(database, PACKS, DESK, end=SLOT).spikes == ()


def test_the_chart_is_a_picture_with_its_numbers_in_words_on_every_surface(database: Database) -> None:
    a_week(database)
    week = weekly.gather(database, PACKS, DESK, end=SLOT)

    made = weekly.drawn(week, timezone="UTC", words=phrases("ru"))

    [image] = [part for part in made.parts if isinstance(part, Image)]
    assert image.png.startswith(PNG)
    assert image.alt == "Сообщений в неделю: 10 в последнюю, в среднем 2,12 за восемь предыдущих."
    assert loaded(dump(made, Document), Document) == made, "it is stored and read again"
    page = html.page(made)
    assert 'src="data:image/png;base64,' in page
    assert image.alt in page
    assert "Неделя по" in as_text(made)
    assert image.alt in str(render(made).main.blocks)


def test_the_same_numbers_give_the_same_picture() -> None:
    one = chart.bars(["a", "b"], [1, 2], title="Сообщений")
    chart._picture.cache_clear()

    assert one == chart.bars(["a", "b"], [1, 2], title="Сообщений")
    assert chart.bars(["a"], [0], title="").startswith(PNG)


def test_a_review_comes_on_its_day_once_with_its_chart(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    a_week(database)
    subscribe(database, review=0, now=MONDAY)
    clock.moment = SLOT

    for _ in range(4):
        deliver(database, poster_to(slack), telling(), clock, review=weekly.composer(database, PACKS))
        clock.go(hours=7)

    [review] = [each for each in all_deliveries(database) if each.kind == "review"]
    assert (review.state, review.window_start, review.window_end) == ("sent", SLOT - WEEK, SLOT)
    [message] = [each for each in slack.posted("CPOLICY") if "the week to" in str(each.blocks[0])]
    [image] = [block for block in message.blocks if block["type"] == "image"]
    assert image["slack_file"]["id"] in slack.uploads
    assert slack.uploads[image["slack_file"]["id"]].startswith(PNG)
    assert image["alt_text"].startswith("Stories a week: 10 stories")


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_without_the_scope_for_files_the_chart_is_told_in_words(
    database: Database, slack: StandIn, clock: SetClock, method: str
) -> None:
    a_week(database)
    subscribe(database, review=0)
    clock.moment = SLOT
    slack.go_wrong(method, Error("missing_scope"))

    deliver(database, poster_to(slack), telling(), clock, review=weekly.composer(database, PACKS))

    [message] = [each for each in slack.posted("CPOLICY") if "the week to" in str(each.blocks[0])]
    assert "Stories a week: 10 stories" in str(message.blocks)
    assert not any(block["type"] == "image" for block in message.blocks)


def test_a_picture_that_slack_does_not_take_costs_the_picture_and_not_the_blocks(
    database: Database, slack: StandIn
) -> None:
    a_week(database)
    week = weekly.gather(database, PACKS, DESK, end=SLOT)
    poster = poster_to(slack)
    document = poster.prepared(weekly.drawn(week, timezone="UTC", words=phrases("en")))
    slack.go_wrong("chat.postMessage", Error("invalid_blocks"))

    assert isinstance(poster.post("CPOLICY", document, key="1"), Sent)

    [message] = slack.posted("CPOLICY")
    assert len(message.blocks) > 5
    assert not any(block["type"] == "image" for block in message.blocks)


def test_a_review_on_a_holiday_is_skipped_and_the_next_takes_its_week_in(
    database: Database, slack: StandIn
) -> None:
    begins = datetime(2026, 3, 16, 3, 0, tzinfo=MONDAY.tzinfo)  # Nowruz is kept on Monday the 23rd
    subscribe(database, review=0, timezone="Asia/Tashkent", holidays="UZ", now=begins)
    clock = SetClock(begins)

    while clock.now() < begins + 2 * WEEK + timedelta(hours=1):
        deliver(database, poster_to(slack), telling(), clock, review=weekly.composer(database, PACKS))
        clock.go(hours=6)

    days = [
        each.slot.astimezone(ZoneInfo("Asia/Tashkent")).date().day
        for each in all_deliveries(database)
        if each.kind == "review"
    ]
    windows = [each for each in all_deliveries(database) if each.kind == "review"]
    assert days == [16, 30]
    assert windows[0].window_end == windows[1].window_start


def test_a_review_after_many_that_were_skipped_tells_of_three_weeks(
    database: Database, slack: StandIn, clock: SetClock
) -> None:
    subscribe(database, review=0, now=MONDAY)
    clock.moment = SLOT
    deliver(database, poster_to(slack), telling(), clock, review=weekly.composer(database, PACKS))
    clock.moment = SLOT + 6 * WEEK

    deliver(database, poster_to(slack), telling(), clock, review=weekly.composer(database, PACKS))

    last = [each for each in all_deliveries(database) if each.kind == "review"][-1]
    assert (last.window_start, last.window_end) == (SLOT + 3 * WEEK, SLOT + 6 * WEEK)
