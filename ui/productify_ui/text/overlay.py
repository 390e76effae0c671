"""Words and sentences of the overlay over what is blocked."""

from datetime import tzinfo

from productify.domain import Blocked
from productify_ui.text import formats
from productify_ui.text.phrase import Phrase


class OverlayWords:
    """The screen that covers a blocked app or site."""

    window = Phrase("{name} is blocked")
    session = Phrase("Focus session")
    blocked = Phrase("Blocked")
    left = Phrase("left")
    place_left = Phrase("{place} · {time} left")
    spoken_left = Phrase("{time} left")
    can_wait = Phrase("{name} can wait")
    set_aside = Phrase("You set this time aside for {title}.")
    set_aside_untitled = Phrase("You set this time aside to focus.")
    by_list = Phrase("You chose not to go there now.")
    open_again = Phrase("It is open again at {time}.")
    open_another_day = Phrase("It is open again on {day} at {time}.")

    back_to = Phrase("Back to {name}")
    back = Phrase("Back to work")
    enter = Phrase("Enter")
    step_aside = Phrase("{seconds} seconds to close the tab")

    need_it = Phrase("Need it for work?")
    passes_left = Phrase("{left} of {count} passes left today")
    explain = Phrase("Write down why, then hold to open {name} for {length}. It will be noted in your session.")
    explain_apart = Phrase("Write down why, then hold to open {name} for {length}. It will be noted.")
    reason = Phrase("Why you need it")
    reason_hint = Phrase("Why do you need it?")
    hold = Phrase("Hold to open for {length}")
    keep_holding = Phrase("Keep holding, {seconds}s")
    hold_seconds = Phrase("{seconds} seconds")
    too_short = Phrase("At least {count} characters")
    one_minute = Phrase("1 minute")
    minutes = Phrase("{count} minutes")
    seconds = Phrase("{count} seconds")

    on_list = Phrase("On your {name} list.")
    before_once = Phrase("Blocked once before in this session.")
    before = Phrase("Blocked {count} times before in this session.")
    today_once = Phrase("Blocked once before today.")
    today = Phrase("Blocked {count} times before today.")
    strict = Phrase("Strict mode: no passes.")


overlay_words = OverlayWords()


def why(blocked: Blocked) -> tuple[str, str]:
    """Return the sentence that says why, with {title} where the session's title stands, and that title."""
    if blocked.title is not None:
        return overlay_words.set_aside, blocked.title
    return (overlay_words.set_aside_untitled if blocked.in_session else overlay_words.by_list), ""


def until_when(blocked: Blocked, now_day: object, zone: tzinfo) -> str:
    """Return when it is open again; the day is named where it is not `now_day`."""
    local, time = blocked.until.astimezone(zone).date(), formats.clock(blocked.until, zone)
    if local == now_day:
        return overlay_words.open_again.format(time=time)
    return overlay_words.open_another_day.format(day=formats.day(local), time=time)


def foot(blocked: Blocked) -> str:
    """Return the line at the bottom: the list, and how often it was blocked before."""
    words = overlay_words
    if blocked.earlier == 0:
        before = words.strict if blocked.strict else ""
    elif blocked.in_session:
        before = words.before_once if blocked.earlier == 1 else words.before.format(count=blocked.earlier)
    else:
        before = words.today_once if blocked.earlier == 1 else words.today.format(count=blocked.earlier)
    return f"{words.on_list.format(name=blocked.list_name)} {before}".rstrip()


def length(seconds: int) -> str:
    """Return how long a pass lasts, in words."""
    if seconds % 60:
        return overlay_words.seconds.format(count=seconds)
    return overlay_words.one_minute if seconds == 60 else overlay_words.minutes.format(count=seconds // 60)
