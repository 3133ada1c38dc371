"""Settings: one TOML file and the environment, checked as a whole before anything else happens."""

from bot.config.load import find, load
from bot.config.settings import FeedSettings, Settings, SubscriptionSettings

__all__ = ["FeedSettings", "Settings", "SubscriptionSettings", "find", "load"]
