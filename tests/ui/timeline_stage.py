"""The timeline over the real service, and the hands of whoever uses it."""

import asyncio
from datetime import date

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from productify.domain import Block
from productify_ui.views.timeline.axis import milliseconds
from ui.conftest import until
from ui.real import RealStage

DAY = date(2026, 11, 19)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def on_timeline(on_real_stage):
    """Runs a play with the timeline in view."""

    def perform(play, size: tuple[int, int] = (1440, 900)) -> None:
        async def played(stage) -> None:
            try:
                await play(stage)
            finally:  # what was asked for is answered before the stage is struck
                await until(lambda: stage.window.page.settled and not stage.context.bridge._tasks)

        on_real_stage(played, size, "timeline")

    return perform


async def stored(stage: RealStage, day: date = DAY) -> tuple[Block, ...]:
    return (await stage.ask(lambda service: service.reports.timeline(day))).blocks


async def becomes(stage: RealStage, condition, day: date = DAY) -> tuple[Block, ...]:
    """Wait until what is stored of the day is so, and until the page shows it."""
    async with asyncio.timeout(5):
        while not condition(blocks := await stored(stage, day)):
            await stage.settle()
    await until(lambda: tuple(block for block in stage.window.page.blocks if block.cause != "off") == blocks)
    return blocks


async def told(stage: RealStage, text: str) -> None:
    await until(lambda: any(toast.accessibleName() == text for toast in stage.window.toasts.shown))


def press(widget: QWidget, key: Qt.Key, keys=Qt.KeyboardModifier.NoModifier) -> None:
    widget.window().activateWindow()  # off screen, a menu that closes leaves no window active
    QTest.keyClick(widget, key, keys)


def move(widget: QWidget, place: QPoint, held=Qt.MouseButton.NoButton, keys=Qt.KeyboardModifier.NoModifier) -> None:
    """Move the mouse; QTest's own way lets other tasks run in between, which asyncio forbids."""
    where = place.toPointF()
    event = QMouseEvent(
        QEvent.Type.MouseMove, where, widget.mapToGlobal(where), Qt.MouseButton.NoButton, held, keys
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def drag(widget: QWidget, start: QPoint, end: QPoint, keys=Qt.KeyboardModifier.NoModifier) -> None:
    QTest.mousePress(widget, LEFT, keys, start)
    for share in (0.4, 1.0):
        move(widget, start + (end - start) * share, LEFT, keys)
    QTest.mouseRelease(widget, LEFT, keys, end)


def longest(blocks, cause=None, place: int = 0) -> Block:
    """Return one of the longest blocks of a cause, None being an app."""
    fitting = [block for block in blocks if block.cause == cause]
    return sorted(fitting, key=lambda block: block.start - block.end)[place]


def middle(page, block: Block) -> QPoint:
    """Return where a block of the activity lane is."""
    canvas = page.canvas
    row = canvas._painter.rows()[0]
    middle = (milliseconds(block.start) + milliseconds(block.end)) / 2
    return QPoint(round(canvas._left() + canvas.axis.x(middle)), round(row.top + row.height / 2))
