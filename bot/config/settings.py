"""What can be set, what it is when nobody sets it, and what it means.

The descriptions are the comments of config.example.toml, so they say what
happens and not what the key is called. Values are final: nothing here changes
after `load` has given it. Durations are timedelta, sizes are bytes.
"""

import re
from datetime import time as TimeOfDay  # noqa: N812  (fields are called `time`)
from datetime import timedelta
from pathlib import Path
from typing import Annotated, ClassVar, Final, Literal, Self
from urllib.parse import unquote, urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, model_validator

from bot.config import kinds, names
from bot.config.kinds import WEEK
from bot.config.names import Network
from bot.core.telling.phrases import LANGUAGES
from bot.core.words import FeedKind, Tier

Holders = Literal["members", "admins"]
HOLDERS = ("members", "admins")
FLAGGED = tuple(tier.value for tier in Tier if tier.flagged)


class Section(BaseModel):
    """A part of the configuration. Unknown keys are errors; values are final."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    secrets: ClassVar[frozenset[str]] = frozenset()
    """Keys that may come only from the environment, or from a file that `..._FILE` names."""


class DatabaseSettings(Section):
    """Where everything is kept."""

    url: Annotated[str, names.database_url()] = Field(
        default="sqlite:///steppewatch.db",
        description="An SQLite file (three slashes: beside where the bot is started; four: an "
        "absolute path) or a "
        "PostgreSQL server, postgresql://USER@HOST/NAME. An address with a password in it does not "
        "belong in this file: put it into STEPPEWATCH_DATABASE__URL.",
        repr=False,
    )


class SlackSettings(Section):
    """How the bot reaches Slack, and Slack the bot."""

    secrets = frozenset({"bot_token", "app_token", "signing_secret"})

    bot_token: Annotated[SecretStr | None, names.secret(shape="xoxb-")] = Field(
        default=None,
        description="Begins with xoxb-; the page of your app shows it under OAuth & Permissions.",
    )
    app_token: Annotated[SecretStr | None, names.secret(shape="xapp-")] = Field(
        default=None, description="Begins with xapp-; needed in socket mode, shown under Basic Information."
    )
    signing_secret: Annotated[SecretStr | None, names.secret()] = Field(
        default=None,
        description="Needed in http mode: proves that a request is Slack's. Under Basic Information.",
    )
    mode: Annotated[Literal["socket", "http"], kinds.choice(["socket", "http"])] = Field(
        default="socket",
        description='"socket": the bot calls Slack, and needs no open port. "http": Slack calls the bot.',
    )
    api_url: Annotated[str, names.web_address()] = Field(
        default="https://slack.com/api/", description="GovSlack has another one."
    )
    host: Annotated[str, kinds.text(most=255, empty=False)] = Field(
        default="127.0.0.1",
        description='In http mode: the address listened on. "0.0.0.0" lets others in; a proxy with '
        "TLS stands before it.",
    )
    port: Annotated[int, kinds.whole(1, 65535)] = Field(
        default=3000, description="In http mode: listened on for Slack's requests, at the path /slack/events."
    )


class PollSettings(Section):
    """How feeds are read."""

    usual_wait: Annotated[timedelta, kinds.duration("1s", "7d")] = Field(
        default=timedelta(minutes=30),
        description="Between two polls of a feed that answers. One that fails is asked less and less often.",
    )
    at_once: Annotated[int, kinds.whole(1, 256)] = Field(
        default=16, description="Feeds asked at the same time by one process; of one host, two at most."
    )
    deadline: Annotated[timedelta, kinds.duration("100ms", "10m")] = Field(
        default=timedelta(seconds=40),
        description="For one whole exchange with a feed: connecting, redirects, and the last byte.",
    )
    largest_body: Annotated[int, kinds.size("1kB", "1GB")] = Field(
        default=16_000_000, description="A longer answer is an error; the rest of it is not read."
    )
    private_networks: Annotated[tuple[Network, ...], names.networks()] = Field(
        default=(),
        description='Networks of your own that feeds may be in, as in ["10.1.0.0/16"]. Every other '
        "inner address is "
        "refused, so that a feed cannot be used to reach into your network.",
    )
    contact: Annotated[str, kinds.text(most=200)] = Field(
        default="",
        description="An address or page where a site's owner reaches you; it is told to every site "
        "that is polled.",
    )
    user_agent: Annotated[str, names.header(most=300)] = Field(
        default="",
        description="What the bot calls itself. Empty: its name, its version and the contact above.",
    )
    full_text: Annotated[bool, kinds.switch()] = Field(
        default=True,
        description="Fetch the page of a story when its feed shows too little of it to decide. "
        "robots.txt is obeyed.",
    )


class DigestSettings(Section):
    """What holds for a digest unless its subscription says otherwise."""

    time: Annotated[TimeOfDay, kinds.time_of_day()] = Field(
        default=TimeOfDay(8, 0), description="When it is posted, in the time zone below."
    )
    timezone: Annotated[str, names.zone()] = Field(
        default="UTC",
        description='The zone of those who read it, as in "Asia/Tashkent"; summer time is followed.',
    )
    weekdays: Annotated[tuple[str, ...], kinds.weekdays()] = Field(
        default=WEEK[:5],
        description="Days on which it is posted. Nothing is lost: a Monday's tells of the weekend.",
    )
    tiers: Annotated[tuple[str, ...], kinds.several(FLAGGED)] = Field(
        default=FLAGGED,
        description="What it tells of: core is Central Asia and minerals and policy, region is "
        "Central Asia and policy, "
        "minerals is minerals and policy anywhere.",
    )
    most: Annotated[int, kinds.whole(1, 40)] = Field(
        default=15,
        description="Events in one message, the weightiest first; the others follow in its thread.",
    )
    on_quiet_days: Annotated[bool, kinds.switch()] = Field(
        default=True, description="Say so when there is nothing to tell, rather than nothing."
    )
    holidays: Annotated[str, names.holidays()] = Field(
        default="",
        description='A country whose public holidays are skipped, as in "UZ"; the next digest tells of them.',
    )
    review: Annotated[str, kinds.choice(["no", *WEEK])] = Field(
        default="no", description="The day on which a review of the week is posted as well."
    )
    headings: Annotated[str, kinds.choice(list(LANGUAGES))] = Field(
        default="en", description="The language of what the bot says itself; headlines stay as they are."
    )


class AlertSettings(Section):
    """What cannot wait for a digest: core; signed, ratified or in force; by an official word or two."""

    on: Annotated[bool, kinds.switch()] = Field(
        default=False, description="Tell it at once, unless a subscription says otherwise (alerts:yes)."
    )
    per_day: Annotated[int, kinds.whole(0, 100)] = Field(
        default=5, description="Of one subscription, by its own calendar; the rest waits for the digest."
    )
    quiet_from: Annotated[TimeOfDay, kinds.time_of_day()] = Field(
        default=TimeOfDay(22), description="From then on nothing is told at once, in the subscription's zone."
    )
    quiet_until: Annotated[TimeOfDay, kinds.time_of_day()] = Field(
        default=TimeOfDay(7), description="Until then. The same time twice: there are no quiet hours."
    )


class RightsSettings(Section):
    """Who may change what. A channel's members propose the rest, an admin decides; a terminal may all."""

    admins: Annotated[tuple[str, ...], names.people()] = Field(
        default=(),
        description='Slack user ids of those who decide for all, as in ["U0123456789"]; a profile shows its '
        "own. Proposals are sent to them.",
    )
    workspace_admins: Annotated[bool, kinds.switch()] = Field(
        default=True,
        description="Let the workspace's admins and owners decide as well; needs the scope users:read.",
    )
    channel: Annotated[str, kinds.text(most=80)] = Field(
        default="", description="Where proposals are posted; empty: to each of the admins above."
    )
    subscriptions: Annotated[Holders, kinds.choice(HOLDERS)] = Field(
        default="members",
        description='A channel\'s subscriptions: "members" of the channel change them, or "admins" alone.',
    )
    mutes: Annotated[Holders, kinds.choice(HOLDERS)] = Field(
        default="members", description="What a channel does not want to see."
    )
    feeds: Annotated[Holders, kinds.choice(HOLDERS)] = Field(
        default="admins", description="Which feeds are polled: that is for all channels."
    )
    overrule: Annotated[Holders, kinds.choice(HOLDERS)] = Field(
        default="members",
        description="Joining events and parting them (join, split): that is for all, and can be undone.",
    )
    packs: Annotated[Holders, kinds.choice(HOLDERS)] = Field(
        default="admins", description="The words by which stories are decided."
    )


class UnderstandingSettings(Section):
    """How stories are decided."""

    packs: Annotated[tuple[Path, ...], names.folders()] = Field(
        default=(),
        description="Folders with packs of your own, read after those that ship; `steppewatch packs "
        "check` checks them.",
    )
    central_asia: Annotated[float, kinds.fraction()] = Field(
        default=0.5,
        description="A story has a topic when its score, from 0 to 1, reaches this line. "
        "Lower finds more and is wrong more often.",
    )
    critical_minerals: Annotated[float, kinds.fraction()] = Field(
        default=0.5, description="The line of critical_minerals."
    )
    policy: Annotated[float, kinds.fraction()] = Field(default=0.5, description="The line of policy.")
    others: Annotated[float, kinds.fraction()] = Field(
        default=0.5, description="The line of every topic that packs of your own bring."
    )
    grey: Annotated[float, kinds.fraction()] = Field(
        default=0.25,
        description="Marked for review is a story whose tier would change if its scores did by so much.",
    )


class KeepSettings(Section):
    """How long things are kept. Flagged stories, events and deliveries are kept for good."""

    unflagged: Annotated[timedelta, kinds.duration("14d", "3650d")] = Field(
        default=timedelta(days=90),
        description="Stories that were not flagged, since a feed last showed them: "
        "for so long `why` can say why not.",
    )


class LogSettings(Section):
    """What is told on stderr."""

    level: Annotated[
        Literal["debug", "info", "warning", "error"], kinds.choice(["debug", "info", "warning", "error"])
    ] = Field(default="info", description='"debug" also shows where an unexpected error came from.')
    format: Annotated[Literal["line", "json"], kinds.choice(["line", "json"])] = Field(
        default="line", description='One event a line either way: "line" for people, "json" for collectors.'
    )


class FeedSettings(Section):
    """A feed that is polled from the start."""

    url: Annotated[str, names.web_address(password=True)] = Field(repr=False)
    name: Annotated[str, kinds.text()] = ""
    lang: Annotated[str, names.language()] = ""
    country: Annotated[str, names.country()] = ""
    kind: Annotated[FeedKind, names.feed_kind()] = FeedKind.OTHER
    user_agent: Annotated[str, names.header(most=300)] = ""


_CHANNEL_ID: Final = re.compile(r"[CDGUW][A-Z0-9]{8,}")


class SubscriptionSettings(Section):
    """A channel's saved query with a timetable. What is None is as in [digest]; `Settings` fills it in."""

    name: Annotated[str, kinds.text(most=80, empty=False)]
    channel: Annotated[str, names.channel()]
    query: Annotated[str, names.query()] = ""
    time: Annotated[TimeOfDay | None, kinds.time_of_day()] = None
    timezone: Annotated[str | None, names.zone()] = None
    weekdays: Annotated[tuple[str, ...] | None, kinds.weekdays()] = None
    holidays: Annotated[str | None, names.holidays()] = None
    alerts: Annotated[bool | None, kinds.switch()] = None
    review: Annotated[str | None, kinds.choice(["no", *WEEK])] = None
    headings: Annotated[str | None, kinds.choice(list(LANGUAGES))] = None


class Settings(Section):
    """The whole configuration."""

    database: DatabaseSettings = DatabaseSettings()
    slack: SlackSettings = SlackSettings()
    poll: PollSettings = PollSettings()
    digest: DigestSettings = DigestSettings()
    alerts: AlertSettings = AlertSettings()
    rights: RightsSettings = RightsSettings()
    understanding: UnderstandingSettings = UnderstandingSettings()
    keep: KeepSettings = KeepSettings()
    log: LogSettings = LogSettings()
    feeds: tuple[FeedSettings, ...] = ()
    subscriptions: tuple[SubscriptionSettings, ...] = ()

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        """Give every subscription a timetable of its own."""
        usual = self.digest
        for subscription in self.subscriptions:
            for key in ("time", "timezone", "weekdays"):
                if getattr(subscription, key) is None:
                    # The one place that writes to a frozen value, before anybody has seen it.
                    object.__setattr__(subscription, key, getattr(usual, key))
        return self

    def known_secrets(self) -> tuple[str, ...]:
        """Every secret in here, for what hides secrets; never for showing."""
        found = [getattr(self.slack, key) for key in sorted(self.slack.secrets)]
        tokens = [secret.get_secret_value() for secret in found if secret]
        password = urlsplit(self.database.url).password
        return (*tokens, password, unquote(password)) if password else tuple(tokens)

    def lacking_for_slack(self) -> tuple[str, ...]:
        """What must be set before the bot can speak with Slack; empty when nothing is missing."""
        needed = ["bot_token", "app_token" if self.slack.mode == "socket" else "signing_secret"]
        return tuple(
            f"STEPPEWATCH_SLACK__{key.upper()} is not set"
            for key in needed
            if getattr(self.slack, key) is None
        )

    def called_by_name(self) -> tuple[str, ...]:
        """Channels that are called by their names, which are good for posting and for nothing else."""
        return tuple(
            f"{one.channel}, the channel of {one.name!r}, is a name: it can be posted to, but "
            "people there see and change the subscription only by the channel's id (C..., in its details)"
            for one in self.subscriptions
            if not _CHANNEL_ID.fullmatch(one.channel)
        )
