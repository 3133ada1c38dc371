"""Events: which stories report one happening, what it follows, how it is told and how much it weighs."""

from bot.core.events.crowds import in_order, put_with
from bot.core.events.features import SHARED_KEYS, WINDOW_DAYS, Features, block_keys, features, unpack
from bot.core.events.grouping import Group, comparing_once, group
from bot.core.events.headline import Summary, headline, summary
from bot.core.events.identity import Kept, keep_ids
from bot.core.events.joining import NO_RULINGS, Join, Rulings, pair
from bot.core.events.rank import NOVEL_FOR_DAYS, Score, Seen, rank
from bot.core.events.reach import Reach
from bot.core.events.record import Record, record
from bot.core.events.threads import Follows, Knot, chains, follows, knot_terms, threads
from bot.core.events.told import Told, independent

__all__ = [
    "NOVEL_FOR_DAYS", "NO_RULINGS", "SHARED_KEYS", "WINDOW_DAYS", "Features", "Follows", "Group",
    "Join", "Kept", "Knot", "Reach", "Record", "Rulings", "Score", "Seen", "Summary", "Told", "block_keys",
    "chains", "comparing_once", "features", "follows", "group", "headline", "in_order",
    "independent", "keep_ids", "knot_terms", "pair", "put_with", "rank", "record", "summary", "threads",
    "unpack",
]  # fmt: skip
