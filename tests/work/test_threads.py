from bot.store import happenings, threads
from bot.store.database import Database
from tests.commands.newsroom import Printed, print_stories

ANNOUNCED = Printed(
    "https://steppe-wire.example/kairakty-plan",
    "Kazakhstan announces Upper Kairakty tungsten project with Cove Kaz Capital",
    "The ministry of industry of Kazakhstan announced a project of Cove Kaz Capital and Tau-Ken Samruk "
    "to mine tungsten at Upper Kairakty and North Katpar. A joint venture is planned.",
    24 * 90,
)
SIGNED = Printed(
    "https://steppe-wire.example/kairakty-signed",
    "Cove Kaz Capital signs Upper Kairakty tungsten joint venture with Tau-Ken Samruk",
    "Cove Kaz Capital and Tau-Ken Samruk signed an agreement in Astana on a joint venture to mine "
    "tungsten at Upper Kairakty and North Katpar in Kazakhstan.",
    24 * 40,
)
FINANCED = Printed(
    "https://steppe-wire.example/kairakty-loan",
    "EXIM approves $900 million loan for Cove Kaz Capital's Upper Kairakty tungsten mine in Kazakhstan",
    "The Export-Import Bank of the United States approved financing of $900 million for the tungsten "
    "mine of Cove Kaz Capital and Tau-Ken Samruk at Upper Kairakty and North Katpar, Kazakhstan.",
    10,
)
OTHER = Printed(
    "https://tashkent-post.example/gold",
    "Uzbekistan and France sign uranium exploration agreement in Samarkand",
    "The government of Uzbekistan and the French company Orano signed an agreement on exploration of "
    "uranium at Djengeldi.",
    24 * 50,
)


def thread_of(database: Database, printed: Printed) -> list[str]:
    with database.reading() as session:
        known = {event.headline: event.id for event in happenings.latest(session, limit=99)}
        thread = happenings.thread(session, known[printed.title])
        return [event.headline for event in happenings.get(session, thread)]


def links(database: Database) -> set[tuple[str, str]]:
    with database.reading() as session:
        known = {event.id: event.headline for event in happenings.latest(session, limit=99)}
        return {(known[later], known[of]) for later, (of, _) in threads.earlier(session, list(known)).items()}


def test_what_was_announced_signed_and_financed_is_one_thread(database: Database) -> None:
    for printed in (ANNOUNCED, OTHER, SIGNED, FINANCED):
        print_stories(database, [printed])

    assert thread_of(database, SIGNED) == [ANNOUNCED.title, SIGNED.title, FINANCED.title]
    assert thread_of(database, OTHER) == [OTHER.title]


def test_the_order_of_arrival_changes_no_thread(database: Database) -> None:
    for printed in (FINANCED, OTHER, ANNOUNCED, SIGNED):
        print_stories(database, [printed])

    assert links(database) == {(SIGNED.title, ANNOUNCED.title), (FINANCED.title, SIGNED.title)}
