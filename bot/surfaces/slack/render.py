"""A document as Slack messages: one in the channel, the rest in its thread, all within the limits."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from bot.core.documents import Document, Image
from bot.core.telling.phrases import phrases
from bot.core.wording import sentences
from bot.surfaces.slack.elements import Block, escaped
from bot.surfaces.slack.paging import blocks_of, paged
from bot.surfaces.slack.pieces import Piece, aside, heading, pieces

TEXT_MOST: Final = 3_000
"""chat.update takes 4,000 characters of `text`; a screen reader's user takes less."""

BELOW: Final = "The rest is below."
CUT_SHORT: Final = "There is more than can be shown here: ask for less at a time."


@dataclass(frozen=True, slots=True)
class Message:
    """What one post holds. `text` is for notifications and those who hear; already escaped."""

    text: str
    blocks: tuple[Block, ...]

    @property
    def pictures(self) -> bool:
        """Whether it shows any."""
        return any(block["type"] == "image" for block in self.blocks)

    def payload(self) -> dict[str, Any]:
        """The arguments of a post: nothing unfurls, and nothing in the text is looked for."""
        return {
            "text": self.text,
            "blocks": list(self.blocks),
            "unfurl_links": False,
            "unfurl_media": False,
            "parse": "none",
            "link_names": False,
            "mrkdwn": False,
        }


@dataclass(frozen=True, slots=True)
class Rendered:
    """One document: the main message, then those that follow (in its thread), in order."""

    main: Message
    thread: tuple[Message, ...] = ()

    @property
    def messages(self) -> tuple[Message, ...]:
        """All of them, the main one first."""
        return (self.main, *self.thread)


def render(document: Document, *, follows: str = "") -> Rendered:
    """Lay a document out as messages. Nothing is lost: what does not fit is in those that follow.

    `follows` stands at the end of the first and says where they are; without it, how many events
    are in the thread.
    """
    words = phrases(document.language)
    main = [heading(document.title or "Steppewatch"), *pieces(document.parts, words)]
    pages = paged(main, pieces(document.more, words))
    files = iter([part.file for part in (*document.parts, *document.more) if isinstance(part, Image)])
    first, *rest = _pictured(pages, files)
    if rest:
        left = sum(piece.rank is not None for page in rest for piece in page)
        first = [*first, aside(follows or words.in_thread(left))]
    total = len(rest) + 1
    return Rendered(
        main=Message(_gist(document, first), blocks_of(first)),
        thread=tuple(
            Message(_reading(f"{document.title} ({number} {words.out_of} {total})", page), blocks_of(page))
            for number, page in enumerate(rest, 2)
        ),
    )


def shortened(messages: Sequence[Message], most: int) -> tuple[Message, ...]:
    """The first `most` messages; where some are left out, the last one says so."""
    if len(messages) <= most:
        return tuple(messages)
    *kept, last = messages[:most]
    return (*kept, Message(last.text, (*last.blocks, *aside(CUT_SHORT).blocks)))


def without_pictures(message: Message) -> Message:
    """The same message with words in the place of its pictures."""
    return replace(message, blocks=tuple(_worded(block) for block in message.blocks))


def _pictured(pages: list[list[Piece]], files: Iterator[str]) -> list[list[Piece]]:
    """Fill in the ids of pictures; words take the place of those that are not in Slack."""

    def filled(block: Block) -> Block:
        if block["type"] != "image":
            return block
        file = next(files, "")
        return block | {"slack_file": {"id": file}} if file else _worded(block)

    return [[replace(piece, blocks=tuple(map(filled, piece.blocks))) for piece in page] for page in pages]


def _worded(block: Block) -> Block:
    return aside(block["alt_text"]).blocks[0] if block["type"] == "image" else block


def plainer(message: Message) -> Message:
    """The same message as bare text: for when Slack takes no blocks that we can make."""
    return Message(message.text, ())


def as_json(rendered: Rendered) -> str:
    """The payloads of all messages, for `digest --format blocks`."""
    payloads = [message.payload() for message in rendered.messages]
    return json.dumps(payloads, ensure_ascii=False, indent=2)


def _gist(document: Document, page: Iterable[Piece]) -> str:
    return escaped(document.gist, TEXT_MOST) or _reading("", page)


def _reading(before: str, page: Iterable[Piece]) -> str:
    told = sentences([before, *(piece.reading for piece in page)])
    return escaped(told, TEXT_MOST) or "Steppewatch"
