"""How well stories were grouped: pairwise and B-cubed precision, recall and F1, and the pairs that were
wrong.

Pairwise scores count pairs of stories that stand in one event; B-cubed (Bagga and Baldwin 1998) asks of
every story how much of its group belongs to it and how much of its event it found, and takes the mean.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True, slots=True)
class Score:
    """Precision and recall, 0 to 1; 1.0 where there was nothing to be wrong about."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean.

        >>> round(Score(1.0, 0.5).f1, 3)
        0.667
        """
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs of items that were right, wrongly joined and wrongly split, each pair sorted, all sorted."""

    right: tuple[tuple[str, str], ...]
    joined: tuple[tuple[str, str], ...]
    split: tuple[tuple[str, str], ...]

    @property
    def score(self) -> Score:
        """Pairwise precision and recall."""
        found, true = len(self.right) + len(self.joined), len(self.right) + len(self.split)
        return Score(len(self.right) / found if found else 1.0, len(self.right) / true if true else 1.0)


def pairwise(found: Mapping[str, Hashable], true: Mapping[str, Hashable]) -> Pairs:
    """Compare the pairs of a grouping with the true ones; items of `true` alone count.

    >>> pairwise({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "y"}).score
    Score(precision=1.0, recall=1.0)
    """
    right, joined, split = [], [], []
    for one, other in combinations(sorted(true), 2):
        together, truly = found[one] == found[other], true[one] == true[other]
        if together and truly:
            right.append((one, other))
        elif together:
            joined.append((one, other))
        elif truly:
            split.append((one, other))
    return Pairs(tuple(right), tuple(joined), tuple(split))


def by_language_pair(pairs: Pairs, lang: Mapping[str, str]) -> dict[tuple[str, str], Pairs]:
    """The same pairs, told apart by the two languages of each (sorted)."""
    parts: dict[tuple[str, str], tuple[list[tuple[str, str]], ...]] = defaultdict(lambda: ([], [], []))
    for place, kind in enumerate((pairs.right, pairs.joined, pairs.split)):
        for one, other in kind:
            low, high = sorted((lang[one], lang[other]))
            parts[low, high][place].append((one, other))
    return {langs: Pairs(*map(tuple, found)) for langs, found in sorted(parts.items())}


def across_languages(pairs: Pairs, lang: Mapping[str, str]) -> Pairs:
    """The pairs whose two items are written in different languages."""

    def only(kind: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in kind if lang[pair[0]] != lang[pair[1]])

    return Pairs(only(pairs.right), only(pairs.joined), only(pairs.split))


def bcubed(
    found: Mapping[str, Hashable], true: Mapping[str, Hashable], only: Collection[str] | None = None
) -> Score:
    """B-cubed precision and recall; the mean is over `only` (all of `true` without), groups are whole.

    >>> bcubed({"a": 1, "b": 1, "c": 2, "d": 2}, {"a": "x", "b": "x", "c": "x", "d": "x"})
    Score(precision=1.0, recall=0.5)
    """
    items = sorted(true if only is None else true.keys() & set(only))
    if not items:
        return Score(1.0, 1.0)
    group_size = Counter(found[item] for item in true)
    event_size = Counter(true.values())
    both = Counter((found[item], true[item]) for item in true)
    precision = sum(both[found[item], true[item]] / group_size[found[item]] for item in items)
    recall = sum(both[found[item], true[item]] / event_size[true[item]] for item in items)
    return Score(precision / len(items), recall / len(items))


def in_several(true: Mapping[str, Hashable]) -> frozenset[str]:
    """The items whose event holds more than one item."""
    size = Counter(true.values())
    return frozenset(item for item, event in true.items() if size[event] > 1)
