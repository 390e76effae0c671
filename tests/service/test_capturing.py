"""The switch of pictures, their pause, and what is told of them; where this desktop cannot show its windows, too."""

import os
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from commands import environment
from productify.capture.album import Album
from productify.domain import Capturing, Scene, Skip, Trigger
from productify.errors import KnownError
from productify.paths import DataDir
from service.rig import EDITOR, NOON, TERMINAL, Rig, reading, recording, until

_LONG = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _no_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    for key in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
        monkeypatch.delenv(key, raising=False)


async def _switched_on(rig: Rig) -> None:
    await rig.service.preferences.save("screenshots_enabled", True)
    await until(lambda: rig.service.screenshots.capture._camera, "the camera")


async def _states(rig: Rig) -> Capturing:
    return (await rig.service.tracking.status()).capturing


async def test_they_are_off_until_the_user_says_yes(tmp_path):
    async with recording(tmp_path) as rig:
        assert await _states(rig) is Capturing.OFF
        with pytest.raises(KnownError, match="off"):
            await rig.service.screenshots.take_now()
        await _switched_on(rig)
        assert await _states(rig) is not Capturing.OFF
        await rig.service.preferences.save("screenshots_enabled", False)
        await until(lambda: rig.service.screenshots.capture._camera is None, "the end of the camera")
        assert await _states(rig) is Capturing.OFF
        assert not [each for each in threading.enumerate() if each.name.startswith("darkroom")]


async def test_where_nobody_sees_windows_nothing_is_taken_and_that_is_said(tmp_path):
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 60)
        await _switched_on(rig)
        status = await rig.service.tracking.status()
        assert status.capturing is Capturing.UNABLE
        assert "which windows are in view" in (status.capture_problem or "")
        with pytest.raises(KnownError, match="which windows are in view"):
            await rig.service.screenshots.take_now()
        (skip,) = await rig.service.screenshots.skipped(rig.clock.now() - _LONG, rig.clock.now() + _LONG)
        assert (skip.reason, skip.monitor) == (Skip.UNSEEN, None)
        await until(lambda: rig.heard.states and rig.heard.states[-1].capturing is Capturing.UNABLE, "the notice")


async def test_a_pause_of_pictures_alone_survives_a_restart_and_ends_by_itself(tmp_path):
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 60)
        await _switched_on(rig)
        await rig.service.screenshots.pause(rig.clock.now() + timedelta(hours=1))
        assert await _states(rig) is Capturing.PAUSED
        with pytest.raises(KnownError, match="paused"):
            await rig.service.screenshots.take_now()
        now = rig.clock.now()
        clock = rig.clock
    async with recording(tmp_path, clock) as rig:
        capture = rig.service.screenshots.capture
        await until(lambda: capture._camera, "the camera")
        assert (await _states(rig), capture.paused_until) == (Capturing.PAUSED, now + timedelta(hours=1))
        clock.advance(3601)
        capture.apply()
        await until(lambda: capture.state is not Capturing.PAUSED, "the end of the pause")
        await rig.service.screenshots.pause(None)
        assert await _states(rig) is Capturing.PAUSED
        await rig.service.screenshots.resume()
        assert await _states(rig) is Capturing.UNABLE
    async with recording(tmp_path, clock) as rig:
        assert await _states(rig) is not Capturing.PAUSED


async def test_a_full_disk_stops_pictures_and_tracking_goes_on(tmp_path, monkeypatch):
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 60)
        await _switched_on(rig)
        with monkeypatch.context() as full:
            full.setattr(Album, "free_bytes", lambda _album: 0)
            with pytest.raises(KnownError, match="disk is full"):
                await rig.service.screenshots.take_now()
            status = await rig.service.tracking.status()
            assert status.capturing is Capturing.UNABLE
            assert "Free some space" in (status.capture_problem or "")
            await until(lambda: rig.heard.states and rig.heard.states[-1].capturing is Capturing.UNABLE, "the notice")
            await rig.show(TERMINAL, 60)
            assert await rig.brief() == [("Editor", 0, 60), ("XTerm", 60, 120)]
        with pytest.raises(KnownError, match="which windows are in view"):  # as far as it gets without a desktop
            await rig.service.screenshots.take_now()


async def test_another_app_in_front_is_heard_of_in_that_mode(tmp_path):
    async with recording(tmp_path) as rig:
        await rig.service.preferences.save("screenshot_mode", "switch")
        await _switched_on(rig)
        camera = rig.service.screenshots.capture._camera
        await rig.show(EDITOR, 60)
        await until(lambda: camera._schedule.due is not None, "the switch")
        camera._schedule.took(rig.clock.steady())
        await rig.show(TERMINAL, 60)
        await until(lambda: camera._schedule.due is not None, "the next switch")


@pytest.mark.logs
async def test_a_bug_is_told_once_in_the_log_and_as_a_problem(tmp_path, caplog):
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 60)
        await _switched_on(rig)
        capture = rig.service.screenshots.capture

        async def broken() -> Scene:
            raise ZeroDivisionError

        capture._camera._shutter._look = broken
        rig.clock.advance(1000)
        capture._camera.wake()
        await until(lambda: capture._is_broken, "the failure")
        assert "log says why" in (capture.problem or "")
        await until(lambda: capture._camera is not None, "the camera again")
        await capture._camera.take(Trigger.INTERVAL)
        assert capture._is_broken
    assert sum("screenshots failed" in record.getMessage() for record in caplog.records) == 1


async def test_nobody_takes_pictures_who_does_not_record(tmp_path):
    async with recording(tmp_path):
        pass
    async with reading(tmp_path) as service:
        with pytest.raises(KnownError, match="records"):
            await service.screenshots.take_now()
        assert (await service.tracking.status()).capturing is Capturing.OFF


async def test_the_start_mends_what_a_kill_left(tmp_path):
    """Files that a kill left have no row yet; what came after the start may still get one."""
    album = Album(DataDir(tmp_path))
    old, new = (album.write(NOON.date(), b"picture", b"thumb", "webp", None) for _ in range(2))
    for path in (old.file_path, old.thumbnail_path):
        os.utime(tmp_path / path, (NOON.timestamp() - 1, NOON.timestamp() - 1))
    own = tmp_path / "screenshots" / NOON.date().isoformat() / "holiday.webp"
    own.write_bytes(b"somebody put this here")
    os.utime(own, (0, 0))
    async with recording(tmp_path):
        await until(lambda: not album.has(old.file_path), "the mend")
    assert not album.has(old.thumbnail_path)
    assert album.has(new.file_path)
    assert own.exists()


_OFF = """
import asyncio, sys
from productify.paths import open_data_dir
from productify.service import Service

async def main():
    service = await Service.open(open_data_dir(sys.argv[1]), record=True)
    await asyncio.sleep(0.5)
    await service.close()

asyncio.run(main())
print(sorted({"PIL", "mss", "cryptography", "keyring"} & set(sys.modules)))
"""


def test_nothing_heavy_is_loaded_while_they_are_off(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OFF, tmp_path], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
