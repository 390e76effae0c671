"""Browsers with the extension: paired, heard of, told what is blocked."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from productify.bridge_api.desk import Orders
from productify.bridge_api.holder import SiteRulesHolder
from productify.bridge_api.pairing import Pairing, digest, new_token, proof, same
from productify.clock import Clock
from productify.domain import PairedBrowser, PairingCode, ProbeAsked, Probed, SiteRules, TabSeen
from productify.errors import KnownError
from productify.ids import uuid7
from productify.service.notices import Notices
from productify.store import preferences as store
from productify.store.database import Database

BROWSERS = frozenset({"browsers"})
"""What `changed` carries when a browser is paired, revoked or first heard of; no table bears that name."""

_REMEMBERED = "browsers"
_MOST = 20


class Browsers:
    """The desk behind the loopback API, which runs while the setting wants it and a recorder runs.

    `tab_listeners` are told of every tab in front, `on_attempt` of (browser, site) of each blocked visit; `on_pass`
    lets (site, reason) pass until a moment (UTC). `rules` holds what browsers block.
    """

    def __init__(
        self,
        db: Database,
        user_id: str,
        clock: Clock,
        is_wanted: Callable[[], bool],
        notices: Notices,
        ports: Iterable[int] | None = None,
    ) -> None:
        self.clock = clock
        self.rules = SiteRulesHolder()
        self.tab_listeners: list[Callable[[TabSeen], None]] = []
        self.on_attempt: Callable[[PairedBrowser, str], None] = lambda _browser, _site: None
        self.on_pass: Callable[[str, str], Awaitable[datetime]] = _no_pass
        self.refuse_forgetting: Callable[[], None] = lambda: None
        """Raises KnownError while no pairing may end."""
        self.port: int | None = None
        """Where the API answers, None while it does not."""
        self._db = db
        self._user_id = user_id
        self._is_wanted = is_wanted
        self._notices = notices
        self._ports = ports
        self._pairing = Pairing(clock)
        self._paired: dict[str, tuple[PairedBrowser, str, str | None]] = {}
        self._latest: dict[str, TabSeen] = {}
        self._probes: dict[str, ProbeAsked] = {}
        self._probing: dict[str, asyncio.Future[Probed]] = {}
        self._is_closing = False
        self._changed = asyncio.Event()
        self._one_at_a_time = asyncio.Lock()

    async def run(self) -> None:
        """Answer browsers while the setting wants it, until cancelled; raises KnownError where no port is free."""
        await self._load()
        while True:
            self._changed.clear()
            if self._is_wanted():
                await self._serve()
            else:
                await self._changed.wait()

    def apply(self) -> None:
        """Hear that settings changed."""
        self._changed.set()

    def pairing(self) -> PairingCode:
        """Return a code to type into the extension: good once, for five minutes and five tries."""
        return self._pairing.offer()

    async def paired(self) -> tuple[PairedBrowser, ...]:
        """Return the paired browsers, the newest first."""
        await self._load()
        return tuple(browser for browser, _, _ in reversed(self._paired.values()))

    def origin(self, browser_id: str) -> str | None:
        """Return what the extension of a paired browser names itself by, None where it is not paired."""
        known = self._paired.get(browser_id)
        return known[2] if known is not None else None

    async def revoke(self, browser_id: str) -> None:
        """Forget a pairing; from now on that browser is a stranger. One that is not known is forgotten already.

        KnownError while a strict session blocks sites in it.
        """
        self.refuse_forgetting()
        async with self._one_at_a_time:
            await self._load()
            left = {key: held for key, held in self._paired.items() if key != browser_id}
            await self._save(left)
            self._silence(browser_id)
        self._notices.changed(BROWSERS)

    def latest(self) -> tuple[TabSeen, ...]:
        """Return what was last heard of each browser since the app began."""
        return tuple(self._latest.values())

    async def probe(self, browser_id: str, url: str, patience: float) -> Probed | None:
        """Let a paired browser try `url` out of sight; None where it does not answer within `patience` seconds."""
        asked = ProbeAsked(uuid7(), url)
        found: asyncio.Future[Probed] = asyncio.get_running_loop().create_future()
        self._probing[asked.id] = found
        self._probes[browser_id] = asked
        self.rules.wake()
        try:
            async with asyncio.timeout(patience):
                return await found
        except TimeoutError:
            return None
        finally:
            del self._probing[asked.id]
            if self._probes.get(browser_id) == asked:
                del self._probes[browser_id]

    async def pair(self, code: str, browser: str, name: str, origin: str | None) -> tuple[PairedBrowser, str] | None:
        """Return a new pairing and its token, None where the code is not good; that of very many browsers ends."""
        if not self._pairing.is_good(code):
            return None
        token, made = new_token(), PairedBrowser(uuid7(), name, browser, self.clock.now())
        async with self._one_at_a_time:
            await self._save(dict([*self._paired.items(), (made.id, (made, digest(token), origin))][-_MOST:]))
        self._notices.changed(BROWSERS)
        return made, token

    def known(self, token: str, origin: str | None) -> PairedBrowser | None:
        """Return whose token it is, and note that it was heard of."""
        given, found = digest(token), None
        for browser, held, home in self._paired.values():
            if same(held, given) and origin in (None, home):
                found = browser
        if found is not None:
            self._heard(found)
        return found

    def proof(self, browser_id: str, nonce: str) -> str | None:
        """Return what shows a browser that this is the app it was paired with."""
        known = self._paired.get(browser_id)
        return proof(known[1], nonce) if known is not None else None

    def saw(self, tab: TabSeen) -> None:
        """Pass a tab on."""
        self._latest[tab.profile] = tab
        self._tell(tab)

    def attempted(self, browser: PairedBrowser, site: str) -> None:
        """Pass a blocked visit on."""
        self.on_attempt(browser, site)

    async def let_pass(self, browser: PairedBrowser, site: str, reason: str) -> datetime:
        """Pass on that the user wants a blocked site for a reason; raises KnownError where it cannot be had."""
        return await self.on_pass(site, reason)

    def probed(self, browser: PairedBrowser, found: Probed) -> None:
        """Pass on what came of a probe, if somebody waits for it."""
        waiting = self._probing.get(found.id)
        if waiting is not None and not waiting.done():
            waiting.set_result(found)

    async def orders(self, browser: PairedBrowser, version: int, patience: float) -> Orders:
        """Return other rules than those of `version`, or a probe, within `patience` seconds."""
        end = asyncio.get_running_loop().time() + patience
        while not self._is_closing and browser.id in self._paired:
            rules = self._new_rules(version)
            probe = self._probes.pop(browser.id, None)
            if rules is not None or probe is not None:
                return Orders(rules, probe)
            if not await self.rules.news(end):
                break
        return Orders()

    def _new_rules(self, version: int) -> SiteRules | None:
        return self.rules.rules if self.rules.rules.version != version else None

    async def _serve(self) -> None:
        from productify.bridge_api.server import PORTS, serving  # ten megabytes that few need

        async with serving(self, PORTS if self._ports is None else self._ports) as port:
            self.port, self._is_closing = port, False
            self._notices.changed(BROWSERS)
            try:
                while self._is_wanted():
                    await self._changed.wait()
                    self._changed.clear()
            finally:
                self.port, self._is_closing = None, True
                self.rules.wake()
                for profile in tuple(self._latest):
                    self._silence(profile)
        self._notices.changed(BROWSERS)

    def _heard(self, browser: PairedBrowser) -> None:
        first = browser.seen_at is None
        _, held, home = self._paired[browser.id]
        self._paired[browser.id] = (replace(browser, seen_at=self.clock.now()), held, home)
        if first:
            self._notices.changed(BROWSERS)

    def _silence(self, profile: str) -> None:
        """Let nobody go on believing what a browser said last."""
        last = self._latest.pop(profile, None)
        if last is not None:
            self._tell(replace(last, url=None, title=None, audible=False, private=False, is_front=False))

    def _tell(self, tab: TabSeen) -> None:
        for listener in self.tab_listeners:
            listener(tab)

    async def _load(self) -> None:
        if self._paired:
            return
        async with self._db.read() as session:
            saved = await store.recall(session, self._user_id, _REMEMBERED)
        for each in saved or ():
            moment = datetime.fromisoformat(each["paired_at"])
            browser = PairedBrowser(each["id"], each["name"], each["browser"], moment)
            self._paired[browser.id] = (browser, each["token"], each["origin"])

    async def _save(self, paired: dict[str, tuple[PairedBrowser, str, str | None]]) -> None:
        async with self._db.write() as session:
            await store.remember(session, self._user_id, _REMEMBERED, [_row(*each) for each in paired.values()])
        self._paired = paired
        self.rules.wake()


async def _no_pass(_site: str, _reason: str) -> datetime:
    raise KnownError("Nothing is blocked now.")


def _row(browser: PairedBrowser, token: str, origin: str | None) -> dict[str, Any]:
    return {
        "id": browser.id,
        "name": browser.name,
        "browser": browser.browser,
        "paired_at": browser.paired_at.isoformat(),
        "token": token,
        "origin": origin,
    }
