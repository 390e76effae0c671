"""Entries, undo and redo from the command line, with and without an app that records."""

import asyncio
from pathlib import Path

from commands import productify
from service.rig import EDITOR, recording


def test_without_an_app_the_store_is_corrected(tmp_path: Path) -> None:
    def said(*words: str) -> tuple[int, str, str]:
        done = productify(*words, data=tmp_path)
        return done.returncode, done.stdout, done.stderr

    assert said("add", "--day", "2026-11-17", "9:10-9:40", "call", "with", "bank") == (
        0, "Entered 2026-11-17 09:10 - 09:40 (30m) call with bank.\n", "",
    )  # fmt: skip
    assert "call with bank" in said("activities", "--day", "2026-11-17")[1]
    assert said("undo") == (0, "Undone: an entry, 1 activity, 2026-11-17.\n", "")
    assert said("activities", "--day", "2026-11-17")[1] == "Nothing was recorded then.\n"
    assert said("redo") == (0, "Redone: an entry, 1 activity, 2026-11-17.\n", "")
    assert said("redo") == (1, "", "productify: There is nothing to redo.\n")
    code, _, error = said("add", "hello")
    assert (code, error.count("\n")) == (1, 1)
    code, _, error = said("add", "--day", "2026-11-17", "9-5:30", "work")
    assert (code, "9am-5pm" in error) == (1, True)
    assert said("add", "--day", "someday", "9-10", "x")[0] == 2


async def test_an_app_that_records_is_asked(tmp_path: Path) -> None:
    async with recording(tmp_path) as rig:
        await rig.show(EDITOR, 3600)
        (row,) = await rig.rows()
        await rig.service.editing.split(row.id, row.start + (row.end - row.start) / 2)

        async def said(*words: str) -> str:
            done = await asyncio.to_thread(productify, *words, data=rig.service.data_dir.root)
            assert (done.returncode, done.stderr) == (0, "")
            return done.stdout

        assert (await said("undo")).startswith("Undone: a split, 2 activities, ")
        await rig.pass_time(10)
        assert await rig.brief() == [("Editor", 0, 3610)]
        wall = rig.service.local_days().zone
        start = row.start.astimezone(wall)
        text = f"{start:%H:%M}-{start.replace(minute=start.minute + 20):%H:%M} call"
        assert await said("add", "--day", row.local_day.isoformat(), text) == (
            f"Entered {start:%Y-%m-%d %H:%M} - {start.replace(minute=start.minute + 20):%H:%M} (20m) call.\n"
        )
        assert await rig.brief() == [("call", 0, 1200), ("Editor", 1200, 3610)]
