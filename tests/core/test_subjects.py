"""What a title says that its first state does, the state does, be the word known or not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.story import Article
from bot.core.words import Tier
from tests.core.reading import understander

UNDERSTANDER = understander()


def decided(title: str, lang: str = "en") -> Tier:
    return UNDERSTANDER.decide(Article(title, "", lang=lang)).tier


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Turkmenistan to dim the lamps of its cities until spring", "en"),
        ("Uzbekistan untangles the paperwork of shopkeepers", "en"),
        ("Kyrgyzstan spurns the wheat of its neighbours", "en"),
        ("“Kazakhstan orders the firm out of the steppe", "en"),
        ("Таджикистан вернёт соседям занятые склады", "ru"),
        ("Can Turkmenistan outlast its own queues?", "en"),
        ("Why Kazakhstan quietly empties its barracks", "en"),
        ("Зачем Узбекистану столько вертолётов", "ru"),
        ("Киргизия, Узбекистан и Таджикистан поделят пастбища", "ru"),
        ("Kazakhstan and Latvia to share an archive", "en"),
        ("Bishkek spurns Russian wheat", "en"),
        ("O‘zbekiston Eronga qo‘l cho‘zdi", "uz"),
        ("Ўзбекистон чет элликларга уй сотишни осонлаштирди", "uz"),
        ("Қазақстан шетелдіктерге есігін ашты", "kk"),
        ("Кыргызстан арак баасын түшүрдү", "ky"),
        ("Türkmenistan serhedini açdy: indi näme", "tk"),
        ("Тоҷикистон ба Афғонистон чӯб мефиристад", "tg"),
        ("Mirziyoyev Nukusga bordi", "uz"),
        ("O‘zbekiston “Lochin” dasturxonini qo‘shnilarga yoydi", "uz"),
        ("O‘zbekiston yangi otxonalar ko‘tarmoqda", "uz"),
        ("Türkmenistan ikinji gezek ýapylara ýüz öwürýär", "tk"),
        ("Kazachstan wygasza latarnie na autostradach", "pl"),
        ("Uzbekistan łagodzi kary dla sklepikarzy", "pl"),
        ("Usbekistan öffnet die Archive seiner Museen", "de"),
        ("Узбекистан ждёт, соседи тоже", "ru"),
        ("Le Kazakhstan repeint ses locomotives", "fr"),
        ("L'Ouzbékistan raccourcit les vacances", "fr"),
        ("Özbekistan köprü lambalarını söndürüyor", "tr"),
        ("Қазақстан көршілеріне есігін жапқан жоқ", "kk"),
        ("Кыргызстан кошуналарына эшигин ачууда", "ky"),
        ("Тоҷикистон ба ҳамсоя равған фурӯхт", "tg"),
    ],
)
def test_a_state_of_ours_that_opens_the_title_with_a_deed_makes_policy(title: str, lang: str) -> None:
    assert decided(title, lang) is Tier.REGION


@pytest.mark.parametrize(
    ("title", "lang"),
    [
        ("Kazakhstan's lakes in pictures of last summer", "en"),
        ("Kazakhstan, seen from the window of a slow train", "en"),
        ("Uzbekistan marks the day of the silk worm", "en"),
        ("Kyrgyzstan beats Nepal in the qualifier", "en"),
        ("Uzbekistan farmers and their mulberry trees", "en"),
        ("Tashkent schools and their mulberry trees", "en"),
        ("Казахстан сыграет с Андоррой", "ru"),
        ("Why Kazakhstan's tulips bloom early", "en"),
        ("How Uzbekistan beats the heat", "en"),
        ("Казахстанец вырастил тыкву в семь пудов", "ru"),
        ("O‘zbekiston ayollari orasida yoga ommalashmoqda", "uz"),
        ("O‘zbekiston Eronga yutqazdi", "uz"),
        ("O‘zbekistonda lolalar ochildi", "uz"),
        ("Қазақстан аумағында жусан гүлдеді", "kk"),
        ("Бишкек көчөлөрү гүлгө бөлөндү", "ky"),
        ("Türkmenistan boýunça gül sergisi geçirildi", "tk"),
        ("Uzbekistan zasypała fala melonów", "pl"),
        ("Kirgistan żegna swojego alpinistę", "pl"),
        ("Kazakhstan airlines: a history in posters", "en"),
        ("Le Kirghizstan à pied", "fr"),
        ("Kazakistan pulları sergide büyük ilgi gördü", "tr"),
        ("Kasachstan unterliegt Andorra", "de"),
    ],
)
def test_a_name_that_no_deed_follows_makes_none(title: str, lang: str) -> None:
    assert decided(title, lang) is Tier.NONE


def test_the_reason_is_the_name_with_its_deed() -> None:
    title = "Uzbekistan untangles the paperwork of shopkeepers"
    why = [
        one for one in UNDERSTANDER.decide(Article(title, "", lang="en")).why if one.concept == "state.deed"
    ]

    assert [title[one.start : one.end] for one in why] == ["Uzbekistan untangles"]


@given(st.text(max_size=60), st.sampled_from(["en", "ru", "pl", "kk", "uz", "zz"]))
def test_any_title_after_a_name_is_read(rest: str, lang: str) -> None:
    title = f"Uzbekistan {rest}"
    for one in UNDERSTANDER.decide(Article(title, "", lang=lang)).why:
        assert one.phrase == title[one.start : one.end]


PERMITS = (
    "The ministry put up new signs and wants a licence for drones. A decree says who needs a permit, and the "
    "government plans a road by 2027. Day two is the canyon near Almaty; the tariff is 900 tenge a head."
)


@pytest.mark.parametrize(
    ("title", "tier"),
    [
        ("A four-day itinerary from Almaty", Tier.NONE),
        ("Kazakhstan signs decree on a four-day itinerary from Almaty", Tier.REGION),
    ],
)
def test_a_title_on_a_journey_hushes_the_permits_of_its_text_unless_it_tells_a_deed(
    title: str, tier: Tier
) -> None:
    assert UNDERSTANDER.decide(Article(title, PERMITS, lang="en")).tier is tier


@pytest.mark.parametrize("does", ["tours Korea", "bids farewell in Doha", "to visit Tokyo"])
@pytest.mark.parametrize("who", ["pop group", "hammer thrower", "biathlete", "comedian"])
def test_who_performs_or_competes_abroad_makes_no_policy(who: str, does: str) -> None:
    assert decided(f"Uzbek {who} {does}") is Tier.NONE


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("После переговоров Душанбе рекомендовал повременить с поездками.", "country.TJ"),
        ("Ранее Астана заявила, что квоту не увеличат.", "country.KZ"),
        ("Дорога из Душанбе закрыта до весны.", "place.TJ.capital"),
        ("Школьники Астаны пришлют рисунки.", "place.KZ.capital"),
        ("Ташкент, говорят старожилы, был иным.", "place.UZ.capital"),
    ],
)
def test_a_capital_that_does_something_is_its_government(text: str, named: str) -> None:
    told = UNDERSTANDER.mentions(Article("Новости", text, lang="ru"))

    assert named in {mention.concept.id for mention in told}
