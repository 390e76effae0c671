"""Logs: one rotating file in the data folder, warnings on stderr, a crash file for what Python cannot tell."""

import faulthandler
import logging
import logging.handlers
import sys
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from productify.errors import KnownError

_FORMAT = "%(asctime)s %(levelname)-7s %(name)s: %(message)s"
_crash_file: TextIO | None = None


def start_logging(folder: Path, *, verbose: bool = False) -> None:
    """Write records of INFO and above to `folder`/productify.log (3 files of 1 MB), crashes to crash.log.

    `verbose` also sends everything from DEBUG to stderr, which otherwise gets warnings alone. Raises KnownError where
    the files cannot be written.
    """
    stop_logging()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = _LogFile(folder / "productify.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8")
        _catch_crashes(folder / "crash.log")
    except OSError as error:
        raise KnownError(
            f"The logs in {folder} cannot be written: {error.strerror}.", "Make them writable for your account."
        ) from None
    root = logging.getLogger("productify")
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    for handler in (file, _stderr(logging.DEBUG if verbose else logging.WARNING)):
        handler.setFormatter(logging.Formatter(_FORMAT))
        root.addHandler(handler)


def stop_logging() -> None:
    """Close the log files and let go of the crash file."""
    global _crash_file
    root = logging.getLogger("productify")
    for handler in list(root.handlers):
        root.removeHandler(handler)
        handler.close()
    if _crash_file is not None:
        faulthandler.disable()
        _crash_file.close()
        _crash_file = None


class _LogFile(logging.handlers.RotatingFileHandler):
    """A log that a full disk interrupts, and nothing else."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's own name
        """Drop `record` where the disk does not take it; stderr has the ones that matter."""
        if not isinstance(sys.exc_info()[1], OSError):
            super().handleError(record)

    def close(self) -> None:
        """Close the file, also where the disk does not take what is left."""
        with suppress(OSError):
            super().close()


def _stderr(level: int) -> logging.Handler:
    handler = logging.StreamHandler()
    handler.setLevel(level)
    return handler


def _catch_crashes(path: Path) -> None:
    global _crash_file
    _crash_file = path.open("a", encoding="utf-8")
    faulthandler.enable(_crash_file)
