"""Whose store this is."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from productify.store.schema import User, UserSettings

_LOCAL_EMAIL = "local@localhost"


async def local_user(session: AsyncSession) -> str:
    """Return the id of the one user of this store, made with default settings where the store is new."""
    found = await session.scalar(select(User.id).order_by(User.created_at, User.id).limit(1))
    if found is not None:
        return found
    user = User(email=_LOCAL_EMAIL, settings=UserSettings())
    session.add(user)
    await session.flush()
    return user.id
