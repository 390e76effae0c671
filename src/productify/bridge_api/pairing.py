"""Pairing: a code that a person carries from the app to the extension, and the token that it buys. Pure."""

import hmac
import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from hashlib import sha256

from productify.clock import Clock
from productify.domain import PairingCode

VALID = timedelta(minutes=5)
TRIES = 5
_DIGITS = 6


@dataclass(slots=True)
class Pairing:
    """At most one code at a time: good once, for five minutes and five tries, however the wall clock is set."""

    clock: Clock
    _code: str | None = field(default=None, init=False)
    _until: float = field(default=0.0, init=False)
    _tries: int = field(default=0, init=False)

    def offer(self) -> PairingCode:
        """Return a new code; the one before is good no more."""
        self._code = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
        self._until = self.clock.steady() + VALID.total_seconds()
        self._tries = 0
        return PairingCode(self._code, self.clock.now() + VALID)

    def take_back(self) -> None:
        """Let no code be good."""
        self._code = None

    def is_good(self, code: str) -> bool:
        """Return whether `code` is the one offered, which is used up by that; a wrong one counts as a try."""
        if self._code is None or self.clock.steady() >= self._until:
            self._code = None
            return False
        self._tries += 1
        good = hmac.compare_digest(code.encode(), self._code.encode())
        if good or self._tries >= TRIES:
            self._code = None
        return good


def new_token() -> str:
    """Return a token that nobody guesses."""
    return secrets.token_urlsafe(32)


def digest(token: str) -> str:
    """Return what is kept of a token; it is random, so that a plain hash tells nothing about it."""
    return sha256(token.encode(errors="replace")).hexdigest()


def same(one: str, other: str) -> bool:
    """Return whether two digests are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())


def proof(held: str, nonce: str) -> str:
    """Return what shows that the digest `held` is known, without telling it."""
    return hmac.new(held.encode(), nonce.encode(), sha256).hexdigest()
