"""How long screenshots are kept: by age and room, after kills, with files of nobody and rows of no file."""

import asyncio
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select

from productify.capture.album import Album
from productify.capture.mend import mended
from productify.clock import SettableClock
from productify.domain import Skip
from productify.errors import KnownError
from productify.service import keeping
from productify.settings import Settings
from productify.store import shooting
from productify.store.schema import Screenshot, ScreenshotSkip
from productify.store.shot_keeping import DaySize, Usage
from service.rig import EDITOR, NOON, reading, recording, until
from service.shots_stage import RED, Gallery, gallery, near

__all__ = ["gallery"]


async def test_the_old_and_what_is_too_much_goes_the_oldest_first(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    shots = gallery.service.screenshots
    ids = [await gallery.keep(NOON - timedelta(days=n)) for n in (31, 29, 20, 10, 0)]
    assert await shots.keeping.sweep() == 1
    assert await gallery.ids() == ids[1:]
    await gallery.service.preferences.save("screenshot_days", 14)
    assert await shots.keeping.sweep() == 2
    assert await gallery.ids() == ids[3:]
    one = (await shots.forecast()).used // 2
    monkeypatch.setattr(keeping, "_GIGABYTE", one // 4)  # the setting is 5
    assert await shots.keeping.sweep() == 1
    assert await gallery.ids() == ids[4:]
    assert len(gallery.files()) == 2


async def test_a_kill_while_many_are_deleted_leaves_few_files_that_the_mend_deletes(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kill is an exception between rows and files, which leaves the disk as a kill does."""
    shots, delete_files = gallery.service.screenshots, Album.delete
    ids = [await gallery.keep(NOON + timedelta(minutes=n)) for n in range(40)]
    portions = 0

    def killed(album: Album, paths: Sequence[str]) -> int:
        nonlocal portions
        portions += 1
        if portions == 2:
            raise asyncio.CancelledError
        return delete_files(album, paths)

    with monkeypatch.context() as patch:
        patch.setattr(Album, "delete", killed)
        with pytest.raises(asyncio.CancelledError):
            await shots.keeping.delete(ids)
    left = await gallery.rows()
    assert 0 < left < 40 - keeping._PORTION
    assert len(gallery.files()) > 2 * left
    done = await mended(gallery.service._db, shots.album, datetime.now(UTC) + timedelta(hours=1))
    assert (done.rows, done.set_aside) == (0, 0)
    assert len(gallery.files()) == 2 * left


async def test_a_file_that_cannot_be_deleted_keeps_no_other(gallery: Gallery) -> None:
    """A folder in the file's place stands for what the system refuses to unlink, also to a superuser."""
    shots = gallery.service.screenshots
    ids = [await gallery.keep(NOON + timedelta(minutes=n)) for n in range(3)]
    refused = (await shots.paths(ids[:1]))[ids[0]]
    refused.unlink()
    refused.mkdir()
    with pytest.raises(KnownError, match="Some screenshot files could not be deleted"):
        await shots.keeping.delete(ids)
    assert (await gallery.rows(), gallery.files()) == (0, [])
    refused.rmdir()


async def test_what_was_skipped_is_forgotten_after_ninety_days(gallery: Gallery) -> None:
    db, user_id = gallery.service._db, gallery.service._user_id
    async with db.write() as session:
        for days in (91, 89):
            await shooting.add_skip(session, user_id, Skip.LOCKED, None, NOON - timedelta(days=days))
    await gallery.service.screenshots.keeping.sweep()
    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(ScreenshotSkip)) == 1
    (skip,) = await gallery.service.screenshots.skipped(NOON - timedelta(days=100), NOON)
    assert (skip.start, skip.reason) == (NOON - timedelta(days=89), Skip.LOCKED)


async def test_a_recorder_sweeps_by_itself(tmp_path: Path) -> None:
    clock = SettableClock(NOON)
    async with reading(tmp_path, clock) as service:
        before = Gallery(service, clock)
        await before.keep(NOON - timedelta(days=40))
        await before.keep(NOON - timedelta(days=20))
    async with recording(tmp_path, clock) as rig:
        gallery = Gallery(rig.service, clock)

        async def are(count: int) -> bool:
            return await gallery.rows() == count

        await until(lambda: are(1), "the sweep at the start")
        await rig.service.preferences.save("screenshot_days", 14)
        await until(lambda: are(0), "the sweep after another limit")
        await gallery.keep(NOON - timedelta(days=20))
        rig.service.screenshots.keeping.stored(keeping._SHOTS)
        await until(lambda: are(0), "the sweep after new pictures")
        assert gallery.files() == []


async def test_a_limit_that_changes_during_a_sweep_asks_for_another(gallery: Gallery) -> None:
    sweeper = gallery.service.screenshots.keeping
    settings, sweeps = sweeper.settings, 0

    def changed_meanwhile() -> Settings:
        nonlocal sweeps
        sweeps += 1
        if sweeps == 1:
            sweeper.wake()
        return settings()

    sweeper.settings = changed_meanwhile
    await gallery.keep(NOON)
    task = asyncio.create_task(sweeper.run())
    await until(lambda: sweeps == 2, "the second sweep")
    task.cancel()
    await asyncio.wait([task])


async def test_pictures_of_an_erased_stretch_go_with_it(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        gallery = Gallery(rig.service, rig.clock)
        await rig.show(EDITOR, 3600)
        kept = [await gallery.keep(NOON + timedelta(minutes=n)) for n in (-1, 10, 20, 61)]
        await rig.service.screenshots.trash(kept[2:3])
        (row,) = await rig.rows()
        await rig.service.editing.delete([row.id])
        assert await gallery.rows() == 4  # a deletion can be undone, so nothing of it is gone
        await rig.service.editing.undo()
        await rig.service.editing.delete([row.id], forever=True)
        assert await gallery.ids() == [kept[0], kept[3]]
        assert (await gallery.rows(), len(gallery.files())) == (2, 4)


def days_of(sizes: Sequence[int]) -> list[DaySize]:
    return [DaySize(NOON.date() - timedelta(days=number), 1, size) for number, size in enumerate(sizes)]


def test_a_month_is_told_from_the_last_two_weeks_with_pictures() -> None:
    today = NOON.date()
    assert keeping._bytes_a_day([], today) is None
    assert keeping._bytes_a_day(days_of([100]), today) is None
    assert keeping._bytes_a_day(days_of([100, 300]), today) == 200
    assert keeping._bytes_a_day(days_of([10] * 14 + [9999]), today) == 10
    weekdays = [day for day in days_of([70] * 14) if day.local_day.weekday() < 5]
    assert keeping._bytes_a_day(weekdays, today) == pytest.approx(70 * len(weekdays) / 14, abs=6)


@pytest.mark.parametrize(
    ("used", "age", "per_day", "left"),
    [
        (0, 0, 10.0, 30),
        (900, 0, 10.0, 10),
        (900, 25, 10.0, 5),
        (900, 25, None, 5),
        (1500, 3, 10.0, 0),
        (10, 40, 1.0, 0),
    ],
)
def test_the_earlier_limit_tells_the_days_left(used: int, age: int, per_day: float | None, left: int) -> None:
    usage = Usage(used, NOON - timedelta(days=age))
    assert keeping._days_left(usage, 1000, per_day, timedelta(days=30), NOON) == left


async def test_the_forecast_of_nothing_is_nothing(gallery: Gallery) -> None:
    told = await gallery.service.screenshots.forecast()
    assert (told.used, told.shots, told.a_month, told.days_left, told.kept_days) == (0, 0, None, None, 30)
    assert told.limit == 5_000_000_000
    for days in range(3):
        await gallery.keep(NOON - timedelta(days=days))
    told = await gallery.service.screenshots.forecast()
    assert told.shots == 3
    assert told.a_month == told.used * 10
    assert told.days_left == 28


async def test_a_picture_blurred_while_rows_and_files_are_compared_is_kept(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    shots = gallery.service.screenshots
    kept, gone = await gallery.keep(NOON), await gallery.keep(NOON + timedelta(minutes=1))
    async with gallery.service._db.read() as session:
        path = await session.scalar(select(Screenshot.file_path).where(Screenshot.id == gone))
    shots.album.delete([str(path)])
    has = Album.has

    def blurred_first(album: Album, path: str) -> bool:
        if path.startswith("screenshots") and not was_asked.is_set():
            was_asked.set()
            asyncio.run_coroutine_threadsafe(shots.blur([kept]), loop).result(5)
        return has(album, path)

    loop, was_asked = asyncio.get_running_loop(), threading.Event()
    monkeypatch.setattr(Album, "has", blurred_first)
    done = await mended(gallery.service._db, shots.album, datetime.now(UTC) - timedelta(hours=1))
    assert (done.rows, await gallery.ids()) == (1, [kept])
    assert near(await gallery.image(kept), RED) == 0


@pytest.mark.parametrize(("count", "is_mount"), [(3, False), (33, False), (33, True)])
async def test_a_folder_that_is_away_for_a_moment_loses_no_row(gallery: Gallery, count: int, is_mount: bool) -> None:
    """An empty folder in its place stands for where a drive is mounted."""
    shots, folder = gallery.service.screenshots, gallery.service.data_dir.screenshots
    ids = [await gallery.keep(NOON + timedelta(minutes=n)) for n in range(count)]
    later, away = datetime.now(UTC) + timedelta(hours=1), folder.with_name("away")
    folder.rename(away)
    if is_mount:
        folder.mkdir()
    done = await mended(gallery.service._db, shots.album, later)
    assert (done.files, done.rows, done.set_aside) == (0, 0, 0)
    if is_mount:
        folder.rmdir()
    away.rename(folder)
    again = await mended(gallery.service._db, shots.album, later)
    assert (again.files, again.rows, again.set_aside) == (0, 0, 0)
    assert await gallery.ids() == ids
    assert near(await gallery.image(ids[0]), RED) > 500
    for path in (await shots.paths(ids[:1])).values():
        path.unlink()
    assert (await mended(gallery.service._db, shots.album, later)).rows == 1


async def test_pictures_of_another_database_wait_a_week_and_come_back(gallery: Gallery) -> None:
    shots, db = gallery.service.screenshots, gallery.service._db
    ids = [await gallery.keep(NOON + timedelta(minutes=minute)) for minute in range(20)]
    async with db.read() as session:
        rows = [row._asdict() for row in await session.execute(select(Screenshot.__table__))]
    async with db.write() as session:
        await session.execute(delete(Screenshot))
    later = datetime.now(UTC) + timedelta(hours=1)
    done = await mended(db, shots.album, later)
    assert (done.files, done.rows, done.set_aside) == (0, 0, 40)
    assert gallery.files() == []
    async with db.write() as session:
        await session.execute(insert(Screenshot.__table__), rows)
    again = await mended(db, shots.album, later + timedelta(days=7))
    assert (again.files, again.rows, again.set_aside) == (0, 0, 0)
    assert len(gallery.files()) == 40
    assert near(await gallery.image(ids[3]), RED) > 500


async def test_pictures_that_nobody_misses_go_after_a_week(gallery: Gallery) -> None:
    shots, db = gallery.service.screenshots, gallery.service._db
    for minute in range(20):
        await gallery.keep(NOON + timedelta(minutes=minute))
    async with db.write() as session:
        await session.execute(delete(Screenshot))
    later = datetime.now(UTC) + timedelta(hours=1)
    await mended(db, shots.album, later)
    aside = gallery.service.data_dir.screenshots_set_aside
    assert len([path for path in aside.rglob("*") if path.is_file()]) == 40
    await mended(db, shots.album, later + timedelta(days=8))
    assert list(aside.iterdir()) == []
