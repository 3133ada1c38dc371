import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.actions.accounts import Account, Claim
from bot.core.documents import Heading, Item, Notice
from bot.core.event import Digest, Event, FailingFeed, FeedHealth, Report
from bot.core.story import Action, Money, Reason
from bot.core.telling.digest import as_json, document, item
from bot.core.telling.phrases import ENGLISH, Phrases, Russian
from bot.core.words import FeedKind, Instrument, Stage, Tier
from bot.surfaces.terminal import as_text
from tests.core.reading import understander

NINE = datetime(2026, 2, 6, 9, tzinfo=UTC)
TASHKENT = ZoneInfo("Asia/Tashkent")


def report(number: int, *, copy_of: int | None = None, source: str = "") -> Report:
    return Report(
        story=number,
        url=f"https://outlet{number}.example/a",
        title=f"Report {number}",
        source=source or f"outlet{number}.example",
        lang="en",
        published=NINE - timedelta(hours=2),
        reported_at=NINE - timedelta(hours=2),
        kind=FeedKind.AGENCY,
        copy_of=copy_of,
    )


def event(number: int, tier: Tier = Tier.CORE, countries: tuple[str, ...] = ("UZ",)) -> Event:
    action = Action(Instrument.MOU, Stage.SIGNED, ("US", "UZ"), amount=Money(2.6e9, "USD", "text", 0, 6))
    return Event(
        id=number,
        headline=f"Headline {number}",
        summary=f"Summary {number}",
        tier=tier,
        countries=countries,
        minerals=("tungsten",),
        actions=(action,),
        score=1 / number,
        stories=(report(number),),
        why=(),
        first_at=NINE - timedelta(hours=2),
        last_at=NINE - timedelta(hours=2),
    )


def digest(*events: Event, failing: tuple[FailingFeed, ...] = ()) -> Digest:
    health = FeedHealth(read=44 - len(failing), of=44, failing=failing)
    return Digest("Minerals desk", NINE - timedelta(days=1), NINE, events, health)


def test_where_there_are_many_minerals_the_one_asked_for_and_the_main_ones_are_named() -> None:
    names = ("antimony", "beryllium", "copper", "gallium", "lithium", "rare earths", "zinc")
    reasons = [("mineral.rare_earths", 3.0), ("mineral.lithium", 1.0), ("mineral.copper", -4.0)]
    why = tuple(Reason("critical_minerals", concept, "", "title", 0, 1, w) for concept, w in reasons)
    many = replace(event(1), minerals=names, why=why)

    assert item(many).tags[1:] == ("rare earths", "lithium", "antimony", "beryllium", "copper", "2 more")
    assert item(many, asked={"zinc"}).tags[1:4] == ("zinc", "rare earths", "lithium")
    asked = replace(digest(many), asked=frozenset({"zinc"}))
    [told] = [part for part in document(asked, zone=TASHKENT).parts if isinstance(part, Item)]
    assert told.tags[1] == "zinc"
    few = replace(many, minerals=names[:5])
    assert item(few, asked={"lithium"}).tags[1:] == names[:5]


def test_a_mineral_weighs_by_whatever_of_it_a_story_names() -> None:
    others = ("antimony", "beryllium", "copper", "gallium", "lithium")
    minerals = [one for one in understander().packs.concepts.values() if one.kind == "mineral"]
    for one in minerals:
        reason = Reason("critical_minerals", one.id, "", "title", 0, 1, 2.0)
        many = replace(event(1), minerals=(*others, one.value), why=(reason,))
        assert item(many).tags[1] == one.value, one.id


def test_a_quiet_day_says_so_and_what_could_not_be_read() -> None:
    khovar = FailingFeed("Khovar", NINE - timedelta(days=2), "connection refused")

    told = document(digest(failing=(khovar,)), zone=TASHKENT)

    assert "Quiet" in told.gist
    assert "43 of 44 feeds read" in told.gist
    notice = next(part for part in told.parts if isinstance(part, Notice))
    assert "Khovar unreadable for 2 days (connection refused). `feeds` says what to do." in notice.text


def test_events_stand_under_tier_and_country_in_order_of_weight() -> None:
    told = document(
        digest(event(1), event(2, Tier.REGION, ("KZ",)), event(3), event(4, countries=("KZ", "UZ"))),
        zone=TASHKENT,
    )

    outline = [
        part.text if isinstance(part, Heading) else part.headline.text
        for part in told.parts
        if isinstance(part, Heading | Item)
    ]
    assert outline == [
        "Central Asia and critical minerals",
        "Uzbekistan",
        "Headline 1",
        "Headline 3",
        "Several countries",
        "Headline 4",
        "Central Asia: policy",
        "Kazakhstan",
        "Headline 2",
    ]


def test_an_item_says_what_was_done_and_by_whom_it_is_reported() -> None:
    several = replace(event(1), stories=(report(1), report(2), report(3, copy_of=2)))

    item = next(part for part in document(digest(several), zone=TASHKENT).parts if isinstance(part, Item))

    assert item.done == "MoU · signed · US, UZ · USD 2.6 bn"
    assert item.note == "3 sources, 1 of 3 reports copied"
    assert item.headline.url == "https://outlet1.example/a"
    assert [source.url for source in item.sources] == [f"https://outlet{n}.example/a" for n in (1, 2, 3)]
    assert item.ref == "e1"


@pytest.mark.parametrize("count", [1, 15, 16, 200])
def test_every_event_is_told_once_in_the_main_part_or_after_it(count: int) -> None:
    told = document(digest(*(event(n) for n in range(1, count + 1))), zone=TASHKENT, most=15)

    main = [part.ref for part in told.parts if isinstance(part, Item)]
    more = [part.ref for part in told.more if isinstance(part, Item)]
    assert main + more == [f"e{n}" for n in range(1, count + 1)]
    assert len(main) == min(count, 15)


def test_the_day_is_that_of_the_readers_zone() -> None:
    late = replace(digest(event(1)), end=datetime(2026, 2, 5, 22, tzinfo=UTC))

    assert document(late, zone=TASHKENT).title == "Minerals desk: Fri 6 Feb 2026"


def test_as_json_has_the_shape_of_the_contract() -> None:
    data = as_json(digest(event(1)))

    assert set(data) == {"subscription", "window", "quiet", "events", "feeds"}
    assert data["window"] == {"from": "2026-02-05T09:00:00+00:00", "to": "2026-02-06T09:00:00+00:00"}
    told = json.loads(json.dumps(data))["events"][0]
    wanted = {
        "id",
        "headline",
        "summary",
        "tier",
        "countries",
        "minerals",
        "actions",
        "score",
        "stories",
        "why",
    }
    assert wanted <= set(told)
    assert told["actions"][0]["instrument"] == "mou"
    assert set(told["stories"][0]) >= {"url", "title", "source", "lang", "published"}
    assert data["feeds"] == {"read": 44, "of": 44, "failing": []}


def told_by(*amounts: str, stages: tuple[str, ...] = ("signed",)) -> Event:
    """An event of as many reports as there are values; each outlet tells one."""
    one = event(1)
    count = max(len(amounts), len(stages))
    account = Account(
        story=1,
        stories=tuple(range(1, count + 1)),
        stages=tuple(Claim(stage, (number,)) for number, stage in enumerate(stages, 1)),
        amounts=tuple(Claim(f"{amount} USD", (number,)) for number, amount in enumerate(amounts, 1)),
    )
    return replace(one, stories=tuple(report(n) for n in range(1, count + 1)), accounts=(account,))


@pytest.mark.parametrize(
    ("told", "words", "note"),
    [
        (
            told_by("1.1e9", "1.5e9"), ENGLISH,
            "sources differ: USD 1.1 bn (outlet1.example), USD 1.5 bn (outlet2.example)",
        ),
        (
            told_by("1.1e9", "1.5e9"), Russian(),
            "источники расходятся: USD 1,1 млрд (outlet1.example), USD 1,5 млрд (outlet2.example)",
        ),
        (
            told_by(stages=("signed", "negotiated")), ENGLISH,
            "sources differ: signed (outlet1.example), negotiated (outlet2.example)",
        ),
        (told_by("1.1e9", "1.12e9"), ENGLISH, ""),
        (told_by(stages=("signed", "in_force", "none")), ENGLISH, ""),
        (told_by(stages=("signed", "announced")), ENGLISH, ""),
    ],
    ids=["amounts", "in Russian", "stages", "rounded", "both after the deed", "a course"],
)  # fmt: skip
def test_an_item_says_where_sources_contradict_each_other(told: Event, words: Phrases, note: str) -> None:
    done = item(told, words).done

    assert done.removeprefix(words.action(told.actions[0])).removeprefix(" · ") == note


def test_a_digest_in_russian_names_minerals_and_sums_and_tells_the_hours_of_its_readers() -> None:
    told = as_text(document(digest(event(1)), zone=TASHKENT, words=Russian()))

    assert "5 февраля 2026 14:00 – 6 февраля 2026 14:00, Asia/Tashkent" in told
    assert "UZ · вольфрам" in told
    assert "сделано: меморандум · подписано · US, UZ · USD 2,6 млрд" in told
    assert "источники: outlet1.example" in told


def test_every_mineral_of_the_packs_that_ship_has_a_russian_name() -> None:
    shipped = {one.value for one in understander().packs.concepts.values() if one.kind == "mineral"}

    assert {name for name in shipped if Russian().mineral(name) == name} == set()


def test_that_one_outlet_told_it_twice_is_no_news() -> None:
    twice = replace(event(1), stories=(report(1), report(2, source="outlet1.example")))

    assert item(twice).note == ""


def test_what_is_heard_ends_each_sentence_once() -> None:
    asking = replace(event(1), headline="Who pays?")

    assert "1. Who pays? 44 of 44 feeds read." in document(digest(asking), zone=TASHKENT).gist


def test_a_summary_that_only_repeats_the_headline_is_not_told_twice() -> None:
    told = replace(event(1), headline="Uzbekistan: “Uranium law” is signed", summary="Uranium law is signed.")

    assert item(replace(told, summary="“Uranium Law” is signed.")).summary == ""
    assert item(told).summary == "Uranium law is signed.", "its words are others"
    assert as_json(digest(told))["events"][0]["summary"] == told.summary  # type: ignore[index]
