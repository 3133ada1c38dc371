"""An independent check of blocks: each is built again with slackblocks, which knows Slack's limits.

slackblocks reads back only some kinds of blocks; what it cannot read (rich
text, buttons beside a section) is taken apart here and built by its classes.
"""

from collections.abc import Callable, Sequence
from typing import Any

import slackblocks as sb
from slackblocks.rich_text.elements import RichText, RichTextChannel, RichTextLink
from slackblocks.rich_text.objects import ListType, RichTextList, RichTextSection

Block = dict[str, Any]


def check(blocks: Sequence[Block]) -> None:
    """Build a message of these blocks. Raises InvalidUsageError where slackblocks sees a fault."""
    if blocks:
        sb.Message(channel="C1", text="t", blocks=[built(block) for block in blocks])


def built(block: Block) -> Any:
    """One block, built again."""
    return _BUILDERS[block["type"]](block)


def _section(block: Block) -> Any:
    accessory = block.get("accessory")
    return sb.SectionBlock(_text(block["text"]), accessory=_pressed(accessory) if accessory else None)


def _text(value: Block) -> Any:
    assert value["type"] == "plain_text"
    return sb.PlainText(value["text"], emoji=value["emoji"])


def _pressed(value: Block) -> Any:
    options = [sb.Option(_text(each["text"]), each["value"]) for each in value.get("options", ())]
    match value["type"]:
        case "overflow":
            return sb.OverflowMenu(value["action_id"], options)
        case "static_select":
            return sb.StaticSelectMenu(value["action_id"], options, placeholder=_text(value["placeholder"]))
        case _:
            return _button(value)


def _thumbs(value: Block) -> Any:
    assert value["type"] == "feedback_buttons"
    up, down = (
        sb.FeedbackButton(_text(each["text"]), each["value"], each["accessibility_label"])
        for each in (value["positive_button"], value["negative_button"])
    )
    return sb.FeedbackButtons(up, down, action_id=value["action_id"])


def _button(value: Block) -> Any:
    return sb.Button(
        _text(value["text"]),
        action_id=value["action_id"],
        value=value["value"],
        accessibility_label=value.get("accessibility_label"),
    )


def _rich(element: Block) -> Any:
    if element["type"] == "rich_text_list":
        return RichTextList(ListType.BULLET, [_rich(item) for item in element["elements"]])
    assert element["type"] == "rich_text_section"
    return RichTextSection([_inline(each) for each in element["elements"]])


def _inline(element: Block) -> Any:
    if element["type"] == "channel":
        return RichTextChannel(element["channel_id"])
    style = element.get("style", {})
    if element["type"] == "link":
        return RichTextLink(url=element["url"], text=element["text"], bold=style.get("bold"))
    return RichText(element["text"], bold=style.get("bold"), code=style.get("code"))


_BUILDERS: dict[str, Callable[[Block], Any]] = {
    "rich_text": lambda block: sb.RichTextBlock([_rich(element) for element in block["elements"]]),
    "section": _section,
    "actions": lambda block: sb.ActionsBlock([_pressed(each) for each in block["elements"]]),
    "context_actions": lambda block: sb.ContextActionsBlock([_thumbs(each) for each in block["elements"]]),
    "header": lambda block: sb.HeaderBlock(_text(block["text"])),
    "context": lambda block: sb.ContextBlock([_text(each) for each in block["elements"]]),
    "table": lambda block: sb.TableBlock(
        [[sb.RawText(cell["text"]) for cell in row] for row in block["rows"]]
    ),
    "divider": lambda _: sb.DividerBlock(),
    "image": lambda block: sb.ImageBlock(
        image_url=f"https://files.test/{block['slack_file']['id']}",  # slackblocks knows no files of Slack
        alt_text=block["alt_text"],
        title=block.get("title", {}).get("text"),
    ),
}
