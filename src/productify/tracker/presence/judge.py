"""What signs mean for what is in front: whether they show somebody, by what, and for how long. Pure."""

import re
from collections.abc import Iterable
from datetime import timedelta

from productify.domain import Presence
from productify.settings import Settings
from productify.tracker.probe import Sign, SignKind, Window
from productify.tracker.vouching import Vouched

_MEETINGS, _VIDEO, _LEARNING = "meetings", "entertainment", "research"
_LISTENED_TO = frozenset({"music", "games"})
"""Categories whose sound and screen go on without anybody; a game shows its player by input."""

_RUNNING_CALL = re.compile(
    r"^Zoom (?:Meeting|Webinar)\b|^Huddle\b|^(?:Meeting|Call) .*\| Microsoft Teams|. \| Jitsi Meet"
)
"""Titles that a window bears only as long as a call lasts."""


def judged(window: Window | None, category: str | None, signs: Iterable[Sign], settings: Settings) -> Vouched:
    """Return what vouches longest for somebody there without input, an empty one where nothing does.

    A microphone or camera does, whatever is in front; so does a full-screen picture with its sound, sound of the app
    in front as far as its `category` allows, and an app that keeps the screen awake.
    """
    kinds, found = {sign.kind for sign in signs}, list[tuple[Presence, int]]()
    heard = any(sign.kind is SignKind.SOUND and is_of(sign, window) for sign in signs)
    awake = SignKind.AWAKE in kinds and category not in _LISTENED_TO
    video = settings.number("presence_video_minutes")
    if settings.flag("presence_calls") and _is_call(window, category, kinds, heard=heard):
        found.append((Presence.CALL, settings.number("presence_call_minutes")))
    is_full = window is not None and window.fullscreen and category not in _LISTENED_TO
    if settings.flag("presence_video") and is_full and (heard or awake):
        found.append((Presence.VIDEO, video))
    if settings.flag("presence_inhibitors") and awake:
        found.append((Presence.INHIBITOR, video))
    if settings.flag("presence_audio") and heard:
        caps = {_VIDEO: video, _LEARNING: settings.number("presence_learning_minutes")}
        found.append((Presence.AUDIO, caps.get(category or "", 0)))
    by, minutes = max(found, key=lambda pair: pair[1], default=(None, 0))
    return Vouched(by, timedelta(minutes=minutes)) if minutes else Vouched()


def in_call(window: Window | None, category: str | None, signs: Iterable[Sign]) -> bool:
    """Return whether somebody is in a call, whether or not that counts as being there."""
    signs = tuple(signs)
    heard = any(sign.kind is SignKind.SOUND and is_of(sign, window) for sign in signs)
    return _is_call(window, category, {sign.kind for sign in signs}, heard=heard)


def _is_call(window: Window | None, category: str | None, kinds: set[SignKind], *, heard: bool) -> bool:
    if kinds & {SignKind.MICROPHONE, SignKind.CAMERA} or (category == _MEETINGS and heard):
        return True
    return bool(window is not None and window.title and _RUNNING_CALL.search(window.title))


def is_of(sign: Sign, window: Window | None) -> bool:
    """Return whether the app of `window` gives `sign`, by its process or by any of its names."""
    if window is None:
        return False
    if sign.pid is not None and sign.pid == window.pid:
        return True
    program = window.exe.rpartition("/")[2] if window.exe and not window.script else None
    names = (window.app_name, window.app_id, *window.wm_class, window.script, program)
    return bool(sign.names & {name.casefold() for name in names if name})
