"""Windows (Slack's modals): opened at once, for a trigger lives three seconds; filled when there is one.

A window is opened by a desk of its own, with a word that something comes, so
that slow questions at the other do not let the trigger expire. Where none can
be opened the question is answered the ordinary way.
"""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.commands.answer import Answer, Asker
from bot.core.asking.forms import CHANNEL, Form, Values, unplaced, written
from bot.core.documents import Document, Notice
from bot.ports import Refused
from bot.surfaces.slack import forms, views
from bot.surfaces.slack.desk import Job
from bot.surfaces.slack.elements import Block
from bot.surfaces.slack.questions import BUSY, Door, Question, apology, heard, with_file
from bot.surfaces.slack.render import render
from bot.surfaces.slack.replies import ReplyTo
from bot.surfaces.slack.views import Context
from bot.surfaces.slack.wire import Failure, call

log = logging.getLogger(__name__)

_FULL: Final = "push_limit_reached"
"""Three windows lie on each other already."""

_BUSY: Final = Document("That did not work", (Notice(BUSY, kind="error"),), gist=BUSY)


def nothing_more() -> None:
    """For what needs nothing done after it."""


@dataclass(frozen=True, slots=True)
class Window:
    """A window that is open, as it was when last seen."""

    id: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """Open a window; then answer in it, or the ordinary way where it cannot be opened."""

    door: Door
    trigger: str
    context: Context
    fill: Callable[[Window], Job] | None = None  # None: nothing is to come
    otherwise: Question | None = None
    over: str = ""  # the window that it is put on; "": none is open
    view: Block | None = None  # what is shown at first; None: that something comes

    def run(self) -> None:
        """Open it, and hand over."""
        client, view = self.door.client, self.view or views.waiting(self.context)
        open_it = client.views_push if self.over else client.views_open
        opened = call(open_it, trigger_id=self.trigger, view=view)
        if isinstance(opened, Mapping):
            self._fill(_seen(opened))
        elif self.over and isinstance(opened, Refused) and opened.code == _FULL:
            self._fill(Window(self.over))
        else:
            code = opened.code if isinstance(opened, Refused) else type(opened).__name__
            log.info("slack.no_window", extra={"code": code})
            if self.otherwise is not None and not self.door.desk.take(self.otherwise):
                self.otherwise.reply.send(render(_BUSY).messages)

    def failed(self, reference: str) -> None:
        """Tell it the ordinary way."""
        if self.otherwise is not None:
            self.otherwise.failed(reference)

    def _fill(self, window: Window) -> None:
        if self.fill is not None and not self.door.desk.take(self.fill(window)):
            show(self.door, window, views.window(_BUSY, self.context))


@dataclass(frozen=True, slots=True)
class InWindow:
    """A question whose answer, or the form that it asks for, stands in a window."""

    door: Door
    text: str
    asker: Asker
    window: Window
    context: Context
    after: Callable[[], None] = nothing_more
    values: Values = field(default_factory=dict)  # that its form is filled in with

    def run(self) -> None:
        """Answer it there."""
        found = heard(self.door.answer, self.text, self.asker, self.door.clock.now())
        # What is asked as a trial of a form gives it as well, for where it is being filled in.
        if isinstance(found, Answer) and found.form and not self.text.startswith(found.form.trial or "?"):
            self._form(forms.filled(found.form, self.values), found.document)
            return
        document = found if isinstance(found, Document) else with_file(self.door.client, self.asker, found)
        show(self.door, self.window, views.window(document, self.context))
        self.after()

    def failed(self, reference: str) -> None:
        """Say so there."""
        show(self.door, self.window, views.window(apology(reference), self.context))

    def _form(self, form: Form, instead: Document) -> None:
        context = replace(self.context, ask=self.text, command=form.command)
        if not context.fits:
            show(self.door, self.window, views.window(instead, self.context))
            return
        shown = show(self.door, self.window, forms.window(form, context))
        if form.trial and isinstance(shown, Mapping):
            window = Window(self.window.id, _seen(shown).hash)
            values = forms.initial(form)
            if any(values.get(each.name) for each in form.fields if each.tried):
                Trying(self.door, self.asker, window, context, values).run()


@dataclass(frozen=True, slots=True)
class Showing:
    """A document that stands ready, in a window."""

    door: Door
    window: Window
    document: Document
    context: Context

    def run(self) -> None:
        """Show it."""
        show(self.door, self.window, views.window(self.document, self.context))

    def failed(self, reference: str) -> None:
        """Say so there."""
        show(self.door, self.window, views.window(apology(reference), self.context))


@dataclass(frozen=True, slots=True)
class Telling:
    """A document that stands ready, told to who asked."""

    document: Document
    reply: ReplyTo

    def run(self) -> None:
        """Tell it."""
        self.reply.send(render(self.document).messages)

    def failed(self, reference: str) -> None:
        """Say so instead."""
        self.reply.send(render(apology(reference)).messages)


@dataclass(frozen=True, slots=True)
class Sending:
    """A form that was filled in: its command, and what is to be done after it."""

    question: Question
    after: Callable[[], None] = nothing_more

    def run(self) -> None:
        """Ask it as if it had been typed."""
        self.question.run()
        self.after()

    def failed(self, reference: str) -> None:
        """Tell it where the answer would have gone."""
        self.question.failed(reference)


@dataclass(frozen=True, slots=True)
class Trying:
    """What a form would bring as it is filled in, shown below its fields."""

    door: Door
    asker: Asker
    window: Window
    context: Context
    values: Values
    still: Callable[[], bool] = lambda: True  # whether nothing was changed since

    def run(self) -> None:
        """Try it, and show what it brings, unless something newer does."""
        now = self.door.clock.now()
        asked = heard(self.door.answer, self.context.ask, self.asker, now) if self.still() else None
        if not isinstance(asked, Answer) or asked.form is None:
            return
        form = asked.form
        channel = next(iter(self.values.get(CHANNEL, ())), self.asker.channel)
        asker = replace(self.asker, channel=channel)
        tried = heard(self.door.answer, written(form.trial, self.values).text, asker, now)
        if isinstance(tried, Answer) and tried.form is not None:
            form = tried.form
        view = forms.window(forms.filled(form, self.values), self.context, _brief(tried))
        if self.still():
            shown = show(self.door, self.window, view)
            if isinstance(shown, Refused) and shown.code == "hash_conflict" and self.still():
                show(self.door, Window(self.window.id), view)

    def failed(self, reference: str) -> None:
        """Leave the form as it is: it can be sent all the same. The cause is in the log."""
        del reference


def _seen(answer: Mapping[str, object]) -> Window:
    """The window that Slack answers with."""
    view = answer.get("view")
    told = view if isinstance(view, Mapping) else {}
    return Window(str(told.get("id", "")), str(told.get("hash", "")))


def _brief(tried: Answer | Document) -> Document:
    """What a trial brought; of a mistake, only what is wrong: the fields show where."""
    if isinstance(tried, Answer):
        return tried.document
    notices = (part for part in tried.parts if isinstance(part, Notice))
    return Document(tried.title, tuple(replace(each, text=unplaced(each.text)) for each in notices))


def show(door: Door, window: Window, view: Block) -> Mapping[str, object] | Failure:
    """Put a view into an open window. Somebody may have closed it: then there is nobody to tell."""
    known = {"hash": window.hash} if window.hash else {}
    outcome = call(door.client.views_update, view_id=window.id, view=view, **known)
    if isinstance(outcome, Refused) and outcome.code not in {"not_found", "hash_conflict"}:
        log.warning("slack.window_refused", extra={"code": outcome.code})
    return outcome


_FORMS: Final = re.compile(
    r"\s*(/policy\s+)?(subscribe|feeds\s+add|change(\s.*)?)\s*", re.IGNORECASE | re.DOTALL
)


def wanted(text: str) -> bool:
    """Whether what was typed asks for a form: a verb that has one, with nothing filled in."""
    return _FORMS.fullmatch(text) is not None


def for_form(door: Door, trigger: str, text: str, asker: Asker, reply: ReplyTo) -> Opening:
    """A window for the form that was asked for in a channel; where none can be opened, the words to type."""
    context = Context(asker.channel, reply=reply.url)
    return Opening(
        door,
        trigger,
        context,
        lambda window: InWindow(door, text, asker, window, context),
        door.question(text, asker, reply),
    )
