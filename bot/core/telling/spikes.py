"""Weeks in which far more was reported than in those before."""

from collections.abc import Sequence
from math import sqrt
from statistics import fmean, pvariance
from typing import Final

BEFORE: Final = 8  # weeks that a week is compared with
LEAST: Final = 3  # of what is counted; fewer are no spike, however quiet it was before
_FAR: Final = 2.5  # deviations


def spikes(counts: Sequence[int]) -> list[bool]:
    """For each week, the oldest first, whether it stands out from the weeks before it.

    A week stands out when it has more than the mean of up to eight weeks before
    it by 2.5 deviations, where chance alone (Poisson) deviates by the root of the mean.
    The first two weeks have too little before them.

    >>> spikes([1, 2, 1, 1, 9, 2])
    [False, False, False, False, True, False]
    """
    return [_stands_out(count, counts[max(0, at - BEFORE) : at]) for at, count in enumerate(counts)]


def _stands_out(count: int, before: Sequence[int]) -> bool:
    if count < LEAST or len(before) < 2:
        return False
    usual = fmean(before)
    return count > usual + _FAR * sqrt(max(pvariance(before), usual, 0.25))
