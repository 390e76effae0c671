"""The gate before each picture: of which monitors one may be taken, and what is hidden in it. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from productify.domain import Monitor, Rect, Scene, Skip
from productify.domain.screenshots import covers
from productify.settings import Settings


@dataclass(frozen=True, slots=True)
class View:
    """What is decided for one monitor.

    `skip` is why no picture of it is taken, None where one is; `boxes`, in the monitor's own pixels, are covered in it
    and `blurred` blurs it as a whole.
    """

    monitor: Monitor
    skip: Skip | None = None
    boxes: tuple[Rect, ...] = ()
    blurred: bool = False


def decided(scene: Scene, monitors: Sequence[Monitor], settings: Settings) -> tuple[View, ...]:
    """Return what is decided for each monitor while `scene` is in view."""
    if scene.skip is not None:
        return tuple(View(monitor, scene.skip) for monitor in monitors)
    return tuple(_view(scene, monitor, settings) for monitor in monitors)


def all_or_none(views: Sequence[View]) -> tuple[View, ...]:
    """Return what is decided where all monitors are taken at once: none, where anything in one must be hidden."""
    reason = next((view.skip or Skip.EXCLUDED_APP for view in views if view.skip is not None or view.boxes), None)
    return tuple(views) if reason is None else tuple(View(view.monitor, reason) for view in views)


def _view(scene: Scene, monitor: Monitor, settings: Settings) -> View:
    panes = covers(scene.panes, monitor.rect)
    may_cover = settings.text("screenshot_excluded") == "cover"
    boxes = []
    for pane in panes:
        if pane.hidden is None:
            continue
        if pane.hidden is not Skip.EXCLUDED_APP or not may_cover or pane.rect is None:
            return View(monitor, pane.hidden)
        boxes.append(_within(pane.rect, monitor.rect))
    blurred = settings.flag("blur_screenshots") or any(pane.blurred for pane in panes)
    return View(monitor, None, tuple(sorted(set(boxes))), blurred)


def _within(rect: Rect, monitor: Rect) -> Rect:
    """Return the part of `rect` that lies on a monitor, in the monitor's own pixels."""
    left, top = max(rect.left, monitor.left), max(rect.top, monitor.top)
    right = min(rect.left + rect.width, monitor.left + monitor.width)
    bottom = min(rect.top + rect.height, monitor.top + monitor.height)
    return Rect(left - monitor.left, top - monitor.top, right - left, bottom - top)
