"""Any text becomes tokens that neither database cuts again, and is found by them."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.asking.query import Phrase
from bot.core.tokens import LONGEST, document, fingerprint, hosts, label, words
from bot.store import search, stories
from bot.store.database import Database
from tests.store.given import NOON, add, decided, story

anything = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


@given(anything)
def test_tokens_are_folded_letters_and_digits_only(text: str) -> None:
    for token in words(text):
        assert 0 < len(token) <= LONGEST
        assert not set(token) & set(" '\"\\=_\x00")


@given(anything)
def test_what_is_folded_once_stays_as_it_is(text: str) -> None:
    once = words(text)

    assert words(" ".join(once)) == once


@given(st.sampled_from(["country", "source"]), anything)
def test_a_label_is_one_token_that_no_text_has(kind: str, value: str) -> None:
    made = label(kind, value)

    assert made.startswith(f"{kind}=")
    assert not set(made) & set(" '\"\\\x00")
    assert made not in words(made)


def test_hosts_go_down_to_two_labels() -> None:
    assert hosts("www.Eng.GOV.kz") == ["eng.gov.kz", "gov.kz"]
    assert hosts("localhost") == ["localhost"]
    assert hosts("") == []


def test_the_index_of_a_very_long_text_is_bounded() -> None:
    assert len(document("title " * 5000, "word " * 100_000, ["a=b"])) == 16_000


def test_the_fingerprint_is_the_same_at_every_start() -> None:
    assert fingerprint() == fingerprint()


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(text=anything, place=st.integers(0, 50), size=st.integers(1, 4))
def test_any_text_can_be_stored_and_is_found_by_any_words_of_it(
    database: Database, text: str, place: int, size: int
) -> None:
    own = words(text)
    with database.writing() as session:
        one = add(session, [story("one", text=text, decision=decided(people=(text,), lang="x"))], NOON)[
            0
        ].story
        (found,) = stories.get(session, [one])
        hits = search.matching(session, Phrase(" ".join(own[place : place + size]) or "one"), now=NOON)
        stories.remove(session, [one])
        left = search.matching(session, Phrase("one"), now=NOON)
        session.rollback()

    cannot_be_kept = ("\x00", *map(chr, range(0xD800, 0xE000)))
    assert found.text == "".join("\ufffd" if letter in cannot_be_kept else letter for letter in text)
    assert hits == [one]
    assert left == []


def test_the_longest_text_can_be_stored_and_removed(database: Database) -> None:
    with database.writing() as session:
        huge = " ".join(f"word{number} the" for number in range(60_000))
        one = add(session, [story("one", text=huge)], NOON)[0].story
        assert search.matching(session, Phrase("word77 the word78"), now=NOON) == [one]
        stories.remove(session, [one])
        assert search.matching(session, Phrase("word77"), now=NOON) == []
