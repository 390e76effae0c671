"""Runs the real command in a process of its own, as a person or a script would."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ENVIRONMENT = {
    key: value
    for key, value in os.environ.items()
    if key not in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PRODUCTIFY_DATA_DIR", "QT_QPA_PLATFORM")
}
"""This process's environment without a desktop in it."""


def productify(
    *arguments: str | Path, data: Path | None = None, env: Mapping[str, str] | None = None, wrap: tuple[str, ...] = ()
) -> "subprocess.CompletedProcess[str]":
    """Run `productify ARGUMENTS` to its end, at most 60 seconds; `wrap` is put before the command."""
    return subprocess.run(
        [*wrap, *command(*arguments)], env=environment(data, env), capture_output=True, text=True, timeout=60
    )


def command(*arguments: str | Path) -> list[str]:
    """Return the words that start the real command."""
    return [sys.executable, "-m", "productify_ui", *map(str, arguments)]


def environment(data: Path | None = None, env: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment for it: no desktop but what `env` brings, `data` as the data folder."""
    return {**ENVIRONMENT, **({"PRODUCTIFY_DATA_DIR": str(data)} if data else {}), **(env or {})}
