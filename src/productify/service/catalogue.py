"""Categories and the faces of apps."""

import asyncio
from dataclasses import dataclass

from productify.domain import Category
from productify.store import rules
from productify.store.database import Database
from productify.tracker import identity


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What apps and categories are called and look like."""

    db: Database

    async def categories(self) -> tuple[Category, ...]:
        """Return every category, in the order that menus show them."""
        async with self.db.read() as session:
            return await rules.categories(session)

    async def icon_of(self, app_id: str) -> str | None:
        """Return the name or the absolute path of an app's icon, None where the desktop knows none."""
        return await asyncio.to_thread(identity.icon_of, app_id)
