"""What an absence may well have been."""

from dataclasses import dataclass

from productify.domain import Verdict

MOST = 9
"""As many as there are keys."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name, with the verdict that it had the last time; None leaves that to the words of the name."""

    name: str
    verdict: Verdict | None = None
