"""The tables, one module per family; `Base.metadata` is what migrations are compared with."""

from productify.store.schema.account import User, UserSettings
from productify.store.schema.activity import Activity, InputGap
from productify.store.schema.base import Base
from productify.store.schema.calendar import CalendarEvent
from productify.store.schema.focus import (
    BlockExpiry,
    BlockListRow,
    BlockTarget,
    FocusAttempt,
    FocusSchedule,
    FocusSession,
)
from productify.store.schema.goal import Goal
from productify.store.schema.integration import Integration
from productify.store.schema.rollup import RollupDay, RollupDirty, RollupFacts
from productify.store.schema.rule import Category, ClassificationRule
from productify.store.schema.screenshot import Screenshot, ScreenshotSkip
from productify.store.schema.search import SearchDay, SearchDirty, SearchText
from productify.store.schema.shot_text import ShotText
from productify.store.schema.team import Team, TeamInvite, TeamMember
from productify.store.schema.upkeep import Edit, EditBatch
from productify.store.schema.work import WorkSession

__all__ = [
    "Activity",
    "Base",
    "BlockExpiry",
    "BlockListRow",
    "BlockTarget",
    "CalendarEvent",
    "Category",
    "ClassificationRule",
    "Edit",
    "EditBatch",
    "FocusAttempt",
    "FocusSchedule",
    "FocusSession",
    "Goal",
    "InputGap",
    "Integration",
    "RollupDay",
    "RollupDirty",
    "RollupFacts",
    "Screenshot",
    "ScreenshotSkip",
    "SearchDay",
    "SearchDirty",
    "SearchText",
    "ShotText",
    "Team",
    "TeamInvite",
    "TeamMember",
    "User",
    "UserSettings",
    "WorkSession",
]
