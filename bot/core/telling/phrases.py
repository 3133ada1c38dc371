"""The fixed words of a digest, in the language of its readers. What outlets wrote stays as they wrote it."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Final

from bot.core import wording
from bot.core import wording_ru as russian
from bot.core.event import FeedHealth
from bot.core.story import Action, Money
from bot.core.words import FeedKind, Instrument, Stage, Tier


class Phrases:
    """English, and what another language has to say in its own words."""

    language: str = "en"
    several_countries: str = "Several countries"
    quiet: str = "Quiet: nothing to report."
    for_review: str = "for review"
    alert: str = "Alert"
    update: str = "Update"
    quiet_week: str = "A quiet week: nothing was done."
    done: str = "What was done"
    moved_on: str = "What moved on"
    more_than_usual: str = "More than usual"
    chart: str = "Stories a week"
    week: str = "Week to"
    stories: str = "Stories"
    elsewhere: str = "Elsewhere"
    why: str = "Why?"
    useful: str = "Useful"
    useless: str = "Not useful"
    mute_event: str = "Mute for 7 days"
    near: str = "Fell just short"
    near_question: str = (
        "These were not told. Should they have been? The answers order what this channel is told."
    )
    should_have: str = "Should have been told"
    rightly_not: str = "Rightly left out"
    watch: str = "Watch"
    unwatch: str = "Stop watching"
    acted: str = "done"
    noted: str = "note"
    warning: str = "Warning"
    out_of: str = "of"

    def tier(self, tier: Tier) -> str:
        """The heading of a tier."""
        return wording.TIER_HEADINGS[tier]

    def tier_count(self, tier: Tier, count: int) -> str:
        """How many of a tier: "3 core"."""
        return f"{count} {tier}"

    def country(self, code: str) -> str:
        """The five by name, others by their code."""
        return wording.country_name(code)

    def mineral(self, name: str) -> str:
        """By its name; one that only packs of your own know as they call it."""
        return name

    def stage(self, stage: Stage, of: Instrument | None = None) -> str:
        """As a reader writes it: "in force"; `of` is what it is the stage of."""
        return wording.stage_name(stage, of)

    def action(self, action: Action) -> str:
        """What was done, in a line."""
        return wording.action_line(action)

    def money(self, amount: Money) -> str:
        """An amount in short."""
        return wording.money(amount)

    def differ(self, told: str) -> str:
        """That sources tell what was done differently, and how."""
        return f"sources differ: {told}"

    def kind(self, kind: FeedKind) -> str:
        """The standing of a source."""
        return str(kind)

    def events(self, count: int) -> str:
        """ "3 events" """
        return wording.many(count, "event")

    def sources(self, count: int) -> str:
        """ "3 sources" """
        return wording.many(count, "source")

    def source(self, count: int) -> str:
        """What stands before the names of so many sources."""
        return "Source" if count == 1 else "Sources"

    def more(self, count: int) -> str:
        """At the end of a list that was cut."""
        return f"{count} more"

    def of_less_weight(self, count: int) -> str:
        """Above events that follow the main part."""
        return f"{wording.many(count, 'more event')}, of less weight:"

    def in_thread(self, count: int) -> str:
        """Where the rest is; `count` events, or something else."""
        return f"{wording.many(count, 'more event') if count else 'The rest is'} in the thread."

    def copied(self, copies: int, reports: int) -> str:
        """How many reports repeat others."""
        return f"{copies} of {reports} reports copied"

    def window(self, start: datetime, end: datetime, zone: tzinfo) -> str:
        """The time that is told, by the clocks of a zone."""
        return wording.window(start, end, zone)

    def day(self, moment: datetime) -> str:
        """A day as people write it."""
        return wording.day(moment)

    def feeds_read(self, feeds: FeedHealth) -> str:
        """The health of the feeds in a line."""
        line = wording.feeds_read(feeds.read, feeds.of, feeds.not_asked)
        return f"{line[:1].upper()}{line[1:]}."

    def held(self, feed: str, count: int) -> str:
        """Stories of a feed that changed all its ids, and what to do about them."""
        return f"{wording.held(feed, count)}."

    def unreadable(self, feed: str, length: timedelta, reason: str) -> str:
        """A feed that cannot be read."""
        return f"{feed} unreadable for {wording.span_of_time(length)} ({reason})"

    def next_steps(self) -> str:
        """Where it is said what to do about them."""
        return "`feeds` says what to do."

    def muted(self, count: int, core: int) -> str:
        """How many events the channel's mutes keep from it."""
        return f"{count} hidden by mutes{f', {core} of them core' if core else ''}."

    def learned(self, count: int) -> str:
        """That the channel's votes order what is told."""
        lessons = wording.many(count, "lesson")
        return f"Ordered with {lessons} from votes here: `learned` shows them and takes them back."

    def others(self, count: int) -> str:
        """Feeds that are not named."""
        return f"and {count} others"

    def alerted(self, moment: datetime, end: datetime, zone: tzinfo) -> str:
        """That an alert told it before; with its day when that is not the digest's own."""
        there = moment.astimezone(zone)
        when = f"{there:%H:%M}"
        if there.date() != end.astimezone(zone).date():
            when = f"{when}, {there.day} {self._month(there)}"
        return self._alerted(when)

    def official(self, stage: str, source: str) -> str:
        """Why an event could not wait: an official source says so."""
        return f"{stage}, by the word of an official source ({source})"

    def independent(self, stage: str, count: int) -> str:
        """Why an event could not wait: several sources say so."""
        return f"{stage}, by the word of {wording.many(count, 'independent source')}"

    def at_once(self, why: str) -> str:
        """What stands under an alert."""
        return f"Told at once: {why}."

    def watched(self, query: str) -> str:
        """Why somebody is told: they watch what it is about."""
        return f"you watch {query}"

    def follows(self, ref: str) -> str:
        """Why somebody is told: it comes of an event that they watch."""
        return f"it goes on from {ref}, which you watch"

    def no_more_today(self, count: int, query: str) -> str:
        """That the bound of a day is reached."""
        return f"{count} a day is the most: `search {query} since:1d` shows what else there is today."

    def lack(self, topic: str, score: float, line: float) -> str:
        """What kept a story from being told."""
        return f"{wording.topic_name(topic)} {score:.2f} where the line is {line:.2f}"

    def short_of(self, tier: str, lacks: str) -> str:
        """Which heading a story did not come under, and why."""
        return f"not under “{tier}”: {lacks}"

    def now(self, stages: Collection[str]) -> str:
        """What an alerted event has come to."""
        return f"Now {', '.join(stages)}."

    def also_told(self, sources: Collection[str], more: int) -> str:
        """Who reports an alerted event as well."""
        return f"Also told by {', '.join(sources)}{f' and {more} more' if more else ''}."

    def week_to(self, end: datetime) -> str:
        """The title of a review, after its name."""
        return f"the week to {self.day(end)}"

    def moved(self, before: str, after: str) -> str:
        """From which stage to which."""
        return f"{before} → {after}"

    def spike(self, name: str, now: int, usual: float) -> str:
        """More is told of something than usual."""
        return f"{name}: {wording.many(now, 'story', 'stories')}, usually {usual:.3g} a week"

    def stories_a_week(self, now: int, usual: float) -> str:
        """What the chart shows, in a sentence."""
        told = wording.many(now, "story", "stories")
        return f"Stories a week: {told} in the last, {usual:.3g} on average in the eight before."

    def _alerted(self, when: str) -> str:
        return f"told as an alert at {when}"

    def _month(self, moment: datetime) -> str:
        return f"{moment:%b}"


class Russian(Phrases):
    """Russian."""

    language = "ru"
    several_countries = "Несколько стран"
    quiet = "Тихо: сообщать не о чем."
    for_review = "на проверку"
    alert = "Срочно"
    update = "Дополнение"
    quiet_week = "Тихая неделя: ничего не сделано."
    done = "Что сделано"
    moved_on = "Что продвинулось"
    more_than_usual = "Больше обычного"
    chart = "Сообщений в неделю"
    week = "Неделя по"
    stories = "Сообщений"
    elsewhere = "В других странах"
    why = "Почему?"
    useful = "Полезно"
    useless = "Не полезно"
    mute_event = "Скрыть на 7 дней"
    near = "Чуть не прошло"
    near_question = (
        "Об этом не сообщалось. А надо было? Ответы влияют на порядок того, что сообщается каналу."
    )
    should_have = "Надо было сообщить"
    rightly_not = "Верно, что нет"
    watch = "Следить"
    unwatch = "Не следить"
    acted = "сделано"
    noted = "примечание"
    warning = "Внимание"
    out_of = "из"

    def tier(self, tier: Tier) -> str:
        return russian.TIERS[tier]

    def tier_count(self, tier: Tier, count: int) -> str:
        return f"{russian.TIERS_SHORT[tier]} – {count}"

    def country(self, code: str) -> str:
        return russian.COUNTRIES.get(code, code)

    def mineral(self, name: str) -> str:
        return russian.MINERALS.get(name, name)

    def stage(self, stage: Stage, of: Instrument | None = None) -> str:
        return wording.stage_name(stage, of, names=russian.STAGES, happened=russian.HAPPENED)

    def action(self, action: Action) -> str:
        return wording.action_line(
            action, instruments=russian.INSTRUMENTS, stages=russian.STAGES,
            happened=russian.HAPPENED, amount=self.money,
        )  # fmt: skip

    def money(self, amount: Money) -> str:
        return wording.money(amount, russian.SIZES, ",")

    def differ(self, told: str) -> str:
        return f"источники расходятся: {told}"

    def kind(self, kind: FeedKind) -> str:
        return russian.KINDS[kind]

    def events(self, count: int) -> str:
        return russian.counted(count, "событие", "события", "событий")

    def sources(self, count: int) -> str:
        return russian.counted(count, "источник", "источника", "источников")

    def source(self, count: int) -> str:
        return "Источник" if count == 1 else "Источники"

    def more(self, count: int) -> str:
        return f"ещё {count}"

    def of_less_weight(self, count: int) -> str:
        return f"Ещё {self.events(count)} меньшего веса:"

    def in_thread(self, count: int) -> str:
        return f"В ветке ещё {self.events(count)}." if count else "Остальное – в ветке."

    def copied(self, copies: int, reports: int) -> str:
        return f"перепечаток: {copies} из {reports}"

    def window(self, start: datetime, end: datetime, zone: tzinfo) -> str:
        return f"{self._minute(start, zone)} – {self._minute(end, zone)}, {zone}"

    def day(self, moment: datetime) -> str:
        return f"{russian.DAYS[moment.weekday()]}, {moment.day} {self._month(moment)} {moment.year}"

    def feeds_read(self, feeds: FeedHealth) -> str:
        if not feeds.of:
            return "Ни одна лента ещё не опрашивается."
        waiting = f", ещё не опрошено: {feeds.not_asked}" if feeds.not_asked else ""
        return f"Прочитано лент: {feeds.read} из {feeds.of}{waiting}."

    def held(self, feed: str, count: int) -> str:
        return f"{feed}: придержано сообщений: {count}; `feeds release {feed}` покажет их."

    def unreadable(self, feed: str, length: timedelta, reason: str) -> str:
        return f"{feed} не читается {russian.span_of_time(length)} ({reason})"

    def next_steps(self) -> str:
        return "Что делать: `feeds`."

    def muted(self, count: int, core: int) -> str:
        return f"Скрыто по просьбе канала: {count}{f', из них главных: {core}' if core else ''}."

    def learned(self, count: int) -> str:
        return f"Порядок учитывает оценки канала (выводов: {count}): `learned` покажет и отменит их."

    def others(self, count: int) -> str:
        return f"и ещё {count}"

    def official(self, stage: str, source: str) -> str:
        return f"{stage}, сообщает официальный источник ({source})"

    def independent(self, stage: str, count: int) -> str:
        return f"{stage}, независимых источников: {count}"

    def at_once(self, why: str) -> str:
        return f"Почему сразу: {why}."

    def watched(self, query: str) -> str:
        return f"вы следите за {query}"

    def follows(self, ref: str) -> str:
        return f"это продолжение {ref}, за которым вы следите"

    def no_more_today(self, count: int, query: str) -> str:
        return f"Больше {count} в день не присылается: остальное покажет `search {query} since:1d`."

    def lack(self, topic: str, score: float, line: float) -> str:
        return (
            f"{russian.topic(topic)}: {russian.decimal(score, '.2f')}, черта {russian.decimal(line, '.2f')}"
        )

    def short_of(self, tier: str, lacks: str) -> str:
        return f"не вошло в «{tier}»: {lacks}"

    def now(self, stages: Collection[str]) -> str:
        return f"Теперь: {', '.join(stages)}."

    def also_told(self, sources: Collection[str], more: int) -> str:
        return f"Сообщают также {', '.join(sources)}{f' и ещё {more}' if more else ''}."

    def week_to(self, end: datetime) -> str:
        return f"неделя по {self.day(end)}"

    def spike(self, name: str, now: int, usual: float) -> str:
        return f"{name}: сообщений {now}, обычно {russian.decimal(usual)} в неделю"

    def stories_a_week(self, now: int, usual: float) -> str:
        mean = russian.decimal(usual)
        return f"Сообщений в неделю: {now} в последнюю, в среднем {mean} за восемь предыдущих."

    def _alerted(self, when: str) -> str:
        return f"сообщено сразу, в {when}"

    def _month(self, moment: datetime) -> str:
        return russian.MONTHS[moment.month - 1]

    def _minute(self, moment: datetime, zone: tzinfo) -> str:
        there = moment.astimezone(zone)
        return f"{there.day} {self._month(there)} {there.year} {there:%H:%M}"


ENGLISH: Final = Phrases()
LANGUAGES: Final[Mapping[str, Phrases]] = {"en": ENGLISH, "ru": Russian()}
"""By BCP 47 tag."""


def phrases(language: str) -> Phrases:
    """The phrases of a language; English where it has none."""
    return LANGUAGES.get(language, ENGLISH)
