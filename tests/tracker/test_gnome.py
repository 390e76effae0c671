"""A real, headless GNOME Shell with the extension in it; logind is a mock."""

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from commands import productify
from desktop_session import wait_until
from gnome_session import GnomeSession, missing_programs
from productify.clock import SystemClock
from productify.domain import Health, Rect
from productify.errors import KnownError, UnavailableError
from productify.tracker import choose, gnome_extension
from productify.tracker.backends.gnome_windows import GnomeExtension, GnomeIntrospection
from productify.tracker.backends.mutter_idle import MutterIdle
from productify.tracker.hands.gnome import GnomeHands
from productify.tracker.probe import InputBack, InputStopped, WindowSeen, WindowUnknown
from productify.tracker.sight.gnome import GnomeSight

from .conftest import until
from .hearing import FOOT, Heard, in_thread, listening

pytestmark = pytest.mark.desktop

_WINDOW = "global.get_window_actors().find(each => each.meta_window.title === '%s').meta_window.%s"


@pytest.fixture(scope="module")
def session() -> Iterator[GnomeSession]:
    """A GNOME session into which the extension was installed as a user does, one for all tests of the module."""
    assert not missing_programs(), f"sh installer/test.sh installs these: {missing_programs()}"
    with GnomeSession() as session:
        asyncio.run(gnome_extension.install(session.env))
        session.start_shell()
        yield session


@pytest.fixture
def gnome(session: GnomeSession) -> Iterator[GnomeSession]:
    """GNOME without windows."""
    with session.guests():
        yield session


async def test_a_window_is_named_as_people_name_it(gnome):
    terminal = await in_thread(gnome.foot, "first")
    async with listening(GnomeExtension.create(gnome.env, SystemClock())) as heard:
        window = heard.window
        assert not window.fullscreen
        await in_thread(gnome.evaluate, "global.display.focus_window.make_fullscreen()")
        await until(lambda: heard.window.fullscreen)
    assert (window.app_name, window.title) == ("Foot", "first")
    assert window.app_id in FOOT
    assert (window.pid, window.wm_class) == (terminal.pid, ("foot", "foot"))


async def test_switches_titles_and_the_bare_desktop(gnome):
    async with listening(GnomeExtension.create(gnome.env, SystemClock())) as heard:
        assert heard.events[0][1] == WindowSeen(None)
        await in_thread(gnome.foot, "first")
        second = await in_thread(gnome.foot, "second")
        await until(lambda: heard.title == "second")
        for title in ("first", "second"):
            await in_thread(gnome.focus, title)
            await until(lambda title=title: heard.title == title, title)
        assert len({event.window.handle for _, event in heard.events if event.window}) == 2
        await in_thread(gnome.end, second)
        await until(lambda: heard.title == "first")
        gnome.spawn("foot", "--", "sh", "-c", "sleep 0.5; printf '\\033]2;renamed – ünïcode\\033\\\\'; sleep 100")
        await until(lambda: heard.title == "renamed – ünïcode")


async def test_the_extension_is_switched_off_and_on_again(gnome):
    """As the lock screen does it, and the user."""
    probe = GnomeExtension.create(gnome.env, SystemClock())
    await in_thread(gnome.foot, "first")
    async with listening(probe) as heard:
        assert probe.capabilities()[0].health is Health.WORKS
        await in_thread(gnome.evaluate, f"Main.extensionManager.disableExtension('{gnome_extension.UUID}')")
        await until(lambda: heard.events[-1][1] == WindowUnknown())
        assert probe.capabilities()[0].health is Health.MISSING
        assert probe.capabilities()[0].fix
        other = GnomeExtension.create(gnome.env, SystemClock())
        with pytest.raises(UnavailableError):
            await other.start(Heard())
        await other.stop()
        await in_thread(gnome.evaluate, f"Main.extensionManager.enableExtension('{gnome_extension.UUID}')")
        await until(lambda: heard.title == "first")
        assert probe.capabilities()[0].health is Health.WORKS


_SAFE_FOR_TWO_SECONDS = """
    global.context.unsafe_mode = false;
    setTimeout(() => { global.context.unsafe_mode = true; }, 2000);
"""


async def test_introspection_makes_do_without_the_extension(gnome):
    await in_thread(gnome.foot, "first")
    probe = GnomeIntrospection.create(gnome.env, SystemClock())
    async with listening(probe) as heard:
        assert (heard.window.app_name, heard.title) == ("Foot", "first")
        assert probe.capabilities()[0].health is Health.DEGRADED
        await in_thread(gnome.foot, "second")
        await until(lambda: heard.title == "second")
        await in_thread(gnome.evaluate, _SAFE_FOR_TWO_SECONDS)
        async with asyncio.timeout(5):
            await probe.lost()
        await in_thread(wait_until, lambda: gnome.evaluate("1"), "unsafe mode")


async def test_input_that_stops_and_comes_back(gnome):
    clock = SystemClock()
    await in_thread(gnome.press)
    async with listening(MutterIdle(gnome.env, clock, floor=0.4)) as heard:
        assert isinstance(heard.events[0][1], InputBack)
        for _ in range(2):
            pressed = clock.now()
            await until(lambda: isinstance(heard.events[-1][1], InputStopped))
            assert abs(heard.events[-1][1].last_input - pressed) < timedelta(seconds=0.3)
            before = clock.now()
            await in_thread(gnome.press)
            await until(lambda: isinstance(heard.events[-1][1], InputBack))
            assert timedelta(0) <= heard.events[-1][1].at - before < timedelta(seconds=0.3)


async def test_what_doctor_finds_on_gnome(gnome):
    found = {each.key: (each.health, each.backend) for each in await choose.examine(SystemClock(), gnome.env)}
    assert found["window"] == (Health.WORKS, "GNOME extension")
    assert found["idle"] == (Health.WORKS, "Mutter idle monitor")


def _fake_shell(folder: Path, version: str) -> dict[str, str]:
    """Return an environment in which GNOME Shell says that it is `version`, and notes what is switched on."""
    tools = folder / "bin"
    tools.mkdir()
    (tools / "gnome-shell").write_text(f"#!/bin/sh\necho GNOME Shell {version}\n")
    (tools / "gnome-extensions").write_text(f"#!/bin/sh\necho $* > {folder}/asked\n")
    for tool in tools.iterdir():
        tool.chmod(0o755)
    return {"HOME": str(folder / "home"), "PATH": f"{tools}:/bin"}


async def test_installing_for_a_newer_shell(tmp_path):
    """GNOME Shell 45 and later cannot run here: what they are given is looked at, and a Shell is played by a script."""
    folder = await gnome_extension.install(_fake_shell(tmp_path, "51.2"))
    assert folder == tmp_path / "home/.local/share/gnome-shell/extensions" / gnome_extension.UUID
    code = (folder / "extension.js").read_text()
    assert "export default class" in code
    assert "imports.gi" not in code
    assert "51" in json.loads((folder / "metadata.json").read_text())["shell-version"]
    assert (tmp_path / "asked").read_text().split() == ["enable", gnome_extension.UUID]


def test_the_command_installs_it(tmp_path):
    env = _fake_shell(tmp_path, "43.9")
    done = productify("gnome-extension", data=tmp_path / "data", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert gnome_extension.UUID in done.stdout
    assert "imports.gi" in next(tmp_path.rglob("extension.js")).read_text()
    done = productify("gnome-extension", data=tmp_path / "data", env={**env, "PATH": str(tmp_path)})
    assert done.returncode == 1
    assert done.stderr.startswith("productify: GNOME Shell is not installed.")


async def test_installing_where_there_is_no_shell_or_an_old_one(tmp_path):
    with pytest.raises(KnownError, match="not installed"):
        await gnome_extension.install({"HOME": str(tmp_path), "PATH": str(tmp_path)})
    with pytest.raises(KnownError, match="too old"):
        await gnome_extension.install(_fake_shell(tmp_path, "3.38"))


async def test_gnome_without_the_extension_says_how_to_get_it(tmp_path):
    bare = {"XDG_CURRENT_DESKTOP": "GNOME", "WAYLAND_DISPLAY": "none", "XDG_RUNTIME_DIR": str(tmp_path)}
    found = {each.key: each for each in await choose.examine(SystemClock(), bare)}
    assert found["window"].health is Health.MISSING
    assert "productify gnome-extension" in found["window"].fix


async def test_windows_in_view_are_told_with_their_places(gnome):
    sight = GnomeSight.create(gnome.env)
    assert await sight.windows() == ()
    for title in ("here", "put away", "elsewhere"):
        await in_thread(gnome.foot, title)
    await in_thread(gnome.evaluate, _WINDOW % ("here", "move_resize_frame(true, 40, 60, 500, 300)"))
    await in_thread(gnome.evaluate, _WINDOW % ("put away", "minimize()"))
    await in_thread(gnome.evaluate, _WINDOW % ("elsewhere", "change_workspace_by_index(1, true)"))

    async def seen() -> list[tuple[str | None, Rect | None]]:
        return [(view.window.title, view.rect) for view in await sight.windows() or ()]

    async with asyncio.timeout(5):
        while [title for title, _ in await seen()] != ["here"]:
            await in_thread(gnome.evaluate, "1")  # the Shell does what it was told between two questions
    (_, place) = (await seen())[0]
    assert place.left == 40
    assert place.top == 60
    assert abs(place.width - 500) < 20  # a terminal keeps to whole letters
    assert sight.capability().health is Health.WORKS


async def test_without_the_extension_no_windows_are_known(desktop):
    sight = GnomeSight.create(desktop.env)
    assert await sight.windows() is None
    assert "productify gnome-extension" in sight.capability().fix


async def test_windows_are_minimised_and_brought_back(gnome):
    await in_thread(gnome.foot, "work")
    await in_thread(gnome.foot, "game")
    hands = GnomeHands.create(gnome.env)
    assert GnomeHands.score(gnome.env) > 0
    async with listening(GnomeExtension.create(gnome.env, SystemClock())) as heard:
        game = heard.window.handle
        assert await hands.iconify(game)
        await until(lambda: heard.title == "work")
        assert "true" in await in_thread(gnome.evaluate, _WINDOW % ("game", "minimized"))
        assert await hands.activate(game)
        await until(lambda: heard.title == "game")
    assert "false" in await in_thread(gnome.evaluate, _WINDOW % ("game", "minimized"))
    assert not await hands.iconify(1)
    assert hands.capability().health is Health.WORKS


async def test_without_the_extension_no_window_is_moved(desktop):
    hands = GnomeHands.create(desktop.env)
    assert not await hands.activate(1)
    assert (hands.capability().health, hands.capability().fix) == (Health.MISSING, gnome_extension.INSTALL)
