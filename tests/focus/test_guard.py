"""What is blocked in front, by app, address, title and category, in lists of both modes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from productify.domain import BlockList, ListMode, Target, TargetKind
from productify.focus.guard import InFront, Judge
from productify.focus.pages import shipped_pages
from productify.focus.site_rules import sites_of
from productify.focus.targets import is_within, tidied

APP, SITE, CATEGORY = TargetKind.APP, TargetKind.SITE, TargetKind.CATEGORY
PAGES = shipped_pages()
FIREFOX = InFront("Firefox", ("Firefox", "firefox", "Navigator"), app_category="browsing", is_browser=True)


def blocks(*targets: Target, mode: ListMode = ListMode.BLOCK) -> BlockList:
    return tidied(BlockList("1", "Mine", mode, targets))


def allows(*targets: Target) -> BlockList:
    return blocks(*targets, mode=ListMode.ALLOW)


def page(url: str | None = None, title: str | None = None, category: str | None = None, **more: bool) -> InFront:
    return replace(FIREFOX, url=url, title=title, category=category or "browsing", **more)


def app(name: str, *others: str, category: str | None = None, title: str | None = None) -> InFront:
    return InFront(name, (name, *others), title, category=category, app_category=category)


def hit(block_list: BlockList, front: InFront) -> tuple[str, bool] | None:
    found = Judge([block_list], PAGES.with_lists([block_list])).hit(front)
    return None if found is None else (found.name, found.is_site)


@pytest.mark.parametrize(
    ("entry", "front", "blocked"),
    [
        ("Steam", app("Steam", "steam"), True),
        ("steam*", app("Big game", "steam_app_440"), True),
        ("org.gnome.*", app("Videos", "org.gnome.Totem"), True),
        ("Steam", app("Steamboat"), False),
        ("Firefox", FIREFOX, True),
        ("*", app("swaylock"), False),
        ("*", app("Productify Pro", "productify"), False),
        ("*", app("GNOME Shell", "gnome-shell", category="system"), False),
        ("*", app("Anything"), True),
    ],
)
def test_apps_by_what_they_go_by(entry: str, front: InFront, blocked: bool) -> None:
    assert hit(blocks(Target(APP, entry)), front) == ((front.app, False) if blocked else None)


@pytest.mark.parametrize(
    ("entry", "front", "name"),
    [
        ("reddit.com", page("https://old.reddit.com/r/all"), "reddit.com"),
        ("reddit.com/r/...", page("https://www.reddit.com/r/funny/1"), "reddit.com/r"),
        ("reddit.com/r/all", page("https://reddit.com/r/All%2F/new"), "reddit.com/r/all"),
        ("reddit.com/r/all", page("https://reddit.com/r/python"), None),
        ("reddit.com", page("https://notreddit.com/"), None),
        ("reddit.com", page("https://reddit.com/", is_private=True), None),
        ("youtube.com", page(title="A song - YouTube — Mozilla Firefox"), "youtube.com"),
        ("youtube.com", page(title="YouTube — Mozilla Firefox"), "youtube.com"),
        ("youtube.com", page(title="YouTube - Google Search — Mozilla Firefox"), None),
        ("youtube.com", page(title="How YouTube works | My blog — Mozilla Firefox"), None),
        ("youtube.com", page(title="YouTube — Mozilla Firefox Private Browsing", is_private=True), None),
        ("youtube.com", page(title="A song - YouTube", is_told=True), None),
        ("youtube.com", page("https://example.org/", title="A song - YouTube"), None),
        ("netflix.com", page(title="Netflix - system design interview - Google Docs"), None),
        ("netflix.com", page(title="Netflix: system design interview - Google Docs"), None),
        ("netflix.com", page(title="Home - Netflix — Mozilla Firefox"), "netflix.com"),
        ("threads.net", page(title="Threads - Slack - Google Chrome"), None),
        ("reddit.com", page(title="Reddit | Ads manager handover"), None),
        ("reddit.com", page(title="Reddit - The heart of the internet — Mozilla Firefox"), "reddit.com"),
        ("facebook.com", page(title="Facebook - Quarterly report.pdf"), None),
        ("amazon.com", page(title="Amazon.com: Kettles : Kitchen - Google Chrome"), "amazon.com"),
        ("example.com/docs", page(title="Roadmap - Docs — Mozilla Firefox"), None),
        ("münchen.de", page("https://xn--mnchen-3ya.de/rathaus"), "xn--mnchen-3ya.de"),
        ("xn--mnchen-3ya.de", page("https://www.münchen.de/"), "xn--mnchen-3ya.de"),
        ("münchen.de", page(title="Rathaus - münchen.de — Mozilla Firefox"), "xn--mnchen-3ya.de"),
        ("x.com", page(title="Home / X — Mozilla Firefox"), "x.com"),
        ("x.com", page(title="X is not Y — Mozilla Firefox"), None),
        ("reddit.com/r/all", page(title="What a day : r/all — Mozilla Firefox"), "reddit.com/r/all"),
        ("my-own-forum.org", page(title="Topic - my-own-forum — Mozilla Firefox"), "my-own-forum.org"),
        ("store.steampowered.com", page(title="Portal 2 on Steam - Google Chrome"), "store.steampowered.com"),
        ("youtube.com", replace(page(title="A song - YouTube"), is_browser=False), None),
        ("youtube.com", page("about:blank"), None),
        ("example.org", page("https://münchen@example.org:8443/"), "example.org"),
    ],
)
def test_sites_by_address_or_else_by_title(entry: str, front: InFront, name: str | None) -> None:
    assert hit(blocks(Target(SITE, entry)), front) == (None if name is None else (name, True))


def test_categories_are_those_of_the_page_or_of_the_app() -> None:
    social = blocks(Target(CATEGORY, "social"))
    assert hit(social, page("https://chat.example.org/", category="social")) == ("chat.example.org", True)
    assert hit(social, page(title="News - Reddit")) == ("reddit.com", True)
    assert hit(social, app("Mastodon", category="social")) == ("Mastodon", False)
    assert hit(social, page("https://example.org/")) is None
    browsing = blocks(Target(CATEGORY, "browsing"))
    assert hit(browsing, page("https://example.org/")) == ("Firefox", False)


@pytest.mark.parametrize(
    ("targets", "front", "blocked"),
    [
        (("Editor",), app("Editor"), None),
        (("Editor",), app("Steam"), ("Steam", False)),
        (("Editor",), FIREFOX, ("Firefox", False)),
        (("Editor", "Firefox"), page("https://reddit.com/"), None),
        (("Editor", "docs.python.org"), page("https://docs.python.org/3/"), None),
        (("Editor", "docs.python.org"), page("https://reddit.com/r/all"), ("reddit.com", True)),
        (("Editor", "Firefox", "docs.python.org"), page("https://reddit.com/"), ("reddit.com", True)),
        (("Editor", "docs.python.org"), page(title="Top - Reddit"), ("reddit.com", True)),
        (("Editor", "docs.python.org"), page(title="New Tab — Mozilla Firefox"), None),
        (("Editor", "docs.python.org"), page("http://localhost:8000/"), None),
        (("Editor", "docs.python.org"), page("about:newtab"), None),
        (("Editor", "docs.python.org"), page(is_private=True), ("Firefox", False)),
        (("Editor", "Firefox"), page(is_private=True), None),
        (("Editor",), page(is_private=True), ("Firefox", False)),
        (("Editor",), app("System Settings", "gnome-control-center"), None),
        (("Editor",), app("KeePassXC", "org.keepassxc.KeePassXC"), None),
        (("Editor",), app("Polkit agent", "polkit-gnome-authentication-agent-1"), None),
        (("Editor",), app("tint2"), None),
        (("Editor",), app("i3lock"), None),
        (("Editor",), app("Alarm clock", "sherlock"), ("Alarm clock", False)),
        (("Editor",), app("XTerm", "xterm", title="sudo apt upgrade"), None),
        (("Editor",), app("XTerm", "xterm", title="vim sudoku.py"), ("XTerm", False)),
        (("Editor",), app("pinentry-gtk-2"), None),
    ],
)
def test_everything_but_a_list(targets: tuple[str, ...], front: InFront, blocked: tuple[str, bool] | None) -> None:
    entries = (Target(SITE if "." in each else APP, each) for each in targets)
    assert hit(allows(*entries), front) == blocked


NAMES = st.sampled_from(["Steam", "Editor", "Firefox", "swaylock", "productify", "XTerm"])
SITES = st.sampled_from(["reddit.com", "reddit.com/r/all", "youtube.com", "example.org", "old.reddit.com"])
KEYS = st.sampled_from(["social", "browsing", "games", "development"])
ENTRIES = st.one_of(
    st.builds(Target, st.just(APP), NAMES),
    st.builds(Target, st.just(SITE), SITES),
    st.builds(Target, st.just(CATEGORY), KEYS),
)
LISTS = st.lists(ENTRIES, unique=True, max_size=4).map(tuple)
FRONTS = st.builds(
    lambda name, url, title, category, browser, private: InFront(
        name, (name,), title, f"https://{url}/x" if url else None, category, category, browser, private
    ),
    NAMES, st.none() | SITES, st.none() | st.sampled_from(["A - YouTube", "Top - Reddit", "Blank"]),
    st.none() | KEYS, st.booleans(), st.booleans(),
)  # fmt: skip


@given(LISTS, FRONTS)
def test_what_a_list_blocks_an_opposite_one_lets_through(targets: tuple[Target, ...], front: InFront) -> None:
    """Everything but a list never blocks what the list itself would, had it been one that blocks."""
    blocked = Judge([blocks(*targets)], PAGES).hit(front)
    left_out = Judge([allows(*targets)], PAGES).hit(front)
    if blocked is not None and blocked.is_site:
        assert left_out is None
    if blocked is not None and not front.is_browser:
        assert left_out is None


@given(LISTS, LISTS, FRONTS)
def test_more_entries_block_no_less(one: tuple[Target, ...], more: tuple[Target, ...], front: InFront) -> None:
    if Judge([blocks(*one)], PAGES).hit(front) is not None:
        assert Judge([blocks(*one, *more)], PAGES).hit(front) is not None


@given(LISTS, FRONTS)
def test_a_hit_names_what_it_is(targets: tuple[Target, ...], front: InFront) -> None:
    found = Judge([blocks(*targets)], PAGES).hit(front)
    if found is None:
        return
    assert found.target in found.block_list.targets
    if not found.is_site:
        assert found.name == front.app
    elif front.url is not None:
        assert is_within(front.url, found.name), "so that a pass for it lets it through"
    assert not (found.is_site and front.is_private)
    assert front.app not in ("swaylock", "productify")


@given(st.sampled_from(ListMode), LISTS, SITES)
def test_browsers_block_no_more_than_the_guard(mode: ListMode, targets: tuple[Target, ...], site: str) -> None:
    """What an extension blocks by its rules is also blocked by address where there is none."""
    mine = blocks(*targets, mode=mode)
    sites = sites_of(mine, PAGES)
    if sites is not None and any(is_within(site, each) for each in sites) is (mode is ListMode.BLOCK):
        assert Judge([mine], PAGES).hit(page(f"https://{site}", category=PAGES.category(site))) is not None


def test_rules_for_browsers() -> None:
    mine = sites_of(blocks(Target(SITE, "reddit.com"), Target(APP, "Steam"), Target(CATEGORY, "adult")), PAGES)
    assert mine is not None
    assert {"reddit.com", "pornhub.com"} <= set(mine)
    docs = allows(Target(SITE, "docs.python.org"), Target(SITE, "reddit.com/r/python"))
    assert sites_of(docs, PAGES) == ("docs.python.org", "reddit.com/r/python")
    assert sites_of(allows(Target(APP, "Firefox")), PAGES) is None, "a browser alone means all of its pages"
    assert sites_of(blocks(Target(APP, "Steam")), PAGES) is None
