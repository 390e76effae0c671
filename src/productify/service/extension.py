"""What people do about the browser extension: write it out, pair it, see whether anything gets past it."""

import asyncio
from pathlib import Path

from productify.domain import Leak, PairingCode
from productify.errors import KnownError
from productify.service.browsers import Browsers
from productify.service.preferences import Preferences

_PATIENCE = 5.0
_LOOK_EVERY = 0.05


class Extension:
    """The extension as the window and the command line offer it; what little else needs is loaded when it is used."""

    def __init__(self, browsers: Browsers, preferences: Preferences, folder: Path) -> None:
        self._browsers = browsers
        self._preferences = preferences
        self._folder = folder

    async def write(self) -> Path:
        """Write the extension for every kind of browser, and return the folder; raises KnownError where it cannot."""
        from productify.service import extension_files

        await asyncio.to_thread(extension_files.write, self._folder)
        return self._folder

    async def pair(self) -> PairingCode:
        """Let browsers speak to this app, and return a code to pair one with.

        Raises KnownError where nothing can be heard of them: without a recorder, or where no port is free.
        """
        await self._preferences.save("browser_extension", True)
        try:
            async with asyncio.timeout(_PATIENCE):
                while self._browsers.port is None:  # noqa: ASYNC110 - the server tells no one that it answers
                    await asyncio.sleep(_LOOK_EVERY)
        except TimeoutError:
            raise _unheard() from None
        return self._browsers.pairing()

    async def leak_test(self) -> tuple[Leak, ...]:
        """Return a row for each browser profile, what leaks first; takes at most four seconds."""
        from productify.service.leaktest import leak_test

        return await leak_test(self._browsers)


def _unheard() -> KnownError:
    from productify.bridge_api.server import PORTS  # ten megabytes that few need

    return KnownError(
        "Browsers cannot reach the app now.",
        f"Something else listens on 127.0.0.1, ports {PORTS[0]} to {PORTS[-1]}; end it and try again.",
    )
