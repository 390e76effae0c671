"""How long a search takes with 200,000 different texts in five years: python -m bench.search.

The demo's people repeat themselves, so the texts come on top of its days, in a database of their own.
"""

import asyncio
import random
import statistics
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import insert

from productify.domain import Question
from productify.store import rules, users
from productify.store.database import Database
from productify.store.migrate import migrate
from productify.store.schema import SearchDay, SearchText
from productify.store.search.find import find
from productify.store.search.query import parsed

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
_FILL = 5_000


def main() -> None:
    """Print the slowest question's median."""
    with tempfile.TemporaryDirectory() as folder:
        times = asyncio.run(_measured(Path(folder) / "search.db"))
    slowest = max(times, key=lambda typed: times[typed])
    detail = f"{_TEXTS} texts, slowest of {len(times)}: {slowest}"
    print(f"figure\tSearch, first hits\t{times[slowest] * 1000}\t20\tms\t{detail}")


async def _measured(file: Path) -> dict[str, float]:
    db = Database(file)
    try:
        await migrate(db.writer)
        async with db.write() as session:
            user_id = await users.local_user(session)
            await rules.sync_catalogue(session)
        await _fill(db, user_id, random.Random(1))
        return {typed: await _median(db, user_id, parsed(typed, _TODAY)) for typed in _TYPED}
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


async def _median(db: Database, user_id: str, question: Question) -> float:
    times = []
    for _ in range(9):
        begin = time.perf_counter()
        async with db.read() as session:
            await find(session, user_id, question, 20)
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


if __name__ == "__main__":
    main()
