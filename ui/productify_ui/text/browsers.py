"""Words and sentences about the browser extension: installing, pairing, testing."""

from datetime import datetime, tzinfo

from productify.domain import Leak, PairedBrowser
from productify_ui.text import formats
from productify_ui.text.phrase import Phrase


class BrowserWords:
    """The section of the settings about browsers."""

    title = Phrase("Browsers")
    hint = Phrase(
        "The extension tells the address in front, and shows a page of its own where a site is blocked. "
        "It talks to this computer alone."
    )

    get = Phrase("1. Install the extension")
    get_hint = Phrase("It is written to a folder of yours, for Chrome, Chromium, Edge, Brave, Vivaldi and Firefox.")
    write = Phrase("Write it")
    open_folder = Phrase("Open the folder")
    written = Phrase("It is in {folder}.")
    in_chromium = Phrase(
        "Chrome and its kin: open chrome://extensions, switch on Developer mode, choose Load unpacked, "
        "and take the folder chromium."
    )
    in_firefox = Phrase(
        "Firefox: open about:debugging, This Firefox, Load Temporary Add-on, and take firefox/manifest.json. "
        "It stays until Firefox ends; in Firefox ESR and Developer Edition productify-firefox.zip can stay for good."
    )

    pair = Phrase("2. Pair a browser")
    pair_hint = Phrase("Type a code from here into the page that the extension opens.")
    show_code = Phrase("Show a code")
    another_code = Phrase("Another code")
    code = Phrase("Code {code}")
    code_good = Phrase("Type it into the extension's page. It is good for {time}.")
    code_over = Phrase("This code is not good any more.")
    now_paired = Phrase("{name} is paired")
    now_paired_hint = Phrase("Its addresses are told from now on, and sites can be blocked in it.")

    none_paired = Phrase("No browser is paired yet.")
    paired_at = Phrase("{kind}, paired on {day}")
    heard = Phrase("Heard of at {clock}")
    not_heard = Phrase("Not heard of since the app began")
    forget = Phrase("Forget")
    forget_named = Phrase("Forget {name}")
    forgotten = Phrase("{name} is forgotten")
    forgotten_hint = Phrase("It tells nothing any more, and blocks nothing.")

    leaks = Phrase("3. Try whether anything gets past")
    leaks_hint = Phrase("Tries a blocked address in each browser profile it can reach, and says how to close each gap.")
    test = Phrase("Test now")
    testing = Phrase("Testing")
    none_found = Phrase("No browser profile was found.")
    all_tight = Phrase("Nothing gets past.")
    one_leak = Phrase("One profile lets blocked sites through.")
    many_leaks = Phrase("{count} profiles let blocked sites through.")
    profile = Phrase("{browser}, {profile}")
    gets_past = Phrase("Gets past")
    tight = Phrase("Holds")


browser_words = BrowserWords()

_NAMES = {"firefox": "Firefox", "chromium": "Chromium", "chrome": "Chrome", "edge": "Edge", "brave": "Brave"}


def kind_of(browser: str) -> str:
    """Return the name that people know a kind of browser by."""
    return _NAMES.get(browser.lower(), browser.capitalize())


def pairing_of(browser: PairedBrowser, zone: tzinfo) -> str:
    """Return what kind it is and since when it is paired."""
    return browser_words.paired_at.format(
        kind=kind_of(browser.browser), day=formats.day(browser.paired_at.astimezone(zone).date())
    )


def heard_of(seen_at: datetime | None, zone: tzinfo) -> str:
    """Return when a browser was last heard of."""
    if seen_at is None:
        return browser_words.not_heard
    return browser_words.heard.format(clock=formats.clock(seen_at, zone))


def spaced(code: str) -> str:
    """Return a code as it is read aloud: 482 913."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def outcome_of(found: tuple[Leak, ...]) -> str:
    """Return what a leak test came to, in a sentence."""
    leaking = sum(each.leaks for each in found)
    if not found:
        return browser_words.none_found
    if not leaking:
        return browser_words.all_tight
    return browser_words.one_leak if leaking == 1 else browser_words.many_leaks.format(count=leaking)
