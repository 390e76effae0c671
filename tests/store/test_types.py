"""A moment is the same moment in every database, whatever the machine's zone."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql, sqlite

from productify.store import schema
from productify.store.schema.types import UtcDateTime
from store.conftest import Store
from store.making import at

SQLITE, POSTGRESQL = sqlite.dialect(), postgresql.dialect()
NOON = at("2026-05-04 12:00")


@pytest.fixture
def far_west(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let the machine's zone be one where taking local time for UTC shows."""
    monkeypatch.setenv("TZ", "America/Los_Angeles")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("far_west")
def test_a_naive_moment_is_utc() -> None:
    naive = NOON.replace(tzinfo=None)
    assert UtcDateTime().process_bind_param(naive, SQLITE) == 1_777_896_000_000
    assert UtcDateTime().process_bind_param(naive, POSTGRESQL) == NOON


@given(st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9, minutes=-30))])))
def test_both_databases_hold_the_same_millisecond(moment: datetime) -> None:
    kind = UtcDateTime()
    by_sqlite = kind.process_result_value(kind.process_bind_param(moment, SQLITE), SQLITE)
    by_postgresql = kind.process_result_value(kind.process_bind_param(moment, POSTGRESQL), POSTGRESQL)
    assert by_sqlite == by_postgresql
    assert by_sqlite is not None
    assert timedelta() <= moment - by_sqlite < timedelta(milliseconds=1)


async def test_a_moment_comes_back_in_utc(store: Store) -> None:
    async with store.db.write() as session:
        east = NOON.astimezone(timezone(timedelta(hours=9))) + timedelta(microseconds=1999)
        session.add(schema.InputGap(user_id=store.user_id, start_time=east, end_time=NOON))
    async with store.db.read() as session:
        found = await session.scalar(select(schema.InputGap.start_time))
        raw = await session.scalar(text("SELECT start_time FROM input_gaps"))
    assert found == NOON + timedelta(milliseconds=1)
    assert found.tzinfo is UTC
    assert raw == (1_777_896_000_001 if store.db.is_sqlite else found)
