"""Memory and signals: when Python collects garbage, and how Ctrl-C gets through Qt."""

import contextlib
import gc
import signal
import socket

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal, Slot

_SETTLING_MS = 5_000
_YOUNG_MS = 10_000
_FULL_EVERY = 18
_ENDING = tuple(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))


class GarbageTimer(QObject):
    """Collects garbage on the Qt thread alone: a collection elsewhere would destroy widgets there.

    The young generations every ten seconds, everything every three minutes. `settling` is how many milliseconds a
    start takes, in which most of what is made lives on.
    """

    def __init__(self, parent: QObject | None = None, *, settling: int = _SETTLING_MS) -> None:
        super().__init__(parent)
        self._rounds = 0
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(settling)
        self._settled.timeout.connect(self._take_over)
        self._timer = QTimer(self)
        self._timer.setInterval(_YOUNG_MS)
        self._timer.timeout.connect(self._collect)

    def start(self) -> None:
        """Take over from Python once the start is over."""
        self._settled.start()

    def stop(self) -> None:
        """Give it back to Python."""
        self._settled.stop()
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    @Slot()
    def _take_over(self) -> None:
        """Collect less often from now on; what lives by now is taken to live on."""
        gc.collect()
        gc.disable()
        gc.freeze()
        self._timer.start()

    @Slot()
    def _collect(self) -> None:
        self._rounds += 1
        gc.collect(1 if self._rounds % _FULL_EVERY else 2)


class Signals(QObject):
    """Turns SIGINT, SIGTERM and SIGHUP into a Qt signal, through the file descriptor that Python writes to at once."""

    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ours, theirs = socket.socketpair()
        self._theirs = theirs
        for end in (self._ours, theirs):
            end.setblocking(False)
        self._before_fd = signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, _nothing) for number in _ENDING}
        self._notifier = QSocketNotifier(self._ours.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Let signals do what they did before."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._before_fd)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._ours.close()
        self._theirs.close()

    @Slot()
    def _woken(self) -> None:
        numbers = b""
        with contextlib.suppress(BlockingIOError):
            numbers = self._ours.recv(64)
        if set(_ENDING) & set(numbers):
            self.ended.emit()


def _nothing(_number: int, _frame: object) -> None:
    """Python calls it so that the wake-up descriptor is written to."""
