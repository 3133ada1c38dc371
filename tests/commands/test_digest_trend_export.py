import csv
import io
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.commands import exporting
from bot.commands.answer import Answer, Asker
from bot.commands.registry import answer
from bot.core.documents import Buttons, Item, Table
from bot.errors import UserError
from bot.store import deliveries
from bot.store.database import Database
from tests.commands.newsroom import CONTROLS, NINE, TUNGSTEN, URANIUM, Newsroom, print_stories


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database)
    return Newsroom(database)


def ask(room: Newsroom, text: str, *, channel: str = "C1") -> Answer:
    return answer(room, text, Asker(user="U1", channel=channel), NINE)


def told(found: Answer) -> set[str]:
    return {part.headline.text for part in found.document.parts if isinstance(part, Item)}


def commands(found: Answer) -> list[str]:
    rows = [part for part in found.document.parts if isinstance(part, Buttons)]
    return [button.command for row in rows for button in row.spelled]


def test_digest_is_of_everything_where_nothing_is_subscribed(room: Newsroom) -> None:
    assert told(ask(room, "digest")) == {TUNGSTEN.title, URANIUM.title}
    assert told(ask(room, "digest since:3d")) == {TUNGSTEN.title, URANIUM.title, CONTROLS.title}


def test_digest_is_that_of_the_channels_subscription_and_posts_nothing(room: Newsroom) -> None:
    ask(room, 'subscribe country:uz name:"Uzbek desk"')
    ask(room, 'subscribe country:kz name:"Kazakh desk"')

    assert told(ask(room, "digest Uzbek desk")) == {URANIUM.title}
    assert told(ask(room, 'digest "Kazakh desk"')) == {TUNGSTEN.title}
    assert commands(ask(room, "digest Uzbek desk")) == ["digest Kazakh desk"]
    assert told(ask(room, "digest", channel="C2")) == {TUNGSTEN.title, URANIUM.title}
    with room.database.reading() as session:
        assert not deliveries.latest(session, limit=5)


@pytest.mark.parametrize("words", ["digest Nobody", "digest since:someday", "digest since:2030-01-01"])
def test_a_digest_that_makes_no_sense_says_so(room: Newsroom, words: str) -> None:
    with pytest.raises(UserError, match=r"no subscription|since: (wants|is not in the past)"):
        ask(room, words)


def weeks(found: Answer) -> list[tuple[str, int, bool]]:
    rows: Any = found.data["weeks"]
    return [(row["week"], row["stories"], row["spike"]) for row in rows]


def test_trend_counts_by_week_and_marks_what_stands_out(room: Newsroom) -> None:
    older = [
        replace(URANIUM, url=f"https://a.example/{n}", hours=24 * 7 * n + 5, title=f"{URANIUM.title} {n}")
        for n in range(2, 9)
    ]
    burst = [replace(URANIUM, url=f"https://b.example/{n}", hours=24 * 7 + n) for n in range(9)]
    print_stories(room.database, [*older, *burst])

    found = ask(room, "trend uranium since:12w")

    assert len(weeks(found)) in (12, 13)
    assert [each for each in weeks(found) if each[2]] == [("2026-01-26", 9, True)]
    assert commands(found) == ["search uranium since:2026-01-26 before:2026-02-02"]
    [table] = [part for part in found.document.parts if isinstance(part, Table)]
    assert [row for row in table.rows if "spike" in row[3]] == [("26 Jan 2026", "9", "█" * 24, "spike")]


def test_the_first_weeks_of_all_are_no_spike(room: Newsroom) -> None:
    burst = [replace(URANIUM, url=f"https://b.example/{n}", hours=n + 1) for n in range(9)]
    print_stories(room.database, burst)

    assert not [each for each in weeks(ask(room, "trend")) if each[2]]


def lines(found: Answer) -> list[dict[str, str]]:
    assert found.file is not None
    return list(csv.DictReader(io.StringIO(found.file.body.removeprefix("\ufeff"))))


def test_export_gives_what_a_search_found_as_a_file(room: Newsroom) -> None:
    events = lines(ask(room, "export events mineral:tungsten"))
    stories = lines(ask(room, "export stories tier:core"))

    assert [each["headline"] for each in events] == [TUNGSTEN.title]
    assert {each["url"] for each in stories} == {TUNGSTEN.url, URANIUM.url}
    assert lines(ask(room, "export mineral:tungsten")) == events
    assert len(lines(ask(room, "export actions"))) >= 3


@pytest.mark.parametrize("what", ["events", "stories", "actions"])
def test_an_export_to_cite_has_a_whole_reference_of_each(room: Newsroom, what: str) -> None:
    found = ask(room, f"export {what} mineral:tungsten as:ris")

    assert found.file is not None
    assert found.file.name.endswith(".ris")
    first = found.file.body.split("\n\n")[0].splitlines()
    assert (first[0], first[-1].strip()) == ("TY  - NEWS", "ER  -")
    assert {f"TI  - {TUNGSTEN.title}", f"UR  - {TUNGSTEN.url}", "DA  - 2026/02/05", "KW  - tungsten"} <= set(
        first
    )
    assert found.file.body.count("TY  - ") == found.data["lines"]


def test_a_form_that_no_export_has_is_answered_with_those_there_are(room: Newsroom) -> None:
    with pytest.raises(UserError, match="as: is one of csv, ris"):
        ask(room, "export events as:pdf")


def test_an_export_of_nothing_says_so(room: Newsroom) -> None:
    with pytest.raises(UserError, match="nothing to export: no stories match tungsten country:tj"):
        ask(room, "export stories tungsten country:tj")


def test_an_export_that_is_too_long_for_a_file_says_how_to_part_it(
    room: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "MOST", 2)

    whole, cut = ask(room, "export events country:kz,uz"), ask(room, "export events")

    assert (whole.data["lines"], cut.data["lines"]) == (2, 2)
    assert "since: and before: part them" in str(cut.document)
    assert "since: and before: part them" not in str(whole.document)


def test_a_digest_goes_back_a_month_at_most(room: Newsroom) -> None:
    window = ask(room, "digest since:2020-01-01").data["window"]

    assert window == {"from": (NINE - timedelta(days=31)).isoformat(), "to": NINE.isoformat()}


def test_a_review_begins_where_it_is_asked_to_and_says_what_it_cannot_heed(room: Newsroom) -> None:
    usual: Any = ask(room, "review").data["window"]
    longer: Any = ask(room, "review since:14d").data["window"]

    assert longer["from"] < usual["from"]
    assert longer["to"] == usual["to"]
    for words, said in (
        ("review since:90d", "21 days at most"),
        ("review before:2026-02-01", "ends now"),
        ("review (since:3d OR country:kz)", "stands by itself"),
        ("review since:tomorow", "since"),
    ):
        with pytest.raises(UserError, match=said):
            ask(room, words)
