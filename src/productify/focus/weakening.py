"""Whether a change makes a list weaker: what a strict session refuses. Pure."""

from productify.domain import BlockList, ListMode
from productify.focus.pages import shipped_pages
from productify.focus.site_rules import judges_sites


def weakens(old: BlockList, new: BlockList | None) -> bool:
    """Return whether a session that blocks `old` would block less with `new`, None being no list at all."""
    if new is None or new.mode is not old.mode:
        return True
    before, after = set(old.targets), set(new.targets)
    if old.mode is ListMode.BLOCK:
        return bool(before - after)
    # without its last site a list means browsers as a whole, with all of their pages
    return bool(after - before) or (judges_sites(old, shipped_pages()) and not judges_sites(new, shipped_pages()))
