"""Sleep, shutdown and the session's lock, as systemd-logind or elogind announces them."""

import asyncio
import logging
import os
from collections.abc import Coroutine
from typing import Any, Self

from dbus_fast import Message
from dbus_fast.aio import MessageBus

from productify import bus as dbus
from productify.clock import Clock
from productify.domain import Capability, Health
from productify.errors import UnavailableError
from productify.tracker.probe import (
    LOCK_REQUEST,
    LOGIND,
    Environment,
    Listener,
    Locked,
    SessionEnding,
    SessionStays,
    Slept,
    Unlocked,
    Woke,
)

_log = logging.getLogger(__name__)
_NAME = "org.freedesktop.login1"
_PATH = "/org/freedesktop/login1"
_MANAGER = "org.freedesktop.login1.Manager"
_SESSION = "org.freedesktop.login1.Session"
_USER = "org.freedesktop.login1.User"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_LAST_WRITE = 3.0
"""Seconds that recording may hold up sleep; logind waits five."""


class Logind:
    """Listens on the system bus; holds sleep and shutdown up until all is recorded."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._listener: Listener | None = None
        self._bus: MessageBus | None = None
        self._session: str | None = None
        self._inhibitor: int | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @classmethod
    def score(cls, environment: Environment) -> int:
        """Return that any Linux desktop may have it; the bus tells."""
        return 10

    @classmethod
    def create(cls, environment: Environment, clock: Clock) -> Self:
        """Return a probe."""
        return cls(environment)

    async def start(self, listener: Listener) -> None:
        """Connect, tell whether the session is locked, and listen; raises UnavailableError."""
        self._listener = listener
        bus = self._bus = await dbus.connected(dbus.system_address(self._environment), self._hear, unix_fds=True)
        if not await dbus.has_owner(bus, _NAME):
            raise UnavailableError("logind does not run")
        self._session = await _session_path(bus, self._environment)
        await dbus.listen(bus, f"type='signal',sender='{_NAME}',interface='{_MANAGER}'")
        if self._session is not None:
            await dbus.listen(bus, f"type='signal',sender='{_NAME}',path='{self._session}'")
            await self._ask_for_lock(bus, self._session)
        await self._inhibit()

    async def lost(self) -> None:
        """Return when the system bus is gone."""
        assert self._bus is not None
        await dbus.disconnected(self._bus)

    async def stop(self) -> None:
        """Let sleep go its way and disconnect."""
        self._listener = None
        for task in self._tasks:
            task.cancel()
        self._release()
        dbus.disconnect(self._bus)

    def capabilities(self) -> tuple[Capability, ...]:
        """Return that sleep is announced, and whether it waits for the last write."""
        held = self._inhibitor is not None
        return (
            Capability(
                "sleep",
                "Sleep and log-out",
                Health.WORKS if held else Health.DEGRADED,
                "logind",
                "" if held else "Sleep does not wait for the last write.",
                ""
                if held
                else "Allow this session to delay sleep (polkit: org.freedesktop.login1.inhibit-delay-sleep).",
            ),
        )

    def _hear(self, message: Message) -> None:
        if self._listener is None:
            return
        listener = self._listener
        match message.interface, message.member, message.body:
            case (_, "PrepareForSleep", [True]):
                listener(Slept())
                self._spawn(self._let_go())
            case (_, "PrepareForSleep", [False]):
                listener(Woke())
                self._spawn(self._inhibit())
            case (_, "PrepareForShutdown", [True]):
                listener(SessionEnding())
                self._spawn(self._let_go())
            case (_, "PrepareForShutdown", [False]):
                listener(SessionStays())
                self._spawn(self._inhibit())
            case (_, "SessionRemoved", [_, path]) if path == self._session:
                listener(SessionEnding())
            case _:
                self._hear_of_lock(message, listener)

    def _hear_of_lock(self, message: Message, listener: Listener) -> None:
        if message.path != self._session:
            return
        match message.interface, message.member, message.body:
            case (name, "Lock", []) if name == _SESSION:
                listener(Locked(LOCK_REQUEST))
            case (name, "Unlock", []) if name == _SESSION:
                listener(Unlocked(LOCK_REQUEST))
                listener(Unlocked(LOGIND))
            case (name, "PropertiesChanged", [interface, changed, _]) if (name, interface) == (_PROPERTIES, _SESSION):
                if "LockedHint" in changed:
                    self._tell_lock(bool(changed["LockedHint"].value), listener)
            case _:
                pass

    def _tell_lock(self, locked: bool, listener: Listener) -> None:
        if locked:
            listener(Locked(LOGIND))
        else:
            listener(Unlocked(LOGIND))
            listener(Unlocked(LOCK_REQUEST))

    async def _ask_for_lock(self, bus: MessageBus, session: str) -> None:
        try:
            locked = bool(await dbus.get_property(bus, _NAME, session, _SESSION, "LockedHint"))
        except dbus.CallFailedError as error:
            _log.info("the session does not tell whether it is locked: %s", error)
            return
        if self._listener is not None:
            self._tell_lock(locked, self._listener)

    async def _let_go(self) -> None:
        """Let the machine sleep as soon as all is on disk."""
        try:
            if self._listener is not None:
                async with asyncio.timeout(_LAST_WRITE):
                    await self._listener.recorded()
        except TimeoutError:
            _log.warning("the last write before sleep took too long")
        finally:
            self._release()

    async def _inhibit(self) -> None:
        if self._inhibitor is not None or self._bus is None:
            return
        try:
            answer = await dbus.ask(
                self._bus, _NAME, _PATH, _MANAGER, "Inhibit", "ssss",
                "sleep:shutdown", "Productify Pro", "Writes down the current activity", "delay",
            )  # fmt: skip
        except UnavailableError as error:
            _log.info("sleep will not wait for the last write: %s", error)
            return
        if answer.unix_fds:
            self._inhibitor = answer.unix_fds[answer.body[0]]

    def _release(self) -> None:
        if self._inhibitor is not None:
            os.close(self._inhibitor)
            self._inhibitor = None

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


async def _session_path(bus: MessageBus, environment: Environment) -> str | None:
    """Return the path of the session that this process belongs to, or else of the user's graphical one."""
    if session_id := environment.get("XDG_SESSION_ID"):
        try:
            return str(await dbus.call(bus, _NAME, _PATH, _MANAGER, "GetSession", "s", session_id))
        except dbus.CallFailedError as error:
            _log.info("session %s is not known: %s", session_id, error)
    try:
        return str(await dbus.call(bus, _NAME, _PATH, _MANAGER, "GetSessionByPID", "u", os.getpid()))
    except dbus.CallFailedError as error:
        _log.debug("no session for this process: %s", error)
    try:
        user = str(await dbus.call(bus, _NAME, _PATH, _MANAGER, "GetUser", "u", os.getuid()))
        _session_id, path = await dbus.get_property(bus, _NAME, user, _USER, "Display")
    except dbus.CallFailedError as error:
        _log.info("no graphical session: %s", error)
        return None
    return str(path) if path and path != "/" else None
