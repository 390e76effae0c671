"""What browsers with the extension block, made of the lists that block now. Pure."""

from collections.abc import Iterable, Sequence

from productify.domain import BlockList, ListMode, Target, TargetKind
from productify.focus.pages import Pages, is_browser_name
from productify.focus.targets import is_within

Sites = tuple[ListMode, tuple[str, ...]]


def sites_of(lists: Sequence[BlockList], pages: Pages) -> Sites | None:
    """Return the sites that `lists` block, or in mode ALLOW all that they leave; None where they block none.

    What several lists leave is what each of them does; what one blocks is left by none.
    """
    blocked = _distinct(site for each in lists if each.mode is ListMode.BLOCK for site in pages.expanded(each.targets))
    left = [pages.expanded(each.targets) for each in lists if judges_sites(each, pages)]
    if not left:
        return (ListMode.BLOCK, blocked) if blocked else None
    common = left[0]
    for sites in left[1:]:
        common = _distinct(_narrower(one, other) for one in common for other in sites)
    return ListMode.ALLOW, tuple(site for site in common if site and not any(is_within(site, no) for no in blocked))


def judges_sites(block_list: BlockList, pages: Pages) -> bool:
    """Return whether a list that blocks all but its own means sites: one that names only browsers means all of them."""
    if block_list.mode is not ListMode.ALLOW:
        return False
    if any(target.kind is TargetKind.SITE for target in block_list.targets):
        return True
    return bool(pages.expanded(block_list.targets)) and not any(_is_browser(each) for each in block_list.targets)


def _is_browser(target: Target) -> bool:
    if target.kind is TargetKind.CATEGORY:
        return target.value == "browsing"
    return target.kind is TargetKind.APP and is_browser_name(target.value)


def _narrower(one: str, other: str) -> str:
    """Return what lies in both sites, empty where nothing does."""
    if is_within(one, other):
        return one
    return other if is_within(other, one) else ""


def _distinct(sites: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(sites))
