"""The Home tab of a person: published when they open it, and after what they change from it."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bot.commands.answer import Answer, Asker
from bot.core.documents import Document
from bot.ports import Refused
from bot.surfaces.slack import views
from bot.surfaces.slack.questions import SHAREABLE, Door, apology, heard
from bot.surfaces.slack.wire import call

log = logging.getLogger(__name__)

VERB: Final = "home"
READS: Final = SHAREABLE | {
    "help",
    "home",
    "subscriptions",
    "feeds",
    "preview",
    "export",
    "review",
    "learned",
}
"""Verbs after which the Home tab is as it was."""


@dataclass(frozen=True, slots=True)
class Publishing:
    """Publish a Home tab; before that, do what was pressed in it, and show on it what came of that."""

    door: Door
    user: str
    text: str = ""
    asker: Asker | None = None
    hash: str = ""  # of the tab that is to be replaced; "": of whichever there is

    def run(self) -> None:
        """Do it, and publish."""
        above = None
        if self.text and self.asker is not None:
            found = heard(self.door.answer, self.text, self.asker, self.door.clock.now())
            above = found.document if isinstance(found, Answer) else found
        self.publish(above)

    def failed(self, reference: str) -> None:
        """Say so on it."""
        self.publish(apology(reference))

    def publish(self, above: Document | None = None) -> None:
        """Show the tab as things are now."""
        found = heard(self.door.answer, VERB, Asker(user=self.user, here=False), self.door.clock.now())
        channel = self.asker.channel if self.asker is not None else ""
        view = views.home(found.document if isinstance(found, Answer) else found, above, channel)
        known = {"hash": self.hash} if self.hash else {}
        outcome = call(self.door.client.views_publish, user_id=self.user, view=view, **known)
        if isinstance(outcome, Refused) and outcome.code == "hash_conflict":
            return  # a newer one was published meanwhile
        if not isinstance(outcome, Mapping):
            code = outcome.code if isinstance(outcome, Refused) else type(outcome).__name__
            log.warning("slack.home_not_published", extra={"code": code})


def changes(text: str) -> bool:
    """Whether the Home tab may be another after a command."""
    return text.strip().partition(" ")[0].casefold() not in READS
