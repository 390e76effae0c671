"""What another process writes is noticed, what this one writes is not taken for it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from productify.paths import DataDir
from productify.service import Notices, Service


async def test_only_the_commits_of_others_count(tmp_path: Path) -> None:
    told: list[frozenset[str]] = []
    service = await Service.open(DataDir(tmp_path), record=False, notices=Notices(changed=told.append))
    try:
        await service.neighbours.look()
        await service.preferences.save("theme", "light")
        told.clear()
        await service.neighbours.look()
        assert told == []
        with closing(sqlite3.connect(tmp_path / "productify.db")) as other:
            other.execute("UPDATE users SET name = 'somebody'")
            other.commit()
        await service.neighbours.look()
        await service.neighbours.look()
        assert [tables for tables in told if "activities" in tables] == told
        assert len(told) == 1
    finally:
        await service.close()
