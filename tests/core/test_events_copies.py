"""An outlet's own translation is one report with what it translates; what it tells besides is not."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.events import Features, group
from tests.core.test_events_alike import read


def at_source(story: Features, source: str) -> Features:
    return replace(story, source=source)


def told_in_russian() -> Features:
    return read(
        "ru", "Узбекистан вложит $2,6 млрд в 76 проектов по редким минералам",
        "Шавкат Мирзиёев 9 марта осмотрел центр в Чирчике. За три года в 76 проектов по вольфраму, литию и "
        "графиту вложат 2,6 млрд долларов.", day="2026-03-09",
    )  # fmt: skip


def told_in_english() -> Features:
    return read(
        "en", "Uzbekistan to put $2.6 billion into 76 rare mineral projects",
        "On 9 March Shavkat Mirziyoyev looked at a centre in Chirchik. In three years $2.6 billion will go "
        "to 76 projects on tungsten, lithium and graphite.", day="2026-03-09",
    )  # fmt: skip


def another_story() -> Features:
    return read(
        "other", "Mirziyoyev receives lithium and graphite firms in Tashkent",
        "Shavkat Mirziyoyev of Uzbekistan spoke with the heads of three firms that look for tungsten, "
        "lithium and graphite. They asked for 15 licences.", day="2026-03-09",
    )  # fmt: skip


@pytest.mark.parametrize("sister", ["example.uz", "en.example.uz", "www.example.uz"])
def test_a_translation_by_the_outlet_or_its_sister_is_a_copy(sister: str) -> None:
    first = at_source(told_in_russian(), "example.uz")
    later = at_source(told_in_english(), sister)
    assert later.when is not None
    later = replace(later, when=later.when + timedelta(minutes=40))

    (one,) = group([later, first])

    assert one.copies == {"en": "ru"}


@pytest.mark.parametrize(
    ("source", "later"),
    [("elsewhere.uz", timedelta(0)), ("example.uz", timedelta(days=3))],
    ids=["by another outlet", "three days later"],
)
def test_the_same_facts_in_another_language_are_a_report_of_its_own(source: str, later: timedelta) -> None:
    first = at_source(told_in_russian(), "example.uz")
    second = at_source(told_in_english(), source)
    assert second.when is not None

    groups = group([first, replace(second, when=second.when + later)])

    assert not any(made.copies for made in groups)


def test_two_stories_of_one_outlet_on_one_day_and_subject_are_no_copies() -> None:
    stories = [at_source(told_in_russian(), "ru.example.uz"), at_source(another_story(), "example.uz")]

    assert not any(made.copies for made in group(stories))


def test_outlets_under_a_countrys_own_domain_are_not_one_site() -> None:
    stories = [at_source(told_in_russian(), "one.com.uz"), at_source(told_in_english(), "two.com.uz")]

    assert not any(made.copies for made in group(stories))
