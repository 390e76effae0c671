"""The values that cross a thread, a process or the wire: frozen, typed, without behaviour of their own worlds."""

from productify.domain.activity import Activity, Category, EditScope, InputGap, Rule
from productify.domain.figures import Bar, Dashboard, FigureSet, FocusBlock, Share, Totals
from productify.domain.period import Period, PeriodKind
from productify.domain.states import AT_KEYBOARD, AWAY_STATES, Band, Origin, Presence, Productivity, State, band_of
from productify.domain.status import Capability, Health, Mode, Running, Status
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
    "EditScope",
    "FigureSet",
    "FocusBlock",
    "Health",
    "InputGap",
    "Mode",
    "Origin",
    "Period",
    "PeriodKind",
    "Presence",
    "Productivity",
    "Rule",
    "Running",
    "Share",
    "State",
    "Status",
    "TimelineDay",
    "Totals",
    "band_of",
]
