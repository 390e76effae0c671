"""Whether the machine runs on mains power."""

import subprocess
import sys
from pathlib import Path

_SUPPLIES = Path("/sys/class/power_supply")
_PMSET_SECONDS = 5


def on_mains(supplies: Path = _SUPPLIES) -> bool:
    """Return whether it does, as far as can be told; a machine without a battery always does."""
    if sys.platform == "win32":
        return _windows()
    if sys.platform == "darwin":
        return _macos()
    return _linux(supplies)


def _linux(supplies: Path) -> bool:
    """The kernel's list of supplies: a battery that empties tells more than a plug, which docks hide."""
    kinds = {folder: _word(folder / "type") for folder in supplies.glob("*")}
    batteries = [folder for folder, kind in kinds.items() if kind == "Battery" and _word(folder / "scope") != "Device"]
    return not any(_word(battery / "status") == "Discharging" for battery in batteries)


def _word(file: Path) -> str:
    try:
        return file.read_text().strip()
    except OSError:
        return ""


def _windows() -> bool:
    import ctypes

    class Status(ctypes.Structure):
        _fields_ = (("line", ctypes.c_byte), ("rest", ctypes.c_byte * 11))

    status = Status()
    windll = getattr(ctypes, "windll")  # noqa: B009  # only Windows has it
    return not windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)) or status.line != 0


def _macos() -> bool:
    try:
        told = subprocess.run(
            ["/usr/bin/pmset", "-g", "batt"], capture_output=True, text=True, timeout=_PMSET_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return True
    return "Battery Power" not in told.stdout
