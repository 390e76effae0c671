"""What blocks now, asked of focus, and what it says of what is in front."""

from datetime import datetime

from productify.domain import BlockList
from productify.focus.guard import Hit, InFront, Judge
from productify.focus.pages import Pages, shipped_pages
from productify.service.focusing import Focusing

Found = tuple[Hit, datetime]
"""What is blocked, and until when (UTC)."""


class Judging:
    """Keeps the lists that block now ready to be asked; of several that block a thing the one that does it longest."""

    def __init__(self, focus: Focusing) -> None:
        self._focus = focus
        self._lists: tuple[BlockList, ...] = ()
        self._pages = Pages()
        self._judge = Judge((), self._pages)

    @property
    def pages(self) -> Pages:
        """What is known of sites, those of the lists that block now included."""
        return self._pages

    def blocking(self) -> tuple[tuple[BlockList, datetime], ...]:
        """Return what blocks now, and until when (UTC), the longest first."""
        ends = [(each, self._focus.blocked_until(each.id)) for each in self._focus.blocking()]
        found = sorted(((each, end) for each, end in ends if end is not None), key=lambda pair: pair[1], reverse=True)
        lists = tuple(each for each, _ in found)
        if lists != self._lists:
            self._lists, self._pages = lists, shipped_pages().with_lists(lists)
            self._judge = Judge(lists, self._pages)
        return tuple(found)

    def found(self, front: InFront) -> Found | None:
        """Return what is blocked in front, None where nothing is."""
        ends = self.blocking()
        hit = self._judge.hit(front) if ends else None
        return None if hit is None else (hit, next(end for each, end in ends if each is hit.block_list))

    def of_site(self, site: str) -> Hit | None:
        """Return by which list a browser blocked `site`; None where none does any more."""
        self.blocking()
        page = InFront("", url=f"https://{site}", category=self._pages.category(site), is_browser=True)
        return self._judge.hit(page)
