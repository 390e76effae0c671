"""What can go wrong in the user's world, said in one sentence with the way out."""

from pathlib import Path


class KnownError(Exception):
    """A failure that is not a bug: a full disk, a missing permission, a damaged file.

    `title` says what happened, `hint` what the user can do about it.
    """

    def __init__(self, title: str, hint: str = "") -> None:
        super().__init__(title)
        self.title = title
        self.hint = hint

    def __str__(self) -> str:
        """Return one line: what happened and the way out."""
        return f"{self.title} {self.hint}".strip()


class UsageError(KnownError):
    """A command that was asked for in a way it does not understand (exit code 2)."""


class DiskFullError(KnownError):
    """There is no room left for what was to be written."""


class DamagedDatabaseError(KnownError):
    """The store cannot be read; `backup` is the newest copy that can, where there is one and somebody looked."""

    def __init__(self, title: str, hint: str, backup: Path | None = None) -> None:
        super().__init__(title, hint)
        self.backup = backup


class UnavailableError(Exception):
    """This desktop does not offer what is asked of it; the text says what is missing."""
