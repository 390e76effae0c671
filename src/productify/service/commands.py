"""What the running app does when another process asks it to."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from productify.control import Handler
from productify.errors import KnownError, UsageError
from productify.service.desktop import Desktop
from productify.service.focusing import Focusing
from productify.service.notices import Notices
from productify.service.tracking import Tracking
from productify.service.wire import capability_dict, done_dict, status_dict

if TYPE_CHECKING:
    from productify.service.editing import Editing

Command = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


def handler(
    tracking: Tracking, editing: Callable[[], "Editing"], desktop: Desktop, notices: Notices, focus: Focusing
) -> Handler:
    """Return the function that answers requests, and passes those about the window on."""

    async def pause(request: dict[str, Any]) -> dict[str, Any]:
        minutes = request.get("minutes")
        if minutes == "tomorrow":
            await tracking.pause_until_tomorrow()
        elif minutes is None:
            await tracking.pause(None)
        else:
            await tracking.pause_for(int(minutes))
        return await status({})

    async def resume(_request: dict[str, Any]) -> dict[str, Any]:
        await tracking.resume()
        return await status({})

    async def incognito(_request: dict[str, Any]) -> dict[str, Any]:
        await tracking.set_incognito(not await tracking.is_incognito())
        return await status({})

    async def status(_request: dict[str, Any]) -> dict[str, Any]:
        return status_dict(await tracking.status())

    async def doctor(_request: dict[str, Any]) -> dict[str, Any]:
        return {"capabilities": [capability_dict(each) for each in await desktop.report()]}

    async def show(_request: dict[str, Any]) -> dict[str, Any]:
        if not notices.has_window:
            raise KnownError("Tracking already runs here without a window.", "End it first with: productify quit")
        notices.show()
        return {}

    async def end(_request: dict[str, Any]) -> dict[str, Any]:
        notices.quit()
        return {}

    async def add(request: dict[str, Any]) -> dict[str, Any]:
        day = request.get("day")
        return done_dict(await editing().enter(str(request["entry"]), date.fromisoformat(day) if day else None))

    async def undo(_request: dict[str, Any]) -> dict[str, Any]:
        return done_dict(await editing().undo())

    async def redo(_request: dict[str, Any]) -> dict[str, Any]:
        return done_dict(await editing().redo())

    async def focused(request: dict[str, Any]) -> dict[str, Any]:
        from productify.service.focusing.remote import focus_command  # seldom asked for

        return await focus_command(focus)(request)

    known: dict[str, Command] = {
        "pause": pause, "resume": resume, "incognito": incognito, "status": status, "doctor": doctor, "show": show,
        "quit": end, "add": add, "undo": undo, "redo": redo, "focus": focused,
    }  # fmt: skip

    async def handle(request: dict[str, Any]) -> dict[str, Any]:
        command = known.get(str(request.get("command")))
        if command is None:
            raise UsageError("The running app does not know that command.", "It may be older than this one.")
        return await command(request)

    return handle
