"""Do not disturb on GNOME: the setting behind the switch in its calendar, which hides banners."""

import asyncio
import shutil
import subprocess
from collections.abc import Mapping
from typing import Self

from productify.errors import UnavailableError
from productify.quiet.silence import desktops

_KEY = ("org.gnome.desktop.notifications", "show-banners")
_PATIENCE = 3.0


class GnomeSilence:
    """Asks and sets by `gsettings`, which knows where the session keeps its settings."""

    name = "GNOME"
    outlives_us = True

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = dict(environment)

    @classmethod
    def score(cls, environment: Mapping[str, str]) -> int:
        """Return whether this is GNOME or built upon it, with its tool for settings."""
        return 50 if "GNOME" in desktops(environment) and shutil.which("gsettings") else 0

    @classmethod
    def create(cls, environment: Mapping[str, str]) -> Self:
        """Return one for the session that `environment` names."""
        return cls(environment)

    async def is_on(self) -> bool:
        """Return whether banners are hidden."""
        return await self._run("get", *_KEY) == "false"

    async def switch(self, on: bool) -> None:
        """Hide banners, or show them again."""
        await self._run("set", *_KEY, "false" if on else "true")

    async def close(self) -> None:
        """Do nothing: nothing is held."""

    async def _run(self, *words: str) -> str:
        try:
            process = await asyncio.create_subprocess_exec(
                "gsettings", *words, env=self._environment, stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
        except OSError as error:
            raise UnavailableError(f"gsettings: {error}") from error
        try:
            async with asyncio.timeout(_PATIENCE):
                out, said = await process.communicate()
        except BaseException as error:
            process.kill()
            await process.wait()
            if isinstance(error, TimeoutError):
                raise UnavailableError("gsettings took too long") from error
            raise
        if process.returncode:
            raise UnavailableError(f"gsettings: {said.decode(errors='replace').strip()}")
        return out.decode(errors="replace").strip()
