"""Whether windows may be translucent, asked of a real X server."""

from collections.abc import Iterator

import pytest
import xcffib
import xcffib.xproto

from desktop_session import DesktopSession
from productify.selections import has_compositor

pytestmark = pytest.mark.desktop


@pytest.fixture
def compositor(session: DesktopSession) -> Iterator[xcffib.Connection]:
    """Somebody who says to be the compositor of the session."""
    connection = xcffib.Connection(display=session.env["DISPLAY"])
    core, screen = connection.core, connection.get_setup().roots[0]
    window, name = connection.generate_id(), "_NET_WM_CM_S0"
    core.CreateWindow(0, window, screen.root, 0, 0, 1, 1, 0, 2, screen.root_visual, 0, [])
    core.SetSelectionOwner(window, core.InternAtom(False, len(name), name).reply().atom, 0)
    core.GetInputFocus().reply()
    yield connection
    connection.disconnect()


def test_a_bare_session_has_none(session: DesktopSession) -> None:
    assert not has_compositor(session.env["DISPLAY"])


def test_one_that_runs_is_found(session: DesktopSession, compositor: xcffib.Connection) -> None:
    assert has_compositor(session.env["DISPLAY"])


def test_what_cannot_be_asked_is_taken_to_blend() -> None:
    assert has_compositor(":7777")
