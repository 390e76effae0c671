"""What the running app does about focus when another process asks it to, and its answers as plain dictionaries."""

from collections.abc import Awaitable, Callable
from typing import Any

from productify.domain import FocusNow, FocusPlan, FocusRecord, Pomodoro
from productify.errors import KnownError, UsageError
from productify.service.focusing.focusing import Focusing
from productify.service.wire import iso

Verb = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


def focus_command(focus: Focusing) -> Verb:
    """Return the function that answers the command "focus" with its verbs."""

    async def start(request: dict[str, Any]) -> dict[str, Any]:
        minutes = request.get("minutes")
        plan = FocusPlan(
            focus.usual_minutes if minutes is None else int(minutes),
            request.get("title"),
            request.get("project"),
            Pomodoro() if request.get("pomodoro") else None,
            await chosen_lists(focus, request.get("lists")),
            bool(request.get("strict")),
        )
        return _going_on(await focus.start(plan, "command"))

    async def status(_request: dict[str, Any]) -> dict[str, Any]:
        return _going_on(focus.now)

    async def pause(_request: dict[str, Any]) -> dict[str, Any]:
        await focus.pause()
        return _going_on(focus.now)

    async def resume(_request: dict[str, Any]) -> dict[str, Any]:
        await focus.resume()
        return _going_on(focus.now)

    async def extend(request: dict[str, Any]) -> dict[str, Any]:
        return _going_on(await focus.extend(int(request.get("minutes") or 5)))

    async def stop(_request: dict[str, Any]) -> dict[str, Any]:
        return {"ended": record_dict(await focus.end())}

    async def emergency(_request: dict[str, Any]) -> dict[str, Any]:
        return {"ended": record_dict(await focus.emergency_end())}

    async def release(_request: dict[str, Any]) -> dict[str, Any]:
        return {"lifted": await focus.release(), **_going_on(focus.now)}

    verbs: dict[str, Verb] = {
        "start": start, "status": status, "pause": pause, "resume": resume, "extend": extend, "stop": stop,
        "emergency": emergency, "release": release,
    }  # fmt: skip

    async def answer(request: dict[str, Any]) -> dict[str, Any]:
        verb = verbs.get(str(request.get("verb")))
        if verb is None:
            raise UsageError("The running app does not know that command.", "It may be older than this one.")
        return await verb(request)

    return answer


async def chosen_lists(focus: Focusing, names: list[str] | None) -> tuple[str, ...]:
    """Return the ids of the lists with these names; None stands for those of the session before."""
    if names is None:
        return await focus.last_lists()
    known = {each.name.casefold(): each for each in await focus.lists()}
    for name in names:
        if name.casefold() not in known:
            there = ", ".join(each.name for each in known.values()) or "none"
            raise KnownError(f"There is no block list named {name}.", f"There are: {there}.")
    return tuple(dict.fromkeys(known[name.casefold()].id for name in names))


def now_dict(now: FocusNow) -> dict[str, Any]:
    """Return a running session; lengths in seconds."""
    return {
        "id": now.session_id,
        "title": now.plan.title,
        "project": now.plan.project,
        "planned_minutes": now.plan.minutes,
        "state": now.state.value,
        "phase": now.phase.value,
        "cycle": now.cycle,
        "cycles": now.plan.pomodoro.cycles if now.plan.pomodoro else 1,
        "elapsed_seconds": round(now.elapsed, 3),
        "left_seconds": round(now.left, 3),
        "phase_left_seconds": round(now.phase_left, 3),
        "overtime_seconds": round(now.overtime, 3),
        "started_at": iso(now.started_at),
        "ends_at": iso(now.ends_at),
        "strict": now.plan.strict,
        "attempts": now.attempts,
        "passes_left": now.passes_left,
        "emergency_at": iso(now.emergency_at),
    }


def record_dict(record: FocusRecord) -> dict[str, Any]:
    """Return a session that has ended."""
    return {
        "id": record.session_id,
        "title": record.title,
        "project": record.project,
        "planned_minutes": record.planned_minutes,
        "seconds": record.seconds,
        "state": record.state.value,
        "started_at": iso(record.started_at),
        "ended_at": iso(record.ended_at),
        "attempts": record.attempts,
        "strict": record.strict,
    }


def _going_on(now: FocusNow | None) -> dict[str, Any]:
    return {"session": None if now is None else now_dict(now)}
