"""Odd things people type: every verb has an answer or a hint for each, that Slack takes as it is."""

from itertools import cycle

import pytest

from bot.commands.answer import Asker
from bot.commands.registry import COMMANDS, answer
from bot.core.documents import Document
from bot.errors import UserError
from bot.store.database import Database
from bot.surfaces.slack.questions import mistake
from bot.surfaces.slack.render import render
from bot.surfaces.terminal import as_text
from tests.commands.newsroom import NINE, Newsroom, print_stories
from tests.commands.odd_texts import ODD as TEXTS
from tests.slack.hostile import HOSTILE
from tests.slack_standin import limits

ODD = (*HOSTILE, *TEXTS)


def test_there_are_enough_of_them() -> None:
    assert len(set(ODD)) >= 280


def told(room: Newsroom, typed: str) -> Document:
    try:
        found = answer(room, typed, Asker(user="U1", channel="C1"), NINE)
    except UserError as hint:
        return mistake(hint, typed)
    return found.document


@pytest.fixture
def room(database: Database) -> Newsroom:
    print_stories(database)
    return Newsroom(database)


@pytest.mark.parametrize("part", range(2))
def test_every_odd_text_has_an_answer_or_a_hint(room: Newsroom, part: int) -> None:
    """Every verb on each database, every text on one of them: what it means is no matter of theirs."""
    verbs = cycle([*(command.verb for command in COMMANDS[part::2]), ""])

    for odd in ODD[room.database.is_sqlite :: 2]:
        typed = f"{next(verbs)} {odd}"
        document = told(room, typed)

        assert document.title.strip(), typed
        assert "".join(as_text(document).splitlines()[2:]).strip() or document.gist.strip(), typed
        for message in render(document).messages:
            assert limits.message_error(message.payload()) == "", typed


def test_the_verbs_that_read_what_is_typed_have_one_for_all_of_them(room: Newsroom) -> None:
    verbs = cycle(["search", "ask", "mute", "watch", "near", "learned forget", "useful"])

    for odd in ODD[room.database.is_sqlite :: 2]:
        assert told(room, f"{next(verbs)} {odd}").title
