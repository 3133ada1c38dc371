"""Search finds what the query says, the same on both databases."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.asking.query import And, Field, Not, Or, Phrase, Query, Word, moment, parse
from bot.core.new_story import NewStory
from bot.core.tokens import words
from bot.core.words import Tier
from bot.store import search
from bot.store.database import Database
from tests.conftest import EmptiedDatabase, sqlite_database
from tests.store.given import NOON, add, decided, kept, minutes, story

VOCABULARY = ["tungsten", "gold", "memorandum", "Вольфрам", "ёлка", "O‘zbekiston", "w-mo", "稀土", "U.S."]


def meaning(word: str) -> list[tuple[str, str]]:
    """What packs would say of two words."""
    return [("mineral", "tungsten")] if word.casefold() in ("tungsten", "вольфрам") else []


@pytest.fixture
def both(
    sqlite_template: Path, emptied_database: EmptiedDatabase, tmp_path: Path
) -> Iterator[tuple[Database, Database]]:
    """The two databases at once."""
    with sqlite_database(sqlite_template) as one, emptied_database.lent() as other:
        yield one, other


def found(database: Database, query: str, **how: object) -> list[int]:
    with database.reading() as session:
        return search.matching(session, parse(query), now=NOON, expand=meaning, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("tungsten", "a b"),  # by word, and by the label that the word means
        ("вольфрам", "a b"),
        ("ВОЛЬФРАМ deal", "b"),
        ("mineral:tungsten", "a b"),
        ('"rare earths"', "c"),
        ('"earths rare"', ""),
        ('mineral:"rare earths"', "c"),
        ("uzbekistan", ""),
        ("ozbekiston", "c"),
        ("o'zbekiston", "c"),
        ("ёлка OR елка", "c"),
        ("kazakhstan", "a"),  # written Kazakhstan's
        ("稀土", "c"),
        ("土稀", ""),
        ("country:kz", "a"),
        ("country:cn", "b"),  # a country elsewhere, named with weight
        ("country:tj", ""),  # one of the five, named in passing only
        ("country:kz,cn -tungsten", ""),
        ("type:mou stage:signed", "a b c"),
        ("type:law", ""),
        ("tier:core", "a b"),
        ("tier:region", "c"),
        ("tier:none", "d"),
        ("source:gov.kz", "a"),
        ("source:eng.gov.kz", "a"),
        ("lang:ru", "b"),
        ("topic:policy", "a b c"),
        ("is:review", "c"),
        ("-country:kz", "b c"),
        ("-tungsten -ёлка", ""),
        ("(gold OR deal) -mine", "b"),
        ("", "a b c"),
        ("& … — tungsten", "a b"),
        ("since:1d", "b c"),
        ("before:1d", "a"),
        ("before:1d OR lang:ru", "a b"),
        ("-since:1d", "a"),
        ("tungsten (since:1d OR country:kz)", "a b"),
    ],
)
def test_what_a_query_finds(database: Database, query: str, hits: str) -> None:
    a = story(
        "a", title="Kazakhstan's gold", text="A mine and tungsten.", source="eng.gov.kz",
        at=NOON - timedelta(days=3),
        decision=decided(countries=("KZ",), places=("KZ", "TJ"), minerals=("gold", "tungsten")),
    )  # fmt: skip
    b = story(
        "b", title="Сделка: deal", text="про сырьё", at=NOON - minutes(2),
        decision=decided(places=("CN",), minerals=("tungsten",), lang="ru"),
    )  # fmt: skip
    c = story(
        "c", title="O‘zbekiston ЁЛКА", text="rare  EARTHS and 稀土。", at=NOON - minutes(1),
        decision=decided(Tier.REGION, minerals=("rare earths",), review=True),
    )  # fmt: skip
    d = story("d", title="tungsten gold deal", decision=decided(Tier.NONE))

    names = dict(zip(kept(database, [a, b, c, d]), "abcd", strict=True))

    assert sorted(names[each] for each in found(database, query)) == hits.split()


def test_matches_come_newest_first_whatever_order_they_were_kept_in(database: Database) -> None:
    days = [3, 0, 9, 400, 1]
    ids = kept(database, [story(f"s{n}", at=NOON - timedelta(days=n)) for n in days])

    assert found(database, "title") == [ids[days.index(n)] for n in sorted(days)]


def test_the_weighty_of_the_newest_come_first_and_none_is_lost(database: Database) -> None:
    items = [story(f"s{n}", at=NOON - minutes(n), decision=decided(Tier.MINERALS)) for n in range(30)]
    items.append(
        story("best", title="Tungsten text of core weight", at=NOON - timedelta(days=2), decision=decided())
    )
    *_, best = kept(database, items)

    with database.reading() as session:
        some, every = (search.search(session, parse("text"), now=NOON, limit=limit) for limit in (10, 40))

    assert some.stories[0] == best  # the word stands in its title, and it is of more weight
    assert (some.more, every.more) == (True, False)
    assert some.stories == every.stories[:10]
    assert sorted(every.stories) == list(range(1, 32))


def test_of_two_that_say_the_same_the_one_of_more_weight_comes_first(database: Database) -> None:
    core, _ = kept(
        database,
        [
            story("core", at=NOON - minutes(9), decision=decided()),
            story("newer", at=NOON, decision=decided(Tier.MINERALS)),
        ],
    )

    with database.reading() as session:
        assert search.search(session, parse("text"), now=NOON).stories[0] == core


@pytest.mark.parametrize("spans", [0, 1, 9, 64])
@pytest.mark.parametrize("most", [1, 5, 100])
def test_the_newest_are_found_however_far_back_they_are(
    database: Database, monkeypatch: pytest.MonkeyPatch, spans: int, most: int
) -> None:
    monkeypatch.setattr(search, "_WALKED", 2)
    monkeypatch.setattr(search, "_SPANS", spans)
    words = ["all", "third", "tenth", "oldest"]
    numbers: dict[str, list[int]] = {
        "all": list(range(40)), "third": list(range(0, 40, 3)), "tenth": [5, 15, 25, 35], "oldest": [39],
    }  # fmt: skip
    ids = kept(
        database,
        [
            story(
                f"s{n}",
                text=" ".join(word for word in words if n in numbers[word]),
                at=NOON - timedelta(days=n),
            )
            for n in range(40)
        ],
    )

    for word in words:
        assert found(database, word, most=most) == [ids[n] for n in numbers[word]][:most], word
    assert found(database, "since:20d -third", most=most) == [ids[n] for n in range(21) if n % 3][:most]


def test_matches_are_counted_to_one_more_than_are_told(database: Database) -> None:
    kept(database, [story(f"s{n}", at=NOON - minutes(n)) for n in range(search.COUNTED + 3)])

    with database.reading() as session:
        common, rare, none = (search.count(session, parse(word), now=NOON) for word in ("title", "s7", "x"))

    assert (common, rare, none) == (search.COUNTED + 1, 1, 0)


@pytest.mark.parametrize(("limit", "more"), [(3, True), (4, False), (5, False)])
def test_a_page_says_whether_others_follow(database: Database, limit: int, more: bool) -> None:
    kept(database, [story(f"s{n}", at=NOON - minutes(n)) for n in range(4)])

    with database.reading() as session:
        page = search.search(session, parse("title"), now=NOON, limit=limit)

    assert (len(page.stories), page.more) == (min(limit, 4), more)


def test_weeks_are_counted_from_monday_to_sunday(database: Database) -> None:
    sunday = datetime(2026, 3, 1, 23, 59, 59, tzinfo=UTC)
    kept(
        database,
        [
            story("sunday", at=sunday),
            story("monday", at=sunday + timedelta(seconds=1)),
            story("today"),
            story("old", at=NOON - timedelta(days=100)),
        ],
    )

    with database.reading() as session:
        weeks = search.by_week(session, parse(""), now=NOON, since=NOON - timedelta(days=14))

    assert weeks == {date(2026, 2, 16): 0, date(2026, 2, 23): 1, date(2026, 3, 2): 2}


def test_facets_count_labels(database: Database) -> None:
    ids = kept(
        database,
        [
            story("a", decision=decided(countries=("KZ",), minerals=("gold", "tungsten"))),
            story("b", decision=decided(countries=("KZ", "UZ"), minerals=("gold",))),
        ],
    )

    with database.reading() as session:
        counts = search.facets(session, {each: each for each in ids}, ["mineral", "country", "person"])

    assert counts == {
        "mineral": [("gold", 2), ("tungsten", 1)], "country": [("KZ", 2), ("UZ", 1)], "person": [],
    }  # fmt: skip


# ---- any query: both databases agree with a plain reading of what it means

texts = st.lists(st.sampled_from([*VOCABULARY, "and", "gold's"]), max_size=6).map(" ".join)
news = st.builds(
    lambda n, title, text, minerals, tier, hours: story(
        n, title=title, text=text, at=NOON - timedelta(hours=hours, seconds=int(n)),
        decision=decided(tier, minerals=minerals),
    ),
    st.integers(0, 999).map(str),
    texts,
    texts,
    st.sampled_from([(), ("gold",), ("gold", "tungsten")]),
    st.sampled_from(Tier),
    st.integers(0, 100),
)  # fmt: skip
atoms: st.SearchStrategy[Query] = st.one_of(
    st.sampled_from([*VOCABULARY, "gold's", "&"]).map(Word),
    st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=3).map(lambda each: Phrase(" ".join(each))),
    st.sampled_from(
        [
            Field("mineral", ("tungsten",)),
            Field("mineral", ("gold", "uranium")),
            Field("tier", ("core", "region")),
            Field("since", ("2d",)),
            Field("since", ("3d", "12h")),
            Field("before", ("2026-03-01",)),
        ]
    ),
)
queries = st.recursive(
    atoms,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: Or(tuple(parts))),
    ),
    max_leaves=8,
)


def holds(query: Query, item: NewStory) -> bool:
    """What the query means, read plainly."""
    match query:
        case Word(text) | Phrase(text):
            held = stands(words(text), item) or any(
                ("mineral", each) in meaning(text) for each in minerals(item)
            )
        case Field("mineral", values):
            held = any(value in minerals(item) for value in values)
        case Field("tier", values):
            held = item.decision.tier.value in values
        case Field("since", values):
            held = any(item.reported_at >= moment(value, NOON) for value in values)
        case Field(_, values):
            held = any(item.reported_at < moment(value, NOON) for value in values)
        case Not(part):
            held = not holds(part, item)
        case And(parts):
            held = all(holds(part, item) for part in parts)
        case Or(parts):
            held = any(holds(part, item) for part in parts)
    return held


def minerals(item: NewStory) -> tuple[str, ...]:
    return item.decision.minerals


def stands(own: list[str], item: NewStory) -> bool:
    """Whether these words stand side by side in the title or in the text."""
    return any(
        field[at : at + len(own)] == own
        for field in (words(item.title), words(item.text))
        for at in range(len(field) - len(own) + 1)
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_both_databases_find_what_any_query_means(
    both: tuple[Database, Database], data: st.DataObject
) -> None:
    items = data.draw(st.lists(news, max_size=12, unique_by=lambda item: item.url))
    asked = data.draw(st.lists(queries, min_size=8, max_size=8))
    flagged = data.draw(st.booleans())
    held = [[item for item in items if holds(query, item)] for query in asked]
    shown = [{item.url for item in some if item.decision.tier.flagged} for some in held]
    wanted = shown if flagged else [{item.url for item in some} for some in held]
    answers = []
    for database in both:
        with database.writing() as session:
            ids = dict(zip((each.story for each in add(session, items, NOON)), items, strict=True))
            got = [
                search.matching(session, query, now=NOON, expand=meaning, flagged=flagged) for query in asked
            ]
            pages = [search.search(session, query, now=NOON, expand=meaning) for query in asked]
            counted = [
                search.count(session, query, now=NOON, expand=meaning, flagged=flagged) for query in asked
            ]
            session.rollback()
        assert [{ids[each].url for each in some} for some in got] == wanted
        assert [len(page.stories) for page in pages] == [len(some) for some in shown]
        assert counted == [len(some) for some in wanted]
        answers.append([[ids[each].url for each in page.stories] for page in pages])
    assert answers[0] == answers[1]
