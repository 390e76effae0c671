"""Where the window's own files lie: in the package, or in the checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).parent


def resources_dir() -> Path:
    """Return the folder of themes, icons and fonts."""
    packaged = _PACKAGE / "_resources"
    return packaged if packaged.is_dir() else _PACKAGE.parents[1] / "resources"
