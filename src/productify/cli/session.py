"""A service that is open for one command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from productify.clock import Clock
from productify.paths import DataDir
from productify.service import Service, rescue


@asynccontextmanager
async def opened(data_dir: DataDir, clock: Clock | None = None) -> AsyncIterator[Service]:
    """Open the data folder for reading and editing, without recording, and close it again."""
    async with rescue.naming_backup(data_dir):
        service = await Service.open(data_dir, record=False, clock=clock)
        try:
            yield service
        finally:
            await service.close()
