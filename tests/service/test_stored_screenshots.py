"""The gallery's verbs over real files: seen, trashed, blurred, covered, aged, encrypted, erased."""

import asyncio
import io
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import delete, func, insert, select

from productify.capture import picture
from productify.capture.album import Album
from productify.capture.mend import mended
from productify.clock import SettableClock
from productify.domain import KeyPlace, Monitor, Rect, ShotFilter, Skip, Trigger, Word
from productify.errors import KnownError
from productify.keys import Keys
from productify.service import Service, keeping
from productify.settings import Settings
from productify.store import shooting, shot_keeping, shot_texts
from productify.store.schema import Screenshot, ScreenshotSkip, ShotText
from productify.store.shooting import Taken
from productify.store.shot_keeping import DaySize, Usage
from service.rig import EDITOR, NOON, reading, recording, until

RED, GREEN = (250, 10, 20), (20, 240, 10)
MONITOR = Monitor(1, "DP-1", Rect(0, 0, 320, 180))
DAY = ShotFilter(NOON - timedelta(hours=12), NOON + timedelta(hours=12))


def screen() -> Image.Image:
    """Return a dark screen with red and green stripes in its middle, which blurring makes one colour of."""
    whole = Image.new("RGB", (320, 180), (20, 20, 24))
    whole.paste(GREEN, (112, 64, 208, 112))
    for left in range(112, 208, 16):
        whole.paste(RED, (left, 64, left + 8, 112))
    return whole


def near(image: Image.Image, colour: tuple[int, int, int]) -> int:
    """Return how many pixels are nearly of a colour."""
    pixels = image.convert("RGB").get_flattened_data()
    return sum(all(abs(a - b) < 60 for a, b in zip(pixel, colour, strict=True)) for pixel in pixels)


@dataclass
class Gallery:
    """A service with pictures in it."""

    service: Service
    clock: SettableClock

    async def keep(self, at: datetime, app: str | None = "Editor", kind: str = "webp", **more: Any) -> str:
        """Store a picture as the camera does, and return its id."""
        shots = self.service.screenshots
        made = picture.encoded(screen(), kind, "medium")
        seal = await shots.sealing.for_new()
        day = self.service.local_days().day_of(at)
        kept = shots.album.write(day, made.data, picture.thumbnail(screen()), kind, seal)
        taken = Taken(
            captured_at=at, local_day=day, monitor=MONITOR, monitor_count=1, width=made.width, height=made.height,
            format=kind, app_name=app, window_title="a.py", is_blurred=False, is_sealed=seal is not None,
            trigger=Trigger.INTERVAL, **{**{name: getattr(kept, name) for name in kept.__slots__}, **more},
        )  # fmt: skip
        async with self.service._db.write() as session:
            (shot_id,) = await shooting.add(session, self.service._user_id, [taken])
        return shot_id

    async def ids(self) -> list[str]:
        """Return all that are not in the trash, the oldest first."""
        query = select(Screenshot.id).where(Screenshot.trashed_at.is_(None)).order_by(Screenshot.captured_at)
        async with self.service._db.read() as session:
            return list(await session.scalars(query))

    async def rows(self) -> int:
        async with self.service._db.read() as session:
            return await session.scalar(select(func.count()).select_from(Screenshot)) or 0

    def files(self) -> list[Path]:
        return sorted(path for path in self.service.data_dir.screenshots.rglob("*") if path.is_file())

    def held(self) -> bytes:
        """Return all that the database's files hold, what was deleted and not overwritten too."""
        return b"".join(path.read_bytes() for path in sorted(self.service.data_dir.root.glob("productify.db*")))

    async def image(self, shot_id: str) -> Image.Image:
        return picture.decoded(await self.service.screenshots.picture(shot_id))

    async def thumbnail(self, shot_id: str) -> Image.Image:
        return picture.decoded((await self.service.screenshots.thumbnails([shot_id]))[shot_id])


@pytest.fixture
async def gallery(tmp_path: Path) -> AsyncIterator[Gallery]:
    """A service over an empty folder, without a keyring."""
    clock = SettableClock(NOON)
    async with reading(tmp_path, clock) as service:
        service.screenshots.sealing.keys = Keys(tmp_path, lambda: iter(()))
        yield Gallery(service, clock)


async def test_pictures_are_seen_as_they_were_kept(gallery: Gallery) -> None:
    shots = gallery.service.screenshots
    first, second = await gallery.keep(NOON), await gallery.keep(NOON + timedelta(minutes=1), kind="jpeg")
    for shot_id, form in ((first, "WEBP"), (second, "JPEG")):
        with Image.open(io.BytesIO(await shots.picture(shot_id))) as image:
            assert (image.format, image.size) == (form, (320, 180))
        assert near(await gallery.image(shot_id), RED) > 500
    found = await shots.thumbnails([first, "unknown", second])
    assert list(found) == sorted([first, second])
    assert near(await gallery.thumbnail(first), RED) > 500
    shot = await shots.shot(first)
    assert shot is not None
    assert shot.file_size == len(await shots.picture(first))
    assert [each.id for each in await shots.page(DAY, 0, 10)] == [second, first]
    assert [each.id for each in await shots.between(DAY.start, DAY.end)] == [first, second]
    assert await shots.key_place() is None


async def test_hours_tell_pictures_and_active_time(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        gallery = Gallery(rig.service, rig.clock)
        await rig.show(EDITOR, 5400)
        for minutes in (0, 59, 61):
            await gallery.keep(NOON + timedelta(minutes=minutes))
        hours = await rig.service.screenshots.hours(DAY)
        assert [(hour.start, hour.count) for hour in hours] == [(NOON + timedelta(hours=1), 1), (NOON, 2)]
        assert [hour.active for hour in hours] == [1_800_000, 3_600_000]
        assert await rig.service.screenshots.hours(ShotFilter(DAY.end, DAY.end + timedelta(days=1))) == ()
        counts = await rig.service.screenshots.counts(DAY.start, DAY.end)
        assert (counts.all, counts.apps) == (3, (("Editor", 3),))


async def test_a_file_that_is_gone_is_said(gallery: Gallery) -> None:
    shot_id = await gallery.keep(NOON)
    for path in gallery.files():
        path.unlink()
    with pytest.raises(KnownError, match="no longer there"):
        await gallery.service.screenshots.picture(shot_id)
    with pytest.raises(KnownError, match="no longer there"):
        await gallery.service.screenshots.picture("unknown")
    assert await gallery.service.screenshots.thumbnails([shot_id]) == {}
    assert await gallery.service.screenshots.blur([shot_id]) == 0
    with pytest.raises(KnownError, match="no longer there"):
        await gallery.service.screenshots.cover(shot_id, [(0, 0, 1, 1)])


async def test_the_trash_gives_back_for_a_day(gallery: Gallery) -> None:
    shots = gallery.service.screenshots
    ids = [await gallery.keep(NOON + timedelta(minutes=n)) for n in range(3)]
    assert await shots.trash(ids[:2]) == 2
    assert await gallery.ids() == ids[2:]
    with pytest.raises(KnownError, match="no longer there"):
        await shots.picture(ids[0])
    assert await shots.restore(ids) == 2
    assert await gallery.ids() == ids
    await shots.trash(ids[:1])
    gallery.clock.advance(23.9 * 3600)
    assert await shots.keeping.sweep() == 0
    assert len(gallery.files()) == 6
    gallery.clock.advance(0.2 * 3600)
    assert await shots.keeping.sweep() == 1
    assert (await gallery.rows(), len(gallery.files())) == (2, 4)


async def test_delete_now_empties_the_trash(gallery: Gallery) -> None:
    shots = gallery.service.screenshots
    await gallery.keep(NOON, "Zyxwvapp")
    left = await gallery.keep(NOON + timedelta(minutes=1))
    assert await shots.count_of_app("Zyxwvapp") == 1
    assert await shots.trash_app("Zyxwvapp") == 1
    assert await shots.empty_trash() == 1
    assert await shots.empty_trash() == 0
    assert (await gallery.rows(), len(gallery.files()), await gallery.ids()) == (1, 2, [left])
    assert b"Zyxwvapp" not in gallery.held()


@pytest.mark.parametrize("kind", ["webp", "jpeg"])
async def test_blurring_leaves_nothing_of_the_old_pixels(gallery: Gallery, kind: str) -> None:
    shots = gallery.service.screenshots
    shot_id = await gallery.keep(NOON, kind=kind)
    before = set(gallery.files())
    assert await shots.blur([shot_id, "unknown"]) == 1
    shot = await shots.shot(shot_id)
    assert shot is not None
    assert (shot.is_blurred, shot.width, shot.height, shot.format) == (True, 320, 180, kind)
    assert shot.file_size == len(await shots.picture(shot_id))
    assert near(await gallery.image(shot_id), RED) == 0
    assert near(await gallery.thumbnail(shot_id), RED) == 0
    assert (await gallery.image(shot_id)).size == (320, 180)
    assert len(gallery.files()) == 2
    assert not before & set(gallery.files())
    usage = (await shots.forecast()).used
    assert usage == sum(path.stat().st_size for path in gallery.files())


async def test_words_that_were_read_go_with_the_pixels(gallery: Gallery) -> None:
    shot_id = await gallery.keep(NOON)
    db, user_id = gallery.service._db, gallery.service._user_id
    async with db.write() as session:
        await shot_texts.keep(session, user_id, shot_id, [Word("xyzzyplugh", 0, 0, 0.1, 0.1)], NOON)
    await db.checkpoint()
    assert b"xyzzyplugh" in gallery.held()
    assert await gallery.service.screenshots.blur([shot_id]) == 1
    async with db.read() as session:
        assert await session.scalar(select(func.count()).select_from(ShotText)) == 0
        assert await shot_texts.words_of(session, user_id, shot_id, "xyzzy") == ()
    assert b"xyzzyplugh" not in gallery.held()


async def test_words_that_are_read_while_a_picture_is_blurred_go_too(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    shot_id = await gallery.keep(NOON)
    db, user_id = gallery.service._db, gallery.service._user_id
    blurred = picture.blurred

    async def read() -> None:
        async with db.write() as session:
            await shot_texts.keep(session, user_id, shot_id, [Word("xyzzyplugh", 0, 0, 0.1, 0.1)], NOON)
        await db.checkpoint()
        assert b"xyzzyplugh" in gallery.held()

    def meanwhile(image: Image.Image) -> Image.Image:
        asyncio.run_coroutine_threadsafe(read(), loop).result(5)
        return blurred(image)

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(picture, "blurred", meanwhile)
    assert await gallery.service.screenshots.blur([shot_id]) == 1
    assert b"xyzzyplugh" not in gallery.held()


@pytest.mark.parametrize("how", ["delete", "empty_trash", "sweep"])
async def test_words_that_were_read_go_with_deleted_pictures(gallery: Gallery, how: str) -> None:
    shots, db, user_id = gallery.service.screenshots, gallery.service._db, gallery.service._user_id
    gone, left = await gallery.keep(NOON - timedelta(days=40)), await gallery.keep(NOON)
    for shot_id, word in ((gone, "xyzzyplugh"), (left, "frobozzword")):
        async with db.write() as session:
            await shot_texts.keep(session, user_id, shot_id, [Word(word, 0, 0, 0.1, 0.1)], NOON)
    await db.checkpoint()
    assert b"xyzzyplugh" in gallery.held()
    match how:
        case "delete":
            await shots.keeping.delete([gone])
        case "empty_trash":
            await shots.trash([gone])
            assert await shots.keeping.empty_trash(NOON) == 1
        case _:
            assert await shots.keeping.sweep() == 1
    assert await gallery.ids() == [left]
    assert b"xyzzyplugh" not in gallery.held()
    assert b"frobozzword" in gallery.held()


async def test_covering_paints_over_a_part_for_good(gallery: Gallery) -> None:
    shots = gallery.service.screenshots
    shot_id = await gallery.keep(NOON)
    covered = await shots.cover(shot_id, [(0.34, 0.34, 0.32, 0.3), (0.9, -0.2, 0.5, 0.3)])
    assert (covered.id, covered.is_blurred) == (shot_id, True)
    image = await gallery.image(shot_id)
    assert (near(image, RED), near(await gallery.thumbnail(shot_id), RED)) == (0, 0)
    assert image.getpixel((10, 170)) == pytest.approx((20, 20, 24), abs=12)
    assert len(gallery.files()) == 2
    for boxes in ([], [(0.5, 0.5, 0, 0.2)], [(1.2, 0, 1, 1)]):
        with pytest.raises(KnownError, match="Nothing is covered"):
            await shots.cover(shot_id, boxes)


async def test_blurring_many_tells_how_far_it_is_and_can_be_stopped(gallery: Gallery) -> None:
    shots = gallery.service.screenshots
    for number in range(6):
        await gallery.keep(NOON + timedelta(minutes=number))
    told: list[tuple[int, int]] = []

    def hear(done: int, whole: int) -> None:
        told.append((done, whole))
        if done == 2:
            shots.stop_blurring()

    assert await shots.blur_app("Editor", hear) == 2
    assert told == [(1, 6), (2, 6)]
    assert (await shots.counts(DAY.start, DAY.end)).blurred == 2
    assert await shots.blur_app("Editor") == 6
    assert (await shots.counts(DAY.start, DAY.end)).blurred == 6


async def test_a_picture_that_goes_while_it_is_blurred_leaves_no_file(
    gallery: Gallery, monkeypatch: pytest.MonkeyPatch
) -> None:
    shot_id = await gallery.keep(NOON)
    blurred = picture.blurred

    def meanwhile(image: Image.Image) -> Image.Image:
        asyncio.run_coroutine_threadsafe(gallery.service.screenshots.keeping.delete([shot_id]), loop).result(5)
        return blurred(image)

    loop = asyncio.get_running_loop()
    monkeypatch.setattr(picture, "blurred", meanwhile)
    assert await gallery.service.screenshots.blur([shot_id]) == 0
    assert (await gallery.rows(), gallery.files()) == (0, [])


async def test_a_kill_after_the_new_file_loses_no_picture(gallery: Gallery, monkeypatch: pytest.MonkeyPatch) -> None:
    """The kill is an exception at the moment between file and row, which leaves the disk as a kill does."""
    shot_id = await gallery.keep(NOON)

    async def killed(*_arguments: object) -> bool:
        raise asyncio.CancelledError

    with monkeypatch.context() as patch:
        patch.setattr(shot_keeping, "blur", killed)
        with pytest.raises(asyncio.CancelledError):
            await gallery.service.screenshots.blur([shot_id])
    assert len(gallery.files()) == 4
    assert near(await gallery.image(shot_id), RED) > 500
    assert await gallery.service.screenshots.blur([shot_id]) == 1


async def test_one_damaged_file_does_not_keep_the_others_from_being_blurred(gallery: Gallery) -> None:
    ids = [await gallery.keep(NOON + timedelta(minutes=n)) for n in range(3)]
    async with gallery.service._db.read() as session:
        path = await session.scalar(select(Screenshot.file_path).where(Screenshot.id == ids[0]))
    (gallery.service.data_dir.root / str(path)).write_bytes(b"no picture")
    with pytest.raises(KnownError, match="could not be written anew"):
        await gallery.service.screenshots.blur(ids)
    assert (await gallery.service.screenshots.counts(DAY.start, DAY.end)).blurred == 2


async def test_encrypted_pictures_open_here_and_lie_closed(gallery: Gallery) -> None:
    shots, service = gallery.service.screenshots, gallery.service
    plain = await gallery.keep(NOON)
    await service.preferences.save("screenshot_encrypted", True)
    sealed = await gallery.keep(NOON + timedelta(minutes=1))
    assert await shots.key_place() is KeyPlace.FILE
    closed = [path for path in gallery.files() if path.name.endswith(".sealed")]
    assert len(closed) == 2
    assert all(path.read_bytes().startswith(b"PPROSEAL") for path in closed)
    assert {near(await gallery.image(shot_id), RED) > 500 for shot_id in (plain, sealed)} == {True}
    assert set(await shots.thumbnails([plain, sealed])) == {plain, sealed}

    await service.preferences.save("screenshot_encrypted", False)
    assert await shots.blur([sealed, plain]) == 2
    shot = await shots.shot(sealed)
    assert shot is not None
    assert shot.is_sealed  # what was closed stays closed
    assert (near(await gallery.image(sealed), RED), len(gallery.files())) == (0, 4)
    assert len([path for path in gallery.files() if path.name.endswith(".sealed")]) == 2


async def test_without_the_key_the_others_are_still_shown(tmp_path: Path, gallery: Gallery) -> None:
    plain = await gallery.keep(NOON)
    await gallery.service.preferences.save("screenshot_encrypted", True)
    sealed = await gallery.keep(NOON + timedelta(minutes=1))
    (tmp_path / "secret.key").rename(tmp_path / "elsewhere")
    async with reading(tmp_path) as service:
        assert list(await service.screenshots.thumbnails([plain, sealed])) == [plain]
        assert near(picture.decoded(await service.screenshots.picture(plain)), RED) > 500
        with pytest.raises(KnownError, match=r"secret\.key"):
            await service.screenshots.picture(sealed)
        assert await service.screenshots.trash([sealed]) == 1


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
