"""Browsers and the extension of the scripted service."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from productify.domain import Leak, PairedBrowser, PairingCode
from productify.errors import KnownError

NOW = datetime(2026, 11, 19, 15, 42, tzinfo=UTC)


def browser(name: str, kind: str = "firefox", seen_at: datetime | None = None) -> PairedBrowser:
    """Return a browser that was paired the day before."""
    return PairedBrowser(f"id-{name}", name, kind, NOW - timedelta(days=1), seen_at)


@dataclass
class Browsers:
    """The paired ones; to `type_in` is to type a code into another."""

    held: tuple[PairedBrowser, ...] = ()
    refusal: KnownError | None = None

    async def paired(self) -> tuple[PairedBrowser, ...]:
        return self.held

    async def revoke(self, browser_id: str) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.held = tuple(each for each in self.held if each.id != browser_id)

    def type_in(self, name: str) -> None:
        self.held = (replace(browser(name), seen_at=NOW), *self.held)


@dataclass
class Extension:
    """What is done about the extension; it may be refused."""

    folder: Path = Path("/home/you/Documents/Productify Pro browser extension")
    found: tuple[Leak, ...] = (
        Leak("chromium", "Default", True, "Blocked sites open in private windows.", "Allow it there."),
        Leak("firefox", "home", False, "A blocked site stayed shut."),
    )
    refusal: KnownError | None = None
    asked: list[str] = field(default_factory=list)

    async def write(self) -> Path:
        self._ask("write")
        return self.folder

    async def pair(self) -> PairingCode:
        self._ask("pair")
        return PairingCode("482913", NOW + timedelta(minutes=5))

    async def leak_test(self) -> tuple[Leak, ...]:
        self._ask("leaks")
        return self.found

    def _ask(self, what: str) -> None:
        self.asked.append(what)
        if self.refusal is not None:
            raise self.refusal
