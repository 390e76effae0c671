"""What is in view on all monitors, judged for pictures: what must not be in one, what is to be blurred, and why."""

from dataclasses import dataclass, replace

from productify.domain import Capability, Mode, Pane, Scene, Skip, State
from productify.settings import Settings
from productify.tracker.perception import Perception
from productify.tracker.probe import Environment, Window
from productify.tracker.sight import InView, Sight, sight_for
from productify.tracker.titles import cleaned

_MODES = {Mode.OFF: Skip.NOT_TRACKING, Mode.PAUSED: Skip.PAUSED, Mode.INCOGNITO: Skip.INCOGNITO}
_CAUSES = {
    State.AWAY: Skip.AWAY,
    State.LOCKED: Skip.LOCKED,
    State.ASLEEP: Skip.ASLEEP,
    State.PAUSED: Skip.PAUSED,
    State.OFF: Skip.NOT_TRACKING,
}


@dataclass(frozen=True, slots=True)
class Moment:
    """What the tracker knows now: `window` is in front, where `is_known`; `cause` is the running activity's state."""

    mode: Mode
    cause: State | None
    is_locked: bool
    is_known: bool
    window: Window | None
    in_call: bool


class Scenery:
    """Looks at the desktop that `environment` names whenever it is asked, and never by itself."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._sight: Sight | None = None

    def capability(self) -> Capability:
        """Return how well windows in view can be told here."""
        return self._looking().capability()

    async def close(self) -> None:
        """Let go of the desktop."""
        if self._sight is not None:
            await self._sight.close()

    async def scene(self, moment: Moment, perception: Perception, settings: Settings) -> Scene:
        """Return what is in view; where nothing may be taken whatever is in view, nobody looks."""
        skip = _forbidden(moment, settings) or _unknown(moment)
        if skip is None and moment.window is not None:
            skip = perception.hidden(moment.window)
        if skip is not None:
            return Scene(skip)
        views = await self._looking().windows()
        if views is None:
            return Scene(Skip.UNSEEN)
        return _judged(views, moment, perception)

    def _looking(self) -> Sight:
        if self._sight is None:
            self._sight = sight_for(self._environment)
        return self._sight


def _forbidden(moment: Moment, settings: Settings) -> Skip | None:
    if moment.mode is not Mode.TRACKING:
        return _MODES[moment.mode]
    if moment.is_locked:
        return Skip.LOCKED
    if moment.cause in _CAUSES:
        return _CAUSES[moment.cause]
    return Skip.CALL if moment.in_call and not settings.flag("screenshot_calls") else None


def _unknown(moment: Moment) -> Skip | None:
    return None if moment.is_known else Skip.UNSEEN


def _judged(views: tuple[InView, ...], moment: Moment, perception: Perception) -> Scene:
    front = moment.window
    known = [replace(view, window=_with_address(view.window, front)) for view in views]
    reasons = [perception.hidden(view.window, attached=view.attached) for view in known]
    hidden = [(view.window, why) for view, why in zip(known, reasons, strict=True) if why is not None]
    panes = []
    for view, own in zip(known, reasons, strict=True):
        why = own if own is not None or not view.attached else _inherited(view.window, hidden)
        panes.append(Pane(view.window.handle, view.rect, why, perception.blurs(view.window)))
    panes.sort(key=lambda pane: (pane.handle, pane.rect or ()))
    if front is None:
        return Scene(None, tuple(panes))
    skip = next((pane.hidden for pane in panes if pane.handle == front.handle and pane.hidden is not None), None)
    face = perception.face(front)
    if face.cause is not None:
        return Scene(skip, tuple(panes))
    return Scene(skip, tuple(panes), face.app_name, face.title)


def _with_address(window: Window, front: Window | None) -> Window:
    """Return `window` with what the tracker knows of it, its address and that it is private; of others nobody does."""
    if front is None or (window.handle, cleaned(window.title)) != (front.handle, cleaned(front.title)):
        return window
    return replace(window, url=front.url, private=front.private)


def _inherited(window: Window, hidden: list[tuple[Window, Skip]]) -> Skip | None:
    """Return why a menu or dialog is hidden: an app's own may show what its hidden windows hold.

    One that does not say whose it is may be of any of them.
    """
    for other, why in hidden:
        is_nobodys = window.pid is None and not any(window.wm_class)
        if is_nobodys or (window.pid is not None and window.pid == other.pid) or _share_class(window, other):
            return why
    return None


def _share_class(window: Window, other: Window) -> bool:
    return bool(window.wm_class[1]) and window.wm_class[1].casefold() == other.wm_class[1].casefold()
