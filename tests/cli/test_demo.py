"""The demo: the whole path, and what it says of the samples is true."""

import fcntl
import io
import logging
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from bot.cli import demo
from bot.core.words import Tier
from bot.errors import SteppewatchError
from bot.samples import expected
from bot.store import events, stories
from bot.store.database import Database

NOW = datetime(2027, 3, 9, 7, 30, tzinfo=UTC)
SEEDS = "uz-us-mou"


class Stopped:
    """A clock that stands still."""

    def now(self) -> datetime:
        return NOW


@dataclass(frozen=True)
class Shown:
    """What a run left behind: both streams, the page, and by guid the tier and the event of each story."""

    folder: Path
    out: str
    err: str
    page: str
    tiers: dict[str, Tier]
    events: dict[str, int]

    def holding(self, happening: str) -> set[int]:
        """The events that the stories of a happening were put into."""
        return {
            self.events[row.guid] for row in expected() if row.event == happening and row.guid in self.events
        }


def run(folder: Path, *, prompt: bool = False) -> tuple[str, str]:
    """Both streams of a run; the log is as before afterwards."""
    out, err = io.StringIO(), io.StringIO()
    root = logging.getLogger()
    handlers, level = [*root.handlers], root.level
    with redirect_stdout(out), redirect_stderr(err):
        demo.run(folder, Stopped(), prompt=prompt)
    root.handlers[:] = handlers
    root.setLevel(level)
    logging.captureWarnings(capture=False)
    return out.getvalue(), err.getvalue()


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    folder = tmp_path_factory.mktemp("demo")
    out, err = run(folder)
    database = Database.open(f"sqlite:///{folder / 'demo.db'}")
    with database.reading() as session:
        kept = [*stories.every(session)]
        of = events.of_stories(session, [story.id for story, _ in kept])
    database.close()
    return Shown(
        folder=folder,
        out=out,
        err=err,
        page=(folder / "digest.html").read_text("utf-8"),
        tiers={story.guid: decision.tier for story, decision in kept},
        events={story.guid: of[story.id] for story, _ in kept if story.id in of},
    )


def test_every_sample_is_kept_once_although_it_was_polled_twice(shown: Shown) -> None:
    assert sorted(shown.tiers) == sorted(row.guid for row in expected())
    assert "polled again: 10 feeds, nothing new" in shown.err


def test_nothing_that_was_planted_to_fool_is_flagged(shown: Shown) -> None:
    fooled = [row.guid for row in expected() if row.tier is Tier.NONE and shown.tiers[row.guid].flagged]

    assert fooled == []


def test_nearly_all_that_matters_is_flagged_and_in_its_tier(shown: Shown) -> None:
    wanted = [row for row in expected() if row.tier.flagged]
    missed = [row.guid for row in wanted if not shown.tiers[row.guid].flagged]
    misplaced = [row.guid for row in wanted if shown.tiers[row.guid] is not row.tier]

    assert len(missed) <= len(wanted) * 0.05, missed
    assert len(misplaced) <= len(wanted) * 0.1, misplaced


def test_the_happening_of_the_seeds_is_one_event_with_all_that_tell_it_and_nobody_else(shown: Shown) -> None:
    tellers = {row.guid for row in expected() if row.event == SEEDS}
    (event,) = shown.holding(SEEDS)

    assert {guid for guid, its in shown.events.items() if its == event} == tellers


@pytest.mark.parametrize(
    "look_alike",
    [
        "kz-eu-mou",
        "kz-ministerial",
        "us-ministerial",
        "uz-dfc-framework",
        "uz-us-ratification",
        "uz-us-mou-2024",
    ],
)
def test_what_looks_like_it_is_another_event(shown: Shown, look_alike: str) -> None:
    assert shown.holding(look_alike)
    assert not shown.holding(look_alike) & shown.holding(SEEDS)


def test_hardly_any_event_holds_two_happenings_and_hardly_any_happening_is_two_events(shown: Shown) -> None:
    name = {row.guid: row.event or row.guid for row in expected()}
    held: dict[int, set[str]] = {}
    for guid, event in shown.events.items():
        held.setdefault(event, set()).add(name[guid])
    mixed = [names for names in held.values() if len(names) > 1]
    parted = {happening for happening in set(name.values()) if len(shown.holding(happening)) > 1}

    assert len(mixed) <= 2, mixed
    assert len(parted) <= 3, parted


def test_the_digest_tells_the_seeds_happening_once_and_names_its_sources(shown: Shown) -> None:
    (event,) = shown.holding(SEEDS)

    assert shown.page.count(f'<article id="e{event}">') == 1
    told = shown.page.partition(f'<article id="e{event}">')[2].partition("</article>")[0]
    assert "7 sources" in told


def test_the_verdict_counts_what_is_in_the_store(shown: Shown) -> None:
    wanted = [row for row in expected() if row.tier.flagged]
    flagged = sum(shown.tiers[row.guid].flagged for row in wanted)

    assert f"of {len(wanted)} sample stories to be flagged {flagged} are" in shown.err
    assert "none is flagged" in shown.err


def test_with_nobody_to_ask_three_commands_are_answered(shown: Shown) -> None:
    asked = [line.removeprefix("/policy ") for line in shown.out.splitlines() if line.startswith("/policy ")]

    assert tuple(asked) == demo.ALONE
    assert "Why core" in shown.out


def test_a_second_run_begins_at_the_beginning_and_its_prompt_answers_until_quit(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, nursed: None
) -> None:
    typed = iter(
        ["help", "", "/policy latest tier:minerals", "serch tungsten", "search country:zz", "quit", "never"]
    )
    monkeypatch.setattr("builtins.input", lambda _prompt: next(typed))

    out, err = run(shown.folder, prompt=True)

    assert err.splitlines()[1:4] == shown.err.splitlines()[1:4]
    assert "What you can ask" in out
    assert "did you mean search" in out
    assert "country:kz" in out
    assert next(typed) == "never"


def test_the_end_of_input_ends_the_prompt(monkeypatch: pytest.MonkeyPatch) -> None:
    said = ["help"]

    def typed(_prompt: str) -> str:
        if not said:
            raise EOFError
        return said.pop()

    monkeypatch.setattr("builtins.input", typed)
    out = io.StringIO()

    assert [*demo.questions(Console(file=out))] == ["help"]
    assert "`quit` ends" in out.getvalue()


def test_two_demos_do_not_share_a_folder(tmp_path: Path) -> None:
    with (tmp_path / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(SteppewatchError, match="another demo is at work here"):
            demo.run(tmp_path, Stopped(), prompt=False)

    assert [each.name for each in tmp_path.iterdir()] == ["demo.lock"]
