"""No question about a day, and no write, reads a whole history: SQLite's own plans say so."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, event

from productify.domain import EditKind, FigureSet, Period, PeriodKind
from productify.store import activities, edits, reports, rollups, undo
from store.conftest import Store
from store.making import BERLIN, EDITOR, MAIL, at, day_of_work

MONDAY = date(2026, 5, 4)
WHOLE_HISTORY = re.compile(r"SCAN (activities|rollup_\w+|edits|input_gaps)\b|\w+ \(user_id=\?\)")


@contextmanager
def heard(*engines: Engine) -> Iterator[list[tuple[str, Any]]]:
    """Collect every statement that runs on `engines`."""
    statements: list[tuple[str, Any]] = []

    def hear(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_more: Any) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "EXPLAIN")):
            statements.append((statement, parameters[0] if isinstance(parameters, list) else parameters))

    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield statements
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


async def plans(store: Store, statements: list[tuple[str, Any]]) -> dict[str, str]:
    """Return how SQLite runs each statement."""
    found = {}
    async with store.db.writer.connect() as connection:
        for statement, parameters in statements:
            rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            found[statement] = "; ".join(row[3] for row in rows)
    return found


async def test_nothing_reads_a_whole_history(local: Store) -> None:
    rows = day_of_work(at("2026-05-04 06:00"), [(EDITOR, 0.1), (MAIL, 0.1)] * 300)
    with heard(local.db.writer.sync_engine, local.db.reader.sync_engine) as statements:
        async with local.db.write() as session:
            await activities.record(session, local.user_id, rows)
            await activities.record(session, local.user_id, rows[:1], [rows[1].id])
            await activities.extend(session, rows[0].id, rows[0].end + timedelta(seconds=5))
            said = replace(rows[0], category="email", productivity=0, classified_by="user")
            await edits.make(session, local.user_id, EditKind.CHANGE, rows[0].start, [said])
            await edits.make(session, local.user_id, EditKind.DELETE, rows[0].start, [], [rows[2].id])
            step = await edits.newest(session, local.user_id)
            assert step is not None
            await undo.turn(session, step, BERLIN.day_start, rows[0].end)
            assert await edits.next_undone(session, local.user_id) is step
        await rollups.settle(local.db, local.user_id, MONDAY, MONDAY, BERLIN)
        async with local.db.read() as session:
            for kind in (PeriodKind.DAY, PeriodKind.MONTH, PeriodKind.YEAR):
                await reports.dashboard(
                    session, local.user_id, Period.around(kind, MONDAY), at("2026-05-04 09:00"), BERLIN
                )
            for by in FigureSet:
                await reports.shares(session, local.user_id, MONDAY, MONDAY, by)
            await reports.timeline(session, local.user_id, MONDAY, BERLIN)
            await activities.newest(session, local.user_id)
            await activities.between(session, local.user_id, rows[0].start, rows[0].end)
            await activities.page(session, local.user_id, before=(rows[0].start, "x"))
            await activities.page_forward(session, local.user_id, after=(rows[0].start, "x"))
    found = await plans(local, statements)
    assert len(found) > 25
    for statement, plan in found.items():
        in_order = "ORDER BY activities.start_time" in statement or "ORDER BY edit_batches.position" in statement
        only_the_first = in_order and "LIMIT" in statement
        assert only_the_first or not WHOLE_HISTORY.search(plan), (statement, plan)


@pytest.mark.parametrize("kind", list(PeriodKind))
async def test_a_settled_dashboard_reads_a_few_sums_and_no_activities(local: Store, kind: PeriodKind) -> None:
    rows = day_of_work(at("2026-05-03 06:00"), [(EDITOR, 10), (MAIL, 10)] * 100)
    async with local.db.write() as session:
        await activities.record(session, local.user_id, rows)
    period = Period.around(kind, MONDAY)
    await rollups.settle(local.db, local.user_id, period.before().first, period.last, BERLIN)
    async with local.db.read() as session:
        with heard(local.db.reader.sync_engine) as statements:
            await reports.dashboard(session, local.user_id, period, at("2026-05-04 09:00"), BERLIN)
    assert len(statements) <= 4
    assert [text for text, _ in statements if "activities" in text and "LIMIT" not in text] == []
