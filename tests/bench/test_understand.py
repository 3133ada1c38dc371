"""How much more it costs to understand a story than to find its words."""

from time import process_time

import ahocorasick
import pytest

from bot.core.story import Article
from bot.core.text import fold
from tests.core.reading import understander

pytestmark = pytest.mark.bench

PARAGRAPHS = """\
The ministers of Kazakhstan and Japan met in Astana on Tuesday and signed a memorandum on the supply of
uranium and tungsten. The document was prepared by both governments over the last year, officials said.
Министерство промышленности сообщило, что запасы вольфрама и редкоземельных металлов оценены заново.
Соглашение между двумя странами подписано в Ташкенте, а проект обойдётся в 300 млн долларов.
Rain fell over the city for most of the week and the river rose by half a metre, but the bridges stayed
open. Children went to school as usual, and the market by the station sold out of umbrellas before noon.
O‘zbekiston Prezidenti tashrif doirasida ishbilarmonlar bilan uchrashdi. Uchrashuvda muhim minerallarni
qayta ishlash bo‘yicha qo‘shma loyihalar ko‘rib chiqildi.
"""


# What most of a general feed is like: it names little, and is not flagged.
GENERAL = """\
The city council will vote next week on whether to close two libraries that have served the northern
suburbs since the sixties. Parents said the reading rooms are full every afternoon and asked for a later
decision. A spokesman for the mayor answered that the roof of the older building lets in water, and that
repairs would cost more than a new hall near the tram depot. The orchestra, which rehearses in the cellar,
has not been told where it would go. “We found out from the paper,” its conductor said on Monday evening.
"""


def stories(length: int, count: int, title: str, paragraphs: str) -> list[Article]:
    every = paragraphs * (length // 500 + 2)
    return [Article(title, every[n * 7 : n * 7 + length]) for n in range(count)]


def seconds(work: object, articles: list[Article]) -> float:
    """CPU seconds a story, the best of five rounds."""
    assert callable(work)
    rounds = []
    for _ in range(5):
        began = process_time()
        for article in articles:
            work(article)
        rounds.append(process_time() - began)
    return min(rounds) / len(articles)


def bare_automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for words in understander().packs.words:
        for pattern in words.patterns:
            phrase = fold(pattern.lstrip("=")).text.replace("*", "").replace("~", "")
            automaton.add_word(phrase, phrase)
    automaton.make_automaton()
    return automaton


@pytest.mark.parametrize("length", [500, 2_000, 20_000, 100_000])
@pytest.mark.parametrize(
    ("title", "paragraphs"),
    [("Talks on minerals held in Astana", PARAGRAPHS), ("Library may close", GENERAL)],
    ids=["dense", "general"],
)
def test_deciding_costs_a_few_times_what_finding_the_phrases_does(
    length: int, title: str, paragraphs: str, capsys: pytest.CaptureFixture[str]
) -> None:
    articles = stories(length, max(3, 100_000 // length), title, paragraphs)
    automaton = bare_automaton()

    bare = seconds(lambda article: sum(1 for _ in automaton.iter(article.text.lower())), articles)
    found = seconds(understander().mentions, articles)
    decided = seconds(understander().decide, articles)

    with capsys.disabled():
        print(
            f"\n{title[:8]:8} {length:7} characters: automaton alone {bare * 1e6:8.0f} us, "
            f"mentions {found / bare:5.1f}x, decision {decided / bare:5.1f}x, "
            f"{length / decided / 1e6:5.2f} M characters a second"
        )
