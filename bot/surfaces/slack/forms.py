"""Forms as the fields of a window, and what was filled in as values.

https://docs.slack.dev/reference/block-kit/block-elements
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from bot.core.asking.forms import Choice, Field, Form, Values, picked
from bot.core.documents import Buttons, Document
from bot.surfaces.slack.elements import Block, plain_text
from bot.surfaces.slack.views import BLOCKS_MOST, Context, filling, told

FIELD: Final = "field."
"""How the action ids of fields begin; the name of the field follows."""

MORE: Final = f"{FIELD}more"
"""The button that asks for the fields that few need."""

LABEL_MOST: Final = 75
OPTION_MOST: Final = 75
VALUE_MOST: Final = 150
OPTIONS_MOST: Final = 100
BOXES_MOST: Final = 10
TEXT_MOST: Final = 2_000
HINT_MOST: Final = 300


def filled(form: Form, values: Values) -> Form:
    """The form with these values in its fields; what cannot be chosen in one leaves it as it was."""
    return replace(form, fields=tuple(replace(each, value=_fitting(each, values)) for each in form.fields))


def _fitting(field: Field, values: Values) -> tuple[str, ...]:
    value = values.get(field.name, field.value)
    return value if not (field.choices and value) or list(picked(field.choices, value)) else field.value


def initial(form: Form) -> Values:
    """What stands in the fields of a form."""
    return {field.name: field.value for field in form.fields}


def window(form: Form, context: Context, tried: Document | None = None) -> Block:
    """A form in a window; `tried` is what would come of it, below the fields."""
    fields = [field for field in form.fields if context.more or not field.rare]
    names = [field.name for field in fields]
    blocks = [_input(field, names[:at].count(field.name)) for at, field in enumerate(fields)]
    if len(fields) < len(form.fields):
        more = {
            "type": "button",
            "action_id": MORE,
            "text": plain_text(form.more, LABEL_MOST),
            "value": "more",
        }
        blocks.append({"type": "actions", "block_id": "more", "elements": [more]})
    if tried is not None:
        shown = replace(tried, parts=tuple(part for part in tried.parts if not isinstance(part, Buttons)))
        blocks += [{"type": "divider"}, *told(shown, most=BLOCKS_MOST - len(blocks) - 1)]
    return filling(form.title, form.submit, blocks, context)


def read(view: Mapping[str, Any], *, acted: str = "") -> Values:
    """What is filled in, by the names of the fields. `acted` is the block that was changed last: where two
    fields have one name, that one counts, else the later one that is filled in.
    """
    values: dict[str, tuple[str, ...]] = {}
    state = (view.get("state") or {}).get("values") or {}
    for block in sorted(state, key=lambda block: (block == acted, _place(view, block))):
        for action, element in state[block].items():
            if action.startswith(FIELD) and isinstance(element, dict):
                name = action.removeprefix(FIELD).partition(".")[0]
                values[name] = _value(element) or values.get(name, ())
    return values


def block_of(view: Mapping[str, Any], name: str | None) -> str:
    """The block of a field; of the first field, when there is none of that name."""
    state = (view.get("state") or {}).get("values") or {}
    found = sorted(state, key=lambda block: _place(view, block))
    named = (block for block in found if f"{FIELD}{name}" in state[block])
    return str(next(named, next(iter(found), "")))


def option(choice: Choice) -> Block:
    """An option of a menu."""
    return {"text": plain_text(choice.label, OPTION_MOST), "value": choice.value}


def _place(view: Mapping[str, Any], block: str) -> int:
    ids = [each.get("block_id") for each in view.get("blocks") or () if isinstance(each, dict)]
    return ids.index(block) if block in ids else len(ids)


def _value(element: Mapping[str, Any]) -> tuple[str, ...]:
    for name in ("value", "selected_time", "selected_conversation"):
        if element.get(name):
            return (str(element[name]),)
    chosen = element.get("selected_options") or filter(None, [element.get("selected_option")])
    return tuple(str(each["value"]) for each in chosen)


def _input(field: Field, before: int) -> Block:
    """A field; so many of its name stand `before` it."""
    number = f".{before}" if before else ""
    element = _element(field) | {"action_id": f"{FIELD}{field.name}{number}"}
    block: Block = {
        "type": "input",
        # Of its kind as well: Slack keeps what was filled in under an id, whatever takes its place.
        "block_id": f"{field.name}{number}.{element['type']}",
        "label": plain_text(field.label, LABEL_MOST),
        "element": element,
        "optional": not field.needed,
        "dispatch_action": field.tried,
    }
    return block | ({"hint": plain_text(field.hint, HINT_MOST)} if field.hint else {})


def _element(field: Field) -> Block:
    match field.kind:
        case "list" | "lists":
            return _menu(field)
        case "one" | "boxes":
            return _boxes(field)
        case "time" if "," not in ",".join(field.value):  # of several times it knows nothing
            return {"type": "timepicker"} | ({"initial_time": field.value[0]} if field.value else {})
        case "zone":
            zone: Block = {"type": "external_select", "min_query_length": 2}
            told = [option(Choice(name.replace("_", " "), name)) for name in field.value[:1]]
            return zone | ({"initial_option": told[0]} if told else {})
        case "channel":
            # Its response_url is the way to tell the person there what came of it.
            there = [each for each in field.value if each.startswith(("C", "G"))]
            chosen = {"initial_conversation": there[0]} if there else {}
            return {
                "type": "conversations_select",
                "default_to_current_conversation": True,
                "response_url_enabled": True,
                "filter": {"include": ["public", "private"], "exclude_bot_users": True},
                **chosen,
            }
        case _:
            return _text(field)


def _text(field: Field) -> Block:
    element: Block = {"type": "plain_text_input", "max_length": TEXT_MOST}
    if told := ",".join(field.value)[:TEXT_MOST]:
        element["initial_value"] = told
    if field.example:
        element["placeholder"] = plain_text(field.example, VALUE_MOST)
    if field.tried:
        element["dispatch_action_config"] = {"trigger_actions_on": ["on_enter_pressed"]}
    return element


def _menu(field: Field) -> Block:
    """A menu that is searched by typing: of one, or of several to choose."""
    groups = [(name, told) for name, choices in field.choices if (told := _fit(choices))]
    menu: Block = {"placeholder": plain_text(field.example or "Any", VALUE_MOST)}
    if len(groups) == 1:
        menu["options"] = [option(each) for each in groups[0][1]]
    else:
        menu["option_groups"] = [
            {"label": plain_text(name, LABEL_MOST), "options": [option(each) for each in told]}
            for name, told in groups
        ]
    chosen: list[Block] = [option(each) for each in picked(field.choices, field.value)]
    if field.kind == "lists":
        return {"type": "multi_static_select", **menu} | ({"initial_options": chosen} if chosen else {})
    return {"type": "static_select", **menu} | ({"initial_option": chosen[0]} if chosen else {})


def _boxes(field: Field) -> Block:
    choices = _fit([each for _, group in field.choices for each in group])[:BOXES_MOST]
    chosen = [option(each) for each in choices if each.value in field.value]
    told: Block = {"options": [option(each) for each in choices]}
    if field.kind == "boxes":
        return {"type": "checkboxes", **told} | ({"initial_options": chosen} if chosen else {})
    return {"type": "radio_buttons", **told} | ({"initial_option": chosen[0]} if chosen else {})


def _fit(choices: Any) -> list[Choice]:
    """Those that Slack takes: a value may have 150 letters."""
    return [each for each in choices if 0 < len(each.value) <= VALUE_MOST][:OPTIONS_MOST]
