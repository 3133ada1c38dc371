"""How sure a score is: the slope of each topic, fitted to what stories came to at first sight.

`python -m bot.cli.fitting scores SEEN.csv` prints the slopes as they would stand in the packs, and how often
topics were right by how sure the scores were, each set by slopes that were fitted without it.
`python -m bot.cli.fitting seen SET STORIES.jsonl` prints the lines that a set of labelled stories adds to
SEEN.csv; they say something only where no word was written for these stories yet.

One number a topic is fitted (Platt's scaling of the points), and never a word's weight. The line stays
where it is: it says what is flagged, and the slope only how sure that is.
"""

import csv
import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple

from bot.core.understand import Understander
from bot.core.weighing.scoring import sureness
from bot.errors import InputError
from bot.work.rows import article_of

STEP: Final = 0.25  # of points: finer tells of single stories
MOST: Final = 6.0  # points above or below the line, beyond which all are alike
SLOPES: Final = tuple(
    step / 20 for step in range(10, 81)
)  # 0.5 to 4; a corpus without a mistake asks for the last
SURE: Final = (0.0, 0.1, 0.3, 0.5, 0.8, 0.9, 0.95, 0.98)  # where the bands of scores begin that are told


class Seen(NamedTuple):
    """How many stories that came so far above the line of a topic are of it, and how many are not."""

    name: str  # of the set they are in
    topic: str
    above: float  # points; below the line negative
    yes: int
    no: int


def loss(seen: Iterable[Seen], slope: float) -> float:
    """How badly a slope says the labels: the sum of log losses, in nats."""
    return -sum(
        one.yes * math.log(said) + one.no * math.log(1.0 - said)
        for one, said in ((one, sureness(one.above, slope)) for one in seen)
    )


def fit(seen: Collection[Seen]) -> float:
    """The slope that says most of the labels of one topic; of several the least."""
    return min(SLOPES, key=lambda slope: (loss(seen, slope), slope))


def left_out(seen: Sequence[Seen]) -> Iterator[tuple[Seen, float]]:
    """Each count with the slope that is fitted to the other sets of its topic."""
    slopes: dict[tuple[str, str], float] = {}
    for one in seen:
        key = (one.name, one.topic)
        if key not in slopes:
            slopes[key] = fit([each for each in seen if each.topic == one.topic and each.name != one.name])
        yield one, slopes[key]


def tally(name: str, rows: Iterable[Mapping[str, Any]], understander: Understander) -> list[Seen]:
    """What a set of labelled stories (`labels`: topic -> true or false) comes to by the packs as they are."""
    lines = {topic.id: topic.line for topic in understander.packs.topics}
    found: Counter[tuple[str, float, bool]] = Counter()
    for row in rows:
        points = understander.points(article_of(row))
        labels = row.get("labels") or {}
        for topic in lines.keys() & labels.keys():
            above = max(-MOST, min(MOST, points[topic] - lines[topic]))
            found[topic, round(above / STEP) * STEP, bool(labels[topic])] += 1
    places = sorted({(topic, above) for topic, above, _ in found})
    return [
        Seen(name, topic, above, found[topic, above, True], found[topic, above, False])
        for topic, above in places
    ]


def read(path: Path) -> list[Seen]:
    """The counts of a file: set, topic, points above the line, yes, no, under a heading.

    Raises InputError that names the first line that is none of these.
    """
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        try:
            next(lines, None)
            for name, topic, above, yes, no in lines:
                found.append(Seen(name, topic, float(above), int(yes), int(no)))
        except (ValueError, csv.Error):  # one that is not UTF-8 is a ValueError, too
            wants = "wants set,topic,above,yes,no, as in 1,policy,-0.25,3,1"
            raise InputError(f"{path}: line {lines.line_num}: {wants}") from None
    if not found:
        raise InputError(f"{path}: no counts are in it")
    return found


def told(seen: Sequence[Seen]) -> Iterator[str]:
    """The slopes, and how often a topic is right by how sure its score is, line by line."""
    for topic in dict.fromkeys(one.topic for one in seen):
        mine = [one for one in seen if one.topic == topic]
        without = sorted({slope for _, slope in left_out(mine)})
        yield f"[topic.{topic}]"
        yield f"slope = {fit(mine)}  # {without[0]} to {without[-1]} with a set left out"
    yield ""
    yield "score         counts  said   true   (each set by the slopes of the others)"
    scored = [(sureness(one.above, slope), one) for one, slope in left_out(seen)]
    for low, high in zip(SURE, (*SURE[1:], 1.0), strict=True):
        band = [(said, one) for said, one in scored if low <= said < high]
        if count := sum(one.yes + one.no for _, one in band):
            said = sum(said * (one.yes + one.no) for said, one in band) / count
            true = sum(one.yes for _, one in band) / count
            yield f"{low:.2f} to {high:.2f}  {count:6}  {said:.3f}  {true:.3f}"
