"""Where everything that goes wrong arrives: the user's world as a toast with the way out, bugs as a report."""

import asyncio
import logging
import platform
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QtMsgType, Signal, Slot, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from productify import __version__
from productify.errors import KnownError
from productify_ui.text.words import words
from productify_ui.views.context import ViewContext
from productify_ui.widgets.news import News

if TYPE_CHECKING:
    from productify_ui.widgets.dialog import Dialog

_log = logging.getLogger(__name__)
_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class ErrorDesk(QObject):
    """Takes errors from every hook and any thread; a bug is logged with its traceback and shown once.

    `install` sets the hooks, `remove` gives back what was there before.
    """

    _arrived = Signal(object)

    def __init__(self, context: ViewContext, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._window: QWidget | None = None
        self._dialog: Dialog | None = None
        self._told: set[str] = set()
        self._before: tuple[Any, Any, Any] | None = None
        self._arrived.connect(self._show)
        context.bridge.failed.connect(self.report)

    def install(self, loop: asyncio.AbstractEventLoop) -> None:
        """Listen to Python's hooks, Qt's messages and the loop."""
        self._before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._hook
        threading.excepthook = lambda args: self.report(args.exc_value)
        sys.unraisablehook = lambda args: self.report(args.exc_value)
        loop.set_exception_handler(lambda _loop, context: self.report(context.get("exception"), context["message"]))
        qInstallMessageHandler(_log_qt)

    def remove(self) -> None:
        """Let the hooks be what they were."""
        if self._before is not None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = self._before
            self._before = None
            qInstallMessageHandler(None)

    def show_over(self, window: QWidget | None) -> None:
        """Open dialogs over that window."""
        self._window = window

    @Slot(object)
    def report(self, error: BaseException | None, message: str = "") -> None:
        """Take an error; callable from any thread."""
        if isinstance(error, KnownError):
            _log.info("told the user of a %s raised in %s", type(error).__name__, _origin(error))
        else:
            _log.error("a bug: %s", message or error, exc_info=error)
        self._arrived.emit(error if error is not None else RuntimeError(message))

    def _hook(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        if isinstance(error, KnownError):
            self._context.tell(News(error.title, error.hint, tone="danger", icon="circle-alert"))
            return
        text = report_text(error)
        place = text.splitlines()[-1]
        if self._dialog is not None or place in self._told:
            return
        self._told.add(place)
        self._open(text)

    def _open(self, text: str) -> None:
        from productify_ui.widgets.button import Kind
        from productify_ui.widgets.dialog import Dialog

        choices = (
            (words.close, Kind.SECONDARY, lambda: None),
            (words.copy_report, Kind.PRIMARY, lambda: QGuiApplication.clipboard().setText(text)),
        )
        dialog = Dialog(self._context.look, words.fault_title, words.fault_hint, choices, self._window)
        dialog.destroyed.connect(self._closed)
        self._dialog = dialog
        dialog.show()

    @Slot()
    def _closed(self) -> None:
        self._dialog = None


def report_text(error: BaseException) -> str:
    """Return what a developer needs: versions, system, and the traceback; no titles and no data."""
    system = f"Productify Pro {__version__}, Python {platform.python_version()}, {platform.platform()}"
    return f"{system}\n{''.join(traceback.format_exception(error))}"


def _origin(error: BaseException) -> str:
    """Return where in the code `error` was raised: its own words may hold what the user typed."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].name}, line {frames[-1].lineno} of {Path(frames[-1].filename).name}" if frames else "no code"


def _log_qt(kind: QtMsgType, _context: object, message: str) -> None:
    _log.log(_QT_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
