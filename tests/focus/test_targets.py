"""Entries of block lists, the shipped one, and whether a change makes a list weaker."""

from dataclasses import replace

import pytest

from productify.domain import BlockList, ListMode, Target, TargetKind, Weekly
from productify.errors import UsageError
from productify.focus.catalogue import resolved, shipped_targets
from productify.focus.targets import fits_name, is_within, tidied

APP, SITE, CATEGORY = TargetKind.APP, TargetKind.SITE, TargetKind.CATEGORY
STEAM, REDDIT, GAMES = Target(APP, "Steam"), Target(SITE, "reddit.com"), Target(CATEGORY, "games")
MINE = BlockList("1", "Mine", targets=(STEAM, REDDIT, GAMES))


@pytest.mark.parametrize(
    ("url", "site", "inside"),
    [
        ("https://www.reddit.com/r/all/top?t=day", "reddit.com", True),
        ("https://old.reddit.com/", "reddit.com", True),
        ("https://notreddit.com/", "reddit.com", False),
        ("https://reddit.com.example.org/", "reddit.com", False),
        ("https://reddit.com/r/all", "reddit.com/r/all", True),
        ("https://reddit.com/r/All/new", "reddit.com/r/all", True),
        ("https://reddit.com/r/allotment", "reddit.com/r/all", False),
        ("https://reddit.com/", "reddit.com/r/all", False),
        ("http://reddit.com:8080/r/all", "reddit.com/r", True),
        ("reddit.com/r/all", "reddit.com", True),
        ("https://example.org/?u=https://reddit.com/", "reddit.com", False),
        ("https://user@reddit.com@example.org/", "reddit.com", False),
        ("https://[::1", "reddit.com", False),
        ("about:blank", "reddit.com", False),
    ],
)
def test_which_addresses_lie_in_a_site(url: str, site: str, inside: bool) -> None:
    assert is_within(url, site) is inside


def test_what_an_app_goes_by() -> None:
    assert fits_name(STEAM, ["steam"])
    assert fits_name(Target(APP, "org.gnome.*"), ["Videos", "org.gnome.Totem"])
    assert not fits_name(STEAM, ["Steamboat", "steamboat"])
    assert not fits_name(REDDIT, ["reddit.com"]), "a site is no app"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("https://www.Reddit.com/r/all/", "reddit.com/r/all"),
        ("youtube.com", "youtube.com"),
        ("  http://example.org:80/a?b=c#d ", "example.org/a"),
        ("https://www.München.de/rathaus", "xn--mnchen-3ya.de/rathaus"),
    ],
)
def test_sites_are_kept_without_what_does_not_matter(given: str, kept: str) -> None:
    assert tidied(replace(MINE, targets=(Target(SITE, given),))).targets == (Target(SITE, kept),)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(MINE, name="  "),
        replace(MINE, name="n" * 101),
        replace(MINE, targets=(Target(SITE, "no site"),)),
        replace(MINE, targets=(Target(SITE, "https://[::1"),)),
        replace(MINE, targets=(Target(SITE, "localhost:3000"),)),
        replace(MINE, targets=(Target(SITE, "example.org:99999"),)),
        replace(MINE, targets=(Target(SITE, f"{'ü' * 70}.de"),)),
        replace(MINE, targets=(Target(APP, " "),)),
        replace(MINE, allowance=0),
        replace(MINE, hours=(Weekly(frozenset(), 0, 60),)),
        replace(MINE, hours=(Weekly(frozenset({0}), 60, 60),)),
        replace(MINE, targets=tuple(Target(APP, str(n)) for n in range(2001))),
    ],
)
def test_a_list_that_makes_no_sense_is_refused(wrong: BlockList) -> None:
    with pytest.raises(UsageError):
        tidied(wrong)


def test_the_same_entry_is_kept_once() -> None:
    assert tidied(replace(MINE, targets=(REDDIT, Target(SITE, "www.reddit.com")))).targets == (REDDIT,)


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_the_shipped_list_blocks_what_distracts_and_nothing_else(platform: str) -> None:
    targets = shipped_targets(platform)
    sites = {target.value for target in targets if target.kind is SITE}
    assert {"youtube.com", "reddit.com", "netflix.com", "nytimes.com", "ebay.de", "pornhub.com"} <= sites
    assert not sites & {"github.com", "docs.google.com", "spotify.com", "wikipedia.org", "paypal.com"}
    assert Target(APP, "Steam") in targets
    assert Target(APP, "VS Code") not in targets
    assert [target.value for target in targets if target.kind is CATEGORY] == [
        "social", "entertainment", "games", "adult",
    ]  # fmt: skip
    assert len(set(targets)) == len(targets)
    assert tidied(BlockList("1", "Deep work", targets=targets)).targets == targets, "it is kept as it is written"
    assert (Target(APP, "IINA") in targets) is (platform == "darwin")


def test_what_lists_block_is_resolved_with_their_categories() -> None:
    apps, sites = resolved([MINE], "linux")
    assert apps[:1] == ("Steam",)
    assert {"Lutris", "0 A.D."} <= set(apps)
    assert sites[0] == "reddit.com"
    assert "chess.com" in sites
    assert len(set(apps)) == len(apps)
    allowed = BlockList("2", "Only these", ListMode.ALLOW, (Target(APP, "Editor"), Target(SITE, "docs.example.org")))
    assert resolved([allowed], "linux") == (("*", "!Editor"), ("*", "!docs.example.org"))
