"""The feeds to begin with: a list that ships, read once."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import tomli

from bot.core.words import FeedKind


@dataclass(frozen=True, slots=True)
class Starter:
    """A feed of the starter list."""

    name: str
    url: str
    lang: str
    kind: FeedKind
    country: str = ""  # ISO 3166-1 alpha-2; "": the region, or the world
    seen: str = ""  # the month in which somebody saw it working, e.g. "2026-09"; "": not tried
    note: str = ""


@cache
def everything() -> tuple[Starter, ...]:
    """The whole list, in its order."""
    data = tomli.loads(files("bot.packs").joinpath("feeds/starter.toml").read_text(encoding="utf-8"))
    return tuple(Starter(**{**one, "kind": FeedKind(one["kind"])}) for one in data["feeds"])


def chosen(
    *, countries: Collection[str] = (), kinds: Collection[FeedKind] = (), langs: Collection[str] = ()
) -> tuple[Starter, ...]:
    """The feeds of these countries, kinds and languages; none named: of all."""
    wanted = {country.upper() for country in countries}
    return tuple(
        one
        for one in everything()
        if (not wanted or one.country in wanted)
        and (not kinds or one.kind in kinds)
        and (not langs or one.lang in langs)
    )
