"""Browser profiles as they lie on a disk, and what the leak test says of each; real browsers are tried elsewhere."""

import json
from pathlib import Path

import pytest

from productify.bridge_api.identity import CHROMIUM_ID, FIREFOX_ID
from productify.domain import SiteRules
from productify.service.browsers import Browsers
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
    origins = [each for each in allowed if each.startswith("http")] or ["http://*/*", "https://*/*"]
    _write(root / name / "extension-preferences.json", {FIREFOX_ID: {"permissions": allowed, "origins": origins}})


def _named(place: Path, number: int) -> str:
    """Write the address that Firefox gives the extension in a profile, and return it."""
    uuid = f"01234567-89ab-cdef-0123-{number:012}"
    ids = json.dumps(json.dumps({"other": uuid[::-1], FIREFOX_ID: uuid}, separators=(",", ":")))
    _write(place / "prefs.js", f'user_pref("extensions.webextensions.uuids", {ids});\n')
    return f"moz-extension://{uuid}"


async def _pair(browsers: Browsers, kind: str, origin: str) -> str:
    made = await browsers.pair(browsers.pairing().code, kind, kind.title(), origin)
    assert made is not None
    return made[1]


def test_chromium_profiles_tell_by_their_files(tmp_path: Path) -> None:
    base = tmp_path / ".config" / "chromium"
    _chromium(base / "Default", None)
    _chromium(base / "Profile 1", {"disable_reasons": [1]}, "Off")
    _chromium(base / "Profile 2", {"disable_reasons": []}, "Half")
    _chromium(base / "Profile 3", {"incognito": True}, "Whole", "Secure Preferences")
    _chromium(base / "System Profile", None)
    _write(base / "Profile 4" / "Preferences", "{ broken")
    _chromium(base / "Profile 5", {"withholding_permissions": True}, "Withheld")
    assert profiles(tmp_path, "linux") == (
        Profile("Chromium", "Work", installed=False),
        Profile("Chromium", "Off", True, False, False),
        Profile("Chromium", "Half", True, True, False),
        Profile("Chromium", "Whole", True, True, True),
        Profile("Chromium", "Profile 4", installed=False),
        Profile("Chromium", "Withheld", True, True, False, False),
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
    _firefox(root, "some", {"id": FIREFOX_ID, "active": True}, ["https://example.org/*"])
    origin = _named(root / "some", 1)
    (root / "never-started").mkdir()
    with (root / "profiles.ini").open("a") as file:
        file.write("[Profile9]\nName=never\nIsRelative=1\nPath=never-started\n")
    assert profiles(tmp_path, "linux") == (
        Profile("Firefox", "none", installed=False),
        Profile("Firefox", "off", True, False, False),
        Profile("Firefox", "half", True, True, False),
        Profile("Firefox", "some", True, True, False, False, origin),
    )
    (root / "profiles.ini").write_text("no section")
    assert profiles(tmp_path, "linux") == ()


async def test_each_leak_is_named_with_its_fix_and_rules_are_left_as_they_were(tmp_path: Path) -> None:
    home = tmp_path / "home"
    base = home / ".config" / "chromium"
    off, withheld = {"disable_reasons": [1]}, {"withholding_permissions": True, "disable_reasons": []}
    for number, entry in enumerate((None, off, {}, withheld, {"incognito": True})):
        _chromium(base / f"Profile {number}", entry, f"P{number}")
    async with recording(tmp_path / "data") as rig:
        browsers = rig.service.browsers
        for _ in range(3):
            await _pair(browsers, "chromium", f"chrome-extension://{CHROMIUM_ID}")
        found = [row for row in await leak_test(browsers, lambda: home, "linux") if row.profile.startswith("P")]
        assert [(row.profile, row.leaks) for row in found] == [
            ("P0", True), ("P1", True), ("P2", True), ("P3", True), ("P4", False),
        ]  # fmt: skip
        assert all(row.detail.endswith(".") and (row.fix.endswith(".") or not row.leaks) for row in found)
        assert "not installed" in found[0].detail
        assert "titles alone" in found[0].detail
        assert "Allow in Incognito" in found[2].fix
        assert "may not reach" in found[3].detail
        assert rig.service.browsers.rules.rules == SiteRules(0)


async def test_a_profile_that_is_not_paired_leaks(tmp_path: Path) -> None:
    """Firefox names each profile, so that its pairing is known; of Chromium's profiles they are only counted."""
    home, origin = tmp_path / "home", f"chrome-extension://{CHROMIUM_ID}"
    for number in range(2):
        _chromium(home / f".config/chromium/Profile {number}", {"incognito": True}, f"P{number}")
    root = home / ".mozilla" / "firefox"
    for number, name in enumerate(("one", "two")):
        _firefox(root, name, {"id": FIREFOX_ID, "active": True}, ["internal:privateBrowsingAllowed"])
        _named(root / name, number)
    async with recording(tmp_path / "data") as rig:
        browsers = rig.service.browsers

        async def details() -> dict[str, str]:
            rows = await leak_test(browsers, lambda: home, "linux")
            return {row.profile: row.detail for row in rows if row.profile in ("P0", "P1", "one", "two")}

        assert all("not paired: it blocks nothing" in each for each in (await details()).values())
        token = await _pair(browsers, "firefox", _named(root / "two", 1))
        await _pair(browsers, "chromium", origin)
        found = await details()
        assert "not paired: it blocks nothing" in found["one"]
        assert "not heard of since the app began" in found["two"]
        assert all("not paired in all profiles" in found[each] for each in ("P0", "P1"))
        await _pair(browsers, "chromium", origin)
        assert browsers.known(token, None) is not None
        found = await details()
        assert found["two"] == "The extension is on, in private windows too."
        assert "not heard of" in found["P0"]
        await browsers.revoke(next(each.id for each in await browsers.paired() if each.browser == "firefox"))
        assert "not paired" in (await details())["two"]
