"""Where sentences end, and where they only seem to."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.reading.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "whole",
    [
        "Mr. Li met Gen. Smith of the U.S. Treasury.",
        "Добыча составила 18,125 тыс. т кобальта.",
        "Цена 160 млн. долл. за тонну.",
        "Am 16. Dezember 2025 kam die Ministerin.",
        "Up 3.5 percent to 1.2 million.",
        "Cove Kaz Inc. said it would wait.",
        "К. Токаев и Ш. Мирзиёев подписали договор.",
        "“Really?” he asked.",
        "Компания «Навоийуран» им. Н. Иванова.",
    ],
)
def test_a_point_inside_a_sentence_does_not_end_it(whole: str) -> None:
    assert cut(whole) == [whole]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("It was signed. Both left.", ["It was signed.", "Both left."]),
        ("Что дальше? Никто не знает! Ждём…", ["Что дальше?", "Никто не знает!", "Ждём…"]),
        ("他们签署了协议。会议结束了。", ["他们签署了协议。", "会议结束了。"]),
        ("He said “It is done.” Then he left.", ["He said “It is done.”", "Then he left."]),
        ("A heading\nThe first line. The second.", ["A heading", "The first line.", "The second."]),
        ("a line that\ngoes on here", ["a line that\ngoes on here"]),
        ("Output fell to 20 т. Министр объяснил.", ["Output fell to 20 т.", "Министр объяснил."]),
        ("  spaces around.  ", ["spaces around."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences_are_cut_where_they_end(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


pieces = st.lists(st.sampled_from([".", " ", "\n", "。", "A", "b", "г", "12", "»", "?", "Mr", "\u00a0"]))


@given(st.one_of(st.text(), pieces.map("".join)))
def test_nothing_but_white_space_lies_between_sentences(text: str) -> None:
    spans = sentences(text)

    assert all(start < end for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    kept = "".join(text[start:end] for start, end in spans)
    assert "".join(kept.split()) == "".join(text.split())


@pytest.mark.parametrize("unit", [".", ". ", "?!", "\n", " ", "A. ", "。", ".»", "a", '."'])
def test_hostile_text_is_cut_in_bounded_time(unit: str) -> None:
    text = unit * (300_000 // len(unit))

    started = time.perf_counter()
    sentences(text)

    assert time.perf_counter() - started < 10
