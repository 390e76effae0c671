"""What browsers with the extension block, made of the lists that block now. Pure."""

from productify.domain import BlockList, ListMode, Target, TargetKind
from productify.focus.pages import Pages, is_browser_name


def sites_of(block_list: BlockList, pages: Pages) -> tuple[str, ...] | None:
    """Return the sites that a list blocks, or in mode ALLOW those that it leaves; None where it blocks none."""
    if block_list.mode is ListMode.ALLOW:
        return pages.expanded(block_list.targets) if judges_sites(block_list, pages) else None
    return pages.expanded(block_list.targets) or None


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
