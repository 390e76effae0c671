"""Sessions whose statements a cancellation does not cut off.

A driver that is left in the middle of a statement keeps its connection, and with it perhaps the lock of the database.
"""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

T = TypeVar("T")


async def uncut(work: Coroutine[Any, Any, T]) -> T:
    """Return what `work` returns; cancellations that come meanwhile take effect when the caller next waits."""
    task = asyncio.current_task()
    assert task is not None
    doing = asyncio.ensure_future(work)
    held_back = 0
    try:
        while True:
            try:
                return await asyncio.shield(doing)
            except asyncio.CancelledError:
                if doing.cancelled():
                    raise
                held_back += 1
    finally:
        for _ in range(held_back):  # the count of cancellations stays what it is: time limits compare it
            task.uncancel()
        for _ in range(held_back):
            task.cancel()


class UncutSession(AsyncSession):
    """An AsyncSession that is never left in the middle of what it does."""

    async def __aexit__(self, *_raised: object) -> None:
        """Close, which rolls back what was not committed."""
        await self.close()

    async def execute(self, *args: Any, **kwargs: Any) -> Any:
        """Execute a statement and return its buffered result."""
        return await uncut(super().execute(*args, **kwargs))

    async def scalar(self, *args: Any, **kwargs: Any) -> Any:
        """Execute a statement and return the first value."""
        return await uncut(super().scalar(*args, **kwargs))

    async def scalars(self, *args: Any, **kwargs: Any) -> Any:
        """Execute a statement and return the first value of each row."""
        return await uncut(super().scalars(*args, **kwargs))

    async def get(self, *args: Any, **kwargs: Any) -> Any:
        """Return an object by its primary key, None where there is none."""
        return await uncut(super().get(*args, **kwargs))

    async def flush(self, *args: Any, **kwargs: Any) -> None:
        """Write what has been changed."""
        await uncut(super().flush(*args, **kwargs))

    async def commit(self) -> None:
        """Commit."""
        await uncut(super().commit())

    async def close(self) -> None:
        """Roll back and give the connection back."""
        await uncut(super().close())
