"""Events: which stories report one happening, what it follows, how it is told and how much it weighs."""

from bot.core.events.features import SHARED_KEYS, WINDOW_DAYS, Features, block_keys, features, unpack
from bot.core.events.grouping import NO_RULINGS, Group, Join, Rulings, component_of, group, pair
from bot.core.events.identity import Kept, keep_ids

__all__ = [
    "NO_RULINGS",
    "SHARED_KEYS",
    "WINDOW_DAYS",
    "Features",
    "Group",
    "Join",
    "Kept",
    "Rulings",
    "block_keys",
    "component_of",
    "features",
    "group",
    "keep_ids",
    "pair",
    "unpack",
]
