"""Log-out on X11, as the desktop's session manager announces it (XSMP, by libSM): Xfce, MATE, KDE, GNOME on X11."""

import asyncio
import ctypes
import getpass
import logging
import os
import signal
import sys
from collections.abc import Callable
from typing import Any, Self

from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.probe import Environment, Listener, SessionEnding, SessionStays

_log = logging.getLogger(__name__)
_LAST_WRITE = 3.0
"""Seconds that recording may hold up the log-out."""

_ALL_CALLBACKS = 0b1111
_RESTART_NEVER = b"\x03"
_PROCESSED = 0

_SAVE = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_int)
_WORD = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
_ICE_ERROR = ctypes.CFUNCTYPE(
    None, ctypes.c_void_p, ctypes.c_int, ctypes.c_int, ctypes.c_ulong, ctypes.c_int, ctypes.c_int, ctypes.c_void_p
)
_ICE_END = ctypes.CFUNCTYPE(None, ctypes.c_void_p)


class _Callbacks(ctypes.Structure):
    _fields_ = (
        ("save_yourself", _SAVE),
        ("save_data", ctypes.c_void_p),
        ("die", _WORD),
        ("die_data", ctypes.c_void_p),
        ("save_complete", _WORD),
        ("complete_data", ctypes.c_void_p),
        ("shutdown_cancelled", _WORD),
        ("cancelled_data", ctypes.c_void_p),
    )


class _Value(ctypes.Structure):
    _fields_ = (("length", ctypes.c_int), ("value", ctypes.c_char_p))


class _Property(ctypes.Structure):
    _fields_ = (
        ("name", ctypes.c_char_p),
        ("type", ctypes.c_char_p),
        ("count", ctypes.c_int),
        ("values", ctypes.POINTER(_Value)),
    )


class SessionManager:
    """A client of the session manager: holds the log-out up until all is recorded, and ends when told to.

    The order to die is passed on as SIGTERM, which ends the app and `productify track` alike.
    """

    def __init__(self, environment: Environment) -> None:
        self._address = environment.get("SESSION_MANAGER", "")
        self._library: Any = None
        self._connection: int | None = None
        self._descriptor: int | None = None
        self._listener: Listener | None = None
        self._lost = asyncio.Event()
        self._saving: asyncio.Task[None] | None = None
        self._callbacks = _Callbacks(
            save_yourself=_SAVE(self._save_yourself),
            die=_WORD(self._die),
            save_complete=_WORD(_nothing),
            shutdown_cancelled=_WORD(self._cancelled),
        )

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return whether a session manager made itself known."""
        return 10 if environment.get("SESSION_MANAGER") else 0

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe for the session that `environment` names."""
        return cls(environment)

    async def start(self, listener: Listener) -> None:
        """Register with the session manager; raises UnavailableError."""
        self._library = library = _library()
        said = ctypes.create_string_buffer(200)
        self._connection = library.SmcOpenConnection(
            os.fsencode(self._address), None, 1, 0, ctypes.c_ulong(_ALL_CALLBACKS), ctypes.byref(self._callbacks),
            None, ctypes.byref(ctypes.c_void_p()), len(said), said,
        )  # fmt: skip
        if not self._connection:
            raise UnavailableError(f"the session manager does not answer: {said.value.decode(errors='replace')}")
        self._listener = listener
        self._introduce()
        self._descriptor = library.IceConnectionNumber(library.SmcGetIceConnection(self._connection))
        asyncio.get_running_loop().add_reader(self._descriptor, self._hear)

    async def lost(self) -> None:
        """Return when the session manager is gone."""
        await self._lost.wait()

    async def stop(self) -> None:
        """Take leave."""
        self._listener = None
        if self._saving is not None:
            self._saving.cancel()
            await asyncio.wait([self._saving])
        if self._descriptor is not None:
            asyncio.get_running_loop().remove_reader(self._descriptor)
            self._descriptor = None
        if self._connection:
            self._library.SmcCloseConnection(self._connection, 0, None)
            self._connection = None

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that log-out is announced."""
        return (Capability("sleep", "Sleep and log-out", Health.WORKS, "session manager"),)

    def _hear(self) -> None:
        library = self._library
        ice = library.SmcGetIceConnection(self._connection)
        if library.IceProcessMessages(ice, None, None) != _PROCESSED:
            assert self._descriptor is not None
            asyncio.get_running_loop().remove_reader(self._descriptor)
            self._descriptor = None
            self._lost.set()

    def _save_yourself(self, _sm: int, _data: int, _kind: int, shutdown: int, _style: int, _fast: int) -> None:
        if not shutdown or self._listener is None:
            self._library.SmcSaveYourselfDone(self._connection, 1)
            return
        self._listener(SessionEnding())
        self._saving = asyncio.create_task(self._save(self._listener), name="last write before log-out")

    async def _save(self, listener: Listener) -> None:
        try:
            async with asyncio.timeout(_LAST_WRITE):
                await listener.recorded()
        except TimeoutError:
            _log.warning("the last write before log-out took too long")
        if self._descriptor is not None:
            self._library.SmcSaveYourselfDone(self._connection, 1)

    def _cancelled(self, _sm: int, _data: int) -> None:
        if self._listener is not None:
            self._listener(SessionStays())

    def _die(self, _sm: int, _data: int) -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    def _introduce(self) -> None:
        """Say what every client must, and that autostart, not the session, starts it again."""
        program = os.fsencode(sys.argv[0] or "productify")
        told = (
            (b"Program", b"ARRAY8", program),
            (b"UserID", b"ARRAY8", os.fsencode(getpass.getuser())),
            (b"CloneCommand", b"LISTofARRAY8", program),
            (b"RestartCommand", b"LISTofARRAY8", program),
            (b"RestartStyleHint", b"CARD8", _RESTART_NEVER),
        )
        properties = [
            _Property(name, kind, 1, ctypes.pointer(_Value(len(value), ctypes.c_char_p(value))))
            for name, kind, value in told
        ]
        listed = (ctypes.POINTER(_Property) * len(properties))(*(ctypes.pointer(each) for each in properties))
        self._library.SmcSetProperties(self._connection, len(properties), listed)


def _nothing(_sm: int, _data: int) -> None:
    """Nothing follows from it."""


def _remember(*told: object) -> None:
    _log.info("the session manager's connection: %s", told)


_on_error = _ICE_ERROR(_remember)
_on_end = _ICE_END(_remember)
"""Kept for ever: the libraries would end the process on an error if these were gone."""


def _library() -> Any:
    """Return libSM, with libICE's functions; raises UnavailableError."""
    try:
        ice, library = ctypes.CDLL("libICE.so.6"), ctypes.CDLL("libSM.so.6")
    except OSError as error:
        raise UnavailableError(f"no session management: {error}") from error
    pointer, number = ctypes.c_void_p, ctypes.c_int
    for name in ("IceConnectionNumber", "IceProcessMessages"):
        setattr(library, name, getattr(ice, name))
    shapes: dict[str, tuple[Any, list[Any] | None]] = {
        "SmcOpenConnection": (pointer, None),
        "SmcGetIceConnection": (pointer, [pointer]),
        "SmcSetProperties": (None, [pointer, number, pointer]),
        "SmcSaveYourselfDone": (None, [pointer, number]),
        "SmcCloseConnection": (number, [pointer, number, pointer]),
        "IceConnectionNumber": (number, [pointer]),
        "IceProcessMessages": (number, [pointer, pointer, pointer]),
    }
    for name, (result, arguments) in shapes.items():
        function: Callable[..., Any] = getattr(library, name)
        function.restype = result  # type: ignore[attr-defined]
        if arguments is not None:
            function.argtypes = arguments  # type: ignore[attr-defined]
    library.SmcSetErrorHandler(_on_error)
    ice.IceSetErrorHandler(_on_error)
    ice.IceSetIOErrorHandler(_on_end)
    return library
