"""Words and sentences about what works on this desktop; what each capability is called comes from who tells of it."""

from productify.domain import Capability, Health, Repair
from productify_ui.text.phrase import Phrase


class DesktopWords:
    """The section of the settings, its summary, and what stands beside."""

    title = Phrase("This desktop")
    tracked = Phrase("What is tracked, and by what")
    around = Phrase("Around the app")
    looking = Phrase("Looking what this desktop offers")

    all_works = Phrase("Everything is working")
    partly = Phrase("Tracking works, with gaps")
    some_missing = Phrase("Something cannot be tracked here")
    unknown = Phrase("Tracking is not running")
    check = Phrase("Run a check")
    what_to_do = Phrase("See what to do")
    works = Phrase("Works")
    degraded = Phrase("Partly")
    missing = Phrase("Missing")
    on = Phrase("On")
    off = Phrase("Off")
    state_of = Phrase("{title}: {state}, {backend}. {detail}")
    copy = Phrase("Copy")
    copy_command = Phrase("Copy the command: {command}")
    copied = Phrase("Copied. Paste it into a terminal.")

    install_extension = Phrase("Install the extension")
    switch_on_accessibility = Phrase("Switch accessibility on")
    switch_on_autostart = Phrase("Switch on")
    send_test = Phrase("Send a test")
    extension_done = Phrase("The extension is installed")
    extension_hint = Phrase("It works after you log out and in again.")
    accessibility_done = Phrase("Accessibility is on")
    autostart_done = Phrase("Productify Pro starts when you log in")
    autostart_hint = Phrase("In the tray, without opening the window.")
    test_done = Phrase("A notification was sent")
    test_hint = Phrase("Your desktop shows it, unless it is set to be quiet.")

    tracking_state = Phrase("{title}, {detail}")
    tracking_state_today = Phrase("{title}, {detail} · {total}")
    never_leaves = Phrase("Never leaves this device")
    nothing_sent = Phrase("Nothing is sent: there is no account and no server.")
    stays = Phrase("Apps, titles, addresses, notes and screenshots stay in your data folder.")
    never_recorded = Phrase("Never recorded")
    no_keys = Phrase("What you type or click. What windows show is kept in screenshots alone, if you want any.")
    no_private = Phrase("Names and titles of private and excluded windows: their time counts as private.")
    open_folder = Phrase("Open the folder")


desktop_words = DesktopWords()

_HEALTH = {Health.WORKS: "works", Health.DEGRADED: "degraded", Health.MISSING: "missing"}
_REPAIR = {
    Repair.GNOME_EXTENSION: ("install_extension", "extension_done", "extension_hint"),
    Repair.ACCESSIBILITY: ("switch_on_accessibility", "accessibility_done", ""),
    Repair.AUTOSTART: ("switch_on_autostart", "autostart_done", "autostart_hint"),
    Repair.NOTIFICATION: ("send_test", "test_done", "test_hint"),
}
_SWITCHES = frozenset({"autostart"})
"""Keys of what is a choice: on or off, rather than well or badly."""


def health_of(capability: Capability) -> str:
    """Return one word for how well something works."""
    if capability.key in _SWITCHES and capability.health is not Health.MISSING:
        return desktop_words.on if capability.health is Health.WORKS else desktop_words.off
    return str(getattr(desktop_words, _HEALTH[capability.health]))


def action_of(repair: Repair) -> str:
    """Return what the button of a repair says."""
    return str(getattr(desktop_words, _REPAIR[repair][0]))


def outcome_of(repair: Repair) -> tuple[str, str]:
    """Return what is told once a repair was done: a title and a sentence, which may be empty."""
    _action, title, hint = _REPAIR[repair]
    return str(getattr(desktop_words, title)), str(getattr(desktop_words, hint)) if hint else ""
