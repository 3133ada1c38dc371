"""Which pieces of a document stand in which of its messages, and under which headings.

A message takes 50 blocks, and beyond some 13,200 characters in all Slack says
msg_blocks_too_long, less when rich text is nested. That total is written down
nowhere; it is kept away from by counting what people wrote and, apart from
that, all of the JSON.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from bot.surfaces.slack.elements import Block, characters, weight
from bot.surfaces.slack.pieces import Piece

BLOCKS_MOST: Final = 45
CHARACTERS_MOST: Final = 9_000
WEIGHT_MOST: Final = 12_000
"""Of all blocks of one message as JSON, the structure included."""


def paged(parts: Iterable[Piece], more: Iterable[Piece]) -> list[list[Piece]]:
    """The pieces of each message, in order. Those of `more` begin one of their own.

    Where the parts need several, the first has what has no rank and, of the items that have
    one, the foremost; all in their order. A heading goes where what it heads goes, and stands
    again above what goes on in the next message.
    """
    first, rest = _parted(list(_placed(parts)))
    return [_laid(first), *_filled(rest), *_filled(_placed(more))]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A piece, and the headings that it stands under."""

    piece: Piece
    heads: tuple[Piece, ...] = ()

    def under(self, above: Sequence[Piece]) -> list[Piece]:
        """The piece, with those of its headings before it that are not `above` already."""
        return [*(head for head in self.heads if not any(head is one for one in above)), self.piece]


@dataclass(frozen=True, slots=True)
class _Room:
    """What is taken up of a message. Something is kept free for the pointer to what follows."""

    blocks: int = 1
    characters: int = 100
    weight: int = 250
    tables: int = 0

    def with_(self, pieces: Iterable[Piece]) -> "_Room":
        added = blocks_of(pieces)
        return _Room(
            self.blocks + len(added),
            self.characters + sum(map(characters, added)),
            self.weight + sum(map(weight, added)),
            self.tables + sum(block["type"] == "table" for block in added),
        )

    @property
    def suffices(self) -> bool:
        return (
            self.blocks <= BLOCKS_MOST
            and self.characters <= CHARACTERS_MOST
            and self.weight <= WEIGHT_MOST
            and self.tables <= 1  # Slack's rule
        )


def blocks_of(pieces: Iterable[Piece]) -> tuple[Block, ...]:
    """The blocks of all of them, in order."""
    return tuple(chain.from_iterable(piece.blocks for piece in pieces))


def _placed(pieces: Iterable[Piece]) -> Iterator[_Placed]:
    """All but the headings, each under its own. A heading that heads nothing stands for itself."""
    heads: tuple[Piece, ...] = ()
    idle = False  # the last heading heads nothing yet
    for piece in pieces:
        if piece.level:
            if idle and heads[-1].level >= piece.level:
                yield _Placed(heads[-1], heads[:-1])
            heads = (*(each for each in heads if each.level < piece.level), piece)
        else:
            heads = () if piece.closes else heads
            yield _Placed(piece, heads)
        idle = bool(piece.level)
    if idle:
        yield _Placed(heads[-1], heads[:-1])


def _parted(placed: Sequence[_Placed]) -> tuple[list[_Placed], list[_Placed]]:
    """What stands in the first message, and the rest."""
    ranks = [each.piece.rank for each in placed]
    in_turn = sorted(range(len(placed)), key=lambda n: (ranks[n] is not None, ranks[n] or 0, n))
    taken: set[int] = set()
    there: set[int] = set()  # headings that are, by identity: two may say the same
    room = _Room()
    for number in in_turn:
        each = placed[number]
        room = room.with_([*(head for head in each.heads if id(head) not in there), each.piece])
        if taken and not room.suffices:
            break
        taken.add(number)
        there.update(map(id, each.heads))
    first = [each for number, each in enumerate(placed) if number in taken]
    return first, [each for number, each in enumerate(placed) if number not in taken]


def _laid(placed: Iterable[_Placed]) -> list[Piece]:
    """Pieces with their headings, each heading once."""
    page: list[Piece] = []
    above: tuple[Piece, ...] = ()
    for each in placed:
        page += each.under(above)
        above = each.heads
    return page


def _filled(placed: Iterable[_Placed]) -> Iterator[list[Piece]]:
    """Fill one message after the other."""
    page: list[Piece] = []
    above: tuple[Piece, ...] = ()
    room = _Room()
    for each in placed:
        group = each.under(above)
        fuller = room.with_(group)
        if page and not fuller.suffices:
            yield page
            page, group = [], each.under(())
            fuller = _Room().with_(group)
        page += group
        room, above = fuller, each.heads
    if page:
        yield page
