"""A document as Slack messages: one in the channel, the rest in its thread, all within the limits.

A message takes 50 blocks, and beyond some 13,200 characters in all Slack says
msg_blocks_too_long, less when rich text is nested. That total is written down
nowhere; it is kept away from by counting what people wrote and, apart from
that, all of the JSON.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any, Final

from bot.core.documents import Document, Image
from bot.surfaces.slack.pieces import Block, Piece, aside, characters, escaped, heading, pieces, weight

BLOCKS_MOST: Final = 45
CHARACTERS_MOST: Final = 9_000
WEIGHT_MOST: Final = 12_000
"""Of all blocks of one message as JSON, the structure included."""

TEXT_MOST: Final = 3_000
"""chat.update takes 4,000 characters of `text`; a screen reader's user takes less."""

IN_THREAD: Final = "The rest is in the thread."
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


def render(document: Document, *, follows: str = IN_THREAD) -> Rendered:
    """Lay a document out as messages. Nothing is lost: what does not fit is in those that follow.

    `follows` stands at the end of the first and says where they are.
    """
    main = [heading(document.title or "Steppewatch"), *pieces(document.parts)]
    pages = list(_paged(main))
    more = list(_paged(pieces(document.more)))
    files = iter([part.file for part in (*document.parts, *document.more) if isinstance(part, Image)])
    pages, more = _pictured(pages, files), _pictured(more, files)
    first, rest = pages[0], [*pages[1:], *more]
    if rest:
        first = [*first, aside(follows)]
    total = len(rest) + 1
    return Rendered(
        main=Message(_gist(document, first), _blocks(first)),
        thread=tuple(
            Message(_reading(f"{document.title} ({number} of {total})", page), _blocks(page))
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


def _paged(all_pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Fill one message after the other; a heading goes where what it heads goes."""
    page: list[Piece] = []
    room = _Room()
    for group in _headed(all_pieces):
        if page and not room.takes(group):
            yield page
            page, room = [], _Room()
        page += group
        room = room.with_(group)
    if page:
        yield page


def _headed(all_pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in all_pieces:
        group.append(piece)
        if not piece.leads or len(group) > 3:
            yield group
            group = []
    if group:
        yield group


@dataclass(frozen=True, slots=True)
class _Room:
    """What is taken up of a message. Something is kept free for the pointer to what follows."""

    blocks: int = 1
    characters: int = 100
    weight: int = 250
    tables: int = 0

    def with_(self, group: Iterable[Piece]) -> "_Room":
        added = _blocks(group)
        return _Room(
            self.blocks + len(added),
            self.characters + sum(map(characters, added)),
            self.weight + sum(map(weight, added)),
            self.tables + sum(block["type"] == "table" for block in added),
        )

    def takes(self, group: Iterable[Piece]) -> bool:
        after = self.with_(group)
        return (
            after.blocks <= BLOCKS_MOST
            and after.characters <= CHARACTERS_MOST
            and after.weight <= WEIGHT_MOST
            and after.tables <= 1  # Slack's rule
        )


def _blocks(page: Iterable[Piece]) -> tuple[Block, ...]:
    return tuple(chain.from_iterable(piece.blocks for piece in page))


def _gist(document: Document, page: Iterable[Piece]) -> str:
    return escaped(document.gist, TEXT_MOST) or _reading("", page)


def _reading(before: str, page: Iterable[Piece]) -> str:
    told = ". ".join(filter(None, [before, *(piece.reading for piece in page)]))
    return escaped(told, TEXT_MOST) or "Steppewatch"
