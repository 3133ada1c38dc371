"""Options: what looks like a field of the query language and is none, such as page:2 or for:7d.

They stand anywhere in what was typed, outside of quotes; what is left without
them is read as it would be without them, each letter at its place.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.core.asking.loose import straight
from bot.errors import UserError


@dataclass(frozen=True, slots=True)
class Options:
    """Options by their names, where their values begin in what was typed, and the text without them."""

    values: Mapping[str, str]
    places: Mapping[str, int]
    rest: str  # as long as the text was, with blanks for the options


def unwrapped(value: str) -> str:
    """The id of a channel or a person without what Slack puts around it; a name without its #.

    >>> unwrapped("<#C0123|policy>"), unwrapped("#policy")
    ('C0123', 'policy')
    """
    return value.strip("<>#").split("|")[0]


def take(
    text: str,
    names: Iterable[str],
    *,
    also: Mapping[str, str] = MappingProxyType({}),
    begins: int = 0,
    mistakes: list[UserError] | None = None,
) -> Options:
    """Take the options of these names out of `text`, which begins at `begins` of what was typed.

    `also` are other names that are heard, each with the right one. Raises UserError when one of them is
    there twice; with `mistakes` that is put there, to be told with others, and the first of the two holds.

    >>> take('tungsten page:2 "on page:3"', ["page"]).values
    {'page': '2'}
    """
    text = straight(text)
    option = re.compile(rf'(?<!\S)({"|".join((*names, *also))}):("[^"]*"|\S*)|"[^"]*"', re.IGNORECASE)
    values: dict[str, str] = {}
    places: dict[str, int] = {}
    twice: list[UserError] = []
    for found in option.finditer(text):
        if found[1] is None:
            continue  # a phrase: what stands in it is to be looked for
        name = also.get(found[1].casefold(), found[1].casefold())
        if name in values:
            at = begins + found.start()
            twice.append(UserError(f"{name}: is there twice (at character {at + 1})", at=at))
            continue
        values[name] = found[2].strip('"').strip()
        places[name] = begins + found.start(2)
    if mistakes is not None:
        mistakes += twice
    elif twice:
        raise UserError.together(twice)
    rest = option.sub(lambda found: found[0] if found[1] is None else " " * len(found[0]), text)
    return Options(values, places, rest)


def number(options: Options, name: str, *, usual: int, most: int) -> int:
    """An option that is a number from 1 to `most`. Raises UserError with its place when it is not."""
    if name not in options.values:
        return usual
    value, at = options.values[name], options.places[name]
    if not (value.isascii() and value.isdigit() and 0 < int(value[:9]) <= most):
        raise UserError(f"{name}: is a number from 1 to {most} (at character {at + 1})", at=at)
    return int(value)
