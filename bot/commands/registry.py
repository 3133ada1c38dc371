"""The verbs, one list for Slack, the terminal, help and docs."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import chain
from typing import Final

from bot.commands import (
    asking,
    changing,
    digesting,
    events,
    exporting,
    feeds,
    following,
    helping,
    home,
    learned,
    lookup,
    meant,
    missing,
    muting,
    overruling,
    proposing,
    records,
    reviewing,
    rights,
    status,
    subscribing,
    trends,
    voting,
    watching,
    why,
)
from bot.commands.answer import Answer, Ask, Asker
from bot.commands.helping import Command
from bot.commands.rights import Right, always
from bot.commands.room import Room
from bot.core.documents import Notice
from bot.errors import UserError
from bot.store.proposals import Proposal


def _approve(room: Room, ask: Ask) -> Answer:
    """Approve a proposal, and do it."""
    return proposing.approve(room, ask, _approved)


def _help(room: Room, ask: Ask) -> Answer:
    """All verbs, or one in full."""
    topic = meant.topic_of_help(ask.words, _KNOWN)
    if topic in _KNOWN:
        return helping.of(room, _KNOWN[topic], ask)
    if topic:
        return helping.grammar()
    return helping.everything(room, GROUPS, ask, unknown=meant.no_verb(ask.words))


def _ask(room: Room, ask: Ask) -> Answer:
    """A question in one's own words; one that begins with a verb is a command."""
    if alone := meant.reference(ask.words):
        return _run(room, _KNOWN[alone[0]], replace(ask, words=alone[1]))
    verb, *rest = ask.words.split(None, 1) or [""]
    command, words = _KNOWN.get(meant.plain_verb(verb)), "".join(rest)
    if command is not None and command.run is not _ask:
        begins = ask.begins + len(ask.words) - len(words)
        return _run(room, command, replace(ask, words=words.rstrip(), begins=begins))
    try:
        return asking.ask(room, ask)
    except UserError as error:
        other = meant.unknown(ask.words, _KNOWN, at=ask.begins) if verb else None
        raise UserError(str(error), at=error.at, fix=error.fix or (other.fix if other else None)) from None


GROUPS: Mapping[str, tuple[Command, ...]] = {
    "To find": (
        Command(
            "search QUERY",
            "Events that match, the most telling first.",
            (
                "search tungsten country:kz since:1y",
                'search "rare earths" type:mou stage:signed',
                "search вольфрам",
            ),
            lookup.search,
        ),
        Command(
            "latest [QUERY]",
            "The newest events, newest first.",
            ("latest", "latest tier:core since:7d"),
            lookup.latest,
        ),
        Command(
            "ask QUESTION",
            "The same in your own words, as in a mention or a direct message; it shows what it understood.",
            (f"ask {asking.EXAMPLE}",),
            _ask,
        ),
        Command(
            "event ID",
            "One event: what was done and who says so, its time line, why it was flagged, what is near it.",
            ("event e1",),
            events.card,
        ),
        Command(
            "why ADDRESS|ID",
            "Why a story was flagged or was not, with the words that decided; any address will do.",
            ("why e1", "why https://example.org/news/1"),
            why.why,
        ),
        Command(
            "timeline QUERY|EVENT",
            "Events that match over months, the oldest first, and what followed what; or one event's thread.",
            ("timeline country:uz mineral:tungsten", "timeline e17"),
            records.timeline,
        ),
        Command(
            "actions [QUERY]",
            "What was done: instrument, stage, parties, amount, with the sentence that says it.",
            ("actions country:kz since:90d",),
            records.actions,
        ),
        Command(
            "trend [QUERY]",
            "How much was reported week by week, and which weeks stand out.",
            ("trend mineral:tungsten", "trend country:kz since:26w"),
            trends.trend,
        ),
        Command(
            "near [QUERY]",
            "What fell just short of being told in the last seven days; say whether it should have been.",
            ("near", "near country:kz"),
            missing.near,
        ),
        Command(
            "export [events|stories|actions] QUERY [as:ris]",
            "What matches as a CSV file, or to cite: in Slack sent to you alone, in the terminal printed.",
            (
                "export events tungsten since:90d",
                "export actions country:uz",
                "export stories tungsten as:ris",
            ),
            exporting.export,
        ),
    ),
    "To be told": (
        Command(
            "subscribe QUERY at:TIME zone:ZONE on:DAYS name:NAME",
            "Tell this channel what matches, at times of its own; the name of one that is there changes it.",
            ('subscribe mineral:tungsten at:08:30 zone:Tashkent on:weekdays name:"Tungsten desk"',),
            subscribing.subscribe,
            changes=subscribing.changes,
            check=subscribing.check,
        ),
        Command(
            "change NAME",
            "A subscription to be changed: in Slack a form, elsewhere the words to type.",
            (),
            subscribing.change,
        ),
        Command(
            "preview QUERY",
            "What a query would have told in the last two weeks; nothing is saved.",
            ("preview mineral:tungsten tiers:core",),
            subscribing.preview,
        ),
        Command(
            "subscriptions",
            "This channel's subscriptions, with their next time and last result.",
            ("subscriptions",),
            subscribing.subscriptions,
        ),
        Command(
            "unsubscribe NAME",
            "Remove a subscription; what it told stays known, and `undo` brings it back.",
            (),
            subscribing.unsubscribe,
            changes=always(Right.SUBSCRIPTIONS),
        ),
        Command(
            "pause NAME",
            "Stop a subscription until it is resumed.",
            (),
            subscribing.pause,
            changes=always(Right.SUBSCRIPTIONS),
        ),
        Command(
            "resume NAME",
            "Let a paused subscription go on, without a hole.",
            (),
            subscribing.resume,
            changes=always(Right.SUBSCRIPTIONS),
        ),
        Command(
            "digest [NAME] [since:TIME]",
            "What the digest of a subscription, or of everything, would say now; nothing is posted.",
            ("digest", "digest since:3d"),
            digesting.digest,
        ),
        Command(
            "review [QUERY] [since:TIME]",
            "The last seven days: what was done by country and mineral, what moved on, what stands out.",
            ("review", "review mineral:uranium since:14d"),
            reviewing.review,
        ),
        Command(
            "mute source:HOST|country:C|mineral:M|EVENT|WORDS [for:7d], mute list",
            "Leave something out of this channel's digests for a while; what was hidden is counted.",
            ("mute source:sputnik.kg for:7d", "mute list"),
            muting.mute,
            changes=muting.changes,
        ),
        Command(
            "unmute ID",
            "Show again what was muted.",
            (),
            muting.unmute,
            changes=always(Right.MUTES),
        ),
        Command(
            "watch QUERY|EVENT [to:channel], watch list",
            "Tell you at once, or this channel, of new events that match, or of all that comes of one event.",
            ("watch tungsten country:kz", "watch e1", "watch list"),
            watching.watch,
            changes=watching.changes,
        ),
        Command("unwatch ID", "Watch it no more.", (), watching.unwatch, changes=watching.ends),
    ),
    "To put right": (
        Command(
            "useful EVENT",
            "More like this: it orders what this channel is told.",
            ("useful e1", "useless e1"),
            voting.useful,
        ),
        Command("useless EVENT", "Less like this; nothing is hidden by it.", (), voting.useless),
        Command("unvote EVENT", "Take back what you said of an event here.", (), voting.unvote),
        Command(
            "learned, learned forget FEATURE|all",
            "What this channel's votes taught, what that changes, and how to undo it.",
            ("learned", "learned forget source:sputnik.kg"),
            learned.learned,
            changes=learned.changes,
        ),
        Command(
            "join EVENT EVENT",
            "Say that two events are one happening; it is remembered.",
            (),
            overruling.join,
            changes=always(Right.OVERRULE),
            check=overruling.check_join,
        ),
        Command(
            "split EVENT STORY",
            "Say that a story is not of its event; it is remembered.",
            (),
            overruling.split,
            changes=always(Right.OVERRULE),
            check=overruling.check_split,
        ),
        Command(
            "changes [KIND|NAME]",
            "Who changed what here and for all, what it was before, and a button that takes it back.",
            ("changes", "changes subscription"),
            changing.changes,
        ),
        Command(
            "undo CHANGE",
            "Take a change back, as long as nothing newer changed the same.",
            (),
            changing.undo,
            changes=changing.right,
        ),
    ),
    "To look after the bot": (
        Command(
            "feeds [WORDS], feeds add ADDRESS [name:N lang:L country:C kind:K], "
            "feeds remove|check|release FEED",
            "Every feed with its state; follow another, one no more, or see what is wrong with one.",
            ("feeds", "feeds check https://example.org/feed"),
            feeds.feeds,
            changes=following.changes,
            check=following.check_words,
        ),
        Command(
            "proposals [PROPOSAL]",
            "What was proposed by those who may not decide it, and waits.",
            ("proposals",),
            proposing.proposals,
        ),
        Command("approve PROPOSAL", "Do what was proposed; who proposed it is told.", (), _approve),
        Command(
            "decline PROPOSAL [because REASON]",
            "Leave it as it is; who proposed it is told why.",
            (),
            proposing.decline,
        ),
        Command(
            "home",
            "What concerns you: subscriptions, mutes and recent events of your channels, and the feeds.",
            ("home",),
            home.home,
        ),
        Command("status", "What runs, how fresh it is, and what fails.", ("status",), status.status),
        Command("help [VERB]", "This list, or one verb in full.", ("help search",), _help),
    ),
}
"""The verbs by what they are for."""

COMMANDS: tuple[Command, ...] = tuple(chain.from_iterable(GROUPS.values()))
_KNOWN: Final = {command.verb: command for command in COMMANDS}


def answer(room: Room, text: str, asker: Asker, now: datetime) -> Answer:
    """Answer what was typed after /policy.

    Raises UserError when the words make no sense; its text is meant for the asker.
    """
    command, ask = _read(text, asker.placed(), now)
    return _unknown(room, ask) if command is None else _run(room, command, ask)


def check(room: Room, text: str, now: datetime) -> None:
    """Look at what would be typed after /policy, without doing it, or asking anybody anything.

    Raises UserError, with the place, where the words make no sense.
    """
    command, ask = _read(text, Asker(), now)
    if command is not None and command.check is not None:
        command.check(room, ask)


def _read(text: str, asker: Asker, now: datetime) -> tuple[Command | None, Ask]:
    """The verb of what was typed, and what it is asked; without a verb, all of what was typed."""
    begins = meant.begins(text)
    typed, quoted = meant.unquoted(text[begins:].rstrip(), _KNOWN)
    begins += quoted
    verb, *rest = typed.split(None, 1) or ["help"]
    words = "".join(rest)
    command = _KNOWN.get(meant.plain_verb(verb))
    if command is None:
        return None, Ask(words=typed, asker=asker, now=now, begins=begins)
    return command, Ask(words=words, asker=asker, now=now, begins=begins + len(typed) - len(words))


def _unknown(room: Room, ask: Ask) -> Answer:
    """What begins with no verb: an event or an address is shown, a question answered, the rest put right.

    Raises UserError with the verb that was probably meant.
    """
    if alone := meant.reference(ask.words):
        return _run(room, _KNOWN[alone[0]], replace(ask, words=alone[1]))
    if mistake := meant.unknown(ask.words, _KNOWN, at=ask.begins):
        raise mistake
    verb = ask.words.split()[0]
    if meant.asks(room, ask):
        found = asking.ask(room, ask)
        told = Notice(f"There is no verb {verb[:40]!r}, so this was taken for a question.")
        return replace(found, document=replace(found.document, parts=(told, *found.document.parts)))
    raise meant.unknown(ask.words, _KNOWN, at=ask.begins, cutoff=meant.FAR) or UserError(
        f"there is no verb {verb[:40]!r}; `help` lists what there is", at=ask.begins
    )


def _run(room: Room, command: Command, ask: Ask) -> Answer:
    """Run a command, where the asker may change what it changes."""
    return rights.gate(room, ask, command.verb, command.changes, command.run, check=command.check)


def _approved(room: Room, proposal: Proposal, by: str, now: datetime) -> Answer:
    """Run what was proposed, in the name of who proposed it."""
    verb, _, words = proposal.words.partition(" ")
    asker = Asker(user=proposal.person, channel=proposal.channel)
    command = next(each for each in COMMANDS if each.verb == verb)
    return _run(room, command, Ask(words=words, asker=asker, now=now, approved_by=by))
