"""Do not disturb while a session is in its focus."""

import asyncio
import logging
from collections.abc import Callable, Mapping

from productify.domain import FocusNow, FocusState, Phase
from productify.errors import KnownError, UnavailableError
from productify.quiet import Silence, answering, fitting_here
from productify.settings import Settings
from productify.store import preferences
from productify.store.database import Database

_log = logging.getLogger(__name__)
_LEFT_ON = "do not disturb"


class Quieting:
    """Switches the desktop's do not disturb on for each stretch of focus, and off after it.

    What this has to take back stands on disk before it is switched on. One that was on already is left alone, and so
    is one that the user switched off meanwhile. `environment` names the desktop, an empty one none.
    """

    def __init__(
        self, db: Database, user_id: str, settings: Callable[[], Settings], focus: Callable[[], FocusNow | None]
    ) -> None:
        self.environment: Mapping[str, str] = {}
        self._db = db
        self._user_id = user_id
        self._settings = settings
        self._focus = focus
        self._is_stretch = self._has_begun = False
        self._silence: Silence | None = None
        """What was switched on for this stretch."""
        self._one_at_a_time = asyncio.Lock()

    @property
    def is_on(self) -> bool:
        """Whether other apps' notifications are kept away by this now."""
        return self._silence is not None

    async def begin(self) -> None:
        """Take back what a run before this one left on, or go on with it where its session does."""
        async with self._one_at_a_time:
            left_on = await self._recall()
            here = [each for each in fitting_here(self.environment) if each.name in left_on]
            if here:
                self._is_stretch, self._silence = True, here[0]
            self._has_begun = True
        await self.turned()

    async def take_back(self, environment: Mapping[str, str]) -> None:
        """Switch off what a run that was killed left on, where no app runs that would."""
        self.environment = environment
        async with self._one_at_a_time:
            left_on = await self._recall()
            for self._silence in [each for each in fitting_here(environment) if each.name in left_on]:
                try:
                    await self._end()
                except UnavailableError as error:
                    _log.info("do not disturb could not be taken back: %s", error)

    async def turned(self) -> None:
        """Do what the session's phase asks for; to be called at each turn of it."""
        async with self._one_at_a_time:
            is_stretch = self._is_wanted()
            if is_stretch == self._is_stretch or not self._has_begun:
                return
            self._is_stretch = is_stretch
            try:
                await (self._start() if is_stretch else self._end())
            except (UnavailableError, KnownError) as error:
                _log.info("do not disturb stays as it is: %s", error)

    async def close(self) -> None:
        """Take back what is on; the next run switches it on again where the session goes on."""
        async with self._one_at_a_time:
            self._is_stretch = False
            try:
                await self._end()
            except (UnavailableError, KnownError) as error:
                _log.info("do not disturb could not be taken back: %s", error)

    def _is_wanted(self) -> bool:
        now = self._focus()
        is_focus = now is not None and now.state is FocusState.ACTIVE and now.phase is Phase.FOCUS
        return is_focus and self._settings().flag("focus_quiet")

    async def _start(self) -> None:
        silence = await answering(self.environment)
        if silence is None:
            return
        if not await silence.is_on():
            if silence.outlives_us:
                await self._remember(silence.name, is_on=True)
            await silence.switch(True)
        elif silence.name not in await self._recall():
            return  # it is the user's own
        self._silence = silence

    async def _end(self) -> None:
        silence, self._silence = self._silence, None
        if silence is None:
            return
        try:
            if await silence.is_on():
                await silence.switch(False)
            await self._remember(silence.name, is_on=False)
        finally:
            await silence.close()

    async def _recall(self) -> frozenset[str]:
        """Return on which kinds of desktop it was switched on and not taken back."""
        async with self._db.read() as session:
            return frozenset(await preferences.recall(session, self._user_id, _LEFT_ON) or ())

    async def _remember(self, name: str, *, is_on: bool) -> None:
        left_on = await self._recall()
        held = left_on | {name} if is_on else left_on - {name}
        async with self._db.write() as session:
            await preferences.remember(session, self._user_id, _LEFT_ON, sorted(held) or None)
