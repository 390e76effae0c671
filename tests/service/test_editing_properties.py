"""For any sequence of corrections, undos and redos: no second twice, and every way back is exact."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from productify.clock import LocalDays, SettableClock
from productify.domain import Activity, EditScope, InputGap, Part, Presence, Verdict
from productify.errors import KnownError
from productify.service.editing import Desk, Editing
from productify.store import activities, migrate, rollups, users
from productify.store.database import Database
from productify.store.images import ACTIVITIES, RULES, packed
from service.rig import EDITOR, TERMINAL, recording, since_noon
from store.making import KINDS, cut, day_of_work

ZONES = st.sampled_from([ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("Australia/Lord_Howe")])
STARTS = st.sampled_from([datetime(2026, 3, 28, 22, tzinfo=UTC), datetime(2026, 10, 24, 23, 30, tzinfo=UTC)])
APPS = [number for number, kind in enumerate(KINDS) if "cause" not in kind]
RECORD = st.lists(
    st.tuples(st.sampled_from([*APPS, *APPS, *range(-1, len(KINDS))]), st.integers(1, 240)), min_size=6, max_size=14
)
VERBS = (
    "change",
    "note",
    "rule",
    "past",
    "split",
    "merge",
    "trim",
    "delete",
    "add",
    "label",
    "copy",
    "restore",
    "idle",
)
STEPS = st.lists(
    st.tuples(st.sampled_from((*VERBS, "undo", "undo", "redo")), st.integers(0, 20), st.integers(0, 20)),
    min_size=8,
    max_size=14,
)
slow = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
_VERDICTS = (Verdict("research", 1), Verdict("games", -2), Verdict(None, None))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Migrate one SQLite file that examples copy."""
    path = tmp_path_factory.mktemp("editing") / "template.db"

    async def make() -> None:
        db = Database(path)
        await migrate.migrate(db.writer)
        await db.close()

    asyncio.run(make())
    return path


@dataclass
class Desktop:
    """A store with a record, its editor, and every state that undo and redo must come back to."""

    db: Database
    user_id: str
    days: LocalDays
    editing: Editing
    states: list[Any] = field(default_factory=list)
    at: int = 0

    @classmethod
    @asynccontextmanager
    async def of(
        cls, path: Path, zone: ZoneInfo, start: datetime, record: list[tuple[int, int]]
    ) -> AsyncIterator["Desktop"]:
        days = LocalDays(zone, time(4))
        rows = [piece for row in day_of_work(start, record, days) for piece in _by_offset(row, days)]
        clock = SettableClock(start + timedelta(minutes=sum(length for _, length in record)))
        db = Database(path)

        @asynccontextmanager
        async def hold() -> AsyncIterator[list[tuple[datetime, datetime]]]:
            yield []

        async def rules_changed() -> None:
            pass

        async def delete_files(paths: Sequence[str]) -> None:
            assert not paths

        async with db.write() as session:
            user_id = await users.local_user(session)
            vouched = [replace(row, presence=Presence.CALL if n % 5 == 4 else None) for n, row in enumerate(rows)]
            await activities.record(session, user_id, vouched)
            for row in rows[::2]:
                await activities.add_gap(session, user_id, InputGap(row.start, row.end))
        desk = Desk(db, user_id, clock, lambda: days, hold, rules_changed, lambda _before, _after: None, delete_files)
        found = cls(db, user_id, days, Editing(desk))
        found.states = [await found.state()]
        yield found
        await db.close()

    async def rows(self) -> list[Activity]:
        async with self.db.read() as session:
            return await activities.page_forward(session, self.user_id, limit=5000)

    async def state(self) -> Any:
        """Return every column of every activity and rule."""
        async with self.db.read() as session:
            return [
                sorted((packed(table, row._asdict()) for row in await session.execute(select(table))), key=str)
                for table in (ACTIVITIES, RULES)
            ]

    async def play(self, verb: str, one: int, other: int) -> None:
        if verb in ("undo", "redo"):
            await self._turn(verb)
            return
        rows = await self.rows()
        if not rows:
            return
        with suppress(KnownError):
            await self._make(verb, rows, one, other)
            self.states[self.at + 1 :] = [await self.state()]
            self.at += 1

    async def _turn(self, verb: str) -> None:
        to = self.at + (1 if verb == "redo" else -1)
        turn = getattr(self.editing, verb)
        if not 0 <= to < len(self.states):
            with pytest.raises(KnownError):
                await turn()
            return
        done = await turn()
        assert not done.kept
        self.at = to
        assert await self.state() == self.states[to]

    async def _make(self, verb: str, rows: list[Activity], one: int, other: int) -> None:
        editing, row = self.editing, rows[one % len(rows)]
        ids = [each.id for each in rows[one % len(rows) : one % len(rows) + 1 + other % 4]]
        verdict, length = _VERDICTS[other % 3], row.end - row.start
        start = row.start + length * (one % 5) / 7
        part = Part(start, start + timedelta(minutes=3 + other * 11), f"entry {one}", verdict, "said")
        work: dict[str, Callable[[], Coroutine[Any, Any, Any]]] = {
            "change": lambda: editing.change(ids, verdict),
            "note": lambda: editing.change(ids, None, f"note {other}"),
            "rule": lambda: editing.change(ids, _VERDICTS[other % 2], scope=EditScope.FROM_NOW),
            "past": lambda: editing.change(ids, _VERDICTS[other % 2], scope=EditScope.PAST_TOO),
            "split": lambda: editing.split(row.id, start + timedelta(seconds=other)),
            "merge": lambda: editing.merge(ids),
            "trim": lambda: editing.trim(row.id, start, row.end - length * (other % 3) / 9),
            "delete": lambda: editing.delete(ids),
            "add": lambda: editing.add([part]),
            "label": lambda: editing.label([part]),
            "copy": lambda: editing.copy(ids, row.local_day - timedelta(days=other % 3)),
            "restore": lambda: editing.restore(row.local_day),
            "idle": lambda: editing.apply_idle(rows[0].local_day, rows[-1].local_day, 60 * (1 + other * 12)),
        }
        await work[verb]()

    async def check(self) -> None:
        """Fail on an overlap, a length that is not positive, a row on two days or offsets, or sums that are wrong."""
        rows = await self.rows()
        for row in rows:
            assert row.end > row.start, row
            last = row.end - timedelta(milliseconds=1)
            assert row.local_day == self.days.day_of(row.start) == self.days.day_of(last), row
            assert row.tz_min == self.days.offset_minutes(row.start) == self.days.offset_minutes(last), row
        for before, after in pairwise(rows):
            assert before.end <= after.start, (before, after)
        if rows:
            await rollups.settle(self.db, self.user_id, rows[0].local_day, rows[-1].local_day, self.days)
        assert await rollups.differences(self.db, self.user_id, self.days) == []


def _by_offset(row: Activity, days: LocalDays) -> list[Activity]:
    """Cut a row where its offset changes, as the recorder does."""
    if days.offset_minutes(row.start) == days.offset_minutes(row.end - timedelta(milliseconds=1)):
        return [row]
    border = next(start for start, _ in days.hours(row.local_day) if days.offset_minutes(start) != row.tz_min)
    rest = replace(row, id=f"{row.id[:-1]}~", start=border, tz_min=days.offset_minutes(border))
    return [replace(row, end=border), *cut(rest, days)]


@slow
@given(ZONES, STARTS, RECORD, STEPS)
def test_every_way_back_is_exact(template, tmp_path_factory, zone, start, record, steps):
    path = tmp_path_factory.mktemp("example") / "store.db"
    shutil.copy(template, path)

    async def story() -> None:
        async with Desktop.of(path, zone, start, record) as desktop:
            for step in steps:
                await desktop.play(*step)
                await desktop.check()
            for verb in ("undo", "redo", "undo"):
                for _ in desktop.states:
                    await desktop.play(verb, 0, 0)
                await desktop.check()
            assert await desktop.state() == desktop.states[0]

    asyncio.run(story())
    shutil.rmtree(path.parent)


LIVE = st.lists(
    st.tuples(
        st.sampled_from(["editor", "terminal", "pass", "split", "delete", "trim", "merge", "add", "note", "restore"])
        | st.sampled_from(["undo", "redo"]),
        st.integers(0, 9),
        st.integers(1, 90),
    ),
    min_size=8,
    max_size=16,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(LIVE)
def test_corrections_and_the_recorder_never_lose_or_double_a_second(tmp_path_factory, steps):
    """The desktop is scripted and the clock is moved; store and recorder are real."""
    folder = tmp_path_factory.mktemp("live")

    async def story() -> None:
        async with recording(folder) as rig:
            editing = rig.service.editing
            await rig.show(EDITOR, 60)
            for verb, one, other in steps:
                rows = await rig.rows()
                if verb in ("editor", "terminal"):
                    await rig.show(EDITOR if verb == "editor" else TERMINAL, other)
                elif verb == "pass" or not rows:
                    await rig.pass_time(other)
                else:
                    with suppress(KnownError):
                        await _corrected(editing, verb, rows, one, other)
                    await rig.pass_time(one)
                await _check(rig)
            with suppress(KnownError):
                while True:
                    await editing.undo()
                    await _check(rig)
            await rig.pass_time(5)
            covered = sum(end - start for _name, start, end in await rig.brief())
            assert covered == since_noon(rig.clock.now())

    asyncio.run(story())
    shutil.rmtree(folder)


async def _corrected(editing: Editing, verb: str, rows: list[Activity], one: int, other: int) -> None:
    row = rows[-1 - one % min(3, len(rows))]
    middle = row.start + (row.end - row.start) / 2
    match verb:
        case "undo" | "redo":
            await getattr(editing, verb)()
        case "split":
            await editing.split(row.id, middle)
        case "trim":
            await editing.trim(row.id, None if one % 2 else middle, middle if one % 2 else None)
        case "delete":
            await editing.delete([each.id for each in rows[-1 - one % 3 :]])
        case "merge":
            await editing.merge([each.id for each in rows[-2 - one % 3 :]])
        case "note":
            await editing.change([row.id], Verdict("games", -2), "said")
        case "restore":
            await editing.restore(row.local_day)
        case "add":
            await editing.add([Part(middle, row.end if one % 2 else middle + timedelta(seconds=other), "call")])


async def _check(rig: Any) -> None:
    rows = await rig.rows()
    for row in rows:
        assert row.end > row.start
    for before, after in pairwise(rows):
        assert before.end <= after.start, (before, after)
    assert await rig.service.upkeep.check() == []
