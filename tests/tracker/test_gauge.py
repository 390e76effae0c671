"""How long nobody typed, on real X11, sway and GNOME; Windows and macOS share the probes that their own tests prove."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from desktop_session import DesktopSession
from gnome_session import GnomeSession
from productify.clock import SystemClock
from productify.tracker.gauge import InputGauge, NoGauge
from service.rig import until
from sway_session import SwaySession

from .hearing import in_thread

pytestmark = pytest.mark.desktop
FLOOR = 0.5


class _Gnome(GnomeSession):
    """GNOME with its Shell running."""

    def _start(self) -> None:
        super()._start()
        self.start_shell()


def _press_on_x11(desktop: DesktopSession) -> None:
    desktop.xdotool("key", "a")


@pytest.mark.parametrize(
    ("open_desktop", "press"),
    [(DesktopSession, _press_on_x11), (SwaySession, SwaySession.press), (_Gnome, GnomeSession.press)],
    ids=["x11", "sway", "gnome"],
)
async def test_a_pause_in_the_typing_is_told(
    open_desktop: Callable[[], AbstractContextManager[DesktopSession]], press: Callable[[DesktopSession], None]
) -> None:
    with open_desktop() as desktop:
        gauge = InputGauge(desktop.env, SystemClock(), FLOOR)
        await in_thread(press, desktop)
        try:
            for _ in range(2):
                assert await gauge.idle() == 0
                await _reaches(gauge, FLOOR)
                await in_thread(press, desktop)
                await _reaches(gauge, 0)
            await gauge.close()
            assert await gauge.idle() is not None, "it can be asked again"
        finally:
            await gauge.close()


async def test_without_a_desktop_nobody_can_tell() -> None:
    for gauge in (NoGauge(), InputGauge({}, SystemClock(), FLOOR)):
        assert await gauge.idle() is None
        await gauge.close()


async def _reaches(gauge: InputGauge, idle: float) -> None:
    async def is_so() -> bool:
        seconds = await gauge.idle()
        return seconds is not None and (seconds >= idle if idle else seconds == 0)

    await until(is_so, f"{idle} s without input")
