"""Take the pictures of the README anew; needs chromium, pillow, node, and the packages that slack.cjs names.

    NODE_PATH=.../node_modules .venv/bin/python docs/pictures/take.py

The digest is that of the sample feeds, as `steppewatch demo` shows it.
"""

import io
import json
import re
import subprocess
import sys
import tempfile
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import UTC
from pathlib import Path

from PIL import Image
from rich.console import Console

from bot.cli import demo
from bot.clock import SystemClock
from bot.commands.answer import Asker
from bot.commands.registry import answer
from bot.core.asking.forms import written
from bot.core.documents import Document
from bot.core.telling.digest import document
from bot.ports import Nobody
from bot.surfaces import terminal
from bot.surfaces.slack import forms, views
from bot.surfaces.slack import render as slack
from bot.surfaces.slack.elements import Block
from bot.surfaces.slack.views import Context
from bot.wiring import World
from bot.work.compose import compose

HERE = Path(__file__).parent
FLAGS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    "--force-device-scale-factor=1.25",
]


def picture(page: Path, to: Path, *, width: int, height: int) -> None:
    """What a browser shows of `page`; a little larger for sharp letters, in few colours for a small file."""
    with tempfile.TemporaryDirectory() as profile:
        places = [f"--user-data-dir={profile}", f"--window-size={width},{height}", f"--screenshot={to}"]
        command = ["chromium", *FLAGS, *places, page.as_uri()]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own words
    Image.open(to).convert("RGB").quantize(128).save(to, optimize=True)


class _Staff(Nobody):
    """A workspace in which everybody is in one channel."""

    def channels(self, user: str) -> dict[str, str]:  # type: ignore[override]
        del user
        return {"C0MINERALS": "minerals"}


class _Office(World):
    """The demo as if it were in a workspace."""

    directory = _Staff()


def views_of(folder: Path) -> tuple[Block, Block]:
    """The Home tab of somebody who has subscribed in the demo of `folder`, and the form of a subscription."""
    environ = {"STEPPEWATCH_DATABASE__URL": f"sqlite:///{folder / 'demo.db'}"}
    now, asker = SystemClock().now(), Asker("U0AIGUL", "C0MINERALS")
    with _Office.of(None, environ) as world:
        for text in (
            'subscribe country:uz at:08:30 zone:Tashkent on:weekdays name:"Tashkent desk"',
            "mute mineral:uranium for:7d",
            "watch mineral:tungsten country:kz",
        ):
            answer(world, text, asker, now)
        home = views.home(answer(world, "home", asker, now).document)
        form = answer(world, "change Tashkent desk", asker, now).form
        assert form is not None
        changed = forms.filled(form, {"mineral": ("rare earths", "tungsten"), "on": ("mon", "wed", "fri")})
        tried = answer(world, written(form.trial, forms.initial(changed)).text, asker, now).document
    return home, forms.window(changed, Context(), tried)


def told(folder: Path) -> tuple[Document, Document]:
    """The digest of the demo that was run in `folder`, and the card of the event that most outlets tell."""
    environ = {"STEPPEWATCH_DATABASE__URL": f"sqlite:///{folder / 'demo.db'}"}
    now = SystemClock().now()
    with World.of(None, environ) as world:
        packs = world.understander.packs
        plan = replace(world.usual_plan, name=demo.NAME)
        made = compose(world.database, packs, plan, start=now - demo.WINDOW, end=now)
        most = max(made.events, key=lambda event: (len(event.sources), event.score))
        card = answer(world, f"event {most.ref}", Asker("U0AIGUL", "C0MINERALS"), now).document
    return document(made, zone=UTC, most=40), card


def in_slack(shown: Document, folder: Path, to: Path, *, height: int) -> None:
    """A document as Slack shows it in a message."""
    drawn(slack.as_json(slack.render(shown)), folder, to, height=height)


def drawn(shown: str, folder: Path, to: Path, *, height: int) -> None:
    """Messages, or a view, as Slack shows them."""
    page, told = folder / "slack.html", folder / "slack.json"
    told.write_text(shown, "utf-8")
    # From files: node does not wait for what a pipe does not hold yet.
    with told.open("rb") as given, page.open("wb") as out:
        subprocess.run(["node", str(HERE / "slack.cjs")], stdin=given, stdout=out, check=True)  # noqa: S603, S607
    picture(page, to, width=760, height=height)


def main() -> None:
    """Run the demo, and take its page and its terminal."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            demo.run(folder, SystemClock(), prompt=False)
        picture(folder / "digest.html", HERE / "digest-page.png", width=900, height=1180)
        digest, card = told(folder)
        console = Console(
            force_terminal=True, width=100, record=True, file=io.StringIO(), color_system="truecolor"
        )
        terminal.show(replace(digest, parts=digest.parts[:11]), console)
        seen = folder / "terminal.svg"
        console.save_svg(str(seen), title="steppewatch demo")
        width, height = map(float, re.findall(r'viewBox="0 0 (\S+) (\S+)"', seen.read_text("utf-8"))[0])
        picture(seen, HERE / "terminal.png", width=round(width), height=round(height))
        in_slack(digest, folder, HERE / "digest-slack.png", height=1180)
        in_slack(card, folder, HERE / "event-slack.png", height=1240)
        home, form = views_of(folder)
        drawn(json.dumps(home), folder, HERE / "home-slack.png", height=1200)
        drawn(json.dumps(form), folder, HERE / "form-slack.png", height=1440)
    named = ("digest-page", "terminal", "digest-slack", "event-slack", "home-slack", "form-slack")
    sys.stdout.write(f"docs/pictures: {', '.join(f'{each}.png' for each in named)}\n")


if __name__ == "__main__":
    main()
