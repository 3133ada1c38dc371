"""Stories for the tests of events: made up around dated facts, no sentence of any outlet."""

from datetime import UTC, datetime

from bot.core.events import Features, features
from bot.core.story import Action, Decision, Reason
from bot.core.words import Instrument, Stage, Tier


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=12, tzinfo=UTC)


def decided(
    lang: str = "en",
    *,
    concepts: str = "",
    act: tuple[Instrument, Stage] | None = None,
    parties: tuple[str, ...] = (),
    tier: Tier = Tier.CORE,
) -> Decision:
    """A decision that names `concepts` (ids, by spaces) somewhere in the text."""
    actions = (Action(act[0], act[1], parties=parties),) if act else ()
    why = tuple(Reason("policy", concept, "", "text", 0, 0, 1.0) for concept in concepts.split())
    return Decision(tier, (), {}, lang, actions=actions, why=why)


def story(
    key: str,
    title: str,
    text: str,
    *,
    day: str | None = None,
    lang: str = "en",
    source: str = "",
    decision: Decision | None = None,
) -> Features:
    return features(
        key=key,
        title=title,
        text=text,
        lang=lang,
        source=source or f"{key}.test",
        when=at(day) if day else None,
        decision=decision or decided(lang),
    )


MOU = (Instrument.MOU, Stage.SIGNED)
ON_UZ_US = "country.UZ country.US mineral.rare_earths act.memo act.sign person.saidov person.landau"


def uz_us_mou_2026() -> list[Features]:
    """Three reports in two languages of the memorandum of 4 February 2026."""
    told = decided(concepts=ON_UZ_US, act=MOU, parties=("US", "UZ"))
    return [
        story(
            "mou-en-1",
            "Tashkent and Washington sign minerals memorandum",
            "Bakhtiyor Saidov and Christopher Landau signed a paper on rare earths on 4 February.",
            day="2026-02-05",
            decision=told,
        ),
        story(
            "mou-en-2",
            "Memorandum on rare earths signed by Uzbekistan and the US",
            "Foreign minister Saidov met Christopher Landau in Washington; the memorandum covers mining.",
            day="2026-02-05",
            decision=told,
        ),
        story(
            "mou-ru-1",
            "Саидов и Ландау подписали меморандум по редкоземельным металлам",
            "Документ подписан 4 февраля в Вашингтоне, Бахтиёр Саидов назвал его важным.",
            day="2026-02-06",
            lang="ru",
            decision=decided("ru", concepts=ON_UZ_US, act=MOU, parties=("US", "UZ")),
        ),
    ]


def uz_us_mou_2024() -> list[Features]:
    """Two reports of the memorandum of 16 September 2024, which reads much the same."""
    on = "country.UZ country.US umbrella.critical act.memo act.sign person.fernandez person.kudratov"
    told = decided(concepts=on, act=MOU, parties=("US", "UZ"))
    return [
        story(
            "old-en-1",
            "Uzbekistan, US sign memorandum on critical minerals",
            "Jose Fernandez and Laziz Kudratov signed the memorandum on critical minerals on 16 September.",
            day="2024-09-17",
            decision=told,
        ),
        story(
            "old-en-2",
            "Memorandum on critical minerals signed by Uzbekistan and the US",
            "The memorandum was signed by Laziz Kudratov and Jose Fernandez, who leads economic growth.",
            day="2024-09-17",
            decision=told,
        ),
    ]


def features_of(key: str, title: str, text: str, when: datetime, decision: Decision) -> Features:
    """The features of a story in English, at a moment of one's own."""
    return features(
        key=key, title=title, text=text, lang="en", source=f"{key}.test", when=when, decision=decision
    )
