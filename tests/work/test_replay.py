"""A month of news, replayed day by day."""

from datetime import datetime, timedelta
from pathlib import Path

from bot.core.event import Digest
from bot.core.subscription import Plan
from bot.store.database import Database
from bot.work.compose import compose
from tests.commands.newsroom import NINE, Printed, print_stories
from tests.conftest import EmptiedDatabase, sqlite_database
from tests.core.reading import understander
from tests.work.replaying import letters, replayed

DAYS = 30
START = NINE - timedelta(days=DAYS)
DEPOSITS = (
    ("Kazakhstan", "Казахстан", "Karatas", "Каратас", "tungsten", "вольфрам", "Orda Metals"),
    ("Uzbekistan", "Узбекистан", "Sarykul", "Сарыкуль", "copper", "медь", "Zarafshan Copper"),
    ("Kyrgyzstan", "Кыргызстан", "Teskei", "Тескей", "antimony", "сурьма", "Naryn Resources"),
    ("Tajikistan", "Таджикистан", "Zeravkan", "Зеравкан", "lithium", "литий", "Pamir Lithium"),
    ("Kazakhstan", "Казахстан", "Bolatai", "Болатай", "uranium", "уран", "Turan Fuel"),
    ("Uzbekistan", "Узбекистан", "Dehkanbad", "Дехканбад", "graphite", "графит", "Oxus Carbon"),
    ("Turkmenistan", "Туркменистан", "Garlyk", "Гарлык", "tungsten", "вольфрам", "Kopet Minerals"),
)

NAMES = ("country", "страна", "place", "место", "mineral", "минерал", "company")
OUTLETS = ("steppe-wire", "metals-daily", "vestnik-doliny")
# What is done about a deposit, week by week: the paper, the licence, the loan, the plant; each told by a
# wire and a trade paper on the day, and a day later in Russian.
ACTS = (
    (
        "{country} signs agreement with {company} on {place} {mineral} deposit",
        "The government of {country} and {company} signed an agreement on joint work at {place}.",
        "{company} secures {mineral} agreement for {place}",
        "Ministers and the head of {company} put their names to the agreement on the {place} deposit.",
        "{страна} и {company} подписали соглашение по месторождению {место}",
        "Правительство и {company} подписали соглашение о совместной работе на месторождении {место}.",
    ),
    (
        "{country} issues mining licence to {company} for {place}",
        "The geology committee of {country} issued {company} a licence to mine {mineral} for {n} years.",
        "Regulator clears {company} to dig at {place}",
        "A mining licence for {n} years went to {company}, which may now take {mineral} out of the ground.",
        "{company} выдали лицензию на добычу на месторождении {место}",
        "Комитет геологии выдал компании {company} лицензию на {n} лет ({минерал}, {страна}).",
    ),
    (
        "Development bank approves ${n} million loan for {place} {mineral} mine in {country}",
        "The bank approved financing of ${n} million; {company} will build a concentrator from the money.",
        "{company} gets ${n} million loan for concentrator at {place}",
        "Lenders approved ${n} million for {company}, whose {mineral} project in {country} needs a plant.",
        "Банк одобрил кредит на {n} млн долларов для проекта {место}",
        "Компания {company} получит {n} млн долларов на обогатительную фабрику ({минерал}, {страна}).",
    ),
    (
        "{company} launches {mineral} production at {place} in {country}",
        "The plant was started by the minister; it is to turn out {n} tonnes of {mineral} a year.",
        "First {mineral} from {place} as {company} opens plant",
        "Production began with a ceremony for the plant of {company}, with {n} tonnes a year planned.",
        "{company} запустила производство на месторождении {место}",
        "Завод ({минерал}, {страна}) запущен, {company} планирует {n} тонн в год.",
    ),
)


def news_of(day: int) -> list[Printed]:
    """What happened on a day, and what another outlet tells of the day before."""
    told = [printed(day, 0, hours=5), printed(day, 1, hours=4)]
    return told + ([printed(day - 1, 2, hours=-17)] if day else [])


def printed(day: int, outlet: int, *, hours: float) -> Printed:
    """One telling of what happened on `day`, so many hours before its end."""
    names = dict(zip(NAMES, DEPOSITS[day % len(DEPOSITS)], strict=True))
    act = ACTS[day // len(DEPOSITS) % len(ACTS)]
    return Printed(
        f"https://{OUTLETS[outlet]}.example/{day}",
        act[2 * outlet].format(n=11 + 7 * day, **names),
        act[2 * outlet + 1].format(n=11 + 7 * day, **names),
        24.0 * (DAYS - day - 1) + hours,
    )


def month(database: Database) -> list[Digest]:
    """The digests of the made-up month."""
    return replayed(
        database,
        understander().packs,
        start=START,
        days=DAYS,
        bring=lambda day, end: print_stories(database, news_of(day), now=end),
    )


def test_a_month_tells_no_event_twice_and_replayed_it_is_the_same_to_the_letter(
    emptied_database: EmptiedDatabase, sqlite_template: Path
) -> None:
    with emptied_database.lent() as database:
        digests = month(database)

    told = [event.id for digest in digests for event in digest.events]
    assert len(told) == len(set(told)) == DAYS
    addresses = [report.url for digest in digests for event in digest.events for report in event.stories]
    assert len(addresses) == len(set(addresses)) == 2 * DAYS
    with sqlite_database(sqlite_template) as other:
        assert letters(month(other)) == letters(digests)


def test_what_came_later_changes_no_digest_of_before(database: Database) -> None:
    packs = understander().packs

    def digest_of(end: datetime) -> str:
        return letters(
            [compose(database, packs, Plan(name="", channel=""), start=end - timedelta(days=1), end=end)]
        )[0]

    then = []
    ends = [START + timedelta(days=day + 1) for day in range(8)]
    for day, end in enumerate(ends):
        print_stories(database, news_of(day), now=end)
        then.append(digest_of(end))

    assert [digest_of(end) for end in ends] == then
