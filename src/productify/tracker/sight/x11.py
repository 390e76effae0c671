"""The windows in view on X11: what the server shows, named by what the window manager says of it."""

import logging
from dataclasses import dataclass
from typing import Any, Self

import xcffib
from xcffib.xproto import MapState, WindowClass

from productify.domain import Capability, Health, Rect
from productify.errors import UnavailableError
from productify.tracker.backends.x11_connection import X11Connection
from productify.tracker.backends.x11_properties import X11Properties, answer, numbers, text
from productify.tracker.identity import Identities, shared_identities
from productify.tracker.probe import Environment, Window
from productify.tracker.sight import KEY, TITLE, InView

_log = logging.getLogger(__name__)
_EVERYWHERE = 0xFFFF_FFFF
"""The desktop of a window that is on all of them."""

_KEEPS_MAPPED = ("gnome shell", "mutter", "muffin", "gala", "budgie", "kwin", "compiz", "deepin")
"""Window managers that leave windows mapped on desktops that are not shown, and while minimised.

With all others what is mapped is in view: several monitors may each show a desktop of their own there.
"""

_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class _Top:
    """A window just below the root: a frame of the window manager, or what no manager frames."""

    handle: int
    rect: Rect


class X11Sight:
    """Asks over a connection of its own, kept between looks: about two milliseconds for thirty windows."""

    def __init__(self, environment: Environment, identities: Identities) -> None:
        self._environment = environment
        self._identities = identities
        self._connection: X11Connection | None = None
        self._is_told = True

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether the X server shows all there is; in a Wayland session it sees only some windows."""
        return 50 if environment.get("DISPLAY") and not environment.get("WAYLAND_DISPLAY") else 0

    @classmethod
    def create(cls, environment: Environment) -> Self:
        """Return one for the display that `environment` names."""
        return cls(environment, shared_identities())

    async def windows(self) -> tuple[InView, ...] | None:
        """Return every window that is mapped on a desktop in view; None without a window manager that tells (EWMH)."""
        try:
            if self._connection is None:
                self._connection = X11Connection(self._environment, lambda _event: None)
            found = _Look(self._connection, self._identities).windows()
        except (UnavailableError, xcffib.ConnectionException) as error:
            _log.debug("the windows in view are not known: %r", error)
            await self.close()
            return None
        self._is_told = found is not None
        return found

    async def close(self) -> None:
        """Disconnect."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def capability(self) -> Capability:
        """Return whether the window manager told which windows there are, when it was last asked."""
        if self._is_told:
            return Capability(KEY, TITLE, Health.WORKS, "X11")
        detail = "The window manager does not tell which windows there are, so no screenshots are taken."
        return Capability(KEY, TITLE, Health.MISSING, "X11", detail, "Use a window manager with EWMH support.")


class _Look:
    """One look at everything."""

    def __init__(self, connection: X11Connection, identities: Identities) -> None:
        self._core = connection.core
        self._root = connection.root
        self._canvas = Rect(0, 0, 0, 0)
        self._ask = X11Properties(connection, identities)
        self._atom = connection.atom

    def windows(self) -> tuple[InView, ...] | None:
        clients, manager = self._managed()
        if clients is None:
            return None
        self._canvas = _rect(self._core.GetGeometry(self._root).reply())
        tops = self._tops()
        framed = self._framed(clients, tops)
        shown = [pair for pair in framed if not self._keeps_aside(manager) or not self._is_aside(pair[0])]
        asked = [
            (handle, top, self._ask.asked(handle), self._ask.ask(handle, "WM_TRANSIENT_FOR")) for handle, top in shown
        ]
        found = [
            InView(window, top.rect, attached=bool(numbers(answer(owner))))
            for handle, top, replies, owner in asked
            if (window := self._ask.answered(handle, replies)) is not None
        ]
        taken = {top.handle for _, top in framed}
        loose = [self._loose(top) for top in tops.values() if top.handle not in taken]
        return (*found, *(each for each in loose if each is not None))

    def _managed(self) -> tuple[list[int] | None, str]:
        """Return the windows that are managed, None where nobody tells, and the window manager's name."""
        check = self._ask.numbers(self._root, "_NET_SUPPORTING_WM_CHECK")
        if not check or self._ask.numbers(check[0], "_NET_SUPPORTING_WM_CHECK") != check[:1]:
            return None, ""  # none, or one that is gone and left its word behind
        stacked = self._ask.numbers(self._root, "_NET_CLIENT_LIST_STACKING")
        listed = self._ask.numbers(self._root, "_NET_CLIENT_LIST")
        name = text(self._ask.get(check[0], "_NET_WM_NAME"), "utf-8") or ""
        if stacked is None and listed is None:
            return None, name
        return sorted({*(stacked or ()), *(listed or ())}), name

    def _tops(self) -> dict[int, _Top]:
        """Return what is mapped just below the root and not beside all monitors, by handle."""
        children = self._core.QueryTree(self._root).reply().children
        asked = [
            (int(child), self._core.GetWindowAttributes(child), self._core.GetGeometry(child)) for child in children
        ]
        tops = {}
        for handle, attributes, geometry in asked:
            seen, place = _reply(attributes), _reply(geometry)
            if seen is None or place is None:
                continue
            is_shown = seen.map_state == MapState.Viewable and seen._class == WindowClass.InputOutput
            if is_shown and _rect(place).overlaps(self._canvas):
                tops[handle] = _Top(handle, _rect(place))
        return tops

    def _framed(self, clients: list[int], tops: dict[int, _Top]) -> list[tuple[int, _Top]]:
        """Return the clients whose frame is mapped, each with it."""
        found: list[tuple[int, _Top]] = []
        above = {client: client for client in clients}
        for _ in range(_DEEPEST):
            found += [(client, tops[at]) for client, at in above.items() if at in tops]
            asked = {client: self._core.QueryTree(at) for client, at in above.items() if at not in tops}
            parents = {client: _reply(cookie) for client, cookie in asked.items()}
            above = {
                client: int(tree.parent)
                for client, tree in parents.items()
                if tree is not None and tree.parent not in (0, self._root)
            }
        return found

    def _keeps_aside(self, manager: str) -> bool:
        return any(name in manager.casefold() for name in _KEEPS_MAPPED)

    def _is_aside(self, client: int) -> bool:
        """Return whether a mapped client is minimised, or on a desktop that is not shown."""
        states = self._ask.numbers(client, "_NET_WM_STATE") or ()
        if self._atom("_NET_WM_STATE_HIDDEN") in states and self._atom("_NET_WM_STATE_SHADED") not in states:
            return True
        on = self._ask.numbers(client, "_NET_WM_DESKTOP")
        now = self._ask.numbers(self._root, "_NET_CURRENT_DESKTOP")
        return bool(on and now) and on[0] not in (_EVERYWHERE, now[0])  # type: ignore[index]

    def _loose(self, top: _Top) -> InView | None:
        """Return a window that no manager knows: a menu, a tooltip, or one that has only just come.

        A frame whose client is not listed yet is named by what is in it.
        """
        window = self._ask.window(top.handle) or self._within(top.handle)
        if window is None and top.rect == self._canvas:
            return None  # a compositor's own canvas: it shows what the other windows hold
        return InView(window or Window("", handle=top.handle), top.rect, attached=True)

    def _within(self, handle: int) -> Window | None:
        tree = _reply(self._core.QueryTree(handle))
        found = (self._ask.window(int(child)) for child in (tree.children if tree is not None else ()))
        return next((window for window in found if window is not None and any(window.wm_class)), None)


def _rect(place: Any) -> Rect:
    border = 2 * place.border_width
    return Rect(place.x, place.y, place.width + border, place.height + border)


def _reply(cookie: Any) -> Any:
    """Return the reply, None where the window is gone."""
    try:
        return cookie.reply()
    except xcffib.Error:
        return None
