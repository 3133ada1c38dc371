"""How much more it costs to decide a story than to find its words, for the kinds of text that come.

The yardstick is a bare automaton with all phrases of the packs, over the same bytes in the same run. Printed
are processor times: the best of some rounds for each story, so that a busy machine tells nearly the same.
"""

import gc
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from itertools import cycle, islice
from time import process_time_ns

import ahocorasick
import pytest

from bot.core.story import Article
from bot.core.text import fold
from bot.core.understand import Understander
from bot.fetch.reader import read
from bot.samples import render
from tests.core.reading import understander

pytestmark = pytest.mark.bench

NOON = datetime(2027, 5, 4, 12, tzinfo=UTC)

# All about the topics, and in four languages: it names something every 17 characters.
DENSE = """\
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

CHINESE = """\
哈萨克斯坦工业部长周二在阿斯塔纳表示，该国将与中国企业合作开发钨矿和稀土矿，双方已签署谅解备忘录。根据文件，
首期投资约为3亿美元，选矿厂计划于2028年投产。他说，政府正在审查出口许可制度，以便把更多的加工环节留在国内。
专家指出，近年来全球对关键矿产的需求迅速增长，欧盟和美国也在与中亚国家谈判供应协议。当地居民关心的是水源和
就业，州政府承诺在开工之前公布环境评估报告，并在秋天举行听证会。乌兹别克斯坦总统上月访问首尔时谈到了同样的问题。
"""


def news(lang: str, *, flagged: bool) -> list[Article]:
    """The stories of the sample feeds in a language: titles and texts as feeds bring them."""
    entries = [entry for name, body in render(NOON).items() for entry in read(body, url=name).entries]
    articles = [Article(one.title, one.text, one.url, published=one.published) for one in entries]
    decided = [(article, understander().decide(article)) for article in articles]
    return [one for one, found in decided if found.lang == lang and found.tier.flagged is flagged]


def of_length(articles: list[Article], length: int, count: int) -> list[Article]:
    """Stories of so many characters, made of the texts of others; each begins with another."""
    made = []
    for n in range(count):
        first = articles[n % len(articles)]
        texts = cycle(
            one.text.strip() for one in articles[n % len(articles) :] + articles[: n % len(articles)]
        )
        text = "\n".join(islice(texts, 2 + length * len(articles) // sum(len(one.text) for one in articles)))
        made.append(Article(first.title, text[:length], published=NOON))
    return made


def microseconds(work: Callable[[Article], object], articles: Iterable[Article], rounds: int) -> float:
    """Processor time a story takes, the best of some rounds for each."""
    spent = []
    for article in articles:
        times = []
        for _ in range(rounds):
            began = process_time_ns()
            work(article)
            times.append(process_time_ns() - began)
        spent.append(min(times))
    return sum(spent) / len(spent) / 1000


def bare_automaton() -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for words in understander().packs.words:
        for pattern in words.patterns:
            phrase = fold(pattern.lstrip("=")).text.replace("*", "").replace("~", "")
            automaton.add_word(phrase, phrase)
    automaton.make_automaton()
    return automaton


def report(kind: str, articles: list[Article]) -> str:
    """A line on what deciding these stories costs."""
    automaton = bare_automaton()
    stranger = Understander(understander().packs)
    stranger.decide(Article("", articles[0].text[:200]))  # builds its automaton; knows no other word
    gc.collect()
    gc.freeze()  # as the worker does before it decides: what is loaded is nothing to collect

    bare = microseconds(
        lambda one: sum(1 for _ in automaton.iter(f"{one.title}\n{one.text}".lower())), articles, 9
    )
    first = microseconds(stranger.decide, articles, 1)
    found = microseconds(understander().mentions, articles, 7)
    decided = microseconds(understander().decide, articles, 7)
    length = sum(len(one.title) + len(one.text) for one in articles) // len(articles)
    named = sum(len(understander().mentions(one)) for one in articles) / len(articles)
    return (
        f"{kind:22} {length:7,} characters, {named:6.0f} mentions: automaton {bare:6.0f} us, "
        f"mentions {found / bare:5.1f}x, decision {decided / bare:5.1f}x ({decided:6.0f} us), "
        f"words never seen {first / bare:5.1f}x"
    )


@pytest.mark.parametrize("length", [2_000, 100_000])
@pytest.mark.parametrize("kind", ["general", "en", "ru", "kk", "uz", "zh", "dense"])
def test_deciding_costs_a_few_times_what_finding_the_phrases_does(
    kind: str, length: int, capsys: pytest.CaptureFixture[str]
) -> None:
    own = {
        "general": [Article("Library may close", GENERAL)],
        "zh": [Article("哈中签署钨矿合作备忘录", CHINESE)],
        "dense": [Article("Talks on minerals held in Astana", DENSE)],
    }
    articles = of_length(own.get(kind) or news(kind, flagged=True), length, 20_000 // length + 2)

    assert all(understander().decide(one).tier.flagged is (kind != "general") for one in articles)
    with capsys.disabled():
        print("\n" + report(kind if kind in own else f"flagged news, {kind}", articles))


@pytest.mark.parametrize("flagged", [True, False], ids=["flagged", "not flagged"])
def test_what_a_title_with_a_teaser_costs(flagged: bool, capsys: pytest.CaptureFixture[str]) -> None:
    articles = news("en", flagged=flagged)

    with capsys.disabled():
        print("\n" + report(f"title, teaser{'' if flagged else ', not flagged'}", articles))
