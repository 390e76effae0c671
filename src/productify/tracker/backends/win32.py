"""What Windows tells when it is asked, by ctypes alone: the window in front, the last input, the lock.

Imports nothing but the standard library, so that any Windows Python can run it.
"""

import ctypes
from collections.abc import Callable
from ctypes import wintypes
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Any

_LIMITED_INFORMATION = 0x1000
_LONGEST_PATH = 32768
_FRAME_HOST = "applicationframehost.exe"
_DESKTOP_CLASSES = frozenset({"Progman", "WorkerW"})
_CURRENT_SERVER, _CURRENT_SESSION, _SESSION_INFO_EX = 0, 0xFFFFFFFF, 25
_FLAGS_OFFSET = 16
_LOCKED, _UNLOCKED = 0, 1
_OWNER, _CLOAKED = 4, 14
_MINIMIZE, _RESTORE = 6, 9


@dataclass(frozen=True, slots=True)
class Front:
    """The window in front: its handle, title, process and the program's path; `app` is how the program calls itself."""

    handle: int
    title: str
    pid: int
    path: str
    app: str

    @property
    def program(self) -> str:
        """The program's file name."""
        return PureWindowsPath(self.path).name


@dataclass(frozen=True, slots=True)
class Visible:
    """A window in view, and its place in the pixels of all monitors: left, top, width, height.

    `owned` marks menus, tooltips and dialogs.
    """

    front: Front
    place: tuple[int, int, int, int]
    owned: bool


class _LastInput(ctypes.Structure):
    _fields_ = (("cbSize", wintypes.UINT), ("dwTime", wintypes.DWORD))


class Win32:
    """The libraries, loaded; raises OSError anywhere but on Windows."""

    def __init__(self) -> None:
        user, kernel, version = _library("user32"), _library("kernel32"), _library("version")
        self._terminal, self._desktop = _library("wtsapi32"), _library("dwmapi")
        self._user, self._kernel, self._version = user, kernel, version
        handle, dword = ctypes.c_void_p, wintypes.DWORD
        _declare(user.GetForegroundWindow, handle)
        _declare(user.GetWindowTextW, ctypes.c_int, handle, wintypes.LPWSTR, ctypes.c_int)
        _declare(user.GetClassNameW, ctypes.c_int, handle, wintypes.LPWSTR, ctypes.c_int)
        _declare(user.GetWindowThreadProcessId, dword, handle, ctypes.POINTER(dword))
        for ask in (user.IsWindowVisible, user.IsIconic, user.IsWindow, user.SetForegroundWindow):
            _declare(ask, wintypes.BOOL, handle)
        _declare(user.ShowWindowAsync, wintypes.BOOL, handle, ctypes.c_int)
        _declare(user.GetWindowRect, wintypes.BOOL, handle, ctypes.POINTER(wintypes.RECT))
        _declare(user.GetWindow, handle, handle, wintypes.UINT)
        _declare(self._desktop.DwmGetWindowAttribute, ctypes.c_long, handle, dword, ctypes.POINTER(dword), dword)
        _declare(kernel.OpenProcess, handle, dword, wintypes.BOOL, dword)
        _declare(kernel.CloseHandle, wintypes.BOOL, handle)
        _declare(kernel.GetTickCount, dword)
        _declare(
            kernel.QueryFullProcessImageNameW, wintypes.BOOL, handle, dword, wintypes.LPWSTR, ctypes.POINTER(dword)
        )
        _declare(self._terminal.WTSFreeMemory, None, handle)
        self._apps: dict[str, str] = {}

    def front(self) -> Front | None:
        """Return the window in front, None for the bare desktop and while windows change."""
        handle = self._user.GetForegroundWindow()
        if not handle or self._text(self._user.GetClassNameW, handle, 256) in _DESKTOP_CLASSES:
            return None
        return self._described(handle)

    def visible(self) -> list[Visible]:
        """Return every window that is shown and neither minimised nor on another virtual desktop, from the top down."""
        found: list[int] = []

        def look(handle: int, _extra: int) -> bool:
            found.append(handle)
            return True

        self._user.EnumWindows(_callback()(look), None)
        return [each for handle in found if (each := self._seen(handle)) is not None]

    def minimize(self, handle: int) -> bool:
        """Ask a window to minimise itself, and return whether there is one; nobody waits for a program that hangs."""
        if not self._user.IsWindow(handle):
            return False
        self._user.ShowWindowAsync(handle, _MINIMIZE)
        return True

    def activate(self, handle: int) -> bool:
        """Bring a window to the front, and return whether Windows let it come: it does for the app in front."""
        if not self._user.IsWindow(handle):
            return False
        if self._user.IsIconic(handle):
            self._user.ShowWindowAsync(handle, _RESTORE)
        return bool(self._user.SetForegroundWindow(handle))

    def _seen(self, handle: int) -> Visible | None:
        user = self._user
        if not user.IsWindowVisible(handle) or user.IsIconic(handle) or self._is_cloaked(handle):
            return None
        rect = wintypes.RECT()
        if not user.GetWindowRect(handle, ctypes.byref(rect)) or rect.right <= rect.left or rect.bottom <= rect.top:
            return None
        if self._text(user.GetClassNameW, handle, 256) in _DESKTOP_CLASSES:
            return None
        place = (rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)
        return Visible(self._described(handle), place, bool(user.GetWindow(handle, _OWNER)))

    def _is_cloaked(self, handle: int) -> bool:
        """Return whether the desktop hides it, as it does on other virtual desktops; a refusal is a no."""
        cloaked = wintypes.DWORD()
        refused = self._desktop.DwmGetWindowAttribute(handle, _CLOAKED, ctypes.byref(cloaked), ctypes.sizeof(cloaked))
        return not refused and bool(cloaked.value)

    def _described(self, handle: int) -> Front:
        pid = self._owner(handle)
        path = self._path(pid)
        if PureWindowsPath(path).name.lower() == _FRAME_HOST:
            pid = self._framed(handle, pid)
            path = self._path(pid)
        return Front(int(handle), self._text(self._user.GetWindowTextW, handle, 1024), pid, path, self._app(path))

    def idle_seconds(self) -> float:
        """Return the seconds since the last input; the counter's wrap after 49.7 days makes no difference."""
        last = _LastInput(ctypes.sizeof(_LastInput))
        if not self._user.GetLastInputInfo(ctypes.byref(last)):
            raise OSError("GetLastInputInfo fails")
        return float((self._kernel.GetTickCount() - last.dwTime) % (1 << 32)) / 1000

    def is_locked(self) -> bool | None:
        """Return whether the session is locked, None where Windows does not tell."""
        buffer, size = ctypes.c_void_p(), wintypes.DWORD()
        told = self._terminal.WTSQuerySessionInformationW(
            ctypes.c_void_p(_CURRENT_SERVER), _CURRENT_SESSION, _SESSION_INFO_EX,
            ctypes.byref(buffer), ctypes.byref(size),
        )  # fmt: skip
        if not told or not buffer.value:
            return None
        try:
            if size.value < _FLAGS_OFFSET + 4:
                return None
            flags = ctypes.c_int32.from_address(buffer.value + _FLAGS_OFFSET).value
        finally:
            self._terminal.WTSFreeMemory(buffer)
        return {_LOCKED: True, _UNLOCKED: False}.get(flags)

    def _text(self, ask: Callable[..., int], handle: int, longest: int) -> str:
        buffer = ctypes.create_unicode_buffer(longest)
        ask(handle, buffer, longest)
        return buffer.value

    def _owner(self, handle: int) -> int:
        pid = wintypes.DWORD()
        self._user.GetWindowThreadProcessId(handle, ctypes.byref(pid))
        return int(pid.value)

    def _framed(self, frame: int, host: int) -> int:
        """Return the process of the app inside a frame of the Store's apps, else the frame's own."""
        inside: list[int] = []

        def look(child: int, _extra: int) -> bool:
            owner = self._owner(child)
            if owner != host:
                inside.append(owner)
            return not inside

        self._user.EnumChildWindows(ctypes.c_void_p(frame), _callback()(look), None)
        return inside[0] if inside else host

    def _path(self, pid: int) -> str:
        """Return where the program of a process lies, empty where Windows refuses."""
        process = self._kernel.OpenProcess(_LIMITED_INFORMATION, False, pid)
        if not process:
            return ""
        try:
            buffer, size = ctypes.create_unicode_buffer(_LONGEST_PATH), wintypes.DWORD(_LONGEST_PATH)
            found = self._kernel.QueryFullProcessImageNameW(process, 0, buffer, ctypes.byref(size))
        finally:
            self._kernel.CloseHandle(process)
        return buffer.value if found else ""

    def _app(self, path: str) -> str:
        if path not in self._apps:
            self._apps[path] = self._description(path) if path else ""
        return self._apps[path]

    def _description(self, path: str) -> str:
        """Return what the program's version resource calls it, empty where it has none."""
        size = self._version.GetFileVersionInfoSizeW(path, None)
        resource = ctypes.create_string_buffer(max(size, 1))
        if not size or not self._version.GetFileVersionInfoW(path, 0, size, resource):
            return ""
        languages = self._value(resource, "\\VarFileInfo\\Translation")
        if len(languages) < 4:
            return ""
        language, page = (int.from_bytes(languages[at : at + 2], "little") for at in (0, 2))
        said = self._value(resource, f"\\StringFileInfo\\{language:04x}{page:04x}\\FileDescription", wide=2)
        return said.decode("utf-16-le", "replace").rstrip("\0").strip()

    def _value(self, resource: Any, name: str, wide: int = 1) -> bytes:
        """Return a value of a version resource, whose length is counted in units of `wide` bytes."""
        place, length = ctypes.c_void_p(), wintypes.UINT()
        if not self._version.VerQueryValueW(resource, name, ctypes.byref(place), ctypes.byref(length)):
            return b""
        return ctypes.string_at(place.value, length.value * wide) if place.value else b""


def _callback() -> Any:
    """Return the type of what looks at one window after the other."""
    signature: Any = getattr(ctypes, "WINFUNCTYPE")  # noqa: B009 known to Windows alone
    return signature(wintypes.BOOL, ctypes.c_void_p, ctypes.c_void_p)


def _library(name: str) -> Any:
    load = getattr(ctypes, "WinDLL", None)
    if load is None:
        raise OSError("Windows alone has this library")
    return load(name)


def _declare(function: Any, result: Any, *arguments: Any) -> None:
    function.restype = result
    if arguments:
        function.argtypes = arguments
