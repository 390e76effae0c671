"""The camera over a real store and real files; the screen is drawn by the test, as its content is what it is about."""

import asyncio
import os
import threading
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import func, select, update

from capture.editor import Editor
from productify.capture import camera as camera_module
from productify.capture import shutter
from productify.capture.album import Album
from productify.capture.camera import Around, Camera, Outcome
from productify.capture.darkroom import Darkroom
from productify.capture.grabbers import Grab, GrabError
from productify.clock import LocalDays, SettableClock
from productify.domain import Monitor, Pane, Rect, Scene, Skip, Trigger
from productify.paths import DataDir
from productify.settings import Settings
from productify.store import upgrade, users
from productify.store.database import Database
from productify.store.schema import Screenshot, ScreenshotSkip

NOON = datetime(2026, 11, 19, 12, tzinfo=UTC)
SMALL = (640, 360)
LEFT, RIGHT = Monitor(1, "left", Rect(0, 0, *SMALL)), Monitor(2, "right", Rect(640, 0, *SMALL))


@dataclass
class Painted:
    """A desktop whose monitors show what the test draws."""

    screens: dict[str, Editor]
    takes_all: bool = False
    broken: str | None = None
    threads: set[str] = field(default_factory=set)
    niceness: set[int] = field(default_factory=set)

    def monitors(self) -> tuple[Monitor, ...]:
        self.threads.add(threading.current_thread().name)
        self.niceness.add(os.getpriority(os.PRIO_PROCESS, threading.get_native_id()))
        if self.broken is not None:
            raise GrabError(self.broken)
        return tuple(each for each in (LEFT, RIGHT) if each.name in self.screens)

    def grab(self, monitor: Monitor) -> Grab:
        return Grab(self.screens[monitor.name].raw(), *SMALL)

    def close(self) -> None:
        """Nothing is held."""


@dataclass
class Studio:
    """A camera, its world, and what it told."""

    camera: Camera
    painted: Painted
    clock: SettableClock
    db: Database
    album: Album
    root: Path
    scene: Scene = field(default_factory=lambda: Scene(None, (), "Editor", "settings.py"))
    settings: Settings = field(default_factory=Settings)
    told: list[str | None] = field(default_factory=list)
    took: list[int] = field(default_factory=list)

    async def take(self, trigger: Trigger = Trigger.INTERVAL) -> Outcome:
        """Take pictures a minute later."""
        self.clock.advance(60)
        return await self.camera.take(trigger)

    async def rows(self, table: Any = Screenshot) -> list[Any]:
        """Return every row, in order; those of one moment by their monitor."""
        order = (table.captured_at, table.monitor) if table is Screenshot else (table.started_at, table.monitor)
        async with self.db.read() as session:
            return list(await session.scalars(select(table).order_by(*order)))

    async def skips(self) -> list[tuple[str, str | None, int, float]]:
        """Return (reason, monitor, count, seconds) of every stretch."""
        rows = await self.rows(ScreenshotSkip)
        return [(row.reason, row.monitor, row.count, (row.ended_at - row.started_at).total_seconds()) for row in rows]

    async def settle(self) -> None:
        """Check that every file has its row and every row its files."""
        rows = await self.rows()
        named = {path for row in rows for path in (row.file_path, row.thumbnail_url)}
        assert {path for path, _ in self.album.files()} == named


@pytest.fixture
async def studio(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Studio]:
    db, data, clock = Database(tmp_path / "productify.db"), DataDir(tmp_path), SettableClock(NOON)
    await upgrade.bring_up_to_date(db, data.database, data.backups, NOON, suspicious=False)
    async with db.write() as session:
        user_id = await users.local_user(session)
    painted, album = Painted({"left": Editor(SMALL)}), Album(data)
    monkeypatch.setattr(shutter, "grabber_for", lambda _environment: painted)
    studio: Studio

    async def scene() -> Scene:
        return studio.scene

    async def no_seal() -> None:
        return None

    around = Around(
        db, user_id, clock, album, scene, lambda: studio.settings, lambda: LocalDays(UTC, time(4)), no_seal, {},
        lambda: studio.told.append(studio.camera.problem), lambda count: studio.took.append(count),
    )  # fmt: skip
    studio = Studio(Camera(around, Random(1), settle=0.0), painted, clock, db, album, tmp_path)
    yield studio
    await studio.camera.close()
    await db.close()


async def test_every_column_of_a_picture_is_true(studio):
    studio.painted.screens["right"] = Editor(SMALL, first=30)
    assert await studio.take() == Outcome(2)
    left, right = await studio.rows()
    at = NOON + timedelta(minutes=1)
    assert (left.captured_at, left.seen_until, left.local_day) == (at, at, at.date())
    assert (left.monitor, left.monitor_number, left.monitor_count) == ("left", 1, 2)
    assert (left.app_name, left.window_title, left.trigger) == ("Editor", "settings.py", "interval")
    assert (left.width, left.height, left.screen_width, left.screen_height) == (640, 360, 640, 360)
    assert (left.is_blurred, left.is_sealed, left.format) == (False, False, "webp")
    for row in (left, right):
        assert (studio.root / row.file_path).stat().st_size == row.file_size
        assert (studio.root / row.thumbnail_url).stat().st_size == row.thumbnail_size
    assert studio.took == [2]
    await studio.settle()


async def test_an_unchanged_screen_is_seen_longer_and_nothing_is_stored(studio):
    await studio.take()
    files = sorted(studio.album.files())
    for caret in (True, False, True):
        studio.painted.screens["left"] = Editor(SMALL, caret=caret)
        assert await studio.take() == Outcome(0)
    (row,) = await studio.rows()
    assert row.seen_until - row.captured_at == timedelta(minutes=3)
    assert sorted(studio.album.files()) == files


async def test_an_unchanged_screen_with_another_app_in_front_is_another_picture(studio):
    await studio.take()
    await studio.take()
    studio.scene = replace(studio.scene, app_name="Terminal", window_title="make")
    assert await studio.take() == Outcome(1)
    studio.scene = replace(studio.scene, window_title="make: done")
    assert await studio.take() == Outcome(0)
    rows = await studio.rows()
    assert [(row.app_name, row.window_title) for row in rows] == [("Editor", "settings.py"), ("Terminal", "make")]
    assert [(row.seen_until - row.captured_at).total_seconds() for row in rows] == [60, 60]
    await studio.settle()


async def test_each_monitor_is_compared_with_itself(studio):
    studio.painted.screens["right"] = Editor(SMALL, first=30)
    await studio.take()
    studio.painted.screens["right"] = Editor(SMALL, first=90)
    assert await studio.take() == Outcome(1)
    assert [row.monitor for row in await studio.rows()] == ["left", "right", "right"]


@pytest.mark.parametrize("values", [{"blur_screenshots": True}, {}])
async def test_what_is_hidden_otherwise_is_another_picture(studio, values):
    await studio.take()
    for key, value in values.items():
        studio.settings = studio.settings.with_value(key, value)
    if not values:
        studio.scene = replace(studio.scene, panes=(Pane(1, Rect(10, 10, 200, 200), Skip.EXCLUDED_APP),))
    assert await studio.take() == Outcome(1)
    assert [row.is_blurred for row in await studio.rows()] == [False, True]


async def test_an_asked_for_picture_is_stored_in_any_case(studio):
    await studio.take()
    assert await studio.take(Trigger.ASKED) == Outcome(1)
    assert (await studio.rows())[1].trigger == "asked"


@pytest.mark.parametrize("how", ["deleted", "trashed"])
async def test_a_picture_that_the_user_took_away_grows_no_more(studio, how):
    await studio.take()
    (row,) = await studio.rows()
    async with studio.db.write() as session:
        if how == "deleted":
            await session.delete(await session.get(Screenshot, row.id))
        else:
            await session.execute(update(Screenshot).values(trashed_at=studio.clock.now()))
    assert await studio.take() == Outcome(1)
    assert (await studio.rows())[-1].captured_at == NOON + timedelta(minutes=2)


async def test_a_new_day_begins_with_a_picture(studio):
    await studio.take()
    studio.clock.advance(86_400)
    assert await studio.take() == Outcome(1)
    first, second = await studio.rows()
    assert second.local_day - first.local_day == timedelta(days=1)
    assert second.file_path.split("/")[1] == second.local_day.isoformat()


async def test_what_is_skipped_is_one_growing_row_until_something_else_is(studio):
    studio.scene = Scene(Skip.LOCKED)
    for _ in range(3):
        assert await studio.take() == Outcome(0, (Skip.LOCKED,))
    studio.scene = Scene(Skip.AWAY)
    await studio.take()
    studio.scene = Scene(None)
    await studio.take()
    studio.scene = Scene(Skip.AWAY)
    await studio.take()
    assert await studio.skips() == [("locked", None, 3, 120), ("away", None, 1, 0), ("away", None, 1, 0)]
    assert len(await studio.rows()) == 1


async def test_one_monitor_is_skipped_while_the_other_is_taken(studio):
    studio.painted.screens["right"] = Editor(SMALL, first=30)
    studio.scene = replace(studio.scene, panes=(Pane(1, RIGHT.rect, Skip.PRIVATE_WINDOW),))
    assert await studio.take() == Outcome(1, (Skip.PRIVATE_WINDOW,))
    assert await studio.take() == Outcome(0, (Skip.PRIVATE_WINDOW,))
    assert await studio.skips() == [("private window", "right", 2, 60)]
    studio.scene = replace(studio.scene, panes=())
    assert await studio.take() == Outcome(1)


async def test_the_same_screen_after_something_hidden_is_not_said_to_have_stayed(studio):
    await studio.take()
    studio.scene = Scene(Skip.PRIVATE_WINDOW)
    await studio.take()
    studio.scene = Scene(None)
    assert await studio.take() == Outcome(1)
    assert all(row.seen_until == row.captured_at for row in await studio.rows())


async def test_a_desktop_that_refuses_is_a_problem_until_it_gives_in(studio):
    studio.painted.broken = "The screen did not let itself be photographed."
    for _ in range(3):
        assert await studio.take() == Outcome(0, (Skip.FAILED,))
    assert studio.told == [studio.painted.broken]
    assert await studio.skips() == [("failed", None, 3, 120)]
    studio.painted.broken = None
    assert await studio.take() == Outcome(1)
    assert studio.told == ["The screen did not let itself be photographed.", None]


async def test_a_full_database_stops_pictures_and_leaves_no_file(studio):
    await studio.take()
    await _limit(studio.db, 1)  # SQLite takes the present size instead: not one page more
    outcomes = []
    for first in range(10, 40):
        studio.painted.screens["left"] = Editor(SMALL, first=first)
        outcomes.append(await studio.take())
    assert outcomes[-1] == Outcome(0, (Skip.DISK_FULL,))
    assert "disk is full" in (studio.camera.problem or "")
    await studio.settle()
    await _limit(studio.db, 100_000)
    assert await studio.take() == Outcome(1)
    assert studio.camera.problem is None
    await studio.settle()


async def test_room_is_left_to_the_record(studio, monkeypatch):
    monkeypatch.setattr(camera_module, "_ROOM", 2**62)
    assert await studio.take() == Outcome(0, (Skip.DISK_FULL,))
    assert await studio.rows() == []
    monkeypatch.undo()


async def test_a_pause_is_told_as_one(studio):
    studio.camera.is_paused = True
    assert await studio.take() == Outcome(0, (Skip.PAUSED,))
    studio.camera.is_paused = False
    assert await studio.take() == Outcome(1)


async def test_a_setting_that_changes_while_a_picture_is_taken_holds_for_it(studio):
    grab = studio.painted.grab

    def switching(monitor: Monitor) -> Grab:
        studio.settings = studio.settings.with_value("blur_screenshots", True)
        return grab(monitor)

    studio.painted.grab = switching
    assert await studio.take() == Outcome(0, (Skip.MOVED,))
    assert await studio.rows() == []
    assert (await studio.take()).stored == 1
    assert [row.is_blurred for row in await studio.rows()] == [True]


async def test_pictures_are_made_by_threads_of_low_priority_that_end_with_the_camera(studio):
    assert not [each for each in threading.enumerate() if each.name.startswith("darkroom")]
    await studio.take()
    assert all(name.startswith("darkroom_") for name in studio.painted.threads)
    assert studio.painted.niceness == {10}
    assert os.getpriority(os.PRIO_PROCESS, 0) == 0
    await studio.camera.close()
    assert not [each for each in threading.enumerate() if each.name.startswith("darkroom")]


async def test_work_that_is_given_up_is_waited_for():
    darkroom, began, end, ended = Darkroom(), threading.Event(), threading.Event(), []

    def work() -> None:
        began.set()
        end.wait(5)
        ended.append(True)

    task = asyncio.create_task(darkroom.do(work))
    await asyncio.to_thread(began.wait, 5)
    task.cancel()
    await asyncio.sleep(0.01)
    assert not task.done()
    end.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert ended == [True]
    await darkroom.close()


async def test_it_takes_one_whenever_one_is_due(studio):
    studio.settings = studio.settings.with_value("screenshot_mode", "fixed").with_value("screenshot_interval", 60)
    running = asyncio.create_task(studio.camera.run())
    try:
        for count in (1, 2, 3):
            await asyncio.sleep(0.01)
            assert len(studio.took) == count - 1
            studio.clock.advance(60)
            studio.camera.wake()
            await _until(lambda count=count: len(studio.took) == count)
        studio.settings = studio.settings.with_value("screenshot_mode", "switch")
        studio.camera.wake()
        studio.clock.advance(600)
        await asyncio.sleep(0.01)
        assert len(studio.took) == 3
        studio.camera.switched()
        studio.clock.advance(1)
        studio.painted.screens["left"] = Editor(SMALL, first=50)
        studio.camera.wake()
        await _until(lambda: len(studio.took) == 4)
    finally:
        running.cancel()
        await asyncio.wait([running])
    assert [row.trigger for row in await studio.rows()] == ["interval", "switch"]


async def test_what_is_in_view_at_the_end_counts_too(studio):
    """A private window that comes while the pixels are taken: the first look did not see it."""
    looks = iter([Scene(None)] * 2 + [Scene(None, (Pane(7, LEFT.rect, Skip.PRIVATE_WINDOW),))] * 6)
    studio.camera._shutter._look = lambda: _soon(next(looks))
    assert await studio.take() == Outcome(0, (Skip.PRIVATE_WINDOW,))
    assert await studio.rows() == []
    looks = iter([Scene(None)] * 2 + [Scene(Skip.LOCKED)])
    assert await studio.take() == Outcome(0, (Skip.LOCKED,))
    looks = iter(Scene(None, (Pane(7, Rect(step, 0, 9, 9), None),)) for step in range(99))
    assert await studio.take() == Outcome(0, (Skip.MOVED,))
    async with studio.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Screenshot)) == 0


async def _soon(scene: Scene) -> Scene:
    await asyncio.sleep(0)
    return scene


async def _until(condition: Any) -> None:
    end = asyncio.get_running_loop().time() + 10
    while not condition():
        assert asyncio.get_running_loop().time() < end
        await asyncio.sleep(0.005)


async def _limit(db: Database, pages: int) -> None:
    async with db.writer.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        await driver.execute(f"PRAGMA max_page_count={pages}")
