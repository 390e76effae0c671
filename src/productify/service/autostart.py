"""Starting with the desktop session, by an XDG autostart entry (freedesktop.org, Desktop Application Autostart 0.5)."""

import os
import re
import shutil
import sys
from pathlib import Path

from productify.errors import KnownError

_NAME = "productify-pro.desktop"


def entry_path() -> Path:
    """Return where the user's autostart entry lies, whether it exists or not."""
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "autostart" / _NAME


def set_autostart(on: bool, data_dir: Path | None = None) -> None:
    """Write the entry, which starts the app in the tray, or take it away; KnownError where it cannot be written.

    `data_dir` is named in the entry where it is not the usual one.
    """
    path = entry_path()
    try:
        if not on:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_entry(data_dir), "utf-8")
    except OSError as error:
        raise KnownError(
            f"The start entry {path} cannot be changed: {error.strerror}.", "Check its permissions."
        ) from error


def _entry(data_dir: Path | None) -> str:
    command = [_program(), "--minimized"]
    if data_dir is not None:
        command += ["--data-dir", str(data_dir)]
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            "Name=Productify Pro",
            "Comment=Keeps track of where your time goes",
            f"Exec={' '.join(_quoted(word) for word in command)}",
            "Icon=productify-pro",
            "Terminal=false",
            "X-GNOME-Autostart-enabled=true",
            "",
        )
    )


def _quoted(word: str) -> str:
    """Return a word of a command as the Desktop Entry Specification 1.5 quotes it, which is not as a shell does."""
    escaped = re.sub(r'(["`$\\])', r"\\\1", word).replace("%", "%%")
    inside = escaped.replace("\\", "\\\\")  # the file itself takes every second backslash
    return inside if re.fullmatch(r"[\w@%+=:,./-]+", word, re.ASCII) else f'"{inside}"'


def _program() -> str:
    beside = Path(sys.executable).with_name("productify")
    return str(beside) if beside.exists() else shutil.which("productify") or "productify"
