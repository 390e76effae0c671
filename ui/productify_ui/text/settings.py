"""Words and sentences of the settings; what each setting is called stands where it is declared."""

from PySide6.QtCore import QCoreApplication

from productify.settings import Setting, Value
from productify_ui.text.phrase import Phrase


class SettingsWords:
    """The settings page."""

    search = Phrase("Search settings")
    sections = Phrase("Sections of the settings")
    saved = Phrase("All changes saved")
    nothing_found = Phrase("No setting matches “{words}”.")
    add = Phrase("Add")
    add_to = Phrase("Add to: {title}")
    remove = Phrase("Remove {name}")
    placeholder_apps = Phrase("Name of an app, * for anything")
    placeholder_sites = Phrase("example.org")
    placeholder_words = Phrase("A word in the title")

    on_this_device = Phrase("On this device")
    database = Phrase("Database {size}")
    backups = Phrase("Daily backups {size}, the last 7 are kept")
    last_backup = Phrase("Last backup {day}")
    shots = Phrase("Screenshots {used}")
    key_in_keyring = Phrase("Encrypted with a key in your system's keyring.")
    key_in_file = Phrase("Encrypted with a key kept in the data folder, as the system's keyring could not be used.")
    no_backup = Phrase("No backup yet; the first is made today")

    kilobytes = Phrase("{count} KB")
    megabytes = Phrase("{count} MB")
    gigabytes = Phrase("{count} GB")


settings_words = SettingsWords()


def title_of(setting: Setting) -> str:
    """Return what a setting is called."""
    return QCoreApplication.translate("Settings", setting.title)


def help_of(setting: Setting) -> str:
    """Return what a setting does."""
    return QCoreApplication.translate("Settings", setting.help)


def choices_of(setting: Setting) -> list[tuple[Value, str]]:
    """Return the values of a setting with what people read for each."""
    return [(value, QCoreApplication.translate("Settings", text)) for value, text in setting.choices]


def section_name(section: str) -> str:
    """Return what a section is called."""
    return QCoreApplication.translate("Settings", section)


def size_text(count: int) -> str:
    """Return a number of bytes as people read it."""
    if count < 1_000_000:
        return settings_words.kilobytes.format(count=max(1, round(count / 1000)))
    if count < 1_000_000_000:
        return settings_words.megabytes.format(count=round(count / 1_000_000))
    return settings_words.gigabytes.format(count=f"{count / 1e9:.1f}")
