"""A system bus of its own for a test, with a logind that does what it is told."""

import subprocess

from desktop_session import DesktopSession, wait_until

_MANAGER = ("--dest", "org.freedesktop.login1", "--object-path", "/org/freedesktop/login1")
_MOCK = "org.freedesktop.DBus.Mock"
_SESSION = "/org/freedesktop/login1/session/c1"


class SystemBus:
    """A system bus with a logind that does what it is told."""

    def __init__(self, desktop: DesktopSession) -> None:
        self.desktop = desktop
        self.process, address = desktop.bus()
        self.env = {**desktop.env, "DBUS_SYSTEM_BUS_ADDRESS": address, "XDG_SESSION_ID": "c1"}
        self.mock = desktop.spawn(
            "/usr/bin/python3", "-m", "dbusmock", "--system", "--template", "logind", env=self.env
        )
        wait_until(lambda: self.call(*_MANAGER, "--method", f"{_MOCK}.GetCalls").returncode == 0, "logind")
        self.call(*_MANAGER, "--method", f"{_MOCK}.AddSession", "c1", "seat0", "0", "me", "true", check=True)

    def call(self, *arguments: str, check: bool = False) -> "subprocess.CompletedProcess[bytes]":
        """Call a method by gdbus."""
        command = ["gdbus", "call", "--system", *arguments]
        return subprocess.run(command, env=self.env, capture_output=True, timeout=10, check=check)

    def signal(self, name: str, value: str) -> None:
        """Let the manager announce something."""
        self.call(
            *_MANAGER, "--method", f"{_MOCK}.EmitSignal", "org.freedesktop.login1.Manager", name, "b", f"[<{value}>]",
            check=True,
        )  # fmt: skip

    def session_signal(self, name: str) -> None:
        """Let the session ask for something."""
        self.call(
            "--dest", "org.freedesktop.login1", "--object-path", _SESSION, "--method", f"{_MOCK}.EmitSignal",
            "org.freedesktop.login1.Session", name, "", "[]", check=True,
        )  # fmt: skip

    def hint(self, locked: bool) -> None:
        """Let the session's state show whether it is locked."""
        self.call(
            "--dest", "org.freedesktop.login1", "--object-path", _SESSION, "--method", f"{_MOCK}.UpdateProperties",
            "org.freedesktop.login1.Session", f"{{'LockedHint': <{str(locked).lower()}>}}", check=True,
        )  # fmt: skip

    def hold(self, what: str, who: str, why: str, mode: str) -> "subprocess.Popen[bytes]":
        """Let a program take an inhibitor and keep it until it is ended."""
        script = (
            "import dbus, sys, time; bus = dbus.SystemBus();"
            "logind = bus.get_object('org.freedesktop.login1', '/org/freedesktop/login1');"
            "held = logind.Inhibit(*sys.argv[1:], dbus_interface='org.freedesktop.login1.Manager');"
            "time.sleep(1000)"
        )
        return self.desktop.spawn("/usr/bin/python3", "-c", script, what, who, why, mode, env=self.env)

    def tell_inhibited(self) -> None:
        """Announce that the inhibitors changed, which logind does by itself and its mock does not."""
        self.call(
            *_MANAGER, "--method", f"{_MOCK}.EmitSignal", "org.freedesktop.DBus.Properties", "PropertiesChanged",
            "sa{sv}as", "[<'org.freedesktop.login1.Manager'>, <{'BlockInhibited': <'idle'>}>, <@as []>]", check=True,
        )  # fmt: skip

    def close(self) -> None:
        """End both."""
        self.desktop.end(self.mock)
        self.desktop.end(self.process)
