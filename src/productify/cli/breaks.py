"""Breaks from the command line: by the running app, which alone knows who sits there."""

import argparse
from typing import Any

from productify.cli import plain
from productify.cli.rooms import Run
from productify.control import ask
from productify.errors import KnownError
from productify.paths import DataDir

_NOT_RUNNING = "Productify Pro is not running."
_HELD = {
    "call": "while you are in a call",
    "full screen": "while something fills the screen",
    "focus": "while you focus, and a little after",
    "quiet hours": "in your quiet hours",
}


async def take(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Do what the verb says, and show how it stands then."""
    answer = ask(data_dir.control, "break", verb=chosen.verb)
    if answer is None and chosen.verb != "status":
        raise KnownError(_NOT_RUNNING, "Start it with: productify")
    now = None if answer is None else answer["break"]
    return plain.show(chosen, {"running": answer is not None, "break": now}, lambda _value: _said(now))


def _said(now: dict[str, Any] | None) -> str:
    if now is None:
        return _NOT_RUNNING
    if now["in_break_until"] is not None:
        return f"A break, until {plain.moment(now['in_break_until'], plain.this_day())} if you touch nothing."
    sitting = f"{plain.duration(now['sitting_seconds'])} in one sitting"
    if now["due_in_seconds"] is None:
        return f"{sitting}; no reminder will come."
    if not now["is_due"]:
        return f"{sitting}; a break is due in {plain.duration(now['due_in_seconds'])}."
    held = f" No reminder comes {_HELD[now['held']]}." if now["held"] else ""
    return f"{sitting}; a break is due.{held}"


COMMANDS: dict[str, Run] = {"break": take}
