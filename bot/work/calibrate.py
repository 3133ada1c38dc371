"""Fit each topic's line and slope to labelled stories: `python -m bot.work.calibrate FILE`.

Only these two numbers a topic are fitted (Platt's scaling of the points); words and weights
are never. The result is printed as it would stand in the packs, for a person to take over.
"""

import json
import math
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bot.core.story import Article
from bot.core.understand import Understander

ROUNDS: Final = 2_000
STEP: Final = 0.05
TRUST: Final = 0.02  # how strongly the present line and slope hold on; a corpus is small


def fit(points: Sequence[float], labels: Sequence[bool], line: float, slope: float) -> tuple[float, float]:
    """The line and slope under which the scores of `points` say most of the labels; starts from the present.

    Gradient descent on the mean log loss with a pull back to where it began: a corpus
    that is told apart without a mistake would else ask for an endless slope.
    """
    began = (line, slope)
    count = len(points) or 1
    for _ in range(ROUNDS):
        line_pull = slope_pull = 0.0
        for point, label in zip(points, labels, strict=True):
            # Beyond 30 the exponential says nothing more.
            error = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, slope * (point - line))))) - label
            line_pull -= error * slope
            slope_pull += error * (point - line)
        line -= STEP * (line_pull / count + TRUST * (line - began[0]))
        slope -= STEP * (slope_pull / count + TRUST * (slope - began[1]))
    return round(line, 2), round(slope, 2)


def calibrate(
    rows: Sequence[Mapping[str, Any]], understander: Understander
) -> dict[str, tuple[float, float]]:
    """The fitted line and slope of each topic that rows label (`labels`: topic -> true or false)."""
    articles = [Article(str(row["title"]), str(row["text"]), url=str(row.get("url") or "")) for row in rows]
    points = [understander.points(article) for article in articles]
    fitted = {}
    for topic in understander.packs.topics:
        pairs = [
            (given[topic.id], bool(row["labels"][topic.id]))
            for row, given in zip(rows, points, strict=True)
            if topic.id in row.get("labels", {})
        ]
        if pairs:
            found, labels = zip(*pairs, strict=True)
            fitted[topic.id] = fit(found, labels, topic.line, topic.slope)
    return fitted


if __name__ == "__main__":
    from bot.packs.reader import load

    read = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines() if line]
    for name, (new_line, new_slope) in calibrate(read, Understander(load())).items():
        sys.stdout.write(f"[topic.{name}]\nline = {new_line}\nslope = {new_slope}\n\n")
