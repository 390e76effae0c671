"""Pictures of two real monitors: what must not be seen is in no pixel of any of them."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from capture.stage import CANARY, GREEN, LEFT, ORANGE, RIGHT, Stage, shows, stage_on, two_monitors
from desktop_session import DesktopSession, missing_programs
from productify.clock import SystemClock
from productify.domain import Shot, Skip, Skipped, Trigger
from productify.errors import KnownError
from productify.paths import open_data_dir
from productify.service import Service

pytestmark = pytest.mark.desktop

PRIVATE = "Example — Mozilla Firefox Private Browsing"
_EVER = timedelta(days=1)


async def until(condition: Callable[[], object], what: str) -> None:
    """Return when `condition` holds; fails after ten seconds."""
    end = asyncio.get_running_loop().time() + 10
    while not condition():
        assert asyncio.get_running_loop().time() < end, f"waited for {what}"
        await asyncio.sleep(0.01)


@pytest.fixture(scope="module")
def session() -> Iterator[DesktopSession]:
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with DesktopSession("1600x1000") as session:
        two_monitors(session)
        yield session


@pytest.fixture
def stage(session: DesktopSession) -> Iterator[Stage]:
    with stage_on(session) as stage:
        yield stage


@dataclass
class Studio:
    """A service that records the session and takes pictures when it is asked to."""

    service: Service

    async def take(self) -> int:
        """Take pictures now."""
        return await self.service.screenshots.take_now()

    async def take_unasked(self) -> int:
        """Take pictures as when one is due."""
        camera = self.service.screenshots.capture._camera
        assert camera is not None
        return (await camera.take(Trigger.INTERVAL)).stored

    async def shots(self) -> tuple[Shot, ...]:
        """Return what was stored."""
        now = SystemClock().now()
        return await self.service.screenshots.between(now - _EVER, now + _EVER)

    async def skipped(self) -> list[Skipped]:
        """Return what was skipped, the oldest first."""
        now = SystemClock().now()
        return list(reversed(await self.service.screenshots.skipped(now - _EVER, now + _EVER)))

    async def in_front(self, handle: int) -> None:
        """Return when the tracker knows which window is in front."""
        tracker = self.service.tracking.tracker
        assert tracker is not None
        await until(
            lambda: tracker._front.window and tracker._front.window.handle == handle and tracker.running, "the tracker"
        )

    def files(self) -> list[bytes]:
        """Return every file that was written, thumbnails too."""
        return [path.read_bytes() for path in self.service.data_dir.screenshots.rglob("*") if path.is_file()]

    async def save(self, **values: object) -> None:
        """Change settings."""
        for key, value in values.items():
            await self.service.preferences.save(key, value)


@pytest.fixture
async def studio(session: DesktopSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Studio]:
    for key in ("DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(key, session.env[key])
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    service = await Service.open(open_data_dir(tmp_path / "data"), record=True)
    try:
        studio = Studio(service)
        await studio.save(screenshots_enabled=True, screenshot_interval=3600)
        await until(lambda: service.screenshots.capture._camera, "the camera")
        yield studio
    finally:
        await service.close()


async def test_both_monitors_are_kept_each_on_its_own(studio, stage):
    stage.window("one", ORANGE, RIGHT)
    front = stage.window("two", GREEN, LEFT)
    await studio.in_front(front)
    assert await studio.take() == 2
    left, right = sorted(await studio.shots(), key=lambda shot: shot.monitor_number)
    assert (left.monitor, right.monitor) == ("left", "right")
    for shot, seen, unseen in ((left, GREEN, ORANGE), (right, ORANGE, GREEN)):
        assert (shot.app_name, shot.window_title, shot.monitor_count) == ("Plain", "two", 2)
        assert (shot.width, shot.height, shot.screen_width, shot.screen_height) == (800, 1000, 800, 1000)
        assert (shot.format, shot.is_blurred, shot.is_sealed, shot.trigger) == ("webp", False, False, Trigger.ASKED)
        encoded = await studio.service.screenshots.picture(shot.id)
        assert len(encoded) == shot.file_size
        assert shows(encoded, seen)
        assert not shows(encoded, unseen)
        thumbnail = (await studio.service.screenshots.thumbnails([shot.id]))[shot.id]
        assert shows(thumbnail, seen)


@pytest.mark.parametrize(
    ("app", "title", "settings", "reason"),
    [
        ("firefox", PRIVATE, {}, Skip.PRIVATE_WINDOW),
        ("firefox", PRIVATE, {"exclude_private_windows": False}, Skip.PRIVATE_WINDOW),
        ("firefox", "", {}, Skip.PRIVATE_WINDOW),
        ("keepassxc", "vault.kdbx", {}, Skip.PASSWORD_MANAGER),
        ("plain", "my Diary", {"excluded_words": ["diary"]}, Skip.EXCLUDED_TITLE),
        ("firefox", "Shop — Mozilla Firefox", {"excluded_sites": ["bank.example.org"]}, Skip.EXCLUDED_SITE),
        ("vault", "papers", {"excluded_apps": ["vault"], "screenshot_excluded": "skip"}, Skip.EXCLUDED_APP),
    ],
)
async def test_nothing_of_a_hidden_window_on_the_other_monitor_is_kept(studio, stage, app, title, settings, reason):
    await studio.save(**settings)
    stage.window(title, CANARY, RIGHT, app)
    await studio.in_front(stage.window("work", GREEN, LEFT))
    assert await studio.take() == 1
    (shot,) = await studio.shots()
    assert shot.monitor == "left"
    files = studio.files()
    assert len(files) == 2
    assert all(shows(file, GREEN) for file in files)
    assert not any(shows(file, CANARY) for file in files)
    (skip,) = await studio.skipped()
    assert (skip.reason, skip.monitor, skip.count) == (reason, "right", 1)


async def test_an_excluded_app_is_covered_where_it_lies(studio, stage):
    await studio.save(excluded_apps=["vault"])
    stage.window("papers", CANARY, RIGHT, "vault")
    await studio.in_front(stage.window("work", GREEN, LEFT))
    assert await studio.take() == 2
    left, right = sorted(await studio.shots(), key=lambda shot: shot.monitor_number)
    assert (left.is_blurred, right.is_blurred) == (False, True)
    assert not any(shows(file, CANARY) for file in studio.files())
    assert await studio.skipped() == []


@pytest.mark.parametrize(
    ("app", "title", "reason"), [("firefox", PRIVATE, "private browser"), ("keepassxc", "vault", "password manager")]
)
async def test_nothing_at_all_is_taken_with_it_in_front(studio, stage, app, title, reason):
    stage.window("work", GREEN, LEFT)
    await studio.in_front(stage.window(title, CANARY, RIGHT, app))
    with pytest.raises(KnownError, match=reason):
        await studio.take()
    assert (await studio.shots(), studio.files()) == ((), [])
    (skip,) = await studio.skipped()
    assert skip.monitor is None


@pytest.mark.parametrize("kind", ["menu", "nameless menu", "dialog"])
async def test_a_menu_or_dialog_of_a_hidden_app_is_hidden_with_it(studio, stage, kind):
    """Both on the left monitor would be left out; the dialog alone lies there, its app on the right."""
    private = stage.window(PRIVATE, GREEN, RIGHT, "firefox")
    await studio.in_front(stage.window("work", GREEN, LEFT, "terminal"))
    if kind == "dialog":
        dialog = stage.window("Save as", CANARY, (300, 600, 200, 200), "firefox", owner=private, wait=False)
        await until(lambda: stage.is_in_view(dialog), "the dialog")
        with pytest.raises(KnownError, match="private"):
            await studio.take()
    else:
        stage.window("", CANARY, (300, 600, 200, 200), "firefox" if kind == "menu" else "", loose=True)
        with pytest.raises(KnownError, match="private"):
            await studio.take()
    assert studio.files() == []


async def test_what_is_minimised_or_on_another_desktop_is_not_in_view(studio, stage, session):
    hidden = stage.window(PRIVATE, CANARY, RIGHT, "firefox")
    await studio.in_front(stage.window("work", GREEN, LEFT))
    with_it = await studio.take()
    session.xdotool("windowminimize", hidden)
    assert (with_it, await studio.take()) == (1, 2)
    assert not any(shows(file, CANARY) for file in studio.files())


async def test_a_private_window_that_comes_at_any_moment_is_in_no_picture(studio, stage):
    await studio.in_front(stage.window("work", GREEN, LEFT))
    for step in range(8):
        taking = asyncio.create_task(studio.take_unasked())
        await asyncio.sleep(0.13 * step)
        private = stage.window(PRIVATE, CANARY, RIGHT, "firefox", wait=False)
        await taking
        stage.shut(private)
        await asyncio.sleep(0.05)
    assert not any(shows(file, CANARY) for file in studio.files())
    reasons = {skip.reason for skip in await studio.skipped()}
    assert reasons & {Skip.MOVED, Skip.PRIVATE_WINDOW}


async def test_windows_that_keep_moving_are_given_up(studio, stage):
    window = stage.window("work", GREEN, LEFT)
    await studio.in_front(window)

    async def move() -> None:
        for step in range(1000):
            stage.move(window, 100 + 5 * (step % 20), 100)
            await asyncio.sleep(0.05)

    moving = asyncio.create_task(move())
    try:
        with pytest.raises(KnownError, match="moved"):
            await studio.take()
    finally:
        moving.cancel()
        await asyncio.wait([moving])
    assert studio.files() == []
    assert await studio.take() == 2


async def test_an_unchanged_screen_is_only_seen_again(studio, stage):
    await studio.in_front(stage.window("work", GREEN, LEFT))
    assert await studio.take_unasked() == 2
    first = await studio.shots()
    assert await studio.take_unasked() == 0
    again = await studio.shots()
    assert [shot.id for shot in again] == [shot.id for shot in first]
    assert all(shot.seen_until > shot.captured_at for shot in again)
    stage.window("more", ORANGE, RIGHT, loose=True)
    assert await studio.take_unasked() == 1
    assert len(studio.files()) == 6


async def test_a_blurred_app_blurs_its_monitor_alone(studio, stage):
    await studio.save(blur_apps=["firef*"])
    stage.window("page — Mozilla Firefox", ORANGE, RIGHT, "firefox")
    await studio.in_front(stage.window("work", GREEN, LEFT))
    assert await studio.take() == 2
    left, right = sorted(await studio.shots(), key=lambda shot: shot.monitor_number)
    assert (left.is_blurred, right.is_blurred) == (False, True)
