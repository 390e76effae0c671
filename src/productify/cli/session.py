"""A service that is open for one command."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from productify.paths import DataDir
from productify.service import Service


@asynccontextmanager
async def opened(data_dir: DataDir) -> AsyncIterator[Service]:
    """Open the data folder for reading and editing, without recording, and close it again."""
    service = await Service.open(data_dir, record=False)
    try:
        yield service
    finally:
        await service.close()
