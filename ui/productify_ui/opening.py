"""Opening the record behind the window, again where that failed, and putting a backup back."""

import logging
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from productify.engine import EngineRoom
from productify.errors import DamagedDatabaseError, KnownError
from productify.paths import DataDir
from productify_ui.text import formats
from productify_ui.text.trouble import trouble_words
from productify_ui.views.context import ViewContext
from productify_ui.widgets.news import News

_log = logging.getLogger(__name__)


class Opening(QObject):
    """Loads what all pages share as soon as the service is open.

    `opened` tells that they have it, `failed` carries the KnownError that stands in the way.
    """

    opened = Signal()
    failed = Signal(object)

    def __init__(
        self, room: EngineRoom, context: ViewContext, data_dir: DataDir, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._room = room
        self._context = context
        self._data_dir = data_dir
        self._waiting = QTimer(self)
        self._waiting.setSingleShot(True)
        self._waiting.timeout.connect(self.start)
        self._started = False
        self.error: KnownError | None = None
        """What stands in the way, None while nothing is known to."""

    def start_within(self, milliseconds: int) -> None:
        """Open it at the latest then, where nobody calls `start` before."""
        self._waiting.start(milliseconds)

    @Slot()
    def start(self) -> None:
        """Open it for the first time; a second call does nothing."""
        self._waiting.stop()
        if self._started:
            return
        self._started = True
        self._room.start()
        self._context.bridge.start(self._load())

    def retry(self) -> None:
        """Try once more."""
        self._again()

    def put_back(self) -> None:
        """Make the newest good backup the record, and open that; without one this is another try."""
        copy = self.error.backup if isinstance(self.error, DamagedDatabaseError) else None
        if copy is None:
            self._again()
        else:
            self._again(lambda: _restore(self._data_dir, copy), day_of(copy))

    def _again(self, repair: Callable[[], object] | None = None, restored: date | None = None) -> None:
        self._room.reopen(repair)
        self._context.bridge.start(self._load(restored))

    async def _load(self, restored: date | None = None) -> None:
        try:
            await self._context.load()
        except KnownError as error:
            _log.info("the record could not be opened: %s", error)
            self._fail(error)
        except Exception:
            self._fail(KnownError(trouble_words.bug, trouble_words.bug_hint))
            raise
        else:
            self.error = None
            self.opened.emit()
            if restored is not None:
                title = trouble_words.is_back.format(day=formats.day(restored))
                self._context.tell(News(title, trouble_words.is_back_hint, tone="success", icon="circle-check"))

    def _fail(self, error: KnownError) -> None:
        self.error = error
        self._context.status.fail(title_of(error))
        self.failed.emit(error)


def title_of(error: KnownError) -> str:
    """Return in a few words what stands in the way."""
    return trouble_words.damaged if isinstance(error, DamagedDatabaseError) else error.title


def day_of(copy: Path) -> date | None:
    """Return the local day that a backup was made on, None where it is gone."""
    try:
        return datetime.fromtimestamp(copy.stat().st_mtime).astimezone().date()
    except OSError:
        return None


def _restore(data_dir: DataDir, copy: Path) -> None:
    from productify.service import rescue

    rescue.restore(data_dir, copy)
