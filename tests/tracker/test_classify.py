"""What an activity is: the catalogue, the user's rules, and which of them decides."""

import csv

import pytest

from productify.domain import Rule
from productify.paths import catalogue_dir
from productify.tracker.classify import SYSTEM, UNCLASSIFIED, Catalogue, Classifier, shipped_catalogue
from productify.tracker.probe import Window

FIREFOX = {"wm_class": ("Navigator", "firefox-esr"), "app_id": "firefox-esr"}


def app(name: str, wm_class: tuple[str, str] = ("", ""), **more: object) -> Window:
    return Window(name, wm_class=wm_class, **more)  # type: ignore[arg-type]


def page(url: str) -> Window:
    return Window("Firefox ESR", url=url, **FIREFOX)  # type: ignore[arg-type]


def category(window: Window, *rules: Rule) -> str | None:
    return Classifier(rules, shipped_catalogue()).verdict(window).category


def rule(name: str, app_name: str | None = None, url: str | None = None, **more: object) -> Rule:
    return Rule(name, app_name, url, name, 0, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        (app("XTerm", ("xterm", "XTerm")), "development"),
        (app("PyCharm", ("jetbrains-pycharm", "jetbrains-pycharm")), "development"),
        (app("Visual Studio Code", app_id="code"), "development"),
        (app("Firefox ESR", ("Navigator", "firefox-esr")), "browsing"),
        (app("Half-Life", ("steam_app_70", "steam_app_70")), "games"),
        (app("gnome-shell", ("gnome-shell", "gnome-shell")), SYSTEM),
        (app("Something of my own", ("mine", "Mine")), None),
        (page("https://github.com/python/cpython"), "development"),
        (page("https://docs.github.com/en"), "development"),
        (page("https://www.youtube.com/watch?v=1"), "entertainment"),
        (page("https://music.youtube.com/"), "music"),
        (page("https://en.wikipedia.org/wiki/Time"), "research"),
        (page("https://wikipedia.org/"), "research"),
        (page("https://www.amazon.co.uk/dp/1"), "shopping"),
        (page("https://teams.microsoft.com/l/meetup-join/1"), "meetings"),
        (page("https://teams.microsoft.com/chat"), "communication"),
        (page("https://example.org/"), "browsing"),
        (page("https://notgithub.com/"), "browsing"),
        (page("about:blank"), "browsing"),
    ],
    ids=lambda value: (value.url or value.app_name) if isinstance(value, Window) else "",
)
def test_the_shipped_catalogue(window, expected):
    assert category(window) == expected


def test_every_row_of_the_catalogue_is_found_by_its_own_pattern():
    with (catalogue_dir() / "default-rules.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for os_name in ("linux", "windows", "macos"):
        classifier = Classifier((), Catalogue.load(catalogue_dir() / "default-rules.csv", os_name))
        for row in rows:
            if row["kind"] == "app" and row["os"] == os_name and row["match"] == "exact_ci":
                assert classifier.verdict(app("?", ("", row["pattern"].upper()))).category == row["category"], row
            elif row["kind"] == "domain" and row["match"] == "suffix":
                assert classifier.verdict(page(f"https://sub.{row['pattern']}/x")).category is not None, row


def test_unknown_is_unclassified():
    assert Classifier((), shipped_catalogue()).verdict(app("Mine")) == UNCLASSIFIED


def test_productivity_and_who_decided():
    verdict = Classifier((), shipped_catalogue()).verdict(page("https://reddit.com/"))
    assert (verdict.productivity, verdict.classified_by) == (-2, "catalogue")


def test_another_systems_app_name_is_known_by_what_people_call_it():
    assert category(app("Final Cut Pro")) is None or category(app("Final Cut Pro")) == "design"
    assert category(app("LibreOffice Writer", app_id="libreoffice-flatpak")) == "writing"


def test_a_users_rule_beats_the_catalogue():
    assert category(page("https://youtube.com/"), rule("research", url=r"youtube\.com")) == "research"


def test_the_higher_priority_decides():
    low, high = rule("low", "firefox*", priority=1), rule("high", "fire*", priority=5)
    assert category(page("https://example.org"), low, high) == "high"
    assert category(page("https://example.org"), high, low) == "high"


def test_among_equals_the_address_decides_before_the_app():
    by_app, by_url = rule("by-app", "firefox*"), rule("by-url", url="example")
    assert category(page("https://example.org"), by_app, by_url) == "by-url"


def test_both_must_match_where_both_are_given():
    both = rule("both", "chrom*", "example")
    assert category(page("https://example.org"), both) == "browsing"
    assert category(Window("Chromium", url="https://example.org"), both) == "both"


@pytest.mark.parametrize("pattern", ["EDITOR", "edi*", "org.example.Editor", "Editor-Class"])
def test_app_patterns_match_any_of_an_apps_names_in_any_case(pattern):
    window = app("Editor", ("editor-class", "Editor-Class"), app_id="org.example.editor")
    assert category(window, rule("hit", pattern)) == "hit"


def test_a_pattern_matches_whole_names():
    assert category(app("Editor"), rule("hit", "edit")) is None


@pytest.mark.logs
def test_a_rule_that_is_off_or_broken_is_left_out():
    assert category(app("Editor"), rule("off", "editor", is_active=False)) is None
    assert category(page("https://example.org"), rule("broken", url="(")) == "browsing"
    assert category(app("Editor"), rule("empty")) is None


def test_password_managers_are_a_flag_in_the_catalogue():
    classifier = Classifier((), shipped_catalogue())
    assert classifier.is_password_manager(app("KeePassXC", ("keepassxc", "org.keepassxc.KeePassXC")))
    assert classifier.is_password_manager(page("https://vault.bitwarden.com/#/vault"))
    assert not classifier.is_password_manager(app("XTerm", ("xterm", "XTerm")))


def test_the_cache_forgets_rather_than_grows():
    classifier = Classifier((), shipped_catalogue())
    for number in range(2500):
        classifier.verdict(page(f"https://github.com/{number}"))
    assert len(classifier._remembered) == 2000
    assert classifier.verdict(page("https://github.com/0")).category == "development"
