import difflib
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.asking.query import (
    FIELDS,
    LONGEST,
    And,
    Field,
    Not,
    Or,
    Phrase,
    Query,
    Word,
    both,
    fields_of,
    moment,
    parse,
)
from bot.errors import UserError

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Names:
    """Knows a few names, as the packs do."""

    names: ClassVar = {
        "country": {"kz": "KZ", "kazakhstan": "KZ", "uz": "UZ"},
        "mineral": {
            "tungsten": "tungsten",
            "wolfram": "tungsten",
            "rare earths": "rare earths",
            "tin": "tin",
        },
    }

    def resolve(self, kind: str, word: str) -> str | None:
        return self.names[kind].get(word)

    def suggest(self, kind: str, word: str) -> str | None:
        near = difflib.get_close_matches(word, self.names[kind], n=1)
        return self.names[kind][near[0]] if near else None


KNOWN = Names()


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("tungsten", Word("tungsten")),
        ("tungsten deal", And((Word("tungsten"), Word("deal")))),
        ('"rare earths"', Phrase("rare earths")),
        ("a OR b c", Or((Word("a"), And((Word("b"), Word("c")))))),
        ("(a OR b) c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ("-opinion", Not(Word("opinion"))),
        ("-(a b)", Not(And((Word("a"), Word("b"))))),
        ("country:KZ,uz", Field("country", ("kz", "uz"))),
        ("type:export-control", Field("type", ("export_control",))),
        ('mineral:"rare earths"', Field("mineral", ("rare earths",))),
        ("a AND b", And((Word("a"), Word("b")))),
        ("Kazakhstan - rare", And((Word("Kazakhstan"), Word("rare")))),
        ("https://example.org/a", Word("https://example.org/a")),
        ("“smart quotes”", Phrase("smart quotes")),
        ("`country:kz` O`zbekiston", And((Field("country", ("kz",)), Word("O`zbekiston")))),
        ("", And()),
    ],
)
def test_it_means_what_it_says(text: str, query: Query) -> None:
    assert parse(text) == query


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("contry:kz", 0, "did you mean country?"),
        ("x country:", 10, "country:kz,uz"),
        ("country:kz,", 11, "country:kz,uz"),
        ('tungsten "rare', 9, 'this " is not closed'),
        ("(a", 0, "this ( is not closed"),
        ("a)", 1, "this ) closes nothing"),
        ("a OR", 2, "between two things"),
        ("OR a", 0, "between two things"),
        ("()", 0, "nothing between these ( )"),
        ("😀", 0, "no letter or digit in it to look for"),
        ("& … —", 0, "no letter or digit in it to look for"),
        ('""', 0, "nothing between these quotes"),
        ("type:mua", 5, "did you mean mou?"),
        ("tier:cor", 5, "did you mean core?"),
        ("since:7x", 6, "12h, 7d, 4w"),
        ("before:2026-02-30", 7, "not a day of the calendar"),
        ("country:kazakstan", 8, "did you mean kz (Kazakhstan)?"),
        ("lang:klingon", 5, "lang: does not know klingon; it wants a language: lang:ru"),
        ("mineral:tungstn", 8, "did you mean tungsten?"),
        ("a (" * 40, 90, "30 deep"),
        ("a" * (LONGEST + 1), LONGEST, "4,000 characters"),
    ],
)
def test_a_mistake_is_answered_with_its_place_and_what_would_be_right(text: str, at: int, says: str) -> None:
    with pytest.raises(UserError) as mistake:
        parse(text, KNOWN)

    assert mistake.value.at == at
    assert says in str(mistake.value)
    assert f"character {at + 1}" in str(mistake.value)


def test_every_name_that_means_nothing_is_told_at_once() -> None:
    with pytest.raises(UserError) as mistake:
        parse("contry:kz uranium foo:bar baz:qux mineral:tungstn since:soon", KNOWN)

    told = str(mistake.value)
    assert mistake.value.at == 0
    assert (
        "no field is called contry; did you mean country? (at character 1); and no field is called foo"
        in told
    )
    assert told.count("at character") == 5
    assert "did you mean tungsten? (at character 43); and since: wants a period" in told
    assert mistake.value.fix is not None
    assert mistake.value.fix.words == "country"


def test_names_that_mean_nothing_are_told_of_one_list_too() -> None:
    with pytest.raises(UserError, match=r"does not know xx.*does not know yy.*this \( is not closed"):
        parse("country:xx,kz,yy (tungsten", KNOWN)


def test_names_and_aliases_of_the_packs_become_codes() -> None:
    assert parse("country:Kazakhstan mineral:wolfram", KNOWN) == And(
        (Field("country", ("kz",)), Field("mineral", ("tungsten",)))
    )


def test_moments_count_back_from_now_and_days_begin_at_midnight_utc() -> None:
    assert moment("7d", NOON) == NOON - timedelta(days=7)
    assert moment("12h", NOON) == NOON - timedelta(hours=12)
    assert moment("2026-02-01", NOON) == datetime(2026, 2, 1, tzinfo=UTC)
    assert moment("9999y", NOON).tzinfo is UTC


@pytest.mark.parametrize(
    ("said", "kept", "day"),
    [
        ("friday", "friday", "2026-02-27"),
        ("Sunday", "sunday", "2026-02-22"),  # today is one
        ("пятницы", "пятницы", "2026-02-27"),
        ('"last friday"', "friday", "2026-02-27"),
        ('"прошлой пятницы"', "пятницы", "2026-02-27"),
        ("march", "march", "2026-03-01"),
        ('"this week"', "this week", "2026-02-23"),
        ('"этого месяца"', "этого месяца", "2026-03-01"),
        ('"this year"', "this year", "2026-01-01"),
        ("april", "april", "2025-04-01"),
        ('"march 2025"', "2025-03-01", "2025-03-01"),
        ("1.2.2026", "2026-02-01", "2026-02-01"),
        ("2026/2/1", "2026-02-01", "2026-02-01"),
        ("last-friday", "friday", "2026-02-27"),
    ],
)
def test_a_day_or_a_month_by_its_name_is_the_last_one(said: str, kept: str, day: str) -> None:
    query = parse(f"since:{said}")

    assert query == Field("since", (kept,))
    assert moment(kept, NOON) == datetime.fromisoformat(day).replace(tzinfo=UTC)


def test_a_day_that_no_calendar_has_is_refused_however_it_is_written() -> None:
    with pytest.raises(UserError, match=r"2026-02-30 is not a day of the calendar \(at character 7\)"):
        parse("since:30.2.2026")


def test_fields_are_found_wherever_they_stand() -> None:
    query = parse("a (since:7d OR -since:2d) country:kz")

    assert [field.values for field in fields_of(query, "since")] == [("7d",), ("2d",)]
    assert str(both(query, parse("tier:core"))).endswith("country:kz tier:core")


words = st.text(
    st.characters(exclude_characters='()":,', exclude_categories=["Z", "C"]), min_size=1, max_size=8
).filter(
    lambda word: not word.startswith("-") and word not in ("OR", "AND") and parse_quietly(word) == Word(word)
)
phrases = st.lists(st.text("abя–-:()OR", min_size=1, max_size=6), min_size=1, max_size=3).map(" ".join)
fields = st.one_of(
    st.builds(Field, st.just("country"), st.just(("kz", "uz"))),
    st.builds(Field, st.just("since"), st.sampled_from(["7d", "2026-02-01"]).map(lambda value: (value,))),
    st.builds(Field, st.just("mineral"), st.just(("rare earths", "tin"))),
    st.builds(Field, st.just("source"), st.just(("gazeta.uz",))),
)
queries = st.recursive(
    st.one_of(words.map(Word), phrases.map(Phrase), fields),
    lambda inner: st.one_of(
        st.lists(inner.filter(lambda part: not isinstance(part, And)), min_size=2, max_size=3).map(
            lambda parts: And(tuple(parts))
        ),
        st.lists(inner.filter(lambda part: not isinstance(part, Or)), min_size=2, max_size=3).map(
            lambda parts: Or(tuple(parts))
        ),
        inner.filter(lambda part: not isinstance(part, Not)).map(Not),
    ),
    max_leaves=8,
)


def parse_quietly(text: str) -> Query | None:
    try:
        return parse(text)
    except UserError:
        return None


@given(queries)
def test_any_query_prints_back_to_itself(query: Query) -> None:
    assert parse(str(query)) == query


@given(st.text(max_size=200) | st.text('ab()":-,ORcountysince7d ', max_size=200))
def test_any_text_is_a_query_or_a_mistake_with_a_place(text: str) -> None:
    query, at = parse_or_place(text)

    assert 0 <= at <= len(text)
    assert query is None or parse(str(query), KNOWN) == query


def parse_or_place(text: str) -> tuple[Query | None, int]:
    try:
        return parse(text, KNOWN), 0
    except UserError as mistake:
        return None, -1 if mistake.at is None else mistake.at


def test_every_field_explains_itself_with_an_example() -> None:
    for name, help_text in FIELDS.items():
        example = help_text.rsplit(": ", 1)[1].split(", ")[0]
        assert isinstance(parse(example), Field), name
