"""Browser profiles as they lie on a disk, and what the leak test says of each; real browsers are tried elsewhere."""

import json
from pathlib import Path

import pytest

from productify.bridge_api.identity import CHROMIUM_ID, FIREFOX_ID
from productify.domain import SiteRules
from productify.service.leaktest import leak_test
from productify.service.profiles import Profile, profiles
from service.rig import recording


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(value if isinstance(value, str) else json.dumps(value))


def _chromium(folder: Path, entry: dict[str, object] | None, name: str = "Work", file: str = "Preferences") -> None:
    _write(folder / "Preferences", {"profile": {"name": name}})
    if entry is not None:
        known = {"profile": {"name": name}, "extensions": {"settings": {CHROMIUM_ID: {"path": "x", **entry}}}}
        _write(folder / file, known)


def _firefox(root: Path, name: str, addon: dict[str, object] | None, allowed: list[str]) -> None:
    section = f"[Profile{len(list(root.glob('*')))}]\nName={name}\nIsRelative=1\nPath={name}\n\n"
    root.mkdir(parents=True, exist_ok=True)
    with (root / "profiles.ini").open("a") as file:
        file.write(section)
    _write(root / name / "extensions.json", {"addons": [{"id": "other"}, *([addon] if addon else [])]})
    _write(root / name / "extension-preferences.json", {FIREFOX_ID: {"permissions": allowed}})


def test_chromium_profiles_tell_by_their_files(tmp_path: Path) -> None:
    base = tmp_path / ".config" / "chromium"
    _chromium(base / "Default", None)
    _chromium(base / "Profile 1", {"disable_reasons": [1]}, "Off")
    _chromium(base / "Profile 2", {"disable_reasons": []}, "Half")
    _chromium(base / "Profile 3", {"incognito": True}, "Whole", "Secure Preferences")
    _chromium(base / "System Profile", None)
    _write(base / "Profile 4" / "Preferences", "{ broken")
    assert profiles(tmp_path, "linux") == (
        Profile("Chromium", "Work", installed=False),
        Profile("Chromium", "Off", True, False, False),
        Profile("Chromium", "Half", True, True, False),
        Profile("Chromium", "Whole", True, True, True),
        Profile("Chromium", "Profile 4", installed=False),
    )


@pytest.mark.parametrize(
    ("platform", "chromium", "firefox"),
    [
        ("darwin", "Library/Application Support/Google/Chrome", "Library/Application Support/Firefox"),
        ("win32", "AppData/Local/Google/Chrome/User Data", "AppData/Roaming/Mozilla/Firefox"),
        ("linux", ".config/google-chrome", ".mozilla/firefox"),
    ],
)
def test_profiles_are_found_where_each_system_keeps_them(
    tmp_path: Path, platform: str, chromium: str, firefox: str
) -> None:
    _chromium(tmp_path / chromium / "Default", {"incognito": True})
    _firefox(tmp_path / firefox, "mine", {"id": FIREFOX_ID, "active": True}, ["internal:privateBrowsingAllowed"])
    assert profiles(tmp_path, platform) == (
        Profile("Chrome", "Work", True, True, True),
        Profile("Firefox", "mine", True, True, True),
    )


def test_firefox_profiles_tell_by_their_files(tmp_path: Path) -> None:
    root = tmp_path / ".mozilla" / "firefox"
    _firefox(root, "none", None, [])
    _firefox(root, "off", {"id": FIREFOX_ID, "active": False}, [])
    _firefox(root, "half", {"id": FIREFOX_ID, "active": True}, [])
    (root / "never-started").mkdir()
    with (root / "profiles.ini").open("a") as file:
        file.write("[Profile9]\nName=never\nIsRelative=1\nPath=never-started\n")
    assert profiles(tmp_path, "linux") == (
        Profile("Firefox", "none", installed=False),
        Profile("Firefox", "off", True, False, False),
        Profile("Firefox", "half", True, True, False),
    )
    (root / "profiles.ini").write_text("no section")
    assert profiles(tmp_path, "linux") == ()


async def test_each_leak_is_named_with_its_fix_and_rules_are_left_as_they_were(tmp_path: Path) -> None:
    home = tmp_path / "home"
    base = home / ".config" / "chromium"
    for number, entry in enumerate((None, {"disable_reasons": [1]}, {}, {"incognito": True})):
        _chromium(base / f"Profile {number}", entry, f"P{number}")
    async with recording(tmp_path / "data") as rig:
        found = await leak_test(rig.service.browsers, lambda: home, "linux")
        assert [(row.profile, row.leaks) for row in found] == [("P0", True), ("P1", True), ("P2", True), ("P3", False)]
        assert all(row.detail.endswith(".") and (row.fix.endswith(".") or not row.leaks) for row in found)
        assert "not installed" in found[0].detail
        assert "Allow in Incognito" in found[2].fix
        assert rig.service.browsers.rules.rules == SiteRules(0)
