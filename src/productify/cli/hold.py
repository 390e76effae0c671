"""Keeps the app there while a strict session runs: what the restart unit of a user's systemd starts."""

import argparse
import asyncio
import os
import subprocess
import sys
from typing import Any

from productify.control import ask
from productify.errors import KnownError
from productify.paths import DataDir

_LOOKED_EVERY = 2.0
_LONGEST_WAIT = 60.0
_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


async def hold(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """Start the app again whenever it is gone, until no strict session is left.

    Before there is a display it waits; an app that does not stay is started less and less often.
    """
    wait, app = _LOOKED_EVERY, None
    while True:
        seen = _seen(data_dir)
        if not (await _is_left(data_dir) if seen is None else seen):
            return 0
        if seen is None and (app is None or app.poll() is not None):
            wait = _LOOKED_EVERY if app is None else min(2 * wait, _LONGEST_WAIT)
            app = await asyncio.to_thread(_started, data_dir)
        elif seen:
            wait = _LOOKED_EVERY
        await asyncio.sleep(wait)


async def strict_session_left(data_dir: DataDir) -> bool:
    """Return whether a strict session runs, or would go on once the app is there."""
    seen = _seen(data_dir)
    return await _is_left(data_dir) if seen is None else seen


def _seen(data_dir: DataDir) -> bool | None:
    """Return whether the running app holds a strict session, None where no app runs."""
    try:
        answer = ask(data_dir.control, "focus", verb="status")
    except KnownError:  # it is busy, so it is there
        return True
    return None if answer is None else _is_strict(answer["session"])


async def _is_left(data_dir: DataDir) -> bool:
    from productify.cli.session import opened  # loaded only once the app is gone
    from productify.service.focusing.remote import now_dict

    async with opened(data_dir) as service:
        now = await service.focus.stored()
        return now is not None and _is_strict(now_dict(now))


def _is_strict(session: dict[str, Any] | None) -> bool:
    return session is not None and session["strict"] and session["left_seconds"] > 0


def _started(data_dir: DataDir) -> "subprocess.Popen[bytes] | None":
    """Start the app in the tray; None before the desktop has told systemd of its display."""
    from productify.service.focusing.restart_unit import session_environment

    environment = {**os.environ, **session_environment()}
    if not any(environment.get(name) for name in _DISPLAYS):
        return None
    words = [sys.executable, "-m", "productify_ui", "--minimized", "--data-dir", str(data_dir.root)]
    return subprocess.Popen(words, env=environment, start_new_session=True, stdin=subprocess.DEVNULL)
