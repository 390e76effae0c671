"""Whether pictures are encrypted, and what opens those that are; nothing of it is loaded before one is."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from productify.capture.album import SEALED
from productify.keys import Keys
from productify.settings import Settings

if TYPE_CHECKING:
    from productify.capture.sealing import Seal


@dataclass(slots=True)
class Sealing:
    """Gives the seal for new pictures, and for those that are there; each raises KnownError where the key is away."""

    keys: Keys
    settings: Callable[[], Settings]
    _seal: "Seal | None" = field(default=None, init=False)

    @property
    def is_wanted(self) -> bool:
        """Whether the settings want new pictures encrypted."""
        return self.settings().flag("screenshot_encrypted")

    async def for_new(self) -> "Seal | None":
        """Return the seal that new files get, None where the settings want none."""
        return await self._loaded() if self.is_wanted else None

    async def for_paths(self, paths: Iterable[str]) -> "Seal | None":
        """Return the seal that opens files, None where none of them is encrypted."""
        return await self._loaded() if any(path.endswith(SEALED) for path in paths) else None

    async def _loaded(self) -> "Seal":
        if self._seal is None:
            key = await self.keys.key()
            self._seal = await asyncio.to_thread(_made, key)
        return self._seal


def _made(key: bytes) -> "Seal":
    from productify.capture.sealing import Seal  # loading it takes a while, and 5 MB

    return Seal(key)
