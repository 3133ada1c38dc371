"""What the packs know of a story, as terms that are the same in every language."""

from collections import Counter
from typing import Final

from bot.core.story import Decision

# A concept says so much about a story, by its kind. The packs know more kinds (words of the trade,
# turns of speech, signs of sport); those tell topics, not happenings.
_KIND: Final = {"body": 1.2, "person": 1.2, "mineral": 0.8, "act": 0.6, "ore": 0.5, "country": 0.4}
_IN_HALF_OF_ALL: Final = 0.3

# Of their kind, but in half of all stories: words that tell of any act, great powers, heads of state, and
# the large firms of the five, which are in stories of every kind about what they mine.
_EVERYWHERE: Final = frozenset(
    [f"act.{act}" for act in (
        "agreement", "announce", "approve", "build", "export", "force", "held", "impose", "invest", "issue",
        "meeting", "met", "negotiate", "plant", "produce", "propose", "say", "sign", "start",
    )]
    + [f"country.{power}" for power in ("US", "CN", "RU", "EU")]
    + [f"person.{head}" for head in (
        "trump", "biden", "putin", "xi", "tokayev", "mirziyoyev", "japarov", "rahmon", "berdimuhamedov",
        "gurbanguly", "modi", "macron", "erdogan", "aliyev", "albanese", "boric", "cameron", "carney",
        "costa", "kishida", "lee_jae_myung", "li_qiang", "lula", "meloni", "merz", "milei", "mishustin",
        "nazarbayev", "prabowo", "scholz", "starmer", "takaichi", "tshisekedi", "von_der_leyen", "yoon",
        "zelensky",
    )]
    + ["body.un", "body.state_department", "body.white_house"]
    + [f"body.{firm}" for firm in (
        "ammc", "centerra", "erg", "kaz_minerals", "kazakhmys", "kazatomprom", "kazchrome", "kazzinc", "kmg",
        "ktz", "kumtor", "kyrgyzaltyn", "navoiyuran", "nmmc", "samruk", "talco", "tau_ken", "turkmengaz",
        "turkmenhimiya", "uktmp", "ulba", "uzatom", "uzbekneftegaz", "uzkimyosanoat", "uztmk",
    )]
)  # fmt: skip
# Not one but many: two stories of banks are of two banks. Which one it is, the letters of its name tell.
_MANY: Final = frozenset(
    [f"body.{code}_{many}" for code in ("kz", "uz", "kg", "tj", "tm") for many in (
        "agencies", "airlines", "banks", "firms", "metals", "parties", "telecom",
    )]
    + ["body.akimat", "body.hokimiyat"]
    + [f"person.{many}" for many in ("kazakh_akims", "tm_ministers", "uz_ministers")]
)  # fmt: skip
_MOST: Final = 1.5  # a concept named again and again, or in the title, weighs up to so much more


def titled_concepts(decision: Decision) -> frozenset[str]:
    """The countries and minerals that its title names, as concepts."""
    return frozenset(
        reason.concept
        for reason in (*decision.why, *decision.against)
        if reason.field == "title" and reason.concept.startswith(("country.", "mineral."))
    )


def quoted(title: str, decision: Decision) -> bool:
    """Whether a title is what somebody says: a person whom the packs know, and a colon."""
    return any(
        reason.field == "title"
        and reason.concept.startswith("person.")
        and title[reason.end :].lstrip().startswith(":")
        for reason in (*decision.why, *decision.against)
    )


def concepts_of(decision: Decision) -> dict[str, float]:
    """The concepts that a story names, with their weights: by kind, and by how often it names them.

    What was set aside as evidence for a topic counts too: it was named all the same.
    """
    named: Counter[str] = Counter()
    for reason in (*decision.why, *decision.against):
        if reason.concept not in _MANY:
            named[reason.concept] += 2 if reason.field == "title" else 1
    found: dict[str, float] = {}
    for concept, times in named.items():
        weight = _KIND.get(concept.partition(".")[0], 0.0)
        if concept in _EVERYWHERE:
            weight = min(weight, _IN_HALF_OF_ALL)
        if weight:
            found[concept] = weight * min(_MOST, 0.75 + 0.25 * times)
    return found
