"""A decision as JSON: for the store, losslessly; and as `classify` prints it (DESIGN, contracts)."""

from typing import Any, Final

from pydantic import TypeAdapter

from bot.core.story import Action, Decision, Reason

_DECISIONS: Final = TypeAdapter(Decision)


def dump(decision: Decision) -> str:
    """The whole decision as a JSON string; `parse` gives it back as it was."""
    return _DECISIONS.dump_json(decision).decode()


def parse(text: str) -> Decision:
    """The decision that `dump` wrote. Raises ValueError on anything else."""
    return _DECISIONS.validate_json(text)


def classified(decision: Decision, *, key: str) -> dict[str, Any]:
    """What `classify` prints for one line of input whose id was `key`."""
    return {
        "id": key,
        "tier": str(decision.tier),
        "topics": list(decision.topics),
        "scores": decision.scores,
        "lang": decision.lang,
        "countries": list(decision.countries),
        "minerals": list(decision.minerals),
        "actions": [action_json(action) for action in decision.actions],
        "review": decision.review,
        "why": [_reason_json(reason) for reason in decision.why],
        "against": [{**_reason_json(reason), "note": reason.note} for reason in decision.against],
        "packs": decision.packs,
    }


def action_json(action: Action) -> dict[str, Any]:
    """One action, in the words of the labelling guide."""
    amount = None
    if action.amount is not None:
        amount = {"amount": action.amount.amount, "currency": action.amount.currency}
    return {
        "instrument": str(action.instrument),
        "stage": str(action.stage),
        "parties": list(action.parties),
        "actors": list(action.actors),
        "minerals": list(action.minerals),
        "amount": amount,
        "date": action.day.isoformat() if action.day else None,
        "sentence": action.sentence,
        "field": action.field,
        "start": action.start,
        "end": action.end,
    }


def _reason_json(reason: Reason) -> dict[str, Any]:
    return {
        "topic": reason.topic,
        "concept": reason.concept,
        "phrase": reason.phrase,
        "field": reason.field,
        "start": reason.start,
        "end": reason.end,
        "weight": reason.weight,
    }
