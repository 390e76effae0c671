"""Whether what is in front is blocked, and by which entry of which list. Pure.

Apps are judged by what they go by, pages by their address, by their title where nobody knows that, and both by their
category. A browser's private window is judged by its app alone; "everything but" some sites leaves none of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from productify.domain import BlockList, ListMode, Target, TargetKind
from productify.focus.pages import Pages
from productify.focus.site_rules import judges_sites
from productify.focus.spared import is_handy, is_vital
from productify.focus.targets import fits_name, host_of, in_ascii, is_within

_OWN_WORK = frozenset({"localhost", "127.0.0.1", "::1"})
"""Web servers of one's own work: "everything but" a list does not mean them."""


@dataclass(frozen=True, slots=True)
class InFront:
    """What is in front: `names` are all that its app goes by, `category` is that of what it shows.

    A browser has a `url` and a `title` where they are known; where `is_told` its extension speaks for it, so that the
    title says nothing that the address would not.
    """

    app: str
    names: tuple[str, ...] = ()
    title: str | None = None
    url: str | None = None
    category: str | None = None
    app_category: str | None = None
    is_browser: bool = False
    is_private: bool = False
    is_told: bool = False
    is_password_manager: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """What is blocked: `name` is the app's or the site's, `target` the entry, None where all but a list is blocked.

    `in_tab` is true where closing a tab, or a private window, would do: the browser itself is not blocked.
    """

    block_list: BlockList
    target: Target | None
    name: str
    is_site: bool
    in_tab: bool = False


class Judge:
    """Lists made ready to be asked, the first of them first; `pages` is what is known of sites."""

    def __init__(self, lists: Iterable[BlockList], pages: Pages) -> None:
        self._pages = pages
        self._lists = [_Ready(each, pages) for each in lists]

    def hit(self, front: InFront) -> Hit | None:
        """Return what the first list that blocks it says of `front`; None where none does."""
        if not self._lists or is_vital(front.names, front.category):
            return None
        page = _page(front, self._pages)
        return next((hit for each in self._lists if (hit := each.hit(front, page)) is not None), None)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the web: `address` is the site alone where only its title tells."""

    host: str
    address: str
    category: str | None


class _Ready:
    """One list, its entries sorted by what they are."""

    def __init__(self, block_list: BlockList, pages: Pages) -> None:
        self._list = block_list
        self._judges_sites = judges_sites(block_list, pages)
        targets = block_list.targets
        self._apps = [target for target in targets if target.kind is TargetKind.APP]
        self._categories = {target.value: target for target in targets if target.kind is TargetKind.CATEGORY}
        self._sites: dict[str, list[Target]] = {}
        for target in sorted(targets, key=lambda each: len(each.value)):
            if target.kind is TargetKind.SITE:
                self._sites.setdefault(in_ascii(target.value.partition("/")[0]), []).append(target)

    def hit(self, front: InFront, page: _Page | None) -> Hit | None:
        if self._list.mode is ListMode.ALLOW:
            return self._left_out(front, page)
        if page is not None and (target := self._entry(page)) is not None:
            name = target.value if target.kind is TargetKind.SITE else page.host
            return Hit(self._list, target, name, is_site=True, in_tab=True)
        target = self._app(front)
        return None if target is None else Hit(self._list, target, front.app, is_site=False)

    def _left_out(self, front: InFront, page: _Page | None) -> Hit | None:
        """Return that it blocks what it does not name; browsers are let in for its sites, where it means any."""
        if front.is_password_manager or is_handy(front.names, front.title):
            return None
        if page is not None and (page.host in _OWN_WORK or self._entry(page) is not None):
            return None
        if not front.is_browser or not self._judges_sites:
            is_named = self._app(front) is not None
            return None if is_named else Hit(self._list, None, front.app, is_site=False)
        if front.is_private:  # nobody may know what it shows, so that it is none of the sites
            return Hit(self._list, None, front.app, is_site=False, in_tab=True)
        return None if page is None else Hit(self._list, None, page.host, is_site=True, in_tab=True)

    def _entry(self, page: _Page) -> Target | None:
        """Return the widest entry that a page lies in, sites before categories."""
        for host in _above(page.host):
            for target in self._sites.get(host, ()):
                if is_within(page.address, target.value):
                    return target
        return self._categories.get(page.category or "")

    def _app(self, front: InFront) -> Target | None:
        found = next((target for target in self._apps if fits_name(target, front.names)), None)
        return found or self._categories.get(front.app_category or "")


def _page(front: InFront, pages: Pages) -> _Page | None:
    """Return the page in front, None where it is no page of the web, or nobody may know it."""
    if not front.is_browser or front.is_private:
        return None
    if front.url is not None:
        host = host_of(front.url)
        own = front.category if front.category != front.app_category else None  # of the page, and not of its browser
        return None if host is None else _Page(host, front.url, own)
    site = None if front.is_told else pages.site(front.title)
    if site is None:
        return None
    return _Page(host_of(site) or site, site, pages.category(site))


def _above(host: str) -> list[str]:
    """Return a host and all that it is a subdomain of, the widest first."""
    labels = host.split(".")
    return [".".join(labels[at:]) for at in reversed(range(len(labels)))]
