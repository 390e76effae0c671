"""What the reading commands print: for people in words, for scripts as JSON."""

import argparse
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from productify.clock import SystemClock
from productify.domain.rounding import shown_minutes, to_minutes

Render = Callable[[Any], str]
_MODES = {"tracking": "Recording", "paused": "Paused", "incognito": "Incognito", "off": "Not recording"}
_MARKS = {"works": "works", "degraded": "partly", "missing": "missing"}


def show(chosen: argparse.Namespace, value: Any, in_words: Render) -> int:
    """Print `value` as was asked for, and return the exit code."""
    print(json.dumps(value, ensure_ascii=False, indent=2) if chosen.json else in_words(value))
    return 0


def status(state: dict[str, Any]) -> str:
    """Return the recorder's state in a few lines."""
    until = state["paused_until"]
    lines = [_MODES[state["mode"]] + (f" until {moment(until, this_day())}" if until else "")]
    if running := state["running"]:
        title = f": {running['window_title']}" if running["window_title"] else ""
        lines.append(f"Now      {running['app_name']}{title}, since {running['since'][11:16]}")
    today = state["today"]
    lines.append(
        f"Active   {duration(today['active_seconds'])}, {duration(today['productive_seconds'])} of it productive"
    )
    lines.append(f"Away     {duration(today['idle_seconds'])}")
    if state["problem"]:
        lines.append(f"Problem  {state['problem']}")
    return "\n".join(lines)


def summary(value: dict[str, Any]) -> str:
    """Return the groups of a summary, greatest first, under their total; minutes that add up to it."""
    total = f"{duration(value['active_seconds'])} active, {duration(value['idle_seconds'])} away"
    groups = value["groups"]
    minutes = shown_minutes([round(group["seconds"] * 1000) for group in groups])
    lengths = [
        _length(count) if count else duration(group["seconds"]) for count, group in zip(minutes, groups, strict=True)
    ]
    return "\n".join([total, *(f"{length:>9}  {group['name']}" for length, group in zip(lengths, groups, strict=True))])


def activities(rows: list[dict[str, Any]]) -> str:
    """Return one line an activity."""
    if not rows:
        return "Nothing was recorded then."
    return "\n".join(
        f"{row['start_time'][11:19]} - {row['end_time'][11:19]}  {row['app_name']}"
        + "".join(f"  {said}" for said in (row["window_title"], _presence(row), row["note"]) if said)
        for row in rows
    )


def screenshots(rows: list[dict[str, Any]]) -> str:
    """Return one line a screenshot."""
    if not rows:
        return "There are no screenshots of then."
    return "\n".join(
        f"{row['captured_at'][:10]} {row['captured_at'][11:19]}  {row['monitor']}  {row['app_name'] or '-'}"
        + (f"  {row['window_title']}" if row["window_title"] else "")
        + ("  (blurred)" if row["is_blurred"] else "")
        for row in rows
    )


def paused(until: str) -> str:
    """Return the sentence on a pause that ends by itself; `until` in ISO 8601."""
    return f"Paused until {moment(until, this_day())}."


def moment(text: str, today: date) -> str:
    """Return a time in ISO 8601 as 16:57, or as 2026-11-24 04:00 where it is not of `today`."""
    when = datetime.fromisoformat(text)
    return f"{when:%H:%M}" if when.date() == today else f"{when:%Y-%m-%d %H:%M}"


def hits(rows: list[dict[str, Any]]) -> str:
    """Return one line a text that was found."""
    if not rows:
        return "Nothing fits."
    return "\n".join(
        f"{row['day']}  {duration(row['seconds']):>8}  {row['app_name']}"
        + (f"  {row['window_title'] or row['note']}" if row["window_title"] or row["note"] else "")
        for row in rows
    )


def doctor(capabilities: list[dict[str, str]]) -> str:
    """Return each capability with how well it works, by what, and the fix."""
    lines = []
    for each in capabilities:
        lines.append(f"{_MARKS[each['health']]:>8}  {each['title']} ({each['backend']}){_after(each['detail'])}")
        if each["fix"]:
            lines.append(f"{'':>10}{each['fix']}")
        if each["command"]:
            lines.append(f"{'':>10}{each['command']}")
    return "\n".join(lines)


def duration(seconds: float) -> str:
    """Return a length as 42m or 1h 05m, and seconds below a minute."""
    if 0 < seconds < 60:
        return f"{seconds:.0f}s"
    return _length(to_minutes(round(seconds * 1000)))


def focus(session: dict[str, Any], *, is_running: bool) -> str:
    """Return where a focus session stands, in a line or two."""
    name = session["title"] or "Focus session"
    of = f" {session['cycle']} of {session['cycles']}" if session["cycles"] > 1 else ""
    if session["state"] == "paused":
        lines = [f"{name}: paused, {duration(session['left_seconds'])} left."]
    elif session["overtime_seconds"]:
        lines = [f"{name}: done, {duration(session['overtime_seconds'])} over."]
    else:
        ends = moment(session["ends_at"], this_day())
        phase = session["phase"].capitalize()
        lines = [f"{name}: {phase}{of}, {duration(session['phase_left_seconds'])} left; ends {ends}."]
    if session["strict"]:
        lines.append("Strict mode.")
    if session["attempts"]:
        lines.append(f"Blocked so far: {session['attempts']}.")
    if not is_running:
        lines.append("The app is not running; it goes on with it when it starts.")
    return "\n".join(lines)


def focus_ended(record: dict[str, Any]) -> str:
    """Return what came of a focus session."""
    how = "completed" if record["state"] == "completed" else "ended early"
    return f"{record['title'] or 'Focus session'}: {how} after {duration(record['seconds'])} of focus."


def this_day() -> date:
    """Return the day on this machine's wall calendar."""
    return SystemClock().now().astimezone().date()


def _presence(row: dict[str, Any]) -> str:
    return f"(present: {row['presence']})" if row["presence"] else ""


def _length(count: int) -> str:
    hours, minutes = divmod(count, 60)
    return f"{hours}h {minutes:02d}m" if hours else f"{minutes}m"


def _after(detail: str) -> str:
    return f": {detail}" if detail else ""
