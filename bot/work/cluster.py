"""`cluster`: a set of stories in, the event of each out."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from bot.core.events import Features, features, group
from bot.core.story import Article, Decision
from bot.work.rows import article_of


class Understands(Protocol):
    """What decides of a story; see `core.understand.Understander`."""

    def decide(self, article: Article) -> Decision:
        """Decide what a story is about."""


def cluster(records: Sequence[Mapping[str, Any]], understander: Understands) -> list[dict[str, str]]:
    """Say which stories report one happening: `{"id", "event"}` in the order of `records`.

    A record holds what `work.rows` says. The event is the smallest id of its stories, so a story that no
    other joins has its own id for event; the order of the records changes nothing. An id that comes twice
    raises ValueError.
    """
    groups = group(as_features(record, understander) for record in records)
    event = {key: made.keys[0] for made in groups for key in made.keys}
    return [{"id": str(record["id"]), "event": event[str(record["id"])]} for record in records]


def as_features(record: Mapping[str, Any], understander: Understands) -> Features:
    """The features of one record, under its id."""
    article = article_of(record)
    decision = understander.decide(article)
    lang = article.lang if decision.lang == "und" else decision.lang
    return features(
        key=str(record["id"]), title=article.title, text=article.text, lang=lang, source=article.source,
        when=article.published, decision=decision,
    )  # fmt: skip
