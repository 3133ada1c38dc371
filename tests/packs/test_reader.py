from pathlib import Path

import pytest

from bot.core.countries import NAMES
from bot.core.story import Article
from bot.core.understand import Understander
from bot.core.words import TOPICS
from bot.errors import ConfigError
from bot.packs.reader import load
from bot.work.new_packs import broken_examples
from tests.core.reading import understander

WATER = """
[topic.water]
line = 1.0
slope = 2.0
[topic.water.parts.named]
kinds = { river = 1.2 }

[concepts]
"river.amu" = { name = "Amu Darya" }

[words.en]
"river.amu" = ["Amu Darya", "Amudarya"]

[[example]]
title = "Water of the Amu Darya is shared anew"
topics = ["water"]
"""

MONGOLIAN = """
[language.mn]
endings = ["ын", "ийн"]
common = ["ба", "нь", "юм"]

[words.mn]
"country.KZ" = ["Казакстаны~"]
"mineral.copper" = ["зэсийн уурхай*"]

[[example]]
title = "Монгол нь Казакстаны төлөөлөгчид"
countries = ["KZ"]
"""


def problems(folder: Path, text: str) -> str:
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as raised:
        load([folder])
    return str(raised.value)


def test_every_example_of_the_packs_holds() -> None:
    assert broken_examples(understander()) == []
    assert len(understander().packs.examples) > 100


def test_a_new_topic_and_a_new_language_are_one_new_file_each(tmp_path: Path) -> None:
    (tmp_path / "water.toml").write_text(WATER, encoding="utf-8")
    (tmp_path / "mn.toml").write_text(MONGOLIAN, encoding="utf-8")

    reader = Understander(load([tmp_path]))

    assert broken_examples(reader) == []
    assert "water" in reader.decide(Article("Amudarya runs dry", "")).topics


def test_the_version_changes_with_the_content_and_only_with_it(tmp_path: Path) -> None:
    assert load().version == load().version
    (tmp_path / "water.toml").write_text(WATER, encoding="utf-8")
    first = load([tmp_path]).version
    (tmp_path / "water.toml").write_text(WATER + "# a word more\n", encoding="utf-8")

    assert len({load().version, first, load([tmp_path]).version}) == 3


def test_all_that_is_wrong_is_told_at_once_with_what_would_be_right(tmp_path: Path) -> None:
    said = problems(
        tmp_path,
        """
        [concept]
        [language.qq]
        spellings = ["ш"]
        [concepts]
        "tungsten" = {}
        "mineral.tungsten" = {}
        "mineral.unobtainium" = { wieght = 2.0, sure = "no", off = ["nosie"] }
        [topic.water.parts.told]
        kinds = { watre = 1.0, mineral = "much" }
        given = "polcy"
        without = "water"
        [words.en]
        "mineral.tungstn" = ["tungsten"]
        "mineral.cobalt" = ["* ore", "x"]
        "mineral.gold" = ["gold\\nore"]
        [[example]]
        title = "x"
        tier = "kore"
        """,
    )

    for wanted in (
        "mine.toml",
        "[concept] is not a table of a pack; did you mean concepts?",
        "spellings: 'ш' is not written as 'ш=sh'",
        "an id is written kind.name",
        '"mineral.tungsten": is defined already',
        "wieght is not a key here; did you mean weight?",
        "sure = 'no' is not true or false",
        "off: no concept's id begins with nosie; did you mean noise?",
        "kinds: no concept's id begins with watre",
        "kinds: mineral = 'much' is not a number",
        "given: no topic polcy is decided before it; did you mean policy?",
        "without: no topic water is decided before it",
        "no such concept; did you mean mineral.tungsten?",
        '"* ore" has a word without letters',
        "'gold\\nore' has a line break",
        "tier = 'kore' is not one of core, region, minerals, none",
    ):
        assert wanted in said


@pytest.mark.parametrize(("body", "told"), [(b"\xff\xfe", "is not UTF-8"), (b"[words", "is not TOML")])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, body: bytes, told: str) -> None:
    (tmp_path / "broken.toml").write_bytes(body)

    with pytest.raises(ConfigError, match=told) as raised:
        load([tmp_path])

    assert "broken.toml" in str(raised.value)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="read from folders"):
        load([tmp_path / "nowhere"])


def test_words_of_any_language_lead_to_the_concept() -> None:
    packs = understander().packs

    assert packs.expand("вольфрам") == packs.expand("tungsten") == packs.expand("钨") == ("mineral.tungsten",)
    assert "country.KZ" in packs.expand("Казахстан")
    assert packs.expand("xyzzy") == packs.expand("") == ()


def test_values_of_queries_are_resolved_or_suggested() -> None:
    packs = understander().packs

    assert packs.resolve("country", "Uzbekistan") == packs.resolve("country", "uz") == "UZ"
    assert packs.resolve("mineral", "вольфрам") == "tungsten"
    assert packs.resolve("mineral", "rare earths") == "rare earths"
    assert packs.resolve("mineral", "cheese") is None
    assert packs.suggest("mineral", "tungstn") == "tungsten"
    assert packs.suggest("country", "Kazakstn") == "KZ"
    assert packs.suggest("mineral", "rare") == "rare earths"
    assert packs.suggest("country", "uzb") == "UZ"
    assert packs.suggest("country", "xx") is None


def test_a_country_of_a_query_is_one_that_stories_are_labelled_with_and_has_a_name() -> None:
    packs = understander().packs

    assert set(packs.names("country")) <= set(NAMES)
    assert packs.labels("Geneva") == ()
    assert packs.resolve("country", "Geneva") is None


def test_the_minerals_of_both_lists_are_known() -> None:
    known = set(understander().packs.names("mineral"))

    assert {
        "antimony",
        "rare earths",
        "tungsten",
        "helium",
        "metallurgical coal",
        "PGM",
        "molybdenum",
    } <= known


def test_the_topics_that_make_the_tiers_come_first() -> None:
    assert tuple(topic.id for topic in understander().packs.topics[:3]) == TOPICS


def test_what_is_no_country_is_refused_with_what_would_be_right(tmp_path: Path) -> None:
    said = problems(
        tmp_path,
        """
        [concepts]
        "body.water_office" = { name = "Water Office", of = ["XX", "kz", "Uzbekistan", "C5", "EU"] }
        [outlets]
        UK = ["river.example"]
        """,
    )

    for wanted in (
        '"body.water_office": of = "XX" is no country; two capital letters, as in "KZ"',
        'of = "kz" is no country; did you mean "KZ"?',
        'of = "Uzbekistan" is no country; did you mean "UZ"?',
        '[outlets]: "UK" is no country',
    ):
        assert wanted in said
    assert said.count("is no country") == 4
