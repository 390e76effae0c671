"""Browser profiles on this machine, and what their own files say of the extension. Reads, never writes."""

import configparser
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from productify.bridge_api.identity import CHROMIUM_ID, FIREFOX_ID

_CHROMIUM_LINUX = {
    "Chrome": (".config/google-chrome", ".var/app/com.google.Chrome/config/google-chrome"),
    "Chromium": (
        ".config/chromium", "snap/chromium/common/chromium", ".var/app/org.chromium.Chromium/config/chromium",
    ),
    "Brave": (
        ".config/BraveSoftware/Brave-Browser", ".var/app/com.brave.Browser/config/BraveSoftware/Brave-Browser",
        "snap/brave/current/.config/BraveSoftware/Brave-Browser",
    ),
    "Edge": (".config/microsoft-edge", ".var/app/com.microsoft.Edge/config/microsoft-edge"),
    "Vivaldi": (".config/vivaldi",),
    "Opera": (".config/opera",),
}  # fmt: skip
_CHROMIUM_MAC = {
    "Chrome": ("Google/Chrome",),
    "Chromium": ("Chromium",),
    "Brave": ("BraveSoftware/Brave-Browser",),
    "Edge": ("Microsoft Edge",),
    "Vivaldi": ("Vivaldi",),
    "Opera": ("com.operasoftware.Opera",),
}
_CHROMIUM_WINDOWS = {
    "Chrome": ("Google/Chrome/User Data",),
    "Chromium": ("Chromium/User Data",),
    "Brave": ("BraveSoftware/Brave-Browser/User Data",),
    "Edge": ("Microsoft/Edge/User Data",),
    "Vivaldi": ("Vivaldi/User Data",),
}
_FIREFOX_LINUX = (
    ".mozilla/firefox", ".config/mozilla/firefox", "snap/firefox/common/.mozilla/firefox",
    ".var/app/org.mozilla.firefox/.mozilla/firefox",
)  # fmt: skip
_ALL_SITES = frozenset({"http://*/*", "https://*/*"})
_UUID = re.compile(rf'{re.escape(FIREFOX_ID)}\\*":\\*"([0-9a-f-]{{36}})')
_MAC, _WINDOWS_LOCAL, _WINDOWS_ROAMING = "Library/Application Support", "AppData/Local", "AppData/Roaming"


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile that was used at least once; all but its name is of the extension, where `installed`.

    `reaches` is false where the user took sites out of its reach. `origin` is what it names itself by to the app, None
    where that is not of this profile alone.
    """

    browser: str
    name: str
    installed: bool
    enabled: bool = False
    in_private: bool = False
    reaches: bool = True
    origin: str | None = None


def profiles(home: Path, platform: str) -> tuple[Profile, ...]:
    """Return the profiles below the default folders of `platform` (as in sys.platform)."""
    return (*_chromium(home, platform), *_firefox(home, platform))


def _chromium(home: Path, platform: str) -> Iterator[Profile]:
    base = home
    known: Mapping[str, tuple[str, ...]] = _CHROMIUM_LINUX
    if platform == "darwin":
        base, known = home / _MAC, _CHROMIUM_MAC
    elif platform == "win32":
        base, known = home / _WINDOWS_LOCAL, _CHROMIUM_WINDOWS
    for browser, folders in known.items():
        for folder in folders:
            for preferences in sorted((base / folder).glob("*/Preferences")):
                if preferences.parent.name not in ("System Profile", "Guest Profile"):
                    yield _chromium_profile(browser, preferences)


def _chromium_profile(browser: str, preferences: Path) -> Profile:
    plain, secure = _json(preferences), _json(preferences.with_name("Secure Preferences"))
    name = _at(plain, "profile", "name")
    entry = _at(plain, "extensions", "settings", CHROMIUM_ID) or _at(secure, "extensions", "settings", CHROMIUM_ID)
    name = name if isinstance(name, str) and name else preferences.parent.name
    if not isinstance(entry, Mapping) or not entry:
        return Profile(browser, name, installed=False)
    enabled = not entry.get("disable_reasons") and entry.get("state", 1) == 1
    reaches = entry.get("withholding_permissions") is not True
    return Profile(browser, name, True, enabled, entry.get("incognito") is True, reaches)


def _firefox(home: Path, platform: str) -> Iterator[Profile]:
    folders: tuple[str, ...] = _FIREFOX_LINUX
    if platform == "darwin":
        folders = (f"{_MAC}/Firefox",)
    elif platform == "win32":
        folders = (f"{_WINDOWS_ROAMING}/Mozilla/Firefox",)
    for folder in folders:
        for name, place in _listed(home / folder):
            if (place / "extensions.json").exists():
                yield _firefox_profile(name, place)


def _listed(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield (name, folder) of the profiles that Firefox has a list of."""
    listed = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        listed.read(folder / "profiles.ini", "utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return
    for section in listed.sections():
        if section.startswith("Profile") and (path := listed.get(section, "Path", fallback="")):
            relative = listed.get(section, "IsRelative", fallback="1") == "1"
            yield listed.get(section, "Name", fallback=path), folder / path if relative else Path(path)


def _firefox_profile(name: str, place: Path) -> Profile:
    addons = _at(_json(place / "extensions.json"), "addons")
    listed = addons if isinstance(addons, list) else []
    found = next((each for each in listed if isinstance(each, Mapping) and each.get("id") == FIREFOX_ID), None)
    if found is None:
        return Profile("Firefox", name, installed=False)
    held = _at(_json(place / "extension-preferences.json"), FIREFOX_ID)
    allowed, origins = _at(held, "permissions"), _at(held, "origins")
    in_private = isinstance(allowed, list) and "internal:privateBrowsingAllowed" in allowed
    reaches = not isinstance(origins, list) or "<all_urls>" in origins or _ALL_SITES.issubset(map(str, origins))
    return Profile("Firefox", name, True, found.get("active") is True, in_private, reaches, _firefox_origin(place))


def _firefox_origin(place: Path) -> str | None:
    """Return the address that Firefox gave the extension in one profile, as its preferences tell."""
    try:
        found = _UUID.search((place / "prefs.js").read_text("utf-8"))
    except (OSError, ValueError):
        return None
    return None if found is None else f"moz-extension://{found[1]}"


def _json(path: Path) -> Any:
    """Return what a file holds, None where it is not there or is being written."""
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None


def _at(value: Any, *keys: str) -> Any:
    for key in keys:
        if not isinstance(value, Mapping):
            return None
        value = value.get(key)
    return value
