"""How the window last looked, kept in a file so that the first frame is right before any database is open."""

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WindowState:
    """Theme, size and page of the window; sizes in logical pixels, 0 for the default."""

    theme: str = "system"
    text_scale: int = 100
    motion: str = "system"
    patterns: bool = False
    width: int = 0
    height: int = 0
    maximised: bool = False
    page: str = "dashboard"
    shot_size: str = "medium"
    told_about_tray: bool = False


def load_state(path: Path) -> WindowState:
    """Return the saved state; what is missing or damaged is the default."""
    try:
        saved = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return WindowState()
    except (OSError, ValueError):
        _log.warning("%s cannot be read; the window opens as new", path, exc_info=True)
        return WindowState()
    return WindowState(**_fitting(saved)) if isinstance(saved, dict) else WindowState()


def save_state(path: Path, state: WindowState) -> None:
    """Save the state; a disk that is full only costs the memory of it."""
    try:
        fresh = path.with_suffix(".new")
        fresh.write_text(json.dumps(asdict(state), indent=1), encoding="utf-8")
        fresh.replace(path)
    except OSError:
        _log.warning("the window's state could not be saved to %s", path, exc_info=True)


def _fitting(saved: dict[str, object]) -> dict[str, Any]:
    default = WindowState()
    return {
        field.name: saved[field.name]
        for field in fields(WindowState)
        if field.name in saved and type(saved[field.name]) is type(getattr(default, field.name))
    }
