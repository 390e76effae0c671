"""What a picture costs: from the look at what is in view to the row in the store, in CPU time of the whole process."""

import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

from desktop_session import DesktopSession
from productify.domain import Trigger
from productify.paths import open_data_dir
from productify.service import Service

_TIMES = 15
_SIZE = "1920x1080"
_TEXT = Path(__file__).parents[2] / "src" / "productify" / "settings.py"
_TERMINAL = ("-fa", "Monospace", "-fs", "9", "-geometry", "272x70+0+0", "-bg", "#1e1e2e", "-fg", "#cdd6f4")


def main() -> None:
    """Measure on a screen of 1080 lines that a dense window fills."""
    with DesktopSession(_SIZE) as session, tempfile.TemporaryDirectory() as folder:
        show = f"pr -m -t -w 270 {_TEXT} {_TEXT} | head -69; sleep 600"
        session.spawn("xterm", *_TERMINAL, "-T", "dense", "-e", "sh", "-c", show)
        session.window("dense")
        time.sleep(1)  # until it has drawn itself
        subprocess.run(
            [sys.executable, "-m", "bench.capture", "within", folder],
            cwd=Path(__file__).parents[1],
            env={**os.environ, **session.env},
            check=True,
        )


async def measure(folder: Path) -> None:
    """Print what pictures cost in this process, on the screen that DISPLAY names."""
    service = await Service.open(open_data_dir(folder), record=True)
    try:
        await service.preferences.save("screenshots_enabled", True)
        await _until(lambda: service.tracking.tracker is not None and service.tracking.tracker.running)
        await _until(lambda: service.screenshots.capture._camera)
        camera = service.screenshots.capture._camera
        assert camera is not None
        camera._shutter._settle = 0.0  # a wait costs nothing, and others work meanwhile

        async def stored() -> None:
            assert (await camera.take(Trigger.ASKED)).stored == 1

        async def unchanged() -> None:
            assert (await camera.take(Trigger.INTERVAL)).stored == 0

        cost = await _cost(stored)
        files = [path.stat().st_size for path in service.data_dir.screenshots.rglob("*.webp")]
        detail = f"median of {_TIMES}, {median(files) / 1000:.0f} KB each"
        _print("CPU of a picture of 1080p, stored", cost, 60, detail)
        _print("CPU of an unchanged screen", await _cost(unchanged), 15, f"median of {_TIMES}")
    finally:
        await service.close()


async def _cost(act: Callable[[], Awaitable[None]]) -> float:
    """Return the median CPU milliseconds of all threads, after two to warm up."""
    times = []
    for _ in range(_TIMES + 2):
        begin = time.process_time()
        await act()
        times.append(1000 * (time.process_time() - begin))
    return median(times[2:])


async def _until(condition: Callable[[], Any]) -> None:
    end = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < end
        await asyncio.sleep(0.02)


def _print(what: str, measured: float, budget: float, detail: str) -> None:
    print("figure", what, f"{measured:.2f}", budget, "ms", detail, sep="\t", flush=True)


if __name__ == "__main__":
    if sys.argv[1] == "within":
        asyncio.run(measure(Path(sys.argv[2])))
    else:
        main()
