"""Corrections of the record; each keeps what was there before, so that it can be undone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from productify.domain import Activity, EditScope
from productify.store import activities, rules
from productify.store.database import Database


@dataclass(frozen=True, slots=True)
class Editing:
    """Changes to recorded activities; `told` hears of each, for the one that may still be running."""

    db: Database
    user_id: str
    told: Callable[[Activity, EditScope], Awaitable[None]]

    async def reclassify(
        self, activity_id: str, category: str | None, productivity: int | None, scope: EditScope = EditScope.THIS_ONE
    ) -> Activity:
        """Give an activity another category and productivity, and with FROM_NOW a rule for all like it.

        The rule names the site where there is one, else the app. Raises KnownError where the activity is gone.
        """
        async with self.db.write() as session:
            changed = await activities.change_category(session, self.user_id, activity_id, category, productivity)
            if scope is EditScope.FROM_NOW and category is not None:
                await rules.learn(session, self.user_id, changed)
        await self.told(changed, scope)
        return changed
