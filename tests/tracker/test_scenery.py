"""What is in view, judged for pictures. The windows are made up: real ones are told apart on real desktops."""

import asyncio
from dataclasses import replace

import pytest

from productify.domain import Mode, Pane, Rect, Scene, Skip, State
from productify.settings import Settings
from productify.tracker.perception import Perception
from productify.tracker.probe import Window
from productify.tracker.scenery import Moment, Scenery
from productify.tracker.sight import InView
from productify.tracker.urls import AddressWatch

LEFT, RIGHT = Rect(0, 0, 800, 600), Rect(800, 0, 800, 600)
EDITOR = Window("Editor", "editor", "a.py", pid=7, wm_class=("editor", "Editor"), handle=1)
FIREFOX = Window("Firefox", "firefox", "Shop — Mozilla Firefox", pid=8, wm_class=("Navigator", "firefox"), handle=2)
PRIVATE = replace(FIREFOX, title="Example — Mozilla Firefox Private Browsing", handle=3)
VAULT = Window("KeePassXC", "org.keepassxc.KeePassXC", "a.kdbx", pid=9, wm_class=("keepassxc", "KeePassXC"), handle=4)
TRACKING = Moment(Mode.TRACKING, None, is_locked=False, is_known=True, window=EDITOR, in_call=False)


class Shown:
    """Windows in view as the test wants them."""

    def __init__(self, *views: InView) -> None:
        self.views: tuple[InView, ...] | None = views
        self.asked = 0

    async def windows(self) -> tuple[InView, ...] | None:
        self.asked += 1
        return self.views


async def scene(moment: Moment, *views: InView, **values: object) -> Scene:
    settings = Settings()
    for key, value in values.items():
        settings = settings.with_value(key, value)
    scenery = Scenery({})
    scenery._sight = Shown(*views)  # type: ignore[assignment]
    return await scenery.scene(moment, Perception(settings, ()), settings)


def reasons(found: Scene) -> dict[int, Skip | None]:
    return {pane.handle: pane.hidden for pane in found.panes}


async def test_it_tells_what_is_in_front_and_where_each_window_is():
    found = await scene(TRACKING, InView(EDITOR, LEFT), InView(FIREFOX, RIGHT))
    assert found == Scene(None, (Pane(1, LEFT, None), Pane(2, RIGHT, None)), "Editor", "a.py")


async def test_the_order_in_which_windows_lie_does_not_matter():
    views = (InView(EDITOR, LEFT), InView(FIREFOX, RIGHT))
    assert await scene(TRACKING, *views) == await scene(TRACKING, *reversed(views))


@pytest.mark.parametrize(
    ("moment", "skip"),
    [
        (replace(TRACKING, mode=Mode.OFF), Skip.NOT_TRACKING),
        (replace(TRACKING, mode=Mode.PAUSED), Skip.PAUSED),
        (replace(TRACKING, mode=Mode.INCOGNITO), Skip.INCOGNITO),
        (replace(TRACKING, cause=State.AWAY), Skip.AWAY),
        (replace(TRACKING, cause=State.ASLEEP), Skip.ASLEEP),
        (replace(TRACKING, cause=State.LOCKED), Skip.LOCKED),
        (replace(TRACKING, is_locked=True), Skip.LOCKED),
        (replace(TRACKING, is_known=False), Skip.UNSEEN),
        (replace(TRACKING, in_call=True), Skip.CALL),
        (replace(TRACKING, window=PRIVATE), Skip.PRIVATE_WINDOW),
        (replace(TRACKING, window=VAULT), Skip.PASSWORD_MANAGER),
    ],
)
async def test_when_nothing_may_be_taken_nobody_looks(moment, skip):
    scenery, shown = Scenery({}), Shown(InView(EDITOR, LEFT))
    scenery._sight = shown  # type: ignore[assignment]
    assert await scenery.scene(moment, Perception(Settings(), ()), Settings()) == Scene(skip)
    assert shown.asked == 0


async def test_calls_may_be_allowed():
    moment = replace(TRACKING, in_call=True)
    assert (await scene(moment, InView(EDITOR, LEFT), screenshot_calls=True)).skip is None


async def test_where_nobody_can_tell_nothing_is_in_view():
    scenery, shown = Scenery({}), Shown()
    shown.views = None
    scenery._sight = shown  # type: ignore[assignment]
    assert await scenery.scene(TRACKING, Perception(Settings(), ()), Settings()) == Scene(Skip.UNSEEN)


async def test_hidden_windows_are_named_by_their_reason_and_nothing_else():
    found = await scene(TRACKING, InView(EDITOR, LEFT), InView(PRIVATE, RIGHT), InView(VAULT, None))
    assert reasons(found) == {1: None, 3: Skip.PRIVATE_WINDOW, 4: Skip.PASSWORD_MANAGER}
    assert found.skip is None
    assert "Private" not in repr(found)
    assert "kdbx" not in repr(found)


async def test_a_front_that_turned_private_a_moment_ago_stops_everything():
    found = await scene(replace(TRACKING, window=FIREFOX), InView(replace(PRIVATE, handle=2), RIGHT))
    assert found.skip is Skip.PRIVATE_WINDOW


async def test_only_the_address_in_front_is_known_while_sites_are_excluded():
    front = replace(FIREFOX, url="https://shop.example.org/")
    views = (InView(FIREFOX, LEFT), InView(replace(FIREFOX, handle=5), RIGHT))
    found = await scene(replace(TRACKING, window=front), *views, excluded_sites=["bank.example.org"])
    assert reasons(found) == {2: None, 5: Skip.EXCLUDED_SITE}
    other_title = (InView(replace(FIREFOX, title="Bank — Mozilla Firefox"), LEFT),)
    found = await scene(replace(TRACKING, window=front), *other_title, excluded_sites=["bank.example.org"])
    assert found.skip is Skip.EXCLUDED_SITE
    assert (await scene(replace(TRACKING, window=front), *views, excluded_sites=["example.org"])).skip is not None


@pytest.mark.parametrize(
    ("menu", "why"),
    [
        (Window("Firefox", "firefox", None, pid=8, handle=9), Skip.PRIVATE_WINDOW),
        (Window("Firefox", "firefox", None, wm_class=("menu", "Firefox"), handle=9), Skip.PRIVATE_WINDOW),
        (Window("", handle=9), Skip.PRIVATE_WINDOW),
        (Window("Editor", "editor", None, pid=7, wm_class=("editor", "Editor"), handle=9), None),
    ],
)
async def test_menus_take_on_what_their_app_hides(menu, why):
    found = await scene(TRACKING, InView(EDITOR, LEFT), InView(PRIVATE, RIGHT), InView(menu, LEFT, attached=True))
    assert reasons(found)[9] is why


async def test_menus_of_a_browser_that_hides_nothing_are_fine():
    front = replace(FIREFOX, url="https://shop.example.org/")
    menu = replace(FIREFOX, title=None, handle=9)
    views = (InView(FIREFOX, LEFT), InView(menu, LEFT, attached=True))
    found = await scene(replace(TRACKING, window=front), *views, excluded_sites=["bank.example.org"])
    assert reasons(found) == {2: None, 9: None}


async def test_apps_and_categories_are_blurred():
    code = Window("VS Code", "code", "a.py", wm_class=("code", "Code"), handle=6)
    views = (InView(EDITOR, LEFT), InView(code, LEFT), InView(FIREFOX, RIGHT))

    async def blurred(**values: object) -> list[int]:
        return [pane.handle for pane in (await scene(TRACKING, *views, **values)).panes if pane.blurred]

    assert await blurred() == []
    assert await blurred(blur_apps=["vs co*"]) == [6]
    assert await blurred(blur_categories=["development"]) == [2, 6]


async def test_the_bare_desktop_has_no_name():
    found = await scene(replace(TRACKING, window=None), InView(FIREFOX, RIGHT))
    assert (found.skip, found.app_name, found.window_title) == (None, None, None)


class Reader:
    """A browser whose address changes while its title stays."""

    def __init__(self, url: str | None) -> None:
        self.url = url

    def accepts(self, window: Window) -> bool:
        return window.app_name == "Firefox"

    async def read(self, window: Window) -> str | None:
        await asyncio.sleep(0)
        return self.url


async def test_an_address_is_read_as_it_is_now():
    watch = AddressWatch([Reader("https://bank.example.org/")], lambda _window, _url: None)  # type: ignore[list-item]
    assert await watch.read(FIREFOX) == "https://bank.example.org/"
    assert await watch.read(EDITOR) is None


CHROMIUM = Window("Chromium", "chromium", "Shop - Chromium", pid=10, wm_class=("chromium", "Chromium"), handle=5)


async def test_a_browser_that_marks_no_private_window_is_left_out_until_somebody_vouches():
    beside = await scene(TRACKING, InView(EDITOR, LEFT), InView(CHROMIUM, RIGHT), InView(FIREFOX, RIGHT))
    assert reasons(beside) == {1: None, 2: None, 5: Skip.MAYBE_PRIVATE}
    allowed = await scene(TRACKING, InView(EDITOR, LEFT), InView(CHROMIUM, RIGHT), screenshot_unmarked="take")
    assert reasons(allowed) == {1: None, 5: None}
    unknown = await scene(replace(TRACKING, window=CHROMIUM), InView(CHROMIUM, RIGHT))
    assert unknown.skip is Skip.MAYBE_PRIVATE
    vouched = replace(CHROMIUM, url="https://shop.example.org/")
    assert (await scene(replace(TRACKING, window=vouched), InView(CHROMIUM, RIGHT))).skip is None
    private = replace(CHROMIUM, private=True)
    assert (await scene(replace(TRACKING, window=private), InView(CHROMIUM, RIGHT))).skip is Skip.PRIVATE_WINDOW
