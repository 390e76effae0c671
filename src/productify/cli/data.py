"""Commands over the stored data as a whole: backup, restore, check, export, import, demo."""

import argparse
import asyncio
import sys

from productify.cli.rooms import Run
from productify.cli.session import opened
from productify.clock import SettableClock
from productify.errors import UsageError
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


async def export(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Write everything recorded to a file."""
    if chosen.file.absolute() == data_dir.database:
        raise UsageError("That is the database itself.", "Name another file.")
    async with opened(data_dir) as service:
        count = await service.transfer.export(chosen.format, chosen.file.absolute())
    print(f"{count} activities written to {chosen.file}.")
    return 0


async def read(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Add what an export holds to what is recorded."""
    async with opened(data_dir) as service:
        count = await service.transfer.read(chosen.file.absolute())
    reason = "" if count else " Nothing in it lies in time that is not recorded yet."
    print(f"{count} activities added from {chosen.file}.{reason}")
    return 0


async def demo(data_dir: DataDir, chosen: argparse.Namespace) -> int:
    """Fill an empty data folder with believable days."""

    def told(done: int, of: int) -> None:
        if sys.stderr.isatty():
            print(f"\r{done} of {of} days", end="" if done < of else "\n", file=sys.stderr)

    clock = SettableClock(chosen.until) if chosen.until else None
    async with opened(data_dir, clock) as service:
        count = await service.demonstration.fill(chosen.days, chosen.seed, chosen.per_day, told, chosen.shots)
    print(f"{count} activities on {chosen.days} days written to {data_dir.root}.")
    return 0


COMMANDS: dict[str, Run] = {
    "backup": backup,
    "restore": restore,
    "check": check,
    "export": export,
    "import": read,
    "demo": demo,
}
