"""Events: which stories report one happening, what it follows, how it is told and how much it weighs."""

from bot.core.events.features import Features, block_keys, features, near_keys, unpack
from bot.core.events.grouping import NO_RULINGS, Group, Join, Rulings, group, linked, pair
from bot.core.events.identity import Kept, keep_ids

__all__ = [
    "NO_RULINGS",
    "Features",
    "Group",
    "Join",
    "Kept",
    "Rulings",
    "block_keys",
    "features",
    "group",
    "keep_ids",
    "linked",
    "near_keys",
    "pair",
    "unpack",
]
