"""Tables: facts, no logic. Importing this package registers every table on `Base.metadata`."""

from models.base import Base
from models.decision import Decision, Label
from models.delivery import Delivery, DeliveryEvent
from models.event import Event, EventFeature, EventKey, EventStory, Ruling, ThreadLink
from models.feed import Feed
from models.meta import Meta
from models.people import Change, Mute, Proposal, Unlearned, Vote
from models.story import Sighting, Story, StoryKey, StoryVersion
from models.subscription import Subscription

__all__ = [
    "Base",
    "Change",
    "Decision",
    "Delivery",
    "DeliveryEvent",
    "Event",
    "EventFeature",
    "EventKey",
    "EventStory",
    "Feed",
    "Label",
    "Meta",
    "Mute",
    "Proposal",
    "Ruling",
    "Sighting",
    "Story",
    "StoryKey",
    "StoryVersion",
    "Subscription",
    "ThreadLink",
    "Unlearned",
    "Vote",
]
