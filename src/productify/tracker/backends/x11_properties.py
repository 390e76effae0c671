"""What X11 windows say of themselves, by the properties that they and their window manager keep (ICCCM, EWMH)."""

import logging
import socket
from typing import Any

import xcffib
from xcffib.xproto import Atom

from productify.tracker.backends.x11_connection import X11Connection
from productify.tracker.identity import Identities
from productify.tracker.probe import Window

_log = logging.getLogger(__name__)
_LONGEST = 4096
"""32-bit units of a property that are asked for."""

_OF_A_WINDOW = ("WM_CLASS", "_NET_WM_PID", "WM_CLIENT_MACHINE", "_NET_WM_NAME", "WM_NAME", "_NET_WM_STATE")


class X11Properties:
    """Asks one X server about its windows; what is not set, and what belongs to a window that is gone, is None."""

    def __init__(self, connection: X11Connection, identities: Identities) -> None:
        self._connection = connection
        self._identities = identities

    def get(self, window: int, name: str) -> Any:
        """Return a property's reply."""
        return answer(self.ask(window, name))

    def ask(self, window: int, name: str) -> Any:
        """Ask for a property without waiting; `answer` waits."""
        return self._connection.core.GetProperty(False, window, self._connection.atom(name), 0, 0, _LONGEST)

    def numbers(self, window: int, name: str) -> list[int] | None:
        """Return a property that is a list of 32-bit numbers."""
        return numbers(self.get(window, name))

    def title(self, window: int) -> str | None:
        """Return a window's title."""
        return _title(*[answer(cookie) for cookie in (self.ask(window, "_NET_WM_NAME"), self.ask(window, "WM_NAME"))])

    def is_full(self, window: int) -> bool:
        """Return whether a window fills the whole screen."""
        return self._is_full(self.get(window, "_NET_WM_STATE"))

    def window(self, handle: int) -> Window | None:
        """Return what `handle` is, None if it is gone by now or says nothing of itself."""
        return self.answered(handle, self.asked(handle))

    def asked(self, handle: int) -> list[Any]:
        """Ask for all that makes a Window, without waiting: `answered` makes it."""
        return [self.ask(handle, name) for name in _OF_A_WINDOW]

    def answered(self, handle: int, asked: list[Any]) -> Window | None:
        """Return the Window that `asked` is about."""
        replies = [answer(cookie) for cookie in asked]
        if all(reply is None for reply in replies):
            return None
        wm_class = _class(replies[0])
        pid = _pid(replies[1], replies[2])
        identity = self._identities.of(wm_class, pid)
        return Window(
            app_name=identity.app_name,
            app_id=identity.app_id,
            title=_title(replies[3], replies[4]),
            pid=pid,
            wm_class=wm_class,
            exe=identity.exe,
            script=identity.script,
            handle=handle,
            fullscreen=self._is_full(replies[5]),
        )

    def _is_full(self, state: Any) -> bool:
        return self._connection.atom("_NET_WM_STATE_FULLSCREEN") in (numbers(state) or ())


def answer(cookie: Any) -> Any:
    """Return the property, None where it is not set or the window is gone."""
    try:
        reply = cookie.reply()
    except xcffib.Error as error:
        _log.debug("a window went away while it was asked: %r", error)
        return None
    return reply if reply.type else None


def numbers(reply: Any) -> list[int] | None:
    """Return the 32-bit numbers in a property's reply, None where it has none of these."""
    if reply is None or reply.format != 32:
        return None
    return [int(number) for number in reply.value.to_atoms()] if reply.value_len else []


def text(reply: Any, encoding: str | None = None) -> str | None:
    """Return the text in a property's reply, by its declared type unless `encoding` is given."""
    if reply is None or reply.format != 8:
        return None
    raw: bytes = bytes(reply.value.buf())
    encoding = encoding or ("latin-1" if reply.type == Atom.STRING else "utf-8")
    return raw.rstrip(b"\0").decode(encoding, "replace") or None


def _title(modern: Any, old: Any) -> str | None:
    """Return _NET_WM_NAME, which is UTF-8 whatever its declared type, else WM_NAME."""
    return text(modern, "utf-8") or text(old)


def _class(reply: Any) -> tuple[str, str]:
    names = [*(text(reply) or "").split("\0"), "", ""]
    return names[0], names[1]


def _pid(pid: Any, machine: Any) -> int | None:
    """Return the process of a window of this machine; elsewhere the number means nothing here."""
    found = numbers(pid)
    host = text(machine)
    return found[0] if found and host in (None, socket.gethostname()) else None
