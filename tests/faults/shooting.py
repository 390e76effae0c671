"""A camera in a process of its own that takes one picture after the other, until it is killed or a disk is full.

python -m faults.shooting FOLDER [full]: over the data folder FOLDER, of the X server that DISPLAY names. What is in
view is not asked: it is not what this is about. With `full` it ends when nothing more can be written, after it took
another picture once there is room again, and prints what happened.
"""

import asyncio
import os
import sys
from datetime import UTC
from datetime import time as wall
from pathlib import Path

from productify.capture import camera as camera_module
from productify.capture.album import Album
from productify.capture.camera import Around, Camera, Outcome
from productify.capture.mend import mended
from productify.clock import LocalDays, SystemClock
from productify.domain import Scene, Trigger
from productify.paths import open_data_dir
from productify.settings import Settings
from productify.store import upgrade, users
from productify.store.database import Database


async def main(folder: Path, until_full: bool) -> None:
    data, clock = open_data_dir(folder), SystemClock()
    db, album = Database(data.database), Album(data)
    await upgrade.bring_up_to_date(db, data.database, data.backups, clock.now(), suspicious=False)
    async with db.write() as session:
        user_id = await users.local_user(session)
    await mended(db, album, clock.now())
    around = Around(
        db, user_id, clock, album, _nothing_in_view, Settings, lambda: LocalDays(UTC, wall(4)), _no_seal, os.environ,
        lambda: None, lambda _count: None,
    )  # fmt: skip
    camera = Camera(around, settle=0.0)
    await camera.take(Trigger.ASKED)
    print("ready", flush=True)
    if until_full:
        await _fill(camera, album)
        await camera.close()
        await db.close()
        return
    while True:
        await camera.take(Trigger.ASKED)


async def _fill(camera: Camera, album: Album) -> None:
    camera_module._ROOM = 0  # so that it is the disk that refuses
    outcome = Outcome(1)
    while outcome.stored:
        outcome = await camera.take(Trigger.ASKED)
    print(*outcome.skipped, camera.problem, sep=", ", flush=True)
    print(sum(path.endswith(".part") for path, _ in album.files()), "unfinished", flush=True)
    album.delete([path for path, _ in album.files()][:6])
    outcome = await camera.take(Trigger.ASKED)
    print(outcome.stored, camera.problem, flush=True)


async def _nothing_in_view() -> Scene:
    return Scene(None)


async def _no_seal() -> None:
    return None


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), "full" in sys.argv))
