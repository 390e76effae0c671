"""Which windows are in view on a real X server, whatever the window manager does with those that are not."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
from xcffib.xproto import Atom

from capture.stage import GREEN, LEFT, RIGHT, Stage, stage_on
from desktop_session import DesktopSession, wait_until
from productify.domain import Health, Rect
from productify.tracker.sight import InView, sight_for
from productify.tracker.sight.x11 import X11Sight

from .hearing import in_thread

pytestmark = pytest.mark.desktop


@pytest.fixture
def stage(desktop: DesktopSession) -> Iterator[Stage]:
    with stage_on(desktop) as stage:
        yield stage


@pytest.fixture
async def sight(desktop: DesktopSession) -> AsyncIterator[X11Sight]:
    sight = sight_for(desktop.env)
    assert isinstance(sight, X11Sight)
    yield sight
    await sight.close()


async def seen(sight: X11Sight) -> dict[int, InView]:
    views = await sight.windows()
    assert views is not None
    return {view.window.handle: view for view in views}


async def test_each_window_is_seen_with_its_frame(sight, stage, desktop):
    handle = await in_thread(stage.window, "one", GREEN, LEFT)
    (view,) = (await seen(sight)).values()
    assert (view.window.handle, view.window.title, view.window.wm_class) == (handle, "one", ("plain", "Plain"))
    assert not view.attached
    inner, frame = Rect(*LEFT), view.rect
    assert frame is not None
    assert frame.height > inner.height, "the title bar is a part of it"
    assert frame.width >= inner.width
    assert frame.overlaps(inner)


async def test_what_is_covered_is_in_view_and_what_is_minimised_is_not(sight, stage, desktop):
    below = await in_thread(stage.window, "below", GREEN, LEFT)
    above = await in_thread(stage.window, "above", GREEN, LEFT)
    assert set(await seen(sight)) == {below, above}
    desktop.xdotool("windowminimize", below)
    await _until_seen(sight, {above})  # its frame shrinks for a while
    desktop.xdotool("set_num_desktops", 2)
    desktop.xdotool("set_desktop_for_window", above, 1)
    await _until_seen(sight, set())


async def test_menus_and_dialogs_are_told_apart(sight, stage):
    owner = await in_thread(stage.window, "owner", GREEN, LEFT)
    menu = await in_thread(lambda: stage.window("", GREEN, RIGHT, loose=True))
    dialog = await in_thread(lambda: stage.window("ask", GREEN, RIGHT, owner=owner, wait=False))
    await in_thread(wait_until, lambda: stage.is_in_view(dialog))
    views = await seen(sight)
    assert {handle: view.attached for handle, view in views.items()} == {owner: False, menu: True, dialog: True}
    assert views[menu].rect == Rect(*RIGHT)


@pytest.fixture
def bare() -> Iterator[DesktopSession]:
    """An X server whose window manager is gone, and left its properties behind."""
    with DesktopSession("640x480") as session:
        session.end(next(each for each in session._processes if each.args == ("openbox",)))
        yield session


@pytest.mark.parametrize(
    ("manager", "in_view"),
    [
        ("i3", {"here", "sticky", "elsewhere", "minimised", "rolled up"}),
        ("GNOME Shell", {"here", "sticky", "rolled up"}),
    ],
)
async def test_windows_that_a_compositor_keeps_mapped_are_judged_by_what_it_says(bare, manager, in_view):
    """The test speaks as a window manager that leaves all windows mapped, as GNOME's does, which does not run here."""
    names = ("here", "sticky", "elsewhere", "minimised", "rolled up")
    stage, sight = Stage(bare), X11Sight.create(bare.env)
    try:
        handles = {name: stage.window(name, GREEN, LEFT, wait=False) for name in names}
        await in_thread(wait_until, lambda: all(stage.is_in_view(each) for each in handles.values()))
        _speak_as(stage, manager, handles)
        assert {view.window.title for view in (await seen(sight)).values()} == in_view
    finally:
        await sight.close()
        stage.close()


async def test_without_a_word_of_the_window_manager_nothing_is_seen(bare):
    sight = X11Sight.create(bare.env)
    assert await sight.windows() is None
    assert sight.capability().health is Health.MISSING
    bare.end(bare.x_server)
    assert await sight.windows() is None
    await sight.close()


async def _until_seen(sight: X11Sight, handles: set[int]) -> None:
    end = asyncio.get_running_loop().time() + 10
    while (found := set(await seen(sight))) != handles:
        assert asyncio.get_running_loop().time() < end, found
        await asyncio.sleep(0.02)


def _speak_as(stage: Stage, manager: str, handles: dict[str, int]) -> None:
    """Say of windows what a window manager says of them."""
    states = {"minimised": ["HIDDEN"], "rolled up": ["HIDDEN", "SHADED"]}
    for name, handle in handles.items():
        on = {"sticky": 0xFFFF_FFFF, "elsewhere": 1}.get(name, 0)
        stage.say(handle, "_NET_WM_DESKTOP", Atom.CARDINAL, on)
        stage.say(
            handle, "_NET_WM_STATE", Atom.ATOM, *(stage.atom(f"_NET_WM_STATE_{each}") for each in states.get(name, []))
        )
    voice = stage.window("", GREEN, (-9, -9, 1, 1), loose=True)
    stage.retitle(voice, manager)
    for name in ("_NET_CLIENT_LIST", "_NET_CLIENT_LIST_STACKING"):
        stage.say(stage.root, name, Atom.WINDOW, *handles.values())
    stage.say(stage.root, "_NET_CURRENT_DESKTOP", Atom.CARDINAL, 0)
    for each in (voice, stage.root):
        stage.say(each, "_NET_SUPPORTING_WM_CHECK", Atom.WINDOW, voice)
    stage.hide(voice)
