"""What was done, told from stories: the examples of the packs, and what holds for any text."""

import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from importlib import resources
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.actions.finding import find_actions
from bot.core.reading.dates import days_of
from bot.core.reading.money import amounts_of
from bot.core.story import Action, Article
from bot.core.weighing.home import home_of
from bot.core.words import Instrument, Stage
from tests.core.reading import understander

FRIDAY = datetime(2026, 6, 5, 12, tzinfo=UTC)
UNDERSTANDER = understander()
PACKS = UNDERSTANDER.packs
EXAMPLES: list[Mapping[str, Any]] = [
    example
    for name in (
        "actions",
        "actions-languages",
        "actions-long",
        "actions-headlines",
        "actions-wider",
        "actions-kinds",
        "actions-forms",
    )
    for example in tomli.loads(
        (resources.files("bot.packs") / "examples" / f"{name}.toml").read_text(encoding="utf-8")
    )["action"]
]


def actions(
    title: str, text: str = "", *, lang: str = "", published: datetime | None = FRIDAY
) -> tuple[Action, ...]:
    article = Article(title, text, lang=lang, published=published)
    return find_actions(article, UNDERSTANDER.mentions(article), amounts_of(article), days_of(article))


def told_otherwise(example: Mapping[str, Any]) -> str:
    """What is read of an example where that is not what it says; "" where it is."""
    instrument, stage = example["want"].split()
    instruments = {instrument, *example.get("also", "").split()}
    stages = {stage, *example.get("stage_also", "").split()}
    first = next(iter(actions(example["title"], example.get("text", ""), lang=example.get("lang", ""))), None)
    right = first is not None and first.instrument in instruments and first.stage in stages
    return "" if right else f"{example['title']}: {first} and not {example['want']}"


def test_every_example_of_the_packs_is_read_as_it_says() -> None:
    assert [told for example in EXAMPLES if (told := told_otherwise(example))] == []
    assert len(EXAMPLES) > 900


@pytest.mark.parametrize("lang", ["en", "ru", "uz", "kk", "ky", "tg", "tk"])
def test_a_full_language_has_words_for_every_deed(lang: str) -> None:
    worded = {words.concept for words in PACKS.words if words.lang in {lang, "mul"} and words.patterns}
    forms = {"act.grant", "act.quota", "act.lift", "act.revoke"}  # kept by other words in some languages
    deeds = {one for one in PACKS.concepts if one.startswith("act.")} - forms

    missing = deeds - worded
    assert missing <= {"act.find", "act.import", "act.halt"}, sorted(missing)


@pytest.mark.parametrize(
    ("title", "stage"),
    [
        ("Kazakhstan and Japan sign memorandum on uranium", Stage.SIGNED),
        ("Kazakhstan and Japan to sign memorandum on uranium", Stage.ANNOUNCED),
        ("Kazakhstan and Japan plan to sign memorandum on uranium", Stage.ANNOUNCED),
        ("Kazakhstan and Japan may sign memorandum on uranium", Stage.PROPOSED),
        ("Kazakhstan is considering signing memorandum with Japan", Stage.PROPOSED),
        ("Казахстан и Япония подписали меморандум", Stage.SIGNED),
        ("Казахстан и Япония подпишут меморандум", Stage.ANNOUNCED),
        ("Казахстан и Япония намерены подписать меморандум", Stage.ANNOUNCED),
        ("Казахстан и Япония могут подписать меморандум", Stage.PROPOSED),
        ("Qozog‘iston va O‘zbekiston memorandum imzoladi", Stage.SIGNED),
        ("Qozog‘iston va O‘zbekiston memorandum imzolamoqchi", Stage.ANNOUNCED),
        ("Қазақстан мен Өзбекстан меморандумға қол қойды", Stage.SIGNED),
        ("Қазақстан мен Өзбекстан меморандумға қол қоймақ", Stage.ANNOUNCED),
        ("Қазақстан мен Өзбекстан меморандумға қол қоюы мүмкін", Stage.PROPOSED),
        ("Кыргызстан менен Өзбекстан меморандумга кол койду", Stage.SIGNED),
        ("Кыргызстан менен Өзбекстан меморандумга кол коёт", Stage.ANNOUNCED),
        ("哈萨克斯坦与日本签署备忘录", Stage.SIGNED),
        ("哈萨克斯坦与日本将签署备忘录", Stage.ANNOUNCED),
    ],
)
def test_to_plan_or_to_consider_signing_is_not_to_sign(title: str, stage: Stage) -> None:
    first = actions(title)[0]

    assert (first.instrument, first.stage) == (Instrument.MOU, stage)


@pytest.mark.parametrize(
    "title",
    [
        "Kazakhstan has not signed memorandum with Japan",
        "Казахстан и Япония не подписали меморандум",
        "Kazakhstan refuses to sign memorandum with Japan",
    ],
)
def test_what_was_not_signed_is_not_signed(title: str) -> None:
    assert actions(title)[0].stage is not Stage.SIGNED or actions(title)[0].instrument is not Instrument.MOU


def test_what_was_signed_years_ago_does_not_win_over_todays_news() -> None:
    first = actions(
        "Uzbekistan bans exports of tungsten concentrate",
        "The government banned exports on Thursday. In 2024 the country signed a memorandum with the EU. "
        "Another memorandum was signed in 2023 with Korea.",
    )[0]

    assert (first.instrument, first.stage) == (Instrument.EXPORT_CONTROL, Stage.IN_FORCE)


@pytest.mark.parametrize(
    ("title", "instrument", "stage"),
    [
        ("Kazakhstan will not introduce an export duty on copper", Instrument.STATEMENT, Stage.NONE),
        ("Казахстан не будет вводить экспортную пошлину на медь", Instrument.STATEMENT, Stage.NONE),
        ("Қазақстан мыс экспортына бажды енгізбейді", Instrument.STATEMENT, Stage.NONE),
        ("Kazakhstan cancels law on subsoil", Instrument.LAW, Stage.ENDED),
        ("Kazakhstan signs law cancelling tax on miners", Instrument.LAW, Stage.SIGNED),
        ("Signing of Kazakh-Korean memorandum on lithium postponed", Instrument.MOU, Stage.NEGOTIATED),
        ("Подписание меморандума о литии отложено", Instrument.MOU, Stage.NEGOTIATED),
        ("The ban on exports of copper was suspended for a year", Instrument.EXPORT_CONTROL, Stage.SUSPENDED),
        ("Kazakhstan suspends exports of copper", Instrument.EXPORT_CONTROL, Stage.IN_FORCE),
    ],
)
def test_what_is_denied_put_off_or_done_away_with_is_told_so(
    title: str, instrument: Instrument, stage: Stage
) -> None:
    first = actions(title)[0]

    assert (first.instrument, first.stage) == (instrument, stage)


def test_a_state_that_is_but_the_home_of_a_firm_is_no_party() -> None:
    text = "A Canadian mining company found copper near Semey, its Toronto-based owner said."

    assert actions("Chinese firm finds copper in Kazakhstan", text)[0].parties == ("KZ",)


def test_a_sum_told_beside_the_deed_is_its_amount_and_a_fine_is_not() -> None:
    signed = "Almalyk combine and a Chinese builder signed a contract for a smelter. It is to stand by 2028. "

    cost, fine = (
        actions("Uzbekistan: contract for copper smelter signed", signed + last)[0].amount
        for last in ("The cost is put at $1.5 billion.", "A court made the builder pay a fine of $3 million.")
    )

    assert cost is not None
    assert (cost.amount, fine) == (1.5e9, None)


def test_the_words_that_tell_of_a_deed_loudest_are_quoted_and_are_one_action() -> None:
    text = (
        "The country has deposits of tungsten that lack investment. "
        "The ministry approved projects worth $2.6 billion, among them plants for rare metals."
    )
    told = actions("Uzbekistan to invest in rare metals", text)

    assert told[0].sentence.startswith("The ministry approved")
    assert [one.instrument for one in told] == [Instrument.INVESTMENT]


def test_parties_minerals_amount_and_day_come_with_the_action() -> None:
    text = (
        "On 3 June 2026 EXIM and Uzbekistan signed a loan agreement worth $400 million for a tungsten mine. "
        "Trade between the countries reached $1 billion."
    )
    first = actions("US lends Uzbekistan money for tungsten", text)[0]

    assert (first.instrument, first.stage) == (Instrument.FINANCING, Stage.SIGNED)
    assert first.parties == ("US", "UZ")
    assert first.minerals == ("tungsten",)
    assert first.actors == ("body.exim",)
    assert first.amount is not None
    assert (first.amount.amount, first.amount.currency) == (4e8, "USD")
    assert text[first.amount.start : first.amount.end] == "$400 million"
    assert first.day == date(2026, 6, 3)
    assert first.sentence == text[first.start : first.end]
    assert first.sentence.startswith("On 3 June")


@pytest.mark.parametrize(
    ("title", "parties"),
    [
        ("China bans exports of antimony to the United States", ("CN",)),
        ("US imposes sanctions on bank in Kyrgyzstan", ("US",)),
        ("Kyrgyz bank hit by US sanctions", ("US",)),
        ("Kazakhstan and France sign agreement on uranium", ("FR", "KZ")),
        ("Central Asian presidents gather in Tashkent for summit", ("KG", "KZ", "TJ", "TM", "UZ")),
    ],
)
def test_parties_are_those_who_act(title: str, parties: tuple[str, ...]) -> None:
    assert actions(title)[0].parties == parties


def test_a_story_in_which_nothing_is_done_is_a_statement() -> None:
    for title in ("", "A mountain lake at dawn", "12345"):
        (only,) = actions(title)
        assert (only.instrument, only.stage) == (Instrument.STATEMENT, Stage.NONE)


pieces = st.lists(
    st.sampled_from(
        [
            "signed",
            " ",
            "will",
            "меморандум",
            ". ",
            "подписали",
            "$12 billion",
            "备忘录",
            "2025",
            "?",
            "Kazakhstan",
            "\n",
            "‘",
        ]
    )
).map("".join)


@settings(deadline=timedelta(seconds=5))
@given(st.one_of(st.text(), pieces), st.one_of(st.text(), pieces), st.sampled_from([None, FRIDAY]))
def test_spans_are_exact_and_the_answer_is_always_the_same(
    title: str, text: str, published: datetime | None
) -> None:
    found = actions(title, text, published=published)

    assert 1 <= len(found) <= 3
    assert len({action.instrument for action in found}) == len(found)
    for action in found:
        field = title if action.field == "title" else text
        assert field[action.start : action.end] == action.sentence
        if action.amount is not None:
            whole = title if action.amount.field == "title" else text
            assert any(c.isdigit() for c in whole[action.amount.start : action.amount.end])
    assert found == actions(title, text, published=published)


@pytest.mark.parametrize(
    "unit", ["signed a memorandum ", "will ", "подписали. ", "$1 ", "将", "ban export\n"]
)
def test_hostile_text_is_read_in_bounded_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    article = Article(unit, text, published=FRIDAY)
    mentions = UNDERSTANDER.mentions(article)

    started = time.perf_counter()
    find_actions(article, mentions, amounts_of(article), days_of(article))

    assert time.perf_counter() - started < 10


def test_a_body_of_the_five_speaks_for_its_state_and_a_foreign_firm_only_where_no_state_is_named() -> None:
    assert actions("Kazatomprom signs uranium supply contract with Japan")[0].parties == ("JP", "KZ")
    assert actions("Kazatomprom lowers plan for next year's output")[0].parties == ("KZ",)
    assert actions("Orano signs uranium agreement with Uzbekistan")[0].parties == ("UZ",)


def test_the_states_may_be_named_beside_the_sentence_that_says_it() -> None:
    text = "Uzbekistan goes on with the reform that it began long ago. The new mining code takes effect."

    assert actions("New mining code in force", text)[0].parties == ("UZ",)


def test_a_contract_for_what_is_to_be_built_is_the_news_and_not_the_building() -> None:
    first = actions(
        "Rosatom to build power plant in Uzbekistan", "A contract for the power plant was signed in Tashkent."
    )[0]

    assert (first.instrument, first.stage) == (Instrument.AGREEMENT, Stage.SIGNED)


def test_what_a_parliament_passes_is_neither_signed_nor_in_force() -> None:
    assert actions("Senate adopts law on rare metals")[0].stage is Stage.ANNOUNCED
    assert actions("President signs law on rare metals that the senate adopted")[0].stage is Stage.SIGNED
    assert actions("Law on rare metals takes effect")[0].stage is Stage.IN_FORCE


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("Kazakhstan and Japan will sign a memorandum on Tuesday", date(2026, 6, 9)),
        ("Kazakhstan and Japan to sign memorandum on Tuesday, minister says", date(2026, 6, 9)),
        ("Minister said on Tuesday that Kazakhstan will sign a memorandum with Japan", date(2026, 6, 2)),
        ("Kazakhstan and Japan signed a memorandum on Tuesday", date(2026, 6, 2)),
        ("Во вторник Казахстан и Япония подпишут меморандум о вольфраме", date(2026, 6, 9)),
        ("Қазақстан мен Жапония сейсенбі күні меморандумға қол қояды", date(2026, 6, 9)),
    ],
)
def test_a_weekday_by_a_verb_of_what_is_to_come_is_the_next_one(title: str, day: date) -> None:
    assert actions(title)[0].day == day


def test_a_weekday_far_down_is_read_like_one_at_the_top() -> None:
    long = "The two " + "and their many neighbours " * 60

    for verb, day in (("will sign", date(2026, 6, 9)), ("signed", date(2026, 6, 2))):
        assert actions("", f"{long} {verb} a memorandum on Tuesday.")[0].day == day


@pytest.mark.parametrize(
    ("title", "lang", "parties"),
    [
        ("Turkiya bilan nodir metallar bo'yicha memorandum imzolandi", "uz", ("TR", "UZ")),
        ("Түркиямен сирек металдар туралы меморандумға қол қойылды", "kk", ("KZ", "TR")),
        ("Түркия менен сейрек металлдар боюнча меморандумга кол коюлду", "ky", ("KG", "TR")),
        ("Бо Туркия оид ба металлҳои нодир ёддошти тафоҳум имзо шуд", "tg", ("TJ", "TR")),
        ("Turkiya va Xitoy nodir metallar bo'yicha memorandum imzoladi", "uz", ("CN", "TR")),
        ("С Турцией подписан меморандум о редких металлах", "ru", ("TR",)),
    ],
)
def test_home_signs_too_where_only_the_one_it_signs_with_is_named(
    title: str, lang: str, parties: tuple[str, ...]
) -> None:
    article = Article(title, "", lang=lang, published=FRIDAY)
    home = home_of(article, PACKS.languages[lang])
    found = find_actions(article, UNDERSTANDER.mentions(article), amounts_of(article), days_of(article), home)

    assert found[0].parties == parties


@pytest.mark.parametrize(
    "title",
    [
        "Parliament rejected the law on subsoil",
        "Парламент отклонил закон о недрах",
        "Сенат отверг закон о недрах",
        "Das Parlament lehnt das Bergbaugesetz ab",
        "议会否决地下资源法",
        "Parlament yer qa'ri to'g'risidagi qonunni rad etdi",
        "Парламент жер казынасы жөнүндө мыйзамды четке какты",
        "Парлумон қонунро дар бораи сарватҳои зеризаминӣ рад кард",
        "Mejlis ýerasty baýlyklar hakynda kanuny ret etdi",
        "Meclis maden yasasını reddetti",
    ],
)
def test_a_law_that_parliament_rejects_has_ended_in_every_language(title: str) -> None:
    first = actions(title)[0]

    assert (first.instrument, first.stage) == (Instrument.LAW, Stage.ENDED)


@pytest.mark.parametrize(
    "title",
    [
        "Парламент принял закон о недрах",
        "Oliy Majlis yer qa'ri to'g'risidagi qonunni qabul qildi",
        "Парламентте жер қойнауы туралы заң қабылданды",
        "Жогорку Кеңеш жер казынасы жөнүндө мыйзамды бекитти",
        "Парлумон қонун дар бораи сарватҳои зеризаминиро қабул кард",
        "Mejlisde ýerasty baýlyklar hakynda kanun kabul edildi",
        "哈萨克斯坦议会通过地下资源法",
    ],
)
def test_a_law_that_parliament_passes_is_announced_in_every_language(title: str) -> None:
    first = actions(title)[0]

    assert (first.instrument, first.stage) == (Instrument.LAW, Stage.ANNOUNCED)


@pytest.mark.parametrize(
    ("title", "want"),
    [
        ("Prezident ýerasty baýlyklar hakynda kanuna gol çekdi", (Instrument.LAW, Stage.SIGNED)),
        ("Жер қойнауы туралы заңның күші жойылды", (Instrument.LAW, Stage.ENDED)),
        ("Үкімет пайдалы қазбаға салынатын салықты көтермек", (Instrument.LAW, Stage.ANNOUNCED)),
        ("Уран өндіруді 30 мың тоннаға жеткізеді", (Instrument.PRODUCTION, Stage.ANNOUNCED)),
        ("Уран өндүрүүнү 30 миң тоннага жеткирет", (Instrument.PRODUCTION, Stage.ANNOUNCED)),
        ("Қазақстан Қытайға уран жеткізеді", (Instrument.OFFTAKE, Stage.ANNOUNCED)),
    ],
)
def test_a_law_in_its_cases_and_what_is_raised_are_read(title: str, want: tuple[Instrument, Stage]) -> None:
    first = actions(title)[0]

    assert (first.instrument, first.stage) == want
