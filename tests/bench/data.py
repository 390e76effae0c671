"""The data that is measured on, made by `productify demo` and kept between runs."""

import subprocess
from dataclasses import dataclass
from pathlib import Path

from commands import command, environment


@dataclass(frozen=True, slots=True)
class Size:
    """A name, how many days, and how many activities a working day has."""

    name: str
    days: int
    per_day: int


ONE_YEAR = Size("one-year", 365, 300)
FIVE_YEARS = Size("five-years", 1826, 4420)
"""About five million activities."""


def data_dir(root: Path, size: Size) -> Path:
    """Return the folder with demo data of that size below `root`, made if it is not there."""
    folder = root / size.name
    if not (folder / "complete").exists():
        print(f"Making {size.days} days of data in {folder} ...", flush=True)
        words = ("demo", "--days", str(size.days), "--per-day", str(size.per_day), "--seed", "3")
        subprocess.run(command(*words), env=environment(folder), check=True)
        (folder / "complete").touch()
    return folder
