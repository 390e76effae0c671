"""Corrections that an earlier version logged can be undone after the upgrade, on both databases."""

from datetime import date

from alembic import command
from sqlalchemy import select, text

from productify.domain import EditKind
from productify.store import activities, edits, migrate, schema, undo
from store.conftest import Store
from store.making import BERLIN, EDITOR, at, day_of_work
from store.test_migrations import config

MORNING = at("2026-05-04 06:00")


async def test_earlier_corrections_become_steps(store: Store) -> None:
    (row,) = day_of_work(MORNING, [(EDITOR, 10)])
    async with store.db.write() as session:
        await activities.record(session, store.user_id, [row])
    await migrate.change_tables(store.db.writer, lambda connection: command.downgrade(config(connection), "0002"))
    async with store.db.write() as session:
        made = "to_timestamp(:at)" if not store.db.is_sqlite else "1000 * :at"
        for batch, moment in (("first", 1_800_000_000), ("second", 1_800_000_100)):
            await session.execute(
                text(
                    "INSERT INTO edits (id, user_id, made_at, kind, table_name, row_id, before, after, batch) VALUES"
                    f" (:id, :user, {made}, 'category', 'activities', :row, :was, :became, :batch)"
                ),
                {
                    "id": batch, "user": store.user_id, "at": moment, "row": row.id, "batch": batch,
                    "was": '{"category": "email"}', "became": '{"category": "development"}',
                },
            )  # fmt: skip
    await migrate.migrate(store.db.writer)
    async with store.db.write() as session:
        known = await edits.history(session, store.user_id, date(2026, 5, 4))
        assert [(done.id, done.kind, done.count) for done in known] == [
            ("second", EditKind.CHANGE, 1), ("first", EditKind.CHANGE, 1),
        ]  # fmt: skip
        step = await edits.newest(session, store.user_id)
        assert step is not None
        await undo.turn(session, step, BERLIN.day_start, MORNING)
        assert await session.scalar(select(schema.Activity.category)) == "email"
