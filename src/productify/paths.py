"""Where things lie: the user's data below one folder, the product's own files in the package or the checkout."""

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from productify.errors import KnownError

_PACKAGE = Path(__file__).parent
_CHECKOUT = _PACKAGE.parents[1]


@dataclass(frozen=True, slots=True)
class DataDir:
    """One user's data folder; everything the product writes lies below it."""

    root: Path

    def unusual_root(self) -> Path | None:
        """Return the folder where it is not the one used by default, else None."""
        return None if self.root == _usual_root() else self.root

    @property
    def database(self) -> Path:
        """The local store."""
        return self.root / "productify.db"

    @property
    def backups(self) -> Path:
        """The daily copies of the store."""
        return self.root / "backups"

    @property
    def screenshots(self) -> Path:
        """The pictures of the screen, in a folder for each day."""
        return self.root / "screenshots"

    @property
    def screenshots_set_aside(self) -> Path:
        """Pictures that the database does not know, for a week."""
        return self.root / "screenshots-set-aside"

    @property
    def logs(self) -> Path:
        """Rotating logs and the crash file."""
        return self.root / "logs"

    @property
    def recorder_lock(self) -> Path:
        """Held by the one process that records."""
        return self.root / "recorder.lock"

    @property
    def control(self) -> Path:
        """How other commands reach the running app: port and token, readable by the user alone."""
        return self.root / "control.json"

    @property
    def running_mark(self) -> Path:
        """Exists while a recorder runs; found at start, it tells of an unclean exit."""
        return self.root / "running"

    @property
    def window_state(self) -> Path:
        """Theme, size and page of the last window, so that the first frame already looks right."""
        return self.root / "window.json"

    @property
    def browser_extension(self) -> Path:
        """Where the app writes the browser extension: among the documents, where every browser may read it."""
        return (self.unusual_root() or platformdirs.user_documents_path()) / "Productify Pro browser extension"


def keep_private() -> None:
    """Let what this process writes from now on be readable by its user alone, wherever the data folder lies."""
    os.umask(0o077)


def open_data_dir(given: str | Path | None = None) -> DataDir:
    """Return the data folder, made if it is missing: `given`, else PRODUCTIFY_DATA_DIR, else the platform's place.

    Raises KnownError where the folder is a file or cannot be written.
    """
    root = Path(given or os.environ.get("PRODUCTIFY_DATA_DIR") or _usual_root())
    try:
        root = root.expanduser().absolute()
        root.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (FileExistsError, NotADirectoryError):
        raise KnownError(f"The data folder {root} is a file.", "Name a folder with --data-dir.") from None
    except OSError as error:
        raise KnownError(
            f"The data folder {root} cannot be made: {error.strerror}.", "Name another one with --data-dir."
        ) from None
    except RuntimeError:  # ~somebody
        raise KnownError(f"The data folder {root} is nobody's home.", "Name another one with --data-dir.") from None
    _try_writing(root)
    return DataDir(root)


def _usual_root() -> Path:
    return platformdirs.user_data_path("productify", False)


def _try_writing(root: Path) -> None:
    probe = root / f".write-{os.getpid()}"
    try:
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise KnownError(
            f"The data folder {root} cannot be written: {error.strerror}.",
            "Make it writable, or name another one with --data-dir.",
        ) from None


def migrations_dir() -> Path:
    """Return the folder of database migrations, packaged or in the checkout."""
    return _packaged(_PACKAGE / "_migrations", _CHECKOUT / "migrations")


def catalogue_dir() -> Path:
    """Return the folder of shipped categories and rules, packaged or in the checkout."""
    return _packaged(_PACKAGE / "_catalogue", _CHECKOUT / "resources" / "catalogue")


def gnome_extension_dir() -> Path:
    """Return the folder of the parts of the GNOME Shell extension, packaged or in the checkout."""
    return _packaged(_PACKAGE / "_gnome_extension", _CHECKOUT / "resources" / "gnome-extension")


def linux_dir() -> Path:
    """Return the folder of what is installed on Linux alone, packaged or in the checkout."""
    return _packaged(_PACKAGE / "_linux", _CHECKOUT / "installer" / "linux")


def browser_extension_dir() -> Path:
    """Return the folder of the browser extension's sources, packaged or in the checkout."""
    return _packaged(_PACKAGE / "_browser_extension", _CHECKOUT / "resources" / "browser-extension")


def _packaged(packaged: Path, checkout: Path) -> Path:
    return packaged if packaged.is_dir() else checkout
