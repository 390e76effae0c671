"""A headless sway of its own for a test, with a session bus and what the test starts in it.

sway refuses to be root, so root hands it over to `nobody`; what runs in the session stays who runs the tests.
"""

import json
import os
import pwd
import shutil
import socket
import subprocess
from typing import Any

from desktop_session import DesktopSession, wait_until

_NEEDED = ("sway", "swaymsg", "foot", "wtype", "Xwayland", "xterm", "dbus-daemon")
_CONFIG = """
output HEADLESS-1 resolution 1600x1000
default_border none
xwayland {xwayland}
"""


def missing_programs() -> list[str]:
    """Return the programs that a sway session needs and that are not installed."""
    return [program for program in _NEEDED if shutil.which(program) is None]


class SwaySession(DesktopSession):
    """`env` is what programs in the session get, and what a probe is given as its environment."""

    def __init__(self, *, xwayland: bool = True) -> None:
        super().__init__()
        self._xwayland = xwayland
        self._ipc = self.root / "sway" / "ipc.sock"
        self.compositor: subprocess.Popen[bytes] | None = None

    def swaymsg(self, *arguments: str) -> Any:
        """Run a command or ask a question and return sway's answer."""
        done = subprocess.run(
            ["swaymsg", "--raw", *arguments], env=self.env, capture_output=True, text=True, timeout=10, check=False
        )
        return json.loads(done.stdout) if done.stdout else None

    def nodes(self) -> list[dict[str, Any]]:
        """Return every window, workspace and output."""
        waiting, found = [self.swaymsg("-t", "get_tree") or {}], []
        while waiting:
            found.append(node := waiting.pop())
            waiting += [*node.get("nodes", ()), *node.get("floating_nodes", ())]
        return found

    def focused(self) -> dict[str, Any]:
        """Return the window or workspace that has the focus; empty where sway does not say."""
        return next((node for node in self.nodes() if node.get("focused")), {})

    def foot(self, title: str, *, app_id: str = "foot") -> subprocess.Popen[bytes]:
        """Open a Wayland terminal with `title`; returns its process once it is in front."""
        process = self.spawn("foot", "--title", title, "--app-id", app_id, "--", "sleep", "1000")
        wait_until(lambda: self.focused().get("name") == title, f"the window {title!r}")
        return process

    def xterm(self, title: str) -> tuple[subprocess.Popen[bytes], int]:
        """Open an X11 terminal with `title`; returns its process and sway's number of it once it is in front."""
        process = self.spawn(*_as_ordinary_user(), "xterm", "-T", title, "-e", "sleep", "1000")
        wait_until(lambda: self.focused().get("name") == title, f"the window {title!r}")
        return process, self.focused()["id"]

    def focus(self, title: str) -> None:
        """Ask for the window whose title is `title`."""
        self.swaymsg(f'[title="^{title}$"] focus')

    def press(self) -> None:
        """Press a key and let it go."""
        subprocess.run(["wtype", "-k", "Shift_L"], env=self.env, check=True, timeout=10)

    def start_compositor(self) -> None:
        """Start sway, at the same addresses each time."""
        self._ipc.unlink(missing_ok=True)  # a sway that was killed leaves it behind
        self.compositor = self.spawn(
            *_as_ordinary_user(),
            "sway",
            "-c",
            str(self.root / "sway.conf"),
            env={
                "DISPLAY": "",
                "SWAYSOCK": str(self._ipc),
                "XDG_RUNTIME_DIR": str(self._ipc.parent),
                "HOME": str(self._ipc.parent),
                "WLR_BACKENDS": "headless",
                "WLR_LIBINPUT_NO_DEVICES": "1",
                "WLR_RENDERER": "pixman",
            },
        )
        wait_until(lambda: self._ipc.exists() and self.swaymsg("-t", "get_version"), "sway")

    def _start(self) -> None:
        self.root.chmod(0o755)
        self._ipc.parent.mkdir(mode=0o700)
        if os.geteuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(self._ipc.parent, nobody.pw_uid, nobody.pw_gid)
        (self.root / "sway.conf").write_text(_CONFIG.format(xwayland="enable" if self._xwayland else "disable"))
        for name in ("home", "run"):
            (self.root / name).mkdir(mode=0o700)
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.root / "home"),
            "XDG_RUNTIME_DIR": str(self.root / "run"),
            "XDG_SESSION_TYPE": "wayland",
            "XDG_CURRENT_DESKTOP": "sway",
            "LANG": "C.UTF-8",
            "HOSTNAME": socket.gethostname(),
            "SWAYSOCK": str(self._ipc),
        }
        self.bus_process, self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus()
        self.start_compositor()
        self.env |= self._displays()

    def _displays(self) -> dict[str, str]:
        """Return where the compositor listens, as what it starts is told."""
        told = self._ipc.parent / "displays"
        self.swaymsg(f'exec printf "%s\\n%s\\n" "$WAYLAND_DISPLAY" "$DISPLAY" > {told}.new && mv {told}.new {told}')
        wait_until(told.exists, "the displays")
        wayland, x11 = told.read_text().splitlines()
        return {"WAYLAND_DISPLAY": str(self._ipc.parent / wayland), **({"DISPLAY": x11} if self._xwayland else {})}


def _as_ordinary_user() -> list[str]:
    if os.geteuid() != 0:
        return []
    return ["setpriv", "--reuid", "nobody", "--regid", "nogroup", "--clear-groups"]
