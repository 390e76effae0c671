"""The values that cross a thread, a process or the wire: frozen, typed, without behaviour of their own worlds."""

from productify.domain.absence import Return
from productify.domain.activity import Activity, Category, EditScope, InputGap, Rule
from productify.domain.editing import Done, EditKind, IdlePreview, Part, Preview, Steps, Verdict
from productify.domain.figures import Bar, Dashboard, FigureSet, FocusBlock, Share, Totals
from productify.domain.notification import Notification, Urgency
from productify.domain.period import Period, PeriodKind
from productify.domain.search import Findings, Hit, Question
from productify.domain.states import AT_KEYBOARD, AWAY_STATES, Band, Origin, Presence, Productivity, State, band_of
from productify.domain.status import Capability, Health, Mode, Repair, Running, Status
from productify.domain.timeline import Block, TimelineDay

__all__ = [
    "AT_KEYBOARD",
    "AWAY_STATES",
    "Activity",
    "Band",
    "Bar",
    "Block",
    "Capability",
    "Category",
    "Dashboard",
    "Done",
    "EditKind",
    "EditScope",
    "FigureSet",
    "Findings",
    "FocusBlock",
    "Health",
    "Hit",
    "IdlePreview",
    "InputGap",
    "Mode",
    "Notification",
    "Origin",
    "Part",
    "Period",
    "PeriodKind",
    "Presence",
    "Preview",
    "Productivity",
    "Question",
    "Repair",
    "Return",
    "Rule",
    "Running",
    "Share",
    "State",
    "Status",
    "Steps",
    "TimelineDay",
    "Totals",
    "Urgency",
    "Verdict",
    "band_of",
]
