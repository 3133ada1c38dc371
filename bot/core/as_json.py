"""Values in the JSON shapes of the contracts: the same for digest, search, classify and export."""

from bot.core.actions.accounts import outlets
from bot.core.event import Event, FeedHealth
from bot.core.story import Action, Decision, Reason, once


def health_json(health: FeedHealth) -> dict[str, object]:
    """Feed health in the shape of the contract."""
    return {
        "read": health.read,
        "of": health.of,
        "failing": [
            {"feed": feed.feed, "since": feed.since.isoformat(), "reason": feed.reason}
            for feed in health.failing
        ],
    }


def event_json(event: Event) -> dict[str, object]:
    """An event in the shape of the contract: digest, search and latest share it."""
    return {
        "id": event.ref,
        "headline": event.headline,
        "summary": event.summary,
        "tier": str(event.tier),
        "countries": list(event.countries),
        "minerals": list(event.minerals),
        "actions": [told_json(event, number) for number in range(len(event.actions))],
        "score": event.score,
        "review": event.review,
        "stories": [
            {
                "url": report.url,
                "title": report.title,
                "source": report.source,
                "lang": report.lang,
                "published": report.published.isoformat() if report.published else None,
                "copy": report.copy_of is not None,
            }
            for report in event.stories
        ],
        "why": [reason_json(reason) for reason in once(event.why)],
    }


def action_json(action: Action) -> dict[str, object]:
    """A policy record as data; the words are those of `bot.core.words`."""
    return {
        "instrument": str(action.instrument),
        "stage": str(action.stage),
        "parties": list(action.parties),
        "actors": list(action.actors),
        "minerals": list(action.minerals),
        "amount": (
            {"amount": action.amount.amount, "currency": action.amount.currency} if action.amount else None
        ),
        "date": action.day.isoformat() if action.day else None,
        "sentence": action.sentence,
    }


def told_json(event: Event, number: int) -> dict[str, object]:
    """The action of this number of an event, with who says its sentence, and what others say of it.

    `told` has, of each field that stories tell differently, every value and the outlets that tell it,
    the believed value first.
    """
    report, account = event.telling(number), event.account(number)
    differing = account.contradicted if account else ()
    return action_json(event.actions[number]) | {
        "story": f"s{report.story}",
        "source": report.source,
        "url": report.url,
        "told": {
            name: [
                {"value": claim.value, "sources": list(outlets(claim.stories, event.sources))}
                for claim in (account.claims[name] if account else ())
            ]
            for name in differing
        },
    }


def reason_json(reason: Reason) -> dict[str, object]:
    """A reason in the shape of the contract (`classify`)."""
    topic, concept, phrase, field, start, end, weight, note = reason
    told: dict[str, object] = {
        "topic": topic,
        "concept": concept,
        "phrase": phrase,
        "field": field,
        "start": start,
        "end": end,
        "weight": weight,
    }
    return told | {"note": note} if note else told


def decision_json(decision: Decision) -> dict[str, object]:
    """A decision in the shape of the contract (`classify`), less the story's own id."""
    return {
        "tier": str(decision.tier),
        "topics": list(decision.topics),
        "scores": dict(decision.scores),
        "lang": decision.lang,
        "countries": list(decision.countries),
        "minerals": list(decision.minerals),
        "actions": [action_json(action) for action in decision.actions],
        "review": decision.review,
        "why": [reason_json(reason) for reason in once(decision.why)],
        "against": [reason_json(reason) for reason in once(decision.against)],
        "packs": decision.packs,
    }
