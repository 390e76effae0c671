"""The leak test: which browser profiles show what is blocked, and what to do about each."""

import asyncio
import sys
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path

from productify.domain import Leak, PairedBrowser, Probed, SiteBlock
from productify.service.browsers import Browsers
from productify.service.profiles import Profile, profiles

TRIED = "leak-test.productify.invalid"
"""A site that cannot exist, and that is blocked during the test: no real one is ever opened."""

_PATIENCE = 3.2
_LASTS = timedelta(minutes=1)

_Pairing = tuple[PairedBrowser, str | None]

_BY_TITLES = (
    "The extension is not installed. Sites are told by titles alone: where all but a list is blocked, a page whose "
    "title names no known site stays open."
)
_REACH = "Let it reach all sites in the browser's list of extensions, and switch it off and on."
_PAIR = "Let the settings show a code under Browsers, and type it into the extension's options."
_INSTALL = "Install it from the folder that `productify browser-extension` writes, and pair it."
_IN_PRIVATE = "Allow it there: {where}."
_WHERE = {"Firefox": "Add-ons, Productify Pro, Run in Private Windows"}
_WHERE_ELSE = "Extensions, Productify Pro, Details, Allow in Incognito"


async def leak_test(
    browsers: Browsers, home: Callable[[], Path] = Path.home, platform: str = sys.platform
) -> tuple[Leak, ...]:
    """Return a row for each profile that is found and for each paired browser, what leaks first.

    Paired browsers that answer open a blocked address out of sight; of the others their own files tell. Takes at most
    four seconds.
    """
    found = await asyncio.to_thread(profiles, home(), platform)
    paired = [(each, browsers.origin(each.id)) for each in await browsers.paired()]
    rows = [*(_of_profile(each, found, paired) for each in found), *await _tried(browsers)]
    return tuple(sorted(rows, key=lambda row: not row.leaks))


def _of_profile(profile: Profile, found: Iterable[Profile], paired: Iterable[_Pairing]) -> Leak:
    def row(detail: str, fix: str = "") -> Leak:
        return Leak(profile.browser, profile.name, bool(fix), detail, fix)

    if not profile.installed:
        return row("The extension is not installed." if profile.browser == "Firefox" else _BY_TITLES, _INSTALL)
    if not profile.enabled:
        return row("The extension is switched off.", "Switch it on in the browser's list of extensions.")
    if not profile.reaches:
        return row("The extension may not reach all sites.", _REACH)
    mine = [browser for browser, origin in paired if _fits(profile, browser, origin)]
    alike = [each for each in found if each.enabled and each.browser == profile.browser and each.origin is None]
    if not mine:
        return row("The extension is installed, but not paired: it blocks nothing.", _PAIR)
    if profile.origin is None and len(mine) < len(alike):
        return row("The extension is installed, but is not paired in all profiles of this browser.", _PAIR)
    if not profile.in_private:
        return row("Blocked sites open in private windows.", _in_private(profile.browser))
    if not any(each.seen_at for each in mine):
        return row("The extension is on, in private windows too; it was not heard of since the app began.")
    return row("The extension is on, in private windows too.")


def _fits(profile: Profile, browser: PairedBrowser, origin: str | None) -> bool:
    """Return whether a pairing may be that of a profile: all of Chromium's name themselves alike."""
    if profile.origin is not None:
        return origin == profile.origin
    return browser.browser == profile.browser.lower()


async def _tried(browsers: Browsers) -> list[Leak]:
    paired = await browsers.paired()
    if browsers.port is None or not paired:
        return [_silent(each) for each in paired]
    with browsers.rules.trying(SiteBlock((TRIED,), browsers.clock.now() + _LASTS)):
        address = f"http://{TRIED}/"
        found = await asyncio.gather(*(browsers.probe(each.id, address, _PATIENCE) for each in paired))
    return [_of_probe(each, what) for each, what in zip(paired, found, strict=True)]


def _of_probe(browser: PairedBrowser, found: Probed | None) -> Leak:
    if found is None:
        return _silent(browser)
    if not found.blocked:
        return Leak(browser.browser, browser.name, True, "A blocked site opened.", _REACH)
    if not found.in_private:
        detail = "A blocked site stayed shut, but opens in private windows."
        return Leak(browser.browser, browser.name, True, detail, _in_private(browser.browser))
    return Leak(browser.browser, browser.name, False, "A blocked site stayed shut.")


def _silent(browser: PairedBrowser) -> Leak:
    return Leak(browser.browser, browser.name, False, "It is paired and does not answer: it is not running now.")


def _in_private(browser: str) -> str:
    return _IN_PRIVATE.format(where=_WHERE.get(browser.capitalize(), _WHERE_ELSE))
