"""A systemd user unit that starts the app again while a strict session runs; it exists only as long as one does."""

import asyncio
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from productify import paths
from productify.errors import KnownError

NAME = "productify-focus.service"
_log = logging.getLogger(__name__)
_PATIENCE = 10.0
_DISPLAY = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")


class Keeper:
    """Keeps the unit for as long as it is wanted; one that a kill left is taken away when first seen to."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir
        self._is_held: bool | None = None

    def forget(self) -> None:
        """Look for a unit anew the next time."""
        self._is_held = None

    async def hold(self, *, is_wanted: bool) -> None:
        """Have the app started again after a kill, or not any more."""
        if is_wanted and not self._is_held:
            await asyncio.to_thread(install, self._data_dir)
        elif not is_wanted and self._is_held is not False and is_there(self._data_dir):
            await asyncio.to_thread(remove)
        self._is_held = is_wanted


def unit_path(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the unit lies while there is one."""
    base = environment.get("XDG_CONFIG_HOME")
    return (Path(base) if base else Path.home() / ".config") / "systemd" / "user" / NAME


def can_restart(environment: Mapping[str, str] = os.environ) -> bool:
    """Return whether a systemd runs for this user."""
    runtime = environment.get("XDG_RUNTIME_DIR")
    is_running = runtime is not None and (Path(runtime) / "systemd").is_dir()
    return sys.platform == "linux" and is_running and shutil.which("systemctl") is not None


def unit(data_dir: Path) -> str:
    """Return the text of the unit; raises KnownError where its template is gone."""
    words = [*_program(), "focus", "hold", "--data-dir", str(data_dir)]
    try:
        template = (paths.linux_dir() / NAME).read_text("utf-8")
    except OSError as error:
        raise KnownError(f"The template of {NAME} cannot be read: {error.strerror}.", "Install the app anew.") from None
    return template.replace("@COMMAND@", " ".join(_quoted(word) for word in words))


def install(data_dir: Path) -> None:
    """Write the unit and start it; where that fails the log says why, and a kill lasts until the next start."""
    if not can_restart():
        return
    path = unit_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(unit(data_dir), "utf-8")
    except OSError as error:
        _log.info("%s cannot be written: %s", path, error)
        return
    _systemctl("import-environment", *(name for name in _DISPLAY if name in os.environ))
    _systemctl("daemon-reload")
    _systemctl("enable", "--now", NAME)


def is_there(data_dir: Path) -> bool:
    """Return whether there is a unit, and it is that of this data folder."""
    try:
        return _quoted(str(data_dir)) in unit_path().read_text("utf-8")
    except OSError:
        return False


def remove() -> None:
    """Take the unit away."""
    path = unit_path()
    if can_restart():
        _systemctl("disable", NAME)
    try:
        path.unlink(missing_ok=True)
        (path.parent / "default.target.wants" / NAME).unlink(missing_ok=True)
    except OSError as error:
        _log.info("%s cannot be taken away: %s", path, error)
    if can_restart():
        _systemctl("daemon-reload")


def session_environment() -> dict[str, str]:
    """Return what the desktop has told this user's systemd of its display: after a start of the machine that is later
    than the unit's own environment.
    """
    lines = (line.partition("=") for line in _systemctl("show-environment").splitlines())
    return {name: value for name, _, value in lines if name in _DISPLAY}


def _systemctl(*words: str) -> str:
    """Run systemctl for this user and return what it prints; what it says against it goes to the log."""
    try:
        done = subprocess.run(
            ["systemctl", "--user", *words], capture_output=True, text=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        _log.info("systemctl --user %s: %s", words[0], error)
        return ""
    if done.returncode:
        _log.info("systemctl --user %s: %s", words[0], done.stderr.strip())
    return done.stdout


def _program() -> list[str]:
    beside = Path(sys.executable).with_name("productify")
    found = str(beside) if beside.exists() else shutil.which("productify")
    return [found] if found else [sys.executable, "-m", "productify_ui"]


def _quoted(word: str) -> str:
    """Return a word of a command as systemd.service(5) quotes it."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'
