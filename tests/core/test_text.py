from hypothesis import given
from hypothesis import strategies as st

from bot.core.text import fold

ODD = "\u00ad\u200b\u200d\ufeff\u0301\u0306ﬁＡ９𝐀İıß\x00\ud800ʻ’ё礦"


def test_all_apostrophes_of_uzbek_fold_to_one() -> None:
    spellings = ["O'zbekiston", "O‘zbekiston", "O’zbekiston", "Oʻzbekiston", "Oʼzbekiston", "O`zbekiston"]

    assert {fold(spelling).text for spelling in spellings} == {"o'zbekiston"}


def test_traditional_chinese_folds_to_simplified_in_place() -> None:
    folded = fold("哈薩克斯坦鎢礦開採許可證 乾隆")

    assert folded.text == "哈萨克斯坦钨矿开采许可证 乾隆"
    assert folded.span(5, 7) == (5, 7)


def test_letters_written_as_base_and_mark_fold_as_the_composed_ones() -> None:
    assert fold("Токаи\u0306").text == fold("Токай").text
    assert fold("Tu\u0308rkmenistan").text == fold("Türkmenistan").text == "turkmenistan"


def test_an_invisible_character_within_a_word_is_in_its_span() -> None:
    folded = fold("the ura\u00adnium mine")
    start = folded.text.index("uranium")

    at, until = folded.span(start, start + len("uranium"))

    assert folded.original[at:until] == "ura\u00adnium"


@given(st.text(st.one_of(st.characters(), st.sampled_from(ODD))))
def test_every_folded_character_has_its_place_in_the_original(text: str) -> None:
    folded = fold(text)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]

    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert spans == sorted(spans)


@given(st.text(st.sampled_from("aб" + ODD), min_size=1))
def test_folding_is_the_same_however_the_text_is_cut_at_spaces(text: str) -> None:
    assert fold(f"{text} {text}").text == f"{fold(text).text} {fold(text).text}"
