"""What the running app does about browsers when another process asks it to."""

from dataclasses import asdict
from typing import Any

from productify.control import Handler
from productify.service.browsers import Browsers
from productify.service.commands import Command
from productify.service.extension import Extension
from productify.service.wire import iso


def with_browsers(handle: Handler, browsers: Browsers, extension: Extension) -> Handler:
    """Return a function that answers requests about browsers, and leaves all others to `handle`."""

    async def pair(_request: dict[str, Any]) -> dict[str, Any]:
        offer = await extension.pair()
        return {"code": offer.code, "until": iso(offer.until)}

    async def listed(_request: dict[str, Any]) -> dict[str, Any]:
        return {
            "browsers": [
                {"id": each.id, "name": each.name, "browser": each.browser, "paired_at": iso(each.paired_at)}
                for each in await browsers.paired()
            ]
        }

    async def forget(request: dict[str, Any]) -> dict[str, Any]:
        await browsers.revoke(str(request["id"]))
        return {}

    async def leaks(_request: dict[str, Any]) -> dict[str, Any]:
        return {"leaks": [asdict(each) for each in await extension.leak_test()]}

    known: dict[str, Command] = {
        "pair browser": pair, "browsers": listed, "forget browser": forget, "leak test": leaks,
    }  # fmt: skip

    async def handled(request: dict[str, Any]) -> dict[str, Any]:
        return await known.get(str(request.get("command")), handle)(request)

    return handled
