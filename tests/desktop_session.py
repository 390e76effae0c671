"""A whole X11 desktop of its own for a test: X server, session bus, window manager, and what the test starts in it.

Everything lives below one temporary folder and is stopped and waited for at the end.
"""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self, TypeVar

T = TypeVar("T")
_PATIENCE = 10.0
_ASKED_AGAIN = 1.0
_NEEDED = ("Xvfb", "dbus-daemon", "openbox", "xdotool", "xterm")


def missing_programs() -> list[str]:
    """Return the programs that a desktop session needs and that are not installed."""
    return [program for program in _NEEDED if shutil.which(program) is None]


def wait_until(condition: Callable[[], T], what: str = "the condition", timeout: float = _PATIENCE) -> T:
    """Return the first true value of `condition`, asked again and again; fails after `timeout` seconds."""
    end = time.monotonic() + timeout
    while not (value := condition()):
        if time.monotonic() > end:
            raise AssertionError(f"waited {timeout} s for {what}")
        time.sleep(0.02)
    return value


_BARE_BUS = """
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class DesktopSession:
    """`env` is what programs in the session get, and what a probe is given as its environment."""

    def __init__(self, size: str = "1440x900", *, tint2: bool = False, dunst: bool = False) -> None:
        self._size = size
        self._extras = [name for name, wanted in (("tint2", tint2), ("dunst", dunst)) if wanted]
        self._processes: list[subprocess.Popen[bytes]] = []
        self.root = Path(tempfile.mkdtemp(prefix="desktop-"))
        self.env: dict[str, str] = {}

    def __enter__(self) -> Self:
        """Start the desktop; returns when windows are managed."""
        try:
            self._start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Stop everything, the newest first, and wait for it."""
        for process in reversed(self._processes):
            self.end(process)
        shutil.rmtree(self.root, ignore_errors=True)

    def spawn(self, *command: str, env: Mapping[str, str] | None = None, **options: object) -> subprocess.Popen[bytes]:
        """Start a program in the session, in a process group of its own."""
        log = (self.root / f"{Path(command[0]).name}.log").open("ab")
        with log:
            process = subprocess.Popen(
                command,
                env={**self.env, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **options,  # type: ignore[call-overload]
            )
        self._processes.append(process)
        return process

    def end(self, process: subprocess.Popen[bytes], how: signal.Signals = signal.SIGTERM) -> None:
        """End a program and what it started, and wait for it."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, how)
        try:
            process.wait(3)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(3)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        if process in self._processes:
            self._processes.remove(process)

    @contextmanager
    def guests(self) -> Iterator[None]:
        """End whatever is started within, so that the next test finds an empty desktop."""
        before = list(self._processes)
        yield
        for process in [each for each in reversed(self._processes) if each not in before]:
            self.end(process)

    def xdotool(self, *arguments: str | int) -> str:
        """Run xdotool and return what it prints; empty where it fails."""
        done = subprocess.run(
            ["xdotool", *map(str, arguments)], env=self.env, capture_output=True, text=True, timeout=10, check=False
        )
        return done.stdout.strip()

    def xterm(self, title: str) -> tuple[subprocess.Popen[bytes], int]:
        """Open a terminal with `title`; returns its process and window once it is in front."""
        process = self.spawn("xterm", "-T", title, "-e", "sleep", "1000")
        return process, self.window(title)

    def window(self, title: str) -> int:
        """Return the window with exactly `title` once it is in front."""
        return wait_until(lambda: self._front_if(title), f"the window {title!r}")

    def activate(self, window: int) -> None:
        """Bring a window to the front, and return when it is there; asked again where a busy desktop missed it."""

        def came() -> bool:
            self.xdotool("windowactivate", window)
            end = time.monotonic() + _ASKED_AGAIN
            while self.active() != window:
                if time.monotonic() > end:
                    return False
            return True

        wait_until(came, f"window {window} in front")

    def fullscreen(self, window: int, on: bool) -> None:
        """Let a window fill the whole screen, or no more; returns when the window manager did so.

        It is asked again, as it does not hear of a window that it has only just taken up.
        """
        change = f"{'add' if on else 'remove'},fullscreen"

        def done() -> bool:
            subprocess.run(["wmctrl", "-i", "-r", str(window), "-b", change], env=self.env, check=True, timeout=10)
            time.sleep(0.05)
            command = ["xprop", "-id", str(window), "_NET_WM_STATE"]
            state = subprocess.run(command, env=self.env, capture_output=True, text=True, timeout=10, check=True)
            return ("FULLSCREEN" in state.stdout) is on

        wait_until(done, change)

    def active(self) -> int:
        """Return the window in front, 0 where there is none."""
        return int(self.xdotool("getactivewindow") or 0)

    def bus(self, *, bare: bool = False) -> tuple[subprocess.Popen[bytes], str]:
        """Start another message bus and return its process and address; a `bare` one starts no service by itself."""
        read_end, write_end = os.pipe()
        config = "--session"
        if bare:
            (self.root / "bare-bus.conf").write_text(_BARE_BUS)
            config = f"--config-file={self.root / 'bare-bus.conf'}"
        process = self.spawn("dbus-daemon", config, "--nofork", f"--print-address={write_end}", pass_fds=(write_end,))
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            return process, pipe.readline().strip()

    def _front_if(self, title: str) -> int:
        active = self.active()
        return active if active and self.xdotool("getwindowname", active) == title else 0

    def _start(self) -> None:
        home, runtime = self.root / "home", self.root / "run"
        home.mkdir(mode=0o700)
        runtime.mkdir(mode=0o700)  # its path has no colon, which the accessibility bus would stumble over
        self.env = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(runtime),
            "LANG": "C.UTF-8",
            "HOSTNAME": socket.gethostname(),
        }
        self.env["DISPLAY"] = f":{self._start_x_server()}"
        self.bus_process, self.env["DBUS_SESSION_BUS_ADDRESS"] = self.bus()
        self.spawn("openbox")
        wait_until(lambda: self._has_manager(), "the window manager")
        for program in self._extras:
            self.spawn(program)

    def _start_x_server(self) -> str:
        read_end, write_end = os.pipe()
        self.x_server = self.spawn(
            "Xvfb", "-displayfd", str(write_end), "-screen", "0", f"{self._size}x24", "-nolisten", "tcp", "-noreset",
            pass_fds=(write_end,),
        )  # fmt: skip
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            display = pipe.readline().strip()
        if not display:
            raise RuntimeError((self.root / "Xvfb.log").read_text())
        return display

    def _has_manager(self) -> bool:
        """Return whether windows are listed: openbox, when it has only just said that it is there, loses new ones."""
        done = subprocess.run(
            ["xprop", "-root", "_NET_CLIENT_LIST"], env=self.env, capture_output=True, text=True, check=False
        )
        return "window id" in done.stdout
