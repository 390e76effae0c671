"""Whether what is in front is blocked, and by which entry of which list. Pure.

Apps are judged by what they go by, pages by their address, by their title where nobody knows that, and both by their
category. A browser's private window is judged by its app alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from productify.domain import BlockList, ListMode, Target, TargetKind
from productify.focus.pages import Pages
from productify.focus.spared import is_handy, is_vital
from productify.focus.targets import fits_name, host_of, is_within

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
    """What is blocked: `name` is the app's or the site's, `target` the entry, None where all but a list is blocked."""

    block_list: BlockList
    target: Target | None
    name: str
    is_site: bool


def judged(lists: Iterable[BlockList], front: InFront, pages: Pages) -> Hit | None:
    """Return what the first of `lists` that blocks it says of `front`; None where none does."""
    if is_vital(front.names, front.category):
        return None
    return next((hit for each in lists if (hit := _by_list(each, front, pages)) is not None), None)


def _by_list(block_list: BlockList, front: InFront, pages: Pages) -> Hit | None:
    page = _page(front, pages)
    if block_list.mode is ListMode.ALLOW:
        return _left_out(block_list, front, page, pages)
    for target in block_list.targets:
        if page is not None and _holds(target, page):
            name = target.value if target.kind is TargetKind.SITE else page.host
            return Hit(block_list, target, name, is_site=True)
        if _names_app(target, front):
            return Hit(block_list, target, front.app, is_site=False)
    return None


def _left_out(block_list: BlockList, front: InFront, page: "_Page | None", pages: Pages) -> Hit | None:
    """Return that a list blocks what it does not name.

    Where it names sites, browsers are let in for these, and only their other pages are blocked.
    """
    if front.is_password_manager or is_handy(front.names, front.title):
        return None
    is_named = any(_names_app(target, front) for target in block_list.targets)
    names_sites = any(target.kind is TargetKind.SITE for target in block_list.targets)
    if not front.is_browser or not (names_sites or pages.expanded(block_list.targets)):
        return None if is_named else Hit(block_list, None, front.app, is_site=False)
    if page is None or page.host in _OWN_WORK or (is_named and not names_sites):
        return None
    if any(_holds(target, page) for target in block_list.targets):
        return None
    return Hit(block_list, None, page.host, is_site=True)


@dataclass(frozen=True, slots=True)
class _Page:
    """A page of the web: `address` is the site alone where only its title tells."""

    host: str
    address: str
    category: str | None


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


def _holds(target: Target, page: _Page) -> bool:
    if target.kind is TargetKind.SITE:
        return is_within(page.address, target.value)
    return target.kind is TargetKind.CATEGORY and target.value == page.category


def _names_app(target: Target, front: InFront) -> bool:
    if target.kind is TargetKind.CATEGORY:
        return target.value == front.app_category
    return fits_name(target, front.names)
