"""What Slack refuses in a message; of a view see `view_limits.py`.

Written from the reference, not from our renderer.

https://docs.slack.dev/reference/block-kit and the limits that are not in it:
some 13,200 characters in all blocks of a message (slackapi/bolt-js #2509).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

TOTAL_MOST = 13_200
Check = Callable[[Mapping[str, Any]], Iterator[str]]


def message_error(message: Mapping[str, Any]) -> str:
    """Slack's error code for a message, "" for one that it takes."""
    text, blocks = message.get("text"), message.get("blocks")
    if not text and not blocks:
        return "no_text"
    if text is not None and (not isinstance(text, str) or len(text) > 40_000):
        return "msg_too_long"
    if blocks is None:
        return ""
    if not isinstance(blocks, list) or len(blocks) > 50 or list(block_errors(blocks)):
        return "invalid_blocks"
    if sum(block.get("type") == "table" for block in blocks) > 1:
        return "invalid_blocks"
    return "msg_blocks_too_long" if total(blocks) > TOTAL_MOST else ""


def block_errors(blocks: Sequence[Any]) -> Iterator[str]:
    """Everything wrong with a row of blocks."""
    ids: list[str] = []
    for block in blocks:
        kind = block.get("type") if isinstance(block, dict) else None
        if kind not in _CHECKS:
            yield f"unknown block {kind!r}"
            continue
        if "block_id" in block:
            ids.append(block["block_id"])
            yield from sized(block["block_id"], 1, 255, "block_id")
        yield from (f"{kind}: {error}" for error in _CHECKS[kind](block))
    if len(set(ids)) != len(ids):
        yield "the same block_id twice"


def total(value: Any, name: str = "") -> int:
    """The characters in blocks that count: whatever is text or an address."""
    if isinstance(value, dict):
        return sum(total(each, key) for key, each in value.items())
    if isinstance(value, list):
        return sum(total(each, name) for each in value)
    return len(value) if isinstance(value, str) and name not in {"type", "action_id", "block_id"} else 0


def sized(value: Any, least: int, most: int, name: str) -> Iterator[str]:
    if not isinstance(value, str) or not least <= len(value) <= most:
        yield f"{name} must have {least} to {most} characters"


def text_errors(value: Any, most: int, *, plain: bool = False) -> Iterator[str]:
    if not isinstance(value, dict) or value.get("type") not in {"plain_text", "mrkdwn"}:
        yield f"no text object: {value!r}"
        return
    if plain and value["type"] != "plain_text":
        yield "must be plain_text"
    if "emoji" in value and value["type"] != "plain_text":
        yield "emoji is for plain_text"
    yield from sized(value.get("text"), 1, most, "text")


def _section(block: Mapping[str, Any]) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield "neither text nor fields"
    if "text" in block:
        yield from text_errors(block["text"], 3_000)
    fields = block.get("fields", [])
    if len(fields) > 10:
        yield "more than 10 fields"
    for field in fields:
        yield from text_errors(field, 2_000)
    if "accessory" in block:
        yield from _element(block["accessory"])


def _header(block: Mapping[str, Any]) -> Iterator[str]:
    yield from text_errors(block.get("text"), 150, plain=True)


def _context(block: Mapping[str, Any]) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 10:
        yield "1 to 10 elements"
    for element in elements:
        if element.get("type") == "image":
            yield from sized(element.get("alt_text"), 1, 2_000, "alt_text")
        else:
            yield from text_errors(element, 3_000)


def _actions(block: Mapping[str, Any]) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 25:
        yield "1 to 25 elements"
    ids = [element.get("action_id") for element in elements]
    if len(set(ids)) != len(ids):
        yield "the same action_id twice"
    for element in elements:
        yield from _element(element)


def _element(element: Any) -> Iterator[str]:
    kind = element.get("type") if isinstance(element, dict) else None
    if kind not in {"button", "overflow", "static_select", "image", "checkboxes", "datepicker", "timepicker"}:
        yield f"unknown element {kind!r}"
        return
    if kind == "button":
        yield from text_errors(element.get("text"), 75, plain=True)
        yield from sized(element.get("action_id"), 1, 255, "action_id")
        yield from sized(element.get("value", "-"), 1, 2_000, "value")
        yield from sized(element.get("accessibility_label", "-"), 1, 75, "accessibility_label")
    if kind in {"overflow", "static_select"}:
        options = element.get("options", [])
        if not 1 <= len(options) <= (5 if kind == "overflow" else 100):
            yield f"{len(options)} options in {kind}"
        for option in options:
            yield from text_errors(option.get("text"), 75, plain=True)
            yield from sized(option.get("value"), 1, 150, "value")
        if len({option.get("value") for option in options}) != len(options):
            yield "the same value twice"
        yield from sized(element.get("action_id"), 1, 255, "action_id")
        if kind == "static_select":
            yield from text_errors(element.get("placeholder"), 150, plain=True)


def _context_actions(block: Mapping[str, Any]) -> Iterator[str]:
    elements = block.get("elements", [])
    if not 1 <= len(elements) <= 5:
        yield "1 to 5 elements"
    for element in elements:
        if element.get("type") not in {"feedback_buttons", "icon_button"}:
            yield f"no element of context_actions: {element.get('type')!r}"
        yield from sized(element.get("action_id"), 1, 255, "action_id")
        if element.get("type") == "feedback_buttons":
            for name in ("positive_button", "negative_button"):
                button = element.get(name) or {}
                yield from text_errors(button.get("text"), 75, plain=True)
                yield from sized(button.get("value"), 1, 2_000, "value")
                yield from sized(button.get("accessibility_label", "-"), 1, 75, "accessibility_label")


def _image(block: Mapping[str, Any]) -> Iterator[str]:
    yield from sized(block.get("alt_text"), 1, 2_000, "alt_text")
    yield from sized(block.get("image_url", "-"), 1, 3_000, "image_url")


def _rich_text(block: Mapping[str, Any]) -> Iterator[str]:
    if not block.get("elements"):
        yield "no elements"
    for element in block.get("elements", []):
        kind = element.get("type")
        if kind == "rich_text_list":
            if element.get("style") not in {"bullet", "ordered"}:
                yield "list without a style"
            for item in element.get("elements", []):
                if item.get("type") != "rich_text_section":
                    yield "a list holds sections"
                yield from _inlines(item)
        elif kind in {"rich_text_section", "rich_text_preformatted", "rich_text_quote"}:
            yield from _inlines(element)
        else:
            yield f"unknown rich text {kind!r}"


def _inlines(section: Mapping[str, Any]) -> Iterator[str]:
    if not section.get("elements"):
        yield "an empty section"
    for element in section.get("elements", []):
        if element.get("type") not in {"text", "link", "emoji", "user", "channel", "date"}:
            yield f"unknown inline {element.get('type')!r}"
        if element.get("type") in {"text", "link"}:
            yield from sized(element.get("text"), 1, 12_000, "text")
        if element.get("type") == "link" and not element.get("url", "").startswith(("http://", "https://")):
            yield "a link to no web address"
        if not set(element.get("style", {})) <= {"bold", "italic", "strike", "code"}:
            yield "unknown style"


def _table(block: Mapping[str, Any]) -> Iterator[str]:
    rows = block.get("rows", [])
    if not 1 <= len(rows) <= 100:
        yield "1 to 100 rows"
    for row in rows:
        if not 1 <= len(row) <= 20:
            yield "1 to 20 cells"
        for cell in row:
            if cell.get("type") == "raw_text":
                yield from sized(cell.get("text"), 1, 3_000, "cell")
            elif cell.get("type") == "rich_text":
                yield from _rich_text(cell)
            else:
                yield "unknown cell"


def _anything(_: Mapping[str, Any]) -> Iterator[str]:
    return iter(())


_CHECKS: dict[str, Check] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "rich_text": _rich_text,
    "table": _table,
    "divider": _anything,
    "context_actions": _context_actions,
    "input": _anything,
    "markdown": _anything,
    "video": _anything,
    "file": _anything,
}
