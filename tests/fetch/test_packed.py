"""What is packed comes out as it went in, as often as it is asked for."""

from bot.core.identity import Identified, identify
from bot.core.story import Entry
from bot.fetch.packed import PART, Packed, pack


def many(count: int) -> list[Identified]:
    entries = [
        Entry(f"urn:{n}", f"https://news.test/{n}", f"Story {n} of many", "words " * 9) for n in range(count)
    ]
    return identify(entries, feed="f1")


def test_many_entries_are_unpacked_in_their_order_and_again() -> None:
    entries = many(2 * PART + 1)
    packed = Packed(tuple(pack(entries[at : at + PART]) for at in range(0, len(entries), PART)), len(entries))

    once, again = list(packed), list(packed)

    assert len(packed) == len(once) == 2 * PART + 1
    assert once == again == entries


def test_what_is_packed_takes_little_room() -> None:
    entries = many(PART)

    size = len(pack(entries))

    assert size < 150 * len(entries)  # bytes; where they lie about each takes 900
