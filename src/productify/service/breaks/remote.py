"""What the running app does about breaks when another process asks it to."""

from collections.abc import Awaitable, Callable
from typing import Any

from productify.control import Handler
from productify.domain import BreakNow
from productify.errors import UsageError
from productify.service.breaks.breaks import Breaks
from productify.service.wire import iso

Verb = Callable[[], Awaitable[BreakNow]]


def with_breaks(handle: Handler, breaks: Breaks) -> Handler:
    """Return a function that answers the command "break" with its verbs, and leaves all others to `handle`."""

    async def status() -> BreakNow:
        return breaks.now

    verbs: dict[str, Verb] = {
        "status": status, "start": breaks.start_break, "snooze": breaks.snooze, "skip": breaks.skip,
    }  # fmt: skip

    async def handled(request: dict[str, Any]) -> dict[str, Any]:
        if request.get("command") != "break":
            return await handle(request)
        verb = verbs.get(str(request.get("verb")))
        if verb is None:
            raise UsageError("The running app does not know that command.", "It may be older than this one.")
        return {"break": _now_dict(await verb())}

    return handled


def _now_dict(now: BreakNow) -> dict[str, Any]:
    return {
        "sitting_seconds": round(now.sitting, 3),
        "due_in_seconds": None if now.due_in is None else round(now.due_in, 3),
        "is_due": now.is_due,
        "snoozes_left": now.snoozes_left,
        "in_break_until": iso(now.in_break_until),
        "held": None if now.held is None else now.held.value,
    }
