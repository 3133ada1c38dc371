"""An independent check of views: each is built again with slackblocks, which knows Slack's limits."""

from collections.abc import Mapping
from typing import Any

import slackblocks as sb

from tests.slack.blockkit import built

Block = Mapping[str, Any]


def check(view: Block) -> None:
    """Build the view. Raises InvalidUsageError where slackblocks sees a fault."""
    blocks = [_input(block) if block["type"] == "input" else built(dict(block)) for block in view["blocks"]]
    common = {"private_metadata": view.get("private_metadata"), "callback_id": view.get("callback_id")}
    if view["type"] == "home":
        made: Any = sb.HomeTabView(blocks, **common)
    else:
        submit = view.get("submit", {}).get("text")
        made = sb.ModalView(view["title"]["text"], blocks, view["close"]["text"], submit, **common)
    assert len(made.to_dict()["blocks"]) == len(view["blocks"])


def _input(block: Block) -> Any:
    hint = block.get("hint", {}).get("text")
    element = _ELEMENTS[block["element"]["type"]](block["element"])
    return sb.InputBlock(
        block["label"]["text"], element, block["dispatch_action"], block["block_id"], hint, block["optional"]
    )


def _option(option: Block | None) -> Any:
    return sb.Option(sb.PlainText(option["text"]["text"]), option["value"]) if option else None


def _options(element: Block, name: str = "options") -> Any:
    return [_option(each) for each in element.get(name, ())] or None


def _typed(element: Block) -> Any:
    named = element.get("dispatch_action_config", {}).get("trigger_actions_on", ())
    return sb.PlainTextInput(
        element["action_id"],
        element.get("initial_value"),
        max_length=element["max_length"],
        dispatch_action_config=sb.DispatchActionConfiguration(list(named)) if named else None,
        placeholder=element.get("placeholder", {}).get("text"),
    )


def _menu(element: Block) -> Any:
    groups = [
        sb.OptionGroup(each["label"]["text"], _options(each)) for each in element.get("option_groups", ())
    ]
    # slackblocks wants groups to begin with where Slack wants options: of those the stand-in knows.
    if element["type"] == "static_select":
        chosen = None if groups else _option(element.get("initial_option"))
        return sb.StaticSelectMenu(element["action_id"], _options(element), groups or None, chosen)
    chosen = None if groups else _options(element, "initial_options")
    return sb.StaticMultiSelectMenu(element["action_id"], _options(element), groups or None, chosen)


_ELEMENTS: dict[str, Any] = {
    "plain_text_input": _typed,
    "static_select": _menu,
    "multi_static_select": _menu,
    "checkboxes": lambda e: sb.CheckboxGroup(e["action_id"], _options(e), _options(e, "initial_options")),
    "radio_buttons": lambda e: sb.RadioButtonGroup(
        e["action_id"], _options(e), _option(e.get("initial_option"))
    ),
    "timepicker": lambda e: sb.TimePicker(e["action_id"], e.get("initial_time")),
    "external_select": lambda e: sb.ExternalSelectMenu(
        e["action_id"], _option(e.get("initial_option")), e["min_query_length"]
    ),
    "conversations_select": lambda e: sb.ConversationSelectMenu(
        e["action_id"], e.get("initial_conversation"), response_url_enabled=True
    ),
}
