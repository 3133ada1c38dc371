"""What Slack refuses in a view. Written from the reference, not from our renderer.

https://docs.slack.dev/reference/views and https://docs.slack.dev/reference/block-kit/block-elements
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from tests.slack_standin.limits import block_errors, sized, text_errors

MODAL_BLOCKS = {"actions", "alert", "context", "divider", "header", "image", "input", "rich_text", "section"}
HOME_BLOCKS = MODAL_BLOCKS - {"alert"}
Check = Callable[[Mapping[str, Any]], Iterator[str]]


def view_errors(view: Mapping[str, Any]) -> Iterator[str]:
    """Everything wrong with a view."""
    kind, blocks = view.get("type"), view.get("blocks")
    if kind not in {"modal", "home"} or not isinstance(blocks, list):
        yield "no modal and no home"
        return
    if len(blocks) > 100:
        yield f"{len(blocks)} blocks"
    if len(json.dumps(view).encode()) > 250_000:
        yield "view_too_large"
    yield from sized(view.get("private_metadata", ""), 0, 3_000, "private_metadata")
    yield from sized(view.get("callback_id", "-"), 1, 255, "callback_id")
    known = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    if kind == "modal":
        known |= {"title", "close", "submit", "clear_on_close", "notify_on_close", "submit_disabled"}
        for name in ("title", "close", "submit"):
            if name in view or name == "title":
                yield from (f"{name}: {error}" for error in text_errors(view.get(name), 24, plain=True))
        if "submit" not in view and any(block.get("type") == "input" for block in blocks):
            yield "an input without submit"
    yield from (f"unknown {name}" for name in view.keys() - known)
    allowed = HOME_BLOCKS if kind == "home" else MODAL_BLOCKS
    yield from (f"{b.get('type')} in a {kind}" for b in blocks if b.get("type") not in allowed)
    yield from block_errors([block for block in blocks if block.get("type") != "input"])
    yield from _ids(blocks)
    for block in blocks:
        if block.get("type") == "input":
            yield from (f"input: {error}" for error in _input(block, kind))


def elements(blocks: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """All that can be pressed or filled in."""
    for block in blocks:
        yield from block.get("elements", ()) if block.get("type") == "actions" else ()
        yield from (block[name] for name in ("element", "accessory") if name in block)


def _ids(blocks: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    actions = [each.get("action_id") for each in elements(blocks)]
    for name, found in (("block_id", ids), ("action_id", actions)):
        if len(set(found)) != len(found):
            yield f"the same {name} twice"
        for each in found:
            yield from sized(each, 1, 255, name)


def _input(block: Mapping[str, Any], kind: str) -> Iterator[str]:
    yield from text_errors(block.get("label"), 2_000, plain=True)
    if "hint" in block:
        yield from text_errors(block["hint"], 2_000, plain=True)
    yield from (f"unknown {name}" for name in block.keys() - _OF_INPUT)
    element = block.get("element") or {}
    check = _ELEMENTS.get(element.get("type", ""))
    if check is None:
        yield f"no element of an input: {element.get('type')!r}"
        return
    yield from check(element)
    if "placeholder" in element:
        yield from text_errors(element["placeholder"], 150, plain=True)
    if element.get("response_url_enabled") and kind != "modal":
        yield "response_url_enabled is for modals"


_OF_INPUT = {"type", "block_id", "label", "element", "hint", "optional", "dispatch_action"}


def _typed(element: Mapping[str, Any]) -> Iterator[str]:
    most = element.get("max_length", 3_000)
    if not 1 <= most <= 3_000:
        yield "max_length"
    yield from sized(element.get("initial_value", ""), 0, most, "initial_value")
    config = element.get("dispatch_action_config", {}).get("trigger_actions_on", [])
    if not set(config) <= {"on_enter_pressed", "on_character_entered"}:
        yield "trigger_actions_on"


def _options(options: Sequence[Any], most: int) -> Iterator[str]:
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options"
    for option in options:
        yield from text_errors(option.get("text"), 75, plain=True)
        yield from sized(option.get("value"), 1, 150, "value")
    if len({option.get("value") for option in options}) != len(options):
        yield "the same value twice"


def _initial(element: Mapping[str, Any], options: Sequence[Any]) -> Iterator[str]:
    chosen = element.get("initial_options", [])
    if "initial_options" in element and not chosen:
        yield "no initial_options in initial_options"
    chosen = [*chosen, *([element["initial_option"]] if "initial_option" in element else [])]
    yield from (f"{each} is no option" for each in chosen if each not in options)


def _boxes(element: Mapping[str, Any]) -> Iterator[str]:
    options = element.get("options", [])
    yield from _options(options, 10)
    yield from _initial(element, options)


def _menu(element: Mapping[str, Any]) -> Iterator[str]:
    groups = element.get("option_groups", [])
    if bool(groups) == bool(element.get("options")):
        yield "either options or option_groups"
    if len(groups) > 100:
        yield "more than 100 groups"
    for group in groups:
        yield from text_errors(group.get("label"), 75, plain=True)
        yield from _options(group.get("options", []), 100)
    options = [each for group in groups for each in group["options"]] or element.get("options", [])
    if not groups:
        yield from _options(options, 100)
    if len({each.get("value") for each in options}) != len(options):
        yield "the same value twice"
    yield from _initial(element, options)


def _asking(element: Mapping[str, Any]) -> Iterator[str]:
    if "initial_option" in element:
        yield from _options([element["initial_option"]], 1)
    if "options" in element or element.get("min_query_length", 3) < 0:
        yield "options are asked for"


def _time(element: Mapping[str, Any]) -> Iterator[str]:
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", element.get("initial_time", "00:00")):
        yield "initial_time"


def _place(element: Mapping[str, Any]) -> Iterator[str]:
    if not re.fullmatch(r"[CGD][A-Z0-9]+", element.get("initial_conversation", "C1")):
        yield "invalid initial_conversation"
    if not set(element.get("filter", {}).get("include", [])) <= {"im", "mpim", "private", "public"}:
        yield "include"


_ELEMENTS: dict[str, Check] = {
    "plain_text_input": _typed,
    "checkboxes": _boxes,
    "radio_buttons": _boxes,
    "static_select": _menu,
    "multi_static_select": _menu,
    "external_select": _asking,
    "timepicker": _time,
    "conversations_select": _place,
}
