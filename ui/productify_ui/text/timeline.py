"""Words and sentences of the timeline."""

from productify.domain import State
from productify_ui.text.phrase import Phrase


class TimelineWords:
    """Lanes, list, inspector, and what they say to a screen reader."""

    whole_day = Phrase("Whole day")
    activity_lane = Phrase("Activity")
    category_lane = Phrase("Category")
    screens_lane = Phrase("Screens")
    away_lane = Phrase("Away")
    shots_at = Phrase("{clock} · {count} shots")
    shot_at = Phrase("{clock} · 1 shot")
    open_shot = Phrase("Open the screenshot of {clock}")
    unclassified = Phrase("Unclassified")
    window_span = Phrase("{length} window")
    all_categories = Phrase("All categories")
    some_categories = Phrase("{count} categories")
    hide_nothing = Phrase("Show all")
    hide_under = Phrase("Hide under {length}")
    zoom_in = Phrase("Zoom in")
    zoom_out = Phrase("Zoom out")
    zoom = Phrase("Zoom")
    fit_day = Phrase("Fit day")

    away = Phrase("Away")
    locked = Phrase("Locked")
    asleep = Phrase("Asleep")
    paused = Phrase("Paused")
    private = Phrase("Private")
    system = Phrase("Desktop")
    off = Phrase("Off")
    off_row = Phrase("Not recorded")

    column_time = Phrase("Time")
    column_activity = Phrase("Activity")
    column_category = Phrase("Category")
    column_duration = Phrase("Duration")
    away_row = Phrase("Away from keyboard")
    locked_row = Phrase("Screen locked")
    asleep_row = Phrase("Computer asleep")
    paused_row = Phrase("Tracking paused")
    private_row = Phrase("Private time")
    system_row = Phrase("Desktop")

    canvas_name = Phrase("Timeline of {day}: {active} active, {away} away, {count} activities.")
    canvas_help = Phrase(
        "Left and right step through activities, with Shift they select several, up and down change the lane, plus and "
        "minus zoom. E edits, S splits, R files all like it, M merges, Delete deletes, N adds an entry."
    )
    overview_name = Phrase("Whole day, {range} in view")
    list_name = Phrase("Activities of {day}")
    empty_title = Phrase("Nothing was recorded on this day")
    empty_hint = Phrase("Days with activity show here, second by second.")

    filtered_title = Phrase("Nothing matches the filters")
    filtered_hint = Phrase("Show other categories or shorter activities.")

    inspector = Phrase("Selected activity")
    close_inspector = Phrase("Close")
    time = Phrase("Time")
    category = Phrase("Category")
    productivity = Phrase("Productivity")
    decided_user = Phrase("You decided this.")
    decided_rule = Phrase("One of your rules decided this.")
    decided_catalogue = Phrase("From the shipped catalogue.")
    decided_nobody = Phrase("Nothing knows this app yet.")
    save = Phrase("Save changes")


timeline_words = TimelineWords()

_STATES = {
    State.AWAY: ("away", "away_row"),
    State.LOCKED: ("locked", "locked_row"),
    State.ASLEEP: ("asleep", "asleep_row"),
    State.PAUSED: ("paused", "paused_row"),
    State.PRIVATE: ("private", "private_row"),
    State.SYSTEM: ("system", "system_row"),
    State.OFF: ("off", "off_row"),
}


def state_name(cause: State) -> str:
    """Return one word for a state."""
    return str(getattr(timeline_words, _STATES[cause][0]))


def state_row(cause: State) -> str:
    """Return what a list says of time in a state."""
    return str(getattr(timeline_words, _STATES[cause][1]))
