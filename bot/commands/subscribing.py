"""`subscribe`, `unsubscribe`, `subscriptions`, `preview`, `pause`, `resume`: queries with a timetable."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.commands import described, forms, meant, place
from bot.commands.answer import Answer, Ask
from bot.commands.rights import Right
from bot.commands.room import Room
from bot.core.asking.options import take
from bot.core.asking.query import suggestion
from bot.core.asking.spoken import DAYS
from bot.core.documents import (
    Bullets,
    Button,
    Buttons,
    Document,
    Facts,
    Heading,
    Line,
    Notice,
    Paragraph,
    Part,
    Span,
    plain,
)
from bot.core.subscribing import plans
from bot.core.subscription import Plan, Subscription
from bot.core.wording import many, minute
from bot.errors import Fix, UserError
from bot.store import deliveries
from bot.store import subscriptions as store
from bot.store.database import Session
from bot.work import audit, trial


def subscribe(room: Room, ask: Ask) -> Answer:
    """Save a query with a timetable for this channel, or change the one that has its name.

    With nothing said, or from no channel, the form of a new one is given.
    """
    if _asks_for_form(ask):
        return _form(room, ask)
    meant.query(room, ask, "subscribe")
    wanted = plans.read(ask.words, room.understander.packs, begins=ask.begins)
    before = _named(room, ask, wanted.name) if wanted.name else None
    plan = _planned(room, ask, wanted, before or _fresh(room, ask))
    if not wanted.name and (same := _named(room, ask, plan.name)):
        said = f"{same.name} is there already; said with its name it is changed"
        raise UserError(said, at=ask.begins, fix=Fix(0, None, f'subscribe {ask.words} name:"{same.name}"'))
    tried = trial.run(room.database, room.understander.packs, plan, ask.now, instead_of=before)
    with room.database.writing() as session:
        if before is None:
            kept = store.add(session, plan, ask.now)
            audit.of_subscription(session, None, kept, by=ask.person, now=ask.now)
        else:
            kept = store.change(session, before, plan, ask.now)
            _noted(session, before, ask)
    title = f"{'Changed' if before else 'Subscribed'}: {kept.name}"
    parts: list[Part] = [Facts(described.facts(kept, ask.now)), *_tried(tried, compared=before is not None)]
    if not tried.events and (asked := meant.instead(room, ask, kept.query)):
        parts.append(Notice("All of these words have to be in one story. As a question it is another query:"))
        parts.append(Buttons((Button(f"Look for {asked}", f'subscribe {asked} name:"{kept.name}"'),)))
    buttons = [Button("Unsubscribe", f"unsubscribe {kept.name}"), Button("Subscriptions", "subscriptions")]
    if not kept.alerts:
        buttons.append(Button("Alerts too", f'subscribe {kept.query} name:"{kept.name}" alerts:yes'))
    parts.append(Buttons(tuple(buttons)))
    return Answer(
        Document(title=title, parts=tuple(parts), gist=f"{title}. {_count(tried)}"), _data(kept, ask.now)
    )


def changes(room: Room, ask: Ask) -> Right | None:
    """What it takes to subscribe: to be shown the form takes nothing."""
    del room
    return None if _asks_for_form(ask) else Right.SUBSCRIPTIONS


def _asks_for_form(ask: Ask) -> bool:
    """Whether there is nothing to save yet, or no channel to save it for."""
    named = take(ask.words, ["in"], also=plans.ALSO).values.get("in")
    return not ask.words.strip() or bool(ask.asker.user and not ask.asker.channel and not named)


def check(room: Room, ask: Ask) -> None:
    """Raise UserError where the words of `subscribe` make no sense."""
    meant.query(room, ask, "subscribe")
    plans.read(ask.words, room.understander.packs, begins=ask.begins).over(_fresh(room, ask))


def _form(room: Room, ask: Ask) -> Answer:
    plan = plans.read(ask.words, room.understander.packs, begins=ask.begins).over(_fresh(room, ask))
    options: tuple[Line, ...] = tuple(
        (Span(f"{option}:", style="code"), Span(f" {meaning}")) for option, meaning in plans.OPTIONS.items()
    )
    query = plan.query or "country:kz mineral:tungsten"
    example = f'subscribe {query} at:08:30 zone:Tashkent on:weekdays name:"Tungsten desk"'
    parts = (
        Paragraph(plain("Type what is to be told, and when. Everything but the query has a usual value:")),
        Paragraph((Span(example, style="code"),)),
        Bullets(options),
    )
    document = Document("New subscription", parts, gist=f"For example: {example}")
    form = forms.subscription(room.understander.packs, plan, room.usual_plan)
    return Answer(document, {"example": example}, form=form)


def change(room: Room, ask: Ask) -> Answer:
    """The form of a subscription that is there; where there are no forms, the words to type."""
    found = _existing(room, ask)
    if found.origin == "config":
        raise UserError(f"{found.name} is in the configuration file: change it there")
    words = f'subscribe {found.query} name:"{found.name}" {plans.written(found)}'
    parts = (
        Paragraph(plain("Type it with what is to be another:")),
        Paragraph((Span(words, style="code"),)),
    )
    form = forms.subscription(room.understander.packs, found, room.usual_plan, changes=True)
    return Answer(Document(f"Change: {found.name}", parts, gist=words), {"command": words}, form=form)


def preview(room: Room, ask: Ask) -> Answer:
    """Try a query on the last two weeks; nothing is saved."""
    meant.query(room, ask, "preview")
    wanted = plans.read(ask.words, room.understander.packs, begins=ask.begins)
    before = _named(room, ask, wanted.name) if wanted.name else None
    plan = wanted.over(before or _fresh(room, ask))
    tried = trial.run(room.database, room.understander.packs, plan, ask.now, instead_of=before)
    title = f"Preview: {plan.query or 'everything that is flagged'}"
    again = Button("Subscribe", f"subscribe {ask.words}")
    return Answer(
        Document(
            title=title,
            parts=(*_tried(tried, compared=before is not None), Buttons((again,))),
            gist=f"{title}. {_count(tried)}",
        ),
        {
            "query": plan.query,
            "events": [event.ref for event in tried.events],
            "gained": [event.ref for event in tried.gained],
            "lost": [event.ref for event in tried.lost],
        },
    )


def unsubscribe(room: Room, ask: Ask) -> Answer:
    """Remove a subscription."""
    found = _existing(room, ask)
    if found.origin == "config":
        raise UserError(
            f"{found.name} is in the configuration file: take it out there, or `pause {found.name}`"
        )
    with room.database.writing() as session:
        store.remove(session, found.id, ask.now)
        noted = audit.of_subscription(session, found, None, by=ask.person, now=ask.now)
    title = f"Unsubscribed: {found.name}"
    parts = (
        Notice("What it told stays known: taken back, it goes on without telling anything twice."),
        Buttons((Button("Undo", f"undo c{noted}"),)),
    )
    return Answer(Document(title=title, parts=parts, gist=title), {"removed": found.name})


def pause(room: Room, ask: Ask) -> Answer:
    """Stop sending until `resume`."""
    found = _existing(room, ask)
    why = f"by {room.directory.name(ask.asker.user)}" if ask.asker.user else "by hand"
    with room.database.writing() as session:
        audit.pause(session, found.id, why, by=ask.person, now=ask.now)
    title = f"Paused: {found.name}"
    parts = (
        Notice("What happens meanwhile is told when it goes on."),
        Buttons((Button("Resume", f"resume {found.name}"),)),
    )
    return Answer(Document(title=title, parts=parts, gist=title), {"paused": found.name})


def resume(room: Room, ask: Ask) -> Answer:
    """Go on sending; the next digest begins where the last one ended."""
    found = _existing(room, ask)
    with room.database.writing() as session:
        audit.resume(session, found.id, by=ask.person, now=ask.now)
    title = f"Resumed: {found.name}"
    return Answer(
        Document(
            title=title, parts=(Facts(described.facts(replace(found, paused=None), ask.now)),), gist=title
        ),
        {"resumed": found.name},
    )


def subscriptions(room: Room, ask: Ask) -> Answer:
    """List this channel's subscriptions; in the terminal, all of them."""
    with room.database.reading() as session:
        found = store.listing(session, channel=ask.asker.within)
        last = {each.id: deliveries.latest(session, subscription=each.id, limit=1) for each in found}
    if not found:
        hint = Notice(
            'None yet. For example: subscribe country:kz at:08:30 zone:Tashkent on:weekdays name:"Desk"'
        )
        return Answer(Document(title="Subscriptions", parts=(hint,)), {"subscriptions": []})
    parts: list[Part] = []
    for each in found:
        facts = list(described.facts(each, ask.now))
        if last[each.id]:
            issue = last[each.id][0]
            facts.append(("Last", plain(f"{minute(issue.slot)}: {issue.state} {issue.error or ''}".rstrip())))
        parts += [Heading(each.name), Facts(tuple(facts)), described.doing(each)]
    title = many(len(found), "subscription")
    return Answer(
        Document(title=title, parts=tuple(parts), gist=title),
        {"subscriptions": [_data(each, ask.now) for each in found]},
    )


def _fresh(room: Room, ask: Ask) -> Plan:
    return replace(room.usual_plan, name="", channel=ask.asker.channel, owner=ask.asker.user)


def _planned(room: Room, ask: Ask, wanted: plans.Wanted, over: Plan) -> Plan:
    plan = wanted.over(over)
    if not plan.channel:
        raise place.unknown(ask)
    if plan.name:
        return plan
    name = (plan.query or "Digest")[:60].rstrip()
    with room.database.reading() as session:
        taken = store.find(session, name)
    elsewhere = taken is not None and taken.channel != plan.channel
    return replace(plan, name=f"{name} in {plan.channel}" if elsewhere else name)


def _named(room: Room, ask: Ask, name: str) -> Subscription | None:
    """The subscription of this name, when it may be changed from here."""
    with room.database.reading() as session:
        found = store.find(session, name)
    if found is None or found.name != name:
        return None
    if found.origin == "config":
        raise UserError(f"{name} is in the configuration file: change it there, or take another name")
    if ask.asker.channel and found.channel != ask.asker.channel:
        raise UserError(f"{name} belongs to another channel; take another name")
    return found


def _existing(room: Room, ask: Ask) -> Subscription:
    ask = place.said_in(ask)
    wanted = ask.words.strip().strip('"')
    with room.database.reading() as session:
        known = store.listing(session, channel=ask.asker.within)
    return named(known, wanted, ask.begins)


def named(known: Sequence[Subscription], wanted: str, at: int) -> Subscription:
    """The subscription with this name or number, or the only one whose name has these words in it.

    Raises UserError with those that there are.
    """
    folded = wanted.casefold()
    for found in (
        [each for each in known if wanted in (each.name, str(each.id))],
        [each for each in known if folded == each.name.casefold()],
        [each for each in known if folded and folded in each.name.casefold()],
    ):
        if len(found) == 1:
            return found[0]
    names = [each.name for each in known]
    there = f"There are {', '.join(names[:10])}" if names else "There is none yet"
    if not wanted:
        raise UserError(f"which subscription? {there}", at=at)
    near = suggestion(wanted, names) or f". {there}"
    raise UserError(f"no subscription here is called {wanted[:80]!r}{near}", at=at)


def _noted(session: Session, before: Subscription, ask: Ask) -> None:
    """Note what was made of a subscription, where it is not what it was."""
    after = store.get(session, before.id)
    if audit.subscription_value(after) != audit.subscription_value(before):
        audit.of_subscription(session, before, after, by=ask.person, now=ask.now)


def _count(tried: trial.Trial) -> str:
    if not tried.events:
        return "In the last 14 days: no event."
    if tried.a_day >= 1:
        rate = f"about {tried.a_day:.0f} a day"
    else:
        rate = f"about {tried.a_day * 7:.0f} a week" if tried.a_day * 7 >= 1.5 else "one a week or less"
    return f"In the last 14 days: {many(len(tried.events), 'event')}, {rate}."


def _tried(tried: trial.Trial, *, compared: bool) -> list[Part]:
    parts: list[Part] = [Notice(_count(tried))]
    if not compared:
        return [*parts, *described.listed("The weightiest", tried.events)]
    if not tried.gained and not tried.lost:
        return [*parts, Notice("The same events as before.")]
    return [
        *parts,
        *described.listed(f"You gain {len(tried.gained)}", tried.gained),
        *described.listed(f"You lose {len(tried.lost)}", tried.lost),
    ]


def _data(plan: Subscription, now: datetime) -> dict[str, object]:
    coming = described.next_time(plan, now)
    return {
        "id": plan.id,
        "name": plan.name,
        "channel": plan.channel,
        "query": plan.query,
        "times": [each.isoformat("minutes") for each in plan.times],
        "timezone": plan.timezone,
        "weekdays": [DAYS[day] for day in plan.weekdays],
        "tiers": [str(tier) for tier in plan.tiers],
        "holidays": plan.holidays,
        "alerts": plan.alerts,
        "review": DAYS[plan.review] if plan.review is not None else None,
        "headings": plan.language,
        "paused": plan.paused,
        "next": coming.isoformat() if coming and not plan.paused else None,
    }
