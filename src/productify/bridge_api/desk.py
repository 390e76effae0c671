"""Who stands behind the API, as the API sees it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from productify.clock import Clock
from productify.domain import PairedBrowser, ProbeAsked, Probed, SiteRules, TabSeen


@dataclass(frozen=True, slots=True)
class Orders:
    """What a browser is to do; None stands for nothing new."""

    rules: SiteRules | None = None
    probe: ProbeAsked | None = None


class Desk(Protocol):
    """What the API asks and tells; every method is called on the loop that the API runs on."""

    @property
    def clock(self) -> Clock:
        """What rate limits are measured by."""
        ...

    async def pair(self, code: str, browser: str, name: str, origin: str | None) -> tuple[PairedBrowser, str] | None:
        """Return a new pairing and its token, None where the code is not good; `origin` is whom it is bound to."""
        ...

    def known(self, token: str, origin: str | None) -> PairedBrowser | None:
        """Return whose token it is, None where it is nobody's or another origin's; `origin` None is not looked at."""
        ...

    def proof(self, browser_id: str, nonce: str) -> str | None:
        """Return what shows a browser that its pairing is known here, None where it is not."""
        ...

    def saw(self, tab: TabSeen) -> None:
        """Hear of the tab in front of a browser."""
        ...

    def attempted(self, browser: PairedBrowser, site: str) -> None:
        """Hear of a blocked visit."""
        ...

    async def let_pass(self, browser: PairedBrowser, site: str, reason: str) -> datetime:
        """Let a blocked site pass for a written reason, and return until when; raises KnownError where it cannot."""
        ...

    def probed(self, browser: PairedBrowser, found: Probed) -> None:
        """Hear what came of a probe."""
        ...

    async def orders(self, browser: PairedBrowser, version: int, patience: float) -> Orders:
        """Return what there is to do, as soon as it differs from rules of `version`, within `patience` seconds."""
        ...
