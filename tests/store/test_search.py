"""Search finds what the record holds, and nothing that it no longer holds, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from productify.domain import Activity, Hit
from productify.store import activities, rollups
from productify.store.search import index
from productify.store.search.find import find
from productify.store.search.query import parsed
from store.conftest import Store
from store.making import AWAY, BERLIN, DOCS, EDITOR, MAIL, activity, at

TUESDAY, THURSDAY = date(2026, 11, 17), date(2026, 11, 19)
MINUTE = timedelta(minutes=1)


def _record() -> list[Activity]:
    return [
        activity(EDITOR, at("2026-11-17 09:00"), 30 * MINUTE, window_title="wal.py - atlas"),
        activity(EDITOR, at("2026-11-17 10:00"), 10 * MINUTE, window_title="wal.py - atlas"),
        activity(
            DOCS, at("2026-11-17 11:00"), 5 * MINUTE, window_title="Müller & Söhne", url="https://a.example/x?q=1"
        ),
        activity(EDITOR, at("2026-11-19 09:00"), 20 * MINUTE, window_title="wal.py - atlas"),
        activity(MAIL, at("2026-11-19 10:00"), 2 * MINUTE, window_title='Re: "Offer" 50%', note="call the bank"),
        activity(AWAY, at("2026-11-19 11:00"), 9 * MINUTE, note="lunch with Ana"),
        activity(AWAY, at("2026-11-19 12:00"), 9 * MINUTE),
    ]


@pytest.fixture
async def record(store: Store) -> list[Activity]:
    rows = _record()
    async with store.db.write() as session:
        await activities.record(session, store.user_id, rows)
    await _settle(store)
    return rows


async def _settle(store: Store) -> None:
    async with store.db.read() as session:
        days = await index.stale_days(session, store.user_id, None)
    for day in days:
        await rollups.settle(store.db, store.user_id, day, day, BERLIN)
        async with store.db.write() as session:
            await index.refresh(session, store.user_id, day)


async def _find(store: Store, typed: str, limit: int = 50) -> list[Hit]:
    async with store.db.read() as session:
        return await find(session, store.user_id, parsed(typed, THURSDAY), limit)


async def _titles(store: Store, typed: str) -> list[str | None]:
    return [hit.title for hit in await _find(store, typed)]


async def test_a_text_counts_once_with_all_its_days(store: Store, record: list[Activity]) -> None:
    (hit,) = await _find(store, "wal atl")
    assert (hit.app_name, hit.day, hit.first_start) == ("Editor", THURSDAY, at("2026-11-19 09:00"))
    assert (hit.milliseconds, hit.days, hit.category) == (60 * 60_000, 2, "development")


async def test_a_day_narrows_time_and_texts(store: Store, record: list[Activity]) -> None:
    (hit,) = await _find(store, "wal last tuesday")
    assert (hit.day, hit.milliseconds, hit.days) == (TUESDAY, 40 * 60_000, 1)
    assert await _titles(store, "yesterday") == []
    assert len(await _find(store, "today")) == 3


@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("WAL", ["wal.py - atlas"]),
        ("Müll", ["Müller & Söhne"]),
        ("a.example", ["Müller & Söhne"]),
        ('"offer"', ['Re: "Offer" 50%']),
        ("bank", ['Re: "Offer" 50%']),
        ("lunch", [None]),
        ("app:ed", ["wal.py - atlas"]),
        ("app:ed offer", []),
        ("site:docs", ["Müller & Söhne"]),
        ("category:develop", ["wal.py - atlas"]),
        ("nothing of this", []),
        ("app:%", []),
    ],
)
async def test_words_and_filters(store: Store, record: list[Activity], typed: str, titles: list[str | None]) -> None:
    if typed.startswith("category"):
        await _know_categories(store)
    assert await _titles(store, typed) == titles


async def _know_categories(store: Store) -> None:
    from productify.store import rules

    async with store.db.write() as session:
        await rules.sync_catalogue(session)


async def test_newest_first_and_no_more_than_asked(store: Store, record: list[Activity]) -> None:
    assert [hit.day for hit in await _find(store, "e")] == sorted(
        (hit.day for hit in await _find(store, "e")), reverse=True
    )
    assert len(await _find(store, "this week", 2)) == 2


async def test_what_is_deleted_is_no_longer_found(store: Store, record: list[Activity]) -> None:
    async with store.db.write() as session:
        await activities.record(session, store.user_id, [], [record[2].id, record[3].id])
    await _settle(store)
    assert await _titles(store, "müller") == []
    (hit,) = await _find(store, "wal")
    assert (hit.day, hit.days) == (TUESDAY, 1)
    async with store.db.read() as session:
        assert (await session.scalar(text("SELECT count(*) FROM search_texts"))) == 3


async def test_a_new_title_replaces_the_old_one(store: Store, record: list[Activity]) -> None:
    async with store.db.write() as session:
        await activities.record(session, store.user_id, [replace(record[2], window_title="Contract")])
    await _settle(store)
    assert await _titles(store, "müller") == []
    assert await _titles(store, "contract") == ["Contract"]


async def test_another_users_record_stays_out_of_sight(store: Store, record: list[Activity]) -> None:
    async with store.db.read() as session:
        assert await find(session, "somebody-else", parsed("wal", THURSDAY)) == []
