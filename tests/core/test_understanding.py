import pytest

from bot.core.reading.patterns import variants
from bot.core.story import Article
from bot.core.understand import Lines, Understander
from bot.core.words import Tier
from tests.core.reading import decide, understander

SEED = (
    "Uzbekistan and the United States signed a memorandum of understanding on critical minerals and "
    "rare earth elements. Foreign Minister Bakhtiyor Saidov led the delegation to Washington.\n"
    "Related News\n14:24 / 04.02.2026\nU.S. envoy to visit Uzbekistan\n14:11 / 02.02.2026\n"
    "Armenia appoints new ambassador to Kyrgyzstan\n"
)


def test_a_list_of_other_stories_decides_nothing_and_stays_visible() -> None:
    decision = decide("Uzbekistan, US formalize cooperation on critical minerals", SEED)

    assert decision.tier is Tier.CORE
    assert decision.countries == ("UZ",)
    assert decision.minerals == ("rare earths",)
    assert "AM" not in decision.places
    assert any(r.phrase == "Kyrgyzstan" and r.note == "in a list of other stories" for r in decision.against)


def test_a_list_of_other_stories_is_known_when_the_lines_were_lost() -> None:
    decision = decide("Uzbekistan, US formalize cooperation on critical minerals", " ".join(SEED.split("\n")))

    assert decision.countries == ("UZ",)
    assert "AM" not in decision.places


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("Президент Казахстана подписал указ", "KZ"),
        ("Встреча казахстанского министра с послом", "KZ"),
        ("Қазақстанның Үкіметі қаулы қабылдады", "KZ"),
        ("O‘zbekistonda saylov bo‘lib o‘tdi", "UZ"),
        ("Ўзбекистонга давлат ташрифи", "UZ"),
        ("Oʻzbekistonning yangi qonuni", "UZ"),
        ("Ozbekistonda referendum", "UZ"),
        ("Usbekistans Präsident gewählt", "UZ"),
        ("Кыргызстандын Президенти жарлыкка кол койду", "KG"),
        ("Тоҷикистону Чин созишнома имзо карданд", "TJ"),
        ("Türkmenistanyň Prezidenti karara gol çekdi", "TM"),
        ("哈萨克斯坦总统签署法令", "KZ"),
        ("Le président du Kirghizistan signe une loi", "KG"),
        ("Özbekistan Cumhurbaşkanı kararname imzaladı", "UZ"),
    ],
)
def test_countries_are_found_in_any_ending_and_spelling(title: str, country: str) -> None:
    assert decide(title).countries == (country,)


@pytest.mark.parametrize(
    "spelling",
    ["Tokayev", "Tokaev", "Toqayev", "Токаев", "Токаева", "Тоқаев", "托卡耶夫", "Tokajew"],
)
def test_a_person_is_one_id_in_every_spelling(spelling: str) -> None:
    assert decide(f"{spelling} signs").people == ("person.tokayev",)


@pytest.mark.parametrize("spelling", ["НГМК", "NMMC", "Navoi Mining and Metallurgical", "Navoiy KMK"])
def test_a_body_is_one_id_in_every_spelling(spelling: str) -> None:
    assert decide(f"{spelling} 2026").bodies == ("body.nmmc",)


@pytest.mark.parametrize("body", ["osce", "oecd", "fatf", "ilo", "unhcr"])
def test_a_body_of_many_states_that_urges_one_of_ours_makes_policy(body: str) -> None:
    decision = decide(f"{body.upper()} urges Tajikistan to publish what it owes")

    assert decision.bodies == (f"body.{body}",)
    assert decision.tier is Tier.REGION


def test_a_passing_name_in_a_list_of_countries_is_set_aside() -> None:
    decision = decide(
        "Summit ends with a declaration",
        "Presidents of China, Russia, India, Pakistan, Kazakhstan, Iran and Belarus signed a declaration.",
    )

    assert decision.countries == ()
    assert any(r.phrase == "Kazakhstan" and "passing" in r.note for r in decision.against)


def test_what_is_named_once_and_late_is_in_passing_and_early_it_is_not() -> None:
    title = "State corporation takes over tungsten deposit without a tender"
    rest = (
        "The government expects the plant in the Caucasus to open in three years and to feed makers of tools."
    )

    late = decide(title, f"{rest} Ore now comes from Kazakhstan.")
    early = decide(title, f"The deposit lies in Kazakhstan. {rest}")

    assert late.tier is Tier.MINERALS
    assert any(r.phrase == "Kazakhstan" and "once and late" in r.note for r in late.against)
    assert early.tier is Tier.CORE


def test_home_is_meant_however_late_its_own_language_names_it() -> None:
    told = (
        "Теңіз деңгейі жиырма жыл қатарынан төмендеп келеді, ғалымдар бұған өзен суының азаюын себеп етеді. "
        "Бес елдің өкілдері Тегеранда екі күн бойы кеңесті. Жиында Қазақстан жаңа институт ашуды ұсынды."
    )

    assert decide("Каспий суы азайды", told, lang="kk").countries == ("KZ",)


def test_who_else_belongs_to_a_club_is_told_in_passing() -> None:
    told = (
        "The leaders spoke of trade and of the war in Gaza. The president asked for joint exercises of their "
        "armies next year and praised the customs union. The next summit takes place in Istanbul. "
    )
    members = "Members of the club are Kazakhstan, Kyrgyzstan and Uzbekistan."

    after = decide("Turkey and Azerbaijan close ranks at summit", told + members)
    before = decide("Turkey and Azerbaijan close ranks at summit", f"{members} {told}")

    assert after.tier is Tier.NONE
    assert any(r.phrase == "Uzbekistan" and "in passing" in r.note for r in after.against)
    assert before.tier is Tier.REGION


def test_a_metal_that_nobody_handles_is_no_mineral_story() -> None:
    worn = decide("Tungsten barrels compared", "Tungsten makes them slim, and tungsten makes them heavy.")
    sold = decide("Tungsten exports compared", "Tungsten makes them slim, and tungsten makes them heavy.")

    assert "critical_minerals" not in worn.topics
    assert "critical_minerals" in sold.topics


def test_what_names_minerals_and_nobody_who_acts_is_no_policy() -> None:
    lesson = decide(
        "Pegmatites and what grows in them",
        "Columbite, tantalite, spodumene, cassiterite and beryl concentrate in the last melt of a granite.",
    )

    assert lesson.tier is Tier.NONE


def test_more_words_of_noise_are_more_noise() -> None:
    once = understander().points(Article("Kazakhstan's minister signs a decree", "A concert is held."))
    often = understander().points(
        Article("Kazakhstan's minister signs a decree", "A concert, a museum, an opera, a ballet are on.")
    )

    assert often["policy"] < once["policy"] - 1.0


@pytest.mark.parametrize("whence", ["NUR-SULTAN. KAZINFORM - ", "Astana, July 2 (Trend) - "])
def test_a_dateline_is_not_what_a_story_is_about(whence: str) -> None:
    decision = decide("Sprinter wins stage in Toulouse", f"{whence}The race went on after a day of rest.")

    assert "central_asia" not in decision.topics


def test_the_five_together_stand_for_the_region() -> None:
    assert decide("C5+1 leaders meet in Washington").countries == ("KZ", "KG", "TJ", "TM", "UZ")
    assert decide("Pipeline through Central Asia supplies weapons to Russia").countries == ()


def test_a_story_at_home_needs_not_name_its_country() -> None:
    decision = decide("Үкімет бензин экспортына тыйым салды")

    assert decision.tier is Tier.REGION
    assert decision.countries == ("KZ",)
    assert decision.notes == ("written in the language of KZ",)


@pytest.mark.parametrize(
    ("title", "text", "lang", "countries"),
    [
        (
            "Қытаймен визасыз режим ұзартылды",
            "Сыртқы істер министрлігі ереже өзгермейтінін айтты.",
            "kk",
            ("KZ",),
        ),
        ("Конго кобальт экспортына квота енгізді", "Африка елінің реттеушісі рұқсат бермейді.", "kk", ()),
        ("Қытай Сенаты заң қабылдады", "АҚШ үкіметі наразылық білдірді.", "kk", ()),
        ("Chili litiy konlarini xususiylashtirmaydi", "Vazirlik davlat ulushini saqlaydi.", "uz", ()),
        ("Chili bilan litiy bitimi tuzildi", "Vazirlik davlat ulushini saqlaydi.", "uz", ("UZ",)),
        ("Turkiya bilan imtiyozli savdo kengaytirildi", "Anqarada bayonnoma imzolandi.", "uz", ("UZ",)),
        ("Әзербайжанмен әскери жоспар бекітілді", "Бакуде кездесу өтті.", "kk", ("KZ",)),
        ("Kongodan kobalt eksporti taqiqlandi", "Kinshasa qarori bugun kuchga kirdi.", "uz", ()),
        ("Senat Chiliga muhojirlik qonunini ma’qulladi", "Hujjat imzolashga yuborildi.", "uz", ("UZ",)),
        ("Америка жез менен литийге бажыны көбөйттү", "Өкмөт токтому шейшембиде чыкты.", "ky", ()),
        ("Литий зауыты салынбайды", "Үкімет берген жерден қытай банкі бас тартты.", "kk", ("KZ",)),
    ],
)
def test_a_ministry_in_the_language_of_home_is_that_of_home_unless_another_country_stands_beside_it(
    title: str, text: str, lang: str, countries: tuple[str, ...]
) -> None:
    assert decide(title, text, lang=lang).countries == countries


@pytest.mark.parametrize(
    ("lang", "country", "title", "text"),
    [
        ("kk", "KZ", "Қазақстан мен Жапония уран туралы келісімге қол қойды", "Үкімет шартты бекітті."),
        ("kk", "KZ", "Qazaqstan men Japonııa ýran týraly kelisimge qol qoıdy", "Úkimet shartty bekitti."),
        ("kk", "KZ", "Qazaqstan men Japoniia uran turaly kelisimge qol qoidy", "Ükimet şartty bekitti."),
        ("uz", "UZ", "O‘zbekiston va Yaponiya uran bo‘yicha kelishdi", "Vazirlik protokolni e’lon qildi."),
        ("uz", "UZ", "Ўзбекистон ва Япония уран бўйича келишди", "Вазирлик протоколни эълон қилди."),
        ("zh", "UZ", "乌兹别克斯坦与日本签署铀矿协议", "政府批准了该文件。"),
        ("zh", "UZ", "烏茲別克與日本簽署鈾礦協議", "政府批准了該文件。"),
    ],
)
def test_a_language_is_understood_in_each_of_its_scripts(
    lang: str, country: str, title: str, text: str
) -> None:
    decision = decide(title, text)

    assert (decision.lang, decision.tier) == (lang, Tier.CORE)
    assert (decision.countries, decision.minerals) == ((country,), ("uranium",))


@pytest.mark.parametrize(
    ("lang", "country", "title"),
    [
        ("uz", "UZ", "Hukumat moratoriyni kuchga kiritdi"),
        ("uz", "UZ", "Ҳукумат мораторийни кучга киритди"),
        ("kk", "KZ", "Үкімет мораторийді бекітті"),
        ("ky", "KG", "Өкмөт мораторийди узартты"),
        ("tg", "TJ", "Ҳукумат мораторийро тамдид намуд"),
        ("tk", "TM", "Hökümet moratoriýni uzaltdy"),
        ("en", "TM", "Turkmenistan jails blogger"),
    ],
)
def test_a_short_title_tells_its_language_by_how_its_words_begin(lang: str, country: str, title: str) -> None:
    decision = decide(title)

    assert (decision.lang, decision.countries) == (lang, (country,))


@pytest.mark.parametrize(
    ("lang", "pattern", "others"),
    [
        ("uz", "elchi etib", "элчи этиб"),
        ("uz", "yo'lga qo'y*", "yolga qoy*, йўлга қўй*"),
        ("uz", "konferensiya", "конференция"),
        ("uz", "soliq*", "solig'*, солиқ*, solig*, солиғ*"),
        ("kk", "салық*", "салығ*, salyq*, salyg*"),
        ("ky", "кызматташтык*", "кызматташтыг*"),
        ("tk", "hyzmatdaşlyk*", "hyzmatdaşlyg*"),
        ("tr", "ortaklık*", "ortaklığ*"),
        ("kk", "банк*", "bank*"),
        ("ky", "чек ара*", ""),
    ],
)
def test_a_word_is_looked_for_in_all_its_scripts_and_before_vowels(
    lang: str, pattern: str, others: str
) -> None:
    language = understander().packs.languages[lang]

    assert variants(pattern, language) == (pattern, *filter(None, others.split(", ")))


@pytest.mark.parametrize(
    ("list_of_three", "countries"),
    [("Ўзбекистон, Афғонистон ва Покистон", ("UZ",)), ("Афғонистон, Покистон ва Ўзбекистон", ())],
)
def test_home_is_not_in_passing_where_it_opens_a_list(list_of_three: str, countries: tuple[str, ...]) -> None:
    decision = decide("Кобулда темир йўл ҳужжати имзоланди", f"{list_of_three} вакиллари учрашди.", lang="uz")

    assert decision.countries == countries


def test_what_happens_somewhere_is_news_of_home_in_its_language() -> None:
    assert decide("Төтенше жағдай: екі көлік соқтығысып, жол жабылды", lang="kk").topics == ("central_asia",)


@pytest.mark.parametrize(
    ("title", "country"),
    [
        ("Uran qazib olish uchun renta solig‘i joriy etildi", "UZ"),
        ("Вольфрам кенін игеруге лицензия берілді", "KZ"),
        ("Содироти маъдани сурма манъ шуд", "TJ"),
    ],
)
def test_what_only_a_state_does_is_done_by_that_of_the_language(title: str, country: str) -> None:
    assert decide(title).countries == (country,)


def test_advice_in_the_language_of_home_is_about_no_country() -> None:
    decision = decide(
        "Күміс сақинаны үйде қалай тазалауға болады", "Сода мен жұмсақ шүберек жеткілікті.", lang="kk"
    )

    assert decision.topics == ()


def test_where_a_picture_was_taken_is_not_what_a_story_is_about() -> None:
    decision = decide(
        "Tehran looks for security from Beijing",
        "Iran's president meets China's leader at a summit in Samarkand, Uzbekistan. (Li Wei/Xinhua via AP)",
    )

    assert decision.countries == ()
    assert any(r.phrase == "Samarkand" and r.note == "in the caption of a picture" for r in decision.against)


def test_what_a_picture_shows_does_not_turn_the_meaning_of_a_title() -> None:
    decision = decide(
        "China secures Bolivian lithium for half of its price",
        "Workers pack lithium batteries in a workshop of Hefei, May 3, 2022. (Wu Fang/Xinhua via AP)",
    )

    assert decision.tier is Tier.MINERALS
    assert decision.minerals == ("lithium",)


@pytest.mark.parametrize("metal", ["aluminium", "chromium", "helium", "magnesium", "platinum", "zinc"])
@pytest.mark.parametrize(
    "title", ["Oman bans exports of raw {}", "Pentagon to stockpile {}", "Jakarta cuts {} quotas"]
)
def test_a_common_metal_is_one_where_states_deal_in_it(title: str, metal: str) -> None:
    assert decide(title.format(metal)).tier is Tier.MINERALS


def test_whom_the_lead_names_stands_beside_who_is_told_of_at_length() -> None:
    lead = "Ministers of Kazakhstan, Kyrgyzstan and Uzbekistan agreed in Osh how much water each will get."
    text = f"{lead} Kyrgyzstan fills Toktogul until June, said Bishkek. Kyrgyz farmers wait for rain."

    assert decide("Ministers agree on water for the summer", text).countries == ("KZ", "KG", "UZ")
    for lead, told in ((text, ("KZ", "KG", "UZ")), (text.replace("Kyrgyzstan and ", ""), ("KG",))):
        assert decide("Kyrgyzstan agrees to spare water for the summer", lead).countries == told


def test_what_several_states_build_is_news_of_all_of_them() -> None:
    assert decide("Nine donors pledge loans for Kambarata-1").countries == ("KZ", "KG", "UZ")


def test_a_mineral_of_bulk_is_named_when_the_lead_names_no_other() -> None:
    decision = decide(
        "Kazakh smelters told to process ore at home or lose export rights",
        "The government prepares a ban on exports of zinc concentrates from Kazakhstan.",
    )

    assert decision.minerals == ("zinc",)


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Lithium for bipolar patients", "Doctors say lithium therapy needs regular tests of the kidney."),
        ("Rare Earth plays Motown hits", "The band released a new album."),
        ("A cobalt blue vase", "The pigment was loved by painters."),
        ("Titanium card review", "The credit card has an annual fee and cashback."),
        ("He will lead the team", "The coach praised the players after the match."),
        ("Silver medal at the championships", "The athlete won silver."),
        ("Чиновников пересадили на «Кобальты»", "Служебные иномарки уйдут с молотка."),
    ],
)
def test_names_of_minerals_that_mean_something_else_are_not_minerals(title: str, text: str) -> None:
    decision = decide(title, text)

    assert "critical_minerals" not in decision.topics
    assert decision.minerals == ()


def test_a_deed_of_a_language_that_stands_apart_is_no_deed_elsewhere_and_a_name_is() -> None:
    text = "The designer presents her premiere; Ouzbékistan is on the programme."

    named = {mention.concept.id for mention in understander().mentions(Article("A reunion in Lyon", text))}

    assert not named & {"actor.office", "act.announce", "act.meeting"}
    assert "country.UZ" in named


def test_a_story_near_a_line_is_marked_for_review() -> None:
    packs = understander().packs
    score = decide("Kazakh official calls for talks").scores["policy"]

    strict = Understander(packs, Lines(policy=min(1.0, score + 0.05)))

    assert strict.decide(Article("Kazakh official calls for talks", "")).review


def test_raising_a_line_only_takes_topics_away() -> None:
    packs = understander().packs
    article = Article("Uzbekistan, US formalize cooperation on critical minerals", SEED)
    usual = understander().decide(article)
    strict = Understander(packs, Lines(central_asia=1.01)).decide(article)

    assert set(usual.topics) - set(strict.topics) == {"central_asia"}
    assert strict.tier is Tier.MINERALS


def test_a_flagged_story_lists_its_amounts_and_days() -> None:
    text = "The ministers signed it on 4 February 2026. The loan is $1.1 billion."

    decision = decide("Kazakhstan and US sign tungsten deal", text)

    assert [(money.amount, money.currency) for money in decision.amounts] == [(1.1e9, "USD")]
    assert "$1.1 billion" in text[decision.amounts[0].start : decision.amounts[0].end]
    assert [day.isoformat() for day in decision.dates] == ["2026-02-04"]
