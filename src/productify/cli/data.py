"""Commands over the stored data as a whole: backup, restore, check, export, import, demo."""

import argparse
import asyncio

from productify.cli.recording import Run
from productify.cli.session import opened
from productify.paths import DataDir
from productify.service import rescue


async def backup(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Write a copy of the database, also while the app records."""
    async with opened(data_dir) as service:
        await service.upkeep.backup(chosen.file.absolute())
    print(f"Written to {chosen.file}.")
    return 0


async def restore(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Put a backup back; the app must not be running."""
    aside = await asyncio.to_thread(rescue.restore, data_dir, chosen.file.absolute())
    print(f"Restored. The database that was there is kept as {aside}." if aside else "Restored.")
    return 0


async def check(data_dir: DataDir, _chosen: argparse.Namespace) -> int:
    """Look for damage; exit code 1 where there is some."""
    async with opened(data_dir) as service:
        wrong = await service.upkeep.check()
    print("\n".join(wrong) if wrong else "The database is sound.")
    return 1 if wrong else 0


COMMANDS: dict[str, Run] = {"backup": backup, "restore": restore, "check": check}
