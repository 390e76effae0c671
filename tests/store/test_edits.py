"""Steps, their undo and what they move, on both databases."""

from collections import Counter
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from productify.clock import LocalDays
from productify.domain import Activity, Done, EditKind, InputGap, Preview, Rule, State, Verdict
from productify.store import activities, cutting, edits, idling, likeness, restoring, rollups, rules, schema, undo
from productify.store.cutting import Cut
from productify.store.images import ACTIVITIES, packed
from productify.store.likeness import Likeness
from store.conftest import Store
from store.making import AWAY, BERLIN, BROWSER, DOCS, EDITOR, MAIL, VIDEOS, at, day_of_work

MONDAY = date(2026, 5, 4)
MORNING = at("2026-05-04 06:00")
NOW = at("2026-05-05 10:00")


async def put(store: Store, rows: list[Activity]) -> None:
    async with store.db.write() as session:
        await activities.record(session, store.user_id, rows)


async def state(store: Store) -> list[dict[str, Any]]:
    async with store.db.read() as session:
        return sorted(
            (packed(ACTIVITIES, row._asdict()) for row in await session.execute(select(ACTIVITIES))),
            key=lambda image: image["start_time"],
        )


async def make(store: Store, kind: EditKind, cut: Cut) -> Done:
    async with store.db.write() as session:
        return await edits.make(session, store.user_id, kind, NOW, cut.put, cut.drop)


async def turn(store: Store, *, back: bool, day_start: time = BERLIN.day_start) -> Done:
    async with store.db.write() as session:
        batch = await (edits.newest if back else edits.next_undone)(session, store.user_id)
        assert batch is not None
        for edit_id, _day in await edits.parts(session, batch.id):
            await undo.turn_part(session, store.user_id, edit_id, back=back)
        return (await undo.turn(session, batch, day_start, NOW if back else None)).done


async def test_every_column_comes_back_and_the_days_sums_with_it(store: Store) -> None:
    rows = day_of_work(MORNING, [(EDITOR, 10), (MAIL, 5), (VIDEOS, 20), (AWAY, 10)])
    rows[1] = replace(rows[1], note="said", window_title="a \N{SNOWMAN} b")
    await put(store, rows)
    states = [await state(store)]
    steps = [
        (EditKind.SPLIT, cutting.split(rows[0], MORNING + timedelta(minutes=4))),
        (EditKind.CHANGE, Cut([replace(rows[1], category="games", productivity=-2, classified_by="user", note=None)])),
        (EditKind.MERGE, cutting.merged(rows[1:3], rows[1:3])),
        (EditKind.DELETE, Cut(drop=[rows[3].id])),
    ]
    store.told.clear()
    for kind, cut in steps:
        done = await make(store, kind, cut)
        assert (done.kind, done.days, done.is_undone) == (kind, (MONDAY,), False)
        states.append(await state(store))
    assert store.told[0] == frozenset({"activities", "edits", "edit_batches"})
    for way, order in ((True, states[-2::-1]), (False, states[1:]), (True, states[-2::-1])):
        for expected in order:
            await turn(store, back=way)
            assert await state(store) == expected
            await rollups.settle(store.db, store.user_id, MONDAY, MONDAY, BERLIN)
            assert await rollups.differences(store.db, store.user_id, BERLIN) == []
    async with store.db.read() as session:
        assert await edits.newest(session, store.user_id) is None
        assert len(await edits.history(session, store.user_id, MONDAY)) == len(steps)


async def test_what_grew_stays_covered(store: Store) -> None:
    (row,) = day_of_work(MORNING, [(EDITOR, 10)])
    await put(store, [row])
    cut = cutting.split(row, MORNING + timedelta(minutes=4))
    await make(store, EditKind.SPLIT, cut)
    async with store.db.write() as session:
        await activities.extend(session, cut.put[1].id, MORNING + timedelta(minutes=30))
    await turn(store, back=True)
    (whole,) = await state(store)
    assert (whole["id"], whole["duration"]) == (row.id, 1800)
    await turn(store, back=False)
    assert [image["duration"] for image in await state(store)] == [240, 1560]
    await turn(store, back=True)
    assert [image["duration"] for image in await state(store)] == [1800]


async def test_what_grew_out_of_a_row_that_goes_stays_on_its_own(store: Store) -> None:
    rows = day_of_work(MORNING, [(EDITOR, 10), (MAIL, 5)])
    await put(store, rows[:1])
    await make(store, EditKind.ADD, Cut(rows[1:]))
    async with store.db.write() as session:
        await activities.extend(session, rows[1].id, rows[1].end + timedelta(minutes=5))
    await turn(store, back=True)
    assert [(image["app_name"], image["duration"]) for image in await state(store)] == [("Editor", 600), ("Mail", 300)]


async def test_a_deletion_comes_back_on_the_days_of_now(store: Store) -> None:
    """04:00 in Berlin is 02:00 UTC in summer; days begin at 08:30, 06:30 UTC, when it is undone."""
    (row,) = day_of_work(MORNING, [(EDITOR, 60)])
    await put(store, [row])
    await make(store, EditKind.DELETE, Cut(drop=[row.id]))
    later = LocalDays(BERLIN.zone, time(8, 30))
    done = await turn(store, back=True, day_start=later.day_start)
    assert not done.kept
    assert [(image["local_day"], image["duration"]) for image in await state(store)] == [
        ("2026-05-03", 1800), ("2026-05-04", 1800),
    ]  # fmt: skip
    await turn(store, back=False, day_start=later.day_start)
    assert await state(store) == []


async def test_a_row_that_is_gone_for_ever_does_not_come_back(store: Store) -> None:
    rows = day_of_work(MORNING, [(EDITOR, 10), (MAIL, 5)])
    await put(store, rows)
    await make(store, EditKind.CHANGE, Cut([replace(row, note="said") for row in rows]))
    async with store.db.write() as session:
        await restoring.erase(session, store.user_id, rows[:1])
    await turn(store, back=True)
    assert [(image["app_name"], image["note"]) for image in await state(store)] == [("Mail", None)]


@pytest.mark.parametrize(
    "like", [Likeness("Editor", None), Likeness("", "example.org"), Likeness("Browser", None, ("docs.example.org",))]
)
async def test_what_would_move_is_what_moves(store: Store, like: Likeness) -> None:
    minutes = [(EDITOR, 10), (DOCS, 20), (VIDEOS, 30), (AWAY, 5), (BROWSER, 7), (EDITOR, 3)]
    rows = [*day_of_work(MORNING, minutes), *day_of_work(MORNING + timedelta(days=1), minutes)]
    rows[0] = replace(rows[0], classified_by="user")
    rows[1] = replace(rows[1], classified_by="user")
    rows[-1] = replace(rows[-1], category="games", productivity=-2)
    await put(store, rows)
    verdict = Verdict("games", -2)
    tuesday = MONDAY + timedelta(days=1)
    async with rollups.settled(store.db, store.user_id, MONDAY, tuesday, BERLIN) as session:
        foreseen = await likeness.preview(session, store.user_id, [like], verdict, [])
        days = await likeness.days_like(session, store.user_id, [like], verdict)
    before = await state(store)
    moved: Counter[str | None] = Counter()
    async with store.db.write() as session:
        step = await edits.begin(session, store.user_id, EditKind.CHANGE, NOW)
        for day in days:
            pairs = await likeness.move(session, store.user_id, day, [like], verdict)
            made = [edits.many(day, *pair) for pair in pairs]
            await edits.widen(session, step.id, made, sum(len(old[edits.MANY]) for old, _ in pairs), [day])
    after = await state(store)
    for old, new in zip(before, after, strict=True):
        if old != new:
            assert (new["category"], new["productivity"], new["classified_by"]) == ("games", -2, "rule")
            assert old["classified_by"] != "user"
            moved[old["category"]] += old["end_time"] - old["start_time"]
    touched = {old["local_day"] for old, new in zip(before, after, strict=True) if old != new}
    assert foreseen == Preview(None, moved.total(), len(touched), tuple(moved.most_common()))
    assert moved.total() > 0
    await turn(store, back=True)
    assert await state(store) == before
    await turn(store, back=False)
    assert await state(store) == after


async def test_an_apps_rule_leaves_the_sites_of_others_alone(store: Store) -> None:
    rows = day_of_work(MORNING, [(DOCS, 10), (BROWSER, 5)])
    await put(store, rows)
    async with rollups.settled(store.db, store.user_id, MONDAY, MONDAY, BERLIN) as session:
        assert await likeness.likenesses(session, store.user_id, rows, ()) == [
            Likeness("", "docs.example.org"), Likeness("Browser", None),
        ]  # fmt: skip
        site = Rule("r", None, r"^https://docs\.", "research", 1, rules.LEARNED_PRIORITY)
        weak = replace(site, url_pattern="videos", priority=0)
        broken = replace(site, url_pattern="(")
        found = await likeness.likenesses(session, store.user_id, rows[1:], (site, weak, broken))
    assert found == [Likeness("Browser", None, ("docs.example.org",))]


async def test_a_learned_rule_is_undone_with_its_step(store: Store) -> None:
    (row,) = day_of_work(MORNING, [(EDITOR, 10)])
    await put(store, [row])
    for category in ("games", "research"):
        said = replace(row, category=category, classified_by="user")
        async with store.db.write() as session:
            ruled = await rules.learned(session, store.user_id, [said])
            await edits.make(session, store.user_id, EditKind.CHANGE, NOW, [said], (), ruled)
    known = []
    for _ in range(2):
        await turn(store, back=True)
        async with store.db.read() as session:
            known.append([rule.category for rule in await rules.user_rules(session, store.user_id)])
    assert known == [["games"], []]


async def test_a_new_step_ends_what_was_undone_and_forgets_its_images(store: Store) -> None:
    rows = day_of_work(MORNING, [(EDITOR, 10), (MAIL, 5)])
    await put(store, rows)
    await make(store, EditKind.DELETE, Cut(drop=[rows[0].id]))
    await turn(store, back=True)
    await make(store, EditKind.DELETE, Cut(drop=[rows[1].id]))
    async with store.db.read() as session:
        assert await edits.next_undone(session, store.user_id) is None
        assert await session.scalar(select(func.count()).select_from(schema.Edit)) == 1


def minute(number: float) -> datetime:
    return MORNING + timedelta(minutes=number)


@pytest.mark.parametrize(
    ("timeout", "expected"),
    [
        (5, [("Editor", 10), ("away", 10), ("Mail", 10)]),
        (11, [("Editor", 20), ("Mail", 10)]),
        (3, [("Editor", 6), ("away", 14), ("Mail", 10)]),
    ],
)
def test_gaps_are_judged_anew(timeout: int, expected: list[tuple[str, int]]) -> None:
    rows = day_of_work(MORNING, [(EDITOR, 10), (AWAY, 10), (MAIL, 10)])
    gaps = [InputGap(minute(10), minute(20))]
    if timeout == 3:
        gaps.insert(0, InputGap(minute(6), minute(10)))
    found = idling.rethought(rows, gaps, timedelta(minutes=timeout))
    left = {row.id: row for row in rows if row.id not in found.cut.drop} | {row.id: row for row in found.cut.put}
    ordered = sorted(left.values(), key=lambda row: row.start)
    assert [(row.app_name, (row.end - row.start) // timedelta(minutes=1)) for row in ordered] == expected
    assert {row.cause for row in ordered} <= {None, State.AWAY}
