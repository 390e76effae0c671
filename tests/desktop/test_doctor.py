"""What the running app says of a desktop with a window manager, a panel and a notification daemon."""

import json
from pathlib import Path

import pytest

from desktop.conftest import RunningApp
from desktop_session import wait_until

pytestmark = pytest.mark.desktop


def test_the_running_app_tells_what_works_here(app: RunningApp) -> None:
    app.start("--minimized")

    def told() -> dict[str, dict[str, str]]:
        return {each["key"]: each for each in json.loads(app.ask("doctor", "--json").stdout)}

    rows = wait_until(lambda: (found := told()) and "url.firefox" in found and found, "the survey")
    assert {key: rows[key]["backend"] for key in ("record", "window", "title", "tray", "notifications")} == {
        "record": "SQLite", "window": "X11", "title": "X11", "tray": "X11 system tray", "notifications": "dunst",
    }  # fmt: skip
    assert rows["autostart"]["repair"] == "autostart"
    assert rows["url.others"]["health"] == "degraded"
    assert not Path(app.session.env["HOME"], ".config/autostart/productify-pro.desktop").exists()
    assert app.stop() == 0
