"""The values that cross a thread, a process or the wire: frozen, typed, without behaviour of their own worlds."""

from productify.domain.absence import Return
from productify.domain.activity import Activity, Category, EditScope, InputGap, Rule
from productify.domain.editing import Done, EditKind, IdlePreview, Part, Preview, Steps, Verdict
from productify.domain.figures import Bar, Dashboard, FigureSet, FocusBlock, Share, Totals
from productify.domain.notification import Notification, Urgency
from productify.domain.period import Period, PeriodKind
from productify.domain.screenshots import (
    Forecast,
    KeyPlace,
    Monitor,
    Pane,
    Rect,
    Scene,
    Shot,
    ShotCounts,
    ShotFilter,
    ShotHour,
    Skip,
    Skipped,
    Trigger,
    Word,
)
from productify.domain.search import Findings, Hit, Question
from productify.domain.states import AT_KEYBOARD, AWAY_STATES, Band, Origin, Presence, Productivity, State, band_of
from productify.domain.status import Capability, Capturing, Health, Mode, Repair, Running, Status
from productify.domain.timeline import Block, TimelineDay

__all__ = [
    "AT_KEYBOARD",
    "AWAY_STATES",
    "Activity",
    "Band",
    "Bar",
    "Block",
    "Capability",
    "Capturing",
    "Category",
    "Dashboard",
    "Done",
    "EditKind",
    "EditScope",
    "FigureSet",
    "Findings",
    "FocusBlock",
    "Forecast",
    "Health",
    "Hit",
    "IdlePreview",
    "InputGap",
    "KeyPlace",
    "Mode",
    "Monitor",
    "Notification",
    "Origin",
    "Pane",
    "Part",
    "Period",
    "PeriodKind",
    "Presence",
    "Preview",
    "Productivity",
    "Question",
    "Rect",
    "Repair",
    "Return",
    "Rule",
    "Running",
    "Scene",
    "Share",
    "Shot",
    "ShotCounts",
    "ShotFilter",
    "ShotHour",
    "Skip",
    "Skipped",
    "State",
    "Status",
    "Steps",
    "TimelineDay",
    "Totals",
    "Trigger",
    "Urgency",
    "Verdict",
    "Word",
    "band_of",
]
