"""Words and sentences of focus sessions: the page, its editors, the tray and the small window."""

from collections.abc import Sequence
from datetime import date, timedelta

from productify.domain import FocusOffer, FocusRecord, FocusState, Weekly
from productify_ui.text import formats
from productify_ui.text.phrase import Phrase

_MONDAY = date(2024, 1, 1)


class FocusWords:
    """Names, buttons and sentences."""

    focus = Phrase("Focus")
    group = Phrase("Improve")
    history = Phrase("Session history")
    schedule = Phrase("Schedule")
    lists = Phrase("Block lists")
    open_settings = Phrase("Focus settings")
    back = Phrase("Back to the timer")

    title = Phrase("What you work on")
    title_hint = Phrase("What will you work on?")
    project = Phrase("Project")
    project_name = Phrase("Project: {project}")
    project_hint = Phrase("Name a project")
    no_project = Phrase("No project")
    ends = Phrase("ends {clock}")
    ends_cycles = Phrase("{cycles} × {minutes}m with breaks, ends {clock}")
    ring_ready = Phrase("{length}, ends {clock}")
    start = Phrase("Start focus")
    start_keys = Phrase("Ctrl Enter")
    length = Phrase("Length of the session")
    minutes = Phrase("{minutes} min")
    custom = Phrase("Custom")
    pomodoro = Phrase("Pomodoro")
    custom_title = Phrase("Length in minutes")
    custom_hint = Phrase("1 to 720 minutes.")
    use = Phrase("Use it")
    work_minutes = Phrase("Focus")
    rest_minutes = Phrase("Short break")
    long_minutes = Phrase("Long break")
    cycles = Phrase("Rounds")
    cycles_hint = Phrase("Lengths are 1 to 180 minutes, rounds 1 to 12.")

    block_heading = Phrase("Block while focusing")
    blocking = Phrase("Blocking")
    allow_heading = Phrase("Allow only")
    allowing = Phrase("Allowing only")
    block_caption = Phrase("Block")
    blocks_paused = Phrase("Not blocking now")
    list_named = Phrase("{name} list, {content}")
    lists_named = Phrase("{count} lists, {content}")
    lists_mixed = Phrase("{count} lists, {blocked} blocked, {allowed} allowed")
    all_but = Phrase("All but {content}")
    everything = Phrase("Everything")
    in_common = Phrase("nothing in common")
    headed = Phrase("{heading}: {content}")
    and_more = Phrase("{names} and {count} more")
    nothing_blocked = Phrase("nothing")
    choose_lists = Phrase("Choose block lists")
    edit_list = Phrase("Edit list")
    edit_lists = Phrase("Edit lists")
    view_list = Phrase("View list")
    one_app = Phrase("1 app")
    many_apps = Phrase("{count} apps")
    one_site = Phrase("1 site")
    many_sites = Phrase("{count} sites")
    one_category = Phrase("1 category")
    many_categories = Phrase("{count} categories")
    two = Phrase("{first} and {second}")
    three = Phrase("{first}, {second} and {third}")
    empty_list = Phrase("no entries yet")
    more = Phrase("{count} more")
    add = Phrase("Add")
    add_title = Phrase("Block an app or a site")
    add_hint = Phrase("reddit.com, reddit.com/r/all or Steam")
    allow_title = Phrase("Allow an app or a site")
    remove = Phrase("Stop blocking {name}")
    removed = Phrase("{name} is no longer blocked")
    remove_allowed = Phrase("Stop allowing {name}")
    removed_allowed = Phrase("{name} is no longer allowed")
    undo = Phrase("Undo")
    strict = Phrase("Strict mode")
    strict_hint = Phrase("Blocks cannot be lifted and the session cannot end early.")

    offer = Phrase("You focus best {days} from {clock}. Start then?")
    schedule_it = Phrase("Schedule it")
    dismiss = Phrase("Dismiss")
    scheduled = Phrase("Scheduled {days} at {clock}")
    scheduled_hint = Phrase("The session begins by itself; you are told a minute before.")
    day_to_day = Phrase("{first} to {last}")
    days_and = Phrase("{days} and {last}")
    every_day = Phrase("every day")

    untitled = Phrase("Focus session")
    left_of = Phrase("left of {length}, ends {clock}")
    paused = Phrase("Paused")
    paused_left = Phrase("Paused, {length} in all")
    over = Phrase("over the {length} that were planned")
    short_break = Phrase("short break, focus at {clock}")
    long_break = Phrase("long break, then it is done")
    cycle_left = Phrase("round {cycle} of {cycles}, until {clock}")
    left_spoken = Phrase("{time} left")
    over_spoken = Phrase("{time} over")
    pause = Phrase("Pause")
    resume = Phrase("Resume")
    five_more = Phrase("5 min")
    five_more_name = Phrase("Five minutes more")
    end = Phrase("End session")
    end_here = Phrase("Finish")
    emergency = Phrase("Emergency end")
    emergency_hint = Phrase("Strict mode holds until {clock}. There is one emergency end in seven days.")
    emergency_used = Phrase("Strict mode holds until {clock}. The emergency end is there again {when}.")
    emergency_title = Phrase("End this strict session now?")
    emergency_text = Phrase("There is no other emergency end in the next seven days. The session counts as cancelled.")
    end_title = Phrase("End this session early?")
    end_text = Phrase("{left} of it are left, and a session that has ended cannot go on.")
    keep_going = Phrase("Keep going")
    muted = Phrase("Notifications muted")
    then_break = Phrase("Then a {minutes} min break")
    then_focus = Phrase("Then {minutes} min of focus")
    round_of = Phrase("Round {cycle} of {cycles}")

    focused_today = Phrase("Focused today")
    streak = Phrase("Streak")
    blocked_today = Phrase("Blocked today")
    one_session = Phrase("1 session")
    many_sessions = Phrase("{count} sessions")
    no_sessions = Phrase("no session yet")
    unit_day = Phrase("day")
    unit_days = Phrase("days")
    streak_hint = Phrase("days in a row")
    best_days = Phrase("best {count} days")
    best_day = Phrase("best 1 day")
    count_yesterday = Phrase("{count} yesterday")
    sessions_today = Phrase("Sessions today")
    done = Phrase("{count} done")
    early = Phrase("{count} ended early")
    one_running = Phrase("1 running")
    no_sessions_hint = Phrase("The sessions of the day will stand here.")
    one_blocked = Phrase("1 attempt blocked")
    many_blocked = Phrase("{count} attempts blocked")
    no_distractions = Phrase("No distractions")
    line = Phrase("{range} · {blocked}")
    ended_early = Phrase("Ended early")
    is_strict = Phrase("Strict")
    show_all = Phrase("Show all")
    this_week = Phrase("This week")
    week_hint = Phrase("Your focused time of each day will stand here.")
    week_spoken = Phrase("Focused time this week: {days}")
    pulled = Phrase("What pulled you away")
    last_seven = Phrase("last 7 days")
    one_attempt = Phrase("1 attempt")
    many_attempts = Phrase("{count} attempts")
    pulled_hint = Phrase("What was blocked most often will stand here.")
    pulled_row = Phrase("{name}: {attempts}")

    ended_title = Phrase("{title} is done")
    ended_cancelled = Phrase("{title} ended early")
    ended_line = Phrase("{length} of focus · {blocked}")
    ended_none = Phrase("Nothing was blocked. Undisturbed all the way.")
    passed = Phrase("passed: {reason}")
    once = Phrase("once")

    history_empty = Phrase("No sessions in these weeks")
    history_empty_hint = Phrase("Each focus session will stand here, with what was blocked in it.")
    history_span = Phrase("{first} to {last}")
    earlier = Phrase("Earlier")
    later = Phrase("Later")
    day_sum = Phrase("{sessions}, {length}")
    planned = Phrase("of {length}")
    attempts_show = Phrase("Show what was blocked")
    attempts_hide = Phrase("Hide what was blocked")
    attempt_line = Phrase("{clock} {name}, by the list {list}")
    attempt_pass = Phrase("{clock} {name}, pass taken: {reason}")

    each_week = Phrase("Each week")
    schedule_hint = Phrase("Sessions that begin by themselves each week. You are told a minute before.")
    schedule_empty = Phrase("Nothing is scheduled")
    schedule_empty_hint = Phrase("A weekly session begins by itself at its hour, with its lists and its length.")
    new_schedule = Phrase("New weekly session")
    edit_schedule = Phrase("Weekly session")
    schedule_line = Phrase("{days} · {range}")
    days_label = Phrase("Days")
    begins = Phrase("Begins at")
    lasts = Phrase("Lasts (minutes)")
    blocks_label = Phrase("Blocks")
    blocks_nothing = Phrase("Blocks nothing")
    switch_schedule = Phrase("{title}, on or off")
    bad_clock = Phrase("Write a time such as 9:00.")
    bad_minutes = Phrase("A weekly session lasts 5 to 720 minutes.")
    no_days = Phrase("Choose at least one day.")
    save = Phrase("Save")
    cancel = Phrase("Cancel")
    delete = Phrase("Delete")
    delete_list = Phrase("Delete the list {name}?")
    delete_list_hint = Phrase("What was blocked by it stays in the history.")
    edit_named = Phrase("Edit {name}")

    new_list = Phrase("New list")
    new_list_name = Phrase("New list")
    list_name = Phrase("Name of the list")
    mode = Phrase("What it does")
    mode_block = Phrase("Blocks these")
    mode_allow = Phrase("Everything except these")
    allow_hint = Phrase("Everything but these entries is blocked. Productify Pro and the desktop itself never are.")
    sites = Phrase("Sites")
    sites_hint = Phrase("With subdomains; a path narrows it: reddit.com/r/all")
    site_field = Phrase("reddit.com")
    apps = Phrase("Apps")
    apps_hint = Phrase("Names as you see them, * stands for anything")
    app_field = Phrase("Steam")
    categories = Phrase("Categories")
    categories_hint = Phrase("All apps and sites that count as one of these")
    add_to = Phrase("Add to {kind}")
    show_more = Phrase("Show {count} more")
    hours = Phrase("Blocks by itself")
    hours_hint = Phrase("In these hours it blocks without a session.")
    add_hours = Phrase("Add hours")
    hours_from = Phrase("From")
    hours_to = Phrase("To")
    hours_line = Phrase("{days} {start} – {end}")
    remove_hours = Phrase("Remove {hours}")
    bad_hours = Phrase("Write times such as 9:00 and 17:30, and choose the days.")
    allowance = Phrase("Daily allowance")
    allowance_hint = Phrase("So long a day it is let through, in its hours or all day, before it blocks by itself.")
    allowance_minutes = Phrase("{minutes} min a day")
    no_allowance = Phrase("No allowance")
    list_on = Phrase("Active")
    list_on_hint = Phrase("Switched off it blocks nothing by itself; sessions can still use it.")
    reset = Phrase("Reset to how it came")
    reset_list = Phrase("Reset the list {name} to how it came?")
    reset_list_hint = Phrase("All that you changed in it is lost: its entries, its name, its hours and its allowance.")
    reset_it = Phrase("Reset")
    restore_shipped = Phrase("Bring back Deep work")
    was_reset = Phrase("{name} is as it came")

    tray_start = Phrase("Start focus")
    tray_focus = Phrase("Focus: {title}, {time} left")
    tray_over = Phrase("Focus: {title}, {time} over")
    tray_paused = Phrase("Focus: {title}, paused")
    tray_break = Phrase("Break, {time} left")
    take_break = Phrase("Take a break")
    break_begun = Phrase("A break until {clock}")
    break_begun_hint = Phrase("Step away from the screen. It is over earlier if you say so.")
    tray_five = Phrase("Five minutes more")
    tray_pause = Phrase("Pause focus")
    tray_resume = Phrase("Resume focus")
    palette_start = Phrase("Start focus {minutes} min")
    palette_more = Phrase("Focus five minutes longer")
    schedule_named = Phrase("Schedule of focus sessions")
    palette_end = Phrase("End focus session")
    quit_title = Phrase("A focus session is running")
    quit_hint = Phrase(
        "Nothing is blocked while Productify Pro is closed. Open it again before the session ends and it goes on."
    )
    quit_strict_hint = Phrase(
        "It is strict and goes on until {clock}: it is there again as soon as Productify Pro is open."
    )
    quit_anyway = Phrase("Quit")
    floating = Phrase("Focus timer")
    pill = Phrase("Focus session, {time}")


focus_words = FocusWords()
say = focus_words


def count_text(count: int, one: str, many: str) -> str:
    """Return `one` of a single thing, else `many` with the number in it."""
    return one if count == 1 else many.format(count=count)


def blocked_text(count: int) -> str:
    """Return how many attempts were blocked."""
    return count_text(count, say.one_blocked, say.many_blocked) if count else say.no_distractions


def weekday_name(weekday: int) -> str:
    """Return `Mon` for 0."""
    return formats.weekday(_MONDAY + timedelta(days=weekday))


def days_text(weekdays: frozenset[int]) -> str:
    """Return `Tue to Thu`, `Mon and Wed`, `every day`."""
    days = sorted(weekdays)
    if len(days) == 7:
        return say.every_day
    names = [weekday_name(day) for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return say.day_to_day.format(first=names[0], last=names[-1])
    if len(names) > 1:
        return say.days_and.format(days=", ".join(names[:-1]), last=names[-1])
    return "".join(names)


def wall_text(minutes: int) -> str:
    """Return a time of day by its minutes since midnight, in the locale's hours."""
    hour, minute = divmod(minutes % (24 * 60), 60)
    if formats.uses_am_pm():
        return f"{hour % 12 or 12}:{minute:02d} {'AM' if hour < 12 else 'PM'}"
    return f"{hour:02d}:{minute:02d}"


def hours_text(weekly: Weekly) -> str:
    """Return a stretch of the week: `Mon to Fri 09:00 – 17:30`."""
    return say.hours_line.format(
        days=days_text(weekly.weekdays), start=wall_text(weekly.start), end=wall_text(weekly.end)
    )


def offer_text(offer: FocusOffer) -> str:
    """Return the suggestion to begin in the user's best hours."""
    return say.offer.format(days=days_text(offer.weekdays), clock=wall_text(offer.start))


def title_of(title: str | None) -> str:
    """Return a session's title, or what stands for it."""
    return title or say.untitled


def sessions_text(records: Sequence[FocusRecord], *, is_running: bool) -> str:
    """Return how many sessions were done, how many ended early, and whether one runs: `2 done, 1 ended early`."""
    done = sum(record.state is FocusState.COMPLETED for record in records)
    early = sum(record.state is FocusState.CANCELLED for record in records)
    parts = (
        say.done.format(count=done) if done else "",
        say.early.format(count=early) if early else "",
        say.one_running if is_running else "",
    )
    return ", ".join(part for part in parts if part)


def outcome_text(record: FocusRecord) -> str:
    """Return how a session went: what was blocked, and whether it was ended early."""
    blocked = blocked_text(record.attempts)
    if record.state is FocusState.CANCELLED:
        return f"{blocked} · {say.ended_early}" if record.attempts else say.ended_early
    return blocked
