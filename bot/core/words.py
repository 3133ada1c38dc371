"""The closed vocabularies: tiers, topics, instruments, stages, kinds of feed.

One spelling of each word for code, store, commands, query language and JSON.
"""

from enum import StrEnum
from typing import Final

CENTRAL_ASIA: Final = "central_asia"
CRITICAL_MINERALS: Final = "critical_minerals"
POLICY: Final = "policy"
TOPICS: Final = (CENTRAL_ASIA, CRITICAL_MINERALS, POLICY)

FIVE: Final = ("KZ", "KG", "TJ", "TM", "UZ")
"""The five countries of Central Asia, ISO 3166-1 alpha-2."""

THE_FIVE: Final = frozenset(FIVE)
"""The same, where their order says nothing."""


class Tier(StrEnum):
    """What a story matters for, the weightiest first."""

    CORE = "core"  # Central Asia and minerals and policy
    REGION = "region"  # Central Asia and policy
    MINERALS = "minerals"  # minerals and policy
    NONE = "none"

    @property
    def flagged(self) -> bool:
        """Whether a story of this tier is shown to people."""
        return self is not Tier.NONE


class Instrument(StrEnum):
    """What kind of act a policy action is."""

    MOU = "mou"  # memoranda, declarations, letters of intent
    AGREEMENT = "agreement"  # a binding contract, between states or firms
    TREATY = "treaty"
    LAW = "law"  # law, decree, regulation, constitution, referendum
    STRATEGY = "strategy"
    EXPORT_CONTROL = "export_control"
    TARIFF = "tariff"
    SANCTIONS = "sanctions"
    LICENCE = "licence"
    TENDER = "tender"
    FINANCING = "financing"
    INVESTMENT = "investment"
    JOINT_VENTURE = "joint_venture"
    OFFTAKE = "offtake"
    STAKE_SALE = "stake_sale"
    NATIONALISATION = "nationalisation"
    SUBSIDY = "subsidy"
    STOCKPILE = "stockpile"
    LIST = "list"  # a list of strategic minerals
    SUMMIT = "summit"
    VISIT = "visit"
    DISCOVERY = "discovery"
    COURT = "court"
    INFRASTRUCTURE = "infrastructure"
    PRODUCTION = "production"  # output, guidance, a plant that opens
    APPOINTMENT = "appointment"
    STATEMENT = "statement"  # talk, analysis, a proposal without an act
    OTHER = "other"


class Stage(StrEnum):
    """How far a policy action has come."""

    PROPOSED = "proposed"
    NEGOTIATED = "negotiated"
    ANNOUNCED = "announced"  # decided or promised in public, not yet done
    SIGNED = "signed"
    RATIFIED = "ratified"
    IN_FORCE = "in_force"  # done, took effect, opened, happened
    SUSPENDED = "suspended"
    ENDED = "ended"
    NONE = "none"  # a statement or an analysis


class FeedKind(StrEnum):
    """Who speaks through a feed; it decides a source's standing."""

    OFFICIAL = "official"  # a government, a ministry, an international organisation
    AGENCY = "agency"
    INDEPENDENT = "independent"
    STATE = "state"  # owned by, or near to, a state
    TRADE = "trade"
    THINK_TANK = "think_tank"
    AGGREGATOR = "aggregator"
    OTHER = "other"
