"""What works on this desktop, put together for people: what the tracker sees, and what lies around it."""

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace

from productify.clock import Clock, SystemClock
from productify.domain import Capability, Health, KeyPlace, Repair
from productify.service import surroundings
from productify.service.packages import command_for
from productify.service.wire import capability_dict
from productify.tracker import gnome_extension
from productify.tracker.choose import examine as examine_probes

_KEYRING = "keyring"
_FIREFOX, _OTHER_BROWSERS = "url.firefox", "url.others"


async def examine() -> list[dict[str, str]]:
    """Return each capability of this desktop with its backend, health and fix, as the running app tells it."""
    return [capability_dict(each) for each in await found(SystemClock(), os.environ)]


async def found(clock: Clock, environment: Mapping[str, str], tray: bool | None = None) -> tuple[Capability, ...]:
    """Return the same as `told`, found by starting and stopping each probe."""
    return await told(await examine_probes(clock, environment), environment, tray)


async def told(
    seen: Iterable[Capability], environment: Mapping[str, str], tray: bool | None = None
) -> tuple[Capability, ...]:
    """Return what the tracker says of itself with titles, other browsers and remedies, then what lies around it.

    `tray` is what the window knows of one, None where there is no window.
    """
    rows: list[Capability] = []
    for each in seen:
        rows.append(_with_remedy(each))
        if each.key == "window":
            rows.append(_titles(each))
    rows += _browsers(rows)
    if sys.platform == "linux" and await _accessibility_is_off(environment):
        rows = [_with_accessibility(each) for each in rows]
    return (*rows, *await surroundings.look_around(environment, tray))


def with_key(rows: Iterable[Capability], place: KeyPlace | None) -> tuple[Capability, ...]:
    """Return the rows, that of the keyring telling what has become of the key of encrypted screenshots."""
    return tuple(_holding(row, place) if row.key == _KEYRING else row for row in rows)


async def _accessibility_is_off(environment: Mapping[str, str]) -> bool:
    from productify.service.session_bus import accessibility_is_off

    return await accessibility_is_off(environment)


def _holding(keyring: Capability, place: KeyPlace | None) -> Capability:
    if place is None:
        return keyring
    if place is KeyPlace.FILE:
        return replace(keyring, detail="The key of encrypted screenshots is stored without it, in the data folder.")
    if keyring.health is Health.WORKS:
        return replace(keyring, detail="It holds the key of encrypted screenshots.")
    detail = "It holds the key of encrypted screenshots, which cannot be opened now."
    return replace(keyring, health=Health.MISSING, detail=detail)


def _with_remedy(each: Capability) -> Capability:
    if each.fix == gnome_extension.INSTALL:
        return replace(each, repair=Repair.GNOME_EXTENSION)
    if each.key == _FIREFOX and each.health is Health.MISSING:
        return replace(each, command=command_for("at-spi2-core"))
    return each


def _titles(window: Capability) -> Capability:
    """Return how well titles are seen: no backend tells them apart from the window."""
    fix = "They come with the active window." if window.fix else ""
    return replace(window, key="title", title="Window titles", fix=fix, repair=None, command="")


def _browsers(rows: Iterable[Capability]) -> list[Capability]:
    """Return what nobody told of the addresses in browsers whose windows are seen."""
    health = {each.key: each.health for each in rows}
    if health.get("window") in (None, Health.MISSING):
        return []
    missing = []
    if _FIREFOX not in health:
        detail = "Nothing tells them on this desktop."
        fix = "Start the desktop with dbus-run-session." if sys.platform == "linux" else ""
        missing.append(Capability(_FIREFOX, "Addresses in Firefox", Health.MISSING, "none", detail, fix))
    if _OTHER_BROWSERS not in health:
        detail = "Chromium, Chrome, Edge and others are recorded with their title, without addresses."
        fix = "Use Firefox where you want sites told apart." if sys.platform == "linux" else ""
        missing.append(
            Capability(_OTHER_BROWSERS, "Addresses in other browsers", Health.DEGRADED, "window title", detail, fix)
        )
    return missing


def _with_accessibility(each: Capability) -> Capability:
    if each.key != _FIREFOX or each.health is not Health.WORKS:
        return each
    detail = "Accessibility is off; it is switched on while Firefox is in front."
    return replace(each, detail=detail, repair=Repair.ACCESSIBILITY)
