"""Settings: one TOML file and the environment, checked as a whole before anything else happens."""

from bot.config.load import SettingsError, find, load
from bot.config.settings import FeedSettings, RightsSettings, Settings, SubscriptionSettings

__all__ = [
    "FeedSettings",
    "RightsSettings",
    "Settings",
    "SettingsError",
    "SubscriptionSettings",
    "find",
    "load",
]
