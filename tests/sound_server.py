"""A sound server of its own for a test: PipeWire with its session manager and its PulseAudio door, and no hardware."""

import shutil
import subprocess
from typing import Self

from desktop_session import DesktopSession, wait_until

_NEEDED = ("pipewire", "wireplumber", "pipewire-pulse", "pactl", "pacat", "parec")


def missing_programs() -> list[str]:
    """Return the programs that this needs and that are not installed."""
    return [program for program in _NEEDED if shutil.which(program) is None]


class SoundServer:
    """A sink named `out`, and a source named `mic` that is fed by nobody, in a desktop session."""

    def __init__(self, desktop: DesktopSession) -> None:
        self.desktop = desktop
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        """Start it; returns when it answers and has its devices."""
        for program in ("pipewire", "wireplumber", "pipewire-pulse"):
            self.processes.append(self.desktop.spawn(program, env={"PIPEWIRE_RUNTIME_DIR": self._runtime}))
            wait_until(lambda: (self.desktop.root / "run" / "pipewire-0").exists(), "pipewire")
        wait_until(lambda: self._pactl("info"), "the sound server")
        wait_until(lambda: self._pactl("load-module", "module-null-sink", "sink_name=out"), "a sink")
        self._pactl(
            "load-module", "module-null-sink", "sink_name=mic", "media.class=Audio/Source/Virtual", "channel_map=mono"
        )
        wait_until(lambda: {"out", "mic"} <= self._devices(), "sink and source")
        self._pactl("set-default-sink", "out")
        self._pactl("set-default-source", "mic")
        return self

    def __exit__(self, *_: object) -> None:
        """Stop it."""
        for process in reversed(self.processes):
            self.desktop.end(process)

    def play(self, name: str) -> "subprocess.Popen[bytes]":
        """Let an app of that name play, silently to human ears, until it is ended."""
        return self.desktop.spawn("sh", "-c", f"exec pacat --client-name='{name}' --device=out </dev/zero")

    def record(self, name: str, device: str = "mic") -> "subprocess.Popen[bytes]":
        """Let an app of that name record from a device until it is ended."""
        return self.desktop.spawn("sh", "-c", f"exec parec --client-name='{name}' --device={device} >/dev/null")

    def recorders(self) -> int:
        """Return how many streams record now, whatever from."""
        return len(self._run("list", "short", "source-outputs").stdout.splitlines())

    @property
    def _runtime(self) -> str:
        return self.desktop.env["XDG_RUNTIME_DIR"]

    def _pactl(self, *arguments: str) -> bool:
        return self._run(*arguments).returncode == 0

    def _devices(self) -> set[str]:
        lines = [line for kind in ("sinks", "sources") for line in self._run("list", "short", kind).stdout.splitlines()]
        return {line.split("\t")[1] for line in lines}

    def _run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        command = ["pactl", *arguments]
        return subprocess.run(command, env=self.desktop.env, capture_output=True, text=True, timeout=10, check=False)
