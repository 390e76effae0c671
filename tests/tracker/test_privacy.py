"""The gate: what is private leaves no name, title or address."""

import csv
from dataclasses import replace

import pytest

from productify.domain import State
from productify.paths import catalogue_dir
from productify.settings import Settings
from productify.tracker.classify import Catalogue, Classifier
from productify.tracker.perception import Perception
from productify.tracker.privacy import PrivacyGate
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
    assert face(Window("App", title=title, wm_class=wm_class)).title is not None


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


def _catalogues_browsers() -> list[tuple[str, str, str]]:
    with (catalogue_dir() / "default-rules.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["category"] == "browsing" and row["kind"] == "app"]
    assert len(rows) > 20
    assert {row["match"] for row in rows} == {"exact_ci"}
    return [(row["os"], row["pattern"], row["name"]) for row in rows]


@pytest.mark.parametrize(("os_name", "pattern", "name"), _catalogues_browsers())
def test_every_browser_of_the_catalogue_has_no_titles_while_sites_are_excluded(os_name, pattern, name):
    catalogue = Classifier((), Catalogue.load(catalogue_dir() / "default-rules.csv", os_name))
    settings = Settings().with_value("excluded_sites", ["bank.example.org"])
    gate = PrivacyGate(settings, catalogue.is_password_manager, catalogue.is_browser)
    for window in (
        Window("App", pattern, "Bank"),
        Window("App", title="Bank", wm_class=(pattern, pattern)),
        Window(name, title="Bank"),
    ):
        seen = gate.passed(window)
        assert seen is not None
        assert seen.title is None


@pytest.mark.parametrize(
    "app_id",
    [
        "arc.exe", "company.thebrowser.Browser", "orion", "ru.yandex.Browser", "yandex-browser-beta", "browser.exe",
        "thorium-browser", "seamonkey", "net.mullvad.MullvadBrowser", "Mullvad Browser", "app.zen_browser.zen",
        "chrome-hnpfjngllnobngcgfapefoaidbinmjnm-Default", "org.mozilla.firefoxdeveloperedition", "com.microsoft.Edge",
        "msedge.exe", "com.google.Chrome", "org.chromium.Chromium", "com.brave.Browser", "Opera beta",
    ],
)  # fmt: skip
def test_browsers_by_the_ids_of_other_desktops(app_id):
    assert face(Window("App", app_id, "Bank"), excluded_sites=["bank.example.org"]).title is None
    private = face(Window("App", app_id, "Example - Browser (Private)"))
    assert is_private(private)


@pytest.mark.parametrize(
    "app_id",
    ["zenity", "Horizen", "knowledge", "monochrome", "operator", "anaconda-navigator", "arcanist", "mullvad-vpn"],
)
def test_names_that_only_contain_a_browsers_name_keep_their_titles(app_id):
    window = Window("App", app_id, "a title", wm_class=(app_id, app_id))
    assert face(window, excluded_sites=["bank.example.org"]).title == "a title"


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
