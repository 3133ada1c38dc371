"""What is filled in becomes words that mean it, and words become what is filled in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.asking.forms import WORDS, parted, unplaced, written
from bot.core.asking.query import Field, fields_of, parse
from bot.core.subscribing import plans
from bot.core.subscription import Plan
from bot.errors import UserError

PLAN = Plan(name="", channel="C1")
KNOWN = {
    "country": {"kz", "uz", "us"},
    "mineral": {"tungsten", "rare earths", "pgm"},
    "type": {"mou", "joint_venture"},
}
picked = st.fixed_dictionaries(
    {},
    optional={
        name: st.lists(st.sampled_from(sorted(values)), unique=True).map(tuple)
        for name, values in KNOWN.items()
    },
)
typed = st.sampled_from(
    [
        "",
        "tender",
        "a OR b",
        '"rare earths" OR lithium',
        "-gold",
        "(a OR b) c",
        "source:gazeta.uz",
        "ORANGE",
        "a  OR  (b c)",
    ]
)


@given(picked, typed)
def test_a_query_that_is_filled_in_comes_back_as_it_was_filled_in(
    values: dict[str, tuple[str, ...]], words: str
) -> None:
    command = written("subscribe", {**values, WORDS: (words,)}).text

    wanted = plans.read(command.removeprefix("subscribe"))

    again, rest = parted(parse(wanted.query), KNOWN)
    assert {name: set(found) for name, found in again.items()} == {n: set(v) for n, v in values.items() if v}
    assert parse(rest) == parse(words)


@given(picked, typed.filter(lambda words: " OR " in words))
def test_alternatives_never_get_out_of_what_was_picked(
    values: dict[str, tuple[str, ...]], words: str
) -> None:
    command = written("subscribe", {**values, WORDS: (words,)}).text

    query = parse(command.removeprefix("subscribe "))

    for name, value in values.items():
        if value:
            assert Field(name, value) in getattr(query, "parts", (query,)), "each of them holds for the whole"


names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=40)


@given(names)
def test_no_name_gets_out_of_its_quotes(name: str) -> None:
    command = written("subscribe", {"name": (name,), "at": ("08:30",), WORDS: ("tungsten",)}).text

    read = plans.read(command.removeprefix("subscribe"))
    assert (read.query, set(read.options)) == ("tungsten", {"name", "at"})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"at": ("25:00",), "country": ("kz",)}, "at"),
        ({"country": ("kz",), "zone": ("Nowhere",)}, "zone"),
        ({"country": ("kz",), WORDS: ("contry:kz",)}, WORDS),
        ({"country": ("kz",), WORDS: ('a OR "b',)}, WORDS),
        ({"name": ("x" * 100,), WORDS: ("tungsten",)}, "name"),
        ({WORDS: ("a)",)}, WORDS),
        ({"alerts": ("maybe",)}, "alerts"),
    ],
)
def test_a_mistake_is_found_at_the_field_that_it_is_in(
    values: dict[str, tuple[str, ...]], field: str
) -> None:
    words = written("subscribe", values)

    with pytest.raises(UserError) as caught:
        plans.read(words.text.removeprefix("subscribe "), begins=len("subscribe ")).over(PLAN)

    assert words.field_at(caught.value.at) == field
    assert "at character" not in unplaced(str(caught.value))


def test_what_cannot_be_picked_stays_words() -> None:
    values, rest = parted(parse("country:kz -country:us mineral:gold type:mou stage:signed"), KNOWN)

    assert values == {"country": ("kz",), "type": ("mou",)}
    assert rest == "-country:us mineral:gold stage:signed"
    assert [field.values for field in fields_of(parse(rest), "stage")] == [("signed",)]
