"""How long a search takes, as the palette asks: python -m bench.search FOLDER.

First over the five years in FOLDER, whose person says the same things over and over; then over 200,000 different
texts, in a database of their own.
"""

import asyncio
import random
import statistics
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from productify.clock import LocalDays, SettableClock
from productify.paths import DataDir
from productify.service import Service
from productify.service.searching import Searching
from productify.store import rules, users
from productify.store.database import Database
from productify.store.migrate import migrate
from productify.store.schema import SearchDay, SearchText

_TEXTS = 200_000
_DAYS = 5 * 365
_TODAY = date(2026, 11, 19)
_APPS = ("Firefox", "VS Code", "Thunderbird", "LibreOffice Writer", "Slack", "Terminal")
_WORDS = [
    start + middle + end
    for start in ("in", "re", "con", "pro", "ma", "ser", "wal", "at", "bra", "to")
    for middle in ("vo", "por", "tra", "na", "du", "pa", "li", "mi")
    for end in ("ice", "t", "ct", "ger", "ver", "las", "ner", "x", "son", "ble", "ka", "m")
]
_TYPED = ("i", "inv", "invoice", "invo pro", "app:fire invo", "last month rep", "category:develop in", "zzz", '"pro')
_TYPED_OF_DEMO = ("a", "atl", "wikipedia", "slack gen", "app:fire read", "last month sch", "category:develop in", "zzz")
_FILL = 5_000


def main(data: Path) -> None:
    """Print the slowest question's median of each."""
    with tempfile.TemporaryDirectory() as folder:
        many = asyncio.run(_among_texts(Path(folder) / "search.db"))
    for what, times in (("5 years", asyncio.run(_in_record(data))), (f"{_TEXTS} texts", many)):
        slowest = max(times, key=lambda typed: times[typed])
        detail = f"slowest of {len(times)}: {slowest}"
        print(f"figure\tSearch, first hits, {what}\t{times[slowest] * 1000}\t20\tms\t{detail}")


async def _in_record(data: Path) -> dict[str, float]:
    service = await Service.open(DataDir(data), record=False)
    try:
        await service.search.prepare()
        return {typed: await _median(service.search, typed) for typed in _TYPED_OF_DEMO}
    finally:
        await service.close()


async def _among_texts(file: Path) -> dict[str, float]:
    db = Database(file)
    try:
        await migrate(db.writer)
        async with db.write() as session:
            user_id = await users.local_user(session)
            await rules.sync_catalogue(session)
        await _fill(db, user_id, random.Random(1))
        noon = SettableClock(datetime.combine(_TODAY, datetime.min.time(), UTC) + timedelta(hours=12))
        search = Searching(db, user_id, noon, lambda: LocalDays(UTC))
        return {typed: await _median(search, typed) for typed in _TYPED}
    finally:
        await db.close()


async def _fill(db: Database, user_id: str, chance: random.Random) -> None:
    for begin in range(1, _TEXTS, _FILL):
        texts, days = [], []
        for number in range(begin, begin + _FILL):
            seen = sorted({chance.randrange(_DAYS) for _ in range(chance.choice((1, 1, 1, 2, 3, 20)))})
            texts.append(_text(user_id, number, _TODAY - timedelta(days=seen[0]), chance))
            days += [_day(user_id, number, _TODAY - timedelta(days=ago)) for ago in seen]
        async with db.write() as session:
            await session.execute(insert(SearchText), texts)
            await session.execute(insert(SearchDay), days)


def _text(user_id: str, number: int, last_day: date, chance: random.Random) -> dict[str, object]:
    title = " ".join(chance.choices(_WORDS, k=5))
    return {
        "id": number, "user_id": user_id, "digest": f"{number:032x}", "app_name": chance.choice(_APPS),
        "title": f"{title} {number}", "category": chance.choice(("development", "email", "writing")),
        "last_day": last_day,
    }  # fmt: skip


def _day(user_id: str, number: int, day: date) -> dict[str, object]:
    start = datetime.combine(day, datetime.min.time(), UTC)
    return {"text_id": number, "local_day": day, "user_id": user_id, "first_start": start, "milliseconds": 60_000}


async def _median(search: Searching, typed: str) -> float:
    await search.look_up("")  # as the palette does when it opens
    times = []
    for _ in range(9):
        begin = time.perf_counter()
        await search.look_up(typed)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
