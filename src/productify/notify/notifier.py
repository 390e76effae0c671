"""Who brings notifications to the screen."""

from typing import Protocol

from productify.domain import Notification


class NotifierUnavailableError(Exception):
    """Nobody on this desktop shows notifications; the text says why."""


class Notifier(Protocol):
    """Shows notifications and tells what was chosen."""

    async def show(self, notification: Notification) -> str | None:
        """Show it and return the key of the chosen action, None once it went away without.

        Raises NotifierUnavailableError where nobody can show it.
        """
        ...

    async def close(self) -> None:
        """Take back what is still shown, and let go of everything."""
        ...


class NoNotifier:
    """Shows nothing, and says so."""

    async def show(self, notification: Notification) -> str | None:
        """Raise NotifierUnavailableError."""
        raise NotifierUnavailableError("this platform has no notifications that could be used")

    async def close(self) -> None:
        """Do nothing."""
