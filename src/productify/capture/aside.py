"""Where pictures wait for a week that the database does not know, as after a backup was restored."""

import shutil
from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path, PurePosixPath

from productify.paths import DataDir

KEPT = timedelta(days=7)


class Aside:
    """The files set aside below one data folder; each function blocks on the disk and raises OSError where it fails."""

    def __init__(self, data_dir: DataDir) -> None:
        self._root = data_dir.root
        self._folder = data_dir.screenshots_set_aside

    def take(self, paths: Iterable[str], today: date) -> int:
        """Set pictures aside that lie at `paths` (relative to the data folder); return how many there were."""
        count = 0
        for path in paths:
            target = self._folder / today.isoformat() / PurePosixPath(path).parent.name / PurePosixPath(path).name
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            (self._root / path).replace(target)
            count += 1
        return count

    def give_back(self, path: str) -> bool:
        """Put the picture that belongs at `path` back there, if it was set aside."""
        place = PurePosixPath(path)
        for found in self._folder.glob(f"*/{place.parent.name}/{place.name}"):
            (self._root / path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            found.replace(self._root / path)
            return True
        return False

    def forget(self, today: date) -> None:
        """Delete for good what was set aside more than a week before `today`."""
        for folder in self._days():
            if date.fromisoformat(folder.name) < today - KEPT:
                shutil.rmtree(folder)

    def _days(self) -> list[Path]:
        return sorted(folder for folder in self._folder.glob("????-??-??") if folder.is_dir())
