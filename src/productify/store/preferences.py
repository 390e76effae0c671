"""Settings and what the app remembers, in the user's row of `user_settings`."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from productify.errors import UsageError
from productify.settings import BY_KEY, SETTINGS, Setting, Settings
from productify.store.changes import report_as
from productify.store.schema import UserSettings


async def load(session: AsyncSession, user_id: str) -> Settings:
    """Return every setting; a stored value that no longer fits is its default."""
    row = await _row(session, user_id)
    return Settings({setting.key: _held(setting, row) for setting in SETTINGS})


async def save(session: AsyncSession, user_id: str, key: str, value: Any) -> Settings:
    """Set `key` and return all settings; raises UsageError where there is no such setting or the value does not fit."""
    row = await _row(session, user_id, to_change=True)
    settings = Settings({setting.key: _held(setting, row) for setting in SETTINGS}).with_value(key, value)
    held = settings.get(key)
    if BY_KEY[key].column:
        setattr(row, key, held)
    else:
        row.more = {**(row.more or {}), key: list(held) if isinstance(held, tuple) else held}
    return settings


async def recall(session: AsyncSession, user_id: str, name: str) -> Any:
    """Return what was remembered under `name`, None where nothing was."""
    state = await session.scalar(select(UserSettings.state).where(UserSettings.user_id == user_id))
    return (state or {}).get(name)


async def remember(session: AsyncSession, user_id: str, name: str, value: Any) -> None:
    """Keep a JSON value under `name`; None forgets it. No setting changes, so nobody is told."""
    state = dict((await _row(session, user_id, to_change=True)).state or {})
    state[name] = value
    await session.execute(
        update(UserSettings)
        .where(UserSettings.user_id == user_id)
        .values(state={key: held for key, held in state.items() if held is not None})
        .execution_options(**report_as())
    )


async def _row(session: AsyncSession, user_id: str, *, to_change: bool = False) -> UserSettings:
    query = select(UserSettings).where(UserSettings.user_id == user_id)
    return (await session.scalars(query.with_for_update() if to_change else query)).one()


def _held(setting: Setting, row: UserSettings) -> Any:
    stored = getattr(row, setting.key) if setting.column else (row.more or {}).get(setting.key, setting.default)
    try:
        return setting.checked(stored)
    except UsageError:
        return setting.default
