"""Words and sentences of the screenshots: the gallery, one picture over the window, and what was never taken."""

from productify.domain import Forecast
from productify.settings import Settings
from productify_ui.text import formats
from productify_ui.text.phrase import Phrase
from productify_ui.text.settings import size_text


class GalleryWords:
    """The page of the screenshots."""

    find = Phrase("Search")
    find_titles = Phrase("Search window titles")
    find_words = Phrase("Search titles and words")
    find_titles_only = Phrase("Only window titles and apps are searched.")
    find_off = Phrase("Only window titles and apps are searched. The words in screenshots can be found too.")
    find_switch_on = Phrase("Read the words, on this device")

    take_one = Phrase("Take one now")
    taken = Phrase("One screenshot was taken")
    taken_many = Phrase("{count} screenshots were taken")
    taken_hint = Phrase("One of each monitor.")

    all = Phrase("All")
    more_apps = Phrase("{count} more")
    any_app = Phrase("All apps")
    any_category = Phrase("All categories")
    any_monitor = Phrase("All monitors")
    monitor = Phrase("Monitor")
    blurred = Phrase("Blurred")
    chip_name = Phrase("{name}, {count} screenshots")
    sizes = Phrase("Size of the pictures")
    small = Phrase("S")
    medium = Phrase("M")
    large = Phrase("L")

    one_shot = Phrase("1 shot")
    many_shots = Phrase("{count} shots")
    hour_detail = Phrase("{shots} · {active} active")
    day_and_hour = Phrase("{day}, {clock}")
    select_hour = Phrase("Select hour")
    unselect_hour = Phrase("Unselect hour")
    no_app = Phrase("Unknown")

    grid_name = Phrase("Screenshots of {period}: {count}")
    grid_name_selected = Phrase("Screenshots of {period}: {count}, {selected} selected")
    grid_help = Phrase(
        "Arrow keys go from one to the next, with Shift they select, Space selects, Enter opens, Ctrl+A selects all, "
        "B blurs, Delete deletes."
    )
    current = Phrase("{app}, {title}, {clock}")
    open = Phrase("Open")
    blur = Phrase("Blur")
    delete = Phrase("Delete")
    show_on_timeline = Phrase("Show on timeline")
    select = Phrase("Select")

    selected = Phrase("{count} selected")
    select_none = Phrase("Select none")

    used = Phrase("{used} of {limit} used")
    nothing = Phrase("0 MB")
    every = Phrase("Every {interval}")
    every_about = Phrase("About every {interval}")
    on_switch = Phrase("When the app changes")
    not_taken = Phrase("Off")
    kept = Phrase("kept {days} days")
    this_device = Phrase("this device only")
    this_device_sealed = Phrase("this device only, new ones encrypted")
    between = Phrase(" · ")
    a_month = Phrase("{size} a month")
    days_left = Phrase("{days} days left until the oldest are deleted")
    enough_room = Phrase("nothing has to be deleted")
    too_new = Phrase("A forecast needs a few days of screenshots.")
    skipped_link = Phrase("What was skipped")

    one_deleted = Phrase("1 screenshot deleted")
    many_deleted = Phrase("{count} screenshots deleted")
    deleted_hint = Phrase("It can be brought back for 24 hours.")
    deleted_hint_many = Phrase("They can be brought back for 24 hours.")
    ask_blur_one = Phrase("Blur this screenshot?")
    ask_blur_many = Phrase("Blur {count} screenshots?")
    ask_blur_hint = Phrase("What they show becomes unreadable in the file itself. This cannot be undone.")
    ask_blur_hint_one = Phrase("What it shows becomes unreadable in the file itself. This cannot be undone.")
    one_blurred = Phrase("1 screenshot blurred")
    many_blurred = Phrase("{count} screenshots blurred")
    blurring = Phrase("Blurring screenshots")
    blurring_state = Phrase("{done} of {all}")
    blur_stopped = Phrase("Stopped: the others are as they were.")
    cancel = Phrase("Cancel")

    off_title = Phrase("Screenshots are off")
    off_hint = Phrase("Nothing is pictured unless you want it.")
    off_keep = Phrase("Keeps a small picture of your screens every few minutes, so that you see what you were doing.")
    off_stay = Phrase("Everything stays in your data folder on this device. Nothing is sent anywhere.")
    off_never = Phrase(
        "Never pictured: private browser windows, password managers, what you exclude, locked screens, and time paused "
        "or incognito."
    )
    off_end = Phrase("Deleted by themselves after {days} days, or once they take more than {limit}.")
    off_button = Phrase("Take screenshots")
    ask_on = Phrase("Take screenshots from now on?")
    ask_on_hint = Phrase(
        "Pictures of your screens are kept on this device, {days} days long and {limit} at most. Delete, blur or stop "
        "them whenever you like; a mark in the tray shows that they are on."
    )
    ask_on_yes = Phrase("Yes, take screenshots")
    privacy_button = Phrase("Privacy settings")
    none_title = Phrase("No screenshots in this time")
    none_hint_today = Phrase("The next one is taken while you work.")
    none_hint = Phrase("Other days may have some.")
    unmatched_title = Phrase("No screenshot matches")
    unmatched_hint = Phrase("Show all of them again, or choose another time.")
    show_all = Phrase("Show all")

    unable = Phrase("No screenshots are taken right now")
    what_to_do = Phrase("See what to do")
    paused = Phrase("Screenshots are paused")
    paused_hint = Phrase("Tracking goes on.")
    resume = Phrase("Resume screenshots")

    def off_lines(self, days: int, limit: str) -> tuple[str, ...]:
        """Return what is said where they are off: what they keep, and what never."""
        return (self.off_keep, self.off_stay, self.off_never, self.off_end.format(days=days, limit=limit))


gallery_words = GalleryWords()


def shots_text(count: int) -> str:
    """Return how many there are, in words."""
    return gallery_words.one_shot if count == 1 else gallery_words.many_shots.format(count=f"{count:,}")


def limit_text(settings: Settings) -> str:
    """Return the most that they may take."""
    return size_text(settings.number("screenshot_gigabytes") * 1_000_000_000).replace(".0", "")


def used_text(forecast: Forecast) -> str:
    """Return what they take, of what they may."""
    used = size_text(forecast.used) if forecast.used else gallery_words.nothing
    return gallery_words.used.format(used=used, limit=size_text(forecast.limit).replace(".0", ""))


def forecast_text(forecast: Forecast) -> str:
    """Return what they will take, and how long that goes well."""
    if forecast.a_month is None:
        return gallery_words.too_new
    month = gallery_words.a_month.format(size=size_text(forecast.a_month))
    left = gallery_words.enough_room
    if forecast.days_left is not None:
        left = gallery_words.days_left.format(days=forecast.days_left)
    return f"{month}, {left}"


def kept_text(settings: Settings) -> str:
    """Return how often they are taken, how long they are kept, and where."""
    here = gallery_words.this_device_sealed if settings.flag("screenshot_encrypted") else gallery_words.this_device
    kept = gallery_words.kept.format(days=settings.number("screenshot_days"))
    return gallery_words.between.join((_how_often(settings), kept, here))


def _how_often(settings: Settings) -> str:
    if not settings.flag("screenshots_enabled"):
        return gallery_words.not_taken
    interval = formats.rounded_span(settings.number("screenshot_interval") * 1000)
    match settings.text("screenshot_mode"):
        case "switch":
            return gallery_words.on_switch
        case "fixed":
            return gallery_words.every.format(interval=interval)
        case _:
            return gallery_words.every_about.format(interval=interval)
