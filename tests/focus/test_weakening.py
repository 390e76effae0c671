"""What a strict session refuses: every change of a list that lets anything through that was blocked before."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from productify.domain import BlockList, ListMode, Target, TargetKind
from productify.focus.guard import InFront, Judge
from productify.focus.pages import shipped_pages
from productify.focus.weakening import weakens

APP, SITE, CATEGORY = TargetKind.APP, TargetKind.SITE, TargetKind.CATEGORY
FIREFOX, GITHUB, DOCS = Target(APP, "firefox"), Target(SITE, "github.com"), Target(SITE, "docs.python.org")
MINE = BlockList("1", "Mine", targets=(Target(APP, "Steam"), GITHUB))
WORK = BlockList("2", "Work", ListMode.ALLOW, (GITHUB, DOCS, FIREFOX))
NAMES = ("Firefox", "Editor", "Steam")
ENTRIES = st.one_of(
    st.builds(Target, st.just(APP), st.sampled_from([*NAMES, "*"])),
    st.builds(Target, st.just(SITE), st.sampled_from(["github.com", "github.com/mine", "reddit.com/r/all", "x.com"])),
    st.builds(Target, st.just(CATEGORY), st.sampled_from(["browsing", "social", "development", "system", "games"])),
)
LISTS = st.lists(ENTRIES, unique=True, max_size=4).map(tuple)
FRONTS = st.builds(
    lambda name, url, title, category, own, private: InFront(
        name, (name,), title, f"https://{url}/x" if url else None, category, own, name == "Firefox", private
    ),
    st.sampled_from(NAMES), st.none() | st.sampled_from(["github.com/mine", "github.com", "reddit.com/r/all"]),
    st.none() | st.sampled_from(["Home / X", "Top : r/all", "Blank", "mine"]),
    st.none() | st.sampled_from(["social", "development"]), st.sampled_from(["browsing", "games"]), st.booleans(),
)  # fmt: skip


def blocks(each: BlockList, front: InFront) -> bool:
    return Judge([each], shipped_pages().with_lists([each])).hit(front) is not None


@given(LISTS, LISTS, st.sampled_from(ListMode), st.lists(FRONTS, min_size=4, max_size=12))
@settings(max_examples=300, deadline=None)
def test_what_is_allowed_lets_nothing_through_that_was_blocked(
    one: tuple[Target, ...], more: tuple[Target, ...], mode: ListMode, fronts: list[InFront]
) -> None:
    """The one list has all entries of the other, so that in each mode one of both changes is to be asked for."""
    small, large = (replace(MINE, mode=mode, targets=each) for each in (one, tuple(dict.fromkeys((*one, *more)))))
    old, new = (small, large) if mode is ListMode.BLOCK else (large, small)
    if not weakens(old, new):
        assert all(blocks(new, front) for front in fronts if blocks(old, front))


def test_the_last_site_of_what_is_allowed_stays_beside_a_browser() -> None:
    assert not weakens(WORK, replace(WORK, targets=(GITHUB, FIREFOX)))
    assert weakens(replace(WORK, targets=(GITHUB, FIREFOX)), replace(WORK, targets=(FIREFOX,)))
    assert weakens(WORK, replace(WORK, targets=(*WORK.targets, Target(SITE, "x.com"))))


def test_what_a_list_blocks_stays_on_it() -> None:
    assert weakens(MINE, replace(MINE, targets=(GITHUB,)))
    assert not weakens(MINE, replace(MINE, targets=(*MINE.targets, DOCS)))
    assert not weakens(MINE, replace(MINE, name="Other"))


def test_another_mode_or_no_list_is_weaker() -> None:
    assert weakens(MINE, None)
    assert weakens(MINE, replace(MINE, mode=ListMode.ALLOW))
