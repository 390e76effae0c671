"""The parts that a day in the tray needs none of: each is loaded when it is first asked for."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from productify.clock import Clock, LocalDays
from productify.settings import Settings
from productify.store.database import Database

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable

    from productify.service.demonstration import Demonstration
    from productify.service.editing import Editing
    from productify.service.screenshots import Screenshots
    from productify.service.transfer import Transfer


@dataclass(frozen=True)
class Ground:
    """What these parts stand on."""

    db: Database
    user_id: str
    clock: Clock
    local_days: Callable[[], LocalDays]
    settings: Callable[[], Settings]
    screenshots: "Screenshots"
    held: "Callable[[], AbstractAsyncContextManager[list[tuple[datetime, datetime]]]]"
    apply_rules: "Callable[[], Awaitable[None]]"
    refuse_rule: "Callable[[Iterable[str | None], str | None], None]"


class SeldomParts:
    """A Service has these; together they would take two megabytes of every tray."""

    _ground: Ground

    @cached_property
    def editing(self) -> "Editing":
        """Corrections of the record, with undo."""
        from productify.service.editing import Desk, Editing

        on = self._ground
        keeping = on.screenshots.keeping
        return Editing(
            Desk(
                on.db,
                on.user_id,
                on.clock,
                on.local_days,
                on.held,
                on.apply_rules,
                on.refuse_rule,
                keeping.delete_files,
            )
        )

    @cached_property
    def transfer(self) -> "Transfer":
        """Exports and imports."""
        from productify.service.transfer import Transfer

        on = self._ground
        return Transfer(on.db, on.user_id, on.clock, on.settings, on.local_days)

    @cached_property
    def demonstration(self) -> "Demonstration":
        """A made-up person's days."""
        from productify.service.demonstration import Demonstration

        on = self._ground
        return Demonstration(on.db, on.user_id, on.clock, on.local_days, on.screenshots.album)
