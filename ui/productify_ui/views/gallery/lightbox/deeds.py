"""What is done with the picture in view, or with all of its app, beyond blurring and deleting the one."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from productify.domain import Shot, ShotFilter
from productify.errors import KnownError
from productify_ui.text.gallery import gallery_words
from productify_ui.text.lightbox import lightbox_words as say
from productify_ui.views.context import ViewContext
from productify_ui.views.gallery.actions import ShotActions
from productify_ui.views.gallery.lightbox.stage import Box
from productify_ui.widgets.button import Kind
from productify_ui.widgets.look import Look
from productify_ui.widgets.news import News
from productify_ui.widgets.popup import Menu

if TYPE_CHECKING:
    from productify.service import Service

_AT_ONCE = 2000
_SUFFIXES = {"webp": ".webp", "jpeg": ".jpg"}


class Deeds(QObject):
    """Covers, saves, and does the same to every picture of an app."""

    def __init__(self, context: ViewContext, actions: ShotActions, look: Look, over: QWidget) -> None:
        super().__init__(over)
        self._context = context
        self._actions = actions
        self._look = look
        self._over = over

    def cover(self, shot_id: str, boxes: Sequence[Box]) -> None:
        """Cover parts of a picture for good."""
        self._actions.start(self._cover(shot_id, tuple(boxes)))

    def save_as(self, shot: Shot) -> None:
        """Let the user choose where a copy of the picture goes."""
        dialog = QFileDialog(self._over, say.save)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation))
        dialog.selectFile(_file_name(shot, shot.captured_at.astimezone(self._context.zone)))
        dialog.fileSelected.connect(partial(self.save, shot))
        dialog.open()

    def save(self, shot: Shot, path: str) -> None:
        """Write a copy of the picture's file to `path`."""
        self._actions.start(self._save(shot.id, Path(path)))

    def open_menu(self, shot: Shot, corner: QPoint) -> None:
        """Open the menu of what is done more seldom, once it is known how many pictures the app has."""
        self._actions.start(self._menu(shot, corner))

    async def _cover(self, shot_id: str, boxes: tuple[Box, ...]) -> None:
        await self._context.bridge.call(lambda service: service.screenshots.cover(shot_id, boxes))
        self._actions.spoiled.emit((shot_id,))
        self._context.tell(News(say.covered, tone="success", icon="square-dashed"))

    async def _save(self, shot_id: str, path: Path) -> None:
        await self._context.bridge.call(partial(_write_copy, shot_id, path))
        self._context.tell(News(say.saved.format(path=path), tone="success", icon="download"))

    async def _menu(self, shot: Shot, corner: QPoint) -> None:
        app = shot.app_name
        count = 0
        if app is not None:
            count = await self._context.bridge.call(lambda service: service.screenshots.count_of_app(app))
        if not self._over.isVisible():
            return
        menu = Menu(self._look, self._over)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.add(say.save, "download").triggered.connect(partial(self._save_clicked, shot))
        if app is not None:
            menu.addSeparator()
            told = {"app": app, "count": f"{count:,}"}
            menu.add(say.blur_app.format(**told), "droplets").triggered.connect(partial(self._ask_blur, app, count))
            menu.add(say.delete_app.format(**told), "trash-2").triggered.connect(partial(self._delete_app, app))
            menu.addSeparator()
            menu.add(say.never_app.format(app=app), "eye-off").triggered.connect(partial(self._ask_never, app))
        menu.popup(corner)

    def _save_clicked(self, shot: Shot, _checked: bool = False) -> None:
        self.save_as(shot)

    def _ask_blur(self, app: str, count: int, _checked: bool = False) -> None:
        title = say.ask_blur_app.format(app=app, count=f"{count:,}")
        blur = (gallery_words.blur, Kind.PRIMARY, lambda: self._actions.start(self._blur_app(app)))
        self._actions.ask(title, gallery_words.ask_blur_hint, blur, self._over)

    def _delete_app(self, app: str, _checked: bool = False) -> None:
        self._actions.start(self._delete_all(app))

    def _ask_never(self, app: str, _checked: bool = False) -> None:
        never = (say.never_yes, Kind.PRIMARY, lambda: self._actions.start(self._exclude(app)))
        self._actions.ask(say.ask_never.format(app=app), say.ask_never_hint, never, self._over)

    async def _blur_app(self, app: str) -> None:
        self._actions.start_blur_app(app, await self._context.bridge.call(partial(_ids_of, app)))

    async def _delete_all(self, app: str) -> None:
        self._actions.delete(await self._context.bridge.call(partial(_ids_of, app)))

    async def _exclude(self, app: str) -> None:
        preferences = self._context.preferences
        excluded = preferences.settings.texts("excluded_apps")
        if app.casefold() not in [each.casefold() for each in excluded]:
            await preferences.save("excluded_apps", (*excluded, app))
        self._context.tell(News(say.never_done.format(app=app), tone="success", icon="eye-off"))


async def _ids_of(app: str, service: "Service") -> tuple[str, ...]:
    """Return every picture that had an app in front."""
    which = ShotFilter(datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC), app_name=app)
    found: list[str] = []
    while rows := await service.screenshots.page(which, len(found), _AT_ONCE):
        found += [shot.id for shot in rows]
    return tuple(found)


async def _write_copy(shot_id: str, path: Path, service: "Service") -> None:
    data = await service.screenshots.picture(shot_id)
    try:
        await asyncio.to_thread(path.write_bytes, data)
    except OSError as error:
        raise KnownError(say.save_failed.format(path=path), say.save_failed_hint) from error


def _file_name(shot: Shot, taken: datetime) -> str:
    name = say.file_name.format(day=f"{taken:%Y-%m-%d}", clock=f"{taken:%H.%M.%S}")
    return name + _SUFFIXES.get(shot.format, f".{shot.format}")
