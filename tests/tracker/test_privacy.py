"""The gate: what is private leaves no name, title or address."""

from dataclasses import replace

import pytest

from productify.domain import State
from productify.settings import Settings
from productify.tracker.perception import Perception
from productify.tracker.privacy import looks_private
from productify.tracker.probe import Window

EDITOR = Window("Text Editor", "org.example.editor", "diary.txt", wm_class=("editor", "Editor"))
FIREFOX = Window(
    "Firefox",
    "firefox",
    "Bank — Mozilla Firefox",
    "https://online.bank.example.org/x",
    wm_class=("Navigator", "firefox"),
)


def face(window: Window | None, **values: object):
    settings = Settings()
    for key, value in values.items():
        settings = settings.with_value(key, value)
    return Perception(settings, ()).face(window)


def is_private(seen) -> bool:
    if seen.cause is not State.PRIVATE:
        return False
    assert (seen.app_name, seen.title, seen.url, seen.site, seen.app_id) == ("private", None, None, None, None)
    return True


@pytest.mark.parametrize("pattern", ["text editor", "TEXT*", "org.example.*", "editor", "*edit*"])
def test_excluded_apps_by_any_of_their_names(pattern):
    assert is_private(face(EDITOR, excluded_apps=["other", pattern]))


@pytest.mark.parametrize("pattern", ["text", "", "  ", "vi*"])
def test_other_apps_are_not_excluded(pattern):
    assert face(EDITOR, excluded_apps=[pattern]).title == "diary.txt"


@pytest.mark.parametrize(
    "entry",
    ["bank.example.org", "example.org", "*.example.org", "https://bank.example.org/login", "ONLINE.bank.example.org"],
)
def test_excluded_sites_with_their_subdomains(entry):
    assert is_private(face(FIREFOX, excluded_sites=[entry]))


@pytest.mark.parametrize("entry", ["ample.org", "shop.bank.example.org", "", "bank.example.com"])
def test_other_sites_are_not_excluded(entry):
    assert face(FIREFOX, excluded_sites=[entry]).site == "online.bank.example.org"


def test_excluded_words_in_titles_in_any_case():
    assert is_private(face(EDITOR, excluded_words=["DIARY"]))
    assert not is_private(face(EDITOR, excluded_words=["secret", " "]))


@pytest.mark.parametrize(
    ("title", "wm_class"),
    [
        ("Example — Mozilla Firefox Private Browsing", ("Navigator", "firefox")),
        ("Mozilla Firefox Private Browsing", ("Navigator", "firefox-esr")),
        ("Mozilla Firefox (Private Browsing)", ("Navigator", "firefox-esr")),
        ("Example – Privates Fenster – Mozilla Firefox", ("Navigator", "firefox")),
        ("Example - Google Chrome (Incognito)", ("google-chrome", "Google-chrome")),
        ("Example - Chromium (Incognito)", ("chromium", "Chromium")),
        ("Example - [InPrivate] - Microsoft Edge", ("microsoft-edge", "Microsoft-edge")),
        ("Example - Brave (Private)", ("brave-browser", "Brave-browser")),
        ("Example - [InPrivate] - Microsoft\u200b Edge", ("microsoft-edge", "Microsoft-edge")),
        ("Example — Mozilla Firefox Navegación privada", ("Navigator", "firefox")),
        ("Example — Navegación privada de Mozilla Firefox", ("Navigator", "firefox")),
        ("Example — Navigation privée de Mozilla Firefox", ("Navigator", "firefox")),
        ("Example — Mozilla Firefox — navegação privativa", ("Navigator", "firefox")),
        ("Navegação privativa do Mozilla Firefox", ("Navigator", "firefox")),
        ("Example — Navegação Privada Mozilla Firefox", ("Navigator", "firefox")),
        ("Example — Mozilla Firefox — tryb prywatny", ("Navigator", "firefox")),
        ("Example — Mozilla Firefox (tryb prywatny)", ("Navigator", "firefox")),
        ("Example — Приватный просмотр Mozilla Firefox", ("Navigator", "firefox")),
        ("Приватный просмотр Mozilla Firefox", ("Navigator", "firefox")),
        ("Example — Mozilla Firefox プライベート ブラウジング", ("Navigator", "firefox")),
        ("Example — Mozilla Firefox 隐私浏览", ("Navigator", "firefox")),
        ("Example — Mozilla Firefox 隱私瀏覽模式", ("Navigator", "firefox")),
        ("Example - Google Chrome (Incógnito)", ("google-chrome", "Google-chrome")),
        ("Example - Google Chrome (Anônima)", ("google-chrome", "Google-chrome")),
        ("Example - Google Chrome (Инкогнито)", ("google-chrome", "Google-chrome")),
        ("Example - Google Chrome (シークレット)", ("google-chrome", "Google-chrome")),
        ("Example - Google Chrome (无痕模式)", ("google-chrome", "Google-chrome")),
        ("Example - Google Chrome (無痕模式)", ("google-chrome", "Google-chrome")),
    ],
)
def test_private_windows_by_what_browsers_write_in_titles(title, wm_class):
    window = Window("Browser", "browser", title, wm_class=wm_class)
    assert looks_private(window)
    assert is_private(face(window))
    assert face(window, exclude_private_windows=False).title is not None


@pytest.mark.parametrize(
    ("title", "wm_class"),
    [
        ("Private Browsing — a documentary — Mozilla Firefox", ("Navigator", "firefox")),
        ("How Incognito works - Google Chrome", ("google-chrome", "Google-chrome")),
        ("notes on Private Browsing", ("editor", "Editor")),
        ("Приватный просмотр: что это — Mozilla Firefox", ("Navigator", "firefox")),
        ("Qué es la navegación privada de un navegador — Mozilla Firefox", ("Navigator", "firefox")),
        ("シークレット ガーデン - Google Chrome", ("google-chrome", "Google-chrome")),
    ],
)
def test_titles_that_only_speak_of_privacy_are_not_private(title, wm_class):
    assert not looks_private(Window("App", title=title, wm_class=wm_class))


def test_incognito_hides_everything_and_the_bare_desktop_too():
    assert is_private(face(EDITOR, incognito_mode=True))
    assert is_private(face(None, incognito_mode=True))


def test_password_managers_keep_their_name_and_never_a_title():
    seen = face(Window("KeePassXC", "org.keepassxc.KeePassXC", "vault.kdbx", wm_class=("keepassxc", "KeePassXC")))
    assert (seen.app_name, seen.title, seen.url) == ("KeePassXC", None, None)
    seen = face(replace(FIREFOX, url="https://vault.bitwarden.com/#/vault"))
    assert (seen.app_name, seen.title, seen.url) == ("Firefox", None, None)


def test_titles_and_addresses_can_be_switched_off():
    seen = face(FIREFOX, track_titles=False)
    assert (seen.title, seen.site) == (None, "online.bank.example.org")
    seen = face(FIREFOX, track_urls=False)
    assert (seen.url, seen.site, seen.title) == (None, None, "Bank — Mozilla Firefox")


def test_an_address_that_is_not_recorded_still_guards_excluded_sites():
    assert is_private(face(FIREFOX, track_urls=False, excluded_sites=["bank.example.org"]))


def test_a_title_waits_for_an_address_that_could_make_it_private():
    unknown = replace(FIREFOX, url=None)
    seen = face(unknown, excluded_sites=["bank.example.org"])
    assert (seen.app_name, seen.title, seen.url) == ("Firefox", None, None)
    assert face(unknown).title is not None
    assert face(EDITOR, excluded_sites=["bank.example.org"]).title == "diary.txt"


def test_a_browser_that_nobody_can_read_has_no_titles_while_sites_are_excluded():
    chromium = Window("Chromium", "chromium", "Bank - Chromium", wm_class=("chromium", "Chromium"))
    seen = face(chromium, excluded_sites=["bank.example.org"])
    assert (seen.app_name, seen.title) == ("Chromium", None)
    assert face(chromium, excluded_sites=[" "]).title == "Bank - Chromium"


@pytest.mark.parametrize(
    "page", ["about:reader?url=https%3A%2F%2Fbank.example.org", "view-source:https://bank.example.org/"]
)
def test_a_site_that_is_shown_in_another_dress_is_not_named(page):
    seen = face(replace(FIREFOX, url=page), excluded_sites=["bank.example.org"])
    assert (seen.title, seen.url, seen.site) == (None, None, None)


def test_addresses_are_only_read_where_they_have_a_use():
    def wants(**values: object) -> bool:
        settings = Settings()
        for key, value in values.items():
            settings = settings.with_value(key, value)
        return Perception(settings, ()).wants_address(FIREFOX)

    assert wants()
    assert wants(track_urls=False, excluded_sites=["example.org"])
    assert not wants(track_urls=False)
    assert not wants(incognito_mode=True)
