"""A headless GNOME Shell of its own for a test, with session bus, a mocked logind, and what the test starts in it.

The Shell runs in unsafe mode, which lets a test leave the overview and focus windows; nothing else depends on it.
"""

import os
import shutil
import signal
import socket
import subprocess
from pathlib import Path

from desktop_session import DesktopSession, wait_until

_NEEDED = ("gnome-shell", "gnome-extensions", "gsettings", "gdbus", "foot", "dbus-daemon")
_SHELL = ("--dest", "org.gnome.Shell", "--object-path", "/org/gnome/Shell", "--method", "org.gnome.Shell.Eval")

_PRESS = """
    const {Clutter, GLib} = imports.gi;
    const seat = Clutter.get_default_backend().get_default_seat();
    global._keyboard ??= seat.create_virtual_device(Clutter.InputDeviceType.KEYBOARD_DEVICE);
    for (const state of [Clutter.KeyState.PRESSED, Clutter.KeyState.RELEASED])
        global._keyboard.notify_keyval(GLib.get_monotonic_time(), Clutter.KEY_Shift_L, state);
"""


def missing_programs() -> list[str]:
    """Return the programs that a GNOME session needs and that are not installed."""
    return [program for program in _NEEDED if shutil.which(program) is None]


class GnomeSession(DesktopSession):
    """`env` is what programs in the session get; `start_shell` starts the Shell, with what is installed by then."""

    shell: "subprocess.Popen[bytes]"

    def evaluate(self, code: str) -> str:
        """Run JavaScript in the Shell and return what it answers, as gdbus prints it; empty where it fails."""
        answer = self.gdbus(*_SHELL, code)
        return answer if answer.startswith("(true") else ""

    def gdbus(self, *arguments: str) -> str:
        """Call a method on the session bus and return the answer as gdbus prints it; empty where it fails."""
        done = subprocess.run(
            ["gdbus", "call", "--session", *arguments], env=self.env, capture_output=True, text=True, timeout=10
        )
        return done.stdout

    def start_shell(self) -> None:
        """Start the Shell and leave its overview."""
        self.shell = self.spawn(
            "gnome-shell", "--headless", "--wayland", "--no-x11", "--virtual-monitor", "1280x800", "--unsafe-mode",
            "--wayland-display", "wayland-test",
        )  # fmt: skip
        wait_until(lambda: "false" in self.evaluate("Main.layoutManager._startingUp"), "the Shell", 30)
        wait_until(lambda: "false" in self.evaluate("Main.overview.hide(); Main.overview.visible"), "the desktop")

    def stop_shell(self) -> None:
        """End the Shell at once."""
        self.end(self.shell, signal.SIGKILL)

    def foot(self, title: str) -> "subprocess.Popen[bytes]":
        """Open a terminal with `title`; returns its process once it is in front."""
        process = self.spawn("foot", "--title", title, "--", "sleep", "1000")
        wait_until(lambda: title in self.evaluate("global.display.focus_window?.title"), f"the window {title!r}")
        return process

    def focus(self, title: str) -> None:
        """Bring the window with `title` to the front."""
        self.evaluate(
            f"global.get_window_actors().find(a => a.meta_window.title === '{title}').meta_window.activate(0)"
        )

    def press(self) -> None:
        """Press a key and let it go, on a keyboard that Clutter makes."""
        self.evaluate(_PRESS)

    def _start(self) -> None:
        for name in ("home", "run"):
            (self.root / name).mkdir(mode=0o700)
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root / "home"),
            "XDG_RUNTIME_DIR": str(self.root / "run"),
            "XDG_SESSION_TYPE": "wayland",
            "XDG_CURRENT_DESKTOP": "GNOME",
            "GSETTINGS_BACKEND": "keyfile",
            "LANG": "C.UTF-8",
            "HOSTNAME": socket.gethostname(),
            "WAYLAND_DISPLAY": "wayland-test",
        }
        _, self.env["DBUS_SYSTEM_BUS_ADDRESS"] = self.bus()
        self.spawn("/usr/bin/python3", "-m", "dbusmock", "--system", "--template", "logind")
        wait_until(self._has_logind, "logind")
        self.bus_process, self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus()
        self._set("org.gnome.shell", "welcome-dialog-last-shown-version", "99")

    def _has_logind(self) -> bool:
        command = ["gdbus", "introspect", "--system", "--dest", "org.freedesktop.login1", "--object-path", "/"]
        return subprocess.run(command, env=self.env, capture_output=True, timeout=10).returncode == 0

    def _set(self, schema: str, key: str, value: str) -> None:
        subprocess.run(["gsettings", "set", schema, key, value], env=self.env, check=True, timeout=10)

    @property
    def extensions(self) -> Path:
        """Where the user's extensions lie."""
        return self.root / "home" / ".local" / "share" / "gnome-shell" / "extensions"
