"""Every setting, declared once: key, type, default, what it may be, and what people read about it.

The values live in `user_settings`: in the column of the same name where the reference schema has one, else in the
JSON column `more`. Window, command line and tests all read this list; nothing else knows a setting's default.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any, cast

from productify.errors import UsageError

Value = bool | int | str | tuple[str, ...]


class Section(StrEnum):
    """The page of the settings window that a setting stands on."""

    GENERAL = "General"
    TRACKING = "Tracking"
    SCREENSHOTS = "Screenshots"
    FOCUS = "Focus"
    BREAKS = "Breaks"
    PRIVACY = "Privacy"
    APPEARANCE = "Appearance"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. `type` is bool, int, str or tuple (a list of texts); `choices` are (value, what people read).

    `low` and `high` bound an int. A setting with `column` lives in its own column of `user_settings`.
    """

    key: str
    type: type
    default: Value
    section: Section
    title: str
    help: str
    choices: tuple[tuple[Value, str], ...] = ()
    low: int | None = None
    high: int | None = None
    column: bool = False
    words: str = ""
    """More words that a search for this setting may use."""

    def checked(self, value: Any) -> Value:
        """Return `value` as this setting holds it; raises UsageError with what it may be instead."""
        plain = tuple(str(item) for item in value) if self.type is tuple and isinstance(value, list | tuple) else value
        if type(plain) is not self.type:
            raise UsageError(f"{self.title} cannot be {value!r}.", f"It is a {self.type.__name__}.")
        if isinstance(plain, int) and not isinstance(plain, bool) and not self._in_range(plain):
            raise UsageError(f"{self.title} cannot be {value}.", f"It may be {self.low} to {self.high}.")
        if isinstance(plain, str) and self.choices and plain not in [choice for choice, _ in self.choices]:
            raise UsageError(f"{self.title} cannot be {value!r}.", f"It may be {_listed(self.choices)}.")
        return cast("Value", plain)

    def _in_range(self, value: int) -> bool:
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


def _listed(choices: tuple[tuple[Value, str], ...]) -> str:
    return ", ".join(str(value) for value, _ in choices)


def _minutes(*counts: int) -> tuple[tuple[Value, str], ...]:
    return tuple((count * 60, f"{count} minute" if count == 1 else f"{count} minutes") for count in counts)


def _in_minutes(*counts: int) -> tuple[tuple[Value, str], ...]:
    """Return choices that are held in minutes, whole hours named as such."""
    return tuple((count, _span(count)) for count in counts)


def _span(minutes: int) -> str:
    if minutes % 60 or minutes < 120:
        return f"{minutes} minutes"
    return f"{minutes // 60} hours"


_HOURS: tuple[tuple[Value, str], ...] = tuple((hour * 60, f"{hour:02d}:00") for hour in range(24))

SETTINGS: tuple[Setting, ...] = (
    Setting(
        "start_on_boot", bool, False, Section.GENERAL, "Start when I log in",
        "Begins in the tray, tracking, without opening the window.", column=True, words="autostart boot login",
    ),
    Setting(
        "day_start", int, 240, Section.GENERAL, "A day begins at",
        "What you do before this belongs to the day before. Past days are counted anew when you change it.",
        choices=tuple((hour * 60, f"{hour:02d}:00") for hour in range(13)), low=0, high=720, words="night midnight",
    ),
    Setting(
        "tracking_enabled", bool, True, Section.TRACKING, "Track apps and websites",
        "Records the active window while you are at the keyboard.", column=True, words="record on off",
    ),
    Setting(
        "track_titles", bool, True, Section.TRACKING, "Window titles",
        "Needed for title rules. Off records app and site names only.", words="documents",
    ),
    Setting(
        "track_urls", bool, True, Section.TRACKING, "Website addresses",
        "Tells sites apart inside a browser. Off records the browser only.", words="url domain browser firefox",
    ),
    Setting(
        "browser_extension", bool, False, Section.TRACKING, "Browser extension",
        "Lets the extension tell the address in front and block sites in focus. It talks to this app alone, over a "
        "port that only this computer reaches.",
        words="chrome chromium firefox edge brave url address block sites pair",
    ),
    Setting(
        "idle_timeout", int, 300, Section.TRACKING, "Away after",
        "Time without keyboard or mouse before it counts as away. It then counts from your last input.",
        choices=_minutes(1, 2, 3, 5, 10, 15, 20, 30), low=60, high=1800, column=True, words="idle afk timeout inactive",
    ),
    Setting(
        "presence_calls", bool, True, Section.TRACKING, "Calls count without input",
        "A microphone or camera in use, or a call in front, is time at the keyboard. Locking and sleep always end it.",
        words="presence meeting microphone camera zoom teams away idle",
    ),
    Setting(
        "presence_call_minutes", int, 240, Section.TRACKING, "Longest call without input",
        "After this long without keyboard or mouse it counts as away: somebody forgot to hang up.",
        choices=_in_minutes(30, 60, 120, 180, 240, 480), low=1, high=720, words="presence meeting cap limit",
    ),
    Setting(
        "presence_video", bool, True, Section.TRACKING, "Full-screen video counts without input",
        "A picture over the whole screen with its sound. Games count by their input alone.",
        words="presence film movie player away idle",
    ),
    Setting(
        "presence_audio", bool, True, Section.TRACKING, "Videos and lectures in a window count without input",
        "While the window in front plays sound, and is for watching or learning. Music never counts.",
        words="presence sound audio youtube away idle",
    ),
    Setting(
        "presence_inhibitors", bool, True, Section.TRACKING, "Apps that keep the screen awake count without input",
        "Presentations and players ask the desktop not to dim; that shows somebody watching.",
        words="presence inhibit presentation slides away idle",
    ),
    Setting(
        "presence_video_minutes", int, 90, Section.TRACKING, "Longest video without input",
        "After this long without keyboard or mouse it counts as away, whatever still plays.",
        choices=_in_minutes(15, 30, 45, 60, 90, 120, 180, 240), low=1, high=720, words="presence cap limit",
    ),
    Setting(
        "presence_learning_minutes", int, 90, Section.TRACKING, "Longest lecture without input",
        "The same for sites and apps of the category Reference & learning.",
        choices=_in_minutes(15, 30, 45, 60, 90, 120, 180, 240), low=1, high=720, words="presence cap limit course",
    ),
    Setting(
        "return_ask", bool, True, Section.TRACKING, "Ask what an absence was",
        "When you come back, a card offers to say what you did: a meeting, a call, a break.",
        words="return away label idle prompt",
    ),
    Setting(
        "return_shortest", int, 5, Section.TRACKING, "Shortest absence to ask about",
        "You are not asked about shorter ones.",
        choices=_in_minutes(5, 10, 15, 20, 30, 45, 60), low=1, high=240, words="return away minimum",
    ),
    Setting(
        "return_longest", int, 240, Section.TRACKING, "Longest absence to ask about",
        "Longer ones, and those over the beginning of a day, are nights: you are not asked.",
        choices=_in_minutes(60, 90, 120, 180, 240, 360, 480), low=30, high=720, words="return away maximum night",
    ),
    Setting(
        "return_after_sleep", bool, False, Section.TRACKING, "Ask after sleep too",
        "Also when the computer slept meanwhile, as a closed laptop does.", words="return suspend laptop lid",
    ),
    Setting(
        "return_quiet_from", int, 0, Section.TRACKING, "Never ask from",
        "You are not asked about an absence whose middle lies in this time, such as lunch.",
        choices=_HOURS, low=0, high=1439, words="return lunch quiet",
    ),
    Setting(
        "return_quiet_until", int, 0, Section.TRACKING, "Never ask until",
        "The same hour as above: you may be asked at any time.",
        choices=_HOURS, low=0, high=1439, words="return lunch quiet",
    ),
    Setting(
        "screenshots_enabled", bool, False, Section.SCREENSHOTS, "Take screenshots",
        "Keeps pictures of your screens on this device. They never leave it.", column=True,
        words="picture capture shots on off",
    ),
    Setting(
        "screenshot_mode", str, "random", Section.SCREENSHOTS, "When",
        "At a random moment around the interval, exactly at it, or whenever another app comes to the front.",
        choices=(("random", "Random"), ("fixed", "Fixed"), ("switch", "App switch")), words="interval random trigger",
    ),
    Setting(
        "screenshot_interval", int, 600, Section.SCREENSHOTS, "Interval",
        "Random moments lie up to 30 % before or after it: for 10 minutes between 7 and 13.",
        choices=_minutes(1, 2, 5, 10, 15, 30, 60), low=10, high=3600, column=True, words="every minutes often",
    ),
    Setting(
        "screenshot_calls", bool, False, Section.SCREENSHOTS, "Also during calls",
        "Off: none while the microphone or camera is in use or a call is in front.", words="meeting video zoom",
    ),
    Setting(
        "screenshot_excluded", str, "cover", Section.SCREENSHOTS, "Windows of apps you never track",
        "Covered: a plain box is painted over them before anything is written. Left out: no picture of that monitor.",
        choices=(("cover", "Covered"), ("skip", "Left out")), words="exclude mask hide never",
    ),
    Setting(
        "screenshot_unmarked", str, "skip", Section.SCREENSHOTS, "Chrome and its kin",
        "They do not show which of their windows are private. Left out: no picture of a monitor with one of them, "
        "unless the paired extension says that it is not.",
        choices=(("skip", "Left out"), ("take", "Pictured")), words="chromium brave opera vivaldi incognito browser",
    ),
    Setting(
        "blur_screenshots", bool, False, Section.SCREENSHOTS, "Blur every screenshot",
        "Reduces them to shapes before they are written. This cannot be undone.", column=True, words="private hide",
    ),
    Setting(
        "blur_apps", tuple, (), Section.SCREENSHOTS, "Blur these apps",
        "A screenshot that shows one of them is blurred as a whole. Names as you see them, * stands for anything.",
        words="private hide blur",
    ),
    Setting(
        "blur_categories", tuple, (), Section.SCREENSHOTS, "Blur these categories",
        "A screenshot that shows an app of one of them is blurred as a whole.", words="private hide blur",
    ),
    Setting(
        "screenshot_quality", str, "medium", Section.SCREENSHOTS, "Quality",
        "Low is 1280 pixels wide, medium 1920, high as large as the screen.",
        choices=(("low", "Low"), ("medium", "Medium"), ("high", "High")), column=True, words="size resolution",
    ),
    Setting(
        "screenshot_format", str, "webp", Section.SCREENSHOTS, "Format",
        "WebP takes less room; JPEG opens everywhere.",
        choices=(("webp", "WebP"), ("jpeg", "JPEG")), words="file type jpg",
    ),
    Setting(
        "screenshot_days", int, 30, Section.SCREENSHOTS, "Keep for",
        "Older screenshots are deleted.",
        choices=tuple((days, f"{days} days") for days in (7, 14, 30, 60, 90)), low=7, high=90,
        words="retention delete age",
    ),
    Setting(
        "screenshot_gigabytes", int, 5, Section.SCREENSHOTS, "At most",
        "The oldest are deleted when they take more.",
        choices=tuple((size, f"{size} GB") for size in (2, 5, 10, 25)), low=2, high=25,
        words="retention disk space size limit",
    ),
    Setting(
        "screenshot_encrypted", bool, False, Section.SCREENSHOTS, "Encrypt on disk",
        "New screenshots can only be opened by this app. If the key is lost, so are they.", words="seal aes key secret",
    ),
    Setting(
        "screenshot_text", bool, False, Section.SCREENSHOTS, "Find words in screenshots",
        "Reads the text in them while you are away or on mains power, on this device.", words="ocr tesseract search",
    ),
    Setting(
        "focus_minutes", int, 50, Section.FOCUS, "Length of a session",
        "What a session lasts that is started without a length, from the tray or by Ctrl Enter.",
        choices=_in_minutes(25, 50, 90, 120), low=1, high=720, words="timer pomodoro default",
    ),
    Setting(
        "focus_passes", int, 3, Section.FOCUS, "Passes a day",
        "How often you may look at something blocked for a moment; each costs a written reason. None in strict mode.",
        choices=tuple((count, str(count)) for count in (0, 1, 2, 3, 5, 10)), low=0, high=10, words="block exception",
    ),
    Setting(
        "focus_pass_seconds", int, 60, Section.FOCUS, "A pass lasts",
        "After that it is blocked again.", choices=_minutes(1, 2, 3, 5), low=30, high=300, words="block exception",
    ),
    Setting(
        "focus_floating", bool, False, Section.FOCUS, "Floating timer",
        "A small window above all others shows the running session; drag it where it is not in the way.",
        words="window always on top mini",
    ),
    Setting(
        "focus_quiet", bool, True, Section.FOCUS, "Do not disturb while focusing",
        "Keeps other apps' notifications away where the desktop can be asked to. They come again in breaks and at the "
        "end.",
        words="quiet silence notifications banners mute dnd",
    ),
    Setting(
        "break_reminders", bool, True, Section.BREAKS, "Remind me of breaks",
        "Waits until you stop typing. Silent in calls, full screen and focus; it comes when they are over.",
        words="rest pause sitting posture reminder",
    ),
    Setting(
        "break_after", int, 50, Section.BREAKS, "After",
        "Time in one sitting. Being away for 5 minutes is a break by itself, and begins it anew.",
        choices=_in_minutes(20, 25, 30, 40, 50, 60, 75, 90, 120), low=10, high=240, words="rest sitting every often",
    ),
    Setting(
        "break_minutes", int, 5, Section.BREAKS, "A break lasts",
        "It is over when nobody touched anything for that long, or when you say so.",
        choices=_in_minutes(2, 3, 5, 10, 15, 20), low=1, high=60, words="rest length duration",
    ),
    Setting(
        "break_over_note", bool, True, Section.BREAKS, "Say when a break is over",
        "A note that waits for you; it asks nothing.", words="rest end back",
    ),
    Setting(
        "break_eyes", bool, False, Section.BREAKS, "Rest your eyes",
        "Every 20 minutes: look at something 20 feet (6 metres) away for 20 seconds. Never close to a break.",
        words="20-20-20 look away eye strain",
    ),
    Setting(
        "break_sound", bool, False, Section.BREAKS, "With a sound",
        "The one that your desktop has for notifications.", words="audio quiet mute",
    ),
    Setting(
        "break_quiet_from", int, 0, Section.BREAKS, "Quiet from",
        "You are reminded of nothing in this time.", choices=_HOURS, low=0, high=1439, words="hours night silent",
    ),
    Setting(
        "break_quiet_until", int, 0, Section.BREAKS, "Quiet until",
        "The same hour as above: you may be reminded at any time.",
        choices=_HOURS, low=0, high=1439, words="hours night silent",
    ),
    Setting(
        "excluded_apps", tuple, (), Section.PRIVACY, "Never track these apps",
        "Their time counts as private: no name, no title. Names as you see them, * stands for anything.",
        words="exclude hide block private",
    ),
    Setting(
        "excluded_sites", tuple, (), Section.PRIVACY, "Never track these sites",
        "Their time counts as private, with all their subdomains: no address, no title. "
        "In browsers whose address cannot be read, titles are left out while sites are excluded.",
        words="exclude hide domain website private bank",
    ),
    Setting(
        "excluded_words", tuple, (), Section.PRIVACY, "Never track titles with these words",
        "A window whose title holds one of them counts as private.", words="exclude hide title private",
    ),
    Setting(
        "exclude_private_windows", bool, True, Section.PRIVACY, "Private browser windows",
        "Counts private and incognito browser windows as private time.", words="incognito inprivate",
    ),
    Setting(
        "incognito_mode", bool, False, Section.PRIVACY, "Incognito",
        "Everything counts as private time until you switch it off.", column=True, words="private off the record",
    ),
    Setting(
        "theme", str, "system", Section.APPEARANCE, "Theme",
        "System follows your desktop.",
        choices=(("dark", "Dark"), ("light", "Light"), ("system", "System")), column=True, words="colour mode",
    ),
    Setting(
        "text_scale", int, 100, Section.APPEARANCE, "Text size",
        "Makes all text in this window larger or smaller.",
        choices=tuple((percent, f"{percent} %") for percent in (90, 100, 110, 125, 150)), low=90, high=150,
        words="font zoom scale",
    ),
    Setting(
        "motion", str, "system", Section.APPEARANCE, "Motion",
        "Reduced turns animations off.",
        choices=(("system", "System"), ("full", "Full"), ("reduced", "Reduced")), words="animation accessibility",
    ),
    Setting(
        "chart_patterns", bool, False, Section.APPEARANCE, "Patterns on charts",
        "Tells productive, neutral and distracting apart by pattern as well as colour.",
        words="colour blind accessibility contrast",
    ),
)  # fmt: skip

BY_KEY: Mapping[str, Setting] = MappingProxyType({setting.key: setting for setting in SETTINGS})


@dataclass(frozen=True, slots=True)
class Settings:
    """The value of every setting at one moment; read as attributes of the declared keys by `get`."""

    values: Mapping[str, Value] = field(default_factory=dict)

    def get(self, key: str) -> Value:
        """Return the value of `key`, its default where none was set; an unknown key raises KeyError."""
        setting = BY_KEY[key]
        return self.values.get(key, setting.default)

    def flag(self, key: str) -> bool:
        """Return a bool setting."""
        return bool(self.get(key))

    def number(self, key: str) -> int:
        """Return an int setting."""
        value = self.get(key)
        assert isinstance(value, int)
        return value

    def text(self, key: str) -> str:
        """Return a str setting."""
        return str(self.get(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list setting."""
        value = self.get(key)
        assert isinstance(value, tuple)
        return value

    def with_value(self, key: str, value: Any) -> "Settings":
        """Return a copy with `key` set; raises UsageError where the value does not fit."""
        if key not in BY_KEY:
            raise UsageError(f"There is no setting named {key}.")
        return Settings({**self.values, key: BY_KEY[key].checked(value)})
