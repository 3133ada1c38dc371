"""Charts as pictures. matplotlib is loaded when the first one is drawn; no screen is needed."""

import threading
from collections.abc import Collection, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Final

_INK: Final = "#1f4e5f"
_PAST: Final = "#a9c3cc"
_SIZE: Final = (8.0, 3.2)  # inches, at 100 dots each
_NAMED: Final = 14  # labels that fit under the bars
_NUMBERED: Final = 30  # bars that have room for a number above each

# What lays out text keeps its fonts in common: two threads at once would mix them up.
_DRAWING: Final = threading.Lock()


def bars(
    labels: Sequence[str], values: Sequence[int], *, title: str, standing_out: Collection[int] | None = None
) -> bytes:
    """A PNG with a bar a label, each with its number above it.

    Dark are those whose places are `standing_out`; if nothing is said of that, the last one. Of
    many bars not all have a label and a number: those that stand out have.
    """
    dark = {len(values) - 1} if standing_out is None else standing_out
    return _picture(tuple(labels), tuple(values), title, frozenset(dark))


@lru_cache(maxsize=8)  # all that are told of a week have the same one, and what is shared was drawn before
def _picture(labels: tuple[str, ...], values: tuple[int, ...], title: str, dark: frozenset[int]) -> bytes:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    places = range(len(values))
    each = -(-len(values) // _NAMED)
    named = [place for place in places if (len(values) - 1 - place) % each == 0]
    roomy = len(values) <= _NUMBERED
    numbers = [f"{value:,}" if roomy or place in dark else "" for place, value in enumerate(values)]
    with _DRAWING:
        figure = Figure(figsize=_SIZE, dpi=100, layout="constrained")
        axes = figure.subplots()
        drawn = axes.bar(places, values, color=[_INK if at in dark else _PAST for at in places], width=0.7)
        axes.bar_label(drawn, labels=numbers, fontsize=9)
        axes.set_xticks(named, [labels[place] for place in named], fontsize=9)
        axes.set_ylim(0, max([*values, 1]) * 1.15)
        axes.set_title(title, fontsize=11, loc="left")
        axes.yaxis.set_visible(False)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        into = BytesIO()
        # Nothing of the moment or the machine in the file: the same numbers give the same picture.
        FigureCanvasAgg(figure)
        figure.savefig(into, format="png", metadata={"Software": None})
    return into.getvalue()
