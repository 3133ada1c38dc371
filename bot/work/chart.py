"""Charts as pictures. matplotlib is loaded when the first one is drawn; no screen is needed."""

from collections.abc import Sequence
from io import BytesIO
from typing import Final

_INK: Final = "#1f4e5f"
_PAST: Final = "#a9c3cc"
_SIZE: Final = (8.0, 3.2)  # inches, at 100 dots each


def bars(labels: Sequence[str], values: Sequence[int], *, title: str) -> bytes:
    """A PNG with a bar a label, the last one dark, each with its number above it."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, dpi=100, layout="constrained")
    axes = figure.subplots()
    places = range(len(values))
    drawn = axes.bar(places, values, color=[*[_PAST] * (len(values) - 1), _INK], width=0.7)
    axes.bar_label(drawn, fontsize=9)
    axes.set_xticks(places, labels, fontsize=9)
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
