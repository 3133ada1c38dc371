"""Happenings that read much alike: two stay two, and one that is told twice is one."""

import pytest

from bot.core.events import Features, Reach, crowds, features, group
from bot.core.events.copies import one_text, shingles
from bot.core.events.likeness import likeness
from bot.core.story import Article
from bot.core.words import Instrument, Stage
from tests.core.event_stories import at, decided, story
from tests.core.reading import understander


def read(key: str, title: str, text: str, *, day: str | None) -> Features:
    """A story as the packs that ship decide it."""
    decision = understander().decide(Article(title, text))
    return features(
        key=key, title=title, text=text, lang=decision.lang, source=f"{key}.test",
        when=at(day) if day else None, decision=decision,
    )  # fmt: skip


def border_and_junction(day: str | None) -> list[Features]:
    return [
        read("border-1", "Kyrgyzstan and Tajikistan sign treaty on their state border",
             "In Bishkek presidents Japarov and Rahmon signed the treaty that settles the whole border of "
             "the two countries. Crossings closed since 2021 open again.", day=day),
        read("border-2", "Japarov and Rahmon sign border treaty in Bishkek",
             "The treaty of Kyrgyzstan and Tajikistan describes all 1,006 kilometres of the border; the "
             "crossings Kairagach and Kyzyl-Bel open again.", day=day),
        read("border-3", "Кыргызстан и Таджикистан подписали договор о государственной границе",
             "В Бишкеке президенты Садыр Жапаров и Эмомали Рахмон подписали договор о границе. "
             "Пункты пропуска Кайрагач и Кызыл-Бел открыты.", day=day),
        read("junction-1", "Kyrgyzstan, Tajikistan and Uzbekistan to sign treaty on border junction",
             "The three presidents will meet in Khujand, where a treaty on the point at which the borders of "
             "the three states meet is to be signed by Mirziyoyev, Japarov and Rahmon.", day=day),
        read("junction-2", "Treaty on the junction of three borders to be signed in Khujand",
             "Uzbekistan, Kyrgyzstan and Tajikistan will sign the treaty on the junction point of their "
             "borders at the summit in Khujand.", day=day),
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["2025-03-13", None])
def test_the_treaty_of_two_and_the_treaty_of_three_of_one_week_are_two_events(day: str | None) -> None:
    found = [made.keys for made in group(border_and_junction(day))]

    assert ("junction-1", "junction-2") in found
    assert not any("junction-1" in keys and "border-1" in keys for keys in found)


def test_controls_of_two_kinds_of_minerals_in_one_week_are_two_events() -> None:
    stories = [
        read("gallium", "China imposes export controls on gallium and germanium",
             "The Ministry of Commerce in Beijing said that gallium and germanium need export licences.",
             day="2026-02-03"),
        read("gallium-2", "Beijing curbs exports of gallium, germanium",
             "China will require licences for exports of gallium and germanium, the commerce ministry said.",
             day="2026-02-04"),
        read("earths", "China imposes export controls on seven rare earths",
             "The Ministry of Commerce in Beijing said that exporters of samarium, terbium and dysprosium "
             "need licences.", day="2026-02-04"),
        read("earths-2", "Beijing curbs exports of medium and heavy rare earths",
             "China will require licences for exports of rare earths such as dysprosium and terbium.",
             day="2026-02-05"),
    ]  # fmt: skip

    assert {made.keys for made in group(stories)} == {("earths", "earths-2"), ("gallium", "gallium-2")}


@pytest.mark.parametrize(("days_later", "events"), [(0, 1), (6, 2)])
def test_another_act_over_one_deposit_is_another_event_when_it_comes_later(
    days_later: int, events: int
) -> None:
    on = "country.KZ mineral.tungsten act.sign act.agreement"
    signed = decided(concepts=on, act=(Instrument.AGREEMENT, Stage.SIGNED), parties=("KZ", "US"))
    lent = decided(concepts=on, act=(Instrument.FINANCING, Stage.ANNOUNCED), parties=("KZ", "US"))
    stories = [
        story("one", "Cove Kaz signs for Kairakty tungsten", "Cove Kaz signed for Kairakty, with a loan.",
              day="2026-02-01", decision=signed),
        story("two", "Cove Kaz gets loan for Kairakty tungsten", "A bank lends to Cove Kaz for Kairakty.",
              day=f"2026-02-0{1 + days_later}", decision=lent),
    ]  # fmt: skip

    assert len(group(stories)) == events


def test_a_reprint_that_is_cut_at_its_end_and_credited_is_a_copy() -> None:
    told = (
        "The ministry of geology said on Monday that the auction of the deposits in the north ended early. "
    )
    whole = told + "Nine firms had asked for papers, of which four bid, and the state kept a third of each. "
    rest = (
        "A second auction will be held in autumn, when the roads are dry and the maps of all blocks are out. "
    )
    more = "Analysts of three banks doubted that any of the winners could pay without help of their lenders. "

    assert one_text(shingles(whole + rest + more), shingles(whole + "By arrangement with the Courier."))
    assert not one_text(shingles(whole + rest + more), shingles("The ministry of geology said on Monday."))


def test_a_component_is_taken_apart_rather_than_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowds, "MOST_TOGETHER", 4)
    stories = border_and_junction("2025-03-13")

    def near(one: Features) -> list[Features]:
        return [other for other in stories if other.key != one.key]

    groups = group(stories)
    sizes = [sum(made.component == other.component and len(made.keys) for made in groups) for other in groups]
    assert max(sizes) <= 4
    for one in stories:
        touched = group(Reach(near).component(one))
        assert {made.keys for made in touched} <= {made.keys for made in groups}


def test_who_is_named_by_both_further_down_is_no_partner_of_both() -> None:
    us = read(
        "us",
        "Uzbekistan and US close talks on trade accession",
        "Tashkent hopes to join before the conference that Germany will host.",
        day=None,
    )
    korea = read(
        "korea",
        "Uzbekistan and South Korea sign protocol on market access",
        "The delegates will meet again in Germany in spring, the ministry said.",
        day=None,
    )
    germany = read("germany", "Germany will host trade conference",
                   "Uzbekistan and the United States are invited.", day=None)  # fmt: skip

    assert likeness(us, korea).parts["other partners"] < 0
    assert "other partners" not in likeness(us, germany).parts


def test_two_banks_of_one_country_are_no_concept_that_both_stories_hold() -> None:
    one, other = (
        read(name, f"{name} Bank opens branch in Osh", f"{name} Bank of Kyrgyzstan said so.", day=None)
        for name in ("Bakai", "Optima")
    )

    assert not {term for term in one.concepts.keys() & other.concepts.keys() if term.startswith("body.")}


def test_a_tax_and_a_plan_of_one_day_over_what_one_firm_mines_are_two_events() -> None:
    stories = [
        read("plan", "Kazatomprom trims uranium plan for next year",
             "Kazatomprom of Kazakhstan cuts its uranium output next year at a joint venture.",
             day="2026-02-03"),
        read("tax", "Налог на добычу урана в Казахстане вырастет с января",
             "Правительство Казахстана поднимает налог на уран. «Казатомпром» оценит, что закон значит для "
             "совместных предприятий.", day="2026-02-03"),
    ]  # fmt: skip

    assert len(group(stories)) == len(stories)


def test_a_mineral_of_one_title_that_the_other_story_does_not_tell_speaks_against_one_event() -> None:
    uranium, agents = (
        read(
            "uranium",
            "Парламент Кыргызстана снял запрет на добычу урана",
            "Депутаты отменили мораторий.",
            day=None,
        ),
        read("agents", "Кыргыз парламенти мыйзам кабыл алды", "Уюмдар катталат.", day=None),
    )
    told = read("told", "Kyrgyz parliament votes", "Deputies lifted the ban on uranium mining.", day=None)

    assert likeness(uranium, agents).parts["mineral of one title"] < 0
    assert "mineral of one title" not in likeness(uranium, told).parts


def test_what_shares_nothing_rare_is_less_like() -> None:
    signs = read("signs", "Uzbekistan signs law on banks", "Officials said so in Tashkent.", day=None)
    same = read("same", "Узбекистан принял закон", "Об этом сообщили в Ташкенте.", day=None)

    assert likeness(signs, same).parts["nothing rare"] < 0
    assert (
        "nothing rare"
        not in likeness(
            read("one", "Uzbekistan drops Yashnobod tariff", "Yashnobod pays less.", day=None),
            read("other", "Узбекистан: тариф для Яшнобода отменён", "Яшнобод платит меньше.", day=None),
        ).parts
    )
