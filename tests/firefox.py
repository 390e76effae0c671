"""Firefox for tests, without its questions and without the network."""

import shutil
from pathlib import Path

import pytest

_PREFERENCES = {
    "app.normandy.enabled": "false",
    "app.update.enabled": "false",
    "browser.aboutwelcome.enabled": "false",
    "browser.shell.checkDefaultBrowser": "false",
    "browser.startup.homepage_override.mstone": '"ignore"',
    "browser.tabs.warnOnClose": "false",
    "datareporting.policy.dataSubmissionEnabled": "false",
    "network.captive-portal-service.enabled": "false",
    "network.connectivity-service.enabled": "false",
    "termsofuse.bypassNotification": "true",
    "trailhead.firstrun.didSeeAboutWelcome": "true",
}


def firefox(profile: Path, address: str) -> list[str]:
    """Return the command that shows `address` in a Firefox whose fresh profile lies in `profile`."""
    if shutil.which("firefox-esr") is None:
        pytest.skip("Firefox ESR is not here: Ubuntu has Firefox as a snap only, which takes no profile of a test's")
    profile.mkdir()
    lines = [f'user_pref("{name}", {value});' for name, value in _PREFERENCES.items()]
    (profile / "user.js").write_text("\n".join(lines))
    return ["firefox-esr", "--no-remote", "--profile", str(profile), address]
