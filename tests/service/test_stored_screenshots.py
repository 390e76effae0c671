"""The gallery's verbs over real files: seen, trashed, blurred, covered, aged, encrypted, erased."""

import asyncio
import io
from datetime import timedelta
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select

from productify.capture import picture
from productify.domain import KeyPlace, ShotFilter, Word
from productify.errors import KnownError
from productify.store import shot_keeping, shot_texts
from productify.store.schema import Screenshot, ShotText
from service.rig import EDITOR, NOON, reading, recording
from service.shots_stage import DAY, RED, Gallery, gallery, near

__all__ = ["gallery"]


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
