from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.subscribing.plans import OPTIONS, read, written, zone
from bot.core.subscription import EVERY_DAY, WORKING_DAYS, Plan
from bot.core.words import Tier
from bot.errors import UserError

USUAL = Plan(name="", channel="C1", times=(time(9),))


def test_options_stand_anywhere_and_the_rest_is_the_query() -> None:
    wanted = read('country:kz at:8:30,17:00 tungsten zone:Tashkent on:weekdays name:"Tungsten  desk" most:10')

    plan = wanted.over(USUAL)
    assert plan.query == "country:kz tungsten"
    assert plan.times == (time(8, 30), time(17))
    assert plan.timezone == "Asia/Tashkent"
    assert plan.weekdays == WORKING_DAYS
    assert plan.name == "Tungsten desk"
    assert plan.most == 10
    assert plan.channel == "C1"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("on:daily", {"weekdays": EVERY_DAY}),
        ("on:mon,Wednesday,fri", {"weekdays": (0, 2, 4)}),
        ("tiers:core,region", {"tiers": (Tier.CORE, Tier.REGION)}),
        ("in:<#C0123|desk>", {"channel": "C0123"}),
        ("quiet:no", {"on_quiet_days": False}),
        ("zone:astana", {"timezone": "Asia/Almaty"}),
        ("zone:UTC", {"timezone": "UTC"}),
        ("skip:uz", {"holidays": "UZ"}),
        ("skip:no", {"holidays": ""}),
        ("alerts:yes", {"alerts": True}),
        ("review:Monday", {"review": 0}),
        ("review:no", {"review": None}),
        ("headings:ru", {"language": "ru"}),
        ("on:пн,среда,Пятницу", {"weekdays": (0, 2, 4)}),
        ("on:будни zone:Ташкенте", {"weekdays": WORKING_DAYS, "timezone": "Asia/Tashkent"}),
    ],
)
def test_each_option_says_one_thing(typed: str, found: dict[str, object]) -> None:
    plan = read(typed).over(USUAL)

    assert {name: getattr(plan, name) for name in found} == found


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (
            "at:25:00",
            r"at: does not know '25:00'; it wants times of day: .* \(at character 14\)",
        ),
        ("zone:Taskent", r"did you mean Asia/Tashkent\?|zone: does not know 'Taskent'"),
        ("on:someday", r"on:weekdays, on:daily"),
        ("most:0", r"from 1 to 40"),
        ("tiers:none", r"tiers:core,region"),
        ("quiet:maybe", r"quiet:yes or quiet:no"),
        ("skip:atlantis", r"skip:uz or skip:no"),
        ("alerts:often", r"alerts:yes or alerts:no"),
        ("review:daily", r"review:mon or review:no"),
        ("headings:kk", r"headings:ru or headings:en"),
        ('name:""', r"what it is called"),
        (
            "tungsten at 08:30 Tashkent",
            r"08:30 would be looked for as a word.*at:08:30 \(at character 23\)",
        ),
        ("at:08:00 at:09:00", r"at: is there twice"),
        ("contry:kz", r"did you mean country\? \(at character 11\)"),
        ("wann:9", r"options are at, zone"),
        ("headng:ru", r"did you mean headings\?"),
    ],
)
def test_a_mistake_is_named_with_its_place(typed: str, says: str) -> None:
    with pytest.raises(UserError, match=says):
        read(typed, begins=10).over(USUAL)


def test_all_mistakes_are_told_at_once_in_the_order_of_their_places() -> None:
    with pytest.raises(UserError) as mistake:
        read("contry:kz at:25:00 tungsten since:soon zone:Taskent 08:30 review:daily", begins=10)

    told = str(mistake.value)
    assert mistake.value.at == 10
    assert mistake.value.fix is not None
    assert mistake.value.fix.words == "country"
    assert [each.at for each in mistake.value.each] == [10, 23, 44, 54, 62, 75]
    assert told == "; and ".join(map(str, mistake.value.each))
    assert "no field is called contry" in told
    assert "at: does not know '25:00'" in told
    assert "did you mean Asia/Tashkent?" in told
    assert "08:30 would be looked for as a word" in told


def test_holidays_are_asked_for_by_either_name() -> None:
    assert read("holidays:UZ").over(USUAL) == read("skip:uz").over(USUAL)


def test_cities_stand_for_their_zones() -> None:
    assert [zone(city) for city in ("Bishkek", "new york", "asia/dushanbe", "atlantis")] == [
        "Asia/Bishkek",
        "America/New_York",
        "Asia/Dushanbe",
        None,
    ]


@given(
    st.builds(
        Plan,
        name=st.just("Desk"),
        channel=st.just("C1"),
        times=st.lists(
            st.builds(time, st.integers(0, 23), st.integers(0, 59)), min_size=1, max_size=3, unique=True
        ).map(lambda times: tuple(sorted(times))),
        timezone=st.sampled_from(["UTC", "Asia/Tashkent"]),
        weekdays=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
        holidays=st.sampled_from(["", "UZ", "KZ"]),
        tiers=st.sampled_from([(Tier.CORE,), (Tier.CORE, Tier.MINERALS)]),
        most=st.integers(1, 40),
        on_quiet_days=st.booleans(),
        language=st.sampled_from(["en", "ru"]),
        alerts=st.booleans(),
        review=st.none() | st.integers(0, 6),
    )
)
def test_a_plan_that_is_written_is_read_again(plan: Plan) -> None:
    assert read(f'{written(plan)} name:"Desk"').over(USUAL) == plan


@given(st.text(max_size=80) | st.text("aton:zeimqus,\"'08 -()", max_size=60))
def test_any_text_is_a_plan_or_a_mistake(text: str) -> None:
    try:
        plan = read(text).over(USUAL)
    except UserError as mistake:
        told = str(mistake)
    else:
        told = plan.timezone
    assert told


def test_every_option_explains_itself_with_an_example_that_is_read() -> None:
    for option, help_text in OPTIONS.items():
        example = help_text.split(": ", 1)[1].split(" or ")[0].split(", on:")[0]
        wanted = read(example)
        assert list(wanted.options) == [option]
        assert wanted.over(USUAL).query == ""


def test_an_option_that_is_there_twice_is_told_with_the_other_mistakes() -> None:
    with pytest.raises(UserError) as raised:
        read("contry:kz at:08:30 at:9:00 zone:Nowhere")

    said = str(raised.value)
    assert all(
        part in said for part in ("did you mean country?", "at: is there twice", "zone: does not know")
    )
