"""Which module of this package runs a command."""

import argparse
from collections.abc import Callable, Coroutine, Mapping
from importlib import import_module
from typing import Any

from productify.paths import DataDir

Run = Callable[[DataDir, argparse.Namespace], Coroutine[Any, Any, int]]

ROOMS = {
    "remote": ("pause", "resume", "incognito", "quit", "status", "doctor"),
    "recording": ("track",),
    "focus": ("focus",),
    "breaks": ("break",),
    "editing": ("add", "undo", "redo"),
    "reading": ("summary", "activities", "screenshots", "search"),
    "desktop": ("gnome-extension",),
    "removal": ("remove",),
    "browsers": ("browser-extension",),
    "data": ("backup", "restore", "check", "export", "import", "demo"),
}


def run_of(command: str) -> Run:
    """Return what runs `command`; its module is imported only now, because the store takes a third of a second."""
    room = next(room for room, commands in ROOMS.items() if command in commands)
    runs: Mapping[str, Run] = import_module(f"productify.cli.{room}").COMMANDS
    return runs[command]
